//! What is never open, and conditions that always hold.

use std::collections::BTreeSet;

use crate::engine::Pick;
use crate::story::{Change, Condition, Domain, Form, MannerId, MessageId, SceneId, SceneKind, VarId, Way};

use super::contradiction::{always_one, never_both};
use super::diagram::Set;
use super::explore::Explored;
use super::finding::{Fault, Finding};
use super::program::Label;

/// Choices, ways and manners of passing that are never open, and conditions that always hold.
pub(super) fn steps(explored: &mut Explored<'_, '_>, findings: &mut Vec<Finding>) {
    let story = explored.program.story;
    for at in 0..story.scenes.len() {
        let scene = SceneId::new(at);
        let reached = explored.reached[at];
        if reached.is_empty() {
            continue;
        }
        if let SceneKind::Route { ways, by_lot } = &story.scenes[at].kind {
            for (number, way) in ways.iter().enumerate() {
                if taken(explored, scene, number) {
                    continue;
                }
                let why = never_holds(explored, &way.when, reached)
                    .or_else(|| if *by_lot { None } else { shadowed(explored, (scene, ways), number) });
                findings.push(Finding::new(story, Fault::WayNeverTaken(scene, number), why, None));
            }
        }
        let SceneKind::Decide(decision) = &story.scenes[at].kind else { continue };
        for (number, choice) in (0..).zip(story.choices(decision)) {
            let open = open(explored, scene, &|pick| pick == Pick::Choice(number));
            if open.is_empty() {
                let why = never_holds(explored, &choice.when, reached);
                findings.push(Finding::new(story, Fault::ChoiceNeverOpen(scene, number), why, None));
            } else if always(explored, &choice.when, reached) {
                let why = always_one(story, &choice.when).unwrap_or_else(|| {
                    format!("{}: leave it out, or see why it cannot fail", known(explored, &choice.when, reached))
                });
                findings.push(Finding::new(story, Fault::ChoiceAlwaysOpen(scene, number), Some(why), None));
            }
        }
        if let Some(form) = &decision.form {
            manners(explored, scene, form, findings);
        }
    }
    standing(explored, findings);
}

/// What a pass, a relay or a receipt offers and no session finds open.
fn manners(explored: &mut Explored<'_, '_>, scene: SceneId, form: &Form, findings: &mut Vec<Finding>) {
    let story = explored.program.story;
    let reached = explored.reached[scene.index()];
    let mut look = |fault: Fault, when: &Condition, is: &dyn Fn(Pick) -> bool| {
        if open(explored, scene, is).is_empty() {
            let why = never_holds(explored, when, reached);
            findings.push(Finding::new(story, fault, why, None));
        }
    };
    match form {
        Form::Pass { messages, carriers, licences, .. } => {
            for &id in messages {
                let is = |pick| matches!(pick, Pick::Send { message, .. } if message == id);
                look(Fault::NeverSent(scene, id), &story.messages[id.index()].when, &is);
            }
            for &id in carriers {
                let is = |pick| matches!(pick, Pick::Send { carrier: Some(by), .. } if by == id);
                look(Fault::CarrierNeverOpen(scene, id), &story.carriers[id.index()].when, &is);
            }
            for &id in licences {
                let is = |pick| matches!(pick, Pick::Send { licence: Some(on), .. } if on == id);
                look(Fault::LicenceNeverOpen(scene, id), &story.licences[id.index()].when, &is);
            }
        }
        Form::Relay { treatments, .. } => {
            for &id in treatments {
                let when = &story.treatments[id.index()].when;
                look(Fault::TreatmentNeverOpen(scene, id), when, &|pick| pick == Pick::Treat(id));
            }
        }
        Form::Receive { handlings, .. } => {
            for &id in handlings {
                let when = &story.handlings[id.index()].when;
                look(Fault::HandlingNeverOpen(scene, id), when, &|pick| pick == Pick::Handle(id));
            }
        }
        Form::Mark { .. } => {}
    }
}

