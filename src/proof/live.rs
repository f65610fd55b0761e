//! Which variables still matter where: a backward pass over the scenes until nothing changes.

use std::collections::HashMap;

use crate::story::{Change, Condition, Effect, Form, Kind, Piece, SceneId, Story, Template, VarId};

use super::program::{Program, and};

/// A set of variables, a bit each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Vars(Vec<u64>);

impl Vars {
    fn new(count: usize) -> Self {
        Self(vec![0; count.div_ceil(64)])
    }
    /// The first `count` variables.
    pub fn all(count: usize) -> Self {
        let mut all = Self::new(count);
        (0..count).for_each(|var| all.insert(VarId::new(var)));
        all
    }
    pub fn insert(&mut self, var: VarId) {
        self.0[var.index() / 64] |= 1 << (var.index() % 64);
    }
    fn remove(&mut self, var: VarId) {
        self.0[var.index() / 64] &= !(1 << (var.index() % 64));
    }
    pub fn contains(&self, var: usize) -> bool {
        self.0[var / 64] & (1 << (var % 64)) != 0
    }
    /// Those that are not among `other`, from the first.
    pub fn without<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = usize> + 'a {
        self.0.iter().zip(&other.0).enumerate().flat_map(|(word, (own, other))| {
            let mut left = own & !other;
            std::iter::from_fn(move || {
                let bit = (left != 0).then(|| left.trailing_zeros() as usize)?;
                left &= left - 1;
                Some(word * 64 + bit)
            })
        })
    }
    fn add(&mut self, other: &Self) -> bool {
        let mut grown = false;
        for (a, b) in self.0.iter_mut().zip(&other.0) {
            grown |= *b & !*a != 0;
            *a |= b;
        }
        grown
    }
}

/// Which scene can follow which, as far as that can be told from a story's variables of place.
///
/// A story that keeps its place in a variable (“stage is question”), set only on arriving somewhere, has ways in its
/// graph that no night can take: back from a shared scene into an earlier part. So a node is a scene with the values
/// of such variables, and has only the ways that those values leave open.
pub(super) struct Graph {
    modes: Vec<VarId>,
    /// The scene, and the values of the modes there.
    nodes: Vec<(usize, Vec<i16>)>,
    /// By node: the number of a step, and the node it leads to.
    edges: Vec<Vec<(usize, usize)>>,
}

impl Graph {
    pub fn new(program: &Program<'_>) -> Self {
        let modes = modes(program);
        let start: Vec<i16> = modes.iter().map(|var| program.start()[var.index()]).collect();
        let mut nodes: Vec<(usize, Vec<i16>)> = Vec::new();
        let mut known: HashMap<(usize, Vec<i16>), usize> = HashMap::new();
        let mut edges: Vec<Vec<(usize, usize)>> = Vec::new();
        let first = entered(program, &modes, program.story.start.index(), start);
        known.insert(first.clone(), 0);
        nodes.push(first);
        let mut at = 0;
        while at < nodes.len() {
            let (scene, values) = nodes[at].clone();
            let mut out = Vec::new();
            for (number, step) in program.scenes[scene].steps.iter().enumerate() {
                if surely(&step.guard, &modes, &values) == Some(false) {
                    continue;
                }
                let go = step.go.index();
                let next = if step.stays { (go, values.clone()) } else { entered(program, &modes, go, values.clone()) };
                let fresh = nodes.len();
                let node = *known.entry(next.clone()).or_insert(fresh);
                if node == fresh {
                    nodes.push(next);
                }
                out.push((number, node));
            }
            edges.push(out);
            at += 1;
        }
        Self { modes, nodes, edges }
    }

    /// Once-only things that are never offered after they may have been used, so that they need not be remembered.
    pub fn never_again(&self, program: &Program<'_>) -> Vec<bool> {
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
        let circle = self.circles();
        let mut out = vec![false; program.bounds.len()];
        for (var, out) in out.iter_mut().enumerate().skip(own) {
            // Back to where one came from is within a circle; for anywhere else the way is looked for.
            let back = used[var].iter().any(|(from, go)| asked[var].contains(from) && circle[*from] == circle[*go]);
            let elsewhere = |(from, _): &&(usize, usize)| asked[var].iter().any(|at| at != from);
            let from: Vec<usize> = used[var].iter().filter(elsewhere).map(|(_, go)| *go).collect();
            *out = !back && !self.leads(from, &asked[var]);
        }
        out
    }

    /// Whether one of these nodes leads to one of those.
    fn leads(&self, mut waiting: Vec<usize>, to: &[usize]) -> bool {
        let mut seen = vec![false; if waiting.is_empty() { 0 } else { self.nodes.len() }];
        while let Some(at) = waiting.pop() {
            if to.contains(&at) {
                return true;
            }
            if !std::mem::replace(&mut seen[at], true) {
                waiting.extend(self.edges[at].iter().map(|(_, go)| *go));
            }
        }
        false
    }

