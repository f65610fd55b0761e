use serde::{Deserialize, Serialize};

use super::{SceneId, SeatId};

/// A variable with a small range of values.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Var {
    pub id: String,
    /// As a reader sees it in the status line.
    pub name: String,
    pub domain: Domain,
    pub start: i16,
    /// A word for each value, from the least.
    pub words: Vec<String>,
    /// Who sees it in the status line.
    pub seen_by: Vec<SeatId>,
    /// The scene after which it no longer matters.
    pub until: Option<SceneId>,
    /// Declared by the writer (not by the engine for its own use).
    pub declared: bool,
}

/// The values a variable can take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Domain {
    /// From the first to the second, both included.
    Counter(i16, i16),
    /// 0 to n-1, by name.
    States(Vec<String>),
    /// 0 or 1.
    Flag,
}

impl Domain {
    /// Least and greatest value.
    #[must_use]
    pub fn bounds(&self) -> (i16, i16) {
        match self {
            Self::Counter(min, max) => (*min, *max),
            Self::States(states) => (0, i16::try_from(states.len()).unwrap_or(i16::MAX) - 1),
            Self::Flag => (0, 1),
        }
    }

    /// A value as a writer writes it: a number, a state, `true` or `false`.
    #[must_use]
    pub fn word(&self, value: i16) -> String {
        match self {
            Self::Counter(..) => value.to_string(),
            Self::States(states) => {
                usize::try_from(value).ok().and_then(|at| states.get(at)).cloned().unwrap_or_default()
            }
            Self::Flag => (value != 0).to_string(),
        }
    }
}
