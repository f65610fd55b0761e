use crate::story::{
    Choice, Decision, EndingId, Form, MannerId, MessageId, Scene, SceneId, SceneKind, SeatId, Story, Way,
};

use super::options::{any_open, choice_open, passing_open, standing_open};
use super::pick::{Pick, Refusal};
use super::state::State;

/// Where the engine stops, and what the session waits for there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stop {
    /// Somebody decides.
    Decision(SeatId),
    /// A route whose way is drawn by lot.
    Lot,
    End(EndingId),
    /// Nothing is open and no `otherwise` given, or scenes run on without end: the story's fault, and its proof
    /// finds it.
    Stuck,
}

/// Is told of everything that happens, as it happens and with the state at that moment. Every method does nothing by
/// default.
#[expect(unused_variables, reason = "named for whoever heeds them")]
pub trait Observer {
    /// The state's scene was entered; its words are to be read now.
    fn entered(&mut self, state: &State) {}
    /// A seat decided; nothing has come of it yet.
    fn picked(&mut self, state: &State, seat: SeatId, pick: Pick) {}
    /// A seat took this plain choice, or its standing one. What the choice does is done and what it sends is sent; the
    /// session has not gone on yet. Its reply is to be read now.
    fn chosen(&mut self, state: &State, seat: SeatId, pick: Pick, choice: &Choice) {}
    /// A message left a seat's hands.
    fn sent(&mut self, state: &State, message: MessageId) {}
    /// The message in transit is about to arrive; what it counts as is still what it was before.
    fn arriving(&mut self, state: &State, message: MessageId) {}
    /// The message in transit has arrived, with this treatment.
    fn heard(&mut self, state: &State, message: MessageId, treatment: Option<MannerId>) {}
    /// Its receiver did this with it.
    fn handled(&mut self, handling: MannerId) {}
}

/// Sees nothing.
impl Observer for () {}

/// Most scenes that may follow each other without a decision or a lot; a story in which more do is at
/// fault, and its proof finds it.
pub const LONGEST_RUN: usize = 10_000;

/// How a state changes. Chance has no part in this: a route by lot stops, and the caller says which way it goes.
#[derive(Debug, Clone, Copy)]
pub struct Rules<'s> {
    /// The story whose rules these are.
    pub story: &'s Story,
}

