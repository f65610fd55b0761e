use std::io;

use crate::engine::Pick;
use crate::play::{Command, Game};
use crate::record::{Journal, SaveLine};
use crate::story::MessageId;
use crate::teach::debrief;
use crate::text;
use crate::view::{Action, Ask, Offer, OfferAction, Turn, strings, view};

use super::lines::Lines;
use super::print::Printer;

/// A session being played line by line.
pub struct PlainGame<'g, 's> {
    pub game: Game<'s>,
    /// `None` if nothing can be kept; the player has been told.
    pub journal: Option<Journal>,
    pub lines: Lines<'g>,
    /// The story's name, for the saves of sessions that begin here.
    pub name: &'g str,
}

/// How the player left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlainExit {
    /// The session has ended.
    Ended,
    /// By a word, or because the input ended; the session can be resumed.
    Early,
    /// The story had no way on.
    Stuck,
}

/// How much is to be read out before the next answer.
enum Announce {
    Page,
    Ask,
    /// The next question about a message that is being put together.
    Facet,
    Nothing,
}

/// A message being put together, with what has been answered about it so far.
struct Composing {
    message: MessageId,
    answers: Vec<usize>,
}

/// What a line turned out to be.
enum LineAnswer {
    OfferAction(OfferAction),
    /// An answer about the message that is being put together, from 0.
    Facet(usize),
    /// A word that acts, and what followed it.
    Word(Action, String),
    /// The input has ended.
    Nothing,
}

/// Plays until the player leaves, or the session has ended and nothing more is asked of it.
///
/// # Errors
/// If the output cannot be written or the input not be read.
pub fn play(game: &mut PlainGame<'_, '_>) -> io::Result<PlainExit> {
    loop {
        let left = play_on(game)?;
        if left != PlainExit::Ended || !game.after()? {
            return Ok(left);
        }
    }
}

/// Plays one session.
fn play_on(game: &mut PlainGame<'_, '_>) -> io::Result<PlainExit> {
    let mut read = Announce::Page;
    let mut composing: Option<Composing> = None;
    loop {
        let page = view(game.game.session(), game.game.seat());
        let mut printer = game.lines.printer();
        match (std::mem::replace(&mut read, Announce::Nothing), page.ask()) {
            (Announce::Nothing, _) => {}
            (Announce::Ask, Some(ask)) => printer.ask(&page, ask)?,
            (Announce::Facet, Some(ask)) if composing.is_some() => {
                let asked = composing.as_ref().map_or(0, |composing| composing.answers.len());
                ask.facets.get(asked).map_or(Ok(()), |facet| printer.facet(facet))?;
            }
            (Announce::Page | Announce::Ask | Announce::Facet, _) => printer.page(&page)?,
        }
        let (ask, turn) = (page.ask().cloned(), page.turn());
        match turn {
            Turn::Over => {
                game.end()?;
                return Ok(PlainExit::Ended);
            }
            Turn::Another => return Ok(PlainExit::Stuck),
            Turn::Yours | Turn::Stuck => {}
        }
        let answer = match (&ask, &composing) {
            (Some(ask), Some(composing)) => game.facet(ask, composing.answers.len())?,
            (Some(ask), None) => game.answer(ask)?,
            (None, _) => game.only_words()?,
        };
        match answer {
            LineAnswer::OfferAction(OfferAction::Pick(pick)) => read = game.decide(pick)?,
            LineAnswer::OfferAction(OfferAction::Compose(message)) => {
                composing = Some(Composing { message, answers: Vec::new() });
                read = Announce::Facet;
            }
            LineAnswer::Facet(answer) => {
                composing.iter_mut().for_each(|composing| composing.answers.push(answer));
                read = Announce::Facet;
            }
            LineAnswer::Word(Action::Undo, _) if composing.is_some() => {
                game.say(strings::TAKEN_BACK)?;
                let answered = composing.as_mut().and_then(|composing| composing.answers.pop());
                read = if answered.is_some() { Announce::Facet } else { Announce::Ask };
                composing = composing.filter(|_| answered.is_some());
            }
            LineAnswer::Word(Action::Quit, _) | LineAnswer::Nothing => {
                game.leave()?;
                return Ok(if turn == Turn::Stuck { PlainExit::Stuck } else { PlainExit::Early });
            }
            LineAnswer::Word(Action::Choices, _) => {
                read = if composing.is_some() { Announce::Facet } else { Announce::Ask };
            }
            LineAnswer::Word(word, rest) => {
                let again = game.act(word, &rest)?;
                composing = composing.filter(|_| !again);
                read = if again { Announce::Page } else { Announce::Nothing };
            }
        }
        let whole = composing.as_ref().zip(ask.as_ref());
        if let Some(pick) = whole.and_then(|(composing, ask)| ask.composed(composing.message, &composing.answers)) {
            composing = None;
            read = game.decide(pick)?;
        }
    }
}

