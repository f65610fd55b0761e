//! A line being typed, edited as a shell's is.

use unicode_segmentation::UnicodeSegmentation as _;

use crate::view::Key;

/// What is being typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputPurpose {
    Search,
    Name,
    /// How a class came to its decision.
    Vote,
    /// A writer's order.
    Order,
}

/// The most letters of a line.
const LONGEST: usize = 60;

/// A line being typed; the cursor stands between its two parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextInput {
    pub what: InputPurpose,
    before: String,
    after: String,
}

impl TextInput {
    pub fn new(what: InputPurpose) -> Self {
        Self { what, before: String::new(), after: String::new() }
    }

    /// The whole line.
    pub fn text(&self) -> String {
        format!("{}{}", self.before, self.after)
    }

    /// What stands before the cursor.
    pub fn before(&self) -> &str {
        &self.before
    }

    /// Puts text in at the cursor, as much of it as there is room for.
    pub fn insert(&mut self, text: &str) {
        let room = LONGEST.saturating_sub(self.text().graphemes(true).count());
        self.before.extend(text.chars().filter(|c| !c.is_control()).collect::<String>().graphemes(true).take(room));
    }

    /// Edits the line by a key; `false` where the key is none of an editor's.
    pub fn edit(&mut self, key: Key) -> bool {
        match key {
            Key::Char(c) => self.insert(c.encode_utf8(&mut [0; 4])),
            Key::Backspace => {
                self.before.truncate(last(&self.before));
            }
            Key::Delete | Key::Ctrl('d') => {
                let rest = first(&self.after);
                self.after.drain(..rest);
            }
            Key::Left | Key::Ctrl('b') => {
                let moved = self.before.split_off(last(&self.before));
                self.after.insert_str(0, &moved);
            }
            Key::Right | Key::Ctrl('f') => {
                let rest = self.after.split_off(first(&self.after));
                self.before.push_str(&std::mem::replace(&mut self.after, rest));
            }
            Key::Home | Key::Ctrl('a') => {
                self.after.insert_str(0, &self.before);
                self.before.clear();
            }
            Key::End | Key::Ctrl('e') => {
                self.before.push_str(&self.after);
                self.after.clear();
            }
            Key::Ctrl('u') => self.before.clear(),
            Key::Ctrl('k') => self.after.clear(),
            Key::Ctrl('w') => {
                let word = self.before.trim_end();
                let begin = word.rfind(char::is_whitespace).map_or(0, |at| at + 1);
                self.before.truncate(begin);
            }
            _ => return false,
        }
        true
    }
}

/// Where the last letter of a text begins.
fn last(text: &str) -> usize {
    text.grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
}

/// Where the first letter of a text ends.
fn first(text: &str) -> usize {
    text.graphemes(true).next().map_or(0, str::len)
}

#[cfg(test)]
mod tests {
    use super::{InputPurpose, TextInput};
    use crate::view::Key;

    #[test]
    fn a_line_is_edited_as_in_a_shell() {
        let mut field = TextInput::new(InputPurpose::Name);
        field.insert("a cold night");
        for (keys, shows) in [
            (vec![Key::Left, Key::Left, Key::Backspace], "a cold ni|ht"),
            (vec![Key::Char('g')], "a cold nig|ht"),
            (vec![Key::Delete], "a cold nig|t"),
            (vec![Key::Home, Key::Char('é')], "é|a cold nigt"),
            (vec![Key::End, Key::Ctrl('w')], "éa cold |"),
            (vec![Key::Ctrl('w'), Key::Char('b')], "éa b|"),
            (vec![Key::Left, Key::Ctrl('u')], "|b"),
            (vec![Key::Right, Key::Char('c'), Key::Ctrl('a'), Key::Ctrl('k')], "|"),
        ] {
            for key in &keys {
                assert!(field.edit(*key), "{key:?}");
            }
            assert_eq!(format!("{}|{}", field.before, field.after), shows, "{keys:?}");
        }
        // A letter that is written with several signs is one letter.
        field.insert("👩\u{200d}🚀e\u{301}");
        field.edit(Key::Backspace);
        assert_eq!(field.text(), "👩\u{200d}🚀");
        field.edit(Key::Backspace);
        assert_eq!(field.text(), "");
        field.insert(&"x".repeat(100));
        assert_eq!(field.text().len(), super::LONGEST);
        assert!(!field.edit(Key::Enter) && !field.edit(Key::Esc));
    }
}
