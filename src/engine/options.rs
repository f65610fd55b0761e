use crate::story::{Choice, Decision, Form, MannerId, MessageId, Scene, SceneKind, Story};

use super::pick::{Pick, Refusal};
use super::state::State;

/// What is on offer at a decision.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    pub form: FormOptions,
    /// Choices by index, hidden ones left out; `true` beside one means that it is open.
    pub choices: Vec<(u16, bool)>,
    /// Whether the seat's standing choice is open.
    pub standing: bool,
}

/// What the form of a decision offers besides plain choices.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum FormOptions {
    #[default]
    Nothing,
    /// Each of the messages by each of the carriers on each of the licences.
    Pass { messages: Vec<MessageId>, carriers: Vec<MannerId>, licences: Vec<MannerId> },
    /// Treatments of the message in transit.
    Relay(Vec<MannerId>),
    /// Handlings of the message in transit.
    Receive(Vec<MannerId>),
    /// The sheet's lines by index, `true` while one more mark is allowed; and to hand it on.
    Mark(Vec<(u8, bool)>),
}

impl FormOptions {
    /// How many offers that makes, not counting the facets of a message.
    #[must_use]
    pub fn count(&self) -> usize {
        match self {
            Self::Nothing => 0,
            Self::Pass { messages, .. } => messages.len(),
            Self::Relay(ids) | Self::Receive(ids) => ids.len(),
            Self::Mark(lines) => lines.len() + 1,
        }
    }
}

impl Options {
    /// Everything that can be picked, in the order in which it is offered.
    #[must_use]
    pub fn picks(&self) -> Vec<Pick> {
        let each = |ids: &[MannerId]| -> Vec<Option<MannerId>> {
            if ids.is_empty() { vec![None] } else { ids.iter().copied().map(Some).collect() }
        };
        let mut out = Vec::new();
        match &self.form {
            FormOptions::Nothing => {}
            FormOptions::Pass { messages, carriers, licences } => {
                for &message in messages {
                    for carrier in each(carriers) {
                        let by = |licence| Pick::Send { message, carrier, licence };
                        out.extend(each(licences).into_iter().map(by));
                    }
                }
            }
            FormOptions::Relay(treatments) => out.extend(treatments.iter().map(|id| Pick::Treat(*id))),
            FormOptions::Receive(handlings) => out.extend(handlings.iter().map(|id| Pick::Handle(*id))),
            FormOptions::Mark(lines) => {
                out.extend(lines.iter().filter(|(_, open)| *open).map(|(line, _)| Pick::Line(*line)));
                out.push(Pick::Done);
            }
        }
        out.extend(self.choices.iter().filter(|(_, open)| *open).map(|(at, _)| Pick::Choice(*at)));
        out.extend(self.standing.then_some(Pick::Standing));
        out
    }
}

/// What is on offer now; nothing where nobody decides.
#[must_use]
pub fn options(story: &Story, state: &State) -> Options {
    let scene = story.scene(state.scene);
    let SceneKind::Decide(decision) = &scene.kind else { return Options::default() };
    let choices = story.choices(decision).iter().zip(0..);
    let choices = choices.filter_map(|(choice, at)| shown(choice, state).map(|open| (at, open)));
    Options {
        form: decision.form.as_ref().map(|form| offered(story, state, form)).unwrap_or_default(),
        choices: choices.collect(),
        standing: standing_open(story, state, scene).is_ok(),
    }
}

/// What the form of this decision offers.
pub(super) fn offered(story: &Story, state: &State, form: &Form) -> FormOptions {
    match form {
        Form::Pass { messages, carriers, licences, .. } => {
            let (by, on) = (open_of(carriers, &story.carriers, state), open_of(licences, &story.licences, state));
            let can = (carriers.is_empty() || !by.is_empty()) && (licences.is_empty() || !on.is_empty());
            let open = |id: &MessageId| can && message_open(story, state, *id).is_ok();
            FormOptions::Pass { messages: messages.iter().copied().filter(open).collect(), carriers: by, licences: on }
        }
        Form::Relay { treatments, .. } => {
            FormOptions::Relay(treatments.iter().copied().filter(|&id| treatment_open(story, state, id)).collect())
        }
        Form::Receive { handlings, .. } => FormOptions::Receive(open_of(handlings, &story.handlings, state)),
        Form::Mark { sheet, most, .. } => {
            let sheet = &story.sheets[sheet.index()];
            let more = state.value(sheet.marks) < *most;
            FormOptions::Mark((0..).take(sheet.lines.len()).map(|line| (line, more)).collect())
        }
    }
}

/// Whether a plain choice is open; `None` where it is not even shown.
// Inlined because every choice is asked at every turn; see `cargo bench`.
#[inline(always)]
pub(super) fn shown(choice: &Choice, state: &State) -> Option<bool> {
    let open = choice.when.holds(&state.values);
    (!state.is_used(choice.once) && (open || choice.locked().is_some())).then_some(open)
}

