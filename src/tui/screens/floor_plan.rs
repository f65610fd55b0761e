//! The plan of the rooms: who is where, and the message on its way, as far as this seat perceives them.

use ratatui::text::{Line, Span};

use crate::engine::{Hop, Stage};
use crate::story::SeatId;
use crate::teach::two_rooms;
use crate::tui::app::App;
use crate::tui::motion::Motion;
use crate::view::Page;

/// Cells of the plan from wall to wall.
const WIDTH: usize = 25;
/// Rows of the plan; the first room, the threshold and the second room.
const ROWS: usize = 11;
/// The row in the middle of each of the three.
const MIDDLES: [usize; 3] = [3, 5, 7];

/// The plan, where the story has one.
pub(in crate::tui) fn lines(app: &App<'_>, page: &Page) -> Vec<Line<'static>> {
    let Some(order) = two_rooms(app.story) else { return Vec::new() };
    let mut grid: Vec<Vec<char>> = (0..ROWS).map(walls).collect();
    let name = |seat: SeatId| {
        let seat = &app.story.seats[seat.index()];
        seat.label().to_owned()
    };
    let mut put = |row: usize, column: usize, words: &str| {
        for (at, c) in words.chars().enumerate().filter(|(at, _)| column + at < WIDTH - 1) {
            grid[row][column + at] = c;
        }
    };
    let who = |seat: SeatId| {
        if seat == page.seat { "● you".to_owned() } else { format!("○ {}", app.story.seats[seat.index()].name) }
    };
    put(1, 2, &name(order[0]));
    put(9, 2, &name(order[2]));
    put(2, 2, &who(order[0]));
    put(8, 2, &who(order[2]));
    let at = whereabouts(app, &order, page);
    // Who carries stands where the message is, or in the door.
    let carrier = at.unwrap_or(MIDDLES[1]);
    put(carrier, WIDTH / 2 + 2, if order[1] == page.seat { "● you" } else { "○" });
    if let Some(row) = at {
        put(row, WIDTH / 2, "▪");
    }
    grid.into_iter().map(|row| styled(app, &row)).collect()
}

fn walls(row: usize) -> Vec<char> {
    let full = |left: char, right: char| {
        let mut line = vec!['─'; WIDTH];
        (line[0], line[WIDTH - 1]) = (left, right);
        line
    };
    let mut line = match row {
        0 => full('┌', '┐'),
        4 => full('├', '┤'),
        6 => full('├', '┤'),
        10 => full('└', '┘'),
        _ => {
            let mut line = vec![' '; WIDTH];
            (line[0], line[WIDTH - 1]) = ('│', '│');
            line
        }
    };
    if row == 4 || row == 6 {
        // The doorways.
        (WIDTH / 2 - 1..=WIDTH / 2 + 1).for_each(|at| line[at] = ' ');
    }
    line
}

/// The row in which the last message this seat knows of is now; `None` if it knows of none.
fn whereabouts(app: &App<'_>, order: &[SeatId; 3], page: &Page) -> Option<usize> {
    let (which, step) = app.motion.hop().unwrap_or((page.hops().len().checked_sub(1)?, Motion::HOP));
    let hop = page.hops().get(which)?;
    let (from, to) = way(order, hop);
    let (from, to) = (MIDDLES[from] as isize, MIDDLES[to] as isize);
    let row = from + (to - from) * step as isize / Motion::HOP as isize;
    usize::try_from(row).ok()
}

/// From which of the three places to which a hop goes.
fn way(order: &[SeatId; 3], hop: &Hop) -> (usize, usize) {
    let place = |seat: SeatId| order.iter().position(|other| *other == seat).unwrap_or(1);
    match hop.stage {
        Stage::Sent | Stage::InHand => (place(hop.from), 1),
        Stage::Heard => (1, place(hop.to)),
    }
}

fn styled(app: &App<'_>, row: &[char]) -> Line<'static> {
    let theme = app.theme;
    let style = |c: char| match c {
        '▪' => theme.accent,
        '┌' | '┐' | '└' | '┘' | '├' | '┤' | '─' | '│' => theme.quiet,
        _ => theme.text,
    };
    let mut spans: Vec<Span<'static>> = Vec::new();
    for c in row {
        match spans.last_mut() {
            Some(last) if last.style == style(*c) => last.content.to_mut().push(*c),
            _ => spans.push(Span::styled(c.to_string(), style(*c))),
        }
    }
    Line::from(spans)
}
