//! The decisions of a game, and the games that can be played on from them.

use crate::engine::{Input, Pick};
use crate::story::{SceneId, SeatId};
use crate::text;

use super::Game;

/// A decision that a person made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastDecision {
    /// Its index in the log.
    pub at: usize,
    pub scene: SceneId,
    pub pick: Pick,
    /// In the words it was offered in, without marks.
    pub words: String,
    /// The part of the story, as far as the seat knew; may be empty.
    pub part: String,
    /// What else was open.
    pub others: Vec<Pick>,
}

impl<'s> Game<'s> {
    /// Lists the decisions so far that the person at the keyboard may see: while others share the game, only their own.
    #[must_use]
    pub fn decisions(&self) -> Vec<PastDecision> {
        let Some((session, seat)) = self.seen() else { return Vec::new() };
        let everybodys = !self.is_shared() || self.is_over();
        let own = |scene: SceneId| self.story().scene(scene).seat.is_none_or(|own| own == seat);
        let mut out = Vec::new();
        let mut shadow = session.rewound_to(0);
        for (at, input) in session.log().iter().enumerate() {
            if let Input::Decide(scene, pick) = *input
                && (everybodys || own(scene))
            {
                out.push(PastDecision {
                    at,
                    scene,
                    pick,
                    words: text::plain(&shadow.words(seat, pick)),
                    part: shadow.part(seat).unwrap_or_default().to_owned(),
                    others: shadow.options().picks().into_iter().filter(|other| *other != pick).collect(),
                });
            }
            // The session has taken it once already.
            let _ = shadow.input(*input);
        }
        out
    }

    /// Makes a new game that begins as this one was before the input with this index of the log.
    #[must_use]
    pub fn fork(&self, at: usize) -> Self {
        Self::of(self.session.rewound_to(at))
    }

    /// Begins this game from another seat: the seats that persons held decide as they did.
    #[must_use]
    pub fn from_seat(&self, seat: SeatId) -> Self {
        Self::of(self.session.from_seat(seat))
    }
}
