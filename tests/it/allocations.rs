//! How much work things take, counted and not timed: what is counted does not depend on the machine's mood. A bound
//! that is broken is not wrong by itself; it says that something which everybody waits for has grown.

use allocation_counter::measure;
use hallway::engine::{Holder, Input, Pick, Session};
use hallway::play::Game;
use hallway::record::Journal;
use hallway::story::{Choice, Effect, Scene, SeatId, Sources, Story, Template, check};
use hallway::tui::{App, AppEvent, AppStart, Display, draw};
use hallway::view::{Key, OfferAction, view};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use crate::made::{Luck, made, ron};

fn story(scenes: usize) -> (String, Story) {
    let source = ron(&made(scenes, 3));
    let story = check(&Sources::from_texts([("made.ron", source.as_str())]), Vec::new()).story;
    (source, story.expect("a made story has no fault"))
}

/// Blocks of memory asked for, of so many turns as a face plays them.
fn turns(story: &Story, count: u64) -> u64 {
    let mut session = Session::new(story, 1, vec![Holder::Person]);
    let mut luck = Luck(5);
    let mut turn = || {
        let ask = view(&session, SeatId::new(0)).ask().expect("something is asked");
        let offer = ask.offers().nth(luck.below(ask.offers().len())).expect("one of them");
        let OfferAction::Pick(pick) = offer.take else { panic!("a plain choice") };
        session.input(Input::Decide(ask.scene, pick)).expect("open");
    };
    measure(|| (0..count).for_each(|_| turn())).count_total
}

#[test]
fn a_turn_takes_no_more_than_it_did_and_no_more_in_a_large_story() {
    let (small, large) = (story(30).1, story(3000).1);
    let each = |story: &Story| turns(story, 2000) as f64 / 2000.0;
    let (few, many) = (each(&small), each(&large));
    assert!(few < 0.1 && many < 0.1, "{few:.1} and {many:.1} blocks a turn");
}

/// A turn in a large story waits for memory: what it looks at of a scene lies in as few lines of the cache as it can.
#[test]
#[cfg(target_pointer_width = "64")]
fn what_a_turn_looks_at_stays_small() {
    let sizes = [size_of::<Scene>(), size_of::<Choice>(), size_of::<Effect>(), size_of::<Template>()];
    assert!(sizes[0] <= 80 && sizes[1] <= 56 && sizes[2] <= 16 && sizes[3] <= 12, "{sizes:?} bytes");
}

#[test]
fn reading_a_story_takes_work_in_proportion_to_it() {
    let work = |scenes: usize| {
        let source = ron(&made(scenes, 3));
        let read = || drop(check(&Sources::from_texts([("made.ron", source.as_str())]), Vec::new()));
        let info = measure(read);
        (info.count_total as f64 / scenes as f64, info.bytes_max as f64 / source.len() as f64)
    };
    let ((few, small), (many, large)) = (work(300), work(3000));
    assert!(many < 18.0 && (few - many).abs() < 3.0, "{few:.1} and {many:.1} blocks a scene");
    assert!(large < 4.0 && (small - large).abs() < 0.5, "{small:.1} and {large:.1} times the source, at most");
}

/// What is taken back is not played first.
#[test]
fn taking_up_a_night_takes_work_in_proportion_to_its_save() {
    let story = crate::support::story_from(
        r#"(scenes: { "a": (text: "A.", choices: [(say: "Stay.", keep: true), (say: "Out.", go: "z")]),
          "z": (text: "Z.", end: "z") })"#,
    );
    let folder = tempfile::tempdir().expect("a folder");
    let work = |count: usize| {
        let path = folder.path().join(format!("{count}.night"));
        let mut session = Session::new(&story, 1, vec![Holder::Person]);
        let mut journal = Journal::create(&path, "a.ron", &session).expect("a save");
        let input = Input::Decide(session.state().scene, Pick::Choice(0));
        journal.input(&session, input).expect("written");
        session.input(input).expect("open");
        journal.undo().expect("written");
        drop(journal);
        let text = std::fs::read_to_string(&path).expect("it is read");
        let lines: Vec<&str> = text.lines().collect();
        let whole = [lines[0], &vec![lines[1]; count].join("\n"), &vec![lines[2]; count].join("\n"), ""].join("\n");
        std::fs::write(&path, whole).expect("written");
        let mut taken = None;
        let bytes = measure(|| taken = Journal::resume(&path, &story, "a.ron").ok()).bytes_total;
        assert!(taken.expect("taken up").loaded.session.log().is_empty());
        bytes
    };
    let (few, many) = (work(500), work(4_000));
    assert!(many < 10 * few, "{few} and {many} bytes");
}

#[test]
fn a_key_and_its_frame_take_no_more_than_they_did() {
    // A story whose words stay as they are: what a frame takes goes with what there is to draw.
    let story = crate::support::story("last-ferry");
    let start = AppStart { seed: Some(7), seat: Some(SeatId::new(0)), title: false, ..AppStart::of(&story) };
    let (mut app, _) = App::new(start, Display::default(), Vec::new());
    app.update(AppEvent::Resize(80, 24));
    (0..3).for_each(|_| drop(app.update(AppEvent::Key(Key::Char('1')))));
    let mut terminal = Terminal::new(TestBackend::new(80, 24)).expect("a test terminal");
    let mut frame = |app: &App<'_>| {
        terminal.draw(|frame| draw(app, frame)).expect("drawn");
    };
    frame(&app);
    let blocks = measure(|| {
        for at in 0..100 {
            app.update(AppEvent::Key(if at % 2 == 0 { Key::Down } else { Key::Up }));
            frame(&app);
        }
    });
    let each = blocks.count_total / 100;
    assert!(each < 400, "{each} blocks");
}

/// A long night is not told anew for every frame.
#[test]
fn scrolling_in_a_long_history_takes_little() {
    let (_, story) = story(300);
    let mut session = Session::new(&story, 1, vec![Holder::Person]);
    while session.log().len() < 3000 {
        let picks = session.options().picks();
        session.input(Input::Decide(session.state().scene, picks[0])).expect("open");
    }
    let (mut app, _) = App::new(AppStart::of(&story), Display::default(), Vec::new());
    app.show(Game::of(session));
    let mut terminal = Terminal::new(TestBackend::new(80, 24)).expect("a test terminal");
    app.update(AppEvent::Key(Key::Char('h')));
    terminal.draw(|frame| draw(&app, frame)).expect("drawn");
    let blocks = measure(|| {
        app.update(AppEvent::Key(Key::PageUp));
        terminal.draw(|frame| draw(&app, frame)).expect("drawn");
    });
    assert!(blocks.count_total < 1000, "{} blocks", blocks.count_total);
}
