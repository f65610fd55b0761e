//! Everything a player can do besides choosing. Keys, footer, help screen, the README's table and the words of the
//! plain face all come from [`ACTIONS`].

use super::key::Key;

/// What a key or a word does. [`ACTIONS`] says of each, in words, what that is.
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
    Again,
    Choices,
    Undo,
    Redo,
    Redraw,
    History,
    Search,
    Record,
    Status,
    Why,
    Forks,
    Saves,
    Name,
    Save,
    Settings,
    Debrief,
    Other,
    Same,
    Silence,
    Freeze,
    News,
    Next,
    Previous,
    Desk,
    Workbench,
    Order,
    Edit,
    Help,
    Quit,
    Interrupt,
    Suspend,
}

/// An action with its keys and what it is for.
#[derive(Debug, Clone, Copy)]
pub struct ActionSpec {
    pub action: Action,
    /// One word: for the footer, for the plain face, for the settings.
    pub name: &'static str,
    /// A sentence, for the help.
    pub help: &'static str,
    /// The keys it has unless the settings say otherwise; may be none.
    pub keys: &'static [Key],
    /// It works only during a game.
    pub in_game: bool,
    /// What may follow the word in the plain face, as the help names it; `None` if the word does nothing there.
    pub word: Option<&'static str>,
}

/// Every action. Numbers are not in here: 1 to 9 choose, and 0 is the choice that is always there.
pub const ACTIONS: &[ActionSpec] = &[
    key(Action::Up, "up", "Go to the choice above", &[Key::Up, Key::Char('k')]),
    key(Action::Down, "down", "Go to the choice below", &[Key::Down, Key::Char('j')]),
    key(Action::Choose, "choose", "Take the selected choice", &[Key::Enter]),
    key(Action::Back, "back", "Close this, or go back a step", &[Key::Esc]),
    ActionSpec {
        word: Some("NUMBER"),
        ..key(
            Action::ScrollDown,
            "more",
            "Read on; after the end, show what is known",
            &[Key::Char(' '), Key::PageDown, Key::Ctrl('d')],
        )
    },
    key(Action::ScrollUp, "less", "Read back", &[Key::Char('b'), Key::PageUp, Key::Ctrl('u')]),
    key(Action::Top, "top", "Go to the beginning", &[Key::Home, Key::Char('g')]),
    key(Action::Bottom, "end", "Go to the end", &[Key::End, Key::Char('G')]),
    word(Action::Again, "again", "Repeat the page", &[], ""),
    word(Action::Choices, "choices", "Repeat the choices only", &[], ""),
    word(Action::Undo, "undo", "Undo the last decision", &[Key::Char('u')], ""),
    word(Action::Redo, "redo", "Redo what was undone", &[Key::Ctrl('r')], ""),
    word(Action::History, "history", "Show the game so far", &[Key::Char('h')], ""),
    word(Action::Search, "search", "Search the game so far", &[Key::Char('/')], "WORDS"),
    word(
        Action::Record,
        "record",
        "Show what is reported, disputed, inferred or invented, and the sources",
        &[Key::Char('r')],
        "",
    ),
    word(Action::Status, "status", "Show the clock and how things stand", &[Key::Char('s')], ""),
    word(Action::Why, "why", "Show why a choice is not open", &[Key::Char('w')], ""),
    word(
        Action::Forks,
        "forks",
        "List the decisions of this game, to play on from one of them",
        &[Key::Char('f')],
        "NUMBER",
    ),
    word(
        Action::Saves,
        "games",
        "List your saved games and the endings found, or continue one",
        &[Key::Char('m')],
        "NUMBER",
    ),
    word(Action::Name, "name", "Give this game a name", &[Key::Char('n')], "WORDS"),
    word(Action::Save, "save", "Show where this game is saved", &[Key::Char('K')], ""),
    word(Action::Settings, "settings", "Change theme, motion, pace, width and more", &[Key::Char('o')], ""),
    word(
        Action::Debrief,
        "debrief",
        "After the end: show what turned this game, and what became of each message",
        &[],
        "",
    ),
    word(Action::Other, "other", "After the end: show the game as another seat had it", &[], "SEAT"),
    word(Action::Same, "same", "After the end: play the same game from another seat", &[], "SEAT"),
    word(Action::Silence, "silence", "For writers: let the time run out", &[], ""),
    word(Action::Freeze, "freeze", "For writers: stop the game here", &[], ""),
    word(Action::News, "news", "For writers: break the news; without a name, list them", &[], "NAME"),
    key(Action::Next, "next", "Go to the next page or seat", &[Key::Tab, Key::Right]),
    key(Action::Previous, "previous", "Go to the previous page or seat", &[Key::BackTab, Key::Left]),
    in_game(Action::Desk, "teacher", "For teachers: turn clock, news, stop the game", &[Key::Char('t')]),
    key(
        Action::Workbench,
        "workbench",
        "For writers (watch): show variables, and why choices are open",
        &[Key::Char('v')],
    ),
    key(
        Action::Order,
        "order",
        "For writers (watch): go to a scene, set a variable, force a random way",
        &[Key::Char(':')],
    ),
    key(Action::Edit, "edit", "For writers (watch): open the scene in your editor", &[Key::Char('e')]),
    word(Action::Help, "help", "Show this list", &[Key::Char('?'), Key::F(1)], ""),
    word(Action::Quit, "quit", "Close this, or leave; the game is saved", &[Key::Char('q')], ""),
    key(Action::Interrupt, "interrupt", "Leave at once, when pressed twice", &[Key::Ctrl('c')]),
    key(Action::Redraw, "redraw", "Redraw the screen", &[Key::Ctrl('l')]),
    key(Action::Suspend, "suspend", "Suspend to the shell; `fg` returns", &[Key::Ctrl('z')]),
];

