use std::ops::Range;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use crate::text;
use crate::view::{Action, strings};

use super::app::App;
use super::content::{ScreenContent, column, text_layout};
use super::items::{ItemText, MenuLines, menu_lines};
use super::layout::{self, Plan, Wants};
use super::screen::Screen;
use super::screens;
use super::search::matches;
use super::text_input::InputPurpose;

fn content(app: &App<'_>) -> ScreenContent {
    match app.screen() {
        Screen::Title => screens::title::content(app),
        Screen::Seats => screens::seats::content(app),
        Screen::Game => screens::game::content(app),
        Screen::History => screens::history::content(app),
        Screen::OtherSide(seat) => screens::history::other_side(app, seat),
        Screen::PlayAgain => screens::game::play_again(app),
        Screen::Forks => screens::forks::content(app),
        Screen::Curtain => screens::curtain::content(app),
        Screen::Saves => screens::saves::content(app),
        Screen::Settings => screens::settings::content(app),
        Screen::Teacher => screens::teacher::content(app),
        Screen::GuidedDebrief(step) => screens::guided_debrief::content(app, step),
        Screen::Debrief => screens::debrief::content(app),
        Screen::OtherEndings => screens::debrief::other_endings(app),
        Screen::Known => screens::known::content(app),
        Screen::Help => screens::help::content(app),
        Screen::Workbench => screens::workbench::content(app),
        Screen::Text => text_face(app),
    }
}

/// A text, each of its lines indented as it is.
fn text_face(app: &App<'_>) -> ScreenContent {
    let text_layout = text_layout(app);
    let mut body = Vec::new();
    for line in app.text.lines() {
        let words = line.trim_start();
        let indent = line.len() - words.len();
        if words.is_empty() {
            body.push(Line::default());
        } else if app.written.is_some() && (indent > 0 || is_source(line)) {
            // What points at a place in a line must stand where it stands, and so must the line.
            body.push(Line::styled(line.to_owned(), app.theme.text));
        } else if indent == 0 {
            body.extend(text_layout.plain(words, app.theme.accent));
        } else {
            let (head, rest) = words.split_once(": ").unwrap_or(("", words));
            let head = if head.is_empty() { " ".repeat(indent) } else { format!("{}{head}  ", " ".repeat(indent)) };
            body.extend(text_layout.hanging(&head, rest, app.theme.text));
        }
    }
    let mut keys =
        vec![Action::ScrollDown, Action::ScrollUp, Action::Search, Action::Top, Action::Bottom, Action::Quit];
    if app.screens.len() > 1 {
        keys.insert(0, Action::Back);
    }
    ScreenContent::text(app.story.title.clone(), body, keys)
}

