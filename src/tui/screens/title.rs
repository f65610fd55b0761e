use ratatui::text::{Line, Span};

use crate::text;
use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::draw::{Face, setting};
use crate::tui::menu::{Deed, Item};

pub(in crate::tui) fn menu(app: &App<'_>) -> Vec<Item> {
    let mut out = Vec::new();
    if let Some(save) = &app.resumable {
        let seat =
            app.story.seats.iter().find(|seat| save.header.seats.get(&seat.id).is_some_and(|held| held == "person"));
        let place = seat.map_or(String::new(), |seat| {
            format!(": {}", if seat.place.is_empty() { &seat.name } else { &seat.place })
        });
        let decisions =
            if save.decisions == 1 { "1 decision".to_owned() } else { format!("{} decisions", save.decisions) };
        out.push(Item::new(out.len() + 1, format!("Go on with your night{place}, {decisions} in"), Deed::Resume));
    }
    out.push(Item::new(out.len() + 1, "A new night", Deed::NewNight));
    out.push(Item::new(out.len() + 1, "Keys and help", Deed::Help));
    out.push(Item::new(out.len() + 1, "Leave", Deed::Quit));
    out
}

pub(in crate::tui) fn face(app: &App<'_>) -> Face {
    let setting = setting(app);
    let theme = app.theme;
    let mut body = door(app, setting.columns);
    let title = if app.story.title.is_empty() { "An untitled story" } else { &app.story.title };
    body.push(Line::styled(letters(title, setting.columns), theme.strong));
    if !app.story.by.is_empty() {
        body.extend(setting.plain(&app.story.by, theme.quiet));
    }
    if !app.story.about.is_empty() {
        body.push(Line::default());
        body.extend(setting.prose(&app.story.about, theme.text));
    }
    Face {
        header: (Vec::new(), String::new()),
        body,
        question: Vec::new(),
        menu: menu(app),
        panel: Vec::new(),
        keys: vec![Action::Choose, Action::Help, Action::Quit],
        centred: true,
    }
}

/// A title in wide letters where there is room for it.
fn letters(title: &str, columns: usize) -> String {
    let wide: Vec<String> = title.to_uppercase().chars().map(String::from).collect();
    let wide = wide.join(" ");
    if text::width(&wide) <= columns { wide } else { title.to_owned() }
}

/// The door: a corridor's wall, a lit edge, the room behind it. Only where there is room for it.
fn door(app: &App<'_>, columns: usize) -> Vec<Line<'static>> {
    if app.size.1 < 22 || columns < 50 {
        return Vec::new();
    }
    let rows = [
        ("────────────────────────", "┌─────────┐", "─────────────────────"),
        ("                        ", "│       ╱ │", ""),
        ("                        ", "│      │  │", ""),
        ("              ·         ", "│     •│  │", "         ·"),
        ("                        ", "│      │  │", ""),
        ("────────────────────────", "┴──────┴──┴", "─────────────────────"),
    ];
    let mut out: Vec<Line<'static>> = rows
        .iter()
        .map(|(left, door, right)| {
            Line::from(vec![
                Span::styled(*left, app.theme.text),
                Span::styled(*door, app.theme.accent),
                Span::styled(*right, app.theme.text),
            ])
        })
        .collect();
    out.push(Line::default());
    out
}
