mod class;
mod keys;
mod menu_actions;
mod menus;
mod navigation;

use std::collections::HashMap;
use std::path::PathBuf;
use std::time::Duration;

use crate::engine::{Input, Session};
use crate::play::{Command, Done, Game};
use crate::record::{Save, SaveLine, Settings, ThemeName};
use crate::story::{MessageId, SeatId, Story};
use crate::text::Glyphs;
use crate::view::{Key, Keymap, Page};

pub use super::screen::Screen;

use super::caches::{DebriefCache, HistoryCache};
use super::classroom::Classroom;
use super::motion::Motion;
use super::start::AppStart;
use super::text_input::TextInput;
use super::theme::{Colours, Theme};

/// What the terminal can show, and the reader's settings.
#[derive(Debug, Clone, Default)]
pub struct Display {
    pub settings: Settings,
    pub keymap: Keymap,
    pub colours: Colours,
    pub glyphs: Glyphs,
    /// Whether the terminal's background is light; `None` where it does not say.
    pub light: Option<bool>,
    /// Italics are shown reversed, and stress is underlined instead.
    pub no_italics: bool,
}

impl Display {
    /// The theme that was chosen, as this terminal can show it.
    #[must_use]
    pub fn theme(&self) -> Theme {
        let name = match (self.settings.theme, self.light) {
            (ThemeName::Auto, Some(true)) => ThemeName::Light,
            (ThemeName::Auto, Some(false)) => ThemeName::Dark,
            (name, _) => name,
        };
        let theme = Theme::of(name, self.colours);
        if self.no_italics { theme.underlined() } else { theme }
    }

    /// Whether the theme hangs on the terminal's background, and that is not known yet.
    pub(super) fn wants_background(&self) -> bool {
        self.settings.theme == ThemeName::Auto && self.colours == Colours::Many && self.light.is_none()
    }
}

/// Something that happened outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AppEvent {
    Key(Key),
    /// A click at this column and row, from 0.
    Click(u16, u16),
    /// Text put in from a clipboard.
    Paste(String),
    /// The wheel was turned: `true` towards the end of the text.
    Wheel(bool),
    /// The window has this many columns and rows now.
    Resize(u16, u16),
    /// The terminal says whether its background is light.
    Background {
        light: bool,
    },
    /// This much time has passed since the last event.
    Tick(Duration),
}

/// Something to be done outside, before the next frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AppEffect {
    /// Start a save for the session that has just begun.
    Create,
    /// Append to it.
    Write(Box<SaveLine>),
    /// Resume this save.
    Resume(PathBuf),
    /// Save the settings, and apply them to the terminal.
    Settle(Box<Settings>),
    /// List the saves again.
    ListSaves,
    /// Open a file in the writer's editor, at a line.
    Edit(String, usize),
    /// Say where the save is.
    Where,
    Suspend,
    /// Draw every cell again.
    Redraw,
    Quit,
}

/// Where a reader is on a screen.
#[derive(Debug, Clone, Copy)]
pub(super) struct ReadingPosition {
    pub cursor: usize,
    pub scroll: usize,
}

/// A message being put together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComposeState {
    pub message: MessageId,
    pub answers: Vec<usize>,
}

