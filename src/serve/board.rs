//! What the projector shows: who is where, without a word of what anybody reads; then the groups side by side.

use serde::Serialize;

use crate::play::Game;
use crate::story::{Seat, SeatId};

use super::group::Group;
use super::table::Table;

/// A class for everybody's eyes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BoardValue {
    pub title: String,
    pub groups: Vec<BoardGroup>,
    /// The groups whose games are over, side by side, once the teacher has opened that: a heading a line, and under it,
    /// indented, what each group has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compared: Option<String>,
}

/// A group for everybody's eyes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BoardGroup {
    pub name: String,
    /// `waiting`, `playing`, `paused` or `over`.
    pub state: &'static str,
    /// How many times the game has gone on.
    pub decisions: usize,
    /// Who decides now, and where: “The corridor: Emmanuel Macron”. What a scene says of that is for its own seat.
    pub deciding: Option<String>,
    /// Each seat by name: `here`, `away`, `free` or the `story`'s.
    pub seats: Vec<(String, &'static str)>,
}

impl BoardGroup {
    pub(super) fn of(group: &Group, table: &Table) -> Self {
        let turn = table.game().map(Game::session).and_then(|session| session.turn());
        let sits = |seat: SeatId| match &table.story.seats[seat.index()] {
            Seat { name, place, .. } if place.is_empty() => name.clone(),
            Seat { name, place, .. } => format!("{place}: {name}"),
        };
        let of_seat = |seat| match table.holder(seat) {
            Some(member) if group.is_here(&member.mark) => "here",
            Some(_) => "away",
            None if table.persons.contains(&seat) => "free",
            None => "story",
        };
        let seats = table.story.seat_ids().map(|seat| (table.called(Some(seat)), of_seat(seat)));
        Self {
            name: group.name.clone(),
            state: table.state(),
            decisions: table.moves(),
            deciding: turn.map(sits),
            seats: seats.collect(),
        }
    }
}
