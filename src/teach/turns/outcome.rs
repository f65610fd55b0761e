//! What came of a decision that was taken otherwise.

use crate::engine::{By, Passing, Session};
use crate::story::{EndingId, SeatId, Story};
use crate::teach::standing::standing;
use crate::view::StatusLine;

use super::messages::message;
use super::quote::PageSentences;
use super::tries::Try;

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
    /// What is counted and would have stood otherwise: at the end, or, of what stops before it and sends no other
    /// message, right after the decision.
    pub counted: Vec<StatusChange>,
    /// The first later message that would have been another, in a clause.
    pub message: Option<String>,
    pub weight: Difference,
    /// What the seat would have read first that it has not.
    pub read: Option<String>,
    /// The way of the same message then.
    pub passing: Option<Passing>,
}

/// What is counted for a seat: as it stood, and as it would have stood.
pub(super) struct StatusChange {
    pub seat: SeatId,
    pub here: StatusLine,
    pub there: StatusLine,
}

/// How much is otherwise: the ending, then what is counted at the end, then a message, then what is counted at once;
/// last the words that the seat would have read and has not. A greater one is more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Difference {
    pub ends_otherwise: bool,
    /// Of what is counted for the seat itself, then for others.
    pub counted_at_end: (usize, usize),
    pub sends_otherwise: bool,
    pub counted_at_once: (usize, usize),
    pub new_words: usize,
}

impl Difference {
    /// Other words alone are no outcome.
    pub fn is_noticed(self) -> bool {
        let counted = [self.counted_at_end.0, self.counted_at_end.1, self.counted_at_once.0, self.counted_at_once.1];
        self.ends_otherwise || self.sends_otherwise || counted.iter().any(|count| *count > 0)
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
        let is_open = !other.is_over();
        let message = message(session, *seat, tried, other);
        let counted = if !is_open {
            otherwise(session, other, *seat)
        } else if message.is_none() {
            // Whoever decides next would have seen it so.
            let next = tried.before + usize::from(tried.step.by == By::Person);
            otherwise(&session.rewound_to(next), &other.rewound_to(next), *seat)
        } else {
            Vec::new()
        };
        let own = counted.iter().filter(|it| it.seat == *seat).count();
        let count = (own, counted.len() - own);
        Self {
            tried,
            ending,
            is_open,
            weight: Difference {
                ends_otherwise: ending.is_some(),
                counted_at_end: if is_open { (0, 0) } else { count },
                sends_otherwise: message.is_some(),
                counted_at_once: if is_open { count } else { (0, 0) },
                new_words: there.new_words(sentences),
            },
            counted,
            message,
            read: there.first_new(sentences),
            passing: tried
                .passing
                .filter(|_| tried.same_message)
                .and_then(|at| other.trail().passings.get(at).cloned()),
        }
    }
}

/// What is counted and stands otherwise, that of `seat` first.
pub(super) fn otherwise(session: &Session<'_>, other: &Session<'_>, seat: SeatId) -> Vec<StatusChange> {
    let lines = standing(session, seat).into_iter().zip(standing(other, seat));
    let counted = lines.map(|((seat, here), (_, there))| StatusChange { seat, here, there });
    counted.filter(|it| it.here.word != it.there.word).collect()
}
