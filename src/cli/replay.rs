use std::io::{self, Write};

use crate::author::transcript;
use crate::engine::{Holder, Session, Stop};
use crate::proof::Walk;
use crate::story::Story;

use super::arguments::ReplayArgs;
use super::error::{CliError, Outcome};
use super::output::out;
use super::stories::{LoadedStory, load_story, seat_named};

/// Replays a game, seat by seat.
pub(super) fn run(arguments: &ReplayArgs) -> Outcome {
    let LoadedStory { story, .. } = load_story(Some(&arguments.story))?;
    let story = &story;
    let Some(walk) = Walk::parse(arguments.walk.as_deref().unwrap_or_default()) else {
        return Err(CliError::usage(
            "a walk looks like 2.0.w1: a number for each decision, w and a number for each lot, t for time that passes, \
             f for a game that is stopped",
        ));
    };
    if arguments.seed.is_some() && arguments.role.is_none() && walk.decisions() > 0 {
        return Err(CliError::usage("with --seed the story decides everything; --role says which seat the walk is of"));
    }
    let role = seat_named(story, arguments.role.as_deref())?;
    // With a seed the story holds all seats but the role's; without one persons hold all.
    let holder = |seat| {
        let person = arguments.seed.is_none() || role == Some(seat);
        if person { Holder::Person } else { Holder::Story }
    };
    let holders = story.seat_ids().map(holder).collect();
    let seed = arguments.seed.unwrap_or(0);
    let session = walk
        .replay_as(story, seed, holders)
        .map_err(|refusal| CliError::fault(format!("the walk does not fit this story: {refusal}")))?;
    let mut out = out();
    write!(out, "{}", transcript(&session))?;
    stands(&mut out, story, &session)?;
    Ok(0)
}

fn stands(out: &mut impl Write, story: &Story, session: &Session<'_>) -> io::Result<()> {
    let scene = &story.scene(session.state().scene).id;
    match session.stop() {
        Stop::End(ending) => writeln!(out, "In `{scene}` the game ends: {}", story.endings[ending.index()].title)?,
        Stop::Stuck => writeln!(out, "In `{scene}` nothing is open: the game cannot go on.")?,
        Stop::Decision(_) | Stop::Lot => writeln!(out, "The walk stops in `{scene}`.")?,
    }
    for (var, value) in story.vars.iter().zip(&session.state().values).filter(|(var, _)| var.declared) {
        writeln!(out, "{} = {}", var.id, var.domain.word(*value))?;
    }
    Ok(())
}
