//! The program of a story, less what no session can notice.

use crate::proof::finding::Fault;
use crate::proof::graph::Graph;
use crate::proof::in_transit;
use crate::proof::meter::{Budget, Meter};
use crate::story::{Condition, Story};

use super::formula::settle;
use super::{Autoplay, Program, steps};

/// More steps than this no proof looks at; every one takes some hundred bytes.
const MOST_STEPS: usize = 400_000;

impl<'s> Program<'s> {
    /// The program of a story, in which nothing is remembered that is never asked for.
    ///
    /// # Errors
    /// Why it is not looked at: the story has more steps than any that is, or the budget is used up.
    pub fn of(story: &'s Story, budget: Budget<'_>) -> Result<Self, Fault> {
        let meter = &Meter::new(budget);
        let mut bounds: Vec<(i16, i16)> = story.vars.iter().map(|var| var.domain.bounds()).collect();
        bounds.extend((0..story.onces).map(|_| (0, 1)));
        let mut program = Self { story, bounds, scenes: Vec::with_capacity(story.scenes.len()) };
        let mut count = 0;
        for id in story.scene_ids() {
            count += steps::count(story, id);
            if count > MOST_STEPS {
                return Err(Fault::TooLarge);
            }
            if meter.works(100) {
                return Err(Fault::NotExplored);
            }
            program.scenes.push(steps::steps(story, id));
        }
        let graph = Graph::new(&program, meter).ok_or(Fault::NotExplored)?;
        let never_there = in_transit::never_there(&program, &graph, meter).ok_or(Fault::NotExplored)?;
        let dead_once = graph.dead_once(&program, meter);
        program.shut(&never_there);
        Ok(program.settled(&dead_once))
    }

    /// Shuts the steps that are never open (by scene and step: `true`). They stay, so that they can be told of.
    fn shut(&mut self, never: &[Vec<bool>]) {
        for (scene, never) in self.scenes.iter_mut().zip(never) {
            for (step, _) in scene.steps.iter_mut().zip(never).filter(|(_, never)| **never) {
                step.guard = Condition::Not(Box::new(Condition::Always));
                step.effects.clear();
                step.autoplay = Autoplay::Never;
            }
        }
    }

    /// Leaves out the once-only variables that need not be remembered (`true` in `dead_once`): whenever somebody looks
    /// at one, it has its first value.
    fn settled(mut self, dead_once: &[bool]) -> Self {
        for step in self.scenes.iter_mut().flat_map(|scene| &mut scene.steps) {
            step.guard = settle(std::mem::replace(&mut step.guard, Condition::Always), dead_once);
            step.effects.retain(|effect| !dead_once[effect.var.index()]);
        }
        for (var, bounds) in self.bounds.iter_mut().enumerate() {
            if dead_once[var] {
                *bounds = (0, 0);
            }
        }
        self
    }
}
