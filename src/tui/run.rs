use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::play::Game;
use crate::record::{
    Journal, Resumed, Save, SaveLine, Settings, begin, begin_another, keep_settings, line_of, load_settings, saves,
    saves_folder, settings_file,
};
use crate::story::Story;
use crate::text::{self, Glyphs};
use crate::view::{Keymap, strings};

use super::app::{App, AppEffect, AppEvent, Display};
use super::draw::draw;
use super::editor::opening;
use super::files::{FileChange, Files};
use super::presses::Presses;
use super::start::AppStart;
use super::terminal::{Terminal, TerminalEvent};
use super::theme::Colours;

/// How the full screen was left.
#[derive(Debug)]
pub struct RunResult {
    /// The exit code.
    pub code: u8,
    /// What to say once the terminal is given back.
    pub words: Option<String>,
}

/// Runs the full screen until the player leaves, from a resumed session or as `start` says.
///
/// # Errors
/// If the terminal cannot be taken over or written to.
pub fn run<'s>(start: AppStart<'s>, resumed: Option<Resumed<'s>>) -> io::Result<RunResult> {
    let save = start.save.clone();
    let panic = start.panic;
    let (mut display, trouble) = display();
    let projector = start.projector;
    if projector {
        display.settings = display.settings.for_a_wall();
    }
    let saves = list_saves(start.story, &start.name);
    let (app, effects) = App::new(start, display, saves);
    let terminal = Terminal::open()?;
    assert!(!panic, "asked to panic");
    let mut host = Host { save, ..Host::new(app, terminal, None, projector) };
    host.app.notice = trouble;
    if host.app.display.settings.mouse {
        host.terminal.listen_to_mouse(true)?;
    }
    match resumed {
        Some(resumed) => host.take_up(resumed),
        None => drop(host.perform(effects)?),
    }
    let left = host.drive()?;
    let Host { app, journal, terminal, .. } = host;
    match left {
        Exit::Signal(signal) => return Ok(RunResult { code: terminal.die(signal), words: None }),
        Exit::Gone => return Ok(RunResult { code: 129, words: None }),
        Exit::Player | Exit::Changed => drop(terminal),
    }
    let goes_on = app.session().is_some_and(|session| !session.is_over());
    Ok(RunResult { code: 0, words: goes_on.then(|| last_words(journal.as_ref())) })
}

/// How to go on with a session that has been left.
fn last_words(journal: Option<&Journal>) -> String {
    match journal {
        Some(journal) if journal.is_there() => {
            let path = text::quoted(&journal.path().display().to_string());
            strings::fill(strings::TO_GO_ON, &[("path", &path)])
        }
        Some(journal) => strings::fill(strings::KEPT_NO_LONGER, &[("path", &text::shown(journal.path()))]),
        None => strings::NOT_KEPT.to_owned(),
    }
}

/// Shows a text of a story's on the full screen until the reader leaves. The exit code.
///
/// # Errors
/// If the terminal cannot be taken over or written to.
pub fn read(story: &Story, text: String, projector: bool) -> io::Result<u8> {
    let start = AppStart::of(story);
    let (mut display, trouble) = display();
    if projector {
        display.settings = display.settings.for_a_wall();
    }
    let app = App::reading(start, display, text);
    let terminal = Terminal::open()?;
    let mut host = Host::new(app, terminal, None, projector);
    host.app.notice = trouble;
    match host.drive()? {
        Exit::Signal(signal) => Ok(host.terminal.die(signal)),
        Exit::Gone => Ok(129),
        Exit::Player | Exit::Changed => Ok(0),
    }
}

/// Why the loop ended. Every decision is on disk by then.
pub(super) enum Exit {
    Player,
    /// The story's files have changed.
    Changed,
    Signal(i32),
    /// The terminal has gone away.
    Gone,
}

fn list_saves(story: &Story, name: &str) -> Vec<Save> {
    saves_folder().map(|folder| saves(&folder, story, name)).unwrap_or_default()
}

/// What the terminal can show, the reader's settings, and what is wrong with these.
#[must_use]
pub fn display() -> (Display, Option<String>) {
    let file = settings_file();
    let (settings, trouble) = load_settings(file.as_deref());
    let patch = settings.keys.iter().map(|(action, keys)| (action.as_str(), keys.as_slice()));
    let (keymap, trouble) = match Keymap::patched(patch) {
        Ok(keymap) => (keymap, trouble),
        Err((word, why)) => (Keymap::default(), trouble.or_else(|| file.map(|file| misplaced(&file, &word, &why)))),
    };
    // Screen's terminfo has no italics, and gives reverse video for them; tmux pretends to be screen.
    let no_italics = said("TERM").is_some_and(|term| term.starts_with("screen"));
    (Display { settings, keymap, colours: colours(), glyphs: glyphs(), light: None, no_italics }, trouble)
}

