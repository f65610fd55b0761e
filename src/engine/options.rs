use crate::story::{Decision, Form, Kind, MannerId, MessageId, Story};

use super::rules::{Pick, Refusal};
use super::state::State;

/// What is on offer at a decision. Each list holds what is shown; `true` beside it means that it is open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    pub messages: Vec<MessageId>,
    pub carriers: Vec<MannerId>,
    pub licences: Vec<MannerId>,
    pub treatments: Vec<MannerId>,
    pub handlings: Vec<MannerId>,
    /// The sheet's lines by index; `true` while one more mark is allowed.
    pub lines: Vec<(u8, bool)>,
    pub done: bool,
    /// Choices by index, hidden ones left out.
    pub choices: Vec<(u16, bool)>,
    pub standing: bool,
}

impl Options {
    /// How many offers are shown, without the facets of a message and the standing choice.
    #[must_use]
    pub fn count(&self) -> usize {
        let lines = self.lines.len() + usize::from(self.done);
        self.messages.len() + self.treatments.len() + self.handlings.len() + lines + self.choices.len()
    }

    /// Everything that can be picked, in the order in which it is offered.
    #[must_use]
    pub fn picks(&self) -> Vec<Pick> {
        let each = |ids: &[MannerId]| -> Vec<Option<MannerId>> {
            if ids.is_empty() { vec![None] } else { ids.iter().copied().map(Some).collect() }
        };
        let mut out = Vec::new();
        for &message in &self.messages {
            for carrier in each(&self.carriers) {
                out.extend(each(&self.licences).into_iter().map(|licence| Pick::Send { message, carrier, licence }));
            }
        }
        out.extend(self.treatments.iter().map(|id| Pick::Treat(*id)));
        out.extend(self.handlings.iter().map(|id| Pick::Handle(*id)));
        out.extend(self.lines.iter().filter(|(_, open)| *open).map(|(line, _)| Pick::Line(*line)));
        out.extend(self.done.then_some(Pick::Done));
        out.extend(self.choices.iter().filter(|(_, open)| *open).map(|(at, _)| Pick::Choice(*at)));
        out.extend(self.standing.then_some(Pick::Standing));
        out
    }
}

/// What is on offer where the state stands; nothing where nobody decides.
#[must_use]
pub fn options(story: &Story, state: &State) -> Options {
    let mut out = Options::default();
    let scene = story.scene(state.scene);
    let (Kind::Decide(decision), Some(seat)) = (&scene.kind, scene.seat) else { return out };
    match &decision.form {
        Form::Choose => {}
        Form::Pass { messages, carriers, licences, .. } => {
            out.carriers = open_of(carriers, &story.carriers, state);
            out.licences = open_of(licences, &story.licences, state);
            let can =
                (carriers.is_empty() || !out.carriers.is_empty()) && (licences.is_empty() || !out.licences.is_empty());
            out.messages =
                messages.iter().copied().filter(|&id| can && message_open(story, state, id).is_ok()).collect();
        }
        Form::Relay { treatments, .. } => {
            out.treatments = treatments.iter().copied().filter(|&id| treatment_open(story, state, id)).collect();
        }
        Form::Receive { handlings, .. } => out.handlings = open_of(handlings, &story.handlings, state),
        Form::Mark { sheet, most, .. } => {
            let sheet = &story.sheets[sheet.index()];
            let more = state.value(sheet.marks) < *most;
            out.lines =
                (0..sheet.lines.len()).filter_map(|line| u8::try_from(line).ok()).map(|line| (line, more)).collect();
            out.done = true;
        }
    }
    out.choices.reserve_exact(decision.choices.len());
    for (at, choice) in decision.choices.iter().enumerate() {
        let open = choice.when.holds(&state.values);
        let shown = !state.is_used(choice.once) && (open || choice.locked.is_some());
        if let (true, Ok(at)) = (shown, u16::try_from(at)) {
            out.choices.push((at, open));
        }
    }
    let standing = story.seats[seat.index()].standing.as_ref();
    out.standing = scene.standing && standing.is_some_and(|choice| choice.when.holds(&state.values));
    out
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
    let Some(parcel) = story.parcel else { return false };
    let message = usize::try_from(state.value(parcel.message)).ok().and_then(|value| value.checked_sub(1));
    let reading = message.and_then(|at| story.messages[at].heard.get(id.index())?.as_ref());
    story.treatments[id.index()].when.holds(&state.values) && reading.is_some_and(|r| r.when.holds(&state.values))
}

/// Whether anything but the standing choice is open; without that the scene goes on by `otherwise`.
pub(super) fn any_open(story: &Story, state: &State) -> bool {
    let Kind::Decide(decision) = &story.scene(state.scene).kind else { return false };
    let choice = decision.choices.iter().any(|c| c.when.holds(&state.values) && !state.is_used(c.once));
    choice
        || match &decision.form {
            Form::Choose => false,
            Form::Mark { .. } => true,
            Form::Pass { .. } => !options(story, state).messages.is_empty(),
            Form::Relay { treatments, .. } => treatments.iter().any(|&id| treatment_open(story, state, id)),
            Form::Receive { handlings, .. } => !open_of(handlings, &story.handlings, state).is_empty(),
        }
}

/// Whether a pick can be taken where the state stands.
pub(super) fn is_open(story: &Story, state: &State, pick: Pick) -> Result<(), Refusal> {
    let scene = story.scene(state.scene);
    let (Kind::Decide(decision), Some(seat)) = (&scene.kind, scene.seat) else { return Err(Refusal::NotNow) };
    let offered = |open: bool| if open { Ok(()) } else { Err(Refusal::NotOffered) };
    let within = |id: Option<MannerId>, list: &[MannerId], all: &[crate::story::Manner]| match id {
        Some(id) => list.contains(&id) && all[id.index()].when.holds(&state.values),
        None => list.is_empty(),
    };
    match (pick, &decision.form) {
        (Pick::Choice(at), _) => choice_open(decision, state, at),
        (Pick::Standing, _) => match &story.seats[seat.index()].standing {
            Some(choice) if scene.standing => {
                if choice.when.holds(&state.values) {
                    Ok(())
                } else {
                    Err(Refusal::Locked)
                }
            }
            _ => Err(Refusal::NotOffered),
        },
        (Pick::Send { message, carrier, licence }, Form::Pass { messages, carriers, licences, .. }) => {
            offered(messages.contains(&message))?;
            offered(within(carrier, carriers, &story.carriers) && within(licence, licences, &story.licences))?;
            message_open(story, state, message)
        }
        (Pick::Treat(id), Form::Relay { treatments, .. }) => {
            offered(treatments.contains(&id) && treatment_open(story, state, id))
        }
        (Pick::Handle(id), Form::Receive { handlings, .. }) => offered(within(Some(id), handlings, &story.handlings)),
        (Pick::Line(line), Form::Mark { sheet, most, .. }) => {
            let sheet = &story.sheets[sheet.index()];
            offered(usize::from(line) < sheet.lines.len())?;
            if state.value(sheet.marks) < *most { Ok(()) } else { Err(Refusal::NoMoreMarks) }
        }
        (Pick::Done, Form::Mark { .. }) => Ok(()),
        _ => Err(Refusal::NotOffered),
    }
}

fn choice_open(decision: &Decision, state: &State, at: u16) -> Result<(), Refusal> {
    let choice = decision.choices.get(usize::from(at)).ok_or(Refusal::NotOffered)?;
    if state.is_used(choice.once) {
        return Err(Refusal::Used);
    }
    if choice.when.holds(&state.values) { Ok(()) } else { Err(Refusal::Locked) }
}
