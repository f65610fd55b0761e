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
    /// By seat.
    pub seats: Vec<Perceived<'s>>,
    pub whole: bool,
    pub trail: Trail,
    pub steps: Vec<Step>,
}

/// What a seat has perceived since its last decision (or ever, with `whole`).
#[derive(Debug, Clone)]
pub(super) struct Perceived<'s> {
    /// A page is kept for it.
    pub watching: bool,
    pub page: Leaf,
    /// Of messages on their way.
    pub hops: Vec<Hop>,
    /// The part of the night it is in, as far as it knows.
    pub part: Option<&'s str>,
}

impl Perceived<'_> {
    /// Nothing yet.
    pub fn new(watching: bool) -> Self {
        Self { watching, page: Leaf::default(), hops: Vec::new(), part: None }
    }

    fn turn(&mut self) {
        self.page.turn();
        self.hops.clear();
    }
}

impl Notes<'_> {
    pub fn clear(&mut self) {
        self.seats.iter_mut().for_each(Perceived::turn);
    }

    /// For which seats pages are kept.
    pub fn watching(&self) -> Vec<bool> {
        self.seats.iter().map(|seat| seat.watching).collect()
    }

    fn hop(&mut self, seat: SeatId, message: MessageId, stage: Stage) {
        let message = &self.story.messages[message.index()];
        self.seats[seat.index()].hops.push(Hop { from: message.from, to: message.to, stage });
    }

    /// Nobody decided at this seat, and this is what came of it.
    pub fn silent(&mut self, seat: SeatId, words: &str) {
        let Perceived { watching, page, .. } = &mut self.seats[seat.index()];
        if *watching {
            // The choice was made by nobody, so no words of it stand as chosen.
            let chosen = page.blocks().iter().rposition(|block| block.kind == BlockKind::Chosen).filter(|_| self.whole);
            page.put(chosen, Block { kind: BlockKind::Silence, text: words.to_owned() });
        }
    }

    /// News for everybody whom it concerns.
    pub fn told(&mut self, inject: &Inject) {
        for &seat in &inject.to {
            let Perceived { watching, page, .. } = &mut self.seats[seat.index()];
            if *watching {
                page.write(BlockKind::Prose, |page| page.push_str(&inject.text));
            }
        }
    }

    fn words(&mut self, state: &State, kind: BlockKind, template: Template, seat: SeatId) {
        let reader = Reader { seat, scene: state.scene, seed: self.seed };
        self.seats[seat.index()].page.write(kind, |page| {
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
        for (at, text) in self.story.texts(id).iter().enumerate() {
            let seat = SeatId::new(at);
            let perceived = &mut self.seats[at];
            if !perceived.watching {
                continue;
            }
            if let Some(part) = &scene.part
                && (text.is_some() || scene.seat.is_none_or(|own| own == seat))
                && perceived.part != Some(&**part)
            {
                perceived.part = Some(part);
                perceived.page.write(BlockKind::Part, |page| page.push_str(part));
            }
            if let Some(text) = *text {
                self.words(state, BlockKind::Prose, text, seat);
            }
        }
    }

    fn picked(&mut self, state: &State, seat: SeatId, pick: Pick) {
        let perceived = &mut self.seats[seat.index()];
        if !perceived.watching {
            return;
        }
        let stays = matches!(pick, Pick::Line(_));
        if self.whole {
            let chosen = super::words::pick_words(self.story, state, self.seed, seat, pick);
            perceived.page.write(BlockKind::Chosen, |page| page.push_str(&chosen));
        } else if !stays {
            perceived.turn();
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
    // Whoever tells of something knows what it is.
    #[inline]
    fn see(&mut self, state: &State, event: Event) {
        match event {
            Event::Entered(scene) => self.entered(state, scene),
            Event::Picked(seat, pick) => self.picked(state, seat, pick),
            passing => self.passing(state, passing),
        }
    }
}

impl Notes<'_> {
    /// What happens to a message.
    fn passing(&mut self, state: &State, event: Event) {
        match event {
            Event::Entered(_) | Event::Picked(..) => {}
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
