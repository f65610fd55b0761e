//! Prose with its inline forms, parsed and typed when the story loads.
//!
//! - `{trust}`: the value of a variable
//! - `{if trust >= 3: … | else if trust = 2: … | …}`, `{first: … | again: …}`, `{one of: … | … | …}`: branches
//! - `{heard}`, `{heard(id)}`, `{meant}`, `{meant(id)}`: what arrived, and what was meant
//! - `{answer}`, `{answer(id)}`: what came of it
//! - `{card}`: a sheet
//! - `{clock}`: the time
//!
//! `{{` and `}}` are braces, and `{|}` is the bar that separates branches elsewhere.

mod parse;
mod slips;

pub(super) use parse::{Inline, template};

use serde::{Deserialize, Serialize};

use super::expr::Condition;
use super::ids::{MessageId, SheetId, VarId};
use super::store::Span;

/// All prose of a story, ready to be filled in: its words in one text, and its forms as parts in one list. A text's
/// parts are read from their beginning, on and never back: a form is followed by what is inside it, and each of
/// its branches by a skip to where the form ends.
///
/// Invariant: ranges are of this text and on its characters' bounds; places are of this list and further on in it; a
/// branch ends within the form around it. A text without forms is kept as it is read; of one with forms the words are
/// [`squeezed`](crate::text::squeezed), to be joined when the forms are filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prose {
    text: String,
    nodes: Vec<TemplateNode>,
}

/// One of the texts of a [`Prose`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Template {
    /// Without forms: a stretch of the text is the words.
    Literal(Span<u8>),
    /// With forms: its parts.
    Forms(Span<TemplateNode>),
}

/// A part of a text. Places are indices into the nodes of all prose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum TemplateNode {
    /// From this byte of the text to that, within a line.
    Text(u32, u32),
    LineEnd,
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
    /// What follows are its [`TemplateNode::Option`]s; `draw` tells the lots of one passage apart.
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
    Answer(Option<MessageId>),
    Sheet(SheetId),
    Clock,
}

/// Words of a text: all of them, or those of a branch.
#[derive(Debug, Clone, Copy)]
pub struct Words<'t> {
    prose: &'t Prose,
    /// Words without forms; empty where there are parts, and once it has been read.
    text: Span<u8>,
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
        options: Alternatives<'t>,
    },
    /// What was heard: of this message, or of the one under way.
    Heard(Option<MessageId>),
    /// What was meant.
    Meant(Option<MessageId>),
    /// What its reading brings about, for the seat that reads.
    Answer(Option<MessageId>),
    Sheet(SheetId),
    Clock,
}

impl Prose {
    /// Puts in a text without inline forms, under the rule of white space.
    pub fn literal(&mut self, text: &str) -> Template {
        let from = self.text.len();
        crate::text::join(text, &mut self.text);
        Template::Literal(Span::new(from, self.text.len()))
    }

    /// The words of a text, to be looked through.
    #[must_use]
    pub fn words(&self, template: Template) -> Words<'_> {
        let (text, nodes) = match template {
            Template::Literal(text) => (text, Span::default()),
            Template::Forms(nodes) => (Span::default(), nodes),
        };
        Words { prose: self, text, from: index(nodes.from()), to: index(nodes.to()) }
    }

    /// The words of a text that has no inline forms.
    #[inline]
    #[must_use]
    pub fn as_literal(&self, template: Template) -> Option<&str> {
        match template {
            Template::Literal(text) => Some(self.stretch(text)),
            Template::Forms(..) => None,
        }
    }

    #[inline]
    pub(crate) fn stretch(&self, text: Span<u8>) -> &str {
        &self.text[text.from()..text.to()]
    }

    /// The part with this index.
    #[inline]
    pub(crate) fn node(&self, at: u32) -> &TemplateNode {
        &self.nodes[at as usize]
    }

    /// Where the form ends whose second branch begins at this node.
    pub(crate) fn end_of(&self, second: u32) -> u32 {
        match self.nodes[second as usize - 1] {
            TemplateNode::Skip(end) => end,
            _ => second,
        }
    }

    /// A part of the text, as a [`TemplateNode::Text`] names it.
    #[inline]
    pub(crate) fn text(&self, from: u32, to: u32) -> &str {
        &self.text[from as usize..to as usize]
    }

    /// The conditions that prose asks.
    pub(super) fn conditions(&self) -> impl Iterator<Item = &Condition> {
        self.nodes.iter().filter_map(|node| if let TemplateNode::If { when, .. } = node { Some(when) } else { None })
    }

    /// Makes room for so many bytes of words.
    pub(super) fn reserve(&mut self, bytes: usize) {
        self.text.reserve_exact(bytes);
    }

    /// Lets go of room that was made for more.
    pub(super) fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.nodes.shrink_to_fit();
    }
}

