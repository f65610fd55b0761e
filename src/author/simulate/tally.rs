use std::collections::HashSet;

use crate::engine::Pick;
use crate::story::{Ending, EndingId, Form, SceneId, SceneKind, SeatId, Story};
use crate::text::{self, counted};

use super::run::SimulatedRun;
use super::{EndingCount, Example, Simulation, Spread, Values};

/// What has been counted so far.
pub(super) struct Tally<'s> {
    story: &'s Story,
    seat: Option<SeatId>,
    runs: u64,
    entered: Vec<bool>,
    taken: HashSet<(SceneId, PickKey)>,
    heard: HashSet<(usize, usize)>,
    counts: Vec<u64>,
    stuck: u64,
    given_up: u64,
    choices: u64,
    options: usize,
    words: Vec<usize>,
    decisions: Vec<usize>,
    overlap: (f64, u64),
    before: Option<HashSet<(u64, u64)>>,
    /// By variable, then value from the least.
    values: Vec<Vec<u64>>,
    /// By ending, then one for sessions that got stuck: the first such session.
    first: Vec<Option<Example>>,
    shortest: Option<(usize, Example)>,
    longest: Option<(usize, Example)>,
}

/// A pick without the facets of a pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum PickKey {
    Choice(usize),
    Message(usize),
    Treatment(usize),
    Handling(usize),
}

impl<'s> Tally<'s> {
    pub fn new(story: &'s Story, seat: Option<SeatId>) -> Self {
        let values = story.vars.iter().map(|var| {
            let (min, max) = var.domain.bounds();
            vec![0; usize::try_from(i32::from(max) - i32::from(min) + 1).unwrap_or(0)]
        });
        Self {
            story,
            seat,
            runs: 0,
            entered: vec![false; story.scenes.len()],
            taken: HashSet::new(),
            heard: HashSet::new(),
            counts: vec![0; story.endings.len()],
            stuck: 0,
            given_up: 0,
            choices: 0,
            options: 0,
            words: Vec::new(),
            decisions: Vec::new(),
            overlap: (0.0, 0),
            before: None,
            values: values.collect(),
            first: vec![None; story.endings.len() + 1],
            shortest: None,
            longest: None,
        }
    }

    pub fn add(&mut self, run: SimulatedRun<'_>) {
        let session = &run.session;
        let ending = session.ending();
        self.runs += 1;
        match ending {
            Some(ending) => self.counts[ending.index()] += 1,
            None => self.stuck += 1,
        }
        self.given_up += u64::from(run.given_up);
        self.seen(&run);
        self.examples(&run, ending);
        for (at, (var, value)) in self.story.vars.iter().zip(&session.state().values).enumerate() {
            let slot = i32::from(*value) - i32::from(var.domain.bounds().0);
            if let Some(count) = usize::try_from(slot).ok().and_then(|slot| self.values[at].get_mut(slot)) {
                *count += 1;
            }
        }
        self.words.push(run.words);
        self.decisions.push(run.walk.len());
        self.options += run.options;
        self.choices += session.steps().count() as u64;
        if let Some(before) = &self.before {
            let shared = before.intersection(&run.passages).count();
            let all = before.len() + run.passages.len();
            if all > 0 {
                self.overlap = (self.overlap.0 + 2.0 * shared as f64 / all as f64, self.overlap.1 + 1);
            }
        }
        self.before = Some(run.passages);
    }

    fn seen(&mut self, run: &SimulatedRun<'_>) {
        let state = run.session.state();
        for (at, entered) in self.entered.iter_mut().enumerate() {
            *entered |= state.visits(SceneId::new(at)) > 0;
        }
        for step in run.session.steps() {
            let kept = match step.pick {
                Pick::Choice(at) => PickKey::Choice(usize::from(at)),
                Pick::Send { message, .. } => PickKey::Message(message.index()),
                Pick::Treat(id) => PickKey::Treatment(id.index()),
                Pick::Handle(id) => PickKey::Handling(id.index()),
                Pick::Line(_) | Pick::Done | Pick::Standing => continue,
            };
            self.taken.insert((step.scene, kept));
        }
        for passing in &run.session.trail().passings {
            if passing.heard.is_some() {
                self.heard.insert((passing.message.index(), passing.treatment.map_or(0, |id| id.index())));
            }
        }
    }

    fn examples(&mut self, run: &SimulatedRun<'_>, ending: Option<EndingId>) {
        let words = run.words;
        let slot = ending.map_or(self.story.endings.len(), EndingId::index);
        let shorter = self.shortest.as_ref().is_none_or(|(least, _)| words < *least);
        let longer = self.longest.as_ref().is_none_or(|(most, _)| words > *most);
        if self.first[slot].is_some() && !shorter && !longer {
            return;
        }
        let walk: Vec<String> = run.walk.iter().map(usize::to_string).collect();
        let example = |what: String| Example {
            what,
            seed: run.seed,
            role: self.seat.map(|seat| self.story.seats[seat.index()].id.clone()),
            walk: walk.join("."),
        };
        if shorter {
            self.shortest = Some((words, example(format!("the shortest: {}", counted(words, "word")))));
        }
        if longer {
            self.longest = Some((words, example(format!("the longest: {}", counted(words, "word")))));
        }
        if self.first[slot].is_none() {
            let title = self.story.endings.get(slot).map(|ending| format!("“{}”", ending.title));
            self.first[slot] = Some(example(title.unwrap_or_else(|| "no way on".to_owned())));
        }
    }

