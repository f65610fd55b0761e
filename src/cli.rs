//! The command line: arguments, one file per command. Owns standard output and the exit codes.

mod about;
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

use clap::{Args, Parser, Subcommand, ValueEnum};

pub use lsp::serve as serve_editor;

use crate::record::write_new;
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

#[derive(Debug, Default, Args)]
struct PlayArgs {
    /// A file, a folder or a built-in story [default: hold-the-line]
    story: Option<String>,
    /// The seat to take, by name or id
    #[arg(long)]
    role: Option<String>,
    /// The night's luck: the same seed and the same decisions make the same night
    #[arg(long)]
    seed: Option<u64>,
    /// Line by line, without drawing: for pipes and screen readers
    #[arg(long)]
    plain: bool,
    /// Several people take turns at this keyboard, one on each seat, with a curtain between their turns
    #[arg(long, conflicts_with = "role")]
    hotseat: bool,
    /// A whole class at one screen: all seats, and the votes for each decision written down
    #[arg(long, conflicts_with = "role")]
    class: bool,
    /// Seconds for each turn; then the night goes on without a decision [possible values: 30, 45, 60, 90, 120, 180, 300]
    #[arg(long, value_name = "SECONDS", value_parser = turn)]
    turn: Option<u16>,
    /// Play the night of a class code
    #[arg(long, conflicts_with_all = ["role", "seed", "hotseat"])]
    code: Option<String>,
    /// Go on from a result code, as its group left it
    #[arg(long, value_name = "CODE", requires = "code", conflicts_with_all = ["from", "set"])]
    result: Option<String>,
    /// For few, large letters on a wall: full contrast, the whole width, nothing that moves
    #[arg(long)]
    projector: bool,
    /// Keep the night in this file; where it exists, go on from it
    #[arg(long, value_name = "FILE")]
    save: Option<std::path::PathBuf>,
    /// Begin at this scene, as if it were the first; without a role, on the seat that decides there
    #[arg(long, value_name = "SCENE")]
    from: Option<String>,
    /// Set a variable first, for instance "trust = 3"; may be given several times
    #[arg(long, value_name = "ASSIGNMENT")]
    set: Vec<String>,
    /// Panic as soon as the terminal is taken over; the tests hold that it is given back
    #[arg(long, hide = true)]
    panic: bool,
}

/// Seconds that a turn can have in a class code.
fn turn(text: &str) -> Result<u16, String> {
    let seconds = text.parse().ok().filter(|seconds| crate::record::TURNS[1..].contains(seconds));
    seconds.ok_or_else(|| "a turn has 30, 45, 60, 90, 120, 180 or 300 seconds".to_owned())
}

/// Seconds that the proof of one story may take, if nothing else is said.
const SECONDS_TO_PROVE: u64 = 60;

#[derive(Debug, Args)]
struct CheckArgs {
    /// Files, folders or built-in names; a folder of stories is checked story by story [default: this folder]
    stories: Vec<String>,
    /// How to say it
    #[arg(long, value_enum, default_value_t)]
    format: CheckFormat,
    /// Fail where not every night could be explored
    #[arg(long)]
    require_proof: bool,
    /// Look for faults of the text only; do not explore the nights
    #[arg(long, conflicts_with = "require_proof")]
    no_proof: bool,
    /// Explore the nights anew, even where this very story was proved before
    #[arg(long)]
    no_cache: bool,
    /// Name the variables that make the proof dear, whatever it costs
    #[arg(long)]
    costs: bool,
    /// Seconds that the proof of one story may take
    #[arg(long, value_name = "N", default_value_t = SECONDS_TO_PROVE)]
    seconds: u64,
}

