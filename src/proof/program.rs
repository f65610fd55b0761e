//! A story as guards and assignments: what the sets of states are put through.
//!
//! Invariant: what a [`GuardedStep`] does to a state is what `engine::Rules` does for its label; a test holds the two
//! together on random stories.

mod formula;
mod reduce;
mod steps;

use std::collections::HashMap;

use crate::engine::Pick;
use crate::story::{Condition, Effect, SceneId, SceneKind, Story, VarId};

pub(super) use formula::and;
pub(super) use steps::unused;

/// A story in steps. Variables are the story's own, then a flag for each once-only thing.
#[derive(Debug)]
pub struct Program<'s> {
    pub story: &'s Story,
    /// Least and greatest value of each variable.
    pub bounds: Vec<(i16, i16)>,
    /// By scene.
    pub scenes: Vec<GuardedSteps>,
}

/// What can happen at a scene.
#[derive(Debug, Default)]
pub struct GuardedSteps {
    /// On arriving.
    pub arrive: Vec<Effect>,
    pub steps: Vec<GuardedStep>,
    /// The session ends here.
    pub ends: bool,
}

/// One thing that can happen.
#[derive(Debug)]
pub struct GuardedStep {
    pub label: Label,
    pub guard: Condition,
    pub effects: Vec<Effect>,
    pub go: SceneId,
    /// The scene is not entered anew.
    pub stays: bool,
    /// Whether the story takes it by itself.
    pub autoplay: Autoplay,
    /// The message that arrives by it, and its treatment, as indices.
    pub hears: Option<(usize, usize)>,
}

/// What a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Label {
    Pick(Pick),
    /// A way of a route, by index.
    Way(usize),
    /// Straight on.
    Flow,
    /// Nothing was open.
    Otherwise,
    /// Time passes while somebody thinks.
    Tick,
    /// A teacher stops the session.
    Freeze,
}

/// Whether the story takes a step that is open, where no person decides.
#[derive(Debug, Clone)]
pub enum Autoplay {
    /// It happens whoever holds the seats.
    Always,
    /// A person does it, or nobody.
    Never,
    /// By its weight; of a pass also by its carrier's and its licence's.
    Weighted(Vec<Lean>),
}

/// What the story weighs against each other: what is decided; carriers; licences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Among {
    Picks,
    Carriers,
    Licences,
}

/// A weight among others.
#[derive(Debug, Clone)]
pub struct Lean {
    pub among: Among,
    /// Where it stands among them.
    pub place: usize,
    /// That it is open, besides the guard of its step.
    pub open: Condition,
    /// That its weight is not 0.
    pub positive: Condition,
}

impl GuardedStep {
    /// Whether it stays in its scene and changes something.
    pub(super) fn lingers(&self) -> bool {
        self.stays && !self.effects.is_empty()
    }

    /// Calls `see` with every variable that whether it is taken depends on.
    pub(super) fn reads(&self, see: &mut impl FnMut(VarId)) {
        self.guard.reads(see);
        if let Autoplay::Weighted(leans) = &self.autoplay {
            for lean in leans {
                lean.open.reads(see);
                lean.positive.reads(see);
            }
        }
    }
}

impl<'s> Program<'s> {
    pub(super) fn effects(&self) -> impl Iterator<Item = &Effect> {
        self.scenes.iter().flat_map(|s| s.arrive.iter().chain(s.steps.iter().flat_map(|step| &step.effects)))
    }

    /// The variables that decide: which some guard or leaning reads, or which such a variable depends on; and these.
    #[must_use]
    pub fn deciding(&self, also: impl IntoIterator<Item = VarId>) -> Vec<bool> {
        let mut keep = vec![false; self.bounds.len()];
        let mut waiting: Vec<VarId> = also.into_iter().collect();
        let steps = self.scenes.iter().flat_map(|scene| &scene.steps);
        steps.for_each(|step| step.reads(&mut |var| waiting.push(var)));
        let mut depends: HashMap<VarId, Vec<&Condition>> = HashMap::new();
        for effect in self.effects().filter(|effect| *effect.when() != Condition::Always) {
            depends.entry(effect.var).or_default().push(effect.when());
        }
        while let Some(var) = waiting.pop() {
            if !std::mem::replace(&mut keep[var.index()], true) {
                let on = depends.remove(&var).unwrap_or_default();
                on.into_iter().for_each(|condition| condition.reads(&mut |var| waiting.push(var)));
            }
        }
        keep
    }

    /// Leaves out all effects on other variables than those in `keep`. Sound for what these decide, since nothing kept
    /// depends on what is left out ([`Program::deciding`]).
    #[must_use]
    pub fn keeping(&self, keep: &[bool]) -> Self {
        let kept = |effects: &[Effect]| effects.iter().filter(|effect| keep[effect.var.index()]).cloned().collect();
        let step = |step: &GuardedStep| GuardedStep {
            effects: kept(&step.effects),
            guard: step.guard.clone(),
            autoplay: step.autoplay.clone(),
            ..*step
        };
        let scene = |scene: &GuardedSteps| GuardedSteps {
            arrive: kept(&scene.arrive),
            steps: scene.steps.iter().map(step).collect(),
            ends: scene.ends,
        };
        let start = self.start();
        let bounds = self.bounds.iter().enumerate();
        Self {
            story: self.story,
            bounds: bounds.map(|(var, all)| if keep[var] { *all } else { (start[var], start[var]) }).collect(),
            scenes: self.scenes.iter().map(scene).collect(),
        }
    }

    /// The values before the first scene is entered.
    #[must_use]
    pub fn start(&self) -> Vec<i16> {
        let own = self.story.vars.iter().map(|var| var.start);
        own.chain((0..self.story.onces).map(|_| 0)).collect()
    }

    /// Whether a scene goes by lot.
    pub(super) fn by_lot(&self, scene: SceneId) -> bool {
        matches!(self.story.scene(scene).kind, SceneKind::Route { by_lot: true, .. })
    }

    /// Whether this step follows by itself: neither decided nor drawn.
    pub(super) fn follows(&self, scene: SceneId, step: &GuardedStep) -> bool {
        match step.label {
            Label::Flow | Label::Otherwise => true,
            Label::Way(_) => !self.by_lot(scene),
            Label::Pick(_) | Label::Tick | Label::Freeze => false,
        }
    }
}
