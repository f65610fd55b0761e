mod backward;
mod counts;
mod done;
mod guards;

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::story::{Change, Comparison, Condition, Effect, SceneId, VarId};

use super::diagram::{Diagrams, MOST_LEVELS, Set};
use super::live::{LiveSet, Numbers, Vars, in_any_case, live};
use super::meter::Budget;
use super::program::{GuardedStep, GuardedSteps, Program};

use done::StepOutcome;

/// Everything that can happen.
pub struct Explored<'p, 's> {
    pub program: &'p Program<'s>,
    pub diagrams: Diagrams<'p>,
    /// By scene: the states in which it can be found once entered; what no longer matters there is left open.
    pub reached: Vec<Set>,
    /// By scene with steps that stay: the states in which it is entered, which is when its words are read; `None`
    /// where these are all that are reached.
    entered: Vec<Option<Set>>,
    /// All of it, or only what the budget allowed.
    pub whole: bool,
    /// There are more variables than diagrams are made for.
    pub(super) too_large: bool,
    pub(super) live: Vec<Vec<LiveSet>>,
    /// By scene: for each of its [`LiveSet`]s, the states in which it holds.
    cases: Vec<Vec<Set>>,
    /// By scene: what matters there in one case or another; all else is open in its states.
    known: Vec<Vars>,
    levels: Levels,
    guards: Vec<Vec<Set>>,
    /// By scene and step: what happens on it, once that has been asked for.
    done: Vec<Vec<Option<Rc<StepOutcome>>>>,
}

/// Where each variable stands in the diagrams, its least value, and the step between its values (a clock that only
/// moves in fives needs a fifth of the values). A variable that has one value only stands nowhere.
#[derive(Debug)]
struct Levels {
    of: Numbers,
    count: usize,
    least: Vec<i16>,
    stride: Vec<i16>,
}

impl Levels {
    /// A value as the diagrams count it; for values that the variable can take.
    fn offset(&self, var: VarId, value: i16) -> u16 {
        offset(value, self.least[var.index()]) / self.stride[var.index()].unsigned_abs().max(1)
    }

    /// By value of a variable, what an effect makes of it.
    fn to(&self, effect: &Effect, size: u16) -> Vec<u16> {
        let most = i32::from(size) - 1;
        let stride = i32::from(self.stride[effect.var.index()]);
        let to = |from: u16| match effect.change {
            Change::Set(value) => self.offset(effect.var, value),
            Change::Add(by) => u16::try_from((i32::from(from) + i32::from(by) / stride).clamp(0, most)).unwrap_or(0),
            Change::Flip(to) if from == 0 => self.offset(effect.var, to),
            Change::Flip(_) => 0,
        };
        (0..size).map(to).collect()
    }

    /// A variable in a sum, as the diagrams add it up: its level, what it comes to at its least value, and what each
    /// step adds.
    fn term(&self, factor: i32, var: VarId) -> Term {
        let (factor, least) = (i64::from(factor), i64::from(self.least[var.index()]));
        match self.of.of(var) {
            Some(level) => Term::Varies(level, factor * least, factor * i64::from(self.stride[var.index()])),
            None => Term::Fixed(factor * least),
        }
    }
}

enum Term {
    Fixed(i64),
    Varies(u16, i64, i64),
}

/// Explores every session, within the budget. `reads` are variables that a scene needs to know besides what decides;
/// `tick` is called now and then with how many scenes still wait.
pub fn explore<'p, 's>(
    program: &'p Program<'s>,
    reads: &[(SceneId, VarId)],
    budget: Budget<'p>,
    tick: &mut dyn FnMut(usize),
) -> Explored<'p, 's> {
    let mut explored = Explored::new(program, reads, budget);
    if explored.is_spent() {
        return explored;
    }
    // By scene and case of what matters there: what has come there and not been looked at yet. A case is looked at
    // once everything before it has been, so that what leads back to its scene in other cases does not disturb it.
    let mut pending: Vec<Vec<Set>> = explored.cases.iter().map(|cases| vec![Set::NONE; cases.len()]).collect();
    let mut waiting = BTreeSet::new();
    let start = explored.start();
    explored.enter(program.story.start, start);
    explored.wait(program.story.start, start, &mut pending, &mut waiting);
    while let Some((_, scene, case)) = waiting.pop_first() {
        tick(waiting.len());
        if explored.works(1) {
            return explored;
        }
        let at = scene.index();
        let pending_here = std::mem::replace(&mut pending[at][case], Set::NONE);
        let fresh = explored.diagrams.difference(pending_here, explored.reached[at]);
        if fresh.is_empty() {
            continue;
        }
        let fresh = explored.stayed(scene, fresh);
        explored.reached[at] = explored.diagrams.union(explored.reached[at], fresh);
        for number in 0..program.scenes[at].steps.len() {
            if program.scenes[at].steps[number].stays {
                continue;
            }
            let to = explored.after(fresh, scene, number);
            let go = program.scenes[at].steps[number].go;
            explored.enter(go, to);
            explored.wait(go, to, &mut pending, &mut waiting);
        }
    }
    explored.whole = !explored.is_spent();
    explored
}

