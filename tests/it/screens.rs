//! Screens as text, at the four sizes that every screen is designed for. `INSTA_UPDATE=always` accepts.

use hallway::record::{Pace, Settings, ThemeName, Waiting};
use hallway::story::Story;
use std::time::Duration;

use hallway::text::Glyphs;
use hallway::tui::{App, AppEffect, AppEvent, AppStart, Colours, Display, Screen, draw};
use hallway::view::Key;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::style::Modifier;

use crate::support::story;

const SIZES: [(u16, u16); 4] = [(80, 24), (120, 40), (60, 20), (40, 12)];

/// Nothing moves, so that a screen is what it will be.
fn still() -> Settings {
    Settings { motion: false, ..Settings::default() }
}

/// An app with a terminal in memory.
struct Game<'s> {
    app: App<'s>,
    terminal: Terminal<TestBackend>,
    effects: Vec<AppEffect>,
}

impl<'s> Game<'s> {
    fn new(story: &'s Story, size: (u16, u16)) -> Self {
        Self::looking(story, size, Display { settings: still(), ..Display::default() })
    }

    fn looking(story: &'s Story, (columns, rows): (u16, u16), look: Display) -> Self {
        let start = AppStart { name: "a story".to_owned(), seed: Some(7), fresh_seed: || 7, ..AppStart::of(story) };
        let (mut app, effects) = App::new(start, look, Vec::new());
        app.update(AppEvent::Resize(columns, rows));
        let terminal = Terminal::new(TestBackend::new(columns, rows)).expect("a test terminal");
        Self { app, terminal, effects }
    }

