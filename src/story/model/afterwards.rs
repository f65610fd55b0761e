//! What a class and a debrief need of a story, besides the session itself.

use serde::{Deserialize, Serialize};

use super::SeatId;

/// What a teacher needs besides the story; empty where the story has none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lesson {
    /// What should be known before it is used with a class.
    pub note: String,
    pub aims: Vec<String>,
    /// The plan, a step each: “0–4: …”.
    pub plan: Vec<String>,
    /// Words and what they mean.
    pub glossary: Vec<(String, String)>,
    pub standards: Vec<String>,
    /// By seat: what its advanced card says besides its briefing.
    pub cards: Vec<(SeatId, String)>,
}

/// News that a teacher can bring in while a class plays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inject {
    pub id: String,
    /// As the teacher reads it.
    pub name: String,
    /// Prose with its citations.
    pub text: String,
    /// The seats that perceive it.
    pub to: Vec<SeatId>,
}

/// A moment of what is reported to have happened.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Moment {
    /// Minutes after midnight.
    pub time: u16,
    /// Prose with its citations.
    pub text: String,
}

/// One of several explanations, with what speaks for and against it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Hypothesis {
    pub text: String,
    pub speaks_for: Vec<Evidence>,
    pub against: Vec<Evidence>,
}

/// A fact, or one version of a disputed one, that speaks for or against something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// An index into [`Story::facts`](super::Story::facts).
    pub fact: usize,
    /// Of a disputed fact, which of its versions, from 0; `None` is the dispute itself.
    pub version: Option<usize>,
}
