use std::collections::HashSet;

use ratatui::text::{Line, Span};

use crate::play::described;
use crate::text;
use crate::tui::app::{App, Screen};
use crate::tui::content::{ScreenContent, text_layout};
use crate::tui::menu::{MenuAction, MenuItem};
use crate::view::strings;

pub(in crate::tui) fn menu(app: &App<'_>) -> Vec<MenuItem> {
    let mut out = Vec::new();
    if let Some(save) = app.resumable() {
        let words = format!("Go on with your game: {}", described(app.story, save));
        out.push(MenuItem::new(out.len() + 1, words, MenuAction::Resume(save.path.clone())));
    }
    out.push(MenuItem::new(out.len() + 1, strings::NEW_GAME, MenuAction::NewGame));
    if !app.saves.is_empty() {
        let found: HashSet<&str> = app.saves.iter().filter_map(|save| save.ended.as_deref()).collect();
        let words = format!("Your games; endings found, {} of {}", found.len(), app.story.endings.len());
        out.push(MenuItem::new(out.len() + 1, words, MenuAction::Open(Screen::Saves)));
    }
    out.push(MenuItem::new(out.len() + 1, "Settings", MenuAction::Open(Screen::Settings)));
    out.push(MenuItem::new(out.len() + 1, strings::KEYS_AND_HELP, MenuAction::Open(Screen::Help)));
    out.push(MenuItem::new(out.len() + 1, "Leave", MenuAction::Quit));
    out
}

pub(in crate::tui) fn content(app: &App<'_>) -> ScreenContent {
    let text_layout = text_layout(app);
    let theme = app.theme;
    let mut body = door(app, text_layout.columns);
    let title = if app.story.title.is_empty() { strings::UNTITLED } else { &app.story.title };
    body.push(Line::styled(letters(title, text_layout.columns), theme.strong));
    if !app.story.by.is_empty() {
        body.extend(text_layout.plain(&app.story.by, theme.quiet));
    }
    if !app.story.about.is_empty() {
        body.push(Line::default());
        body.extend(text_layout.prose(&app.story.about, theme.text));
    }
    // Where there is one seat it is taken at once, so what is to be read beforehand stands here.
    if let [seat] = app.story.seats.as_slice() {
        let beforehand = super::seats::beforehand(app, Some(seat).filter(|seat| !seat.brief.is_empty()));
        if !beforehand.is_empty() {
            body.push(Line::default());
            body.extend(beforehand);
        }
    }
    ScreenContent::threshold(body, menu(app))
}

/// A title in wide letters where there is room for it.
pub(super) fn letters(title: &str, columns: usize) -> String {
    let wide: Vec<String> = title.to_uppercase().chars().map(String::from).collect();
    let wide = wide.join(" ");
    if text::width(&wide) <= columns { wide } else { title.to_owned() }
}

/// The door, ajar, and the light that falls out of it. Only where there is room for it.
fn door(app: &App<'_>, columns: usize) -> Vec<Line<'static>> {
    // The doorway from top to bottom, and the light on the floor before it.
    let (doorway, light): (&[&str], &[&str]) = match (app.size.1, columns) {
        (28.., 66..) => (
            &[
                "┬───────────┬",
                "│        ╱│ │",
                "│       ╱ │ │",
                "│      │  │ │",
                "│      │  │ │",
                "│     •│  │ │",
                "│      │ ╱░░│",
                "│      │╱░░░│",
                "┴──────┴░░░░┴",
            ],
            &["      ░░░░░░░", "    ░░░░░░░░░░░"],
        ),
        (22.., 50..) => (
            &["┬─────────┬", "│      ╱│ │", "│     │ │ │", "│    •│ │ │", "│     │╱░░│", "┴─────┴░░░┴"],
            &["     ░░░░░"],
        ),
        _ => return Vec::new(),
    };
    let (first, last) = (0, doorway.len() - 1);
    let left = columns.saturating_sub(text::width(doorway[first])) / 2;
    let right = columns.saturating_sub(text::width(doorway[first]) + left);
    let mut out: Vec<Line<'static>> = Vec::new();
    for (at, door) in doorway.iter().enumerate() {
        let wall = |width: usize, lamp: usize| match at {
            _ if at == first || at == last => "─".repeat(width),
            _ if at == last / 2 => format!("{}·{}", " ".repeat(lamp), " ".repeat(width.saturating_sub(lamp + 1))),
            _ => " ".repeat(width),
        };
        out.push(Line::from(vec![
            Span::styled(wall(left, left / 2), app.theme.quiet),
            Span::styled(*door, app.theme.accent),
            Span::styled(wall(right, right.saturating_sub(left / 2 + 1)), app.theme.quiet),
        ]));
    }
    let floor = |light: &&str| Line::styled(format!("{}{light}", " ".repeat(left)), app.theme.accent);
    out.extend(light.iter().map(floor));
    out.push(Line::default());
    out
}
