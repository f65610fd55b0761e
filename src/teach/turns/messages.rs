//! Which message would have been another.

use crate::engine::{Passing, Session};
use crate::story::{SeatId, Story};
use crate::text;

use super::tries::{Try, heard};

/// The first message that was not so in this session, after the one that the try is about: “the host would have sent
/// “they come””, “instead of” what was sent in its place; or what would have been heard of it.
pub(super) fn message(session: &Session<'_>, seat: SeatId, tried: &Try, other: &Session<'_>) -> Option<String> {
    let story = session.story();
    let here = &session.trail().passings;
    let there = &other.trail().passings;
    let meant = |passing: &Passing| text::plain(&passing.meant);
    let is_sent = |list: &[Passing], what: &Passing| {
        list.iter().any(|passing| passing.message == what.message && passing.meant == what.meant)
    };
    for (at, passing) in there.iter().enumerate().filter(|(at, _)| Some(*at) != tried.passing) {
        let from = name(story, passing.from, seat);
        if !is_sent(here, passing) {
            let instead = here.get(at).filter(|was| was.from == passing.from && !is_sent(there, was));
            return Some(match instead {
                Some(was) => format!("{from} would have sent “{}” instead of “{}”", meant(passing), meant(was)),
                None => format!("{from} would have sent “{}”", meant(passing)),
            });
        }
        let was = here.get(at).filter(|was| was.message == passing.message && was.meant == passing.meant);
        if let Some((was, heard)) = was.zip(heard(passing))
            && passing.heard != was.heard
        {
            return Some(format!("“{}” would have been heard as “{heard}”", meant(passing)));
        }
    }
    // Of a game that is not over it is not known what will yet be sent.
    let missing = here.iter().enumerate().filter(|(at, was)| Some(*at) != tried.passing && !is_sent(there, was));
    let (_, was) = missing.into_iter().next().filter(|_| other.is_over())?;
    Some(format!("{} would never have sent “{}”", name(story, was.from, seat), meant(was)))
}

/// A seat within a sentence: “you”, “the aide”, “Emmanuel Macron”.
pub(super) fn name(story: &Story, seat: SeatId, own: SeatId) -> String {
    if seat == own {
        return "you".to_owned();
    }
    let name = &story.seats[seat.index()].name;
    name.strip_prefix("The ").map_or_else(|| name.clone(), |rest| format!("the {rest}"))
}
