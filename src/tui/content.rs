//! A screen before it is placed, and the width that it is set in.

use std::rc::Rc;

use ratatui::text::Line;

use crate::view::Action;

use super::app::App;
use super::layout;
use super::menu::MenuItem;
use super::prose::TextLayout;
use super::screen::Screen;

/// A screen before it is placed.
pub(super) struct ScreenContent {
    /// The first line: on the left as many of these parts as there is room for, the first one last to go; on the
    /// right a part that always stands.
    pub header: (Vec<String>, String),
    /// Shared, because a long one is kept from frame to frame.
    pub body: Rc<Vec<Line<'static>>>,
    /// What the menu asks, a paragraph each; may be empty.
    pub question: Vec<String>,
    pub menu: Vec<MenuItem>,
    /// Lines of the side panel, where there is room for one.
    pub panel: Vec<Line<'static>>,
    pub keys: Vec<Action>,
    /// The body stands in the middle of its space.
    pub centred: bool,
}

impl ScreenContent {
    /// A screen one comes in by: something to look at in the middle, and a menu.
    pub fn threshold(body: impl Into<Rc<Vec<Line<'static>>>>, menu: Vec<MenuItem>) -> Self {
        Self {
            header: (Vec::new(), String::new()),
            body: body.into(),
            question: Vec::new(),
            menu,
            panel: Vec::new(),
            keys: vec![Action::Choose, Action::Help, Action::Quit],
            centred: true,
        }
    }

    /// A screen of things to change, under a few words.
    pub fn list(header: (&str, String), body: Vec<Line<'static>>, menu: Vec<MenuItem>) -> Self {
        Self {
            header: (vec![header.0.to_owned()], header.1),
            menu,
            ..Self::text("", body, vec![Action::Choose, Action::Up, Action::Down, Action::Back])
        }
    }

    /// A screen of text, with nothing to choose.
    pub fn text(title: impl Into<String>, body: impl Into<Rc<Vec<Line<'static>>>>, keys: Vec<Action>) -> Self {
        Self {
            header: (vec![title.into()], String::new()),
            body: body.into(),
            question: Vec::new(),
            menu: Vec::new(),
            panel: Vec::new(),
            keys,
            centred: false,
        }
    }
}

/// What prose is set with on this screen.
pub(super) fn text_layout<'a>(app: &'a App<'_>) -> TextLayout<'a> {
    let width = column(app).width;
    TextLayout { story: app.story, theme: app.theme, columns: usize::from(width), marks: app.marks }
}

/// The column of this screen: two of them side by side where the other side of the door is read in a wide window.
pub(super) fn column(app: &App<'_>) -> layout::Column {
    let measure = app.display.settings.width;
    let measure = if app.screen() == Screen::Text { u16::MAX } else { measure };
    let measure = if side_by_side(app) { 2 * measure + layout::BETWEEN } else { measure };
    layout::column(app.size.0, has_panel(app), measure)
}

/// Whether two pages are read beside each other.
pub(super) fn side_by_side(app: &App<'_>) -> bool {
    matches!(app.screen(), Screen::OtherSide(_)) && app.size.0 >= layout::WIDE
}

/// Where a screen could have a panel its column stands as if it had, so that it does not move from screen to screen.
fn has_panel(app: &App<'_>) -> bool {
    !side_by_side(app) && !matches!(app.screen(), Screen::Title | Screen::Seats | Screen::Curtain | Screen::Text)
}
