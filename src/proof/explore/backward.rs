//! Backwards: from where one can come somewhere.

use std::collections::BTreeMap;

use crate::proof::diagram::Set;
use crate::proof::program::Label;
use crate::story::SceneId;

use super::Explored;

/// Sets by scene, without the empty ones.
pub(in crate::proof) type Layer = BTreeMap<SceneId, Set>;

impl Explored<'_, '_> {
    /// By scene, the reached states from which a state of `goal` can be reached by steps that `may` be taken; layer by
    /// layer, each by scene, so that the first layer that holds a state tells how many steps it is away. `None` if the
    /// budget is used up.
    ///
    /// Where it is `entering` that counts, what stays in a scene does not lead to its states of the goal.
    pub(in crate::proof) fn towards(
        &mut self,
        goal: &[Set],
        may: fn(Label) -> bool,
        entering: bool,
    ) -> Option<Vec<Layer>> {
        // A state of the goal may be on the way there, where it has not been entered just now.
        let mut known = if entering { vec![Set::NONE; goal.len()] } else { goal.to_vec() };
        let mut layers = vec![layer(goal)];
        // Who leads where, so that a layer only looks at scenes that can be in it.
        let mut into: Vec<Vec<(SceneId, usize)>> = vec![Vec::new(); self.program.scenes.len()];
        for (at, scene) in self.program.scenes.iter().enumerate() {
            for (number, step) in scene.steps.iter().enumerate().filter(|(_, step)| may(step.label)) {
                into[step.go.index()].push((SceneId::new(at), number));
            }
        }
        loop {
            let mut next: Layer = BTreeMap::new();
            for (go, set) in &layers[layers.len() - 1] {
                for &(scene, number) in &into[go.index()] {
                    if entering && layers.len() == 1 && self.program.scenes[scene.index()].steps[number].stays {
                        continue;
                    }
                    if self.works(1) {
                        return None;
                    }
                    let before = self.before(*set, scene, number);
                    let here = self.diagrams.intersection(before, self.reached[scene.index()]);
                    let fresh = self.diagrams.difference(here, known[scene.index()]);
                    let all = next.entry(scene).or_insert(Set::NONE);
                    *all = self.diagrams.union(*all, fresh);
                }
            }
            next.retain(|_, set| !set.is_empty());
            if next.is_empty() {
                return Some(layers);
            }
            for (scene, set) in &next {
                known[scene.index()] = self.diagrams.union(known[scene.index()], *set);
            }
            layers.push(next);
        }
    }
}

fn layer(sets: &[Set]) -> Layer {
    let some = sets.iter().enumerate().filter(|(_, set)| !set.is_empty());
    some.map(|(at, set)| (SceneId::new(at), *set)).collect()
}
