use crate::engine::{Pick, Session};
use crate::story::{Form, SceneKind, Sheet, Story};
use crate::text;

use super::compare::{Decided, decisions};
use super::crossing::at;

/// A sheet as it ended, and through whose hands it went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetEnd {
    pub name: String,
    /// Each line, and the name of whoever struck it last, where it is struck.
    pub lines: Vec<(String, Option<String>)>,
    /// What was decided about it besides its lines, in sentences: that it was handed on, kept, copied. Where it was
    /// itself a message, its way is among the messages.
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
            // The only seat of a story without roles has no name.
            seat.map(|seat| if seat.name.is_empty() { "you" } else { &seat.name }.to_owned())
        };
        let lines = sheet.lines.iter().map(|line| (text::plain(&line.text), who(value(line))));
        let mut hands: Vec<String> =
            steps.iter().filter(|step| is_about(story, step, index, sheet)).map(|step| hand(story, step)).collect();
        hands.dedup();
        Some(SheetEnd { name: sheet.name.clone(), lines: lines.collect(), hands })
    });
    used.collect()
}

/// Whether a decision was taken where this sheet lay to be marked.
fn is_marked(story: &Story, step: &Decided, index: usize) -> bool {
    let SceneKind::Decide(decision) = &story.scene(step.scene).kind else { return false };
    matches!(decision.form.as_deref(), Some(Form::Mark { sheet, .. }) if sheet.index() == index)
}

/// Whether a decision was about the sheet as a whole: taken where it lay, or naming it.
fn is_about(story: &Story, step: &Decided, index: usize, sheet: &Sheet) -> bool {
    // Its lines are told by themselves, and what became of a message with the messages.
    let is_own = matches!(step.pick, Pick::Choice(_) | Pick::Standing | Pick::Done);
    is_own && (is_marked(story, step, index) || names(&step.words, sheet))
}

/// Whether words name the sheet.
fn names(words: &str, sheet: &Sheet) -> bool {
    let name = sheet.name.to_lowercase();
    let name = ["the ", "a ", "an "].iter().find_map(|article| name.strip_prefix(article)).unwrap_or(&name);
    let words = words.to_lowercase();
    let part_of_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let mut found = words.match_indices(name).map(|(at, _)| at);
    !name.is_empty()
        && found.any(|at| {
            !part_of_word(words[..at].chars().next_back()) && !part_of_word(words[at + name.len()..].chars().next())
        })
}

/// “9.15, the mother chose “Keep it”.”
fn hand(story: &Story, step: &Decided) -> String {
    let time = at(story, step.minutes).map(|time| format!("{time}, ")).unwrap_or_default();
    let seat = story.seats.get(step.seat).map(|seat| seat.name.as_str()).filter(|name| !name.is_empty());
    text::upper_first(&format!("{time}{} chose “{}”.", seat.unwrap_or("you"), step.words.trim_end_matches('.')))
}
