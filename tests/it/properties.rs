//! What holds for any decisions, any size, any input.

use hallway::engine::{By, Holder, Input, Session, Step};
use hallway::plain::{Lines, PlainGame, play};
use hallway::play::Game;
use hallway::story::{SeatId, Sources, check};
use hallway::tui::{App, AppEvent, AppStart, Display, draw};
use hallway::view::Key;
use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use crate::support::{Dice, night, picks, story};

#[test]
fn random_play_always_ends_and_replays_to_the_same_night() {
    for name in ["hold-the-line", "last-ferry", "two-doors"] {
        let story = story(name);
        let mut dice = Dice(1);
        for number in 0..600 {
            let seat = SeatId::new(number % story.seats.len());
            let mut session = night(&story, seat, number as u64);
            let mut steps = 0;
            while session.turn().is_some() {
                let open = picks(&session);
                assert!(
                    !open.is_empty(),
                    "{name}: a decision without options at {}",
                    story.scene(session.state().scene).id
                );
                let before = session.state().clone();
                let input = Input::Decide(before.scene, open[dice.below(open.len())]);
                session.input(input).expect("open");
                if number % 10 == 0 {
                    // Undo after a step is where one was, and the same step leads where it led.
                    let after = session.state().clone();
                    assert!(session.undo());
                    assert_eq!(session.state(), &before);
                    session.input(input).expect("open");
                    assert_eq!(session.state(), &after);
                }
                steps += 1;
                assert!(steps < 2000, "{name}: night {number} does not end");
            }
            assert!(
                session.ending().is_some(),
                "{name}: night {number} is stuck at {}",
                story.scene(session.state().scene).id
            );
            let again =
                Session::replay(&story, session.seed(), session.holders().to_vec(), session.log()).expect("fits");
            assert_eq!(again.state(), session.state());
            assert!(again.steps().eq(session.steps()));
            assert_eq!(again.trail(), session.trail());
        }
    }
}

#[test]
fn decisions_are_told_in_the_order_in_which_they_were_made_whoever_made_them() {
    let story = story("hold-the-line");
    for seed in 0..20 {
        // All three by persons, then the same decisions by one person and two logs.
        let mut dice = Dice(seed);
        let mut all = Session::new(&story, seed, vec![Holder::Person; 3]);
        let mut made = Vec::new();
        while let Some(seat) = all.turn() {
            let (open, scene) = (picks(&all), all.state().scene);
            let pick = open[dice.below(open.len())];
            made.push((scene, seat, pick));
            all.input(Input::Decide(scene, pick)).expect("open");
        }
        let own = |step: Step| (step.scene, step.seat, step.pick);
        assert!(all.steps().map(own).eq(made.iter().copied()) && all.steps().all(|step| step.by == By::Person));
        for person in story.seat_ids() {
            let mut one = all.from_seat(person);
            for (scene, _, pick) in made.iter().filter(|(_, seat, _)| *seat == person) {
                one.input(Input::Decide(*scene, *pick)).expect("open");
            }
            let by = |seat: SeatId| if seat == person { By::Person } else { By::Log };
            assert!(one.steps().map(own).eq(made.iter().copied()), "seed {seed}");
            assert!(one.steps().all(|step| step.by == by(step.seat)), "seed {seed}");
        }
    }
}

#[test]
fn nights_held_by_the_story_alone_end() {
    let story = story("hold-the-line");
    for seed in 0..2000 {
        let session = Session::new(&story, seed, vec![Holder::Story; 3]);
        assert!(session.ending().is_some(), "seed {seed}");
    }
}

fn app<'s>(story: &'s hallway::story::Story) -> App<'s> {
    let start = AppStart { name: "hold-the-line".to_owned(), seed: Some(7), fresh_seed: || 7, ..AppStart::of(story) };
    App::new(start, Display::default(), Vec::new()).0
}

const KEYS: [&str; 20] = [
    "1", "2", "3", "4", "0", "enter", "down", "up", "esc", "u", "h", "r", "?", "space", "b", "home", "end", "tab",
    "backtab", "ctrl-c",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_keys_at_any_size_draw(keys in prop::collection::vec(0..KEYS.len(), 0..60), columns in 1_u16..300, rows in 1_u16..100) {
        let story = story("hold-the-line");
        let mut app = app(&story);
        let mut terminal = Terminal::new(TestBackend::new(columns, rows)).expect("a test terminal");
        app.update(AppEvent::Resize(columns, rows));
        for key in keys {
            app.update(AppEvent::Key(Key::parse(KEYS[key]).expect("a key")));
            terminal.draw(|frame| draw(&app, frame)).expect("drawn");
        }
    }

    #[test]
    fn any_text_is_checked_without_panic(text in "[\\PC\n]{0,300}") {
        let sources = Sources::from_texts([("a.ron", text.as_str())]);
        for diagnostic in check(&sources, Vec::new()).diagnostics {
            let _ = diagnostic.render(&sources, false);
        }
    }

    #[test]
    fn any_change_to_a_story_is_checked_without_panic(at in 0_usize..20_000, length in 0_usize..12, with in "[(){}\\[\\]\":,|*~a-z0-9 .=+\n-]{0,12}") {
        let source = include_str!("../../scenes/last-ferry.ron");
        let mut start = at % source.len();
        while !source.is_char_boundary(start) { start -= 1; }
        let mut end = (start + length).min(source.len());
        while !source.is_char_boundary(end) { end += 1; }
        let text = format!("{}{with}{}", &source[..start], &source[end..]);
        let sources = Sources::from_texts([("a.ron", text.as_str())]);
        let checked = check(&sources, Vec::new());
        for diagnostic in &checked.diagnostics {
            let _ = diagnostic.render(&sources, false);
        }
        // What is called sound can be played.
        if let Some(story) = &checked.story {
            for seat in story.seat_ids() {
                let mut session = night(story, seat, 3);
                for _ in 0..50 {
                    let open = picks(&session);
                    let Some(pick) = open.first() else { break };
                    let scene = session.state().scene;
                    session.input(Input::Decide(scene, *pick)).expect("open");
                }
            }
        }
    }

    #[test]
    fn any_lines_are_answered_in_plain_mode(lines in "[a-z0-9 .\n]{0,200}") {
        let story = story("last-ferry");
        let seat = SeatId::new(0);
        let mut output = Vec::new();
        let mut input = lines.as_bytes();
        let mut game = PlainGame { game: Game::of(night(&story, seat, 5)), journal: None, lines: Lines { input: &mut input, output: &mut output, columns: None, glyphs: hallway::text::Glyphs::Unicode }, name: "last-ferry" };
        play(&mut game).expect("memory can be written");
        prop_assert!(!output.contains(&0x1b));
    }
}
