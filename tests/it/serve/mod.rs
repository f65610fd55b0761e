//! A class on its own devices.

mod entry;
mod handout;
mod hostile;
mod lesson;
mod program;
mod results;
mod secrets;
pub mod support;
