//! Which scenes some night enters more than once.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::story::SceneId;

use super::diagram::Set;
use super::explore::Explored;
use super::graph::Graph;

/// Of these scenes, those that some night enters twice. What happens without leaving a scene (a line that is struck, time
/// that passes) enters none, and can open the way that leads back. `None` where the budget is used up.
pub(super) fn entered_again(explored: &mut Explored<'_, '_>, scenes: BTreeSet<SceneId>) -> Option<HashSet<SceneId>> {
    if scenes.is_empty() {
        return Some(HashSet::new());
    }
    let graph = Graph::new(explored.program, explored.diagrams.meter())?;
    let circle = graph.circles();
    // By circle, the scenes in it.
    let mut members: BTreeMap<usize, BTreeSet<SceneId>> = BTreeMap::new();
    for ((scene, _), circle) in graph.nodes.iter().zip(&circle) {
        members.entry(*circle).or_default().insert(SceneId::new(*scene));
    }
    let mut out = HashSet::new();
    for scene in scenes {
        // No night comes back to a scene but through scenes that lead back to it.
        let nodes = graph.nodes.iter().zip(&circle).filter(|((at, _), _)| *at == scene.index());
        let within: BTreeSet<SceneId> = nodes.flat_map(|(_, circle)| members[circle].iter().copied()).collect();
        if comes_again(explored, scene, &within) {
            out.insert(scene);
        }
        if explored.works(graph.nodes.len()) {
            return None;
        }
    }
    Some(out)
}

fn comes_again(explored: &mut Explored<'_, '_>, scene: SceneId, within: &BTreeSet<SceneId>) -> bool {
    let program = explored.program;
    let mut known: BTreeMap<SceneId, Set> = BTreeMap::new();
    let mut waiting = BTreeMap::from([(scene, explored.reached[scene.index()])]);
    while let Some((at, states)) = waiting.pop_first() {
        let states = explored.stayed(at, states);
        for (number, step) in program.scenes[at.index()].steps.iter().enumerate().filter(|(_, step)| !step.stays) {
            if !within.contains(&step.go) {
                continue;
            }
            let next = explored.after(states, at, number);
            if !next.is_empty() && step.go == scene {
                return true;
            }
            let all = known.entry(step.go).or_insert(Set::NONE);
            let fresh = explored.diagrams.difference(next, *all);
            if !fresh.is_empty() {
                *all = explored.diagrams.union(*all, fresh);
                let more = waiting.entry(step.go).or_insert(Set::NONE);
                *more = explored.diagrams.union(*more, fresh);
            }
        }
    }
    false
}
