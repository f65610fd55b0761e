use std::borrow::Cow;
use std::collections::HashSet;
use std::io::{self, IsTerminal as _};
use std::path::Path;

use crate::story::{
    BUILT_IN, Checked, Diagnostic, LARGEST_FILE, OnShelf, Places, SeatId, Severity, Sources, Story, built_in,
    cannot_read, check, check_to_play, folder_of, is_scene_file, nearest, read_all, shelf,
};

use super::error::CliError;
use super::output::{colours, err, warn};

/// A story that was asked for, opened.
pub(super) struct OpenedStory {
    /// As it was asked for.
    pub name: String,
    pub sources: Sources,
    pub unread: Vec<Diagnostic>,
}

impl OpenedStory {
    /// Opens a built-in story by its name, or a file or folder. A path wins where it is written as one (with a
    /// separator or the ending of a scene file); a bare word is a built-in name first.
    pub fn new(name: &str) -> Self {
        let path_like = name.contains(['/', '\\']) || is_scene_file(Path::new(name));
        if let (false, Some(story)) = (path_like, built_in(name)) {
            return Self { name: name.to_owned(), sources: story.sources(), unread: Vec::new() };
        }
        let (sources, mut unread) = Sources::open(Path::new(name));
        if !path_like && !Path::new(name).exists() {
            let known: Vec<&str> = BUILT_IN.iter().map(|story| story.name).collect();
            for fault in &mut unread {
                fault.message = "there is no such story, file or folder".to_owned();
                let with_ending = ["ron", "RON"].map(|ending| format!("{name}.{ending}"));
                let file = with_ending.iter().find(|file| Path::new(file).is_file()).map(String::as_str);
                let near = file.or_else(|| nearest(name, known.iter().copied()));
                fault.help = Some(match near {
                    Some(near) => format!("did you mean `{}`?", crate::text::clean_line(near)),
                    None => format!("the built-in stories are: {}", known.join(", ")),
                });
            }
        }
        Self { name: name.to_owned(), sources, unread }
    }

    pub fn check(&self) -> Checked {
        check(&self.sources, self.unread.clone())
    }

    /// What keeps the story from being played, for people to read; empty where nothing does.
    pub fn errors(&self, checked: &Checked, colour: bool) -> String {
        let errors = checked.diagnostics.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error);
        errors.map(|diagnostic| diagnostic.render(&self.sources, colour) + "\n\n").collect()
    }
}

/// A story without errors.
pub(super) struct LoadedStory {
    /// As it was asked for.
    pub name: String,
    pub story: Story,
    pub sources: Sources,
    pub places: Places,
}

/// Opens a story that is to be played or counted; the first built-in one where none is named. Where it
/// has errors, they are told on standard error.
pub(super) fn load_story(name: Option<&str>) -> Result<LoadedStory, CliError> {
    load_opened(OpenedStory::new(&meant(name.unwrap_or(BUILT_IN[0].name))))
}

/// The story that a writer's command is about: the one that is named, else the one in this folder.
///
/// # Errors
/// Where none is named, and there is none in this folder or more than one.
pub(super) fn named_or_here(name: Option<&str>) -> Result<String, CliError> {
    if let Some(name) = name {
        return Ok(meant(name));
    }
    let mut found = wanted(&[])?;
    match found.len() {
        1 => Ok(found.remove(0).name),
        _ => {
            let names: Vec<_> = found.iter().map(|story| shown(&story.name)).collect();
            Err(CliError::usage(format!("there are several stories in this folder; name one: {}", names.join(", "))))
        }
    }
}

/// The folder of the story that this names a part of; `None` where it names a story.
fn folder_of_part(name: &str) -> Option<String> {
    let path = Path::new(name);
    if built_in(name).is_some() || !path.is_file() || !is_scene_file(path) {
        return None;
    }
    // As it was named; only where that says too little, by its whole path.
    let folder = folder_of(path).or_else(|| folder_of(&path.canonicalize().ok()?))?;
    Some(if folder.as_os_str().is_empty() { HERE.to_owned() } else { folder.display().to_string() })
}

/// The story that is meant by a name. Where it is a part of a folder that is the folder's, and that is said.
fn meant(name: &str) -> String {
    let Some(folder) = folder_of_part(name) else { return name.to_owned() };
    tell_part(name, &folder);
    folder
}

fn tell_part(part: &str, folder: &str) {
    // Whoever names a story's main file means it whole.
    if Path::new(part).file_stem().is_some_and(|stem| stem == "story") {
        return;
    }
    let (part, folder) = (crate::text::clean_line(part), shown(folder));
    warn(format_args!("{part} is a part of the story in {folder}, so the whole story is meant"));
}

