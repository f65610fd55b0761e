use std::io::{self, IsTerminal as _};
use std::path::Path;

use crate::story::{
    BUILT_IN, Checked, Diagnostic, OnShelf, Places, SeatId, Severity, Sources, Story, built_in, cannot_read, check,
    check_to_play, nearest, shelf,
};

use super::output::{colours, err, warn};
use super::trouble::Trouble;

/// A story that was asked for, opened.
pub(super) struct Opened {
    /// As it was asked for.
    pub name: String,
    pub sources: Sources,
    pub unread: Vec<Diagnostic>,
}

impl Opened {
    /// Opens a built-in story by its name, or a file or folder. A path wins where it is written as one (with a
    /// separator or ending in `.ron`); a bare word is a built-in name first.
    pub fn new(name: &str) -> Self {
        let path_like = name.contains(['/', '\\']) || name.ends_with(".ron");
        if let (false, Some(story)) = (path_like, built_in(name)) {
            return Self { name: name.to_owned(), sources: story.sources(), unread: Vec::new() };
        }
        let (sources, mut unread) = Sources::open(Path::new(name));
        if !path_like && !Path::new(name).exists() {
            let known: Vec<&str> = BUILT_IN.iter().map(|story| story.name).collect();
            for fault in &mut unread {
                fault.message = "there is no such story, file or folder".to_owned();
                let near = nearest(name, known.iter().copied());
                fault.help = Some(match near {
                    Some(near) => format!("did you mean `{near}`?"),
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
pub(super) struct Sound {
    /// As it was asked for.
    pub name: String,
    pub story: Story,
    pub sources: Sources,
    pub places: Places,
}

/// Opens a story that is to be played or counted; the first built-in one where none is named. Where it
/// has errors, they are told on standard error.
pub(super) fn sound(name: Option<&str>) -> Result<Sound, Trouble> {
    sound_of(Opened::new(name.unwrap_or(BUILT_IN[0].name)))
}

/// The same of a story that has been opened.
pub(super) fn sound_of(opened: Opened) -> Result<Sound, Trouble> {
    let mut checked = check_to_play(&opened.sources, opened.unread.clone());
    if let Some(story) = checked.story.take() {
        return Ok(Sound { name: opened.name, story, sources: opened.sources, places: checked.places });
    }
    err().styled(&opened.errors(&checked, colours(io::stderr().is_terminal())))?;
    warn(format_args!("{} cannot be played yet; see above", crate::text::clean_line(&opened.name)));
    Err(Trouble::Told)
}

/// The seat that was asked for, if one was.
pub(super) fn seat_named(story: &Story, role: Option<&str>) -> Result<Option<SeatId>, Trouble> {
    let Some(role) = role else { return Ok(None) };
    let found = story.seat_named(role).map(Some);
    found.ok_or_else(|| {
        let ids: Vec<&str> = story.seats.iter().map(|seat| seat.id.as_str()).collect();
        let near = nearest(role, ids.iter().copied()).map(|near| format!(" Did you mean `{near}`?"));
        let near = near.unwrap_or_default();
        Trouble::usage(format!("there is no seat `{role}` in this story.{near} Its seats are: {}", ids.join(", ")))
    })
}

/// A story that was asked for by its name, or with the shelf that it stands on.
pub(super) struct Wanted {
    pub name: String,
    /// What stands in its place: a link that leads out of the shelf.
    refused: Option<Diagnostic>,
}

impl Wanted {
    /// Opens it.
    pub fn open(&self) -> Opened {
        match &self.refused {
            Some(why) => Opened { name: self.name.clone(), sources: Sources::default(), unread: vec![why.clone()] },
            None => Opened::new(&self.name),
        }
    }
}

/// The stories that are meant: all built-in ones where none is named, and for a folder of stories each story in it.
pub(super) fn wanted(names: &[String]) -> Vec<Wanted> {
    let alone = |name: &str| vec![Wanted { name: name.to_owned(), refused: None }];
    let expand = |name: &String| {
        if built_in(name).is_some() && !Path::new(name).exists() {
            return alone(name);
        }
        let on_shelf = |entry: OnShelf| match entry {
            Ok(path) => Wanted { name: name_of(&path), refused: None },
            Err((path, why)) => Wanted { name: name_of(&path), refused: Some(cannot_read(&path, &why)) },
        };
        let found: Vec<Wanted> = shelf(Path::new(name)).into_iter().map(on_shelf).collect();
        if found.is_empty() { alone(name) } else { found }
    };
    match names {
        [] => BUILT_IN.iter().flat_map(|story| alone(story.name)).collect(),
        names => names.iter().flat_map(expand).collect(),
    }
}

/// The path of a story, as one asks for it.
fn name_of(path: &Path) -> String {
    path.display().to_string()
}
