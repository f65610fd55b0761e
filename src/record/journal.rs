use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::engine::{Input, Session};
use crate::story::Story;
use crate::text::{counted, shown};

use super::atomic::{place, prepare, replace, write_new};
use super::disk::{bytes, contents, load_as, read};
use super::error::SaveError;
use super::line::SaveLine;
use super::load::LoadedSave;
use super::names::kept_name;
use super::paths::{new_save, save_beside, saves_folder};
use super::written::{text, write};

/// How long to wait for a save that another program is just closing.
const CLOSING: Duration = Duration::from_millis(200);

/// How often to try again while others are making or replacing a save.
const TRIES: usize = 100;

/// A save that is being written. It is locked as long as this value lives.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    file: File,
    /// The end has been written.
    ended: bool,
}

/// Starts a save for a session that has just begun: at `save`, else under a free name in the folder of saves. `name` is
/// how the story was asked for.
///
/// # Errors
/// Why it cannot be made, in words for the player.
pub fn begin(save: Option<&Path>, name: &str, session: &Session<'_>) -> Result<Journal, String> {
    match save {
        Some(path) => Journal::create(path, &kept_name(name), session).map_err(|trouble| trouble.to_string()),
        None => {
            let folder = saves_folder().ok_or("there is no home folder to keep it in; `--save FILE` names a place")?;
            begin_free(&|| new_save(&folder, name), name, session)
        }
    }
}

/// Begins the save of a session that is played in the place of another: beside the other's save where its player has
/// said where that is, else among all saves.
///
/// # Errors
/// As [`begin`].
pub fn begin_another(other: Option<&Journal>, name: &str, session: &Session<'_>) -> Result<Journal, String> {
    let other = other.map(Journal::path).filter(|path| path.parent() != saves_folder().as_deref());
    match other {
        Some(path) => begin_free(&|| save_beside(path), name, session),
        None => begin(None, name, session),
    }
}

/// Starts a save under a free name.
fn begin_free(free: &dyn Fn() -> PathBuf, name: &str, session: &Session<'_>) -> Result<Journal, String> {
    let mut tries = 0;
    loop {
        tries += 1;
        // Of several that begin at once each finds the same name free; who comes second looks for another.
        match Journal::create(&free(), &kept_name(name), session) {
            Err(SaveError::Disk { cause, .. }) if cause.kind() == io::ErrorKind::AlreadyExists && tries < TRIES => {}
            made => return made.map_err(|trouble| trouble.to_string()),
        }
    }
}

/// A session resumed from its save.
#[derive(Debug)]
pub struct Resumed<'s> {
    pub journal: Journal,
    pub loaded: LoadedSave<'s>,
}

impl Journal {
    /// Starts a save for a session that has just begun. It appears whole or not at all; an empty file, which a program
    /// that was killed may have left behind, is replaced.
    ///
    /// # Errors
    /// If something is there already, or the file or its folder cannot be made.
    pub fn create(path: &Path, story: &str, session: &Session<'_>) -> Result<Self, SaveError> {
        let trouble = |cause| SaveError::Disk { path: path.to_owned(), doing: "made", cause };
        let new = prepare(path, text(story, session, None)).map_err(trouble)?;
        lock(new.as_file(), path)?;
        let file = if is_empty(path) { replace(new, path) } else { place(new, path) };
        Ok(Self { path: path.to_owned(), file: file.map_err(trouble)?, ended: false })
    }

    /// Its path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether it is still there: not moved, removed or replaced.
    #[must_use]
    pub fn is_there(&self) -> bool {
        is_at(&self.file, &self.path)
    }

    /// Writes an input. Call it before the session takes the input.
    ///
    /// # Errors
    /// If the line cannot be written.
    pub fn input(&mut self, session: &Session<'_>, input: Input) -> Result<(), SaveError> {
        self.line(&SaveLine::of(session, input))
    }

    /// Writes that the last decision was taken back.
    ///
    /// # Errors
    /// If the line cannot be written.
    pub fn undo(&mut self) -> Result<(), SaveError> {
        self.line(&SaveLine { undo: Some(true), ..SaveLine::default() })
    }

    /// Writes that the session has ended, if that is not written yet.
    ///
    /// # Errors
    /// If the line cannot be written.
    pub fn ended(&mut self, ending: &str) -> Result<(), SaveError> {
        self.line(&SaveLine { ended: Some(ending.to_owned()), ..SaveLine::default() })
    }

    /// Writes a line. Once this returns, the line is on the disk and survives a crash or a loss of power.
    ///
    /// # Errors
    /// If it cannot be written; then nothing of it remains in the file.
    pub fn line(&mut self, line: &SaveLine) -> Result<(), SaveError> {
        if line.ended.is_some() && self.ended {
            return Ok(());
        }
        self.append(&(write(line) + "\n"))?;
        self.ended = line.ended.is_some() || (self.ended && !line.is_input());
        Ok(())
    }

    fn append(&mut self, text: &str) -> Result<(), SaveError> {
        let before = self.file.metadata().map(|data| data.len());
        // One write, so that a line is there whole or torn, never interleaved.
        let written = self.file.write_all(text.as_bytes()).and_then(|()| synced(&self.file));
        if let Err(cause) = written {
            // Half a line would have to be cut off by whoever takes the session up.
            let _ = before.and_then(|length| self.file.set_len(length));
            return Err(SaveError::Disk { path: self.path.clone(), doing: "written", cause });
        }
        if self.is_there() { Ok(()) } else { Err(SaveError::Gone(self.path.clone())) }
    }

