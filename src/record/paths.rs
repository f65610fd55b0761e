use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use etcetera::BaseStrategy as _;

use crate::engine::Pick;
use crate::story::{SceneId, Story, stem};

use super::disk::read;
use super::error::SaveError;
use super::line::{Header, SaveLine, scene_named};
use super::load::{Contents, EffectiveLines};
use super::names::{asked_name, is_of};

/// A save in the folder of saves.
#[derive(Debug, Clone)]
pub struct Save {
    pub path: PathBuf,
    pub header: Header,
    /// Decisions made and not taken back.
    pub decisions: usize,
    /// The ending's id, where the session has ended.
    pub ended: Option<String>,
    /// The ids of the endings that were ever reached in it, also if that was taken back.
    pub reached: Vec<String>,
    /// The name its player gave it.
    pub name: Option<String>,
    /// The inputs made and not taken back.
    pub lines: Vec<SaveLine>,
}

/// Where this platform keeps saves; `None` if there is no home folder.
#[must_use]
pub fn saves_folder() -> Option<PathBuf> {
    let base = etcetera::choose_base_strategy().ok()?;
    let data = base.data_dir();
    // Without a home some platforms answer with a relative path, which would litter the folder one stands in.
    data.is_absolute().then(|| data.join("hallway").join("saves"))
}

/// A free name for a save in `folder`.
#[must_use]
pub fn new_save(folder: &Path, story: &str) -> PathBuf {
    let stem = Some(stem(story)).filter(|stem| !stem.is_empty()).unwrap_or("story");
    let stem: String =
        stem.chars().map(|c| if c.is_alphanumeric() || c == '-' || c == '_' { c } else { '-' }).take(60).collect();
    (1..u32::MAX)
        .map(|number| folder.join(format!("{stem}-{number}.night")))
        .find(|path| path.symlink_metadata().is_err())
        .unwrap_or_else(|| folder.join(format!("{stem}.night")))
}

/// A free name beside this save: `first-2.night` beside `first.night`.
#[must_use]
pub fn save_beside(path: &Path) -> PathBuf {
    let part = |part: Option<&std::ffi::OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    let (stem, extension) = (part(path.file_stem()), part(path.extension()));
    let dot = if extension.is_empty() { "" } else { "." };
    (2..u32::MAX)
        .map(|number| path.with_file_name(format!("{stem}-{number}{dot}{extension}")))
        .find(|path| path.symlink_metadata().is_err())
        .unwrap_or_else(|| path.to_owned())
}

/// The readable saves of a story that was asked for by `name`, newest first.
#[must_use]
pub fn saves(folder: &Path, story: &Story, name: &str) -> Vec<Save> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut found: Vec<(SystemTime, Save)> = Vec::new();
    for entry in entries.filter_map(Result::ok) {
        let path = entry.path();
        if path.extension().is_none_or(|extension| extension != "night") {
            continue;
        }
        let written = entry.metadata().and_then(|data| data.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
        // Looking at a save must not change it: a torn line is mended only when the session is taken up.
        let Ok(Contents { header, lines, .. }) = read(&path) else { continue };
        if !is_of(&header, story, name) {
            continue;
        }
        let EffectiveLines { inputs, name, ended, reached, .. } = EffectiveLines::of(lines);
        let lines: Vec<SaveLine> = inputs.into_iter().map(|(line, _)| line).collect();
        let decisions = lines.iter().filter(|line| line.is_decision()).count();
        found.push((written, Save { path, header, decisions, ended, reached, name, lines }));
    }
    found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| b.1.path.cmp(&a.1.path)));
    found.into_iter().map(|(_, save)| save).collect()
}

/// Every way that some saved session has taken, by scene, for a map of what has been tried.
#[must_use]
pub fn taken(story: &Story, saves: &[Save]) -> HashSet<(SceneId, Pick)> {
    let fingerprint = Header::fingerprint_of(story);
    let mut out = HashSet::new();
    for save in saves {
        let same = save.header.fingerprint == fingerprint;
        for line in save.lines.iter().filter(|line| line.is_decision()) {
            let scene = line.at.as_deref().and_then(|at| scene_named(story, at));
            let pick = scene.and_then(|scene| Some((scene, line.pick_at(story, scene, same, &|_| "".into())?)));
            out.extend(pick);
        }
    }
    out
}

/// The story that a save belongs to, by the name to open it by: a built-in name or a path.
///
/// # Errors
/// As [`super::Journal::resume`].
pub fn story_of(path: &Path) -> Result<String, SaveError> {
    read(path).map(|contents| asked_name(&contents.header.story))
}
