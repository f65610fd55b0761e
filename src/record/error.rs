use std::io;
use std::path::PathBuf;

use crate::text::shown;

use super::line::VERSION;

/// What went wrong with a save, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    #[error("the save {} cannot be {doing}: {cause}", shown(path))]
    Disk { path: PathBuf, doing: &'static str, cause: io::Error },
    #[error("there is no file {}; `hallway` and a story’s name lists its saved games", shown(.0))]
    Missing(PathBuf),
    #[error("{} is not a hallway save", shown(.0))]
    NotASave(PathBuf),
    #[error(
        "{} was written by a newer hallway (format {version}; this one reads up to {VERSION}): update hallway to go on with it",
        shown(path)
    )]
    Newer { path: PathBuf, version: u32 },
    #[error("{} is open in another hallway; go on there, or close it first", shown(.0))]
    InUse(PathBuf),
    #[error("{} is a game of {of}, which is another story than this one; name that one to go on with it", shown(path))]
    OtherStory { path: PathBuf, of: String },
    #[error("the save {} is no longer there; it has been moved or removed", shown(.0))]
    Gone(PathBuf),
}
