//! What a command says, on standard output and standard error, for as long as somebody reads it.

use std::fmt::Display;
use std::io::{self, StdoutLock, Write};

/// A writer whose reader may go away, as `head` does. What is written after that goes nowhere: the command does all
/// that it was asked to do, and its exit code is what it would have been.
pub(super) struct Output<W: Write>(Option<W>);

impl<W: Write> Output<W> {
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

impl<W: Write> Write for Output<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.attempt(bytes.len(), |out| out.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.attempt((), Write::flush)
    }
}

/// Standard output.
pub(super) fn out() -> Output<StdoutLock<'static>> {
    Output(Some(io::stdout().lock()))
}

/// Tells people something on standard error. Names of files and words of the command line may be in it.
pub(super) fn warn(words: impl Display) {
    let words = words.to_string();
    // Where standard error is gone there is nobody left to tell.
    let _ = writeln!(io::stderr(), "hallway: {}", crate::text::clean(&words));
}

/// Puts a line in the place of the last one on a terminal, to say how far something has come; nothing takes it away.
pub(super) fn progress(words: impl Display) {
    let _ = write!(io::stderr(), "\r\x1b[K{words}");
}
