use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::engine::{Holder, Input, Session};
use crate::story::Story;

use super::line::{self, Header, Line, VERSION};
use super::paths::{new_save, saves_folder};

/// The largest save that is read, in bytes; a night has a few kilobytes.
const LARGEST_SAVE: u64 = 16 << 20;

/// How long a save is waited for that another program is just closing.
const CLOSING: Duration = Duration::from_millis(200);

/// What went wrong with a save, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    #[error("the save {path} cannot be {doing}: {cause}")]
    Disk { path: PathBuf, doing: &'static str, cause: io::Error },
    #[error("{0} is not a hallway save")]
    NotASave(PathBuf),
    #[error(
        "{path} was written by a newer hallway (format {version}; this one reads up to {VERSION}): update hallway to go on with it"
    )]
    Newer { path: PathBuf, version: u32 },
    #[error("{0} is open in another hallway; go on there, or close it first")]
    InUse(PathBuf),
    #[error("{path} is a night of “{title}”, not of “{other}”")]
    OtherStory { path: PathBuf, title: String, other: String },
}

/// A save that is being written.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    file: File,
}

/// Begins a save for a night that has just begun: in `save`, else under a free name in the folder of saves.
///
/// # Errors
/// Why it cannot be made, for the player.
pub fn begin(save: Option<&Path>, name: &str, session: &Session<'_>) -> Result<Journal, String> {
    let path = match (save, saves_folder()) {
        (Some(path), _) => path.to_owned(),
        (None, Some(folder)) => new_save(&folder, name),
        (None, None) => return Err("there is no home folder to keep it in; `--save FILE` names a place".to_owned()),
    };
    // A relative path would be looked for elsewhere when the night is taken up from another folder.
    let story = if crate::story::built_in(name).is_some() {
        name.to_owned()
    } else {
        std::path::absolute(name).map_or_else(|_| name.to_owned(), |path| path.display().to_string())
    };
    Journal::create(&path, &story, session).map_err(|trouble| trouble.to_string())
}

/// A night that a save tells.
#[derive(Debug)]
pub struct Told<'s> {
    pub session: Session<'s>,
    /// What a person should know: a torn line, a changed story.
    pub notices: Vec<String>,
    /// Seconds for each turn, where a class settled them.
    pub turn: Option<u16>,
    /// By index of the log: how a class came to that decision.
    pub votes: Vec<(usize, String)>,
}

/// A night taken up again, to go on with.
#[derive(Debug)]
pub struct Resumed<'s> {
    pub journal: Journal,
    pub told: Told<'s>,
}

impl Journal {
    /// Begins a save for a night that has just begun; fails where the file exists.
    ///
    /// # Errors
    /// Where the file or its folder cannot be made.
    pub fn create(path: &Path, story: &str, session: &Session<'_>) -> Result<Self, Trouble> {
        let trouble = |doing| move |cause| Trouble::Disk { path: path.to_owned(), doing, cause };
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(trouble("made"))?;
        }
        let file = OpenOptions::new().append(true).create_new(true).open(path).map_err(trouble("made"))?;
        lock(&file, path)?;
        let mut journal = Self { path: path.to_owned(), file };
        let mut text = line::write(&Header::new(story, session));
        text.push('\n');
        for (seat, holder) in session.story().seats.iter().zip(session.holders()) {
            let Holder::Log(log) = holder else { continue };
            for (scene, pick) in log {
                let line = Line { log: Some(seat.id.clone()), ..Line::of_pick(session.story(), *scene, *pick) };
                text.push_str(&line::write(&line));
                text.push('\n');
            }
        }
        // Each line carries a check of the night as it stood before it.
        let mut shadow = Session::new(session.story(), session.seed(), session.holders().to_vec());
        for input in session.log() {
            text.push_str(&line::write(&Line::of(&shadow, *input)));
            text.push('\n');
            // The session has taken it, and the shadow is the same night.
            let _ = shadow.input(*input);
        }
        journal.append(&text)?;
        Ok(journal)
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes an input. To be called before the session takes it.
    ///
    /// # Errors
    /// Where the line cannot be written.
    pub fn input(&mut self, session: &Session<'_>, input: Input) -> Result<(), Trouble> {
        self.line(&Line::of(session, input))
    }

    /// Writes that the last decision was taken back.
    ///
    /// # Errors
    /// Where the line cannot be written.
    pub fn undo(&mut self) -> Result<(), Trouble> {
        self.line(&Line { undo: Some(true), ..Line::default() })
    }

    /// Writes that the night has ended.
    ///
    /// # Errors
    /// Where the line cannot be written.
    pub fn ended(&mut self, ending: &str) -> Result<(), Trouble> {
        self.line(&Line { ended: Some(ending.to_owned()), ..Line::default() })
    }

