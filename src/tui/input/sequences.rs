//! What the sequences of a terminal mean: events of keys, clicks and pasted text.

use std::collections::VecDeque;

use vte::{Params, Perform};

use crate::tui::app::AppEvent;
use crate::view::Key;

/// The most bytes of a paste that are kept.
const LONGEST_PASTE: usize = 4_096;

/// Text between the marks of a paste.
#[derive(Default, PartialEq, Eq)]
pub(super) enum Paste {
    #[default]
    No,
    /// This much has come.
    Begun(String),
    /// It was cut off; what still comes of it is none of a person's keys.
    Dropped,
}

/// What the parser has understood so far.
#[derive(Default)]
pub(super) struct Reader {
    pub events: VecDeque<AppEvent>,
    /// ESC O has come: the next character names a key.
    pub single_shift: bool,
    /// So many bytes of a click in the oldest form, which are no characters, are still to come.
    pub of_a_click: u8,
    pub paste: Paste,
}

impl Reader {
    pub fn key(&mut self, key: Key) {
        self.events.push_back(AppEvent::Key(key));
    }
}

impl Perform for Reader {
    fn print(&mut self, c: char) {
        if std::mem::take(&mut self.single_shift) {
            match named(c) {
                _ if self.paste != Paste::No => {}
                Some(key) => self.key(key),
                None if c == 'M' => self.key(Key::Enter),
                None => {}
            }
            return;
        }
        match &mut self.paste {
            Paste::Begun(text) if text.len() < LONGEST_PASTE && c != '\u{7f}' => text.push(c),
            Paste::Begun(_) | Paste::Dropped => {}
            Paste::No if c == '\u{7f}' => self.key(Key::Backspace),
            Paste::No => self.key(Key::Char(c)),
        }
    }

    fn execute(&mut self, byte: u8) {
        match &mut self.paste {
            Paste::Begun(text) => {
                if matches!(byte, b'\r' | b'\n' | b'\t') {
                    text.push(' ');
                }
                return;
            }
            Paste::Dropped => return,
            Paste::No => {}
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
        if self.paste != Paste::No {
            // Whatever else is pasted is no key.
            if (intermediates, action, first) == (b"", '~', 201)
                && let Paste::Begun(text) = std::mem::take(&mut self.paste)
            {
                self.events.push_back(AppEvent::Paste(text));
            }
            return;
        }
        match (intermediates, action) {
            (b"<", 'M') => {
                let cell = |number: Option<u16>| number.unwrap_or(1).saturating_sub(1);
                match first {
                    0 => self.events.push_back(AppEvent::Click(cell(second), cell(third))),
                    64 => self.events.push_back(AppEvent::Wheel(false)),
                    65 => self.events.push_back(AppEvent::Wheel(true)),
                    _ => {}
                }
            }
            // The oldest form of a click: button, column and row in a byte each. Nobody asked for it.
            (b"", 'M') if first == 0 && second.is_none() => self.of_a_click = 3,
            (b"", '~') if first == 200 => self.paste = Paste::Begun(String::new()),
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

    fn osc_dispatch(&mut self, params: &[&[u8]], _bell_terminated: bool) {
        if let [b"11", colour] = params
            && let Some(light) = is_light(colour)
        {
            self.events.push_back(AppEvent::Background { light });
        }
    }

    fn esc_dispatch(&mut self, intermediates: &[u8], _ignore: bool, byte: u8) {
        self.single_shift = intermediates.is_empty() && byte == b'O';
    }
}

/// Whether a colour is light, as a terminal tells it: `rgb:ffff/ffff/ffff`, of one to four digits each.
fn is_light(colour: &[u8]) -> Option<bool> {
    let colour = std::str::from_utf8(colour).ok()?;
    let (_, parts) = colour.split_once(':').filter(|(kind, _)| matches!(*kind, "rgb" | "rgba"))?;
    let share = |part: &str| {
        let most = 16_u32.checked_pow(u32::try_from(part.len()).ok()?).filter(|most| (16..=65_536).contains(most))?;
        Some(f64::from(u32::from_str_radix(part, 16).ok()?) / f64::from(most - 1))
    };
    let shares: Vec<f64> = parts.split('/').map(share).collect::<Option<_>>()?;
    let [red, green, blue, ..] = shares[..] else { return None };
    // As bright as it looks (ITU-R BT.709).
    Some(0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.5)
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
