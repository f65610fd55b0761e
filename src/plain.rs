//! The plain face: lines out, lines in. For pipes, screen readers and terminals that cannot do more.
//!
//! No escape is ever written, nothing is redrawn, every choice has a number. The last line of a session that has ended
//! begins `Ending: `.

mod acts;
mod lines;
mod looking_back;
mod opening;
mod play;
mod print;
mod saves;

pub use lines::Lines;
pub use opening::{Opening, begin};
pub use play::{PlainExit, PlainGame, play};
pub use saves::resume;
