//! What comes before the first page: what the story is, saved games, and which seat to take.

use std::io;
use std::path::PathBuf;

use crate::play::described;
use crate::story::{Seat, SeatId, Story};
use crate::text;
use crate::view::{Action, strings};

use super::lines::Lines;
use super::saves::{kept, list_saves, save_at};

/// How a game begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opening {
    /// A new one, at this seat.
    New(SeatId),
    /// A saved one goes on.
    Resume(PathBuf),
    /// Not at all.
    Leave,
}

/// Prints what the story says of itself and asks for a seat, unless `seat` is given or the story has one only. `name`
/// is how the story was asked for.
///
/// # Errors
/// If the output cannot be written or the input not be read.
pub fn begin(lines: &mut Lines<'_>, story: &Story, name: &str, seat: Option<SeatId>) -> io::Result<Opening> {
    lines.say(if story.title.is_empty() { strings::UNTITLED } else { &story.title })?;
    if !story.by.is_empty() {
        lines.say(&story.by)?;
    }
    for words in [&story.about, &story.notice].into_iter().filter(|words| !words.is_empty()) {
        lines.printer().gap()?;
        lines.printer().prose(words)?;
    }
    lines.printer().gap()?;
    lines.say(strings::PLAIN_HOW)?;
    let kept = kept(story, name);
    if let Some((number, save)) = (1..).zip(&kept).find(|(_, save)| save.ended.is_none() && save.decisions > 0) {
        let game = described(story, save);
        lines.say(&strings::fill(strings::PLAIN_UNFINISHED, &[("game", &game), ("number", &number)]))?;
    }
    let seat = seat.or((story.seats.len() == 1).then_some(SeatId::new(0)));
    match seat {
        Some(seat) => Ok(Opening::New(seat)),
        None => ask_seat(lines, story, name),
    }
}

impl Lines<'_> {
    /// Who a seat is, and what it is told before the game.
    ///
    /// # Errors
    /// If the output cannot be written.
    pub fn brief(&mut self, seat: &Seat) -> io::Result<()> {
        if seat.brief.is_empty() {
            return Ok(());
        }
        self.printer().gap()?;
        self.say(&format!("Your seat: {}", seat.full_label()))?;
        self.printer().gap()?;
        self.printer().prose(&seat.brief)
    }
}

fn ask_seat(lines: &mut Lines<'_>, story: &Story, name: &str) -> io::Result<Opening> {
    list_seats(lines, story)?;
    loop {
        let Some(line) = lines.read()? else { return Ok(Opening::Leave) };
        let by_number = line.trim_end_matches('.').parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let by_number = by_number.filter(|at| *at < story.seats.len()).map(SeatId::new);
        if let Some(seat) = by_number.or_else(|| story.seat_named(&line)) {
            return Ok(Opening::New(seat));
        }
        let said = Action::said(&line).or_else(|| Action::said_by_key(&line)).map(|word| (word, ""));
        match said.or_else(|| Action::said_with(&line)) {
            Some((Action::Quit, _)) => return Ok(Opening::Leave),
            Some((Action::Help, _)) => lines.say(strings::PLAIN_SEAT_HELP)?,
            Some((Action::Again | Action::Choices, _)) => list_seats(lines, story)?,
            Some((Action::Saves, "")) => list_saves(lines, story, name, None)?,
            Some((Action::Saves, number)) => match save_at(story, name, None, number) {
                Ok(save) => return Ok(Opening::Resume(save.path)),
                Err(why) => lines.say(&why)?,
            },
            Some(_) => lines.say(strings::PLAIN_SEAT_FIRST)?,
            None => lines.fits_nothing(&line, story.seats.len(), false)?,
        }
    }
}

fn list_seats(lines: &mut Lines<'_>, story: &Story) -> io::Result<()> {
    lines.printer().gap()?;
    lines.say(strings::PLAIN_WHICH_SEAT)?;
    for (at, seat) in story.seats.iter().enumerate() {
        let counts = if seat.counts.is_empty() { String::new() } else { format!(", who counts {}", seat.counts) };
        lines.say(&format!("{}. {}{}.", at + 1, seat.full_label(), text::plain(&counts)))?;
    }
    Ok(())
}
