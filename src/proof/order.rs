//! The order of the variables in the diagrams, which decides how large they grow: what is read and written together
//! should stand together.

use crate::story::{Change, Effect, VarId};

use super::graph::location_vars;
use super::program::Program;

/// For each variable, the step between the values it can take: the greatest that divides its range, its start and
/// every change to it.
pub(super) fn strides(program: &Program<'_>) -> Vec<i16> {
    let mut strides: Vec<i16> = program.bounds.iter().map(|(least, most)| most - least).collect();
    let start = program.start();
    for (var, stride) in strides.iter_mut().enumerate() {
        *stride = common(*stride, start[var] - program.bounds[var].0);
    }
    each_effect(program, &mut |effect| {
        let var = effect.var.index();
        let amount = match effect.change {
            Change::Add(by) => by,
            Change::Set(value) | Change::Flip(value) => value - program.bounds[var].0,
        };
        strides[var] = common(strides[var], amount);
    });
    strides.into_iter().map(|stride| stride.max(1)).collect()
}

/// The greatest common divisor.
fn common(a: i16, b: i16) -> i16 {
    let (mut a, mut b) = (a.abs(), b.abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

fn each_effect(program: &Program<'_>, see: &mut impl FnMut(&Effect)) {
    for scene in &program.scenes {
        scene.arrive.iter().chain(scene.steps.iter().flat_map(|step| &step.effects)).for_each(&mut *see);
    }
}

/// Effects on arriving somewhere that are looked at together with what leads there; a scene that does more is one whose
/// variables have other groups of their own.
const TOGETHER: usize = 50;

/// Members of groups that are moved in all; a story with more is ordered in fewer rounds.
const MOVES: usize = 10_000_000;

/// The variables that can have more than one value, in the order of the diagrams.
///
/// FORCE (Aloul, Markov and Sakallah 2003): each group of variables that one step touches pulls its members to its
/// middle, until the order settles. It starts from the order in which the session first touches them.
pub(super) fn order(program: &Program<'_>) -> Vec<usize> {
    let count = program.bounds.len();
    let varies = |var: &usize| program.bounds[*var].0 < program.bounds[*var].1;
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for scene in &program.scenes {
        for step in &scene.steps {
            let mut group = Vec::new();
            step.reads(&mut |var| group.push(var.index()));
            for effect in step.effects.iter().chain(program.scenes[step.go.index()].arrive.iter().take(TOGETHER)) {
                group.push(effect.var.index());
                effect.when().reads(&mut |var: VarId| group.push(var.index()));
            }
            group.retain(varies);
            group.sort_unstable();
            group.dedup();
            if group.len() > 1 {
                groups.push(group);
            }
        }
    }
    groups.sort();
    groups.dedup();
    let mut order: Vec<usize> = Vec::with_capacity(count);
    let mut placed = vec![false; count];
    for var in groups.iter().flatten().copied().chain((0..count).filter(varies)) {
        if !std::mem::replace(&mut placed[var], true) {
            order.push(var);
        }
    }
    let mut best = (spread(&order, &groups), order.clone());
    let members: usize = groups.iter().map(Vec::len).sum();
    for _ in 0..60.min(MOVES / members.max(1)) {
        let mut place = vec![0.0_f64; count];
        for (at, var) in order.iter().enumerate() {
            place[*var] = at as f64;
        }
        let mut pull = vec![(0.0_f64, 0.0_f64); count];
        for group in &groups {
            let middle = group.iter().map(|var| place[*var]).sum::<f64>() / group.len() as f64;
            // A group of two binds its members; a group of twenty says little about any two of them.
            let weight = 1.0 / group.len() as f64;
            for var in group {
                pull[*var].0 += middle * weight;
                pull[*var].1 += weight;
            }
        }
        let wanted = |var: &usize| if pull[*var].1 > 0.0 { pull[*var].0 / pull[*var].1 } else { place[*var] };
        order.sort_by(|a, b| wanted(a).total_cmp(&wanted(b)).then(a.cmp(b)));
        let now = spread(&order, &groups);
        if now < best.0 {
            best = (now, order.clone());
        }
    }
    // What tells apart the cases of a scene comes first, so that the states of two cases lie side by side in a diagram
    // and share nothing above what parts them.
    let location_vars = location_vars(program);
    let (mut first, rest): (Vec<usize>, Vec<usize>) =
        best.1.into_iter().partition(|var| location_vars.iter().any(|mode| mode.index() == *var));
    first.extend(rest);
    first
}

/// How far the groups' members stand apart in all.
fn spread(order: &[usize], groups: &[Vec<usize>]) -> usize {
    let mut place = vec![0; order.iter().max().map_or(0, |most| most + 1)];
    for (at, var) in order.iter().enumerate() {
        place[*var] = at;
    }
    let width = |group: &Vec<usize>| {
        let places = group.iter().map(|var| place[*var]);
        places.clone().max().unwrap_or(0) - places.min().unwrap_or(0)
    };
    groups.iter().map(width).sum()
}
