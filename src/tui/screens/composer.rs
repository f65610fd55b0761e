//! A message being put together: what, by what, on what terms, side by side, and the sentence as it will leave.

use ratatui::text::{Line, Span};

use crate::text;
use crate::tui::app::{App, Screen};
use crate::tui::content::{ScreenContent, text_layout};
use crate::tui::items::{ItemArea, MenuLines, item_lines};
use crate::tui::menu::{MenuAction, MenuItem};
use crate::tui::prose::TextLayout;
use crate::view::{Ask, OfferAction, strings};

/// Below this many cells and rows the facets are asked one after the other.
const LEAST: (usize, u16) = (66, 28);
/// Cells between two columns.
const GAP: usize = 2;

/// The composer's lines, where a message is to be put together and there is room for it.
pub(in crate::tui) fn lines(app: &App<'_>, content: &ScreenContent) -> Option<MenuLines> {
    let text_layout = text_layout(app);
    if app.screen() != Screen::Game || text_layout.columns < LEAST.0 || app.size.1 < LEAST.1 {
        return None;
    }
    let ask = app.page()?.ask().filter(|ask| !ask.facets.is_empty())?;
    let count = 1 + ask.facets.len();
    let width = (text_layout.columns - GAP * (count - 1)) / count;
    let active = app.compose.as_ref().map_or(0, |compose| compose.answers.len() + 1);
    let mut columns = Vec::new();
    for at in 0..count {
        columns.push(column(app, ask, content, at, active, TextLayout { columns: width, ..text_layout }));
    }
    let mut out = MenuLines::default();
    let height = columns.iter().map(|column| column.lines.len()).max().unwrap_or(0);
    for row in 0..height {
        let mut spans = Vec::new();
        for (at, column) in columns.iter().enumerate() {
            let line = column.lines.get(row).cloned().unwrap_or_default();
            let used: usize = line.spans.iter().map(|span| text::width(&span.content)).sum();
            spans.extend(line.spans);
            if at + 1 < count {
                spans.push(Span::raw(" ".repeat(width.saturating_sub(used) + GAP)));
            }
        }
        out.lines.push(Line::from(spans));
    }
    let left = active * (width + GAP);
    out.cursor = columns[active].cursor.clone();
    out.cursor_column = if out.cursor.is_empty() { 0 } else { left };
    out.spots = columns.swap_remove(active).spots;
    out.spots.iter_mut().for_each(|spot| spot.columns = left..left + width);
    // What else could be done instead of sending anything.
    for (at, item) in content.menu.iter().enumerate().filter(|(_, item)| !in_column(item)) {
        let lines = item_lines(text_layout, item, at == app.cursor);
        let begun = out.lines.len();
        out.spots.push(ItemArea { item: at, lines: begun..begun + lines.len(), columns: 0..usize::MAX });
        out.lines.extend(lines);
        if at == app.cursor {
            (out.cursor, out.cursor_column) = (begun..out.lines.len(), 0);
        }
    }
    out.lines.push(Line::default());
    let preview = preview(app, ask, content);
    let mut said = text_layout.hanging(strings::LEAVES_AS, &preview, app.theme.strong);
    // Two lines are kept for it, so that nothing jumps.
    said.resize(said.len().max(2), Line::default());
    out.lines.extend(said);
    Some(out)
}

fn in_column(item: &MenuItem) -> bool {
    matches!(item.action, MenuAction::Compose(_) | MenuAction::Answer(_))
}

/// One column: its heading, and its items, with numbers while it is the one being decided.
fn column(
    app: &App<'_>,
    ask: &Ask<'_>,
    content: &ScreenContent,
    at: usize,
    active: usize,
    text_layout: TextLayout<'_>,
) -> MenuLines {
    let theme = app.theme;
    let heading = match at.checked_sub(1) {
        None => strings::WHAT,
        Some(facet) => ask.facets[facet].question,
    };
    let mut out = MenuLines::default();
    let style = if at == active { theme.accent } else { theme.quiet };
    out.lines.push(Line::from(Span::styled(heading, style)));
    if at == active {
        for (number, item) in content.menu.iter().enumerate().filter(|(_, item)| in_column(item)) {
            let lines = item_lines(text_layout, item, number == app.cursor);
            let begun = out.lines.len();
            out.spots.push(ItemArea { item: number, lines: begun..begun + lines.len(), columns: 0..0 });
            out.lines.extend(lines);
            if number == app.cursor {
                out.cursor = begun..out.lines.len();
            }
        }
        return out;
    }
    for (chosen, words) in options(app, ask, at) {
        let (head, style) = if chosen { (" ›  ", theme.strong) } else { ("    ", theme.quiet) };
        out.lines.extend(text_layout.hanging(head, &text::plain(&words), style));
    }
    out
}

/// What a column offers, and whether it is what has been chosen there.
fn options(app: &App<'_>, ask: &Ask<'_>, at: usize) -> Vec<(bool, String)> {
    let compose = app.compose.as_ref();
    match at.checked_sub(1) {
        None => {
            let messages = ask.offers().filter_map(|offer| match offer.take {
                OfferAction::Compose(message) => {
                    Some((compose.is_some_and(|c| c.message == message), offer.words().to_string()))
                }
                OfferAction::Pick(_) => None,
            });
            messages.collect()
        }
        Some(facet) => {
            let answer = compose.and_then(|compose| compose.answers.get(facet));
            let options = ask.facets[facet].options.iter().enumerate();
            options.map(|(number, option)| (answer == Some(&number), option.words.to_owned())).collect()
        }
    }
}

/// The sentence as it stands, with what the cursor would add.
fn preview(app: &App<'_>, ask: &Ask<'_>, content: &ScreenContent) -> String {
    let under = content.menu.get(app.cursor);
    let message = match (&app.compose, under.map(|item| &item.action)) {
        (Some(compose), _) => Some(compose.message),
        (None, Some(MenuAction::Compose(message))) => Some(*message),
        _ => None,
    };
    let Some(message) = message else { return strings::NOTHING_YET.to_owned() };
    let offer = ask.offers().find(|offer| offer.take == OfferAction::Compose(message));
    let mut parts = vec![offer.map(|offer| text::plain(offer.note())).unwrap_or_default()];
    let mut answers = app.compose.as_ref().map(|compose| compose.answers.clone()).unwrap_or_default();
    let known = answers.len();
    if let Some(MenuAction::Answer(at)) = under.map(|item| &item.action) {
        answers.push(*at);
    }
    for (number, (facet, at)) in ask.facets.iter().zip(&answers).enumerate() {
        let Some(option) = facet.options.get(*at) else { continue };
        let mut words = text::lower_first(option.words);
        if number >= known && !option.note.is_empty() {
            words = format!("{words} ({})", option.note);
        }
        parts.push(words);
    }
    parts.join("; ")
}
