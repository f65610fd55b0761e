use std::path::PathBuf;

use crate::engine::{Holder, Input, Pick, Session};
use crate::record::{Line, Save};
use crate::story::{MessageId, SeatId, Story};
use crate::view::{Page, Turn, view};

use super::action::{Action, Key};
use super::menu::{Deed, Item};
use super::screens;
use super::theme::Theme;

/// What the full screen starts with.
pub struct Start<'s> {
    pub story: &'s Story,
    /// As it was asked for; a save remembers it.
    pub name: String,
    pub seat: Option<SeatId>,
    pub seed: Option<u64>,
    pub fresh_seed: fn() -> u64,
    pub save: Option<PathBuf>,
    /// Inputs before the first decision.
    pub ahead: Vec<Input>,
    /// Begin on the title screen.
    pub title: bool,
    /// Panic once the terminal is taken over, for the test that it is given back.
    pub panic: bool,
}

/// Something that happened outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message {
    Key(Key),
    /// Columns and rows.
    Resize(u16, u16),
}

/// Something to be done outside, before the next frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Begin a save for the night that has just begun.
    Create,
    /// Append to it.
    Write(Box<Line>),
    /// Take this save up.
    Resume(PathBuf),
    Suspend,
    Quit,
}

/// A screen that can be laid over another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    Title,
    Seats,
    Night,
    History,
    Debrief,
    /// The finished night as another seat saw it.
    OtherSide(SeatId),
    /// The decisions of the finished night, to play on from one of them.
    Forks,
    Help,
}

/// A message being put together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compose {
    pub message: MessageId,
    pub answers: Vec<usize>,
}

/// Everything that is on screen.
pub struct App<'s> {
    pub story: &'s Story,
    pub name: String,
    pub theme: Theme,
    pub size: (u16, u16),
    pub session: Option<Session<'s>>,
    pub seat: SeatId,
    /// The save to go on with, if there is one.
    pub resumable: Option<Save>,
    /// A line for the player, until the next key.
    pub notice: Option<String>,
    pub seed: Option<u64>,
    fresh_seed: fn() -> u64,
    ahead: Vec<Input>,
    pub(super) screens: Vec<Screen>,
    pub(super) cursor: usize,
    pub(super) compose: Option<Compose>,
    /// First line of the body that is shown.
    pub(super) scroll: usize,
    /// Marks of the record are shown.
    pub(super) marks: bool,
    interrupted: bool,
}

impl<'s> App<'s> {
    /// An app on its first screen, and what is to be done before it is drawn.
    #[must_use]
    pub fn new(start: Start<'s>, theme: Theme, resumable: Option<Save>) -> (Self, Vec<Effect>) {
        let mut app = Self {
            story: start.story,
            name: start.name,
            theme,
            size: (80, 24),
            session: None,
            seat: SeatId::new(0),
            resumable,
            notice: None,
            seed: start.seed,
            fresh_seed: start.fresh_seed,
            ahead: start.ahead,
            screens: vec![Screen::Title],
            cursor: 0,
            compose: None,
            scroll: 0,
            marks: false,
            interrupted: false,
        };
        let mut effects = Vec::new();
        if let Some(path) = start.save.filter(|path| path.exists()) {
            effects.push(Effect::Resume(path));
        } else if let (Some(seat), false) = (start.seat, start.title) {
            effects = app.sit(seat);
        }
        (app, effects)
    }

    /// The screen on top.
    #[must_use]
    pub fn screen(&self) -> Screen {
        self.screens.last().copied().unwrap_or(Screen::Title)
    }

    /// The page of the player's seat.
    #[must_use]
    pub fn page(&self) -> Option<Page> {
        self.session.as_ref().map(|session| view(session, self.seat))
    }

