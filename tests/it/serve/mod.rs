//! A class on its own devices.

mod hostile;
mod lesson;
mod secrets;
mod support;
