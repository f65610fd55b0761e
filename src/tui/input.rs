//! What a terminal sends, read byte by byte: keys, clicks, pasted text. Answers of the terminal to questions that some
//! other program has asked are read to their end and dropped, so that they are never taken for keys.
//!
//! Time is given from outside: the decoder asks no clock.

use std::time::{Duration, Instant};

use vte::Parser;

use crate::view::Key;

use super::app::AppEvent;

mod sequences;

use sequences::{Paste, Reader};

/// How long the rest of a sequence may be on its way after its ESC. Longer than a slow line splits one, shorter than a
/// person notices.
const AFTER_ESCAPE: Duration = Duration::from_millis(50);
/// How long the rest of a sequence may be on its way after more of it has come; then it is given up.
const WITHIN_SEQUENCE: Duration = Duration::from_millis(250);
/// How long a lone ESC that has been taken for the key may still turn out to begin a sequence.
const LATE_REST: Duration = Duration::from_secs(1);
/// How long more of a paste may be on its way; then it is dropped, to its end.
const WITHIN_PASTE: Duration = Duration::from_secs(5);
/// In a paste whose end never comes, this key is a person's.
const INTERRUPT: u8 = 0x03;
const ESCAPE: u8 = 0x1b;

/// Bytes of a terminal in, events out.
#[derive(Default)]
pub(super) struct Decoder {
    parser: Parser,
    read: Reader,
    /// When the last byte came, if it may be the beginning of more.
    unfinished: Option<Instant>,
    begun: Begun,
    /// When a lone ESC was taken for the key; what comes soon after may still be its rest.
    escape_given_up: Option<Instant>,
}

/// What the last byte may be the beginning of.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Begun {
    /// Any sequence, or none: all that has come is an ESC, which may be the key.
    Escape,
    /// A sequence that holds text, as far as the ESC that begins its end.
    Text,
    /// Anything else, whole or not.
    #[default]
    Sequence,
}

impl Decoder {
    /// Takes bytes that were read together, at this time.
    pub fn take(&mut self, bytes: &[u8], now: Instant) {
        if bytes.is_empty() {
            return;
        }
        if bytes == [INTERRUPT] && self.read.paste == Paste::Dropped {
            self.give_up_sequence();
            self.read.paste = Paste::No;
        }
        // Of two that come one after the other the first was the key, however soon: it is held down.
        if self.begun == Begun::Escape && self.read.paste == Paste::No && bytes[0] == ESCAPE {
            self.read.key(Key::Esc);
        }
        // Nobody types `[` right behind an ESC: it is the rest of a sequence whose ESC came too early.
        let late = |at: Instant| now.saturating_duration_since(at) < LATE_REST;
        if self.escape_given_up.take().is_some_and(late) && matches!(bytes[0], b'[' | b'O') {
            self.byte(ESCAPE);
        }
        for byte in bytes {
            self.byte(*byte);
        }
        self.unfinished = Some(now);
    }

    fn byte(&mut self, byte: u8) {
        if self.read.of_a_click > 0 {
            self.read.of_a_click -= 1;
            return;
        }
        self.begun = match (byte, self.begun) {
            (ESCAPE, Begun::Text) => Begun::Sequence,
            (ESCAPE, _) => Begun::Escape,
            (b']' | b'P' | b'X' | b'^' | b'_', Begun::Escape) => Begun::Text,
            (0x07 | 0x18 | 0x1a, Begun::Text) => Begun::Sequence,
            (_, Begun::Text) => Begun::Text,
            _ => Begun::Sequence,
        };
        self.parser.advance(&mut self.read, &[byte]);
    }

    /// How long to wait for more before [`Decoder::nothing_came`]; `None` where nothing can be unfinished.
    pub fn patience(&self, now: Instant) -> Option<Duration> {
        let patience = match self.read.paste {
            Paste::Begun(_) | Paste::Dropped => WITHIN_PASTE,
            Paste::No if self.begun == Begun::Escape => AFTER_ESCAPE,
            Paste::No => WITHIN_SEQUENCE,
        };
        Some(patience.saturating_sub(now.saturating_duration_since(self.unfinished?)))
    }

    /// Nothing has come until `now`. Where that is long after the last byte, a lone ESC was the key, any other beginning
    /// of a sequence is dropped, and so is a paste.
    pub fn nothing_came(&mut self, now: Instant) {
        if self.patience(now) != Some(Duration::ZERO) {
            return;
        }
        self.unfinished = None;
        if self.read.paste != Paste::No {
            // Its end is still to come, and may have been cut in two: the parser keeps what it has of it.
            self.read.paste = Paste::Dropped;
            return;
        }
        let escape = self.begun == Begun::Escape;
        self.give_up_sequence();
        if escape {
            self.read.key(Key::Esc);
            self.escape_given_up = Some(now);
        }
    }

