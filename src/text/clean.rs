use std::borrow::Cow;
use std::path::Path;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory as _};

/// A character that no text of ours may hold, because a terminal would act on it or a reader could not see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Forbidden {
    /// Byte offset in the text that was looked at.
    pub at: usize,
    /// The character itself; show it as `U+…`, never as it is.
    pub character: char,
}

/// The first character of `text` that must not reach a terminal, if there is one.
///
/// Line ends and tabs are allowed here; [`clean`] normalises them.
#[must_use]
pub fn forbidden(text: &str) -> Option<Forbidden> {
    // The first byte that is not plain begins a character.
    let start = plain_start(text);
    text[start..]
        .char_indices()
        .find(|&(_, character)| is_forbidden(character))
        .map(|(at, character)| Forbidden { at: start + at, character })
}

/// A letter of ASCII that does nothing but stand there, or a line end.
fn plain(byte: u8) -> bool {
    byte == b'\n' || (b' '..=b'~').contains(&byte)
}

/// How many bytes at the beginning of `text` are plain. Nearly all of a text is, so it is looked at by the block.
fn plain_start(text: &str) -> usize {
    const BLOCK: usize = 32;
    let bytes = text.as_bytes();
    let all_plain = |block: &&[u8]| block.iter().fold(0, |odd, &byte| odd | u8::from(!plain(byte))) == 0;
    let start = BLOCK * bytes.chunks_exact(BLOCK).take_while(all_plain).count();
    start + bytes[start..].iter().take_while(|&&byte| plain(byte)).count()
}

/// Unicode says what a character is for: this refuses those that control, format or turn around the text they stand in,
/// and line and paragraph separators of its own.
fn is_forbidden(c: char) -> bool {
    use GeneralCategory::{Control, Format, LineSeparator, ParagraphSeparator, Unassigned};
    match c {
        '\n' | '\t' | '\r' | ' '..='~' => false,
        // The zero-width joiner and non-joiner: Persian and the scripts of India spell with them, and emoji are joined.
        '\u{200c}' | '\u{200d}' => false,
        // Unicode keeps this block for characters that cannot be seen, also those that it has not assigned yet.
        '\u{e0000}'..='\u{e0fff}' => matches!(c.general_category(), Control | Format | Unassigned),
        c => matches!(c.general_category(), Control | Format | LineSeparator | ParagraphSeparator),
    }
}

/// Whether one of these bytes, all of ASCII, is in `text`. For texts that have none of them, as nearly all have.
#[must_use]
pub fn has_any<const COUNT: usize>(text: &str, of: [u8; COUNT]) -> bool {
    // Without an early end, so that many bytes are looked at in one go.
    text.bytes().fold(0, |found, byte| of.iter().fold(found, |found, one| found | u8::from(byte == *one))) != 0
}

/// Makes `text` safe and uniform: forbidden characters are dropped, line ends become `\n`, a tab becomes four
/// spaces, the whole is put in normal form C. Borrows when there is nothing to do.
#[must_use]
pub fn clean(text: &str) -> Cow<'_, str> {
    if plain_start(text) == text.len() {
        return Cow::Borrowed(text);
    }
    let untouched = !text.chars().any(|c| is_forbidden(c) || c == '\t' || c == '\r')
        && is_nfc_quick(text.chars()) == IsNormalized::Yes;
    if untouched {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\r' => {
                if rest.peek() != Some(&'\n') {
                    out.push('\n');
                }
            }
            '\t' => out.push_str("    "),
            c if is_forbidden(c) => {}
            c => out.push(c),
        }
    }
    Cow::Owned(out.nfc().collect())
}

/// Cleans a text as [`clean`] does and joins its lines with blanks: for a name in the middle of a sentence.
#[must_use]
pub fn clean_line(text: &str) -> Cow<'_, str> {
    match clean(text) {
        clean if clean.contains('\n') => Cow::Owned(clean.replace('\n', " ")),
        clean => clean,
    }
}

/// A path as it is shown: on one line, with nothing in it that a terminal would act on. It is not to be opened by.
#[must_use]
pub fn shown(path: &Path) -> String {
    clean_line(&path.to_string_lossy()).into_owned()
}

/// Removes the indentation that all lines after the first share, and blank lines and spaces at both ends, so that
/// prose can be indented with the file around it.
#[must_use]
pub fn dedent(text: &str) -> Cow<'_, str> {
    if !text.contains('\n') {
        return Cow::Borrowed(text.trim());
    }
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let shared = text.lines().skip(1).filter(|line| !line.trim().is_empty()).map(indent).min().unwrap_or(0);
    let mut out = String::with_capacity(text.len());
    for (number, line) in text.lines().enumerate() {
        if number > 0 {
            out.push('\n');
        }
        let cut = if number == 0 { indent(line) } else { shared.min(indent(line)) };
        out.push_str(line[cut..].trim_end());
    }
    Cow::Owned(out.trim().to_owned())
}

