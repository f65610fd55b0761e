//! Why a text is not RON, in a writer's words.
//!
//! `ron` names the place where it could not go on, which for a forgotten quote or bracket is often a line too late.
//! This walks over the text with a small lexer and looks for the slips that people make; if it finds none, what `ron`
//! missed is said.

mod brackets;
mod foreign;
mod items;
mod names;
mod prose;
mod quotes;
mod signs;
mod stray;
mod whole;

use std::ops::Range;

use super::diagnostic::Code;
use super::lexer::{Token, TokenKind as Kind, block_comment, lex};

pub(super) use foreign::conflicts;
pub(super) use prose::{Meant, habit_of_prose};

/// A slip, with the bytes it is at.
pub(super) struct Hint {
    pub code: Code,
    pub start: usize,
    pub end: usize,
    pub message: String,
    pub help: Option<String>,
    pub also: Option<(usize, usize, String)>,
    /// What sets it right, where that is sure.
    pub mends: Vec<Mend>,
    /// The mends take away something that was meant to be read.
    pub loses: bool,
}

/// These bytes of a text are to be this instead.
pub(super) struct Mend {
    pub range: Range<usize>,
    pub by: &'static str,
}

impl Hint {
    fn new(code: Code, start: usize, end: usize, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            code,
            start,
            end,
            message: message.into(),
            help: Some(help.into()),
            also: None,
            mends: Vec::new(),
            loses: false,
        }
    }

    fn at(code: Code, token: Token, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::new(code, token.start, token.end, message, help)
    }

    fn mend(mut self, range: Range<usize>, by: &'static str) -> Self {
        self.mends.push(Mend { range, by });
        self
    }

    fn mends(mut self, mends: Vec<Mend>) -> Self {
        self.mends = mends;
        self
    }

    fn also(mut self, token: Token, label: impl Into<String>) -> Self {
        self.also = Some((token.start, token.end, label.into()));
        self
    }
}

/// A text that could not be read to its end.
struct BrokenText<'t> {
    text: &'t str,
    /// Without comments.
    tokens: Vec<Token>,
    /// Where a string begins that is never closed; the tokens end before it.
    unclosed: Option<usize>,
    /// Where `ron` could not go on.
    stopped: usize,
    /// Where the token begins at which it could not.
    met: usize,
    /// The end of that token's line; what begins later is not why it could not go on.
    last: usize,
}

impl<'t> BrokenText<'t> {
    fn words(&self, token: Token) -> &'t str {
        &self.text[token.start..token.end]
    }

    fn kind(&self, at: usize) -> Option<Kind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    /// Whether a token is the first of its line.
    fn leads(&self, token: Token) -> bool {
        let before = &self.text[..token.start];
        before[before.rfind('\n').map_or(0, |at| at + 1)..].trim().is_empty()
    }

    /// From a byte to the end of its line.
    fn line_from(&self, at: usize) -> &'t str {
        self.text[at..].lines().next().unwrap_or("")
    }

    /// The name of the field or entry that a bracket opens.
    fn owner(&self, open: usize) -> Option<Token> {
        let colon = open.checked_sub(1)?;
        let name = self.tokens[colon.checked_sub(1)?];
        (self.kind(colon) == Some(Kind::Colon) && name.kind.is_value()).then_some(name)
    }

    /// The bracket that the token at this index stands in.
    fn within(&self, at: usize) -> Option<u8> {
        let mut open = Vec::new();
        for token in &self.tokens[..at] {
            match token.kind {
                Kind::Open(kind) => open.push(kind),
                Kind::Close(_) => drop(open.pop()),
                _ => {}
            }
        }
        open.pop()
    }

    /// The bracket that closes the one at this index.
    fn closer(&self, open: usize) -> Option<usize> {
        let mut depth = 0_usize;
        for (at, token) in self.tokens.iter().enumerate().skip(open) {
            match token.kind {
                Kind::Open(_) => depth += 1,
                Kind::Close(_) if depth == 1 => return Some(at),
                Kind::Close(_) => depth -= 1,
                _ => {}
            }
        }
        None
    }
}

