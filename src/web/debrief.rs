//! What there is to say of a game that is over, as a value.

use serde::Serialize;

use crate::engine::Session;
use crate::story::{SeatId, Story};
use crate::teach::{Fork, OtherEnding, SheetEnd, TrailEntry, TurningPoint, TurningPoints, crossings, debrief};
use crate::view::{known_heading, strings};

use super::page::{ParagraphValue, prose};

/// What there is to say of a game that is over: first the game, then what is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DebriefValue {
    /// What stands above each part.
    pub headings: HeadingsValue,
    /// Who held the seats that changed hands, in sentences.
    pub held: Vec<String>,
    /// What is counted for each seat, as it stood at the end.
    pub stood: Vec<String>,
    /// The decisions that changed most of what came.
    pub turned: Vec<TurnedValue>,
    /// How they were found; or that there are none.
    pub turned_how: &'static str,
    /// Endings that one decision or two would have brought about, and that `turned` does not tell of.
    pub endings: Vec<OtherEndingValue>,
    pub trail: Vec<CrossingValue>,
    pub sheets: Vec<SheetEndValue>,
    /// The writer's note on the ending.
    pub note: Vec<ParagraphValue>,
    /// This game and what was reported, by the clock.
    pub clock: Vec<TickValue>,
    /// Rival explanations.
    pub hypotheses: Vec<HypothesisValue>,
    /// That what the game tells is invented, where its story has a record; else empty.
    pub invented: &'static str,
    pub questions: Vec<String>,
}

/// The headings of a look back, the same words wherever it is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HeadingsValue {
    pub stood: &'static str,
    pub turned: &'static str,
    /// Empty where there is nothing more to say of other endings.
    pub endings: &'static str,
    /// In the place of other endings, where there is none.
    pub no_endings: &'static str,
    pub trail: &'static str,
    pub known: &'static str,
    pub clock: &'static str,
    pub hypotheses: &'static str,
    pub questions: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TurnedValue {
    /// What was decided, and how it was heard.
    pub happened: String,
    /// What one or two other decisions would have led to.
    pub otherwise: Vec<String>,
    /// For `fork`, where the decision was one's own.
    pub fork: Option<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OtherEndingValue {
    /// Its title, and its condition in a sentence.
    pub told: String,
    /// What it takes: one decision or two, and how it would then have stood.
    pub takes: String,
    /// For `fork`.
    pub fork: usize,
}

/// One message's way, or what the story tells among them: then nothing but `told`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CrossingValue {
    pub sent: String,
    /// In stretches, `true` beside those that were not heard.
    pub meant: Vec<(String, bool)>,
    /// In stretches, `true` beside those that were not meant; empty where it never arrived.
    pub heard: Vec<(String, bool)>,
    /// It arrived in the words in which it was meant.
    pub unchanged: bool,
    /// Who carried it and how, what the difference is, and what came of it.
    pub told: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SheetEndValue {
    pub name: String,
    /// Each line, and who struck it.
    pub lines: Vec<(String, Option<String>)>,
    /// Through whose hands it went, in sentences.
    pub hands: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TickValue {
    pub time: String,
    pub reported: bool,
    pub prose: Vec<ParagraphValue>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HypothesisValue {
    pub prose: Vec<ParagraphValue>,
    pub speaks_for: Vec<String>,
    pub against: Vec<String>,
}

impl DebriefValue {
    /// What this seat looks back on. It tells of every seat: for when the game is over.
    #[must_use]
    pub fn of(session: &Session<'_>, seat: SeatId) -> Self {
        let (story, debrief) = (session.story(), debrief(session, seat));
        let note = debrief.ending.as_ref().map(|ending| prose(story, &ending.note)).unwrap_or_default();
        let fork = |fork: Fork| fork.input;
        let ending = |ending: OtherEnding| OtherEndingValue {
            told: ending.headline(),
            takes: ending.takes(),
            fork: ending.fork.input,
        };
        let trail = debrief.entries().map(CrossingValue::of).collect();
        let turned = |it: TurningPoint| TurnedValue {
            happened: it.happened,
            otherwise: it.alternatives.into_iter().map(|alternative| alternative.told).collect(),
            fork: it.fork.map(fork),
        };
        let turns = &debrief.turns;
        Self {
            held: debrief.held,
            headings: HeadingsValue::of(story, turns),
            stood: debrief.stood,
            turned_how: turns.how(),
            turned: debrief.turns.turned.into_iter().map(turned).collect(),
            endings: debrief.turns.endings.into_iter().map(ending).collect(),
            trail,
            sheets: debrief.sheets.into_iter().map(SheetEndValue::of).collect(),
            note,
            clock: debrief
                .clock
                .into_iter()
                .map(|tick| TickValue { time: tick.time, reported: tick.reported, prose: prose(story, &tick.text) })
                .collect(),
            hypotheses: debrief
                .hypotheses
                .into_iter()
                .map(|it| HypothesisValue {
                    prose: prose(story, &it.text),
                    speaks_for: it.speaks_for,
                    against: it.against,
                })
                .collect(),
            invented: debrief.invented,
            questions: debrief.questions,
        }
    }
}

impl HeadingsValue {
    fn of(story: &Story, turns: &TurningPoints) -> Self {
        let is_told = turns.endings.is_empty() && turns.has_other_ending();
        Self {
            turned: strings::TURNED,
            endings: if is_told { "" } else { strings::OTHERWISE },
            no_endings: turns.no_other_ending(),
            trail: strings::MEANT_AND_HEARD,
            known: known_heading(story),
            clock: strings::TWO_NIGHTS,
            hypotheses: strings::RIVALS,
            stood: strings::STOOD,
            questions: strings::WORTH_ARGUING,
        }
    }
}

impl CrossingValue {
    /// Every message's way in a session, in order.
    #[must_use]
    pub fn all(session: &Session<'_>) -> Vec<Self> {
        crossings(session).iter().map(|crossing| Self::of(TrailEntry::Message(crossing))).collect()
    }

    fn of(entry: TrailEntry<'_>) -> Self {
        let crossing = match entry {
            TrailEntry::Message(crossing) => crossing,
            TrailEntry::Note(note) => return Self { told: note.line(), ..Self::default() },
        };
        Self {
            meant: crossing.meant_marked(),
            heard: crossing.heard_marked(),
            unchanged: crossing.is_unchanged(),
            told: crossing.sentences(),
            sent: crossing.sent.clone(),
        }
    }
}

impl SheetEndValue {
    fn of(SheetEnd { name, lines, hands }: SheetEnd) -> Self {
        Self { name, lines, hands }
    }
}