/// The beginning of `text`: at most `bytes` bytes, cut between two characters.
#[must_use]
pub fn head(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use unicode_properties::{GeneralCategory, UnicodeGeneralCategory as _};

    use super::{clean, clean_line, dedent, forbidden, has_any, head, shown};

    #[test]
    fn whatever_controls_or_formats_is_refused_and_what_words_are_written_with_is_not() {
        use GeneralCategory::{Control, Format, LineSeparator, ParagraphSeparator};
        let mut refused = 0;
        for c in '\0'..=char::MAX {
            let acts = matches!(c.general_category(), Control | Format | LineSeparator | ParagraphSeparator);
            let text = format!("a{c}b");
            if "\n\r\t\u{200c}\u{200d}".contains(c) || !(acts || ('\u{e0000}'..='\u{e0fff}').contains(&c)) {
                assert_eq!(forbidden(&text), None, "{c:?}");
            } else if c.general_category() != GeneralCategory::NonspacingMark {
                assert_eq!(forbidden(&text).map(|found| found.character), Some(c));
                assert_eq!(clean(&text), "ab");
                refused += 1;
            }
        }
        assert!(refused > 3900, "{refused}");
        for fine in ["می\u{200c}روم", "क्\u{200d}ष", "👩\u{200d}🚀", "葛\u{e0100}", "❤\u{fe0f}", "\u{e000}"]
        {
            assert_eq!(forbidden(fine), None, "{fine}");
        }
        // What was refused once, and what an attack has found to be missing.
        for c in "\u{ad}\u{61c}\u{180e}\u{200b}\u{200e}\u{202e}\u{2028}\u{2060}\u{2064}\u{2065}\u{206a}\u{206f}\u{feff}\u{fff9}\u{fffb}\u{e0001}\u{e007f}".chars() {
            assert_eq!(forbidden(c.encode_utf8(&mut [0; 4])).is_some(), c != '\u{2065}', "{c:?}");
        }
    }

    #[test]
    fn a_name_in_a_sentence_stays_on_its_line() {
        assert_eq!(clean_line("a\nb\r\nc\u{1b}[2J\rd"), "a b c[2J d");
        assert_eq!(shown("a/b\u{202e}\u{9b}\n::error.ron".as_ref()), "a/b ::error.ron");
    }

    #[test]
    fn escape_and_override_are_found_and_dropped() {
        assert_eq!(forbidden("a\u{1b}[31mb").map(|f| f.at), Some(1));
        assert_eq!(forbidden("a\u{202e}b").map(|f| f.at), Some(1));
        assert_eq!(clean("a\u{1b}[31m\u{202e}b\tc\r\nd\re"), "a[31mb    c\nd\ne");
        assert_eq!(clean("e\u{301}"), "é");
        for odd in "\0\u{7}\u{1f}\u{7f}\u{9b}\u{200e}\u{202a}\u{2028}\u{2029}\u{2066}\u{2069}\u{feff}\u{200b}\u{2060}\u{2064}\u{e0001}\u{ad}".chars() {
            // At every place of what is looked at by the block.
            for at in [0, 1, 31, 32, 33, 64, 70] {
                let text = format!("{}{odd}{}", "a".repeat(at), "b".repeat(40));
                assert_eq!(forbidden(&text).map(|f| (f.at, f.character)), Some((at, odd)), "{odd:?} at {at}");
                assert_eq!(clean(&text), text.replace(odd, ""));
            }
        }
        let fine = " !~\n\t\r é“…😀\u{200d}";
        assert_eq!(forbidden(fine), None);
        assert_eq!((clean("a\rb"), clean("a\r\nb"), clean("\t")), ("a\nb".into(), "a\nb".into(), "    ".into()));
    }

    #[test]
    fn shared_indentation_goes() {
        assert_eq!(dedent("One.\n      Two.\n\n        Three.\n    "), "One.\nTwo.\n\n  Three.");
        assert_eq!(dedent("    One.\n  Two."), "One.\nTwo.");
    }

    #[test]
    fn a_head_is_cut_between_characters_and_bytes_are_found() {
        assert_eq!([0, 1, 2, 3, 9].map(|bytes| head("aé.", bytes)), ["", "a", "a", "aé", "aé."]);
        for at in [0, 31, 32, 40] {
            assert!(has_any(&format!("{}|{}", "a".repeat(at), "b".repeat(20)), *b"{|"));
        }
        assert!(!has_any("é b", *b"{|") && !has_any("", *b"{|"));
    }
}
