//! Which variables still matter where: a backward pass over the scenes until nothing changes.

use crate::story::{Change, Condition, Effect, SceneId, VarId};

use super::graph::Graph;
use super::meter::Meter;
use super::program::{Program, and};

/// A set of variables, a bit each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Vars(Vec<u64>);

impl Vars {
    pub fn new(count: usize) -> Self {
        Self(vec![0; count.div_ceil(64)])
    }
    pub fn insert(&mut self, var: u16) {
        self.0[usize::from(var) / 64] |= 1 << (var % 64);
    }
    fn remove(&mut self, var: u16) {
        self.0[usize::from(var) / 64] &= !(1 << (var % 64));
    }
    pub fn contains(&self, var: u16) -> bool {
        self.0[usize::from(var) / 64] & (1 << (var % 64)) != 0
    }
    /// Those that are not among `other`, from the first.
    pub fn without<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = u16> + 'a {
        (0..).zip(self.0.iter().zip(&other.0)).flat_map(|(word, (own, other)): (u16, _)| bits(word, own & !other))
    }
    /// All of them, from the first.
    pub fn iter(&self) -> impl Iterator<Item = u16> + '_ {
        (0..).zip(&self.0).flat_map(|(word, own)| bits(word, *own))
    }
    pub fn add(&mut self, other: &Self) -> bool {
        let mut grown = false;
        for (a, b) in self.0.iter_mut().zip(&other.0) {
            grown |= *b & !*a != 0;
            *a |= b;
        }
        grown
    }
}

fn bits(word: u16, mut left: u64) -> impl Iterator<Item = u16> {
    std::iter::from_fn(move || {
        let bit = (left != 0).then(|| left.trailing_zeros() as u16)?;
        left &= left - 1;
        Some(word * 64 + bit)
    })
}

/// The variables that a proof looks at, each with a number of its own: those that can have more than one value.
#[derive(Debug)]
pub(super) struct Numbers(Vec<Option<u16>>);

impl Numbers {
    /// In the order of `vars`, which are indices of variables; all others have one value only.
    pub fn new(program: &Program<'_>, vars: &[usize]) -> Self {
        let mut numbers = vec![None; program.bounds.len()];
        for (number, var) in (0..).zip(vars) {
            numbers[*var] = Some(number);
        }
        Self(numbers)
    }

    pub fn of(&self, var: VarId) -> Option<u16> {
        self.0[var.index()]
    }
}

/// The variables that matter at a scene while a condition holds. The conditions of a scene's live sets exclude each
/// other.
#[derive(Debug)]
pub(super) struct LiveSet {
    pub when: Condition,
    pub vars: Vars,
    /// Where it comes among all of all scenes: as far as there are no cycles, after everything that leads to it.
    pub rank: usize,
}

/// The variables that matter at a scene in one case or another.
pub(super) fn in_any_case(scene: &[LiveSet], count: usize) -> Vars {
    let mut all = Vars::new(count);
    for matter in scene {
        all.add(&matter.vars);
    }
    all
}

/// Whether a variable matters at a scene in any case.
pub(super) fn matters(scene: &[LiveSet], var: u16) -> bool {
    scene.iter().any(|matter| matter.vars.contains(var))
}

/// For each scene, the variables that something from there on reads, once its arrival effects are done. `reads` are
/// those that scenes read by themselves. `None` if the budget is used up.
///
/// The pass runs over the nodes of the [`Graph`], cycle by cycle, those first that nothing follows.
pub(super) fn live(
    program: &Program<'_>,
    (numbers, count): (&Numbers, usize),
    reads: &[(SceneId, VarId)],
    meter: &Meter<'_>,
) -> Option<Vec<Vec<LiveSet>>> {
    let mut own = vec![Vars::new(count); program.scenes.len()];
    for (scene, var) in reads {
        numbers.of(*var).into_iter().for_each(|var| own[scene.index()].insert(var));
    }
    let graph = Graph::new(program, meter)?;
    let cycle = graph.cycles();
    let in_order = graph.in_order();
    let Graph { location_vars, nodes, edges } = graph;
    let mut order: Vec<usize> = (0..nodes.len()).rev().collect();
    order.sort_by_key(|at| cycle[*at]);
    let mut live: Vec<Vars> = nodes.iter().map(|(scene, _)| own[*scene].clone()).collect();
    for cycle in order.chunk_by(|a, b| cycle[*a] == cycle[*b]) {
        let mut changed = true;
        while changed {
            changed = false;
            for &at in cycle {
                let scene = nodes[at].0;
                let mut now = Vars::new(count);
                for (number, next) in &edges[at] {
                    let step = &program.scenes[scene].steps[*number];
                    let mut needed = live[*next].clone();
                    if !step.stays {
                        before(&program.scenes[step.go.index()].arrive, numbers, &mut needed);
                    }
                    before(&step.effects, numbers, &mut needed);
                    step.reads(&mut |var| numbers.of(var).into_iter().for_each(|var| needed.insert(var)));
                    now.add(&needed);
                    if meter.works(1 + count / 16 + step.effects.len()) {
                        return None;
                    }
                }
                changed |= live[at].add(&now);
            }
        }
    }
    let mut rank = vec![0; nodes.len()];
    for (place, at) in in_order.iter().enumerate() {
        rank[*at] = place;
    }
    let mut out: Vec<Vec<LiveSet>> = (0..program.scenes.len()).map(|_| Vec::new()).collect();
    for (((scene, values), mut vars), rank) in nodes.into_iter().zip(live).zip(rank) {
        // What tells the cases apart is never forgotten, or one case would leak into another.
        location_vars.iter().filter_map(|var| numbers.of(*var)).for_each(|var| vars.insert(var));
        let is = location_vars.iter().zip(values).map(|(var, value)| Condition::Is(*var, value));
        let when = is.fold(Condition::Always, and);
        out[scene].push(LiveSet { when, vars, rank });
    }
    Some(out)
}

/// What must be known before these effects for `needed` to be known after them.
fn before(effects: &[Effect], numbers: &Numbers, needed: &mut Vars) {
    for effect in effects.iter().rev() {
        let Some(var) = numbers.of(effect.var) else { continue };
        if matches!(effect.change, Change::Set(_)) && *effect.when() == Condition::Always {
            needed.remove(var);
        } else if needed.contains(var) {
            effect.when().reads(&mut |var| numbers.of(var).into_iter().for_each(|var| needed.insert(var)));
        }
    }
}