    /// Writes a line.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn line(&mut self, line: &Line) -> Result<(), Trouble> {
        let mut text = line::write(line);
        text.push('\n');
        self.append(&text)
    }

    fn append(&mut self, text: &str) -> Result<(), Trouble> {
        // One write, so that a line is there whole or torn, never interleaved.
        self.file.write_all(text.as_bytes()).map_err(|cause| Trouble::Disk {
            path: self.path.clone(),
            doing: "written",
            cause,
        })
    }

    /// Takes a night up again, as far as its decisions fit the story.
    ///
    /// # Errors
    /// Where the file cannot be read, is no save of this story, or is open in another hallway.
    pub fn resume<'s>(path: &Path, story: &'s Story) -> Result<Resumed<'s>, Trouble> {
        let disk = |doing| move |cause| Trouble::Disk { path: path.to_owned(), doing, cause };
        ordinary(path)?;
        let mut file = OpenOptions::new().read(true).append(true).open(path).map_err(disk("opened"))?;
        // From here on nobody else writes to it; what they were just writing is not taken for a torn line.
        lock(&file, path)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(disk("read"))?;
        let contents = contents(path, &bytes)?;
        let (mut told, fits) = tell(path, story, &contents)?;
        let good = contents.good;
        if good < bytes.len() {
            let torn = bytes.len() - good;
            let notice = if contents.broken {
                let aside = copy_aside(path, &bytes)?;
                let aside = aside.display();
                format!(
                    "A line of this save cannot be read; the night goes on from just before it. The save as it was is kept as {aside}."
                )
            } else {
                format!("The last line of this save was torn ({torn} bytes); the decision in it is to be made again.")
            };
            told.notices.insert(0, notice);
            file.set_len(good as u64).map_err(disk("mended"))?;
        }
        let mut journal = Self { path: path.to_owned(), file };
        if !fits {
            let aside = set_aside(path)?;
            told.notices.push(format!("The save as it was is kept as {}.", aside.display()));
            journal = Self::rewritten(path, &contents.header.story, &told.session)?;
        }
        Ok(Resumed { journal, told })
    }

    /// The night of a save, to look at: nothing is written, and it may be open elsewhere.
    ///
    /// # Errors
    /// Where the file cannot be read or is no save of this story.
    pub fn look<'s>(path: &Path, story: &'s Story) -> Result<Told<'s>, Trouble> {
        Ok(tell(path, story, &read(path)?)?.0)
    }

    /// The same file anew, holding just what the session holds.
    fn rewritten(path: &Path, story: &str, session: &Session<'_>) -> Result<Self, Trouble> {
        let mut replayed = Session::new(session.story(), session.seed(), session.holders().to_vec());
        let mut journal = Self::create(path, story, &replayed)?;
        for input in session.log() {
            journal.input(&replayed, *input)?;
            // It was taken once, so it is taken again.
            let _ = replayed.input(*input);
        }
        Ok(journal)
    }
}

/// The night of a save as far as it fits the story; `false` where a decision does not.
fn tell<'s>(path: &Path, story: &'s Story, contents: &Contents) -> Result<(Told<'s>, bool), Trouble> {
    let Contents { header, lines, .. } = contents;
    if header.title != story.title {
        let (path, title, other) = (path.to_owned(), header.title.clone(), story.title.clone());
        return Err(Trouble::OtherStory { path, title, other });
    }
    let same = header.fingerprint == format!("{:016x}", story.fingerprint);
    let session = Session::new(story, header.seed, holders(story, header, lines, same));
    let turn = lines.iter().rev().find_map(|line| line.turn);
    let mut told = Told { session, notices: Vec::new(), turn, votes: Vec::new() };
    let mut taken = 0;
    let mut strayed = false;
    for line in lines {
        if let (Some(vote), Some(at)) = (&line.vote, told.session.log().len().checked_sub(1)) {
            told.votes.retain(|(known, _)| *known != at);
            told.votes.push((at, crate::text::clean(vote).into_owned()));
        }
        if !line.is_input() {
            continue;
        }
        taken += 1;
        if line.undo == Some(true) {
            told.session.undo();
            told.votes.retain(|(at, _)| *at < told.session.log().len());
            continue;
        }
        let input = line.input(&told.session, same);
        if !strayed && line.check.is_some_and(|check| check != told.session.state().check()) {
            strayed = true;
            told.notices.push(format!(
                "The story has changed since this night was played: from decision {taken} on it may have gone another way."
            ));
        }
        if input.is_none_or(|input| told.session.input(input).is_err()) {
            let at = line.at.as_deref().unwrap_or("?");
            told.notices.push(format!(
                "The story has changed since this night was played: decision {taken}, at “{at}”, no longer fits. The night goes on from just before it."
            ));
            return Ok((told, false));
        }
    }
    Ok((told, true))
}

