//! What a terminal sends, read byte by byte: keys, clicks, pasted text. Answers of the terminal to questions that some
//! other program has asked are read to their end and dropped, so that they are never taken for keys.

use std::collections::VecDeque;
use std::time::Duration;

use vte::{Params, Parser, Perform};

use crate::view::Key;

/// How long the rest of a sequence may be on its way after its ESC. Longer than a slow line splits one, shorter than a
/// person notices.
const AFTER_ESCAPE: Duration = Duration::from_millis(50);
/// How long the rest of a sequence may be on its way after more of it has come; then it is given up.
const WITHIN_SEQUENCE: Duration = Duration::from_millis(250);
/// The most characters of a paste that are kept.
const LONGEST_PASTE: usize = 4_096;

/// What has been pressed, clicked or pasted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TerminalInput {
    Key(Key),
    /// A click at this column and row.
    Click(u16, u16),
    /// The wheel, towards the end of the text or its beginning.
    Wheel(bool),
    Paste(String),
}

/// Bytes of a terminal in, input out.
#[derive(Default)]
pub(super) struct Decoder {
    parser: Parser,
    read: Reader,
    /// Something has come that may be the beginning of more.
    unfinished: Option<Unfinished>,
    /// A lone ESC has been taken for the key; what comes next may still turn out to be its rest.
    escape_given_up: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Unfinished {
    Escape,
    Sequence,
}

impl Decoder {
    /// Takes bytes that were read together.
    pub fn take(&mut self, bytes: &[u8]) {
        let Some(last) = bytes.last() else { return };
        // Nobody types `[3~` at once: it is the rest of a sequence whose ESC came too early.
        if std::mem::take(&mut self.escape_given_up) && bytes.len() > 1 && matches!(bytes[0], b'[' | b'O') {
            self.parser.advance(&mut self.read, b"\x1b");
        }
        self.parser.advance(&mut self.read, bytes);
        self.unfinished = Some(if *last == 0x1b { Unfinished::Escape } else { Unfinished::Sequence });
    }

    /// How long to wait before [`Decoder::nothing_more`]; `None` where nothing can be unfinished.
    pub fn patience(&self) -> Option<Duration> {
        self.unfinished.map(|unfinished| match unfinished {
            Unfinished::Escape => AFTER_ESCAPE,
            Unfinished::Sequence => WITHIN_SEQUENCE,
        })
    }

    /// Nothing has come for as long as [`Decoder::patience`] says: a lone ESC was the key, and any other beginning of a
    /// sequence is dropped.
    pub fn nothing_more(&mut self) {
        if self.unfinished.take() == Some(Unfinished::Escape) {
            self.read.input.push_back(TerminalInput::Key(Key::Esc));
            self.escape_given_up = true;
        }
        self.parser = Parser::new();
        self.read.single_shift = false;
        self.read.pasted = None;
    }

    /// Whether there is input that is complete.
    pub fn has_more(&self) -> bool {
        !self.read.input.is_empty()
    }

    /// The next input that is complete.
    pub fn next(&mut self) -> Option<TerminalInput> {
        self.read.input.pop_front()
    }
}

/// What the parser has understood so far.
#[derive(Default)]
struct Reader {
    input: VecDeque<TerminalInput>,
    /// ESC O has come: the next character names a key.
    single_shift: bool,
    /// What has been pasted so far, between the marks of a paste.
    pasted: Option<String>,
}

impl Reader {
    fn key(&mut self, key: Key) {
        self.input.push_back(TerminalInput::Key(key));
    }
}

impl Perform for Reader {
    fn print(&mut self, c: char) {
        if std::mem::take(&mut self.single_shift) {
            if let Some(key) = named(c) {
                self.key(key);
            } else if c == 'M' {
                self.key(Key::Enter);
            }
            return;
        }
        match &mut self.pasted {
            Some(pasted) if pasted.len() < LONGEST_PASTE && c != '\u{7f}' => pasted.push(c),
            Some(_) => {}
            None if c == '\u{7f}' => self.key(Key::Backspace),
            None => self.key(Key::Char(c)),
        }
    }

