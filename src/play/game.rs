use crate::engine::{Holder, Input, Pick, Refusal, Session};
use crate::record::{GROUPS, LoadedSave, SaveLine, vote};
use crate::story::{EndingId, SeatId, Story};
use crate::text::clean_line;
use crate::view::strings;

/// A game in progress: the session, and who sits at the keyboard.
#[derive(Debug, Clone)]
pub struct Game<'s> {
    pub(super) session: Session<'s>,
    /// Who sits at the keyboard; behind the curtain, who is going to.
    pub(super) seat: SeatId,
    /// Whoever holds `seat` has not sat down yet.
    pub(super) curtain: bool,
    /// How a class came to a decision, with the decision's index in the log.
    votes: Vec<(usize, String)>,
    /// The inputs that were taken back, the latest last; cleared when something else is done.
    undone: Vec<Input>,
}

/// What the person at the keyboard, or a teacher beside it, can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    Decide(Pick),
    /// Let the time for this decision run out.
    Silence,
    /// Move the story's clock on by a tick, which is `Clock::tick` minutes.
    Wait,
    /// Take back the last decision, silence or stop.
    Undo,
    /// Do again what was taken back last.
    Redo,
    /// Bring in the story's news with this index.
    Inject(u16),
    /// Stop where the story stands, for a teacher.
    Freeze,
    /// Give a seat that the story holds to a person.
    TakeOver(SeatId),
    /// Give a seat that a person holds to the story.
    HandBack(SeatId),
    /// Note how a class came to the last decision: by votes, or whose turn it was.
    Vote(String),
    /// Give the game a name, by which its save is known.
    Name(String),
    /// Limit each turn to this many seconds from here on; 0 is no limit.
    Turn(u16),
}

/// The outcome of a command that was carried out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Done {
    /// Lines for the save. Write them before you show what the command led to.
    pub lines: Vec<SaveLine>,
    /// The keyboard passes to another seat; the curtain hangs before it.
    pub seats_changed: bool,
}

/// Why a command was refused. Nothing has changed then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommandRefusal {
    Engine(Refusal),
    /// Whoever plays next has not sat down yet.
    Curtain,
    NothingToTakeBack,
    /// Nothing was taken back, or something else has been done since.
    NothingToRedo,
    /// The story has no clock, or it is as late as it can be.
    ClockStands,
    /// A name without a letter in it.
    NoName,
    /// Neither votes nor a group.
    NoVote,
}

impl CommandRefusal {
    /// In words for the person.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Engine(refusal) => strings::fill(strings::CANNOT_BE_DONE, &[("refusal", &refusal)]),
            Self::Curtain => strings::CURTAIN_FIRST.to_owned(),
            Self::NothingToTakeBack => strings::NOTHING_TO_TAKE_BACK.to_owned(),
            Self::NothingToRedo => strings::NOTHING_TO_REDO.to_owned(),
            Self::ClockStands => strings::CLOCK_AT_ITS_END.to_owned(),
            Self::NoName => strings::PLAIN_NAME.to_owned(),
            Self::NoVote => strings::fill(strings::NO_VOTE, &[("groups", &GROUPS.join(", "))]),
        }
    }
}

impl From<Refusal> for CommandRefusal {
    fn from(refusal: Refusal) -> Self {
        Self::Engine(refusal)
    }
}

impl<'s> Game<'s> {
    /// A new game with persons on these seats, after inputs that come before the first decision.
    #[must_use]
    pub fn new(story: &'s Story, seed: u64, persons: &[SeatId], ahead: Vec<Input>) -> Self {
        let holder = |seat| if persons.contains(&seat) { Holder::Person } else { Holder::Story };
        let mut session = Session::new(story, seed, story.seat_ids().map(holder).collect());
        for input in ahead {
            // They name scenes, variables and news that exist; nothing refuses them.
            let _ = session.input(input);
        }
        Self::of(session)
    }

    /// Goes on with a session. Where several share the keyboard, whoever decides sits behind the curtain.
    #[must_use]
    pub fn of(session: Session<'s>) -> Self {
        let seat = session.person();
        let mut game = Self { session, seat, curtain: false, votes: Vec::new(), undone: Vec::new() };
        if game.is_shared() && !game.is_over() {
            game.seat = game.session.turn().unwrap_or(seat);
            game.curtain = true;
        }
        game
    }

    /// Goes on with a kept game: what was undone can still be done again.
    #[must_use]
    pub fn loaded(loaded: LoadedSave<'s>) -> Self {
        let LoadedSave { session, votes, undone, .. } = loaded;
        Self { votes, undone, ..Self::of(session) }
    }

