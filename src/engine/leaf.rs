use super::pages::{Block, BlockKind};

/// So many blocks of a page that has been turned are kept to be written over.
const KEPT: usize = 8;

/// A seat's page as it is written: turned, it is written over from the top, in the room of its old words.
///
/// Invariant: the first `written` blocks are the page; what lies behind them is room.
#[derive(Debug, Clone, Default)]
pub(super) struct Leaf {
    blocks: Vec<Block>,
    written: usize,
}

impl Leaf {
    #[inline]
    pub fn blocks(&self) -> &[Block] {
        &self.blocks[..self.written]
    }

    /// An empty page in the place of this one.
    pub fn turn(&mut self) {
        self.written = 0;
        self.blocks.truncate(KEPT);
    }

    /// One more block, whose words `write` puts into the empty text it is handed; none where those are blank.
    pub fn write(&mut self, kind: BlockKind, write: impl FnOnce(&mut String)) {
        if self.written == self.blocks.len() {
            self.blocks.push(Block { kind, text: String::new() });
        }
        let block = &mut self.blocks[self.written];
        block.kind = kind;
        block.text.clear();
        write(&mut block.text);
        if !block.text.chars().all(char::is_whitespace) {
            self.written += 1;
        }
    }

    /// Puts a block in the place of the one with this index, or before all of them.
    pub fn put(&mut self, at: Option<usize>, block: Block) {
        match at {
            Some(at) => self.blocks[at] = block,
            None => {
                self.blocks.insert(0, block);
                self.written += 1;
            }
        }
    }
}
