//! Which scene can follow which, as far as that can be told without exploring.

use std::collections::HashMap;

use crate::engine::Pick;
use crate::story::{Change, Condition, Effect, SceneKind, VarId, cycles};

use super::meter::Meter;
use super::program::{Label, Program};

/// Which scene can follow which, as far as that can be told from a story's variables of place.
///
/// A story that keeps its place in a variable (“stage is question”), set only on arriving somewhere, has ways in its
/// graph that no session can take: back from a shared scene into an earlier part. So a node is a scene with the values
/// of such variables, and has only the ways that those values leave open.
pub(super) struct Graph {
    pub location_vars: Vec<VarId>,
    /// The index of the scene, and the values of `location_vars` there.
    pub nodes: Vec<(usize, Vec<i16>)>,
    /// By node: the index of a step, and the index of the node it leads to.
    pub edges: Vec<Vec<(usize, usize)>>,
}

/// The greatest number of nodes for each scene; if a story needs more, fewer variables are used.
const MOST_NODES: usize = 20;

/// How deep nested cycles are ordered; deeper ones are looked at in any order.
const DEEPEST: usize = 30;

impl Graph {
    /// `None` if the budget is used up.
    pub fn new(program: &Program<'_>, meter: &Meter<'_>) -> Option<Self> {
        let most = MOST_NODES * program.scenes.len();
        let mut location_vars = location_vars(program);
        loop {
            if let Some(graph) = Self::with(program, location_vars.clone(), most, meter) {
                return Some(graph);
            }
            // What tells fewest places apart is done without first.
            location_vars.pop()?;
        }
    }

    fn with(program: &Program<'_>, location_vars: Vec<VarId>, most: usize, meter: &Meter<'_>) -> Option<Self> {
        let start: Vec<i16> = location_vars.iter().map(|var| program.start()[var.index()]).collect();
        let first = entered(program, &location_vars, program.story.start.index(), start);
        let mut known: HashMap<(usize, Vec<i16>), usize> = HashMap::from([(first.clone(), 0)]);
        let mut out = Self { location_vars, nodes: vec![first], edges: Vec::new() };
        let mut at = 0;
        while at < out.nodes.len() {
            let (scene, values) = out.nodes[at].clone();
            let steps = open_steps(program, scene, &out.location_vars, &values);
            if out.nodes.len() > most || meter.works(10 * steps.len()) {
                return None;
            }
            let mut edges = Vec::with_capacity(steps.len());
            for number in steps {
                let step = &program.scenes[scene].steps[number];
                let go = step.go.index();
                let stays = (go, values.clone());
                let next = if step.stays { stays } else { entered(program, &out.location_vars, go, values.clone()) };
                let fresh = out.nodes.len();
                let node = *known.entry(next.clone()).or_insert(fresh);
                if node == fresh {
                    out.nodes.push(next);
                }
                edges.push((number, node));
            }
            out.edges.push(edges);
            at += 1;
        }
        Some(out)
    }

    /// Once-only things that are never offered after they may have been used, so that they need not be remembered.
    pub fn dead_once(&self, program: &Program<'_>, meter: &Meter<'_>) -> Vec<bool> {
        let own = program.story.vars.len();
        // By variable: the ways on which it is used up, and the nodes where it is asked about.
        let mut used: Vec<Vec<(usize, usize)>> = vec![Vec::new(); program.bounds.len()];
        let mut asked: Vec<Vec<usize>> = vec![Vec::new(); program.bounds.len()];
        for (at, edges) in self.edges.iter().enumerate() {
            let steps = &program.scenes[self.nodes[at].0].steps;
            for (number, go) in edges {
                let effects = steps[*number].effects.iter().map(|effect| effect.var.index());
                effects.filter(|var| *var >= own).for_each(|var| used[var].push((at, *go)));
            }
            for step in steps {
                step.guard.reads(&mut |var| {
                    let list = &mut asked[var.index()];
                    if var.index() >= own && list.last() != Some(&at) {
                        list.push(at);
                    }
                });
            }
        }
        let cycle = self.cycles();
        let mut out = vec![false; program.bounds.len()];
        for (var, out) in out.iter_mut().enumerate().skip(own) {
            let asked = &asked[var];
            // Back to where one came from is within a cycle; for anywhere else the way is looked for.
            let back = used[var].iter().any(|(from, go)| cycle[*from] == cycle[*go] && asked.contains(from));
            let elsewhere = |(from, _): &&(usize, usize)| asked.iter().any(|at| at != from);
            let from: Vec<usize> = used[var].iter().filter(elsewhere).map(|(_, go)| *go).collect();
            *out = !back && (from.is_empty() || !self.leads(from, asked, meter));
        }
        out
    }

