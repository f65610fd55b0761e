//! A class on its own devices.

mod entry;
mod handout;
mod hands;
mod hostile;
mod lesson;
mod program;
mod results;
mod secrets;
pub mod support;
