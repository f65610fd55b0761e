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
            "hold-the-line/0-opening.ron",
            "hold-the-line/1-knock-back.ron",
            "hold-the-line/1-knock-messages-in.ron",
            "hold-the-line/1-knock-messages-out.ron",
            "hold-the-line/1-knock.ron",
            "hold-the-line/2-question-answer.ron",
            "hold-the-line/2-question-back.ron",
            "hold-the-line/2-question-messages-back.ron",
            "hold-the-line/2-question-messages.ron",
            "hold-the-line/2-question-reply.ron",
            "hold-the-line/2-question.ron",
            "hold-the-line/3-card-back.ron",
            "hold-the-line/3-card-in.ron",
            "hold-the-line/3-card-last.ron",
            "hold-the-line/3-card-word.ron",
            "hold-the-line/3-card.ron",
            "hold-the-line/4-ringing.ron",
            "hold-the-line/5-answer-messages.ron",
            "hold-the-line/5-answer.ron",
            "hold-the-line/5-door.ron",
            "hold-the-line/5-own.ron",
            "hold-the-line/6-standing.ron",
            "hold-the-line/7-endings.ron",
            "hold-the-line/7-peaks-meeting.ron",
            "hold-the-line/7-peaks.ron",
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
