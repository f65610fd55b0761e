//! Playing a story while it is being written.

use std::io;

use crate::engine::{Holder, Session};
use crate::play::Game;
use crate::record::SaveLine;
use crate::story::{SeatId, Sources, Story, built_in, check};
use crate::view::strings;

use super::app::{App, Display};
use super::files::{Files, LoadedFiles};
use super::run::{Exit, Host, display};
use super::start::AppStart;
use super::terminal::Terminal;

/// What is carried from one reading of the story to the next.
struct CarriedSession {
    seed: u64,
    /// The seat that a person holds, by id.
    seat: Option<String>,
    lines: Vec<SaveLine>,
}

/// Plays a story until the writer leaves; whenever its files change, it is read again and the session goes on as far as
/// its decisions still fit. The exit code.
///
/// # Errors
/// If the terminal cannot be taken over or written to.
pub fn watch(files: &mut dyn Files, seat: Option<&str>, seed: u64) -> io::Result<u8> {
    let stand_in = stand_in();
    let mut reading = files.read();
    let (display, trouble) = display();
    let mut terminal = Terminal::open()?;
    let mut carried = CarriedSession { seed, seat: seat.map(str::to_owned), lines: Vec::new() };
    let mut notice = trouble;
    let mut broken: Option<String> = None;
    loop {
        let (mut app, said) = open(&reading, &stand_in, &carried, &display);
        app.notice = notice.take().or(said);
        if let Some(text) = broken.take().or_else(|| reading.story.is_none().then(|| reading.diagnostics.clone())) {
            app.lay_text(text);
            app.notice = Some(strings::BROKEN.to_owned());
        }
        let mut host = Host::new(app, terminal, Some(&mut *files), false);
        let left = host.drive()?;
        if let Some(kept) = carry_on(&host.app).filter(|_| reading.story.is_some()) {
            carried = kept;
        }
        terminal = host.terminal;
        match left {
            Exit::Player => return Ok(0),
            Exit::Gone => return Ok(129),
            Exit::Signal(signal) => return Ok(terminal.die(signal)),
            Exit::Changed => {
                let next = files.read();
                if next.story.is_none() && reading.story.is_some() {
                    // The last good reading is played on behind what is wrong with this one.
                    broken = Some(next.diagnostics);
                } else {
                    reading = next;
                }
            }
        }
    }
}

/// A story to stand behind the diagnostics of one that cannot be played yet.
fn stand_in() -> Story {
    let sources = built_in("two-doors").map_or_else(Sources::default, crate::story::BuiltIn::sources);
    check(&sources, Vec::new()).story.expect("a test holds that the built-in stories are sound")
}

/// The app on a reading, with the session as far as it fits, and what to say of that.
fn open<'s>(
    reading: &'s LoadedFiles,
    stand_in: &'s Story,
    carried: &CarriedSession,
    display: &Display,
) -> (App<'s>, Option<String>) {
    let story = reading.story.as_ref().unwrap_or(stand_in);
    let start = AppStart { seed: Some(carried.seed), ..AppStart::of(story) };
    let (mut app, _) = App::new(start, display.clone(), Vec::new());
    app.watch(reading.written.clone());
    let only = (story.seats.len() == 1).then(|| SeatId::new(0));
    let Some(person) = carried.seat.as_deref().and_then(|id| story.seat_named(id)).or(only) else { return (app, None) };
    let holder = |seat| if seat == person { Holder::Person } else { Holder::Story };
    let mut session = Session::new(story, carried.seed, story.seat_ids().map(holder).collect());
    let mut kept = 0;
    for line in &carried.lines {
        let input = line.input(&session, false);
        if input.is_none_or(|input| session.input(input).is_err()) {
            break;
        }
        kept += 1;
    }
    app.show(Game::of(session));
    let all = carried.lines.len();
    let said = match (all, kept == all) {
        (0, _) => None,
        (_, true) => Some(strings::RELOADED.to_owned()),
        _ => Some(strings::fill(strings::RELOADED_SOME, &[("all", &all), ("kept", &kept)])),
    };
    (app, said)
}

/// The session on screen, in words that another reading of the story can understand.
fn carry_on(app: &App<'_>) -> Option<CarriedSession> {
    let session = app.session()?;
    let mut shadow = session.rewound_to(0);
    let mut lines = Vec::new();
    for input in session.log() {
        lines.push(SaveLine::of(&shadow, *input));
        // The session has taken it once already.
        let _ = shadow.input(*input);
    }
    Some(CarriedSession { seed: session.seed(), seat: Some(app.story.seats[app.seat().index()].id.clone()), lines })
}
