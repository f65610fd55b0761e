use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

use crate::story::Story;
use crate::teach;
use crate::web::{BlockValue, Request};

use super::event::{ClassEvent, Happened};
use super::gate::{Gate, Tried};
use super::group::Group;
use super::plan::ClassPlan;
use super::secret::SeatToken;
use super::shown::{FreeSeats, Room, Shown};
use super::table::{Denied, Table};

/// A class: what it plays, and its groups.
#[derive(Debug)]
pub struct Class {
    pub story: &'static Story,
    pub plan: ClassPlan,
    pub folder: PathBuf,
    pub(super) groups: Vec<Group>,
    gate: Gate,
}

impl Class {
    /// Opens the class of a plan: begins it, or goes on from what its folder keeps.
    ///
    /// # Errors
    /// What of it cannot be read, or is open in another hallway.
    pub fn open(
        story: &'static Story,
        plan: ClassPlan,
        folder: &Path,
        events: &Sender<ClassEvent>,
    ) -> Result<Self, String> {
        let group = |(number, seats)| {
            let name = teach::group(number);
            let file = name.to_lowercase().replace(' ', "-");
            let table = Table::open(story, &plan.story, plan.seed, seats, folder.join(file))?;
            Ok::<_, String>(Group::new(name, table, events.clone()))
        };
        let groups = plan.seats(story)?.into_iter().enumerate().map(group).collect::<Result<_, _>>()?;
        Ok(Self { story, plan, folder: folder.to_owned(), groups, gate: Gate::default() })
    }

    /// What a device is told that knows the room's code.
    #[must_use]
    pub fn room(&self) -> Room {
        let places = self.groups.iter().map(|group| group.look(|table| FreeSeats::of(table, &group.name)));
        Room::of(&self.plan.story, self.story, places.collect())
    }

    /// Looks whether this is the room's code, as somebody typed it at this address; that may take its time.
    pub(super) async fn tries(&self, from: IpAddr, typed: &str) -> Tried {
        self.gate.tries(from, typed.trim().eq_ignore_ascii_case(&self.plan.code)).await
    }

    /// Lets a device into a group, on the seat with this id or to observe.
    pub(super) fn join(&self, group: usize, seat: Option<&str>) -> Result<SeatToken, Denied> {
        let seat = seat.map(|id| self.story.seat_named(id).ok_or_else(no_seat)).transpose()?;
        let token = SeatToken::new(group).map_err(Denied::Because)?;
        self.group(group)?.change(|table| table.join(seat, &token))?;
        Ok(token)
    }

    /// Gives a seat to another device, whose holder knows its word.
    pub(super) fn again(&self, group: usize, seat: &str, word: &str) -> Result<SeatToken, Denied> {
        let seat = self.story.seat_named(seat).ok_or_else(no_seat)?;
        let token = SeatToken::new(group).map_err(Denied::Because)?;
        self.group(group)?.change(|table| table.again(seat, word, &token))?;
        Ok(token)
    }

    /// Ends the lesson: no device has a seat any more. Games and words are kept.
    ///
    /// # Errors
    /// Of which groups the tokens could not be forgotten.
    pub fn end(&self) -> Result<(), String> {
        let failed = self.groups.iter().filter(|group| group.change(Table::forget).is_err());
        let names: Vec<&str> = failed.map(|group| group.name.as_str()).collect();
        if names.is_empty() { Ok(()) } else { Err(format!("the seats of {} cannot be written", names.join(", "))) }
    }

    pub(super) fn leave(&self, token: &SeatToken) -> Result<(), Denied> {
        self.member_changes(token, Table::leave)
    }

    /// What the member of this token sees.
    pub(super) fn shown(&self, token: &SeatToken) -> Result<Shown, Denied> {
        let group = self.of(token)?;
        group.look(|table| Ok(Shown::of(table, &group.name, table.member(token).ok_or(Denied::Unknown)?)))
    }

    /// All that the member of this token has read.
    pub(super) fn history(&self, token: &SeatToken) -> Result<Vec<BlockValue>, Denied> {
        self.of(token)?.look(|table| {
            let at = table.member(token).ok_or(Denied::Unknown)?;
            let seat = table.seat_of(&table.members[at]);
            let read = table.game().zip(seat).map(|(game, seat)| BlockValue::history(game.session(), seat));
            Ok(read.unwrap_or_default())
        })
    }

    pub(super) fn decide(&self, token: &SeatToken, moves: usize, request: &Request) -> Result<(), Denied> {
        self.member_changes(token, |table, at| table.decide(at, moves, request))
    }

    /// One more stream goes to a device, or one less.
    pub(super) fn stream(&self, token: &SeatToken, more: bool) -> Result<(), Denied> {
        self.member_changes(token, |table, at| {
            let member = &mut table.members[at];
            let before = member.streams;
            member.streams = if more { before + 1 } else { before.saturating_sub(1) };
            let (first, last) = (before == 0 && more, member.streams == 0 && !more);
            let seat = table.seat_of(&table.members[at]);
            let called = table.called(seat);
            if first || last {
                table.happened.push(if first { Happened::Back(called) } else { Happened::Away(called) });
            }
            Ok(())
        })
    }

    fn member_changes(
        &self,
        token: &SeatToken,
        change: impl FnOnce(&mut Table, usize) -> Result<(), Denied>,
    ) -> Result<(), Denied> {
        // Whoever is not a member changes nothing, and nobody is told of a change.
        self.shown(token)?;
        self.of(token)?.change(|table| {
            let at = table.member(token).ok_or(Denied::Unknown)?;
            change(table, at)
        })
    }

    pub(super) fn of(&self, token: &SeatToken) -> Result<&Group, Denied> {
        token.group().and_then(|number| self.groups.get(number)).ok_or(Denied::Unknown)
    }

    fn group(&self, number: usize) -> Result<&Group, Denied> {
        self.groups.get(number).ok_or_else(|| Denied::Because("There is no such group.".to_owned()))
    }
}

fn no_seat() -> Denied {
    Denied::Because("There is no such seat.".to_owned())
}
