//! Reading saves from the disk.

use std::io;
use std::path::Path;

use crate::story::{FileError, Story, read_file};

use super::error::SaveError;
use super::line::{Header, SaveLine};
use super::load::{self, Contents, LoadedSave, NotLoadable};
use super::names::is_of;

/// The largest save that is read, in bytes; a session has a few kilobytes.
const LARGEST_SAVE: u64 = 16 << 20;

/// Loads the session of a save as far as it fits `story`, which was asked for by `name`. The flag is `false` if a
/// decision did not fit and was left out with everything after it.
///
/// # Errors
/// If the save belongs to another story.
pub(super) fn load_as<'s>(
    path: &Path,
    story: &'s Story,
    name: &str,
    header: &Header,
    lines: Vec<SaveLine>,
) -> Result<(LoadedSave<'s>, bool), SaveError> {
    if !is_of(header, story, name) {
        return Err(SaveError::OtherStory { path: path.to_owned(), of: header.described() });
    }
    Ok(load::load(story, header, lines))
}

/// Reads a save without changing it.
pub(super) fn read(path: &Path) -> Result<Contents, SaveError> {
    contents(path, &bytes(path)?)
}

/// The bytes of a save. It must be an ordinary file (a pipe could block), and no larger than any session could be.
pub(super) fn bytes(path: &Path) -> Result<Vec<u8>, SaveError> {
    read_file(path, LARGEST_SAVE).map_err(|why| match why {
        FileError::Io(cause) if cause.kind() == io::ErrorKind::NotFound => SaveError::Missing(path.to_owned()),
        FileError::Io(cause) => SaveError::Disk { path: path.to_owned(), doing: "read", cause },
        _ => SaveError::NotASave(path.to_owned()),
    })
}

/// Parses the bytes of the save at `path`.
pub(super) fn contents(path: &Path, bytes: &[u8]) -> Result<Contents, SaveError> {
    load::contents(bytes).map_err(|why| match why {
        NotLoadable::NotASave => SaveError::NotASave(path.to_owned()),
        NotLoadable::Newer(version) => SaveError::Newer { path: path.to_owned(), version },
        NotLoadable::OtherStory(of) => SaveError::OtherStory { path: path.to_owned(), of },
    })
}
