//! The arguments of each command.

use clap::{Args, ValueEnum};

use super::seed::seed;

#[derive(Debug, Default, Args)]
pub(super) struct PlayArgs {
    /// Story file, story folder, or name of a built-in story [default: hold-the-line]
    pub story: Option<String>,
    /// Take this seat (the role's name or id)
    #[arg(long)]
    pub role: Option<String>,
    /// Seed for chance: the same seed and decisions give the same game
    #[arg(long, value_parser = seed, allow_negative_numbers = true)]
    pub seed: Option<u64>,
    /// Print line by line instead of drawing, for screen readers and pipes
    #[arg(long)]
    pub plain: bool,
    /// Take turns at this keyboard, one person for each seat; the screen is hidden between turns
    #[arg(long, conflicts_with = "role")]
    pub hotseat: bool,
    /// Play all seats with a class at one screen, and note the votes for each decision
    #[arg(long, conflicts_with = "role")]
    pub class: bool,
    /// Give each turn this many seconds; after that the game goes on without a decision [possible values: 30, 45, 60, 90, 120, 180, 300]
    #[arg(long, value_name = "SECONDS", value_parser = turn)]
    pub turn: Option<u16>,
    /// Play the game of a class code
    #[arg(long, conflicts_with_all = ["role", "seed", "hotseat"])]
    pub code: Option<String>,
    /// Continue from the result code of a group
    #[arg(long, value_name = "CODE", requires = "code", conflicts_with_all = ["from", "set"])]
    pub result: Option<String>,
    /// Use full contrast, the whole width and no motion, for a projector
    #[arg(long)]
    pub projector: bool,
    /// Save the game in this file; if it exists, continue from it
    #[arg(long, value_name = "FILE")]
    pub save: Option<std::path::PathBuf>,
    /// Start at this scene; without --role you take the seat that decides there
    #[arg(long, value_name = "SCENE")]
    pub from: Option<String>,
    /// Set a variable before starting, as in "trust = 3"; repeat for more
    #[arg(long, value_name = "ASSIGNMENT")]
    pub set: Vec<String>,
    /// Panic once the terminal is in use; tests check that it is restored
    #[arg(long, hide = true)]
    pub panic: bool,
}

/// The story that a lesson uses if none is named: the short one, which has all the papers of a lesson.
pub(super) const LESSON: &str = "hold-the-line-class";

/// Parses the seconds of a turn.
///
/// # Errors
/// If it is not one of the lengths that a class code can hold.
pub(super) fn turn(text: &str) -> Result<u16, String> {
    let seconds = text.parse().ok().filter(|seconds| crate::record::TURNS[1..].contains(seconds));
    seconds.ok_or_else(|| "a turn has 30, 45, 60, 90, 120, 180 or 300 seconds".to_owned())
}

/// How many seconds the proof of one story may take unless `--seconds` is given.
pub(super) const SECONDS_TO_PROVE: u64 = 60;

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// Story files, story folders, folders of stories, names of built-in stories, or `-` for standard input [default:
    /// this folder]
    pub stories: Vec<String>,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub format: CheckFormat,
    /// Fail unless every possible game was explored
    #[arg(long)]
    pub require_proof: bool,
    /// Check the files only; do not explore the possible games
    #[arg(long, conflicts_with = "require_proof")]
    pub no_proof: bool,
    /// Explore again, even if this exact story has been proved before
    #[arg(long)]
    pub no_cache: bool,
    /// Always name the variables that make the proof slow
    #[arg(long)]
    pub costs: bool,
    /// Stop the proof of a story after this many seconds
    #[arg(long, value_name = "N", default_value_t = SECONDS_TO_PROVE)]
    pub seconds: u64,
}

