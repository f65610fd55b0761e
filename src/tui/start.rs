//! What the full screen starts with.

use std::path::PathBuf;

use crate::engine::Input;
use crate::story::{SeatId, Story};

/// What the full screen starts with.
pub struct AppStart<'s> {
    pub story: &'s Story,
    /// As it was asked for; a save remembers it.
    pub name: String,
    pub seat: Option<SeatId>,
    pub seed: Option<u64>,
    pub fresh_seed: fn() -> u64,
    pub save: Option<PathBuf>,
    /// Inputs before the first decision.
    pub ahead: Vec<Input>,
    /// Begin on the title screen.
    pub title: bool,
    /// Who shares the keyboard, where several do.
    pub together: Vec<SeatId>,
    /// Seconds for each turn; 0 is no limit.
    pub turn: u16,
    /// A class votes: after each decision it is asked how.
    pub votes: bool,
    /// For a projector: few, large letters.
    pub projector: bool,
    /// Panic once the terminal is taken over, for the test that it is given back.
    pub panic: bool,
}

impl<'s> AppStart<'s> {
    /// The title screen of a story, with a random seed.
    #[must_use]
    pub fn of(story: &'s Story) -> Self {
        Self {
            story,
            name: String::new(),
            seat: None,
            seed: None,
            fresh_seed: || 0,
            save: None,
            ahead: Vec::new(),
            title: true,
            together: Vec::new(),
            turn: 0,
            votes: false,
            projector: false,
            panic: false,
        }
    }
}