/// Everything that is on screen.
#[derive(Clone)]
pub struct App<'s> {
    pub story: &'s Story,
    pub name: String,
    pub display: Display,
    pub theme: Theme,
    pub size: (u16, u16),
    game: Option<Game<'s>>,
    /// The saves of this story, newest first.
    pub saves: Vec<Save>,
    /// The game on screen could not be saved, or no longer can.
    pub(super) unsaved: bool,
    /// A line for the player, until the next key.
    pub notice: Option<String>,
    pub seed: Option<u64>,
    fresh_seed: fn() -> u64,
    ahead: Vec<Input>,
    pub(super) screens: Vec<Screen>,
    /// Where the reader was on each of them when another was laid over it.
    pub(super) places: HashMap<Screen, ReadingPosition>,
    pub(super) cursor: usize,
    pub(super) compose: Option<ComposeState>,
    pub(super) field: Option<TextInput>,
    /// First line of the body that is shown.
    pub(super) scroll: usize,
    /// Whether marks of the record are shown.
    pub(super) marks: bool,
    pub(super) motion: Motion,
    pub(super) history: HistoryCache,
    pub(super) debrief: DebriefCache,
    /// The words that were looked for last, and which of their places is shown.
    pub(super) found: Option<(String, usize)>,
    /// The first digit of a number that may have two.
    pub(super) digit: Option<usize>,
    /// What [`Screen::Text`] shows, line by line.
    pub(super) text: String,
    /// Where each scene is written, while a writer watches: file and line.
    pub(super) written: Option<Vec<Option<(String, usize)>>>,
    /// What a class adds.
    pub class: Classroom,
    /// The message that is being talked about; 0 is the one that changed most.
    pub(super) followed: usize,
    /// How long the open decision has waited, where waiting counts.
    waited: Duration,
    interrupted: bool,
}

impl<'s> App<'s> {
    /// An app on its first screen, and what is to be done before it is drawn.
    #[must_use]
    pub fn new(start: AppStart<'s>, display: Display, saves: Vec<Save>) -> (Self, Vec<AppEffect>) {
        let mut app = Self {
            story: start.story,
            name: start.name,
            theme: display.theme(),
            size: (80, 24),
            game: None,
            saves,
            unsaved: false,
            notice: None,
            seed: start.seed,
            fresh_seed: start.fresh_seed,
            ahead: start.ahead,
            screens: vec![Screen::Title],
            places: HashMap::new(),
            cursor: 0,
            compose: None,
            field: None,
            scroll: 0,
            marks: display.settings.marks,
            motion: Motion::default(),
            history: HistoryCache::default(),
            debrief: DebriefCache::default(),
            found: None,
            digit: None,
            text: String::new(),
            written: None,
            class: Classroom::new(start.turn, start.votes),
            followed: 0,
            waited: Duration::ZERO,
            interrupted: false,
            display,
        };
        let mut effects = Vec::new();
        if start.together.len() > 1 && !start.title {
            effects = app.sit_together(&start.together);
        } else if let (Some(seat), false) = (start.seat, start.title) {
            effects = app.sit(seat);
        }
        (app, effects)
    }

    /// The screen on top.
    #[must_use]
    pub fn screen(&self) -> Screen {
        match self.screens.last() {
            Some(Screen::Game) if self.game().is_some_and(Game::curtain_hangs) => Screen::Curtain,
            top => top.copied().unwrap_or(Screen::Title),
        }
    }