fn holders(story: &Story, header: &Header, lines: &[Line], same: bool) -> Vec<Holder> {
    let holder = |seat: &crate::story::Seat| match header.seats.get(&seat.id).map(String::as_str) {
        Some("person") => Holder::Person,
        Some("log") => Holder::Log(
            lines
                .iter()
                .filter(|line| line.log.as_deref() == Some(seat.id.as_str()))
                .filter_map(|line| {
                    let scene = line::scene_named(story, line.at.as_deref()?)?;
                    Some((scene, line.pick_at(story, scene, same, &|_| "".into())?))
                })
                .collect(),
        ),
        _ => Holder::Story,
    };
    story.seats.iter().map(holder).collect()
}

/// What is in a save.
pub(super) struct Contents {
    pub header: Header,
    pub lines: Vec<Line>,
    /// So many bytes from its beginning can be read.
    good: usize,
    /// What cannot is more than a last line that was torn.
    broken: bool,
}

/// Reads a save without changing it.
pub(super) fn read(path: &Path) -> Result<Contents, Trouble> {
    ordinary(path)?;
    let bytes = std::fs::read(path).map_err(|cause| Trouble::Disk { path: path.to_owned(), doing: "read", cause })?;
    contents(path, &bytes)
}

/// A pipe would be waited for, and no night is as long as what is too large.
fn ordinary(path: &Path) -> Result<(), Trouble> {
    let kind =
        std::fs::metadata(path).map_err(|cause| Trouble::Disk { path: path.to_owned(), doing: "read", cause })?;
    if kind.is_file() && kind.len() <= LARGEST_SAVE { Ok(()) } else { Err(Trouble::NotASave(path.to_owned())) }
}

fn contents(path: &Path, bytes: &[u8]) -> Result<Contents, Trouble> {
    let mut rows = bytes.split_inclusive(|byte| *byte == b'\n');
    let text = |row: &[u8]| std::str::from_utf8(row).ok().map(str::to_owned);
    let first = rows.next().unwrap_or_default();
    let header: Header = text(first)
        .and_then(|row| line::read(&row))
        .filter(|_| first.ends_with(b"\n"))
        .ok_or_else(|| Trouble::NotASave(path.to_owned()))?;
    if header.hallway > VERSION {
        return Err(Trouble::Newer { path: path.to_owned(), version: header.hallway });
    }
    let mut lines = Vec::new();
    let mut good = first.len();
    for row in rows {
        let whole = row.ends_with(b"\n");
        match text(row).and_then(|row| line::read::<Line>(&row)).filter(|_| whole) {
            Some(line) => lines.push(line),
            None => return Ok(Contents { header, lines, good, broken: whole }),
        }
        good += row.len();
    }
    Ok(Contents { header, lines, good, broken: false })
}

/// Keeps a save for this program alone, until the file is closed. One that is just being closed is waited for.
fn lock(file: &File, path: &Path) -> Result<(), Trouble> {
    let begun = Instant::now();
    while begun.elapsed() < CLOSING {
        match file.try_lock() {
            Err(std::fs::TryLockError::WouldBlock) => std::thread::yield_now(),
            // Some disks know no locks; a night is worth more than the certainty that it is played once.
            Ok(()) | Err(std::fs::TryLockError::Error(_)) => return Ok(()),
        }
    }
    Err(Trouble::InUse(path.to_owned()))
}

/// A free name beside the save.
fn aside_name(path: &Path) -> PathBuf {
    let name = |number: u32| {
        let mut name = path.as_os_str().to_owned();
        name.push(format!(".aside-{number}"));
        PathBuf::from(name)
    };
    (1..).map(name).find(|path| !path.exists()).unwrap_or_else(|| name(0))
}

fn set_aside(path: &Path) -> Result<PathBuf, Trouble> {
    let aside = aside_name(path);
    std::fs::rename(path, &aside).map_err(|cause| Trouble::Disk {
        path: path.to_owned(),
        doing: "set aside",
        cause,
    })?;
    Ok(aside)
}

fn copy_aside(path: &Path, bytes: &[u8]) -> Result<PathBuf, Trouble> {
    let aside = aside_name(path);
    std::fs::write(&aside, bytes).map_err(|cause| Trouble::Disk {
        path: path.to_owned(),
        doing: "set aside",
        cause,
    })?;
    Ok(aside)
}
