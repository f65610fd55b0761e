use std::fs::File;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::time::Instant;

use crate::story::Story;
use crate::teach;
use crate::web::{BlockValue, Request};

use super::board::{BoardGroup, BoardValue};
use super::event::ClassEvent;
use super::gate::{Gate, Tried};
use super::group::{Group, Listening};
use super::member::{Denied, Entry};
use super::plan::ClassPlan;
use super::rate::Rates;
use super::secret::SeatToken;
use super::shown::{FreeSeats, Room, Shown};
use super::table::Table;

/// A class: what it plays, and its groups.
#[derive(Debug)]
pub struct Class {
    pub story: &'static Story,
    pub plan: ClassPlan,
    pub folder: PathBuf,
    pub(super) groups: Vec<Arc<Group>>,
    gate: Gate,
    rates: Rates,
    /// The board shows the groups side by side.
    compares: AtomicBool,
    /// Whose holder moves a device from one group to another.
    entering: Mutex<()>,
    /// Keeps every other hallway out of the folder.
    _lock: File,
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
        // A class that is served elsewhere is left as it is: no game is opened, and none begun.
        let lock = ClassPlan::lock(folder)?;
        let group = |(number, seats)| {
            let name = teach::group(number);
            let table = Table::open(story, &plan, seats, folder.join(teach::group_word(&name)))?;
            Ok::<_, String>(Arc::new(Group::new(name, table, events.clone())))
        };
        let groups = plan.seats(story)?.into_iter().enumerate().map(group).collect::<Result<_, _>>()?;
        Ok(Self {
            story,
            plan,
            folder: folder.to_owned(),
            groups,
            gate: Gate::default(),
            rates: Rates::default(),
            compares: AtomicBool::new(false),
            entering: Mutex::new(()),
            _lock: lock,
        })
    }

    /// What a device is told that knows the room's code.
    #[must_use]
    pub fn room(&self) -> Room {
        let places = self.groups.iter().map(|group| group.look(|table| FreeSeats::of(table, &group.name)));
        Room::of(&self.plan.story, self.story, places.collect())
    }

    /// Whether the device with this token may ask for anything now; a flood from one keeps no other waiting.
    pub(super) fn allows(&self, token: &SeatToken) -> bool {
        self.rates.allows(token.text(), Instant::now())
    }

    pub(super) fn board(&self) -> BoardValue {
        let compared = self.compares().then(|| self.compared(true));
        let groups = self.groups.iter().map(|group| group.look(|table| BoardGroup::of(group, table)));
        BoardValue { title: self.story.title.clone(), groups: groups.collect(), compared }
    }

    pub(super) fn compares(&self) -> bool {
        self.compares.load(Ordering::Relaxed)
    }

    pub(super) fn compare(&self, compares: bool) {
        self.compares.store(compares, Ordering::Relaxed);
    }

    /// Looks whether what somebody tells from this address is right; that may take its time. Whatever lets somebody in goes
    /// this way: nothing is changed before it was found to be right.
    pub(super) async fn tries(&self, from: IpAddr, is_right: bool) -> Tried {
        self.gate.tries(from, is_right).await
    }

    /// Whether this is the room's code, as somebody typed it.
    pub(super) fn is_code(&self, typed: &str) -> bool {
        typed.trim().eq_ignore_ascii_case(&self.plan.code)
    }

    /// Whether this is the word of a seat, as somebody typed it.
    pub(super) fn is_word(&self, group: usize, seat: &str, typed: &str) -> bool {
        let seat = self.story.seat_named(seat);
        let known = |(group, seat): (&Arc<Group>, _)| group.look(|table| table.member_of_word(seat, typed).is_some());
        self.groups.get(group).zip(seat).is_some_and(known)
    }

    /// Lets a device into a group: on the seat with this id or to observe, and with its word on one that somebody has. The
    /// seat that it had before, in whatever group, is given up once it can have the new one, and only then.
    pub(super) fn enter(
        &self,
        group: usize,
        seat: Option<&str>,
        word: Option<&str>,
        before: Option<&SeatToken>,
    ) -> Result<SeatToken, Denied> {
        let seat = seat.map(|id| self.story.seat_named(id).ok_or_else(no_seat)).transpose()?;
        let token = SeatToken::new(group).map_err(Denied::Because)?;
        let entry = Entry { seat, word, token: &token, before };
        let group = self.groups.get(group).ok_or_else(|| Denied::Because("There is no such group.".to_owned()))?;
        let other = before.and_then(|before| Some((before, self.of(before).ok()?)));
        let other = other.filter(|(_, other)| !Arc::ptr_eq(other, group));
        // Only who has this may hold two groups at once, so that no two wait for each other.
        let _alone = self.entering.lock().unwrap_or_else(PoisonError::into_inner);
        group.change(|table| {
            let members = table.with(entry)?;
            let left = match other {
                Some((before, other)) => {
                    other.change(|table| table.member(before).map(|at| table.leave(at)).transpose())?
                }
                None => None,
            };
            let entered = table.enter(entry, members);
            if let (Err(_), Some((_, other)), Some(left)) = (&entered, other, left) {
                other.change(|table| table.take_back(left))?;
            }
            entered
        })?;
        Ok(token)
    }

    /// Ends the lesson, and tells the devices so. Games, seats and words are kept; whoever serves the class again within the
    /// next hours has every device back.
    ///
    /// # Errors
    /// If the folder cannot be marked as closed.
    pub fn end(&self) -> Result<(), String> {
        let close = |table: &mut Table| {
            table.closed = true;
            Ok::<_, Denied>(())
        };
        for group in &self.groups {
            let _ = group.change(close);
        }
        ClassPlan::close(&self.folder)
    }

    pub(super) fn leave(&self, token: &SeatToken) -> Result<(), Denied> {
        self.member_changes(token, Table::leave).map(|_| ())
    }

    /// What the member of this token sees.
    pub(super) fn shown(&self, token: &SeatToken) -> Result<Shown, Denied> {
        let group = self.of(token)?;
        group.look(|table| Ok(Shown::of(group, table, table.member(token).ok_or(Denied::Unknown)?)))
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

    /// The member of this token has read who they are.
    pub(super) fn has_read(&self, token: &SeatToken) -> Result<(), Denied> {
        self.member_changes(token, |table, at| table.has_read(at, Instant::now()))
    }

    /// A stream goes to the member of this token.
    pub(super) fn listens(&self, token: &SeatToken) -> Result<Listening, Denied> {
        let group = self.of(token)?;
        let member = |table: &Table| {
            let member = table.member(token).map(|at| &table.members[at]).ok_or(Denied::Unknown)?;
            Ok((member.mark.clone(), table.called(table.seat_of(member))))
        };
        let (mark, called) = group.look(member)?;
        Ok(Listening::new(group.clone(), mark, called))
    }

    /// Whoever is not a member changes nothing.
    fn member_changes<T>(
        &self,
        token: &SeatToken,
        change: impl FnOnce(&mut Table, usize) -> Result<T, Denied>,
    ) -> Result<T, Denied> {
        self.of(token)?.change(|table| {
            let at = table.member(token).ok_or(Denied::Unknown)?;
            change(table, at)
        })
    }

    pub(super) fn of(&self, token: &SeatToken) -> Result<&Arc<Group>, Denied> {
        token.group().and_then(|number| self.groups.get(number)).ok_or(Denied::Unknown)
    }
}

fn no_seat() -> Denied {
    Denied::Because("There is no such seat.".to_owned())
}