    /// Keys by name, with spaces between them.
    fn keys(mut self, keys: &str) -> Self {
        for key in keys.split_whitespace() {
            let key = Key::parse(key).unwrap_or_else(|| panic!("{key} is no key"));
            self.effects.extend(self.app.update(AppEvent::Key(key)));
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
        let screen = Game::new(&story, (columns, rows)).keys(keys).screen();
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
    snapshot("composer", "1 1 1 1 1 1 1 1 1");
}

#[test]
fn card() {
    snapshot("card", "1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1");
}

#[test]
fn relay() {
    snapshot("relay", "1 3 1 1 1");
}

#[test]
fn record() {
    snapshot("record", "1 1 r");
}

#[test]
fn ending_and_debrief() {
    let story = story("hold-the-line");
    for (columns, rows) in SIZES {
        let mut game = Game::new(&story, (columns, rows)).keys("1 3");
        let mut turns = 0;
        while !game.app.is_over() && turns < 200 {
            game = game.keys("1");
            turns += 1;
        }
        assert!(game.app.is_over());
        insta::assert_snapshot!(format!("ending-{columns}x{rows}"), game.screen());
        game = game.keys("1");
        insta::assert_snapshot!(format!("debrief-{columns}x{rows}"), game.screen());
        game = game.keys("1");
        insta::assert_snapshot!(format!("other-endings-{columns}x{rows}"), game.screen());
        game = game.keys("esc 2");
        insta::assert_snapshot!(format!("known-{columns}x{rows}"), game.screen());
        game = game.keys("esc esc 2");
        insta::assert_snapshot!(format!("other-side-{columns}x{rows}"), game.screen());
        game = game.keys("esc 5 down");
        insta::assert_snapshot!(format!("forks-{columns}x{rows}"), game.screen());
    }
}

#[test]
fn help_tells_every_key() {
    let story = story("two-doors");
    let mut game = Game::new(&story, (100, 60)).keys("?");
    // Long sentences go over two lines.
    let screen = game.screen().split_whitespace().collect::<Vec<_>>().join(" ");
    for spec in hallway::view::ACTIONS.iter().filter(|spec| !spec.keys.is_empty()) {
        for key in spec.keys {
            assert!(screen.contains(&key.name()), "{:?} is not in the help:\n{screen}", key);
        }
        assert!(screen.contains(spec.help), "{} is not in the help", spec.help);
    }
}

#[test]
fn the_cursor_is_on_the_selected_choice_with_and_without_colour() {
    let story = story("hold-the-line");
    for colours in [Colours::Many, Colours::None] {
        for size in SIZES {
            for keys in ["", "1", "1 1", "1 1 1 1 2", "1 1 1 1 2 1 1 1", "1 3 1 1 down"] {
                let mut game =
                    Game::looking(&story, size, Display { settings: still(), colours, ..Display::default() })
                        .keys(keys);
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
    let mut items = 0;
    for seat in 1..=3 {
        let mut game = Game::new(&story, (80, 24)).keys(&format!("1 {seat}"));
        for _ in 0..200 {
            let screen = game.screen().replace('\n', " ");
            let screen = screen.split_whitespace().collect::<Vec<_>>().join(" ");
            for item in game.app.menu() {
                items += 1;
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
    assert!(items > 200, "{items} items");
}

#[test]
fn every_decision_is_written_before_it_is_shown() {
    let story = story("hold-the-line");
    let game = Game::new(&story, (80, 24)).keys("1 1 2 1 u");
    let kinds: Vec<String> = game
        .effects
        .iter()
        .map(|effect| match effect {
            AppEffect::Create => "create".to_owned(),
            AppEffect::Write(line) if line.undo == Some(true) => "undo".to_owned(),
            AppEffect::Write(line) => format!("write {}", line.at.clone().unwrap_or_default()),
            other => format!("{other:?}"),
        })
        .collect();
    assert_eq!(kinds, ["create", "write p-corridor", "write p-corridor-2", "undo"]);
}

#[test]
fn a_fork_plays_on_from_a_decision_of_the_night() {
    let story = story("last-ferry");
    let mut game = Game::new(&story, (80, 24)).keys("1 1");
    for _ in 0..40 {
        if !game.app.is_over() {
            game = game.keys("1");
        }
    }
    let log = game.app.session().expect("a night").log().to_vec();
    let seed = game.app.session().expect("a night").seed();
    game.effects.clear();
    for words in ["Play again", "This game again"] {
        let item = game.app.menu().into_iter().find(|item| item.words.starts_with(words));
        let number = item.and_then(|item| item.number).unwrap_or_else(|| panic!("a finished night offers: {words}"));
        game = game.keys(&number.to_string());
    }
    game = game.keys("2");
    let forked = game.app.session().expect("a night");
    assert_eq!((forked.log(), forked.seed()), (&log[..1], seed));
    assert_eq!(game.effects, [AppEffect::Create]);
    assert!(!game.app.is_over());
}

#[test]
fn another_seats_pages_are_told_only_at_the_end() {
    let story = story("hold-the-line");
    // Before the end no two keys lead to the other side.
    let begun = Game::new(&story, (80, 24)).keys("1 1 1").app;
    assert!(!begun.is_over());
    let mut screens = std::collections::HashSet::new();
    let keys: Vec<Key> = crate::secrets::every_key();
    for first in &keys {
        for second in &keys {
            let mut app = begun.clone();
            app.update(AppEvent::Key(*first));
            app.update(AppEvent::Key(*second));
            screens.insert(app.screen());
        }
    }
    assert!(
        !screens
            .iter()
            .any(|screen| matches!(screen, Screen::OtherSide(_) | Screen::Debrief | Screen::GuidedDebrief(_)))
    );
    assert!(screens.contains(&Screen::History) && screens.contains(&Screen::Forks), "{screens:?}");
    // After it one does.
    let mut game = Game::new(&story, (80, 24)).keys("1 1");
    while !game.app.is_over() {
        game = game.keys("1");
    }
    let other = game.app.menu().into_iter().find(|item| item.words == hallway::view::strings::OTHER_SIDE);
    game = game.keys(&other.and_then(|item| item.number).expect("a number").to_string());
    assert!(matches!(game.app.screen(), Screen::OtherSide(_)), "{}", game.screen());
}

#[test]
fn words_are_found_in_the_night_so_far_and_shown_where_they_stand() {
    let story = story("hold-the-line");
    let mut game = Game::new(&story, (80, 24)).keys("1 1 1 1 1 1 1 1 / l i f t");
    let screen = game.screen();
    assert!(screen.contains("Find: lift"), "{screen}");
    game = game.keys("enter");
    let screen = game.screen();
    let row = game.selected_row().expect("the words are reversed");
    assert!(screen.lines().nth(row.into()).is_some_and(|line| line.to_lowercase().contains("lift")), "{screen}");
    // The cursor stands behind what is being typed; letters do nothing else meanwhile.
    assert_eq!(game.terminal.get_cursor_position().expect("a position").y, 23);
    game = game.keys("q backspace esc");
    assert!(!game.effects.contains(&AppEffect::Quit) && !game.screen().contains("Find:"));
}

#[test]
fn settings_change_what_is_drawn_and_are_kept() {
    let story = story("hold-the-line");
    let mut game = Game::new(&story, (80, 24)).keys("2 1");
    game.screen();
    let settings = Settings { theme: ThemeName::Dark, ..still() };
    assert_eq!(game.effects, [AppEffect::Settle(Box::new(settings))]);
    let buffer = game.terminal.backend().buffer();
    let ground = buffer[(0, 0)].bg;
    assert!(
        buffer.content.iter().filter(|cell| !cell.modifier.contains(Modifier::REVERSED)).all(|cell| cell.bg == ground)
    );
}

#[test]
fn every_screen_keeps_to_what_the_terminal_can_show() {
    let story = story("hold-the-line");
    let look = Display { settings: still(), glyphs: Glyphs::Ascii, ..Display::default() };
    let mut game = Game::looking(&story, (120, 40), look);
    let mut rich = Game::new(&story, (120, 40));
    for keys in ["", "1", "1 1 1", "1 1 1 1", "r", "h", "esc f", "esc m", "esc ?", "esc o"] {
        (game, rich) = (game.keys(keys), rich.keys(keys));
        let screen = game.screen();
        assert!(screen.is_ascii(), "{keys}:\n{screen}");
        // Elsewhere there is more on the same screen than letters.
        assert!(!rich.screen().is_ascii(), "{keys}:\n{}", rich.screen());
    }
}

#[test]
fn a_click_takes_what_is_under_it() {
    let story = story("hold-the-line");
    let mut game = Game::new(&story, (80, 24)).keys("1 1");
    let screen = game.screen();
    let row = screen.lines().position(|line| line.contains("2  Take this afternoon")).expect("on screen");
    let effects = game.app.update(AppEvent::Click(20, row as u16));
    assert!(
        matches!(&effects[..], [AppEffect::Write(line)] if line.pick.as_deref() == Some("photograph")),
        "{effects:?}"
    );
    // Prose is not to be clicked.
    assert!(game.app.update(AppEvent::Click(20, 4)).is_empty());
}

/// What a notice is laid over does not show through it.
#[test]
fn a_notice_has_its_own_colours() {
    let story = story("hold-the-line");
    for theme in ThemeName::ALL {
        let look = Display { settings: Settings { theme: *theme, ..still() }, ..Display::default() };
        let mut game = Game::looking(&story, (40, 12), look).keys("1 1 end down down down down r");
        let screen = game.screen();
        assert!(screen.lines().last().is_some_and(|line| !line.contains("Enter")), "a notice:\n{screen}");
        let buffer = game.terminal.backend().buffer();
        let mut rows = (0..12).filter(|y| (0..40).any(|x| buffer[(x, *y)].modifier.contains(Modifier::REVERSED)));
        let last = rows.next_back().unwrap_or(0);
        let notice: Vec<&str> = screen.lines().skip(usize::from(last) + 1).collect();
        assert!(!notice.is_empty(), "{screen}");
        // The rows of the notice are alike from edge to edge.
        let grounds: Vec<_> = (0..40).map(|x| buffer[(x, 11)].bg).collect();
        assert!(grounds.windows(2).all(|pair| pair[0] == pair[1]), "{grounds:?}");
    }
}

#[test]
fn a_new_size_keeps_the_place_in_the_text() {
    let story = story("hold-the-line");
    let mut game = Game::new(&story, (80, 24)).keys("1 1 1 1 1 1 1 1 h home space space");
    let words = |line: &str| line.split_whitespace().filter(|word| *word != "↑").map(str::to_owned).collect::<Vec<_>>();
    let top = |game: &mut Game<'_>| {
        let screen = game.screen();
        screen.lines().skip(2).map(words).find(|words| !words.is_empty()).expect("words").join(" ")
    };
    let first = top(&mut game);
    let begin: String = first.split_whitespace().take(3).collect::<Vec<_>>().join(" ");
    game.app.update(AppEvent::Resize(50, 24));
    game.terminal = Terminal::new(TestBackend::new(50, 24)).expect("a test terminal");
    // The words may be wrapped otherwise now.
    let screen = game.screen();
    let rows = screen
        .lines()
        .take(5)
        .flat_map(str::split_whitespace)
        .filter(|word| *word != "↑")
        .collect::<Vec<_>>()
        .join(" ");
    assert!(rows.contains(&begin), "{begin}:\n{screen}");
}

#[test]
fn a_page_appears_line_by_line_and_any_key_completes_it() {
    let story = story("hold-the-line");
    let look = Display { settings: Settings { pace: Pace::Slow, ..Settings::default() }, ..Display::default() };
    let mut game = Game::looking(&story, (80, 40), look).keys("1 1");
    assert!(game.app.deadline().is_some());
    let begun = game.screen();
    assert!(begun.contains("THE DAY SO FAR"), "{begun}");
    assert!(!begun.contains("So a telephone line has been fitted"), "{begun}");
    // The key completes, and does nothing else.
    game = game.keys("2");
    let whole = game.screen();
    assert!(
        whole.contains("So a telephone line has been fitted") && whole.contains("2  Take this afternoon"),
        "{whole}"
    );
    assert!(game.app.deadline().is_none());
    // What has appeared is never set anew: each line stands where it stood.
    let appeared: Vec<_> = begun.lines().zip(whole.lines()).filter(|(before, _)| !before.trim().is_empty()).collect();
    assert!(appeared.len() > 3, "{appeared:?}");
    for (before, after) in appeared {
        assert!(before == after, "{before:?} became {after:?}");
    }
}

#[test]
fn the_clock_goes_on_only_where_a_reader_wants_it() {
    let story = story("hold-the-line");
    let look = Display { settings: Settings { waiting: Waiting::Strict, ..still() }, ..Display::default() };
    let mut game = Game::looking(&story, (80, 24), look).keys("1 1 1");
    let clock = |game: &Game<'_>| game.app.page().and_then(|page| page.clock()).expect("a clock");
    assert_eq!(clock(&game), "8.20");
    assert!(game.app.update(AppEvent::Tick(Duration::from_secs(59))).is_empty());
    let effects = game.app.update(AppEvent::Tick(Duration::from_secs(2)));
    assert!(matches!(&effects[..], [AppEffect::Write(line)] if line.set.is_some()), "{effects:?}");
    assert_eq!(clock(&game), "8.25");
    // Taking a decision back takes back the waiting after it.
    game = game.keys("u");
    assert_eq!(clock(&game), "8.20");
    let mut still = Game::new(&story, (80, 24)).keys("1 1 1");
    still.app.update(AppEvent::Tick(Duration::from_secs(3600)));
    assert_eq!(clock(&still), "8.20");
}

#[test]
fn keys_of_ones_own_take_the_place_of_the_usual() {
    let story = story("hold-the-line");
    let undo = ["ctrl-u".to_owned()];
    let keymap = hallway::view::Keymap::patched([("undo", undo.as_slice())]).expect("sound");
    let look = Display { settings: still(), keymap, ..Display::default() };
    let mut game = Game::looking(&story, (80, 24), look).keys("1 1 1 u");
    assert_eq!(game.app.session().map(|session| session.log().len()), Some(1));
    game = game.keys("ctrl-u");
    assert_eq!(game.app.session().map(|session| session.log().len()), Some(0));
    assert!(game.keys("1").screen().contains("Ctrl-U undo"));
}
