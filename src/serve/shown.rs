use std::time::Duration;

use serde::Serialize;
use tokio::time::Instant;

use crate::engine::{Input, Session};
use crate::play::Game;
use crate::story::{Seat, SeatId, Story};
use crate::web::{EndingValue, PageValue, ParagraphValue, SeatValue, StoryValue};

use super::board::BoardGroup;
use super::group::Group;
use super::table::Table;

/// What a member's device is sent: its own seat's page, and nothing of any other.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Shown {
    pub title: String,
    /// Every seat of the story.
    pub seats: Vec<SeatName>,
    /// Its group's name.
    pub group: String,
    /// Its seat's id; `None` observes.
    pub seat: Option<String>,
    /// With which its holder takes the seat up again on another device.
    pub word: String,
    /// `waiting` (for others to come in), `playing`, `paused` or `over`.
    pub state: &'static str,
    /// The step of looking back that the teacher has opened, from 1; 0 is none.
    pub step: usize,
    /// How many times the game has gone on: to be given back with a decision.
    pub moves: usize,
    /// Who its holder is, until they have said that they have read it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub card: Option<SeatValue>,
    /// The seats that are still to be taken, by name, before the game begins.
    pub missing: Vec<String>,
    /// The seats that the story plays, by name, once the game has begun.
    pub story_plays: Vec<String>,
    /// The teacher has ended the lesson.
    pub closed: bool,
    /// For one who observes: what everybody may see of the group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observed: Option<Observed>,
    /// Of whoever decides against a clock: how much time they have left.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub turn: Option<TurnLeft>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<PageValue>,
}

/// How much is left of a turn. It is the same as before as long as it ends at the same moment.
#[derive(Debug, Clone, Serialize)]
pub struct TurnLeft {
    /// Milliseconds.
    pub left: u64,
    /// The clock stands.
    pub stands: bool,
    #[serde(skip)]
    due: Option<Instant>,
    #[serde(skip)]
    whole: Duration,
}

impl PartialEq for TurnLeft {
    fn eq(&self, other: &Self) -> bool {
        (self.due, self.whole) == (other.due, other.whole)
    }
}

impl TurnLeft {
    /// What this seat has left, if it decides now and its turn has an end.
    fn of(table: &Table, seat: SeatId, now: Instant) -> Option<Self> {
        let turn = table.game()?.session().turn()?;
        let whole = table.whole(seat).filter(|_| turn == seat)?;
        let (due, reading) = (table.due(), table.is_reading(seat));
        let left = if reading { whole } else { whole.saturating_sub(table.spent(now)) };
        Some(Self {
            left: u64::try_from(left.as_millis()).unwrap_or(u64::MAX),
            stands: due.is_none() || reading,
            due,
            whole,
        })
    }
}

/// What everybody may see of a group.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Observed {
    pub group: BoardGroup,
    /// The news that went to every seat, the first first.
    pub news: Vec<Vec<ParagraphValue>>,
    /// How the game ended, once it has.
    pub ending: Option<EndingValue>,
}

impl Observed {
    fn of(group: &Group, table: &Table) -> Self {
        let session = table.game().map(Game::session);
        let brought = session.into_iter().flat_map(|session| session.log()).filter_map(|input| match input {
            Input::Inject(at) => table.story.injects.get(usize::from(*at)),
            _ => None,
        });
        let news = brought.filter(|news| news.to.len() == table.story.seats.len());
        Self {
            group: BoardGroup::of(group, table),
            news: news.map(|news| ParagraphValue::all(table.story, &news.text)).collect(),
            ending: session.and_then(Session::ending).map(|ending| EndingValue::of(table.story, ending)),
        }
    }
}

impl Shown {
    /// What the member at this place sees.
    pub(super) fn of(group: &Group, table: &Table, at: usize) -> Self {
        let member = &table.members[at];
        let seat = table.seat_of(member);
        let session = table.game().map(Game::session);
        Self {
            title: table.story.title.clone(),
            seats: SeatName::all(table.story),
            group: group.name.clone(),
            seat: member.seat.clone(),
            word: member.word.clone(),
            state: table.state(),
            step: table.step,
            moves: table.moves(),
            card: seat.filter(|seat| table.is_reading(*seat)).map(|seat| SeatValue::of(table.story, seat)),
            missing: match session {
                None => table.free().into_iter().map(|seat| table.called(Some(seat))).collect(),
                Some(_) => Vec::new(),
            },
            story_plays: match session {
                Some(_) => table
                    .story
                    .seat_ids()
                    .filter(|seat| table.is_storys(*seat))
                    .map(|seat| table.called(Some(seat)))
                    .collect(),
                None => Vec::new(),
            },
            closed: table.closed,
            observed: seat.is_none().then(|| Observed::of(group, table)),
            turn: seat.and_then(|seat| TurnLeft::of(table, seat, Instant::now())),
            page: session.zip(seat).map(|(session, seat)| PageValue::of(session, seat)),
        }
    }
}

/// What a class plays, for a device that knows the room's code and has not joined yet.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Room {
    pub title: String,
    pub by: String,
    pub about: Vec<ParagraphValue>,
    /// What the first screen says once, plainly.
    pub notice: Vec<ParagraphValue>,
    pub seats: Vec<SeatName>,
    pub groups: Vec<FreeSeats>,
}

/// A seat by its names, without what only its holder is told.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SeatName {
    pub id: String,
    pub name: String,
    pub place: String,
}

/// Who can still join a group.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FreeSeats {
    pub name: String,
    pub begun: bool,
    /// Ids of the seats that can be had, and how each is: `free`, `taken`, or the `story`'s, which whoever takes it takes over.
    pub seats: Vec<(String, &'static str)>,
}

impl SeatName {
    fn all(story: &Story) -> Vec<Self> {
        story.seats.iter().map(Self::of).collect()
    }

    pub(super) fn of(seat: &Seat) -> Self {
        let [id, name, place] = [&seat.id, &seat.name, &seat.place].map(String::clone);
        Self { id, name, place }
    }
}

impl Room {
    pub(super) fn of(name: &str, story: &Story, groups: Vec<FreeSeats>) -> Self {
        let StoryValue { title, by, about, notice, .. } = StoryValue::of(name, story);
        Self { title, by, about, notice, seats: SeatName::all(story), groups }
    }
}

impl FreeSeats {
    pub(super) fn of(table: &Table, name: &str) -> Self {
        let how = |seat: SeatId| match table.holder(seat) {
            Some(_) => "taken",
            None if table.is_storys(seat) => "story",
            None => "free",
        };
        let over = table.state() == "over";
        let seats = table.story.seat_ids().map(|seat| (seat, how(seat))).filter(|(_, how)| !over || *how != "story");
        let id = |(seat, how): (SeatId, _)| (table.story.seats[seat.index()].id.clone(), how);
        Self { name: name.to_owned(), begun: table.game().is_some(), seats: seats.map(id).collect() }
    }
}
