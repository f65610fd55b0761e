use crate::story::{MessageId, SeatId};

use crate::engine::Pick;

/// What taking a menu's item does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    Resume,
    NewNight,
    Sit(SeatId),
    Pick(Pick),
    Compose(MessageId),
    /// An answer to the facet being asked.
    Answer(usize),
    Debrief,
    OtherSide(SeatId),
    SameNight(SeatId),
    Forks,
    /// Play on from before the decision with this index of the log.
    Fork(usize),
    Title,
    Help,
    Quit,
    /// Shown, and not to be taken.
    Nothing,
}

/// A line of a menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The number that takes it; `None` for what is shown and not open.
    pub number: Option<usize>,
    pub words: String,
    /// Shown below while the cursor is on it.
    pub note: String,
    pub deed: Deed,
}

impl Item {
    pub(super) fn new(number: usize, words: impl Into<String>, deed: Deed) -> Self {
        Self { number: Some(number), words: words.into(), note: String::new(), deed }
    }

    pub(super) fn note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }
}
