//! The one door to the files of a story. Whatever a stranger's folder can name (scenes, transcripts of
//! walks) is opened through it: only ordinary files, inside the folder after links are resolved, and no longer than
//! allowed. The only file of this module that touches the disk.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// How many folders up the story of a file is looked for.
const MOST_LEVELS: usize = 8;
/// The most files one story may have.
pub const MOST_FILES: usize = 10_000;

/// Why a file is not opened.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    #[error("this link leads out of the folder, so it is not followed")]
    LeadsOut,
    #[error("this is not an ordinary file")]
    NotAFile,
    #[error("this has {} and may have {}", size(*has), size(*most))]
    TooLarge { has: u64, most: u64 },
    #[error("the folder has more than {MOST_FILES} files")]
    TooMany,
    #[error("{}", io_message(.0))]
    Io(#[from] io::Error),
}

/// A number of bytes for people.
fn size(bytes: u64) -> String {
    if bytes < 1 << 20 { format!("{} KiB", bytes >> 10) } else { format!("{} MiB", bytes >> 20) }
}

fn io_message(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "this may not be read".to_owned(),
        _ => format!("cannot be read: {error}"),
    }
}

impl FileError {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> Option<&'static str> {
        match self {
            Self::LeadsOut => Some("copy what it leads to into the folder"),
            Self::TooMany => Some("is there something else in this folder? Otherwise make two stories of it"),
            Self::Io(error) if error.kind() == io::ErrorKind::NotFound => {
                Some("check the name and the folder you are in")
            }
            Self::Io(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                Some("change its permissions, or copy it")
            }
            _ => None,
        }
    }

    /// True if there is nothing of this name.
    #[must_use]
    pub fn is_not_there(&self) -> bool {
        matches!(self, Self::Io(error) if error.kind() == io::ErrorKind::NotFound)
    }
}

/// Reads an ordinary file of at most `most` bytes. Follows a link; does not wait for a pipe or a device.
///
/// # Errors
/// If there is no such file, it cannot be read, is no ordinary file or is too large ([`FileError`]).
pub fn read_file(path: &Path, most: u64) -> Result<Vec<u8>, FileError> {
    let look = |data: &std::fs::Metadata| match data.len() {
        _ if !data.is_file() => Err(FileError::NotAFile),
        has if has > most => Err(FileError::TooLarge { has, most }),
        has => Ok(has),
    };
    // Before it is opened, as opening a pipe waits for its other end; and once it is, as it may be another by then.
    look(&std::fs::metadata(path)?)?;
    let file = File::open(path)?;
    look(&file.metadata()?)?;
    read_all(file, most)
}

/// What there is to read, at most so many bytes.
///
/// # Errors
/// If there is more, or it cannot be read.
pub fn read_all(from: impl Read, most: u64) -> Result<Vec<u8>, FileError> {
    let mut bytes = Vec::new();
    from.take(most + 1).read_to_end(&mut bytes)?;
    let has = bytes.len() as u64;
    if has > most { Err(FileError::TooLarge { has, most }) } else { Ok(bytes) }
}

/// What there is to read where a story is looked for.
pub enum StoryFiles {
    /// One file.
    File,
    /// The files of a folder, and what could not be taken in.
    Folder(Vec<PathBuf>, Vec<(PathBuf, FileError)>),
    /// A folder without `story.ron`.
    NoStory,
}

/// Looks for a story at a path.
///
/// # Errors
/// If there is nothing, or it cannot be looked at.
pub fn find(path: &Path) -> Result<StoryFiles, FileError> {
    if !path.metadata()?.is_dir() {
        return Ok(StoryFiles::File);
    }
    if !holds_story(path) {
        return Ok(StoryFiles::NoStory);
    }
    let (files, refused) = Folder::new(path)?.scenes();
    Ok(StoryFiles::Folder(files, refused))
}

/// Whether there is a `story.ron`, be it a link that leads elsewhere, which is then said.
fn holds_story(folder: &Path) -> bool {
    ["ron", "RON", "Ron"].iter().any(|ending| folder.join("story").with_extension(ending).symlink_metadata().is_ok())
}

