//! Looking back on paper: the session, and after it what is known.

use crate::text;
use crate::view::strings;

use super::debrief::{Debrief, TrailEntry};
use super::paper::{HandoutSheet, Part};

/// A debrief, under the story's title.
#[must_use]
pub fn debrief_paper(debrief: &Debrief, title: &str) -> HandoutSheet {
    let mut parts = game(debrief);
    if debrief.has_record() {
        parts.push(Part::Page);
        parts.extend(known(debrief));
    }
    let ended = debrief.ending.as_ref().map(|ending| ending.title.as_str());
    let title = [title, ended.unwrap_or_default()].into_iter().filter(|part| !part.is_empty());
    HandoutSheet { name: "debrief", title: title.collect::<Vec<_>>().join(": "), parts }
}

fn heading(words: &str) -> Part {
    Part::Heading(words.trim_end_matches([':', '.']).to_owned())
}

fn game(debrief: &Debrief) -> Vec<Part> {
    let mut parts = Vec::new();
    if let Some(ending) = debrief.ending.as_ref().filter(|ending| !ending.because.is_empty()) {
        parts.push(Part::Words(ending.because.clone()));
    }
    parts.extend(debrief.held.iter().cloned().map(Part::Words));
    if !debrief.stood.is_empty() {
        parts.extend([heading(strings::STOOD), Part::List(debrief.stood.clone())]);
    }
    let turns = &debrief.turns;
    parts.push(heading(strings::TURNED));
    parts.push(Part::Words(turns.how().to_owned()));
    for turned in &turns.turned {
        parts.push(Part::Words(turned.happened.clone()));
        parts.push(Part::List(turned.alternatives.iter().map(|alternative| alternative.told.clone()).collect()));
    }
    let other = turns.endings.iter().map(|ending| format!("{} {}", ending.headline(), ending.takes()));
    if !turns.endings.is_empty() || !turns.has_other_ending() {
        parts.push(heading(strings::OTHERWISE));
        parts.push(list_or(other.collect(), turns.no_other_ending()));
    }
    if debrief.has_trail() {
        parts.push(heading(strings::MEANT_AND_HEARD));
    }
    for entry in debrief.entries() {
        let crossing = match entry {
            TrailEntry::Message(crossing) => crossing,
            TrailEntry::Note(note) => {
                parts.push(Part::Words(note.line()));
                continue;
            }
        };
        parts.push(Part::Words(format!("{}.", crossing.sent)));
        let mut lines = vec![format!("Meant: {}", crossing.meant)];
        if !crossing.heard.is_empty() && !crossing.is_unchanged() {
            lines.push(format!("Heard: {}", crossing.heard));
        }
        lines.push(crossing.sentences());
        parts.push(Part::List(lines));
    }
    for sheet in &debrief.sheets {
        parts.push(heading(&strings::fill(strings::SHEET_ENDED, &[("name", &sheet.name)])));
        let line = |(text, struck): &(String, Option<String>)| match struck {
            Some(name) => strings::fill(strings::PLAIN_STRUCK_BY, &[("text", text), ("name", name)]),
            None => text.clone(),
        };
        parts.push(Part::List(sheet.lines.iter().map(line).collect()));
        if !sheet.hands.is_empty() {
            parts.push(Part::Words(sheet.hands.join("\n\n")));
        }
    }
    parts
}

fn list_or(items: Vec<String>, none: &str) -> Part {
    if items.is_empty() { Part::Words(none.to_owned()) } else { Part::List(items) }
}

fn known(debrief: &Debrief) -> Vec<Part> {
    let mut parts = vec![heading(strings::WHAT_IS_KNOWN)];
    if let Some(ending) = debrief.ending.as_ref().filter(|ending| !ending.note.is_empty()) {
        parts.push(Part::Words(ending.note.clone()));
    }
    if !debrief.invented.is_empty() {
        parts.push(Part::Words(debrief.invented.to_owned()));
    }
    if !debrief.clock.is_empty() {
        parts.push(heading(strings::TWO_NIGHTS));
        let tick = |tick: &super::Tick| {
            let whose = if tick.reported { "reported" } else { "yours" };
            format!("{}, {whose}: {}", tick.time, text::plain(&tick.text))
        };
        parts.push(Part::List(debrief.clock.iter().map(tick).collect()));
    }
    if !debrief.hypotheses.is_empty() {
        parts.push(heading(strings::RIVALS));
    }
    for hypothesis in &debrief.hypotheses {
        parts.push(Part::Words(hypothesis.text.clone()));
        let speaks_for = hypothesis.speaks_for.iter().map(|fact| format!("For: {fact}"));
        let against = hypothesis.against.iter().map(|fact| format!("Against: {fact}"));
        parts.push(Part::List(speaks_for.chain(against).collect()));
    }
    if !debrief.questions.is_empty() {
        parts.extend([heading(strings::WORTH_ARGUING), Part::List(debrief.questions.clone())]);
    }
    parts
}
