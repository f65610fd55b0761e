use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization as _;

/// What a terminal can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Glyphs {
    #[default]
    Unicode,
    /// A console with a fixed font: Latin-1 and simple lines.
    Console,
    Ascii,
}

impl Glyphs {
    /// Replaces what this terminal cannot show, one character by one, so that nothing on screen moves.
    #[must_use]
    pub fn shown(self, words: &str) -> Cow<'_, str> {
        if self == Self::Unicode || words.chars().all(|c| self.has(c)) {
            return Cow::Borrowed(words);
        }
        Cow::Owned(words.chars().map(|c| if self.has(c) { c } else { stand_in(c) }).collect())
    }

    fn has(self, c: char) -> bool {
        match self {
            Self::Unicode => true,
            Self::Console => (c as u32) < 0x100 || "─│┌┐└┘├┤┬┴┼".contains(c),
            Self::Ascii => c.is_ascii(),
        }
    }
}

fn stand_in(c: char) -> char {
    match c {
        '“' | '”' | '„' | '«' | '»' => '"',
        '‘' | '’' => '\'',
        '–' | '—' | '─' | '═' | '‐' | '‑' => '-',
        '│' | '▏' | '║' => '|',
        '┌' | '┐' | '└' | '┘' | '├' | '┤' | '┬' | '┴' | '┼' | '╭' | '╮' | '╰' | '╯' => '+',
        '●' | '▪' | '■' | '•' => '*',
        '○' | '◦' => 'o',
        '…' | '·' => '.',
        '›' | '→' | '▸' => '>',
        '‹' | '←' | '◂' => '<',
        '↑' | '▴' => '^',
        '↓' | '▾' => 'v',
        '╱' => '/',
        '╲' => '\\',
        '░' => '.',
        '▒' => ':',
        '▓' | '█' => '#',
        '×' => 'x',
        '\u{a0}' | '\u{202f}' | '\u{2009}' => ' ',
        c => c.nfd().next().filter(char::is_ascii).unwrap_or('?'),
    }
}

#[cfg(test)]
mod tests {
    use super::Glyphs;

    #[test]
    fn words_keep_their_length() {
        let words = "“Élysée” — it’s 9.00… ●●○ ─│ ↓";
        for glyphs in [Glyphs::Unicode, Glyphs::Console, Glyphs::Ascii] {
            assert_eq!(glyphs.shown(words).chars().count(), words.chars().count());
        }
        assert_eq!(Glyphs::Ascii.shown(words), "\"Elysee\" - it's 9.00. **o -| v");
        assert_eq!(Glyphs::Console.shown(words), "\"Élysée\" - it's 9.00. **o ─│ v");
        let drawn = "„«»‘–—═‐‑▏║┌┐└┘├┤┬┴┼╭╮╰╯▪■•◦·›→▸‹←◂↑▴▾╱╲░▒▓█×\u{a0}\u{202f}\u{2009}€";
        assert_eq!(Glyphs::Ascii.shown(drawn), "\"\"\"'-----||+++++++++++++***o.>>><<<^^v/\\.:##x   ?");
        assert_eq!(Glyphs::Console.shown("ÿĀ┌╭"), "ÿA┌+");
    }
}
