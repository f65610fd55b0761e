use std::io::{self, BufRead, Read as _, Write};

use crate::text;
use crate::view::strings;

use super::print::Printer;

/// Both ends of the plain face.
pub struct Lines<'l> {
    pub input: &'l mut dyn BufRead,
    pub output: &'l mut dyn Write,
    /// Break lines at this width; `None` leaves paragraphs whole.
    pub columns: Option<usize>,
    /// What the other end can show.
    pub glyphs: text::Glyphs,
}

impl Lines<'_> {
    pub(super) fn printer(&mut self) -> Printer<'_> {
        Printer { out: self.output, columns: self.columns, glyphs: self.glyphs }
    }

    pub(super) fn say(&mut self, text: &str) -> io::Result<()> {
        self.printer().line(text)
    }

    /// The next line, trimmed and cleaned; `None` at the end of the input.
    pub(super) fn read(&mut self) -> io::Result<Option<String>> {
        self.output.flush()?;
        let mut bytes = Vec::new();
        // A line longer than any answer is cut, so that endless input takes no memory.
        let mut limited = (&mut *self.input).take(4096);
        if limited.read_until(b'\n', &mut bytes)? == 0 {
            return Ok(None);
        }
        Ok(Some(text::clean(String::from_utf8_lossy(&bytes).trim()).into_owned()))
    }

    /// Says that a line answers nothing: numbers from 1 to `last` do, and 0 where `standing`.
    pub(super) fn fits_nothing(&mut self, line: &str, last: usize, standing: bool) -> io::Result<()> {
        let range = if last == 1 { "1".to_owned() } else { format!("a number from 1 to {last}") };
        let zero = if standing { ", 0" } else { "" };
        let shown: String = line.chars().take(60).collect();
        let what = if shown.is_empty() { strings::PLAIN_EMPTY.to_owned() } else { format!("“{shown}”") };
        self.say(&strings::fill(strings::PLAIN_FITS_NOTHING, &[("what", &what), ("range", &range), ("zero", &zero)]))
    }
}
