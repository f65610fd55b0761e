use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::text;

use super::action::Action;
use super::app::{App, Screen};
use super::layout::{self, Plan};
use super::menu::Item;
use super::prose::Setting;
use super::screens;

/// A screen before it is placed.
pub(super) struct Face {
    /// The first line: on the left as many of these parts as there is room for, the first one last to go; on the
    /// right a part that always stands.
    pub header: (Vec<String>, String),
    pub body: Vec<Line<'static>>,
    /// What the menu asks, a paragraph each; may be empty.
    pub question: Vec<String>,
    pub menu: Vec<Item>,
    /// Lines of the side panel, where there is room for one.
    pub panel: Vec<Line<'static>>,
    pub keys: Vec<Action>,
    /// The body stands in the middle of its space.
    pub centred: bool,
}

fn face(app: &App<'_>) -> Face {
    match app.screen() {
        Screen::Title => screens::title::face(app),
        Screen::Seats => screens::seats::face(app),
        Screen::Night => screens::night::face(app),
        Screen::History => screens::history::face(app, app.seat),
        Screen::OtherSide(seat) => screens::history::face(app, seat),
        Screen::Forks => screens::forks::face(app),
        Screen::Debrief => screens::debrief::face(app),
        Screen::Help => screens::help::face(app),
    }
}

/// What prose is set with on this screen.
pub(super) fn setting<'a>(app: &'a App<'_>) -> Setting<'a> {
    let panel = has_panel(app);
    let width = layout::column(app.size.0, panel).width;
    Setting { story: app.story, theme: app.theme, columns: usize::from(width), marks: app.marks }
}

fn has_panel(app: &App<'_>) -> bool {
    matches!(app.screen(), Screen::Night)
}

/// A menu's lines, the first line of each item, and which lines belong to the item under the cursor.
struct MenuLines {
    lines: Vec<Line<'static>>,
    cursor: std::ops::Range<usize>,
}

fn menu_lines(app: &App<'_>, face: &Face) -> MenuLines {
    let setting = setting(app);
    let theme = app.theme;
    let mut lines = Vec::new();
    let mut cursor = 0..0;
    for question in &face.question {
        lines.extend(setting.plain(question, theme.quiet));
    }
    // Room for the longest note is kept, so that the list does not jump while the cursor moves.
    let notes: Vec<Vec<Line<'static>>> = face
        .menu
        .iter()
        .map(|item| {
            let narrow = Setting { columns: setting.columns.saturating_sub(4).max(1), ..setting };
            narrow.plain(&text::plain(&item.note), theme.quiet)
        })
        .collect();
    let longest = notes.iter().map(Vec::len).max().unwrap_or(0);
    let mut spent = 0;
    for (at, item) in face.menu.iter().enumerate() {
        let head = match item.number {
            Some(number @ 0..=9) => format!(" {number}  "),
            Some(_) => "    ".to_owned(),
            None => " –  ".to_owned(),
        };
        let style = if item.number.is_some() { theme.text } else { theme.quiet };
        let selected = at == app.cursor && item.number.is_some();
        let mut item_lines = setting.hanging(&head, &text::plain(&item.words), style);
        if selected {
            for line in &mut item_lines {
                let used: usize = line.spans.iter().map(|span| text::width(&span.content)).sum();
                line.spans.push(Span::raw(" ".repeat(setting.columns.saturating_sub(used))));
                for span in &mut line.spans {
                    span.style = theme.text.patch(theme.selected);
                }
            }
            cursor = lines.len()..lines.len() + item_lines.len();
        }
        lines.extend(item_lines);
        if selected {
            for note in &notes[at] {
                let mut spans = vec![Span::raw("    ")];
                spans.extend(note.spans.iter().cloned().map(|span| Span::styled(span.content, theme.quiet)));
                lines.push(Line::from(spans));
            }
            cursor.end = lines.len();
            spent = notes[at].len();
        }
    }
    lines.extend((spent..longest).map(|_| Line::default()));
    MenuLines { lines, cursor }
}

fn laid_out(app: &App<'_>, menu: &MenuLines) -> Plan {
    let area = Rect { x: 0, y: 0, width: app.size.0, height: app.size.1 };
    layout::plan(area, u16::try_from(menu.lines.len()).unwrap_or(u16::MAX), has_panel(app))
}

/// How many lines of the body are on screen.
pub(super) fn body_height(app: &App<'_>) -> usize {
    let face = face(app);
    usize::from(laid_out(app, &menu_lines(app, &face)).body.height)
}

/// The furthest that the body can be scrolled.
pub(super) fn last_scroll(app: &App<'_>) -> usize {
    let face = face(app);
    let height = usize::from(laid_out(app, &menu_lines(app, &face)).body.height);
    face.body.len().saturating_sub(height)
}

