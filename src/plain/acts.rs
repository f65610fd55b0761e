//! What the words of the plain face do.

use std::io;

use crate::play::{Command, Game};
use crate::record::{Journal, begin_another, settings_file};
use crate::story::SeatId;
use crate::teach::debrief;
use crate::text;
use crate::view::{ACTIONS, Action, ActionSpec, strings, view};

use super::play::PlainGame;
use super::print::status;
use super::saves::{list_saves, resume, save_at};

impl<'s> PlainGame<'_, 's> {
    /// Does what a word says. `true` if the page is to be read again.
    pub(super) fn act(&mut self, word: Action, rest: &str) -> io::Result<bool> {
        match word {
            Action::Again => return Ok(true),
            Action::Undo => {
                let done = self.command(Command::Undo)?;
                if done {
                    self.say(strings::TAKEN_BACK)?;
                }
                return Ok(done);
            }
            Action::Redo => {
                let done = self.command(Command::Redo)?;
                if done {
                    self.say(strings::DONE_AGAIN)?;
                }
                return Ok(done);
            }
            Action::History => self.tell(self.game.seat())?,
            Action::Search => self.search(rest)?,
            Action::Record => {
                let game = self.game.clone();
                let blocks: Vec<_> = game.session().page(game.seat()).collect();
                self.printer().record(game.story(), &blocks)?;
            }
            Action::Status => {
                let page = view(self.game.session(), self.game.seat());
                let line = status(&page).unwrap_or_else(|| strings::NOTHING_TO_REPORT.to_owned());
                self.say(&line)?;
            }
            Action::Why => {
                let page = view(self.game.session(), self.game.seat());
                let locked = page.ask().map(|ask| ask.locked()).unwrap_or_default();
                if locked.is_empty() {
                    self.say(strings::ALL_OPEN)?;
                }
                locked.iter().try_for_each(|line| self.say(line))?;
            }
            Action::Forks => return self.forks(rest),
            Action::Saves => return self.saves(rest),
            Action::Name => self.name(rest)?,
            Action::Save => {
                let line = match &self.journal {
                    Some(journal) => {
                        let said = if journal.is_there() { strings::KEPT_IN } else { strings::KEPT_NO_LONGER };
                        strings::fill(said, &[("path", &text::shown(journal.path()))])
                    }
                    None => strings::NOT_KEPT.to_owned(),
                };
                self.say(&line)?;
            }
            Action::Settings => {
                let line = match settings_file() {
                    Some(file) => format!(
                        "Settings are kept in {}; `hallway settings` tells what can be set there.",
                        text::shown(&file)
                    ),
                    None => strings::NO_HOME_SETTINGS.to_owned(),
                };
                self.say(&line)?;
            }
            Action::Debrief | Action::ScrollDown | Action::Other | Action::Same if !self.game.is_over() => {
                self.say(strings::ONLY_AFTER)?;
            }
            Action::Debrief => {
                let debrief = debrief(self.game.session(), self.game.seat());
                self.printer().debrief(&debrief)?;
            }
            Action::ScrollDown => {
                let debrief = debrief(self.game.session(), self.game.seat());
                self.printer().known(&debrief, rest)?;
            }
            Action::Other => {
                if let Some(seat) = self.other_seat(rest)? {
                    self.tell(seat)?;
                }
            }
            Action::Same => {
                if let Some(seat) = self.other_seat(rest)? {
                    let game = self.game.from_seat(seat);
                    self.go_on_with(game)?;
                    return Ok(true);
                }
            }
            Action::Silence => return self.command(Command::Silence),
            Action::Freeze => return self.command(Command::Freeze),
            Action::News => return self.news(rest),
            Action::Help => {
                self.say(strings::PLAIN_HELP)?;
                let words = || ACTIONS.iter().filter(|spec| spec.word.is_some());
                let of = |spec: &ActionSpec, group: &str| spec.help.starts_with(group);
                let (after, writers) = (strings::AFTER_THE_END, strings::FOR_WRITERS);
                for spec in words().filter(|spec| !of(spec, after) && !of(spec, writers)) {
                    self.say(&told(spec, spec.help))?;
                }
                for group in [after, writers] {
                    self.printer().gap()?;
                    self.say(group)?;
                    for spec in words().filter(|spec| of(spec, group)) {
                        self.say(&told(spec, spec.help[group.len()..].trim_start()))?;
                    }
                }
            }
            _ => {}
        }
        Ok(false)
    }

    /// Words after the end. `true` if a session goes on.
    pub(super) fn after(&mut self) -> io::Result<bool> {
        // Whoever sends numbers without end is no reader.
        let mut unanswered = 0;
        while unanswered < 1000 {
            let Some(line) = self.lines.read()? else { return Ok(false) };
            let said = Action::said(&line).or_else(|| Action::said_by_key(&line)).map(|word| (word, ""));
            match said.or_else(|| Action::said_with(&line)) {
                Some((Action::Quit, _)) => return Ok(false),
                Some((word, rest)) => {
                    if self.act(word, rest)? && !self.game.is_over() {
                        return Ok(true);
                    }
                }
                // A number too many is no harm: what answers nothing is not answered.
                None if line.parse::<usize>().is_ok() || line.is_empty() => unanswered += 1,
                None => self.say(strings::PLAIN_OVER)?,
            }
        }
        Ok(false)
    }

    /// All that a seat has perceived and chosen.
    fn tell(&mut self, seat: SeatId) -> io::Result<()> {
        let whole = self.game.session().full_history(seat);
        for block in whole.page(seat) {
            self.printer().gap()?;
            self.printer().block(block)?;
        }
        Ok(())
    }

    fn search(&mut self, wanted: &str) -> io::Result<()> {
        let wanted = wanted.to_lowercase();
        if wanted.is_empty() {
            return self.say(strings::PLAIN_SEARCH);
        }
        let seat = self.game.seat();
        let whole = self.game.session().full_history(seat);
        let mut found = 0;
        for paragraph in whole.page(seat).flat_map(|block| block.text.split("\n\n")) {
            let words = text::plain(paragraph);
            if words.to_lowercase().contains(&wanted) {
                found += 1;
                self.printer().gap()?;
                self.say(&words)?;
            }
        }
        if found == 0 { self.say(&strings::fill(strings::PLAIN_NOWHERE, &[("wanted", &wanted)])) } else { Ok(()) }
    }

    /// Lists the decisions of the session, or plays on from one of them.
    fn forks(&mut self, which: &str) -> io::Result<bool> {
        let decisions = self.game.decisions();
        if let Ok(number) = which.parse::<usize>() {
            let Some(decision) = number.checked_sub(1).and_then(|at| decisions.get(at)) else {
                self.say(&strings::fill(strings::PLAIN_NO_DECISION, &[("number", &number)]))?;
                return Ok(false);
            };
            let game = self.game.fork(decision.at);
            self.go_on_with(game)?;
            return Ok(true);
        }
        if decisions.is_empty() {
            self.say(strings::NOTHING_DECIDED)?;
            return Ok(false);
        }
        for (number, decision) in decisions.iter().enumerate() {
            self.say(&format!("{}. {}", number + 1, decision.words))?;
        }
        self.say(strings::PLAIN_FORKS)?;
        Ok(false)
    }

    /// Another game from here on, with a save of its own.
    fn go_on_with(&mut self, game: Game<'s>) -> io::Result<()> {
        self.game = game;
        self.journal = match begin_another(self.journal.as_ref(), self.name, self.game.session()) {
            Ok(journal) => Some(journal),
            Err(why) => {
                self.say(&strings::fill(strings::PLAIN_NOT_KEPT, &[("why", &why)]))?;
                None
            }
        };
        self.say(strings::PLAIN_FORKED)
    }

    /// Lists the saved games, or goes on with one of them. `true` if a page is to be read.
    fn saves(&mut self, number: &str) -> io::Result<bool> {
        let (story, name) = (self.game.story(), self.name);
        let playing = self.journal.as_ref().map(Journal::path);
        if number.is_empty() {
            list_saves(&mut self.lines, story, name, playing)?;
            return Ok(false);
        }
        match save_at(story, name, playing, number).and_then(|save| resume(&save.path, story, name)) {
            Ok((game, journal, notices)) => {
                if self.journal.is_some() {
                    self.say(strings::PLAIN_OTHER_SAVED)?;
                }
                notices.iter().try_for_each(|notice| self.say(notice))?;
                (self.game, self.journal) = (game, Some(journal));
                Ok(true)
            }
            Err(why) => {
                self.say(&why)?;
                Ok(false)
            }
        }
    }

    /// Brings in the news of this name, or lists what there is. `true` if the page is to be read again.
    fn news(&mut self, name: &str) -> io::Result<bool> {
        let injects = &self.game.story().injects;
        let wanted = name.to_lowercase();
        let found = (0..).zip(injects).find(|(_, inject)| inject.name.to_lowercase() == wanted);
        if let Some((at, _)) = found {
            return self.command(Command::Inject(at));
        }
        let names: Vec<&str> = injects.iter().map(|inject| inject.name.as_str()).collect();
        self.say(&match names.as_slice() {
            [] => strings::PLAIN_NO_NEWS.to_owned(),
            names => strings::fill(strings::PLAIN_NEWS, &[("names", &names.join("; "))]),
        })?;
        Ok(false)
    }

    fn name(&mut self, name: &str) -> io::Result<()> {
        if self.command(Command::Name(name.to_owned()))? {
            self.say(&strings::fill(strings::NAMED, &[("name", &text::clean_line(name.trim()))]))?;
        }
        Ok(())
    }

    /// The seat that a person means; the one other seat where there is only one.
    fn other_seat(&mut self, said: &str) -> io::Result<Option<SeatId>> {
        let story = self.game.story();
        let others: Vec<SeatId> = story.seat_ids().filter(|seat| *seat != self.game.seat()).collect();
        let label = |seat: &SeatId| story.seats[seat.index()].label().trim_start_matches("The ").to_lowercase();
        let named = story.seat_named(said);
        match (named.filter(|seat| others.contains(seat)), others.as_slice()) {
            (Some(seat), _) => Ok(Some(seat)),
            (None, [only]) => Ok(Some(*only)),
            _ => {
                let ids: Vec<String> = others.iter().map(label).collect();
                self.say(&format!("Which seat? Say one of: {}.", ids.join(", ")))?;
                Ok(None)
            }
        }
    }
}

/// A word and what it does. A number after one is for what the word alone has listed.
fn told(spec: &ActionSpec, help: &str) -> String {
    let name = spec.name;
    let said = match spec.word.unwrap_or_default() {
        "" => name.to_owned(),
        "NUMBER" => format!("{name}, or {name} NUMBER"),
        follows => format!("{name} {follows}"),
    };
    format!("{said}: {}", text::lower_first(help))
}
