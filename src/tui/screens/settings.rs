use crate::record::{Pace, Settings, ThemeName, Waiting};
use crate::tui::app::App;
use crate::tui::draw::{Face, setting};
use crate::tui::menu::{Deed, Item};
use crate::view::Action;

/// The setting after this one, and from the last the first again.
fn after<T: Copy + PartialEq>(all: &[T], now: T) -> T {
    let at = all.iter().position(|it| *it == now).map_or(0, |at| (at + 1) % all.len());
    all[at]
}

/// Each setting as it is; taking it goes on to the next value.
pub(in crate::tui) fn menu(app: &App<'_>) -> Vec<Item> {
    let now = &app.look.settings;
    let mut out = Vec::new();
    let mut item = |name: &str, value: &str, note: &str, then: Settings| {
        let words = format!("{name}: {value}");
        out.push(Item::new(out.len() + 1, words, Deed::Settle(Box::new(then))).note(note));
    };
    let on = |is: bool| if is { "on" } else { "off" };
    let theme = ThemeName::ALL;
    item(
        "Theme",
        now.theme.word(),
        "The terminal’s own colours, dark, light, high contrast, or none.",
        Settings { theme: after(theme, now.theme), ..now.clone() },
    );
    item(
        "Width of the page",
        &now.width.to_string(),
        "The widest line of prose, in letters.",
        Settings { width: after(&[50, 60, 70, 80, 90], now.width), ..now.clone() },
    );
    item(
        "Marks of the record",
        on(now.marks),
        "Whether every sentence says how it is known; r turns it over for one night.",
        Settings { marks: !now.marks, ..now.clone() },
    );
    item(
        "Motion",
        on(now.motion),
        "Whether a message is seen to travel in the plan of the rooms.",
        Settings { motion: !now.motion, ..now.clone() },
    );
    item(
        "How a page appears",
        now.pace.word(),
        "At once, or line by line; any key completes it.",
        Settings { pace: after(Pace::ALL, now.pace), ..now.clone() },
    );
    item(
        "The line’s patience",
        now.waiting.word(),
        "Off: the clock stands while you think. Patient: five minutes of the night go by for every two of yours. Strict: for every one.",
        Settings { waiting: after(Waiting::ALL, now.waiting), ..now.clone() },
    );
    item(
        "Mouse",
        on(now.mouse),
        "Click to choose. The terminal’s own selecting needs Shift then.",
        Settings { mouse: !now.mouse, ..now.clone() },
    );
    out
}

pub(in crate::tui) fn face(app: &App<'_>) -> Face {
    let setting = setting(app);
    let mut body = setting.plain(
        "They are kept for every night to come, in a file of your own; `hallway settings` says where, and there keys can be changed too.",
        app.theme.quiet,
    );
    body.push(ratatui::text::Line::default());
    body.extend(setting.prose(
        "A line of prose, to see how it reads. The lift stops at a floor that nobody has pressed, opens on an empty carpet, and goes on.",
        app.theme.text,
    ));
    Face {
        header: (vec!["Settings".to_owned()], String::new()),
        body,
        question: Vec::new(),
        menu: menu(app),
        panel: Vec::new(),
        keys: vec![Action::Choose, Action::Up, Action::Down, Action::Back],
        centred: false,
    }
}
