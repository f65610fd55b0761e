//! The one rule of white space: blank lines part paragraphs, and everything else that is blank (a line's end,
//! indentation, several blanks in a row) is one blank, with none at the beginning or end of a paragraph. A line that
//! begins with `> ` is a written line of its own.

use std::borrow::Cow;
use std::fmt;

use super::clean::{clean, has_any};

/// Joins pieces of text, one after the other, into words under the rule of white space.
///
/// Pieces are [`squeezed`], so that what is blank in them is a single blank, a line's end, or a blank line.
pub struct Joiner<'o> {
    out: &'o mut String,
    /// Where its own words begin.
    from: usize,
    between: Separator,
    /// The last line put down is a written one.
    note: bool,
    /// Where the last written line put down begins.
    note_from: usize,
}

/// The state between the last words written and the next.
#[derive(Debug, Clone, Copy)]
struct Separator {
    gap: Gap,
    /// The line is empty so far; if it ends like this, the writer left it blank.
    bare: bool,
    /// The line is a written note (`> `); the mark is written with its first words.
    opens_note: bool,
    /// A form that came out empty has just ended.
    emptied: bool,
    /// A quoted text begins here.
    quotes: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    Nothing,
    Blank,
    LineEnd,
    BlankLine,
}

/// Where a form begins.
#[must_use]
#[derive(Debug, Clone, Copy)]
pub struct FormStart {
    length: usize,
    between: Separator,
}

impl<'o> Joiner<'o> {
    /// Begins to write at the end of `out`; what it already holds stays.
    pub fn new(out: &'o mut String) -> Self {
        let between = Separator { gap: Gap::Nothing, bare: true, opens_note: false, emptied: false, quotes: false };
        Self { from: out.len(), out, between, note: false, note_from: 0 }
    }

    /// Returns how many bytes it has written.
    #[must_use]
    pub fn size(&self) -> usize {
        self.out.len() - self.from
    }

    /// Writes a piece of text.
    pub fn words(&mut self, text: &str) {
        // Most pieces stand within a line.
        if !has_any(text, [b'\n']) {
            return self.within_line(text);
        }
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                self.end_line();
            }
            self.within_line(line);
        }
    }

    /// Begins a form. Whatever is written until its [`end`](Self::end) belongs to it.
    pub fn begin(&self) -> FormStart {
        FormStart { length: self.out.len(), between: self.between }
    }

    /// Ends a form. If it wrote nothing, it leaves no blank behind, and a line with nothing but such forms is left out.
    pub fn end(&mut self, form: FormStart) {
        if self.out.len() == form.length {
            self.between = Separator { bare: false, emptied: true, ..form.between };
        }
    }

    /// What comes next stands on a line of its own.
    pub fn own_line(&mut self) {
        let gap = self.between.gap.max(Gap::LineEnd);
        self.between = Separator { gap, bare: false, opens_note: false, emptied: false, quotes: false };
    }

    /// Begins a text that is quoted from elsewhere: a written line at its head is one here too, wherever it stands.
    pub fn begin_quoted(&mut self) {
        self.between.quotes = true;
    }

    /// Ends a quoted text that began here: after a written line of its own nothing goes on in that line.
    pub fn end_quoted(&mut self, form: FormStart) {
        if self.out.len() > form.length && self.note && self.note_from >= form.length {
            self.own_line();
        }
    }

    /// One more piece of text, in which no line ends.
    pub fn within_line(&mut self, piece: &str) {
        let mut words = piece;
        if let Some(rest) = piece.strip_prefix(' ') {
            self.blank();
            words = rest;
        }
        if (self.begins_line() || self.between.quotes)
            && !self.between.opens_note
            && let Some(written) = words.strip_prefix("> ")
        {
            self.own_line();
            self.between.opens_note = true;
            words = written;
        }
        let trimmed = words.strip_suffix(' ').unwrap_or(words);
        if !trimmed.is_empty() {
            self.put(trimmed);
            if trimmed.len() < words.len() {
                self.blank();
            }
        }
    }

    fn begins_line(&self) -> bool {
        self.between.gap >= Gap::LineEnd || self.out.len() == self.from
    }

    fn blank(&mut self) {
        self.between.gap = self.between.gap.max(Gap::Blank);
        self.between.emptied = false;
    }

    /// The writer's line ends here.
    pub fn end_line(&mut self) {
        let Separator { gap, bare, .. } = self.between;
        let gap = if bare { Gap::BlankLine } else { gap.max(Gap::LineEnd) };
        self.between = Separator { gap, bare: true, opens_note: false, emptied: false, quotes: false };
    }

    /// Puts words down that have no blank at either end.
    fn put(&mut self, words: &str) {
        let Separator { gap, opens_note, emptied, .. } = self.between;
        let after_note = self.note;
        if self.begins_line() {
            self.note = opens_note;
            self.note_from = self.out.len();
        }
        if self.out.len() > self.from {
            match gap {
                Gap::Nothing => {}
                Gap::BlankLine => self.out.push_str("\n\n"),
                Gap::LineEnd if after_note || opens_note => self.out.push('\n'),
                _ if emptied && closes(words) => {}
                Gap::Blank | Gap::LineEnd => self.out.push(' '),
            }
        }
        if opens_note {
            self.out.push_str("> ");
        }
        self.out.push_str(words);
        self.between = Separator { gap: Gap::Nothing, bare: false, opens_note: false, emptied: false, quotes: false };
    }
}

