//! Entries that stand outside of every list of names.

use super::super::diagnostic::Code;
use super::super::lexer::{Token, TokenKind as Kind};
use super::{BrokenText, Hint, Mend, fields};

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
fn entry(broken: &BrokenText<'_>, at: usize) -> Option<&'static StrayWord> {
    let fields = fields(broken.text, &broken.tokens, (at + 3).min(broken.tokens.len()));
    ENTRIES.iter().find(|(own, ..)| own.iter().any(|own| fields.contains(own)))
}

/// What the entry is whose name is this token, and in which list of names it stands.
pub(super) fn kind_of_entry(broken: &BrokenText<'_>, at: usize) -> (&'static str, &'static str) {
    entry(broken, at).map_or(("a scene", "scenes"), |(_, what, holder, _)| (what, holder))
}

/// Where an entry belongs that begins at this byte, behind the end of the story.
pub(super) fn behind_the_story(broken: &BrokenText<'_>, start: usize) -> Option<String> {
    let at = broken.tokens.iter().position(|token| token.start == start)?;
    let kinds = (broken.kind(at), broken.kind(at + 1), broken.kind(at + 2));
    if kinds != (Some(Kind::String), Some(Kind::Colon), Some(Kind::Open(b'('))) {
        return None;
    }
    let (what, holder) = kind_of_entry(broken, at);
    let list = (0..at).find(|list| {
        broken.words(broken.tokens[*list]) == holder
            && (broken.kind(list + 1), broken.kind(list + 2)) == (Some(Kind::Colon), Some(Kind::Open(b'{')))
    })?;
    let closer = broken.tokens[broken.closer(list + 2).filter(|closer| *closer < at)?];
    let line = broken.text[..closer.start].matches('\n').count() + 1;
    Some(format!(
        "it looks like {what}: move it up into `{holder}`, before the `{}` in line {line}",
        broken.words(closer)
    ))
}

/// An entry at this index outside of every list of names, within the bracket at `story`. `ended` is the list that ended
/// last before it, and its closing bracket.
pub(super) fn stray(broken: &BrokenText<'_>, story: usize, ended: Option<(Token, Token)>, at: usize) -> Hint {
    let known = entry(broken, at).map(|(.., holder, _)| *holder);
    match ended {
        Some((name, closer)) if known.is_none_or(|holder| holder == broken.words(name)) => {
            behind_its_list(broken, (story, at), (name, closer))
        }
        _ => without_a_list(broken, story, at),
    }
}

/// An entry of the list that has ended before it.
fn behind_its_list(broken: &BrokenText<'_>, (story, at): (usize, usize), (name, closer): (Token, Token)) -> Hint {
    let item = broken.tokens[at];
    let name = broken.words(name);
    let message = format!("`{name}` has ended before this");
    let help = format!("move the `}}` that closes `{name}` below it");
    let hint = Hint::at(Code::Misplaced, item, message, help).also(closer, format!("`{name}` ends here"));
    if has_one_closer_more(broken) {
        // It was closed twice, here and where it was to be.
        let after = broken.tokens.iter().find(|token| token.start >= closer.end && token.kind == Kind::Comma);
        let end = after.filter(|comma| comma.start < item.start).map_or(closer.end, |comma| comma.end);
        return hint.mend(closer.start..end, "");
    }
    left_out(broken, story, hint, item.start)
}

/// An entry whose list is not there.
fn without_a_list(broken: &BrokenText<'_>, story: usize, at: usize) -> Hint {
    let item = broken.tokens[at];
    let (what, holder) = kind_of_entry(broken, at);
    let message = format!("{what} must stand in `{holder}`");
    if ended_before(broken, story, at, holder) {
        let hint = Hint::at(Code::Misplaced, item, message, format!("move it into `{holder}: {{ … }}`"));
        return left_out(broken, story, hint, item.start);
    }
    let help = format!("write `{holder}: {{ {}: ( … ), … }}`", broken.words(item));
    let hint = Hint::at(Code::Misplaced, item, message, help);
    let opens = entry(broken, at).map_or(SCENES, |(.., opens)| *opens);
    let hint = hint.mend(item.start..item.start, opens);
    if has_one_closer_more(broken) {
        return hint;
    }
    let end = broken.closer(story).and_then(|end| end.checked_sub(1)).map(|last| broken.tokens[last].end);
    match end {
        Some(end) => hint.mend(end..end, " }"),
        None => hint.mends(Vec::new()),
    }
}

/// Whether a field of the story has this name, before the entry at `at`.
fn ended_before(broken: &BrokenText<'_>, story: usize, at: usize, holder: &str) -> bool {
    let mut depth = 0_usize;
    broken.tokens[story + 1..at].windows(2).any(|pair| {
        match pair[0].kind {
            Kind::Open(_) => depth += 1,
            Kind::Close(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        let is_field = (pair[0].kind, pair[1].kind) == (Kind::Word, Kind::Colon);
        depth == 0 && is_field && broken.words(pair[0]) == holder
    })
}

/// What stands from here to the end of the story is not read.
fn left_out(broken: &BrokenText<'_>, story: usize, hint: Hint, start: usize) -> Hint {
    if has_one_closer_more(broken) {
        let mut hint = hint.mend(start..broken.text.len(), ")");
        hint.loses = true;
        return hint;
    }
    let end = broken.closer(story).map(|at| broken.tokens[at].start);
    let mut hint = hint.mends(end.map(|end| Mend { range: start..end, by: "" }).into_iter().collect());
    hint.loses = true;
    hint
}

fn has_one_closer_more(broken: &BrokenText<'_>) -> bool {
    let count = |kind: Kind| broken.tokens.iter().filter(|token| token.kind == kind).count();
    count(Kind::Close(b'}')) == count(Kind::Open(b'{')) + 1
}