impl Rules<'_> {
    /// Enters the first scene.
    pub fn begin(self, state: &mut State, observer: &mut impl Observer) -> Stop {
        self.arrive(state, self.story.start, observer)
    }

    /// Takes a pick at the state's decision.
    ///
    /// # Errors
    /// The reason why it is not open; the state is unchanged then.
    pub fn decide(self, state: &mut State, pick: Pick, observer: &mut impl Observer) -> Result<Stop, Refusal> {
        let scene = self.story.scene(state.scene);
        let (SceneKind::Decide(decision), Some(seat)) = (&scene.kind, scene.seat) else { return Err(Refusal::NotNow) };
        let choice = match pick {
            Pick::Choice(at) => choice_open(self.story, state, decision, at)?,
            Pick::Standing => standing_open(self.story, state, scene)?,
            passing => return self.pass(state, decision, (seat, passing), observer),
        };
        observer.picked(state, seat, pick);
        state.use_up(choice.once);
        state.apply(self.story, choice.does);
        if let Some((message, carrier, licence)) = choice.send() {
            self.send(state, message, carrier, licence, observer);
        }
        observer.chosen(state, seat, pick, choice);
        Ok(self.arrive(state, choice.go.unwrap_or(state.scene), observer))
    }

    /// Takes a pick that the form of a decision offers.
    fn pass(
        self,
        state: &mut State,
        decision: &Decision,
        (seat, pick): (SeatId, Pick),
        observer: &mut impl Observer,
    ) -> Result<Stop, Refusal> {
        passing_open(self.story, state, decision, pick)?;
        observer.picked(state, seat, pick);
        match pick {
            Pick::Choice(_) | Pick::Standing => {}
            Pick::Send { message, carrier, licence } => self.send(state, message, carrier, licence, observer),
            Pick::Treat(treatment) => self.treat(state, treatment, observer),
            Pick::Handle(handling) => self.handle(state, handling, observer),
            Pick::Line(line) => {
                self.mark(state, decision, line, seat);
                return Ok(self.go_on(state, observer));
            }
            Pick::Done => {
                if let Some(Form::Mark { sheet, .. }) = decision.form.as_deref() {
                    state.values[self.story.sheets[sheet.index()].marks.index()] = 0;
                }
            }
        }
        Ok(self.arrive(state, decision.form.as_ref().map_or(state.scene, |form| form.go()), observer))
    }

    /// Takes this way of a route by lot.
    pub fn roll(self, state: &mut State, way: usize, observer: &mut impl Observer) -> Stop {
        let SceneKind::Route { ways, .. } = &self.story.scene(state.scene).kind else { return Stop::Stuck };
        let Some(way) = ways.get(way) else { return Stop::Stuck };
        self.take(state, way, observer)
    }

    /// The weights of a route's ways: its odds where its condition holds, else 0.
    #[must_use]
    pub fn odds(self, state: &State) -> Vec<u32> {
        match &self.story.scene(state.scene).kind {
            SceneKind::Route { ways, .. } => ways
                .iter()
                .map(|way| if way.when.holds(&state.values) { way.odds.value(&state.values) } else { 0 })
                .collect(),
            _ => Vec::new(),
        }
    }

    fn take(self, state: &mut State, way: &Way, observer: &mut impl Observer) -> Stop {
        state.apply(self.story, way.does);
        self.arrive(state, way.go, observer)
    }

    /// Goes to a scene and on, until something stops the session.
    pub fn arrive(self, state: &mut State, go: SceneId, observer: &mut impl Observer) -> Stop {
        self.enter(state, go, observer);
        self.go_on(state, observer)
    }

    fn enter(self, state: &mut State, go: SceneId, observer: &mut impl Observer) {
        state.enter(go);
        state.apply(self.story, self.story.scene(go).does);
        observer.entered(state);
    }

    /// Goes on until something stops the session.
    pub fn go_on(self, state: &mut State, observer: &mut impl Observer) -> Stop {
        for _ in 0..=LONGEST_RUN {
            let scene = self.story.scene(state.scene);
            let go = match &scene.kind {
                SceneKind::End(ending) => return Stop::End(*ending),
                SceneKind::Flow(next) => *next,
                SceneKind::Route { by_lot: true, .. } => {
                    return if self.odds(state).iter().any(|&odds| odds > 0) { Stop::Lot } else { Stop::Stuck };
                }
                SceneKind::Route { ways, by_lot: false } => {
                    let Some(way) = ways.iter().find(|way| way.when.holds(&state.values)) else { return Stop::Stuck };
                    state.apply(self.story, way.does);
                    way.go
                }
                SceneKind::Decide(decision) => match (self.decision(scene, decision, state), decision.otherwise) {
                    (Stop::Stuck, Some(otherwise)) => otherwise,
                    (stop, _) => return stop,
                },
            };
            self.enter(state, go, observer);
        }
        Stop::Stuck
    }

    /// Whose decision it is, where anything is open.
    #[inline]
    fn decision(self, scene: &Scene, decision: &Decision, state: &State) -> Stop {
        match scene.seat {
            Some(seat) if any_open(self.story, state, decision) => Stop::Decision(seat),
            _ => Stop::Stuck,
        }
    }

    fn send(
        self,
        state: &mut State,
        message: MessageId,
        carrier: Option<MannerId>,
        licence: Option<MannerId>,
        observer: &mut impl Observer,
    ) {
        let Some(in_transit) = self.story.in_transit else { return };
        let one_more = |id: Option<MannerId>| id.map_or(0, MannerId::number);
        state.values[in_transit.message.index()] = message.number();
        state.values[in_transit.carrier.index()] = one_more(carrier);
        state.values[in_transit.licence.index()] = one_more(licence);
        state.values[in_transit.treatment.index()] = 0;
        state.values[in_transit.handling.index()] = 0;
        let what = &self.story.messages[message.index()];
        state.use_up(what.once);
        observer.sent(state, message);
        state.apply(self.story, what.does);
        for manner in
            [carrier.map(|id| &self.story.carriers[id.index()]), licence.map(|id| &self.story.licences[id.index()])]
        {
            let Some(manner) = manner else { continue };
            self.spend(state, manner.minutes);
            state.apply(self.story, manner.does);
        }
        if self.story.treatments.is_empty() {
            self.deliver(state, message, 0, None, observer);
        }
    }

    fn treat(self, state: &mut State, treatment: MannerId, observer: &mut impl Observer) {
        let Some((in_transit, message)) = self.under_way(state) else { return };
        state.values[in_transit.treatment.index()] = treatment.number();
        let manner = &self.story.treatments[treatment.index()];
        self.spend(state, manner.minutes);
        state.apply(self.story, manner.does);
        self.deliver(state, message, treatment.index(), Some(treatment), observer);
    }

    fn deliver(
        self,
        state: &mut State,
        message: MessageId,
        reading: usize,
        treatment: Option<MannerId>,
        observer: &mut impl Observer,
    ) {
        observer.arriving(state, message);
        let what = &self.story.messages[message.index()];
        state.values[what.heard_var.index()] = i16::try_from(reading).map_or(0, |reading| reading + 1);
        if let Some(Some(reading)) = what.heard.get(reading) {
            state.apply(self.story, reading.does);
        }
        observer.heard(state, message, treatment);
    }

    fn handle(self, state: &mut State, handling: MannerId, observer: &mut impl Observer) {
        let Some((in_transit, _)) = self.under_way(state) else { return };
        state.values[in_transit.handling.index()] = handling.number();
        let manner = &self.story.handlings[handling.index()];
        self.spend(state, manner.minutes);
        state.apply(self.story, manner.does);
        observer.handled(handling);
    }

    fn mark(self, state: &mut State, decision: &Decision, line: u8, seat: SeatId) {
        let Some(Form::Mark { sheet, .. }) = decision.form.as_deref() else { return };
        let sheet = &self.story.sheets[sheet.index()];
        let Some(line) = sheet.lines.get(usize::from(line)) else { return };
        let value = &mut state.values[line.var.index()];
        *value = if *value == 0 { seat.number() } else { 0 };
        state.add(self.story, sheet.marks, 1);
    }

    /// The message in transit, with the variables that describe it.
    fn under_way(self, state: &State) -> Option<(crate::story::InTransit, MessageId)> {
        Some((self.story.in_transit?, state.in_transit(self.story)?))
    }

    fn spend(self, state: &mut State, minutes: i16) {
        if let Some(clock) = &self.story.clock {
            state.add(self.story, clock.var, minutes);
        }
    }
}
