//! Why a text is not RON, in a writer's words.
//!
//! `ron` names the place where it could not go on, which for a forgotten quote or bracket is often a line too late.
//! This walks over the text with a small lexer and looks for the slips that people make; if it finds none, `ron`'s
//! own words stand.

mod brackets;

use super::diagnostic::Code;
use super::lexer::{Token, TokenKind as Kind, block_comment, lex};

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
        .or_else(|| odd_character(text, &tokens, stopped))
        .or_else(|| unopened_string(text, &tokens, unclosed, stopped))
        .or_else(|| unclosed_string(text, &tokens, unclosed))
        .or_else(|| brackets::unpaired(text, &tokens))
        .or_else(|| quoted_field(text, &tokens, stopped))
        .or_else(|| neighbours(text, &tokens, stopped))
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

/// A text whose opening quotation mark was forgotten: words where a value or a name should begin, and then either the
/// mark that was to close them, or more words.
fn unopened_string(text: &str, tokens: &[Token], unclosed: Option<usize>, stopped: usize) -> Option<Hint> {
    let closes = |mark: usize| {
        let behind = text[mark + 1..].trim_start_matches([' ', '\t', '\r']).chars().next();
        behind.is_none_or(|c| "\n,:)]}".contains(c)) && !text[..mark].ends_with(char::is_whitespace)
    };
    let mut first = None;
    // Whether the next quotation mark of the line looks like one that closes.
    let mut closed = unclosed.is_some_and(closes);
    let mut after = text.len();
    for (at, token) in tokens.iter().enumerate().rev() {
        closed &= !text[token.end..after.max(token.end)].contains('\n');
        after = token.start;
        match token.kind {
            Kind::String => closed = closes(token.start),
            Kind::Word if token.start <= stopped => {
                let kind = |at: usize| tokens.get(at).map(|token| token.kind);
                let is_text = match at.checked_sub(1).and_then(kind) {
                    Some(Kind::Colon) => {
                        closed || (kind(at + 1) == Some(Kind::Word) && kind(at + 2) != Some(Kind::Colon))
                    }
                    // It may be a field's name here.
                    Some(Kind::Comma | Kind::Open(_)) => closed && kind(at + 1) != Some(Kind::Colon),
                    _ => false,
                };
                if is_text && text.as_bytes()[token.start] != b'\'' {
                    first = Some(token);
                }
            }
            _ => {}
        }
    }
    let first = first?;
    Some(Hint::new(
        Code::UnclosedString,
        first.start,
        first.end,
        "a quotation mark is missing before this",
        "write a text between two `\"`; inside it use “ and ”",
    ))
}

/// A text whose closing quotation mark was forgotten: it runs on to where the next text was to begin.
fn unclosed_string(text: &str, tokens: &[Token], unclosed: Option<usize>) -> Option<Hint> {
    let inside = |string: &Token| text[string.start + 1..string.end - 1].trim_end_matches([' ', '\t', '\r']);
    // What was to be the next text begins right behind it, without a space or a mark between; or with a new line.
    let runs_on = |string: &&Token| {
        text[string.start..].starts_with('"')
            && match text[string.end..].chars().next() {
                Some('\n') => opens_a_text(inside(string)),
                next => next.is_some_and(|c| !c.is_whitespace() && !",;:=)]}/".contains(c)),
            }
    };
    let was_to_end_before = |string: &Token| match inside(string).rsplit_once('\n') {
        // Its last line is the beginning of an item, and no line of prose.
        Some((_, tail)) => tail.trim().is_empty() || tail.ends_with([':', '(', '[', '{', ',']),
        // A pair of marks within a text leaves its line with an even number of them.
        None => opens_a_text(inside(string)) || quotes_of_line(text, string.start) % 2 == 1,
    };
    // Only the first is looked at, since nobody has read further.
    let start = match tokens.iter().find(runs_on) {
        Some(string) if was_to_end_before(string) => string.start,
        Some(string) if text[string.end..].starts_with(['(', '[', '{']) => return None,
        Some(string) => {
            return Some(Hint::new(
                Code::UnclosedString,
                string.end - 1,
                string.end,
                "this `\"` ends the text here",
                "inside a text use “ and ”, or write `\\\"`",
            ));
        }
        None => unclosed?,
    };
    let end = text[start..].find('\n').map_or(text.len(), |length| start + length);
    Some(Hint::new(
        Code::UnclosedString,
        start,
        end.max(start + 1),
        "this quotation mark is never closed",
        "put a `\"` where the text ends; inside a text use “ and ”",
    ))
}

/// Whether this ends in a name and a colon, and holds no more in its last line: behind it a text began.
fn opens_a_text(inside: &str) -> bool {
    let name = |tail: &str| tail.chars().all(|c| c.is_alphanumeric() || "_-(\"".contains(c));
    inside.rsplit('\n').next().and_then(|tail| tail.trim_start().strip_suffix(':')).is_some_and(name)
}

/// How many quotation marks stand from here to the end of the line, escaped ones left out.
fn quotes_of_line(text: &str, start: usize) -> usize {
    let line = text[start..].lines().next().unwrap_or("");
    line.replace("\\\\", "").replace("\\\"", "").matches('"').count()
}

fn odd_character(text: &str, tokens: &[Token], stopped: usize) -> Option<Hint> {
    let odd = tokens.iter().find(|t| t.kind == Kind::Odd)?;
    if !text[stopped.min(odd.start)..odd.start].trim().is_empty() {
        return None;
    }
    let c = text[odd.start..].chars().next()?;
    let prose = text[..odd.start].ends_with('"');
    Some(match c {
        // Right behind a quotation mark they are prose: the text before was not closed.
        '“' | '”' | '„' | '«' | '»' | '‘' | '’' if !prose => Hint::new(
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
    for (at, pair) in tokens.windows(2).enumerate() {
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
        // What begins an item of a record or a map is a name; only its colon can be missing.
        let begins = at.checked_sub(1).is_some_and(|at| matches!(tokens[at].kind, Kind::Open(_) | Kind::Comma));
        let given = b.kind.is_value() || matches!(b.kind, Kind::Open(_));
        if begins && given && a.end != b.start && names_here(text, &tokens[..at], a) {
            return Some(Hint::new(
                Code::MissingColon,
                a.start,
                a.end,
                "a colon is missing after this name",
                "write `name: value`",
            ));
        }
        let ends = a.kind.is_value() || matches!(a.kind, Kind::Close(_));
        let begins = b.kind.is_value() || matches!(b.kind, Kind::Open(_));
        // `Name(…)` and `Some(…)` are RON; writers never need them, but they are no slip.
        let named = b.kind == Kind::Open(b'(') && a.end == b.start && text.as_bytes()[a.start].is_ascii_alphabetic();
        if ends && begins && !named {
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

/// Where names stand: without quotes in a record, in quotes in a map.
fn names_here(text: &str, before: &[Token], token: Token) -> bool {
    let mut depth = 0_usize;
    let within = before.iter().rev().find(|token| match token.kind {
        Kind::Close(_) => {
            depth += 1;
            false
        }
        Kind::Open(_) => {
            let is_open = depth == 0;
            depth = depth.saturating_sub(1);
            is_open
        }
        _ => false,
    });
    match (within.map(|token| token.kind), token.kind) {
        (Some(Kind::Open(b'(')), Kind::Word) => text.as_bytes()[token.start].is_ascii_alphabetic(),
        (Some(Kind::Open(b'{')), Kind::String) => true,
        _ => false,
    }
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
