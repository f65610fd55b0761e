//! The integration tests, one binary.

mod author;
mod checks;
mod classroom;
mod cli;
mod codes;
mod episode;
mod guide;
mod house;
mod lsp;
mod night;
mod pictures;
mod plain;
mod proof;
mod properties;
#[cfg(unix)]
mod pty;
mod saves;
mod screens;
mod secrets;
mod support;
mod walks;
mod workbench;
