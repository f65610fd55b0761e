//! What trying everything finds in a case, the proof says too, and random play comes to the same.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::fmt::Debug;

use hallway::author::{Simulation, simulate};
use hallway::engine::{Observer, Pick, Rules, State, Stop, options};
use hallway::proof::{At, Fault, Status};
use hallway::story::{Code, Form, MannerId, MessageId, SceneKind, Story};

use crate::support::prove_small;

/// Random nights of each seat: enough to meet everything in so small a story.
const RUNS: u64 = 600;

/// What can happen.
#[derive(Debug, Default, PartialEq, Eq)]
struct Happens {
    scenes: BTreeSet<usize>,
    endings: BTreeSet<usize>,
    /// Scenes in which nothing is open.
    stuck: BTreeSet<usize>,
    /// A choice, message, treatment or handling that is taken: its scene, what it is, and its number.
    taken: BTreeSet<(usize, &'static str, usize)>,
    /// Message and treatment.
    heard: BTreeSet<(usize, usize)>,
    /// Some way leads where no end can be reached.
    endless: bool,
}

impl Observer for Happens {
    fn entered(&mut self, state: &State) {
        self.scenes.insert(state.scene.index());
    }

    fn heard(&mut self, _: &State, message: MessageId, treatment: Option<MannerId>) {
        self.heard.insert((message.index(), treatment.map_or(0, MannerId::index)));
    }
}

/// What differs between trying everything, the proof, and random nights.
pub fn compare(story: &Story) -> Vec<String> {
    let mut differences = of_the_proof(story);
    differences.extend(of_random_nights(story, &tried(story, false)));
    differences
}

/// What differs between trying everything and the proof.
pub fn compare_with_the_proof(story: &Story) -> Vec<String> {
    of_the_proof(story)
}

/// One difference, if there is one.
fn differs(what: &str, tried: impl Debug, found: impl Debug) -> Option<String> {
    let (tried, found) = (format!("{tried:?}"), format!("{found:?}"));
    (tried != found).then(|| format!("{what}: trying everything finds {tried}, not {found}"))
}

fn of_the_proof(story: &Story) -> Vec<String> {
    let tried = &tried(story, true);
    let proof = prove_small(story);
    assert_ne!(proof.status, Status::Bounded, "the proof does not come to its end");
    let found = |code: Code| proof.findings.iter().filter(move |finding| finding.code == code);
    let locks = || found(Code::SoftLock).filter(|finding| matches!(finding.fault, Fault::Stuck(_)));
    let never_reached: BTreeSet<usize> = found(Code::NeverReached).filter_map(|finding| scene(finding.at)).collect();
    let stuck: BTreeSet<usize> = locks().filter_map(|finding| scene(finding.at)).collect();
    let cycles = found(Code::SoftLock).any(|finding| matches!(finding.fault, Fault::Endless(_)));
    let choices = |at: usize| match &story.scenes[at].kind {
        SceneKind::Decide(decision) => story.choices(decision).len(),
        _ => 0,
    };
    let all = tried.scenes.iter().flat_map(|at| (0..choices(*at)).map(move |choice| (*at, choice)));
    let closed = all.filter(|(at, choice)| !tried.taken.contains(&(*at, "choice", *choice)));
    let closed: BTreeSet<(usize, usize)> = closed.collect();
    let never_open = found(Code::NeverOpen).filter_map(|finding| match finding.at {
        At::Choice(scene, choice) => Some((scene.index(), usize::from(choice))),
        _ => None,
    });
    let never_open: BTreeSet<(usize, usize)> = never_open.collect();
    let unreached: BTreeSet<usize> = (0..story.scenes.len()).filter(|at| !tried.scenes.contains(at)).collect();
    let differences = [
        differs("scenes that the proof says are never reached", unreached, never_reached),
        differs("scenes in which the proof says that nothing is open", &tried.stuck, stuck),
        differs("whether the proof finds a circle", tried.endless, cycles),
        differs("choices that the proof says are never open", closed, never_open),
    ];
    differences.into_iter().flatten().collect()
}

/// Scenes that are never entered, those left out that are there for a story that is stopped.
fn unreached(story: &Story, tried: &Happens) -> BTreeSet<usize> {
    let stopped = story.only_when_stopped();
    (0..story.scenes.len()).filter(|at| !stopped[*at] && !tried.scenes.contains(at)).collect()
}

/// What differs from the nights of each seat that decides at random, and from those that the story plays alone.
fn of_random_nights(story: &Story, tried: &Happens) -> Vec<String> {
    let seats = story.seat_ids().map(Some).chain([None]);
    let nights: Vec<_> = seats.map(|seat| simulate(story, RUNS, 1, seat, &mut |_| true)).collect();
    let ended = nights.iter().flat_map(|nights| &nights.endings).filter(|ending| ending.count > 0);
    let ended: BTreeSet<&str> = ended.map(|ending| ending.id.as_str()).collect();
    let stuck: BTreeSet<bool> = nights.iter().map(|nights| nights.stuck > 0).collect();
    // What no nights of any kind have.
    let never = |of: fn(&Simulation) -> &Vec<String>| -> BTreeSet<&str> {
        let first = of(&nights[0]).iter().map(String::as_str);
        first.filter(|one| nights.iter().all(|nights| of(nights).iter().any(|other| other == one))).collect()
    };
    let endings: BTreeSet<&str> = tried.endings.iter().map(|at| story.endings[*at].id.as_str()).collect();
    let scenes = unreached(story, tried);
    let scenes: BTreeSet<&str> = scenes.iter().map(|at| &*story.scenes[*at].id).collect();
    let readings = story.messages.iter().enumerate().flat_map(|(at, message)| {
        let readings = message.heard.iter().enumerate().filter(|(_, reading)| reading.is_some());
        readings.map(move |(treatment, _)| (at, treatment))
    });
    let unheard = readings.filter(|heard| !tried.heard.contains(heard)).count();
    let differences = [
        differs("whether nights get stuck", BTreeSet::from([!tried.stuck.is_empty() || tried.endless]), stuck),
        differs("endings that random nights come to", endings, ended),
        differs("scenes that random nights never enter", scenes, never(|nights| &nights.never_seen)),
        differs("what no random night takes", never_taken(story, tried), never(|nights| &nights.never_taken).len()),
        differs("readings that no random night hears", unheard, never(|nights| &nights.never_heard).len()),
    ];
    differences.into_iter().flatten().collect()
}

fn scene(at: At) -> Option<usize> {
    match at {
        At::Scene(scene) => Some(scene.index()),
        _ => None,
    }
}

/// How many of the things on offer in scenes that are entered are never taken.
fn never_taken(story: &Story, tried: &Happens) -> usize {
    let mut count = 0;
    for &at in &tried.scenes {
        let SceneKind::Decide(decision) = &story.scenes[at].kind else { continue };
        let mut all: Vec<(&str, usize)> = match decision.form.as_deref() {
            Some(Form::Pass { messages, .. }) => messages.iter().map(|id| ("message", id.index())).collect(),
            Some(Form::Relay { treatments, .. }) => treatments.iter().map(|id| ("treatment", id.index())).collect(),
            Some(Form::Receive { handlings, .. }) => handlings.iter().map(|id| ("handling", id.index())).collect(),
            None | Some(Form::Mark { .. }) => Vec::new(),
        };
        all.extend((0..story.choices(decision).len()).map(|choice| ("choice", choice)));
        count += all.iter().filter(|(what, number)| !tried.taken.contains(&(at, *what, *number))).count();
    }
    count
}

/// Takes everything that can be taken, from every state that can come of it. `waits` lets time pass and nights be
/// stopped, too, which no random night does; neither is a way out.
fn tried(story: &Story, waits: bool) -> Happens {
    let rules = Rules { story };
    let mut happens = Happens::default();
    let mut state = State::new(story);
    let stop = rules.begin(&mut state, &mut happens);
    let mut known: HashMap<State, usize> = HashMap::new();
    let mut before: Vec<Vec<usize>> = vec![Vec::new()];
    let mut halts: Vec<bool> = vec![matches!(stop, Stop::End(_) | Stop::Stuck)];
    let mut waiting = VecDeque::from([(state.clone(), stop, 0)]);
    state.clear_visits();
    known.insert(state, 0);
    while let Some((state, stop, number)) = waiting.pop_front() {
        let mut nexts = Vec::new();
        let mut others = Vec::new();
        match stop {
            Stop::Stuck => drop(happens.stuck.insert(state.scene.index())),
            Stop::End(ending) => drop(happens.endings.insert(ending.index())),
            Stop::Lot => {
                let open = rules.odds(&state).into_iter().enumerate().filter(|(_, odds)| *odds > 0);
                for (way, _) in open {
                    let mut next = state.clone();
                    let stop = rules.roll(&mut next, way, &mut happens);
                    nexts.push((next, stop));
                }
            }
            Stop::Decision(_) => {
                for pick in options(story, &state).picks() {
                    happens.taken.extend(kept(pick).map(|(what, number)| (state.scene.index(), what, number)));
                    let mut next = state.clone();
                    let stop = rules.decide(&mut next, pick, &mut happens).expect("open");
                    nexts.push((next, stop));
                }
                if let Some(clock) = story.clock.as_ref().filter(|_| waits) {
                    let mut next = state.clone();
                    next.add(story, clock.var, clock.tick);
                    let stop = rules.go_on(&mut next, &mut happens);
                    others.push((next, stop));
                }
                if let Some(freeze) = story.freeze.filter(|_| waits) {
                    let mut next = state.clone();
                    let stop = rules.arrive(&mut next, freeze, &mut happens);
                    others.push((next, stop));
                }
            }
        }
        let decided = nexts.len();
        for (at, (next, stop)) in nexts.into_iter().chain(others).enumerate() {
            let mut key = next.clone();
            key.clear_visits();
            let fresh = known.len();
            let to = *known.entry(key).or_insert(fresh);
            if to == fresh {
                before.push(Vec::new());
                halts.push(matches!(stop, Stop::End(_) | Stop::Stuck));
                waiting.push_back((next, stop, to));
            }
            if at < decided {
                before[to].push(number);
            }
        }
        assert!(known.len() < 100_000, "a case is a small story");
    }
    let mut saved = halts.clone();
    let mut back: Vec<usize> = (0..halts.len()).filter(|at| halts[*at]).collect();
    while let Some(at) = back.pop() {
        for &from in &before[at] {
            if !std::mem::replace(&mut saved[from], true) {
                back.push(from);
            }
        }
    }
    happens.endless = saved.contains(&false);
    happens
}

fn kept(pick: Pick) -> Option<(&'static str, usize)> {
    match pick {
        Pick::Choice(at) => Some(("choice", usize::from(at))),
        Pick::Send { message, .. } => Some(("message", message.index())),
        Pick::Treat(id) => Some(("treatment", id.index())),
        Pick::Handle(id) => Some(("handling", id.index())),
        Pick::Standing | Pick::Line(_) | Pick::Done => None,
    }
}