    /// Whether one of these nodes leads to one of those; yes, where the budget is used up before that is known.
    fn leads(&self, mut waiting: Vec<usize>, to: &[usize], meter: &Meter<'_>) -> bool {
        let mut goal = vec![false; self.nodes.len()];
        to.iter().for_each(|at| goal[*at] = true);
        let mut seen = vec![false; self.nodes.len()];
        while let Some(at) = waiting.pop() {
            if goal[at] {
                return true;
            }
            if !std::mem::replace(&mut seen[at], true) {
                if meter.works(1 + self.edges[at].len()) {
                    return true;
                }
                waiting.extend(self.edges[at].iter().map(|(_, go)| *go));
            }
        }
        false
    }

    /// The nodes in the order in which they are best looked at: each after all that lead to it, as far as there are no
    /// cycles; and a cycle within a cycle as a whole, before what comes after it in the outer one.
    ///
    /// That is a weak topological order (Bourdoncle 1993): a cycle begins where it is first come to, and goes on with
    /// what is left of it without that node, ordered in the same way.
    pub fn in_order(&self) -> Vec<usize> {
        let mut out = Vec::with_capacity(self.nodes.len());
        self.arrange((0..self.nodes.len()).collect(), DEEPEST, &mut out);
        out
    }

    /// Appends these nodes, which are given from the first that a session comes to, in order.
    fn arrange(&self, nodes: Vec<usize>, deepest: usize, out: &mut Vec<usize>) {
        let place: HashMap<usize, usize> = nodes.iter().copied().zip(0..).collect();
        let edges: Vec<Vec<usize>> = nodes
            .iter()
            .map(|at| self.edges[*at].iter().filter_map(|(_, go)| place.get(go).copied()).collect())
            .collect();
        let cycle = cycles(nodes.len(), |at, edge| edges[at].get(edge).copied());
        let mut order: Vec<usize> = (0..nodes.len()).collect();
        // Cycles with smaller numbers come later.
        order.sort_by_key(|at| std::cmp::Reverse(cycle[*at]));
        for cycle in order.chunk_by(|a, b| cycle[*a] == cycle[*b]) {
            let mut cycle = cycle.iter().map(|at| nodes[*at]);
            out.extend(cycle.next());
            let rest: Vec<usize> = cycle.collect();
            if deepest == 0 {
                out.extend(rest);
            } else if !rest.is_empty() {
                self.arrange(rest, deepest - 1, out);
            }
        }
    }

    /// By node, the number of the cycle it is in.
    pub fn cycles(&self) -> Vec<usize> {
        cycles(self.nodes.len(), |at, edge| self.edges[at].get(edge).map(|(_, go)| *go))
    }
}

/// The steps of a scene, by number, that may be open where these variables have these values.
fn open_steps(program: &Program<'_>, scene: usize, location_vars: &[VarId], values: &[i16]) -> Vec<usize> {
    let steps = &program.scenes[scene].steps;
    let ordered = matches!(program.story.scenes[scene].kind, SceneKind::Route { by_lot: false, .. });
    let mut out = Vec::new();
    // Whether something is open besides the standing choice.
    let mut open = Some(false);
    let is = |var, value| location_vars.iter().position(|known| *known == var).map(|at| values[at] == value);
    for (number, step) in steps.iter().enumerate() {
        let holds = surely(&step.guard, &is);
        let is_open = match step.label {
            Label::Pick(Pick::Standing) | Label::Tick | Label::Freeze => holds != Some(false) && open != Some(false),
            Label::Otherwise => open != Some(true),
            Label::Pick(_) => {
                open = match (open, holds) {
                    (Some(true), _) | (_, Some(true)) => Some(true),
                    (Some(false), Some(false)) => Some(false),
                    _ => None,
                };
                holds != Some(false)
            }
            Label::Way(_) | Label::Flow => holds != Some(false),
        };
        if is_open {
            out.push(number);
        }
        if ordered && holds == Some(true) {
            break;
        }
    }
    out
}

