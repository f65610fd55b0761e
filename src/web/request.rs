use serde::Deserialize;

/// What a page asks for; see [`crate::web`].
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "do", rename_all = "lowercase", deny_unknown_fields)]
pub enum Request {
    Begin {
        #[serde(default)]
        seats: Vec<String>,
        #[serde(default)]
        seed: u64,
        code: Option<String>,
    },
    Resume {
        save: String,
    },
    Choose {
        at: usize,
        #[serde(default)]
        answers: Vec<usize>,
    },
    Standing,
    Undo,
    Redo,
    Sit,
    Silence,
    Wait,
    Stop,
    News {
        at: u16,
    },
    Name {
        words: String,
    },
    Fork {
        at: usize,
    },
    Same {
        seat: String,
    },
    Page,
    History {
        seat: Option<String>,
    },
    Decisions,
    Debrief,
    Save,
    Codes,
}
