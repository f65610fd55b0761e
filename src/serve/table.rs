mod entering;
mod timing;

use std::path::PathBuf;
use std::time::Duration;

use crate::engine::{Holder, Input};
use crate::play::{Command, CommandRefusal, Done, Game};
use crate::record::{ClassCode, Journal, holds_session, result_code};
use crate::story::{SeatId, Story};
use crate::view::view;
use crate::web::{Request, pick};

use super::event::Happened;
use super::member::{Denied, Member, kept_members};
use super::plan::ClassPlan;
use super::secret::SeatToken;
use super::turn::TurnClock;

/// Whether this changes what can be decided. News, and who holds a seat, do not.
fn goes_on(input: &Input) -> bool {
    !matches!(input, Input::Inject(_) | Input::TakeOver(_) | Input::HandBack(_))
}

/// Who is in a group, and the game they play.
#[derive(Debug)]
pub struct Table {
    pub story: &'static Story,
    /// What the story was asked for by.
    name: String,
    seed: u64,
    /// How long a turn is; `None` where that is not limited.
    turn: Option<Duration>,
    clock: TurnClock,
    /// The seats that pupils hold.
    pub persons: Vec<SeatId>,
    pub members: Vec<Member>,
    game: Option<Game<'static>>,
    journal: Option<Journal>,
    pub paused: bool,
    /// The teacher has ended the lesson.
    pub closed: bool,
    /// The step of looking back that the teacher has opened, from 1; 0 is none.
    pub step: usize,
    /// Where its game and its members are kept, without the ending.
    path: PathBuf,
    /// What has happened and has not been told yet.
    pub happened: Vec<Happened>,
}

impl Table {
    /// Takes a group up as its folder has it: nobody yet, some seats taken, or a game under way.
    pub fn open(story: &'static Story, plan: &ClassPlan, persons: Vec<SeatId>, path: PathBuf) -> Result<Self, String> {
        let mut table = Self {
            story,
            name: plan.story.clone(),
            seed: plan.seed,
            turn: (plan.turn > 0).then(|| Duration::from_secs(plan.turn.into())),
            clock: TurnClock::default(),
            persons,
            members: kept_members(&path)?,
            game: None,
            journal: None,
            paused: false,
            closed: false,
            step: 0,
            path,
            happened: Vec::new(),
        };
        let save = table.save();
        if holds_session(&save) {
            let resumed = Journal::resume(&save, story, &table.name).map_err(|why| why.to_string())?;
            table.happened.extend(resumed.loaded.notices.into_iter().map(Happened::Notice));
            let session = resumed.loaded.session;
            // Where somebody was missing when it began the story holds their seat, until a latecomer takes it over.
            let held = |seat: &SeatId| session.holders()[seat.index()] == Holder::Person;
            table.persons = story.seat_ids().filter(held).collect();
            table.game = Some(Game::of(session));
            table.journal = Some(resumed.journal);
        } else {
            table.count_in();
        }
        Ok(table)
    }

    /// A seat that somebody has is a pupil's, whatever the plan says.
    fn count_in(&mut self) {
        let pupils = |seat: &SeatId| self.persons.contains(seat) || self.holder(*seat).is_some();
        self.persons = self.story.seat_ids().filter(pupils).collect();
    }

    fn save(&self) -> PathBuf {
        self.path.with_extension("night")
    }

