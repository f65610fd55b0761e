//! Templates into words. The marks of prose (`*`, `~`, `> `, `[^…]`) stay in; the text room reads them.

use std::cell::Cell;
use std::fmt::Write as _;
use std::ops::Range;

use crate::story::{Domain, Manner, MessageId, Node, SceneId, SeatId, Sheet, Story, Template, VarId};

use super::luck::draw;
use super::state::State;

/// Who reads, where, and with what luck.
#[derive(Debug, Clone, Copy)]
pub struct Reader {
    pub seat: SeatId,
    pub scene: SceneId,
    pub seed: u64,
}

/// What is heard within what is heard is followed this deep; a message whose reading quotes itself ends there.
const DEEPEST: u8 = 4;
/// So many messages are quoted within one passage, those within others counted; a story that quotes more than that
/// would have its reader wait.
const MOST_QUOTES: u16 = 200;

/// Appends the words of `template` to `out`. Where a branch has nothing to say, the spaces around it become one.
pub fn render(story: &Story, state: &State, template: &Template, reader: Reader, out: &mut String) {
    let quotes = Cell::new(MOST_QUOTES);
    Rendering { story, state, reader, begun: out.len(), depth: 0, quotes: &quotes }.whole(template, out);
}

struct Rendering<'s, 'n> {
    story: &'s Story,
    state: &'n State,
    reader: Reader,
    /// Where in the words these begin.
    begun: usize,
    depth: u8,
    /// How many messages may still be quoted.
    quotes: &'n Cell<u16>,
}

impl Rendering<'_, '_> {
    fn whole(&self, template: &Template, out: &mut String) {
        match template.as_literal() {
            Some(text) => self.text(text, out),
            None => self.words(template, 0..template.nodes().len(), out),
        }
    }

    /// A literal has no two spaces in a row; where it meets another they become one.
    fn text(&self, text: &str, out: &mut String) {
        let meets = out.len() > self.begun && out.ends_with(' ');
        out.push_str(if meets { text.trim_start_matches(' ') } else { text });
    }

    /// The words of these nodes of a template: all of them, or those of a branch.
    fn words(&self, template: &Template, nodes: Range<usize>, out: &mut String) {
        let mut at = nodes.start;
        while at < nodes.end {
            let node = &template.nodes()[at];
            at += 1;
            match node {
                Node::Text(from, to) => self.text(template.text(*from, *to), out),
                Node::Value(var) => self.value(*var, out),
                Node::If { when, then, end } => {
                    let (then, end) = (*then as usize, *end as usize);
                    self.words(template, if when.holds(&self.state.values) { at..then } else { then..end }, out);
                    at = end;
                }
                Node::First { first, end } => {
                    let (first, end) = (*first as usize, *end as usize);
                    let seen = self.state.seen(self.story, self.reader.scene, self.reader.seat) > 0;
                    self.words(template, if seen { first..end } else { at..first }, out);
                    at = end;
                }
                Node::OneOf { draw, end } => {
                    let end = *end as usize;
                    self.one_of(*draw, template, at..end, out);
                    at = end;
                }
                // Only inside a lot, which takes them.
                Node::Option { end } => at = *end as usize,
                Node::Heard(message) => self.heard(*message, out),
                Node::Meant(message) => {
                    if let Some(message) = message.or_else(|| self.under_way()) {
                        self.deeper(&self.story.messages[message.index()].gist, out);
                    }
                }
                Node::Sheet(sheet) => self.sheet(&self.story.sheets[sheet.index()], out),
                Node::Clock => self.clock(out),
            }
        }
    }

    /// The words that the lot falls on, of the [`Node::Option`]s among these nodes.
    fn one_of(&self, number: u16, template: &Template, nodes: Range<usize>, out: &mut String) {
        let place = &self.story.scene(self.reader.scene).id;
        let visit = self.state.visits(self.reader.scene);
        let options = || {
            let mut at = nodes.start;
            std::iter::from_fn(move || match template.nodes().get(at) {
                Some(Node::Option { end }) if at < nodes.end => {
                    let inside = at + 1..*end as usize;
                    at = inside.end;
                    Some(inside)
                }
                _ => None,
            })
        };
        let bound = u32::try_from(options().count()).unwrap_or(u32::MAX);
        let drawn = draw(self.reader.seed, place, visit, &format!("one of {number}"), bound);
        if let Some(option) = options().nth(drawn as usize) {
            self.words(template, option, out);
        }
    }

