use std::io::{self, Write};

use crate::author::transcript;
use crate::engine::{Holder, Session, Stop};
use crate::proof::Walk;
use crate::story::Story;

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
    let Some(walk) = Walk::parse(arguments.walk.as_deref().unwrap_or_default()) else {
        eprintln!("hallway: a walk looks like 2.0.w1: a number for each decision, w and a number for each lot");
        return Ok(2);
    };
    if arguments.seed.is_some() && arguments.role.is_none() && walk.decisions() > 0 {
        eprintln!("hallway: with --seed the story decides everything; --role says which seat the walk is of");
        return Ok(2);
    }
    let Some((seed, holders)) = held(arguments, story) else { return Ok(2) };
    let session = match walk.replay_as(story, seed, holders) {
        Ok(session) => session,
        Err(refusal) => {
            eprintln!("hallway: the walk does not fit this story: {refusal}");
            return Ok(1);
        }
    };
    let mut out = io::stdout().lock();
    write!(out, "{}", transcript(&session))?;
    stands(&mut out, story, &session).map(|()| 0)
}

/// The seed, and who holds the seats: with a seed the story holds all but the role's, without one persons hold all.
fn held(arguments: &Replay, story: &Story) -> Option<(u64, Vec<Holder>)> {
    let role = match &arguments.role {
        None => None,
        Some(name) => match story.seat_named(name) {
            Some(seat) => Some(seat),
            None => {
                eprintln!("hallway: there is no seat `{}` in this story", crate::text::clean(name));
                return None;
            }
        },
    };
    let holder = |seat| {
        let person = arguments.seed.is_none() || role == Some(seat);
        if person { Holder::Person } else { Holder::Story }
    };
    Some((arguments.seed.unwrap_or(0), story.seat_ids().map(holder).collect()))
}

fn stands(out: &mut impl Write, story: &Story, session: &Session<'_>) -> io::Result<()> {
    let scene = &story.scene(session.state().scene).id;
    match session.stop() {
        Stop::End(ending) => writeln!(out, "In `{scene}` the night ends: {}", story.endings[ending.index()].title)?,
        Stop::Stuck => writeln!(out, "In `{scene}` nothing is open: the night cannot go on.")?,
        Stop::Decision(_) | Stop::Lot => writeln!(out, "The walk stops in `{scene}`.")?,
    }
    for (var, value) in story.vars.iter().zip(&session.state().values).filter(|(var, _)| var.declared) {
        writeln!(out, "{} = {}", var.id, var.domain.word(*value))?;
    }
    Ok(())
}
