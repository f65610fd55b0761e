//! Which story a save belongs to: told by its files and its fingerprint, not by its title alone.

use std::path::{Path, PathBuf};

use crate::story::{Story, built_in, folder_of};

use super::line::Header;

/// Stands for the home folder in the stored name of a story, because that folder's path can hold a person's name.
const HOME: &str = "~/";

/// What a save calls a story that was asked for: its name if it is built in, else its path, from the home folder if it
/// is there. A relative path would be looked for elsewhere when the session is taken up from another folder.
#[must_use]
pub fn kept_name(asked: &str) -> String {
    if built_in(asked).is_some() || asked.starts_with(HOME) {
        return asked.to_owned();
    }
    let path = std::path::absolute(asked).unwrap_or_else(|_| PathBuf::from(asked));
    let from_home = homes().iter().find_map(|home| path.strip_prefix(home).ok().map(Path::to_owned));
    match from_home {
        Some(rest) => format!("{HOME}{}", rest.display()),
        None => path.display().to_string(),
    }
}

/// The name to open a story by, from the name stored in a save.
#[must_use]
pub fn asked_name(kept: &str) -> String {
    match (kept.strip_prefix(HOME), homes().first()) {
        (Some(rest), Some(home)) => home.join(rest).display().to_string(),
        _ => kept.to_owned(),
    }
}

/// The home folder, as it is named and without links; none that everything is in.
fn homes() -> Vec<PathBuf> {
    let home = etcetera::home_dir().ok().filter(|home| home.is_absolute() && home.parent().is_some());
    let real = home.as_ref().and_then(|home| home.canonicalize().ok());
    home.into_iter().chain(real).collect()
}

/// Whether a save is of this story: played from the same files, however they have changed since; or from others that
/// say the same under the same title, as after moving or copying it.
pub(super) fn is_of(header: &Header, story: &Story, asked: &str) -> bool {
    let same_story = header.fingerprint == Header::fingerprint_of(story) && header.title == story.title;
    header.story == asked
        || kept_name(&header.story) == kept_name(asked)
        || same_story
        || same_files(&header.story, asked)
}

/// Whether two names lead to one story on the disk: to one file or folder, by whatever links, or to a file of that
/// folder.
fn same_files(kept: &str, asked: &str) -> bool {
    let real = |name: &str| {
        let path = if built_in(name).is_some() { None } else { Path::new(name).canonicalize().ok() }?;
        Some(if path.is_file() { folder_of(&path).unwrap_or(path) } else { path })
    };
    real(&asked_name(kept)).is_some_and(|kept| real(asked) == Some(kept))
}
