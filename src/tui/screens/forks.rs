use std::collections::HashSet;

use crate::engine::{Input, Pick, Session};
use crate::record::taken;
use crate::story::SceneId;
use crate::tui::app::App;
use crate::tui::draw::{Face, setting};
use crate::tui::menu::{Deed, Item};
use crate::view::{Action, says};

/// Every decision that a person took in the night, in its own words, with how many of its other ways have been tried.
pub(in crate::tui) fn menu(app: &App<'_>) -> Vec<Item> {
    let Some((session, seat)) = app.seen() else { return Vec::new() };
    let tried = taken(app.story, &app.nights);
    let mut shadow = session.until(0);
    let mut out = Vec::new();
    for (at, input) in session.log().iter().enumerate() {
        // While others share the keyboard, only one's own decisions are one's own to see.
        let own = |scene: &SceneId| app.story.scene(*scene).seat.is_none_or(|own| own == seat);
        let told = |scene: &SceneId| !app.is_shared() || app.is_over() || own(scene);
        if let Input::Decide(scene, pick) = input
            && told(scene)
        {
            let words = shadow.words(seat, *pick);
            let part = shadow.part(seat).unwrap_or_default().to_owned();
            let note = note(&shadow, &tried, *scene, *pick, &part);
            out.push(Item::new(out.len() + 1, crate::text::plain(&words), Deed::Fork(at)).note(note));
        }
        // The night has taken it once already.
        let _ = shadow.input(*input);
    }
    out
}

/// The part of the night, and the ways that were open besides the one taken.
fn note(session: &Session<'_>, tried: &HashSet<(SceneId, Pick)>, scene: SceneId, pick: Pick, part: &str) -> String {
    let others: Vec<Pick> = session.options().picks().into_iter().filter(|other| *other != pick).collect();
    let known = others.iter().filter(|other| tried.contains(&(scene, **other))).count();
    let ways = match (others.len(), known) {
        (0, _) => says::NO_OTHER_WAY.to_owned(),
        (1, 0) => says::ONE_WAY_NEW.to_owned(),
        (1, _) => says::ONE_WAY_TAKEN.to_owned(),
        (count, 0) => says::fill(says::WAYS_NEW, &[("count", &count)]),
        (count, known) if known == count => says::fill(says::WAYS_ALL, &[("count", &count)]),
        (count, known) => says::fill(says::WAYS_SOME, &[("count", &count), ("known", &known)]),
    };
    if part.is_empty() { ways } else { says::fill(says::IN_PART, &[("part", &part), ("ways", &ways)]) }
}

pub(in crate::tui) fn face(app: &App<'_>) -> Face {
    let setting = setting(app);
    let menu = menu(app);
    let body = if menu.is_empty() {
        setting.plain(says::NOTHING_DECIDED, app.theme.quiet)
    } else {
        setting.plain(says::FORKS_EXPLAINED, app.theme.quiet)
    };
    Face {
        header: (vec![says::FORKS_TITLE.to_owned()], String::new()),
        body: body.into(),
        question: Vec::new(),
        menu,
        panel: Vec::new(),
        keys: vec![Action::Choose, Action::Up, Action::Down, Action::Nights, Action::Back],
        centred: false,
    }
}
