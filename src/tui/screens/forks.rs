use std::collections::HashSet;

use crate::engine::Pick;
use crate::play::{Game, PastDecision};
use crate::record::taken;
use crate::story::SceneId;
use crate::tui::app::App;
use crate::tui::content::{ScreenContent, text_layout};
use crate::tui::menu::{MenuAction, MenuItem};
use crate::view::{Action, strings};

/// Every decision that a person took, in its own words, with how many of its other ways have been tried.
pub(in crate::tui) fn menu(app: &App<'_>) -> Vec<MenuItem> {
    let tried = taken(app.story, &app.saves);
    let decisions = app.game().map(Game::decisions).unwrap_or_default();
    let item = |(number, decision): (usize, &PastDecision)| {
        MenuItem::new(number + 1, decision.words.clone(), MenuAction::Fork(decision.at)).note(note(decision, &tried))
    };
    decisions.iter().enumerate().map(item).collect()
}

/// The part of the story, and the ways that were open besides the one taken.
fn note(decision: &PastDecision, tried: &HashSet<(SceneId, Pick)>) -> String {
    let PastDecision { scene, part, others, .. } = decision;
    let known = others.iter().filter(|other| tried.contains(&(*scene, **other))).count();
    let ways = match (others.len(), known) {
        (0, _) => strings::NO_OTHER_WAY.to_owned(),
        (1, 0) => strings::ONE_WAY_NEW.to_owned(),
        (1, _) => strings::ONE_WAY_TAKEN.to_owned(),
        (count, 0) => strings::fill(strings::WAYS_NEW, &[("count", &count)]),
        (count, known) if known == count => strings::fill(strings::WAYS_ALL, &[("count", &count)]),
        (count, known) => strings::fill(strings::WAYS_SOME, &[("count", &count), ("known", &known)]),
    };
    if part.is_empty() { ways } else { strings::fill(strings::IN_PART, &[("part", part), ("ways", &ways)]) }
}

pub(in crate::tui) fn content(app: &App<'_>) -> ScreenContent {
    let text_layout = text_layout(app);
    let menu = menu(app);
    let body = if menu.is_empty() {
        text_layout.plain(strings::NOTHING_DECIDED, app.theme.quiet)
    } else {
        text_layout.plain(strings::FORKS_EXPLAINED, app.theme.quiet)
    };
    ScreenContent {
        header: (vec![strings::FORKS_TITLE.to_owned()], String::new()),
        body: body.into(),
        question: Vec::new(),
        menu,
        panel: Vec::new(),
        keys: vec![Action::Choose, Action::Up, Action::Down, Action::Saves, Action::Back],
        centred: false,
    }
}
