//! What taking an item of a menu does.

use std::time::Duration;

use crate::engine::{Input, Pick};
use crate::play::{Command, Game};
use crate::record::Waiting;
use crate::story::SeatId;
use crate::tui::app::{App, AppEffect, ComposeState, Screen};
use crate::tui::menu::MenuAction;
use crate::tui::motion::Motion;
use crate::view::{Keymap, Turn, strings};

impl<'s> App<'s> {
    /// A digit: the number of an item, or the beginning of one where there are ten or more.
    pub(super) fn digit(&mut self, digit: usize) -> Vec<AppEffect> {
        let most = self.menu().iter().filter_map(|item| item.number).max().unwrap_or(0);
        if let Some(first) = self.digit.take() {
            return self.number(10 * first + digit);
        }
        if digit > 0 && 10 * digit <= most {
            self.digit = Some(digit);
            self.notice = Some(strings::fill(strings::SECOND_DIGIT, &[("digit", &digit)]));
            return Vec::new();
        }
        self.number(digit)
    }

    pub(super) fn number(&mut self, number: usize) -> Vec<AppEffect> {
        let menu = self.menu();
        match menu.iter().position(|item| item.number == Some(number)) {
            Some(at) => {
                self.cursor = at;
                self.take(menu[at].action.clone())
            }
            None => {
                if !menu.is_empty() {
                    self.notice = Some(strings::fill(strings::NO_SUCH_NUMBER, &[("number", &number)]));
                }
                Vec::new()
            }
        }
    }

    pub(super) fn choose(&mut self) -> Vec<AppEffect> {
        let menu = self.menu();
        match menu.get(self.cursor) {
            Some(item) if item.number.is_some() => self.take(item.action.clone()),
            Some(_) => {
                self.notice = Some(self.why());
                Vec::new()
            }
            None => {
                self.back();
                Vec::new()
            }
        }
    }

    fn take(&mut self, action: MenuAction) -> Vec<AppEffect> {
        match action {
            MenuAction::Resume(path) => return vec![AppEffect::Resume(path)],
            MenuAction::NewGame if self.story.seats.len() == 1 => return self.sit(SeatId::new(0)),
            MenuAction::NewGame => self.open(Screen::Seats),
            MenuAction::Sit(seat) => return self.sit(seat),
            MenuAction::SitTogether(seats) => return self.sit_together(&seats),
            MenuAction::SitClass => {
                self.class.asks_votes = true;
                let seats: Vec<SeatId> = self.story.seat_ids().collect();
                return self.sit_together(&seats);
            }
            MenuAction::Hold => {
                self.class.hold();
                self.back();
            }
            MenuAction::MoreTime => {
                self.class.give_more();
                self.back();
                self.notice = Some(strings::MORE_TIME.to_owned());
            }
            MenuAction::Turns(seconds) => return self.set_turns(seconds),
            MenuAction::Inject(at) => return self.bring_in(at),
            MenuAction::Freeze => return self.stop_here(),
            MenuAction::Follow(at) => {
                self.followed = at;
                self.scroll = 0;
            }
            MenuAction::Step(step) => {
                self.back();
                self.open(Screen::GuidedDebrief(step));
            }
            MenuAction::Close => self.back(),
            MenuAction::Lift => {
                if let Some(game) = &mut self.game {
                    game.sit_down();
                }
                self.open_game();
            }
            MenuAction::Pick(pick) => return self.decide(pick),
            MenuAction::Compose(message) => {
                self.compose = Some(ComposeState { message, answers: Vec::new() });
                return self.composed();
            }
            MenuAction::Answer(at) => {
                if let Some(compose) = &mut self.compose {
                    compose.answers.push(at);
                }
                return self.composed();
            }
            MenuAction::Open(screen) => {
                self.open(screen);
                if screen == Screen::Saves {
                    return vec![AppEffect::ListSaves];
                }
            }
            MenuAction::SameGame(seat) => return self.same_game(seat),
            MenuAction::Fork(at) => return self.fork(at),
            MenuAction::Settle(settings) => return self.settle(*settings),
            MenuAction::Code => self.codes(),
            MenuAction::Title => {
                self.game = None;
                self.screens = vec![Screen::Title];
                self.fresh();
                return vec![AppEffect::ListSaves];
            }
            MenuAction::Quit => return vec![AppEffect::Quit],
            MenuAction::Nothing => {}
        }
        Vec::new()
    }