fn offset(value: i16, least: i16) -> u16 {
    u16::try_from(i32::from(value) - i32::from(least)).unwrap_or(0)
}

impl<'p, 's> Explored<'p, 's> {
    /// Nothing is reached yet; where the budget is used up already, nothing will be.
    fn new(program: &'p Program<'s>, reads: &[(SceneId, VarId)], budget: Budget<'p>) -> Self {
        let vars = super::order::order(program);
        let count = vars.len().min(MOST_LEVELS);
        let stride = super::order::strides(program);
        let size = |var: &usize| (program.bounds[*var].1 - program.bounds[*var].0) / stride[*var] + 1;
        let sizes = vars.iter().map(|var| u16::try_from(size(var)).unwrap_or(1)).collect();
        let least = program.bounds.iter().map(|bounds| bounds.0).collect();
        let numbers = Numbers::new(program, &vars[..count]);
        let stays = |scene: &GuardedSteps| scene.steps.iter().any(GuardedStep::lingers).then_some(Set::NONE);
        let mut explored = Self {
            program,
            diagrams: Diagrams::new(sizes, budget),
            reached: vec![Set::NONE; program.scenes.len()],
            entered: program.scenes.iter().map(stays).collect(),
            whole: false,
            too_large: count < vars.len(),
            live: Vec::new(),
            levels: Levels { of: numbers, count, least, stride },
            guards: Vec::new(),
            done: program.scenes.iter().map(|scene| vec![None; scene.steps.len()]).collect(),
            cases: Vec::new(),
            known: Vec::new(),
        };
        if explored.too_large {
            explored.diagrams.meter().spend();
            return explored;
        }
        let Some(live) = live(program, (&explored.levels.of, count), reads, explored.diagrams.meter()) else {
            return explored;
        };
        explored.live = live;
        explored.known = explored.live.iter().map(|scene| in_any_case(scene, count)).collect();
        for scene in 0..program.scenes.len() {
            let guards = explored.open_when(SceneId::new(scene));
            explored.guards.push(guards);
            let conditions: Vec<Condition> = explored.live[scene].iter().map(|matter| matter.when.clone()).collect();
            let cases = conditions.iter().map(|when| explored.holds(when)).collect();
            explored.cases.push(cases);
        }
        explored
    }

    /// These states of a scene, and all that come of them without leaving it.
    pub(super) fn stayed(&mut self, scene: SceneId, states: Set) -> Set {
        let program = self.program;
        let steps = &program.scenes[scene.index()].steps;
        let staying: Vec<usize> = (0..steps.len()).filter(|number| steps[*number].lingers()).collect();
        let (mut all, mut fresh) = (states, states);
        while !staying.is_empty() && !fresh.is_empty() {
            let mut next = Set::NONE;
            for &number in &staying {
                let after = self.after(fresh, scene, number);
                next = self.diagrams.union(next, after);
            }
            fresh = self.diagrams.difference(next, all);
            all = self.diagrams.union(all, fresh);
        }
        all
    }

    /// Puts what is new of these states of a scene to what waits there, case by case.
    fn wait(
        &mut self,
        scene: SceneId,
        states: Set,
        pending: &mut [Vec<Set>],
        waiting: &mut BTreeSet<(usize, SceneId, usize)>,
    ) {
        let new = self.diagrams.difference(states, self.reached[scene.index()]);
        for (case, pending) in pending[scene.index()].iter_mut().enumerate() {
            let here = self.diagrams.intersection(new, self.cases[scene.index()][case]);
            if !here.is_empty() {
                *pending = self.diagrams.union(*pending, here);
                waiting.insert((self.live[scene.index()][case].rank, scene, case));
            }
        }
    }

