//! Which class is served: a new one, or one that goes on. Whoever types the same line once more after an interruption does not
//! mean to throw everybody out.

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use crate::record::{kept_name, saves_folder};
use crate::serve::{ClassPlan, OpenClass};
use crate::text::{counted, quoted, shown};

use super::super::arguments::LESSON;
use super::super::error::CliError;
use super::super::output::out;
use super::{PORT, Serve};

/// The folder of the class to serve; it keeps nothing yet where the class is new.
pub(super) fn folder(arguments: &Serve) -> Result<PathBuf, CliError> {
    if let Some(folder) = &arguments.folder {
        // The line for going on is copied into another shell, in another folder.
        return std::path::absolute(folder).map_err(|error| CliError::fault(format!("{}: {error}", shown(folder))));
    }
    let saves = saves_folder().ok_or_else(|| CliError::fault("there is no home folder; name a place with --folder"))?;
    let classes = saves.with_file_name("classes");
    let open = if arguments.new { None } else { newest_open(&classes, arguments) };
    match open {
        Some(open) if open.is_served => Err(CliError::fault(format!(
            "the class in {} is being served already, in another window; for a second class beside it add --new --port {}",
            shown(&open.folder),
            arguments.port.saturating_add(1)
        ))),
        Some(open) if !asks(arguments) || goes_on(&open)? => Ok(open.folder),
        _ => fresh(&classes),
    }
}

/// Whether somebody is there to be asked.
fn asks(arguments: &Serve) -> bool {
    !arguments.plain && io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// The class of this story in which something has happened last, of those whose lesson may still go on.
fn newest_open(classes: &Path, arguments: &Serve) -> Option<OpenClass> {
    let story = kept_name(arguments.story.as_deref().unwrap_or(LESSON));
    let folders = std::fs::read_dir(classes).ok()?.filter_map(Result::ok).map(|folder| folder.path());
    let open = folders.filter_map(|folder| ClassPlan::open_in(&folder)).filter(|open| open.plan.story == story);
    open.min_by_key(|open| open.since)
}

/// Asks the teacher.
fn goes_on(open: &OpenClass) -> Result<bool, CliError> {
    let minutes = open.since.as_secs() / 60;
    let since = match (minutes / 60, minutes) {
        (0, 0) => "just now".to_owned(),
        (0, _) => format!("{} ago", counted(minutes, "minute")),
        (hours, _) => format!("{} ago", counted(hours, "hour")),
    };
    let mut out = out();
    writeln!(
        out,
        "A class is still open: {}, room code {}, last used {since}.",
        counted(open.plan.groups.len(), "group"),
        open.plan.code
    )?;
    loop {
        write!(out, "Press Enter to go on with it, or type new to begin another: ")?;
        out.flush()?;
        let mut line = String::new();
        if io::stdin().lock().read_line(&mut line)? == 0 {
            return Ok(true);
        }
        match line.trim().to_lowercase().as_str() {
            "" | "y" | "yes" | "go on" => return Ok(true),
            "n" | "new" => return Ok(false),
            _ => {}
        }
    }
}

/// A folder of its own for a new class.
fn fresh(classes: &Path) -> Result<PathBuf, CliError> {
    let free = (1..10_000).map(|number| classes.join(format!("class-{number}"))).find(|path| !path.exists());
    free.ok_or_else(|| CliError::fault(format!("{} is full; name a folder with --folder", shown(classes))))
}

/// The line with which this class goes on, wherever it is typed: with all that is not kept in its folder.
pub(super) fn line(arguments: &Serve, folder: &Path, port: u16) -> String {
    let typed = std::env::args().next().filter(|typed| Path::new(typed).components().count() > 1);
    let program = typed.map(|typed| std::path::absolute(&typed).map_or(typed, |path| path.display().to_string()));
    let mut line = format!(
        "{} class serve --folder {}",
        word(&program.unwrap_or_else(|| "hallway".to_owned())),
        word(&folder.display().to_string())
    );
    if port != PORT {
        line.push_str(&format!(" --port {port}"));
    }
    for (option, is_set) in [(" --lan", arguments.lan), (" --plain", arguments.plain)] {
        line.push_str(if is_set { option } else { "" });
    }
    line
}

/// A word as a shell takes it: between quotes only where it needs them.
fn word(word: &str) -> String {
    let bare = |c: char| c.is_alphanumeric() || "/._-+:\\".contains(c) && (c != '\\' || cfg!(windows));
    if cfg!(windows) && !word.chars().all(bare) {
        return format!("\"{word}\"");
    }
    if word.chars().all(bare) { word.to_owned() } else { quoted(word) }
}
