//! A session in which one decision was taken otherwise.

use crate::story::{SceneId, SeatId};

use super::super::input::{By, Holder, Input, Step};
use super::super::pick::Pick;
use super::super::recorder::Keep;
use super::Session;

/// How many more decisions a changed session may take than the original; one that goes on for longer is going in
/// circles.
const LONGER: usize = 200;

impl Session<'_> {
    /// Every decision so far, each with how many inputs of the log came before it.
    pub fn placed_steps(&self) -> impl Iterator<Item = (usize, Step)> + Clone + '_ {
        let (mut inputs, mut autos) = (0, 0);
        std::iter::from_fn(move || {
            loop {
                if let Some((before, step)) = self.auto_steps.get(autos)
                    && *before <= inputs
                {
                    autos += 1;
                    return Some((*before, *step));
                }
                let input = *self.log.get(inputs)?;
                inputs += 1;
                if let Input::Decide(scene, pick) = input
                    && let Some(seat) = self.story.scene(scene).seat
                {
                    return Some((inputs - 1, Step { scene, seat, pick, by: By::Person }));
                }
            }
        })
    }

    /// Replays this session with one decision changed: the one with this index among all, whoever took it.
    ///
    /// Chance is kept. What was decided before it is decided as it was, and so is what comes after it wherever the
    /// same scene asks and still offers it. It ends where a person would have to decide what nobody has decided: what
    /// would come after that is not known. All that `reader` perceives is kept, from the beginning. `None` if this pick
    /// was not open, or was the one that was taken.
    #[must_use]
    pub fn otherwise(&self, at: usize, pick: Pick, reader: SeatId) -> Option<Self> {
        let (before, step) = self.placed_steps().nth(at)?;
        if step.pick == pick || step.by == By::Silence {
            return None;
        }
        let mut other = self.held_otherwise(at, step, pick, reader);
        for input in &self.log[..before] {
            other.take(*input).ok()?;
        }
        let mut from = before;
        if step.by == By::Person {
            other.take(Input::Decide(step.scene, pick)).ok()?;
            from += 1;
        }
        // Where it was not a person's, it may not have been open.
        let taken = other.steps().nth(at).is_some_and(|taken| (taken.scene, taken.pick) == (step.scene, pick));
        if !taken {
            return None;
        }
        other.decide_as(&self.log, from);
        Some(other)
    }

    /// Before the first decision; a seat that no person holds is held by its own decisions up to this one.
    fn held_otherwise(&self, at: usize, step: Step, pick: Pick, reader: SeatId) -> Self {
        let mut holders = self.first_holders.clone();
        let holder = &mut holders[step.seat.index()];
        let own = |steps: &mut dyn Iterator<Item = Step>| -> Vec<(SceneId, Pick)> {
            steps.filter(|other| other.seat == step.seat).map(|step| (step.scene, step.pick)).collect()
        };
        let before = own(&mut self.steps().take(at));
        let changed = before.iter().copied().chain([(step.scene, pick)]);
        match holder {
            Holder::Person => {}
            Holder::Story => *holder = Holder::Log(changed.collect()),
            Holder::Log(_) => {
                let after = own(&mut self.steps().skip(at + 1));
                *holder = Holder::Log(changed.chain(after).collect());
            }
        }
        let watching = self.story.seat_ids().map(|seat| seat == reader).collect();
        Self::watched(self.story, self.seed, (holders, self.initial_lots.clone()), watching, Keep::Whole, &[])
    }

    /// Goes on as this log has it from an index on, for as long as it has something that is open, or there is nothing
    /// to choose between.
    fn decide_as(&mut self, log: &[Input], from: usize) {
        let mut used: Vec<bool> = (0..log.len()).map(|at| at < from).collect();
        let most = log.len() + LONGER;
        // What a teacher brought in or stopped, and a clock that went on, come after the decision that they came after.
        self.bring_in(log, &mut used, from);
        while let (Some(_), true) = (self.turn(), self.log.len() < most) {
            let scene = self.state.scene;
            let asked = |input: &Input| matches!(input, Input::Decide(at, _) | Input::Silence(at) if *at == scene);
            let kept = (0..log.len()).find(|&at| !used[at] && asked(&log[at]));
            if let Some(at) = kept {
                used[at] = true;
            }
            let taken = kept.is_some_and(|at| self.take(log[at]).is_ok());
            if !taken {
                let [only] = self.options().picks()[..] else { return };
                if self.take(Input::Decide(scene, only)).is_err() {
                    return;
                }
            }
            if let Some(at) = kept {
                self.bring_in(log, &mut used, at + 1);
            }
        }
    }

    /// Takes what stands in a log from an index on and is no decision, up to the next that is.
    fn bring_in(&mut self, log: &[Input], used: &mut [bool], from: usize) {
        for at in from..log.len() {
            if matches!(log[at], Input::Decide(..) | Input::Silence(_)) || self.is_over() {
                return;
            }
            if !std::mem::replace(&mut used[at], true) {
                // What cannot be brought in any more is left out.
                let _ = self.take(log[at]);
            }
        }
    }
}
