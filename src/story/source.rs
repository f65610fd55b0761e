//! From paths to text: the only file of this room that touches the disk.

use std::ffi::OsStr;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::diagnostic::{Code, Diagnostic};

/// The largest scene file that is read, in bytes.
pub const LARGEST_FILE: u64 = 128 << 20;
/// The most that the files of one story may have together, in bytes: its parts are counted with four bytes each.
pub const LARGEST_STORY: u64 = 1 << 30;
/// The most files one story may have.
pub const MOST_FILES: usize = 10_000;

/// A stretch of one file, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Which file, as an index into [`Sources`].
    pub file: usize,
    pub start: usize,
    pub end: usize,
}

/// One file of a story.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// As the writer would name it.
    pub name: String,
    pub text: String,
}

impl SourceFile {
    /// The lines that hold `place` and the other places of this file, the number of the first line (from 1), and
    /// the byte at which they start: what a snippet needs, without handing a whole large file to the renderer.
    pub(super) fn around(&self, place: Place, also: &[(Place, String)]) -> (&str, usize, usize) {
        let mut start = place.start;
        let mut end = place.end;
        for (other, _) in also.iter().filter(|(other, _)| other.file == place.file) {
            start = start.min(other.start);
            end = end.max(other.end);
        }
        let start = self.text[..start.min(self.text.len())].rfind('\n').map_or(0, |at| at + 1);
        let end = end.min(self.text.len());
        let end = self.text[end..].find('\n').map_or(self.text.len(), |at| end + at);
        let line = 1 + self.text[..start].bytes().filter(|&b| b == b'\n').count();
        (&self.text[start..end], line, start)
    }
}

/// The files of one story, in the order in which they are merged.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// A story from texts in memory: names with their text.
    #[must_use]
    pub fn from_texts<'t>(texts: impl IntoIterator<Item = (&'t str, impl Into<String>)>) -> Self {
        let file = |(name, text): (&str, _)| SourceFile { name: name.to_owned(), text: Into::into(text) };
        Self { files: texts.into_iter().map(file).collect() }
    }

    /// All files.
    #[must_use]
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// The file with this index.
    ///
    /// # Panics
    /// Where the index is not from a [`Place`] of these sources.
    #[must_use]
    pub fn file(&self, index: usize) -> &SourceFile {
        &self.files[index]
    }

    /// The place of a slice of one of the files.
    #[must_use]
    pub fn place_of(&self, slice: &str) -> Option<Place> {
        let address = slice.as_ptr() as usize;
        self.files.iter().enumerate().find_map(|(file, source)| {
            let start = address.checked_sub(source.text.as_ptr() as usize)?;
            (start + slice.len() <= source.text.len()).then_some(Place { file, start, end: start + slice.len() })
        })
    }

    /// Line and column of a place's start, both from 1, the column in characters.
    #[must_use]
    pub fn line_column(&self, place: Place) -> (usize, usize) {
        let before = &self.files[place.file].text[..place.start];
        let line = 1 + before.bytes().filter(|&b| b == b'\n').count();
        let column = 1 + before.rsplit('\n').next().unwrap_or("").chars().count();
        (line, column)
    }

    /// Reads a story from a file or a folder with a `story.ron` in it.
    ///
    /// Files that cannot be read are left out and reported. A symbolic link that leaves the folder is not followed.
    #[must_use]
    pub fn open(path: &Path) -> (Self, Vec<Diagnostic>) {
        let mut sources = Self::default();
        let mut faults = Vec::new();
        let kind = match std::fs::metadata(path) {
            Ok(kind) => kind,
            Err(error) => return (sources, vec![cannot_read(path, &error)]),
        };
        if !kind.is_dir() {
            sources.add(path, &mut faults);
            return (sources, faults);
        }
        if !path.join("story.ron").is_file() {
            faults.push(whole_file(
                Code::NoStory,
                path,
                "there is no story.ron in this folder".to_owned(),
                Some("name a .ron file, or a folder that holds story.ron; `hallway check` on a folder of stories checks each of them"),
            ));
            return (sources, faults);
        }
        let files = ron_files(path, &mut faults);
        let bytes: u64 = files.iter().filter_map(|file| std::fs::metadata(file).ok()).map(|kind| kind.len()).sum();
        if bytes > LARGEST_STORY {
            let (has, may) = (bytes >> 20, LARGEST_STORY >> 20);
            let message = format!("the files of this story have {has} MiB together; a story may have {may} MiB");
            let help = "is there something else in this folder? Otherwise make two stories of it";
            faults.push(whole_file(Code::TooLarge, path, message, Some(help)));
            return (sources, faults);
        }
        for file in files {
            sources.add(&file, &mut faults);
        }
        (sources, faults)
    }

    /// Puts a text in the place of a file's, or adds the file; for what is open in an editor and not saved yet.
    pub fn put(&mut self, path: &Path, text: &str) {
        let name = path.display().to_string();
        match self.files.iter_mut().find(|file| file.name == name) {
            Some(file) => text.clone_into(&mut file.text),
            None => self.files.push(SourceFile { name, text: text.to_owned() }),
        }
    }

    fn add(&mut self, path: &Path, faults: &mut Vec<Diagnostic>) {
        match read_text(path) {
            // A name can hold what a terminal would act on; it is shown, and never opened by.
            Ok(text) => {
                let name = crate::text::clean(&path.display().to_string()).into_owned();
                self.files.push(SourceFile { name, text });
            }
            Err(fault) => faults.push(*fault),
        }
    }
}

