//! The arguments of each command.

use clap::{Args, ValueEnum};

#[derive(Debug, Default, Args)]
pub(super) struct PlayArgs {
    /// A file, a folder or a built-in story [default: hold-the-line]
    pub story: Option<String>,
    /// The seat to take, by name or id
    #[arg(long)]
    pub role: Option<String>,
    /// The night's luck: the same seed and the same decisions make the same night
    #[arg(long)]
    pub seed: Option<u64>,
    /// Line by line, without drawing: for pipes and screen readers
    #[arg(long)]
    pub plain: bool,
    /// Several people take turns at this keyboard, one on each seat, with a curtain between their turns
    #[arg(long, conflicts_with = "role")]
    pub hotseat: bool,
    /// A whole class at one screen: all seats, and the votes for each decision written down
    #[arg(long, conflicts_with = "role")]
    pub class: bool,
    /// Seconds for each turn; then the night goes on without a decision [possible values: 30, 45, 60, 90, 120, 180, 300]
    #[arg(long, value_name = "SECONDS", value_parser = turn)]
    pub turn: Option<u16>,
    /// Play the night of a class code
    #[arg(long, conflicts_with_all = ["role", "seed", "hotseat"])]
    pub code: Option<String>,
    /// Go on from a result code, as its group left it
    #[arg(long, value_name = "CODE", requires = "code", conflicts_with_all = ["from", "set"])]
    pub result: Option<String>,
    /// For few, large letters on a wall: full contrast, the whole width, nothing that moves
    #[arg(long)]
    pub projector: bool,
    /// Keep the night in this file; where it exists, go on from it
    #[arg(long, value_name = "FILE")]
    pub save: Option<std::path::PathBuf>,
    /// Begin at this scene, as if it were the first; without a role, on the seat that decides there
    #[arg(long, value_name = "SCENE")]
    pub from: Option<String>,
    /// Set a variable first, for instance "trust = 3"; may be given several times
    #[arg(long, value_name = "ASSIGNMENT")]
    pub set: Vec<String>,
    /// Panic as soon as the terminal is taken over; the tests hold that it is given back
    #[arg(long, hide = true)]
    pub panic: bool,
}

/// Seconds that a turn can have in a class code.
pub(super) fn turn(text: &str) -> Result<u16, String> {
    let seconds = text.parse().ok().filter(|seconds| crate::record::TURNS[1..].contains(seconds));
    seconds.ok_or_else(|| "a turn has 30, 45, 60, 90, 120, 180 or 300 seconds".to_owned())
}

/// Seconds that the proof of one story may take, if nothing else is said.
pub(super) const SECONDS_TO_PROVE: u64 = 60;

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// Files, folders or built-in names; a folder of stories is checked story by story [default: this folder]
    pub stories: Vec<String>,
    /// How to say it
    #[arg(long, value_enum, default_value_t)]
    pub format: CheckFormat,
    /// Fail where not every night could be explored
    #[arg(long)]
    pub require_proof: bool,
    /// Look for faults of the text only; do not explore the nights
    #[arg(long, conflicts_with = "require_proof")]
    pub no_proof: bool,
    /// Explore the nights anew, even where this very story was proved before
    #[arg(long)]
    pub no_cache: bool,
    /// Name the variables that make the proof dear, whatever it costs
    #[arg(long)]
    pub costs: bool,
    /// Seconds that the proof of one story may take
    #[arg(long, value_name = "N", default_value_t = SECONDS_TO_PROVE)]
    pub seconds: u64,
}