/// The variables that are only ever set, to a constant, on arriving at a scene; those with most values first, since
/// they tell most places apart. Of those with two values, such as whether a scene has been entered, only where there is
/// no other: each would have to be known to the end of the session.
pub(super) fn location_vars(program: &Program<'_>) -> Vec<VarId> {
    let mut fits = vec![false; program.bounds.len()];
    let simple = |effect: &Effect| matches!(effect.change, Change::Set(_)) && *effect.when() == Condition::Always;
    for effect in program.scenes.iter().flat_map(|scene| &scene.arrive) {
        fits[effect.var.index()] = true;
    }
    for scene in &program.scenes {
        scene.arrive.iter().filter(|effect| !simple(effect)).for_each(|effect| fits[effect.var.index()] = false);
        scene.steps.iter().flat_map(|step| &step.effects).for_each(|effect| fits[effect.var.index()] = false);
    }
    let mut out: Vec<usize> = (0..fits.len()).filter(|var| fits[*var]).collect();
    let values = |var: &usize| program.bounds[*var].1 - program.bounds[*var].0;
    out.sort_by_key(|var| std::cmp::Reverse(values(var)));
    let most = out.first().map_or(0, values);
    // Four such variables are plenty; more would only multiply the pairs.
    out.into_iter().filter(|var| most < 2 || values(var) >= 2).take(4).map(VarId::new).collect()
}

fn entered(program: &Program<'_>, location_vars: &[VarId], scene: usize, mut values: Vec<i16>) -> (usize, Vec<i16>) {
    for effect in &program.scenes[scene].arrive {
        if let (Change::Set(value), Some(at)) = (effect.change, location_vars.iter().position(|var| *var == effect.var))
        {
            values[at] = value;
        }
    }
    (scene, values)
}

/// Whether a condition surely holds or surely fails, where `is` says whether a variable surely has a value or surely
/// has another.
pub(super) fn surely(condition: &Condition, is: &dyn Fn(VarId, i16) -> Option<bool>) -> Option<bool> {
    let each = |both: &(Condition, Condition)| (surely(&both.0, is), surely(&both.1, is));
    match condition {
        Condition::Always => Some(true),
        Condition::Not(inner) => surely(inner, is).map(|holds| !holds),
        Condition::And(both) => match each(both) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            _ => None,
        },
        Condition::Or(both) => match each(both) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (Some(false), Some(false)) => Some(false),
            _ => None,
        },
        Condition::Is(var, value) => is(*var, *value),
        Condition::Against(..) | Condition::Compare(..) => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::proof::meter::{Budget, Meter};
    use crate::proof::program::Program;
    use crate::story::{Sources, check};

    use super::Graph;

    #[test]
    fn a_circle_within_a_circle_is_ordered_as_a_whole() {
        let text = r#"(scenes: {
          "a": (text: "A.", choices: [(say: "b", keep: true, go: "b"), (say: "z", go: "z")]),
          "b": (text: "B.", choices: [(say: "c", keep: true, go: "c"), (say: "e", keep: true, go: "e")]),
          "c": (text: "C.", choices: [(say: "d", keep: true, go: "d")]),
          "d": (text: "D.", choices: [(say: "b", keep: true, go: "b")]),
          "e": (text: "E.", choices: [(say: "a", keep: true, go: "a")]),
          "z": (text: "Z.", end: "Z") })"#;
        let story = check(&Sources::from_texts([("a.ron", text)]), Vec::new()).story.expect("the story is sound");
        let budget = Budget { nodes: Budget::NODES, stop: &|| false };
        let program = Program::of(&story, budget).expect("the story is small");
        let graph = Graph::new(&program, &Meter::new(budget)).expect("the budget is large");
        let scenes = graph.in_order().into_iter().map(|node| story.scenes[graph.nodes[node].0].id.to_string());
        assert_eq!(scenes.collect::<Vec<_>>(), ["a", "b", "c", "d", "e", "z"]);
    }
}
