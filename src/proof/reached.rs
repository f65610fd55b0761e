//! What no session reaches, and what no session changes.

use crate::story::{Change, Condition, Domain, Effect, EndingId, Form, SceneId, SceneKind, SheetId, Var, VarId};

use super::explore::Explored;
use super::finding::{Fault, Finding};
use super::live::{Numbers, live, matters};
use super::meter::Meter;
use super::program::Program;
use super::reads::{reads_anywhere, reads_of_scenes};

/// Scenes and endings that no session reaches.
pub(super) fn unreached(explored: &mut Explored<'_, '_>, findings: &mut Vec<Finding>) {
    let story = explored.program.story;
    let mut ended = vec![false; story.endings.len()];
    for (id, scene) in story.scene_ids().zip(&story.scenes) {
        if explored.reached[id.index()].is_empty() {
            findings.push(Finding::new(story, Fault::SceneNeverReached(id), None, None));
        } else if let SceneKind::End(ending) = &scene.kind {
            ended[ending.index()] = true;
        }
    }
    for (at, _) in ended.iter().enumerate().filter(|(_, reached)| !**reached) {
        findings.push(Finding::new(story, Fault::EndingNeverReached(EndingId::new(at)), None, None));
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

/// By variable, what some session does to it.
fn changes(program: &Program<'_>, explored: &mut Explored<'_, '_>) -> Vec<Vec<Change>> {
    let mut changes: Vec<Vec<Change>> = vec![Vec::new(); program.bounds.len()];
    for (at, scene) in program.scenes.iter().enumerate() {
        let reached = explored.reached[at];
        if reached.is_empty() {
            continue;
        }
        let mut effects: Vec<&Effect> = scene.arrive.iter().collect();
        // What decides was explored without what happens to other variables; here all of it counts.
        for (number, step) in scene.steps.iter().enumerate() {
            let open = explored.guard(SceneId::new(at), number);
            if !explored.diagrams.intersection(reached, open).is_empty() {
                effects.extend(&step.effects);
            }
        }
        for effect in effects {
            changes[effect.var.index()].push(effect.change);
        }
    }
    changes
}

/// Variables that never change, and those that matter longer than they should. `false` if the budget is used up.
pub(super) fn variables(program: &Program<'_>, explored: &mut Explored<'_, '_>, findings: &mut Vec<Finding>) -> bool {
    let story = program.story;
    let changes = changes(program, explored);
    let read = reads_anywhere(program);
    let mut set = vec![false; program.bounds.len()];
    let mut written: Vec<Vec<Change>> = vec![Vec::new(); program.bounds.len()];
    story.effects.all().iter().for_each(|effect| written[effect.var.index()].push(effect.change));
    for (at, var) in story.vars.iter().enumerate() {
        set[at] = leaves_start(var, &written[at]);
    }
    for (at, var) in story.vars.iter().enumerate().filter(|(at, var)| var.declared && read[*at]) {
        if !set[at] {
            let own = match &var.domain {
                Domain::Flag => format!("{} = {}", var.id, var.start == 0),
                Domain::Counter(_, max) => format!("{} {}1", var.id, if var.start < *max { '+' } else { '-' }),
                Domain::States(states) => format!("{} = {}", var.id, states.last().map_or("", String::as_str)),
            };
            let start = var.domain.word(var.start);
            let why = if written[at].is_empty() {
                format!("set it somewhere, as by `do: [\"{own}\"]`, or delete it")
            } else {
                let bound =
                    if matches!(var.domain, Domain::Counter(..)) { ", as a counter stops at its bound" } else { "" };
                format!("it starts at {start}, and every effect leaves it there{bound}: let one do something else")
            };
            findings.push(Finding::new(story, Fault::NeverSet(VarId::new(at)), Some(why), None));
            continue;
        }
        if !leaves_start(var, &changes[at]) {
            let start = var.domain.word(var.start);
            let why = format!(
                "it starts at {start}, and every effect leaves it there: at its bound a counter goes no further"
            );
            let why = (!changes[at].is_empty()).then_some(why);
            findings.push(Finding::new(story, Fault::NeverChanges(VarId::new(at)), why, None));
        }
    }
    sheets(program, &read, findings);
    after_until(program, explored, findings).is_some()
}

/// Sheets that something asks about, and of which nothing strikes a line.
fn sheets(program: &Program<'_>, read: &[bool], findings: &mut Vec<Finding>) {
    let story = program.story;
    for (at, sheet) in story.sheets.iter().enumerate() {
        let id = SheetId::new(at);
        let is_marked = story.scenes.iter().any(|scene| match &scene.kind {
            SceneKind::Decide(decision) => {
                matches!(decision.form.as_deref(), Some(Form::Mark { sheet, .. }) if *sheet == id)
            }
            _ => false,
        });
        let of_it = |var: VarId| sheet.lines.iter().any(|line| line.var == var);
        let is_struck = story.effects.all().iter().any(|effect| of_it(effect.var));
        if !(is_marked || is_struck) && sheet.lines.iter().any(|line| read[line.var.index()]) {
            let line = sheet.lines.first().map_or("", |line| &line.id);
            let why = format!(
                "let a scene mark it: `mark: (sheet: \"{0}\", go: \"scene\")`; or write `do: [\"strike {0}.{line}\"]`",
                sheet.id
            );
            findings.push(Finding::new(story, Fault::NeverStruck(id), Some(why), None));
        }
    }
}

/// `None` if the budget is used up.
fn after_until(program: &Program<'_>, explored: &Explored<'_, '_>, findings: &mut Vec<Finding>) -> Option<()> {
    let story = program.story;
    let ended: Vec<(VarId, SceneId)> = story
        .vars
        .iter()
        .enumerate()
        .filter_map(|(at, var)| Some((VarId::new(at), var.until.filter(|_| var.declared)?)))
        .collect();
    if ended.is_empty() {
        return Some(());
    }
    let meter = explored.diagrams.meter();
    let wanted = influenced(program, ended.iter().map(|(var, _)| *var), meter)?;
    let numbers = Numbers::new(program, &wanted);
    let reads = reads_of_scenes(story, &|var| numbers.of(var).is_some(), meter);
    let live = live(program, (&numbers, wanted.len()), &reads, meter)?;
    for (var, until) in ended {
        let Some(number) = numbers.of(var) else { continue };
        let mut seen = vec![false; story.scenes.len()];
        let mut waiting: Vec<SceneId> = program.scenes[until.index()].steps.iter().map(|step| step.go).collect();
        while let Some(scene) = waiting.pop() {
            if meter.works(1) {
                return None;
            }
            if !std::mem::replace(&mut seen[scene.index()], true) {
                waiting.extend(program.scenes[scene.index()].steps.iter().map(|step| step.go));
            }
        }
        let late = story.scene_ids().find(|id| seen[id.index()] && *id != until && matters(&live[id.index()], number));
        if let Some(late) = late {
            findings.push(Finding::new(story, Fault::ReadAfterUntil(var, late), None, None));
        }
    }
    Some(())
}

/// These variables, and all that some effect changes where one of them says so; no more than can be numbered.
fn influenced(program: &Program<'_>, vars: impl Iterator<Item = VarId>, meter: &Meter<'_>) -> Option<Vec<usize>> {
    let mut known = vec![false; program.bounds.len()];
    vars.for_each(|var| known[var.index()] = true);
    let conditional: Vec<&Effect> = program.effects().filter(|effect| *effect.when() != Condition::Always).collect();
    let mut grown = true;
    while grown {
        grown = false;
        for effect in &conditional {
            let mut reads = false;
            effect.when().reads(&mut |var| reads |= known[var.index()]);
            grown |= reads && !std::mem::replace(&mut known[effect.var.index()], true);
        }
        if meter.works(conditional.len()) {
            return None;
        }
    }
    let out: Vec<usize> = (0..known.len()).filter(|var| known[*var]).collect();
    (out.len() < usize::from(u16::MAX)).then_some(out)
}