    /// By node, the number of the circle it is in: nodes from which one comes back have the same (Tarjan 1972, with a
    /// stack of its own, since a story may be deeper than ours).
    fn circles(&self) -> Vec<usize> {
        const NEW: usize = usize::MAX;
        let count = self.nodes.len();
        let (mut index, mut low, mut circle) = (vec![NEW; count], vec![0; count], vec![NEW; count]);
        let (mut next, mut found) = (0, 0);
        let mut open: Vec<usize> = Vec::new();
        for root in 0..count {
            let mut path: Vec<(usize, usize)> = if index[root] == NEW { vec![(root, 0)] } else { Vec::new() };
            while let Some((at, edge)) = path.pop() {
                if edge == 0 {
                    (index[at], low[at]) = (next, next);
                    next += 1;
                    open.push(at);
                }
                if let Some((_, go)) = self.edges[at].get(edge) {
                    path.push((at, edge + 1));
                    if index[*go] == NEW {
                        path.push((*go, 0));
                    } else if circle[*go] == NEW {
                        low[at] = low[at].min(index[*go]);
                    }
                    continue;
                }
                if low[at] == index[at] {
                    while let Some(member) = open.pop() {
                        circle[member] = found;
                        if member == at {
                            break;
                        }
                    }
                    found += 1;
                }
                if let Some((before, _)) = path.last() {
                    low[*before] = low[*before].min(low[at]);
                }
            }
        }
        circle
    }
}

/// For each scene, the variables that something from there on reads, once its arrival effects are done. `reads` are
/// those that scenes read by themselves.
/// The pass runs over the nodes of the [`Graph`].
pub(super) fn live(program: &Program<'_>, reads: &[(SceneId, VarId)]) -> Vec<Vec<Matter>> {
    let count = program.bounds.len();
    let mut own = vec![Vars::new(count); program.scenes.len()];
    for (scene, var) in reads {
        own[scene.index()].insert(*var);
    }
    let Graph { modes, nodes, edges } = Graph::new(program);
    let mut live: Vec<Vars> = nodes.iter().map(|(scene, _)| own[*scene].clone()).collect();
    let mut changed = true;
    while changed {
        changed = false;
        for at in (0..live.len()).rev() {
            let scene = nodes[at].0;
            let mut now = own[scene].clone();
            for (number, next) in &edges[at] {
                let step = &program.scenes[scene].steps[*number];
                let mut needed = live[*next].clone();
                if !step.stays {
                    before(&program.scenes[step.go.index()].arrive, &mut needed);
                }
                before(&step.effects, &mut needed);
                step.guard.reads(&mut |var| needed.insert(var));
                now.add(&needed);
            }
            changed |= live[at].add(&now);
        }
    }
    let mut out: Vec<Vec<Matter>> = (0..program.scenes.len()).map(|_| Vec::new()).collect();
    for ((scene, values), mut vars) in nodes.into_iter().zip(live) {
        // What tells the cases apart is never forgotten, or one case would leak into another.
        modes.iter().for_each(|var| vars.insert(*var));
        let is = modes.iter().zip(values).map(|(var, value)| Condition::Is(*var, value));
        let when = is.fold(Condition::Always, and);
        out[scene].push(Matter { when, vars });
    }
    out
}

/// What matters at a scene while a condition holds; the conditions of a scene's matters exclude each other.
#[derive(Debug)]
pub(super) struct Matter {
    pub when: Condition,
    pub vars: Vars,
}

/// The variables that matter at a scene in one case or another.
pub(super) fn in_any_case(scene: &[Matter], count: usize) -> Vars {
    let mut all = Vars::new(count);
    for matter in scene {
        all.add(&matter.vars);
    }
    all
}

/// Whether a variable matters at a scene in any case.
pub(super) fn matters(scene: &[Matter], var: usize) -> bool {
    scene.iter().any(|matter| matter.vars.contains(var))
}

/// The variables that are only ever set, to a constant, on arriving at a scene.
fn modes(program: &Program<'_>) -> Vec<VarId> {
    let mut fits = vec![false; program.bounds.len()];
    let simple = |effect: &Effect| matches!(effect.change, Change::Set(_)) && *effect.when() == Condition::Always;
    for effect in program.scenes.iter().flat_map(|scene| &scene.arrive) {
        fits[effect.var.index()] = true;
    }
    for scene in &program.scenes {
        scene.arrive.iter().filter(|effect| !simple(effect)).for_each(|effect| fits[effect.var.index()] = false);
        scene.steps.iter().flat_map(|step| &step.effects).for_each(|effect| fits[effect.var.index()] = false);
    }
    // Four such variables are plenty; more would only multiply the pairs.
    fits.iter().enumerate().filter(|(_, fits)| **fits).map(|(var, _)| VarId::new(var)).take(4).collect()
}

