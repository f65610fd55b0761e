use std::io::{self, IsTerminal, Write};

use crate::author::{parse_assignment, scene_named};
use crate::engine::{Holder, Input, Session};
use crate::plain::{self, Lines, Opening, PlainExit, PlainGame};
use crate::play::Game;
use crate::record::{ClassCode, Journal, begin, holds_session, replay_group, story_of};
use crate::story::{SeatId, Story};

use crate::text;
use crate::view::strings;

use super::arguments::PlayArgs;
use super::class::story_of_code;
use super::error::{CliError, Outcome};
use super::output::{err, out, page, takes_a_screen};
use super::seed::fresh_seed;
use super::stories::{LoadedStory, load_story, seat_named};

/// Plays a story. `title` opens the title screen where there is a terminal for it.
pub(super) fn run(arguments: &PlayArgs, title: bool) -> Outcome {
    let existing = arguments.save.as_deref().filter(|path| holds_session(path));
    let class = arguments.code.as_deref().map(ClassCode::read).transpose().map_err(CliError::usage)?;
    let LoadedStory { name, story, .. } = match (&class, &arguments.story, existing) {
        (Some(class), story, _) => story_of_code(story.as_deref(), class)?,
        (None, None, Some(save)) => load_story(Some(&story_of(save).map_err(CliError::usage)?))?,
        (None, story, _) => load_story(story.as_deref())?,
    };
    let story = &story;
    let seat = seat_named(story, arguments.role.as_deref())?;
    let mut ahead = inputs_ahead(story, &arguments.set, arguments.from.as_deref()).map_err(CliError::usage)?;
    let played = match (&arguments.result, &class) {
        (Some(result), Some(class)) => Some(replay_group(result, class, story).map_err(CliError::usage)?),
        _ => None,
    };
    ahead.extend_from_slice(played.as_ref().map_or(&[], Session::log));
    let turn = arguments.turn.or_else(|| class.map(|class| class.turn_seconds())).unwrap_or_default();
    let persons: Vec<SeatId> = match (&played, &class) {
        // A group of the class that was short has its own seats.
        (Some(played), _) => story.seat_ids().filter(|seat| played.holders()[seat.index()] == Holder::Person).collect(),
        (None, Some(class)) => story.seat_ids().filter(|seat| class.persons & (1 << seat.index()) != 0).collect(),
        (None, None) if arguments.hotseat || arguments.class => story.seat_ids().collect(),
        (None, None) => Vec::new(),
    };
    let seat = if persons.len() == 1 { persons.first().copied() } else { seat };
    // Who begins in the middle wants to be there: whoever decides there plays, where nobody else is named.
    let there = ahead.iter().rev().find_map(|input| if let Input::Jump(scene) = input { Some(*scene) } else { None });
    let there = there.filter(|_| persons.is_empty()).map(|scene| story.scene(scene).seat.unwrap_or(SeatId::new(0)));
    let seat = seat.or(there);
    let seed = class.map(|class| u64::from(class.seed)).or(arguments.seed);
    let start = PlayStart { name: &name, story, seat, seed, persons, turn, ahead, arguments };
    if wants_plain(arguments) && start.persons.len() > 1 {
        return Err(CliError::usage(strings::PLAIN_TOGETHER));
    }
    if wants_plain(arguments) { start.plain() } else { start.full_screen(title) }
}

/// Plain where asked for, where a reader is at the other end, or where there is no terminal to draw on.
fn wants_plain(arguments: &PlayArgs) -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    arguments.plain || set("ACCESSIBLE") || !takes_a_screen()
}

struct PlayStart<'a, 's> {
    name: &'a str,
    story: &'s Story,
    seat: Option<SeatId>,
    seed: Option<u64>,
    /// Who shares the keyboard, where several do.
    persons: Vec<SeatId>,
    /// Seconds for each turn; 0 is no limit.
    turn: u16,
    /// `--from` and `--set`, and the inputs of a result.
    ahead: Vec<Input>,
    arguments: &'a PlayArgs,
}

impl<'s> PlayStart<'_, 's> {
    fn seed(&self) -> u64 {
        self.seed.unwrap_or_else(fresh_seed)
    }

    fn plain(self) -> Outcome {
        let stdin = io::stdin();
        let mut input = stdin.lock();
        let mut output = page();
        let columns = io::stdout().is_terminal().then(|| crate::tui::columns().clamp(20, 78));
        let mut lines = Lines { input: &mut input, output: &mut output, columns, glyphs: crate::tui::glyphs() };
        let existing = self.arguments.save.as_deref().filter(|path| holds_session(path));
        let opening = match existing {
            Some(path) => Opening::Resume(path.to_owned()),
            None => plain::begin(&mut lines, self.story, self.name, self.seat)?,
        };
        let (game, journal) = match opening {
            Opening::Leave => return Ok(0),
            Opening::Resume(path) => {
                let (game, journal, notices) = plain::resume(&path, self.story, self.name).map_err(CliError::usage)?;
                notices.iter().try_for_each(|notice| writeln!(lines.output, "{notice}"))?;
                (game, Some(journal))
            }
            Opening::New(seat) => {
                let game = Game::new(self.story, self.seed(), &[seat], self.ahead.clone());
                lines.brief(&self.story.seats[seat.index()])?;
                let journal = match begin(self.arguments.save.as_deref(), self.name, game.session()) {
                    Ok(journal) => Some(journal),
                    Err(why) => {
                        writeln!(lines.output, "\nThis game is not saved: {why}.")?;
                        None
                    }
                };
                (game, journal)
            }
        };
        if journal.is_some() {
            let line = strings::fill(strings::PLAIN_INTERRUPTED, &[("story", &text::quoted(self.name))]);
            // Where there is nobody left to tell, the program ends all the same.
            crate::tui::before_interruption(move || drop(writeln!(err(), "\n{line}")));
        }
        let mut game = PlainGame { game, journal, lines, name: self.name };
        Ok(match plain::play(&mut game)? {
            PlainExit::Ended | PlainExit::Early => 0,
            PlainExit::Stuck => 1,
        })
    }

    fn full_screen(self, title: bool) -> Outcome {
        let existing = self.arguments.save.as_deref().filter(|path| holds_session(path));
        let resumed = existing.map(|path| Journal::resume(path, self.story, self.name)).transpose();
        let resumed = resumed.map_err(CliError::usage)?;
        let start = crate::tui::AppStart {
            story: self.story,
            name: self.name.to_owned(),
            seat: self.seat,
            seed: self.seed,
            fresh_seed,
            save: self.arguments.save.clone(),
            ahead: self.ahead,
            title: title || resumed.is_some() || (self.seat.is_none() && self.persons.len() < 2),
            together: self.persons,
            turn: self.turn,
            votes: self.arguments.class,
            projector: self.arguments.projector,
            panic: self.arguments.panic,
        };
        let crate::tui::RunResult { code, words } = crate::tui::run(start, resumed)?;
        if let Some(words) = words {
            writeln!(out(), "{words}")?;
        }
        Ok(code)
    }
}

/// `--from` and `--set` as inputs.
pub(super) fn inputs_ahead(story: &Story, set: &[String], from: Option<&str>) -> Result<Vec<Input>, String> {
    let set = set.iter().map(|words| parse_assignment(story, words));
    let from = from.map(|id| scene_named(story, id).map(Input::Jump));
    set.chain(from).collect()
}
