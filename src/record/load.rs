//! Loading a save: what is in it, and the session that follows from it.

use crate::engine::{Holder, Input, Session};
use crate::story::Story;

use super::line::{self, Header, SaveLine, VERSION};
use super::vote::vote;

/// A session loaded from a save.
#[derive(Debug)]
pub struct LoadedSave<'s> {
    pub session: Session<'s>,
    /// What the player should know: a torn line, a changed story.
    pub notices: Vec<String>,
    /// Seconds for each turn, if a class set them.
    pub turn: Option<u16>,
    /// By index of the log: how a class came to that decision.
    pub votes: Vec<(usize, String)>,
    /// What was taken back and can be done again, the latest last.
    pub undone: Vec<Input>,
    /// The name its player gave it.
    pub name: Option<String>,
    /// The save says that it has ended, and that has not been taken back.
    pub ended: bool,
}

impl<'s> LoadedSave<'s> {
    /// Loads a save from its bytes, as far as they can be read and fit the story. Notices say where they do not.
    ///
    /// # Errors
    /// If they are not a save of this story.
    pub fn of(story: &'s Story, bytes: &[u8]) -> Result<Self, NotLoadable> {
        let Contents { header, lines, good, broken } = contents(bytes)?;
        if header.title != story.title && header.fingerprint != Header::fingerprint_of(story) {
            return Err(NotLoadable::OtherStory(header.described()));
        }
        let (mut out, _) = load(story, &header, lines);
        if good < bytes.len() {
            let what =
                if broken { "A line of this save cannot be read" } else { "The last line of this save was torn" };
            out.notices.insert(0, format!("{what}; the game goes on from just before it."));
        }
        Ok(out)
    }
}

/// What is in a save.
pub(super) struct Contents {
    pub header: Header,
    pub lines: Vec<SaveLine>,
    /// How many bytes from its beginning could be read.
    pub good: usize,
    /// More than a torn last line could not be read.
    pub broken: bool,
}

/// The lines of a save that still count: what was undone is gone, and of what was said twice the last stays.
#[derive(Default)]
pub(super) struct EffectiveLines {
    /// The inputs, each with how a class came to it.
    pub inputs: Vec<(SaveLine, Option<String>)>,
    /// What was undone last, the latest last, if nothing else was done since.
    pub undone: Vec<SaveLine>,
    /// The decisions of the other session that holds a seat.
    pub logs: Vec<SaveLine>,
    pub name: Option<String>,
    pub turn: Option<u16>,
    /// The ending's id, where the session has ended.
    pub ended: Option<String>,
    /// The ids of the endings that were ever reached, also if that was taken back.
    pub reached: Vec<String>,
}

impl EffectiveLines {
    pub fn of(lines: Vec<SaveLine>) -> Self {
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
            out.reached.extend(line.ended.clone());
            if line.log.is_some() {
                out.logs.push(line);
            } else if line.undo == Some(true) {
                let last = out.inputs.iter().rposition(|(line, _)| line.can_be_undone());
                out.undone.extend(out.inputs.drain(last.unwrap_or(out.inputs.len())..).map(|(line, _)| line).next());
                out.ended = None;
            } else if line.is_input() {
                // Done again, it leaves what was undone before it as it is; anything else ends it.
                if out.undone.pop().is_some_and(|undone| undone != line) {
                    out.undone.clear();
                }
                out.inputs.push((line, None));
                out.ended = None;
            }
        }
        out
    }
}

/// Loads the session of a save as far as it fits the story. The flag is `false` if a decision did not fit and was left
/// out with everything after it.
pub(super) fn load<'s>(story: &'s Story, header: &Header, lines: Vec<SaveLine>) -> (LoadedSave<'s>, bool) {
    let same = header.fingerprint == Header::fingerprint_of(story);
    let EffectiveLines { inputs, undone, logs, name, turn, ended, .. } = EffectiveLines::of(lines);
    let session = Session::new(story, header.seed, holders(story, header, &logs, same));
    let (votes, ended) = (Vec::new(), ended.is_some());
    let mut loaded = LoadedSave { session, notices: Vec::new(), turn, votes, undone: Vec::new(), name, ended };
    let mut diverged = false;
    for (at, (line, vote)) in inputs.iter().enumerate() {
        let input = line.input(&loaded.session, same);
        if !diverged && line.check.is_some_and(|check| check != loaded.session.state().check()) {
            diverged = true;
            let number = at + 1;
            loaded.notices.push(format!(
                "The story has changed since this game was played: from decision {number} on it may have gone another way."
            ));
        }
        if input.is_none_or(|input| loaded.session.input(input).is_err()) {
            let (number, scene) = (at + 1, line.at.as_deref().unwrap_or("?"));
            loaded.notices.push(format!(
                "The story has changed since this game was played: decision {number}, at “{scene}”, no longer fits. The game goes on from just before it."
            ));
            loaded.ended = false;
            return (loaded, false);
        }
        loaded.votes.extend(vote.clone().map(|vote| (at, vote)));
    }
    loaded.undone = undone_inputs(&loaded.session, &undone, same);
    (loaded, true)
}

/// What can be done again, the latest last, as far as it fits the story.
fn undone_inputs(session: &Session<'_>, undone: &[SaveLine], same: bool) -> Vec<Input> {
    let mut ahead = session.clone();
    let mut inputs = Vec::new();
    for line in undone.iter().rev() {
        let Some(input) = line.input(&ahead, same).filter(|input| ahead.input(*input).is_ok()) else { break };
        inputs.push(input);
    }
    inputs.reverse();
    inputs
}

fn holders(story: &Story, header: &Header, logs: &[SaveLine], same: bool) -> Vec<Holder> {
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

/// Why a save cannot be loaded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotLoadable {
    #[error("this is not a hallway save")]
    NotASave,
    #[error(
        "it was written by a newer hallway (format {0}; this one reads up to {VERSION}): update hallway to go on with it"
    )]
    Newer(u32),
    #[error("it is of {0}, which is another story than this one")]
    OtherStory(String),
}

/// What is in the bytes of a save.
pub(super) fn contents(bytes: &[u8]) -> Result<Contents, NotLoadable> {
    let mut rows = bytes.split_inclusive(|byte| *byte == b'\n');
    let text = |row: &[u8]| std::str::from_utf8(row).ok().map(str::to_owned);
    let first = rows.next().unwrap_or_default();
    let header: Header = text(first).and_then(|row| line::read::<Header>(&row)).ok_or(NotLoadable::NotASave)?.cleaned();
    if header.hallway > VERSION {
        return Err(NotLoadable::Newer(header.hallway));
    }
    let mut lines = Vec::new();
    let mut good = first.len();
    for row in rows {
        // A last line that can be read is whole, even without its end.
        match text(row).and_then(|row| line::read::<SaveLine>(&row)) {
            Some(line) => lines.push(line.cleaned()),
            None => return Ok(Contents { header, lines, good, broken: row.ends_with(b"\n") }),
        }
        good += row.len();
    }
    Ok(Contents { header, lines, good, broken: false })
}
