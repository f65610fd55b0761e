//! Which bracket is missing, or one too many.

use std::cmp::Ordering;

use super::super::diagnostic::Code;
use super::super::lexer::{Token, TokenKind as Kind};
use super::items::opener;
use super::{Hint, fields};

/// The bracket that is missing or too many, where brackets do not pair.
///
/// Which kind is short is counted. Where it is short is told by what no RON has: an entry without a name in a record,
/// a name in a list, two names for one value; or by a bracket that closes further left than its partner's line begins.
/// Where nothing tells, the nearest bracket that finds no partner.
pub(super) fn unpaired(text: &str, tokens: &[Token]) -> Option<Hint> {
    if balanced(tokens) {
        return None;
    }
    let count = |kind: Kind| tokens.iter().filter(|token| token.kind == kind).count();
    let openers = |open: &u8| count(Kind::Open(*open)).cmp(&count(Kind::Close(closer(*open))));
    let unequal: Vec<(u8, Ordering)> = b"([{".iter().map(|open| (*open, openers(open))).collect();
    let lacks_closer = |open: u8| unequal.contains(&(open, Ordering::Greater));
    let lacks_opener = |open: u8| unequal.contains(&(open, Ordering::Less));
    let mut open: Vec<OpenBracket<'_>> = Vec::new();
    let (mut indent, mut past) = (0, 0);
    for (at, token) in tokens.iter().enumerate() {
        let line = text[past..token.start].rfind('\n').map(|line| past + line + 1);
        indent = line.map_or(indent, |line| token.start - line);
        past = token.end;
        let leads = line.is_some();
        let next = tokens.get(at + 1);
        let ends = next.is_none_or(|next| text[token.end..next.start].contains('\n'));
        let before = at.checked_sub(1).map(|before| tokens[before].kind);
        let named = next.is_some_and(|next| next.kind == Kind::Colon);
        let (field, entry) = (named && token.kind == Kind::Word, named && token.kind == Kind::String);
        if before == Some(Kind::Colon) && field && lacks_opener(b'(') {
            return Some(never_opened(text, token, b'('));
        }
        if before == Some(Kind::Colon) && entry && lacks_opener(b'{') {
            return Some(never_opened(text, token, b'{'));
        }
        if token.kind == Kind::Open(b'{')
            && let Some(hint) = record_in_curly(text, tokens, at)
        {
            return Some(hint);
        }
        if let Some(last) = open.last() {
            let strange = match last.kind {
                // In a record an item without a name, or with a name in quotes.
                b'(' => before == Some(Kind::Comma) && (entry || matches!(token.kind, Kind::Open(_))),
                // In a list a name.
                b'[' => matches!(before, Some(Kind::Comma | Kind::Open(_))) && named,
                // In a map a field.
                _ => before == Some(Kind::Comma) && field,
            };
            let wanted = if strange { field_of(text, tokens, last.token).and_then(opener) } else { None };
            if strange && last.kind == b'[' && wanted == Some(b'{') && lacks_opener(b'{') {
                let (start, end) = (last.token.start, last.token.end);
                let field = field_of(text, tokens, last.token).unwrap_or("");
                let message = format!("`{field}` needs curly brackets");
                let help = format!("write `{field}: {{ … }}`");
                return Some(Hint::new(Code::UnclosedBracket, start, end, message, help).mend(start..end, "{"));
            }
            if strange && lacks_closer(last.kind) {
                return Some(never_closed(text, last.token, Some(token)));
            }
            if strange && field && last.kind == b'[' && lacks_opener(b'(') {
                return Some(closed_early(text, tokens, at).unwrap_or_else(|| never_opened(text, token, b'(')));
            }
            // A second record for one field, or the end of a list: it was to be a list of them.
            let of_a_list = strange && matches!(token.kind, Kind::Open(_)) || token.kind == Kind::Close(b']');
            let only_a_list = unequal.iter().all(|(kind, short)| short.is_eq() || (*kind == b'[' && short.is_lt()));
            if let (b'(', true, Some(value)) = (last.kind, of_a_list && lacks_opener(b'[') && only_a_list, last.value) {
                return Some(list_never_opened(text, value));
            }
        }
        if let (Some(Kind::Colon), Some(last)) = (before, open.last_mut()) {
            last.value = Some(token).filter(|token| token.kind == Kind::Open(b'('));
        }
        match token.kind {
            Kind::Open(kind) => open.push(OpenBracket { token, kind, indent, ends, value: None }),
            Kind::Close(kind) => match open.last() {
                Some(last) if closer(last.kind) == kind => {
                    // Further left than the line began on which its partner stands.
                    if leads && indent < last.indent && lacks_closer(last.kind) {
                        return Some(never_closed(text, last.token, Some(token)));
                    }
                    // What is opened at a line's end is closed at a line's beginning, and the story at its end.
                    let too_soon = (!leads && last.ends) || (open.len() == 1 && next.is_some());
                    if too_soon && lacks_opener(last.kind) {
                        return Some(closes_nothing(text, token));
                    }
                    open.pop();
                }
                Some(last) if is_another_kind(tokens, at, last.kind) => {
                    return Some(mixed(text, tokens, (last, token)));
                }
                Some(last) if !is_one_too_many(tokens, at) => {
                    return Some(never_closed(text, last.token, Some(token)));
                }
                _ => return Some(closes_nothing(text, token)),
            },
            _ => {}
        }
    }
    open.last().map(|last| never_closed(text, last.token, None))
}

