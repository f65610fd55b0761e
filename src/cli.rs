//! The command line: arguments, one file per command. Owns standard output and the exit codes.

mod about;
mod arguments;
mod check;
mod class;
mod debrief;
mod error;
mod examples;
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
mod transcript;
mod watch;

use std::io::{IsTerminal as _, Write as _};
use std::path::Path;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory as _, Parser, Subcommand};

pub use lsp::serve as serve_editor;

use crate::record::write_new;
use crate::story::{BUILT_IN, built_in, is_scene_file, nearest};
use arguments::{
    CheckArgs, DebriefArgs, ExportArgs, FmtArgs, MapArgs, NewArgs, PictureArgs, PlayArgs, ReplayArgs, SimulateArgs,
    StatsArgs, TestArgs, TranscriptArgs, WatchArgs,
};
use error::CliError;

/// The exit codes, for the help.
const EXIT_CODES: &str = "0 success · 1 the story or the run has errors · 2 wrong usage · 128+n stopped by signal n";

/// Play, write and teach interactive stories in which messages pass between people and may arrive changed.
///
/// Without a command, it plays “Hold the Line”: the night of 24 September 2019 in a New York hotel.
#[derive(Debug, Parser)]
#[command(name = "hallway", version, about, args_conflicts_with_subcommands = true)]
#[command(
    after_help = format!("{}\n\nExit codes: {EXIT_CODES}", examples::TOP), max_term_width = 100
)]
struct Arguments {
    #[command(subcommand)]
    command: Option<CliCommand>,
    /// Story to play: a file, a folder, or the name of a built-in story; the same as `hallway play STORY`
    story: Option<String>,
    /// Print line by line instead of drawing, for screen readers and pipes
    #[arg(long)]
    plain: bool,
}

#[derive(Debug, Subcommand)]
enum CliCommand {
    /// Play a story
    #[command(after_help = examples::PLAY)]
    Play(PlayArgs),
    /// Print a saved game as a seat saw it: text, Markdown or HTML
    #[command(after_help = examples::TRANSCRIPT)]
    Transcript(TranscriptArgs),
    /// Look back on a finished game: decisions that mattered, what became of each message, what is on record
    Debrief(DebriefArgs),
    /// Create a new story that already plays
    #[command(after_help = examples::NEW)]
    New(NewArgs),
    /// Play a story while you write it; saved changes show at once
    Watch(WatchArgs),
    /// Check stories: report every mistake with its line and its fix, then explore every possible game
    #[command(after_help = examples::CHECK)]
    Check(CheckArgs),
    /// Play the walks written in a story's files and compare the results
    Test(TestArgs),
    /// Play random games and report how often each ending comes, how long games are and what choices change
    #[command(after_help = examples::SIMULATE)]
    Simulate(SimulateArgs),
    /// Replay a game from a walk printed by `check` or `simulate`, as each seat saw it
    Replay(ReplayArgs),
    /// Count words, reading time, choices, endings, cited facts and repeated passages
    Stats(StatsArgs),
    /// Draw the scenes of a story as a graph
    Map(MapArgs),
    /// Format story files; comments and line breaks stay as they are
    #[command(after_help = examples::FMT)]
    Fmt(FmtArgs),
    /// Explain an error or warning of `check`, with a wrong and a right example
    Explain {
        /// Its name, as `check` prints it [default: list them all]
        code: Option<String>,
    },
    /// Print the writer's guide
    Guide,
    /// Run the language server, for an editor: errors as you type, definitions, completion
    Lsp,
    /// Export a story as one HTML page that plays offline in any browser
    #[command(after_help = examples::EXPORT)]
    Export(ExportArgs),
    /// Prepare and run a lesson: handouts, class codes, a server for pupils’ devices, comparison of groups
    #[command(after_help = examples::CLASS)]
    Class(class::ClassArgs),
    /// Show the settings, where they are saved, and what each can be
    Settings,
    /// Print a completion script for a shell
    Completions {
        /// Shell to complete in
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
    /// Draw a screen as a picture in SVG, for guides
    #[command(hide = true)]
    Picture(PictureArgs),
}

/// Runs the program and returns its exit code.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) if error.kind() == ErrorKind::UnknownArgument && plays() => {
            let typed: Vec<String> =
                std::env::args_os().skip(1).map(|word| crate::text::shown(Path::new(&word))).collect();
            let why = format!("this is an option of `play`: `hallway play {}`", typed.join(" "));
            return ExitCode::from(CliError::usage(why).tell());
        }
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
        None => match arguments.story.as_deref().map_or(Ok(()), is_story) {
            Ok(()) => {
                play::run(&PlayArgs { story: arguments.story, plain: arguments.plain, ..PlayArgs::default() }, true)
            }
            Err(wrong) => Err(wrong),
        },
        Some(CliCommand::Play(play)) => play::run(&play, false),
        Some(CliCommand::Check(check)) => check::run(&check),
        Some(CliCommand::Test(test)) => test::run(&test),
        Some(CliCommand::Simulate(arguments)) => simulate::run(&arguments),
        Some(CliCommand::Stats(stats)) => stats::run(&stats),
        Some(CliCommand::Debrief(arguments)) => debrief::run(&arguments),
        Some(CliCommand::Transcript(arguments)) => transcript::run(&arguments),
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

/// Whether what was typed would be understood after `hallway play`.
fn plays() -> bool {
    let mut words: Vec<_> = std::env::args_os().collect();
    words.insert(1.min(words.len()), "play".into());
    Arguments::try_parse_from(words).is_ok()
}

/// Whether a bare word names a story; it may be a command that was misspelt.
fn is_story(word: &str) -> Result<(), CliError> {
    let path = Path::new(word);
    if word.contains(['/', '\\']) || is_scene_file(path) || path.exists() || built_in(word).is_some() {
        return Ok(());
    }
    let commands = Arguments::command();
    let names = commands.get_subcommands().filter(|command| !command.is_hide_set()).map(clap::Command::get_name);
    let known: Vec<&str> = names.chain(BUILT_IN.iter().map(|story| story.name)).collect();
    let typed = crate::text::clean_line(word);
    if known.contains(&word) {
        return Err(CliError::usage(format!("options stand after a command: `hallway {typed} --plain`")));
    }
    let help = nearest(word, known.iter().copied()).map_or_else(
        || "`hallway help` lists the commands".to_owned(),
        |near| format!("did you mean `hallway {near}`?"),
    );
    let word = typed;
    Err(CliError::usage(format!("there is no command and no story called “{word}”; {help}")))
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
