//! Sessions that cannot end, whoever holds the seats.
//!
//! A session by itself goes from cycle to cycle: scenes that lead back to each other by steps that the story takes. If
//! from every state of every cycle the cycle can be left by such steps, an ending is always in reach, for persons as
//! well, since what the story takes is open to them too. That time passes, or that somebody stops the session, is no
//! way out: neither need ever happen.

use std::collections::{BTreeSet, HashMap};

use crate::engine::{LONGEST_RUN, LONGEST_STRETCH, Pick, SEARCH_LIMIT, search_cost};
use crate::story::{Cycles, Effect, MessageId, OnceId, SceneId, SceneKind, Story, cycles};

use super::diagram::Set;
use super::explore::Explored;
use super::finding::{Fault, Finding};
use super::program::{Autoplay, Label, Program};

/// Finds where sessions cannot end. `whole` is the program with everything that happens, of which what decides was
/// explored. `false` if the budget is used up.
pub(super) fn endings(whole: &Program<'_>, explored: &mut Explored<'_, '_>, findings: &mut Vec<Finding>) -> bool {
    stuck(explored, findings);
    let Some((run, stopped)) = runs(explored, findings) else { return false };
    // A session that is stopped, for good or as the story's fault, goes round no more.
    let mut halts = stopped;
    for scene in explored.program.story.scene_ids() {
        let stuck = stuck_in(explored, scene);
        halts[scene.index()] = explored.diagrams.union(halts[scene.index()], stuck);
    }
    let Some(lost) = by_itself(whole, explored, run, &halts, findings) else { return false };
    if lost.iter().any(|set| !set.is_empty()) {
        return never_end(explored, lost, halts, findings);
    }
    !explored.is_spent()
}

fn none(explored: &Explored<'_, '_>) -> Vec<Set> {
    vec![Set::NONE; explored.program.scenes.len()]
}

/// The states of a scene in which nothing can happen.
fn stuck_in(explored: &mut Explored<'_, '_>, scene: SceneId) -> Set {
    let reached = explored.reached[scene.index()];
    if explored.program.scenes[scene.index()].ends {
        return Set::NONE;
    }
    let open = (0..explored.program.scenes[scene.index()].steps.len())
        .fold(Set::NONE, |open, number| explored.diagrams.union(open, explored.guard(scene, number)));
    explored.diagrams.difference(reached, open)
}

/// Most stuck sessions for which a walk is shown; of others only the scene is named.
const SHOWN: usize = 20;

fn stuck(explored: &mut Explored<'_, '_>, findings: &mut Vec<Finding>) {
    let story = explored.program.story;
    for scene in story.scene_ids() {
        let states = stuck_in(explored, scene);
        if !states.is_empty() && !explored.is_spent() {
            let mut goal = none(explored);
            goal[scene.index()] = states;
            let walk = if findings.len() < SHOWN { explored.walk_to(&goal) } else { None };
            findings.push(Finding::new(story, Fault::Stuck(scene), None, walk));
        }
    }
}

