//! A story as guards and assignments: what the sets of states are put through.
//!
//! Invariant: what a [`Step`] does to a state is what `engine::Rules` does for its label; a test holds the two
//! together on random stories.

use crate::engine::Pick;
use crate::story::{
    Change, Choice, Comparison, Condition, Decision, Effect, Form, Kind, Manner, MannerId, MessageId, OnceId, Reading,
    SceneId, SeatId, Story, Sum, VarId, Weight,
};

use super::live::Graph;

/// A story in steps. Variables are the story's own, then a flag for each once-only thing.
#[derive(Debug)]
pub struct Program<'s> {
    pub story: &'s Story,
    /// Least and greatest value of each variable.
    pub bounds: Vec<(i16, i16)>,
    /// By scene.
    pub scenes: Vec<Steps>,
}

/// What can happen at a scene.
#[derive(Debug, Default)]
pub struct Steps {
    /// On arriving.
    pub arrive: Vec<Effect>,
    pub steps: Vec<Step>,
    /// The night ends here.
    pub ends: bool,
}

/// One thing that can happen.
#[derive(Debug)]
pub struct Step {
    pub label: Label,
    pub guard: Condition,
    pub effects: Vec<Effect>,
    pub go: SceneId,
    /// The scene is not entered anew.
    pub stays: bool,
    /// The message that arrives by it, and its treatment, as indices.
    pub hears: Option<(usize, usize)>,
}

/// What a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Label {
    Pick(Pick),
    /// A way of a route, by index.
    Way(usize),
    /// Straight on.
    Flow,
    /// Nothing was open.
    Otherwise,
}

impl<'s> Program<'s> {
    fn new(story: &'s Story) -> Self {
        let mut bounds: Vec<(i16, i16)> = story.vars.iter().map(|var| var.domain.bounds()).collect();
        bounds.extend((0..story.onces).map(|_| (0, 1)));
        let scenes = (0..story.scenes.len()).map(|at| steps(story, SceneId::new(at))).collect();
        Self { story, bounds, scenes }
    }

    /// The program of a story, in which nothing is remembered that is never asked for.
    #[must_use]
    pub fn of(story: &'s Story) -> Self {
        let program = Self::new(story);
        let never_again = Graph::new(&program).never_again(&program);
        program.settled(&never_again)
    }

    /// The same program without once-only things that need not be remembered (by variable: `true`): they are always
    /// as they were at the beginning whenever somebody looks.
    fn settled(mut self, never_again: &[bool]) -> Self {
        for step in self.scenes.iter_mut().flat_map(|scene| &mut scene.steps) {
            step.guard = settle(std::mem::replace(&mut step.guard, Condition::Always), never_again);
            step.effects.retain(|effect| !never_again[effect.var.index()]);
        }
        for (var, bounds) in self.bounds.iter_mut().enumerate() {
            if never_again[var] {
                *bounds = (0, 0);
            }
        }
        self
    }

    /// The variables that decide: which some guard reads, or which such a variable depends on; and these.
    #[must_use]
    pub fn deciding(&self, also: impl IntoIterator<Item = VarId>) -> Vec<bool> {
        let mut keep = vec![false; self.bounds.len()];
        also.into_iter().for_each(|var| keep[var.index()] = true);
        for step in self.scenes.iter().flat_map(|scene| &scene.steps) {
            step.guard.reads(&mut |var| keep[var.index()] = true);
        }
        let mut grown = true;
        while grown {
            grown = false;
            let effects =
                self.scenes.iter().flat_map(|s| s.arrive.iter().chain(s.steps.iter().flat_map(|t| &t.effects)));
            for effect in effects.filter(|effect| *effect.when() != Condition::Always) {
                if keep[effect.var.index()] {
                    effect.when().reads(&mut |var| grown |= !std::mem::replace(&mut keep[var.index()], true));
                }
            }
        }
        keep
    }

    /// The same program without what happens to other variables than these. Sound for what they decide, since nothing
    /// kept depends on what is left out ([`Program::deciding`]).
    #[must_use]
    pub fn keeping(&self, keep: &[bool]) -> Self {
        let kept = |effects: &[Effect]| effects.iter().filter(|effect| keep[effect.var.index()]).cloned().collect();
        let scene = |scene: &Steps| Steps {
            arrive: kept(&scene.arrive),
            steps: scene
                .steps
                .iter()
                .map(|step| Step { effects: kept(&step.effects), guard: step.guard.clone(), ..*step })
                .collect(),
            ends: scene.ends,
        };
        Self { story: self.story, bounds: self.bounds.clone(), scenes: self.scenes.iter().map(scene).collect() }
    }

