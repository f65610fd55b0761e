//! The tests that a developer waits for while working. Those that take their time are in `tests/long`.

mod allocations;
mod attacks;
mod author;
mod autoplay;
mod checks;
mod classroom;
mod cli;
mod codes;
mod consequences;
mod current_folder;
mod debrief;
mod diagnostics;
mod episode;
mod expressions;
#[cfg(unix)]
mod folders;
mod given_out;
mod guide;
mod half_made;
mod house;
mod identity;
mod language;
mod lsp;
#[path = "../bench/made.rs"]
mod made;
mod meaning;
mod mistakes;
mod offers;
mod other_engine;
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
mod second_reading;
mod secrets;
mod serve;
mod sessions;
mod slips_of_the_pen;
mod support;
mod typos;
mod walks;
mod web;
mod words;
mod workbench;
