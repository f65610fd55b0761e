//! The class in the teacher's terminal, as a table: where each group is, whose turn it is and for how long, and who is missing.

use std::time::Duration;

use tokio::time::Instant;

use crate::play::Game;
use crate::teach::MessageCounts;
use crate::text::width;
use crate::view::view;

use super::class::Class;
use super::group::Group;

const HEADS: [&str; 8] = ["Group", "Where", "Whose turn", "For", "Left", "Decided", "Silent", "Missing"];

impl Class {
    /// Every group on a line, under a line that says what stands where.
    #[must_use]
    pub fn told(&self) -> String {
        let now = Instant::now();
        let rows: Vec<[String; 8]> =
            std::iter::once(HEADS.map(str::to_owned)).chain(self.groups.iter().map(|group| row(group, now))).collect();
        let wide: [usize; 8] =
            std::array::from_fn(|at| rows.iter().map(|row| width(&row[at])).max().unwrap_or_default());
        let line = |row: &[String; 8]| {
            let cells = row.iter().zip(wide).map(|(cell, wide)| format!("{cell}{}", " ".repeat(wide - width(cell))));
            cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
        };
        rows.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

/// What the teacher has to see of a group, and not a word that its seats read.
fn row(group: &Group, now: Instant) -> [String; 8] {
    group.look(|table| {
        let mut cells: [String; 8] = std::array::from_fn(|_| String::new());
        group.name.clone_into(&mut cells[0]);
        cells[7] = missing(group, table);
        let Some(session) = table.game().map(Game::session) else {
            "not begun".clone_into(&mut cells[1]);
            return cells;
        };
        match session.ending() {
            Some(ending) => cells[1] = format!("over: “{}”", table.story.endings[ending.index()].title),
            None => {
                if let Some(seat) = session.turn() {
                    cells[1] = view(session, seat).part().unwrap_or_default().to_owned();
                    cells[2] = table.called(Some(seat));
                    cells[3] = clock(table.spent(now));
                    let spent = if table.is_reading(seat) { Duration::ZERO } else { table.spent(now) };
                    let left = table.whole(seat).map(|whole| whole.saturating_sub(spent));
                    cells[4] = left.map(clock).unwrap_or_default();
                }
                if table.paused {
                    "paused".clone_into(&mut cells[3]);
                }
            }
        }
        cells[5] = table.moves().to_string();
        cells[6] = MessageCounts::of(session).silences.to_string();
        cells
    })
}

/// Which seats nobody has, and which devices are away.
fn missing(group: &Group, table: &super::table::Table) -> String {
    if table.free().len() == table.persons.len() {
        return "everybody".to_owned();
    }
    let of_seat = |seat: &crate::story::SeatId| {
        let called = table.called(Some(*seat));
        match table.holder(*seat) {
            None => Some(format!("{called} (free)")),
            Some(member) if !group.is_here(&member.mark) => Some(format!("{called} (away)")),
            Some(_) => None,
        }
    };
    table.persons.iter().filter_map(of_seat).collect::<Vec<_>>().join(", ")
}

/// Minutes and seconds.
fn clock(time: Duration) -> String {
    format!("{}:{:02}", time.as_secs() / 60, time.as_secs() % 60)
}
