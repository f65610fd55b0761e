use crate::story::{EndingId, Form, Kind, MannerId, SceneId, SeatId, Story, Template, VarId};

use super::luck::{draw, weighted};
use super::options::{Options, options};
use super::pages::{Block, BlockKind};
use super::render::{Reader, render};
use super::rules::{Event, Pick, Refusal, Rules, Stop, Witness};
use super::state::State;
use super::trail::Trail;

/// Something that came from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input {
    /// A person decided at this scene.
    Decide(SceneId, Pick),
    /// The next lot at this scene falls on this way.
    Force(SceneId, u16),
    /// A variable is set by hand.
    Set(VarId, i16),
    /// The night goes on from this scene.
    Jump(SceneId),
}

/// Who decides for a seat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holder {
    /// Somebody at the keyboard.
    Person,
    /// The story, by its own leanings.
    Story,
    /// Another night's decisions at this seat, in order; where they are silent, the story.
    Log(Vec<(SceneId, Pick)>),
}

/// Who decided a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    Person,
    Story,
    Log,
}

/// A decision of the night, whoever made it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    pub scene: SceneId,
    pub seat: SeatId,
    pub pick: Pick,
    pub by: By,
}

/// A night in play.
///
/// Invariant: everything but `log`, `seed` and `holders` is what folding the log gives; [`Session::replay`] makes it
/// anew.
#[derive(Debug, Clone)]
pub struct Session<'s> {
    story: &'s Story,
    seed: u64,
    holders: Vec<Holder>,
    log: Vec<Input>,
    state: State,
    stop: Stop,
    notes: Notes<'s>,
    /// For each seat held by a log: which of its decisions have been used.
    used: Vec<Vec<bool>>,
    forced: Vec<(SceneId, u16)>,
    /// Lots forced before the first decision; they are part of how the night begins.
    ahead: Vec<(SceneId, u16)>,
    /// Decisions the story may still take in a row before it is called stuck.
    patience: u32,
}

/// What is kept of a night besides its state: pages, trail and steps.
#[derive(Debug, Clone)]
struct Notes<'s> {
    story: &'s Story,
    seed: u64,
    /// By seat: what it has perceived since its last decision (or ever, with `whole`).
    pages: Vec<Vec<Block>>,
    /// By seat: the part of the night it is in, as far as it knows.
    parts: Vec<Option<&'s str>>,
    /// Pages are kept for these seats.
    watching: Vec<bool>,
    whole: bool,
    trail: Trail,
    steps: Vec<Step>,
}

/// Most decisions that the story takes in a row without a person's; far above any night, so that a story that goes
/// round in circles by itself still comes to a halt.
const LONGEST_ALONE: u32 = 100_000;

impl<'s> Session<'s> {
    /// A new night. Pages are kept for the seats that persons hold, or for all where none does.
    #[must_use]
    pub fn new(story: &'s Story, seed: u64, holders: Vec<Holder>) -> Self {
        let persons = holders.contains(&Holder::Person);
        let watching = holders.iter().map(|holder| !persons || *holder == Holder::Person).collect();
        Self::watched(story, seed, (holders, Vec::new()), watching, false, &[])
    }

    /// A new night whose first lots, before anybody decides, are forced.
    #[must_use]
    pub fn forced(story: &'s Story, seed: u64, holders: Vec<Holder>, lots: Vec<(SceneId, u16)>) -> Self {
        let watching = vec![true; story.seats.len()];
        Self::watched(story, seed, (holders, lots), watching, false, &[])
    }

    /// The same night once more: everything that `seat` perceives of it, from the beginning.
    #[must_use]
    pub fn retold(&self, seat: SeatId) -> Self {
        let watching = self.story.seat_ids().map(|other| other == seat).collect();
        Self::watched(self.story, self.seed, (self.holders.clone(), self.ahead.clone()), watching, true, &self.log)
    }

    /// The night that a log makes.
    ///
    /// # Errors
    /// The first input that does not fit, by its index, and why; the session holds all that came before it.
    pub fn replay(
        story: &'s Story,
        seed: u64,
        holders: Vec<Holder>,
        log: &[Input],
    ) -> Result<Self, (Box<Self>, usize, Refusal)> {
        let mut session = Self::new(story, seed, holders);
        for (at, input) in log.iter().enumerate() {
            if let Err(refusal) = session.input(*input) {
                return Err((Box::new(session), at, refusal));
            }
        }
        Ok(session)
    }