    #[must_use]
    pub fn game(&self) -> Option<&Game<'static>> {
        self.game.as_ref()
    }

    /// `waiting` (for others to come in), `playing`, `paused` or `over`.
    #[must_use]
    pub fn state(&self) -> &'static str {
        match &self.game {
            None => "waiting",
            Some(game) if game.is_over() => "over",
            Some(_) if self.paused => "paused",
            Some(_) => "playing",
        }
    }

    /// The class code and the result code of a game that is over.
    #[must_use]
    pub fn codes(&self) -> Option<(String, String)> {
        let session = self.game.as_ref().map(Game::session).filter(|session| session.is_over())?;
        let seconds = self.turn.map_or(0, |turn| u16::try_from(turn.as_secs()).unwrap_or(0));
        let persons: Vec<SeatId> = self.story.seat_ids().filter(|seat| session.was_persons(*seat)).collect();
        let class = ClassCode::new(self.story, session.seed(), &persons)?.with_turns_of(seconds);
        Some((class.letters(), result_code(session)?))
    }

    /// How a seat is called.
    #[must_use]
    pub fn called(&self, seat: Option<SeatId>) -> String {
        seat.map_or_else(|| "An observer".to_owned(), |seat| self.story.seats[seat.index()].name.clone())
    }

    /// The member of this token, by its place.
    #[must_use]
    pub fn member(&self, token: &SeatToken) -> Option<usize> {
        let mark = token.mark();
        self.members.iter().position(|member| member.mark == mark)
    }

    #[must_use]
    pub fn seat_of(&self, member: &Member) -> Option<SeatId> {
        self.story.seat_named(member.seat.as_deref()?)
    }

    #[must_use]
    pub fn holder(&self, seat: SeatId) -> Option<&Member> {
        self.members.iter().find(|member| self.seat_of(member) == Some(seat))
    }

    /// The seats that somebody can still take.
    #[must_use]
    pub fn free(&self) -> Vec<SeatId> {
        self.persons.iter().copied().filter(|seat| self.holder(*seat).is_none()).collect()
    }

    /// Whether the story plays this seat, or will: no pupil has it, and none is waited for.
    #[must_use]
    pub fn is_storys(&self, seat: SeatId) -> bool {
        !self.persons.contains(&seat)
    }

    /// Whether the game can begin.
    ///
    /// # Errors
    /// Why not, for the teacher.
    pub fn can_begin(&self) -> Result<(), String> {
        if self.game.is_some() {
            Err("the game has begun already".to_owned())
        } else if self.members.iter().all(|member| member.seat.is_none()) {
            Err("nobody has a seat yet".to_owned())
        } else {
            Ok(())
        }
    }

    /// Whether the game is on.
    ///
    /// # Errors
    /// Why not, for the teacher.
    pub fn plays(&self) -> Result<(), String> {
        match self.state() {
            "waiting" => Err("the game has not begun".to_owned()),
            "over" => Err("the game is over already".to_owned()),
            _ => Ok(()),
        }
    }

    /// Begins the game with those who are here; the story plays the seats that nobody has taken.
    ///
    /// # Errors
    /// Why it cannot begin, for the teacher.
    pub fn begin(&mut self) -> Result<(), String> {
        self.can_begin()?;
        self.begin_now();
        Ok(())
    }

    fn begin_now(&mut self) {
        let free = self.free();
        self.persons.retain(|seat| !free.contains(seat));
        let game = Game::new(self.story, self.seed, &self.persons, Vec::new());
        match Journal::create(&self.save(), &crate::record::kept_name(&self.name), game.session()) {
            Ok(journal) => self.journal = Some(journal),
            Err(why) => self.happened.push(Happened::NotKept(why.to_string())),
        }
        self.game = Some(game);
        self.happened.push(Happened::Began);
    }

    /// How many times the game has gone on.
    #[must_use]
    pub fn moves(&self) -> usize {
        self.game.as_ref().map_or(0, |game| game.session().log().iter().filter(|input| goes_on(input)).count())
    }

    /// Whether the news with this index have been brought in.
    #[must_use]
    pub fn was_told(&self, news: u16) -> bool {
        self.game.as_ref().is_some_and(|game| game.session().log().contains(&Input::Inject(news)))
    }

    /// A member decides, on a page that it saw when the game had gone on so many times.
    pub fn decide(&mut self, at: usize, moves: usize, request: &Request) -> Result<(), Denied> {
        let because = |why: &str| Denied::Because(why.to_owned());
        let seat = self.seat_of(&self.members[at]).ok_or_else(|| because("Who observes decides nothing."))?;
        let session = self.game.as_ref().map(Game::session).ok_or_else(|| because("The game has not begun."))?;
        if moves != self.moves() {
            return Err(Denied::Stale);
        }
        if self.paused {
            return Err(because("The teacher has stopped the clock. Wait a moment."));
        }
        let pick = pick(view(session, seat), request).map_err(because)?;
        self.command(Command::Decide(pick)).map_err(|why| Denied::Because(why.words()))?;
        self.happened.push(Happened::Decided(self.called(Some(seat)), self.moves()));
        self.tell_the_end();
        Ok(())
    }

    /// Does something to the game, and has it on disk before anybody is shown what comes of it.
    pub fn command(&mut self, command: Command) -> Result<(), CommandRefusal> {
        let Some(game) = &mut self.game else { return Err(crate::engine::Refusal::NotNow.into()) };
        // Nobody shares a keyboard here: each device is sent its own seat's page, and there is no curtain.
        game.sit_down();
        let Done { lines, .. } = game.take(command)?;
        if let Some(journal) = &mut self.journal
            && let Err(why) = lines.iter().try_for_each(|line| journal.line(line))
        {
            self.happened.push(Happened::NotKept(why.to_string()));
            self.journal = None;
        }
        Ok(())
    }

    fn tell_the_end(&mut self) {
        let ending = self.game.as_ref().and_then(|game| game.session().ending());
        if let Some(ending) = ending {
            self.happened.push(Happened::Ended(format!("“{}”", self.story.endings[ending.index()].title)));
        }
    }
}
