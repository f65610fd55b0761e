use unicode_segmentation::UnicodeSegmentation;

use super::measure::width;
use super::prose::{Paragraph, Style};

/// A stretch of one line with one style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    pub text: String,
    pub style: Style,
    /// Which sentence of the paragraph it belongs to, from 0.
    pub sentence: usize,
}

/// A line that fits.
pub type WrappedLine = Vec<Segment>;

/// Breaks a paragraph into lines of at most `columns` cells (at least 1), at spaces; a word longer than a line is
/// broken between grapheme clusters. A cluster wider than the whole line stands alone.
#[must_use]
pub fn wrap(paragraph: &Paragraph<'_>, columns: usize) -> Vec<WrappedLine> {
    let mut lines = LineFiller::new(columns.max(1));
    for (number, sentence) in paragraph.sentences.iter().enumerate() {
        for run in &sentence.runs {
            for piece in run.text.split_inclusive([' ', '\n']) {
                let word = piece.trim_end_matches([' ', '\n']);
                lines.word(word, run.style, number);
                if word.len() < piece.len() {
                    lines.space();
                }
            }
        }
    }
    lines.finish()
}

/// Breaks text without marks into lines of at most `columns` cells.
#[must_use]
pub fn wrap_plain(text: &str, columns: usize) -> Vec<String> {
    let mut lines = LineFiller::new(columns.max(1));
    for piece in text.split_inclusive([' ', '\n']) {
        let word = piece.trim_end_matches([' ', '\n']);
        lines.word(word, Style::default(), 0);
        if word.len() < piece.len() {
            lines.space();
        }
    }
    lines.finish().into_iter().map(|line| line.into_iter().map(|s| s.text).collect()).collect()
}

struct LineFiller {
    columns: usize,
    done: Vec<WrappedLine>,
    line: WrappedLine,
    used: usize,
    /// The word being gathered; it may change style in its middle.
    word: WrappedLine,
    word_width: usize,
    /// A space is owed between the line and the word.
    space: bool,
}

impl LineFiller {
    fn new(columns: usize) -> Self {
        Self { columns, done: Vec::new(), line: Vec::new(), used: 0, word: Vec::new(), word_width: 0, space: false }
    }

    fn word(&mut self, text: &str, style: Style, sentence: usize) {
        if !text.is_empty() {
            self.word_width += width(text);
            append(&mut self.word, text, style, sentence);
        }
    }

    fn space(&mut self) {
        self.flush_word();
        self.space = self.used > 0;
    }

    fn flush_word(&mut self) {
        if self.word.is_empty() {
            return;
        }
        let gap = usize::from(self.space && self.used > 0);
        if self.used > 0 && self.used + gap + self.word_width > self.columns {
            self.break_line();
        } else if gap == 1 {
            let (style, sentence) = self.joint();
            append(&mut self.line, " ", style, sentence);
            self.used += 1;
        }
        self.space = false;
        let word = std::mem::take(&mut self.word);
        if self.used + self.word_width <= self.columns {
            self.used += self.word_width;
            for segment in word {
                append(&mut self.line, &segment.text, segment.style, segment.sentence);
            }
        } else {
            for segment in word {
                for cluster in segment.text.graphemes(true) {
                    let cells = width(cluster);
                    if self.used > 0 && self.used + cells > self.columns {
                        self.break_line();
                    }
                    append(&mut self.line, cluster, segment.style, segment.sentence);
                    self.used += cells;
                }
            }
        }
        self.word_width = 0;
    }

    /// A space is struck or emphasised only when both its neighbours are.
    fn joint(&self) -> (Style, usize) {
        let before = self.line.last().map(|s| (s.style, s.sentence)).unwrap_or_default();
        let after = self.word.first().map_or(before.0, |s| s.style);
        let style = Style { emphasis: before.0.emphasis && after.emphasis, struck: before.0.struck && after.struck };
        (style, before.1)
    }

    fn break_line(&mut self) {
        self.done.push(std::mem::take(&mut self.line));
        self.used = 0;
        self.space = false;
    }

    fn finish(mut self) -> Vec<WrappedLine> {
        self.flush_word();
        if !self.line.is_empty() {
            self.break_line();
        }
        self.done
    }
}

fn append(line: &mut WrappedLine, text: &str, style: Style, sentence: usize) {
    match line.last_mut() {
        Some(last) if last.style == style && last.sentence == sentence => last.text.push_str(text),
        _ => line.push(Segment { text: text.to_owned(), style, sentence }),
    }
}

#[cfg(test)]
mod tests {
    use super::{wrap, wrap_plain};
    use crate::text::{paragraphs, width};

    #[test]
    fn no_line_is_wider_than_asked() {
        let text = "The *guard* settles it by looking at the wall, extraordinarilylongword and “日本語の言葉”.";
        for columns in 2..40 {
            for line in wrap(&paragraphs(text)[0], columns) {
                let cells: usize = line.iter().map(|s| width(&s.text)).sum();
                assert!(cells <= columns, "{cells} > {columns}: {line:?}");
            }
        }
    }

    #[test]
    fn words_survive_wrapping() {
        assert_eq!(wrap_plain("one two  three", 7), ["one two", "three"]);
        assert_eq!(wrap_plain("abcdef", 4), ["abcd", "ef"]);
        assert_eq!([6, 7].map(|columns| wrap_plain("one two", columns).len()), [2, 1]);
        assert_eq!(wrap_plain("a abcdef b", 6), ["a", "abcdef", "b"]);
        assert_eq!(wrap_plain("a abcdefg b", 6), ["a", "abcdef", "g b"]);
        assert_eq!(wrap_plain("日本語", 4), ["日本", "語"]);
        assert_eq!(wrap_plain("a", 0), ["a"]);
        assert_eq!(wrap_plain("日本 x", 1), ["日", "本", "x"]);
    }

    #[test]
    fn a_space_is_marked_only_between_marked_words() {
        let lines = wrap(&paragraphs("~a *b*~ *c* d")[0], 40);
        let runs: Vec<(&str, bool, bool)> =
            lines[0].iter().map(|run| (run.text.as_str(), run.style.struck, run.style.emphasis)).collect();
        let expected = [("a ", true, false), ("b", true, true), (" c", false, true), (" d", false, false)];
        assert_eq!(runs, expected);
    }
}