    /// The game on screen, even behind the curtain: to save it and to go on with it. What a screen shows comes from
    /// `seen`, `page` and `finished`.
    #[must_use]
    pub fn game(&self) -> Option<&Game<'s>> {
        self.game.as_ref()
    }

    /// The session of the game on screen, even behind the curtain.
    #[must_use]
    pub fn session(&self) -> Option<&Session<'s>> {
        self.game().map(Game::session)
    }

    /// Whose game is on screen; behind the curtain, whose it is going to be.
    #[must_use]
    pub fn seat(&self) -> SeatId {
        self.game().map_or(SeatId::new(0), Game::seat)
    }

    /// The session and the seat from which it may be shown.
    pub(super) fn seen(&self) -> Option<(&Session<'s>, SeatId)> {
        self.game().and_then(Game::seen)
    }

    /// The session once it is over, when every seat's part in it may be shown.
    pub(super) fn finished(&self) -> Option<&Session<'s>> {
        self.game().and_then(Game::finished)
    }

    /// The page of whoever sits at the keyboard; `None` behind the curtain.
    #[must_use]
    pub fn page(&self) -> Option<Page<'s, '_>> {
        self.game().and_then(Game::page)
    }

    /// The newest session that has not ended.
    pub(super) fn resumable(&self) -> Option<&Save> {
        self.saves.iter().find(|save| save.ended.is_none())
    }

    /// An app that shows a text and nothing else.
    #[must_use]
    pub fn reading(start: AppStart<'s>, display: Display, text: String) -> Self {
        let (mut app, _) = Self::new(start, display, Vec::new());
        app.text = text;
        app.screens = vec![Screen::Text];
        app
    }

    /// A writer watches: this is where each scene is written.
    pub(super) fn watch(&mut self, written: Vec<Option<(String, usize)>>) {
        self.written = Some(written);
    }

    /// Lays a text over what is on screen.
    pub(super) fn lay_text(&mut self, text: String) {
        self.text = text;
        self.open(Screen::Text);
    }

    /// Shows a game that was begun or resumed elsewhere.
    pub fn show(&mut self, game: Game<'s>) {
        self.game = Some(game);
        self.open_game();
    }

    /// Shows what a person should know: as a notice, or, if there is much of it, on a page to be closed.
    pub(super) fn tell(&mut self, notices: &[String]) {
        match notices {
            [] => {}
            [notice] => self.notice = Some(notice.clone()),
            several => self.lay_text(several.join("\n\n")),
        }
    }

    /// Puts the session on screen: its page, or the curtain before it.
    fn open_game(&mut self) {
        self.screens = vec![Screen::Title, Screen::Game];
        self.fresh();
    }

    /// Carries out a command. Returns what is to be done outside, or `None` if the game refuses; the notice says why.
    pub(super) fn command(&mut self, command: Command) -> Option<Done> {
        match self.game.as_mut()?.take(command) {
            Ok(done) => Some(done),
            Err(why) => {
                self.notice = Some(why.words());
                None
            }
        }
    }

    /// After a command: writes its lines, and lowers the curtain if the keyboard has passed to another seat.
    pub(super) fn after(&mut self, done: Done) -> Vec<AppEffect> {
        if done.seats_changed {
            self.notice = None;
            self.open_game();
        }
        done.lines.into_iter().map(|line| AppEffect::Write(Box::new(line))).collect()
    }

    /// Takes an event; returns what is to be done outside before the next frame.
    pub fn update(&mut self, message: AppEvent) -> Vec<AppEffect> {
        match message {
            AppEvent::Resize(columns, rows) => self.resize(columns, rows),
            AppEvent::Background { light } => {
                self.display.light = Some(light);
                self.theme = self.display.theme();
            }
            AppEvent::Key(key) => return self.key(key),
            AppEvent::Click(column, row) => return self.click(column, row),
            AppEvent::Wheel(down) => {
                self.scroll = if down { self.scroll.saturating_add(3) } else { self.scroll.saturating_sub(3) };
                self.settle_scroll();
            }
            AppEvent::Paste(text) => {
                if let Some(field) = &mut self.field {
                    field.insert(&text);
                }
            }
            AppEvent::Tick(elapsed) => return self.tick(elapsed),
        }
        Vec::new()
    }

    /// When the next tick is due; `None` while nothing moves.
    #[must_use]
    pub fn deadline(&self) -> Option<Duration> {
        let step = self.motion.is_on().then_some(Motion::STEP);
        let wait = self.patience().map(|patience| patience.saturating_sub(self.waited).max(Motion::STEP));
        let turn = self.class.deadline(self.display.settings.turns).filter(|_| self.turn_runs());
        step.into_iter().chain(wait).chain(turn).min()
    }

    /// Time has gone by.
    fn tick(&mut self, elapsed: Duration) -> Vec<AppEffect> {
        if self.motion.is_on() {
            self.motion.tick(elapsed, self.display.settings.pace);
            self.motion.shown(self.body_length());
        }
        if self.turn_runs() {
            let effects = self.turn_passes(elapsed);
            if !effects.is_empty() {
                return effects;
            }
        }
        let Some(patience) = self.patience() else {
            self.waited = Duration::ZERO;
            return Vec::new();
        };
        self.waited += elapsed;
        if self.waited < patience {
            return Vec::new();
        }
        self.waited = Duration::ZERO;
        self.wait()
    }

    /// True if several people take turns at this keyboard.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        self.game().is_some_and(Game::is_shared)
    }

    /// True once the session on screen can go no further.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.finished().is_some()
    }
}
