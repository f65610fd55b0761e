use std::borrow::Cow;

use crate::story::{Choice, Form, Inject, MannerId, MessageId, SceneKind, SeatId, Story};

use super::page_buffer::PageBuffer;
use super::pages::{BlockKind, Hop, Stage};
use super::pick::Pick;
use super::pick_text::pick_words;
use super::render::ProseReader;
use super::rules::Observer;
use super::state::State;
use super::trail::Trail;

/// What a session keeps besides its state: pages and trail.
#[derive(Debug, Clone)]
pub(super) struct Recorder<'s> {
    pub story: &'s Story,
    pub seed: u64,
    /// By seat.
    pub seats: Vec<Perceived<'s>>,
    pub keeps: Keep,
    /// Each decision, in its words, where they are kept.
    pub offered: Vec<OfferedPick<'s>>,
    /// Scenes entered since the last input.
    pub entered: usize,
    pub trail: Trail,
}

/// How much is kept of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keep {
    /// What a seat has perceived since its last decision.
    Page,
    /// All that it has ever perceived.
    Whole,
    /// Every decision of every seat, in the words in which it was offered.
    Decisions,
}

/// What was taken at a decision, as it was offered.
#[derive(Debug, Clone)]
pub(super) struct OfferedPick<'s> {
    pub words: Cow<'s, str>,
    /// Minutes on the story's clock before it.
    pub minutes: Option<i16>,
}

/// What a seat has perceived since its last decision (or ever, with [`Keep::Whole`]).
#[derive(Debug, Clone)]
pub(super) struct Perceived<'s> {
    /// A page is kept for it.
    pub watching: bool,
    pub page: PageBuffer<'s>,
    /// Of messages on their way.
    pub hops: Vec<Hop>,
    /// The part of the session it is in, as far as it knows.
    pub part: Option<&'s str>,
}

impl Perceived<'_> {
    /// Nothing yet.
    pub fn new(watching: bool) -> Self {
        Self { watching, page: PageBuffer::default(), hops: Vec::new(), part: None }
    }

    fn turn(&mut self) {
        self.page.turn();
        self.hops.clear();
    }
}

impl<'s> Recorder<'s> {
    pub fn clear(&mut self) {
        self.seats.iter_mut().for_each(Perceived::turn);
    }

    /// Notes that an input has come.
    pub fn begin(&mut self) {
        self.entered = 0;
        self.seats.iter_mut().for_each(|seat| seat.page.begin());
    }

    /// The seats for which pages are kept.
    pub fn watching(&self) -> Vec<bool> {
        self.seats.iter().map(|seat| seat.watching).collect()
    }

    fn hop(&mut self, seat: SeatId, message: MessageId, stage: Stage) {
        let message = &self.story.messages[message.index()];
        self.seats[seat.index()].hops.push(Hop { from: message.from, to: message.to, stage });
    }

    /// Notes that nobody decided at this seat, with the story's words for it.
    pub fn silent(&mut self, seat: SeatId, words: &'s str) {
        let perceived = &mut self.seats[seat.index()];
        if perceived.watching {
            perceived.page.silent(self.keeps == Keep::Whole, words);
        }
    }

    /// Shows news to every seat that it is for.
    pub fn injected(&mut self, inject: &'s Inject) {
        for &seat in &inject.to {
            let Perceived { watching, page, .. } = &mut self.seats[seat.index()];
            if *watching {
                page.write(BlockKind::News, Cow::Borrowed(&inject.text));
            }
        }
    }
}

impl Observer for Recorder<'_> {
    fn entered(&mut self, state: &State) {
        self.entered += 1;
        let Self { story, seed, .. } = *self;
        let scene = story.scene(state.scene);
        if let (SceneKind::Decide(decision), Some(seat)) = (&scene.kind, scene.seat)
            && matches!(decision.form.as_deref(), Some(Form::Relay { .. }))
            && let Some(message) = state.in_transit(story)
        {
            self.hop(seat, message, Stage::InHand);
        }
        if let Some(debrief) = scene.debrief() {
            let seat = scene.seat.unwrap_or(SeatId::new(0));
            self.trail.note(ProseReader { story, state, seed, seat }, debrief);
        }
        let texts = story.texts(state.scene);
        for (at, perceived) in self.seats.iter_mut().enumerate() {
            if !perceived.watching {
                continue;
            }
            let (seat, text) = (SeatId::new(at), texts[at]);
            if let Some(part) = scene.part()
                && (text.is_some() || scene.seat.is_none_or(|own| own == seat))
                && perceived.part != Some(part)
            {
                perceived.part = Some(part);
                perceived.page.write(BlockKind::Part, Cow::Borrowed(part));
            }
            if let Some(text) = text {
                perceived.page.read(BlockKind::Prose, ProseReader { story, state, seed, seat }, text);
            }
        }
    }

    fn picked(&mut self, state: &State, seat: SeatId, pick: Pick) {
        let Self { story, seed, keeps, .. } = *self;
        self.trail.decided(story, state, seat);
        if keeps == Keep::Decisions {
            let words = pick_words(ProseReader { story, state, seed, seat }, pick);
            let minutes = story.clock.as_ref().map(|clock| state.value(clock.var));
            self.offered.push(OfferedPick { words, minutes });
        }
        let perceived = &mut self.seats[seat.index()];
        if !perceived.watching {
            return;
        }
        if keeps == Keep::Whole {
            perceived.page.write(BlockKind::Chosen, pick_words(ProseReader { story, state, seed, seat }, pick));
        } else if !matches!(pick, Pick::Line(_)) {
            // The page stays while a sheet is being marked.
            perceived.turn();
        }
    }

    fn chosen(&mut self, state: &State, seat: SeatId, _: Pick, choice: &Choice) {
        let Self { story, seed, .. } = *self;
        let perceived = &mut self.seats[seat.index()];
        if let Some(reply) = choice.reply().filter(|_| perceived.watching) {
            perceived.page.read(BlockKind::Reply, ProseReader { story, state, seed, seat }, reply);
        }
    }

    fn sent(&mut self, state: &State, message: MessageId) {
        self.hop(self.story.messages[message.index()].from, message, Stage::Sent);
        self.trail.sent(self.story, state, self.seed, message);
    }

    fn arriving(&mut self, state: &State, message: MessageId) {
        self.trail.arriving(self.story, state, message);
    }

    fn heard(&mut self, state: &State, message: MessageId, treatment: Option<MannerId>) {
        let to = self.story.messages[message.index()].to;
        let carrier = self.story.scene(state.scene).seat.filter(|seat| *seat != to);
        [Some(to), carrier].into_iter().flatten().for_each(|seat| self.hop(seat, message, Stage::Heard));
        self.trail.heard(self.story, state, self.seed, message, treatment);
    }

    fn handled(&mut self, handling: MannerId) {
        self.trail.handled(handling);
    }
}
