//! What the story expects of the sessions that come to a scene or an ending.
//!
//! What is expected is looked at backwards, from the states in which it would not hold: mostly these lead nowhere
//! within a step or two, so that nothing has to be remembered for it through the whole session.

use std::collections::BTreeSet;

use crate::story::{Expected, SceneId, SceneKind, Story, VarId};

use super::availability::known;
use super::diagram::Set;
use super::explore::Explored;
use super::finding::{Fault, Finding};
use super::program::Program;

/// What has not been looked at yet, and what was found of the rest.
pub(super) struct Expectations<'s> {
    story: &'s Story,
    waiting: Vec<Waiting>,
    /// What must be known for them, of what decides nothing.
    own: BTreeSet<VarId>,
    found: Vec<Finding>,
}

/// An expectation, and where it has not been looked at yet.
struct Waiting {
    /// Its index in the story.
    number: usize,
    scenes: Vec<SceneId>,
}

impl<'s> Expectations<'s> {
    /// Looks at all that can be looked at where only what decides is known; `program` has everything.
    pub(super) fn of(program: &Program<'s>, explored: &mut Explored<'_, '_>) -> Self {
        let story = program.story;
        let mut out = Self { story, waiting: Vec::new(), own: BTreeSet::new(), found: Vec::new() };
        let decides = program.deciding([]);
        for (number, expectation) in story.expectations.iter().enumerate() {
            let mut own = BTreeSet::new();
            expectation.holds.reads(&mut |var| {
                own.extend((!decides[var.index()]).then_some(var));
            });
            // Where nothing has changed a variable, it has the value that it is taken to have where it is not known.
            let changed: Vec<Vec<bool>> = own.iter().map(|var| changed_before(program, *var)).collect();
            let is_known = |scene: &SceneId| changed.iter().all(|changed| !changed[scene.index()]);
            let (now, later): (Vec<_>, Vec<_>) = scenes(story, expectation.at).into_iter().partition(is_known);
            out.look_at(explored, &Waiting { number, scenes: now });
            if !later.is_empty() {
                out.own.append(&mut own);
                out.waiting.push(Waiting { number, scenes: later });
            }
        }
        out
    }

    /// Variables that must be known for the rest.
    pub(super) fn own(&self) -> &BTreeSet<VarId> {
        &self.own
    }

    /// Looks at the rest, where these are known.
    pub(super) fn look(&mut self, explored: &mut Explored<'_, '_>) {
        self.own.clear();
        for waiting in std::mem::take(&mut self.waiting) {
            self.look_at(explored, &waiting);
        }
    }

    fn look_at(&mut self, explored: &mut Explored<'_, '_>, waiting: &Waiting) {
        let expectation = &self.story.expectations[waiting.number];
        let mut against = vec![Set::NONE; self.story.scenes.len()];
        for scene in &waiting.scenes {
            let (entered, holds) = (explored.entered(*scene), explored.holds(&expectation.holds));
            against[scene.index()] = explored.diagrams.difference(entered, holds);
        }
        if against.iter().all(|set| set.is_empty()) {
            return;
        }
        let Some((walk, state)) = explored.entering(&against) else { return };
        let fault = Fault::Unexpected(waiting.number, expectation.at);
        let why = known(explored, &expectation.holds, state);
        let why = format!("{why}: keep such games from coming here, or expect what does hold");
        if self.found.iter().all(|known| known.fault != fault) {
            self.found.push(Finding::new(self.story, fault, Some(why), Some(walk)));
        }
    }

    /// What was found, in the story's order.
    pub(super) fn tell(mut self, findings: &mut Vec<Finding>) {
        self.found.sort_by(|a, b| a.fault.cmp(&b.fault));
        findings.extend(self.found);
    }
}

/// Where something must hold.
fn scenes(story: &Story, at: Expected) -> Vec<SceneId> {
    match at {
        Expected::Scene(scene) => vec![scene],
        Expected::Ending(ending) => {
            let ends = |scene: &SceneId| matches!(story.scene(*scene).kind, SceneKind::End(end) if end == ending);
            story.scene_ids().filter(ends).collect()
        }
    }
}

/// By scene, whether something that may come before it, or happens on the way into it, changes the variable.
fn changed_before(program: &Program<'_>, var: VarId) -> Vec<bool> {
    let mut changed = vec![false; program.scenes.len()];
    let mut waiting: Vec<usize> = Vec::new();
    for (at, scene) in program.scenes.iter().enumerate() {
        waiting.extend(scene.arrive.iter().any(|effect| effect.var == var).then_some(at));
        let steps = scene.steps.iter().filter(|step| step.effects.iter().any(|effect| effect.var == var));
        waiting.extend(steps.map(|step| step.go.index()));
    }
    while let Some(at) = waiting.pop() {
        if !std::mem::replace(&mut changed[at], true) {
            waiting.extend(program.scenes[at].steps.iter().map(|step| step.go.index()));
        }
    }
    changed
}