    fn clock(&self, out: &mut String) {
        if let Some(clock) = &self.story.clock {
            let minutes = i32::from(clock.starts) + i32::from(self.state.value(clock.var));
            let hour = (minutes / 60 + 11) % 12 + 1;
            let _ = write!(out, "{hour}.{:02}", minutes % 60);
        }
    }

    fn under_way(&self) -> Option<MessageId> {
        let parcel = self.story.parcel?;
        let at = usize::try_from(self.state.value(parcel.message)).ok()?.checked_sub(1)?;
        Some(MessageId::new(at))
    }

    fn heard(&self, message: Option<MessageId>, out: &mut String) {
        // Of the message under way, what its treatment made of it; of a named one, what it counts as by now.
        let (message, heard) = match message {
            Some(id) => (id, self.state.value(self.story.messages[id.index()].heard_var)),
            None => {
                let (Some(id), Some(parcel)) = (self.under_way(), self.story.parcel) else { return };
                let heard = if self.story.treatments.is_empty() { 1 } else { self.state.value(parcel.treatment) };
                (id, heard)
            }
        };
        let message = &self.story.messages[message.index()];
        let Some(reading) = usize::try_from(heard).ok().and_then(|value| value.checked_sub(1)) else { return };
        match message.heard.get(reading) {
            Some(Some(reading)) => self.deeper(&reading.text, out),
            // Set right by an effect, to a treatment it has no words for: as it was meant.
            _ => self.deeper(&message.gist, out),
        }
    }

    fn deeper(&self, template: &Template, out: &mut String) {
        if let (true, Some(left)) = (self.depth < DEEPEST, self.quotes.get().checked_sub(1)) {
            self.quotes.set(left);
            Self { depth: self.depth + 1, ..*self }.whole(template, out);
        }
    }

    fn value(&self, var: VarId, out: &mut String) {
        let value = self.state.value(var);
        let declared = &self.story.vars[var.index()];
        let (min, _) = declared.domain.bounds();
        if let Some(word) = usize::try_from(value - min).ok().and_then(|at| declared.words.get(at)) {
            out.push_str(word);
            return;
        }
        if let Some(parcel) = self.story.parcel {
            let lists: [(VarId, &[Manner]); 4] = [
                (parcel.carrier, &self.story.carriers),
                (parcel.licence, &self.story.licences),
                (parcel.treatment, &self.story.treatments),
                (parcel.handling, &self.story.handlings),
            ];
            for (parcel_var, list) in lists {
                if parcel_var == var {
                    if let Some(manner) = usize::try_from(value - 1).ok().and_then(|at| list.get(at)) {
                        out.push_str(&manner.name);
                    }
                    return;
                }
            }
        }
        match &declared.domain {
            Domain::Counter(..) => match u8::try_from(value) {
                // Nearly every number in prose has one digit.
                Ok(digit @ 0..=9) => out.push(char::from(b'0' + digit)),
                _ => {
                    let _ = write!(out, "{value}");
                }
            },
            Domain::States(states) => {
                if let Some(state) = usize::try_from(value).ok().and_then(|at| states.get(at)) {
                    out.extend(state.chars().map(|c| if c == '_' { ' ' } else { c }));
                }
            }
            Domain::Flag => out.push_str(if value == 0 { "no" } else { "yes" }),
        }
    }

    fn sheet(&self, sheet: &Sheet, out: &mut String) {
        for line in &sheet.lines {
            let struck = self.state.value(line.var) != 0;
            let mark = if struck { "~" } else { "" };
            let _ = write!(out, "\n> {mark}{}{mark}", line.text);
        }
        out.push('\n');
    }
}
