use ratatui::text::Line;

use crate::tui::app::App;
use crate::tui::content::{ScreenContent, text_layout};
use crate::view::{ACTIONS, Action, Key, strings};

/// Every key that works.
pub(in crate::tui) fn content(app: &App<'_>) -> ScreenContent {
    let text_layout = text_layout(app);
    let theme = app.theme;
    let mut body = vec![Line::styled("KEYS", theme.accent)];
    let row = |keys: &str, help: &str| text_layout.hanging(&format!("{keys:<16}"), help, theme.text);
    body.extend(row("1 … 9", strings::HELP_NUMBER));
    body.extend(row("0", strings::HELP_ZERO));
    for spec in ACTIONS {
        let keys: Vec<String> = app.display.keymap.keys(spec.action).iter().map(|key: &Key| key.name()).collect();
        if keys.is_empty() {
            continue;
        }
        body.extend(row(&keys.join(", "), spec.help));
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
