//! The record: what is known of a page's sentences, and who says so.

use crate::story::{FactStatus, Story};
use crate::text::{Sentence, paragraphs};

use super::strings;

/// How a sentence is known. What cites nothing is invented.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    Reported,
    Disputed,
    Inferred,
    Invented,
}

impl Mark {
    /// The word a reader sees.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Reported => "reported",
            Self::Disputed => "disputed",
            Self::Inferred => "inferred",
            Self::Invented => "invented",
        }
    }
}

/// What stands above what is said once a game is over and its decisions are told: what is known of the real events;
/// of a story without a record only what its writer says of the ending.
#[must_use]
pub fn known_heading(story: &Story) -> &'static str {
    let has_record = !story.facts.is_empty() || !story.chronicle.is_empty() || !story.hypotheses.is_empty();
    if has_record { strings::WHAT_IS_KNOWN } else { strings::OF_THE_ENDING }
}

/// A fact as the record shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordEntry {
    pub id: String,
    pub mark: Mark,
    pub text: String,
    /// Who says so: a line a source; for a dispute a line a version; for an inference its reason.
    pub says: Vec<String>,
}

/// The mark of a sentence: of all it cites, the least certain.
#[must_use]
pub fn mark_of(story: &Story, sentence: &Sentence<'_>) -> Mark {
    let marks = sentence.cites.iter().filter_map(|id| story.fact_named(id)).map(|fact| match fact.status {
        FactStatus::Reported(_) => Mark::Reported,
        FactStatus::Disputed(_) => Mark::Disputed,
        FactStatus::Inferred(_) => Mark::Inferred,
    });
    let rank = |mark: &Mark| match mark {
        Mark::Reported => 0,
        Mark::Disputed => 1,
        Mark::Inferred => 2,
        Mark::Invented => 3,
    };
    marks.max_by_key(rank).unwrap_or(Mark::Invented)
}

/// The facts that these texts cite, each once, in the order of their first citation.
#[must_use]
pub fn entries<'t>(story: &Story, texts: impl IntoIterator<Item = &'t str>) -> Vec<RecordEntry> {
    let mut out: Vec<RecordEntry> = Vec::new();
    for text in texts {
        for id in paragraphs(text).iter().flat_map(|p| &p.sentences).flat_map(|s| &s.cites) {
            let Some(fact) = story.fact_named(id) else { continue };
            if out.iter().all(|entry| entry.id != fact.id) {
                out.push(entry(story, fact));
            }
        }
    }
    out
}

/// Every fact of a story.
#[must_use]
pub fn whole_record(story: &Story) -> Vec<RecordEntry> {
    story.facts.iter().map(|fact| entry(story, fact)).collect()
}

fn entry(story: &Story, fact: &crate::story::Fact) -> RecordEntry {
    let source = |at: &usize| story.sources.get(*at).map_or("", |(_, text)| text.as_str()).to_owned();
    let (mark, says) = match &fact.status {
        FactStatus::Reported(sources) => (Mark::Reported, sources.iter().map(source).collect()),
        FactStatus::Disputed(versions) => {
            let version = |(text, sources): &(String, Vec<usize>)| {
                let names: Vec<String> = sources.iter().map(source).collect();
                format!("{text} — {}", names.join("; "))
            };
            (Mark::Disputed, versions.iter().map(version).collect())
        }
        FactStatus::Inferred(reason) => (Mark::Inferred, vec![reason.clone()]),
    };
    RecordEntry { id: fact.id.clone(), mark, text: fact.text.clone(), says }
}
