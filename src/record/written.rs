//! The text of a save: a header, and a line for everything that came from outside.

use crate::engine::{Holder, Session};
use crate::story::EndingId;

pub(super) use super::line::write;
use super::line::{Header, SaveLine};
use super::load::LoadedSave;

impl SaveLine {
    /// As it stands in a save, without its line end.
    #[must_use]
    pub fn written(&self) -> String {
        write(self)
    }
}

/// A whole save: the session, and what the save that it was loaded from said besides. `story` is the stored name of
/// the story.
#[must_use]
pub fn text(story: &str, session: &Session<'_>, loaded: Option<&LoadedSave<'_>>) -> String {
    let mut lines = Vec::new();
    for (seat, holder) in session.story().seats.iter().zip(session.first_holders()) {
        let Holder::Log(log) = holder else { continue };
        let of = |(scene, pick): &(_, _)| SaveLine {
            log: Some(seat.id.clone()),
            ..SaveLine::of_pick(session.story(), *scene, *pick)
        };
        lines.extend(log.iter().map(of));
    }
    lines
        .extend(loaded.and_then(|loaded| loaded.turn).map(|turn| SaveLine { turn: Some(turn), ..SaveLine::default() }));
    // Each line carries a check of the session as it stood before it.
    let mut shadow = Session::new(session.story(), session.seed(), session.first_holders().to_vec());
    for (at, input) in session.log().iter().enumerate() {
        lines.push(SaveLine::of(&shadow, *input));
        // The session has taken it, and the shadow is the same session.
        let _ = shadow.input(*input);
        let votes = loaded.into_iter().flat_map(|loaded| &loaded.votes).filter(|(of, _)| *of == at);
        lines.extend(votes.map(|(_, vote)| SaveLine { vote: Some(vote.clone()), ..SaveLine::default() }));
    }
    // What can be done again stands there as it was done, and as it was undone.
    let undone = loaded.map(|loaded| loaded.undone.as_slice()).unwrap_or_default();
    for input in undone.iter().rev() {
        lines.push(SaveLine::of(&shadow, *input));
        let _ = shadow.input(*input);
    }
    lines.extend(undone.iter().map(|_| SaveLine { undo: Some(true), ..SaveLine::default() }));
    lines.extend(
        loaded.and_then(|loaded| loaded.name.clone()).map(|name| SaveLine { named: Some(name), ..SaveLine::default() }),
    );
    let id = |ending: EndingId| session.story().endings[ending.index()].id.clone();
    let ended = session.ending().filter(|_| loaded.is_some_and(|loaded| loaded.ended)).map(id);
    lines.extend(ended.map(|ending| SaveLine { ended: Some(ending), ..SaveLine::default() }));
    let header = write(&Header::new(story, session)) + "\n";
    lines.iter().fold(header, |text, line| text + &write(line) + "\n")
}
