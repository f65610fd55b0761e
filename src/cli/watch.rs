use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::story::{Found, find};
use crate::tui::{Files, Reading};

use super::Watch;
use super::stories::{Opened, named_or_here};
use super::trouble::{Outcome, Trouble};

/// A story on disk that is being written.
struct Written {
    name: String,
    stamp: Vec<(PathBuf, SystemTime, u64)>,
}

impl Files for Written {
    fn read(&self) -> Reading {
        let opened = Opened::new(&self.name);
        let checked = opened.check();
        let diagnostics = opened.errors(&checked, false);
        let line = |place: &Option<crate::story::Place>| {
            place.map(|place| (opened.sources.file(place.file).name.clone(), opened.sources.line_column(place).0))
        };
        Reading { written: checked.places.scenes.iter().map(line).collect(), story: checked.story, diagnostics }
    }

    fn changed(&mut self) -> bool {
        let now = stamp(Path::new(&self.name));
        // A file that is just being replaced may be gone for a moment.
        if now.is_empty() {
            return false;
        }
        let before = std::mem::replace(&mut self.stamp, now);
        before != self.stamp
    }
}

/// When each file of a story was last written, and its length.
fn stamp(path: &Path) -> Vec<(PathBuf, SystemTime, u64)> {
    let files = match find(path) {
        Ok(Found::File) => vec![path.to_owned()],
        Ok(Found::Folder(files, _)) => files,
        Ok(Found::NoStory) | Err(_) => Vec::new(),
    };
    let stamped = |file: PathBuf| {
        let data = file.metadata().ok()?;
        Some((file, data.modified().unwrap_or(SystemTime::UNIX_EPOCH), data.len()))
    };
    files.into_iter().filter_map(stamped).collect()
}

/// Plays a story while it is being written.
pub(super) fn run(arguments: &Watch) -> Outcome {
    let name = named_or_here(arguments.story.as_deref())?;
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err(Trouble::usage("watching wants a terminal; `hallway check` says what is wrong without one"));
    }
    if !Path::new(&name).exists() {
        return Err(Trouble::usage(format!("there is no {name}; `hallway new` begins a story")));
    }
    let stamp = stamp(Path::new(&name));
    let mut files = Written { name, stamp };
    Ok(crate::tui::watch(&mut files, arguments.role.as_deref(), arguments.seed)?)
}
