use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::story::{StoryFiles, built_in, find};
use crate::tui::{FileChange, Files, LoadedFiles};

use super::arguments::WatchArgs;
use super::error::{CliError, Outcome};
use super::output::takes_a_screen;
use super::stories::{OpenedStory, named_or_here};

/// A story that is not there so many times in a row is gone.
const MISSED_IS_GONE: u8 = 2;

/// A story on disk that is being written.
struct WatchedStory {
    name: String,
    stamp: Vec<(PathBuf, SystemTime, u64)>,
    /// So many times in a row it has not been there.
    missed: u8,
}

impl Files for WatchedStory {
    fn read(&self) -> LoadedFiles {
        let opened = OpenedStory::new(&self.name);
        let checked = opened.check();
        let diagnostics = opened.errors(&checked, false);
        let line = |place: &Option<crate::story::Place>| {
            place.map(|place| (opened.sources.file(place.file).name.clone(), opened.sources.line_column(place).0))
        };
        LoadedFiles { written: checked.places.scenes.iter().map(line).collect(), story: checked.story, diagnostics }
    }

    fn change(&mut self) -> FileChange {
        let now = stamp(Path::new(&self.name));
        if now.is_empty() {
            self.missed = self.missed.saturating_add(1);
            // A file that is just being replaced may be gone for a moment. Gone for good it is told once.
            return if self.missed == MISSED_IS_GONE { FileChange::Gone } else { FileChange::None };
        }
        let was_gone = std::mem::take(&mut self.missed) >= MISSED_IS_GONE;
        let before = std::mem::replace(&mut self.stamp, now);
        if was_gone || before != self.stamp { FileChange::Written } else { FileChange::None }
    }
}

/// When each file of a story was last written, and its length.
fn stamp(path: &Path) -> Vec<(PathBuf, SystemTime, u64)> {
    let files = match find(path) {
        Ok(StoryFiles::File) => vec![path.to_owned()],
        Ok(StoryFiles::Folder(files, _)) => files,
        Ok(StoryFiles::NoStory) | Err(_) => Vec::new(),
    };
    let stamped = |file: PathBuf| {
        let data = file.metadata().ok()?;
        Some((file, data.modified().unwrap_or(SystemTime::UNIX_EPOCH), data.len()))
    };
    files.into_iter().filter_map(stamped).collect()
}

/// Plays a story while it is being written.
pub(super) fn run(arguments: &WatchArgs) -> Outcome {
    let name = named_or_here(arguments.story.as_deref())?;
    if !takes_a_screen() {
        return Err(CliError::usage("watching wants a terminal; `hallway check` says what is wrong without one"));
    }
    if built_in(&name).is_some() && !Path::new(&name).exists() {
        return Err(CliError::usage(format!(
            "{name} is built in, and not a file that is written; `hallway play {name}`"
        )));
    }
    if !Path::new(&name).exists() {
        return Err(CliError::usage(format!("there is no {name}; `hallway new` begins a story")));
    }
    let stamp = stamp(Path::new(&name));
    let mut files = WatchedStory { name, stamp, missed: 0 };
    Ok(crate::tui::watch(&mut files, arguments.role.as_deref(), arguments.seed)?)
}
