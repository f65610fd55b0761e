//! Prose with its inline forms, parsed and typed when the story loads.
//!
//! `{trust}` a value · `{if trust >= 3: … | else if trust = 2: … | …}` · `{first: … | again: …}` · `{one of: … | … | …}` · `{heard}`,
//! `{heard(id)}`, `{meant}`, `{meant(id)}` what arrived and what was meant · `{card}` a sheet · `{clock}`.
//! `{{` and `}}` are braces.

mod settle;

use super::diagnostic::{Code, nearest};
use super::expr::{Condition, ExprFault, Scope, condition};
use super::model::{MessageId, SheetId, VarId};
use settle::{shared_indent, trim};

/// Prose ready to be filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Template {
    pub pieces: Vec<Piece>,
}

/// A part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    Text(Box<str>),
    Value(VarId),
    If(Box<Branch>),
    /// By how often the reading seat has been here: the first time, and again.
    First(Box<[Template; 2]>),
    /// By lot; `draw` tells the lots of one passage apart.
    OneOf {
        draw: u16,
        options: Vec<Template>,
    },
    /// What was heard: of this message, or of the one under way.
    Heard(Option<MessageId>),
    /// What was meant.
    Meant(Option<MessageId>),
    Sheet(SheetId),
    Clock,
}

/// Words for when a condition holds, and for when it does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    pub when: Condition,
    pub then: Template,
    pub otherwise: Template,
}

impl Template {
    /// Prose without inline forms.
    #[must_use]
    pub fn literal(text: &str) -> Self {
        Self { pieces: vec![Piece::Text(text.into())] }
    }

    /// About how many bytes its words take when they are read.
    #[must_use]
    pub fn room(&self) -> usize {
        let room = |piece: &Piece| match piece {
            Piece::Text(text) => text.len(),
            Piece::If(branch) => branch.then.room().max(branch.otherwise.room()),
            _ => 24,
        };
        self.pieces.iter().map(room).sum()
    }

    /// Its words without the forms, as a reminder of which text it is.
    #[must_use]
    pub fn outline(&self) -> String {
        let text = |piece: &Piece| if let Piece::Text(text) = piece { text.to_string() } else { "…".to_owned() };
        self.pieces.iter().map(text).collect()
    }

    /// All its words, those of every branch.
    #[must_use]
    pub fn words(&self) -> String {
        let mut out = String::new();
        self.each(&mut |piece| {
            if let Piece::Text(text) = piece {
                out.push_str(text);
            }
        });
        out
    }

    /// Calls `see` with every piece, however deep.
    pub fn each(&self, see: &mut impl FnMut(&Piece)) {
        for piece in &self.pieces {
            see(piece);
            match piece {
                Piece::If(branch) => {
                    branch.then.each(see);
                    branch.otherwise.each(see);
                }
                Piece::First(both) => both.iter().for_each(|words| words.each(see)),
                Piece::OneOf { options, .. } => options.iter().for_each(|option| option.each(see)),
                _ => {}
            }
        }
    }
}

/// Names that only prose can use.
pub(super) struct Inline<'x, 's> {
    pub messages: &'x dyn Fn(&str) -> Option<MessageId>,
    pub sheets: &'x dyn Fn(&str) -> Option<SheetId>,
    pub has_clock: bool,
    pub has_messages: bool,
    pub facts: &'x dyn Fn(&'s str) -> Option<ExprFault<'s>>,
}

/// Deepest nesting of inline forms.
const DEEPEST: usize = 8;
/// Most branches of one `{if …}`.
const MOST_ARMS: usize = 64;

/// Reads prose. Faults are collected; what could be read is returned all the same.
///
/// `text` is the source's own slice where it holds no escapes, so that faults point into it.
pub(super) fn template<'e>(
    text: &'e str,
    scope: &mut Scope<'_, '_>,
    inline: &Inline<'_, 'e>,
    faults: &mut Vec<ExprFault<'e>>,
) -> Template {
    let mut reading = Reading { scope, inline, faults, draws: 0, depth: 0 };
    reading.marks(text);
    let shared = shared_indent(text);
    let mut template = reading.prose(text);
    trim(&mut template, shared);
    template
}

struct Reading<'x, 'n, 's, 'i, 'e> {
    scope: &'x mut Scope<'n, 's>,
    inline: &'x Inline<'i, 'e>,
    faults: &'x mut Vec<ExprFault<'e>>,
    draws: u16,
    depth: usize,
}

