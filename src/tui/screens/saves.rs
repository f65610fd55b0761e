use ratatui::text::Line;

use crate::play::described;
use crate::record::Save;
use crate::text;
use crate::tui::app::App;
use crate::tui::content::{ScreenContent, text_layout};
use crate::tui::menu::{MenuAction, MenuItem};
use crate::view::{Action, strings};

/// The sessions that are kept, the newest first.
pub(in crate::tui) fn menu(app: &App<'_>) -> Vec<MenuItem> {
    let item = |(at, save): (usize, &Save)| {
        let note = save.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        MenuItem::new(at + 1, described(app.story, save), MenuAction::Resume(save.path.clone())).note(note)
    };
    let mut out: Vec<MenuItem> = app.saves.iter().enumerate().map(item).collect();
    if out.is_empty() {
        out.push(MenuItem::new(1, strings::NEW_GAME, MenuAction::NewGame));
    }
    out
}

/// The endings that some kept session has found; of the others only that there are some.
pub(in crate::tui) fn content(app: &App<'_>) -> ScreenContent {
    let text_layout = text_layout(app);
    let theme = app.theme;
    let found = |id: &str| app.saves.iter().filter(|save| save.reached.iter().any(|reached| reached == id)).count();
    let endings = &app.story.endings;
    let have = endings.iter().filter(|ending| found(&ending.id) > 0).count();
    let mut body = Vec::new();
    if !endings.is_empty() {
        let heading = format!("ENDINGS FOUND: {have} OF {}", endings.len());
        body.push(Line::styled(heading, theme.accent));
        body.push(Line::default());
    }
    for ending in endings {
        let saves = found(&ending.id);
        if saves == 0 {
            continue;
        }
        let often = if saves == 1 { String::new() } else { format!(" ({})", text::counted(saves, "game")) };
        body.extend(text_layout.hanging("●  ", &format!("{}{often}", ending.title), theme.strong));
        body.extend(text_layout.hanging("   ", &text::plain(&ending.because), theme.quiet));
    }
    let hidden = endings.len() - have;
    if hidden > 0 && have > 0 {
        body.push(Line::default());
    }
    if hidden > 0 {
        let dots = "○ ".repeat(hidden);
        body.extend(text_layout.plain(dots.trim_end(), theme.quiet));
        let words = if hidden == 1 {
            strings::ONE_HIDDEN.to_owned()
        } else {
            strings::fill(strings::HIDDEN, &[("hidden", &hidden)])
        };
        body.extend(text_layout.plain(&words, theme.quiet));
    }
    let question = if app.saves.is_empty() { strings::NO_SAVES } else { strings::WHICH_SAVE };
    ScreenContent {
        header: (vec![strings::YOUR_SAVES.to_owned(), app.story.title.clone()], String::new()),
        body: body.into(),
        question: vec![question.to_owned()],
        menu: menu(app),
        panel: Vec::new(),
        keys: vec![Action::Choose, Action::Up, Action::Down, Action::Back],
        centred: false,
    }
}
