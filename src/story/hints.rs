//! Why a text is not RON, in a writer's words.
//!
//! `ron` names the place where it could not go on, which for a forgotten quote or bracket is often a line too late.
//! This walks over the text with a small lexer and looks for the slips that people make; if it finds none, `ron`'s
//! own words stand.

use super::diagnostic::Code;
use super::lexer::{Token, TokenKind as Kind, block_comment, lex, raw_string, string_end};

/// A slip, with the bytes it is at.
pub(super) struct Hint {
    pub code: Code,
    pub start: usize,
    pub end: usize,
    pub message: String,
    pub help: Option<String>,
    pub also: Option<(usize, usize, String)>,
}

impl Hint {
    fn new(code: Code, start: usize, end: usize, message: impl Into<String>, help: &str) -> Self {
        Self { code, start, end, message: message.into(), help: Some(help.to_owned()), also: None }
    }
}

/// The most likely reason why `ron` stopped at byte `stopped`.
pub(super) fn hint(text: &str, stopped: usize) -> Option<Hint> {
    if text.starts_with('\u{feff}') {
        return Some(Hint::new(
            Code::ByteOrderMark,
            0,
            3,
            "the file begins with an invisible byte-order mark",
            "save it as “UTF-8”, not as “UTF-8 with BOM”",
        ));
    }
    let (mut tokens, unclosed) = lex(text);
    if let Some(comment) = tokens.last().filter(|token| is_unclosed_comment(text, token)) {
        return Some(Hint::new(
            Code::NotRon,
            comment.start,
            comment.start + 2,
            "this comment is never closed",
            "close it with `*/`, or write `//` for a comment of one line",
        ));
    }
    tokens.retain(|token| !matches!(token.kind, Kind::Comment | Kind::Attribute));
    outside(text, &tokens)
        .or_else(|| unclosed_string(text, stopped, unclosed))
        .or_else(|| odd_character(text, &tokens, stopped))
        .or_else(|| missing_closer(text, &tokens))
        .or_else(|| quoted_field(text, &tokens, stopped))
        .or_else(|| neighbours(text, &tokens, stopped))
        .or_else(|| unbalanced(text, &tokens))
        .or_else(|| bad_escape(text, stopped))
}

fn is_unclosed_comment(text: &str, token: &Token) -> bool {
    let comment = &text[token.start..token.end];
    // One byte more closes nothing, so that only a comment that was open takes it in.
    comment.starts_with("/*") && {
        let longer = format!("{comment} ");
        block_comment(longer.as_bytes(), 0) == longer.len()
    }
}

/// A story is one record; a file of something else, or of nothing.
fn outside(text: &str, tokens: &[Token]) -> Option<Hint> {
    let Some(first) = tokens.first() else {
        let help = "write `(scenes: { … })`; `hallway new` begins a story";
        return text.trim().is_empty().then(|| Hint::new(Code::NotRon, 0, 0, "there is nothing in this file", help));
    };
    let help = "a story is one record: `(title: \"…\", scenes: { … })`";
    // A field's name: its brackets are what is missing; anything else is something else.
    if !matches!(first.kind, Kind::Open(_) | Kind::Odd) {
        return Some(Hint::new(Code::NotRon, first.start, first.end, "a story begins with `(`", help));
    }
    let mut depth = 0;
    let end = tokens.iter().position(|token| {
        match token.kind {
            Kind::Open(_) => depth += 1,
            Kind::Close(_) => depth -= 1,
            _ => {}
        }
        depth == 0
    })?;
    // A bracket that is one too many has a message of its own.
    let after = tokens.get(end + 1).filter(|token| token.kind.is_value() || matches!(token.kind, Kind::Open(_)))?;
    Some(Hint::new(Code::NotRon, after.start, after.end, "the story has ended before this", help))
}

/// A string that runs over a line break right up to where the next line's own quote closed it by mistake, or to the
/// end of the file.
fn unclosed_string(text: &str, stopped: usize, unclosed: Option<usize>) -> Option<Hint> {
    // Look at the strings before the stop, from the last: one that spans lines and whose last line looks like
    // `name: ` or ends in `,` was meant to end on its first line.
    let bytes = text.as_bytes();
    let mut candidate = None;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'/' if bytes.get(at + 1) == Some(&b'/') => at += text[at..].find('\n').unwrap_or(text.len() - at),
            b'/' if bytes.get(at + 1) == Some(&b'*') => at = block_comment(bytes, at),
            b'r' if raw_string(text, at).is_some()
                && !at.checked_sub(1).is_some_and(|p| bytes[p].is_ascii_alphanumeric()) =>
            {
                at = raw_string(text, at).unwrap_or(bytes.len());
            }
            b'"' => {
                let end = string_end(bytes, at);
                let inside = &text[at + 1..end.map_or(text.len(), |end| end - 1)];
                if at <= stopped && inside.contains('\n') {
                    let tail = inside.rsplit('\n').next().unwrap_or("").trim_end();
                    let looks_like_code = tail.ends_with(':')
                        || tail.ends_with('(')
                        || tail.ends_with('[')
                        || tail.ends_with('{')
                        || (tail.trim_start().starts_with('(') && tail.ends_with(": "));
                    if looks_like_code || end.is_none() {
                        candidate = Some(at);
                        break;
                    }
                }
                let Some(end) = end else { break };
                at = end;
            }
            _ => at += 1,
        }
        if at > stopped {
            break;
        }
    }
    let start = candidate.or(unclosed)?;
    let end = text[start..].find('\n').map_or(text.len(), |length| start + length);
    Some(Hint::new(
        Code::UnclosedString,
        start,
        end.max(start + 1),
        "this quotation mark is never closed",
        "put a `\"` where the text ends; inside a text use “ and ”",
    ))
}

