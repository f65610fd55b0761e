use crate::story::{Form, Inject, Kind, MessageId, SceneId, SeatId, Story, Template};

use super::input::Step;
use super::pages::{Block, BlockKind, Hop, Stage};
use super::render::{Reader, render};
use super::rules::{Event, Pick, Witness};
use super::state::State;
use super::trail::Trail;

/// So many texts are kept to be written into.
const SPARE: usize = 8;

/// What is kept of a night besides its state: pages, trail and steps.
#[derive(Debug, Clone)]
pub(super) struct Notes<'s> {
    pub story: &'s Story,
    pub seed: u64,
    /// By seat: what it has perceived since its last decision (or ever, with `whole`).
    pub pages: Vec<Vec<Block>>,
    /// By seat: what it has perceived of messages on their way, for as long as its page.
    pub hops: Vec<Vec<Hop>>,
    /// By seat: the part of the night it is in, as far as it knows.
    pub parts: Vec<Option<&'s str>>,
    /// Pages are kept for these seats.
    pub watching: Vec<bool>,
    /// Texts of pages that have been turned: the next are written into their room.
    pub spare: Vec<String>,
    pub whole: bool,
    pub trail: Trail,
    pub steps: Vec<Step>,
}

impl Notes<'_> {
    pub fn clear(&mut self) {
        for page in &mut self.pages {
            turn(page, &mut self.spare);
        }
        self.hops.iter_mut().for_each(Vec::clear);
    }

    fn page(&mut self, seat: SeatId) -> &mut Vec<Block> {
        &mut self.pages[seat.index()]
    }

    fn add(&mut self, seat: SeatId, kind: BlockKind, text: String) {
        if !text.trim().is_empty() {
            self.page(seat).push(Block { kind, text });
        }
    }

    fn hop(&mut self, seat: SeatId, message: MessageId, stage: Stage) {
        let message = &self.story.messages[message.index()];
        self.hops[seat.index()].push(Hop { from: message.from, to: message.to, stage });
    }

    /// Nobody decided at this seat, and this is what came of it.
    pub fn silent(&mut self, seat: SeatId, words: &str) {
        if self.watching[seat.index()] {
            // The choice was made by nobody, so no words of it stand as chosen.
            let whole = self.whole;
            let page = self.page(seat);
            let chosen = page.iter().rposition(|block| block.kind == BlockKind::Chosen).filter(|_| whole);
            let block = Block { kind: BlockKind::Silence, text: words.to_owned() };
            match chosen {
                Some(at) => page[at] = block,
                None => page.insert(0, block),
            }
        }
    }

    /// News for everybody whom it concerns.
    pub fn told(&mut self, inject: &Inject) {
        for &seat in &inject.to {
            if self.watching[seat.index()] {
                self.page(seat).push(Block { kind: BlockKind::Prose, text: inject.text.clone() });
            }
        }
    }

    fn words(&mut self, state: &State, template: &Template, seat: SeatId) -> String {
        let mut out = self.spare.pop().unwrap_or_default();
        out.clear();
        out.reserve(template.room());
        render(self.story, state, template, Reader { seat, scene: state.scene, seed: self.seed }, &mut out);
        out
    }

    fn entered(&mut self, state: &State, id: SceneId) {
        let scene = self.story.scene(id);
        if let (Kind::Decide(decision), Some(seat), Some(parcel)) = (&scene.kind, scene.seat, self.story.parcel)
            && matches!(decision.form, Form::Relay { .. })
            && let Some(at) = usize::try_from(state.value(parcel.message)).ok().and_then(|value| value.checked_sub(1))
        {
            self.hop(seat, MessageId::new(at), Stage::InHand);
        }
        for (at, text) in scene.texts.iter().enumerate() {
            if !self.watching[at] {
                continue;
            }
            let seat = SeatId::new(at);
            let mine = scene.seat.is_none_or(|own| own == seat);
            if let Some(part) = &scene.part
                && (mine || text.is_some())
                && self.parts[at] != Some(&**part)
            {
                self.parts[at] = Some(part);
                self.add(seat, BlockKind::Part, part.to_string());
            }
            if let Some(text) = text {
                let words = self.words(state, text, seat);
                self.add(seat, BlockKind::Prose, words);
            }
        }
    }

    fn picked(&mut self, state: &State, seat: SeatId, pick: Pick) {
        if !self.watching[seat.index()] {
            return;
        }
        let stays = matches!(pick, Pick::Line(_));
        if !self.whole && !stays {
            turn(&mut self.pages[seat.index()], &mut self.spare);
            self.hops[seat.index()].clear();
        }
        if self.whole {
            let chosen = super::words::pick_words(self.story, state, self.seed, seat, pick);
            self.add(seat, BlockKind::Chosen, chosen.into_owned());
        }
        let choice = match (pick, &self.story.scene(state.scene).kind) {
            (Pick::Choice(at), Kind::Decide(decision)) => decision.choices.get(usize::from(at)),
            (Pick::Standing, _) => self.story.seats[seat.index()].standing.as_ref(),
            _ => None,
        };
        if let Some(reply) = choice.and_then(|choice| choice.reply.as_deref()) {
            let words = self.words(state, reply, seat);
            self.add(seat, BlockKind::Reply, words);
        }
    }
}

/// An empty page, in the room of the old one.
fn turn(page: &mut Vec<Block>, spare: &mut Vec<String>) {
    spare.extend(page.drain(..).take(SPARE.saturating_sub(spare.len())).map(|block| block.text));
}

impl Witness for Notes<'_> {
    fn see(&mut self, state: &State, event: Event) {
        match event {
            Event::Entered(scene) => self.entered(state, scene),
            Event::Picked(seat, pick) => self.picked(state, seat, pick),
            Event::Sent(message) => {
                self.hop(self.story.messages[message.index()].from, message, Stage::Sent);
                self.trail.sent(self.story, state, self.seed, message);
            }
            Event::Heard(message, treatment) => {
                let to = self.story.messages[message.index()].to;
                let carrier = self.story.scene(state.scene).seat.filter(|seat| *seat != to);
                [Some(to), carrier].into_iter().flatten().for_each(|seat| self.hop(seat, message, Stage::Heard));
                self.trail.heard(self.story, state, self.seed, message, treatment);
            }
            Event::Handled(handling) => self.trail.handled(handling),
        }
    }
}
