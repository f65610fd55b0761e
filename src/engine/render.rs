//! Templates into words. The marks of prose (`*`, `~`, `> `, `[^…]`) stay in; the text room reads them.

use std::fmt::Write as _;

use crate::story::{
    Clock, Domain, Manner, Message, MessageId, Reading, SeatId, Sheet, Story, Template, TemplateNode, VarId,
};
use crate::text::Joiner;

use super::random::draw;
use super::state::State;

/// A seat that reads, and the state in which it does.
#[derive(Debug, Clone, Copy)]
pub(super) struct ProseReader<'s, 'n> {
    pub story: &'s Story,
    pub state: &'n State,
    /// The session's seed.
    pub seed: u64,
    pub seat: SeatId,
}

/// How deep messages that quote messages are followed; one that quotes itself stops there.
const DEEPEST: u8 = 4;
/// The greatest number of messages quoted in one passage, nested ones included; more would make the reader wait.
const MOST_QUOTES: u16 = 200;

/// A passage longer than this many bytes ends at the next form: by quoting, a story can grow far beyond its length.
const LONGEST: usize = 1_000_000;

/// What a passage has quoted so far.
#[derive(Default)]
struct Quotes {
    /// It was cut short.
    cut: bool,
    /// How many messages.
    made: u16,
    /// How many others it is nested in.
    depth: u8,
}

impl ProseReader<'_, '_> {
    /// Appends the words of `template` to `out`, the forms filled in and all of it under the rule of white space.
    pub fn read(&self, template: Template, out: &mut String) {
        self.whole(template, &mut Quotes::default(), &mut Joiner::new(out));
    }

    fn whole(&self, template: Template, quotes: &mut Quotes, out: &mut Joiner<'_>) {
        match template {
            Template::Literal(text) => out.words(self.story.prose.stretch(text)),
            Template::Forms(nodes) => self.nodes(nodes.ends(), quotes, out),
        }
    }

    /// From this node to before that one: all of a text, or a branch.
    fn nodes(&self, (from, to): (u32, u32), quotes: &mut Quotes, out: &mut Joiner<'_>) {
        let prose = &self.story.prose;
        let mut at = from;
        while at < to {
            let node = prose.node(at);
            at += 1;
            if let TemplateNode::Text(from, to) = node {
                out.within_line(prose.text(*from, *to));
                continue;
            }
            if out.size() > LONGEST {
                if !std::mem::replace(&mut quotes.cut, true) {
                    out.words(" …");
                }
                return;
            }
            let form = out.begin();
            match node {
                TemplateNode::Value(var) => self.value(*var, out),
                TemplateNode::If { when, otherwise } => {
                    let branches = [(at, otherwise - 1), (*otherwise, prose.end_of(*otherwise))];
                    at = branches[1].1;
                    self.nodes(branches[usize::from(!when.holds(&self.state.values))], quotes, out);
                }
                TemplateNode::First { again } => {
                    let branches = [(at, again - 1), (*again, prose.end_of(*again))];
                    at = branches[1].1;
                    self.nodes(branches[usize::from(self.was_here())], quotes, out);
                }
                TemplateNode::OneOf { draw, end } => {
                    let option = self.lot(*draw, at, *end);
                    at = *end;
                    self.nodes(option, quotes, out);
                }
                TemplateNode::LineEnd => {
                    out.end_line();
                    continue;
                }
                quoted => self.quote(quoted, quotes, out),
            }
            out.end(form);
        }
    }

    /// What is quoted from elsewhere; kept apart from what nearly every passage is made of.
    #[cold]
    fn quote(&self, node: &TemplateNode, quotes: &mut Quotes, out: &mut Joiner<'_>) {
        match node {
            TemplateNode::Heard(message) => self.heard(*message, quotes, out),
            TemplateNode::Meant(message) => {
                if let Some(message) = message.or_else(|| self.state.in_transit(self.story)) {
                    self.deeper(self.story.messages[message.index()].gist, quotes, out);
                }
            }
            TemplateNode::Answer(message) => {
                let answer = self.reading(*message).and_then(|(_, reading)| reading?.answer(self.seat));
                answer.into_iter().for_each(|answer| self.deeper(answer, quotes, out));
            }
            TemplateNode::Sheet(sheet) => self.sheet(&self.story.sheets[sheet.index()], out),
            TemplateNode::Clock => self.clock(out),
            _ => {}
        }
    }

