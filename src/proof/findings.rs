use crate::story::{
    Change, Checked, Code, Diagnostic, Effect, EndingId, Kind, Place, Places, SceneId, Sources, Story, Var, VarId, told,
};

use crate::text::counted;

use super::diagram::{Budget, MOST_LEVELS, Set};
use super::evidence::Walk;
use super::explore::{Explored, explore};
use super::live::{all_words, live, matters};
use super::open::{readings, steps};
use super::program::Program;
use super::words::words;

/// What the proof came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Every night was explored, and nothing is wrong.
    Proved,
    /// Every night was explored, and something is wrong.
    Failed,
    /// Not every night could be explored within the budget.
    Bounded,
}

impl Status {
    /// As the JSON output names it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Proved => "proved",
            Self::Failed => "failed",
            Self::Bounded => "bounded",
        }
    }
}

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    Scene(SceneId),
    /// A choice of a scene, by index.
    Choice(SceneId, u16),
    Message(usize),
    Var(VarId),
    Ending(EndingId),
    Story,
}

/// Something the proof found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub code: Code,
    pub at: At,
    pub message: String,
    pub help: Option<String>,
    /// A way there.
    pub walk: Option<Walk>,
}

/// What a variable costs the proof.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Cost {
    pub var: String,
    /// How many times more states there are because of it, where that is most.
    pub factor: f64,
    /// The last scene at which it still matters.
    pub until: String,
}

/// What the proof found.
#[derive(Debug, Clone)]
pub struct Proof {
    pub status: Status,
    /// How many states were reached.
    pub states: f64,
    pub findings: Vec<Finding>,
    /// The variables that multiply states most, the dearest first.
    pub costs: Vec<Cost>,
}

/// Proves a story, within the budget.
#[must_use]
pub fn prove(story: &Story, budget: Budget<'_>, tick: &mut dyn FnMut(usize)) -> Proof {
    let count = story.vars.len() + story.onces;
    if count > MOST_LEVELS {
        let message = format!(
            "not every night could be explored: {count} variables and choices that can be taken once, \
             and the proof looks at {MOST_LEVELS} at most"
        );
        let help = "part the story in two, or let choices be taken again: `keep: true`".to_owned();
        let finding = Finding { code: Code::NotProved, at: At::Story, message, help: Some(help), walk: None };
        return Proof { status: Status::Bounded, states: 0.0, findings: vec![finding], costs: Vec::new() };
    }
    let program = Program::of(story);
    // First what decides, and nothing else; then the words, each with the variables that they alone depend on.
    let decides = program.keeping(&program.deciding([]));
    let mut explored = explore(&decides, &[], budget, tick);
    let states = explored.states();
    let mut findings = Vec::new();
    let mut whole = explored.whole && endings(&mut explored, &mut findings);
    if whole {
        unreached(&mut explored, &mut findings);
        steps(&mut explored, &mut findings);
        readings(&mut explored, &mut findings);
        variables(&program, &mut explored, &mut findings);
        whole = words(&program, &mut explored, budget, tick, &mut findings) && !explored.is_spent();
    }
    if !whole {
        findings.push(Finding {
            code: Code::NotProved,
            at: At::Story,
            message: format!("not every night could be explored: stopped after {}", counted(states.round(), "state")),
            help: Some(
                "see what the proof costs, below; give a costly variable an `until`, or fewer values".to_owned(),
            ),
            walk: None,
        });
    }
    let failed = findings.iter().any(|finding| finding.code.severity() == crate::story::Severity::Error);
    let status = match (whole, failed) {
        (false, _) => Status::Bounded,
        (true, true) => Status::Failed,
        (true, false) => Status::Proved,
    };
    let costs = costs(&mut explored);
    Proof { status, states, findings, costs }
}

