use crate::engine::{Session, TrailNote};
use crate::story::{Evidence, FactStatus, Hypothesis, SeatId, Story};
use crate::text::{self, counted};
use crate::view::{strings, time};

use super::crossing::{Crossing, at, crossings, from_to};
use super::held::held;
use super::sheets::{SheetEnd, sheets};
use super::standing::stood;
use super::turns::{TurningPoints, turns};

/// The steps in which a class talks about a session: the title of each, and what is asked.
pub const STEPS: [(&str, &str); 4] = [
    (strings::STEP_ONE, strings::STEP_ONE_ASK),
    (strings::STEP_TWO, strings::STEP_TWO_ASK),
    (strings::STEP_THREE, strings::STEP_THREE_ASK),
    (strings::STEP_FOUR, strings::STEP_FOUR_ASK),
];

/// The session as it can be told once it is over: nothing is secret any more. First what happened in it and what would
/// have changed it; then what is known of the reported events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Debrief {
    pub ending: Option<EndingView>,
    /// Who held the seats that changed hands, in sentences.
    pub held: Vec<String>,
    /// What is counted for each seat, as it stood at the end: a line for each, this seat's first.
    pub stood: Vec<String>,
    /// What one decision would have changed.
    pub turns: TurningPoints,
    /// Every message's way, in order.
    pub trail: Vec<Crossing>,
    /// What the story tells among them.
    pub notes: Vec<Note>,
    /// The sheets that went through somebody's hands, as they ended.
    pub sheets: Vec<SheetEnd>,
    /// This game and the reported events, by the clock; empty where the story has no chronicle.
    pub clock: Vec<Tick>,
    pub hypotheses: Vec<HypothesisView>,
    /// That what this session tells is invented, where its story has a record; else empty.
    pub invented: &'static str,
    pub questions: Vec<String>,
}

/// What a story tells among the messages: of a sentence that was changed where no message was carried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// How many messages stand before it.
    pub after: usize,
    /// The time on the story's clock, where it has one.
    pub time: Option<String>,
    /// Prose with its citations.
    pub text: String,
}

impl Note {
    /// “At 8.40. The younger’s pencil changed a word.”
    #[must_use]
    pub fn line(&self) -> String {
        let time = self.time.as_ref().map(|time| format!("At {time}. ")).unwrap_or_default();
        time + &text::plain(&self.text)
    }
}

/// One of the things that became of words, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrailEntry<'d> {
    Message(&'d Crossing),
    Note(&'d Note),
}

/// What happened at one time: in this game, or as reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tick {
    /// As a clock shows it.
    pub time: String,
    pub reported: bool,
    /// Prose with its citations.
    pub text: String,
}

/// An explanation, with what speaks for and against it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HypothesisView {
    pub text: String,
    pub speaks_for: Vec<String>,
    pub against: Vec<String>,
}

/// The ending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndingView {
    pub id: String,
    pub title: String,
    pub family: String,
    pub because: String,
    pub note: String,
}

impl Debrief {
    /// Whether there is any of [`Debrief::entries`].
    #[must_use]
    pub fn has_trail(&self) -> bool {
        !self.trail.is_empty() || !self.notes.is_empty()
    }

    /// The messages, and the story's notes where they belong among them.
    pub fn entries(&self) -> impl Iterator<Item = TrailEntry<'_>> {
        let notes = move |at: usize| self.notes.iter().filter(move |note| note.after == at).map(TrailEntry::Note);
        let messages = self.trail.iter().enumerate();
        let placed = messages.flat_map(move |(at, crossing)| notes(at).chain([TrailEntry::Message(crossing)]));
        placed.chain(notes(self.trail.len()))
    }

    /// Whether there is anything to say of what is known.
    #[must_use]
    pub fn has_record(&self) -> bool {
        let noted = self.ending.as_ref().is_some_and(|ending| !ending.note.is_empty());
        let lists = [self.clock.len(), self.hypotheses.len(), self.questions.len()];
        noted || !self.invented.is_empty() || lists.iter().any(|length| *length > 0)
    }
}

