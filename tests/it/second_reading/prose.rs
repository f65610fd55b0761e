//! Prose: forms are filled in, then white space is settled, then marks are read.
//!
//! Luck decides `{one of}`, so a text has as many readings as its lots can fall.

use serde::Deserialize;
use serde::de::{Deserializer, Error};

use super::expr::{Condition, condition};

/// What stands where a form had nothing to say.
pub const NOTHING: char = '\u{e000}';

const CLOSING: &str = ",.;:!?…)]”’»";

#[derive(Debug, Default)]
pub struct Prose(pub Vec<Piece>);

#[derive(Debug)]
pub enum Piece {
    Text(String),
    /// `{trust}`, `{card}`, `{clock}`, `{heard}`, `{meant(late)}`.
    Named(String),
    If(Vec<(Condition, Prose)>, Prose),
    FirstAgain(Prose, Prose),
    OneOf(Vec<Prose>),
}

/// What a reader sees of a paragraph: whether it is something written, and its words with their style.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Paragraph {
    pub written: bool,
    pub runs: Vec<Run>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Run {
    pub text: String,
    pub emphasis: bool,
    pub struck: bool,
}

/// Who knows what the forms ask about.
pub trait Reader {
    fn holds(&self, condition: &Condition) -> bool;
    fn first(&self) -> bool;
    /// The readings of a named form; empty words where it has nothing to say.
    fn named(&self, name: &str) -> Vec<String>;
}

impl Prose {
    /// Everything that this can say, filled in and not yet settled.
    pub fn filled(&self, reader: &dyn Reader) -> Vec<String> {
        let mut out = vec![String::new()];
        for piece in &self.0 {
            let said = match piece {
                Piece::Text(text) => vec![text.clone()],
                Piece::Named(name) if ["heard", "meant", "answer"].iter().any(|quotes| name.starts_with(quotes)) => {
                    form(reader.named(name).iter().map(|text| quoted(text)).collect())
                }
                Piece::Named(name) => form(reader.named(name)),
                Piece::If(branches, otherwise) => {
                    let open = branches.iter().find(|(when, _)| reader.holds(when));
                    form(open.map_or(otherwise, |(_, words)| words).filled(reader))
                }
                Piece::FirstAgain(first, again) => form(if reader.first() { first } else { again }.filled(reader)),
                Piece::OneOf(branches) => form(branches.iter().flat_map(|words| words.filled(reader)).collect()),
            };
            out = out.iter().flat_map(|before| said.iter().map(move |said| format!("{before}{said}"))).collect();
        }
        out
    }

    /// Everything that a reader can see of this.
    pub fn read(&self, reader: &dyn Reader) -> Vec<Vec<Paragraph>> {
        self.filled(reader).iter().map(|text| settled(text)).collect()
    }
}

/// What a form leaves: its words, or the trace of their absence.
fn form(readings: Vec<String>) -> Vec<String> {
    let empty = |text: &String| text.chars().all(|c| c.is_whitespace() || c == NOTHING);
    readings.into_iter().map(|text| if empty(&text) { NOTHING.to_string() } else { text }).collect()
}

/// What is quoted: a written line at its head is one wherever it stands, and nothing goes on in one at its end.
fn quoted(text: &str) -> String {
    let written = |line: &str| line.trim_start_matches(|c: char| c == NOTHING || c.is_whitespace()).starts_with("> ");
    let end = |is: bool| if is { "\n" } else { "" };
    format!("{}{text}{}", end(written(text)), end(text.lines().last().is_some_and(written)))
}

/// Paragraphs from a text whose forms are filled in.
pub fn settled(text: &str) -> Vec<Paragraph> {
    let mut paragraphs: Vec<(bool, String)> = Vec::new();
    let mut parted = true;
    for line in text.split('\n') {
        let line = line.trim();
        let visible = line.trim_matches(|c: char| c == NOTHING || c.is_whitespace());
        if visible.is_empty() {
            parted |= !line.contains(NOTHING);
        } else if let Some(words) = visible.strip_prefix("> ") {
            paragraphs.push((true, words.to_owned()));
            parted = true;
        } else if parted {
            paragraphs.push((false, line.to_owned()));
            parted = false;
        } else if let Some((_, before)) = paragraphs.last_mut() {
            before.push(' ');
            before.push_str(line);
        }
    }
    let styled = |(written, text): (bool, String)| Paragraph { written, runs: runs(&spaced(&text)) };
    paragraphs.into_iter().map(styled).filter(|paragraph| !paragraph.runs.is_empty()).collect()
}

