use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;

use clap::{Args, Subcommand};

use crate::engine::Session;
use crate::record::{ClassCode, Journal, SEEDS, replay_group, result_code, story_bits};
use crate::story::{BUILT_IN, MessageId, SeatId};
use crate::teach::{CSV_HEADER, board, csv_rows, group_named, groups, handout, missing_parts, seats_of_pair};
use crate::text::{clean_line, counted, shown};

use super::arguments::{LESSON, turn};
use super::create;
use super::error::{CliError, Outcome};
use super::output::{out, warn};
use super::seed::{fresh_seed, seed};
use super::stories::{LoadedStory, load_story};

#[derive(Debug, Args)]
pub(super) struct ClassArgs {
    #[command(subcommand)]
    command: ClassCommand,
}

#[derive(Debug, Subcommand)]
enum ClassCommand {
    /// Print a class code to read aloud: every group that enters it plays the same game with the same luck
    Code {
        /// Story file, story folder, or name of a built-in story [default: hold-the-line-class]
        story: Option<String>,
        /// Seed for chance [default: a random one]
        #[arg(long, value_parser = seed, allow_negative_numbers = true)]
        seed: Option<u64>,
        /// Number of people at one keyboard; the story plays the other seats [default: one for each seat]
        #[arg(long)]
        players: Option<usize>,
        /// Give each turn this many seconds [possible values: 30, 45, 60, 90, 120, 180, 300]
        #[arg(long, value_name = "SECONDS", value_parser = turn)]
        turn: Option<u16>,
    },
    /// Print the result code of a saved game
    Result {
        /// Save file
        save: std::path::PathBuf,
    },
    /// Compare the games of several groups
    Compare {
        /// Class code
        code: String,
        /// Result codes or save files of the groups, each with its group's name if you like: red=CODE
        #[arg(required = true)]
        results: Vec<String>,
        /// Story file or folder, unless it is a built-in story
        #[arg(long)]
        story: Option<String>,
        /// Follow this message (its id) through every group
        #[arg(long)]
        message: Option<String>,
        /// Print few lines in full contrast, for a projector
        #[arg(long)]
        projector: bool,
    },
    /// Print a CSV table with one row for each decision, without names
    Export {
        /// Class code
        code: String,
        /// Result codes or save files of the groups, each with its group's name if you like: red=CODE
        #[arg(required = true)]
        results: Vec<String>,
        /// Story file or folder, unless it is a built-in story
        #[arg(long)]
        story: Option<String>,
    },
    /// Divide a number of pupils into groups of three, pairs and observers
    Groups {
        /// Number of pupils
        pupils: usize,
    },
    /// Serve the game to pupils’ own devices, and follow the whole class from here
    #[cfg(feature = "serve")]
    Serve(super::serve::Serve),
    /// Write the handouts of a lesson: guide, role cards, sources, worksheets, answer key
    Handout {
        /// Story file, story folder, or name of a built-in story [default: hold-the-line-class]
        story: Option<String>,
        /// Write into this folder
        #[arg(long, value_name = "FOLDER")]
        out: std::path::PathBuf,
    },
}

/// Runs a command of `class`.
pub(super) fn run(arguments: &ClassArgs) -> Outcome {
    match &arguments.command {
        ClassCommand::Code { story, seed, players, turn } => {
            code(story.as_deref(), *seed, *players, turn.unwrap_or_default())
        }
        ClassCommand::Result { save } => result(save),
        ClassCommand::Compare { code, results, story, message, projector } => {
            compare(code, results, story.as_deref(), message.as_deref(), *projector)
        }
        ClassCommand::Groups { pupils } => {
            writeln!(out(), "{}", groups(*pupils))?;
            Ok(0)
        }
        #[cfg(feature = "serve")]
        ClassCommand::Serve(arguments) => super::serve::run(arguments),
        ClassCommand::Export { code, results, story } => export(code, results, story.as_deref()),
        ClassCommand::Handout { story, out } => pack(story.as_deref(), out),
    }
}

/// Loads the story that a class code was made for: the one named, or the built-in story that fits it.
///
/// # Errors
/// If the story cannot be loaded, or the code is for another.
pub(super) fn story_of_code(name: Option<&str>, class: &ClassCode) -> Result<LoadedStory, CliError> {
    let named = name.map(|name| load_story(Some(name))).transpose()?;
    let built_in = BUILT_IN.iter().filter(|_| name.is_none()).filter_map(|story| load_story(Some(story.name)).ok());
    let mut stories = named.into_iter().chain(built_in);
    let none = match name {
        None => "this code is for none of the stories here; name the story it was made for".to_owned(),
        Some(name) => format!("this code is not for {name}, or is for another version of it"),
    };
    stories.find(|loaded| story_bits(&loaded.story) == class.story).ok_or(CliError::Fault(none))
}

