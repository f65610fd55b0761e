//! What the full screen asks of the files of a story that is being written.

use crate::story::Story;

/// The files as they were read once.
pub struct LoadedFiles {
    /// `None` if it cannot be played.
    pub story: Option<Story>,
    /// The diagnostics, as text.
    pub diagnostics: String,
    /// By scene: its file and line.
    pub written: Vec<Option<(String, usize)>>,
}

/// The files of a story that is being written.
pub trait Files {
    /// Reads them.
    fn read(&self) -> LoadedFiles;
    /// What has happened to them since the last call.
    fn change(&mut self) -> FileChange;
}

/// What can happen to a story's files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileChange {
    None,
    /// They have been written, or are back.
    Written,
    /// They have been deleted or moved; reported once.
    Gone,
}