    /// A new page: from its top, nothing half done, and what came across seen to come.
    pub(super) fn fresh(&mut self) {
        self.scroll = 0;
        self.compose = None;
        self.field = None;
        self.digit = None;
        self.places.clear();
        self.waited = Duration::ZERO;
        self.class.begin();
        self.cursor = self.first_open();
        self.motion = Motion::default();
        if let Some(hops) = self.page().map(|page| page.hops().len()) {
            self.motion.begin(&self.display.settings, hops);
        }
    }

    pub(super) fn sit(&mut self, seat: SeatId) -> Vec<AppEffect> {
        self.sit_together(&[seat])
    }

    /// A new session with persons on these seats.
    pub(super) fn sit_together(&mut self, seats: &[SeatId]) -> Vec<AppEffect> {
        let seed = self.seed.unwrap_or_else(self.fresh_seed);
        let ahead = std::mem::take(&mut self.ahead);
        self.show(Game::new(self.story, seed, seats, ahead));
        vec![AppEffect::Create]
    }

    /// Begins the session that was just played from another seat; the seat that was played is held by its log.
    fn same_game(&mut self, seat: SeatId) -> Vec<AppEffect> {
        let Some(game) = self.game.as_ref().map(|game| game.from_seat(seat)) else { return Vec::new() };
        self.show(game);
        vec![AppEffect::Create]
    }

    /// A new session that goes like the one on screen up to a decision, which is then taken again.
    fn fork(&mut self, at: usize) -> Vec<AppEffect> {
        let Some(game) = self.game.as_ref().map(|game| game.fork(at)) else { return Vec::new() };
        self.show(game);
        self.notice = Some(strings::FORKED.to_owned());
        vec![AppEffect::Create]
    }

    /// The class code and the result code of a finished session, to be read aloud or written down.
    fn codes(&mut self) {
        let Some((class, result)) = self.both_codes() else { return };
        let with: [(&str, &dyn std::fmt::Display); 2] = [("class", &class), ("result", &result)];
        self.lay_text(strings::fill(strings::CODES, &with));
    }

    /// Sends the message being composed once every facet has its answer.
    fn composed(&mut self) -> Vec<AppEffect> {
        self.cursor = 0;
        let Some(compose) = &self.compose else { return Vec::new() };
        let ask = self.page().and_then(|page| page.ask());
        match ask.and_then(|ask| ask.composed(compose.message, &compose.answers)) {
            Some(pick) => self.decide(pick),
            None => Vec::new(),
        }
    }

    fn decide(&mut self, pick: Pick) -> Vec<AppEffect> {
        let Some(done) = self.command(Command::Decide(pick)) else { return Vec::new() };
        let cursor = self.cursor;
        let mark = matches!(pick, Pick::Line(_));
        self.fresh();
        // On a sheet the hand stays where it was, and the page is the same.
        if mark {
            self.motion.finish();
        }
        if mark && self.menu().get(cursor).is_some_and(|item| item.number.is_some()) {
            self.cursor = cursor;
        }
        let effects = self.after(done);
        self.ask_vote();
        effects
    }

    pub(super) fn undo(&mut self) -> Vec<AppEffect> {
        if self.step_back() {
            self.notice = Some(strings::TAKEN_BACK.to_owned());
            return Vec::new();
        }
        if self.written.is_some() && self.game.as_mut().is_some_and(Game::take_back_order) {
            self.open_game();
            self.motion.finish();
            self.notice = Some(strings::TAKEN_BACK.to_owned());
            return Vec::new();
        }
        let before = self.session().map(|session| session.log().to_vec()).unwrap_or_default();
        let Some(done) = self.command(Command::Undo) else { return Vec::new() };
        self.open_game();
        self.motion.finish();
        let left = self.session().map_or(0, |session| session.log().len());
        if let Some(Input::Decide(_, pick)) = before.get(left) {
            self.stand_on(*pick);
        }
        self.notice = Some(strings::TAKEN_BACK.to_owned());
        self.after(done)
    }

    pub(super) fn redo(&mut self) -> Vec<AppEffect> {
        let Some(done) = self.command(Command::Redo) else { return Vec::new() };
        self.open_game();
        self.notice = Some(strings::DONE_AGAIN.to_owned());
        self.after(done)
    }