    /// The items of the menu on screen.
    #[must_use]
    pub fn menu(&self) -> Vec<Item> {
        match self.screen() {
            Screen::Title => screens::title::menu(self),
            Screen::Seats => screens::seats::menu(self),
            Screen::Night => screens::night::menu(self),
            Screen::Forks => screens::forks::menu(self),
            Screen::History | Screen::Debrief | Screen::OtherSide(_) | Screen::Help => Vec::new(),
        }
    }

    /// Puts a night on screen that was begun or taken up outside.
    pub fn show(&mut self, session: Session<'s>, seat: SeatId) {
        self.session = Some(session);
        self.seat = seat;
        self.screens = vec![Screen::Title, Screen::Night];
        self.fresh();
    }

    /// Takes a message; what is to be done outside before the next frame.
    pub fn update(&mut self, message: Message) -> Vec<Effect> {
        match message {
            Message::Resize(columns, rows) => {
                self.size = (columns, rows);
                Vec::new()
            }
            Message::Key(key) => {
                self.notice = None;
                let interrupted = std::mem::take(&mut self.interrupted);
                if let Key::Char(digit @ '0'..='9') = key {
                    let number = digit as usize - '0' as usize;
                    return self.number(number);
                }
                match Action::of(key) {
                    Some(action) => self.act(action, interrupted),
                    None => Vec::new(),
                }
            }
        }
    }

    fn act(&mut self, action: Action, interrupted: bool) -> Vec<Effect> {
        let in_night = self.session.is_some() && self.screens.contains(&Screen::Night);
        if action.spec().in_night && !in_night {
            self.notice = Some("That is for when a night has begun.".to_owned());
            return Vec::new();
        }
        match action {
            Action::Up => self.step(false),
            Action::Down => self.step(true),
            Action::Choose => return self.choose(),
            Action::Back => self.back(),
            Action::ScrollDown => self.scroll = self.scroll.saturating_add(self.leap()),
            Action::ScrollUp => self.scroll = self.scroll.saturating_sub(self.leap()),
            Action::Top => self.scroll = 0,
            Action::Bottom => self.scroll = usize::MAX,
            Action::Undo => return self.undo(),
            Action::History => self.toggle(Screen::History),
            Action::Record => {
                self.marks = !self.marks;
                let said = if self.marks {
                    "Every sentence now says how it is known; press r again to hide it."
                } else {
                    "Marks hidden."
                };
                self.notice = Some(said.to_owned());
            }
            Action::Status => self.notice = Some(self.status()),
            Action::Next => self.turn(true),
            Action::Previous => self.turn(false),
            Action::Help => self.toggle(Screen::Help),
            Action::Quit => return vec![Effect::Quit],
            Action::Interrupt if interrupted => return vec![Effect::Quit],
            Action::Interrupt => {
                self.interrupted = true;
                self.notice = Some("Press Ctrl-C once more to leave. The night is kept.".to_owned());
            }
            Action::Suspend => return vec![Effect::Suspend],
        }
        self.settle_scroll();
        Vec::new()
    }

    /// Place, clock and what this seat may see, in one line; narrow windows have no other room for it.
    fn status(&self) -> String {
        let Some(page) = self.page() else { return String::new() };
        let mut parts = vec![page.place.clone()];
        parts.extend(page.clock.clone());
        parts.extend(page.status.iter().map(|status| format!("{}: {}", status.name, status.word)));
        parts.retain(|part| !part.is_empty());
        if parts.is_empty() { "There is nothing to report.".to_owned() } else { parts.join(" · ") }
    }

    /// A screenful less two lines, so that the eye finds its place.
    fn leap(&self) -> usize {
        super::draw::body_height(self).saturating_sub(2).max(1)
    }

    fn settle_scroll(&mut self) {
        self.scroll = self.scroll.min(super::draw::last_scroll(self));
    }