/// Whether this is a line of a file as diagnostics show it: after its number and a bar.
fn is_source(line: &str) -> bool {
    line.split_once(" |").is_some_and(|(number, _)| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

/// The menu of a screen; a message that is put together has one of its own.
fn menu(app: &App<'_>, content: &ScreenContent) -> MenuLines {
    screens::composer::lines(app, content).unwrap_or_else(|| {
        let whole = menu_lines(app, content, ItemText::Whole);
        // Where the prose would have too little, only the choice under the cursor is written out.
        let cut = app.size.1 < layout::ROOMY && whole.lines.len() > usize::from(app.size.1).saturating_sub(7);
        if cut { menu_lines(app, content, ItemText::FirstLine) } else { whole }
    })
}

fn laid_out(app: &App<'_>, content: &ScreenContent, menu: &MenuLines) -> Plan {
    let area = Rect { x: 0, y: 0, width: app.size.0, height: app.size.1 };
    let wants = Wants { text: content.body.len(), menu: menu.lines.len(), centred: content.centred };
    layout::plan(area, wants, column(app))
}

/// How many lines of the body are on screen.
pub(super) fn body_height(app: &App<'_>) -> usize {
    let content = content(app);
    usize::from(laid_out(app, &content, &menu(app, &content)).body.height)
}

/// The furthest that the body can be scrolled.
pub(super) fn last_scroll(app: &App<'_>) -> usize {
    let content = content(app);
    let height = usize::from(laid_out(app, &content, &menu(app, &content)).body.height);
    content.body.len().saturating_sub(height)
}

/// How many lines the body has as it is set now.
pub(super) fn body_length(app: &App<'_>) -> usize {
    content(app).body.len()
}

/// The lines of the body as they are set now, as words.
pub(super) fn body_words(app: &App<'_>) -> Vec<String> {
    words(&content(app).body)
}

fn words(lines: &[Line<'_>]) -> Vec<String> {
    let words = |line: &Line<'_>| line.spans.iter().map(|span| span.content.as_ref()).collect();
    lines.iter().map(words).collect()
}

/// The item of the menu that is drawn at this place.
pub(super) fn item_at(app: &App<'_>, column: u16, row: u16) -> Option<usize> {
    let content = content(app);
    let menu = menu(app, &content);
    let area = laid_out(app, &content, &menu).menu;
    if !area.contains(Position { x: column, y: row }) {
        return None;
    }
    let line = usize::from(row - area.y) + menu.first(usize::from(area.height));
    let x = usize::from(column - area.x);
    menu.spots.iter().find(|spot| spot.lines.contains(&line) && spot.columns.contains(&x)).map(|spot| spot.item)
}

/// Draws the app. Every size is drawn; below 24×6 one line says what to do.
pub fn draw(app: &App<'_>, frame: &mut Frame<'_>) {
    let area = frame.area();
    // The window has shrunk since it was last heard of; the next event says so, and the frame after it fits.
    if area.width < app.size.0 || area.height < app.size.1 {
        return;
    }
    frame.buffer_mut().set_style(area, app.theme.ground);
    if area.width < layout::SMALLEST.0 || area.height < layout::SMALLEST.1 {
        let words = text::wrap_plain(strings::TOO_SMALL, usize::from(area.width));
        for (y, line) in (area.y..area.bottom()).zip(&words) {
            frame.buffer_mut().set_stringn(area.x, y, line, usize::from(area.width), app.theme.text);
        }
        return;
    }
    let content = content(app);
    let menu = menu(app, &content);
    let plan = laid_out(app, &content, &menu);
    let buffer = frame.buffer_mut();
    header(app, &content, plan.header, buffer);
    let scroll = app.scroll.min(content.body.len().saturating_sub(usize::from(plan.body.height)));
    body(app, &content, scroll, plan, buffer);
    rule(app, &content, scroll, plan, buffer);
    let shown = usize::from(plan.menu.height);
    let first = menu.first(shown);
    for (y, line) in menu.lines.iter().skip(first).take(shown).enumerate() {
        buffer.set_line(plan.menu.x, plan.menu.y + y as u16, line, plan.menu.width);
    }
    if menu.lines.len() > shown + first {
        arrow("↓", plan.menu, plan.menu.bottom().saturating_sub(1), app, buffer);
    }
    if first > 0 {
        arrow("↑", plan.menu, plan.menu.y, app, buffer);
    }
    if let Some(panel) = plan.panel {
        for (y, line) in content.panel.iter().take(usize::from(panel.height)).enumerate() {
            buffer.set_line(panel.x, panel.y + y as u16, line, panel.width);
        }
    }
    let typing = footer(app, &content, plan, buffer);
    // The real cursor stands where the eye should be: in the line being typed, or on the choice.
    let cursor = typing.or_else(|| {
        let y = plan.menu.y + u16::try_from(menu.cursor.start.saturating_sub(first)).ok()?;
        let x = plan.menu.x + 1 + u16::try_from(menu.cursor_column).ok()?;
        (shown > 0 && !menu.cursor.is_empty() && y < plan.menu.bottom()).then_some(Position { x, y })
    });
    narrow(app, frame.buffer_mut());
    if let Some(cursor) = cursor {
        frame.set_cursor_position(cursor);
    }
}

/// Replaces what the terminal cannot show.
fn narrow(app: &App<'_>, buffer: &mut Buffer) {
    if app.display.glyphs == text::Glyphs::Unicode {
        return;
    }
    for cell in &mut buffer.content {
        if let std::borrow::Cow::Owned(symbol) = app.display.glyphs.shown(cell.symbol()) {
            cell.set_symbol(&symbol);
        }
    }
}

fn header(app: &App<'_>, content: &ScreenContent, area: Rect, buffer: &mut Buffer) {
    let width = usize::from(area.width);
    let right = text::width(&content.header.1);
    let room = width.saturating_sub(right + 2);
    let mut parts = content.header.0.as_slice();
    while parts.len() > 1 && text::width(&parts.join(" · ")) > room {
        parts = &parts[..parts.len() - 1];
    }
    buffer.set_stringn(area.x, area.y, parts.join(" · "), room, app.theme.strong);
    if right + 2 < width {
        let x = area.right() - right as u16;
        buffer.set_stringn(x, area.y, &content.header.1, right, app.theme.accent);
    }
}

fn body(app: &App<'_>, content: &ScreenContent, scroll: usize, plan: Plan, buffer: &mut Buffer) {
    let height = usize::from(plan.body.height);
    let appeared = app.motion.lines();
    let wanted = app.searched();
    let found = wanted.map(|wanted| matches(&words(&content.body), &wanted)).unwrap_or_default().concat();
    for (y, line) in content.body.iter().skip(scroll).take(height.min(appeared)).enumerate() {
        let y = plan.body.y + y as u16;
        buffer.set_line(plan.body.x, y, line, plan.body.width);
        for (_, part) in found.iter().filter(|(at, _)| *at == scroll + usize::from(y - plan.body.y)) {
            mark(line, part.clone(), (plan.body.x, y), buffer);
        }
    }
    let below = content.body.len() > scroll + height;
    if scroll > 0 {
        arrow("↑", plan.body, plan.body.y, app, buffer);
    }
    if below {
        arrow("↓", plan.body, plan.body.bottom().saturating_sub(1), app, buffer);
    }
}

/// An arrow beside an area, where there is more of it: a cell off its last letter where the window is wide enough.
fn arrow(arrow: &str, area: Rect, y: u16, app: &App<'_>, buffer: &mut Buffer) {
    let off = u16::from(area.right() + 1 < app.size.0);
    if area.height > 0 && area.right() < app.size.0 {
        buffer.set_stringn(area.right() + off, y, arrow, 1, app.theme.accent);
    }
}

/// Reverses the part of a line that holds words being looked for.
fn mark(line: &Line<'_>, found: Range<usize>, (x, y): (u16, u16), buffer: &mut Buffer) {
    let words: String = line.spans.iter().map(|span| span.content.as_ref()).collect();
    let (Some(before), Some(found)) = (words.get(..found.start), words.get(found)) else { return };
    let area = Rect { x: x + text::width(before) as u16, y, width: text::width(found) as u16, height: 1 };
    buffer.set_style(area.intersection(buffer.area), ratatui::style::Style::new().add_modifier(Modifier::REVERSED));
}

/// The line between the page and the choices; it says where there is more to read.
fn rule(app: &App<'_>, content: &ScreenContent, scroll: usize, plan: Plan, buffer: &mut Buffer) {
    if plan.rule.height == 0 {
        return;
    }
    let width = usize::from(plan.rule.width);
    let more = content.body.len() > scroll + usize::from(plan.body.height);
    let word = if more { strings::MORE_BELOW } else { "" };
    let tail = if more { 2 } else { 0 };
    let lead = width.saturating_sub(text::width(word) + tail);
    let line = format!("{}{word}{}", "─".repeat(lead), "─".repeat(tail));
    buffer.set_stringn(plan.rule.x, plan.rule.y, line, width, app.theme.accent);
}

/// The last line. Where a line is being typed, the place of its end.
fn footer(app: &App<'_>, content: &ScreenContent, plan: Plan, buffer: &mut Buffer) -> Option<Position> {
    let area = plan.footer;
    let width = usize::from(area.width);
    if let Some(field) = &app.field {
        let label = match field.what {
            InputPurpose::Search => strings::FIND,
            InputPurpose::Name => strings::NAME_OF_GAME,
            InputPurpose::Order => strings::ORDER,
            InputPurpose::Vote => strings::VOTES,
        };
        let line =
            Line::from(vec![Span::styled(label, app.theme.accent), Span::styled(field.text(), app.theme.strong)]);
        buffer.set_line(area.x, area.y, &line, area.width);
        let end = text::width(label) + text::width(&field.text());
        let cursor = text::width(label) + text::width(field.before());
        if let Some(notice) = &app.notice {
            let room = width.saturating_sub(end + 3);
            buffer.set_stringn(area.x + end as u16 + 3, area.y, notice, room, app.theme.quiet);
        }
        return Some(Position { x: area.x + cursor.min(width) as u16, y: area.y });
    }
    if let Some(notice) = &app.notice {
        // A long notice takes the rows above too, until the next key.
        let lines = text::wrap_plain(notice, width.max(1));
        let rows = u16::try_from(lines.len()).unwrap_or(1).clamp(1, app.size.1.min(5));
        for (at, line) in lines.iter().take(usize::from(rows)).enumerate() {
            let y = (area.y + 1).saturating_sub(rows) + at as u16;
            // Nothing shows through: neither words nor the colours of the choice under the cursor.
            for x in buffer.area.left()..buffer.area.right() {
                buffer[(x, y)].reset();
                buffer[(x, y)].set_style(app.theme.ground);
            }
            buffer.set_stringn(area.x, y, line, width, app.theme.strong);
        }
        return None;
    }
    let scrolls = content.body.len() > usize::from(plan.body.height);
    let actions = content.keys.iter().copied().filter(|action| scrolls || *action != Action::ScrollDown);
    buffer.set_line(area.x, area.y, &Line::from(keys(app, actions, width)), area.width);
    None
}

/// The keys of the footer, as many as there is room for. Help and leaving go last.
fn keys(app: &App<'_>, actions: impl Iterator<Item = Action>, width: usize) -> Vec<Span<'static>> {
    let mut shown: Vec<(Action, String)> = actions.filter_map(|action| key_of(app, action)).collect();
    let cells = |shown: &[(Action, String)], gap: usize| -> usize {
        let words = shown.iter().map(|(action, key)| text::width(key) + 1 + text::width(action.spec().name));
        words.sum::<usize>() + gap * shown.len().saturating_sub(1)
    };
    while cells(&shown, 2) > width {
        let lasting = |(action, _): &(Action, String)| matches!(action, Action::Help | Action::Quit);
        let Some(at) = shown.iter().rposition(|item| !lasting(item)).or(shown.len().checked_sub(1)) else { break };
        shown.remove(at);
    }
    let gap = if cells(&shown, 3) > width { "  " } else { "   " };
    let mut line: Vec<Span<'static>> = Vec::new();
    for (action, key) in shown {
        if !line.is_empty() {
            line.push(Span::raw(gap));
        }
        line.push(Span::styled(key, app.theme.accent));
        line.push(Span::styled(format!(" {}", action.spec().name), app.theme.quiet));
    }
    line
}

/// An action with its first key; `None` where it has none.
fn key_of(app: &App<'_>, action: Action) -> Option<(Action, String)> {
    app.display.keymap.keys(action).first().map(|key| (action, key.name()))
}
