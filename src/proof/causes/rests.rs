//! What a finding rests on: the conditions that make it so.

use std::collections::HashMap;

use crate::story::{Choice, Condition, Kind, MessageId, Piece, SceneId, SeatId, Story, Sum, Template, VarId, Words};

use super::super::finding::{Fault, Finding};
use super::super::words::gloss;

/// A condition, and what it must always come to for the finding to be there.
type Ground<'c> = (&'c Condition, bool);

/// Which words are told of.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Told {
    /// Those of a scene, or of one of its choices.
    Scene(SceneId, Option<u16>),
    /// What a message, by its reading's index, brings about for a seat.
    Answer(MessageId, usize, SeatId),
}

impl Told {
    /// The words, how they begin, and whether they are told to be shown always.
    fn of(fault: &Fault) -> Option<(Self, &str, bool)> {
        Some(match fault {
            Fault::NeverShown(id, at, words) => (Self::Scene(*id, *at), words, false),
            Fault::AlwaysShown(id, at, words) => (Self::Scene(*id, *at), words, true),
            Fault::AnswerNeverShown(id, reading, seat, words) => (Self::Answer(*id, *reading, *seat), words, false),
            Fault::AnswerAlwaysShown(id, reading, seat, words) => (Self::Answer(*id, *reading, *seat), words, true),
            _ => return None,
        })
    }
}

/// By how a branch begins, and whether it is shown always or never: the conditions of which one is enough.
type Branches<'c> = HashMap<(String, bool), Vec<Ground<'c>>>;

/// What some findings rest on.
pub(super) struct Grounds<'a> {
    /// By finding, the conditions of which one is enough.
    of: Vec<Vec<Ground<'a>>>,
    /// By variable, the findings whose conditions read it, in order.
    reading: HashMap<VarId, Vec<usize>>,
}

impl<'a> Grounds<'a> {
    pub fn new(story: &'a Story, findings: &'a [Finding]) -> Self {
        let mut branches: HashMap<Told, Branches<'a>> = HashMap::new();
        let mut out = Self { of: Vec::new(), reading: HashMap::new() };
        for (nth, finding) in findings.iter().enumerate() {
            let grounds = match Told::of(&finding.fault) {
                Some((told, words, always)) => {
                    let branches = branches.entry(told).or_insert_with(|| branches_of(story, told));
                    branches.get(&(words.to_owned(), always)).cloned().unwrap_or_default()
                }
                None => condition_of(story, &finding.fault).into_iter().collect(),
            };
            for (when, _) in &grounds {
                when.reads(&mut |var| {
                    let reading = out.reading.entry(var).or_default();
                    if reading.last() != Some(&nth) {
                        reading.push(nth);
                    }
                });
            }
            out.of.push(grounds);
        }
        out
    }

    /// Whether what was found comes of these variables alone, which have these values in every night.
    pub fn rests_on(&self, finding: usize, values: &[Option<i16>]) -> bool {
        self.of[finding].iter().any(|(when, comes_to)| decided(when, values) == Some(*comes_to))
    }

    /// The findings of which a condition reads a variable.
    pub fn reading(&self, var: VarId) -> &[usize] {
        self.reading.get(&var).map_or(&[], Vec::as_slice)
    }
}

/// The condition by which something is never open, or always.
fn condition_of<'a>(story: &'a Story, fault: &Fault) -> Option<Ground<'a>> {
    let choice = |id: SceneId, at: u16| choice(story, id, at).map(|choice| &choice.when);
    let when = match fault {
        Fault::ChoiceNeverOpen(id, at) => choice(*id, *at)?,
        Fault::ChoiceAlwaysOpen(id, at) => return Some((choice(*id, *at)?, true)),
        Fault::WayNeverTaken(id, at) => match &story.scene(*id).kind {
            Kind::Route { ways, .. } => &ways.get(*at)?.when,
            _ => return None,
        },
        Fault::StandingNeverOpen(_, seat) => &story.seats[seat.index()].standing.as_ref()?.when,
        Fault::NeverSent(_, message) => &story.messages[message.index()].when,
        Fault::CarrierNeverOpen(_, manner) => &story.carriers[manner.index()].when,
        Fault::LicenceNeverOpen(_, manner) => &story.licences[manner.index()].when,
        Fault::TreatmentNeverOpen(_, manner) => &story.treatments[manner.index()].when,
        Fault::HandlingNeverOpen(_, manner) => &story.handlings[manner.index()].when,
        _ => return None,
    };
    Some((when, false))
}

fn choice(story: &Story, id: SceneId, at: u16) -> Option<&Choice> {
    match &story.scene(id).kind {
        Kind::Decide(decision) => story.choices(decision).get(usize::from(at)),
        _ => None,
    }
}

fn branches_of(story: &Story, told: Told) -> Branches<'_> {
    let texts: Vec<Template> = match told {
        Told::Scene(id, None) => story.texts(id).iter().flatten().copied().collect(),
        Told::Answer(message, reading, seat) => {
            let reading = story.messages[message.index()].heard.get(reading).and_then(Option::as_ref);
            reading.and_then(|reading| reading.answer(seat)).into_iter().collect()
        }
        Told::Scene(id, Some(at)) => {
            let words = choice(story, id, at).map(|choice| [Some(choice.say), choice.reply(), choice.locked()]);
            words.into_iter().flatten().flatten().collect()
        }
    };
    let (mut way, mut out) = (Vec::new(), HashMap::new());
    texts.into_iter().for_each(|text| branches(story.words(text), &mut way, &mut out));
    out
}

/// Adds the branches of some words; `way` are the conditions on the way to them.
fn branches<'a>(words: Words<'a>, way: &mut Vec<Ground<'a>>, out: &mut Branches<'a>) {
    for piece in words {
        match piece {
            Piece::If { when, then, otherwise } => {
                out.entry((gloss(then), true)).or_default().push((when, true));
                for (words, comes_to) in [(then, false), (otherwise, true)] {
                    way.push((when, comes_to));
                    out.entry((gloss(words), false)).or_default().extend(way.iter().copied());
                    branches(words, way, out);
                    way.pop();
                }
            }
            Piece::First(both) => both.into_iter().for_each(|words| branches(words, way, out)),
            Piece::OneOf { options } => options.for_each(|words| branches(words, way, out)),
            _ => {}
        }
    }
}

/// What a condition comes to where only these variables are known; `None` where that hangs on others too.
fn decided(when: &Condition, values: &[Option<i16>]) -> Option<bool> {
    let sum = |sum: &Sum| {
        let term = |(factor, var): &(i32, VarId)| Some(factor * i32::from(values[var.index()]?));
        sum.terms.iter().map(term).sum::<Option<i32>>().map(|terms| sum.constant + terms)
    };
    match when {
        Condition::Always => Some(true),
        Condition::Not(inner) => decided(inner, values).map(|holds| !holds),
        Condition::And(both) => match (decided(&both.0, values), decided(&both.1, values)) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            _ => None,
        },
        Condition::Or(both) => match (decided(&both.0, values), decided(&both.1, values)) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (Some(false), Some(false)) => Some(false),
            _ => None,
        },
        Condition::Is(var, value) => values[var.index()].map(|known| known == *value),
        Condition::Against(var, comparison, number) => {
            values[var.index()].map(|known| comparison.holds(i32::from(known), i32::from(*number)))
        }
        Condition::Compare(it) => Some(it.comparison.holds(sum(&it.left)?, sum(&it.right)?)),
    }
}
