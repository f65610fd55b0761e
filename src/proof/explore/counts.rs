//! What an exploration has found, in numbers, values and order.

use crate::engine::State;
use crate::proof::diagram::Set;
use crate::story::{OnceId, SceneId, VarId};

use super::{Explored, order};

impl Explored<'_, '_> {
    /// The levels of the variables that do not matter in this case of a scene.
    fn dead(&self, scene: SceneId, case: usize) -> Vec<u16> {
        let vars = &self.live[scene.index()][case].vars;
        (0..self.program.bounds.len()).filter(|var| !vars.contains(*var)).map(|var| self.levels.of[var]).collect()
    }

    /// How many states were reached, counting only what still matters where.
    #[must_use]
    pub fn states(&mut self) -> f64 {
        (0..self.reached.len()).map(|scene| self.count(SceneId::new(scene))).sum()
    }

    /// How many states of a scene were reached.
    pub(in crate::proof) fn count(&mut self, scene: SceneId) -> f64 {
        self.count_of(self.reached[scene.index()], scene)
    }

    /// How many states a set of this scene has, counting only what matters there.
    pub(in crate::proof) fn count_of(&mut self, set: Set, scene: SceneId) -> f64 {
        let mut sum = 0.0;
        for case in 0..self.cases[scene.index()].len() {
            let here = self.diagrams.intersection(set, self.cases[scene.index()][case]);
            let open: f64 = self.dead(scene, case).iter().map(|level| f64::from(self.diagrams.size(*level))).product();
            sum += self.diagrams.count(here) / open;
        }
        sum
    }

    /// The values that a variable has in these states, from the least; all of its range where it does not matter.
    pub(in crate::proof) fn values(&mut self, states: Set, var: VarId) -> Vec<i16> {
        let level = self.levels.of[var.index()];
        let mut out = Vec::new();
        for offset in 0..self.diagrams.size(level) {
            let here = self.diagrams.value(level, offset);
            if !self.diagrams.intersection(states, here).is_empty() {
                let step = i16::try_from(offset).unwrap_or(i16::MAX).saturating_mul(self.levels.stride[var.index()]);
                out.push(self.levels.least[var.index()].saturating_add(step));
            }
        }
        out
    }

    /// Whether the exploration knows this state of a night, as far as it still matters in its scene.
    #[must_use]
    pub fn knows(&self, state: &State) -> bool {
        let story = self.program.story;
        let onces = (0..story.onces).map(|once| i16::from(state.is_used(Some(OnceId::new(once)))));
        let values = state.values.iter().copied().chain(onces).enumerate();
        let remembered = |var: usize| self.program.bounds[var].0 < self.program.bounds[var].1;
        let offset = |(var, value)| if remembered(var) { self.levels.offset(VarId::new(var), value) } else { 0 };
        let values: Vec<u16> = values.map(offset).collect();
        self.diagrams.contains(self.reached[state.scene.index()], &self.ordered(&values))
    }

    /// How many states of a scene there would be if this variable were not looked at.
    pub(in crate::proof) fn count_without(&mut self, scene: SceneId, var: usize) -> f64 {
        let level = self.levels.of[var];
        let mut sum = 0.0;
        for case in 0..self.cases[scene.index()].len() {
            let here = self.diagrams.intersection(self.reached[scene.index()], self.cases[scene.index()][case]);
            let without = self.diagrams.forget(here, level);
            let mut dead = self.dead(scene, case);
            if !dead.contains(&level) {
                dead.push(level);
            }
            let open: f64 = dead.iter().map(|level| f64::from(self.diagrams.size(*level))).product();
            sum += self.diagrams.count(without) / open;
        }
        sum
    }

    /// Scenes by when they come in a night: where there is no circle, every scene after all that lead to it.
    pub(in crate::proof) fn in_order(&self) -> Vec<SceneId> {
        let order = order(self.program);
        let mut scenes: Vec<SceneId> = (0..order.len()).map(SceneId::new).collect();
        scenes.sort_by_key(|scene| order[scene.index()]);
        scenes
    }
}
