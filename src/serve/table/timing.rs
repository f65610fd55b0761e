//! How long a turn of a group's lasts.

use std::time::Duration;

use tokio::time::Instant;

use crate::engine::{Input, Pick};
use crate::play::{Command, Game};
use crate::story::SeatId;

use super::super::event::Happened;
use super::super::member::{Denied, Member};
use super::{Table, goes_on};

/// So much longer a turn may take whose holder has not said yet that they have read who they are.
const READING: Duration = Duration::from_secs(90);

impl Table {
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

    /// Whether the holder of this seat is still reading who they are. Their clock stands meanwhile.
    #[must_use]
    pub fn is_reading(&self, seat: SeatId) -> bool {
        self.holder(seat).is_some_and(|member| !member.has_read)
    }

    /// A member has read who they are: from here on their turn is measured.
    pub fn has_read(&mut self, at: usize, now: Instant) -> Result<(), Denied> {
        if self.members[at].has_read {
            return Ok(());
        }
        let mut members = self.members.clone();
        members[at].has_read = true;
        self.keep(members)?;
        let turn = self.game.as_ref().and_then(|game| game.session().turn());
        if turn.is_some() && turn == self.seat_of(&self.members[at]) {
            self.clock.begin_anew(now);
        }
        Ok(())
    }

    /// When the turn that it is now is over; `None` where it has no end, or the clock stands.
    #[must_use]
    pub fn due(&self) -> Option<Instant> {
        let seat = self.game.as_ref()?.session().turn()?;
        let reading = if self.is_reading(seat) { READING } else { Duration::ZERO };
        self.clock.due(self.whole(seat)? + reading)
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
}
