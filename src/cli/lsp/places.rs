//! Places as editors count them: lines from 0, columns in UTF-16; files as addresses.

use std::ops::Range;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

/// Bytes between two places of which it is known how many units of UTF-16 stand before them.
const STRETCH: usize = 256;

/// The lines of a text, and its columns: looked up in a time that does not grow with the length of its lines.
pub(super) struct LineIndex<'t> {
    text: &'t str,
    /// Where each line begins.
    starts: Vec<usize>,
    /// How many units of UTF-16 stand before each stretch.
    units: Vec<usize>,
}

impl<'t> LineIndex<'t> {
    pub fn of(text: &'t str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let mut units = vec![0];
        for stretch in text.as_bytes().chunks(STRETCH) {
            let before = units.last().copied().unwrap_or(0);
            units.push(before + in_utf16(stretch));
        }
        Self { text, starts, units }
    }

    /// How many units of UTF-16 stand before a byte.
    fn units_before(&self, at: usize) -> usize {
        let stretch = at / STRETCH;
        self.units[stretch] + in_utf16(&self.text.as_bytes()[stretch * STRETCH..at])
    }

    fn position(&self, at: usize) -> Value {
        let at = at.min(self.text.len());
        let line = self.starts.partition_point(|start| *start <= at) - 1;
        json!({ "line": line, "character": self.units_before(at) - self.units_before(self.starts[line]) })
    }

    /// A stretch of the text.
    pub fn range(&self, span: Range<usize>) -> Value {
        json!({ "start": self.position(span.start), "end": self.position(span.end.max(span.start)) })
    }

    /// The byte of a place; a column beyond the end of its line is that end.
    pub fn byte_of(&self, position: &Value) -> Option<usize> {
        let line = usize::try_from(position["line"].as_u64()?).ok()?;
        let column = usize::try_from(position["character"].as_u64()?).ok()?;
        let start = *self.starts.get(line)?;
        let end = self.starts.get(line + 1).map_or(self.text.len(), |next| next - 1);
        let wanted = self.units_before(start).saturating_add(column);
        let stretch = self.units.partition_point(|before| *before <= wanted) - 1;
        let mut units = self.units[stretch];
        let mut at = (stretch * STRETCH).min(self.text.len());
        // A stretch may begin within a letter, whose units were counted with its first byte.
        while !self.text.is_char_boundary(at) {
            at += 1;
        }
        for letter in self.text[at..].chars() {
            if units >= wanted || at >= end {
                break;
            }
            units += letter.len_utf16();
            at += letter.len_utf8();
        }
        Some(at.clamp(start, end))
    }
}

/// Units of UTF-16 whose letters begin in these bytes of a text: one each, and two for a letter of four bytes.
fn in_utf16(bytes: &[u8]) -> usize {
    bytes.iter().map(|byte| usize::from(!(0x80..0xc0).contains(byte)) + usize::from(*byte >= 0xf0)).sum()
}

/// The path of a `file://` address.
pub(super) fn path_of(uri: &str) -> Option<PathBuf> {
    let rest = uri.strip_prefix("file://")?;
    let mut bytes = Vec::with_capacity(rest.len());
    let mut from = rest.bytes();
    while let Some(byte) = from.next() {
        if byte == b'%' {
            let digits = [from.next()?, from.next()?];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    let path = String::from_utf8(bytes).ok()?;
    // `/C:/stories` on Windows.
    let drive = path.as_bytes().get(2) == Some(&b':') && cfg!(windows);
    Some(PathBuf::from(if drive { &path[1..] } else { &path }))
}

/// The address of a path.
pub(super) fn uri_of(path: &Path) -> String {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let shown = path.display().to_string().replace('\\', "/");
    let mut out = String::from(if shown.starts_with('/') { "file://" } else { "file:///" });
    for byte in shown.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~:".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{LineIndex, path_of, uri_of};

    #[test]
    fn places_are_counted_as_editors_count_them() {
        let text = "ab\n“سلام” 👩x\nend";
        let lines = LineIndex::of(text);
        let at = text.find('x').expect("there");
        let place = lines.range(at..at + 1);
        assert_eq!(place["start"], serde_json::json!({ "line": 1, "character": 9 }));
        assert_eq!(lines.byte_of(&place["start"]), Some(at));
        assert_eq!(lines.byte_of(&serde_json::json!({ "line": 1, "character": 99 })), Some(text.len() - 4));
        assert_eq!(lines.byte_of(&serde_json::json!({ "line": 9, "character": 0 })), None);
        assert_eq!(path_of(&uri_of("/tmp/a b/é.ron".as_ref())), Some("/tmp/a b/é.ron".into()));
        assert_eq!(path_of("http://x"), None);
    }

    /// Every letter of a text of long and short lines, there and back.
    #[test]
    fn every_place_leads_back_to_its_byte() {
        let text = format!("a“é👩\n{}\n\n{}é", "👩x".repeat(400), "سل".repeat(300));
        let lines = LineIndex::of(&text);
        let (mut line, mut column) = (0, 0);
        for (at, letter) in text.char_indices() {
            let place = lines.position(at);
            assert_eq!(place, serde_json::json!({ "line": line, "character": column }), "byte {at}");
            assert_eq!(lines.byte_of(&place), Some(at));
            column += letter.len_utf16();
            if letter == '\n' {
                (line, column) = (line + 1, 0);
            }
        }
        assert_eq!(lines.byte_of(&lines.position(text.len())), Some(text.len()));
    }
}
