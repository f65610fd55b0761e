use std::rc::Rc;

use ratatui::text::{Line, Span};

use crate::engine::{Block, BlockKind};
use crate::story::SeatId;
use crate::text;
use crate::tui::app::App;
use crate::tui::content::{ScreenContent, side_by_side, text_layout};
use crate::tui::layout::BETWEEN;
use crate::tui::prose::TextLayout;
use crate::view::{Action, strings, told_once};

/// The session so far as this seat has had it.
pub(in crate::tui) fn content(app: &App<'_>) -> ScreenContent {
    let body = match app.seen() {
        Some((session, seat)) => app.history.lines(session, seat, text_layout(app)),
        None => Rc::new(vec![Line::styled(strings::NOTHING_HAPPENED, app.theme.quiet)]),
    };
    let keys = vec![Action::ScrollUp, Action::ScrollDown, Action::Search, Action::Top, Action::Record, Action::Back];
    ScreenContent::text(strings::GAME_SO_FAR, body, keys)
}

/// The finished session as another seat had it, beside one's own where there is room.
pub(in crate::tui) fn other_side(app: &App<'_>, seat: SeatId) -> ScreenContent {
    let text_layout = text_layout(app);
    let title = format!("The other side of the door · {}", app.story.seats[seat.index()].label());
    let keys = vec![Action::Next, Action::Previous, Action::ScrollDown, Action::Search, Action::Record, Action::Back];
    let body = match app.finished() {
        Some(session) => {
            if side_by_side(app) && seat != app.seat() {
                let theirs = session.full_history(seat);
                let own = session.full_history(app.seat());
                beside(
                    app,
                    text_layout,
                    (app.seat(), told_once(own.page(app.seat())).collect()),
                    (seat, told_once(theirs.page(seat)).collect()),
                )
            } else {
                return ScreenContent::text(title, app.history.lines(session, seat, text_layout), keys);
            }
        }
        None => vec![Line::styled(strings::OTHER_SIDE_LATER, app.theme.quiet)],
    };
    ScreenContent::text(title, body, keys)
}

/// Two seats' sessions side by side, part by part.
fn beside(
    app: &App<'_>,
    text_layout: TextLayout<'_>,
    (own, left): (SeatId, Vec<Block<'_>>),
    (other, right): (SeatId, Vec<Block<'_>>),
) -> Vec<Line<'static>> {
    let width = (text_layout.columns - usize::from(BETWEEN)) / 2;
    let narrow = TextLayout { columns: width, ..text_layout };
    let name = |seat: SeatId| app.story.seats[seat.index()].label().to_owned();
    let heads = (Line::styled(name(own), app.theme.strong), Line::styled(name(other), app.theme.strong));
    let mut out = vec![joined(Some(&heads.0), Some(&heads.1), width)];
    let (left, right) = (parts(&left), parts(&right));
    let mut order: Vec<&str> = left.iter().map(|(part, _)| *part).collect();
    let also: Vec<&str> = right.iter().map(|(part, _)| *part).filter(|part| !order.contains(part)).collect();
    order.extend(also);
    for part in order {
        let of = |list: &[(&str, Vec<Block<'_>>)]| {
            let blocks =
                list.iter().find(|(name, _)| *name == part).map(|(_, blocks)| narrow.blocks(blocks.iter().copied()));
            blocks.unwrap_or_default()
        };
        let (left, right) = (of(&left), of(&right));
        out.push(Line::default());
        for row in 0..left.len().max(right.len()) {
            out.push(joined(left.get(row), right.get(row), width));
        }
    }
    out
}

/// A page by the parts of the session.
fn parts<'a>(blocks: &[Block<'a>]) -> Vec<(&'a str, Vec<Block<'a>>)> {
    let mut out: Vec<(&str, Vec<Block<'_>>)> = Vec::new();
    for &block in blocks {
        if block.kind == BlockKind::Part || out.is_empty() {
            let name = if block.kind == BlockKind::Part { block.text } else { "" };
            out.push((name, Vec::new()));
        }
        if let Some((_, blocks)) = out.last_mut() {
            blocks.push(block);
        }
    }
    out
}

fn joined(left: Option<&Line<'static>>, right: Option<&Line<'static>>, width: usize) -> Line<'static> {
    let whole = |line: Option<&Line<'static>>| -> Vec<Span<'static>> {
        let Some(line) = line else { return Vec::new() };
        // A line's own style is not kept when its spans are joined to others.
        line.spans.iter().cloned().map(|span| Span { style: line.style.patch(span.style), ..span }).collect()
    };
    let mut spans = whole(left);
    let used: usize = spans.iter().map(|span| text::width(&span.content)).sum();
    spans.push(Span::raw(" ".repeat(width.saturating_sub(used) + usize::from(BETWEEN))));
    spans.extend(whole(right));
    Line::from(spans)
}
