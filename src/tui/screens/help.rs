use ratatui::text::Line;

use crate::text;
use crate::tui::app::App;
use crate::tui::content::{ScreenContent, text_layout};
use crate::view::{ACTIONS, Action, Key, strings};

/// Every key that works.
pub(in crate::tui) fn content(app: &App<'_>) -> ScreenContent {
    let text_layout = text_layout(app);
    let theme = app.theme;
    let mut rows = vec![("1 … 9".to_owned(), strings::HELP_NUMBER), ("0".to_owned(), strings::HELP_ZERO)];
    for spec in ACTIONS {
        let keys: Vec<String> = app.display.keymap.keys(spec.action).iter().map(|key: &Key| key.name()).collect();
        if !keys.is_empty() {
            rows.push((keys.join(", "), spec.help));
        }
    }
    // Keys of a reader's own may be many; what they do keeps at least half of a line.
    let widest = rows.iter().map(|(keys, _)| text::width(keys)).max().unwrap_or(0);
    let indent = widest.min(text_layout.columns / 2) + 2;
    let mut body = vec![Line::styled("KEYS", theme.accent)];
    for (keys, help) in &rows {
        let gap = " ".repeat(indent.saturating_sub(text::width(keys)).max(2));
        body.extend(text_layout.hanging(&format!("{keys}{gap}"), help, theme.text));
    }
    body.push(Line::default());
    body.push(Line::styled(strings::THE_RECORD, theme.accent));
    body.extend(text_layout.plain(strings::HELP_RECORD, theme.text));
    body.push(Line::default());
    body.push(Line::styled("KEPT", theme.accent));
    body.extend(text_layout.plain(strings::HELP_KEPT, theme.text));
    body.push(Line::default());
    body.push(Line::styled(strings::WITHOUT_A_SCREEN, theme.accent));
    body.extend(text_layout.plain(strings::HELP_PLAIN, theme.text));
    ScreenContent {
        header: (vec!["Help".to_owned()], String::new()),
        body: body.into(),
        question: Vec::new(),
        menu: Vec::new(),
        panel: Vec::new(),
        keys: vec![Action::Back, Action::ScrollDown, Action::Quit],
        centred: false,
    }
}
