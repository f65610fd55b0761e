//! Rendered words: borrowed from the story where it has no forms, else kept in a buffer that is used again.

use std::borrow::Cow;

use crate::story::Template;

use super::render::ProseReader;

/// Rendered words, by where they are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextRef<'s> {
    /// Borrowed from the story.
    Literal(&'s str),
    /// The bytes of the buffer from the first to the second.
    Rendered(u32, u32),
}

/// The rendered words that could not be borrowed, one after the other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct TextBuf(String);

impl TextBuf {
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Its length in bytes.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Renders a template.
    #[inline]
    pub fn words<'s>(&mut self, reader: ProseReader<'s, '_>, template: Template) -> TextRef<'s> {
        match reader.story.prose.as_literal(template) {
            Some(words) => TextRef::Literal(words),
            None => self.fill(reader, template),
        }
    }

    fn fill<'s>(&mut self, reader: ProseReader<'_, '_>, template: Template) -> TextRef<'s> {
        let from = self.0.len();
        reader.read(template, &mut self.0);
        self.since(from)
    }

    /// Keeps these words.
    pub fn keep<'s>(&mut self, words: Cow<'s, str>) -> TextRef<'s> {
        match words {
            Cow::Borrowed(words) => TextRef::Literal(words),
            Cow::Owned(words) => {
                let from = self.0.len();
                self.0.push_str(&words);
                self.since(from)
            }
        }
    }

    fn since<'s>(&self, from: usize) -> TextRef<'s> {
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        TextRef::Rendered(place(from), place(self.0.len()))
    }

    /// The words themselves.
    #[inline]
    pub fn read<'a>(&'a self, said: TextRef<'a>) -> &'a str {
        match said {
            TextRef::Literal(words) => words,
            TextRef::Rendered(from, to) => &self.0[from as usize..to as usize],
        }
    }
}