fn odd_character(text: &str, tokens: &[Token], stopped: usize) -> Option<Hint> {
    let odd = tokens.iter().find(|t| t.kind == Kind::Odd)?;
    if !text[stopped.min(odd.start)..odd.start].trim().is_empty() {
        return None;
    }
    let c = text[odd.start..].chars().next()?;
    Some(match c {
        '“' | '”' | '„' | '«' | '»' | '‘' | '’' => Hint::new(
            Code::CurlyQuotes,
            odd.start,
            odd.end,
            format!("`{c}` cannot open or close a text"),
            "use plain `\"` around a text; typographic quotes belong inside it",
        ),
        '#' => Hint::new(Code::HashComment, odd.start, odd.end, "`#` does not begin a comment", "write `//` instead"),
        '=' => Hint::new(
            Code::EqualsSign,
            odd.start,
            odd.end,
            "`=` does not give a field its value",
            "write `name: value`",
        ),
        ';' => Hint::new(Code::MissingComma, odd.start, odd.end, "`;` does not part two items", "write `,` instead"),
        c if c.is_whitespace() || crate::text::forbidden(c.encode_utf8(&mut [0; 4])).is_some() => Hint::new(
            Code::OddSpace,
            odd.start,
            odd.end,
            format!("an invisible character (U+{:04X}) that is not a plain space", u32::from(c)),
            "delete it and type a space",
        ),
        _ => return None,
    })
}

/// An item that starts with a bracket of the opener's own kind, at its column or left of it: the opener was never
/// closed.
fn missing_closer(text: &str, tokens: &[Token]) -> Option<Hint> {
    let column = |at: usize| at - text[..at].rfind('\n').map_or(0, |line| line + 1);
    let starts_line = |at: usize| text[..at].rsplit('\n').next().unwrap_or("").trim().is_empty();
    if balanced(tokens) {
        return None;
    }
    let mut open: Vec<&Token> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        match token.kind {
            Kind::Open(kind) => {
                if let Some(last) = open.last() {
                    let same = last.kind == Kind::Open(kind);
                    if same
                        && starts_line(token.start)
                        && starts_line(last.start)
                        && column(token.start) <= column(last.start)
                    {
                        return Some(never_closed(text, last, Some(token)));
                    }
                }
                open.push(token);
            }
            Kind::Close(kind) => match open.last() {
                Some(last) if matches(last.kind, kind) => {
                    open.pop();
                }
                Some(last) => {
                    // Without this one all would be well: it is one too many.
                    let others: Vec<Token> =
                        tokens.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, t)| *t).collect();
                    let extra = balanced(&others);
                    return Some(if extra {
                        closes_nothing(text, token)
                    } else {
                        never_closed(text, last, Some(token))
                    });
                }
                None => return None,
            },
            _ => {}
        }
    }
    None
}

fn never_closed(text: &str, opener: &Token, before: Option<&Token>) -> Hint {
    let closer = match opener.kind {
        Kind::Open(b'(') => ")",
        Kind::Open(b'[') => "]",
        _ => "}",
    };
    let mut hint = Hint::new(
        Code::UnclosedBracket,
        opener.start,
        opener.end,
        format!("this `{}` is never closed", &text[opener.start..opener.end]),
        &format!("put a `{closer}` where its contents end"),
    );
    hint.also = before.map(|token| (token.start, token.end, format!("a `{closer}` is wanted before this")));
    hint
}

fn closes_nothing(text: &str, token: &Token) -> Hint {
    let message = format!("this `{}` closes nothing", &text[token.start..token.end]);
    Hint::new(Code::ExtraBracket, token.start, token.end, message, "delete it, or add the bracket it should close")
}

fn matches(open: Kind, close: u8) -> bool {
    matches!((open, close), (Kind::Open(b'('), b')') | (Kind::Open(b'['), b']') | (Kind::Open(b'{'), b'}'))
}

fn balanced(tokens: &[Token]) -> bool {
    let mut open = Vec::new();
    for token in tokens {
        match token.kind {
            Kind::Open(_) => open.push(token.kind),
            Kind::Close(kind) if open.last().is_some_and(|&last| matches(last, kind)) => {
                open.pop();
            }
            Kind::Close(_) => return false,
            _ => {}
        }
    }
    open.is_empty()
}

