//! Screens as text, at the four sizes that every screen is designed for. `INSTA_UPDATE=always` accepts.

use hallway::story::{SeatId, Story};
use hallway::tui::{App, Effect, Key, Message, Start, Theme, draw};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::style::Modifier;

use crate::support::story;

const SIZES: [(u16, u16); 4] = [(80, 24), (120, 40), (60, 20), (40, 12)];

/// An app with a terminal in memory.
struct Game<'s> {
    app: App<'s>,
    terminal: Terminal<TestBackend>,
    effects: Vec<Effect>,
}

impl<'s> Game<'s> {
    fn new(story: &'s Story, (columns, rows): (u16, u16), theme: Theme) -> Self {
        let start = Start {
            story,
            name: "a story".to_owned(),
            seat: None,
            seed: Some(7),
            fresh_seed: || 7,
            save: None,
            ahead: Vec::new(),
            title: true,
            panic: false,
        };
        let (mut app, effects) = App::new(start, theme, None);
        app.update(Message::Resize(columns, rows));
        let terminal = Terminal::new(TestBackend::new(columns, rows)).expect("a test terminal");
        Self { app, terminal, effects }
    }

    /// Keys by name, with spaces between them.
    fn keys(mut self, keys: &str) -> Self {
        for key in keys.split_whitespace() {
            let key = Key::parse(key).unwrap_or_else(|| panic!("{key} is no key"));
            self.effects.extend(self.app.update(Message::Key(key)));
        }
        self
    }

    /// The screen as lines of text.
    fn screen(&mut self) -> String {
        let app = &self.app;
        self.terminal.draw(|frame| draw(app, frame)).expect("drawn");
        let buffer = self.terminal.backend().buffer();
        let row = |y: u16| -> String {
            let cells: String = (0..buffer.area.width).map(|x| buffer[(x, y)].symbol().to_owned()).collect();
            cells.trim_end().to_owned()
        };
        (0..buffer.area.height).map(row).collect::<Vec<_>>().join("\n")
    }

    /// The row that is drawn reversed, if there is one.
    fn selected_row(&self) -> Option<u16> {
        let buffer = self.terminal.backend().buffer();
        (0..buffer.area.height)
            .find(|y| (0..buffer.area.width).any(|x| buffer[(x, *y)].modifier.contains(Modifier::REVERSED)))
    }
}

fn snapshot(name: &str, keys: &str) {
    let story = story("hold-the-line");
    for (columns, rows) in SIZES {
        let screen = Game::new(&story, (columns, rows), Theme::ansi()).keys(keys).screen();
        insta::assert_snapshot!(format!("{name}-{columns}x{rows}"), screen);
    }
}

#[test]
fn title() {
    snapshot("title", "");
}

#[test]
fn seats() {
    snapshot("seats", "1 down");
}

#[test]
fn knock() {
    snapshot("knock", "1 1 3 1 1 1 1");
}

#[test]
fn composer() {
    snapshot("composer", "1 1 1 1 1 1 1 1 2 1 1 1 1 1");
}

#[test]
fn card() {
    snapshot("card", "1 1 1 1 1 1 1 1 2 1 1 1 1 1 1 1 1 1 2 1 1 1 1 2");
}

#[test]
fn relay() {
    snapshot("relay", "1 3 1 1 1 1 1 1 1 1");
}

#[test]
fn record() {
    snapshot("record", "1 1 r");
}

#[test]
fn ending_and_debrief() {
    let story = story("hold-the-line");
    for (columns, rows) in SIZES {
        let mut game = Game::new(&story, (columns, rows), Theme::ansi()).keys("1 3");
        let mut turns = 0;
        while !game.app.is_over() && turns < 200 {
            game = game.keys("1");
            turns += 1;
        }
        assert!(game.app.is_over());
        insta::assert_snapshot!(format!("ending-{columns}x{rows}"), game.screen());
        game = game.keys("1");
        insta::assert_snapshot!(format!("debrief-{columns}x{rows}"), game.screen());
        game = game.keys("esc 2");
        insta::assert_snapshot!(format!("other-side-{columns}x{rows}"), game.screen());
        game = game.keys("esc 5 down");
        insta::assert_snapshot!(format!("forks-{columns}x{rows}"), game.screen());
    }
}

