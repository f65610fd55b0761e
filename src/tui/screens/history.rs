use ratatui::text::Line;

use crate::story::SeatId;
use crate::tui::action::Action;
use crate::tui::app::{App, Screen};
use crate::tui::draw::{Face, setting};

/// The night so far as this seat has had it; after the end, as another seat had it.
pub(in crate::tui) fn face(app: &App<'_>, seat: SeatId) -> Face {
    let setting = setting(app);
    let other = app.screen() != Screen::History;
    let body = match &app.session {
        // Another seat's pages are told only of a night that is over.
        Some(session) if !other || app.is_over() => {
            let whole = session.retold(seat);
            setting.blocks(whole.page(seat))
        }
        _ => vec![Line::styled("Nothing has happened yet.", app.theme.quiet)],
    };
    let place = &app.story.seats[seat.index()].place;
    let (title, keys) = if other {
        let title = format!("The other side of the door · {place}");
        (title, vec![Action::Next, Action::Previous, Action::ScrollDown, Action::Record, Action::Back])
    } else {
        (
            "The night so far".to_owned(),
            vec![Action::ScrollUp, Action::ScrollDown, Action::Top, Action::Record, Action::Back],
        )
    };
    Face {
        header: (vec![title], String::new()),
        body,
        question: Vec::new(),
        menu: Vec::new(),
        panel: Vec::new(),
        keys,
        centred: false,
    }
}