/// How often scenes follow each other without a decision, at most, and by scene the states from which they do so too
/// often; finds these. `None` if the budget is used up.
fn runs(explored: &mut Explored<'_, '_>, findings: &mut Vec<Finding>) -> Option<(usize, Vec<Set>)> {
    let program = explored.program;
    let follow = |scene: SceneId| -> Vec<(usize, SceneId)> {
        let steps = program.scenes[scene.index()].steps.iter().enumerate();
        steps.filter(|(_, step)| program.follows(scene, step)).map(|(number, step)| (number, step.go)).collect()
    };
    let next: Vec<Vec<(usize, SceneId)>> = program.story.scene_ids().map(follow).collect();
    // By what is written no run is longer than this, where none leads back to where it has been.
    let cycle = cycles(next.len(), |at, edge| next[at].get(edge).map(|(_, go)| go.index()));
    let mut order: Vec<usize> = (0..next.len()).collect();
    order.sort_by_key(|at| cycle[*at]);
    let mut longest = vec![0; next.len()];
    let mut round = false;
    for at in order {
        for (_, go) in &next[at] {
            round |= cycle[at] == cycle[go.index()];
            longest[at] = longest[at].max(longest[go.index()] + 1);
        }
    }
    let most = longest.iter().copied().max().unwrap_or(0);
    if !round && most <= LONGEST_RUN {
        return Some((most, none(explored)));
    }
    // The states from which a run goes on for at least so long, step by step.
    let mut from = explored.reached.clone();
    let mut into: Vec<Vec<usize>> = vec![Vec::new(); next.len()];
    next.iter().enumerate().for_each(|(at, next)| next.iter().for_each(|(_, go)| into[go.index()].push(at)));
    let mut changed: Vec<usize> = (0..next.len()).collect();
    for length in 0..=LONGEST_RUN {
        let mut shorter: Vec<(usize, Set)> = Vec::new();
        for at in changed {
            let mut on = Set::NONE;
            for (number, go) in &next[at] {
                let before = explored.before(from[go.index()], SceneId::new(at), *number);
                on = explored.diagrams.union(on, before);
            }
            let on = explored.diagrams.intersection(from[at], on);
            if on != from[at] {
                shorter.push((at, on));
            }
            if explored.works(1 + next[at].len()) {
                return None;
            }
        }
        // Nothing became less: what is left goes on for ever.
        if shorter.is_empty() {
            break;
        }
        let mut again = Vec::new();
        for (at, on) in shorter {
            from[at] = on;
            again.extend(&into[at]);
        }
        again.sort_unstable();
        again.dedup();
        changed = again;
        if from.iter().all(|set| set.is_empty()) {
            return Some((length, from));
        }
    }
    let first = (0..from.len()).find(|at| !from[*at].is_empty())?;
    let walk = explored.walk_to(&from);
    findings.push(Finding::new(program.story, Fault::LongRun(SceneId::new(first)), None, walk));
    Some((LONGEST_RUN, from))
}

/// What it takes to go from somewhere to an ending, at most.
#[derive(Debug, Clone, Copy, Default)]
struct Distance {
    scenes: usize,
    /// What the story looks at to find its way.
    searched: f64,
    /// There is a cycle on the way.
    round: bool,
}

impl Distance {
    /// Whether the session gets there before it is stopped.
    fn is_near(self) -> bool {
        if self.round {
            // It may have gone round for half of what it may before it looks for its way.
            self.scenes < LONGEST_STRETCH / 2 - LONGEST_RUN && self.searched <= SEARCH_LIMIT as f64
        } else {
            self.scenes <= LONGEST_STRETCH
        }
    }
}

/// By scene, the states that the story cannot leave its cycle from; finds cycles that it may not find its way out of.
/// `run` is how often scenes follow each other, at most; `halts` are the states in which the session is stopped. `None`
/// where the budget is used up.
fn by_itself(
    whole: &Program<'_>,
    explored: &mut Explored<'_, '_>,
    run: usize,
    halts: &[Set],
    findings: &mut Vec<Finding>,
) -> Option<Vec<Set>> {
    let program = explored.program;
    let story = program.story;
    let cycles = story.cycles_alone();
    let mut order: Vec<SceneId> = story.scene_ids().filter(|id| !explored.reached[id.index()].is_empty()).collect();
    order.sort_by_key(|id| cycles.of(*id));
    let mut lost = none(explored);
    let mut far = vec![Distance::default(); story.scenes.len()];
    let mut hard: Vec<SceneId> = Vec::new();
    let each = search_cost(story, run + 1) as f64;
    // Cycles with smaller numbers come later in a session, and what follows them is known before them.
    for scenes in order.chunk_by(|a, b| cycles.of(*a) == cycles.of(*b)) {
        let mut beyond = Distance::default();
        for id in scenes {
            for step in program.scenes[id.index()].steps.iter().filter(|step| !matches!(step.autoplay, Autoplay::Never))
            {
                let next = far[step.go.index()];
                beyond.scenes = beyond.scenes.max(next.scenes);
                beyond.searched = beyond.searched.max(next.searched);
                beyond.round |= next.round;
            }
        }
        let mut all = Distance { scenes: beyond.scenes + 1, ..beyond };
        if cycles.goes_round(scenes[0]) {
            let left = Cycle::new(whole, explored, scenes, (&cycles, halts)).leave(explored)?;
            let searched = beyond.searched + left.searched * each;
            all = Distance { scenes: beyond.scenes + left.scenes, searched, round: true };
            for (id, states) in left.lost {
                lost[id.index()] = states;
            }
        }
        // What is too far because of what follows is told where that is.
        if beyond.is_near() && !all.is_near() {
            hard.extend(scenes);
        }
        scenes.iter().for_each(|id| far[id.index()] = all);
    }
    // A seat that is alone at the table is never held by the story; and a run without end is told already.
    if !hard.is_empty() && story.seats.len() > 1 && run < LONGEST_RUN {
        hard.sort_unstable();
        findings.push(Finding::new(story, Fault::HardToLeave(hard), None, None));
    }
    Some(lost)
}