/// Standing choices that are open nowhere.
fn standing(explored: &mut Explored<'_, '_>, findings: &mut Vec<Finding>) {
    let story = explored.program.story;
    for seat in story.seat_ids() {
        let Some(choice) = &story.seats[seat.index()].standing else { continue };
        let own: Vec<SceneId> = story
            .scene_ids()
            .filter(|&id| {
                let scene = story.scene(id);
                scene.seat == Some(seat) && scene.standing && matches!(scene.kind, SceneKind::Decide(_))
            })
            .filter(|id| !explored.reached[id.index()].is_empty())
            .collect();
        let Some(&first) = own.first() else { continue };
        if own.iter().all(|&scene| open(explored, scene, &|pick| pick == Pick::Standing).is_empty()) {
            let why = never_holds(explored, &choice.when, explored.reached[first.index()]);
            findings.push(Finding::new(story, Fault::StandingNeverOpen(first, seat), why, None));
        }
    }
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

/// Which ways before this one take everything that it would; `None` if they leave something for it.
fn shadowed(explored: &mut Explored<'_, '_>, (scene, ways): (SceneId, &[Way]), number: usize) -> Option<String> {
    let holds = explored.holds(&ways[number].when);
    let mut rest = explored.diagrams.intersection(explored.reached[scene.index()], holds);
    let mut takers = Vec::new();
    for (at, way) in ways[..number].iter().enumerate() {
        let holds = explored.holds(&way.when);
        let taken = explored.diagrams.intersection(rest, holds);
        if !taken.is_empty() {
            takers.push(at);
            rest = explored.diagrams.difference(rest, taken);
        }
    }
    if takers.is_empty() || !rest.is_empty() {
        return None;
    }
    let story = explored.program.story;
    let last = ways[number].when == Condition::Always;
    let named = |at: usize| format!("way {}, to `{}`,", at + 1, story.scene(ways[at].go).id);
    Some(match takers.as_slice() {
        [at] if ways[*at].when == Condition::Always => {
            format!("{} comes before it and has no `when`, so it takes everything: put it last", named(*at))
        }
        [at] if last => format!("{} takes everything that comes here: leave this one out", named(*at)),
        [at] => format!("{} comes before it and takes everything that it would: put this one first", named(*at)),
        several => {
            let several: Vec<String> = several.iter().map(|at| (at + 1).to_string()).collect();
            let what_to_do =
                if last { "leave it out, and the `when` of the last of them" } else { "put this one before them" };
            let ways = several.join(" and ");
            format!("ways {ways}, which come before it, take everything that it would: {what_to_do}")
        }
    })
}

/// Whether a condition that says something holds in all of these states.
pub(super) fn always(explored: &mut Explored<'_, '_>, condition: &Condition, states: Set) -> bool {
    let holds = explored.holds(condition);
    *condition != Condition::Always && explored.diagrams.difference(states, holds).is_empty()
}

/// Why a condition holds in none of these states; `None` if it does in some.
pub(super) fn never_holds(explored: &mut Explored<'_, '_>, condition: &Condition, states: Set) -> Option<String> {
    let holds = explored.holds(condition);
    let never = explored.diagrams.intersection(states, holds).is_empty();
    never.then(|| {
        if let Some(why) = never_both(explored.program.story, condition) {
            return why;
        }
        let known = known(explored, condition, states);
        let never_set = never_set(explored, condition).map_or(String::new(), |(var, state)| match var.as_str() {
            "carrier" | "licence" => format!("; nothing is sent with the {var} `{state}`"),
            _ => format!("; nothing ever sets `{var}` to `{state}`"),
        });
        format!("{known}, so its condition holds in no game that comes here{never_set}")
    })
}

/// A state of a variable that a condition asks for, and no effect sets, where other states of it are set.
fn never_set(explored: &Explored<'_, '_>, condition: &Condition) -> Option<(String, String)> {
    let program = explored.program;
    let mut asked = Vec::new();
    states_of(condition, &mut asked);
    asked.into_iter().find_map(|(var, value)| {
        let in_transit = program.story.in_transit.as_ref();
        let of_a_pass = in_transit.is_some_and(|in_transit| [in_transit.carrier, in_transit.licence].contains(&var));
        let declared =
            program.story.vars.get(var.index()).filter(|it| (it.declared || of_a_pass) && it.start != value)?;
        let Domain::States(states) = &declared.domain else { return None };
        let mut sets = program.effects().filter(|effect| effect.var == var).peekable();
        let others = sets.peek().is_some() && sets.all(|effect| effect.change != Change::Set(value));
        let state = states.get(usize::try_from(value).ok()?)?;
        others.then(|| (declared.id.clone(), state.clone()))
    })
}

/// Which values a condition asks variables for.
fn states_of(condition: &Condition, out: &mut Vec<(VarId, i16)>) {
    match condition {
        Condition::Is(var, value) => out.push((*var, *value)),
        Condition::And(both) | Condition::Or(both) => {
            states_of(&both.0, out);
            states_of(&both.1, out);
        }
        Condition::Always | Condition::Not(_) | Condition::Against(..) | Condition::Compare(_) => {}
    }
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
        (Domain::Counter(..), [first, .., last]) if values.len() > 6 => format!("some of {first} to {last}"),
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
                let fault = Fault::NeverHeard(MessageId::new(at), MannerId::new(treatment));
                findings.push(Finding::new(story, fault, None, None));
            }
        }
    }
}
