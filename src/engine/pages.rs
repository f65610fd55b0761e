use crate::story::SeatId;

/// What a stretch of a seat's page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// The name of the part of the session that begins.
    Part,
    /// The words of a scene.
    Prose,
    /// What this seat chose, in the words it chose by.
    Chosen,
    /// What came of it at once.
    Reply,
    /// Nobody decided in time; the story's words for it, which may be none.
    Silence,
    /// What a teacher has brought in.
    News,
    /// Something the program says, not the story.
    Notice,
}

impl BlockKind {
    /// Whether the story tells something here, so that it can be on record or invented.
    #[must_use]
    pub fn is_told(self) -> bool {
        matches!(self, Self::Prose | Self::Reply | Self::News)
    }
}

/// A stretch of a seat's page, rendered at the moment it happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block<'a> {
    pub kind: BlockKind,
    /// Prose with its marks.
    pub text: &'a str,
}

/// How far a message has come, as a seat perceives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// It has left its sender's hands.
    Sent,
    /// Its carrier has it.
    InHand,
    /// It has been passed on to its receiver.
    Heard,
}

/// A message on its way, as a seat perceives it: its sender sees it go, its receiver sees it come, its carrier both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hop {
    pub from: SeatId,
    pub to: SeatId,
    pub stage: Stage,
}
