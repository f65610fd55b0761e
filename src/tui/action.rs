/// A key, as any terminal can send it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key {
    Char(char),
    Ctrl(char),
    Enter,
    Esc,
    Up,
    Down,
    PageUp,
    PageDown,
    Home,
    End,
    Tab,
    BackTab,
    F(u8),
}

/// What a key does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    Up,
    Down,
    Choose,
    Back,
    ScrollDown,
    ScrollUp,
    Top,
    Bottom,
    Undo,
    History,
    Record,
    Status,
    Next,
    Previous,
    Help,
    Quit,
    Interrupt,
    Suspend,
}

/// An action with its keys and what it is for. Keys, footer and help screen all come from [`ACTIONS`].
#[derive(Debug, Clone, Copy)]
pub struct Spec {
    pub action: Action,
    /// One word, for the footer.
    pub name: &'static str,
    /// A sentence, for the help screen.
    pub help: &'static str,
    pub keys: &'static [Key],
    /// Only while a night is open.
    pub in_night: bool,
}

/// Every action. Numbers are not in here: 1 to 9 choose, and 0 is the choice that is always there.
pub const ACTIONS: &[Spec] = &[
    spec(Action::Up, "up", "Go to the choice above", &[Key::Up], false),
    spec(Action::Down, "down", "Go to the choice below", &[Key::Down], false),
    spec(Action::Choose, "choose", "Take the choice the cursor is on", &[Key::Enter], false),
    spec(Action::Back, "back", "Close this, or go back a step", &[Key::Esc], false),
    spec(Action::ScrollDown, "more", "Read on", &[Key::Char(' '), Key::PageDown], false),
    spec(Action::ScrollUp, "less", "Read back", &[Key::Char('b'), Key::PageUp], false),
    spec(Action::Top, "top", "Go to the beginning", &[Key::Home], false),
    spec(Action::Bottom, "end", "Go to the end", &[Key::End], false),
    spec(Action::Undo, "undo", "Take the last decision back", &[Key::Char('u')], true),
    spec(Action::History, "history", "The night so far", &[Key::Char('h')], true),
    spec(
        Action::Record,
        "record",
        "What is reported, disputed, inferred or invented, and who says so",
        &[Key::Char('r')],
        true,
    ),
    spec(Action::Status, "status", "The clock, and how things stand", &[Key::Char('s')], true),
    spec(Action::Next, "next", "The next page or seat", &[Key::Tab], false),
    spec(Action::Previous, "previous", "The page or seat before", &[Key::BackTab], false),
    spec(Action::Help, "help", "These keys", &[Key::Char('?'), Key::F(1)], false),
    spec(Action::Quit, "quit", "Leave; the night is kept", &[Key::Char('q')], false),
    spec(Action::Interrupt, "interrupt", "Leave at once when pressed twice", &[Key::Ctrl('c')], false),
    spec(Action::Suspend, "suspend", "Go to the shell; `fg` comes back", &[Key::Ctrl('z')], false),
];

const fn spec(action: Action, name: &'static str, help: &'static str, keys: &'static [Key], in_night: bool) -> Spec {
    Spec { action, name, help, keys, in_night }
}

impl Action {
    /// The action of a key.
    #[must_use]
    pub fn of(key: Key) -> Option<Self> {
        let key = if let Key::Char(c) = key { Key::Char(c.to_ascii_lowercase()) } else { key };
        ACTIONS.iter().find(|spec| spec.keys.contains(&key)).map(|spec| spec.action)
    }

    /// Its row in the table.
    #[must_use]
    pub fn spec(self) -> &'static Spec {
        ACTIONS.iter().find(|spec| spec.action == self).expect("a test holds that every action is in the table")
    }
}

impl Key {
    /// As a person reads it.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Char(' ') => "Space".to_owned(),
            Self::Char(c) => c.to_string(),
            Self::Ctrl(c) => format!("Ctrl-{}", c.to_ascii_uppercase()),
            Self::F(number) => format!("F{number}"),
            Self::Enter => "Enter".to_owned(),
            Self::Esc => "Esc".to_owned(),
            Self::Up => "↑".to_owned(),
            Self::Down => "↓".to_owned(),
            Self::PageUp => "PgUp".to_owned(),
            Self::PageDown => "PgDn".to_owned(),
            Self::Home => "Home".to_owned(),
            Self::End => "End".to_owned(),
            Self::Tab => "Tab".to_owned(),
            Self::BackTab => "Shift-Tab".to_owned(),
        }
    }

    /// The key of a name as tests and people write it: `u`, `3`, `enter`, `ctrl-c`, `pgdn`.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let mut chars = name.chars();
        if let (Some(c), None) = (chars.next(), chars.next()) {
            return Some(Self::Char(c));
        }
        Some(match name.to_lowercase().as_str() {
            "space" => Self::Char(' '),
            "enter" => Self::Enter,
            "esc" => Self::Esc,
            "up" => Self::Up,
            "down" => Self::Down,
            "pgup" => Self::PageUp,
            "pgdn" => Self::PageDown,
            "home" => Self::Home,
            "end" => Self::End,
            "tab" => Self::Tab,
            "backtab" => Self::BackTab,
            "f1" => Self::F(1),
            "ctrl-c" => Self::Ctrl('c'),
            "ctrl-z" => Self::Ctrl('z'),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{ACTIONS, Action, Key};

    #[test]
    fn no_key_does_two_things() {
        let mut seen = HashSet::new();
        for key in ACTIONS.iter().flat_map(|spec| spec.keys) {
            assert!(seen.insert(key), "{key:?} twice");
            assert!(!matches!(key, Key::Char('0'..='9')), "numbers choose");
            assert_eq!(Action::of(*key).map(|action| action.spec().keys.contains(key)), Some(true));
        }
    }
}
