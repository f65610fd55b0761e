//! What is never open, and what always is.

use std::collections::BTreeSet;

use crate::engine::Pick;
use crate::story::{Code, Condition, Domain, Form, Kind, SceneId};

use super::diagram::Set;
use super::explore::Explored;
use super::findings::{At, Finding};
use super::program::Label;
use super::words::gloss;

/// Choices, ways and manners of passing that are never open, and conditions that always hold.
pub(super) fn steps(explored: &mut Explored<'_, '_>, findings: &mut Vec<Finding>) {
    let story = explored.program.story;
    for at in 0..story.scenes.len() {
        let scene = SceneId::new(at);
        let reached = explored.reached[at];
        if reached.is_empty() {
            continue;
        }
        let id = &story.scenes[at].id;
        if let Kind::Route { ways, .. } = &story.scenes[at].kind {
            for (number, way) in ways.iter().enumerate() {
                if taken(explored, scene, number) {
                    continue;
                }
                let to = &story.scene(way.go).id;
                let message = format!("way {} of the route in `{id}`, to `{to}`, is never taken", number + 1);
                let why = never_holds(explored, &way.when, reached);
                let before = "a way before it is always open, or its odds are 0".to_owned();
                findings.push(never_open(At::Scene(scene), message, why.or(Some(before))));
            }
        }
        let Kind::Decide(decision) = &story.scenes[at].kind else { continue };
        for (number, choice) in story.choices(decision).iter().enumerate() {
            let Ok(place) = u16::try_from(number) else { continue };
            let at = At::Choice(scene, place);
            let words = gloss(story.words(choice.say));
            let open = open(explored, scene, &|pick| pick == Pick::Choice(place));
            if open.is_empty() {
                let why = never_holds(explored, &choice.when, reached);
                findings.push(never_open(at, format!("“{words}” in `{id}` is never open"), why));
            } else if always(explored, &choice.when, reached) {
                findings.push(Finding {
                    code: Code::AlwaysTrue,
                    at,
                    message: format!("the condition of “{words}” in `{id}` always holds"),
                    help: Some(format!(
                        "{}: leave it out, or see why it cannot fail",
                        known(explored, &choice.when, reached)
                    )),
                    walk: None,
                });
            }
        }
        if let Some(form) = &decision.form {
            manners(explored, scene, form, findings);
        }
    }
    standing(explored, findings);
}

/// What a pass, a relay or a receipt offers and no night finds open.
fn manners(explored: &mut Explored<'_, '_>, scene: SceneId, form: &Form, findings: &mut Vec<Finding>) {
    let story = explored.program.story;
    let id = &story.scene(scene).id;
    let reached = explored.reached[scene.index()];
    let mut dead: Vec<(String, Option<String>)> = Vec::new();
    match form {
        Form::Pass { messages, carriers, licences, .. } => {
            for &message in messages {
                let is = |pick| matches!(pick, Pick::Send { message: sent, .. } if sent == message);
                if open(explored, scene, &is).is_empty() {
                    let what = &story.messages[message.index()];
                    let why = never_holds(explored, &what.when, reached);
                    dead.push((format!("`{}` can never be sent in `{id}`", what.id), why));
                }
            }
            for &carrier in carriers {
                let is = |pick| matches!(pick, Pick::Send { carrier: Some(by), .. } if by == carrier);
                if open(explored, scene, &is).is_empty() {
                    let manner = &story.carriers[carrier.index()];
                    let why = never_holds(explored, &manner.when, reached);
                    dead.push((format!("the carrier `{}` is never open in `{id}`", manner.id), why));
                }
            }
            for &licence in licences {
                let is = |pick| matches!(pick, Pick::Send { licence: Some(on), .. } if on == licence);
                if open(explored, scene, &is).is_empty() {
                    let manner = &story.licences[licence.index()];
                    let why = never_holds(explored, &manner.when, reached);
                    dead.push((format!("the licence `{}` is never open in `{id}`", manner.id), why));
                }
            }
        }
        Form::Relay { treatments, .. } => {
            for &treatment in treatments {
                if open(explored, scene, &|pick| pick == Pick::Treat(treatment)).is_empty() {
                    let manner = &story.treatments[treatment.index()];
                    let why = never_holds(explored, &manner.when, reached);
                    let readings = "no message that comes here has a reading for it".to_owned();
                    dead.push((
                        format!("the treatment `{}` is never open in `{id}`", manner.id),
                        why.or(Some(readings)),
                    ));
                }
            }
        }
        Form::Receive { handlings, .. } => {
            for &handling in handlings {
                if open(explored, scene, &|pick| pick == Pick::Handle(handling)).is_empty() {
                    let manner = &story.handlings[handling.index()];
                    let why = never_holds(explored, &manner.when, reached);
                    dead.push((format!("the handling `{}` is never open in `{id}`", manner.id), why));
                }
            }
        }
        Form::Mark { .. } => {}
    }
    findings.extend(dead.into_iter().map(|(message, why)| never_open(At::Scene(scene), message, why)));
}

