//! Seats that change hands while a session goes on.

use crate::story::SeatId;

use super::super::input::{By, Holder, Input, Step};
use super::super::pick::Refusal;
use super::super::recorder::Keep;
use super::Session;

impl<'s> Session<'s> {
    /// Who held each seat when the session began; [`holders`](Self::holders) is who holds it now.
    #[must_use]
    pub fn first_holders(&self) -> &[Holder] {
        &self.first_holders
    }

    /// Whether a person holds this seat, or has held it at some time.
    #[must_use]
    pub fn was_persons(&self, seat: SeatId) -> bool {
        self.first_holders[seat.index()] == Holder::Person || self.log.contains(&Input::TakeOver(seat))
    }

    pub(super) fn taken_over(&mut self, seat: SeatId) -> Result<(), Refusal> {
        if self.is_over() || self.is_asked(seat) {
            return Err(Refusal::NotNow);
        }
        if self.recorder.keeps == Keep::Page && !self.recorder.seats[seat.index()].watching {
            // What this seat has perceived so far is read by a person from here on.
            let mut watching = self.recorder.watching();
            watching[seat.index()] = true;
            let begun = (self.first_holders.clone(), self.initial_lots.clone());
            let again = Self::watched(self.story, self.seed, begun, watching, Keep::Page, &self.log);
            self.recorder = again.recorder;
        }
        self.holders[seat.index()] = Holder::Person;
        Ok(())
    }

    pub(super) fn handed_back(&mut self, seat: SeatId) -> Result<(), Refusal> {
        if self.is_over() || !self.is_asked(seat) {
            return Err(Refusal::NotNow);
        }
        self.holders[seat.index()] = Holder::Story;
        Ok(())
    }

    /// Returns the session as if each person had held their seat from beginning to end: what the story decided there
    /// stands in the log as theirs. Result codes need this, as they cannot say that a seat changed hands. `None` if
    /// such a session does not come to the same state.
    #[must_use]
    pub fn held_throughout(&self) -> Option<Self> {
        let changes_hands = |input: &Input| matches!(input, Input::TakeOver(_) | Input::HandBack(_));
        if !self.log.iter().any(changes_hands) {
            return Some(self.clone());
        }
        let own = |before: usize| {
            let made = move |(at, step): &&(usize, Step)| {
                *at == before && step.by != By::Silence && self.was_persons(step.seat)
            };
            self.auto_steps.iter().filter(made).map(|(_, step)| Input::Decide(step.scene, step.pick))
        };
        let log: Vec<Input> = (0..=self.log.len()).flat_map(|at| own(at).chain(self.log.get(at).copied())).collect();
        let log: Vec<Input> = log.into_iter().filter(|input| !changes_hands(input)).collect();
        let holder = |seat: SeatId| {
            if self.was_persons(seat) { Holder::Person } else { self.first_holders[seat.index()].clone() }
        };
        let holders = self.story.seat_ids().map(holder).collect();
        Self::replay(self.story, self.seed, holders, &log).ok().filter(|other| other.state == self.state)
    }
}