/// Draws the app. Every size is drawn; below 24×6 one line says what to do.
pub fn draw(app: &App<'_>, frame: &mut Frame<'_>) {
    let area = frame.area();
    if area.width < layout::SMALLEST.0 || area.height < layout::SMALLEST.1 {
        let buffer = frame.buffer_mut();
        for (y, line) in
            text::wrap_plain("Make the window larger. The night is safe.", usize::from(area.width)).iter().enumerate()
        {
            if y < usize::from(area.height) {
                buffer.set_stringn(area.x, area.y + y as u16, line, usize::from(area.width), app.theme.text);
            }
        }
        return;
    }
    let face = face(app);
    let menu = menu_lines(app, &face);
    let plan = laid_out(app, &menu);
    header(app, &face, plan.header, frame);
    let scroll = app.scroll.min(face.body.len().saturating_sub(usize::from(plan.body.height)));
    body(app, &face, scroll, plan, frame);
    let buffer = frame.buffer_mut();
    if plan.rule.height > 0 {
        let more = face.body.len() > scroll + usize::from(plan.body.height);
        let width = usize::from(plan.rule.width);
        if more {
            let word = " Space: more ↓ ";
            let lead = width.saturating_sub(text::width(word) + 2);
            let line = format!("{}{word}{}", "─".repeat(lead), "─".repeat(2));
            buffer.set_stringn(plan.rule.x, plan.rule.y, line, width, app.theme.accent);
        } else {
            buffer.set_stringn(plan.rule.x, plan.rule.y, "─".repeat(width), width, app.theme.accent);
        }
    }
    let shown = usize::from(plan.menu.height);
    // The item under the cursor is always whole on screen where it fits.
    let first =
        menu.cursor.end.saturating_sub(shown).min(menu.cursor.start).min(menu.lines.len().saturating_sub(shown));
    for (y, line) in menu.lines.iter().skip(first).take(shown).enumerate() {
        buffer.set_line(plan.menu.x, plan.menu.y + y as u16, line, plan.menu.width);
    }
    if menu.lines.len() > shown + first && plan.menu.height > 0 {
        buffer.set_stringn(plan.menu.right(), plan.menu.bottom() - 1, "↓", 1, app.theme.accent);
    }
    if first > 0 {
        buffer.set_stringn(plan.menu.right(), plan.menu.y, "↑", 1, app.theme.accent);
    }
    if let Some(panel) = plan.panel {
        for (y, line) in face.panel.iter().take(usize::from(panel.height)).enumerate() {
            buffer.set_line(panel.x, panel.y + y as u16, line, panel.width);
        }
    }
    footer(app, &face, plan.footer, frame);
    if shown > 0 && !menu.cursor.is_empty() {
        let y = plan.menu.y + u16::try_from(menu.cursor.start.saturating_sub(first)).unwrap_or(0);
        if y < plan.menu.bottom() {
            frame.set_cursor_position(Position { x: plan.menu.x + 1, y });
        }
    }
}

fn header(app: &App<'_>, face: &Face, area: Rect, frame: &mut Frame<'_>) {
    let width = usize::from(area.width);
    let buffer = frame.buffer_mut();
    let right = text::width(&face.header.1);
    let room = width.saturating_sub(right + 4);
    let mut parts = face.header.0.as_slice();
    while parts.len() > 1 && text::width(&parts.join(" · ")) > room {
        parts = &parts[..parts.len() - 1];
    }
    buffer.set_stringn(area.x + 1, area.y, parts.join(" · "), room, app.theme.strong);
    if right + 2 < width {
        let x = area.x + area.width - 1 - right as u16;
        buffer.set_stringn(x, area.y, &face.header.1, right, app.theme.accent);
    }
}

fn body(app: &App<'_>, face: &Face, scroll: usize, plan: Plan, frame: &mut Frame<'_>) {
    let height = usize::from(plan.body.height);
    let spare = height.saturating_sub(face.body.len());
    let top = if face.centred { spare / 2 } else { 0 };
    let buffer = frame.buffer_mut();
    for (y, line) in face.body.iter().skip(scroll).take(height).enumerate() {
        buffer.set_line(plan.body.x, plan.body.y + (y + top) as u16, line, plan.body.width);
    }
    let below = face.body.len() > scroll + height;
    let x = plan.body.right();
    if scroll > 0 && height > 0 && x < app.size.0 {
        buffer.set_stringn(x, plan.body.y, "↑", 1, app.theme.accent);
    }
    if below && height > 0 && x < app.size.0 {
        buffer.set_stringn(x, plan.body.bottom() - 1, "↓", 1, app.theme.accent);
    }
}

fn footer(app: &App<'_>, face: &Face, area: Rect, frame: &mut Frame<'_>) {
    let width = usize::from(area.width).saturating_sub(2);
    let buffer = frame.buffer_mut();
    if let Some(notice) = &app.notice {
        // A long notice takes the rows above too, until the next key.
        let lines = text::wrap_plain(notice, width.max(1));
        let rows = u16::try_from(lines.len()).unwrap_or(1).clamp(1, app.size.1.min(5));
        for (at, line) in lines.iter().take(usize::from(rows)).enumerate() {
            let y = (area.y + 1).saturating_sub(rows) + at as u16;
            buffer.set_stringn(area.x, y, " ".repeat(usize::from(area.width)), usize::from(area.width), app.theme.text);
            buffer.set_stringn(area.x + 1, y, line, width, app.theme.strong);
        }
        return;
    }
    let mut line: Vec<Span<'static>> = Vec::new();
    let mut used = 0;
    for action in &face.keys {
        let spec = action.spec();
        let key = spec.keys[0].name();
        let cells = text::width(&key) + 1 + text::width(spec.name) + if used > 0 { 3 } else { 0 };
        if used + cells > width {
            break;
        }
        if used > 0 {
            line.push(Span::raw("   "));
        }
        line.push(Span::styled(key, app.theme.accent));
        line.push(Span::styled(format!(" {}", spec.name), app.theme.quiet));
        used += cells;
    }
    buffer.set_line(area.x + 1, area.y, &Line::from(line), area.width.saturating_sub(2));
}
