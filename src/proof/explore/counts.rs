//! What an exploration has found, in numbers, values and order.

use crate::engine::State;
use crate::proof::diagram::{Changes, Set};
use crate::proof::live::matters;
use crate::story::{OnceId, SceneId, VarId};

use super::Explored;

impl Explored<'_, '_> {
    /// How many states were reached, counting only what still matters where.
    #[must_use]
    pub fn states(&mut self) -> f64 {
        let counts = (0..self.cases.len()).map(|scene| self.count(SceneId::new(scene)));
        counts.fold(0.0, |all, count| all + count).min(f64::MAX)
    }

    /// How many states of a scene were reached, counting only what matters there.
    pub(in crate::proof) fn count(&mut self, scene: SceneId) -> f64 {
        self.count_without(scene, None)
    }

    /// How many there would be if this variable were not looked at.
    pub(in crate::proof) fn count_without(&mut self, scene: SceneId, var: Option<VarId>) -> f64 {
        let ignored = var.and_then(|var| self.levels.of.of(var));
        let mut sum = 0.0;
        for case in 0..self.cases[scene.index()].len() {
            let here = self.diagrams.intersection(self.reached[scene.index()], self.cases[scene.index()][case]);
            let moves = self.diagrams.moves(Changes::default(), ignored);
            let here = self.diagrams.after(here, moves);
            let vars = &self.live[scene.index()][case].vars;
            sum += self.diagrams.count(here, vars.iter().filter(|level| Some(*level) != ignored));
        }
        sum
    }

    /// Whether a variable matters at a scene in any case.
    pub(in crate::proof) fn matters(&self, scene: SceneId, var: VarId) -> bool {
        self.levels.of.of(var).is_some_and(|level| matters(&self.live[scene.index()], level))
    }

    /// The values that a variable has in these states, from the least; all of its range where it does not matter.
    pub(in crate::proof) fn values(&mut self, states: Set, var: VarId) -> Vec<i16> {
        let least = self.levels.least[var.index()];
        let Some(level) = self.levels.of.of(var) else { return vec![least] };
        let mut out = Vec::new();
        for offset in 0..self.diagrams.size(level) {
            let here = self.diagrams.value(level, offset);
            if !self.diagrams.intersection(states, here).is_empty() {
                let step = i16::try_from(offset).unwrap_or(i16::MAX).saturating_mul(self.levels.stride[var.index()]);
                out.push(least.saturating_add(step));
            }
        }
        out
    }

    /// Whether the exploration knows this state of a session, as far as it still matters in its scene.
    #[must_use]
    pub fn knows(&self, state: &State) -> bool {
        let story = self.program.story;
        let onces = (0..story.onces).map(|once| i16::from(state.is_used(Some(OnceId::new(once)))));
        let values = state.values.iter().copied().chain(onces).enumerate();
        let values = self.ordered(values.map(|(var, value)| (VarId::new(var), value)));
        self.diagrams.contains(self.reached[state.scene.index()], &values)
    }

    /// Scenes by when they come in a session: where there is no cycle, every scene after all that lead to it.
    pub(in crate::proof) fn in_order(&self) -> Vec<SceneId> {
        let cases = |scene: &SceneId| self.live.get(scene.index());
        let first = |scene: &SceneId| cases(scene).and_then(|cases| cases.iter().map(|matter| matter.rank).min());
        let mut scenes: Vec<SceneId> = (0..self.program.scenes.len()).map(SceneId::new).collect();
        scenes.sort_by_key(|scene| first(scene).unwrap_or(usize::MAX));
        scenes
    }
}
