//! The plain face: lines out, lines in. For pipes, screen readers and terminals that cannot do more.
//!
//! No escape is ever written, nothing is redrawn, every choice has a number. The last line of a session that has ended
//! begins `Ending: `.

mod acts;
mod looking_back;
mod play;
mod print;

pub use play::{PlainExit, PlainGame, play};
