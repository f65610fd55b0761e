//! What came of a decision that was taken otherwise.

use crate::engine::{Passing, Session};
use crate::story::{EndingId, SeatId, Story};
use crate::view::{StatusLine, view};

use super::quote::PageSentences;
use super::tries::Try;

/// How many new words make a difference that a reader notices.
const NOTICED: usize = 30;

/// The session that is looked back on, from a seat.
pub(super) struct Played<'p, 's> {
    pub session: &'p Session<'s>,
    pub seat: SeatId,
    sentences: PageSentences,
}

/// What came of a try.
pub(super) struct Replayed<'t> {
    pub tried: &'t Try,
    /// The ending, where it is reached and is another.
    pub ending: Option<EndingId>,
    /// It stops at a decision that nobody has taken.
    pub is_open: bool,
    /// What the seat sees of the state at the end and would have seen otherwise: as it was, and as it would have been.
    pub status: Vec<(StatusLine, StatusLine)>,
    pub weight: Difference,
    /// What the seat would have read first that it has not.
    pub gained: Option<String>,
    /// What it has read first that it would not have.
    pub lost: Option<String>,
    /// The way of the same message then.
    pub passing: Option<Passing>,
}

/// How much is otherwise: the ending, then the state, then the words. A greater one is more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Difference {
    pub ends_otherwise: bool,
    pub status: usize,
    /// Words that the seat would have read and has not.
    pub new_words: usize,
}

impl Difference {
    pub fn is_noticed(self) -> bool {
        self.ends_otherwise || self.status > 0 || self.new_words >= NOTICED
    }
}

impl<'p, 's> Played<'p, 's> {
    pub fn of(session: &'p Session<'s>, seat: SeatId) -> Self {
        Self { session, seat, sentences: PageSentences::of(&session.full_history(seat), seat) }
    }

    pub fn story(&self) -> &'s Story {
        self.session.story()
    }
}

impl<'t> Replayed<'t> {
    pub fn of(played: &Played<'_, '_>, tried: &'t Try, other: &Session<'_>) -> Self {
        let Played { session, seat, sentences } = played;
        let there = PageSentences::of(other, *seat);
        let ending = other.ending().filter(|ending| session.ending() != Some(*ending));
        // Before the end there is more to come, so that nothing can be said of it.
        let status = if other.is_over() { otherwise(session, other, *seat) } else { Vec::new() };
        let weight = Difference {
            ends_otherwise: ending.is_some(),
            status: status.len(),
            new_words: there.new_words(sentences),
        };
        Self {
            tried,
            ending,
            is_open: !other.is_over(),
            status,
            weight,
            gained: there.first_new(sentences),
            lost: sentences.first_new(&there),
            passing: tried
                .passing
                .filter(|_| tried.same_message)
                .and_then(|at| other.trail().passings.get(at).cloned()),
        }
    }
}

/// The lines of the status that are otherwise.
fn otherwise(session: &Session<'_>, other: &Session<'_>, seat: SeatId) -> Vec<(StatusLine, StatusLine)> {
    let lines = view(session, seat).status().into_iter().zip(view(other, seat).status());
    lines.filter(|(here, there)| here.word != there.word).collect()
}