    fn watched(
        story: &'s Story,
        seed: u64,
        (holders, ahead): (Vec<Holder>, Vec<(SceneId, u16)>),
        watching: Vec<bool>,
        whole: bool,
        log: &[Input],
    ) -> Self {
        let seats = story.seats.len();
        let used = holders
            .iter()
            .map(|holder| if let Holder::Log(log) = holder { vec![false; log.len()] } else { Vec::new() });
        let notes = Notes {
            story,
            seed,
            pages: vec![Vec::new(); seats],
            parts: vec![None; seats],
            watching,
            whole,
            trail: Trail::default(),
            steps: Vec::new(),
        };
        let mut session = Self {
            story,
            seed,
            used: used.collect(),
            holders,
            log: Vec::new(),
            state: State::new(story),
            stop: Stop::Stuck,
            notes,
            forced: ahead.clone(),
            ahead,
            patience: LONGEST_ALONE,
        };
        session.stop = Rules { story }.begin(&mut session.state, &mut session.notes);
        session.settle();
        for input in log {
            // A log that was accepted once is accepted again: same story, seed and holders.
            let _ = session.input(*input);
        }
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

    /// What the night waits for.
    #[must_use]
    pub fn stop(&self) -> Stop {
        self.stop
    }

    #[must_use]
    pub fn trail(&self) -> &Trail {
        &self.notes.trail
    }

    /// Every decision so far, whoever made it.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.notes.steps
    }

    /// The seat whose person decides now.
    #[must_use]
    pub fn turn(&self) -> Option<SeatId> {
        match self.stop {
            Stop::Decision(seat) => Some(seat),
            _ => None,
        }
    }

    /// The ending, once the night has one.
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
    #[must_use]
    pub fn page(&self, seat: SeatId) -> &[Block] {
        &self.notes.pages[seat.index()]
    }

    /// The part of the night that this seat knows it is in.
    #[must_use]
    pub fn part(&self, seat: SeatId) -> Option<&str> {
        self.notes.parts[seat.index()]
    }

    /// The seat of the person at the keyboard; the first where there are several.
    #[must_use]
    pub fn person(&self) -> SeatId {
        SeatId::new(self.holders.iter().position(|holder| *holder == Holder::Person).unwrap_or(0))
    }

    /// What is on offer to whoever decides now.
    #[must_use]
    pub fn options(&self) -> Options {
        if self.turn().is_some() { options(self.story, &self.state) } else { Options::default() }
    }

    /// This seat's decisions of this night, as a holder of the seat in another.
    #[must_use]
    pub fn as_holder(&self, seat: SeatId) -> Holder {
        let own = self.notes.steps.iter().filter(|step| step.seat == seat);
        Holder::Log(own.map(|step| (step.scene, step.pick)).collect())
    }

    /// Takes an input and plays on until a person decides or the night is over.
    ///
    /// # Errors
    /// Why it is not taken; nothing has changed then.
    pub fn input(&mut self, input: Input) -> Result<(), Refusal> {
        match input {
            Input::Decide(scene, pick) => {
                let Stop::Decision(seat) = self.stop else { return Err(Refusal::NotNow) };
                if scene != self.state.scene {
                    return Err(Refusal::NotNow);
                }
                self.stop = self.decide(seat, pick, By::Person)?;
            }
            Input::Force(scene, way) => self.forced.push((scene, way)),
            Input::Set(var, value) => {
                let (min, max) = self.story.vars[var.index()].domain.bounds();
                self.state.values[var.index()] = value.clamp(min, max);
                self.stop = Rules { story: self.story }.halt(&self.state);
            }
            Input::Jump(scene) => {
                self.notes.clear();
                self.stop = Rules { story: self.story }.arrive(&mut self.state, scene, &mut self.notes);
            }
        }
        self.log.push(input);
        self.patience = LONGEST_ALONE;
        self.settle();
        Ok(())
    }

