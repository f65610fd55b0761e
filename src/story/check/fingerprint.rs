//! What a story's codes and saves know it by.

use crate::story::read::{Id, Text};

/// FNV-1a over what decides. Stable across platforms and versions of this program.
pub(super) struct Fingerprint(u64);

impl Default for Fingerprint {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fingerprint {
    pub(super) fn value(&self) -> u64 {
        self.0
    }

    pub(super) fn feed(&mut self, part: &str) {
        // A separator that no part can hold, so that ("ab", "c") and ("a", "bc") differ.
        self.feed_bytes(part.bytes().chain([0xff]));
    }

    pub(super) fn feed_bytes(&mut self, bytes: impl Iterator<Item = u8>) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    pub(super) fn feed_id(&mut self, id: Option<Id<'_>>) {
        self.feed(id.map_or("", |id| id.0));
    }

    /// A text as it reads: how it is broken into lines decides nothing.
    pub(super) fn feed_text(&mut self, text: Option<&Text<'_>>) {
        let words = text.into_iter().flat_map(|text| text.value().split_ascii_whitespace());
        for (at, word) in words.enumerate() {
            self.feed_bytes(if at == 0 { "" } else { " " }.bytes().chain(word.bytes()));
        }
        self.feed("");
    }

    pub(super) fn feed_texts(&mut self, texts: Option<&Vec<Text<'_>>>) {
        for text in texts.into_iter().flatten() {
            self.feed_text(Some(text));
        }
        self.feed("");
    }
}
