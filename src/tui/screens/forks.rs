use crate::engine::{By, Input};
use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::draw::Face;
use crate::tui::menu::{Deed, Item};

use crate::engine::{Session, pick_words};

/// Every decision that a person took in the night, by part and in its own words.
pub(in crate::tui) fn menu(app: &App<'_>) -> Vec<Item> {
    let Some(session) = &app.session else { return Vec::new() };
    let mut shadow = Session::new(app.story, session.seed(), session.holders().to_vec());
    let mut out = Vec::new();
    for (at, input) in session.log().iter().enumerate() {
        if let Input::Decide(_, pick) = input {
            let words = pick_words(app.story, shadow.state(), shadow.seed(), app.seat, *pick);
            let part = shadow.part(app.seat).unwrap_or_default();
            let note = if part.is_empty() { String::new() } else { format!("In “{part}”. You play on from here.") };
            out.push(Item::new(out.len() + 1, crate::text::plain(&words), Deed::Fork(at)).note(note));
        }
        // The night has taken it once already.
        let _ = shadow.input(*input);
    }
    debug_assert!(session.steps().iter().filter(|step| step.by == By::Person).count() >= out.len());
    out
}

pub(in crate::tui) fn face(app: &App<'_>) -> Face {
    Face {
        header: (vec!["This night again".to_owned()], String::new()),
        body: Vec::new(),
        question: vec!["Which decision do you take again?".to_owned()],
        menu: menu(app),
        panel: Vec::new(),
        keys: vec![Action::Up, Action::Down, Action::Choose, Action::Back],
        centred: false,
    }
}