#[test]
fn help_tells_every_key() {
    let story = story("two-doors");
    let mut game = Game::new(&story, (100, 60), Theme::ansi()).keys("?");
    // Long sentences go over two lines.
    let screen = game.screen().split_whitespace().collect::<Vec<_>>().join(" ");
    for spec in hallway::tui::ACTIONS {
        for key in spec.keys {
            assert!(screen.contains(&key.name()), "{:?} is not in the help:\n{screen}", key);
        }
        assert!(screen.contains(spec.help), "{} is not in the help", spec.help);
    }
}

#[test]
fn the_cursor_is_on_the_selected_choice_with_and_without_colour() {
    let story = story("hold-the-line");
    for theme in [Theme::ansi(), Theme::mono()] {
        for size in SIZES {
            for keys in ["", "1", "1 1", "1 1 1 1 2", "1 1 1 1 2 1 1 1", "1 3 1 1 down"] {
                let mut game = Game::new(&story, size, theme).keys(keys);
                game.screen();
                let selected = game.selected_row().unwrap_or_else(|| panic!("{size:?} {keys:?}: nothing is selected"));
                let cursor = game.terminal.get_cursor_position().expect("a position");
                assert_eq!(cursor.y, selected, "{size:?} {keys:?}");
            }
        }
    }
}

#[test]
fn every_choice_is_whole_on_the_reference_screen() {
    let story = story("hold-the-line");
    for seat in 1..=3 {
        let mut game = Game::new(&story, (80, 24), Theme::mono()).keys(&format!("1 {seat}"));
        for _ in 0..200 {
            let screen = game.screen().replace('\n', " ");
            let screen = screen.split_whitespace().collect::<Vec<_>>().join(" ");
            for item in game.app.menu() {
                let words = hallway::text::plain(&item.words).split_whitespace().collect::<Vec<_>>().join(" ");
                assert!(screen.contains(&words), "{words:?} is not whole on:\n{}", game.screen());
            }
            if game.app.is_over() {
                break;
            }
            game = game.keys("1");
        }
        assert!(game.app.is_over(), "seat {seat} does not end");
    }
}

#[test]
fn every_decision_is_written_before_it_is_shown() {
    let story = story("hold-the-line");
    let game = Game::new(&story, (80, 24), Theme::ansi()).keys("1 1 2 1 u");
    let kinds: Vec<String> = game
        .effects
        .iter()
        .map(|effect| match effect {
            Effect::Create => "create".to_owned(),
            Effect::Write(line) if line.undo == Some(true) => "undo".to_owned(),
            Effect::Write(line) => format!("write {}", line.at.clone().unwrap_or_default()),
            other => format!("{other:?}"),
        })
        .collect();
    assert_eq!(kinds, ["create", "write p-corridor", "write p-c", "undo"]);
}

#[test]
fn a_fork_plays_on_from_a_decision_of_the_night() {
    let story = story("last-ferry");
    let mut game = Game::new(&story, (80, 24), Theme::ansi()).keys("1 1");
    for _ in 0..40 {
        if !game.app.is_over() {
            game = game.keys("1");
        }
    }
    let log = game.app.session.as_ref().expect("a night").log().to_vec();
    let seed = game.app.session.as_ref().expect("a night").seed();
    game.effects.clear();
    let forks = game.app.menu().into_iter().find(|item| item.words.starts_with("This night again"));
    let number = forks.and_then(|item| item.number).expect("a finished night offers its forks");
    game = game.keys(&format!("{number} 2"));
    let forked = game.app.session.as_ref().expect("a night");
    assert_eq!((forked.log(), forked.seed()), (&log[..1], seed));
    assert_eq!(game.effects, [Effect::Create]);
    assert!(!game.app.is_over());
}

#[test]
fn another_seats_pages_are_told_only_at_the_end() {
    let story = story("hold-the-line");
    let mut game = Game::new(&story, (80, 24), Theme::ansi()).keys("1 1 1");
    assert!(!game.app.is_over());
    let seats = story.seat_ids().filter(|seat| *seat != SeatId::new(0)).count();
    assert_eq!(seats, 2);
    // No key leads to the other side before the night is over.
    for key in ["tab", "backtab", "h", "r", "?", "end"] {
        let screen = {
            game = game.keys(key);
            game.screen()
        };
        assert!(!screen.contains("The other side of the door"), "{key}:\n{screen}");
    }
}