impl Default for Template {
    fn default() -> Self {
        Self::Literal(Span::default())
    }
}

impl<'t> Words<'t> {
    /// The words without the forms, as a reminder of which text it is.
    #[must_use]
    pub fn outline(self) -> String {
        self.map(|piece| if let Piece::Text(text) = piece { text } else { "…" }).collect()
    }

    /// All the words, those of every branch.
    #[must_use]
    pub fn every_word(self) -> String {
        let mut out = String::new();
        self.each(&mut |piece| {
            if let Piece::Text(text) = piece {
                out.push_str(text);
            }
        });
        out
    }

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

    /// True if a reader would see nothing of them.
    #[must_use]
    pub fn is_blank(mut self) -> bool {
        self.all(|piece| matches!(piece, Piece::Text(text) if text.trim().is_empty()))
    }
}

impl<'t> Iterator for Words<'t> {
    type Item = Piece<'t>;

    fn next(&mut self) -> Option<Piece<'t>> {
        let Self { prose, text, from, to } = *self;
        if from >= to {
            self.text = Span::default();
            return (!text.is_empty()).then(|| Piece::Text(prose.stretch(text)));
        }
        let words = |from, to| Words { prose, text: Span::default(), from, to };
        let inside = from + 1;
        self.from = inside;
        Some(match &prose.nodes[from as usize] {
            TemplateNode::Text(start, end) => Piece::Text(prose.text(*start, *end)),
            TemplateNode::LineEnd => Piece::Text("\n"),
            TemplateNode::Value(var) => Piece::Value(*var),
            TemplateNode::If { when, otherwise } => {
                self.from = prose.end_of(*otherwise);
                Piece::If { when, then: words(inside, otherwise - 1), otherwise: words(*otherwise, self.from) }
            }
            TemplateNode::First { again } => {
                self.from = prose.end_of(*again);
                Piece::First([words(inside, again - 1), words(*again, self.from)])
            }
            TemplateNode::OneOf { end, .. } => {
                self.from = *end;
                Piece::OneOf { options: Alternatives(words(inside, *end)) }
            }
            // Only inside a lot, where `Alternatives` takes them, and behind a branch.
            TemplateNode::Option { .. } | TemplateNode::Skip(_) => Piece::Text(""),
            TemplateNode::Heard(message) => Piece::Heard(*message),
            TemplateNode::Meant(message) => Piece::Meant(*message),
            TemplateNode::Answer(message) => Piece::Answer(*message),
            TemplateNode::Sheet(sheet) => Piece::Sheet(*sheet),
            TemplateNode::Clock => Piece::Clock,
        })
    }
}

/// What a lot can fall on.
#[derive(Debug, Clone, Copy)]
pub struct Alternatives<'t>(Words<'t>);

impl<'t> Iterator for Alternatives<'t> {
    type Item = Words<'t>;

    fn next(&mut self) -> Option<Words<'t>> {
        let Words { prose, from, to, .. } = self.0;
        match prose.nodes.get(from as usize) {
            Some(TemplateNode::Option { next }) if from < to => {
                self.0.from = *next;
                Some(Words { from: from + 1, to: next - 1, ..self.0 })
            }
            _ => None,
        }
    }
}

/// A place in the prose.
fn index(at: usize) -> u32 {
    u32::try_from(at).expect("a story is far smaller than this can count")
}