    /// The values before the first scene is entered.
    #[must_use]
    pub fn start(&self) -> Vec<i16> {
        let own = self.story.vars.iter().map(|var| var.start);
        own.chain((0..self.story.onces).map(|_| 0)).collect()
    }
}

/// A condition in which these variables are known to be 0.
fn settle(condition: Condition, zero: &[bool]) -> Condition {
    let inside = |inner: Condition| settle(inner, zero);
    match condition {
        Condition::Is(var, value) if zero[var.index()] => {
            if value == 0 {
                Condition::Always
            } else {
                not(Condition::Always)
            }
        }
        Condition::Not(inner) => not(inside(*inner)),
        Condition::And(both) => and(inside(both.0), inside(both.1)),
        Condition::Or(both) => match (inside(both.0), inside(both.1)) {
            (Condition::Always, _) | (_, Condition::Always) => Condition::Always,
            (a, b) => Condition::or(a, b),
        },
        other => other,
    }
}

/// The variable that tells whether a once-only thing has been used.
fn once_var(story: &Story, once: OnceId) -> VarId {
    VarId::new(story.vars.len() + once.index())
}

fn unused(story: &Story, once: Option<OnceId>) -> Condition {
    once.map_or(Condition::Always, |once| Condition::Is(once_var(story, once), 0))
}

pub(super) fn and(a: Condition, b: Condition) -> Condition {
    match (a, b) {
        (Condition::Always, other) | (other, Condition::Always) => other,
        (a, b) => Condition::and(a, b),
    }
}

pub(super) fn never() -> Condition {
    Condition::Not(Box::new(Condition::Always))
}

fn any(conditions: impl IntoIterator<Item = Condition>) -> Condition {
    conditions.into_iter().reduce(Condition::or).unwrap_or_else(never)
}

pub(super) fn not(condition: Condition) -> Condition {
    Condition::Not(Box::new(condition))
}

/// That a weight is not 0.
pub(super) fn positive(weight: &Weight) -> Condition {
    let all = match weight {
        Weight::Constant(0) => return not(Condition::Always),
        Weight::Constant(_) => return Condition::Always,
        Weight::Cases(all) => all,
    };
    let mut earlier = Condition::Always;
    let mut out = Vec::new();
    let last = [(Condition::Always, all.otherwise.clone())];
    for (when, sum) in all.cases.iter().chain(&last) {
        let more = Condition::compare(sum.clone(), Comparison::More, Sum::default());
        out.push(and(and(earlier.clone(), when.clone()), more));
        earlier = and(earlier, not(when.clone()));
    }
    any(out)
}

fn set(var: VarId, value: i16) -> Effect {
    Effect::new(var, Change::Set(value))
}

fn steps(story: &Story, id: SceneId) -> Steps {
    let scene = story.scene(id);
    let mut out = Steps { arrive: story.effects[scene.does].to_vec(), ..Steps::default() };
    match &scene.kind {
        Kind::End(_) => out.ends = true,
        Kind::Flow(go) => out.steps.push(step(Label::Flow, Condition::Always, Vec::new(), *go)),
        Kind::Route { ways, by_lot } => {
            let mut earlier = Condition::Always;
            for (at, way) in ways.iter().enumerate() {
                let open = if *by_lot {
                    and(way.when.clone(), positive(&way.odds))
                } else {
                    let open = and(earlier.clone(), way.when.clone());
                    earlier = and(earlier, not(way.when.clone()));
                    open
                };
                out.steps.push(step(Label::Way(at), open, story.effects[way.does].to_vec(), way.go));
            }
        }
        Kind::Decide(decision) => decide(story, id, decision, &mut out),
    }
    out
}

fn step(label: Label, guard: Condition, effects: Vec<Effect>, go: SceneId) -> Step {
    Step { label, guard, effects, go, stays: false, hears: None }
}

