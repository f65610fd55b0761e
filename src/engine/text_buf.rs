//! Words as they are put to somebody: the story's own where they can stay as they stand, or made and kept.

use std::borrow::Cow;

use crate::story::Template;

use super::render::ProseReader;

/// Words, and where they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextRef<'s> {
    /// The story's own.
    Literal(&'s str),
    /// From this byte to that of what was made.
    Rendered(u32, u32),
}

/// Words that are not the story's own as they stand, one after the other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct TextBuf(String);

impl TextBuf {
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Bytes of all that was made.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The words of a template, as they are read here.
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

    /// These words.
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

    /// What was said.
    #[inline]
    pub fn read<'a>(&'a self, said: TextRef<'a>) -> &'a str {
        match said {
            TextRef::Literal(words) => words,
            TextRef::Rendered(from, to) => &self.0[from as usize..to as usize],
        }
    }
}