/// An opening bracket that still waits for its partner.
struct OpenBracket<'t> {
    token: &'t Token,
    kind: u8,
    /// Of its line, in bytes.
    indent: usize,
    /// It is the last of its line.
    ends: bool,
    /// The value of the last field in it, where that is a record.
    value: Option<&'t Token>,
}

/// Without this one all would be well.
fn is_one_too_many(tokens: &[Token], at: usize) -> bool {
    let mut others = tokens.to_vec();
    others.remove(at);
    balanced(&others)
}

/// With a bracket of this kind here all would be well.
fn is_another_kind(tokens: &[Token], at: usize, kind: u8) -> bool {
    let mut others = tokens.to_vec();
    others[at].kind = Kind::Close(closer(kind));
    balanced(&others)
}

/// A record that begins with a curly bracket and ends as a record does: in curly ones stand names in quotes.
fn record_in_curly(text: &str, tokens: &[Token], at: usize) -> Option<Hint> {
    let kind = |at: usize| tokens.get(at).map(|token| token.kind);
    if (kind(at + 1), kind(at + 2)) != (Some(Kind::Word), Some(Kind::Colon)) {
        return None;
    }
    let mut others = tokens.to_vec();
    others[at].kind = Kind::Open(b'(');
    if !balanced(&others) {
        return None;
    }
    let open = tokens[at];
    let field = &text[tokens[at + 1].start..tokens[at + 1].end];
    let help = format!("write `({field}: … )`");
    let hint = Hint::new(Code::UnclosedBracket, open.start, open.end, "a `)` does not close a `{`", help);
    Some(hint.mend(open.start..open.end, "("))
}

/// A pair of brackets of two kinds: the field that they belong to says which is right, or else the first.
fn mixed(text: &str, tokens: &[Token], (open, close): (&OpenBracket<'_>, &Token)) -> Hint {
    let words = |token: &Token| &text[token.start..token.end];
    let field = field_of(text, tokens, open.token);
    let wanted =
        field.and_then(opener).filter(|wanted| *wanted != open.kind && Kind::Close(closer(*wanted)) == close.kind);
    let message = format!("a `{}` does not close a `{}`", words(close), words(open.token));
    let also = |token: &Token, label: &str| Some((token.start, token.end, label.to_owned()));
    match (wanted, field) {
        (Some(wanted), Some(field)) => {
            let (first, last) = (char::from(wanted), words(close));
            let help = format!("write `{field}: {first} … {last}`");
            let mut hint = Hint::new(Code::UnclosedBracket, open.token.start, open.token.end, message, help);
            hint.also = also(close, "it is closed here");
            hint.mend(open.token.start..open.token.end, written(wanted))
        }
        _ => {
            let right = closer(open.kind);
            let help = format!("write `{}` here", char::from(right));
            let mut hint = Hint::new(Code::UnclosedBracket, close.start, close.end, message, help);
            hint.also = also(open.token, "opened here");
            hint.mend(close.start..close.end, written(right))
        }
    }
}

/// The field whose value begins with this bracket.
fn field_of<'t>(text: &'t str, tokens: &[Token], open: &Token) -> Option<&'t str> {
    let at = tokens.binary_search_by_key(&open.start, |token| token.start).ok()?;
    let name = at.checked_sub(2).filter(|name| tokens[name + 1].kind == Kind::Colon)?;
    Some(&text[tokens[name].start..tokens[name].end])
}