/// True for a scene file by its name: it ends in `.ron`, or in `.RON` as some systems write it.
#[must_use]
pub fn is_scene_file(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ron"))
}

/// The last part of a path, without the ending of a scene file.
#[must_use]
pub fn stem(path: &str) -> &str {
    let name = path.rsplit(['/', '\\']).find(|part| !part.is_empty()).unwrap_or_default();
    if is_scene_file(Path::new(name)) { &name[..name.len() - ".ron".len()] } else { name }
}

/// The folder of the story that a file is a part of: the nearest above it that holds a `story.ron`, without looking
/// into it. `None` if the file is a story by itself, or lies in a hidden folder, which no story is read from.
#[must_use]
pub fn folder_of(file: &Path) -> Option<PathBuf> {
    let is_hidden = |path: &Path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    let mut within = file;
    for folder in file.ancestors().skip(1).take(MOST_LEVELS) {
        if is_hidden(within) {
            return None;
        }
        // The folder of a bare name is this one.
        if holds_story(if folder.as_os_str().is_empty() { Path::new(".") } else { folder }) {
            return Some(folder.to_owned());
        }
        within = folder;
    }
    None
}

/// How long a file is; nothing where it cannot be looked at.
#[must_use]
pub fn bytes_of(path: &Path) -> u64 {
    path.metadata().map_or(0, |data| data.len())
}

/// A folder that is not left by any link in it. Its own path may be a link: whoever names it means where it leads.
#[derive(Debug, Clone)]
pub struct Folder {
    /// Without links.
    root: PathBuf,
    /// As it was named.
    named: PathBuf,
}

impl Folder {
    /// The folder at this path.
    ///
    /// # Errors
    /// If it cannot be found.
    pub fn new(path: &Path) -> io::Result<Self> {
        Ok(Self { root: path.canonicalize()?, named: path.to_owned() })
    }

    /// Where a story's transcripts lie, and what their names begin with: `walks` in its folder, or the folder beside a
    /// story of one file, which need not be there yet.
    ///
    /// # Errors
    /// If the story cannot be found.
    pub fn of_walks(story: &Path) -> io::Result<(Self, &'static str)> {
        let real = story.canonicalize()?;
        Ok(if real.is_dir() {
            (Self { root: real, named: story.to_owned() }, "walks/")
        } else {
            (Self { root: real.with_extension("walks"), named: story.with_extension("walks") }, "")
        })
    }

    /// A path in the folder, as whoever named the folder would name it.
    #[must_use]
    pub fn named(&self, path: &str) -> PathBuf {
        self.named.join(path)
    }

    /// Where a path leads, if that is in the folder.
    fn resolved(&self, path: &Path) -> Result<PathBuf, FileError> {
        let real = path.canonicalize()?;
        if real.starts_with(&self.root) { Ok(real) } else { Err(FileError::LeadsOut) }
    }

    /// The bytes of a file in the folder, at most so many.
    ///
    /// # Errors
    /// Why it is not read; [`FileError::is_not_there`] where there is none.
    pub fn read(&self, name: &str, most: u64) -> Result<Vec<u8>, FileError> {
        read_file(&self.place(name)?, most)
    }

    /// Where a file in the folder is to be written: a link in it is followed, and out of it nothing is written.
    ///
    /// # Errors
    /// If it would be written outside, or over something that is no file.
    pub fn to_write(&self, name: &str) -> Result<PathBuf, FileError> {
        let path = self.place(name)?;
        match path.metadata() {
            Ok(data) if !data.is_file() => Err(FileError::NotAFile),
            _ => Ok(path),
        }
    }

    /// Where a file in the folder is or would be, without links. A link that leads nowhere is not the same as nothing:
    /// nobody knows what will be there.
    fn place(&self, name: &str) -> Result<PathBuf, FileError> {
        let path = self.root.join(name);
        // What is there already of the way to it.
        let there = path.ancestors().find(|part| part.symlink_metadata().is_ok()).unwrap_or(&path);
        let rest = path.strip_prefix(there).unwrap_or(Path::new(""));
        let real = there.canonicalize().map_err(|_| FileError::LeadsOut)?;
        let real = if rest.as_os_str().is_empty() { real } else { real.join(rest) };
        if real.starts_with(&self.root) { Ok(real) } else { Err(FileError::LeadsOut) }
    }

