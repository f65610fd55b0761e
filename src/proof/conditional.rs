//! Words that are not always the same: with conditions in them, or with answers.

use std::collections::BTreeSet;

use crate::story::{Piece, SceneId, SeatId, Template, VarId, Words};

/// When some words are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// On entering the scene.
    Entered,
    /// While this choice is offered.
    Offered(u16),
    /// Once this choice is taken, and what it does is done.
    Taken(u16),
    /// While this choice is shown and locked.
    Locked(u16),
}

/// Words with conditions in them, or with answers.
#[derive(Clone)]
pub(super) struct Conditional {
    pub words: Template,
    pub scene: SceneId,
    /// The seats that read them.
    pub readers: Vec<SeatId>,
    /// The choice that they are words of, by index.
    pub choice: Option<u16>,
    pub when: When,
    pub reads: BTreeSet<VarId>,
    /// They show answers.
    pub quotes: bool,
    /// They are looked at for this answer, which they show, and not for their own branches.
    pub answer: Option<usize>,
    /// Of their conditions that stand in no other, only this one is looked at, by its number; without it, none is, and
    /// only whether the words after `again` are ever read.
    pub condition: Option<usize>,
}

pub(super) fn counts_visits(words: Words<'_>) -> bool {
    let mut found = false;
    words.each(&mut |piece| found |= matches!(piece, Piece::First(_)));
    found
}