fn entered(program: &Program<'_>, modes: &[VarId], scene: usize, mut values: Vec<i16>) -> (usize, Vec<i16>) {
    for effect in &program.scenes[scene].arrive {
        if let (Change::Set(value), Some(at)) = (effect.change, modes.iter().position(|var| *var == effect.var)) {
            values[at] = value;
        }
    }
    (scene, values)
}

/// Whether a condition surely holds or surely fails when only these variables are known.
fn surely(condition: &Condition, modes: &[VarId], values: &[i16]) -> Option<bool> {
    let each = |both: &(Condition, Condition)| (surely(&both.0, modes, values), surely(&both.1, modes, values));
    match condition {
        Condition::Always => Some(true),
        Condition::Not(inner) => surely(inner, modes, values).map(|holds| !holds),
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
        Condition::Is(var, value) => modes.iter().position(|known| known == var).map(|at| values[at] == *value),
        Condition::Against(..) | Condition::Compare(..) => None,
    }
}

/// What must be known before these effects for `needed` to be known after them.
fn before(effects: &[Effect], needed: &mut Vars) {
    for effect in effects.iter().rev() {
        if matches!(effect.change, Change::Set(_)) && *effect.when() == Condition::Always {
            needed.remove(effect.var);
        } else if needed.contains(effect.var.index()) {
            effect.when().reads(&mut |var| needed.insert(var));
        }
    }
}

/// Everything that the words of all scenes read.
pub(super) fn all_words(story: &Story) -> Vec<(SceneId, VarId)> {
    let mut out = Vec::new();
    for at in 0..story.scenes.len() {
        let scene = SceneId::new(at);
        words(story, scene, &mut |var| out.push((scene, var)));
    }
    out
}

/// The variables that a scene's words read, also in what its choices say.
fn words(story: &Story, id: SceneId, see: &mut dyn FnMut(VarId)) {
    let scene = story.scene(id);
    for &text in story.texts(id).iter().flatten() {
        template(story, text, see, 0);
    }
    let Kind::Decide(decision) = &scene.kind else { return };
    let standing = scene.seat.and_then(|seat| story.seats[seat.index()].standing.as_ref());
    for choice in story.choices(decision).iter().chain(standing) {
        for text in std::iter::once(choice.say).chain(choice.reply()).chain(choice.locked()) {
            template(story, text, see, 0);
        }
        if let Some((message, ..)) = choice.send() {
            template(story, story.messages[message.index()].gist, see, 0);
        }
    }
    match decision.form.as_deref() {
        Some(Form::Pass { messages, .. }) => {
            for message in messages {
                template(story, story.messages[message.index()].gist, see, 0);
            }
        }
        Some(Form::Relay { .. }) => {
            for reading in story.messages.iter().flat_map(|message| message.heard.iter().flatten()) {
                template(story, reading.text, see, 0);
            }
        }
        _ => {}
    }
}

fn template(story: &Story, text: Template, see: &mut dyn FnMut(VarId), depth: u8) {
    story.words(text).each(&mut |piece| match piece {
        Piece::Value(var) => see(var),
        Piece::If { when, .. } => when.reads(&mut |var| see(var)),
        Piece::Sheet(sheet) => story.sheets[sheet.index()].lines.iter().for_each(|line| see(line.var)),
        Piece::Clock => story.clock.iter().for_each(|clock| see(clock.var)),
        Piece::Heard(_) | Piece::Meant(_) => {}
        _ => {}
    });
    // What is quoted is read too; how deep is bounded as in rendering.
    let mut quoted = Vec::new();
    story.words(text).each(&mut |piece| match piece {
        Piece::Heard(message) => quoted.push((message, true)),
        Piece::Meant(message) => quoted.push((message, false)),
        _ => {}
    });
    for (message, heard) in quoted {
        match (message, story.parcel) {
            (Some(id), _) if heard => see(story.messages[id.index()].heard_var),
            (None, Some(parcel)) => {
                see(parcel.message);
                if heard {
                    see(parcel.treatment);
                }
            }
            _ => {}
        }
        if depth < 4 {
            let messages = match message {
                Some(id) => std::slice::from_ref(&story.messages[id.index()]),
                None => story.messages.as_slice(),
            };
            for message in messages {
                template(story, message.gist, see, depth + 1);
                for reading in message.heard.iter().flatten() {
                    template(story, reading.text, see, depth + 1);
                }
            }
        }
    }
}
