//! What the full screen asks of the files of a story that is being written.

use crate::story::Story;

/// A reading of the files.
pub struct LoadedFiles {
    /// `None` where it cannot be played.
    pub story: Option<Story>,
    /// What there is to say of it, as text.
    pub diagnostics: String,
    /// By scene: its file and line.
    pub written: Vec<Option<(String, usize)>>,
}

/// The files of a story that is being written.
pub trait Files {
    /// Reads them.
    fn read(&self) -> LoadedFiles;
    /// What has become of them since this was asked last.
    fn change(&mut self) -> FileChange;
}

/// What can become of a story's files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileChange {
    None,
    /// They have been written, or are back.
    Written,
    /// They have been deleted or moved; told once.
    Gone,
}
