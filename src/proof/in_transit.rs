//! Which messages can be under way where, as far as that can be told without exploring.
//!
//! A relay has a step for every message that has a reading for its treatments. Those of messages that never come there
//! would keep alive, to the end of the session, whatever those readings depend on.

use std::collections::VecDeque;

use crate::story::{Change, Condition, Effect, VarId};

use super::graph::{Graph, surely};
use super::meter::Meter;
use super::program::Program;

/// Most pairs of a node and a message that are looked at; a larger story keeps all its steps.
const MOST_PAIRS: usize = 20_000_000;

/// By scene and step: whether it is never open, because the message that it is for is never under way there. `None`
/// where the budget is used up.
pub(super) fn never_there(program: &Program<'_>, graph: &Graph, meter: &Meter<'_>) -> Option<Vec<Vec<bool>>> {
    let mut out: Vec<Vec<bool>> = program.scenes.iter().map(|scene| vec![false; scene.steps.len()]).collect();
    let Some(in_transit) = program.story.in_transit else { return Some(out) };
    let messages = program.story.messages.len() + 1;
    if messages * graph.nodes.len() > MOST_PAIRS {
        return Some(out);
    }
    let mut there = vec![Possible::none(messages); graph.nodes.len()];
    let mut first = Possible::none(messages);
    first.insert(usize::try_from(program.start()[in_transit.message.index()]).unwrap_or(0));
    let start = graph.nodes.first().map_or(0, |(scene, _)| *scene);
    there[0] = first.after(&program.scenes[start].arrive, in_transit.message);
    let mut waiting = VecDeque::from([0]);
    while let Some(at) = waiting.pop_front() {
        for (number, next) in &graph.edges[at] {
            let step = &program.scenes[graph.nodes[at].0].steps[*number];
            if meter.works(1 + messages / 8) {
                return None;
            }
            if there[at].decides(&step.guard, in_transit.message) == Some(false) {
                continue;
            }
            let mut after = there[at].after(&step.effects, in_transit.message);
            if !step.stays {
                after = after.after(&program.scenes[step.go.index()].arrive, in_transit.message);
            }
            if there[*next].add(&after) {
                waiting.push_back(*next);
            }
        }
    }
    let mut of_scene = vec![Possible::none(messages); program.scenes.len()];
    for ((scene, _), there) in graph.nodes.iter().zip(&there) {
        of_scene[*scene].add(there);
    }
    for (at, scene) in program.scenes.iter().enumerate() {
        for (number, step) in scene.steps.iter().enumerate() {
            out[at][number] = of_scene[at].decides(&step.guard, in_transit.message) == Some(false);
        }
    }
    Some(out)
}

/// The values that `message` can have; 0 is none.
#[derive(Clone)]
struct Possible(Vec<bool>);

impl Possible {
    fn none(count: usize) -> Self {
        Self(vec![false; count])
    }

    fn insert(&mut self, value: usize) {
        if let Some(possible) = self.0.get_mut(value) {
            *possible = true;
        }
    }

    /// True if that is more than before.
    fn add(&mut self, other: &Self) -> bool {
        let mut grown = false;
        for (own, other) in self.0.iter_mut().zip(&other.0) {
            grown |= *other && !*own;
            *own |= other;
        }
        grown
    }

    fn has(&self, value: i16) -> bool {
        usize::try_from(value).is_ok_and(|value| self.0.get(value).copied().unwrap_or(false))
    }

    fn after(&self, effects: &[Effect], message: VarId) -> Self {
        let mut out = self.clone();
        for effect in effects.iter().filter(|effect| effect.var == message) {
            if let Change::Set(value) = effect.change {
                if *effect.when() == Condition::Always {
                    out = Self::none(out.0.len());
                }
                out.insert(usize::try_from(value).unwrap_or(0));
            }
        }
        out
    }

    /// Whether a condition surely holds or surely fails.
    fn decides(&self, condition: &Condition, message: VarId) -> Option<bool> {
        let only = self.0.iter().filter(|possible| **possible).count() == 1;
        surely(condition, &|var, value| match (var == message, self.has(value)) {
            (true, false) => Some(false),
            (true, true) if only => Some(true),
            _ => None,
        })
    }
}