    fn execute(&mut self, byte: u8) {
        if let Some(pasted) = &mut self.pasted {
            if matches!(byte, b'\r' | b'\n' | b'\t') {
                pasted.push(' ');
            }
            return;
        }
        match byte {
            b'\r' | b'\n' => self.key(Key::Enter),
            b'\t' => self.key(Key::Tab),
            0x08 => self.key(Key::Backspace),
            0x01..=0x1a => self.key(Key::Ctrl(char::from(byte - 1 + b'a'))),
            _ => {}
        }
    }

    fn csi_dispatch(&mut self, params: &Params, intermediates: &[u8], ignore: bool, action: char) {
        let mut numbers = params.iter().map(|group| group.first().copied().unwrap_or(0));
        let (first, second, third) = (numbers.next().unwrap_or(0), numbers.next(), numbers.next());
        if ignore {
            return;
        }
        match (intermediates, action) {
            (b"<", 'M') => {
                let cell = |number: Option<u16>| number.unwrap_or(1).saturating_sub(1);
                match first {
                    0 => self.input.push_back(TerminalInput::Click(cell(second), cell(third))),
                    64 => self.input.push_back(TerminalInput::Wheel(false)),
                    65 => self.input.push_back(TerminalInput::Wheel(true)),
                    _ => {}
                }
            }
            (b"", '~') if first == 200 => self.pasted = Some(String::new()),
            (b"", '~') if first == 201 => {
                self.input.extend(self.pasted.take().map(TerminalInput::Paste));
            }
            // With Alt a key has no meaning here.
            (b"", _) if second.is_some_and(|held| held.saturating_sub(1) & 2 != 0) => {}
            (b"", '~') => {
                if let Some(key) = numbered(first) {
                    self.key(key);
                }
            }
            (b"", 'Z') => self.key(Key::BackTab),
            // CSI with a row and a column and R tells where the cursor is.
            (b"", 'R') => {}
            (b"", c) => {
                if let Some(key) = named(c) {
                    self.key(key);
                }
            }
            _ => {}
        }
    }