impl<'e> Reading<'_, '_, '_, '_, 'e> {
    fn fault(&mut self, at: &'e str, message: impl Into<String>, help: &str) {
        // Forms can run over many lines; their head is enough to find them.
        let head = at.lines().next().unwrap_or(at);
        let at = crate::text::head(head, 24);
        self.faults.push(ExprFault::new(Code::BadMarkup, at, message).help(help));
    }

    /// Stars, tildes and citations over the whole text.
    fn marks(&mut self, text: &'e str) {
        for (mark, name) in [('*', "emphasis"), ('~', "a struck passage")] {
            if !text.contains(mark) {
                continue;
            }
            for paragraph in text.split("\n\n") {
                let mut open = None;
                let mut rest = paragraph.char_indices().peekable();
                while let Some((at, c)) = rest.next() {
                    if c != mark {
                        continue;
                    }
                    if rest.peek().is_some_and(|&(_, next)| next == mark) {
                        rest.next();
                    } else {
                        open = if open.is_some() { None } else { Some(at) };
                    }
                }
                if let Some(at) = open {
                    self.fault(
                        &paragraph[at..at + 1],
                        format!("`{mark}` opens {name} that is not closed in this paragraph"),
                        &format!("close it, or write `{mark}{mark}` for the sign itself"),
                    );
                }
            }
        }
        let mut from = if text.contains('[') { 0 } else { text.len() };
        while let Some(at) = text[from..].find("[^").map(|at| from + at) {
            let Some(length) = text[at..].find(']') else {
                self.fault(&text[at..at + 2], "`[^` opens a citation that is not closed", "write `[^fact-id]`");
                break;
            };
            let id = &text[at + 2..at + length];
            self.faults.extend((self.inline.facts)(id));
            from = at + length;
        }
    }

    fn prose(&mut self, text: &'e str) -> Template {
        let mut pieces = Vec::new();
        let mut literal = String::new();
        let mut at = 0;
        while let Some(found) = text[at..].find(['{', '}']).map(|found| at + found) {
            literal.push_str(&text[at..found]);
            let brace = &text[found..=found];
            if text[found + 1..].starts_with(brace) {
                literal.push_str(brace);
                at = found + 2;
                continue;
            }
            if brace == "}" {
                self.fault(brace, "`}` closes nothing", "write `}}` for the sign itself");
                at = found + 1;
                continue;
            }
            let Some(end) = closing(text, found) else {
                self.fault(brace, "`{` is not closed", "close it with `}`, or write `{{` for the sign itself");
                at = text.len();
                break;
            };
            push_text(&mut pieces, &mut literal);
            pieces.extend(self.form(&text[found + 1..end]));
            at = end + 1;
        }
        literal.push_str(&text[at..]);
        push_text(&mut pieces, &mut literal);
        Template { pieces }
    }

    fn form(&mut self, inside: &'e str) -> Option<Piece> {
        self.depth += 1;
        if self.depth > DEEPEST {
            self.fault(&inside[..0], format!("inline forms nested more than {DEEPEST} deep"), "make it simpler");
            return None;
        }
        let piece = self.form_inside(inside);
        self.depth -= 1;
        piece
    }

    fn form_inside(&mut self, inside: &'e str) -> Option<Piece> {
        let name = inside.trim();
        if let Some(rest) = inside.trim_start().strip_prefix("if ") {
            let parts = branches(rest);
            if parts.len() > MOST_ARMS {
                self.fault(
                    parts[MOST_ARMS],
                    format!("`{{if …}}` has more than {MOST_ARMS} branches"),
                    "make it simpler",
                );
                return None;
            }
            return self.arms(parts[0], &parts[1..]);
        }
        if let Some(rest) = name.strip_prefix("first:") {
            let parts = branches(rest);
            let again = parts.get(1).map_or("", |part| part.trim());
            let again_text = again.strip_prefix("again:").unwrap_or(again);
            if parts.len() != 2 || !again.starts_with("again:") {
                self.fault(name, "`{first: …}` needs `| again: …`", "write `{first: … | again: …}`");
            }
            let first = self.prose_trimmed(parts[0]);
            let again = self.prose_trimmed(again_text);
            return Some(Piece::First(Box::new([first, again])));
        }
        if let Some(rest) = name.strip_prefix("one of:") {
            let draw = self.draws;
            self.draws += 1;
            let options = branches(rest).into_iter().map(|part| self.prose_trimmed(part)).collect();
            return Some(Piece::OneOf { draw, options });
        }
        self.value(name)
    }

