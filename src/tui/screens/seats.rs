use ratatui::text::Line;

use crate::story::{Seat, SeatId};
use crate::tui::app::App;
use crate::tui::content::{ScreenContent, text_layout};
use crate::tui::menu::{MenuAction, MenuItem};
use crate::view::{Action, strings};

pub(in crate::tui) fn menu(app: &App<'_>) -> Vec<MenuItem> {
    let mut out: Vec<MenuItem> = app
        .story
        .seats
        .iter()
        .enumerate()
        .map(|(at, seat)| {
            let counts = if seat.counts.is_empty() { String::new() } else { format!(" — counts {}", seat.counts) };
            MenuItem::new(at + 1, format!("{}{counts}", seat.full_label()), MenuAction::Sit(SeatId::new(at)))
        })
        .collect();
    out.extend(together(app));
    out
}

/// Ways for several people to share the keyboard.
fn together(app: &App<'_>) -> Vec<MenuItem> {
    let seats: Vec<SeatId> = app.story.seat_ids().collect();
    if seats.len() < 2 {
        return Vec::new();
    }
    let at = seats.len() + 1;
    let mut out = vec![
        MenuItem::new(at, strings::TOGETHER_ALL, MenuAction::SitTogether(seats.clone())).note(strings::TOGETHER_NOTE),
    ];
    let class = MenuItem::new(at + 1, strings::TOGETHER_CLASS, MenuAction::SitClass).note(strings::TOGETHER_CLASS_NOTE);
    if let Some([one, third, two]) = crate::teach::two_rooms(app.story) {
        let place = |seat: SeatId| super::lower_the(app.story.seats[seat.index()].label());
        let words = strings::fill(
            strings::TOGETHER_TWO,
            &[("one", &place(one)), ("two", &place(two)), ("third", &place(third))],
        );
        out.push(MenuItem::new(at + 1, words, MenuAction::SitTogether(vec![one, two])).note(strings::TOGETHER_NOTE));
    }
    if !app.story.lesson.plan.is_empty() {
        out.push(MenuItem { number: Some(at + out.len()), ..class });
    }
    out
}

/// The briefing of a seat, and the notice: what differs from seat to seat is never below the fold.
pub(super) fn beforehand(app: &App<'_>, seat: Option<&Seat>) -> Vec<Line<'static>> {
    let text_layout = text_layout(app);
    let mut body = Vec::new();
    if let Some(seat) = seat {
        body.push(Line::styled(seat.label().to_uppercase(), app.theme.accent));
        body.extend(text_layout.prose(&seat.brief, app.theme.text));
    }
    if !body.is_empty() && !app.story.notice.is_empty() {
        body.push(Line::default());
    }
    body.extend(text_layout.prose(&app.story.notice, app.theme.quiet));
    body
}

/// What is read before a seat is taken, of the seat under the cursor.
pub(in crate::tui) fn content(app: &App<'_>) -> ScreenContent {
    let body = beforehand(app, app.story.seats.get(app.cursor));
    ScreenContent {
        header: (vec![app.story.title.clone()], strings::WHICH_SEAT.to_owned()),
        body: body.into(),
        question: Vec::new(),
        menu: menu(app),
        panel: Vec::new(),
        keys: vec![Action::Up, Action::Down, Action::Choose, Action::Back, Action::Help],
        centred: false,
    }
}