impl fmt::Write for Joiner<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.words(text);
        Ok(())
    }
}

/// Whether this begins with a mark that no blank stands before, or with a citation.
fn closes(words: &str) -> bool {
    let mark = |c| matches!(c, ',' | '.' | ';' | ':' | '!' | '?' | '…' | ')' | ']' | '”' | '’' | '»');
    words.starts_with(mark) || words.starts_with("[^")
}

/// Puts a text down at the end of `out`, clean and under the rule of white space.
pub fn join(text: &str, out: &mut String) {
    Joiner::new(out).words(&squeezed(text));
}

/// A text as it is read: clean and under the rule of white space.
#[must_use]
pub fn joined(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    join(text, &mut out);
    out
}

/// The stretches of a text that blank lines part.
pub fn stretches(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            if line.trim().is_empty() {
                rest = Some(&text[at + line.len()..]);
                return Some(&text[..at]);
            }
            at += line.len();
        }
        rest = None;
        Some(text)
    })
}

/// A piece of a text, clean, with everything in it that is blank made as short as it can be without a change of
/// meaning: to a blank, a line's end, or a blank line.
#[must_use]
pub fn squeezed(text: &str) -> Cow<'_, str> {
    let clean = clean(text);
    let long = |blank: &[&str]| blank.iter().any(|blank| clean.contains(blank));
    if !long(if clean.contains('\n') { &["  ", " \n", "\n ", "\n\n\n"] } else { &["  "] }) {
        return clean;
    }
    let mut out = String::with_capacity(clean.len());
    let mut rest = clean.as_ref();
    while !rest.is_empty() {
        let (words, behind) = rest.split_at(rest.find([' ', '\n']).unwrap_or(rest.len()));
        let next = behind.trim_start_matches([' ', '\n']);
        let blank = &behind[..behind.len() - next.len()];
        out.push_str(words);
        out.push_str(match blank.matches('\n').count() {
            0 if blank.is_empty() => "",
            0 => " ",
            1 => "\n",
            _ => "\n\n",
        });
        rest = next;
    }
    Cow::Owned(out)
}

/// The words of a branch: one blank, or one line's end with the indentation around it, belongs on each side to the form
/// around it. Where a blank line stands there nothing does.
#[must_use]
pub fn without_edges(text: &str) -> &str {
    let blank = [' ', '\t', '\r', '\n'];
    let cut = |edge: &str| match edge.matches('\n').count() {
        0 => edge.len().min(1),
        1 => edge.len(),
        _ => 0,
    };
    let inside = text.trim_start_matches(blank);
    let text = &text[cut(&text[..text.len() - inside.len()])..];
    let inside = text.trim_end_matches(blank);
    &text[..text.len() - cut(&text[inside.len()..])]
}

#[cfg(test)]
mod tests {
    use super::{Joiner, joined, squeezed, stretches, without_edges};

    #[test]
    fn what_is_blank_is_one_blank_and_blank_lines_part_paragraphs() {
        for (written, read) in [
            ("One.", "One."),
            ("  One.   Two.  ", "One. Two."),
            ("One,\n        set in,  \nand on.", "One, set in, and on."),
            ("\n  One.\n\n  \n \n  Two.\n", "One.\n\nTwo."),
            ("One.\r\n\r\nTwo.\tThree.", "One.\n\nTwo. Three."),
            ("Before\n  > one\n  > two  lines\nafter", "Before\n> one\n> two lines\nafter"),
            ("Before\n\n  > one\n\n\nafter", "Before\n\n> one\n\nafter"),
            ("more > less\nand >less", "more > less and >less"),
            ("\u{a0}kept\u{a0} ", "\u{a0}kept\u{a0}"),
            (" \n ", ""),
        ] {
            assert_eq!(joined(written), read, "{written:?}");
            assert_eq!(joined(read), read, "{read:?} is not left alone");
            assert_eq!(joined(&squeezed(written)), read, "{written:?} squeezed");
        }
    }

