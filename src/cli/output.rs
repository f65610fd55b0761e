//! What a command says, on standard output and standard error, for as long as somebody reads it. It is the one way to the
//! terminal, a pipe or a file: words go through, and nothing that a terminal would act on, wherever it came from.

use std::fmt::Display;
use std::io::{self, IsTerminal as _, StderrLock, StdoutLock, Write};

use serde::Serialize;

use crate::text;

/// A writer whose reader may go away, as `head` does. What is written after that goes nowhere: the command does all
/// that it was asked to do, and its exit code is what it would have been.
pub(super) struct PipeSafe<W: Write>(Option<W>);

impl<W: Write> PipeSafe<W> {
    fn attempt<T>(&mut self, unread: T, write: impl FnOnce(&mut W) -> io::Result<T>) -> io::Result<T> {
        match self.0.as_mut().map(write) {
            None => Ok(unread),
            Some(Err(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.0 = None;
                Ok(unread)
            }
            Some(done) => done,
        }
    }
}

impl<W: Write> Write for PipeSafe<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.attempt(bytes.len(), |out| out.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.attempt((), Write::flush)
    }
}

/// A writer for words.
pub(super) struct Output<W> {
    to: W,
    /// The beginning of a character, or of a line's end, whose rest has not been written yet.
    cut: Vec<u8>,
}

/// Standard output.
pub(super) fn out() -> Output<PipeSafe<StdoutLock<'static>>> {
    Output { to: own(), cut: Vec::new() }
}

/// Standard output for a game, which ends where nobody reads it.
pub(super) fn page() -> Output<StdoutLock<'static>> {
    Output { to: io::stdout().lock(), cut: Vec::new() }
}

/// Standard error.
pub(super) fn err() -> Output<PipeSafe<StderrLock<'static>>> {
    Output { to: PipeSafe(Some(io::stderr().lock())), cut: Vec::new() }
}

/// Standard output for what is the program's own to the last character.
pub(super) fn own() -> PipeSafe<StdoutLock<'static>> {
    PipeSafe(Some(io::stdout().lock()))
}

/// Tells people something on standard error.
pub(super) fn warn(words: impl Display) {
    // Where it cannot be written there is nobody left to tell.
    let _ = writeln!(err(), "hallway: {words}");
}

