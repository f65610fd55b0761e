//! The stories that come with the program, so that it plays without a file.

use super::source::Sources;

/// A story built into the program.
#[derive(Debug, Clone, Copy)]
pub struct BuiltIn {
    /// What it is called on the command line.
    pub name: &'static str,
    /// Its files, as they lie in `scenes/`.
    pub files: &'static [(&'static str, &'static str)],
}

macro_rules! files {
    ($($path:literal),* $(,)?) => {
        &[$((concat!("scenes/", $path), include_str!(concat!("../../scenes/", $path)))),*]
    };
}

/// All of them; the first is the one that `hallway` alone opens.
pub const BUILT_IN: &[BuiltIn] = &[
    BuiltIn {
        name: "hold-the-line",
        files: files![
            "hold-the-line/story.ron",
            "hold-the-line/0-prologue-corridor.ron",
            "hold-the-line/0-prologue-suite-2.ron",
            "hold-the-line/0-prologue-suite.ron",
            "hold-the-line/0-prologue-threshold.ron",
            "hold-the-line/0-prologue.ron",
            "hold-the-line/1-knock-corridor.ron",
            "hold-the-line/1-knock-suite.ron",
            "hold-the-line/1-knock-threshold-2.ron",
            "hold-the-line/1-knock-threshold.ron",
            "hold-the-line/1-knock.ron",
            "hold-the-line/2-question-corridor.ron",
            "hold-the-line/2-question-suite.ron",
            "hold-the-line/2-question-threshold.ron",
            "hold-the-line/2-question.ron",
            "hold-the-line/3-card-corridor.ron",
            "hold-the-line/3-card-suite-2.ron",
            "hold-the-line/3-card-suite.ron",
            "hold-the-line/3-card-threshold-2.ron",
            "hold-the-line/3-card-threshold.ron",
            "hold-the-line/3-card.ron",
            "hold-the-line/3-last-word.ron",
            "hold-the-line/4-ringing-corridor.ron",
            "hold-the-line/4-ringing-suite.ron",
            "hold-the-line/4-ringing-threshold.ron",
            "hold-the-line/4-ringing.ron",
            "hold-the-line/5-answer-corridor.ron",
            "hold-the-line/5-answer-suite.ron",
            "hold-the-line/5-answer-threshold.ron",
            "hold-the-line/5-answer.ron",
            "hold-the-line/6-always.ron",
            "hold-the-line/7-endings.ron",
            "hold-the-line/marks.ron",
            "hold-the-line/messages.ron",
            "hold-the-line/record.ron",
        ],
    },
    BuiltIn { name: "hold-the-line-class", files: files!["hold-the-line-class.ron"] },
    BuiltIn { name: "last-ferry", files: files!["last-ferry.ron"] },
    BuiltIn { name: "two-doors", files: files!["two-doors.ron"] },
];

impl BuiltIn {
    /// Its files, ready to be checked.
    #[must_use]
    pub fn sources(&self) -> Sources {
        Sources::from_texts(self.files.iter().copied())
    }
}

/// The built-in story of this name.
#[must_use]
pub fn built_in(name: &str) -> Option<&'static BuiltIn> {
    BUILT_IN.iter().find(|story| story.name == name)
}
