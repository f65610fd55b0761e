//! The plain face: lines out, lines in. For pipes, screen readers and terminals that cannot do more.
//!
//! No escape is ever written, nothing is redrawn, every choice has a number. The last line of a night that has ended
//! begins `Ending: `.

mod play;
mod print;
mod words;

pub use play::{Left, PlainGame, play};
pub use words::{WORDS, Word};
