/// A stretch of one file, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Which file, as an index into the files of the story.
    pub file: usize,
    pub start: usize,
    pub end: usize,
}