    fn step(&mut self, down: bool) {
        let menu = self.menu();
        if menu.is_empty() {
            self.scroll = if down { self.scroll.saturating_add(1) } else { self.scroll.saturating_sub(1) };
            return;
        }
        let open: Vec<usize> = (0..menu.len()).filter(|&at| menu[at].number.is_some()).collect();
        let next = if down {
            open.iter().find(|&&at| at > self.cursor)
        } else {
            open.iter().rev().find(|&&at| at < self.cursor)
        };
        match next {
            Some(&at) => self.cursor = at,
            // At either end of the choices the arrows read on, so that long pages need no second set of keys.
            None => self.scroll = if down { self.scroll.saturating_add(1) } else { self.scroll.saturating_sub(1) },
        }
    }

    fn toggle(&mut self, screen: Screen) {
        if self.screen() == screen {
            self.back();
        } else {
            self.screens.retain(|known| *known != screen);
            self.screens.push(screen);
            self.scroll = if screen == Screen::History { usize::MAX } else { 0 };
        }
    }

    fn back(&mut self) {
        if let Some(compose) = &mut self.compose {
            if compose.answers.pop().is_none() {
                self.compose = None;
            }
            self.cursor = 0;
            return;
        }
        if self.screens.len() > 1 && self.screen() != Screen::Night {
            self.screens.pop();
            self.scroll = 0;
            self.cursor = self.first_open();
        } else if self.screen() == Screen::Night {
            self.notice = Some("Press q to leave; the night is kept.".to_owned());
        }
    }

    /// The next or previous page of what is on screen: the other seats of a finished night.
    fn turn(&mut self, forward: bool) {
        let seats = self.story.seats.len();
        if let Screen::OtherSide(seat) = self.screen() {
            let at = if forward { seat.index() + 1 } else { seat.index() + seats - 1 } % seats;
            self.screens.pop();
            self.screens.push(Screen::OtherSide(SeatId::new(at)));
            self.scroll = 0;
        } else {
            self.step(forward);
        }
    }

    fn number(&mut self, number: usize) -> Vec<Effect> {
        let menu = self.menu();
        match menu.iter().position(|item| item.number == Some(number)) {
            Some(at) => {
                self.cursor = at;
                self.take(menu[at].deed.clone())
            }
            None => {
                if !menu.is_empty() {
                    self.notice = Some(format!("Nothing has the number {number} here."));
                }
                Vec::new()
            }
        }
    }

    fn choose(&mut self) -> Vec<Effect> {
        let menu = self.menu();
        match menu.get(self.cursor) {
            Some(item) if item.number.is_some() => self.take(item.deed.clone()),
            _ => {
                self.back();
                Vec::new()
            }
        }
    }

    fn take(&mut self, deed: Deed) -> Vec<Effect> {
        match deed {
            Deed::Resume => {
                return self.resumable.as_ref().map(|save| Effect::Resume(save.path.clone())).into_iter().collect();
            }
            Deed::NewNight if self.story.seats.len() == 1 => return self.sit(SeatId::new(0)),
            Deed::NewNight => self.open(Screen::Seats),
            Deed::Sit(seat) => return self.sit(seat),
            Deed::Pick(pick) => return self.decide(pick),
            Deed::Compose(message) => {
                self.compose = Some(Compose { message, answers: Vec::new() });
                return self.composed();
            }
            Deed::Answer(at) => {
                if let Some(compose) = &mut self.compose {
                    compose.answers.push(at);
                }
                return self.composed();
            }
            Deed::Debrief => self.open(Screen::Debrief),
            Deed::OtherSide(seat) => self.open(Screen::OtherSide(seat)),
            Deed::SameNight(seat) => return self.same_night(seat),
            Deed::Forks => self.open(Screen::Forks),
            Deed::Fork(at) => return self.fork(at),
            Deed::Title => {
                self.session = None;
                self.resumable = None;
                self.screens = vec![Screen::Title];
                self.fresh();
            }
            Deed::Help => self.open(Screen::Help),
            Deed::Quit => return vec![Effect::Quit],
            Deed::Nothing => {}
        }
        Vec::new()
    }

    fn open(&mut self, screen: Screen) {
        self.screens.push(screen);
        self.scroll = 0;
        self.cursor = self.first_open();
    }

