use std::io::{self, Write};

use crate::engine::{BlockKind, Session, Stop};
use crate::proof::Walk;

use super::Replay;
use super::stories::Opened;

/// Tells a night again, seat by seat.
pub(super) fn run(arguments: &Replay) -> io::Result<u8> {
    let opened = Opened::new(&arguments.story);
    let checked = opened.check();
    let Some(story) = &checked.story else {
        eprintln!("hallway: {} has faults; `hallway check` tells which", arguments.story);
        return Ok(1);
    };
    let Some(walk) = Walk::parse(&arguments.walk) else {
        eprintln!("hallway: a walk looks like 2.0.w1: a number for each decision, w and a number for each lot");
        return Ok(2);
    };
    let session = match walk.replay(story) {
        Ok(session) => session,
        Err(refusal) => {
            eprintln!("hallway: the walk does not fit this story: {refusal}");
            return Ok(1);
        }
    };
    let mut out = io::stdout().lock();
    for seat in story.seat_ids() {
        let place = &story.seats[seat.index()];
        let name = if place.place.is_empty() { &place.name } else { &place.place };
        if !name.is_empty() {
            writeln!(out, "== {name} ==\n")?;
        }
        tell(&mut out, &session, seat)?;
    }
    let scene = &story.scene(session.state().scene).id;
    match session.stop() {
        Stop::End(ending) => writeln!(out, "In `{scene}` the night ends: {}", story.endings[ending.index()].title)?,
        Stop::Stuck => writeln!(out, "In `{scene}` nothing is open: the night cannot go on.")?,
        Stop::Decision(_) | Stop::Lot => writeln!(out, "The walk stops in `{scene}`.")?,
    }
    for (var, value) in story.vars.iter().zip(&session.state().values).filter(|(var, _)| var.declared) {
        let shown = match &var.domain {
            crate::story::Domain::States(states) => usize::try_from(*value).ok().and_then(|at| states.get(at).cloned()),
            crate::story::Domain::Flag => Some((*value != 0).to_string()),
            crate::story::Domain::Counter(..) => None,
        };
        writeln!(out, "{} = {}", var.id, shown.unwrap_or_else(|| value.to_string()))?;
    }
    Ok(0)
}

fn tell(out: &mut impl Write, session: &Session<'_>, seat: crate::story::SeatId) -> io::Result<()> {
    for block in session.retold(seat).page(seat) {
        let text = crate::text::plain(&block.text);
        match block.kind {
            BlockKind::Chosen => writeln!(out, "> {text}\n")?,
            BlockKind::Part => writeln!(out, "[{text}]\n")?,
            BlockKind::Prose | BlockKind::Reply | BlockKind::Notice => writeln!(out, "{text}\n")?,
        }
    }
    Ok(())
}