    #[must_use]
    pub fn story(&self) -> &'s Story {
        self.session.story()
    }

    /// The session, whoever may see it: to keep it and to go on with it. What a face shows comes from
    /// [`seen`](Self::seen), [`page`](Self::page) and [`finished`](Self::finished).
    #[must_use]
    pub fn session(&self) -> &Session<'s> {
        &self.session
    }

    /// Who sits at the keyboard; behind the curtain, who is going to.
    #[must_use]
    pub fn seat(&self) -> SeatId {
        self.seat
    }

    /// How a class came to a decision, with the decision's index in the log.
    #[must_use]
    pub fn votes(&self) -> &[(usize, String)] {
        &self.votes
    }

    /// How many decisions that were taken back can be taken again.
    #[must_use]
    pub fn undone(&self) -> usize {
        self.undone.len()
    }

    /// True once the story has come to an end, or can go no further.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.session.is_over()
    }

    /// True if several people take turns at this keyboard.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        self.session.holders().iter().filter(|holder| **holder == Holder::Person).count() > 1
    }

    /// Carries out a command.
    ///
    /// # Errors
    /// If the command does not fit the moment ([`CommandRefusal`]); nothing has changed then.
    pub fn take(&mut self, command: Command) -> Result<Done, CommandRefusal> {
        let lines = match command {
            Command::Decide(_) | Command::Wait | Command::Undo | Command::Redo if self.curtain_hangs() => {
                return Err(CommandRefusal::Curtain);
            }
            Command::Decide(pick) => self.put(Input::Decide(self.session.state().scene, pick))?,
            Command::Silence => self.put(Input::Silence(self.session.state().scene))?,
            Command::Wait => self.wait()?,
            Command::Undo => self.undo()?,
            Command::Redo => self.redo()?,
            Command::Inject(at) => self.put(Input::Inject(at))?,
            Command::Freeze => self.put(Input::Freeze)?,
            Command::TakeOver(seat) => self.put(Input::TakeOver(seat))?,
            Command::HandBack(seat) => self.put(Input::HandBack(seat))?,
            Command::Vote(typed) => self.vote(&typed)?,
            Command::Name(typed) => {
                let name = clean_line(typed.trim()).into_owned();
                if name.is_empty() {
                    return Err(CommandRefusal::NoName);
                }
                vec![SaveLine { named: Some(name), ..SaveLine::default() }]
            }
            Command::Turn(seconds) => vec![SaveLine { turn: Some(seconds), ..SaveLine::default() }],
        };
        Ok(Done { lines, seats_changed: self.change_seats() })
    }

    /// Takes an input from a writer who is trying out a story. It is not saved.
    ///
    /// # Errors
    /// If the session refuses the input; nothing has changed then.
    pub fn order(&mut self, input: Input) -> Result<(), Refusal> {
        self.session.input(input)
    }

    /// Takes back the last input of a writer. Returns `false`, and does nothing, if something has been decided since or
    /// there is none.
    pub fn take_back_order(&mut self) -> bool {
        let ordered = matches!(
            self.session.log().last(),
            Some(Input::Jump(_) | Input::Set(..) | Input::Force(..) | Input::Inject(_))
        );
        if ordered {
            self.session = self.session.rewound_to(self.session.log().len() - 1);
        }
        ordered
    }

    /// Applies an input to the session and returns the lines for its save.
    fn put(&mut self, input: Input) -> Result<Vec<SaveLine>, Refusal> {
        // The words of a decision are those it was offered in, so they are looked up before.
        let line = SaveLine::of(&self.session, input);
        self.session.input(input)?;
        self.undone.clear();
        let ended = self.session.ending().map(|ending| self.ended(ending));
        Ok([Some(line), ended].into_iter().flatten().collect())
    }

    fn ended(&self, ending: EndingId) -> SaveLine {
        SaveLine { ended: Some(self.story().endings[ending.index()].id.clone()), ..SaveLine::default() }
    }

    fn wait(&mut self) -> Result<Vec<SaveLine>, CommandRefusal> {
        let clock = self.story().clock.as_ref().ok_or(CommandRefusal::ClockStands)?;
        let (_, latest) = self.story().vars[clock.var.index()].domain.bounds();
        let now = self.session.state().value(clock.var);
        let then = now.saturating_add(clock.tick).min(latest);
        if then == now || self.is_over() {
            return Err(CommandRefusal::ClockStands);
        }
        Ok(self.put(Input::Set(clock.var, then))?)
    }

    /// Whether there is something to take back.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        self.session.last_to_undo().is_some()
    }

    fn undo(&mut self) -> Result<Vec<SaveLine>, CommandRefusal> {
        let before = self.session.log().to_vec();
        if !self.session.undo() {
            return Err(CommandRefusal::NothingToTakeBack);
        }
        let left = self.session.log().len();
        self.undone.extend(before.get(left));
        self.votes.retain(|(at, _)| *at < left);
        Ok(vec![SaveLine { undo: Some(true), ..SaveLine::default() }])
    }

    fn redo(&mut self) -> Result<Vec<SaveLine>, CommandRefusal> {
        let mut undone = std::mem::take(&mut self.undone);
        let input = undone.pop().ok_or(CommandRefusal::NothingToRedo)?;
        let lines = self.put(input)?;
        self.undone = undone;
        Ok(lines)
    }

    fn vote(&mut self, typed: &str) -> Result<Vec<SaveLine>, CommandRefusal> {
        let vote = vote(typed).ok_or(CommandRefusal::NoVote)?;
        let at = self.session.log().len().checked_sub(1).ok_or(CommandRefusal::NoVote)?;
        self.votes.retain(|(known, _)| *known != at);
        self.votes.push((at, vote.clone()));
        Ok(vec![SaveLine { vote: Some(vote), ..SaveLine::default() }])
    }
}
