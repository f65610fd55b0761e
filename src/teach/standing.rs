//! What is counted for each seat, as its status has it.

use std::collections::HashSet;

use crate::engine::Session;
use crate::story::SeatId;
use crate::view::{StatusLine, view};

/// Everything that some seat sees of the state, once: first what `seat` sees, then what the others do.
pub(super) fn standing(session: &Session<'_>, seat: SeatId) -> Vec<(SeatId, StatusLine)> {
    let story = session.story();
    let mut seen = HashSet::new();
    let seats = [seat].into_iter().chain(story.seat_ids().filter(|other| *other != seat));
    seats
        .flat_map(|seat| {
            let vars = story.seats[seat.index()].sees.iter();
            vars.zip(view(session, seat).status()).map(move |(var, line)| (seat, *var, line))
        })
        .filter(|(_, var, _)| seen.insert(*var))
        .map(|(seat, _, line)| (seat, line))
        .collect()
}

/// How it stood, a line for each seat for which something is counted: “The corridor: The line: thin. Promised: once.”
pub(super) fn stood(session: &Session<'_>, seat: SeatId) -> Vec<String> {
    let mut out: Vec<(SeatId, String)> = Vec::new();
    for (seat, StatusLine { name, word, .. }) in standing(session, seat) {
        let line = format!("{name}: {word}.");
        match out.last_mut().filter(|(last, _)| *last == seat) {
            Some((_, lines)) => {
                lines.push(' ');
                lines.push_str(&line);
            }
            None => out.push((seat, line)),
        }
    }
    let labelled = |(seat, lines): (SeatId, String)| {
        let label = session.story().seats[seat.index()].label();
        if label.is_empty() { lines } else { format!("{label}. {lines}") }
    };
    out.into_iter().map(labelled).collect()
}
