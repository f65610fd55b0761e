use std::ops::Range;

use ratatui::text::{Line, Span};

use crate::text;

use super::app::App;
use super::content::{ScreenContent, text_layout};
use super::menu::MenuItem;
use super::prose::TextLayout;

/// Where an item of the menu is drawn.
pub(super) struct ItemArea {
    pub item: usize,
    pub lines: Range<usize>,
    pub columns: Range<usize>,
}

/// A menu's lines, where its items stand in them, and which lines belong to the item under the cursor.
#[derive(Default)]
pub(super) struct MenuLines {
    pub lines: Vec<Line<'static>>,
    pub spots: Vec<ItemArea>,
    pub cursor: Range<usize>,
    /// The cells to the left of the cursor's item.
    pub cursor_column: usize,
}

impl MenuLines {
    /// The first line that is shown, so that the item under the cursor is whole where it fits.
    pub fn first(&self, shown: usize) -> usize {
        let last = self.lines.len().saturating_sub(shown);
        self.cursor.end.saturating_sub(shown).min(self.cursor.start).min(last)
    }
}

/// How much of the items is written that the cursor is not on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ItemText {
    Whole,
    /// Nothing is kept free for their notes either.
    FirstLine,
}

/// The menu of a screen: its question, its items, and what the item under the cursor has to add.
pub(super) fn menu_lines(app: &App<'_>, content: &ScreenContent, others: ItemText) -> MenuLines {
    let text_layout = text_layout(app);
    let theme = app.theme;
    let mut out = MenuLines::default();
    for question in &content.question {
        out.lines.extend(text_layout.plain(question, theme.quiet));
    }
    // Room for the longest note is kept, so that the list does not jump while the cursor moves.
    let notes: Vec<Vec<Line<'static>>> = content
        .menu
        .iter()
        .map(|item| {
            let narrow = TextLayout { columns: text_layout.columns.saturating_sub(4).max(1), ..text_layout };
            narrow.plain(&text::plain(&item.note), theme.quiet)
        })
        .collect();
    let longest = notes.iter().map(Vec::len).max().unwrap_or(0);
    let mut spent = 0;
    for (at, item) in content.menu.iter().enumerate() {
        let selected = at == app.cursor;
        let lines = if selected || others == ItemText::Whole {
            item_lines(text_layout, item, selected)
        } else {
            first_line(text_layout, item)
        };
        let begun = out.lines.len();
        out.spots.push(ItemArea { item: at, lines: begun..begun + lines.len(), columns: 0..usize::MAX });
        out.lines.extend(lines);
        if selected {
            for note in &notes[at] {
                let mut spans = vec![Span::raw("    ")];
                spans.extend(note.spans.iter().cloned().map(|span| Span::styled(span.content, theme.quiet)));
                out.lines.push(Line::from(spans));
            }
            out.cursor = begun..out.lines.len();
            spent = notes[at].len();
        }
    }
    if others == ItemText::Whole {
        out.lines.extend((spent..longest).map(|_| Line::default()));
    }
    out
}

/// As much of an item as there is room for in one line.
fn first_line(text_layout: TextLayout<'_>, item: &MenuItem) -> Vec<Line<'static>> {
    let mut lines = item_lines(text_layout, item, false);
    if lines.len() > 1 {
        // A cell is kept for the sign that there is more.
        let narrow = TextLayout { columns: text_layout.columns.saturating_sub(1).max(1), ..text_layout };
        lines = item_lines(narrow, item, false);
        lines.truncate(1);
        lines.iter_mut().for_each(|line| line.spans.push(Span::styled("…", text_layout.theme.quiet)));
    }
    lines
}

/// One item, with its number; over its whole width in the colours of the cursor where that is on it.
pub(super) fn item_lines(text_layout: TextLayout<'_>, item: &MenuItem, selected: bool) -> Vec<Line<'static>> {
    let theme = text_layout.theme;
    let head = match item.number {
        Some(number) => format!("{number:>2}  "),
        None => " –  ".to_owned(),
    };
    let style = if item.number.is_some() { theme.text } else { theme.quiet };
    let mut lines = text_layout.hanging(&head, &text::plain(&item.words), style);
    if selected {
        for line in &mut lines {
            let used: usize = line.spans.iter().map(|span| text::width(&span.content)).sum();
            line.spans.push(Span::raw(" ".repeat(text_layout.columns.saturating_sub(used))));
            for span in &mut line.spans {
                span.style = theme.text.patch(theme.selected);
            }
        }
    }
    lines
}
