//! What one decision would have changed: the words that turned a session, and the endings that were one decision away.

mod endings;
mod sentences;
mod tries;

use std::collections::HashSet;

use crate::engine::{BlockKind, Passing, Session};
use crate::story::{EndingId, SeatId, Story};
use crate::text;
use crate::view::strings;

use endings::endings;
use sentences::{decision, happened, otherwise, quotable};
use tries::{OwnDecision, Try, tries};

/// Sessions that are played with one decision taken otherwise.
const MOST_REPLAYS: usize = 240;
/// Decisions of all of them together.
const MOST_STEPS: usize = 100_000;
/// Crossings that are told as having turned it.
const MOST_TURNED: usize = 3;
/// How many new words make a difference that a reader notices.
const NOTICED: usize = 30;

/// What one decision would have changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TurningPoints {
    pub turned: Vec<TurningPoint>,
    pub endings: Vec<OtherEnding>,
    /// How often the session was played with one decision taken otherwise.
    pub replays: usize,
    /// There was more to be tried than is tried.
    pub bounded: bool,
}

/// A crossing that turned the session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TurningPoint {
    /// “8.40: you sent “ease”; it was heard as “lift”.”
    pub happened: String,
    /// “Had the aide chosen “Word for word”, this same game would have ended: “The reported night”.”
    pub otherwise: String,
    /// The decision, where it was one of the seat's own.
    pub fork: Option<Fork>,
}

/// An ending that one other decision would have brought about, or two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherEnding {
    pub title: String,
    /// What must come to pass for it, as its writer tells it; may be empty.
    pub because: String,
    /// The decision to play on from; where it takes two, the first of them.
    pub fork: Fork,
}

/// A decision of the seat's own that could be taken otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fork {
    /// “at 8.50, “Wait.” instead of “Promise it.”” Where it takes two decisions, both.
    pub decision: String,
    /// Its place in the log.
    pub input: usize,
    /// Its number among the decisions in the log, from 1.
    pub number: usize,
}

/// What came of a try.
struct TriedOutcome<'t> {
    tried: &'t Try,
    ending: Option<EndingId>,
    /// Words that the seat would have read and has not.
    new_words: usize,
    /// Of them the last sentence that tells what was then heard, or the last at all.
    last: Option<String>,
    /// The message's way then.
    passing: Option<Passing>,
}

impl TurningPoints {
    /// The decisions of the seat's own to play on from, each with the ending that it leads to, where that is known:
    /// first those of other endings.
    pub fn forks(&self) -> impl Iterator<Item = (&Fork, Option<&OtherEnding>)> {
        let endings = self.endings.iter().map(|ending| (&ending.fork, Some(ending)));
        let turned = self.turned.iter().filter_map(|turned| turned.fork.as_ref());
        let is_known = |fork: &Fork| self.endings.iter().any(|ending| ending.fork == *fork);
        endings.chain(turned.filter(move |fork| !is_known(fork)).map(|fork| (fork, None)))
    }
}

impl OtherEnding {
    /// “The bridge”: at 8.50, “Wait” instead of “Promise it”.
    #[must_use]
    pub fn sentence(&self) -> String {
        let with: [(&str, &dyn std::fmt::Display); 2] = [("title", &self.title), ("decision", &self.fork.decision)];
        strings::fill(strings::OTHER_ENDING, &with)
    }
}

/// Plays a session once more for each of its decisions, that one taken otherwise: those of `seat`, and those of whoever
/// carried a message. What is tried is bounded, and the same session gives the same answer.
#[must_use]
pub fn turns(session: &Session<'_>, seat: SeatId) -> TurningPoints {
    let tries = tries(session, seat);
    let read: HashSet<String> = paragraphs(&session.full_history(seat), seat).collect();
    let sentences: HashSet<String> = read.iter().flat_map(|paragraph| text::plain_sentences(paragraph)).collect();
    let mut out = TurningPoints::default();
    let mut came = Vec::new();
    let mut steps = 0;
    for tried in &tries {
        if out.replays == MOST_REPLAYS || steps > MOST_STEPS {
            out.bounded = true;
            break;
        }
        out.replays += 1;
        let Some(other) = session.otherwise(tried.at, tried.pick, seat) else { continue };
        steps += other.steps().count();
        let new: Vec<String> = paragraphs(&other, seat).filter(|paragraph| !read.contains(paragraph)).collect();
        let passing = tried.crossing.and_then(|at| other.trail().passings.get(at).cloned());
        let now = tried.crossing.and_then(|at| session.trail().passings.get(at));
        let last = quotable(&new, &sentences, (now, passing.as_ref()));
        came.push(TriedOutcome {
            tried,
            ending: other.ending().filter(|ending| session.ending() != Some(*ending)),
            new_words: new.iter().map(|paragraph| paragraph.split_whitespace().count()).sum(),
            last,
            passing,
        });
    }
    let turned = turned(&came);
    out.endings = endings(session, seat, &came, &turned);
    let mut quoted = HashSet::new();
    for came in turned {
        // No sentence is quoted twice.
        let quote = came.last.as_deref().filter(|sentence| quoted.insert(*sentence));
        out.turned.push(tell(session, seat, came, quote));
    }
    out
}

/// What a seat has read, paragraph by paragraph.
fn paragraphs(session: &Session<'_>, seat: SeatId) -> impl Iterator<Item = String> {
    let told = session.page(seat).filter(|block| matches!(block.kind, BlockKind::Prose | BlockKind::Reply));
    told.flat_map(|block| block.text.split("\n\n").map(text::plain))
}

/// The crossings that changed most, one try of each: those that end it otherwise first.
fn turned<'c, 't>(came: &'c [TriedOutcome<'t>]) -> Vec<&'c TriedOutcome<'t>> {
    let mut order: Vec<&TriedOutcome<'_>> = came
        .iter()
        .filter(|came| came.tried.crossing.is_some() && (came.ending.is_some() || came.new_words >= NOTICED))
        .collect();
    order.sort_by_key(|came| (came.ending.is_none(), std::cmp::Reverse(came.new_words)));
    let mut seen = HashSet::new();
    order.retain(|came| seen.insert(came.tried.crossing));
    order.truncate(MOST_TURNED);
    order.sort_by_key(|came| came.tried.at);
    order
}

fn tell(session: &Session<'_>, seat: SeatId, came: &TriedOutcome<'_>, quote: Option<&str>) -> TurningPoint {
    let story = session.story();
    let passing = came.tried.crossing.and_then(|at| session.trail().passings.get(at));
    let (happened, otherwise) = match passing {
        Some(passing) => (happened(story, passing, seat, came), otherwise(story, passing, seat, came, quote)),
        None => Default::default(),
    };
    TurningPoint { happened, otherwise, fork: came.tried.own.as_ref().map(|own| fork(story, own, &came.tried.whole)) }
}

/// The decision of the seat's own, with what would have been decided instead.
fn fork(story: &Story, own: &OwnDecision, instead: &str) -> Fork {
    Fork { decision: decision(story, own, instead), input: own.input, number: own.number }
}
