mod autoplay;
mod handing;
mod offered;
mod otherwise;

pub use autoplay::LONGEST_STRETCH;
pub use offered::OfferedStep;

use std::borrow::Cow;

use crate::story::{EndingId, SceneId, SeatId, Story, VarId};

use super::ask::Ask;
use super::input::{By, Holder, Input, Step};
use super::options::{Options, options};
use super::pages::{Block, Hop};
use super::pick::{Pick, Refusal};
use super::pick_text::pick_words;
use super::recorder::{Keep, Perceived, Recorder};
use super::render::ProseReader;
use super::rules::{Rules, Stop};
use super::state::State;
use super::trail::Trail;

/// A session in play.
///
/// Invariant: everything but `log`, `seed` and `first_holders` follows from folding the log; [`Session::replay`] makes it
/// anew.
#[derive(Debug, Clone)]
pub struct Session<'s> {
    story: &'s Story,
    seed: u64,
    /// Who held each seat when it began.
    first_holders: Vec<Holder>,
    /// Who holds it now.
    holders: Vec<Holder>,
    log: Vec<Input>,
    /// The decisions that no person made, each with how many inputs came before it. Persons' decisions are in the log.
    auto_steps: Vec<(usize, Step)>,
    state: State,
    stop: Stop,
    /// What a person decides now, where one does.
    ask: Ask<'s>,
    recorder: Recorder<'s>,
    /// For each seat held by a log: which of its decisions have been used.
    used: Vec<Vec<bool>>,
    forced: Vec<(SceneId, u16)>,
    /// Lots forced before the first decision; they are part of how the session begins.
    initial_lots: Vec<(SceneId, u16)>,
}

impl<'s> Session<'s> {
    /// A new session. Pages are kept for the seats that persons hold, or for all seats if none does.
    #[must_use]
    pub fn new(story: &'s Story, seed: u64, holders: Vec<Holder>) -> Self {
        let persons = holders.contains(&Holder::Person);
        let watching = holders.iter().map(|holder| !persons || *holder == Holder::Person).collect();
        Self::watched(story, seed, (holders, Vec::new()), watching, Keep::Page, &[])
    }

    /// A new session in which the lots before the first decision are forced.
    #[must_use]
    pub fn forced(story: &'s Story, seed: u64, holders: Vec<Holder>, lots: Vec<(SceneId, u16)>) -> Self {
        let watching = vec![true; story.seats.len()];
        Self::watched(story, seed, (holders, lots), watching, Keep::Page, &[])
    }

    /// Replays the session and keeps everything that `seat` has ever perceived.
    #[must_use]
    pub fn full_history(&self, seat: SeatId) -> Self {
        let watching = self.story.seat_ids().map(|other| other == seat).collect();
        let (holders, lots) = (self.first_holders.clone(), self.initial_lots.clone());
        Self::watched(self.story, self.seed, (holders, lots), watching, Keep::Whole, &self.log)
    }

    /// Makes the session of a log.
    ///
    /// # Errors
    /// The index of the first input that is refused, and why; the session holds all inputs before it.
    pub fn replay(
        story: &'s Story,
        seed: u64,
        holders: Vec<Holder>,
        log: &[Input],
    ) -> Result<Self, (Box<Self>, usize, Refusal)> {
        let mut session = Self::new(story, seed, holders);
        for (at, input) in log.iter().enumerate() {
            if let Err(refusal) = session.take(*input) {
                session.put();
                return Err((Box::new(session), at, refusal));
            }
        }
        session.put();
        Ok(session)
    }

    fn watched(
        story: &'s Story,
        seed: u64,
        (holders, initial_lots): (Vec<Holder>, Vec<(SceneId, u16)>),
        watching: Vec<bool>,
        keeps: Keep,
        log: &[Input],
    ) -> Self {
        let used = holders
            .iter()
            .map(|holder| if let Holder::Log(log) = holder { vec![false; log.len()] } else { Vec::new() });
        let recorder = Recorder {
            story,
            seed,
            seats: watching.into_iter().map(Perceived::new).collect(),
            keeps,
            offered: Vec::new(),
            entered: 0,
            trail: Trail::default(),
        };
        let mut session = Self {
            story,
            seed,
            used: used.collect(),
            first_holders: holders.clone(),
            holders,
            log: Vec::new(),
            auto_steps: Vec::new(),
            state: State::new(story),
            stop: Stop::Stuck,
            ask: Ask::nothing(story.start),
            recorder,
            forced: initial_lots.clone(),
            initial_lots,
        };
        session.stop = Rules { story }.begin(&mut session.state, &mut session.recorder);
        session.autoplay();
        for input in log {
            // A log that was accepted once is accepted again: same story, seed and holders.
            let _ = session.take(*input);
        }
        session.put();
        session
    }

