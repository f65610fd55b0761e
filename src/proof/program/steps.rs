//! What can happen at a scene, as steps.

use crate::engine::Pick;
use crate::story::{
    Change, Choice, Comparison, Condition, Decision, Effect, Form, Manner, MannerId, MessageId, OnceId, Reading,
    SceneId, SceneKind, SeatId, Story, Sum, VarId,
};

use super::formula::{and, not, positive};
use super::{Among, Autoplay, GuardedStep, GuardedSteps, Label, Lean};

/// About how many steps a scene has.
pub(super) fn count(story: &Story, id: SceneId) -> usize {
    match &story.scene(id).kind {
        SceneKind::End(_) | SceneKind::Flow(_) => 1,
        SceneKind::Route { ways, .. } => ways.len(),
        SceneKind::Decide(decision) => {
            let form = match decision.form.as_deref() {
                None => 0,
                Some(Form::Pass { messages, carriers, licences, .. }) => {
                    messages.len() * carriers.len().max(1) * licences.len().max(1)
                }
                Some(Form::Relay { treatments, .. }) => treatments.len() * story.messages.len(),
                Some(Form::Receive { handlings, .. }) => 2 * handlings.len(),
                Some(Form::Mark { .. }) => 13,
            };
            form + decision.choices.len() + 4
        }
    }
}

/// The steps of a scene. What depends on the other steps of its scene does not stand in a step's guard: that no way
/// before it is open, for a way of a route; that something is open, for the standing choice, for time and for a stop;
/// that nothing is, for `otherwise`.
pub(super) fn steps(story: &Story, id: SceneId) -> GuardedSteps {
    let scene = story.scene(id);
    let mut out = GuardedSteps { arrive: story.effects[scene.does].to_vec(), ..GuardedSteps::default() };
    match &scene.kind {
        SceneKind::End(_) => out.ends = true,
        SceneKind::Flow(go) => out.steps.push(step(Label::Flow, Condition::Always, Vec::new(), *go)),
        SceneKind::Route { ways, by_lot } => {
            for (at, way) in ways.iter().enumerate() {
                let odds = if *by_lot { positive(story, &way.odds) } else { Condition::Always };
                let guard = and(way.when.clone(), odds);
                out.steps.push(step(Label::Way(at), guard, story.effects[way.does].to_vec(), way.go));
            }
        }
        SceneKind::Decide(decision) => decide(story, id, decision, &mut out.steps),
    }
    out
}

fn decide(story: &Story, id: SceneId, decision: &Decision, out: &mut Vec<GuardedStep>) {
    let scene = story.scene(id);
    let seat = scene.seat.map_or(0, SeatId::number);
    // How much there is to be weighed so far.
    let weighed = match decision.form.as_deref() {
        None => 0,
        Some(Form::Pass { messages, carriers, licences, go }) => {
            pass(story, messages, (carriers, licences), *go, out);
            messages.len()
        }
        Some(Form::Relay { treatments, go }) => {
            relay(story, treatments, *go, out);
            treatments.len()
        }
        Some(Form::Receive { handlings, go }) => {
            receive(story, handlings, *go, out);
            handlings.len()
        }
        Some(Form::Mark { sheet, most, go, .. }) => {
            let sheet = &story.sheets[sheet.index()];
            let marks = Sum { constant: 0, terms: vec![(1, sheet.marks)] };
            let most = Sum { constant: i32::from(*most), terms: Vec::new() };
            let more = Condition::compare(marks, Comparison::Less, most);
            for (at, line) in sheet.lines.iter().enumerate() {
                let Ok(number) = u8::try_from(at) else { continue };
                let effects = vec![Effect::new(line.var, Change::Flip(seat)), Effect::new(sheet.marks, Change::Add(1))];
                // What somebody struck the story leaves alone.
                let lean = lean(Among::Picks, at, Condition::Is(line.var, 0));
                let step = step(Label::Pick(Pick::Line(number)), more.clone(), effects, id);
                out.push(GuardedStep { stays: true, autoplay: Autoplay::Weighted(vec![lean]), ..step });
            }
            let lean = lean(Among::Picks, sheet.lines.len(), Condition::Always);
            let step = step(Label::Pick(Pick::Done), Condition::Always, vec![set(sheet.marks, 0)], *go);
            out.push(GuardedStep { autoplay: Autoplay::Weighted(vec![lean]), ..step });
            sheet.lines.len() + 1
        }
    };
    for (at, choice) in story.choices(decision).iter().enumerate() {
        let Ok(number) = u16::try_from(at) else { continue };
        let lean = lean(Among::Picks, weighed + at, positive(story, choice.lean()));
        let step = choose(story, id, choice, Label::Pick(Pick::Choice(number)));
        out.push(GuardedStep { autoplay: Autoplay::Weighted(vec![lean]), ..step });
    }
    if let Some(standing) = scene.seat.and_then(|seat| story.seats[seat.index()].standing.as_ref())
        && scene.standing
    {
        let step = choose(story, id, standing, Label::Pick(Pick::Standing));
        out.push(GuardedStep { autoplay: Autoplay::Never, ..step });
    }
    if let Some(clock) = &story.clock {
        let passes = vec![Effect::new(clock.var, Change::Add(clock.tick))];
        let step = step(Label::Tick, Condition::Always, passes, id);
        out.push(GuardedStep { stays: true, autoplay: Autoplay::Never, ..step });
    }
    if let Some(freeze) = story.freeze {
        out.push(GuardedStep {
            autoplay: Autoplay::Never,
            ..step(Label::Freeze, Condition::Always, Vec::new(), freeze)
        });
    }
    if let Some(otherwise) = decision.otherwise {
        out.push(step(Label::Otherwise, Condition::Always, Vec::new(), otherwise));
    }
}