/// The stories on a shelf: `path` itself if it is a story, else the files and folders in it that are, in order of
/// name.
#[must_use]
pub fn shelf(path: &Path) -> Vec<PathBuf> {
    if !path.is_dir() || path.join("story.ron").is_file() {
        return vec![path.to_owned()];
    }
    let Ok(entries) = std::fs::read_dir(path) else { return vec![path.to_owned()] };
    let mut found: Vec<PathBuf> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|entry| entry.extension() == Some(OsStr::new("ron")) || entry.join("story.ron").is_file())
        .collect();
    found.sort();
    found
}

/// The `.ron` files below `folder`, in order of path; hidden ones are left out.
fn ron_files(folder: &Path, faults: &mut Vec<Diagnostic>) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(next) = waiting.pop() {
        let entries = match std::fs::read_dir(&next) {
            Ok(entries) => entries,
            Err(error) => {
                faults.push(cannot_read(&next, &error));
                continue;
            }
        };
        for entry in entries.filter_map(Result::ok) {
            let path = entry.path();
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            let Ok(kind) = entry.file_type() else { continue };
            if hidden || kind.is_symlink() {
                continue;
            }
            if kind.is_dir() {
                waiting.push(path);
            } else if kind.is_file() && path.extension() == Some(OsStr::new("ron")) {
                found.push(path);
            }
        }
        if found.len() > MOST_FILES {
            faults.push(whole_file(Code::TooLarge, folder, format!("more than {MOST_FILES} files in one story"), None));
            break;
        }
    }
    // story.ron first, since it holds the declarations; the others in order of path.
    found.sort_by_key(|path| (path != &folder.join("story.ron"), path.clone()));
    found.truncate(MOST_FILES);
    found
}

fn read_text(path: &Path) -> Result<String, Box<Diagnostic>> {
    let failed = |error: std::io::Error| Box::new(cannot_read(path, &error));
    let kind = std::fs::metadata(path).map_err(failed)?;
    if !kind.is_file() {
        return Err(Box::new(whole_file(Code::CannotRead, path, "this is not an ordinary file".to_owned(), None)));
    }
    let too_large = |bytes: u64| {
        Box::new(whole_file(
            Code::TooLarge,
            path,
            format!("this file has {} MiB; a scene file may have {} MiB", bytes >> 20, LARGEST_FILE >> 20),
            Some("split the story over several files of one folder"),
        ))
    };
    if kind.len() > LARGEST_FILE {
        return Err(too_large(kind.len()));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(kind.len()).unwrap_or(0));
    File::open(path).map_err(failed)?.take(LARGEST_FILE + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(too_large(bytes.len() as u64));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let line = 1 + error.as_bytes()[..at].iter().filter(|&&b| b == b'\n').count();
        Box::new(whole_file(
            Code::NotUtf8,
            path,
            format!("the text stops being UTF-8 at byte {at}, in line {line}"),
            Some("save the file as UTF-8 in your editor"),
        ))
    })?;
    // Line ends of other systems would stay in the middle of texts.
    Ok(if text.contains('\r') { text.replace("\r\n", "\n") } else { text })
}

fn cannot_read(path: &Path, error: &std::io::Error) -> Diagnostic {
    let (message, help) = match error.kind() {
        std::io::ErrorKind::NotFound => {
            ("there is no such file or folder".to_owned(), Some("check the name and the folder you are in"))
        }
        std::io::ErrorKind::PermissionDenied => {
            ("this may not be read".to_owned(), Some("change its permissions, or copy it"))
        }
        _ => (format!("cannot be read: {error}"), None),
    };
    whole_file(Code::CannotRead, path, message, help)
}

fn whole_file(code: Code, path: &Path, message: String, help: Option<&str>) -> Diagnostic {
    Diagnostic {
        code,
        file: crate::text::clean(&path.display().to_string()).into_owned(),
        place: None,
        message,
        label: String::new(),
        help: help.map(str::to_owned),
        also: Vec::new(),
    }
}