    fn esc_dispatch(&mut self, intermediates: &[u8], _ignore: bool, byte: u8) {
        self.single_shift = intermediates.is_empty() && byte == b'O';
    }
}

/// The key that a letter names behind `CSI` or `SS3`.
fn named(c: char) -> Option<Key> {
    Some(match c {
        'A' => Key::Up,
        'B' => Key::Down,
        'C' => Key::Right,
        'D' => Key::Left,
        'F' => Key::End,
        'H' => Key::Home,
        'P' => Key::F(1),
        'Q' => Key::F(2),
        'R' => Key::F(3),
        'S' => Key::F(4),
        _ => return None,
    })
}

/// The key that a number names between `CSI` and `~`.
fn numbered(number: u16) -> Option<Key> {
    Some(match number {
        1 | 7 => Key::Home,
        3 => Key::Delete,
        4 | 8 => Key::End,
        5 => Key::PageUp,
        6 => Key::PageDown,
        11..=15 => Key::F((number - 10) as u8),
        17..=21 => Key::F((number - 11) as u8),
        23 | 24 => Key::F((number - 12) as u8),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{Decoder, TerminalInput};
    use crate::view::Key;

    /// What comes of these reads, with silence between them.
    fn after(reads: &[&str]) -> Vec<TerminalInput> {
        let mut decoder = Decoder::default();
        for read in reads {
            decoder.take(read.as_bytes());
            if decoder.patience().is_some() {
                decoder.nothing_more();
            }
        }
        std::iter::from_fn(|| decoder.next()).collect()
    }

    fn keys(reads: &[&str]) -> Vec<Key> {
        let key = |input| if let TerminalInput::Key(key) = input { key } else { panic!("{input:?}") };
        after(reads).into_iter().map(key).collect()
    }

    #[test]
    fn keys_are_read() {
        for (bytes, key) in [
            ("a", Key::Char('a')),
            ("é", Key::Char('é')),
            ("\r", Key::Enter),
            ("\n", Key::Enter),
            ("\t", Key::Tab),
            ("\u{7f}", Key::Backspace),
            ("\u{8}", Key::Backspace),
            ("\u{3}", Key::Ctrl('c')),
            ("\u{c}", Key::Ctrl('l')),
            ("\u{1b}", Key::Esc),
            ("\u{1b}[A", Key::Up),
            ("\u{1b}OB", Key::Down),
            ("\u{1b}[1;5C", Key::Right),
            ("\u{1b}[Z", Key::BackTab),
            ("\u{1b}[3~", Key::Delete),
            ("\u{1b}[5~", Key::PageUp),
            ("\u{1b}OP", Key::F(1)),
            ("\u{1b}[15~", Key::F(5)),
            ("\u{1b}[24~", Key::F(12)),
        ] {
            assert_eq!(keys(&[bytes]), [key], "{bytes:?}");
        }
    }

    #[test]
    fn answers_of_a_terminal_are_no_keys() {
        for answer in [
            "\u{1b}]11;rgb:1c1c/1c1c/1c1c\u{1b}\\",
            "\u{1b}]10;rgb:ffff/ffff/ffff\u{7}",
            "\u{1b}]52;c;MTIzNG5x\u{7}",
            "\u{1b}]4;1;rgb:cdcd/0000/0000\u{1b}\\",
            "\u{1b}P>|XTerm(379)\u{1b}\\",
            "\u{1b}P1+r544e=787465726d\u{1b}\\",
            "\u{1b}[>41;379;0c",
            "\u{1b}[?64;1;2;6;9;15;16;17;18;21;22;28c",
            "\u{1b}[?1u",
            "\u{1b}[12;40R",
            "\u{1b}[8;24;80t",
            "\u{1b}[0n",
            "\u{1b}[?2026;2$y",
            "\u{1b}_Gi=31;OK\u{1b}\\",
            "\u{1b}[I",
            "\u{1b}[O",
            "\u{1b}x",
            "\u{1b}1",
        ] {
            assert_eq!(after(&[answer]), [], "{answer:?}");
            // In the midst of keys, too, and cut in two wherever it may be, as long as the rest comes in time.
            for at in 1..answer.len() {
                let mut decoder = Decoder::default();
                for part in ["a", &answer[..at], &answer[at..], "b"] {
                    decoder.take(part.as_bytes());
                }
                let read: Vec<TerminalInput> = std::iter::from_fn(|| decoder.next()).collect();
                assert_eq!(
                    read,
                    [TerminalInput::Key(Key::Char('a')), TerminalInput::Key(Key::Char('b'))],
                    "{answer:?} cut at {at}"
                );
            }
        }
    }

    #[test]
    fn a_sequence_that_never_ends_holds_nobody_up() {
        for beginning in ["\u{1b}]11;", "\u{1b}P", "\u{1b}[12;", "\u{1b}O", "\u{1b}[200~12"] {
            assert_eq!(keys(&[beginning, "q"]), [Key::Char('q')], "{beginning:?}");
        }
        assert_eq!(keys(&["\u{1b}", "q"]), [Key::Esc, Key::Char('q')]);
    }

    #[test]
    fn the_late_rest_of_a_sequence_is_no_choice() {
        assert_eq!(keys(&["\u{1b}", "[3~"]), [Key::Esc, Key::Delete]);
        assert_eq!(keys(&["\u{1b}", "OA", "3"]), [Key::Esc, Key::Up, Key::Char('3')]);
    }

    #[test]
    fn pasted_text_is_one_thing() {
        let read = after(&["\u{1b}[200~one 1\r2\u{1b}[201~3"]);
        assert_eq!(read, [TerminalInput::Paste("one 1 2".to_owned()), TerminalInput::Key(Key::Char('3'))]);
    }

    #[test]
    fn the_mouse_is_read() {
        assert_eq!(after(&["\u{1b}[<0;12;5M\u{1b}[<0;12;5m"]), [TerminalInput::Click(11, 4)]);
        assert_eq!(
            after(&["\u{1b}[<64;1;1M\u{1b}[<65;1;1M"]),
            [TerminalInput::Wheel(false), TerminalInput::Wheel(true)]
        );
    }

    #[test]
    fn a_letter_cut_in_two_is_one_letter() {
        let mut decoder = Decoder::default();
        decoder.take(&[0xc3]);
        decoder.take(&[0xa9]);
        assert_eq!(decoder.next(), Some(TerminalInput::Key(Key::Char('é'))));
    }
}