/// An action of the full screen only.
const fn key(action: Action, name: &'static str, help: &'static str, keys: &'static [Key]) -> ActionSpec {
    ActionSpec { action, name, help, keys, in_game: false, word: None }
}

/// An action of the full screen, during a game.
const fn in_game(action: Action, name: &'static str, help: &'static str, keys: &'static [Key]) -> ActionSpec {
    ActionSpec { in_game: true, ..key(action, name, help, keys) }
}

/// An action that is a word of the plain face too.
const fn word(
    action: Action,
    name: &'static str,
    help: &'static str,
    keys: &'static [Key],
    follows: &'static str,
) -> ActionSpec {
    let anywhere = matches!(action, Action::Help | Action::Quit | Action::Settings | Action::Saves);
    ActionSpec { action, name, help, keys, in_game: !anywhere, word: Some(follows) }
}

impl ActionSpec {
    /// Finds the action of a name, in lower case. `nights` was the name of `games` once, and stands in people's
    /// settings.
    fn named(name: &str) -> Option<&'static Self> {
        let name = if name == "nights" { "games" } else { name };
        ACTIONS.iter().find(|spec| spec.name == name)
    }
}

impl Action {
    /// Its row in the table.
    #[must_use]
    pub fn spec(self) -> &'static ActionSpec {
        ACTIONS.iter().find(|spec| spec.action == self).expect("a test holds that every action is in the table")
    }

    /// The action that a line of the plain face names, in any case.
    #[must_use]
    pub fn said(line: &str) -> Option<Self> {
        ActionSpec::named(&line.trim().to_lowercase()).filter(|spec| spec.word.is_some()).map(|spec| spec.action)
    }

    /// The action that a line names by a key of the full screen, if it is a word of the plain face too.
    #[must_use]
    pub fn said_by_key(line: &str) -> Option<Self> {
        let Some(key @ Key::Char(_)) = Key::parse(line.trim()) else { return None };
        Keymap::default().action(key).filter(|action| action.spec().word.is_some())
    }

    /// The action that a line begins with, and what follows it: “name a cold night”.
    #[must_use]
    pub fn said_with(line: &str) -> Option<(Self, &str)> {
        let (first, rest) = line.trim().split_once(char::is_whitespace)?;
        let follows = |spec: &&ActionSpec| spec.word.is_some_and(|word| !word.is_empty());
        let spec = ACTIONS.iter().filter(follows).find(|spec| spec.name.eq_ignore_ascii_case(first))?;
        Some((spec.action, rest.trim()))
    }
}

/// Which key does what: the table's keys, with a reader's own put over them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    keys: Vec<(Action, Vec<Key>)>,
}

impl Default for Keymap {
    fn default() -> Self {
        Self { keys: ACTIONS.iter().map(|spec| (spec.action, spec.keys.to_vec())).collect() }
    }
}

