//! The way to what a proof has found, as a walk.

use crate::engine::{Input, Rules, State, Stop, options};
use crate::story::SceneId;

use super::diagram::Set;
use super::explore::Explored;
use super::program::Label;
use super::walk::{Walk, WalkStep, take};

impl Explored<'_, '_> {
    /// The shortest way from the beginning of the session into one of these states.
    pub(super) fn walk_to(&mut self, goal: &[Set]) -> Option<Walk> {
        self.way_to(goal, false).map(|(walk, _)| walk)
    }

    /// The shortest session in which one of these scenes is entered in one of these states, and the state. `None` where
    /// there is none, though what was explored leaves it open; and where the budget is used up.
    pub(super) fn entering(&mut self, goal: &[Set]) -> Option<(Walk, Set)> {
        self.way_to(goal, true)
    }

    fn way_to(&mut self, goal: &[Set], entering: bool) -> Option<(Walk, Set)> {
        let layers = self.towards(goal, |_| true, entering)?;
        let program = self.program;
        let story = program.story;
        let mut scene = story.start;
        // One state at a time, with everything that is known of it.
        let mut here = self.first();
        let inside = |this: &mut Self, layer: usize, scene: SceneId, here: Set| {
            let both = layers[layer].get(&scene).map(|set| this.diagrams.intersection(here, *set));
            both.is_some_and(|both| !both.is_empty())
        };
        let mut layer = (0..layers.len()).find(|layer| inside(self, *layer, scene, here))?;
        let rules = Rules { story };
        let mut state = State::new(story);
        let mut stop = rules.begin(&mut state, &mut ());
        let mut walk = Walk::default();
        while layer > 0 {
            let mut found = None;
            for (number, step) in program.scenes[scene.index()].steps.iter().enumerate() {
                if entering && layer == 1 && step.stays {
                    continue;
                }
                let next = self.right_after(here, scene, number);
                if !next.is_empty() && inside(self, layer - 1, step.go, next) {
                    found = Some((step, next));
                    break;
                }
            }
            let (step, next) = found?;
            let input = match (step.label, &story.clock) {
                (Label::Pick(pick), _) => {
                    let at = options(story, &state).picks().iter().position(|open| *open == pick)?;
                    walk.push(WalkStep::Pick(at));
                    Some(Input::Decide(scene, pick))
                }
                (Label::Tick, Some(clock)) => {
                    walk.push(WalkStep::Tick);
                    Some(Input::Set(clock.var, state.value(clock.var).saturating_add(clock.tick)))
                }
                (Label::Freeze, _) => {
                    walk.push(WalkStep::Freeze);
                    Some(Input::Freeze)
                }
                (Label::Way(way), _) if stop == Stop::Lot && state.scene == scene => {
                    walk.push(WalkStep::Way(way));
                    stop = rules.roll(&mut state, way, &mut ());
                    None
                }
                // The engine has taken these by itself.
                _ => None,
            };
            if let Some(input) = input {
                stop = take(rules, &mut state, input).ok()?;
            }
            (scene, here, layer) = (step.go, next, layer - 1);
        }
        Some((walk, here))
    }
}
