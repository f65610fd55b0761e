use crate::record::{Pace, Settings, ThemeName, TurnPace, Waiting};
use crate::tui::app::App;
use crate::tui::content::{ScreenContent, text_layout};
use crate::tui::menu::{MenuAction, MenuItem};
use crate::view::strings;

/// The setting after this one, and from the last the first again.
fn after<T: Copy + PartialEq>(all: &[T], now: T) -> T {
    let at = all.iter().position(|it| *it == now).map_or(0, |at| (at + 1) % all.len());
    all[at]
}

/// Each setting as it is; taking it goes on to the next value.
pub(in crate::tui) fn menu(app: &App<'_>) -> Vec<MenuItem> {
    let now = &app.display.settings;
    let mut out = Vec::new();
    let mut item = |name: &str, value: &str, note: &str, then: Settings| {
        let words = format!("{name}: {value}");
        out.push(MenuItem::new(out.len() + 1, words, MenuAction::Settle(Box::new(then))).note(note));
    };
    let on = |is: bool| if is { "on" } else { "off" };
    let theme = ThemeName::ALL;
    item("Theme", now.theme.word(), strings::SET_THEME, Settings { theme: after(theme, now.theme), ..now.clone() });
    item(
        strings::WIDTH,
        &now.width.to_string(),
        strings::SET_WIDTH,
        Settings { width: after(&[50, 60, 70, 80, 90], now.width), ..now.clone() },
    );
    item(strings::MARKS, on(now.marks), strings::SET_MARKS, Settings { marks: !now.marks, ..now.clone() });
    item("Motion", on(now.motion), strings::SET_MOTION, Settings { motion: !now.motion, ..now.clone() });
    item(
        strings::PACE,
        now.pace.word(),
        strings::SET_PACE,
        Settings { pace: after(Pace::ALL, now.pace), ..now.clone() },
    );
    item(
        strings::PATIENCE,
        now.waiting.word(),
        strings::SET_PATIENCE,
        Settings { waiting: after(Waiting::ALL, now.waiting), ..now.clone() },
    );
    item(
        strings::TURN_PACE,
        now.turns.word(),
        strings::SET_TURN_PACE,
        Settings { turns: after(TurnPace::ALL, now.turns), ..now.clone() },
    );
    item("Mouse", on(now.mouse), strings::SET_MOUSE, Settings { mouse: !now.mouse, ..now.clone() });
    out
}

pub(in crate::tui) fn content(app: &App<'_>) -> ScreenContent {
    let text_layout = text_layout(app);
    let mut body = text_layout.plain(strings::SETTINGS_EXPLAINED, app.theme.quiet);
    body.push(ratatui::text::Line::default());
    body.extend(text_layout.prose(strings::SETTINGS_SAMPLE, app.theme.text));
    ScreenContent::list(("Settings", String::new()), body, menu(app))
}
