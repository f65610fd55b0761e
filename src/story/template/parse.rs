//! A text with its forms, read into the prose of its story.

mod slipped;
mod value;

use std::borrow::Cow;

use crate::story::diagnostic::Code;
use crate::story::expr::{Condition, ExprFault, Scope, condition, name_length};
use crate::story::model::{MessageId, SheetId};
use crate::story::store::Span;

use super::slips;
use super::{Prose, Template, TemplateNode, index};

/// Names that only prose can use.
pub(in crate::story) struct Inline<'x, 's> {
    pub messages: &'x dyn Fn(&str) -> Option<MessageId>,
    pub sheets: &'x dyn Fn(&str) -> Option<SheetId>,
    pub has_clock: bool,
    pub has_messages: bool,
    /// What is read is a message itself, or its answer: there nothing is answered.
    pub of_message: bool,
    pub facts: &'x dyn Fn(&'s str) -> Option<ExprFault<'s>>,
}

/// Deepest nesting of inline forms.
const DEEPEST: usize = 8;
/// Most branches of one `{if …}`.
const MOST_ARMS: usize = 64;

/// Reads a text into the prose. Faults are collected; what could be read is returned all the same.
///
/// `text` is the source's own slice where it holds no escapes, so that faults point into it.
pub(in crate::story) fn template<'e>(
    text: &'e str,
    scope: &mut Scope<'_, '_>,
    inline: &Inline<'_, 'e>,
    faults: &mut Vec<ExprFault<'e>>,
    prose: &mut Prose,
) -> Template {
    let (begins, first) = (prose.text.len(), prose.nodes.len());
    let mut reading = TemplateParser { scope, inline, faults, draws: 0, depth: 0, last_if: None, prose };
    reading.marks(text);
    if !crate::text::has_any(text, *b"{}") {
        return prose.literal(text);
    }
    reading.prose(text);
    prose.read_since(begins, first)
}

struct TemplateParser<'x, 'n, 's, 'i, 'e> {
    scope: &'x mut Scope<'n, 's>,
    inline: &'x Inline<'i, 'e>,
    faults: &'x mut Vec<ExprFault<'e>>,
    draws: u16,
    depth: usize,
    /// The condition of the last `{if …}`.
    last_if: Option<&'e str>,
    prose: &'x mut Prose,
}

impl<'e> TemplateParser<'_, '_, '_, '_, 'e> {
    fn fault(&mut self, at: &'e str, message: impl Into<String>, help: &str) {
        // Forms can run over many lines; their head is enough to find them.
        let head = at.lines().next().unwrap_or(at);
        let at = crate::text::head(head, 24);
        self.faults.push(ExprFault::new(Code::BadMarkup, at, message).help(help));
    }

