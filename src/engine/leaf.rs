use std::borrow::Cow;

use crate::story::Template;

use super::pages::{Block, BlockKind};
use super::render::Reader;
use super::said::{Made, Said};

/// A seat's page as it is written; turned, it is written over in the room of its old words.
#[derive(Debug, Clone, Default)]
pub(super) struct Leaf<'s> {
    blocks: Vec<(BlockKind, Said<'s>)>,
    made: Made,
}

impl<'s> Leaf<'s> {
    #[inline]
    pub fn blocks(&self) -> impl ExactSizeIterator<Item = Block<'_>> + DoubleEndedIterator + Clone {
        self.blocks.iter().map(|&(kind, said)| Block { kind, text: self.made.read(said) })
    }

    /// An empty page in the place of this one.
    pub fn turn(&mut self) {
        self.blocks.clear();
        self.made.clear();
    }

    /// One more block, with the words of a template as its seat reads them; none where those are blank.
    pub fn read(&mut self, kind: BlockKind, reader: Reader<'s, '_>, template: Template) {
        let said = self.made.words(reader, template);
        self.push(kind, said);
    }

    /// One more block with these words; none where they are blank.
    pub fn write(&mut self, kind: BlockKind, words: Cow<'s, str>) {
        let said = self.made.keep(words);
        self.push(kind, said);
    }

    // Handed on in its parts, as a processor waits for what is written in parts and read whole.
    #[inline(always)]
    fn push(&mut self, kind: BlockKind, said: Said<'s>) {
        if !self.made.read(said).chars().all(char::is_whitespace) {
            self.blocks.push((kind, said));
        }
    }

    /// Says that nobody decided, in the place of the last choice where `whole`, else before everything.
    pub fn silent(&mut self, whole: bool, words: &'s str) {
        let block = (BlockKind::Silence, Said::Written(words));
        // The choice was made by nobody, so no words of it stand as chosen.
        match self.blocks.iter().rposition(|(kind, _)| *kind == BlockKind::Chosen).filter(|_| whole) {
            Some(chosen) => self.blocks[chosen] = block,
            None => self.blocks.insert(0, block),
        }
    }
}