/// Blanks in a row are one, none stands at either end, and what said nothing takes the blank before a closing mark
/// with it.
fn spaced(text: &str) -> String {
    let mut out = String::new();
    let mut parts = text.split(NOTHING).rev();
    let mut after = parts.next().unwrap_or_default().to_owned();
    for before in parts {
        let closed = after.starts_with(|c| CLOSING.contains(c));
        after = format!("{}{after}", if closed { before.trim_end() } else { before });
    }
    for word in after.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// The marks of a paragraph: `*emphasis*`, `~struck~`, doubled for the signs themselves, and `[^citations]`, which a
/// reader does not see.
fn runs(text: &str) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    let (mut emphasis, mut struck) = (false, false);
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let mut said = &rest[..letter.len_utf8()];
        let mut used = said.len();
        match letter {
            '*' | '~' if rest[1..].starts_with(letter) => used = 2,
            '*' => (emphasis, said) = (!emphasis, ""),
            '~' => (struck, said) = (!struck, ""),
            '[' if rest.starts_with("[^") => {
                used = rest.find(']').map_or(rest.len(), |close| close + 1);
                said = "";
            }
            _ => {}
        }
        match out.last_mut() {
            _ if said.is_empty() => {}
            Some(last) if (last.emphasis, last.struck) == (emphasis, struck) => last.text.push_str(said),
            _ => out.push(Run { text: said.to_owned(), emphasis, struck }),
        }
        rest = &rest[used..];
    }
    out
}

impl<'de> Deserialize<'de> for Prose {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        parse(&text).map_err(|why| D::Error::custom(format!("{text}: {why}")))
    }
}

fn parse(text: &str) -> Result<Prose, String> {
    let mut pieces = Vec::new();
    let mut said = String::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        if rest.starts_with("{{") || rest.starts_with("}}") {
            said.push(letter);
            rest = &rest[2..];
        } else if letter == '{' {
            let inside = inside(rest).ok_or("a form is not closed")?;
            rest = &rest[inside.len() + 2..];
            if inside.trim() == "|" {
                said.push('|');
                continue;
            }
            pieces.push(Piece::Text(std::mem::take(&mut said)));
            pieces.push(piece(inside)?);
        } else {
            said.push(letter);
            rest = &rest[letter.len_utf8()..];
        }
    }
    pieces.push(Piece::Text(said));
    Ok(Prose(pieces))
}

/// What stands between a brace and the one that closes it.
fn inside(text: &str) -> Option<&str> {
    let mut depth = 0;
    for (at, letter) in text.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(&text[1..at]);
        }
    }
    None
}

fn piece(inside: &str) -> Result<Piece, String> {
    let branches = branches(inside);
    let words = |text: &str| parse(branch(text));
    let after = |text: &str, head: &str| text.trim_start().strip_prefix(head).map(str::to_owned);
    if let Some(first) = after(branches[0], "first:") {
        let again = branches.get(1).copied().unwrap_or_default();
        let again = after(again, "again:").unwrap_or_else(|| again.to_owned());
        return Ok(Piece::FirstAgain(words(&first)?, words(&again)?));
    }
    if let Some(first) = after(branches[0], "one of:") {
        let all = std::iter::once(first.as_str()).chain(branches[1..].iter().copied());
        return Ok(Piece::OneOf(all.map(words).collect::<Result<_, _>>()?));
    }
    if after(branches[0], "if ").is_none() {
        return Ok(Piece::Named(inside.trim().to_owned()));
    }
    let mut conditions = Vec::new();
    let mut otherwise = Prose::default();
    for (at, text) in branches.iter().enumerate() {
        match after(text, if at == 0 { "if " } else { "else if " }) {
            Some(rest) => {
                let (when, text) = rest.split_once(':').ok_or("a condition has no colon")?;
                conditions.push((condition(when)?, words(text)?));
            }
            None => otherwise = words(text)?,
        }
    }
    Ok(Piece::If(conditions, otherwise))
}

/// The parts between the strokes of this form, not of those inside it.
fn branches(inside: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let (mut depth, mut from) = (0, 0);
    for (at, letter) in inside.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            '|' if depth == 0 => {
                out.push(&inside[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    out.push(&inside[from..]);
    out
}

/// The words of a branch: one blank, or one line's end with the indentation around it, belongs to the form on each side.
fn branch(text: &str) -> &str {
    let start = text.trim_start_matches(' ');
    let text = match start.strip_prefix('\n') {
        Some(next) => next.trim_start_matches(' '),
        None => text.strip_prefix(' ').unwrap_or(text),
    };
    let end = text.trim_end_matches(' ');
    match end.strip_suffix('\n') {
        Some(before) => before.trim_end_matches(' '),
        None => text.strip_suffix(' ').unwrap_or(text),
    }
}
