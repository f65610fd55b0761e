/// A word that acts instead of answering.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    Again,
    Undo,
    History,
    Record,
    Status,
    Save,
    Help,
    Quit,
}

/// Every word, with what it does; the help text and the parser both come from here.
pub const WORDS: &[(Word, &str, &str)] = &[
    (Word::Again, "again", "read the page once more"),
    (Word::Undo, "undo", "take the last decision back"),
    (Word::History, "history", "read the night so far"),
    (Word::Record, "record", "which sentences are reported, disputed, inferred or invented, and who says so"),
    (Word::Status, "status", "the clock, and how things stand"),
    (Word::Save, "save", "where this night is kept"),
    (Word::Help, "help", "these words"),
    (Word::Quit, "quit", "stop here; the night is kept"),
];

impl Word {
    /// The word a person typed, in any case.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        WORDS.iter().find(|(_, name, _)| *name == text).map(|(word, ..)| *word)
    }
}