    /// Takes back the last decision. `false` where there is none.
    pub fn undo(&mut self) -> bool {
        let Some(last) = self.log.iter().rposition(|input| matches!(input, Input::Decide(..))) else { return false };
        let log = self.log[..last].to_vec();
        *self = Self::watched(
            self.story,
            self.seed,
            (self.holders.clone(), self.ahead.clone()),
            self.notes.watching.clone(),
            self.notes.whole,
            &log,
        );
        true
    }

    /// Plays on where no person is asked: lots, and seats held by the story or by a log.
    fn settle(&mut self) {
        loop {
            if self.patience == 0 {
                self.stop = Stop::Stuck;
            }
            self.stop = match self.stop {
                Stop::Lot => self.lot(),
                Stop::Decision(seat) if self.holders[seat.index()] != Holder::Person => {
                    let (pick, by) = self.held(seat);
                    match pick.map(|pick| self.decide(seat, pick, by)) {
                        Some(Ok(stop)) => stop,
                        _ => Stop::Stuck,
                    }
                }
                _ => break,
            };
            self.patience = self.patience.saturating_sub(1);
        }
        self.notes.trail.corrections(self.story, &self.state);
    }

    fn decide(&mut self, seat: SeatId, pick: Pick, by: By) -> Result<Stop, Refusal> {
        let scene = self.state.scene;
        super::options::is_open(self.story, &self.state, pick)?;
        self.notes.steps.push(Step { scene, seat, pick, by });
        Rules { story: self.story }.decide(&mut self.state, pick, &mut self.notes)
    }

    fn lot(&mut self) -> Stop {
        let rules = Rules { story: self.story };
        let scene = self.state.scene;
        let odds = rules.odds(&self.state);
        let forced = self
            .forced
            .iter()
            .position(|(at, way)| *at == scene && odds.get(usize::from(*way)).is_some_and(|&o| o > 0));
        let way = match forced {
            Some(at) => Some(usize::from(self.forced.remove(at).1)),
            None => weighted(&odds, |bound| self.draw("lot", bound)),
        };
        match way {
            Some(way) => rules.roll(&mut self.state, way, &mut self.notes),
            None => Stop::Stuck,
        }
    }

    fn draw(&self, purpose: &str, bound: u32) -> u32 {
        let scene = self.state.scene;
        draw(self.seed, &self.story.scene(scene).id, self.state.visits(scene), purpose, bound)
    }

    /// What the story or a log decides for a seat.
    fn held(&mut self, seat: SeatId) -> (Option<Pick>, By) {
        let scene = self.state.scene;
        if let Holder::Log(log) = &self.holders[seat.index()] {
            let used = &mut self.used[seat.index()];
            let next = log.iter().zip(used.iter()).position(|((at, _), used)| *at == scene && !used);
            if let Some(next) = next {
                used[next] = true;
                let pick = log[next].1;
                if super::options::is_open(self.story, &self.state, pick).is_ok() {
                    return (Some(pick), By::Log);
                }
            }
        }
        (self.leaning(), By::Story)
    }

    /// The story's own decision: by weight, the standing choice never.
    fn leaning(&self) -> Option<Pick> {
        let story = self.story;
        let values = &self.state.values;
        let options = options(story, &self.state);
        let Kind::Decide(decision) = &story.scene(self.state.scene).kind else { return None };
        let mut picks: Vec<(Pick, u32)> = Vec::new();
        for &message in &options.messages {
            let pick = Pick::Send { message, carrier: None, licence: None };
            picks.push((pick, story.messages[message.index()].lean.value(values)));
        }
        for &id in &options.treatments {
            picks.push((Pick::Treat(id), self.treatment_lean(id)));
        }
        for &id in &options.handlings {
            picks.push((Pick::Handle(id), story.handlings[id.index()].lean.value(values)));
        }
        let sheet =
            if let Form::Mark { sheet, .. } = decision.form { Some(&story.sheets[sheet.index()]) } else { None };
        for &(line, open) in &options.lines {
            // A line left standing may be struck; what somebody struck is left alone.
            let standing = sheet.is_some_and(|sheet| self.state.value(sheet.lines[usize::from(line)].var) == 0);
            if open && standing {
                picks.push((Pick::Line(line), 1));
            }
        }
        if options.done {
            picks.push((Pick::Done, 2));
        }
        for &(at, open) in &options.choices {
            if open {
                picks.push((Pick::Choice(at), decision.choices[usize::from(at)].lean.value(values)));
            }
        }
        let weights: Vec<u32> = picks.iter().map(|(_, weight)| *weight).collect();
        let marks = sheet.map_or(0, |sheet| self.state.value(sheet.marks));
        // Where every weight is 0 something open is taken all the same: a night must go on.
        let at = weighted(&weights, |bound| self.draw(&format!("lean {marks}"), bound)).or(picks.first().map(|_| 0))?;
        Some(match picks[at].0 {
            Pick::Send { message, .. } => Pick::Send {
                message,
                carrier: self.manner(&options.carriers, &story.carriers, "carrier"),
                licence: self.manner(&options.licences, &story.licences, "licence"),
            },
            pick => pick,
        })
    }

