//! A game in progress, the same for every face: commands go in, lines for its save come out.
//!
//! Invariants: what a command brings about is in [`Done::lines`], to be written before anything of it is shown; while
//! the curtain hangs there is no page; whatever another seat has perceived stays behind [`Game::finished`].

mod curtain;
mod decisions;
#[cfg(feature = "terminal")]
mod described;
mod game;

pub use decisions::PastDecision;
#[cfg(feature = "terminal")]
pub use described::described;
pub use game::{Command, CommandRefusal, Done, Game};
