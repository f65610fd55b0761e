use std::fmt;

use crate::text::counted;

/// Something that has happened in a class, for its teacher. No event tells a word of what anybody reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassEvent {
    /// Its name; `None` where it concerns the whole class.
    pub group: Option<String>,
    pub what: Happened,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happened {
    /// A device has taken a seat, or observes.
    Joined(String),
    /// A seat was taken up again on another device.
    Again(String),
    /// A device is there again.
    Back(String),
    /// A device is not there any more.
    Away(String),
    /// A seat is free again.
    Freed(String),
    /// A latecomer has a seat that the story played.
    TakenOver(String),
    /// The story has a seat that a pupil had.
    HandedBack(String),
    Began,
    /// A seat has decided; so many times anybody in this group has.
    Decided(String, usize),
    /// The time of a seat's turn was over; so many times the game has gone on.
    Silent(String, usize),
    Ended(String),
    /// From here on what this group does is lost if the program ends.
    NotKept(String),
    /// A save tells what a person should know.
    Notice(String),
}

impl fmt::Display for ClassEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(group) = &self.group {
            write!(f, "{group}: ")?;
        }
        match &self.what {
            Happened::Joined(seat) => write!(f, "{seat} has come in."),
            Happened::Again(seat) => write!(f, "{seat} has been taken up again on another device."),
            Happened::Back(seat) => write!(f, "{seat} is here."),
            Happened::Away(seat) => write!(f, "{seat}: the device is away; the seat is kept."),
            Happened::Freed(seat) => write!(f, "{seat} is free."),
            Happened::TakenOver(seat) => write!(f, "a latecomer takes over from the story: {seat}."),
            Happened::HandedBack(seat) => write!(f, "from here on the story plays: {seat}."),
            Happened::Began => write!(f, "the game has begun."),
            Happened::Decided(seat, count) => write!(f, "{seat} has decided; {} so far.", counted(*count, "decision")),
            Happened::Silent(seat, count) => write!(f, "{seat} has not decided in time ({count})."),
            Happened::Ended(title) => write!(f, "the game is over: {title}."),
            Happened::NotKept(why) => write!(f, "FROM HERE ON THIS GAME IS NOT KEPT: {why}."),
            Happened::Notice(words) => write!(f, "{words}"),
        }
    }
}