impl PlainGame<'_, '_> {
    pub(super) fn printer(&mut self) -> Printer<'_> {
        self.lines.printer()
    }

    pub(super) fn say(&mut self, text: &str) -> io::Result<()> {
        self.lines.say(text)
    }

    /// Carries a command out and writes it to the save; where it is refused the player is told why.
    pub(super) fn command(&mut self, command: Command) -> io::Result<bool> {
        match self.game.take(command) {
            Ok(done) => {
                done.lines.iter().try_for_each(|line| self.keep(line))?;
                Ok(true)
            }
            Err(why) => {
                self.say(&why.words())?;
                Ok(false)
            }
        }
    }

    /// Writes to the save; where that fails the player is told once and plays on.
    fn keep(&mut self, line: &SaveLine) -> io::Result<()> {
        let Some(journal) = &mut self.journal else { return Ok(()) };
        if let Err(trouble) = journal.line(line) {
            self.journal = None;
            self.say(&strings::fill(strings::PLAIN_NOT_KEPT_FROM_HERE, &[("trouble", &trouble)]))?;
        }
        Ok(())
    }

    fn only_words(&mut self) -> io::Result<LineAnswer> {
        loop {
            let Some(line) = self.lines.read()? else { return Ok(LineAnswer::Nothing) };
            match Action::said(&line).or_else(|| Action::said_by_key(&line)) {
                Some(word) => return Ok(LineAnswer::Word(word, String::new())),
                None => self.say(strings::PLAIN_NOTHING_TO_CHOOSE)?,
            }
        }
    }

    /// Takes a decision. What is to be read next.
    fn decide(&mut self, pick: Pick) -> io::Result<Announce> {
        let mark = matches!(pick, Pick::Line(_));
        Ok(match self.command(Command::Decide(pick))? {
            false => Announce::Nothing,
            // A mark on a sheet does not turn the page.
            true if mark => Announce::Ask,
            true => Announce::Page,
        })
    }

    fn answer(&mut self, ask: &Ask<'_>) -> io::Result<LineAnswer> {
        let open: Vec<Offer<'_>> = ask.offers().filter(|offer| offer.open).collect();
        let words: Vec<&str> = open.iter().map(|offer| offer.words()).collect();
        loop {
            let at = match self.number(&words, ask.standing().is_some())? {
                Number::Is(at) => at,
                Number::Word(word, rest) => return Ok(LineAnswer::Word(word, rest)),
                Number::Nothing => return Ok(LineAnswer::Nothing),
            };
            let take = match at {
                0 => ask.standing().map(|offer| offer.take),
                at => open.get(at - 1).map(|offer| offer.take),
            };
            if let Some(take) = take {
                return Ok(LineAnswer::OfferAction(take));
            }
        }
    }

    /// The answer to a question about the message that is being put together.
    fn facet(&mut self, ask: &Ask<'_>, asked: usize) -> io::Result<LineAnswer> {
        let words: Vec<&str> =
            ask.facets.get(asked).into_iter().flat_map(|facet| &facet.options).map(|option| option.words).collect();
        Ok(match self.number(&words, false)? {
            Number::Is(at) => LineAnswer::Facet(at - 1),
            Number::Word(word, rest) => LineAnswer::Word(word, rest),
            Number::Nothing => LineAnswer::Nothing,
        })
    }

    /// Asks until the answer is a number that fits, or the words of an offer, or a word that acts.
    fn number(&mut self, words: &[&str], standing: bool) -> io::Result<Number> {
        loop {
            let Some(line) = self.lines.read()? else { return Ok(Number::Nothing) };
            if let Some(word) = Action::said(&line) {
                return Ok(Number::Word(word, String::new()));
            }
            let number = line.trim_end_matches('.').parse::<usize>().ok();
            if let Some(at) = number.filter(|at| (1..=words.len()).contains(at) || (*at == 0 && standing)) {
                return Ok(Number::Is(at));
            }
            let said = |offer: &&str| {
                text::plain(offer).to_lowercase().trim_end_matches('.') == line.to_lowercase().trim_end_matches('.')
            };
            if let Some(at) = words.iter().position(said) {
                return Ok(Number::Is(at + 1));
            }
            if let Some((word, rest)) = Action::said_with(&line) {
                return Ok(Number::Word(word, rest.to_owned()));
            }
            if let Some(word) = Action::said_by_key(&line) {
                return Ok(Number::Word(word, String::new()));
            }
            self.lines.fits_nothing(&line, words.len(), standing)?;
        }
    }

    fn leave(&mut self) -> io::Result<()> {
        self.printer().gap()?;
        let line = match &self.journal {
            Some(journal) if journal.is_there() => {
                let path = text::quoted(&journal.path().display().to_string());
                strings::fill(strings::PLAIN_TO_GO_ON, &[("path", &path)])
            }
            Some(journal) => strings::fill(strings::KEPT_NO_LONGER, &[("path", &text::shown(journal.path()))]),
            None => strings::NOT_KEPT.to_owned(),
        };
        // Never broken into lines or put into other letters: it is to be copied.
        writeln!(self.lines.output, "{line}")
    }

    fn end(&mut self) -> io::Result<()> {
        let debrief = debrief(self.game.session(), self.game.seat());
        let title = debrief.ending.as_ref().map(|ending| ending.title.clone()).unwrap_or_default();
        self.printer().debrief(&debrief)?;
        self.printer().gap()?;
        let others = self.game.story().seats.len() > 1;
        let seats = strings::PLAIN_SEATS;
        self.say(&format!(
            "After the end these words act: {}`forks` lists your decisions, to play on from one; `help` has the rest, and `quit` leaves.",
            if others { seats } else { "" }
        ))?;
        writeln!(self.lines.output, "Ending: {}", self.lines.glyphs.shown(&title))
    }
}

enum Number {
    Is(usize),
    Word(Action, String),
    Nothing,
}