/// Whether there is a terminal to draw a full screen on. One that does not say what it is is taken at its word; a
/// console of Windows has no name for itself.
pub(super) fn takes_a_screen() -> bool {
    let term = std::env::var_os("TERM").unwrap_or_default();
    let draws = if cfg!(windows) { term != "dumb" } else { term != "dumb" && !term.is_empty() };
    draws && io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Whether standard output takes colours.
pub(super) fn colours(to_terminal: bool) -> bool {
    to_terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

impl<W: Write> Write for Output<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.cut.extend_from_slice(bytes);
        let all = std::mem::take(&mut self.cut);
        let end = match std::str::from_utf8(&all) {
            // Only the end of it can be the beginning of a character.
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            _ => all.len() - usize::from(all.ends_with(b"\r")),
        };
        self.cut = all[end..].to_vec();
        let words = String::from_utf8_lossy(&all[..end]);
        // A table for other programs has lines that end so.
        let lines: Vec<_> = words.split("\r\n").map(text::clean).collect();
        self.to.write_all(lines.join("\r\n").as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

impl<W: Write> Output<W> {
    /// Writes words with colours in them. Sequences that set colours are all that goes through besides words.
    pub fn styled(&mut self, styled: &str) -> io::Result<()> {
        let mut rest = styled;
        while let Some(at) = rest.find("\x1b[") {
            let parameters = &rest[at + 2..];
            let end = parameters.find(|c: char| !c.is_ascii_digit() && c != ';').unwrap_or(parameters.len());
            let length = if parameters[end..].starts_with('m') { 2 + end + 1 } else { 0 };
            self.write_all(&rest.as_bytes()[..at])?;
            self.to.write_all(&rest.as_bytes()[at..at + length])?;
            // What is no colour goes on without its escape.
            rest = &rest[at + length.max(1)..];
        }
        self.write_all(rest.as_bytes())
    }

    /// Prints one object for a program to read. What a terminal would act on is written as JSON's own escapes.
    pub fn json(&mut self, object: &impl Serialize) -> io::Result<()> {
        let json = serde_json::to_string_pretty(object)?;
        let mut line = String::with_capacity(json.len());
        for c in json.chars() {
            if text::forbidden(c.encode_utf8(&mut [0; 4])).is_some() {
                c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| line.push_str(&format!("\\u{unit:04x}")));
            } else {
                line.push(c);
            }
        }
        self.to.write_all(line.as_bytes())?;
        self.to.write_all(b"\n")
    }
}

/// A progress line on standard error; silent unless that is a terminal.
pub(super) struct Progress {
    shown: bool,
}

impl Progress {
    pub fn new() -> Self {
        Self { shown: io::stderr().is_terminal() }
    }

    /// Whether the line is shown.
    pub fn is_shown(&self) -> bool {
        self.shown
    }

    /// Says how far it has come, in the place of what was said before.
    pub fn say(&self, words: &str) {
        self.replace(words);
    }

    /// Takes the line away.
    pub fn clear(&self) {
        self.replace("");
    }

    fn replace(&self, words: &str) {
        if self.shown {
            let mut err = err();
            // Who has closed standard error does not look.
            let _ = err.to.write_all(b"\r\x1b[K").and_then(|()| err.write_all(text::clean_line(words).as_bytes()));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::Output;
    use crate::text::forbidden;

    fn written(write: impl FnOnce(&mut Output<&mut Vec<u8>>)) -> String {
        let mut bytes = Vec::new();
        write(&mut Output { to: &mut bytes, cut: Vec::new() });
        String::from_utf8(bytes).expect("UTF-8")
    }

    /// Every character there is that must not come through, each between two letters.
    fn all_odd() -> String {
        ('\0'..=char::MAX)
            .filter(|c| forbidden(c.encode_utf8(&mut [0; 4])).is_some())
            .map(|c| format!("a{c}b"))
            .collect()
    }

    #[test]
    fn nothing_but_words_comes_through_wherever_it_is_cut() {
        let odd = all_odd();
        let words = "ab".repeat(odd.chars().count() / 3);
        assert_eq!(written(|out| out.write_all(odd.as_bytes()).expect("written")), words);
        assert_eq!(written(|out| out.styled(&odd).expect("written")), words);
        let byte_by_byte =
            |out: &mut Output<&mut Vec<u8>>| odd.bytes().for_each(|byte| out.write_all(&[byte]).expect("written"));
        assert_eq!(written(byte_by_byte), words);
        let in_pieces = |pieces: &[&str]| {
            written(|out| pieces.iter().for_each(|piece| out.write_all(piece.as_bytes()).expect("written")))
        };
        assert_eq!(written(|out| out.write_all("é\r\u{9b}2J\tx".as_bytes()).expect("written")), "é\n2J    x");
        assert_eq!(in_pieces(&["a\r\nb\r", "\nc\rd\r\r\n\r"]), "a\r\nb\r\nc\nd\n\r\n");
        assert_eq!(written(|out| out.write_all(b"a\xff\xfeb\xc3").expect("written")), "a\u{fffd}\u{fffd}b\u{fffd}");
    }

    #[test]
    fn colours_come_through_where_they_are_meant_and_no_other_sequence() {
        let styled = |text: &str| written(|out| out.styled(text).expect("written"));
        assert_eq!(styled("\x1b[1;31mFAIL\x1b[0m"), "\x1b[1;31mFAIL\x1b[0m");
        assert_eq!(styled("a\x1b[2Jb\x1b]0;owned\x07c\x1b[1;31"), "a[2Jb]0;ownedc[1;31");
    }

    #[test]
    fn json_keeps_every_character_and_shows_none_that_acts() {
        let odd = all_odd() + "\n\t\r";
        let json = written(|out| out.json(&odd).expect("written"));
        assert_eq!(forbidden(&json), None);
        assert_eq!(serde_json::from_str::<String>(&json).expect("JSON"), odd);
    }
}
