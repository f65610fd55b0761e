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
        let found: HashSet<&str> = app.saves.iter().flat_map(|save| &save.reached).map(String::as_str).collect();
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
    let title = if app.story.title.is_empty() { strings::UNTITLED } else { &app.story.title };
    let mut words = vec![Line::styled(letters(title, text_layout.columns), theme.strong)];
    if !app.story.by.is_empty() {
        words.extend(text_layout.plain(&app.story.by, theme.quiet));
    }
    if !app.story.about.is_empty() {
        words.push(Line::default());
        words.extend(text_layout.prose(&app.story.about, theme.text));
    }
    // Where there is one seat it is taken at once, so what is to be read beforehand stands here.
    if let [seat] = app.story.seats.as_slice() {
        let beforehand = super::seats::beforehand(app, Some(seat).filter(|seat| !seat.brief.is_empty()));
        if !beforehand.is_empty() {
            words.push(Line::default());
            words.extend(beforehand);
        }
    }
    let menu = menu(app);
    // The picture gives way to words: header, rule, footer and the air about them are five rows.
    let rows = usize::from(app.size.1).saturating_sub(5 + words.len() + menu.len());
    let mut body = door(app, text_layout.columns, rows);
    body.extend(words);
    ScreenContent::threshold(body, menu)
}

/// A title in wide letters where there is room for it.
pub(super) fn letters(title: &str, columns: usize) -> String {
    let wide: Vec<String> = title.to_uppercase().chars().map(String::from).collect();
    let wide = wide.join(" ");
    if text::width(&wide) <= columns { wide } else { title.to_owned() }
}

/// Doors, ajar, from top to bottom, and the light that falls on the floor before them; the largest first.
const DOORS: [(&[&str], &[&str]); 3] = [
    (
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
    (&["┬─────────┬", "│      ╱│ │", "│     │ │ │", "│    •│ │ │", "│     │╱░░│", "┴─────┴░░░┴"], &["     ░░░░░"]),
    (&["┬─────────┬", "│      ╱│ │", "│    •│ │ │", "│     │╱░░│", "┴─────┴░░░┴"], &[]),
];

/// The largest door that leaves room for everything else in so many columns and rows, with a line of air under it.
fn door(app: &App<'_>, columns: usize, rows: usize) -> Vec<Line<'static>> {
    let fits = |(doorway, light): &&(&[&str], &[&str])| {
        columns >= 4 * text::width(doorway[0]) && rows > doorway.len() + light.len()
    };
    let Some((doorway, light)) = DOORS.iter().find(fits) else { return Vec::new() };
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
