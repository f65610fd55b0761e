//! What a finding rests on: the conditions that make it so.

use std::collections::{BTreeSet, HashMap};

use crate::story::{
    Choice, Condition, MessageId, Piece, SceneId, SceneKind, SeatId, Story, Sum, Template, VarId, Words,
};

use super::super::finding::{Fault, Finding};
use super::super::gloss::gloss;

/// What would have to hold, and what would have not to, for the finding not to be there.
type Requirements<'c> = Vec<(&'c Condition, bool)>;

/// Most combinations of values that are tried.
const MOST_TRIED: usize = 4096;

/// Which words are told of.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum WordsOf {
    /// Those of a scene, or of one of its choices.
    Scene(SceneId, Option<u16>),
    /// What a message, by its reading's index, brings about for a seat.
    Answer(MessageId, usize, SeatId),
}

impl WordsOf {
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

/// By how a branch begins, and whether it is shown always or never: what is wanted of each that begins so.
type BranchWants<'c> = HashMap<(String, bool), Vec<Requirements<'c>>>;

/// What some findings rest on.
pub(super) struct Grounds<'a> {
    story: &'a Story,
    /// By finding; of one it is enough that it is not to be had.
    of: Vec<Vec<Requirements<'a>>>,
    /// By variable, the findings whose conditions read it, in order.
    reading: HashMap<VarId, Vec<usize>>,
}