fn misplaced(file: &Path, word: &str, why: &str) -> String {
    let settings = std::fs::read_to_string(file).unwrap_or_default();
    let line = settings
        .lines()
        .position(|line| line.contains(&format!("\"{word}\"")))
        .map_or_else(|| line_of(&settings, "keys"), |at| at + 1);
    format!("{}, line {line}: {why}. The keys are as usual until that is mended.", text::shown(file))
}

fn said(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn colours() -> Colours {
    let term = said("TERM").unwrap_or_default();
    let rich = ["256", "direct", "kitty", "alacritty", "foot", "wezterm", "ghostty", "truecolor"];
    if said("NO_COLOR").is_some() || term.ends_with("-m") || term.contains("mono") {
        Colours::None
    } else if said("COLORTERM").is_some() || cfg!(windows) || rich.iter().any(|word| term.contains(word)) {
        Colours::Many
    } else {
        Colours::Sixteen
    }
}

/// What can be drawn: POSIX says which of the variables counts, and that without any there is only ASCII.
#[must_use]
pub fn glyphs() -> Glyphs {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(said).unwrap_or_default().to_lowercase();
    let unicode = cfg!(windows) || locale.contains("utf-8") || locale.contains("utf8");
    match said("TERM").as_deref() {
        _ if !unicode => Glyphs::Ascii,
        Some("linux") => Glyphs::Console,
        _ => Glyphs::Unicode,
    }
}

/// The app with what it acts on: the terminal and the save.
pub(super) struct Host<'s, 'f> {
    pub app: App<'s>,
    pub journal: Option<Journal>,
    pub save: Option<PathBuf>,
    pub terminal: Terminal,
    presses: Presses,
    /// What came last was read together with more.
    more: bool,
    /// The files of a story that is being written.
    pub files: Option<&'f mut dyn Files>,
    /// The settings are a projector's, not the reader's, and are not saved.
    pub projector: bool,
}

impl<'s, 'f> Host<'s, 'f> {
    /// An app on a terminal; nothing of it is kept yet.
    pub fn new(mut app: App<'s>, terminal: Terminal, files: Option<&'f mut dyn Files>, projector: bool) -> Self {
        app.size = terminal.size();
        Self { app, journal: None, save: None, terminal, presses: Presses::default(), more: false, files, projector }
    }

    pub fn drive(&mut self) -> io::Result<Exit> {
        self.ask_for_background()?;
        let mut dirty = true;
        let mut before = Instant::now();
        loop {
            if std::mem::take(&mut dirty) {
                let app = &self.app;
                self.terminal.draw(|frame| draw(app, frame))?;
            }
            let deadline = self.app.deadline();
            if deadline.is_none() {
                before = Instant::now();
            }
            let news = self.terminal.next(deadline);
            if deadline.is_some() {
                let elapsed = before.elapsed();
                before = Instant::now();
                let shown =
                    |app: &App<'_>| (app.motion, app.notice.clone(), app.time_left().map(|left| left.as_secs()));
                let before = shown(&self.app);
                let effects = self.hand_on(AppEvent::Tick(elapsed), false);
                dirty |= before != shown(&self.app);
                self.perform(effects.unwrap_or_default())?;
            }
            match news {
                TerminalEvent::Nothing => match self.files.as_mut().map_or(FileChange::None, |files| files.change()) {
                    FileChange::None => {}
                    FileChange::Written => return Ok(Exit::Changed),
                    FileChange::Gone => {
                        dirty = true;
                        self.app.notice = Some(strings::STORY_GONE.to_owned());
                    }
                },
                TerminalEvent::Input(event) => {
                    let together = std::mem::replace(&mut self.more, self.terminal.has_more());
                    let resized = matches!(event, AppEvent::Resize(..));
                    let Some(effects) = self.hand_on(event, together) else { continue };
                    dirty = true;
                    if resized {
                        self.terminal.repaint()?;
                    }
                    if !self.perform(effects)? {
                        return Ok(Exit::Player);
                    }
                }
                TerminalEvent::Repaint => {
                    dirty = true;
                    self.repaint()?;
                }
                TerminalEvent::Suspend => {
                    dirty = true;
                    self.suspend()?;
                }
                TerminalEvent::Stop(signal) => return Ok(Exit::Signal(signal)),
                TerminalEvent::Gone => return Ok(Exit::Gone),
            }
        }
    }

    fn hand_on(&mut self, event: AppEvent, together: bool) -> Option<Vec<AppEffect>> {
        self.presses.hand_on(&mut self.app, event, Instant::now(), together)
    }

    /// Asks for what the theme hangs on. The first frames do not wait for the answer, which may never come.
    fn ask_for_background(&mut self) -> io::Result<()> {
        if self.app.display.wants_background() { self.terminal.ask_for_background() } else { Ok(()) }
    }

    fn repaint(&mut self) -> io::Result<()> {
        let (columns, rows) = self.terminal.size();
        self.app.update(AppEvent::Resize(columns, rows));
        self.terminal.repaint()
    }

    fn suspend(&mut self) -> io::Result<()> {
        self.terminal.suspend()?;
        if self.app.display.settings.mouse {
            self.terminal.listen_to_mouse(true)?;
        }
        self.repaint()
    }

    /// Does what the app wants done outside. `false` means to leave.
    fn perform(&mut self, effects: Vec<AppEffect>) -> io::Result<bool> {
        for effect in effects {
            match effect {
                AppEffect::Quit => return Ok(false),
                AppEffect::Suspend => self.suspend()?,
                AppEffect::Redraw => self.terminal.repaint()?,
                AppEffect::Create => self.create(),
                AppEffect::Resume(path) => self.resume(&path),
                AppEffect::Write(line) => {
                    if let Some(journal) = &mut self.journal
                        && let Err(trouble) = journal.line(&line)
                    {
                        self.journal = None;
                        self.app.unsaved = true;
                        self.app.notice = Some(strings::fill(strings::NOT_KEPT_FROM_HERE, &[("trouble", &trouble)]));
                    }
                }
                AppEffect::Edit(file, line) => self.edit(&file, line)?,
                AppEffect::Settle(settings) => self.settle(&settings)?,
                AppEffect::ListSaves => self.app.saves = list_saves(self.app.story, &self.app.name),
                AppEffect::Where => {
                    self.app.notice = Some(match &self.journal {
                        Some(journal) => {
                            let said = if journal.is_there() { strings::KEPT_IN } else { strings::KEPT_NO_LONGER };
                            strings::fill(said, &[("path", &text::shown(journal.path()))])
                        }
                        None => strings::NOT_KEPT.to_owned(),
                    });
                }
            }
        }
        Ok(true)
    }

    /// Lends the terminal to the writer's editor.
    fn edit(&mut self, file: &str, line: usize) -> io::Result<()> {
        let Some(editor) = said("VISUAL").or_else(|| said("EDITOR")) else {
            self.app.notice = Some(format!("Set EDITOR to open {file}, line {line}."));
            return Ok(());
        };
        let mut command = match opening(&editor, file, line) {
            Ok(command) => command,
            Err(why) => {
                self.app.notice = Some(format!("EDITOR cannot be read: {why}: {editor}"));
                return Ok(());
            }
        };
        if let Err(error) = self.terminal.lend(&mut command)? {
            let program = command.get_program().to_string_lossy();
            self.app.notice = Some(format!("{program} could not be opened: {error}"));
        }
        self.repaint()
    }

    fn settle(&mut self, settings: &Settings) -> io::Result<()> {
        let kept = match settings_file() {
            _ if self.projector => Err(strings::A_WALLS_SETTINGS.to_owned()),
            Some(file) => keep_settings(&file, settings),
            None => Err(strings::NO_HOME_FOR_SETTINGS.to_owned()),
        };
        if let Err(why) = kept {
            self.app.notice = Some(strings::fill(strings::FOR_THIS_TIME_ONLY, &[("why", &why)]));
        }
        self.ask_for_background()?;
        self.terminal.listen_to_mouse(settings.mouse)
    }

    fn create(&mut self) {
        let Some(session) = self.app.session() else { return };
        let begun = match (self.save.take(), &self.journal) {
            (Some(path), None) => begin(Some(&path), &self.app.name, session),
            (_, journal) => begin_another(journal.as_ref(), &self.app.name, session),
        };
        match begun {
            Ok(mut journal) => {
                let turn = SaveLine { turn: Some(self.app.class.seconds), ..SaveLine::default() };
                // A session that cannot be written to is told so at its first decision.
                if self.app.class.seconds > 0 {
                    let _ = journal.line(&turn);
                }
                self.journal = Some(journal);
                self.app.unsaved = false;
            }
            Err(why) => {
                self.journal = None;
                self.app.unsaved = true;
                self.app.notice = Some(strings::fill(strings::NOT_KEPT_BECAUSE, &[("why", &why)]));
            }
        }
    }

    fn resume(&mut self, path: &Path) {
        let own = self.journal.as_ref().is_some_and(|journal| journal.path() == path && journal.is_there());
        if let (true, Some(game)) = (own, self.app.game().cloned()) {
            // It is the session on screen, and goes on as it stands.
            return self.app.show(game);
        }
        // A save is not opened twice; of a session that is on no screen any more none is kept open.
        self.journal.take_if(|journal| own || self.app.session().is_none() || journal.path() == path);
        match Journal::resume(path, self.app.story, &self.app.name) {
            Ok(resumed) => self.take_up(resumed),
            Err(trouble) => self.app.notice = Some(trouble.to_string()),
        }
    }

    /// Goes on with a resumed session.
    fn take_up(&mut self, resumed: Resumed<'s>) {
        let Resumed { journal, loaded } = resumed;
        self.app.class.seconds = loaded.turn.unwrap_or(self.app.class.seconds);
        self.app.class.asks_votes |= !loaded.votes.is_empty();
        let notices = loaded.notices.clone();
        self.app.show(Game::loaded(loaded));
        self.journal = Some(journal);
        self.app.unsaved = false;
        self.app.tell(&notices);
    }
}