/// Standing choices that are open nowhere.
fn standing(explored: &mut Explored<'_, '_>, findings: &mut Vec<Finding>) {
    let story = explored.program.story;
    for seat in story.seat_ids() {
        let Some(choice) = &story.seats[seat.index()].standing else { continue };
        let own: Vec<SceneId> = (0..story.scenes.len())
            .map(SceneId::new)
            .filter(|&id| {
                let scene = story.scene(id);
                scene.seat == Some(seat) && scene.standing && matches!(scene.kind, Kind::Decide(_))
            })
            .filter(|id| !explored.reached[id.index()].is_empty())
            .collect();
        let Some(&first) = own.first() else { continue };
        if own.iter().all(|&scene| open(explored, scene, &|pick| pick == Pick::Standing).is_empty()) {
            let who = &story.seats[seat.index()].id;
            let message =
                format!("“{}”, the standing choice of `{who}`, is never open", gloss(story.words(choice.say)));
            let why = never_holds(explored, &choice.when, explored.reached[first.index()]);
            findings.push(never_open(At::Scene(first), message, why));
        }
    }
}

fn never_open(at: At, message: String, why: Option<String>) -> Finding {
    let help = why.unwrap_or_else(|| "nothing that comes here leaves it open".to_owned());
    Finding { code: Code::NeverOpen, at, message, help: Some(help), walk: None }
}

/// The reached states of a scene in which some of these picks can be taken.
fn open(explored: &mut Explored<'_, '_>, scene: SceneId, is: &dyn Fn(Pick) -> bool) -> Set {
    let mut out = Set::NONE;
    for number in 0..explored.program.scenes[scene.index()].steps.len() {
        if let Label::Pick(pick) = explored.program.scenes[scene.index()].steps[number].label
            && is(pick)
        {
            let guard = explored.guard(scene, number);
            let here = explored.diagrams.intersection(explored.reached[scene.index()], guard);
            out = explored.diagrams.union(out, here);
        }
    }
    out
}

fn taken(explored: &mut Explored<'_, '_>, scene: SceneId, way: usize) -> bool {
    let steps = &explored.program.scenes[scene.index()].steps;
    let numbers: Vec<usize> = (0..steps.len()).filter(|at| steps[*at].label == Label::Way(way)).collect();
    numbers.into_iter().any(|number| {
        let guard = explored.guard(scene, number);
        !explored.diagrams.intersection(explored.reached[scene.index()], guard).is_empty()
    })
}

/// Whether a condition that says something holds in all of these states.
pub(super) fn always(explored: &mut Explored<'_, '_>, condition: &Condition, states: Set) -> bool {
    let holds = explored.holds(condition);
    *condition != Condition::Always && explored.diagrams.difference(states, holds).is_empty()
}

/// Why a condition holds in none of these states; `None` where it does in some.
pub(super) fn never_holds(explored: &mut Explored<'_, '_>, condition: &Condition, states: Set) -> Option<String> {
    let holds = explored.holds(condition);
    let never = explored.diagrams.intersection(states, holds).is_empty();
    never.then(|| format!("{}, so its condition holds in no night that comes here", known(explored, condition, states)))
}

/// What is known in these states of the variables that a condition reads: “here `trust` is 0 to 2”.
pub(super) fn known(explored: &mut Explored<'_, '_>, condition: &Condition, states: Set) -> String {
    let mut vars = BTreeSet::new();
    condition.reads(&mut |var| {
        vars.insert(var);
    });
    let story = explored.program.story;
    let mut parts = Vec::new();
    for var in vars.into_iter().take(4) {
        let Some(declared) = story.vars.get(var.index()) else { continue };
        let values = explored.values(states, var);
        parts.push(format!("`{}` is {}", declared.id, listed(&declared.domain, &values)));
    }
    if parts.is_empty() { "as things stand here".to_owned() } else { format!("here {}", parts.join(" and ")) }
}

fn listed(domain: &Domain, values: &[i16]) -> String {
    match (domain, values) {
        (Domain::Counter(..), [first, .., last]) if usize::try_from(last - first) == Ok(values.len() - 1) => {
            format!("{first} to {last}")
        }
        _ => {
            let words: Vec<String> = values.iter().map(|value| domain.word(*value)).collect();
            match words.split_last() {
                Some((last, [])) => last.clone(),
                Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
                None => String::new(),
            }
        }
    }
}

/// Messages' readings that nobody ever hears, and messages nobody can ever send.
pub(super) fn readings(explored: &mut Explored<'_, '_>, findings: &mut Vec<Finding>) {
    let story = explored.program.story;
    if story.treatments.is_empty() {
        return;
    }
    let mut heard = vec![vec![false; story.treatments.len()]; story.messages.len()];
    for at in 0..story.scenes.len() {
        for number in 0..explored.program.scenes[at].steps.len() {
            let Some((message, treatment)) = explored.program.scenes[at].steps[number].hears else { continue };
            let guard = explored.guard(SceneId::new(at), number);
            if !explored.diagrams.intersection(explored.reached[at], guard).is_empty() {
                heard[message][treatment] = true;
            }
        }
    }
    for (at, message) in story.messages.iter().enumerate() {
        for (treatment, reading) in message.heard.iter().enumerate() {
            if reading.is_some() && !heard[at][treatment] {
                findings.push(Finding {
                    code: Code::NeverHeard,
                    at: At::Message(at),
                    message: format!("no night hears `{}` as `{}`", message.id, story.treatments[treatment].id),
                    help: Some(
                        "no relay that this message comes to offers the treatment, or its condition never holds"
                            .to_owned(),
                    ),
                    walk: None,
                });
            }
        }
    }
}