    fn give_up_sequence(&mut self) {
        self.parser = Parser::new();
        self.begun = Begun::default();
        self.read.single_shift = false;
        self.read.of_a_click = 0;
    }

    /// Whether there are events that are complete.
    pub fn has_more(&self) -> bool {
        !self.read.events.is_empty()
    }

    /// The next event that is complete.
    pub fn next(&mut self) -> Option<AppEvent> {
        self.read.events.pop_front()
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{AFTER_ESCAPE, Decoder, LATE_REST, WITHIN_PASTE, WITHIN_SEQUENCE};
    use crate::tui::app::AppEvent;
    use crate::view::Key;

    const MOMENT: Duration = Duration::from_millis(1);

    /// What comes of these reads, each after such a silence; nothing comes for a minute after the last. In the silence the
    /// decoder is told every ten milliseconds that nothing came, as if a clock were shown.
    fn read(reads: &[(Duration, &[u8])]) -> Vec<AppEvent> {
        let (mut decoder, mut now) = (Decoder::default(), Instant::now());
        let last: (Duration, &[u8]) = (Duration::from_secs(60), b"");
        for (silence, bytes) in reads.iter().copied().chain([last]) {
            let end = now + silence;
            while now + Duration::from_millis(10) < end {
                now += Duration::from_millis(10);
                decoder.nothing_came(now);
            }
            now = end;
            decoder.take(bytes, now);
        }
        std::iter::from_fn(|| decoder.next()).collect()
    }

    /// What comes of these reads, a minute apart.
    fn apart(reads: &[&str]) -> Vec<AppEvent> {
        let reads: Vec<_> = reads.iter().map(|bytes| (Duration::from_secs(60), bytes.as_bytes())).collect();
        read(&reads)
    }

    fn keys(keys: &[Key]) -> Vec<AppEvent> {
        keys.iter().copied().map(AppEvent::Key).collect()
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
            assert_eq!(apart(&[bytes]), keys(&[key]), "{bytes:?}");
        }
    }

    /// What a terminal sends of itself or in answer to a question, clicks in the oldest form, and keys held with Alt.
    const NO_KEYS: &[&[u8]] = &[
        b"\x1b]11;rgb:1c1c/\x1b\\",
        b"\x1b]11;?\x1b\\",
        b"\x1b]10;rgb:ffff/ffff/ffff\x07",
        b"\x1b]52;c;MTIzNG5x\x07",
        b"\x1b]4;1;rgb:cdcd/0000/0000\x1b\\",
        b"\x1bP>|XTerm(379)\x1b\\",
        b"\x1bP1+r544e=787465726d\x1b\\",
        b"\x1b[>41;379;0c",
        b"\x1b[?64;1;2;6;9;15;16;17;18;21;22;28c",
        b"\x1b[?1u",
        b"\x1b[12;40R",
        b"\x1b[8;24;80t",
        b"\x1b[0n",
        b"\x1b[?2026;2$y",
        b"\x1b_Gi=31;OK\x1b\\",
        b"\x1b[I",
        b"\x1b[O",
        b"\x1b[M 12",
        b"\x1b[M#\xe9q",
        b"\x1b[32;12;5M",
        b"\x1bx",
        b"\x1b1",
    ];

    /// Whole, and cut in two wherever it may be, as long as the rest comes in time: however often anything else wakes
    /// the program while it is on its way.
    #[test]
    fn what_is_no_key_is_never_one() {
        for bytes in NO_KEYS {
            for at in 1..=bytes.len() {
                let (head, rest) = bytes.split_at(at);
                let patience = if at == 1 { AFTER_ESCAPE } else { WITHIN_SEQUENCE };
                let reads = [(MOMENT, b"a".as_slice()), (MOMENT, head), (patience - MOMENT, rest), (MOMENT, b"b")];
                let shown = String::from_utf8_lossy(bytes);
                assert_eq!(read(&reads), keys(&[Key::Char('a'), Key::Char('b')]), "{shown:?} cut at {at}");
            }
        }
    }

    #[test]
    fn a_sequence_that_never_ends_holds_nobody_up() {
        for beginning in ["\u{1b}]11;", "\u{1b}P", "\u{1b}[12;", "\u{1b}O", "\u{1b}[M "] {
            assert_eq!(apart(&[beginning, "q"]), keys(&[Key::Char('q')]), "{beginning:?}");
        }
        assert_eq!(apart(&["\u{1b}", "q"]), keys(&[Key::Esc, Key::Char('q')]));
    }

