use serde::Serialize;

use crate::story::Story;
use crate::text::upper_first;

use super::debrief::DebriefValue;
use super::page::{BlockValue, PageValue, ParagraphValue, SeatValue, prose};

/// What a page is answered; see [`crate::web`]. What was not asked for is left out.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Answer {
    /// Why nothing has been done, for the person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// To be appended to the save, each with a line end.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<String>,
    /// A new save begins, with the text that `save` gives.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub begun: bool,
    /// What a person should know: a torn line, a changed story.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub story: Option<StoryValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<PageValue>,
    /// Who is to sit down.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub curtain: Option<SeatValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub history: Option<Vec<BlockValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decisions: Option<Vec<DecisionValue>>,
    /// How many decisions can be taken again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undone: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub debrief: Option<DebriefValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub save: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub codes: Option<CodesValue>,
}

/// A story as its title screen tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StoryValue {
    /// As saves know it.
    pub name: String,
    pub title: String,
    pub by: String,
    pub about: Vec<ParagraphValue>,
    /// What the first screen says once, plainly.
    pub notice: Vec<ParagraphValue>,
    pub seats: Vec<SeatValue>,
    pub endings: Vec<String>,
    /// Names of the news that a teacher can bring in.
    pub news: Vec<String>,
    /// A number that changes with what decides, and not with prose.
    pub fingerprint: String,
    /// Whether anything in it is on record.
    pub record: bool,
    /// Whether anything is passed on in it.
    pub messages: bool,
}

impl StoryValue {
    /// A story, and what saves call it.
    #[must_use]
    pub fn of(name: &str, story: &Story) -> Self {
        Self {
            name: name.to_owned(),
            title: story.title.clone(),
            by: story.by.clone(),
            about: prose(story, &story.about),
            notice: prose(story, &story.notice),
            seats: story.seat_ids().map(|seat| SeatValue::of(story, seat)).collect(),
            endings: story.endings.iter().map(|ending| ending.title.clone()).collect(),
            news: story.injects.iter().map(|inject| inject.name.clone()).collect(),
            fingerprint: format!("{:016x}", story.fingerprint),
            record: !story.facts.is_empty(),
            messages: !story.messages.is_empty(),
        }
    }
}

/// A decision that was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DecisionValue {
    /// For `fork`.
    pub at: usize,
    pub words: String,
    pub part: String,
    /// How many other ways were open.
    pub others: usize,
}

/// The codes of a game.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CodesValue {
    pub class: String,
    /// `None` before anything was decided that a code can say.
    pub result: Option<String>,
}

impl Answer {
    /// Nothing was done, because of this: a sentence.
    #[must_use]
    pub fn error(why: impl ToString) -> Self {
        Self { error: Some(upper_first(&why.to_string())), ..Self::default() }
    }
}
