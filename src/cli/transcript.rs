use std::io::Write as _;

use crate::engine::Holder;
use crate::record::{Journal, story_of};
use crate::story::SeatId;
use crate::teach::transcript_paper;

use super::arguments::TranscriptArgs;
use super::error::{CliError, Outcome};
use super::output::out;
use super::stories::{LoadedStory, load_story, seat_named};

/// Writes a saved game down, as its seats had it. Until it is over, only as the one person who plays it has it.
pub(super) fn run(arguments: &TranscriptArgs) -> Outcome {
    let name = story_of(&arguments.save).map_err(CliError::usage)?;
    let LoadedStory { story, .. } = load_story(Some(&name))?;
    let session = Journal::look(&arguments.save, &story, &name).map_err(CliError::fault)?.session;
    let role = seat_named(&story, arguments.role.as_deref())?;
    let seats: Vec<SeatId> = match (arguments.all, role) {
        (true, _) => story.seat_ids().collect(),
        (false, role) => vec![role.unwrap_or_else(|| session.person())],
    };
    let persons = session.holders().iter().filter(|holder| **holder == Holder::Person).count();
    if !session.is_over() && (persons > 1 || seats != [session.person()]) {
        return Err(CliError::fault(
            "this game is not over, and what the other seats know is told at its end; play it to the end first",
        ));
    }
    out().write_all(arguments.format.set(&transcript_paper(&session, &seats)).as_bytes())?;
    Ok(0)
}
