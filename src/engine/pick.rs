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

/// Why a pick is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("nothing is to be decided now")]
    NotNow,
    #[error("this is not offered here")]
    NotOffered,
    #[error("this has been used already")]
    Used,
    #[error("this is locked")]
    Locked,
    #[error("no marks are left")]
    NoMoreMarks,
    #[error("this story has no such news to bring in")]
    NoSuchNews,
    #[error("this story does not say how a game ends that is stopped (its writer adds `freeze`)")]
    NoFreeze,
}