fn pass(
    story: &Story,
    messages: &[MessageId],
    (carriers, licences): (&[MannerId], &[MannerId]),
    go: SceneId,
    out: &mut Vec<GuardedStep>,
) {
    let each = |ids: &[MannerId]| -> Vec<Option<(usize, MannerId)>> {
        if ids.is_empty() { vec![None] } else { ids.iter().copied().enumerate().map(Some).collect() }
    };
    for (place, &message) in messages.iter().enumerate() {
        for carrier in each(carriers) {
            for licence in each(licences) {
                let what = &story.messages[message.index()];
                let mut guard = and(what.when.clone(), unused(story, what.once));
                let mut leans = vec![lean(Among::Picks, place, positive(story, &what.lean))];
                for (among, one, list) in
                    [(Among::Carriers, carrier, &story.carriers), (Among::Licences, licence, &story.licences)]
                {
                    let Some((place, id)) = one else { continue };
                    let manner = &list[id.index()];
                    guard = and(guard, manner.when.clone());
                    let open = manner.when.clone();
                    leans.push(Lean { among, place, open, positive: positive(story, &manner.lean) });
                }
                let (carrier, licence) = (carrier.map(|(_, id)| id), licence.map(|(_, id)| id));
                let pick = Pick::Send { message, carrier, licence };
                let step = step(Label::Pick(pick), guard, send(story, message, carrier, licence), go);
                out.push(GuardedStep { autoplay: Autoplay::Weighted(leans), ..step });
            }
        }
    }
}

fn relay(story: &Story, treatments: &[MannerId], go: SceneId, out: &mut Vec<GuardedStep>) {
    let Some(in_transit) = story.in_transit else { return };
    for (place, &treatment) in treatments.iter().enumerate() {
        let manner = &story.treatments[treatment.index()];
        for (at, message) in story.messages.iter().enumerate() {
            let Some(Some(reading)) = message.heard.get(treatment.index()) else { continue };
            let under_way = Condition::Is(in_transit.message, one_more(at));
            let guard = and(and(manner.when.clone(), under_way), reading.when.clone());
            let mut effects = vec![set(in_transit.treatment, treatment.number())];
            spend(story, manner, &mut effects);
            deliver(story, message.heard_var, treatment.index(), reading, &mut effects);
            let weight = reading.lean.as_ref().unwrap_or(&manner.lean);
            let autoplay = Autoplay::Weighted(vec![lean(Among::Picks, place, positive(story, weight))]);
            let step = step(Label::Pick(Pick::Treat(treatment)), guard, effects, go);
            out.push(GuardedStep { hears: Some((at, treatment.index())), autoplay, ..step });
        }
    }
}