#[derive(Debug, Args)]
struct TestArgs {
    /// Files, folders or built-in names; a folder of stories is tested story by story [default: this folder]
    stories: Vec<String>,
    /// Accept the transcripts as they are now
    #[arg(long)]
    bless: bool,
    /// How to say it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Debug, Args)]
struct SimulateArgs {
    /// A file, a folder or a built-in story [default: this folder]
    story: Option<String>,
    /// How many nights
    #[arg(long, default_value_t = 10_000)]
    runs: u64,
    /// The first night's seed; the others follow
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// A seat that decides at random; without it the story holds all seats, by its leanings
    #[arg(long)]
    role: Option<String>,
    /// Count nights only, even where the true odds could be worked out
    #[arg(long)]
    samples: bool,
    /// How to say it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Debug, Args)]
struct StatsArgs {
    /// A file, a folder or a built-in story [default: this folder]
    story: Option<String>,
    /// List every scene too
    #[arg(long)]
    scenes: bool,
    /// How to say it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Debug, Args)]
struct WatchArgs {
    /// A file or a folder [default: this folder]
    story: Option<String>,
    /// The seat to take, by id; without it, one is asked for
    #[arg(long)]
    role: Option<String>,
    /// The night's luck
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

#[derive(Debug, Args)]
struct MapArgs {
    /// A file, a folder or a built-in story [default: this folder]
    story: Option<String>,
    /// As what; without it, a screen on a terminal and text elsewhere
    #[arg(long, value_enum)]
    format: Option<MapFormat>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum MapFormat {
    Text,
    /// A flowchart for Mermaid
    Mermaid,
    /// A graph for Graphviz
    Dot,
    /// A picture that needs nothing else
    Svg,
}

#[derive(Debug, Args)]
struct ExportArgs {
    /// A file, a folder or a built-in story [default: this folder]
    story: Option<String>,
    /// Where to write the page [default: the story's name, with .html]
    #[arg(long, value_name = "FILE.html")]
    out: Option<std::path::PathBuf>,
    /// Write a zip file with the page in it too, as shops of games take it
    #[arg(long, value_name = "FILE.zip")]
    zip: Option<std::path::PathBuf>,
    /// Offer this seat alone, by name or id
    #[arg(long, conflicts_with = "code")]
    role: Option<String>,
    /// Begin the game of this class code
    #[arg(long)]
    code: Option<String>,
    /// Its colours, until the reader chooses others [default: as the device has them]
    #[arg(long)]
    theme: Option<PageTheme>,
    /// Write what a page of your own is built on into this folder: the runtime, the story, and an example that plays
    #[arg(long, value_name = "FOLDER", conflicts_with_all = ["role", "code", "theme"])]
    pages: Option<std::path::PathBuf>,
    /// Write over what is there
    #[arg(long)]
    force: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum PageTheme {
    Light,
    Dark,
    Contrast,
}

impl PageTheme {
    fn word(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Contrast => "contrast",
        }
    }
}

#[derive(Debug, Args)]
struct NewArgs {
    /// The story's title; its file is named after it
    name: String,
    /// What to begin from: blank, branching, messages or classroom
    #[arg(long, default_value = "branching")]
    template: String,
}

#[derive(Debug, Args)]
struct FmtArgs {
    /// Files, or folders whose .ron files are meant [default: this folder]
    paths: Vec<std::path::PathBuf>,
    /// Change nothing, and fail where something would be changed
    #[arg(long)]
    check: bool,
}

#[derive(Debug, Args)]
struct PictureArgs {
    /// A file, a folder or a built-in story [default: hold-the-line]
    story: Option<String>,
    /// The keys to press first, by name, with spaces between them
    #[arg(long, default_value = "")]
    keys: String,
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Columns and rows
    #[arg(long, default_value = "100x30")]
    size: String,
    /// terminal, dark, light, high-contrast or mono
    #[arg(long, default_value = "dark")]
    theme: String,
}

#[derive(Debug, Args)]
struct DebriefArgs {
    /// The save of a night that is over
    save: std::path::PathBuf,
    /// The seat that looks back, by name or id [default: the one that was played]
    #[arg(long)]
    role: Option<String>,
    /// How it is written
    #[arg(long, value_enum, default_value_t)]
    format: PaperFormat,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum PaperFormat {
    /// To read as it is, and to go on writing in
    #[default]
    Markdown,
    /// A page that prints
    Html,
}

#[derive(Debug, Args)]
struct ReplayArgs {
    /// A file, a folder or a built-in story
    story: String,
    /// The way to go, as `check` prints it: 2.0.w1
    #[arg(long, allow_hyphen_values = true)]
    walk: Option<String>,
    /// The night's luck, as `simulate` prints it; the story holds every seat but the role's then
    #[arg(long)]
    seed: Option<u64>,
    /// The seat that decides, by name or id
    #[arg(long, requires = "seed")]
    role: Option<String>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Text,
    /// One object on standard output
    Json,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum CheckFormat {
    /// For people
    #[default]
    Text,
    /// One object on standard output
    Json,
    /// Annotations for a workflow on GitHub
    Github,
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