/// Scenes that lead back to each other when the story decides.
struct Cycle {
    scenes: Vec<SceneId>,
    /// By index of `scenes`: the states in which the story leaves the cycle, or the session is stopped.
    leaves: Vec<Set>,
    /// The steps within the cycle: from (an index into `scenes`), step number, to (an index), and the states in which
    /// it is taken.
    within: Vec<(usize, usize, usize, Set)>,
    /// By index of `scenes`: how it goes on within the cycle.
    on: Vec<CycleStep>,
    /// The greatest number of options in a state.
    open: usize,
    /// An upper bound for the number of states of the cycle, counting only what changes within it.
    states: f64,
}

/// How a scene goes on within its cycle.
struct CycleStep {
    /// On one of these ways, whichever is open; else on each of them, as is decided or drawn.
    by_itself: bool,
    go: Vec<usize>,
}

impl CycleStep {
    /// How many states follow so many steps and one, where these follow so many.
    fn go_on(&self, next: &[f64]) -> f64 {
        let next = self.go.iter().map(|to| next[*to]);
        if self.by_itself { next.fold(0.0, f64::max) } else { next.sum() }
    }
}

/// How a cycle is left.
struct CycleExit {
    /// Not from these states.
    lost: Vec<(SceneId, Set)>,
    /// Within so many scenes, at most.
    scenes: usize,
    /// Most states that are looked at to find out how.
    searched: f64,
}

impl Cycle {
    fn new(
        whole: &Program<'_>,
        explored: &mut Explored<'_, '_>,
        scenes: &[SceneId],
        (cycles, halts): (&Cycles, &[Set]),
    ) -> Self {
        let program = explored.program;
        let places: HashMap<SceneId, usize> = scenes.iter().copied().zip(0..).collect();
        let mut out = Self {
            scenes: scenes.to_vec(),
            leaves: Vec::new(),
            within: Vec::new(),
            on: Vec::new(),
            open: 1,
            states: 1.0,
        };
        // What tells the states of the cycle apart: variables that decide and are changed in it, and what is used up.
        let deciding = program.story.deciding();
        let decides = |effect: &&Effect| deciding.get(effect.var.index()) == Some(&true);
        let (mut changed, mut used) = (BTreeSet::new(), BTreeSet::new());
        for (at, id) in scenes.iter().enumerate() {
            let steps = &program.scenes[id.index()].steps;
            let taken = explored.taken_alone(*id);
            let mut leaves = halts[id.index()];
            let (mut ways, mut open) = (Vec::new(), 0);
            let by_itself = steps.iter().all(|step| program.follows(*id, step));
            for (number, taken) in taken.into_iter().enumerate() {
                let taken = explored.diagrams.intersection(taken, explored.reached[id.index()]);
                if taken.is_empty() {
                    continue;
                }
                open += 1;
                let go = steps[number].go;
                if cycles.of(go) == cycles.of(*id) {
                    out.within.push((at, number, places[&go], taken));
                    let all = &whole.scenes[id.index()].steps[number];
                    let arrive = if all.stays { &[][..] } else { &whole.scenes[go.index()].arrive };
                    let once = once_of(program.story, *id, steps[number].label);
                    let own: Vec<&Effect> = all.effects.iter().filter(decides).collect();
                    changed.extend(own.iter().copied().chain(arrive.iter().filter(decides)).map(|effect| effect.var));
                    used.extend(once.iter().copied());
                    // Two ways that do the same come to the same state.
                    if !ways.contains(&(go, once.clone(), own.clone())) {
                        ways.push((go, once, own));
                    }
                } else {
                    leaves = explored.diagrams.union(leaves, taken);
                }
            }
            out.on.push(CycleStep { by_itself, go: ways.iter().map(|(go, ..)| places[go]).collect() });
            out.open = out.open.max(open);
            out.leaves.push(leaves);
        }
        let values = changed.iter().map(|var| {
            let (least, most) = program.story.vars[var.index()].domain.bounds();
            f64::from(most) - f64::from(least) + 1.0
        });
        out.states = scenes.len() as f64 * values.product::<f64>() * 2_f64.powf(used.len() as f64);
        out
    }