fn code(name: Option<&str>, seed: Option<u64>, players: Option<usize>, turn: u16) -> Outcome {
    let LoadedStory { story, .. } = load_story(Some(name.unwrap_or(LESSON)))?;
    let all: Vec<SeatId> = story.seat_ids().collect();
    let persons = match players {
        None => all,
        Some(1) => all.into_iter().take(1).collect(),
        Some(2) if all.len() == 3 => seats_of_pair(&story),
        Some(count) if count <= all.len() && count > 0 => all.into_iter().take(count).collect(),
        Some(count) => {
            return Err(CliError::fault(format!("this story has {}, not {count}", counted(all.len(), "seat"))));
        }
    };
    let class = ClassCode::new(&story, seed.unwrap_or_else(fresh_seed), &persons)
        .ok_or_else(|| CliError::usage(format!("a class code has room for a seed below {SEEDS}")))?;
    writeln!(out(), "{}", class.with_turns_of(turn).letters())?;
    Ok(0)
}

fn result(save: &Path) -> Outcome {
    let name = crate::record::story_of(save).map_err(CliError::fault)?;
    let LoadedStory { story, .. } = load_story(Some(&name))?;
    let game = Journal::look(save, &story, &name).map_err(CliError::fault)?.session;
    let code = result_code(&game).ok_or_else(|| {
        CliError::fault("this game was set by hand somewhere, so it has no result code; its save is the record of it")
    })?;
    writeln!(out(), "{code}")?;
    Ok(0)
}

/// A group's game, with the votes that its save has kept; a code has none.
struct GroupSession<'s> {
    name: String,
    session: Session<'s>,
    votes: Vec<(usize, String)>,
}

/// The games of the results, each under its group's name: the one that stands before it (`red=CODE`), else its number.
fn group_sessions<'s>(
    class: &ClassCode,
    results: &[String],
    loaded: &'s LoadedStory,
) -> Result<Vec<GroupSession<'s>>, CliError> {
    let story = &loaded.story;
    let game = |(number, typed): (usize, &String)| {
        let named = typed.split_once('=').filter(|(name, _)| !name.is_empty() && !Path::new(typed).is_file());
        let (name, result) = match named {
            Some((name, result)) => (group_named(name), result),
            None => (format!("Group {}", number + 1), typed.as_str()),
        };
        // A save does as well as a code.
        if Path::new(result).is_file() {
            let resumed = Journal::look(Path::new(result), story, &loaded.name).map_err(CliError::fault)?;
            return if resumed.session.seed() == u64::from(class.seed) {
                Ok(GroupSession { name, session: resumed.session, votes: resumed.votes })
            } else {
                Err(CliError::fault(format!("{name}, {result}: this game belongs to another class code")))
            };
        }
        replay_group(result, class, story)
            .map(|session| GroupSession { name: name.clone(), session, votes: Vec::new() })
            .map_err(|why| CliError::fault(format!("{name}, {result}: {why}")))
    };
    results.iter().enumerate().map(game).collect()
}

fn compare(code: &str, results: &[String], name: Option<&str>, message: Option<&str>, projector: bool) -> Outcome {
    let class = ClassCode::read(code).map_err(CliError::fault)?;
    let loaded = story_of_code(name, &class)?;
    let story = &loaded.story;
    let follow = |id: &str| {
        let found = story.messages.iter().position(|message| message.id == id).map(MessageId::new);
        found.ok_or_else(|| {
            let ids: Vec<&str> = story.messages.iter().map(|message| message.id.as_str()).collect();
            CliError::fault(format!("there is no message `{id}`; there are: {}", ids.join(", ")))
        })
    };
    let follow = message.map(follow).transpose()?;
    let sessions = group_sessions(&class, results, &loaded)?.into_iter().map(|game| (game.name, game.session));
    let text = board(&sessions.collect::<Vec<_>>(), follow);
    if io::stdout().is_terminal() && io::stdin().is_terminal() {
        return Ok(crate::tui::read(story, text, projector)?);
    }
    out().write_all(text.as_bytes())?;
    Ok(0)
}

fn export(code: &str, results: &[String], name: Option<&str>) -> Outcome {
    let class = ClassCode::read(code).map_err(CliError::fault)?;
    let loaded = story_of_code(name, &class)?;
    let sessions = group_sessions(&class, results, &loaded)?;
    let rows: String = sessions.iter().map(|game| csv_rows(&game.name, &game.session, &game.votes)).collect();
    out().write_all(format!("{CSV_HEADER}{rows}").as_bytes())?;
    Ok(0)
}

fn pack(name: Option<&str>, folder: &Path) -> Outcome {
    let LoadedStory { story, name, .. } = load_story(Some(name.unwrap_or(LESSON)))?;
    std::fs::create_dir_all(folder)
        .map_err(|error| CliError::fault(format!("{} cannot be a folder: {error}; name another", shown(folder))))?;
    // Whoever works from the pack has the story under its name, and need not know where it lies here.
    let asked = Path::new(&name).file_name().map_or_else(|| name.clone(), |file| file.to_string_lossy().into_owned());
    for file in handout(&story, &clean_line(&asked)) {
        let path = folder.join(&file.name);
        create(&path, &file.text, "name an empty folder")?;
        writeln!(out(), "{}", shown(&path))?;
    }
    for lack in missing_parts(&story) {
        warn(format_args!("the pack would be better with {lack}"));
    }
    Ok(0)
}
