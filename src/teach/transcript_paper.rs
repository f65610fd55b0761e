//! A game on paper, as it was told to its seats.

use crate::engine::{BlockKind, Session};
use crate::story::SeatId;
use crate::text::{self, ParagraphKind};
use crate::view::{strings, told_once};

use super::paper::{HandoutSheet, Part};

/// All that these seats perceived and chose, one after the other. It holds back nothing: who may read it, the caller knows.
#[must_use]
pub fn transcript_paper(session: &Session<'_>, seats: &[SeatId]) -> HandoutSheet {
    let story = session.story();
    let labels = seats.iter().map(|seat| story.seats[seat.index()].label());
    let title = [story.title.as_str()].into_iter().chain(labels).filter(|part| !part.is_empty());
    let title = title.collect::<Vec<_>>().join(" · ");
    let parts = seats.iter().flat_map(|seat| seat_parts(session, *seat, seats.len() > 1)).collect();
    HandoutSheet { name: "transcript", title, parts }
}

fn seat_parts(session: &Session<'_>, seat: SeatId, named: bool) -> Vec<Part> {
    let mut parts = Vec::new();
    if named {
        parts.push(Part::Page);
        parts.push(Part::Heading(session.story().seats[seat.index()].full_label()));
    }
    for block in told_once(session.full_history(seat).page(seat)) {
        match block.kind {
            BlockKind::Part => parts.push(Part::Heading(block.text.to_owned())),
            BlockKind::Chosen => parts.push(Part::Words(format!("› {}", text::plain(block.text)))),
            BlockKind::Silence => {
                parts.extend(prose(&strings::fill(strings::NOBODY_DECIDED, &[("text", &block.text)])))
            }
            BlockKind::News => parts.extend(prose(&strings::fill(strings::NEWS_TOLD, &[("text", &block.text)]))),
            BlockKind::Prose | BlockKind::Reply | BlockKind::Notice => parts.extend(prose(block.text)),
        }
    }
    parts
}

/// Paragraphs, and written notes line by line.
fn prose(words: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut noted = false;
    for paragraph in text::paragraphs(words) {
        let runs: Vec<_> = paragraph.sentences.iter().flat_map(|sentence| &sentence.runs).collect();
        let line: String = runs.iter().map(|run| run.text).collect();
        let struck = !runs.is_empty() && runs.iter().all(|run| run.style.struck || run.text.trim().is_empty());
        let line = if struck { format!("(struck out) {line}") } else { line };
        let note = paragraph.kind == ParagraphKind::Note;
        match parts.last_mut() {
            Some(Part::List(lines)) if note && noted => lines.push(line),
            _ if note => parts.push(Part::List(vec![line])),
            _ => parts.push(Part::Words(line)),
        }
        noted = note;
    }
    parts
}