/// A field's name in quotes, inside the round brackets of a record.
fn quoted_field(text: &str, tokens: &[Token], stopped: usize) -> Option<Hint> {
    let mut open = Vec::new();
    for pair in tokens.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        if a.start > stopped {
            break;
        }
        match a.kind {
            Kind::Open(kind) => open.push(kind),
            Kind::Close(_) => drop(open.pop()),
            Kind::String if b.kind == Kind::Colon && open.last() == Some(&b'(') => {
                let name = text[a.start..a.end].trim_matches('"');
                let help = format!("write `{}: …`; quotes are for names that you make up", crate::text::clean(name));
                let message = "the name of a field stands without quotes";
                return Some(Hint::new(Code::JsonBraces, a.start, a.end, message, &help));
            }
            _ => {}
        }
    }
    None
}

/// Two tokens side by side that no RON has: a value after a value, a comma after a colon.
fn neighbours(text: &str, tokens: &[Token], stopped: usize) -> Option<Hint> {
    for pair in tokens.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        if b.start > stopped + 1 && a.start > stopped {
            break;
        }
        let word = |token: Token| (token.kind == Kind::Word).then(|| &text[token.start..token.end]);
        if let Some(quoted) = [a, b].into_iter().find(|token| word(*token).is_some_and(|word| word.starts_with('\''))) {
            return Some(Hint::new(
                Code::CurlyQuotes,
                quoted.start,
                quoted.start + 1,
                "`'` cannot open or close a text",
                "use plain `\"` around a text",
            ));
        }
        if let Some(dash) = [a, b].into_iter().find(|token| word(*token) == Some("-")) {
            return Some(Hint::new(
                Code::NotRon,
                dash.start,
                dash.end,
                "`-` does not begin an item",
                "items need no dash; they stand in brackets, with a `,` after each",
            ));
        }
        let ends = a.kind.is_value() || matches!(a.kind, Kind::Close(_));
        let begins = b.kind.is_value() || matches!(b.kind, Kind::Open(_));
        // `Name(…)` and `Some(…)` are RON; writers never need them, but they are no slip.
        let named = b.kind == Kind::Open(b'(') && a.end == b.start && text.as_bytes()[a.start].is_ascii_alphabetic();
        if ends && begins && !named {
            let quote_inside = text.as_bytes()[a.end - 1] == b'"' && a.end == b.start;
            if quote_inside {
                return Some(Hint::new(
                    Code::UnclosedString,
                    a.end - 1,
                    a.end,
                    "this `\"` ends the text here",
                    "inside a text use “ and ”, or write `\\\"`",
                ));
            }
            return Some(Hint::new(
                Code::MissingComma,
                a.end - 1,
                a.end,
                "a comma is missing after this",
                "put a `,` between two items",
            ));
        }
        if a.kind == Kind::Colon && matches!(b.kind, Kind::Comma | Kind::Close(_)) {
            return Some(Hint::new(
                Code::MissingValue,
                a.start,
                b.start.max(a.end),
                "a value is missing after this colon",
                "give the field a value, or delete it",
            ));
        }
        if a.kind == Kind::Comma && b.kind == Kind::Comma {
            return Some(Hint::new(
                Code::MissingValue,
                b.start,
                b.end,
                "there is nothing between these two commas",
                "delete one of them",
            ));
        }
    }
    None
}

fn unbalanced(text: &str, tokens: &[Token]) -> Option<Hint> {
    let mut open: Vec<&Token> = Vec::new();
    for token in tokens {
        match token.kind {
            Kind::Open(_) => open.push(token),
            Kind::Close(_) => match open.pop() {
                Some(last) if matches(last.kind, text.as_bytes()[token.start]) => {}
                _ => return Some(closes_nothing(text, token)),
            },
            _ => {}
        }
    }
    open.last().map(|last| never_closed(text, last, None))
}

fn bad_escape(text: &str, stopped: usize) -> Option<Hint> {
    let (tokens, _) = lex(text);
    // The string in which the reading stopped, or the one just before.
    let string = tokens.iter().rev().find(|token| token.kind == Kind::String && token.start <= stopped)?;
    let inside = &text[string.start..string.end];
    let mut escaped = false;
    let wrong = inside.char_indices().find(|&(_, c)| {
        let was = escaped;
        escaped = c == '\\' && !was;
        was && !matches!(c, 'n' | 'r' | 't' | '0' | '"' | '\'' | '\\' | 'x' | 'u' | '\n')
    });
    let (at, c) = wrong.filter(|_| inside.starts_with('"'))?;
    let (start, end) = (string.start + at - 1, string.start + at + c.len_utf8());
    Some(Hint::new(
        Code::BadEscape,
        start,
        end,
        "a backslash means something only before `n`, `\"`, `\\` and `u{…}`",
        "write `\\\\` for a backslash; for a literal star or brace write `**` or `{{`",
    ))
}