#[derive(Debug, Args)]
pub(super) struct TestArgs {
    /// Files, folders or built-in names; a folder of stories is tested story by story [default: this folder]
    pub stories: Vec<String>,
    /// Accept the transcripts as they are now
    #[arg(long)]
    pub bless: bool,
    /// How to say it
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub(super) struct SimulateArgs {
    /// A file, a folder or a built-in story [default: this folder]
    pub story: Option<String>,
    /// How many nights
    #[arg(long, default_value_t = 10_000)]
    pub runs: u64,
    /// The first night's seed; the others follow
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// A seat that decides at random; without it the story holds all seats, by its leanings
    #[arg(long)]
    pub role: Option<String>,
    /// Count nights only, even where the true odds could be worked out
    #[arg(long)]
    pub samples: bool,
    /// How to say it
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub(super) struct StatsArgs {
    /// A file, a folder or a built-in story [default: this folder]
    pub story: Option<String>,
    /// List every scene too
    #[arg(long)]
    pub scenes: bool,
    /// How to say it
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub(super) struct WatchArgs {
    /// A file or a folder [default: this folder]
    pub story: Option<String>,
    /// The seat to take, by id; without it, one is asked for
    #[arg(long)]
    pub role: Option<String>,
    /// The night's luck
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
}

#[derive(Debug, Args)]
pub(super) struct MapArgs {
    /// A file, a folder or a built-in story [default: this folder]
    pub story: Option<String>,
    /// As what; without it, a screen on a terminal and text elsewhere
    #[arg(long, value_enum)]
    pub format: Option<MapFormat>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum MapFormat {
    Text,
    /// A flowchart for Mermaid
    Mermaid,
    /// A graph for Graphviz
    Dot,
    /// A picture that needs nothing else
    Svg,
}

#[derive(Debug, Args)]
pub(super) struct ExportArgs {
    /// A file, a folder or a built-in story [default: this folder]
    pub story: Option<String>,
    /// Where to write the page [default: the story's name, with .html]
    #[arg(long, value_name = "FILE.html")]
    pub out: Option<std::path::PathBuf>,
    /// Write a zip file with the page in it too, as shops of games take it
    #[arg(long, value_name = "FILE.zip")]
    pub zip: Option<std::path::PathBuf>,
    /// Offer this seat alone, by name or id
    #[arg(long, conflicts_with = "code")]
    pub role: Option<String>,
    /// Begin the game of this class code
    #[arg(long)]
    pub code: Option<String>,
    /// Its colours, until the reader chooses others [default: as the device has them]
    #[arg(long)]
    pub theme: Option<PageTheme>,
    /// Write what a page of your own is built on into this folder: the runtime, the story, and an example that plays
    #[arg(long, value_name = "FOLDER", conflicts_with_all = ["role", "code", "theme"])]
    pub pages: Option<std::path::PathBuf>,
    /// Write over what is there
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
    /// The story's title; its file is named after it
    pub name: String,
    /// What to begin from: blank, branching, messages or classroom
    #[arg(long, default_value = "branching")]
    pub template: String,
}

#[derive(Debug, Args)]
pub(super) struct FmtArgs {
    /// Files, or folders whose .ron files are meant [default: this folder]
    pub paths: Vec<std::path::PathBuf>,
    /// Change nothing, and fail where something would be changed
    #[arg(long)]
    pub check: bool,
}

#[derive(Debug, Args)]
pub(super) struct PictureArgs {
    /// A file, a folder or a built-in story [default: hold-the-line]
    pub story: Option<String>,
    /// The keys to press first, by name, with spaces between them
    #[arg(long, default_value = "")]
    pub keys: String,
    #[arg(long, default_value_t = 7)]
    pub seed: u64,
    /// Columns and rows
    #[arg(long, default_value = "100x30")]
    pub size: String,
    /// terminal, dark, light, high-contrast or mono
    #[arg(long, default_value = "dark")]
    pub theme: String,
}

#[derive(Debug, Args)]
pub(super) struct DebriefArgs {
    /// The save of a night that is over
    pub save: std::path::PathBuf,
    /// The seat that looks back, by name or id [default: the one that was played]
    #[arg(long)]
    pub role: Option<String>,
    /// How it is written
    #[arg(long, value_enum, default_value_t)]
    pub format: PaperFormat,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum PaperFormat {
    /// To read as it is, and to go on writing in
    #[default]
    Markdown,
    /// A page that prints
    Html,
}

#[derive(Debug, Args)]
pub(super) struct ReplayArgs {
    /// A file, a folder or a built-in story
    pub story: String,
    /// The way to go, as `check` prints it: 2.0.w1
    #[arg(long, allow_hyphen_values = true)]
    pub walk: Option<String>,
    /// The night's luck, as `simulate` prints it; the story holds every seat but the role's then
    #[arg(long)]
    pub seed: Option<u64>,
    /// The seat that decides, by name or id
    #[arg(long, requires = "seed")]
    pub role: Option<String>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    #[default]
    Text,
    /// One object on standard output
    Json,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum CheckFormat {
    /// For people
    #[default]
    Text,
    /// One object on standard output
    Json,
    /// Annotations for a workflow on GitHub
    Github,
}
