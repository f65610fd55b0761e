//! Who comes into a group and leaves it, and the seats that change hands.

use crate::play::Command;
use crate::record::write_whole;
use crate::story::SeatId;

use super::super::event::Happened;
use super::super::member::{Denied, Entry, Member};
use super::super::secret::word;
use super::Table;

/// So many can observe a group; a whole class can, of one that shows how it is done.
const OBSERVERS: usize = 30;

impl Table {
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
                members.push(Member { has_read: id.is_none(), seat: id, mark, word, more: 0 });
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
    pub(super) fn keep(&mut self, members: Vec<Member>) -> Result<(), Denied> {
        let path = self.path.with_extension("seats");
        let text = serde_json::to_string_pretty(&members).map_err(|why| why.to_string());
        let written = text.and_then(|text| write_whole(&path, text + "\n").map_err(|why| why.to_string()));
        written.map_err(|why| Denied::Because(format!("The teacher’s computer cannot keep this: {why}.")))?;
        self.members = members;
        Ok(())
    }
}
