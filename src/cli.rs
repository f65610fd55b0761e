//! The command line: arguments, one file per command. Owns standard output and the exit codes.

mod about;
mod arguments;
mod check;
mod class;
mod debrief;
mod error;
mod explain;
mod export;
mod fmt;
mod lsp;
mod map;
mod new;
mod output;
mod picture;
mod play;
mod replay;
mod seed;
#[cfg(feature = "serve")]
mod serve;
mod simulate;
mod stats;
mod stories;
mod test;
mod watch;

use std::io::{IsTerminal as _, Write as _};
use std::path::Path;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

pub use lsp::serve as serve_editor;

use crate::record::write_new;
use arguments::{
    CheckArgs, DebriefArgs, ExportArgs, FmtArgs, MapArgs, NewArgs, PictureArgs, PlayArgs, ReplayArgs, SimulateArgs,
    StatsArgs, TestArgs, WatchArgs,
};
use error::CliError;

/// Interactive episodes in a terminal: who says what to whom, and what arrives.
///
/// Without a command: the title screen of “Hold the Line”, the night of 24 September 2019 in a New York hotel.
#[derive(Debug, Parser)]
#[command(name = "hallway", version, about, disable_help_subcommand = true)]
#[command(
    after_help = "Exit codes: 0 done · 1 the story or the run has faults · 2 wrong usage · 128+n ended by signal n"
)]
struct Arguments {
    #[command(subcommand)]
    command: Option<CliCommand>,
}

#[derive(Debug, Subcommand)]
enum CliCommand {
    /// Play a story
    Play(PlayArgs),
    /// Check stories: every fault, with its place and what to do, and every night that can happen
    Check(CheckArgs),
    /// Walk the nights that a story's files write down, and compare what comes of them
    Test(TestArgs),
    /// Play random nights: which endings come how often, how long nights are, how much two of them share
    Simulate(SimulateArgs),
    /// Count a story: words and reading time by seat, scene and ending, branching, facts, what repeats
    Stats(StatsArgs),
    /// Begin a story that checks, proves and plays at once
    New(NewArgs),
    /// Tidy scene files: indentation, commas, spaces; comments and line breaks stay
    Fmt(FmtArgs),
    /// Play a story while you write it: saved changes are read at once, and the night goes on
    Watch(WatchArgs),
    /// Serve an editor over standard input and output: faults as you type, names, completion
    Lsp,
    /// Draw the graph of a story's scenes: on a terminal to scroll and search in
    Map(MapArgs),
    /// Write a story as one page that plays in any browser, without a network
    Export(ExportArgs),
    /// For a class: codes, groups side by side, handouts, tables
    Class(class::ClassArgs),
    /// Say what a diagnostic means, with a wrong and a right example
    Explain {
        /// Its name, as `check` prints it; without one, all of them
        code: Option<String>,
    },
    /// Say where settings are kept, what they are, and what can be set
    Settings,
    /// Print a script that completes this program's commands in a shell
    Completions {
        /// bash, zsh, fish, elvish or powershell
        shell: clap_complete::Shell,
    },
    /// Print the writer's guide: how a story is written, from an empty file to a reference
    Guide,
    /// Print the manual page
    Man,
    /// Draw a screen as a picture in SVG, for guides
    #[command(hide = true)]
    Picture(PictureArgs),
    /// Look back on a night that is over: what turned it, what became of each message, what is known
    Debrief(DebriefArgs),
    /// Tell a night again from the walk that a proof printed, as every seat perceived it
    Replay(ReplayArgs),
}

/// Runs the program; its exit code.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let code = if error.use_stderr() { 2 } else { 0 };
            let words = error.render();
            // What was typed is in it. A closed pipe is the reader's choice, not a failure.
            let _ = match code {
                0 if output::colours(std::io::stdout().is_terminal()) => {
                    output::out().styled(&words.ansi().to_string())
                }
                0 => write!(output::out(), "{words}"),
                _ if output::colours(std::io::stderr().is_terminal()) => {
                    output::err().styled(&words.ansi().to_string())
                }
                _ => write!(output::err(), "{words}"),
            };
            return ExitCode::from(code);
        }
    };
    let done = match arguments.command {
        None => play::run(&PlayArgs::default(), true),
        Some(CliCommand::Play(play)) => play::run(&play, false),
        Some(CliCommand::Check(check)) => check::run(&check),
        Some(CliCommand::Test(test)) => test::run(&test),
        Some(CliCommand::Simulate(arguments)) => simulate::run(&arguments),
        Some(CliCommand::Stats(stats)) => stats::run(&stats),
        Some(CliCommand::Debrief(arguments)) => debrief::run(&arguments),
        Some(CliCommand::Replay(replay)) => replay::run(&replay),
        Some(CliCommand::New(arguments)) => new::run(&arguments),
        Some(CliCommand::Watch(arguments)) => watch::run(&arguments),
        Some(CliCommand::Lsp) => lsp::run(),
        Some(CliCommand::Class(arguments)) => class::run(&arguments),
        Some(CliCommand::Map(arguments)) => map::run(&arguments),
        Some(CliCommand::Export(arguments)) => export::run(&arguments),
        Some(CliCommand::Fmt(arguments)) => fmt::run(&arguments),
        Some(CliCommand::Explain { code }) => explain::run(code.as_deref()),
        Some(CliCommand::Settings) => about::settings(),
        Some(CliCommand::Completions { shell }) => about::completions(shell),
        Some(CliCommand::Guide) => about::guide(),
        Some(CliCommand::Man) => about::man(),
        Some(CliCommand::Picture(arguments)) => picture::run(&arguments),
    };
    match done {
        Ok(code) => ExitCode::from(code),
        Err(trouble) => ExitCode::from(trouble.tell()),
    }
}

/// Writes a file that is not there yet, whole or not at all; never over one that is, where `instead` says what to do.
fn create(path: &Path, text: &str, instead: &str) -> Result<(), CliError> {
    let shown = crate::text::shown(path);
    write_new(path, text).map_err(|error| {
        CliError::fault(match error.kind() {
            std::io::ErrorKind::AlreadyExists => {
                format!("{shown} is there already, and is not written over; {instead}")
            }
            _ => format!("{shown} cannot be made: {error}"),
        })
    })
}
