//! Which scenes some session enters more than once.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::story::SceneId;

use super::diagram::Set;
use super::explore::Explored;
use super::graph::Graph;

/// Of these scenes, those that some session enters twice. What happens without leaving a scene (a line that is struck,
/// time that passes) enters none, and can open the way that leads back. `None` if the budget is used up.
pub(super) fn entered_again(explored: &mut Explored<'_, '_>, scenes: BTreeSet<SceneId>) -> Option<HashSet<SceneId>> {
    if scenes.is_empty() {
        return Some(HashSet::new());
    }
    let graph = Graph::new(explored.program, explored.diagrams.meter())?;
    let mut back: Vec<Vec<usize>> = vec![Vec::new(); graph.nodes.len()];
    for (at, edges) in graph.edges.iter().enumerate() {
        edges.iter().for_each(|(_, go)| back[*go].push(at));
    }
    let on: Vec<Vec<usize>> = graph.edges.iter().map(|edges| edges.iter().map(|(_, go)| *go).collect()).collect();
    let mut out = HashSet::new();
    for scene in scenes {
        // No session comes back to a scene but through scenes that it leads to and that lead to it. That is asked of
        // the scene and not of one node: a scene entered again can stand in another, with another place remembered.
        let own: Vec<usize> = (0..graph.nodes.len()).filter(|at| graph.nodes[*at].0 == scene.index()).collect();
        let (after, before) = (led_to(&on, own.clone()), led_to(&back, own));
        let both = (0..graph.nodes.len()).filter(|at| after[*at] && before[*at]);
        let within: BTreeSet<SceneId> = both.map(|at| SceneId::new(graph.nodes[at].0)).collect();
        if comes_again(explored, scene, &within) {
            out.insert(scene);
        }
        if explored.works(graph.nodes.len()) {
            return None;
        }
    }
    Some(out)
}

/// By node, whether these lead to it; they themselves count.
fn led_to(edges: &[Vec<usize>], mut waiting: Vec<usize>) -> Vec<bool> {
    let mut seen = vec![false; edges.len()];
    while let Some(at) = waiting.pop() {
        if !std::mem::replace(&mut seen[at], true) {
            waiting.extend(&edges[at]);
        }
    }
    seen
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
