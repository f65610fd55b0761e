use crate::story::{Form, Inject, Kind, MessageId, SceneId, SeatId, Story, Template};

use super::input::Step;
use super::leaf::Leaf;
use super::pages::{Block, BlockKind, Hop, Stage};
use super::render::{Reader, render};
use super::rules::{Event, Pick, Witness};
use super::state::State;
use super::trail::Trail;

/// What is kept of a night besides its state: pages, trail and steps.
#[derive(Debug, Clone)]
pub(super) struct Notes<'s> {
    pub story: &'s Story,
    pub seed: u64,
    /// By seat: what it has perceived since its last decision (or ever, with `whole`).
    pub pages: Vec<Leaf>,
    /// By seat: what it has perceived of messages on their way, for as long as its page.
    pub hops: Vec<Vec<Hop>>,
    /// By seat: the part of the night it is in, as far as it knows.
    pub parts: Vec<Option<&'s str>>,
    /// Pages are kept for these seats.
    pub watching: Vec<bool>,
    pub whole: bool,
    pub trail: Trail,
    pub steps: Vec<Step>,
}

impl Notes<'_> {
    pub fn clear(&mut self) {
        self.pages.iter_mut().for_each(Leaf::turn);
        self.hops.iter_mut().for_each(Vec::clear);
    }

    fn hop(&mut self, seat: SeatId, message: MessageId, stage: Stage) {
        let message = &self.story.messages[message.index()];
        self.hops[seat.index()].push(Hop { from: message.from, to: message.to, stage });
    }

    /// Nobody decided at this seat, and this is what came of it.
    pub fn silent(&mut self, seat: SeatId, words: &str) {
        if self.watching[seat.index()] {
            // The choice was made by nobody, so no words of it stand as chosen.
            let page = &mut self.pages[seat.index()];
            let chosen = page.blocks().iter().rposition(|block| block.kind == BlockKind::Chosen).filter(|_| self.whole);
            page.put(chosen, Block { kind: BlockKind::Silence, text: words.to_owned() });
        }
    }

    /// News for everybody whom it concerns.
    pub fn told(&mut self, inject: &Inject) {
        for &seat in &inject.to {
            if self.watching[seat.index()] {
                self.pages[seat.index()].write(BlockKind::Prose, |page| page.push_str(&inject.text));
            }
        }
    }

    fn words(&mut self, state: &State, kind: BlockKind, template: Template, seat: SeatId) {
        let reader = Reader { seat, scene: state.scene, seed: self.seed };
        self.pages[seat.index()].write(kind, |page| {
            page.reserve(template.room());
            render(self.story, state, template, reader, page);
        });
    }

    fn entered(&mut self, state: &State, id: SceneId) {
        let scene = self.story.scene(id);
        if let (Kind::Decide(decision), Some(seat), Some(parcel)) = (&scene.kind, scene.seat, self.story.parcel)
            && matches!(decision.form, Form::Relay { .. })
            && let Some(at) = usize::try_from(state.value(parcel.message)).ok().and_then(|value| value.checked_sub(1))
        {
            self.hop(seat, MessageId::new(at), Stage::InHand);
        }
        for (at, text) in self.story.texts(scene).iter().enumerate() {
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
                self.pages[at].write(BlockKind::Part, |page| page.push_str(part));
            }
            if let Some(text) = *text {
                self.words(state, BlockKind::Prose, text, seat);
            }
        }
    }

    fn picked(&mut self, state: &State, seat: SeatId, pick: Pick) {
        if !self.watching[seat.index()] {
            return;
        }
        let stays = matches!(pick, Pick::Line(_));
        if !self.whole && !stays {
            self.pages[seat.index()].turn();
            self.hops[seat.index()].clear();
        }
        if self.whole {
            let chosen = super::words::pick_words(self.story, state, self.seed, seat, pick);
            self.pages[seat.index()].write(BlockKind::Chosen, |page| page.push_str(&chosen));
        }
        let choice = match (pick, &self.story.scene(state.scene).kind) {
            (Pick::Choice(at), Kind::Decide(decision)) => self.story.choices(decision).get(usize::from(at)),
            (Pick::Standing, _) => self.story.seats[seat.index()].standing.as_ref(),
            _ => None,
        };
        if let Some(reply) = choice.and_then(|choice| choice.reply()) {
            self.words(state, BlockKind::Reply, reply, seat);
        }
    }
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
