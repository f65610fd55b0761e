//! Prose with its inline forms, parsed and typed when the story loads.
//!
//! `{trust}` a value · `{if trust >= 3: … | else if trust = 2: … | …}` · `{first: … | again: …}` · `{one of: … | … | …}` · `{heard}`,
//! `{heard(id)}`, `{meant}`, `{meant(id)}` what arrived and what was meant · `{card}` a sheet · `{clock}`.
//! `{{` and `}}` are braces.

mod parse;
mod settle;

pub(super) use parse::{Inline, template};

use super::expr::Condition;
use super::model::{MessageId, SheetId, VarId};

/// Prose ready to be filled in. All its words lie in one text, and its parts in one list that is read from its
/// beginning, on and never back: a form is followed by what is inside it, and each of its branches by a
/// skip to where the form ends.
///
/// Invariant: ranges are of this text and on its characters' bounds; places are of this list and further on in it; a
/// branch ends within the form around it. Where there are no forms at all, the text is the words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Template {
    text: Box<str>,
    nodes: Box<[Node]>,
}

/// A part of a template. Places are nodes of the template, counted from its beginning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Node {
    /// From this byte of the text to that.
    Text(u32, u32),
    Value(VarId),
    /// The words for when it holds follow; those for when it does not begin at `otherwise`.
    If {
        when: Condition,
        otherwise: u32,
    },
    /// The words for the first time follow; those for when the seat has been here begin at `again`.
    First {
        again: u32,
    },
    /// What follows are its [`Node::Option`]s; `draw` tells the lots of one passage apart.
    OneOf {
        draw: u16,
        end: u32,
    },
    /// Its words follow; what comes after it begins at `next`.
    Option {
        next: u32,
    },
    /// The end of a branch: on to here, where its form ends.
    Skip(u32),
    Heard(Option<MessageId>),
    Meant(Option<MessageId>),
    Sheet(SheetId),
    Clock,
}

/// Some of a template's words: all of them, or those of a branch.
#[derive(Debug, Clone, Copy)]
pub struct Words<'t> {
    template: &'t Template,
    from: u32,
    to: u32,
}

/// A part of them.
#[derive(Debug, Clone, Copy)]
pub enum Piece<'t> {
    Text(&'t str),
    Value(VarId),
    If {
        when: &'t Condition,
        then: Words<'t>,
        otherwise: Words<'t>,
    },
    /// By how often the reading seat has been here: the first time, and again.
    First([Words<'t>; 2]),
    /// By lot.
    OneOf {
        options: Options<'t>,
    },
    /// What was heard: of this message, or of the one under way.
    Heard(Option<MessageId>),
    /// What was meant.
    Meant(Option<MessageId>),
    Sheet(SheetId),
    Clock,
}

impl Template {
    /// Prose without inline forms.
    #[must_use]
    pub fn literal(text: &str) -> Self {
        Self { text: text.into(), nodes: Box::default() }
    }

    /// Its words where it has no inline forms.
    #[must_use]
    pub fn as_literal(&self) -> Option<&str> {
        self.nodes.is_empty().then_some(&*self.text)
    }

    /// About how many bytes its words take when they are read: never less than its own words, those of all branches
    /// counted.
    #[must_use]
    pub fn room(&self) -> usize {
        self.text.len() + if self.nodes.is_empty() { 0 } else { 24 }
    }

    pub(crate) fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// Where the form ends whose first branch ends before this node.
    fn end_of(&self, second: u32) -> u32 {
        match self.nodes[second as usize - 1] {
            Node::Skip(end) => end,
            _ => second,
        }
    }

    /// A part of its text, as a [`Node::Text`] names it.
    pub(crate) fn text(&self, from: u32, to: u32) -> &str {
        &self.text[from as usize..to as usize]
    }

    /// All of it.
    #[must_use]
    pub fn whole(&self) -> Words<'_> {
        Words { template: self, from: 0, to: index(self.nodes.len()) }
    }

    /// Its words without the forms, as a reminder of which text it is.
    #[must_use]
    pub fn outline(&self) -> String {
        self.whole().map(|piece| if let Piece::Text(text) = piece { text } else { "…" }).collect()
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
    pub fn each<'t>(&'t self, see: &mut impl FnMut(Piece<'t>)) {
        self.whole().each(see);
    }
}

impl<'t> Words<'t> {
    /// Calls `see` with every piece, however deep.
    pub fn each(self, see: &mut impl FnMut(Piece<'t>)) {
        for piece in self {
            see(piece);
            match piece {
                Piece::If { then, otherwise, .. } => {
                    then.each(see);
                    otherwise.each(see);
                }
                Piece::First(both) => both.into_iter().for_each(|words| words.each(see)),
                Piece::OneOf { options } => options.for_each(|option| option.each(see)),
                _ => {}
            }
        }
    }

    /// True where a reader would see nothing of them.
    #[must_use]
    pub fn is_blank(mut self) -> bool {
        self.all(|piece| matches!(piece, Piece::Text(text) if text.trim().is_empty()))
    }
}

impl<'t> Iterator for Words<'t> {
    type Item = Piece<'t>;

    fn next(&mut self) -> Option<Piece<'t>> {
        let Self { template, from, to } = *self;
        if from >= to {
            // A template without forms is its text. It ends where it begins, at 0, until it has been read.
            let unread = template.nodes.is_empty() && from == 0 && !template.text.is_empty();
            self.from = 1;
            return unread.then_some(Piece::Text(&template.text));
        }
        let words = |from, to| Words { template, from, to };
        let inside = from + 1;
        self.from = inside;
        Some(match &template.nodes[from as usize] {
            Node::Text(start, end) => Piece::Text(template.text(*start, *end)),
            Node::Value(var) => Piece::Value(*var),
            Node::If { when, otherwise } => {
                self.from = template.end_of(*otherwise);
                Piece::If { when, then: words(inside, otherwise - 1), otherwise: words(*otherwise, self.from) }
            }
            Node::First { again } => {
                self.from = template.end_of(*again);
                Piece::First([words(inside, again - 1), words(*again, self.from)])
            }
            Node::OneOf { end, .. } => {
                self.from = *end;
                Piece::OneOf { options: Options(words(inside, *end)) }
            }
            // Only inside a lot, where `Options` takes them, and behind a branch.
            Node::Option { .. } | Node::Skip(_) => Piece::Text(""),
            Node::Heard(message) => Piece::Heard(*message),
            Node::Meant(message) => Piece::Meant(*message),
            Node::Sheet(sheet) => Piece::Sheet(*sheet),
            Node::Clock => Piece::Clock,
        })
    }
}

/// What a lot can fall on.
#[derive(Debug, Clone, Copy)]
pub struct Options<'t>(Words<'t>);

impl<'t> Iterator for Options<'t> {
    type Item = Words<'t>;

    fn next(&mut self) -> Option<Words<'t>> {
        let Words { template, from, to } = self.0;
        match template.nodes.get(from as usize) {
            Some(Node::Option { next }) if from < to => {
                self.0.from = *next;
                Some(Words { template, from: from + 1, to: next - 1 })
            }
            _ => None,
        }
    }
}

/// A place in a template. A scene file is far smaller than what this can count.
fn index(at: usize) -> u32 {
    u32::try_from(at).expect("a template is shorter than the largest scene file")
}
