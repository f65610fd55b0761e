use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The number of terminal cells `text` takes: the sum over its grapheme clusters, which is what the terminal face
/// draws (the width of the whole string can be smaller, for instance where letters join).
#[must_use]
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.bytes().filter(|b| (b' '..=b'~').contains(b)).count();
    }
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

/// Whether a line is part of a picture in half blocks, as a code for telephones is.
#[must_use]
pub fn is_picture(line: &str) -> bool {
    !line.trim().is_empty() && line.chars().all(|c| "█▀▄ ".contains(c))
}

#[cfg(test)]
mod tests {
    use super::width;

    #[test]
    fn graphemes_are_counted_as_they_are_drawn() {
        assert_eq!(width("abc"), 3);
        assert_eq!(width("“日本”"), 6);
        assert_eq!(width("سلام دنیا"), 9);
        assert_eq!(width("❤\u{fe0f}"), 2);
    }
}