/// The name of a story for people.
pub(super) fn shown(name: &str) -> Cow<'_, str> {
    if name == HERE { "this folder".into() } else { crate::text::clean_line(name) }
}

/// Checks a story that has been opened, and prints its errors.
///
/// # Errors
/// If the story has errors.
pub(super) fn load_opened(opened: OpenedStory) -> Result<LoadedStory, CliError> {
    let mut checked = check_to_play(&opened.sources, opened.unread.clone());
    if let Some(story) = checked.story.take() {
        return Ok(LoadedStory { name: opened.name, story, sources: opened.sources, places: checked.places });
    }
    err().styled(&opened.errors(&checked, colours(io::stderr().is_terminal())))?;
    warn(format_args!("{} cannot be played yet; see above", shown(&opened.name)));
    Err(CliError::Told)
}

/// The seat that was asked for, if one was.
pub(super) fn seat_named(story: &Story, role: Option<&str>) -> Result<Option<SeatId>, CliError> {
    let Some(role) = role else { return Ok(None) };
    let found = story.seat_named(role).map(Some);
    found.ok_or_else(|| {
        let ids: Vec<&str> = story.seats.iter().map(|seat| seat.id.as_str()).collect();
        let near = nearest(role, ids.iter().copied()).map(|near| format!(" Did you mean `{near}`?"));
        let near = near.unwrap_or_default();
        CliError::usage(format!("there is no seat `{role}` in this story.{near} Its seats are: {}", ids.join(", ")))
    })
}

/// A story that was asked for by its name, or with the shelf that it stands on.
pub(super) struct RequestedStory {
    pub name: String,
    /// What stands in its place: a link that leads out of the shelf.
    refused: Option<Diagnostic>,
}

impl RequestedStory {
    /// Opens it.
    pub fn open(&self) -> OpenedStory {
        match &self.refused {
            Some(why) => {
                OpenedStory { name: self.name.clone(), sources: Sources::default(), unread: vec![why.clone()] }
            }
            None if self.name == STDIN => {
                let name = "standard input".to_owned();
                let (sources, unread) = Sources::from_bytes(&name, read_all(io::stdin().lock(), LARGEST_FILE));
                OpenedStory { name, sources, unread }
            }
            None => OpenedStory::new(&self.name),
        }
    }
}

/// This folder, as a path.
const HERE: &str = ".";

const NO_STORY_HERE: &str =
    "there is no story in this folder; `hallway new TITLE` begins one. Or name a file or a folder";

/// What stands for standard input among files that are read.
pub(super) const STDIN: &str = "-";
pub(super) const ALONE: &str = "`-` reads standard input, and stands alone";

/// The stories that are meant: those in this folder where none is named, and for a folder of stories each story in it.
///
/// # Errors
/// Where none is named, and there is none in this folder.
pub(super) fn wanted(names: &[String]) -> Result<Vec<RequestedStory>, CliError> {
    if names.len() > 1 && names.iter().any(|name| name == STDIN) {
        return Err(CliError::usage(ALONE));
    }
    let mut found: Vec<RequestedStory> = match names {
        [] => on_shelf(HERE),
        names => names.iter().flat_map(|name| named(name)).collect(),
    };
    if found.is_empty() {
        return Err(CliError::usage(NO_STORY_HERE));
    }
    // Several parts of one story are that story.
    let mut parts = HashSet::new();
    for story in &mut found {
        if let Some(folder) = folder_of_part(&story.name) {
            if parts.insert(folder.clone()) {
                tell_part(&story.name, &folder);
            }
            story.name = folder;
        }
    }
    let mut seen = HashSet::new();
    found.retain(|story| seen.insert(story.name.clone()));
    Ok(found)
}

/// The story of this name, or the stories of the folder.
fn named(name: &str) -> Vec<RequestedStory> {
    let is_built_in = built_in(name).is_some() && !Path::new(name).exists();
    let found = if is_built_in { Vec::new() } else { on_shelf(name) };
    if found.is_empty() { vec![RequestedStory { name: name.to_owned(), refused: None }] } else { found }
}

/// The stories on a shelf.
fn on_shelf(folder: &str) -> Vec<RequestedStory> {
    let wanted = |entry: OnShelf| match entry {
        Ok(path) => RequestedStory { name: name_of(&path), refused: None },
        Err((path, why)) => RequestedStory { name: name_of(&path), refused: Some(cannot_read(&path, &why)) },
    };
    shelf(Path::new(folder)).into_iter().map(wanted).collect()
}

/// The path of a story, as one asks for it. A folder here keeps its `./`, as its name alone may be that of a story that is
/// built in.
fn name_of(path: &Path) -> String {
    let short = path.strip_prefix(HERE).ok().filter(|short| is_scene_file(short));
    short.unwrap_or(path).display().to_string()
}