fn receive(story: &Story, handlings: &[MannerId], go: SceneId, out: &mut Vec<GuardedStep>) {
    let Some(in_transit) = story.in_transit else { return };
    for (place, &handling) in handlings.iter().enumerate() {
        let manner = &story.handlings[handling.index()];
        let nothing = Condition::Is(in_transit.message, 0);
        let mut effects = vec![set(in_transit.handling, handling.number())];
        spend(story, manner, &mut effects);
        for (when, effects) in [(nothing.clone(), Vec::new()), (not(nothing), effects)] {
            let autoplay = Autoplay::Weighted(vec![lean(Among::Picks, place, positive(story, &manner.lean))]);
            let step = step(Label::Pick(Pick::Handle(handling)), and(manner.when.clone(), when), effects, go);
            out.push(GuardedStep { autoplay, ..step });
        }
    }
}

fn choose(story: &Story, id: SceneId, choice: &Choice, label: Label) -> GuardedStep {
    let guard = and(choice.when.clone(), unused(story, choice.once));
    let mut effects: Vec<Effect> = choice.once.map(|once| set(once_var(story, once), 1)).into_iter().collect();
    effects.extend(story.effects[choice.does].iter().cloned());
    if let Some((message, carrier, licence)) = choice.send() {
        effects.extend(send(story, message, carrier, licence));
    }
    step(label, guard, effects, choice.go.unwrap_or(id))
}

fn step(label: Label, guard: Condition, effects: Vec<Effect>, go: SceneId) -> GuardedStep {
    GuardedStep { label, guard, effects, go, stays: false, autoplay: Autoplay::Always, hears: None }
}

fn lean(among: Among, place: usize, positive: Condition) -> Lean {
    Lean { among, place, open: Condition::Always, positive }
}

fn send(story: &Story, message: MessageId, carrier: Option<MannerId>, licence: Option<MannerId>) -> Vec<Effect> {
    let Some(in_transit) = story.in_transit else { return Vec::new() };
    let number = |id: Option<MannerId>| id.map_or(0, MannerId::number);
    let what = &story.messages[message.index()];
    let mut out = vec![
        set(in_transit.message, message.number()),
        set(in_transit.carrier, number(carrier)),
        set(in_transit.licence, number(licence)),
        set(in_transit.treatment, 0),
        set(in_transit.handling, 0),
    ];
    out.extend(what.once.map(|once| set(once_var(story, once), 1)));
    out.extend(story.effects[what.does].iter().cloned());
    let carrier = carrier.map(|id| &story.carriers[id.index()]);
    let licence = licence.map(|id| &story.licences[id.index()]);
    for manner in [carrier, licence].into_iter().flatten() {
        spend(story, manner, &mut out);
    }
    if story.treatments.is_empty()
        && let Some(Some(reading)) = what.heard.first()
    {
        deliver(story, what.heard_var, 0, reading, &mut out);
    }
    out
}

/// A manner's minutes and effects.
fn spend(story: &Story, manner: &Manner, out: &mut Vec<Effect>) {
    if let (Some(clock), true) = (&story.clock, manner.minutes != 0) {
        out.push(Effect::new(clock.var, Change::Add(manner.minutes)));
    }
    out.extend(story.effects[manner.does].iter().cloned());
}

fn deliver(story: &Story, heard: VarId, treatment: usize, reading: &Reading, out: &mut Vec<Effect>) {
    out.push(set(heard, one_more(treatment)));
    out.extend(story.effects[reading.does].iter().cloned());
}

/// The variable that tells whether a once-only thing has been used.
fn once_var(story: &Story, once: OnceId) -> VarId {
    VarId::new(story.vars.len() + once.index())
}

/// That a once-only thing has not been used yet.
pub(in crate::proof) fn unused(story: &Story, once: Option<OnceId>) -> Condition {
    once.map_or(Condition::Always, |once| Condition::Is(once_var(story, once), 0))
}

fn one_more(index: usize) -> i16 {
    i16::try_from(index + 1).unwrap_or(i16::MAX)
}

fn set(var: VarId, value: i16) -> Effect {
    Effect::new(var, Change::Set(value))
}
