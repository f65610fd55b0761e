//! What a reader and a writer of this program wait for.

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use hallway::engine::{Holder, Input, Session};
use hallway::play::Game;
use hallway::proof::{Budget, prove};
use hallway::record::Journal;
use hallway::story::{Story, built_in, check_to_play};
use hallway::tui::{App, AppEvent, AppStart, Display, draw};
use hallway::view::Key;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use crate::{best, made, milliseconds, peers};

pub fn run(quick: bool) {
    let times = if quick { 3 } else { 20 };
    let line = |what: &str, time: Duration| {
        let shown = if time < Duration::from_millis(1) {
            format!("{:.1} µs", time.as_secs_f64() * 1e6)
        } else {
            format!("{:.2} ms", milliseconds(time))
        };
        println!("{what:<58} {shown:>12}");
    };
    println!("\nthe episode");
    let story = episode();
    line("open it as it is built in, to play", best(times.min(10), || drop(black_box(episode()))));
    let budget = Budget { nodes: Budget::NODES, stop: &|| false };
    let proof = best(if quick { 1 } else { 3 }, || drop(black_box(prove(&story, budget, &mut |_| {}))));
    line("prove it", proof);
    line(
        "a night that the story plays by itself",
        each(times, 50, |at| drop(black_box(Session::new(&story, u64::from(at), vec![Holder::Story; 3])))),
    );
    println!("\nthe screen");
    for size in [(80, 24), (200, 60)] {
        let mut app = corridor(&story, size);
        let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).expect("a test terminal");
        let frame = each(times, 50, |_| show(&mut terminal, &app));
        line(&format!("a frame at {}×{}", size.0, size.1), frame);
        let keys = each(times, 50, |at| {
            app.update(AppEvent::Key(if at % 2 == 0 { Key::Down } else { Key::Up }));
            show(&mut terminal, &app);
        });
        line(&format!("a key and its frame at {}×{}", size.0, size.1), keys);
    }
    println!("\nsaves");
    let folder = tempfile::tempdir().expect("a folder");
    for inputs in [200, 10_000] {
        saves(inputs, folder.path(), times, &line);
    }
}

fn show(terminal: &mut Terminal<TestBackend>, app: &App<'_>) {
    terminal.draw(|frame| draw(app, frame)).expect("drawn");
}

/// Saves, and what a long log costs.
fn saves(inputs: usize, folder: &Path, times: usize, line: &dyn Fn(&str, Duration)) {
    let scenes = made::made(300, 5);
    let story = peers::hallway(made::ron(&scenes));
    let path = folder.join(format!("{inputs}.night"));
    let mut session = Session::new(&story, 1, vec![Holder::Person]);
    let mut journal = Journal::create(&path, "made.ron", &session).expect("made");
    let before = Instant::now();
    for at in 0..inputs {
        let picks = session.options().picks();
        let input = Input::Decide(session.state().scene, picks[at % picks.len()]);
        journal.input(&session, input).expect("written");
        session.input(input).expect("open");
    }
    drop(journal);
    line(&format!("append one input, of {inputs}"), before.elapsed() / u32::try_from(inputs).unwrap_or(1));
    let load = best(times.min(5), || drop(black_box(Journal::resume(&path, &story, "made.ron").expect("resumed"))));
    line(&format!("take up a save of {inputs} inputs"), load);
    let undo = best(times.min(5), || {
        let mut one = session.clone();
        one.undo();
    });
    line(&format!("take back one of {inputs} decisions"), undo);
    let start = AppStart { save: None, ..AppStart::of(&story) };
    let (mut app, _) = App::new(start, Display::default(), Vec::new());
    app.show(Game::of(session));
    let mut terminal = Terminal::new(TestBackend::new(80, 24)).expect("a test terminal");
    let open = best(1, || {
        app.update(AppEvent::Key(Key::Char('h')));
        show(&mut terminal, &app);
    });
    line(&format!("open the history of {inputs} decisions"), open);
    let scroll = each(1, 10, |_| {
        app.update(AppEvent::Key(Key::PageUp));
        show(&mut terminal, &app);
    });
    line(&format!("scroll in the history of {inputs} decisions"), scroll);
}

/// The time of one of so many runs, in the best of several rounds.
fn each(rounds: usize, runs: u32, mut run: impl FnMut(u32)) -> Duration {
    best(rounds, || (0..runs).for_each(&mut run)) / runs
}

/// A night in the corridor, a few decisions on.
fn corridor(story: &Story, size: (u16, u16)) -> App<'_> {
    let start =
        AppStart { seed: Some(7), seat: Some(hallway::story::SeatId::new(0)), title: false, ..AppStart::of(story) };
    let (mut app, _) = App::new(start, Display::default(), Vec::new());
    app.update(AppEvent::Resize(size.0, size.1));
    for _ in 0..8 {
        app.update(AppEvent::Key(Key::Char('1')));
    }
    app
}

pub fn episode() -> Story {
    let story = built_in("hold-the-line").expect("built in");
    check_to_play(&story.sources(), Vec::new()).story.expect("the episode has no fault")
}