    /// Stars, tildes and citations over the whole text.
    fn marks(&mut self, text: &'e str) {
        if !crate::text::has_any(text, [b'*', b'~', b'[']) {
            return;
        }
        for (mark, name) in [('*', "emphasis"), ('~', "a struck passage")] {
            if !text.contains(mark) {
                continue;
            }
            for paragraph in crate::text::stretches(text) {
                let mut open = None;
                let mut rest = paragraph.char_indices().peekable();
                while let Some((at, c)) = rest.next() {
                    // `{~a | b}` is told as a form of another tool.
                    if c != mark || (c == '~' && paragraph[..at].ends_with('{')) {
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
        let mut from = 0;
        while let Some(at) = text[from..].find("[^").map(|at| from + at) {
            let closed = text[at..].find(']').filter(|length| !text[at + 2..at + length].contains("[^"));
            let Some(length) = closed else {
                let id = &text[at + 2..at + 2 + name_length(&text[at + 2..])];
                let help = if id.is_empty() { "write `[^fact]`".to_owned() } else { format!("write `[^{id}]`") };
                self.fault(&text[at..at + 2 + id.len()], "`[^` opens a citation that is not closed", &help);
                from = at + 2;
                continue;
            };
            let id = &text[at + 2..at + length];
            self.faults.extend((self.inline.facts)(id));
            from = at + length;
        }
    }

    /// Reads words and forms.
    fn prose(&mut self, text: &'e str) {
        let mut begun = self.prose.text.len();
        let mut at = 0;
        let brace = |byte: &u8| matches!(byte, b'{' | b'}');
        while let Some(found) = text.as_bytes()[at..].iter().position(brace).map(|found| at + found) {
            self.prose.text.push_str(&text[at..found]);
            let brace = &text[found..=found];
            if text[found + 1..].starts_with(brace) {
                self.prose.text.push_str(brace);
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
                // Forms further on are read all the same.
                at = found + 1;
                continue;
            };
            self.words_since(begun);
            self.form(&text[found + 1..end]);
            begun = self.prose.text.len();
            at = end + 1;
        }
        self.prose.text.push_str(&text[at..]);
        self.words_since(begun);
    }

    /// Ends the words that began at this byte of the text.
    fn words_since(&mut self, begun: usize) {
        if let Cow::Owned(squeezed) = crate::text::squeezed(&self.prose.text[begun..]) {
            self.prose.text.truncate(begun);
            self.prose.text.push_str(&squeezed);
        }
        let mut from = begun;
        while let Some(length) = self.prose.text[from..].find('\n') {
            self.within_line(from, from + length);
            self.push(TemplateNode::LineEnd);
            from += length + 1;
        }
        self.within_line(from, self.prose.text.len());
    }

    fn within_line(&mut self, from: usize, to: usize) {
        if to > from {
            self.push(TemplateNode::Text(index(from), index(to)));
        }
    }

    fn push(&mut self, node: TemplateNode) -> usize {
        self.prose.nodes.push(node);
        self.prose.nodes.len() - 1
    }

    /// Where the next node will be.
    fn here(&self) -> u32 {
        index(self.prose.nodes.len())
    }

    /// Reads a form.
    fn form(&mut self, inside: &'e str) {
        if self.depth >= DEEPEST {
            self.fault(&inside[..0], format!("inline forms nested more than {DEEPEST} deep"), "make it simpler");
            return;
        }
        self.depth += 1;
        self.form_inside(inside);
        self.depth -= 1;
    }

    fn form_inside(&mut self, inside: &'e str) {
        let name = inside.trim();
        if name == "|" {
            // The sign itself, which would part branches.
            let from = self.prose.text.len();
            self.prose.text.push('|');
            return self.within_line(from, from + 1);
        }
        if let Some(rest) = after_word(inside, "if") {
            let parts = branches(rest);
            if parts.len() > MOST_ARMS {
                self.fault(
                    parts[MOST_ARMS],
                    format!("`{{if …}}` has more than {MOST_ARMS} branches"),
                    "make it simpler",
                );
                return;
            }
            self.says_something(name, parts.iter().map(|part| split_colon(part).map_or(*part, |(_, words)| words)));
            return self.arms(parts[0], &parts[1..]);
        }
        if let Some(rest) = name.strip_prefix("first:") {
            let parts = branches(rest);
            let again = parts.get(1).copied().unwrap_or_default();
            let words = again.trim_start().strip_prefix("again:");
            let again_text = words.unwrap_or(again);
            if parts.len() != 2 || words.is_none() {
                self.fault(name, "`{first: …}` needs `| again: …`", "write `{first: … | again: …}`");
            }
            self.says_something(name, [parts[0], again_text].into_iter());
            let node = self.push(TemplateNode::First { again: 0 });
            self.branch(parts[0]);
            let skip = self.push(TemplateNode::Skip(0));
            self.prose.nodes[node] = TemplateNode::First { again: self.here() };
            self.branch(again_text);
            self.prose.nodes[skip] = TemplateNode::Skip(self.here());
            return;
        }
        if let Some(rest) = name.strip_prefix("one of:") {
            let draw = self.draws;
            // A text with more lots than can be counted has some that fall alike.
            self.draws = self.draws.wrapping_add(1);
            let node = self.push(TemplateNode::OneOf { draw, end: 0 });
            let mut skips = Vec::new();
            let parts = branches(rest);
            if let [only] = parts.as_slice() {
                let help = slips::parted(only.trim());
                self.fault(name, "`{one of: …}` has one branch, and nothing to choose from", &help);
            } else {
                self.says_something(name, parts.iter().copied());
            }
            for part in parts {
                self.wrong_head(part, "write `{one of: … | … | …}`, the words alone in each branch");
                let option = self.push(TemplateNode::Option { next: 0 });
                self.branch(part);
                skips.push(self.push(TemplateNode::Skip(0)));
                self.prose.nodes[option] = TemplateNode::Option { next: self.here() };
            }
            let end = self.here();
            self.prose.nodes[node] = TemplateNode::OneOf { draw, end };
            skips.into_iter().for_each(|skip| self.prose.nodes[skip] = TemplateNode::Skip(end));
            return;
        }
        if let Some(node) = self.value(name) {
            self.push(node);
        }
    }

    /// `condition: words`, then what follows it: other arms (`else if condition: words`), or the words for the rest.
    fn arms(&mut self, first: &'e str, rest: &[&'e str]) {
        let Some((test, body)) = split_colon(first) else {
            let help = slips::with_colon(first.trim(), self.scope);
            self.fault(first.trim(), "`{if …}` needs a colon after its condition", &help);
            return;
        };
        let when = match condition(test.trim(), self.scope) {
            Ok(when) => when,
            Err(fault) => {
                let fault = match test.split_once('?') {
                    Some((when, _)) if condition(when.trim(), self.scope).is_ok() => {
                        fault.help(format!("write `{{if {}: … | …}}`", when.trim()))
                    }
                    _ => fault,
                };
                self.faults.push(fault);
                Condition::Always
            }
        };
        self.last_if = Some(test.trim());
        self.missing_braces(body);
        if rest.is_empty() {
            self.missing_bar(test.trim(), body);
        }
        let node = self.push(TemplateNode::If { when, otherwise: 0 });
        self.branch(body);
        let skip = self.push(TemplateNode::Skip(0));
        let here = self.here();
        if let TemplateNode::If { otherwise, .. } = &mut self.prose.nodes[node] {
            *otherwise = here;
        }
        if let [next, rest @ ..] = rest {
            match after_word(next, "else").and_then(|rest| after_word(rest, "if")) {
                Some(next) => {
                    self.arms(next, rest);
                }
                None => {
                    let told = self.wrong_head(next, "the words for the rest stand alone: `| …`")
                        || self.wrong_condition(next)
                        || self.wrong_rest(next, rest);
                    if let Some(more) = rest.first().filter(|_| !told) {
                        let help = "begin each branch but the first and the last with `else if …:`";
                        self.fault(more.trim(), "a branch without a condition must be the last", help);
                    }
                    self.branch(next);
                }
            }
        }
        self.prose.nodes[skip] = TemplateNode::Skip(self.here());
    }

    fn branch(&mut self, text: &'e str) {
        self.prose(crate::text::without_edges(text));
    }
}

impl Prose {
    /// The text that begins at this byte and with this node.
    fn read_since(&mut self, begins: usize, first: usize) -> Template {
        if self.nodes[first..].iter().all(|node| matches!(node, TemplateNode::Text(..) | TemplateNode::LineEnd)) {
            // Its only braces were signs.
            self.nodes.truncate(first);
            let words = self.text.split_off(begins);
            return self.literal(&words);
        }
        Template::Forms(Span::new(first, self.nodes.len()))
    }
}

/// The brace that closes the one at `open`.
fn closing(text: &str, open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate().skip(open) {
        match byte {
            b'{' => depth += 1,
            b'}' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
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
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            b'|' if depth == 0 => {
                out.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    out.push(&text[start..]);
    out
}

/// What follows this word at the beginning of a text, and the blank after it.
fn after_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    text.trim_start().strip_prefix(word).filter(|rest| rest.starts_with(char::is_whitespace))
}

/// Splits at the first colon outside nested braces.
fn split_colon(text: &str) -> Option<(&str, &str)> {
    let at = text.find(':')?;
    Some((&text[..at], &text[at + 1..]))
}