    pub fn finish(self) -> Simulation {
        let story = self.story;
        let total: usize = self.decisions.iter().sum();
        let each = |number: usize| if total == 0 { 0.0 } else { number as f64 / total as f64 };
        let runs = self.runs;
        let mut endings: Vec<EndingCount> =
            story.endings.iter().zip(&self.counts).map(|(ending, count)| ending_count(ending, *count, runs)).collect();
        endings.sort_by_key(|ending| std::cmp::Reverse(ending.count));
        let stopped = story.only_when_stopped();
        let never = story
            .scenes
            .iter()
            .zip(&self.entered)
            .zip(stopped)
            .filter(|((_, entered), stopped)| !**entered && !stopped);
        let never_seen = never.map(|((scene, _), _)| scene.id.to_string()).collect();
        let variables = story.vars.iter().zip(&self.values).filter(|(var, _)| var.declared).map(|(var, counts)| {
            let min = var.domain.bounds().0;
            let value = |(at, count): (usize, &u64)| {
                let value = min.saturating_add(i16::try_from(at).unwrap_or(i16::MAX));
                (var.domain.word(value), *count as f64 / runs.max(1) as f64)
            };
            Values { id: var.id.clone(), values: counts.iter().enumerate().map(value).collect() }
        });
        let variables = variables.collect();
        let (never_taken, never_heard) = (self.never_taken(), self.never_heard());
        let examples = self.first.into_iter().rev().flatten();
        let nights = examples.chain([self.shortest, self.longest].into_iter().flatten().map(|(_, example)| example));
        Simulation {
            runs,
            odds: "sampled",
            endings,
            stuck: self.stuck,
            given_up: self.given_up,
            choices: self.choices,
            words_per_decision: each(self.words.iter().sum()),
            options_per_decision: each(self.options),
            words: spread(self.words),
            decisions: spread(self.decisions),
            pair_overlap: if self.overlap.1 == 0 { 0.0 } else { self.overlap.0 / self.overlap.1 as f64 },
            reach: None,
            never_seen,
            never_taken,
            never_heard,
            variables,
            nights: nights.collect(),
        }
    }

    fn never_taken(&self) -> Vec<String> {
        let story = self.story;
        let mut out = Vec::new();
        for (at, scene) in story.scenes.iter().enumerate().filter(|(at, _)| self.entered[*at]) {
            let SceneKind::Decide(decision) = &scene.kind else { continue };
            let mut all: Vec<(PickKey, String)> = Vec::new();
            match decision.form.as_deref() {
                Some(Form::Pass { messages, .. }) => all.extend(
                    messages.iter().map(|id| (PickKey::Message(id.index()), story.messages[id.index()].id.clone())),
                ),
                Some(Form::Relay { treatments, .. }) => all.extend(
                    treatments
                        .iter()
                        .map(|id| (PickKey::Treatment(id.index()), story.treatments[id.index()].id.clone())),
                ),
                Some(Form::Receive { handlings, .. }) => all.extend(
                    handlings.iter().map(|id| (PickKey::Handling(id.index()), story.handlings[id.index()].id.clone())),
                ),
                None | Some(Form::Mark { .. }) => {}
            }
            for (number, choice) in story.choices(decision).iter().enumerate() {
                all.push((PickKey::Choice(number), story.words(choice.say).outline()));
            }
            let never = all.into_iter().filter(|(kept, _)| !self.taken.contains(&(SceneId::new(at), *kept)));
            out.extend(never.map(|(_, words)| format!("{}: {}", scene.id, text::plain(&words))));
        }
        out
    }

    fn never_heard(&self) -> Vec<String> {
        let mut out = Vec::new();
        for (number, message) in self.story.messages.iter().enumerate() {
            for (treatment, reading) in message.heard.iter().enumerate() {
                if reading.is_some() && !self.heard.contains(&(number, treatment)) {
                    let name = self.story.treatments.get(treatment).map_or("plain", |treatment| treatment.id.as_str());
                    out.push(format!("{}: {name}", message.id));
                }
            }
        }
        out
    }
}

fn ending_count(ending: &Ending, count: u64, runs: u64) -> EndingCount {
    let runs = runs.max(1) as f64;
    let share = count as f64 / runs;
    let z = 1.96_f64;
    let middle = share + z * z / (2.0 * runs);
    let wide = z * (share * (1.0 - share) / runs + z * z / (4.0 * runs * runs)).sqrt();
    let scale = 1.0 + z * z / runs;
    EndingCount {
        id: ending.id.clone(),
        title: ending.title.clone(),
        family: ending.family.clone(),
        count,
        share,
        low: ((middle - wide) / scale).max(0.0),
        high: ((middle + wide) / scale).min(1.0),
        exact: None,
    }
}

pub(super) fn spread(mut numbers: Vec<usize>) -> Spread {
    numbers.sort_unstable();
    let at = |at: usize| numbers.get(at).copied().unwrap_or(0);
    Spread { min: at(0), median: at(numbers.len() / 2), max: at(numbers.len().saturating_sub(1)) }
}
