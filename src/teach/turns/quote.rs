//! What a seat has read, sentence by sentence, to be set against what it would have read.

use std::collections::HashSet;

use crate::engine::{BlockKind, Session};
use crate::story::SeatId;
use crate::text::{self, ParagraphKind};

/// The fewest words that are quoted: fewer say nothing by themselves.
const FEWEST: usize = 8;
/// The longest paragraph that is quoted whole; of a longer one the first sentences are, as many as fit.
const MOST: usize = 40;

/// Everything that a seat has read, in paragraphs of sentences.
pub(super) struct PageSentences {
    paragraphs: Vec<Vec<String>>,
    known: HashSet<String>,
}

impl PageSentences {
    pub fn of(session: &Session<'_>, seat: SeatId) -> Self {
        let told = session.page(seat).filter(|block| matches!(block.kind, BlockKind::Prose | BlockKind::Reply));
        let mut paragraphs = Vec::new();
        for block in told {
            // Lines of something written are no sentences.
            for paragraph in text::paragraphs(block.text).iter().filter(|it| it.kind == ParagraphKind::Plain) {
                paragraphs.push(paragraph.sentences.iter().map(words).filter(|words| !words.is_empty()).collect());
            }
        }
        let known = paragraphs.iter().flatten().map(|sentence: &String| without_numbers(sentence)).collect();
        Self { paragraphs, known }
    }

    /// Words of sentences that the other has nowhere.
    pub fn new_words(&self, other: &Self) -> usize {
        let new = self.paragraphs.iter().flatten().filter(|sentence| other.is_new(sentence));
        new.map(|sentence| sentence.split_whitespace().count()).sum()
    }

    /// Of the first paragraph that begins with a sentence which the other has nowhere: all of it, or its first
    /// sentences. Never a part of a sentence, and never half of what somebody says.
    pub fn first_new(&self, other: &Self) -> Option<String> {
        let new = self.paragraphs.iter().filter(|sentences| sentences.first().is_some_and(|it| other.is_new(it)));
        // What begins in the middle of a sentence is one that the story puts together.
        let begins = |words: &String| !words.starts_with(char::is_lowercase);
        new.filter_map(|sentences| beginning(sentences))
            .find(begins)
            .map(|words| words.replace('“', "‘").replace('”', "’"))
    }

    /// A sentence that differs in a number alone, an hour or a count, is not new.
    fn is_new(&self, sentence: &str) -> bool {
        !self.known.contains(&without_numbers(sentence))
    }
}

/// The longest beginning of a paragraph that can be quoted, in whole sentences.
fn beginning(sentences: &[String]) -> Option<String> {
    (1..=sentences.len()).rev().map(|count| sentences[..count].join(" ")).find(|words| {
        let is_closed = words.matches('“').count() == words.matches('”').count();
        is_closed && (FEWEST..=MOST).contains(&words.split_whitespace().count())
    })
}

fn words(sentence: &text::Sentence<'_>) -> String {
    let all: String = sentence.runs.iter().map(|run| run.text).collect();
    all.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn without_numbers(sentence: &str) -> String {
    sentence.chars().filter(|c| !c.is_ascii_digit()).collect()
}
