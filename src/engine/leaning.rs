//! How the story decides for a seat that it holds.

use crate::story::{Form, Manner, MannerId, SceneKind, Story};

use super::options::{FormOptions, Options, options};
use super::pick::Pick;
use super::random::{draw, weighted};
use super::state::State;

/// Returns what the story decides now: at random by weight, from `seed`. It never takes the standing choice. `None` if
/// nothing is open.
pub(super) fn leaning(story: &Story, state: &State, seed: u64) -> Option<Pick> {
    let options = options(story, state);
    let (picks, weights) = picks(story, state, &options);
    let lot = |purpose: &str, bound| {
        let scene = state.scene;
        draw(seed, &story.scene(scene).id, state.visits(scene), purpose, bound)
    };
    let purpose = format!("lean {}", marks(story, state));
    // Where every weight is 0 the first open pick is taken: a session must go on.
    let at = weighted(&weights, |bound| lot(&purpose, bound)).or(picks.first().map(|_| 0))?;
    let manner = |ids: &[MannerId], list: &[Manner], purpose: &str| {
        let at = weighted(&manner_weights(ids, list, state), |bound| lot(purpose, bound)).unwrap_or(0);
        ids.get(at).copied()
    };
    Some(match (picks[at], &options.form) {
        (Pick::Send { message, .. }, FormOptions::Pass { carriers, licences, .. }) => Pick::Send {
            message,
            carrier: manner(carriers, &story.carriers, "carrier"),
            licence: manner(licences, &story.licences, "licence"),
        },
        (pick, _) => pick,
    })
}

/// Everything the story may decide now, each with its chance. The chances add up to 1.
#[must_use]
pub fn leanings(story: &Story, state: &State) -> Vec<(Pick, f64)> {
    let options = options(story, state);
    let (picks, weights) = picks(story, state, &options);
    let mut out = Vec::new();
    for (pick, chance) in picks.into_iter().zip(chances(&weights)) {
        match (pick, &options.form) {
            (Pick::Send { message, .. }, FormOptions::Pass { carriers, licences, .. }) => {
                let licences = manner_chances(licences, &story.licences, state);
                for (carrier, by) in manner_chances(carriers, &story.carriers, state) {
                    for &(licence, on) in &licences {
                        out.push((Pick::Send { message, carrier, licence }, chance * by * on));
                    }
                }
            }
            (pick, _) => out.push((pick, chance)),
        }
    }
    out
}

/// Weights as chances; all on the first where every weight is 0.
fn chances(weights: &[u32]) -> Vec<f64> {
    let sum: f64 = weights.iter().map(|&weight| f64::from(weight)).sum();
    let share = |(at, &weight): (usize, &u32)| {
        if sum > 0.0 { f64::from(weight) / sum } else { f64::from(u8::from(at == 0)) }
    };
    weights.iter().enumerate().map(share).collect()
}

fn manner_chances(ids: &[MannerId], list: &[Manner], state: &State) -> Vec<(Option<MannerId>, f64)> {
    if ids.is_empty() {
        return vec![(None, 1.0)];
    }
    let chances = chances(&manner_weights(ids, list, state));
    ids.iter().copied().map(Some).zip(chances).collect()
}

fn manner_weights(ids: &[MannerId], list: &[Manner], state: &State) -> Vec<u32> {
    ids.iter().map(|id| list[id.index()].lean.value(&state.values)).collect()
}

/// What is open, with its weights; a pass stands here without its facets.
fn picks(story: &Story, state: &State, options: &Options) -> (Vec<Pick>, Vec<u32>) {
    let values = &state.values;
    let mut out = Vec::new();
    let SceneKind::Decide(decision) = &story.scene(state.scene).kind else { return Default::default() };
    match (&options.form, decision.form.as_deref()) {
        (FormOptions::Pass { messages, .. }, _) => {
            for &message in messages {
                let pick = Pick::Send { message, carrier: None, licence: None };
                out.push((pick, story.messages[message.index()].lean.value(values)));
            }
        }
        (FormOptions::Relay(treatments), _) => {
            out.extend(treatments.iter().map(|&id| (Pick::Treat(id), treatment_lean(story, state, id))));
        }
        (FormOptions::Receive(handlings), _) => {
            let lean = |id: MannerId| story.handlings[id.index()].lean.value(values);
            out.extend(handlings.iter().map(|&id| (Pick::Handle(id), lean(id))));
        }
        (FormOptions::Mark(lines), Some(Form::Mark { sheet, .. })) => {
            let sheet = &story.sheets[sheet.index()];
            for &(line, open) in lines {
                // A line left standing may be struck; what somebody struck is left alone.
                if open && state.value(sheet.lines[usize::from(line)].var) == 0 {
                    out.push((Pick::Line(line), 1));
                }
            }
            out.push((Pick::Done, 2));
        }
        _ => {}
    }
    for &(at, open) in &options.choices {
        if open {
            out.push((Pick::Choice(at), story.choices(decision)[usize::from(at)].lean().value(values)));
        }
    }
    out.into_iter().unzip()
}

/// How many marks have been made in the marking under way.
fn marks(story: &Story, state: &State) -> i16 {
    match &story.scene(state.scene).kind {
        SceneKind::Decide(decision) => match decision.form.as_deref() {
            Some(Form::Mark { sheet, .. }) => state.value(story.sheets[sheet.index()].marks),
            _ => 0,
        },
        _ => 0,
    }
}

fn treatment_lean(story: &Story, state: &State, id: MannerId) -> u32 {
    let values = &state.values;
    let reading = state.reading_in_transit(story, id);
    match reading.and_then(|(_, reading)| reading.lean.as_ref()) {
        Some(lean) => lean.value(values),
        None => story.treatments[id.index()].lean.value(values),
    }
}