    /// Backwards from where the cycle is left, scene by scene.
    fn leave(self, explored: &mut Explored<'_, '_>) -> Option<CycleExit> {
        let mut known = self.leaves.clone();
        let mut fresh = self.leaves.clone();
        let mut scenes = 1;
        loop {
            fresh = self.before(explored, &fresh, &mut known)?;
            if fresh.iter().all(|set| set.is_empty()) {
                break;
            }
            scenes += 1;
        }
        let searched = self.near(scenes).min(self.states) * self.open as f64;
        let mut lost = Vec::new();
        for (id, known) in self.scenes.iter().zip(known) {
            lost.push((*id, explored.diagrams.difference(explored.reached[id.index()], known)));
        }
        Some(CycleExit { lost, scenes, searched })
    }

    /// Returns an upper bound for the number of states that can be reached from a state within this many scenes: the
    /// number of ways to go.
    fn near(&self, scenes: usize) -> f64 {
        let mut ways = vec![1.0_f64; self.scenes.len()];
        let mut all = 0.0_f64;
        for _ in 0..scenes.min(10_000) {
            all += ways.iter().copied().fold(0.0, f64::max);
            ways = self.on.iter().map(|on| on.go_on(&ways)).collect();
        }
        all
    }

    /// Finds the states, not in `known` yet, from which a step leads into one of `into`. `None` if the budget is used
    /// up.
    fn before(&self, explored: &mut Explored<'_, '_>, into: &[Set], known: &mut [Set]) -> Option<Vec<Set>> {
        let mut out = vec![Set::NONE; self.scenes.len()];
        for &(at, number, to, taken) in &self.within {
            let id = self.scenes[at];
            if explored.works(1) {
                return None;
            }
            if into[to].is_empty() {
                continue;
            }
            let before = explored.before(into[to], id, number);
            let here = explored.diagrams.intersection(before, taken);
            let fresh = explored.diagrams.difference(here, known[at]);
            out[at] = explored.diagrams.union(out[at], fresh);
        }
        for (known, fresh) in known.iter_mut().zip(&out) {
            *known = explored.diagrams.union(*known, *fresh);
        }
        Some(out)
    }
}

/// Returns the once-only things that a pick uses up.
fn once_of(story: &Story, scene: SceneId, label: Label) -> Vec<OnceId> {
    let message = |id: MessageId| story.messages[id.index()].once;
    let Label::Pick(pick) = label else { return Vec::new() };
    match (pick, &story.scene(scene).kind) {
        (Pick::Send { message: id, .. }, _) => message(id).into_iter().collect(),
        (Pick::Choice(at), SceneKind::Decide(decision)) => {
            let choice = &story.choices(decision)[usize::from(at)];
            choice.once.into_iter().chain(choice.send().and_then(|(id, ..)| message(id))).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether a person can bring a session on so.
fn decides(label: Label) -> bool {
    !matches!(label, Label::Tick | Label::Freeze)
}

/// Tells from which of the states that the story cannot bring on nobody else can either. `false` if the budget is
/// used up.
fn never_end(
    explored: &mut Explored<'_, '_>,
    alone: Vec<Set>,
    mut halts: Vec<Set>,
    findings: &mut Vec<Finding>,
) -> bool {
    let story = explored.program.story;
    for at in (0..halts.len()).filter(|at| explored.program.scenes[*at].ends) {
        halts[at] = explored.reached[at];
    }
    let Some(layers) = explored.towards(&halts, decides, false) else { return false };
    let mut lost = explored.reached.clone();
    for (scene, set) in layers.iter().flatten() {
        lost[scene.index()] = explored.diagrams.difference(lost[scene.index()], *set);
    }
    let mut only_alone = alone;
    for (alone, lost) in only_alone.iter_mut().zip(&lost) {
        *alone = explored.diagrams.difference(*alone, *lost);
    }
    if explored.is_spent() {
        return false;
    }
    for (states, fault) in [(lost, Fault::Endless as fn(Vec<SceneId>) -> Fault), (only_alone, Fault::EndlessAlone)] {
        let scenes: Vec<SceneId> = story.scene_ids().filter(|id| !states[id.index()].is_empty()).collect();
        if !scenes.is_empty() {
            let walk = explored.walk_to(&states);
            findings.push(Finding::new(story, fault(scenes), None, walk));
        }
    }
    !explored.is_spent()
}