    fn first_open(&self) -> usize {
        self.menu().iter().position(|item| item.number.is_some()).unwrap_or(0)
    }

    fn fresh(&mut self) {
        self.scroll = 0;
        self.compose = None;
        self.cursor = self.first_open();
    }

    fn sit(&mut self, seat: SeatId) -> Vec<Effect> {
        let holder = |other| if other == seat { Holder::Person } else { Holder::Story };
        let seed = self.seed.unwrap_or_else(self.fresh_seed);
        let mut session = Session::new(self.story, seed, self.story.seat_ids().map(holder).collect());
        for input in std::mem::take(&mut self.ahead) {
            // Scenes and variables named on the command line exist; nothing refuses them.
            let _ = session.input(input);
        }
        self.show(session, seat);
        vec![Effect::Create]
    }

    /// The same night from another seat: the one just played is held by its own log.
    fn same_night(&mut self, seat: SeatId) -> Vec<Effect> {
        let Some(session) = &self.session else { return Vec::new() };
        let holders = self.story.seat_ids().map(|other| match &session.holders()[other.index()] {
            _ if other == seat => Holder::Person,
            Holder::Person => session.as_holder(other),
            held => held.clone(),
        });
        let session = Session::new(self.story, session.seed(), holders.collect());
        self.show(session, seat);
        vec![Effect::Create]
    }

    /// A new night that goes like the one just played up to a decision, which is then taken again.
    fn fork(&mut self, at: usize) -> Vec<Effect> {
        let Some(session) = &self.session else { return Vec::new() };
        let log = session.log().get(..at).unwrap_or_default();
        match Session::replay(self.story, session.seed(), session.holders().to_vec(), log) {
            Ok(session) => {
                let seat = self.seat;
                self.show(session, seat);
                vec![Effect::Create]
            }
            // A log that was played is played again; nothing in it can refuse.
            Err(_) => Vec::new(),
        }
    }

    /// Sends the message being composed once every facet has its answer.
    fn composed(&mut self) -> Vec<Effect> {
        self.cursor = 0;
        let Some(compose) = &self.compose else { return Vec::new() };
        let ask = self.page().and_then(|page| page.ask);
        match ask.and_then(|ask| ask.composed(compose.message, &compose.answers)) {
            Some(pick) => self.decide(pick),
            None => Vec::new(),
        }
    }

    fn decide(&mut self, pick: Pick) -> Vec<Effect> {
        let Some(session) = &mut self.session else { return Vec::new() };
        let input = Input::Decide(session.state().scene, pick);
        let line = Line::of(session, input);
        if let Err(refusal) = session.input(input) {
            self.notice = Some(format!("That cannot be done: {refusal}."));
            return Vec::new();
        }
        let mut effects = vec![Effect::Write(Box::new(line))];
        if let Some(ending) = session.ending() {
            let id = self.story.endings[ending.index()].id.clone();
            effects.push(Effect::Write(Box::new(Line { ended: Some(id), ..Line::default() })));
        }
        let cursor = self.cursor;
        self.fresh();
        // On a sheet the hand stays where it was.
        if matches!(pick, Pick::Line(_)) && self.menu().get(cursor).is_some_and(|item| item.number.is_some()) {
            self.cursor = cursor;
        }
        effects
    }

    fn undo(&mut self) -> Vec<Effect> {
        let Some(session) = &mut self.session else { return Vec::new() };
        if !session.undo() {
            self.notice = Some("There is nothing to take back.".to_owned());
            return Vec::new();
        }
        self.screens = vec![Screen::Title, Screen::Night];
        self.fresh();
        self.notice = Some("Taken back.".to_owned());
        vec![Effect::Write(Box::new(Line { undo: Some(true), ..Line::default() }))]
    }

    /// True once the night on screen can go no further.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.page().is_some_and(|page| matches!(page.turn, Turn::Over | Turn::Stuck))
    }
}