/// Nights that cannot end. `false` where the budget ran out.
fn endings(explored: &mut Explored<'_, '_>, findings: &mut Vec<Finding>) -> bool {
    let story = explored.program.story;
    let none = || vec![Set::NONE; story.scenes.len()];
    let mut halts = none();
    for at in 0..story.scenes.len() {
        let scene = SceneId::new(at);
        let reached = explored.reached[at];
        if explored.program.scenes[at].ends {
            halts[at] = reached;
            continue;
        }
        let open = (0..explored.program.scenes[at].steps.len())
            .fold(Set::NONE, |open, number| explored.diagrams.union(open, explored.guard(scene, number)));
        let stuck = explored.diagrams.difference(reached, open);
        if !stuck.is_empty() {
            let mut goal = none();
            goal[at] = stuck;
            halts[at] = explored.diagrams.union(halts[at], stuck);
            let walk = explored.walk_to(&goal);
            let id = &story.scene(scene).id;
            findings.push(Finding {
                code: Code::SoftLock,
                at: At::Scene(scene),
                message: format!("in `{id}` nothing may be open, and the night cannot go on"),
                help: Some(
                    "give it a choice that is always open, or say where it goes: `otherwise: \"scene\"`".to_owned(),
                ),
                walk,
            });
        }
    }
    let Some(layers) = explored.towards(&halts) else { return false };
    let mut saved = none();
    for layer in &layers {
        for (at, set) in layer.iter().enumerate() {
            saved[at] = explored.diagrams.union(saved[at], *set);
        }
    }
    let mut goal = none();
    let mut lost = None;
    for at in 0..saved.len() {
        goal[at] = explored.diagrams.difference(explored.reached[at], saved[at]);
        if !goal[at].is_empty() && lost.is_none() {
            lost = Some(SceneId::new(at));
        }
    }
    if let Some(first) = lost {
        let walk = explored.walk_to(&goal);
        let named: Vec<String> = (0..goal.len())
            .filter(|at| !goal[*at].is_empty())
            .take(5)
            .map(|at| format!("`{}`", story.scenes[at].id))
            .collect();
        findings.push(Finding {
            code: Code::SoftLock,
            at: At::Scene(first),
            message: format!("a night can come into a circle and never end: {}", named.join(", ")),
            help: Some("give the circle a way out that does not close".to_owned()),
            walk,
        });
    }
    true
}

fn unreached(explored: &mut Explored<'_, '_>, findings: &mut Vec<Finding>) {
    let story = explored.program.story;
    let mut ended = vec![false; story.endings.len()];
    // What is there only for nights that a teacher stops is held to an ending by its shape, when the story is read.
    let stopped = story.only_when_stopped();
    for (at, scene) in story.scenes.iter().enumerate() {
        let reached = !explored.reached[at].is_empty() || stopped[at];
        if let (Kind::End(ending), true) = (&scene.kind, reached) {
            ended[ending.index()] = true;
        }
        if !reached {
            findings.push(Finding {
                code: Code::NeverReached,
                at: At::Scene(SceneId::new(at)),
                message: format!("no night reaches `{}`", scene.id),
                help: Some("every way to it has a condition that never holds, or nothing leads to it".to_owned()),
                walk: None,
            });
        }
    }
    for (at, _) in ended.iter().enumerate().filter(|(_, reached)| !**reached) {
        findings.push(Finding {
            code: Code::NeverReached,
            at: At::Ending(EndingId::new(at)),
            message: format!("no night ends in `{}`", story.endings[at].id),
            help: None,
            walk: None,
        });
    }
}

/// Whether some of these changes moves the variable from the value it starts with.
fn leaves_start(var: &Var, changes: &[Change]) -> bool {
    let (min, max) = var.domain.bounds();
    changes.iter().any(|change| match change {
        Change::Set(value) => *value != var.start,
        Change::Add(by) => var.start.saturating_add(*by).clamp(min, max) != var.start,
        Change::Flip(to) => *to != 0 || var.start != 0,
    })
}