fn decide(story: &Story, id: SceneId, decision: &Decision, out: &mut Steps) {
    let scene = story.scene(id);
    match decision.form.as_deref() {
        None => {}
        Some(Form::Pass { messages, carriers, licences, go }) => {
            let each = |ids: &[MannerId]| -> Vec<Option<MannerId>> {
                if ids.is_empty() { vec![None] } else { ids.iter().copied().map(Some).collect() }
            };
            for &message in messages {
                for carrier in each(carriers) {
                    for licence in each(licences) {
                        let what = &story.messages[message.index()];
                        let mut guard = and(what.when.clone(), unused(story, what.once));
                        guard = and(guard, manner_when(carrier, &story.carriers));
                        guard = and(guard, manner_when(licence, &story.licences));
                        let pick = Pick::Send { message, carrier, licence };
                        let effects = send(story, message, carrier, licence);
                        out.steps.push(step(Label::Pick(pick), guard, effects, *go));
                    }
                }
            }
        }
        Some(Form::Relay { treatments, go }) => {
            for &treatment in treatments {
                for (at, message) in story.messages.iter().enumerate() {
                    let (Some(Some(reading)), Some(parcel)) = (message.heard.get(treatment.index()), story.parcel)
                    else {
                        continue;
                    };
                    let manner = &story.treatments[treatment.index()];
                    let under_way = Condition::Is(parcel.message, one_more(at));
                    let guard = and(and(manner.when.clone(), under_way), reading.when.clone());
                    let mut effects = vec![set(parcel.treatment, treatment.number())];
                    spend(story, manner, &mut effects);
                    deliver(story, message.heard_var, treatment.index(), reading, &mut effects);
                    let step = step(Label::Pick(Pick::Treat(treatment)), guard, effects, *go);
                    out.steps.push(Step { hears: Some((at, treatment.index())), ..step });
                }
            }
        }
        Some(Form::Receive { handlings, go }) => {
            for &handling in handlings {
                let manner = &story.handlings[handling.index()];
                let Some(parcel) = story.parcel else { continue };
                let label = Label::Pick(Pick::Handle(handling));
                let nothing = Condition::Is(parcel.message, 0);
                out.steps.push(step(label, and(manner.when.clone(), nothing.clone()), Vec::new(), *go));
                let mut effects = vec![set(parcel.handling, handling.number())];
                spend(story, manner, &mut effects);
                out.steps.push(step(label, and(manner.when.clone(), not(nothing)), effects, *go));
            }
        }
        Some(Form::Mark { sheet, most, go, .. }) => {
            let sheet = &story.sheets[sheet.index()];
            let seat = scene.seat.map_or(0, SeatId::number);
            let marks = Sum { constant: 0, terms: vec![(1, sheet.marks)] };
            let more =
                Condition::compare(marks, Comparison::Less, Sum { constant: i32::from(*most), terms: Vec::new() });
            for (at, line) in sheet.lines.iter().enumerate() {
                let Ok(number) = u8::try_from(at) else { continue };
                let effects = vec![Effect::new(line.var, Change::Flip(seat)), Effect::new(sheet.marks, Change::Add(1))];
                let step = step(Label::Pick(Pick::Line(number)), more.clone(), effects, id);
                out.steps.push(Step { stays: true, ..step });
            }
            out.steps.push(step(Label::Pick(Pick::Done), Condition::Always, vec![set(sheet.marks, 0)], *go));
        }
    }
    for (at, choice) in story.choices(decision).iter().enumerate() {
        let Ok(number) = u16::try_from(at) else { continue };
        out.steps.push(choose(story, id, choice, Label::Pick(Pick::Choice(number))));
    }
    // The standing choice is there only while something else is open; else the scene goes on by `otherwise`.
    let open = any(out.steps.iter().map(|step| step.guard.clone()));
    let standing = scene.seat.and_then(|seat| story.seats[seat.index()].standing.as_ref()).filter(|_| scene.standing);
    if let Some(standing) = standing {
        let step = choose(story, id, standing, Label::Pick(Pick::Standing));
        out.steps.push(Step { guard: and(open.clone(), step.guard), ..step });
    }
    if let Some(otherwise) = decision.otherwise {
        out.steps.push(step(Label::Otherwise, not(open), Vec::new(), otherwise));
    }
}

fn choose(story: &Story, id: SceneId, choice: &Choice, label: Label) -> Step {
    let guard = and(choice.when.clone(), unused(story, choice.once));
    let mut effects: Vec<Effect> = choice.once.map(|once| set(once_var(story, once), 1)).into_iter().collect();
    effects.extend(story.effects[choice.does].iter().cloned());
    if let Some((message, carrier, licence)) = choice.send() {
        effects.extend(send(story, message, carrier, licence));
    }
    step(label, guard, effects, choice.go.unwrap_or(id))
}

fn manner_when(id: Option<MannerId>, list: &[Manner]) -> Condition {
    id.map_or(Condition::Always, |id| list[id.index()].when.clone())
}

fn one_more(index: usize) -> i16 {
    i16::try_from(index + 1).unwrap_or(i16::MAX)
}

fn send(story: &Story, message: MessageId, carrier: Option<MannerId>, licence: Option<MannerId>) -> Vec<Effect> {
    let Some(parcel) = story.parcel else { return Vec::new() };
    let number = |id: Option<MannerId>| id.map_or(0, MannerId::number);
    let what = &story.messages[message.index()];
    let mut out = vec![
        set(parcel.message, message.number()),
        set(parcel.carrier, number(carrier)),
        set(parcel.licence, number(licence)),
        set(parcel.treatment, 0),
        set(parcel.handling, 0),
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
