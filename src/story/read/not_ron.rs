//! Where a text stops being RON, as `ron` says it.

use std::ops::Range;

use ron::error::{Error, Position, SpannedError};

use super::ESCAPED_KEY;

/// Where reading stopped, in bytes, and why.
#[derive(Debug)]
pub(in crate::story) struct NotRon {
    pub at: Range<usize>,
    pub why: Why,
}

/// Why reading stopped.
#[derive(Debug)]
pub(in crate::story) enum Why {
    TooDeep,
    EscapedName,
    /// Something is missing, or too much: in plain words, with what to do where that is known.
    Missed(String, Option<&'static str>),
}

impl NotRon {
    pub(super) fn new(text: &str, error: &SpannedError) -> Self {
        let (start, end) = (byte_at(text, error.span.start), byte_at(text, error.span.end));
        let why = match &error.code {
            Error::ExceededRecursionLimit => Why::TooDeep,
            Error::Message(message) if message.contains(ESCAPED_KEY) => Why::EscapedName,
            other => missed(other),
        };
        Self { at: start..end.max(start), why }
    }
}

fn missed(error: &Error) -> Why {
    let expected = |what: &str| Why::Missed(format!("{what} should stand here"), None);
    match error {
        Error::ExpectedComma => expected("a comma or a closing bracket"),
        Error::ExpectedString => expected("a text or a name in quotes"),
        Error::ExpectedIdentifier => expected("the name of a field"),
        Error::ExpectedMapColon => expected("a colon"),
        Error::ExpectedMapEnd => expected("a closing `}`"),
        Error::ExpectedArrayEnd => expected("a closing `]`"),
        Error::ExpectedStructLikeEnd | Error::ExpectedOptionEnd => expected("a closing `)`"),
        Error::TrailingCharacters => Why::Missed("the story has ended before this".to_owned(), None),
        Error::Eof => {
            let help = "look for a bracket or a quotation mark that is missing";
            Why::Missed("the file ends in the middle of something".to_owned(), Some(help))
        }
        Error::UnexpectedChar(c) if c.is_numeric() => {
            Why::Missed(format!("`{c}` is no number here"), Some("write whole numbers in plain digits, 0 to 9"))
        }
        Error::UnexpectedChar(c) => Why::Missed(
            format!("`{c}` means nothing here"),
            Some("delete it; or, if it belongs to a text, put a `\"` before and behind that"),
        ),
        other => {
            let said = crate::text::lower_first(&other.to_string());
            Why::Missed(format!("this cannot be read: {said}"), None)
        }
    }
}

/// The byte at a line and column of `ron`'s (both from 1, the column in characters).
fn byte_at(text: &str, position: Position) -> usize {
    let lines = text.split_inclusive('\n').take(position.line.saturating_sub(1));
    let start = lines.map(str::len).sum::<usize>().min(text.len());
    let rest = &text[start..];
    start + rest.char_indices().nth(position.col.saturating_sub(1)).map_or(rest.len(), |(at, _)| at)
}
