//! The full-screen face.
//!
//! [`App`] holds what is on screen, [`App::update`] turns an event into effects, [`draw()`] turns the app into cells;
//! neither touches the disk or the terminal. `terminal.rs` and the files below it do, and are
//! the only ones that know crossterm and signals; `run.rs` runs the loop.

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