    fn treatment_lean(&self, id: MannerId) -> u32 {
        let values = &self.state.values;
        let message = self.story.parcel.map_or(0, |parcel| self.state.value(parcel.message));
        let message = usize::try_from(message).ok().and_then(|value| value.checked_sub(1));
        let reading = message.and_then(|at| self.story.messages[at].heard.get(id.index())?.as_ref());
        match reading.and_then(|reading| reading.lean.as_ref()) {
            Some(lean) => lean.value(values),
            None => self.story.treatments[id.index()].lean.value(values),
        }
    }

    fn manner(&self, ids: &[MannerId], list: &[crate::story::Manner], purpose: &str) -> Option<MannerId> {
        let weights: Vec<u32> = ids.iter().map(|id| list[id.index()].lean.value(&self.state.values)).collect();
        let at = weighted(&weights, |bound| self.draw(purpose, bound)).unwrap_or(0);
        ids.get(at).copied()
    }
}

impl Notes<'_> {
    fn clear(&mut self) {
        self.pages.iter_mut().for_each(Vec::clear);
    }

    fn add(&mut self, seat: SeatId, kind: BlockKind, text: String) {
        if !text.trim().is_empty() {
            self.pages[seat.index()].push(Block { kind, text });
        }
    }

    fn words(&self, state: &State, template: &Template, seat: SeatId) -> String {
        let mut out = String::new();
        render(self.story, state, template, Reader { seat, scene: state.scene, seed: self.seed }, &mut out);
        out
    }

    fn entered(&mut self, state: &State, id: SceneId) {
        let scene = self.story.scene(id);
        for (at, text) in scene.texts.iter().enumerate() {
            if !self.watching[at] {
                continue;
            }
            let seat = SeatId::new(at);
            let mine = scene.seat.is_none_or(|own| own == seat);
            if let Some(part) = &scene.part
                && (mine || text.is_some())
                && self.parts[at] != Some(part.as_str())
            {
                self.parts[at] = Some(part);
                self.add(seat, BlockKind::Part, part.clone());
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
            self.pages[seat.index()].clear();
        }
        let chosen = super::words::pick_words(self.story, state, self.seed, seat, pick);
        if self.whole {
            self.add(seat, BlockKind::Chosen, chosen);
        }
        let choice = match (pick, &self.story.scene(state.scene).kind) {
            (Pick::Choice(at), Kind::Decide(decision)) => decision.choices.get(usize::from(at)),
            (Pick::Standing, _) => self.story.seats[seat.index()].standing.as_ref(),
            _ => None,
        };
        if let Some(reply) = choice.and_then(|choice| choice.reply.as_ref()) {
            let words = self.words(state, reply, seat);
            self.add(seat, BlockKind::Reply, words);
        }
    }
}

impl Witness for Notes<'_> {
    fn see(&mut self, state: &State, event: Event) {
        match event {
            Event::Entered(scene) => self.entered(state, scene),
            Event::Picked(seat, pick) => self.picked(state, seat, pick),
            Event::Sent(message) => self.trail.sent(self.story, state, self.seed, message),
            Event::Heard(message, treatment) => self.trail.heard(self.story, state, self.seed, message, treatment),
            Event::Handled(handling) => self.trail.handled(handling),
        }
    }
}
