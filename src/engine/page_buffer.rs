use std::borrow::Cow;

use crate::story::Template;

use super::pages::{Block, BlockKind};
use super::render::ProseReader;
use super::text_buf::{TextBuf, TextRef};

/// Most bytes of words that a page takes for one input: a book. A story that goes on by itself for longer would fill
/// the memory with words that nobody reads.
const LONGEST: usize = 1_000_000;

/// Most bytes of words that it holds in all.
const MOST: usize = 16 * LONGEST;

/// Shown in place of the words that a page has no room for.
const LEFT_OUT: &str = "So much happens here that the rest of it is left out.";

/// A seat's page while it is being written. The next page is written into the memory of the last.
#[derive(Debug, Clone, Default)]
pub(super) struct PageBuffer<'s> {
    blocks: Vec<(BlockKind, TextRef<'s>)>,
    rendered: TextBuf,
    /// Bytes of words: now, and when the last input came.
    size: usize,
    begun: usize,
}

impl<'s> PageBuffer<'s> {
    #[inline]
    pub fn blocks(&self) -> impl ExactSizeIterator<Item = Block<'_>> + DoubleEndedIterator + Clone {
        self.blocks.iter().map(|&(kind, text)| Block { kind, text: self.rendered.read(text) })
    }

    /// Empties the page for the next one.
    pub fn turn(&mut self) {
        self.blocks.clear();
        self.rendered.clear();
        (self.size, self.begun) = (0, 0);
    }

    /// Notes that an input has come.
    pub fn begin(&mut self) {
        self.begun = self.size;
    }

    fn is_full(&self) -> bool {
        self.size - self.begun > LONGEST || self.size > MOST
    }

    /// Adds a block with a template's words as the seat reads them, unless they are blank.
    pub fn read(&mut self, kind: BlockKind, reader: ProseReader<'s, '_>, template: Template) {
        if !self.is_full() {
            let text = self.rendered.words(reader, template);
            self.push(kind, text);
        }
    }

    /// Adds a block with these words, unless they are blank.
    pub fn write(&mut self, kind: BlockKind, words: Cow<'s, str>) {
        if !self.is_full() {
            let text = self.rendered.keep(words);
            self.push(kind, text);
        }
    }

    // Inlined because passing a `TextRef` on whole is slower; see `cargo bench`.
    #[inline(always)]
    fn push(&mut self, kind: BlockKind, text: TextRef<'s>) {
        let words = self.rendered.read(text);
        if !words.chars().all(char::is_whitespace) {
            self.size += words.len();
            self.blocks.push((kind, text));
            if self.is_full() {
                self.blocks.push((BlockKind::Notice, TextRef::Literal(LEFT_OUT)));
            }
        }
    }

    /// Says that nobody decided: in place of the last choice if the page is `whole`, else at its beginning.
    pub fn silent(&mut self, whole: bool, words: &'s str) {
        let block = (BlockKind::Silence, TextRef::Literal(words));
        // Nobody made the choice, so its words must not be shown as chosen.
        match self.blocks.iter().rposition(|(kind, _)| *kind == BlockKind::Chosen).filter(|_| whole) {
            Some(chosen) => self.blocks[chosen] = block,
            None => self.blocks.insert(0, block),
        }
    }
}
