//! The tests that a developer waits for while working. Those that take their time are in `tests/long`.

mod alone;
mod attacks;
mod author;
mod checks;
mod classroom;
mod cli;
mod codes;
mod consequences;
mod debrief;
mod episode;
mod expressions;
#[cfg(unix)]
mod folders;
mod given_out;
mod guide;
mod half_made;
mod here;
mod house;
mod identity;
mod language;
mod lsp;
#[path = "../bench/made.rs"]
mod made;
mod meaning;
mod mistakes;
mod night;
mod offers;
mod pictures;
mod plain;
mod proof;
mod properties;
#[cfg(unix)]
mod pty;
mod readings;
mod renames;
mod runtime;
mod saves;
mod screens;
mod second;
mod second_reading;
mod secrets;
mod slips;
mod support;
mod told;
mod walks;
mod web;
mod words;
mod work;
mod workbench;