fn variables(program: &Program<'_>, explored: &mut Explored<'_, '_>, findings: &mut Vec<Finding>) {
    let story = program.story;
    let live = live(program, &all_words(story));
    let mut changes: Vec<Vec<Change>> = vec![Vec::new(); program.bounds.len()];
    for (at, scene) in program.scenes.iter().enumerate() {
        let open = |explored: &mut Explored<'_, '_>, number: usize| {
            let guard = explored.guard(SceneId::new(at), number);
            !explored.diagrams.intersection(explored.reached[at], guard).is_empty()
        };
        let mut effects: Vec<&Effect> = Vec::new();
        if !explored.reached[at].is_empty() {
            effects.extend(&scene.arrive);
        }
        for (number, step) in scene.steps.iter().enumerate() {
            if open(explored, number) {
                effects.extend(&step.effects);
            }
        }
        for effect in effects {
            changes[effect.var.index()].push(effect.change);
        }
    }
    for (at, var) in story.vars.iter().enumerate().filter(|(_, var)| var.declared) {
        let id = VarId::new(at);
        if !leaves_start(var, &changes[at]) && live.iter().any(|scene| matters(scene, at)) {
            let help = if changes[at].is_empty() {
                "some effect should change it before it is read; or it is not needed".to_owned()
            } else {
                let start = var.domain.word(var.start);
                format!(
                    "it starts at {start}, and every effect leaves it there: at its bound a counter goes no further"
                )
            };
            findings.push(Finding {
                code: Code::NeverChanges,
                at: At::Var(id),
                message: format!("`{}` keeps its first value in every night", var.id),
                help: Some(help),
                walk: None,
            });
        }
        let Some(until) = var.until else { continue };
        let mut seen = vec![false; story.scenes.len()];
        let mut waiting: Vec<SceneId> = program.scenes[until.index()].steps.iter().map(|step| step.go).collect();
        while let Some(scene) = waiting.pop() {
            if !std::mem::replace(&mut seen[scene.index()], true) {
                waiting.extend(program.scenes[scene.index()].steps.iter().map(|step| step.go));
            }
        }
        let late = (0..seen.len()).find(|scene| seen[*scene] && *scene != until.index() && matters(&live[*scene], at));
        if let Some(late) = late {
            findings.push(Finding {
                code: Code::ReadAfterUntil,
                at: At::Var(id),
                message: format!(
                    "`{}` still matters in `{}`, after `{}`",
                    var.id,
                    story.scenes[late].id,
                    story.scene(until).id
                ),
                help: Some("move its `until`, or do not read it so late".to_owned()),
                walk: None,
            });
        }
    }
}

/// The five variables that multiply the states of some scene most.
fn costs(explored: &mut Explored<'_, '_>) -> Vec<Cost> {
    let story = explored.program.story;
    let mut out = Vec::new();
    let counts: Vec<f64> = (0..story.scenes.len()).map(|scene| explored.count(SceneId::new(scene))).collect();
    // The scene with most states is where a variable less would help most.
    let Some(dearest) = (0..counts.len()).max_by(|a, b| counts[*a].total_cmp(&counts[*b])) else { return out };
    let order: Vec<SceneId> =
        explored.in_order().into_iter().filter(|scene| !explored.reached[scene.index()].is_empty()).collect();
    for (at, var) in story.vars.iter().enumerate() {
        if !matters(&explored.live[dearest], at) {
            continue;
        }
        let factor = counts[dearest] / explored.count_without(SceneId::new(dearest), at).max(1.0);
        let last = order.iter().rev().find(|scene| matters(&explored.live[scene.index()], at));
        let until = last.map_or_else(String::new, |scene| story.scene(*scene).id.to_string());
        out.push(Cost { var: var.id.clone(), factor, until });
    }
    out.sort_by(|a, b| b.factor.total_cmp(&a.factor));
    out.truncate(5);
    out.retain(|cost| cost.factor > 1.01);
    out
}

impl Proof {
    /// The findings as diagnostics of the story's files.
    #[must_use]
    pub fn diagnostics(&self, name: &str, checked: &Checked, sources: &Sources) -> Vec<Diagnostic> {
        told(self.findings.iter().map(|finding| finding.diagnostic(name, &checked.places, sources)).collect())
    }
}

impl Finding {
    fn diagnostic(&self, name: &str, places: &Places, sources: &Sources) -> Diagnostic {
        let get = |list: &[Option<Place>], at: usize| list.get(at).copied().flatten();
        let place = match self.at {
            At::Scene(id) => get(&places.scenes, id.index()),
            At::Choice(id, at) => places
                .choices
                .get(id.index())
                .and_then(|list| get(list, usize::from(at)))
                .or_else(|| get(&places.scenes, id.index())),
            At::Message(at) => get(&places.messages, at),
            At::Var(id) => get(&places.vars, id.index()),
            At::Ending(id) => get(&places.endings, id.index()),
            At::Story => None,
        };
        let replay = self.walk.as_ref().map(|walk| {
            let quoted = name.replace('\'', "'\\''");
            format!("to see it: hallway replay '{quoted}' --walk '{walk}'")
        });
        let help: Vec<String> = self.help.iter().cloned().chain(replay).collect();
        let file = place.map_or_else(|| name.to_owned(), |place| sources.file(place.file).name.clone());
        Diagnostic {
            code: self.code,
            file,
            place,
            message: self.message.clone(),
            label: String::new(),
            help: (!help.is_empty()).then(|| help.join("\n")),
            also: Vec::new(),
        }
    }
}
