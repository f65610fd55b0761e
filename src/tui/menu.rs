use std::path::PathBuf;

use crate::engine::Pick;
use crate::record::Settings;
use crate::story::{MessageId, SeatId};

use super::screen::Screen;

/// What choosing an item of a menu does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MenuAction {
    Resume(PathBuf),
    NewGame,
    Sit(SeatId),
    /// Several people at one keyboard, on these seats.
    SitTogether(Vec<SeatId>),
    /// A whole class at one screen.
    SitClass,
    /// Stop a turn's clock, or let it go on.
    Hold,
    /// More time for this turn.
    MoreTime,
    /// This many seconds for each turn.
    Turns(u16),
    /// Bring in the news with this index.
    Inject(u16),
    /// Stop the session where it stands.
    Freeze,
    /// Another message to talk about.
    Follow(usize),
    /// A step of talking about the session, instead of the one on screen.
    Step(usize),
    Close,
    /// Lift the curtain.
    Lift,
    Pick(Pick),
    Compose(MessageId),
    /// An answer to the facet being asked.
    Answer(usize),
    Open(Screen),
    SameGame(SeatId),
    /// Play on from before the decision with this index of the log.
    Fork(usize),
    /// These settings from now on.
    Settle(Box<Settings>),
    /// Show the codes of this session.
    Code,
    Title,
    Quit,
    /// Shown, but not to be chosen.
    Nothing,
}

/// A line of a menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuItem {
    /// The number that chooses it; `None` for what is shown and not open.
    pub number: Option<usize>,
    pub words: String,
    /// Shown below while the cursor is on it.
    pub note: String,
    pub action: MenuAction,
}

impl MenuItem {
    pub(super) fn new(number: usize, words: impl Into<String>, action: MenuAction) -> Self {
        Self { number: Some(number), words: words.into(), note: String::new(), action }
    }

    pub(super) fn note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }
}