/// The standing choice of whoever decides in a scene, if it is open.
#[inline]
pub(super) fn standing_open<'s>(story: &'s Story, state: &State, scene: &Scene) -> Result<&'s Choice, Refusal> {
    if !scene.standing {
        return Err(Refusal::NotOffered);
    }
    let choice = scene.seat.and_then(|seat| story.seats[seat.index()].standing.as_ref()).ok_or(Refusal::NotOffered)?;
    if choice.when.holds(&state.values) { Ok(choice) } else { Err(Refusal::Locked) }
}

/// A plain choice of a decision, if it is open.
// Inlined for the same reason as `shown`.
#[inline(always)]
pub(super) fn choice_open<'s>(
    story: &'s Story,
    state: &State,
    decision: &Decision,
    at: u16,
) -> Result<&'s Choice, Refusal> {
    let choice = story.choices(decision).get(usize::from(at)).ok_or(Refusal::NotOffered)?;
    if state.is_used(choice.once) {
        return Err(Refusal::Used);
    }
    if choice.when.holds(&state.values) { Ok(choice) } else { Err(Refusal::Locked) }
}

fn open_of(ids: &[MannerId], list: &[crate::story::Manner], state: &State) -> Vec<MannerId> {
    ids.iter().copied().filter(|id| list[id.index()].when.holds(&state.values)).collect()
}

fn message_open(story: &Story, state: &State, id: MessageId) -> Result<(), Refusal> {
    let message = &story.messages[id.index()];
    if state.is_used(message.once) {
        return Err(Refusal::Used);
    }
    if message.when.holds(&state.values) { Ok(()) } else { Err(Refusal::Locked) }
}

/// A treatment is open if its own condition holds and the message under way has a reading for it that holds too.
fn treatment_open(story: &Story, state: &State, id: MannerId) -> bool {
    let reading = state.reading_in_transit(story, id);
    story.treatments[id.index()].when.holds(&state.values)
        && reading.is_some_and(|(_, reading)| reading.when.holds(&state.values))
}

/// Whether anything but the standing choice is open. If not, the scene goes on by `otherwise`.
#[inline]
pub(super) fn any_open(story: &Story, state: &State, decision: &Decision) -> bool {
    let choice = story.choices(decision).iter().any(|c| c.when.holds(&state.values) && !state.is_used(c.once));
    choice || decision.form.as_ref().is_some_and(|form| any_passing(story, state, form))
}

fn any_passing(story: &Story, state: &State, form: &Form) -> bool {
    offered(story, state, form).count() > 0
}

/// Whether a pick can be taken now.
pub(super) fn is_open(story: &Story, state: &State, pick: Pick) -> Result<(), Refusal> {
    let scene = story.scene(state.scene);
    let SceneKind::Decide(decision) = &scene.kind else { return Err(Refusal::NotNow) };
    match pick {
        Pick::Choice(at) => choice_open(story, state, decision, at).map(|_| ()),
        Pick::Standing => standing_open(story, state, scene).map(|_| ()),
        passing => passing_open(story, state, decision, passing),
    }
}

/// Says whether a pick of the decision's form (pass, relay, receive, mark) is open.
///
/// # Errors
/// Why it is not.
pub(super) fn passing_open(story: &Story, state: &State, decision: &Decision, pick: Pick) -> Result<(), Refusal> {
    let sure = |open: bool| if open { Ok(()) } else { Err(Refusal::NotOffered) };
    let within = |id: Option<MannerId>, list: &[MannerId], all: &[crate::story::Manner]| match id {
        Some(id) => list.contains(&id) && all[id.index()].when.holds(&state.values),
        None => list.is_empty(),
    };
    match (pick, decision.form.as_deref()) {
        (Pick::Send { message, carrier, licence }, Some(Form::Pass { messages, carriers, licences, .. })) => {
            sure(messages.contains(&message))?;
            sure(within(carrier, carriers, &story.carriers) && within(licence, licences, &story.licences))?;
            message_open(story, state, message)
        }
        (Pick::Treat(id), Some(Form::Relay { treatments, .. })) => {
            sure(treatments.contains(&id) && treatment_open(story, state, id))
        }
        (Pick::Handle(id), Some(Form::Receive { handlings, .. })) => {
            sure(within(Some(id), handlings, &story.handlings))
        }
        (Pick::Line(line), Some(Form::Mark { sheet, most, .. })) => {
            let sheet = &story.sheets[sheet.index()];
            sure(usize::from(line) < sheet.lines.len())?;
            if state.value(sheet.marks) < *most { Ok(()) } else { Err(Refusal::NoMoreMarks) }
        }
        (Pick::Done, Some(Form::Mark { .. })) => Ok(()),
        _ => Err(Refusal::NotOffered),
    }
}