    /// Joins these pieces; those beginning with `#` are what a form came out as, those with `@` what it quoted.
    fn pieces(pieces: &[&str]) -> String {
        let mut out = String::from("as it was ");
        let mut joiner = Joiner::new(&mut out);
        for piece in pieces {
            let form = piece.strip_prefix(['#', '@']);
            let begun = joiner.begin();
            if piece.starts_with('@') {
                joiner.begin_quoted();
            }
            joiner.words(&squeezed(form.unwrap_or(piece)));
            if piece.starts_with('@') {
                joiner.end_quoted(begun);
            }
            if form.is_some() {
                joiner.end(begun);
            }
        }
        out.strip_prefix("as it was ").expect("let be").to_owned()
    }

    #[test]
    fn a_form_that_comes_out_empty_leaves_nothing_behind() {
        for (written, read) in [
            (&["a ", "#", " b"][..], "a b"),
            (&["a ", "#", " ", "#", " ", "#", " b"], "a b"),
            (&["a\n", "#", "\nb"], "a b"),
            (&["a\n", "#", " ", "#", "\n", "#", "\nb"], "a b"),
            (&["a\n\n", "#", "\nb"], "a\n\nb"),
            (&["a\n\n", "#", "\n\nb"], "a\n\nb"),
            (&["a\n", "#", "\n\nb"], "a\n\nb"),
            (&["a\n", "#\n\n", "\nb"], "a b"),
            (&["a\n", "#\n\nb", "\nc"], "a\n\nb c"),
            (&["#", " a ", "#"], "a"),
            (&["#", "\n\n", "#", "a"], "a"),
            (&["a ", "#", ", b ", "#", "."], "a, b."),
            (&["a ", "#", " ", "#", "."], "a."),
            (&["a\n", "#", "”"], "a”"),
            (&["a ", "#", "[^fact]."], "a[^fact]."),
            (&["a ", "#", " , b"], "a , b"),
            (&["a ", "#, b"], "a , b"),
            (&["a , b"], "a , b"),
            (&["a\n> ", "#", "\nb"], "a b"),
            (&["a\n> ", "#word", "\nb"], "a\n> word\nb"),
            (&["a\n", "#", "> b\nc"], "a\n> b\nc"),
            (&["a", "#", "b"], "ab"),
            (&["#", "#"], ""),
        ] {
            assert_eq!(pieces(written), read, "{written:?}");
        }
    }

    #[test]
    fn a_written_line_that_is_quoted_is_a_line_of_its_own() {
        for (written, read) in [
            (&["a ", "@> b", " c"][..], "a\n> b\nc"),
            (&["a ", "#> b", " c"], "a > b c"),
            (&["@> b", "c"], "> b\nc"),
            (&["a ", "@b", " c"], "a b c"),
            (&["a ", "@", "> b"], "a > b"),
            (&["a ", "@b\n> c", ", d"], "a b\n> c\n, d"),
            (&["a ", "@> b\n\nc", " d"], "a\n> b\n\nc d"),
            (&["> a ", "@b", " c"], "> a b c"),
            (&["> a ", "@> b", " c"], "> a\n> b\nc"),
            (&["a\n\n", "@> b", "\n\nc"], "a\n\n> b\n\nc"),
        ] {
            assert_eq!(pieces(written), read, "{written:?}");
        }
    }

    #[test]
    fn a_line_of_its_own_is_no_blank_line() {
        let mut out = String::new();
        let mut joiner = Joiner::new(&mut out);
        joiner.words("a\n");
        for line in ["b", "c"] {
            joiner.own_line();
            joiner.words("> ");
            joiner.words(line);
        }
        joiner.own_line();
        joiner.words("\nd");
        assert_eq!(out, "a\n> b\n> c\nd");
    }

    #[test]
    fn blank_lines_part_stretches() {
        let parted = |text| stretches(text).collect::<Vec<_>>();
        assert_eq!(parted("a\nb\n  \nc\n\n\nd"), ["a\nb\n", "c\n", "", "d"]);
        assert_eq!(parted("a"), ["a"]);
        assert_eq!(parted(""), [""]);
    }

    #[test]
    fn a_blank_or_a_line_end_on_each_side_is_the_forms() {
        for (written, words) in [
            (" a ", "a"),
            ("  a  ", " a "),
            ("\n    a\n  ", "a"),
            ("  \n a", "a"),
            ("\n\n  a\n \n", "\n\n  a\n \n"),
            (" ", ""),
            ("\n", ""),
            ("a", "a"),
        ] {
            assert_eq!(without_edges(written), words, "{written:?}");
        }
    }
}