    /// `condition: words`, then what follows it: other arms (`else if condition: words`), or the words for the rest.
    fn arms(&mut self, first: &'e str, rest: &[&'e str]) -> Option<Piece> {
        let Some((test, body)) = split_colon(first) else {
            self.fault(first.trim(), "`{if …}` needs a colon after its condition", "write `{if trust >= 2: … | …}`");
            return None;
        };
        let when = match condition(test.trim(), self.scope) {
            Ok(when) => when,
            Err(fault) => {
                self.faults.push(fault);
                Condition::Always
            }
        };
        let then = self.prose_trimmed(body);
        let otherwise = match rest {
            [] => Template::default(),
            [next, rest @ ..] => match next.trim_start().strip_prefix("else if ") {
                Some(next) => Template { pieces: self.arms(next, rest).into_iter().collect() },
                None => {
                    if let Some(more) = rest.first() {
                        let help = "begin each branch but the first and the last with `else if …:`";
                        self.fault(more, "a branch without a condition must be the last", help);
                    }
                    self.prose_trimmed(next)
                }
            },
        };
        Some(Piece::If(Box::new(Branch { when, then, otherwise })))
    }

    fn value(&mut self, name: &'e str) -> Option<Piece> {
        let call = name.strip_suffix(')').and_then(|rest| rest.split_once('('));
        let (function, argument) = call.map_or((name, None), |(f, a)| (f.trim(), Some(a.trim())));
        if matches!(function, "heard" | "meant") {
            let message = match argument {
                Some(argument) => {
                    let found = (self.inline.messages)(argument);
                    if found.is_none() {
                        self.faults.push(ExprFault::new(
                            Code::UnknownMessage,
                            argument,
                            format!("there is no message `{argument}`"),
                        ));
                        return None;
                    }
                    found
                }
                None if !self.inline.has_messages => {
                    self.fault(name, "this story declares no messages", "declare them under `messages`");
                    return None;
                }
                None => None,
            };
            return Some(if function == "heard" { Piece::Heard(message) } else { Piece::Meant(message) });
        }
        if argument.is_some() {
            self.fault(
                name,
                format!("`{function}(…)` has no words"),
                "in prose there are `heard(message)` and `meant(message)`",
            );
            return None;
        }
        if let Some(sheet) = (self.inline.sheets)(name) {
            return Some(Piece::Sheet(sheet));
        }
        if name == "clock" && self.inline.has_clock {
            return Some(Piece::Clock);
        }
        let plain = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
        if !plain {
            let form = ["if ", "first:", "one of:"];
            let help = match nearest(name.split([' ', ':']).next().unwrap_or(""), ["if", "first", "one"]) {
                Some(_) => "the forms are `{if …: … | …}`, `{first: … | again: …}`, `{one of: … | …}`".to_owned(),
                None => format!("inside braces stands a variable, or one of the forms `{}`", form.join("`, `")),
            };
            self.fault(name, "this is not an inline form", &help);
            return None;
        }
        match self.scope.variable(name) {
            Ok(var) => Some(Piece::Value(var)),
            Err(fault) => {
                self.faults.push(fault);
                None
            }
        }
    }

    fn prose_trimmed(&mut self, text: &'e str) -> Template {
        // One space on each side belongs to the form, not to the words.
        let text = text.strip_prefix(' ').unwrap_or(text);
        let text = text.strip_suffix(' ').unwrap_or(text);
        self.prose(text)
    }
}

fn push_text(pieces: &mut Vec<Piece>, literal: &mut String) {
    if !literal.is_empty() {
        pieces.push(Piece::Text(crate::text::clean(literal).into_owned().into()));
        literal.clear();
    }
}

/// The brace that closes the one at `open`.
fn closing(text: &str, open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text[open..].char_indices() {
        match c {
            '{' => depth += 1,
            '}' => {
                depth -= 1;
                if depth == 0 {
                    return Some(open + at);
                }
            }
            _ => {}
        }
    }
    None
}

/// Splits at `|`, not inside nested braces.
fn branches(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let (mut depth, mut start) = (0_i32, 0);
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            '|' if depth == 0 => {
                out.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    out.push(&text[start..]);
    out
}

/// Splits at the first colon outside nested braces.
fn split_colon(text: &str) -> Option<(&str, &str)> {
    let at = text.find(':')?;
    Some((&text[..at], &text[at + 1..]))
}