fn written(bracket: u8) -> &'static str {
    match bracket {
        b'(' => "(",
        b')' => ")",
        b'[' => "[",
        b']' => "]",
        b'{' => "{",
        _ => "}",
    }
}

fn never_closed(text: &str, opener: &Token, before: Option<&Token>) -> Hint {
    let closer = char::from(closer(text.as_bytes()[opener.start]));
    let mut hint = Hint::new(
        Code::UnclosedBracket,
        opener.start,
        opener.end,
        format!("this `{}` is never closed", &text[opener.start..opener.end]),
        format!("put a `{closer}` where its contents end"),
    );
    hint.also = before.map(|token| (token.start, token.end, format!("a `{closer}` is wanted before this")));
    hint
}

fn closes_nothing(text: &str, token: &Token) -> Hint {
    let message = format!("this `{}` closes nothing", &text[token.start..token.end]);
    Hint::new(Code::ExtraBracket, token.start, token.end, message, "delete it, or add the bracket it should close")
}

fn never_opened(text: &str, token: &Token, open: u8) -> Hint {
    let (open, close) = (char::from(open), char::from(closer(open)));
    let name = &text[token.start..token.end];
    let message = format!("a `{open}` is missing before this");
    let help = format!("write `{open}{name}: … {close}`");
    Hint::new(Code::ExtraBracket, token.start, token.end, message, &help)
}

/// The bracket before this field, where that closed a record too early: the field and those after it belong to it, as
/// it has none of them.
fn closed_early(text: &str, tokens: &[Token], at: usize) -> Option<Hint> {
    let closer = at.checked_sub(2).filter(|closer| tokens[*closer].kind == Kind::Close(b')'))?;
    let mut depth = 0;
    let opener = (0..=closer).rev().find(|at| {
        match tokens[*at].kind {
            Kind::Close(_) => depth += 1,
            Kind::Open(_) => depth -= 1,
            _ => {}
        }
        depth == 0
    })?;
    let (before, behind) = (fields(text, tokens, opener + 1), fields(text, tokens, at));
    if before.is_empty() || before.iter().any(|field| behind.contains(field)) {
        return None;
    }
    let (closer, field) = (&tokens[closer], &text[tokens[at].start..tokens[at].end]);
    let help = format!("delete it: `{field}` belongs into the same brackets, and they are closed behind that");
    let hint = Hint::new(Code::ExtraBracket, closer.start, closer.end, "this `)` closes too early", help);
    Some(hint.mend(closer.start..closer.end, ""))
}

fn list_never_opened(text: &str, token: &Token) -> Hint {
    let message = format!("a `[` is missing before this `{}`", &text[token.start..token.end]);
    Hint::new(Code::ExtraBracket, token.start, token.end, message, "put a list in square brackets: `[( … ), ( … )]`")
}

fn closer(open: u8) -> u8 {
    match open {
        b'(' => b')',
        b'[' => b']',
        _ => b'}',
    }
}

pub(super) fn balanced(tokens: &[Token]) -> bool {
    let mut open = Vec::new();
    tokens.iter().all(|token| match token.kind {
        Kind::Open(kind) => {
            open.push(closer(kind));
            true
        }
        Kind::Close(kind) => open.pop() == Some(kind),
        _ => true,
    }) && open.is_empty()
}