    /// Puts the cursor on what was picked.
    fn stand_on(&mut self, pick: Pick) {
        let is = |action: &MenuAction| match (action, pick) {
            (MenuAction::Compose(message), Pick::Send { message: sent, .. }) => *message == sent,
            (MenuAction::Pick(other), _) => *other == pick,
            _ => false,
        };
        if let Some(at) = self.menu().iter().position(|item| is(&item.action)) {
            self.cursor = at;
        }
    }

    fn settle(&mut self, settings: crate::record::Settings) -> Vec<AppEffect> {
        self.marks = settings.marks;
        let patch = settings.keys.iter().map(|(action, keys)| (action.as_str(), keys.as_slice()));
        if let Ok(keymap) = Keymap::patched(patch) {
            self.display.keymap = keymap;
        }
        self.display.settings = settings.clone();
        self.theme = self.display.theme();
        vec![AppEffect::Settle(Box::new(settings))]
    }

    /// Does what a writer orders.
    pub(super) fn order(&mut self) {
        let words = self.field.take().map(|field| field.text()).unwrap_or_default();
        let Some(game) = &mut self.game else { return };
        let ordered = crate::author::parse_command(self.story, game.session().state().scene, &words);
        let done = ordered.and_then(|input| game.order(input).map_err(|refusal| refusal.to_string()));
        if let Err(why) = done {
            self.notice = Some(why);
            return;
        }
        self.cursor = self.first_open();
        self.scroll = 0;
        self.notice = Some(strings::ORDERED.to_owned());
    }

    /// Opens the scene's file at the scene.
    pub(super) fn edit(&self) -> Vec<AppEffect> {
        let scene = self.session().map(|session| session.state().scene.index());
        let place = scene.and_then(|at| self.written.as_ref()?.get(at)?.clone());
        place.map(|(file, line)| AppEffect::Edit(file, line)).into_iter().collect()
    }

    /// Returns how long a person may think before the story's clock goes on by a tick; `None` if it does not.
    pub(super) fn patience(&self) -> Option<Duration> {
        let seconds = match self.display.settings.waiting {
            Waiting::Off => return None,
            Waiting::Patient => 120,
            Waiting::Strict => 60,
        };
        let page = self.page()?;
        let thinks = self.screen() == Screen::Game && page.turn() == Turn::Yours && page.clock().is_some();
        thinks.then(|| Duration::from_secs(seconds))
    }

    /// Moves the story's clock on by one tick, because a person has thought for long. If nothing is open any more at
    /// that hour, the session goes on.
    pub(super) fn wait(&mut self) -> Vec<AppEffect> {
        let before = self.session().map(|session| session.state().scene);
        // A clock that cannot go on is no news to whoever thinks.
        let Some(Ok(done)) = self.game.as_mut().map(|game| game.take(Command::Wait)) else { return Vec::new() };
        if self.session().map(|session| session.state().scene) != before {
            self.fresh();
        }
        let time = self.page().and_then(|page| page.clock()).unwrap_or_default();
        self.notice = Some(strings::fill(strings::WAITED, &[("time", &time)]));
        self.after(done)
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::Input;
    use crate::story::built_in;
    use crate::tui::app::{App, AppEvent, Display};
    use crate::tui::start::AppStart;
    use crate::view::Key;

    /// A writer's orders are taken back one by one, and decisions between them as ever.
    #[test]
    fn an_order_is_taken_back() {
        let sources = built_in("last-ferry").expect("it is built in").sources();
        let story = crate::story::check(&sources, Vec::new()).story.expect("it is sound");
        let start = AppStart { title: false, seat: story.seat_ids().next(), ..AppStart::of(&story) };
        let (mut app, _) = App::new(start, Display::default(), Vec::new());
        app.watch(vec![None; story.scenes.len()]);
        let orders = |app: &App<'_>| {
            let log = app.session().expect("a game").log();
            log.iter().filter(|input| matches!(input, Input::Jump(_))).count()
        };
        for (order, count) in [(":go word", 1), (":go bridge", 2)] {
            for c in order.chars() {
                app.update(AppEvent::Key(Key::Char(c)));
            }
            app.update(AppEvent::Key(Key::Enter));
            assert_eq!(orders(&app), count, "{:?}", app.notice);
        }
        let begun = app.session().map(|session| session.rewound_to(0).state().scene);
        for left in [1, 0] {
            app.update(AppEvent::Key(Key::Char('u')));
            assert_eq!(orders(&app), left);
        }
        assert_eq!(app.session().map(|session| session.state().scene), begun);
    }
}