impl<'a> Grounds<'a> {
    pub fn new(story: &'a Story, findings: &'a [Finding]) -> Self {
        let mut branches: HashMap<WordsOf, BranchWants<'a>> = HashMap::new();
        let mut out = Self { story, of: Vec::new(), reading: HashMap::new() };
        for (nth, finding) in findings.iter().enumerate() {
            let grounds = match WordsOf::of(&finding.fault) {
                Some((told, words, always)) => {
                    let branches = branches.entry(told).or_insert_with(|| branches_of(story, told));
                    branches.get(&(words.to_owned(), always)).cloned().unwrap_or_default()
                }
                None => wanted_of(story, &finding.fault).into_iter().collect(),
            };
            for (when, _) in grounds.iter().flatten() {
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

    /// True if the finding follows from these fixed values alone: with them, what it misses is impossible; without
    /// them, it is possible.
    pub fn rests_on(&self, finding: usize, values: &[Option<i16>]) -> bool {
        self.of[finding]
            .iter()
            .any(|wanted| self.possible(wanted, values, &[]) == Some(false) && self.is_possible(wanted))
    }

    /// True if the finding follows from these variables never having these values.
    pub fn rests_on_unheard(&self, finding: usize, never: &[(VarId, i16)]) -> bool {
        !never.is_empty()
            && self.of[finding]
                .iter()
                .any(|wanted| self.possible(wanted, &[], never) == Some(false) && self.is_possible(wanted))
    }

    /// True if the requirements can be met when every variable may have any of its values.
    fn is_possible(&self, wanted: &Requirements<'_>) -> bool {
        self.possible(wanted, &[], &[]) != Some(false)
    }

    /// Whether what is wanted can be had where these variables have these values, and the others any but those that
    /// they never have; `None` if that is not known.
    fn possible(&self, wanted: &Requirements<'_>, values: &[Option<i16>], never: &[(VarId, i16)]) -> Option<bool> {
        let vars = &self.story.vars;
        let fixed = |var: VarId| values.get(var.index()).copied().flatten();
        let mut free = BTreeSet::new();
        for (when, _) in wanted {
            when.reads(&mut |var| {
                if fixed(var).is_none() {
                    free.insert(var);
                }
            });
        }
        let ranges: Vec<(VarId, i16, i16)> = free
            .into_iter()
            .map(|var| {
                let (least, most) = vars[var.index()].domain.bounds();
                (var, least, most)
            })
            .collect();
        let count = ranges.iter().try_fold(1_usize, |count, (_, least, most)| {
            count.checked_mul(usize::try_from(most - least).ok()? + 1).filter(|count| *count <= MOST_TRIED)
        });
        if count.is_none() {
            let never = wanted.iter().any(|(when, comes_to)| decided(when, values) == Some(!comes_to));
            return never.then_some(false);
        }
        let mut tried: Vec<i16> = vars.iter().map(|var| var.start).collect();
        values.iter().enumerate().for_each(|(at, value)| tried[at] = value.unwrap_or(tried[at]));
        ranges.iter().for_each(|(var, least, _)| tried[var.index()] = *least);
        loop {
            let comes = never.iter().all(|(var, value)| tried[var.index()] != *value);
            if comes && wanted.iter().all(|(when, comes_to)| when.holds(&tried) == *comes_to) {
                return Some(true);
            }
            // The next values, as a clock counts.
            let next = ranges.iter().find(|(var, least, most)| {
                let value = &mut tried[var.index()];
                let turns = *value == *most;
                *value = if turns { *least } else { *value + 1 };
                !turns
            });
            if next.is_none() {
                return Some(false);
            }
        }
    }

    /// The findings of which a condition reads a variable.
    pub fn reading(&self, var: VarId) -> &[usize] {
        self.reading.get(&var).map_or(&[], Vec::as_slice)
    }
}

/// What is wanted for something to be open, or for it not to be always.
fn wanted_of<'a>(story: &'a Story, fault: &Fault) -> Option<Requirements<'a>> {
    let choice = |id: SceneId, at: u16| choice(story, id, at).map(|choice| &choice.when);
    let when = match fault {
        Fault::ChoiceNeverOpen(id, at) => choice(*id, *at)?,
        Fault::ChoiceAlwaysOpen(id, at) => return Some(vec![(choice(*id, *at)?, false)]),
        Fault::WayNeverTaken(id, at) => match &story.scene(*id).kind {
            SceneKind::Route { ways, by_lot } => {
                // None of those before it may be open; a lot takes any.
                let before = ways[..*at].iter().filter(|_| !by_lot).map(|way| (&way.when, false));
                return Some(before.chain([(&ways.get(*at)?.when, true)]).collect());
            }
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
    Some(vec![(when, true)])
}

fn choice(story: &Story, id: SceneId, at: u16) -> Option<&Choice> {
    match &story.scene(id).kind {
        SceneKind::Decide(decision) => story.choices(decision).get(usize::from(at)),
        _ => None,
    }
}

fn branches_of(story: &Story, told: WordsOf) -> BranchWants<'_> {
    let texts: Vec<Template> = match told {
        WordsOf::Scene(id, None) => story.told(id).collect(),
        WordsOf::Answer(message, reading, seat) => {
            let reading = story.messages[message.index()].heard.get(reading).and_then(Option::as_ref);
            reading.and_then(|reading| reading.answer(seat)).into_iter().collect()
        }
        WordsOf::Scene(id, Some(at)) => {
            let words = choice(story, id, at).map(|choice| [Some(choice.say), choice.reply(), choice.locked()]);
            words.into_iter().flatten().flatten().collect()
        }
    };
    let (mut way, mut out) = (Vec::new(), HashMap::new());
    texts.into_iter().for_each(|text| branches(story.words(text), &mut way, &mut out));
    out
}

/// Adds the branches of some words; `way` is what is wanted to come to them.
fn branches<'a>(words: Words<'a>, way: &mut Requirements<'a>, out: &mut BranchWants<'a>) {
    for piece in words {
        match piece {
            Piece::If { when, then, otherwise } => {
                out.entry((gloss(then), true)).or_default().push(vec![(when, false)]);
                for (words, holds) in [(then, true), (otherwise, false)] {
                    way.push((when, holds));
                    out.entry((gloss(words), false)).or_default().push(way.clone());
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

/// What a condition comes to where only these variables are known; `None` if that hangs on others too.
fn decided(when: &Condition, values: &[Option<i16>]) -> Option<bool> {
    let value = |var: VarId| values.get(var.index()).copied().flatten();
    let sum = |sum: &Sum| {
        let term = |(factor, var): &(i32, VarId)| Some(factor * i32::from(value(*var)?));
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
        Condition::Is(var, wanted) => value(*var).map(|known| known == *wanted),
        Condition::Against(var, comparison, number) => {
            value(*var).map(|known| comparison.holds(i32::from(known), i32::from(*number)))
        }
        Condition::Compare(it) => Some(it.comparison.holds(sum(&it.left)?, sum(&it.right)?)),
    }
}