    /// The story being played.
    #[must_use]
    pub fn story(&self) -> &'s Story {
        self.story
    }

    #[must_use]
    pub fn seed(&self) -> u64 {
        self.seed
    }

    #[must_use]
    pub fn holders(&self) -> &[Holder] {
        &self.holders
    }

    #[must_use]
    pub fn log(&self) -> &[Input] {
        &self.log
    }

    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// What the session waits for.
    #[must_use]
    pub fn stop(&self) -> Stop {
        self.stop
    }

    #[must_use]
    pub fn trail(&self) -> &Trail {
        &self.recorder.trail
    }

    /// Every decision so far, whoever made it.
    pub fn steps(&self) -> impl Iterator<Item = Step> + Clone + '_ {
        self.placed_steps().map(|(_, step)| step)
    }

    /// The seat that decides now, if a person holds it.
    #[inline]
    #[must_use]
    pub fn turn(&self) -> Option<SeatId> {
        match self.stop {
            Stop::Decision(seat) => Some(seat),
            _ => None,
        }
    }

    /// The ending, once the session has one.
    #[must_use]
    pub fn ending(&self) -> Option<EndingId> {
        match self.stop {
            Stop::End(ending) => Some(ending),
            _ => None,
        }
    }

    /// True once nothing more can happen.
    #[must_use]
    pub fn is_over(&self) -> bool {
        matches!(self.stop, Stop::End(_) | Stop::Stuck)
    }

    /// What this seat has perceived since it last decided.
    #[inline]
    #[must_use]
    pub fn page(&self, seat: SeatId) -> impl ExactSizeIterator<Item = Block<'_>> + DoubleEndedIterator + Clone {
        self.recorder.seats[seat.index()].page.blocks()
    }

    /// What this seat has perceived since it last decided of messages on their way.
    #[must_use]
    pub fn hops(&self, seat: SeatId) -> &[Hop] {
        &self.recorder.seats[seat.index()].hops
    }

    /// The part of the session that this seat knows it is in.
    #[must_use]
    pub fn part(&self, seat: SeatId) -> Option<&'s str> {
        self.recorder.seats[seat.index()].part
    }

    /// Returns the seat that a person holds; the first if there are several.
    #[must_use]
    pub fn person(&self) -> SeatId {
        SeatId::new(self.holders.iter().position(|holder| *holder == Holder::Person).unwrap_or(0))
    }

    /// The decision to be made now.
    #[inline]
    #[must_use]
    pub fn ask(&self) -> Option<&Ask<'s>> {
        self.turn().map(|_| &self.ask)
    }

    /// What is on offer now.
    #[must_use]
    pub fn options(&self) -> Options {
        if self.turn().is_some() { options(self.story, &self.state) } else { Options::default() }
    }

    /// The words in which a pick would be offered to a seat now.
    #[must_use]
    pub fn words(&self, seat: SeatId, pick: Pick) -> Cow<'s, str> {
        pick_words(ProseReader { story: self.story, state: &self.state, seed: self.seed, seat }, pick)
    }

    /// A holder that decides as this seat did in this session.
    #[must_use]
    pub fn as_holder(&self, seat: SeatId) -> Holder {
        let own = self.steps().filter(|step| step.seat == seat);
        Holder::Log(own.map(|step| (step.scene, step.pick)).collect())
    }

    /// Begins the session from another seat: the seats that persons held decide as they did.
    #[must_use]
    pub fn from_seat(&self, seat: SeatId) -> Self {
        let holders = self.story.seat_ids().map(|other| match &self.first_holders[other.index()] {
            _ if other == seat => Holder::Person,
            _ if self.was_persons(other) => self.as_holder(other),
            holder => holder.clone(),
        });
        Self::new(self.story, self.seed, holders.collect())
    }

    /// Returns the session as it was before the input with this index, from 0.
    #[must_use]
    pub fn rewound_to(&self, input: usize) -> Self {
        let log = self.log.get(..input).unwrap_or(&self.log);
        let (holders, lots) = (self.first_holders.clone(), self.initial_lots.clone());
        Self::watched(self.story, self.seed, (holders, lots), self.recorder.watching(), self.recorder.keeps, log)
    }

    /// Takes an input and plays on until a person has to decide or the session is over.
    ///
    /// # Errors
    /// If the input does not fit the moment ([`Refusal`]); nothing has changed then.
    #[inline]
    pub fn input(&mut self, input: Input) -> Result<(), Refusal> {
        self.take(input)?;
        self.put();
        Ok(())
    }

    /// Prepares the decision that is to be made now, in the words of whoever makes it.
    fn put(&mut self) {
        if let Stop::Decision(seat) = self.stop {
            self.ask.put(ProseReader { story: self.story, state: &self.state, seed: self.seed, seat });
        }
    }

    /// Takes an input without preparing the next decision to be shown.
    // Inlined because passing an input on whole is slower; see `cargo bench`.
    #[inline]
    fn take(&mut self, input: Input) -> Result<(), Refusal> {
        self.recorder.begin();
        match input {
            Input::Decide(scene, pick) => self.decided(scene, pick)?,
            Input::Silence(scene) => self.silent(scene)?,
            Input::Inject(at) => self.injected(at)?,
            Input::Freeze => self.frozen()?,
            Input::Force(scene, way) => self.forced.push((scene, way)),
            Input::Set(var, value) => self.set(var, value),
            Input::Jump(scene) => self.jumped(scene),
            Input::TakeOver(seat) => self.taken_over(seat)?,
            Input::HandBack(seat) => self.handed_back(seat)?,
        }
        self.log.push(input);
        self.autoplay();
        Ok(())
    }

    /// Whose turn it is, if it is somebody's in this scene.
    fn turn_in(&self, scene: SceneId) -> Result<SeatId, Refusal> {
        self.turn().filter(|_| scene == self.state.scene).ok_or(Refusal::NotNow)
    }

    fn decided(&mut self, scene: SceneId, pick: Pick) -> Result<(), Refusal> {
        self.turn_in(scene)?;
        self.stop = Rules { story: self.story }.decide(&mut self.state, pick, &mut self.recorder)?;
        Ok(())
    }

    fn silent(&mut self, scene: SceneId) -> Result<(), Refusal> {
        let seat = self.turn_in(scene)?;
        let (pick, words) = self.silence().ok_or(Refusal::NotOffered)?;
        self.stop = self.decide_for(seat, pick, By::Silence)?;
        self.recorder.silent(seat, words);
        Ok(())
    }

    fn injected(&mut self, inject: u16) -> Result<(), Refusal> {
        let inject = self.story.injects.get(usize::from(inject)).ok_or(Refusal::NoSuchNews)?;
        if self.is_over() {
            return Err(Refusal::NotNow);
        }
        self.recorder.injected(inject);
        Ok(())
    }

    fn frozen(&mut self) -> Result<(), Refusal> {
        let go = self.story.freeze.ok_or(Refusal::NoFreeze)?;
        if self.is_over() {
            return Err(Refusal::NotNow);
        }
        if self.recorder.keeps == Keep::Page {
            self.recorder.clear();
        }
        self.stop = Rules { story: self.story }.arrive(&mut self.state, go, &mut self.recorder);
        Ok(())
    }

    fn set(&mut self, var: VarId, value: i16) {
        self.state.values[var.index()] = self.within(var, value);
        self.stop = Rules { story: self.story }.go_on(&mut self.state, &mut self.recorder);
    }

    fn jumped(&mut self, scene: SceneId) {
        let decided = |input: &Input| matches!(input, Input::Decide(..) | Input::Silence(_) | Input::Freeze);
        if self.log.iter().any(decided) {
            self.recorder.clear();
        } else {
            self.unbegin();
        }
        self.stop = Rules { story: self.story }.arrive(&mut self.state, scene, &mut self.recorder);
    }

    /// Goes back to before the first scene, keeping only what was set and forced by hand. No person has decided yet.
    fn unbegin(&mut self) {
        let watching = self.recorder.watching();
        self.recorder.seats = watching.into_iter().map(Perceived::new).collect();
        self.recorder.trail = Trail::default();
        self.recorder.offered.clear();
        self.auto_steps.clear();
        self.used.iter_mut().for_each(|used| used.fill(false));
        self.forced.clone_from(&self.initial_lots);
        self.state = State::new(self.story);
        for input in &self.log {
            match *input {
                Input::Set(var, value) => self.state.values[var.index()] = self.within(var, value),
                Input::Force(scene, way) => self.forced.push((scene, way)),
                _ => {}
            }
        }
    }

    /// The value that a variable takes where it is set to this one.
    fn within(&self, var: VarId, value: i16) -> i16 {
        let (min, max) = self.story.vars[var.index()].domain.bounds();
        value.clamp(min, max)
    }

    /// The last decision, silence or stop, by index of the log: what can be taken back.
    #[must_use]
    pub fn last_to_undo(&self) -> Option<usize> {
        let taken = |input: &Input| matches!(input, Input::Decide(..) | Input::Silence(_) | Input::Freeze);
        self.log.iter().rposition(taken)
    }

    /// Takes it back. `false` where there is nothing.
    pub fn undo(&mut self) -> bool {
        let Some(last) = self.last_to_undo() else { return false };
        let log = self.log[..last].to_vec();
        *self = Self::watched(
            self.story,
            self.seed,
            (self.first_holders.clone(), self.initial_lots.clone()),
            self.recorder.watching(),
            self.recorder.keeps,
            &log,
        );
        true
    }
}
