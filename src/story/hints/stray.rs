//! Entries that stand outside of every list of names.

use super::super::diagnostic::Code;
use super::super::lexer::{Token, TokenKind as Kind};
use super::brackets::fields;
use super::{BrokenText, Hint, Mend};

/// A kind of entry: by fields that others do not have, what it is, in which list of names it stands, and how that
/// begins.
type StrayWord = (&'static [&'static str], &'static str, &'static str, &'static str);

const ENTRIES: [StrayWord; 8] = [
    (&["from", "gist", "heard"], "a message", "messages", "messages: { "),
    (&["min", "max", "states", "flag"], "a variable", "vars", "vars: { "),
    (&["reported", "disputed", "inferred"], "a fact", "facts", "facts: { "),
    (&["lines"], "a sheet", "sheets", "sheets: { "),
    (&["title", "because", "family"], "an ending", "endings", "endings: { "),
    (&["picks", "lots", "through"], "a walk", "walks", "walks: { "),
    (&["brief", "counts", "standing"], "a role", "roles", "roles: { "),
    (&["choices", "route", "go", "end", "pass", "relay", "receive", "mark", "others"], "a scene", "scenes", SCENES),
];
const SCENES: &str = "scenes: { ";

/// What the entry is whose name is this token, by its fields.
fn entry(look: &BrokenText<'_>, at: usize) -> Option<&'static StrayWord> {
    let fields = fields(look.text, &look.tokens, (at + 3).min(look.tokens.len()));
    ENTRIES.iter().find(|(own, ..)| own.iter().any(|own| fields.contains(own)))
}

/// What the entry is whose name is this token, and in which list of names it stands.
pub(super) fn kind_of_entry(look: &BrokenText<'_>, at: usize) -> (&'static str, &'static str) {
    entry(look, at).map_or(("a scene", "scenes"), |(_, what, holder, _)| (what, holder))
}

/// An entry at this index outside of every list of names, within the bracket at `story`. `ended` is the list that ended
/// last before it, and its closing bracket.
pub(super) fn stray(look: &BrokenText<'_>, story: usize, ended: Option<(Token, Token)>, at: usize) -> Hint {
    let known = entry(look, at).map(|(.., holder, _)| *holder);
    match ended {
        Some((name, closer)) if known.is_none_or(|holder| holder == look.words(name)) => {
            behind_its_list(look, (story, at), (name, closer))
        }
        _ => without_a_list(look, story, at),
    }
}

/// An entry of the list that has ended before it.
fn behind_its_list(look: &BrokenText<'_>, (story, at): (usize, usize), (name, closer): (Token, Token)) -> Hint {
    let item = look.tokens[at];
    let name = look.words(name);
    let message = format!("`{name}` has ended before this");
    let help = format!("move the `}}` that closes `{name}` below it");
    let hint = Hint::at(Code::Misplaced, item, message, help).also(closer, format!("`{name}` ends here"));
    if has_one_closer_more(look) {
        // It was closed twice, here and where it was to be.
        let after = look.tokens.iter().find(|token| token.start >= closer.end && token.kind == Kind::Comma);
        let end = after.filter(|comma| comma.start < item.start).map_or(closer.end, |comma| comma.end);
        return hint.mend(closer.start..end, "");
    }
    left_out(look, story, hint, item.start)
}

/// An entry whose list is not there.
fn without_a_list(look: &BrokenText<'_>, story: usize, at: usize) -> Hint {
    let item = look.tokens[at];
    let (what, holder) = kind_of_entry(look, at);
    let message = format!("{what} must stand in `{holder}`");
    if ended_before(look, story, at, holder) {
        let hint = Hint::at(Code::Misplaced, item, message, format!("move it into `{holder}: {{ … }}`"));
        return left_out(look, story, hint, item.start);
    }
    let help = format!("write `{holder}: {{ {}: ( … ), … }}`", look.words(item));
    let hint = Hint::at(Code::Misplaced, item, message, help);
    let opens = entry(look, at).map_or(SCENES, |(.., opens)| *opens);
    let hint = hint.mend(item.start..item.start, opens);
    if has_one_closer_more(look) {
        return hint;
    }
    let end = look.closer(story).and_then(|end| end.checked_sub(1)).map(|last| look.tokens[last].end);
    match end {
        Some(end) => hint.mend(end..end, " }"),
        None => hint.mends(Vec::new()),
    }
}

/// Whether a field of the story has this name, before the entry at `at`.
fn ended_before(look: &BrokenText<'_>, story: usize, at: usize, holder: &str) -> bool {
    let mut depth = 0_usize;
    look.tokens[story + 1..at].windows(2).any(|pair| {
        match pair[0].kind {
            Kind::Open(_) => depth += 1,
            Kind::Close(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        let is_field = (pair[0].kind, pair[1].kind) == (Kind::Word, Kind::Colon);
        depth == 0 && is_field && look.words(pair[0]) == holder
    })
}

/// What stands from here to the end of the story is not read.
fn left_out(look: &BrokenText<'_>, story: usize, hint: Hint, start: usize) -> Hint {
    if has_one_closer_more(look) {
        let mut hint = hint.mend(start..look.text.len(), ")");
        hint.loses = true;
        return hint;
    }
    let end = look.closer(story).map(|at| look.tokens[at].start);
    let mut hint = hint.mends(end.map(|end| Mend { range: start..end, by: "" }).into_iter().collect());
    hint.loses = true;
    hint
}

fn has_one_closer_more(look: &BrokenText<'_>) -> bool {
    let count = |kind: Kind| look.tokens.iter().filter(|token| token.kind == kind).count();
    count(Kind::Close(b'}')) == count(Kind::Open(b'{')) + 1
}
