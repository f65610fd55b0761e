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

/// Play, write and teach stories in which messages pass between people and may arrive changed.
///
/// Without a command, it opens “Hold the Line”: the night of 24 September 2019 in a New York hotel.
#[derive(Debug, Parser)]
#[command(name = "hallway", version, about, disable_help_subcommand = true)]
#[command(
    after_help = "Exit codes: 0 success · 1 the story or the run has errors · 2 wrong usage · 128+n stopped by signal n"
)]
struct Arguments {
    #[command(subcommand)]
    command: Option<CliCommand>,
}

#[derive(Debug, Subcommand)]
enum CliCommand {
    /// Play a story
    Play(PlayArgs),
    /// Check stories: report every mistake with its line and its fix, then explore every possible game
    Check(CheckArgs),
    /// Play the walks written in a story's files and compare the results
    Test(TestArgs),
    /// Play random games and report how often each ending comes, how long games are and what choices change
    Simulate(SimulateArgs),
    /// Count words, reading time, choices, endings, cited facts and repeated passages
    Stats(StatsArgs),
    /// Create a new story that already plays
    New(NewArgs),
    /// Format story files; comments and line breaks stay as they are
    Fmt(FmtArgs),
    /// Play a story while you write it; saved changes show at once
    Watch(WatchArgs),
    /// Run the language server, for an editor: errors as you type, definitions, completion
    Lsp,
    /// Draw the scenes of a story as a graph
    Map(MapArgs),
    /// Export a story as one HTML page that plays offline in any browser
    Export(ExportArgs),
    /// Prepare and run a lesson: handouts, class codes, a server for pupils’ devices, comparison of groups
    Class(class::ClassArgs),
    /// Explain an error or warning of `check`, with a wrong and a right example
    Explain {
        /// Its name, as `check` prints it [default: list them all]
        code: Option<String>,
    },
    /// Show the settings, where they are kept, and what each can be
    Settings,
    /// Print a completion script for a shell
    Completions {
        /// Shell to complete in
        shell: clap_complete::Shell,
    },
    /// Print the writer's guide
    Guide,
    /// Print the manual page
    Man,
    /// Draw a screen as a picture in SVG, for guides
    #[command(hide = true)]
    Picture(PictureArgs),
    /// Look back on a finished game: what turned it, what became of each message, what is on record
    Debrief(DebriefArgs),
    /// Replay a game from a walk printed by `check` or `simulate`, as each seat saw it
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
fn create(path: &Path, text: impl AsRef<[u8]>, instead: &str) -> Result<(), CliError> {
    write_new(path, text).map_err(|error| not_made(path, &error, instead))
}

/// Why a file could not be made.
fn not_made(path: &Path, error: &std::io::Error, instead: &str) -> CliError {
    let shown = crate::text::shown(path);
    CliError::fault(match error.kind() {
        std::io::ErrorKind::AlreadyExists => format!("{shown} is there already, and is not written over; {instead}"),
        _ => format!("{shown} cannot be made: {error}"),
    })
}