    /// What the folder holds of one story: its `.ron` files, each once, `story.ron` first and the others in order of
    /// path; and what could not be taken in, with why. Hidden files and folders are left out.
    #[must_use]
    pub fn scenes(&self) -> (Vec<PathBuf>, Vec<(PathBuf, FileError)>) {
        let mut found = Vec::new();
        let mut refused = Vec::new();
        let mut waiting = vec![self.root.clone()];
        while let Some(next) = waiting.pop() {
            let entries = match std::fs::read_dir(&next) {
                Ok(entries) => entries,
                Err(error) => {
                    refused.push((next, error.into()));
                    continue;
                }
            };
            for entry in entries.filter_map(Result::ok) {
                let (path, kind) = (entry.path(), entry.file_type());
                let (Ok(kind), false) = (kind, entry.file_name().to_string_lossy().starts_with('.')) else { continue };
                let is_ron = is_scene_file(&path);
                let real = if kind.is_symlink() { self.resolved(&path) } else { Ok(path.clone()) };
                match real {
                    // Where a link leads to a folder in this one, that is read at its own place.
                    Ok(real) if real.is_dir() => waiting.extend((!kind.is_symlink()).then_some(path)),
                    Ok(real) if is_ron && real.is_file() => found.push((path, real)),
                    Ok(_) if is_ron => refused.push((path, FileError::NotAFile)),
                    // A link that is neither can be no scene.
                    Err(why) if is_ron || path.is_dir() => refused.push((path, why)),
                    _ => {}
                }
            }
            if found.len() > MOST_FILES {
                refused.push((self.root.clone(), FileError::TooMany));
                break;
            }
        }
        let is_main = |path: &Path| path.parent() == Some(&self.root) && path.file_stem() == Some(OsStr::new("story"));
        found.sort_by_key(|(path, _)| (!is_main(path), path.clone()));
        // A link to a file of the folder is that file: whatever comes first is its name.
        let mut seen = std::collections::HashSet::new();
        found.retain(|(_, real)| seen.insert(real.clone()));
        found.truncate(MOST_FILES);
        let named = |path: &Path| {
            let path = self.named.join(path.strip_prefix(&self.root).unwrap_or(path));
            // A file of this folder goes by its name alone.
            path.strip_prefix(".").map_or_else(|_| path.clone(), Path::to_owned)
        };
        refused.sort_by(|(a, _), (b, _)| a.cmp(b));
        (
            found.iter().map(|(path, _)| named(path)).collect(),
            refused.into_iter().map(|(path, why)| (named(&path), why)).collect(),
        )
    }
}

/// A story on a shelf, or what stands there in its place.
pub type OnShelf = Result<PathBuf, (PathBuf, FileError)>;

/// The stories on a shelf, in order of name: `path` itself if it is a story, else the files and folders in it that are.
/// What leads out of the shelf is none of its stories.
#[must_use]
pub fn shelf(path: &Path) -> Vec<OnShelf> {
    let alone = || vec![Ok(path.to_owned())];
    if !path.is_dir() || holds_story(path) {
        return alone();
    }
    let (Ok(entries), Ok(folder)) = (std::fs::read_dir(path), Folder::new(path)) else { return alone() };
    let is_story = |entry: &PathBuf| is_scene_file(entry) || holds_story(entry);
    let mut found: Vec<PathBuf> =
        entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).filter(is_story).collect();
    found.sort();
    let on_shelf = |entry: PathBuf| match folder.resolved(&entry) {
        Ok(_) => Ok(entry),
        Err(why) => Err((entry, why)),
    };
    found.into_iter().map(on_shelf).collect()
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn a_stem_is_the_last_part_without_the_ending_of_a_scene_file() {
        for (path, wanted) in [
            ("a/mine.ron", "mine"),
            ("a\\SQUARE.RON", "SQUARE"),
            ("hold-the-line", "hold-the-line"),
            ("a/v1.2/", "v1.2"),
            ("é.ron.ron", "é.ron"),
            ("/", ""),
            ("", ""),
        ] {
            assert_eq!(stem(path), wanted);
        }
    }
}
