//! Who has joined a group.

use std::path::Path;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::story::SeatId;
use crate::text::shown;

use super::secret::SeatToken;

/// A device that has joined a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The id of its seat; `None` if it observes.
    pub seat: Option<String>,
    /// The SHA-256 of its token, in hexadecimal; empty once the lesson is over.
    pub mark: String,
    /// The word with which its holder takes the seat again on another device; empty if it has no seat.
    pub word: String,
    /// Seconds by which each of its turns is longer; no other device shows it.
    #[serde(default, skip_serializing_if = "is_none")]
    pub more: u16,
    /// Whether its holder has said that they have read who they are. Whoever is known from before that was asked has.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub has_read: bool,
}

fn yes() -> bool {
    true
}

fn is_yes(has_read: &bool) -> bool {
    *has_read
}

fn is_none(more: &u16) -> bool {
    *more == 0
}

/// What a device comes in with.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// `None` observes.
    pub seat: Option<SeatId>,
    /// With which its holder takes the seat up again.
    pub word: Option<&'a str>,
    /// By which it is known from here on.
    pub token: &'a SeatToken,
    /// By which it is known so far, in whatever group.
    pub before: Option<&'a SeatToken>,
}

/// Why a device is not given what it asked for, for its holder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Denied {
    /// Its token is not, or no longer, one of this class.
    Unknown,
    /// The game has gone on since the page that it decided on.
    Stale,
    /// It asks too much at once.
    Flood,
    Because(String),
}

impl Denied {
    /// In words for whoever asked.
    pub fn words(self) -> String {
        match self {
            Self::Flood => "This device asks too much. Wait a moment.".to_owned(),
            Self::Unknown => "This device has no seat in the class.".to_owned(),
            Self::Stale => "The game has gone on meanwhile.".to_owned(),
            Self::Because(why) => why,
        }
    }
}

/// How long a device is known after it has joined; no lesson is longer, and whoever has the device next is somebody else.
pub const LESSON: Duration = Duration::from_secs(6 * 60 * 60);

/// Whether a file was last written before any lesson that can still go on.
pub fn is_past(path: &Path) -> bool {
    let written = path.metadata().and_then(|data| data.modified());
    // A clock that was set back since then tells nothing.
    written.is_ok_and(|written| written.elapsed().is_ok_and(|since| since > LESSON))
}

/// The members that a group's file names; none where there is no file. Of a lesson that is long over no token is good: a seat
/// is taken up again with its word, and nobody observes.
pub fn kept_members(path: &Path) -> Result<Vec<Member>, String> {
    let path = path.with_extension("seats");
    match std::fs::read_to_string(&path) {
        Ok(text) => {
            let read = serde_json::from_str(&text);
            let mut members: Vec<Member> = read.map_err(|why| format!("{} cannot be read: {why}", shown(&path)))?;
            if is_past(&path) {
                members.retain(|member| member.seat.is_some());
                members.iter_mut().for_each(|member| member.mark.clear());
            }
            Ok(members)
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(format!("{} cannot be read: {error}", shown(&path))),
    }
}
