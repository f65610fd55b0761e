//! The pictures in `assets` are what the program draws now. `HALLWAY_PICTURES=write` draws them anew.

use std::fs;

use hallway::record::ThemeName;
use hallway::tui::{Shot, picture};

use crate::support::{repository, story};

fn shots() -> Vec<(&'static str, String, (u16, u16), ThemeName)> {
    let to_the_end = |after: &str| {
        // More firsts than the night needs would press on in what comes after it.
        let story = story("hold-the-line");
        let firsts = firsts(&story);
        format!("1 1 {}{after}", "1 ".repeat(firsts))
    };
    vec![
        ("title", String::new(), (100, 32), ThemeName::Dark),
        ("pass", "1 1 1 1 1 1 1 1 1".to_owned(), (110, 32), ThemeName::Dark),
        ("relay", "1 3 1 1 1 down".to_owned(), (110, 30), ThemeName::Dark),
        ("record", "1 1 r".to_owned(), (110, 36), ThemeName::Light),
        ("forks", "1 1 1 1 1 1 1 1 2 1 f down down".to_owned(), (100, 28), ThemeName::Dark),
        ("trail", to_the_end("1"), (100, 36), ThemeName::Dark),
        ("other-side", to_the_end("2 space"), (140, 36), ThemeName::Light),
    ]
}

/// How many first choices the night takes from the corridor.
fn firsts(story: &hallway::story::Story) -> usize {
    use hallway::tui::{App, AppEvent, AppStart, Display};
    use hallway::view::Key;
    let start = AppStart {
        seat: Some(hallway::story::SeatId::new(0)),
        seed: Some(7),
        fresh_seed: || 7,
        title: false,
        ..AppStart::of(story)
    };
    let (mut app, _) = App::new(start, Display::default(), Vec::new());
    let mut count = 0;
    while !app.is_over() && count < 200 {
        app.update(AppEvent::Key(Key::Char('1')));
        count += 1;
    }
    assert!(app.is_over());
    count
}

#[test]
fn pictures_are_current() {
    let story = story("hold-the-line");
    let write = std::env::var_os("HALLWAY_PICTURES").is_some();
    for (name, keys, size, theme) in shots() {
        let drawn = picture(&story, &Shot { keys: &keys, seed: 7, size, theme }).expect("known keys");
        let path = repository("assets").join(format!("{name}.svg"));
        if write {
            fs::write(&path, &drawn).expect("written");
        }
        let kept = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            kept == drawn,
            "assets/{name}.svg is not what the program draws; HALLWAY_PICTURES=write cargo test pictures"
        );
        // What a story says is escaped.
        assert!(!drawn.contains("<script") && drawn.ends_with("</svg>\n"));
    }
}
