/// What a stretch of a seat's page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// The name of the part of the night that begins.
    Part,
    /// The words of a scene.
    Prose,
    /// What this seat chose, in the words it chose by.
    Chosen,
    /// What came of it at once.
    Reply,
    /// Something the program says, not the story.
    Notice,
}

/// A stretch of a seat's page, rendered at the moment it happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    pub kind: BlockKind,
    /// Prose with its marks.
    pub text: String,
}
