use crate::engine::{Pick, Session};
use crate::story::{Form, Kind, Sheet, Story};
use crate::text;

use super::compare::{Decided, decisions};
use super::crossing::at;

/// A sheet as it ended, and through whose hands it went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetEnd {
    pub name: String,
    /// Each line, and the name of whoever struck it last, where it is struck.
    pub lines: Vec<(String, Option<String>)>,
    /// What was decided about it besides its lines: that it was handed on, kept, copied.
    pub hands: Vec<String>,
}

/// The sheets that a session has had in hand.
pub(super) fn sheets(session: &Session<'_>) -> Vec<SheetEnd> {
    let story = session.story();
    if story.sheets.is_empty() {
        return Vec::new();
    }
    let steps = decisions(session);
    let used = story.sheets.iter().enumerate().filter_map(|(index, sheet)| {
        let value = |line: &crate::story::SheetLine| session.state().value(line.var);
        let marked = sheet.lines.iter().any(|line| value(line) != 0);
        if !marked && !steps.iter().any(|step| is_marked(story, step, index)) {
            return None;
        }
        let who = |value: i16| {
            let seat = usize::try_from(value - 1).ok().and_then(|at| story.seats.get(at));
            seat.map(|seat| seat.name.clone())
        };
        let lines = sheet.lines.iter().map(|line| (text::plain(&line.text), who(value(line))));
        let hands = steps.iter().filter(|step| is_about(story, step, index, sheet)).map(|step| hand(story, step));
        Some(SheetEnd { name: sheet.name.clone(), lines: lines.collect(), hands: hands.collect() })
    });
    used.collect()
}

/// Whether a decision was taken where this sheet lay to be marked.
fn is_marked(story: &Story, step: &Decided, index: usize) -> bool {
    let Kind::Decide(decision) = &story.scene(step.scene).kind else { return false };
    matches!(decision.form.as_deref(), Some(Form::Mark { sheet, .. }) if sheet.index() == index)
}

/// Whether a decision was about the sheet as a whole: taken where it lay, or naming it.
fn is_about(story: &Story, step: &Decided, index: usize, sheet: &Sheet) -> bool {
    if matches!(step.pick, Pick::Line(_)) {
        return false;
    }
    let name = sheet.name.to_lowercase();
    let name = ["the ", "a ", "an "].iter().find_map(|article| name.strip_prefix(article)).unwrap_or(&name);
    // What is sent by something of that name, after the dash, is not about it.
    let words = step.words.split(" — ").next().unwrap_or_default().to_lowercase();
    let named = words.match_indices(name).any(|(at, _)| {
        let part_of_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !part_of_word(words[..at].chars().next_back()) && !part_of_word(words[at + name.len()..].chars().next())
    });
    is_marked(story, step, index) || (!name.is_empty() && named)
}

fn hand(story: &Story, step: &Decided) -> String {
    let time = at(story, step.minutes).map(|time| format!("{time}, ")).unwrap_or_default();
    let seat = story.seats.get(step.seat).map_or("", |seat| seat.name.as_str());
    let who = if seat.is_empty() { String::new() } else { format!("{seat}: ") };
    format!("{time}{who}{}", step.words)
}
