use std::fmt::Write as _;

use crate::engine::{BlockKind, Session};
use crate::story::SeatId;
use crate::text;
use crate::view::{strings, told_once};

/// Columns of a transcript's lines.
const COLUMNS: usize = 100;

/// A whole session as plain text, seat after seat, each with all that it perceived and chose.
#[must_use]
pub fn transcript(session: &Session<'_>) -> String {
    let story = session.story();
    let mut out = String::new();
    for seat in story.seat_ids() {
        let place = &story.seats[seat.index()];
        let name = place.label();
        if !name.is_empty() {
            let _ = writeln!(out, "== {name} ==\n");
        }
        out.push_str(&seat_transcript(session, seat));
    }
    out
}

/// What one seat perceived and chose.
#[must_use]
pub fn seat_transcript(session: &Session<'_>, seat: SeatId) -> String {
    let mut out = String::new();
    for block in told_once(session.full_history(seat).page(seat)) {
        let silent = block.kind == BlockKind::Silence;
        for paragraph in block.text.split("\n\n").filter(|text| silent || !text.trim().is_empty()) {
            let words = text::plain(paragraph);
            let words = match block.kind {
                BlockKind::Chosen => format!("> {words}"),
                BlockKind::Part => format!("[{words}]"),
                BlockKind::Silence => strings::fill(strings::NOBODY_DECIDED, &[("text", &words)]),
                BlockKind::News => strings::fill(strings::NEWS_TOLD, &[("text", &words)]),
                BlockKind::Prose | BlockKind::Reply | BlockKind::Notice => words,
            };
            // Written lines that follow each other stay lines of their own.
            for line in words.lines().flat_map(|line| text::wrap_plain(line, COLUMNS)) {
                out.push_str(&line);
                out.push('\n');
            }
            out.push('\n');
        }
    }
    out
}
