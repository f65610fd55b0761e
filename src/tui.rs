//! The full-screen face.
//!
//! [`App`] holds what is on screen, [`App::update`] turns a message into effects, [`draw()`] turns the app into cells;
//! neither touches the disk or the terminal. `terminal.rs` does, and is the only file that knows crossterm and
//! signals; `run.rs` drives.

mod app;
mod caches;
mod classroom;
mod console;
mod content;
mod draw;
mod editor;
mod files;
#[cfg(unix)]
mod input;
mod items;
mod layout;
mod menu;
mod motion;
mod picture;
mod presses;
mod prose;
mod run;
mod screen;
mod screens;
mod search;
mod start;
mod terminal;
mod text_input;
mod theme;
mod watch;

pub use app::{App, AppEffect, AppEvent, Display, Screen};
pub use console::{Console, console};
pub use draw::draw;
pub use files::{FileChange, Files, LoadedFiles};
pub use menu::MenuItem;
pub use picture::{Shot, picture};
pub use run::{RunResult, display, glyphs, read, run};
pub use start::AppStart;
pub use terminal::{before_interruption, columns, interruption};
pub use theme::{Colours, Theme};
pub use watch::watch;
