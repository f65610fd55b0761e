use crate::story::{Code, Severity, Story};

use super::availability::{readings, steps};
use super::endings::endings;
use super::explore::{Explored, explore};
use super::finding::{Fault, Finding};
use super::meter::Budget;
use super::program::Program;
use super::reached::{unreached, variables};
use super::words::words;

/// What the proof came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Every session was explored, and nothing is wrong.
    Proved,
    /// Every session was explored, and something is wrong.
    Failed,
    /// Not every session could be explored within the budget.
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

/// What a variable costs the proof.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
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

impl Proof {
    /// Nothing was explored, for this reason.
    fn none(story: &Story, fault: Fault) -> Self {
        let findings = vec![Finding::new(story, fault, None, None)];
        Self { status: Status::Bounded, states: 0.0, findings, costs: Vec::new() }
    }
}

/// Proves a story, within the budget. `tick` is called now and then with how many scenes still wait.
#[must_use]
pub fn prove(story: &Story, budget: Budget<'_>, tick: &mut dyn FnMut(usize)) -> Proof {
    let program = match Program::of(story, budget) {
        Ok(program) => program,
        Err(fault) => return Proof::none(story, fault),
    };
    // First what decides, and nothing else; then the words, each with the variables that they alone depend on.
    let decides = program.keeping(&program.deciding([]));
    let mut explored = explore(&decides, &[], budget, tick);
    let mut findings = Vec::new();
    let mut whole = explored.whole && endings(&program, &mut explored, &mut findings);
    if whole {
        unreached(&mut explored, &mut findings);
        steps(&mut explored, &mut findings);
        readings(&mut explored, &mut findings);
        whole = variables(&program, &mut explored, &mut findings)
            && words(&program, &mut explored, budget, tick, &mut findings)
            && !explored.is_spent();
    }
    if !whole {
        // What was not explored only looks as if it were never there.
        findings.retain(|finding| finding.code == Code::SoftLock);
        let fault = if explored.too_large { Fault::TooLarge } else { Fault::NotExplored };
        findings.push(Finding::new(story, fault, None, None));
        // To tell what it came to, and what was dear, takes a little more.
        explored.diagrams.meter().grant();
    }
    let failed = findings.iter().any(|finding| finding.code.severity() == Severity::Error);
    let status = match (whole, failed) {
        (false, _) => Status::Bounded,
        (true, true) => Status::Failed,
        (true, false) => Status::Proved,
    };
    let states = explored.states();
    let costs = costs(&mut explored);
    Proof { status, states, findings, costs }
}

/// The five variables that multiply the states of some scene most.
fn costs(explored: &mut Explored<'_, '_>) -> Vec<Cost> {
    let story = explored.program.story;
    let mut out = Vec::new();
    let order: Vec<_> =
        explored.in_order().into_iter().filter(|scene| !explored.reached[scene.index()].is_empty()).collect();
    let counts: Vec<_> = order.iter().map(|scene| (explored.count(*scene), *scene)).collect();
    // The scene with most states is where a variable less would help most.
    let Some((count, dearest)) = counts.into_iter().max_by(|a, b| a.0.total_cmp(&b.0)) else { return out };
    for (at, var) in story.vars.iter().enumerate() {
        let id = crate::story::VarId::new(at);
        if !explored.matters(dearest, id) {
            continue;
        }
        let factor = count / explored.count_without(dearest, Some(id)).max(1.0);
        if explored.is_spent() {
            break;
        }
        let last = order.iter().rev().find(|scene| explored.matters(**scene, id));
        let until = last.map_or_else(String::new, |scene| story.scene(*scene).id.to_string());
        out.push(Cost { var: var.id.clone(), factor, until });
    }
    out.sort_by(|a, b| b.factor.total_cmp(&a.factor));
    out.truncate(5);
    out.retain(|cost| cost.factor > 1.01);
    out
}
