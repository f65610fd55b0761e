//! What somebody can decide, and why it may be refused.

use crate::story::{MannerId, MessageId};

/// What can be decided at a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Pick {
    /// The scene's plain choice with this index.
    Choice(u16),
    /// The seat's standing choice.
    Standing,
    /// Sends a message by this carrier under this licence.
    Send { message: MessageId, carrier: Option<MannerId>, licence: Option<MannerId> },
    /// Passes on the message in transit, with this treatment.
    Treat(MannerId),
    /// Receives it, with this handling.
    Handle(MannerId),
    /// Strikes or restores the sheet's line with this index.
    Line(u8),
    /// Hands the sheet on.
    Done,
}

/// Why an input is not taken. Nothing has changed then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Nobody has to decide now, or not at this scene.
    #[error("nothing is to be decided now")]
    NotNow,
    /// The pick is not among the options of the decision.
    #[error("this is not offered here")]
    NotOffered,
    /// It can be taken once, and has been.
    #[error("this has been used already")]
    Used,
    /// It is shown, but its condition does not hold.
    #[error("this is locked")]
    Locked,
    /// The sheet allows no more strokes.
    #[error("no marks are left")]
    NoMoreMarks,
    /// No inject has this index.
    #[error("this story has no such news to bring in")]
    NoSuchNews,
    /// The story has no ending for a game that a teacher stops.
    #[error("this story does not say how a game ends that is stopped (its writer adds `freeze`)")]
    NoFreeze,
}