    fn enter(&mut self, scene: SceneId, states: Set) {
        if let Some(entered) = self.entered[scene.index()] {
            self.entered[scene.index()] = Some(self.diagrams.union(entered, states));
        }
    }

    /// The states in which a scene is entered.
    pub(super) fn entered(&self, scene: SceneId) -> Set {
        self.entered[scene.index()].unwrap_or(self.reached[scene.index()])
    }

    /// True once the budget is used up.
    pub(super) fn is_spent(&self) -> bool {
        self.diagrams.is_spent()
    }

    /// Some work is done besides that on diagrams; true once the budget is used up.
    pub(super) fn works(&self, steps: usize) -> bool {
        self.diagrams.meter().works(steps)
    }

    /// The one state in which the first scene is entered.
    pub(super) fn first(&mut self) -> Set {
        let values = self.program.start();
        let values = values.iter().enumerate().map(|(var, value)| (VarId::new(var), *value));
        let ordered = self.ordered(values);
        let state = self.diagrams.state(&ordered);
        let first = self.program.story.start;
        self.apply(state, &self.program.scenes[first.index()].arrive)
    }

    /// Returns the states at the start, with every variable that does not matter left open.
    fn start(&mut self) -> Set {
        let entered = self.first();
        let first = self.program.story.start;
        let mut all = Vars::new(self.levels.count);
        (0..).take(self.levels.count).for_each(|level| all.insert(level));
        let forgotten = self.forgotten(first, &all);
        self.forget(entered, first, &forgotten)
    }

    /// Values by level, as the diagrams count them.
    fn ordered(&self, values: impl Iterator<Item = (VarId, i16)>) -> Vec<u16> {
        let mut ordered = vec![0; self.levels.count];
        for (var, value) in values {
            if let Some(level) = self.levels.of.of(var) {
                ordered[usize::from(level)] = self.levels.offset(var, value);
            }
        }
        ordered
    }

    /// The states in which a condition holds.
    pub fn holds(&mut self, condition: &Condition) -> Set {
        match condition {
            Condition::Always => Set::ALL,
            Condition::Not(inner) => {
                let inner = self.holds(inner);
                self.diagrams.difference(Set::ALL, inner)
            }
            Condition::And(both) => {
                let (a, b) = (self.holds(&both.0), self.holds(&both.1));
                self.diagrams.intersection(a, b)
            }
            Condition::Or(both) => {
                let (a, b) = (self.holds(&both.0), self.holds(&both.1));
                self.diagrams.union(a, b)
            }
            Condition::Is(var, value) => {
                let least = self.levels.least[var.index()];
                let Some(level) = self.levels.of.of(*var) else {
                    return if *value == least { Set::ALL } else { Set::NONE };
                };
                // A value between two steps is never taken.
                if (value - least) % self.levels.stride[var.index()] != 0 {
                    return Set::NONE;
                }
                self.diagrams.value(level, self.levels.offset(*var, *value))
            }
            Condition::Against(var, comparison, number) => {
                self.compare([(1, *var)].into_iter(), -i64::from(*number), *comparison)
            }
            Condition::Compare(it) => {
                let left = it.left.terms.iter().copied();
                let right = it.right.terms.iter().map(|(factor, var)| (-*factor, *var));
                let constant = i64::from(it.left.constant) - i64::from(it.right.constant);
                self.compare(left.chain(right), constant, it.comparison)
            }
        }
    }

    /// The states in which a sum compares so with 0.
    fn compare(&mut self, sum: impl Iterator<Item = (i32, VarId)>, constant: i64, comparison: Comparison) -> Set {
        let (mut terms, mut constant) = (Vec::new(), constant);
        for (factor, var) in sum {
            match self.levels.term(factor, var) {
                Term::Fixed(value) => constant += value,
                Term::Varies(level, least, each) => terms.push((level, least, each)),
            }
        }
        self.diagrams.compare(&terms, constant, comparison)
    }

    /// The states in which a step is open.
    pub(super) fn guard(&self, scene: SceneId, number: usize) -> Set {
        self.guards[scene.index()][number]
    }
}