/// The most likely reason why `ron` stopped at these bytes.
pub(super) fn hint(text: &str, stop: &Range<usize>) -> Option<Hint> {
    if text.starts_with('\u{feff}') {
        let message = "the file begins with an invisible byte-order mark";
        let help = "save it as “UTF-8”, not as “UTF-8 with BOM”";
        return Some(Hint::new(Code::ByteOrderMark, 0, 3, message, help).mend(0..3, ""));
    }
    let (mut tokens, unclosed) = lex(text);
    if let Some(comment) = tokens.last().filter(|token| is_unclosed_comment(text, token)) {
        let help = "close it with `*/`, or write `//` for a comment of one line";
        let (start, end) = (comment.start, comment.start + 2);
        return Some(Hint::new(Code::NotRon, start, end, "this comment is never closed", help));
    }
    tokens.retain(|token| !matches!(token.kind, Kind::Comment | Kind::Attribute));
    let met = tokens.iter().find(|token| token.end > stop.end).map_or(text.len(), |token| token.start);
    let last = text[met..].find('\n').map_or(text.len(), |length| met + length);
    let broken = BrokenText { text, tokens, unclosed, stopped: stop.start, met, last };
    let why = |hint: &Hint| hint.start <= broken.last;
    foreign::habit(&broken)
        .or_else(|| outside(&broken))
        .or_else(|| whole::with_condition(&broken))
        .or_else(|| whole::half_quoted(&broken))
        .or_else(|| signs::odd(&broken))
        .or_else(|| signs::full_stop(&broken))
        .or_else(|| names::in_words(&broken))
        .or_else(|| quotes::never_opened(&broken).filter(why))
        .or_else(|| quotes::never_closed(&broken).filter(why))
        .or_else(|| brackets::unpaired(text, &broken.tokens).filter(why))
        .or_else(|| items::side_by_side(&broken))
        .or_else(|| quotes::bad_escape(&broken))
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
fn outside(broken: &BrokenText<'_>) -> Option<Hint> {
    let BrokenText { text, tokens, .. } = broken;
    let Some(first) = tokens.first() else {
        let help = "write `(scenes: { … })`; `hallway new` begins a story";
        return text.trim().is_empty().then(|| Hint::new(Code::NotRon, 0, 0, "there is nothing in this file", help));
    };
    // A field's name: its brackets are what is missing; anything else is something else.
    if !matches!(first.kind, Kind::Open(_) | Kind::Odd) {
        let begins = |token: &&Token| token.kind == Kind::Open(b'(') && broken.leads(**token);
        let words = broken.words(*first).starts_with(|c: char| c.is_alphanumeric() || matches!(c, '"' | '\''));
        if words && broken.kind(1) != Some(Kind::Colon) && tokens.iter().skip(1).any(|token| begins(&token)) {
            let help = "delete it, or begin its line with `//`, so that nobody reads it";
            return Some(Hint::at(Code::NotRon, *first, "this stands before the `(` that begins the story", help));
        }
        let help = match (broken.kind(1) == Some(Kind::Colon), first.kind) {
            (true, Kind::String) => {
                let (_, holder) = stray::kind_of_entry(broken, 0);
                format!("put `({holder}: {{` before `{}`, and `}})` at the end of the file", broken.words(*first))
            }
            (true, _) => format!("put a `(` before `{}`, and a `)` at the end of the file", broken.words(*first)),
            (false, _) => {
                "write `(title: \"…\", scenes: { … })`; `hallway new \"Title\"` begins a story. Keep notes in a \
                           file whose name does not end in `.ron`"
                    .to_owned()
            }
        };
        return Some(Hint::at(Code::NotRon, *first, "a story must begin with `(`", help));
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
    // The end of an entry, or of another language's line.
    let last = tokens.get(end + 1).filter(|mark| matches!(broken.words(**mark), "," | ";"));
    let last = last.filter(|_| tokens.len() == end + 2 && brackets::balanced(&tokens[..=end]));
    if let Some(&mark) = last {
        let help = format!("delete this `{}`", broken.words(mark));
        let hint = Hint::at(Code::NotRon, mark, "the story has ended before this", help);
        return Some(hint.mend(mark.start..mark.end, ""));
    }
    // A bracket that is one too many has a message of its own.
    let comma = broken.kind(end + 1) == Some(Kind::Comma) && brackets::balanced(tokens);
    let after = end + 1 + usize::from(comma);
    let after = *tokens.get(after).filter(|token| token.kind.is_value() || matches!(token.kind, Kind::Open(_)))?;
    let bracket = broken.words(tokens[end]);
    let help = stray::behind_the_story(broken, after.start).unwrap_or_else(|| {
        format!("move the `{bracket}` that ends the story below it; if it is a note, begin its line with `//`")
    });
    let hint = Hint::at(Code::Misplaced, after, "the story has ended before this", help);
    let mut hint = hint.also(tokens[end], "it ends here").mend(tokens[end].end..text.len(), "");
    hint.loses = true;
    Some(hint)
}

/// The names of the fields from this token on, up to the bracket that ends them.
fn fields<'t>(text: &'t str, tokens: &[Token], from: usize) -> Vec<&'t str> {
    let mut out = Vec::new();
    let mut depth = 0_usize;
    for pair in tokens[from..].windows(2) {
        match pair[0].kind {
            Kind::Open(_) => depth += 1,
            Kind::Close(_) if depth == 0 => break,
            Kind::Close(_) => depth -= 1,
            Kind::Word if depth == 0 && pair[1].kind == Kind::Colon => {
                out.push(&text[pair[0].start..pair[0].end]);
            }
            _ => {}
        }
    }
    out
}
