//! Templates into words. The marks of prose (`*`, `~`, `> `, `[^…]`) stay in; the text room reads them.

use std::fmt::Write as _;
use std::ops::Range;

use crate::story::{Domain, Manner, MessageId, Node, SeatId, Sheet, Span, Story, Template, VarId};

use super::luck::draw;
use super::state::State;

/// Who reads, and where a night stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'s, 'n> {
    pub story: &'s Story,
    pub state: &'n State,
    /// The night's luck.
    pub seed: u64,
    pub seat: SeatId,
}

/// What is heard within what is heard is followed this deep; a message whose reading quotes itself ends there.
const DEEPEST: u8 = 4;
/// So many messages are quoted within one passage, those within others counted; a story that quotes more than that
/// would have its reader wait.
const MOST_QUOTES: u16 = 200;

/// What a passage has quoted so far.
#[derive(Default)]
struct Quotes {
    /// How many messages.
    made: u16,
    /// Within how many others it is.
    depth: u8,
}

/// A text has no two spaces in a row; where it meets another they become one.
#[inline(always)]
fn append(text: &str, out: &mut String) {
    let meets = text.starts_with(' ') && out.ends_with(' ');
    out.push_str(if meets { text.trim_start_matches(' ') } else { text });
}

impl Reader<'_, '_> {
    /// Appends the words of `template` to `out`. Where a branch has nothing to say, the spaces around it become one; so
    /// do the last of `out` and the first of these.
    pub fn read(&self, template: Template, out: &mut String) {
        self.whole(template, &mut Quotes::default(), out);
    }

    #[inline]
    fn whole(&self, template: Template, quotes: &mut Quotes, out: &mut String) {
        match template {
            Template::Literal(text) => append(self.story.prose.stretch(text), out),
            Template::Forms(nodes) => self.forms(nodes, quotes, out),
        }
    }

    fn forms(&self, nodes: Span<Node>, quotes: &mut Quotes, out: &mut String) {
        let prose = &self.story.prose;
        let mut at = nodes.from();
        let nodes = &prose.nodes()[..nodes.to()];
        while let Some(node) = nodes.get(at) {
            at += 1;
            match node {
                Node::Text(from, to) => append(prose.text(*from, *to), out),
                Node::Value(var) => self.value(*var, out),
                Node::If { when, otherwise } => {
                    if !when.holds(&self.state.values) {
                        at = *otherwise as usize;
                    }
                }
                Node::First { again } => {
                    if self.was_here() {
                        at = *again as usize;
                    }
                }
                Node::OneOf { draw, end } => at = self.lot(*draw, at..*end as usize),
                Node::Skip(to) => at = *to as usize,
                quoted => self.quote(quoted, quotes, out),
            }
        }
    }

    /// Whether the scene has been entered before, and the reader was there.
    fn was_here(&self) -> bool {
        let Reader { story, state, seat, .. } = *self;
        let there = story.scene(state.scene).seat == Some(seat) || story.texts(state.scene)[seat.index()].is_some();
        there && state.visits(state.scene) > 1
    }

    /// What is quoted from elsewhere; kept apart from what nearly every passage is made of.
    #[cold]
    fn quote(&self, node: &Node, quotes: &mut Quotes, out: &mut String) {
        match node {
            Node::Heard(message) => self.heard(*message, quotes, out),
            Node::Meant(message) => {
                if let Some(message) = message.or_else(|| self.under_way()) {
                    self.deeper(self.story.messages[message.index()].gist, quotes, out);
                }
            }
            Node::Sheet(sheet) => self.sheet(&self.story.sheets[sheet.index()], out),
            Node::Clock => self.clock(out),
            _ => {}
        }
    }

    /// Where the words begin that the lot falls on, of the [`Node::Option`]s among these nodes.
    #[cold]
    fn lot(&self, number: u16, nodes: Range<usize>) -> usize {
        let Reader { story, state, seed, .. } = *self;
        let place = &story.scene(state.scene).id;
        let visit = state.visits(state.scene);
        let options = || {
            let mut at = nodes.start;
            std::iter::from_fn(move || match story.prose.nodes().get(at) {
                Some(Node::Option { next }) if at < nodes.end => {
                    let first = at + 1;
                    at = *next as usize;
                    Some(first)
                }
                _ => None,
            })
        };
        let bound = u32::try_from(options().count()).unwrap_or(u32::MAX);
        let drawn = draw(seed, place, visit, &format!("one of {number}"), bound);
        options().nth(drawn as usize).unwrap_or(nodes.end)
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

    fn heard(&self, message: Option<MessageId>, quotes: &mut Quotes, out: &mut String) {
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
            Some(Some(reading)) => self.deeper(reading.text, quotes, out),
            // Set right by an effect, to a treatment it has no words for: as it was meant.
            _ => self.deeper(message.gist, quotes, out),
        }
    }

    fn deeper(&self, template: Template, quotes: &mut Quotes, out: &mut String) {
        if quotes.depth < DEEPEST && quotes.made < MOST_QUOTES {
            quotes.made += 1;
            quotes.depth += 1;
            self.whole(template, quotes, out);
            quotes.depth -= 1;
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
