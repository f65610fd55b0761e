use std::path::PathBuf;
use std::time::Duration;

use tokio::time::Instant;

use crate::engine::{Holder, Input, Pick};
use crate::play::{Command, CommandRefusal, Done, Game};
use crate::record::{ClassCode, Journal, holds_session, result_code, write_whole};
use crate::story::{SeatId, Story};
use crate::view::view;
use crate::web::{Request, pick};

use super::event::Happened;
use super::member::{Denied, Entry, Member, kept_members};
use super::plan::ClassPlan;
use super::secret::{SeatToken, word};
use super::turn::TurnClock;

/// So many can observe a group; a whole class can, of one that shows how it is done.
const OBSERVERS: usize = 30;

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

    /// The member on this seat, if this is its word.
    #[must_use]
    pub fn member_of_word(&self, seat: SeatId, typed: &str) -> Option<usize> {
        let typed = typed.trim().to_lowercase();
        self.members.iter().position(|member| self.seat_of(member) == Some(seat) && member.word == typed)
    }

    /// Who would be here if this device came in; changes nothing.
    pub fn with(&self, entry: Entry<'_>) -> Result<Vec<Member>, Denied> {
        let because = |why: &str| Denied::Because(why.to_owned());
        let (mut members, mark) = (self.members.clone(), entry.token.mark());
        let before = entry.before.and_then(|token| self.member(token));
        match (entry.seat, entry.word) {
            (Some(seat), Some(word)) => {
                let at =
                    self.member_of_word(seat, word).ok_or_else(|| because("This is not the word of this seat."))?;
                members[at].mark = mark;
                if let Some(before) = before.filter(|before| *before != at) {
                    members.remove(before);
                }
            }
            (seat, _) => {
                if let Some(before) = before {
                    members.remove(before);
                }
                let id = seat.map(|seat| self.story.seats[seat.index()].id.clone());
                if id.is_some() && members.iter().any(|member| member.seat == id) {
                    return Err(because("Somebody has this seat already. Choose another."));
                }
                if seat.is_some_and(|seat| self.is_storys(seat)) && self.state() == "over" {
                    return Err(because("The story has played this seat to the end. Observe, or choose another."));
                }
                if id.is_none() && members.iter().filter(|member| member.seat.is_none()).count() >= OBSERVERS {
                    return Err(because("This group has enough observers. Choose another."));
                }
                let word = if id.is_some() { word().map_err(Denied::Because)? } else { String::new() };
                members.push(Member { seat: id, mark, word, more: 0 });
            }
        }
        Ok(members)
    }

    /// Keeps that this device has come in. A device that had the seat before is sent nothing more; the story gives up a seat
    /// that it has played so far.
    pub fn enter(&mut self, entry: Entry<'_>, members: Vec<Member>) -> Result<(), Denied> {
        let left = entry.before.and_then(|token| self.member(token)).and_then(|at| self.seat_of(&self.members[at]));
        let before = self.members.clone();
        self.keep(members)?;
        if let Some(seat) = entry.seat.filter(|seat| self.is_storys(*seat))
            && let Err(why) = self.take_over(seat)
        {
            // A seat that stays the story's has nobody on it.
            self.keep(before)?;
            return Err(why);
        }
        let left = left.filter(|seat| self.holder(*seat).is_none());
        self.happened.extend(left.map(|seat| Happened::Freed(self.called(Some(seat)))));
        let called = self.called(entry.seat);
        self.happened.push(if entry.word.is_some() { Happened::Again(called) } else { Happened::Joined(called) });
        self.count_in();
        Ok(())
    }

    /// Gives a seat that the story plays to a person, from its next decision on: on disk first.
    fn take_over(&mut self, seat: SeatId) -> Result<(), Denied> {
        if self.game.is_none() {
            return Ok(());
        }
        self.command(Command::TakeOver(seat)).map_err(|why| Denied::Because(why.words()))?;
        self.persons.push(seat);
        self.persons.sort_unstable();
        self.happened.push(Happened::TakenOver(self.called(Some(seat))));
        Ok(())
    }

    /// Gives a seat to the story, from its next decision on. Whoever has it loses it.
    ///
    /// # Errors
    /// Why not, for the teacher.
    pub fn hand_back(&mut self, seat: SeatId) -> Result<(), String> {
        self.plays()?;
        if self.is_storys(seat) {
            return Err("the story plays this seat already".to_owned());
        }
        if self.persons.len() == 1 {
            return Err("nobody would play any more; `stop` ends the game".to_owned());
        }
        if let Some(at) = self.members.iter().position(|member| self.seat_of(member) == Some(seat)) {
            self.leave(at).map_err(Denied::words)?;
        }
        self.command(Command::HandBack(seat)).map_err(|why| why.words().trim_end_matches('.').to_owned())?;
        self.persons.retain(|own| *own != seat);
        self.happened.push(Happened::HandedBack(self.called(Some(seat))));
        self.tell_the_end();
        Ok(())
    }

    /// Lets a member go; its seat is free.
    pub fn leave(&mut self, at: usize) -> Result<Member, Denied> {
        let mut members = self.members.clone();
        let left = members.remove(at);
        self.keep(members)?;
        self.happened.push(Happened::Freed(self.called(self.seat_of(&left))));
        Ok(left)
    }

    /// Has a member again that has just left.
    pub fn take_back(&mut self, member: Member) -> Result<(), Denied> {
        let seat = self.seat_of(&member);
        let members = self.members.iter().cloned().chain([member]).collect();
        self.keep(members)?;
        self.happened.push(Happened::Joined(self.called(seat)));
        Ok(())
    }

    /// Keeps who is here: on disk first.
    fn keep(&mut self, members: Vec<Member>) -> Result<(), Denied> {
        let path = self.path.with_extension("seats");
        let text = serde_json::to_string_pretty(&members).map_err(|why| why.to_string());
        let written = text.and_then(|text| write_whole(&path, text + "\n").map_err(|why| why.to_string()));
        written.map_err(|why| Denied::Because(format!("The teacher’s computer cannot keep this: {why}.")))?;
        self.members = members;
        Ok(())
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

    /// Measures the turn that it is now. Lines that are struck on a sheet belong to one turn.
    pub fn set_clock(&mut self, now: Instant) {
        let counts = |input: &&Input| goes_on(input) && !matches!(input, Input::Decide(_, Pick::Line(_)));
        let turn = self
            .game
            .as_ref()
            .map(Game::session)
            .and_then(|session| Some((session.turn()?, session.log().iter().filter(counts).count())));
        self.clock.set(now, turn, !self.paused);
    }

    /// How long whoever decides has been at it.
    #[must_use]
    pub fn spent(&self, now: Instant) -> Duration {
        self.clock.spent(now)
    }

    /// How long a turn of this seat's is; `None` where that is not limited.
    #[must_use]
    pub fn whole(&self, seat: SeatId) -> Option<Duration> {
        let more = self.holder(seat).map_or(0, |member| member.more);
        Some(self.turn? + Duration::from_secs(more.into()))
    }

    /// When the turn that it is now is over; `None` where it has no end, or the clock stands.
    #[must_use]
    pub fn due(&self) -> Option<Instant> {
        let seat = self.game.as_ref()?.session().turn()?;
        self.clock.due(self.whole(seat)?)
    }

    /// Each turn of these members' is so many seconds longer than others'.
    pub fn give_more(&mut self, seat: Option<SeatId>, seconds: u16) -> Result<(), Denied> {
        let mut members = self.members.clone();
        let meant = |member: &&mut Member| match seat {
            Some(_) => self.seat_of(member) == seat,
            None => member.seat.is_some(),
        };
        let mut found = false;
        for member in members.iter_mut().filter(meant) {
            (member.more, found) = (seconds, true);
        }
        if !found {
            return Err(Denied::Because("Nobody is there to have more time.".to_owned()));
        }
        self.keep(members)
    }

    /// Goes on without a decision, if the time of the turn is over.
    pub fn run_out(&mut self, now: Instant) -> Result<(), Denied> {
        let seat = self.game.as_ref().and_then(|game| game.session().turn());
        if self.due().is_none_or(|due| due > now) {
            return Err(Denied::Stale);
        }
        if let Err(why) = self.command(Command::Silence) {
            self.clock.waits();
            return Err(Denied::Because(why.words()));
        }
        self.happened.push(Happened::Silent(self.called(seat), self.moves()));
        self.tell_the_end();
        Ok(())
    }

    fn tell_the_end(&mut self) {
        let ending = self.game.as_ref().and_then(|game| game.session().ending());
        if let Some(ending) = ending {
            self.happened.push(Happened::Ended(format!("“{}”", self.story.endings[ending.index()].title)));
        }
    }
}
