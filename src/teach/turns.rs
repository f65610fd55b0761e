//! What one decision would have changed: the decisions that turned a session, and the endings that were near.
//!
//! The rule, in plain words. Each decision of the seat's own is tried otherwise, and so is each treatment that changed
//! words which this seat had sent. The session is then really played once more: with the same luck, what was decided
//! before as it was, and what comes after as it was decided wherever the same is asked. Where something is asked that
//! nobody decided, that game stops: nothing is made up for the person. So an ending is named only where the decisions
//! of this very session lead to it.
//!
//! Three of the decisions are told, those that changed most of what came: first those that lead to another ending, then
//! those that leave what is counted otherwise, then those by which another message would have been sent or heard. Other
//! words on a page are no outcome: a decision that changes nothing else is not told.

mod endings;
mod messages;
mod outcome;
mod quote;
mod sentences;
mod tries;

use crate::engine::{Input, Session};
use crate::story::{EndingId, SeatId, Story};
use crate::text;
use crate::view::strings;

use endings::endings;
use outcome::{Played, Replayed};
use sentences::{decision, happened};
pub(super) use tries::is_changed;
use tries::{OwnDecision, tries};

/// Sessions that are played with one decision taken otherwise.
const MOST_REPLAYS: usize = 240;
/// Decisions of all of them together.
const MOST_STEPS: usize = 100_000;
/// Decisions that are told as having turned it.
const MOST_TURNED: usize = 3;
/// Alternatives that are told of one decision, wherever they are told.
const MOST_ALTERNATIVES: usize = 2;

/// What one decision would have changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TurningPoints {
    /// What changed most of what came, in the order in which it was decided.
    pub turned: Vec<TurningPoint>,
    /// Endings that none of these alternatives leads to.
    pub endings: Vec<OtherEnding>,
    /// What would have come of each message that was changed on its way, had it been carried as it was meant; by its
    /// place in the trail.
    pub unchanged: Vec<(usize, String)>,
    /// How often the session was played with one decision taken otherwise.
    pub replays: usize,
    /// The session was stopped before an end of its own.
    pub stopped: bool,
    /// There was more to be tried than is tried.
    pub bounded: bool,
}

/// A decision that changed much of what came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TurningPoint {
    /// “At 8.40 you chose “Send word”. “he could ease” was heard as “he would lift”.”
    pub happened: String,
    /// One or two, each of which leads somewhere else.
    pub alternatives: Vec<Alternative>,
    /// The decision, where it was one of the seat's own.
    pub fork: Option<Fork>,
}

/// What would have come of another decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternative {
    /// “Had the aide chosen “Word for word”, it would have been heard as “he could ease”, and the game would have
    /// ended: …”
    pub told: String,
    /// What is quoted in it that would have been read: a whole paragraph of a page, or whole sentences from the
    /// beginning of one.
    pub read: Option<String>,
    /// The title of another ending that it leads to.
    pub ending: Option<String>,
}

/// An ending that one other decision would have brought about, or two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherEnding {
    pub title: String,
    /// What must come to pass for it, as its writer tells it; may be empty.
    pub because: String,
    /// What is counted and would have stood otherwise, in a sentence; may be empty.
    pub counted: String,
    /// The decision to play on from; where it takes two, the first of them.
    pub fork: Fork,
}

/// A decision of the seat's own that could be taken otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fork {
    /// “at 8.50, “Wait” instead of “Promise it”” Where it takes two decisions, both.
    pub decision: String,
    /// Its place in the log.
    pub input: usize,
    /// Its number among the decisions in the log, from 1.
    pub number: usize,
}

impl TurningPoints {
    /// The decisions of the seat's own to play on from, each with the title of the ending that it leads to, where that
    /// is known: first those of other endings.
    pub fn forks(&self) -> impl Iterator<Item = (&Fork, Option<&str>)> {
        let turned = || self.turned.iter().filter_map(|turned| Some((turned.fork.as_ref()?, turned.ending())));
        let leads = turned().filter(|(_, ending)| ending.is_some());
        let endings = self.endings.iter().map(|ending| (&ending.fork, Some(ending.title.as_str())));
        leads.chain(endings).chain(turned().filter(|(_, ending)| ending.is_none()))
    }

    /// How they were found; or that there are none.
    #[must_use]
    pub fn how(&self) -> &'static str {
        match (self.turned.is_empty(), self.stopped) {
            (false, _) => strings::TURNED_HOW,
            (true, false) => strings::NOTHING_TURNED,
            (true, true) => strings::NOTHING_TURNED_BEFORE_THE_STOP,
        }
    }

    /// What stands in the place of other endings where there is none.
    #[must_use]
    pub fn no_other_ending(&self) -> &'static str {
        if self.stopped { strings::STOPPED_THERE } else { strings::NOT_ONE_DECISION }
    }

    /// Whether any other ending is told of.
    #[must_use]
    pub fn has_other_ending(&self) -> bool {
        !self.endings.is_empty() || self.turned.iter().any(|turned| turned.ending().is_some())
    }
}

impl TurningPoint {
    /// The ending that the first of the alternatives leads to, where it is another.
    fn ending(&self) -> Option<&str> {
        self.alternatives.first()?.ending.as_deref()
    }
}

