//! From files to the text of a story, with the names that its writer gives them.

use std::path::Path;

use super::diagnostic::{Code, Diagnostic};
use super::files::{FileError, StoryFiles, bytes_of, find, read_file};
use super::place::Place;

/// The largest scene file that is read, in bytes.
pub const LARGEST_FILE: u64 = 128 << 20;
/// The most that the files of one story may have together, in bytes: its parts are counted with four bytes each.
pub const LARGEST_STORY: u64 = 1 << 30;

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
        let line = 1 + self.text[..start].matches('\n').count();
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
        let line = 1 + before.matches('\n').count();
        let column = 1 + before.rsplit('\n').next().unwrap_or("").chars().count();
        (line, column)
    }

    /// Reads a story from a file or a folder with a `story.ron` in it.
    ///
    /// Files that cannot be read are left out and reported; among them what leads out of the folder by a link.
    #[must_use]
    pub fn open(path: &Path) -> (Self, Vec<Diagnostic>) {
        let mut sources = Self::default();
        let mut faults = Vec::new();
        let (files, refused) = match find(path) {
            Ok(StoryFiles::File) => (vec![path.to_owned()], Vec::new()),
            Ok(StoryFiles::Folder(files, refused)) => (files, refused),
            Ok(StoryFiles::NoStory) => {
                faults.push(whole_file(
                    Code::NoStory,
                    path,
                    "there is no story.ron in this folder".to_owned(),
                    Some("name a .ron file, or a folder that holds story.ron; `hallway check` on a folder of stories checks each of them"),
                ));
                return (sources, faults);
            }
            Err(why) => return (sources, vec![cannot_read(path, &why)]),
        };
        faults.extend(refused.iter().map(|(path, why)| cannot_read(path, why)));
        let bytes: u64 = if files.len() > 1 { files.iter().map(|file| bytes_of(file)).sum() } else { 0 };
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

    /// A story of one file that was read elsewhere than from the disk. `name` is what diagnostics call it.
    #[must_use]
    pub fn from_bytes(name: &str, read: Result<Vec<u8>, FileError>) -> (Self, Vec<Diagnostic>) {
        match text_of(Path::new(name), read) {
            Ok(text) => (Self::from_texts([(name, text)]), Vec::new()),
            Err(fault) => (Self::default(), vec![*fault]),
        }
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
                self.files.push(SourceFile { name: crate::text::shown(path), text });
            }
            Err(fault) => faults.push(*fault),
        }
    }
}

fn read_text(path: &Path) -> Result<String, Box<Diagnostic>> {
    text_of(path, read_file(path, LARGEST_FILE))
}

/// The text of a file that was read.
fn text_of(path: &Path, read: Result<Vec<u8>, FileError>) -> Result<String, Box<Diagnostic>> {
    let bytes = read.map_err(|why| Box::new(cannot_read(path, &why)))?;
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

/// What keeps a file out of the story, on that file.
pub(crate) fn cannot_read(path: &Path, why: &FileError) -> Diagnostic {
    match why {
        FileError::TooLarge { .. } => {
            whole_file(Code::TooLarge, path, why.to_string(), Some("split the story over several files of one folder"))
        }
        FileError::TooMany => whole_file(Code::TooLarge, path, why.to_string(), why.help()),
        _ => whole_file(Code::CannotRead, path, why.to_string(), why.help()),
    }
}

fn whole_file(code: Code, path: &Path, message: String, help: Option<&str>) -> Diagnostic {
    Diagnostic {
        code,
        file: crate::text::shown(path),
        place: None,
        message,
        label: String::new(),
        help: help.map(str::to_owned),
        also: Vec::new(),
    }
}
