//! A save as it is read: what stands in it, and the night that comes of it.

use std::path::Path;

use crate::engine::{Holder, Session};
use crate::story::{Refused, Story, read_file};

use super::line::{self, Header, Line, VERSION};
use super::names::is_of;
use super::trouble::Trouble;
use super::vote::vote;

/// The largest save that is read, in bytes; a night has a few kilobytes.
const LARGEST_SAVE: u64 = 16 << 20;

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
    /// The name its player gave it.
    pub name: Option<String>,
    /// The save says that it has ended, and that has not been taken back.
    pub ended: bool,
}

/// What is in a save.
pub(super) struct Contents {
    pub header: Header,
    pub lines: Vec<Line>,
    /// So many bytes from its beginning can be read.
    pub good: usize,
    /// What cannot is more than a last line that was torn.
    pub broken: bool,
}

/// What of a save's lines still stands: undone is undone, and of what was said twice the last counts.
#[derive(Default)]
pub(super) struct Standing {
    /// The inputs, each with how a class came to it.
    pub inputs: Vec<(Line, Option<String>)>,
    /// What the other night decided that holds a seat.
    pub logs: Vec<Line>,
    pub name: Option<String>,
    pub turn: Option<u16>,
    /// The ending's id, where the night has ended.
    pub ended: Option<String>,
}

impl Standing {
    pub fn of(lines: Vec<Line>) -> Self {
        let mut out = Self::default();
        for line in lines {
            if let Some(said) = &line.vote {
                // A save is a text that anybody can write into, and no name of a pupil is kept.
                let said = vote(said);
                out.inputs.last_mut().into_iter().for_each(|(_, vote)| vote.clone_from(&said));
            }
            out.name = line.named.clone().or(out.name);
            out.turn = line.turn.or(out.turn);
            out.ended = line.ended.clone().or(out.ended);
            if line.log.is_some() {
                out.logs.push(line);
            } else if line.undo == Some(true) {
                let last = out.inputs.iter().rposition(|(line, _)| line.can_be_undone());
                out.inputs.truncate(last.unwrap_or(out.inputs.len()));
                out.ended = None;
            } else if line.is_input() {
                out.inputs.push((line, None));
                out.ended = None;
            }
        }
        out
    }
}

/// The night of a save as far as it fits the story; `false` where a decision does not.
pub(super) fn tell<'s>(
    path: &Path,
    story: &'s Story,
    name: &str,
    header: &Header,
    lines: Vec<Line>,
) -> Result<(Told<'s>, bool), Trouble> {
    if !is_of(header, story, name) {
        return Err(Trouble::OtherStory { path: path.to_owned(), of: header.described() });
    }
    let same = header.fingerprint == Header::fingerprint_of(story);
    let Standing { inputs, logs, name, turn, ended } = Standing::of(lines);
    let session = Session::new(story, header.seed, holders(story, header, &logs, same));
    let mut told = Told { session, notices: Vec::new(), turn, votes: Vec::new(), name, ended: ended.is_some() };
    let mut strayed = false;
    for (at, (line, vote)) in inputs.iter().enumerate() {
        let input = line.input(&told.session, same);
        if !strayed && line.check.is_some_and(|check| check != told.session.state().check()) {
            strayed = true;
            let number = at + 1;
            told.notices.push(format!(
                "The story has changed since this night was played: from decision {number} on it may have gone another way."
            ));
        }
        if input.is_none_or(|input| told.session.input(input).is_err()) {
            let (number, scene) = (at + 1, line.at.as_deref().unwrap_or("?"));
            told.notices.push(format!(
                "The story has changed since this night was played: decision {number}, at “{scene}”, no longer fits. The night goes on from just before it."
            ));
            told.ended = false;
            return Ok((told, false));
        }
        told.votes.extend(vote.clone().map(|vote| (at, vote)));
    }
    Ok((told, true))
}

fn holders(story: &Story, header: &Header, logs: &[Line], same: bool) -> Vec<Holder> {
    let holder = |seat: &crate::story::Seat| match header.seats.get(&seat.id).map(String::as_str) {
        Some("person") => Holder::Person,
        Some("log") => Holder::Log(
            logs.iter()
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

/// Reads a save without changing it.
pub(super) fn read(path: &Path) -> Result<Contents, Trouble> {
    contents(path, &bytes(path)?)
}

/// The bytes of a save; a pipe would be waited for, and no night is as long as what is too large.
pub(super) fn bytes(path: &Path) -> Result<Vec<u8>, Trouble> {
    read_file(path, LARGEST_SAVE).map_err(|why| match why {
        Refused::Io(cause) => Trouble::Disk { path: path.to_owned(), doing: "read", cause },
        _ => Trouble::NotASave(path.to_owned()),
    })
}

/// What is in the bytes of a save.
pub(super) fn contents(path: &Path, bytes: &[u8]) -> Result<Contents, Trouble> {
    let mut rows = bytes.split_inclusive(|byte| *byte == b'\n');
    let text = |row: &[u8]| std::str::from_utf8(row).ok().map(str::to_owned);
    let first = rows.next().unwrap_or_default();
    let header: Header = text(first)
        .and_then(|row| line::read::<Header>(&row))
        .ok_or_else(|| Trouble::NotASave(path.to_owned()))?
        .cleaned();
    if header.hallway > VERSION {
        return Err(Trouble::Newer { path: path.to_owned(), version: header.hallway });
    }
    let mut lines = Vec::new();
    let mut good = first.len();
    for row in rows {
        // A last line that can be read is whole, even without its end.
        match text(row).and_then(|row| line::read::<Line>(&row)) {
            Some(line) => lines.push(line.cleaned()),
            None => return Ok(Contents { header, lines, good, broken: row.ends_with(b"\n") }),
        }
        good += row.len();
    }
    Ok(Contents { header, lines, good, broken: false })
}