impl OtherEnding {
    /// “The bridge”: somebody said it for both of them.
    #[must_use]
    pub fn headline(&self) -> String {
        format!("“{}”. {}", self.title, text::plain(&self.because)).trim_end().to_owned()
    }

    /// “It would have taken, at 8.50, “Wait” instead of “Promise it”.” And how it would then have stood.
    #[must_use]
    pub fn takes(&self) -> String {
        let takes = strings::fill(strings::OTHER_ENDING, &[("decision", &self.fork.decision)]);
        [takes.as_str(), &self.counted].join(" ").trim_end().to_owned()
    }
}

/// Plays a session once more for each decision that could have been another, and tells what came of those that changed
/// most. What is tried is bounded, and the same session gives the same answer.
#[must_use]
pub fn turns(session: &Session<'_>, seat: SeatId) -> TurningPoints {
    let played = Played::of(session, seat);
    let tries = tries(session, seat);
    let mut out = TurningPoints { stopped: session.log().contains(&Input::Freeze), ..TurningPoints::default() };
    let mut outcomes = Vec::new();
    let mut steps = 0;
    for tried in &tries {
        if out.replays == MOST_REPLAYS || steps > MOST_STEPS {
            out.bounded = true;
            break;
        }
        out.replays += 1;
        let Some(other) = session.otherwise(tried.at, tried.pick, seat) else { continue };
        steps += other.steps().count();
        outcomes.push(Replayed::of(&played, tried, &other));
    }
    let turned = turned(&outcomes);
    out.endings = endings(session, seat, &outcomes, &turned);
    out.turned = turned.iter().map(|told| tell(&played, told)).collect();
    out.unchanged = unchanged(&played, &outcomes);
    out
}

/// What changed most, each decision with one or two of its alternatives. No ending is told twice where there is
/// another to be told.
fn turned<'o, 't>(outcomes: &'o [Replayed<'t>]) -> Vec<Vec<&'o Replayed<'t>>> {
    let mut left: Vec<&Replayed<'_>> = outcomes.iter().filter(|outcome| outcome.weight.is_noticed()).collect();
    // The earlier try comes first where two weigh the same.
    left.sort_by_key(|outcome| std::cmp::Reverse(outcome.weight));
    let mut out: Vec<Vec<&Replayed<'_>>> = Vec::new();
    while out.len() < MOST_TURNED {
        let is_new = |outcome: &Replayed<'_>| {
            outcome.ending.is_some() && !out.iter().flatten().any(|told| told.ending == outcome.ending)
        };
        let at = left.iter().position(|outcome| is_new(outcome)).unwrap_or(0);
        let Some(first) = left.get(at).copied() else { break };
        let of_it = |outcome: &&&Replayed<'_>| outcome.tried.told_with == first.tried.told_with;
        let elsewhere = |outcome: &&&Replayed<'_>| is_new(outcome) && outcome.ending != first.ending;
        let second = left.iter().filter(of_it).filter(elsewhere).take(MOST_ALTERNATIVES - 1).copied();
        let told: Vec<&Replayed<'_>> = std::iter::once(first).chain(second).collect();
        left.retain(|outcome| outcome.tried.told_with != first.tried.told_with);
        out.push(told);
    }
    out.sort_by_key(|told| told.first().map(|first| first.tried.at));
    out
}

/// For each message that was changed, the replay in which it arrived as it was meant.
fn unchanged(played: &Played<'_, '_>, outcomes: &[Replayed<'_>]) -> Vec<(usize, String)> {
    let passings = played.session.trail().passings.iter().enumerate();
    let told = |at: usize| {
        let of_it = |outcome: &&Replayed<'_>| outcome.tried.passing == Some(at);
        let arrives = |outcome: &&Replayed<'_>| outcome.passing.as_ref().is_some_and(|passing| !is_changed(passing));
        sentences::unchanged(played, outcomes.iter().filter(of_it).find(arrives)?)
    };
    passings.filter(|(_, passing)| is_changed(passing)).filter_map(|(at, _)| Some((at, told(at)?))).collect()
}

fn tell(played: &Played<'_, '_>, told: &[&Replayed<'_>]) -> TurningPoint {
    let first = told.first();
    TurningPoint {
        happened: first.map(|first| happened(played, first.tried)).unwrap_or_default(),
        alternatives: told.iter().map(|outcome| alternative(played, outcome)).collect(),
        fork: first.and_then(|first| Some(fork(played.story(), first.tried.own.as_ref()?, &first.tried.words))),
    }
}

fn alternative(played: &Played<'_, '_>, outcome: &Replayed<'_>) -> Alternative {
    let title = |ending: EndingId| played.story().endings[ending.index()].title.clone();
    Alternative {
        told: sentences::alternative(played, outcome),
        read: outcome.read.clone(),
        ending: outcome.ending.map(title),
    }
}

/// The decision of the seat's own, with what would have been decided instead.
fn fork(story: &Story, own: &OwnDecision, instead: &str) -> Fork {
    Fork { decision: decision(story, own, instead), input: own.input, number: own.number }
}