/// What there is to say of a session, from the seat that `seat` held. It is played once more for each of its decisions,
/// so that whoever shows it from frame to frame keeps it.
#[must_use]
pub fn debrief(session: &Session<'_>, seat: SeatId) -> Debrief {
    let story = session.story();
    let ending = session.ending().map(|id| {
        let ending = &story.endings[id.index()];
        EndingView {
            id: ending.id.clone(),
            title: ending.title.clone(),
            family: ending.family.clone(),
            because: ending.because.clone(),
            note: ending.note.clone(),
        }
    });
    let turns = turns(session, seat);
    let mut trail = crossings(session);
    for (at, told) in &turns.unchanged {
        trail[*at].unchanged.clone_from(told);
    }
    Debrief {
        ending,
        held: held(session),
        stood: stood(session, seat),
        turns,
        trail,
        notes: notes(session),
        sheets: sheets(session),
        clock: clock(session),
        hypotheses: story.hypotheses.iter().map(|hypothesis| view_of(story, hypothesis)).collect(),
        invented: if story.facts.is_empty() { "" } else { strings::NOT_TO_REPEAT },
        questions: story.questions.clone(),
    }
}

fn notes(session: &Session<'_>) -> Vec<Note> {
    let told = session.trail().notes.iter();
    let note = |it: &TrailNote| Note { after: it.after, time: at(session.story(), it.minutes), text: it.text.clone() };
    told.map(note).collect()
}

/// What was sent and how the session ended, between the moments of the chronicle.
fn clock(session: &Session<'_>) -> Vec<Tick> {
    let story = session.story();
    let (Some(clock), false) = (&story.clock, story.chronicle.is_empty()) else { return Vec::new() };
    let minute = |since: i16| i32::from(clock.starts) + i32::from(since);
    let mut ticks: Vec<(i32, bool, String)> =
        story.chronicle.iter().map(|moment| (i32::from(moment.time), true, moment.text.clone())).collect();
    for passing in &session.trail().passings {
        let text = format!("{}: {}.", from_to(story, passing), text::plain(&passing.meant));
        ticks.push((minute(passing.sent_at.unwrap_or(0)), false, text));
    }
    if let Some(ending) = session.ending() {
        let text = format!("{}.", story.endings[ending.index()].title);
        ticks.push((minute(session.state().value(clock.var)), false, text));
    }
    ticks.sort_by_key(|(minute, ..)| *minute);
    ticks.into_iter().map(|(minute, reported, text)| Tick { time: time(story, minute), reported, text }).collect()
}

fn view_of(story: &Story, hypothesis: &Hypothesis) -> HypothesisView {
    let facts = |list: &[Evidence]| -> Vec<String> { list.iter().map(|it| evidence(story, *it)).collect() };
    HypothesisView {
        text: hypothesis.text.clone(),
        speaks_for: facts(&hypothesis.speaks_for),
        against: facts(&hypothesis.against),
    }
}

/// A fact in a sentence; of a disputed one the account that is meant and who gives it, or all of them.
fn evidence(story: &Story, evidence: Evidence) -> String {
    let fact = &story.facts[evidence.fact];
    let FactStatus::Disputed(versions) = &fact.status else { return fact.text.clone() };
    let topic = fact.text.trim_end_matches('.');
    match evidence.version.and_then(|version| versions.get(version)) {
        Some((text, sources)) => {
            let source = |at: &usize| story.sources.get(*at).map_or("", |(_, text)| text.as_str());
            let who: Vec<&str> = sources.iter().map(source).collect();
            format!("{topic}, by one account of {}: {text} ({}).", versions.len(), who.join("; "))
        }
        None => {
            let all: Vec<&str> = versions.iter().map(|(text, _)| text.as_str()).collect();
            format!("{topic}: there are {}. {}.", counted(versions.len(), "account"), all.join("; "))
        }
    }
}
