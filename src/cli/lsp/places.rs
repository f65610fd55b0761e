//! Places as editors count them: lines from 0, columns in UTF-16; files as addresses.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

/// The place of a byte of a text.
fn position(text: &str, at: usize) -> Value {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count();
    let column: usize = before.rsplit('\n').next().unwrap_or("").chars().map(char::len_utf16).sum();
    json!({ "line": line, "character": column })
}

/// A stretch of a text.
pub(super) fn range(text: &str, span: std::ops::Range<usize>) -> Value {
    json!({ "start": position(text, span.start), "end": position(text, span.end.max(span.start)) })
}

/// The byte of a place.
pub(super) fn byte_of(text: &str, position: &Value) -> Option<usize> {
    let line = usize::try_from(position["line"].as_u64()?).ok()?;
    let column = usize::try_from(position["character"].as_u64()?).ok()?;
    let start = text.split_inclusive('\n').take(line).map(str::len).sum::<usize>();
    let row = text.get(start..)?.split('\n').next().unwrap_or("");
    let mut units = 0;
    let within = row.char_indices().find(|(_, c)| {
        let here = units >= column;
        units += c.len_utf16();
        here
    });
    Some(start + within.map_or(row.len(), |(at, _)| at))
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
    use super::{byte_of, path_of, range, uri_of};

    #[test]
    fn places_are_counted_as_editors_count_them() {
        let text = "ab\n“سلام” 👩x\nend";
        let at = text.find('x').expect("there");
        let place = range(text, at..at + 1);
        assert_eq!(place["start"], serde_json::json!({ "line": 1, "character": 9 }));
        assert_eq!(byte_of(text, &place["start"]), Some(at));
        assert_eq!(byte_of(text, &serde_json::json!({ "line": 1, "character": 99 })), Some(text.len() - 4));
        assert_eq!(path_of(&uri_of("/tmp/a b/é.ron".as_ref())), Some("/tmp/a b/é.ron".into()));
        assert_eq!(path_of("http://x"), None);
    }
}