    /// Resumes a session as far as its decisions fit the story, which was asked for by `name`.
    ///
    /// # Errors
    /// If the file cannot be read, is not a save of this story, or is open in another hallway.
    pub fn resume<'s>(path: &Path, story: &'s Story, name: &str) -> Result<Resumed<'s>, SaveError> {
        let disk = |doing| move |cause| SaveError::Disk { path: path.to_owned(), doing, cause };
        // Whoever had it before may just have put another file in its place.
        let opened = (0..TRIES).find_map(|_| match open_locked(path) {
            Ok(file) => is_at(&file, path).then_some(Ok(file)),
            Err(trouble) => Some(Err(trouble)),
        });
        let mut file = opened.unwrap_or_else(|| Err(SaveError::InUse(path.to_owned())))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(disk("read"))?;
        let contents = contents(path, &bytes)?;
        let (good, broken) = (contents.good, contents.broken);
        let (mut loaded, fits) = load_as(path, story, name, &contents.header, contents.lines)?;
        let whole = good == bytes.len();
        if fits && whole {
            if !bytes.ends_with(b"\n") {
                file.write_all(b"\n").map_err(disk("mended"))?;
            }
        } else {
            let torn = counted(bytes.len() - good, "byte");
            if broken {
                let notice = "A line of this save cannot be read; the game goes on from just before it.";
                loaded.notices.insert(0, notice.to_owned());
            } else if !whole {
                let notice = "The last line of this save was torn";
                loaded.notices.insert(0, format!("{notice} ({torn}); what is in it is to be decided again."));
            }
            let aside = copied_aside(path, &bytes).map_err(disk("set aside"))?;
            loaded.notices.push(format!("The save as it was is kept as {}.", shown(&aside)));
            let text = if fits {
                String::from_utf8_lossy(&bytes[..good]).into_owned()
            } else {
                text(&kept_name(name), &loaded.session, Some(&loaded))
            };
            // Prepared whole beside it, and locked before it is in its place: nobody else comes between.
            let new = prepare(path, text).map_err(disk("mended"))?;
            lock(new.as_file(), path)?;
            // Windows replaces no file that is open.
            if cfg!(windows) {
                drop(file);
            }
            file = replace(new, path).map_err(disk("mended"))?;
        }
        let journal = Self { path: path.to_owned(), file, ended: loaded.ended };
        Ok(Resumed { journal, loaded })
    }

    /// Loads the session of a save without writing anything; it may be open elsewhere.
    ///
    /// # Errors
    /// If the file cannot be read or is not a save of this story.
    pub fn look<'s>(path: &Path, story: &'s Story, name: &str) -> Result<LoadedSave<'s>, SaveError> {
        let contents = read(path)?;
        Ok(load_as(path, story, name, &contents.header, contents.lines)?.0)
    }
}

/// Whether a session is to be looked for at this path: something is there, and it is no empty file, in whose place a
/// new one can be begun.
#[must_use]
pub fn holds_session(path: &Path) -> bool {
    path.symlink_metadata().is_ok() && !is_empty(path)
}

fn is_empty(path: &Path) -> bool {
    path.metadata().is_ok_and(|data| data.is_file() && data.len() == 0)
}

fn open_locked(path: &Path) -> Result<File, SaveError> {
    // A pipe is not to be opened, nor what is too long to be a session.
    bytes(path)?;
    let disk = |cause| SaveError::Disk { path: path.to_owned(), doing: "opened", cause };
    let file = OpenOptions::new().read(true).append(true).open(path).map_err(disk)?;
    // From here on nobody else writes to it; what they were just writing is not taken for a torn line.
    lock(&file, path)?;
    Ok(file)
}

/// Locks a save until the file is closed. If another program is just closing it, this waits.
fn lock(file: &File, path: &Path) -> Result<(), SaveError> {
    let begun = Instant::now();
    while begun.elapsed() < CLOSING {
        match file.try_lock() {
            Err(std::fs::TryLockError::WouldBlock) => std::thread::yield_now(),
            // Some disks know no locks; a session is worth more than the certainty that it is played once.
            Ok(()) | Err(std::fs::TryLockError::Error(_)) => return Ok(()),
        }
    }
    Err(SaveError::InUse(path.to_owned()))
}

/// Waits until what was written is on the disk. Some file systems cannot confirm that; then it is taken for granted.
fn synced(file: &File) -> io::Result<()> {
    match file.sync_data() {
        Err(error) if matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput) => Ok(()),
        done => done,
    }
}

/// Whether this path is still this file.
fn is_at(file: &File, path: &Path) -> bool {
    let own = file.try_clone().and_then(same_file::Handle::from_file);
    own.is_ok_and(|own| same_file::Handle::from_path(path).is_ok_and(|there| there == own))
}

/// Copies a save to a free name beside it.
fn copied_aside(path: &Path, bytes: &[u8]) -> io::Result<PathBuf> {
    let name = |number: u32| {
        let mut name = path.as_os_str().to_owned();
        name.push(format!(".aside-{number}"));
        PathBuf::from(name)
    };
    for aside in (1..=u32::MAX).map(name).filter(|aside| aside.symlink_metadata().is_err()) {
        match write_new(&aside, bytes) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            done => return done.map(|()| aside),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}