    #[test]
    fn an_escape_held_down_is_many() {
        let reads = [(MOMENT, b"\x1b".as_slice()); 4];
        assert_eq!(read(&reads), keys(&[Key::Esc; 4]));
        // After whatever may have been begun.
        let reads = [(MOMENT, b"\x1b  ".as_slice()), (MOMENT, b"\x1b"), (MOMENT, b"\x1b")];
        assert_eq!(read(&reads), keys(&[Key::Esc; 2]));
        // Together they are a key held with Alt.
        assert_eq!(apart(&["\u{1b}\u{1b}[A"]), keys(&[Key::Up]));
    }

    #[test]
    fn the_late_rest_of_a_sequence_is_no_choice() {
        let late = LATE_REST - MOMENT;
        for (rest, key) in [(["[3~", ""], Key::Delete), (["[", "3~"], Key::Delete), (["O", "A"], Key::Up)] {
            let reads = [(MOMENT, b"\x1b".as_slice()), (late, rest[0].as_bytes()), (MOMENT, rest[1].as_bytes())];
            assert_eq!(read(&reads), keys(&[Key::Esc, key]), "{rest:?}");
        }
        // Much later it is what somebody types.
        let typed = [Key::Esc, Key::Char('['), Key::Char('3')];
        assert_eq!(apart(&["\u{1b}", "[3"]), keys(&typed));
    }

    #[test]
    fn pasted_text_is_one_thing() {
        let paste = |text: &str| AppEvent::Paste(text.to_owned());
        // Nothing that is pasted is a key or a click.
        let bytes = b"\x1b[200~one 1\r2\x1b[A\x1bOB\x1b[<0;1;1M\x03\x1b[201~3";
        assert_eq!(apart(&[&String::from_utf8_lossy(bytes)]), [paste("one 1 2"), AppEvent::Key(Key::Char('3'))]);
        // Cut in two wherever it may be, it is the same, as long as the rest comes within seconds.
        for at in 1..bytes.len() - 1 {
            let patience = if at == 1 { AFTER_ESCAPE } else { WITHIN_SEQUENCE };
            let patience = if at < 6 { patience } else { WITHIN_PASTE } - MOMENT;
            let reads = [(MOMENT, &bytes[..at]), (patience, &bytes[at..])];
            assert_eq!(read(&reads), [paste("one 1 2"), AppEvent::Key(Key::Char('3'))], "cut at {at}");
        }
    }

    #[test]
    fn a_paste_that_was_cut_off_is_dropped_to_its_end() {
        for reads in
            [["\u{1b}[200~1", "23\u{1b}[201~q"], ["\u{1b}[200~1\u{1b}", "[201~q"], ["\u{1b}[200~1\u{1b}[20", "1~q"]]
        {
            assert_eq!(apart(&reads), keys(&[Key::Char('q')]), "{reads:?}");
        }
        // Where the end never comes, Ctrl-C is a person's, and so is all that follows.
        assert_eq!(apart(&["\u{1b}[200~1", "2", "\u{3}", "q"]), keys(&[Key::Ctrl('c'), Key::Char('q')]));
    }

    #[test]
    fn the_background_is_told() {
        for (colour, light) in [
            ("rgb:1c1c/1c1c/1c1c", Some(false)),
            ("rgb:ffff/ffff/ffff", Some(true)),
            ("rgb:fd/f6/e3", Some(true)),
            ("rgb:0/2/3", Some(false)),
            ("rgba:ffff/ffff/dddd/ffff", Some(true)),
            ("rgb:ffff/ffff", None),
            ("rgb:fffff/0/0", None),
            ("rgb:/0/0", None),
            ("#ffffff", None),
            ("?", None),
        ] {
            let events: Vec<_> = light.into_iter().map(|light| AppEvent::Background { light }).collect();
            for end in ["\u{7}", "\u{1b}\\"] {
                assert_eq!(apart(&[&format!("\u{1b}]11;{colour}{end}")]), events, "{colour}");
            }
        }
    }

    #[test]
    fn the_mouse_is_read() {
        assert_eq!(apart(&["\u{1b}[<0;12;5M\u{1b}[<0;12;5m"]), [AppEvent::Click(11, 4)]);
        assert_eq!(apart(&["\u{1b}[<64;1;1M\u{1b}[<65;1;1M"]), [AppEvent::Wheel(false), AppEvent::Wheel(true)]);
    }

    #[test]
    fn a_letter_cut_in_two_is_one_letter() {
        assert_eq!(read(&[(MOMENT, &[0xc3]), (WITHIN_SEQUENCE - MOMENT, &[0xa9])]), keys(&[Key::Char('é')]));
    }
}
