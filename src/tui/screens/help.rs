use ratatui::text::Line;

use crate::tui::app::App;
use crate::tui::draw::{Face, setting};
use crate::view::{ACTIONS, Action, Key};

/// Every key that works.
pub(in crate::tui) fn face(app: &App<'_>) -> Face {
    let setting = setting(app);
    let theme = app.theme;
    let mut body = vec![Line::styled("KEYS", theme.accent)];
    let row = |keys: &str, help: &str| setting.hanging(&format!("{keys:<16}"), help, theme.text);
    body.extend(row("1 … 9", "Take the choice with this number"));
    body.extend(row("0", "The choice that is always there, where a seat has one"));
    for spec in ACTIONS {
        let keys: Vec<String> = app.look.keymap.keys(spec.action).iter().map(|key: &Key| key.name()).collect();
        if keys.is_empty() {
            continue;
        }
        body.extend(row(&keys.join(", "), spec.help));
    }
    body.push(Line::default());
    body.push(Line::styled("THE RECORD", theme.accent));
    body.extend(setting.plain(
        "With r every sentence says how it is known: reported (a source says so), disputed (sources differ), inferred (it follows, and nobody wrote it down) or invented. Below the page stands who says so.",
        theme.text,
    ));
    body.push(Line::default());
    body.push(Line::styled("KEPT", theme.accent));
    body.extend(setting.plain(
        "Every decision is written down before you see what comes of it. Whatever happens to the terminal, the title screen offers to go on.",
        theme.text,
    ));
    body.push(Line::default());
    body.push(Line::styled("WITHOUT A SCREEN", theme.accent));
    body.extend(
        setting.plain(
            "`hallway play --plain` tells the same night line by line, for screen readers and pipes.",
            theme.text,
        ),
    );
    Face {
        header: (vec!["Help".to_owned()], String::new()),
        body,
        question: Vec::new(),
        menu: Vec::new(),
        panel: Vec::new(),
        keys: vec![Action::Back, Action::ScrollDown, Action::Quit],
        centred: false,
    }
}