impl Keymap {
    /// The table with some actions' keys put in the place of theirs: pairs of an action's name and names of keys.
    ///
    /// # Errors
    /// What does not fit, with the word in question first: an unknown action or key, a number, a key with two uses, or
    /// an action that could not be reached any more though one needs it.
    pub fn patched<'k>(patch: impl IntoIterator<Item = (&'k str, &'k [String])>) -> Result<Self, (String, String)> {
        let mut map = Self::default();
        let mut patched: Vec<Action> = Vec::new();
        for (name, keys) in patch {
            let fault = |why: &str| (name.to_owned(), format!("`{name}` {why}"));
            let spec = ActionSpec::named(name).ok_or_else(|| fault("is no action; `hallway settings` lists them"))?;
            let mut own = Vec::new();
            for key in keys {
                let parsed = Key::parse(key).filter(|key| !matches!(key, Key::Char('0'..='9')));
                own.push(parsed.ok_or_else(|| (key.clone(), format!("`{key}` is no key for `{name}`; keys are written `x`, `ctrl-x`, `f2`, `space`, `pgup`, and numbers choose")))?);
            }
            if own.is_empty() && matches!(spec.action, Action::Quit | Action::Choose | Action::Back | Action::Help) {
                return Err(fault("cannot be left without a key"));
            }
            if let Some(row) = map.keys.iter_mut().find(|(action, _)| *action == spec.action) {
                row.1 = own;
            }
            patched.push(spec.action);
        }
        // A key of a reader's own takes the place of a usual one, where that action has another.
        let own: Vec<Key> = patched.iter().flat_map(|action| map.keys(*action).to_vec()).collect();
        for (_, keys) in map.keys.iter_mut().filter(|(action, _)| !patched.contains(action)) {
            let left: Vec<Key> = keys.iter().copied().filter(|key| !own.contains(key)).collect();
            if !left.is_empty() {
                *keys = left;
            }
        }
        for (at, (action, keys)) in map.keys.iter().enumerate() {
            for (other, others) in &map.keys[at + 1..] {
                if let Some(key) = keys.iter().find(|key| others.contains(key)) {
                    let (one, two) = (action.spec().name, other.spec().name);
                    return Err((
                        one.to_owned(),
                        format!("the key {} would do two things: `{one}` and `{two}`", key.name()),
                    ));
                }
            }
        }
        Ok(map)
    }

    /// The action of a key. A letter counts in either case.
    #[must_use]
    pub fn action(&self, key: Key) -> Option<Action> {
        let lower = if let Key::Char(c) = key { Key::Char(c.to_ascii_lowercase()) } else { key };
        let of = |key| self.keys.iter().find(|(_, keys)| keys.contains(&key)).map(|(action, _)| *action);
        of(key).or_else(|| of(lower))
    }

    /// The keys of an action; may be none.
    #[must_use]
    pub fn keys(&self, action: Action) -> &[Key] {
        self.keys.iter().find(|(other, _)| *other == action).map_or(&[], |(_, keys)| keys)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{ACTIONS, Action, Key, Keymap};

    #[test]
    fn no_key_does_two_things() {
        let mut seen = HashSet::new();
        let map = Keymap::default();
        for (spec, key) in ACTIONS.iter().flat_map(|spec| spec.keys.iter().map(move |key| (spec, key))) {
            assert!(seen.insert(key), "{key:?} twice");
            assert!(!matches!(key, Key::Char('0'..='9')), "numbers choose");
            assert_eq!(map.action(*key), Some(spec.action));
        }
    }

    #[test]
    fn keys_have_names() {
        let named =
            "space enter esc up down left right pgup pgdn home end tab backtab backspace delete f1 f12 ctrl-a u é 3";
        let keys: Vec<Key> =
            named.split(' ').map(|name| Key::parse(name).unwrap_or_else(|| panic!("{name} is no key"))).collect();
        use Key::{
            BackTab, Backspace, Char, Ctrl, Delete, Down, End, Enter, Esc, F, Home, Left, PageDown, PageUp, Right, Tab,
            Up,
        };
        let expected = [
            Char(' '),
            Enter,
            Esc,
            Up,
            Down,
            Left,
            Right,
            PageUp,
            PageDown,
            Home,
            End,
            Tab,
            BackTab,
            Backspace,
            Delete,
            F(1),
            F(12),
            Ctrl('a'),
            Char('u'),
            Char('é'),
            Char('3'),
        ];
        assert_eq!(keys, expected);
        let shown: Vec<String> = keys.iter().map(|key| key.name()).collect();
        assert_eq!(
            shown.join(" "),
            "Space Enter Esc ↑ ↓ ← → PgUp PgDn Home End Tab Shift-Tab Backspace Del F1 F12 Ctrl-A u é 3"
        );
        for wrong in ["", "f0", "f13", "ctrl-1", "ctrl-é", "ctrl-", "enterr", "\u{1b}"] {
            assert_eq!(Key::parse(wrong), None, "{wrong:?}");
        }
        let none: &[String] = &[];
        for (name, fine) in [("quit", false), ("choose", false), ("back", false), ("help", false), ("undo", true)] {
            assert_eq!(Keymap::patched([(name, none)]).is_ok(), fine, "{name}");
        }
    }

    #[test]
    fn a_patch_takes_the_place_of_an_actions_keys() {
        let keys = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let undo = keys(&["ctrl-u", "x"]);
        let map = Keymap::patched([("undo", undo.as_slice())]).expect("a sound patch");
        assert_eq!(map.keys(Action::ScrollUp), [Key::Char('b'), Key::PageUp]);
        assert_eq!(map.action(Key::Ctrl('u')), Some(Action::Undo));
        assert_eq!(map.action(Key::Char('X')), Some(Action::Undo));
        assert_eq!(map.action(Key::Char('u')), None);
        for (name, names, says) in [
            ("undoo", vec!["x"], "is no action"),
            ("undo", vec!["5"], "is no key"),
            ("undo", vec!["ctrl-é"], "is no key"),
            ("undo", vec!["h"], "would do two things"),
            ("quit", vec![], "cannot be left without a key"),
        ] {
            let names = keys(&names);
            let (_, said) = Keymap::patched([(name, names.as_slice())]).expect_err(says);
            assert!(said.contains(says), "{said}");
        }
    }
}
