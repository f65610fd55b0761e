use crate::story::{MannerId, MessageId, SceneId, SeatId, Story, Template};

use super::render::ProseReader;
use super::state::State;

/// How one message got from a seat to another: what was meant, how it was sent, what was done to it, what was heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passing {
    pub message: MessageId,
    pub from: SeatId,
    pub to: SeatId,
    /// What was meant, rendered when it was sent.
    pub meant: String,
    pub carrier: Option<MannerId>,
    pub licence: Option<MannerId>,
    /// What the carrier did to it, once it has arrived.
    pub treatment: Option<MannerId>,
    /// The seat that carried it.
    pub carried_by: Option<SeatId>,
    /// What was heard, once it has arrived.
    pub heard: Option<String>,
    pub handling: Option<MannerId>,
    /// Minutes on the story's clock when it was decided to send it: the hour of the sender's page.
    pub sent_at: Option<i16>,
    pub heard_at: Option<i16>,
    /// Minutes on the story's clock when the seat it was for decided next: the hour of the page on which it stood.
    pub read_at: Option<i16>,
    /// Set right later by the session itself: what it was heard as in the end, or until the message arrived once more.
    pub corrected: Option<MannerId>,
    /// The message has arrived once more since, so that what it is heard as says nothing of this passing any more.
    superseded: bool,
}

/// What a scene has for the debrief: a sentence that was changed outside of a relay, or whatever else belongs there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrailNote {
    pub scene: SceneId,
    /// How many messages were sent before it.
    pub after: usize,
    /// Minutes on the story's clock when the scene was entered.
    pub minutes: Option<i16>,
    pub text: String,
}

/// Every passing of a session, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trail {
    pub passings: Vec<Passing>,
    pub notes: Vec<TrailNote>,
    /// Bytes of what was meant and heard, and of the notes.
    size: usize,
    /// The clock when the latest decision was taken, before anything came of it.
    decided_at: Option<i16>,
}

/// Most bytes kept of them; beyond that “…” stands for them.
const MOST: usize = 16_000_000;

impl Trail {
    /// Words as a seat reads them at this moment.
    fn words(&mut self, reader: ProseReader<'_, '_>, template: Template) -> String {
        if self.size > MOST {
            return "…".to_owned();
        }
        let mut words = String::new();
        reader.read(template, &mut words);
        self.size += words.len();
        words
    }

    /// A seat decides, and nothing has come of it yet.
    pub(super) fn decided(&mut self, story: &Story, state: &State, seat: SeatId) {
        self.decided_at = minutes(story, state);
        for passing in self.passings.iter_mut().filter(|passing| passing.to == seat && passing.heard.is_some()) {
            passing.read_at = passing.read_at.or(self.decided_at);
        }
    }

    /// A scene is entered that has something for the debrief. What it has told already it tells no second time.
    pub(super) fn note(&mut self, reader: ProseReader<'_, '_>, template: Template) {
        let (story, state) = (reader.story, reader.state);
        let text = self.words(reader, template);
        let scene = state.scene;
        if !text.trim().is_empty() && !self.notes.iter().any(|note| note.scene == scene && note.text == text) {
            self.notes.push(TrailNote { scene, after: self.passings.len(), minutes: minutes(story, state), text });
        }
    }

    pub(super) fn sent(&mut self, story: &Story, state: &State, seed: u64, message: MessageId) {
        let what = &story.messages[message.index()];
        let in_transit = story.in_transit;
        let manner = |var: Option<crate::story::VarId>| var.and_then(|var| MannerId::of_number(state.value(var)));
        let meant = self.words(ProseReader { story, state, seed, seat: what.from }, what.gist);
        self.passings.push(Passing {
            message,
            from: what.from,
            to: what.to,
            meant,
            carrier: manner(in_transit.map(|in_transit| in_transit.carrier)),
            licence: manner(in_transit.map(|in_transit| in_transit.licence)),
            treatment: None,
            carried_by: None,
            heard: None,
            handling: None,
            sent_at: self.decided_at,
            heard_at: None,
            read_at: None,
            corrected: None,
            superseded: false,
        });
    }

    /// A message is about to arrive: what became of it the last time it arrived is final.
    pub(super) fn arriving(&mut self, story: &Story, state: &State, message: MessageId) {
        self.corrections(story, state);
        for passing in self.passings.iter_mut().filter(|passing| passing.message == message) {
            passing.superseded = passing.heard.is_some();
        }
    }

    pub(super) fn heard(
        &mut self,
        story: &Story,
        state: &State,
        seed: u64,
        message: MessageId,
        treatment: Option<MannerId>,
    ) {
        let what = &story.messages[message.index()];
        let reading = treatment.map_or(0, MannerId::index);
        let heard = match what.heard.get(reading) {
            Some(Some(reading)) => self.words(ProseReader { story, state, seed, seat: what.to }, reading.text),
            _ => String::new(),
        };
        let carried_by = treatment.and(story.scene(state.scene).seat);
        // Where it is carried on by another hand, this is what is heard of it, and no longer what was.
        if let Some(passing) = self.passings.iter_mut().rev().find(|passing| passing.message == message) {
            passing.superseded = false;
            passing.corrected = None;
            passing.treatment = treatment;
            passing.carried_by = carried_by;
            passing.heard = Some(heard);
            passing.heard_at = minutes(story, state);
            passing.read_at = None;
        }
    }

    pub(super) fn handled(&mut self, handling: MannerId) {
        if let Some(passing) = self.passings.last_mut() {
            passing.handling = Some(handling);
        }
    }

    /// Notes where a message that was heard one way counts another way now.
    pub(super) fn corrections(&mut self, story: &Story, state: &State) {
        for passing in self.passings.iter_mut().filter(|passing| passing.heard.is_some() && !passing.superseded) {
            let now = state.value(story.messages[passing.message.index()].heard_var);
            let then = passing.treatment.map_or(1, MannerId::number);
            let changed = now != then && now > 0;
            passing.corrected = if changed { usize::try_from(now - 1).ok().map(MannerId::new) } else { None };
        }
    }
}

fn minutes(story: &Story, state: &State) -> Option<i16> {
    story.clock.as_ref().map(|clock| state.value(clock.var))
}
