use std::io::Write as _;

use crate::record::{Journal, story_of};
use crate::teach::{debrief, debrief_paper};

use super::arguments::DebriefArgs;
use super::error::{CliError, Outcome};
use super::output::out;
use super::stories::{LoadedStory, load_story, seat_named};

/// Looks back on a kept game, on paper. One that is not over keeps its secrets.
pub(super) fn run(arguments: &DebriefArgs) -> Outcome {
    let name = story_of(&arguments.save).map_err(CliError::usage)?;
    let LoadedStory { story, .. } = load_story(Some(&name))?;
    let session = Journal::look(&arguments.save, &story, &name).map_err(CliError::fault)?.session;
    if !session.is_over() {
        return Err(CliError::fault(
            "this game is not over, and what the other seats know is told at its end; play it to the end first",
        ));
    }
    let seat = seat_named(&story, arguments.role.as_deref())?.unwrap_or_else(|| session.person());
    let debrief = debrief(&session, seat);
    let text = arguments.format.set(&debrief_paper(&debrief, &story.title));
    out().write_all(text.as_bytes())?;
    Ok(0)
}