    /// Whether the scene has been entered before, and the reader was there.
    fn was_here(&self) -> bool {
        let ProseReader { story, state, seat, .. } = *self;
        let there = story.scene(state.scene).seat == Some(seat) || story.texts(state.scene)[seat.index()].is_some();
        there && state.visits(state.scene) > 1
    }

    /// The option that the lot falls on, of those between these nodes.
    #[cold]
    fn lot(&self, number: u16, from: u32, to: u32) -> (u32, u32) {
        let ProseReader { story, state, seed, .. } = *self;
        let options = || {
            let mut at = from;
            std::iter::from_fn(move || {
                let inside = at + 1;
                at = match story.prose.node((at < to).then_some(at)?) {
                    TemplateNode::Option { next } => *next,
                    _ => return None,
                };
                Some((inside, at - 1))
            })
        };
        let bound = u32::try_from(options().count()).unwrap_or(u32::MAX);
        let place = &story.scene(state.scene).id;
        let drawn = draw(seed, place, state.visits(state.scene), &format!("one of {number}"), bound);
        options().nth(drawn as usize).unwrap_or((to, to))
    }

    fn clock(&self, out: &mut Joiner<'_>) {
        if let Some(clock) = &self.story.clock {
            let minutes = i32::from(clock.starts) + i32::from(self.state.value(clock.var));
            let _ = write!(out, "{}", Clock::format(Some(clock), minutes));
        }
    }

    /// A message that has arrived, and its reading; none where it was set right, by an effect, to a treatment that it
    /// has no words for.
    fn reading(&self, message: Option<MessageId>) -> Option<(&Message, Option<&Reading>)> {
        let (message, reading) = self.state.heard(self.story, message)?;
        let message = &self.story.messages[message.index()];
        Some((message, message.heard.get(reading).and_then(Option::as_ref)))
    }

    fn heard(&self, message: Option<MessageId>, quotes: &mut Quotes, out: &mut Joiner<'_>) {
        if let Some((message, reading)) = self.reading(message) {
            // Without words for it: as it was meant.
            self.deeper(reading.map_or(message.gist, |reading| reading.text), quotes, out);
        }
    }

    fn deeper(&self, template: Template, quotes: &mut Quotes, out: &mut Joiner<'_>) {
        if quotes.depth < DEEPEST && quotes.made < MOST_QUOTES {
            quotes.made += 1;
            quotes.depth += 1;
            let begun = out.begin();
            out.begin_quoted();
            self.whole(template, quotes, out);
            out.end_quoted(begun);
            quotes.depth -= 1;
        }
    }

    fn value(&self, var: VarId, out: &mut Joiner<'_>) {
        let value = self.state.value(var);
        let declared = &self.story.vars[var.index()];
        let (min, _) = declared.domain.bounds();
        if let Some(word) = usize::try_from(value - min).ok().and_then(|at| declared.words.get(at)) {
            out.words(word);
            return;
        }
        if let Some(in_transit) = self.story.in_transit {
            let lists: [(VarId, &[Manner]); 4] = [
                (in_transit.carrier, &self.story.carriers),
                (in_transit.licence, &self.story.licences),
                (in_transit.treatment, &self.story.treatments),
                (in_transit.handling, &self.story.handlings),
            ];
            for (parcel_var, list) in lists {
                if parcel_var == var {
                    if let Some(manner) = usize::try_from(value - 1).ok().and_then(|at| list.get(at)) {
                        out.words(&manner.name);
                    }
                    return;
                }
            }
        }
        match &declared.domain {
            Domain::Counter(..) => match usize::try_from(value) {
                // Nearly every number in prose has one digit.
                Ok(digit @ 0..=9) => out.words(&"0123456789"[digit..=digit]),
                _ => {
                    let _ = write!(out, "{value}");
                }
            },
            Domain::States(states) => {
                if let Some(state) = usize::try_from(value).ok().and_then(|at| states.get(at)) {
                    for (at, part) in state.split('_').enumerate() {
                        out.words(if at > 0 { " " } else { "" });
                        out.words(part);
                    }
                }
            }
            Domain::Flag => out.words(if value == 0 { "no" } else { "yes" }),
        }
    }

    /// A written line for each of its own.
    fn sheet(&self, sheet: &Sheet, out: &mut Joiner<'_>) {
        for line in &sheet.lines {
            let mark = if self.state.value(line.var) != 0 { "~" } else { "" };
            out.own_line();
            ["> ", mark, &line.text, mark].iter().for_each(|part| out.words(part));
        }
        out.own_line();
    }
}
