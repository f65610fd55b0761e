use ratatui::text::Line;

use crate::tui::app::App;
use crate::tui::content::{ScreenContent, text_layout};
use crate::tui::menu::{MenuAction, MenuItem};
use crate::view::strings;

pub(in crate::tui) fn menu(app: &App<'_>) -> Vec<MenuItem> {
    let name = super::lower_the(&app.story.seats[app.seat().index()].name);
    vec![MenuItem::new(1, strings::fill(strings::CURTAIN_LIFT, &[("name", &name)]), MenuAction::Lift)]
}

/// Whose turn it is, and nothing else: whoever sat here before may still be looking.
pub(in crate::tui) fn content(app: &App<'_>) -> ScreenContent {
    let text_layout = text_layout(app);
    let theme = app.theme;
    let seat = &app.story.seats[app.seat().index()];
    let place = seat.label();
    let mut body = vec![Line::styled("─".repeat(12), theme.accent), Line::default()];
    body.push(Line::styled(super::title::letters(place, text_layout.columns), theme.strong));
    body.push(Line::default());
    body.extend(
        text_layout.plain(&strings::fill(strings::CURTAIN, &[("name", &super::lower_the(&seat.name))]), theme.text),
    );
    if !app.story.lesson.plan.is_empty() {
        body.push(Line::default());
        body.extend(text_layout.plain(strings::CURTAIN_WAIT, theme.text));
    }
    ScreenContent::threshold(body, menu(app))
}
