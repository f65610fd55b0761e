//! What happens on a step, to whole sets at once.

use std::rc::Rc;

use crate::proof::diagram::{Changes, Moves, Set};
use crate::proof::live::Vars;
use crate::proof::program::GuardedStep;
use crate::story::{Effect, SceneId};

use super::Explored;

/// What happens on a step.
pub(super) struct StepOutcome {
    /// What it does, and what happens on arriving, one after the other.
    batches: Vec<Batch>,
    /// By case of the scene it leads to, what is forgotten there.
    forgotten: Vec<Moves>,
}

/// Effects that take place at once: on each variable by itself, so that no order among them matters.
#[derive(Clone, Copy)]
struct Batch {
    /// In these states; in others nothing happens.
    when: Set,
    moves: Moves,
}

impl Explored<'_, '_> {
    /// The states after these effects.
    pub(in crate::proof) fn apply(&mut self, set: Set, effects: &[Effect]) -> Set {
        let batches = self.batches(effects);
        self.after_batches(set, &batches)
    }

    fn after_batches(&mut self, set: Set, batches: &[Batch]) -> Set {
        batches.iter().fold(set, |set, batch| {
            let there = self.diagrams.intersection(set, batch.when);
            let rest = self.diagrams.difference(set, batch.when);
            let done = self.diagrams.after(there, batch.moves);
            self.diagrams.union(done, rest)
        })
    }

    /// These effects, as many of them together as can be. What depends on no more than its own variable can; what depends
    /// on others has to wait for what happens to those.
    fn batches<'e>(&mut self, effects: impl IntoIterator<Item = &'e Effect>) -> Vec<Batch> {
        let mut out = Vec::new();
        let mut together = Changes::default();
        for effect in effects {
            let Some(level) = self.levels.of.of(effect.var) else { continue };
            if self.works(usize::from(self.diagrams.size(level))) {
                break;
            }
            let when = self.holds(effect.when());
            let mut to = self.levels.to(effect, self.diagrams.size(level));
            if let Some(holds) = self.diagrams.values_of(when, level) {
                (0..).zip(holds).filter(|(_, holds)| !holds).for_each(|(value, _)| to[usize::from(value)] = value);
                together.then(level, to);
                continue;
            }
            let moves = self.diagrams.moves(std::mem::take(&mut together), []);
            let mut alone = Changes::default();
            alone.then(level, to);
            let alone = self.diagrams.moves(alone, []);
            out.extend([Batch { when: Set::ALL, moves }, Batch { when, moves: alone }]);
        }
        let moves = self.diagrams.moves(together, []);
        out.push(Batch { when: Set::ALL, moves });
        out.retain(|batch| batch.moves != Moves::NONE);
        out
    }

    /// What happens on a step.
    fn done(&mut self, scene: SceneId, number: usize) -> Rc<StepOutcome> {
        if let Some(known) = &self.done[scene.index()][number] {
            return Rc::clone(known);
        }
        let program = self.program;
        let step: &GuardedStep = &program.scenes[scene.index()].steps[number];
        let arrive: &[Effect] = if step.stays { &[] } else { &program.scenes[step.go.index()].arrive };
        let effects = || step.effects.iter().chain(arrive);
        let mut known = self.known[scene.index()].clone();
        effects().filter_map(|effect| self.levels.of.of(effect.var)).for_each(|level| known.insert(level));
        let done = StepOutcome { batches: self.batches(effects()), forgotten: self.forgotten(step.go, &known) };
        let done = Rc::new(done);
        if !self.is_spent() {
            self.done[scene.index()][number] = Some(Rc::clone(&done));
        }
        done
    }

    /// By case of a scene: what no longer matters there, of what is `known`; all else is open already.
    pub(super) fn forgotten(&mut self, scene: SceneId, known: &Vars) -> Vec<Moves> {
        let (live, diagrams) = (&self.live[scene.index()], &mut self.diagrams);
        live.iter().map(|case| diagrams.moves(Changes::default(), known.without(&case.vars))).collect()
    }

    /// Leaves open what is forgotten in each case of a scene.
    pub(super) fn forget(&mut self, set: Set, scene: SceneId, forgotten: &[Moves]) -> Set {
        let mut out = Set::NONE;
        for (case, moves) in forgotten.iter().enumerate() {
            let here = self.diagrams.intersection(set, self.cases[scene.index()][case]);
            let here = self.diagrams.after(here, *moves);
            out = self.diagrams.union(out, here);
        }
        out
    }

    /// The states of the next scene right after this step from these states.
    pub(in crate::proof) fn right_after(&mut self, set: Set, scene: SceneId, number: usize) -> Set {
        let open = self.diagrams.intersection(set, self.guards[scene.index()][number]);
        if open.is_empty() {
            return open;
        }
        let done = self.done(scene, number);
        self.after_batches(open, &done.batches)
    }

    /// Returns the states after a step, with every variable that does not matter in the next scene left open.
    pub(in crate::proof) fn after(&mut self, set: Set, scene: SceneId, number: usize) -> Set {
        let entered = self.right_after(set, scene, number);
        if entered.is_empty() {
            return entered;
        }
        let done = self.done(scene, number);
        self.forget(entered, self.program.scenes[scene.index()].steps[number].go, &done.forgotten)
    }

    /// The states of this scene from which this step leads into a set of the next.
    pub(in crate::proof) fn before(&mut self, set: Set, scene: SceneId, number: usize) -> Set {
        // Sets of a scene leave open what is forgotten there, so that nothing has to be remembered here.
        let done = self.done(scene, number);
        let undone = done.batches.iter().rev().fold(set, |set, batch| {
            let before = self.diagrams.before(set, batch.moves);
            let there = self.diagrams.intersection(before, batch.when);
            let rest = self.diagrams.difference(set, batch.when);
            self.diagrams.union(there, rest)
        });
        self.diagrams.intersection(undone, self.guards[scene.index()][number])
    }
}
