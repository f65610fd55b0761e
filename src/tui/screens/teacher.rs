use crate::record::{Settings, TURNS, TurnPace};
use crate::tui::app::App;
use crate::tui::content::{ScreenContent, text_layout};
use crate::tui::menu::{MenuAction, MenuItem};
use crate::view::strings;

/// What a teacher can do while a session is played; nothing here tells what any seat knows.
pub(in crate::tui) fn menu(app: &App<'_>) -> Vec<MenuItem> {
    let mut out: Vec<MenuItem> = Vec::new();
    let mut item = |words: String, note: &str, action: MenuAction| {
        out.push(MenuItem::new(out.len() + 1, words, action).note(note));
    };
    if app.class.seconds > 0 {
        let words = if app.class.stands() { strings::DESK_RUN } else { strings::DESK_HOLD };
        item(words.to_owned(), "", MenuAction::Hold);
        item(strings::DESK_MORE.to_owned(), "", MenuAction::MoreTime);
    }
    let at = TURNS.iter().position(|seconds| *seconds == app.class.seconds).unwrap_or(0);
    let next = TURNS[(at + 1) % TURNS.len()];
    item(
        strings::fill(strings::DESK_TURN, &[("seconds", &seconds(app.class.seconds))]),
        strings::DESK_TURN_NOTE,
        MenuAction::Turns(next),
    );
    if app.class.seconds > 0 {
        let now = &app.display.settings;
        let pace = TurnPace::ALL.iter().position(|pace| *pace == now.turns).unwrap_or(0);
        let turns = TurnPace::ALL[(pace + 1) % TurnPace::ALL.len()];
        let words = strings::fill(strings::DESK_PACE, &[("pace", &now.turns.word())]);
        item(words, strings::SET_TURN_PACE, MenuAction::Settle(Box::new(Settings { turns, ..now.clone() })));
    }
    let brought_in = app.brought_in();
    for (at, inject) in app.story.injects.iter().enumerate() {
        let Ok(at) = u16::try_from(at) else { continue };
        if !brought_in.contains(&at) {
            item(
                strings::fill(strings::DESK_NEWS, &[("name", &inject.name)]),
                strings::DESK_NEWS_NOTE,
                MenuAction::Inject(at),
            );
        }
    }
    if app.story.freeze.is_some() {
        item(strings::DESK_STOP.to_owned(), strings::DESK_STOP_NOTE, MenuAction::Freeze);
    }
    item(strings::STEP_LEAVE.to_owned(), "", MenuAction::Close);
    out
}

/// So many seconds, in words.
fn seconds(count: u16) -> String {
    if count == 0 { strings::NO_LIMIT.to_owned() } else { strings::fill(strings::SECONDS, &[("count", &count)]) }
}

pub(in crate::tui) fn content(app: &App<'_>) -> ScreenContent {
    let text_layout = text_layout(app);
    let explained = if app.class.seconds > 0 { strings::DESK_WITH_CLOCK } else { strings::DESK_EXPLAINED };
    let body = text_layout.plain(explained, app.theme.quiet);
    ScreenContent::list((strings::DESK, clock(app).unwrap_or_default()), body, menu(app))
}

/// What is left of the turn, as the page shows it.
pub(super) fn clock(app: &App<'_>) -> Option<String> {
    let left = app.time_left()?.as_secs();
    if app.class.stands() {
        return Some(strings::CLOCK_STANDS.to_owned());
    }
    let time = format!("{}:{:02}", left / 60, left % 60);
    Some(strings::fill(strings::TIME_LEFT, &[("time", &time)]))
}