#[derive(Debug, Args)]
pub(super) struct TestArgs {
    /// Story files, story folders, folders of stories, or names of built-in stories [default: this folder]
    pub stories: Vec<String>,
    /// Accept the transcripts as they are now
    #[arg(long)]
    pub bless: bool,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub(super) struct SimulateArgs {
    /// Story file, story folder, or name of a built-in story [default: this folder]
    pub story: Option<String>,
    /// Number of games
    #[arg(long, default_value_t = 10_000)]
    pub runs: u64,
    /// Seed of the first game; the others count up from it
    #[arg(long, default_value_t = 1, value_parser = seed, allow_negative_numbers = true)]
    pub seed: u64,
    /// Let this seat decide at random [default: the story plays every seat]
    #[arg(long)]
    pub role: Option<String>,
    /// Sample games instead of computing exact odds
    #[arg(long)]
    pub samples: bool,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub(super) struct StatsArgs {
    /// Story file, story folder, or name of a built-in story [default: this folder]
    pub story: Option<String>,
    /// List the words of each scene too
    #[arg(long)]
    pub scenes: bool,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub(super) struct WatchArgs {
    /// Story file or story folder [default: this folder]
    pub story: Option<String>,
    /// Take this seat (name or id) [default: ask]
    #[arg(long)]
    pub role: Option<String>,
    /// Seed for chance
    #[arg(long, default_value_t = 1, value_parser = seed, allow_negative_numbers = true)]
    pub seed: u64,
}

#[derive(Debug, Args)]
pub(super) struct MapArgs {
    /// Story file, story folder, or name of a built-in story [default: this folder]
    pub story: Option<String>,
    /// Output format [default: a screen on a terminal, text elsewhere]
    #[arg(long, value_enum)]
    pub format: Option<MapFormat>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum MapFormat {
    /// Plain text
    Text,
    /// Mermaid flowchart
    Mermaid,
    /// Graphviz graph
    Dot,
    /// SVG picture
    Svg,
}

#[derive(Debug, Args)]
pub(super) struct ExportArgs {
    /// Story file, story folder, or name of a built-in story [default: this folder]
    pub story: Option<String>,
    /// Write the page to this file [default: the story's name, with .html]
    #[arg(long, value_name = "FILE.html")]
    pub out: Option<std::path::PathBuf>,
    /// Also write a zip file with the page in it, ready for itch.io
    #[arg(long, value_name = "FILE.zip")]
    pub zip: Option<std::path::PathBuf>,
    /// Offer only this seat (name or id)
    #[arg(long, conflicts_with = "code")]
    pub role: Option<String>,
    /// Start the game of this class code
    #[arg(long)]
    pub code: Option<String>,
    /// Colours, until the reader chooses others [default: as the device is set]
    #[arg(long)]
    pub theme: Option<PageTheme>,
    /// Write the parts for a page of your own into this folder: runtime, story, and an example that plays
    #[arg(long, value_name = "FOLDER", conflicts_with_all = ["role", "code", "theme"])]
    pub pages: Option<std::path::PathBuf>,
    /// Overwrite existing files
    #[arg(long)]
    pub force: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum PageTheme {
    Light,
    Dark,
    Contrast,
}

impl PageTheme {
    pub fn word(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Contrast => "contrast",
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct NewArgs {
    /// Title of the story; its file is named after it
    pub name: String,
    /// Template: blank, branching, messages or classroom
    #[arg(long, default_value = "branching")]
    pub template: String,
}

#[derive(Debug, Args)]
pub(super) struct FmtArgs {
    /// Files, folders of .ron files, or `-` to format standard input onto standard output [default: this folder]
    pub paths: Vec<std::path::PathBuf>,
    /// Change nothing; fail if a file is not formatted
    #[arg(long)]
    pub check: bool,
}

#[derive(Debug, Args)]
pub(super) struct PictureArgs {
    /// Story file, story folder, or name of a built-in story [default: hold-the-line]
    pub story: Option<String>,
    /// Keys to press first, separated by spaces
    #[arg(long, default_value = "")]
    pub keys: String,
    #[arg(long, default_value_t = 7, value_parser = seed, allow_negative_numbers = true)]
    pub seed: u64,
    /// Columns and rows
    #[arg(long, default_value = "100x30")]
    pub size: String,
    /// Theme: terminal, dark, light, high-contrast or mono
    #[arg(long, default_value = "dark")]
    pub theme: String,
}

#[derive(Debug, Args)]
pub(super) struct DebriefArgs {
    /// Save of a finished game
    pub save: std::path::PathBuf,
    /// Look back from this seat (name or id) [default: the seat that was played]
    #[arg(long)]
    pub role: Option<String>,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub format: PaperFormat,
}

#[derive(Debug, Args)]
pub(super) struct TranscriptArgs {
    /// Save of a game
    pub save: std::path::PathBuf,
    /// Print what this seat saw and chose (name or id); before the end, only the seat that was played [default: the seat
    /// that was played]
    #[arg(long)]
    pub role: Option<String>,
    /// Print all seats, one after the other; only after the end
    #[arg(long, conflicts_with = "role")]
    pub all: bool,
    /// Output format
    #[arg(long, value_enum, default_value = "text")]
    pub format: PaperFormat,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum PaperFormat {
    /// Plain text
    Text,
    /// Markdown, to edit
    #[default]
    Markdown,
    /// Page to read in a browser or to print
    Html,
}

impl PaperFormat {
    pub fn set(self, sheet: &crate::teach::HandoutSheet) -> String {
        match self {
            Self::Text => sheet.text(),
            Self::Markdown => sheet.markdown(),
            Self::Html => sheet.html(),
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct ReplayArgs {
    /// Story file, story folder, or name of a built-in story
    pub story: String,
    /// Walk to replay, as `check` prints it: 2.0.w1
    #[arg(long, allow_hyphen_values = true)]
    pub walk: Option<String>,
    /// Seed for chance, as `simulate` prints it; the story then plays every seat but the role's
    #[arg(long, value_parser = seed, allow_negative_numbers = true)]
    pub seed: Option<u64>,
    /// Let this seat decide (name or id)
    #[arg(long, requires = "seed")]
    pub role: Option<String>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Text for people
    #[default]
    Text,
    /// One JSON object on standard output
    Json,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum CheckFormat {
    /// Text for people
    #[default]
    Text,
    /// One JSON object on standard output
    Json,
    /// Annotations for a workflow on GitHub
    Github,
}
