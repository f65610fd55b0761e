use std::io;
use std::path::Path;

use crate::record::{Journal, saves, saves_folder};

use super::app::{App, Effect, Message, Start};
use super::draw::draw;
use super::terminal::{News, Terminal};
use super::theme::Theme;

/// Runs the full screen until the player leaves. The exit code.
///
/// # Errors
/// Where the terminal cannot be taken over or written to.
pub fn run(start: Start<'_>) -> io::Result<u8> {
    let save = start.save.clone();
    let panic = start.panic;
    let resumable = saves_folder()
        .and_then(|folder| saves(&folder, &start.story.title).into_iter().find(|save| save.ended.is_none()));
    let (app, effects) = App::new(start, theme(), resumable);
    let terminal = Terminal::open()?;
    assert!(!panic, "asked to panic");
    let mut host = Host { app, journal: None, save, terminal };
    host.app.size = host.terminal.size();
    host.perform(effects)?;
    let left = host.drive()?;
    let Host { app, journal, terminal, .. } = host;
    match left {
        Left::Signal(signal) => return Ok(terminal.die(signal)),
        Left::Gone => return Ok(129),
        Left::Player => drop(terminal),
    }
    if let (Some(session), Some(journal)) = (&app.session, &journal)
        && !session.is_over()
    {
        let path = journal.path().display().to_string().replace('\'', "'\\''");
        println!("The night is kept. To go on: hallway play --save '{path}'");
    }
    Ok(0)
}

/// Why the loop ended. Every decision is on disk by then.
enum Left {
    Player,
    Signal(i32),
    /// The terminal has gone away.
    Gone,
}

fn theme() -> Theme {
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    if no_color { Theme::mono() } else { Theme::ansi() }
}

/// The app with its hands: terminal and save.
struct Host<'s> {
    app: App<'s>,
    journal: Option<Journal>,
    save: Option<std::path::PathBuf>,
    terminal: Terminal,
}

impl Host<'_> {
    fn drive(&mut self) -> io::Result<Left> {
        let mut dirty = true;
        loop {
            if std::mem::take(&mut dirty) {
                let app = &self.app;
                self.terminal.draw(|frame| draw(app, frame))?;
            }
            match self.terminal.next()? {
                News::Nothing => {}
                News::Message(message) => {
                    dirty = true;
                    let effects = self.app.update(message);
                    if let Message::Resize(..) = message {
                        self.terminal.repaint()?;
                    }
                    if !self.perform(effects)? {
                        return Ok(Left::Player);
                    }
                }
                News::Repaint => {
                    dirty = true;
                    self.app.size = self.terminal.size();
                    self.terminal.repaint()?;
                }
                News::Suspend => {
                    dirty = true;
                    self.suspend()?;
                }
                News::Stop(signal) => return Ok(Left::Signal(signal)),
                News::Gone => return Ok(Left::Gone),
            }
        }
    }

    fn suspend(&mut self) -> io::Result<()> {
        self.terminal.suspend()?;
        self.app.size = self.terminal.size();
        Ok(())
    }

    /// Does what the app wants done outside. `false`: leave.
    fn perform(&mut self, effects: Vec<Effect>) -> io::Result<bool> {
        for effect in effects {
            match effect {
                Effect::Quit => return Ok(false),
                Effect::Suspend => self.suspend()?,
                Effect::Create => self.create(),
                Effect::Resume(path) => self.resume(&path),
                Effect::Write(line) => {
                    if let Some(journal) = &mut self.journal
                        && let Err(trouble) = journal.line(&line)
                    {
                        self.journal = None;
                        self.app.notice = Some(format!("From here on this night is not kept: {trouble}"));
                    }
                }
            }
        }
        Ok(true)
    }

    fn create(&mut self) {
        let Some(session) = &self.app.session else { return };
        match crate::record::begin(self.save.take().as_deref(), &self.app.name, session) {
            Ok(journal) => self.journal = Some(journal),
            Err(why) => {
                self.journal = None;
                self.app.notice = Some(format!("This night is not kept: {why}"));
            }
        }
    }

    fn resume(&mut self, path: &Path) {
        match Journal::resume(path, self.app.story) {
            Ok(resumed) => {
                let seat = resumed.session.person();
                self.app.show(resumed.session, seat);
                self.journal = Some(resumed.journal);
                self.app.notice = resumed.notices.first().cloned();
            }
            Err(trouble) => self.app.notice = Some(trouble.to_string()),
        }
    }
}
