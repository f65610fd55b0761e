//! What a class does besides playing: the clock of a turn, a teacher's news and stop, votes.

use std::time::Duration;

use crate::engine::Input;
use crate::play::{Command, Game};
use crate::record::{ClassCode, result_code};
use crate::story::SeatId;
use crate::tui::app::{App, AppEffect, Screen};
use crate::tui::text_input::{InputPurpose, TextInput};
use crate::view::strings;

impl App<'_> {
    /// What is left of the turn on screen; `None` where it is not limited.
    #[must_use]
    pub fn time_left(&self) -> Option<Duration> {
        let decides = self.session().is_some_and(|session| session.turn() == Some(self.seat()));
        if decides { self.class.left(self.display.settings.turns) } else { None }
    }

    /// Whether the clock of a turn runs: behind the curtain no turn has begun, and at the desk it waits.
    pub(super) fn turn_runs(&self) -> bool {
        let votes = self.field.as_ref().is_some_and(|field| field.what == InputPurpose::Vote);
        let away = self.screen() == Screen::Teacher;
        self.screens.contains(&Screen::Game)
            && !self.game().is_some_and(Game::curtain_hangs)
            && !away
            && !votes
            && self.time_left().is_some()
    }

    /// Time has gone by in a turn; where it is over, the session goes on without a decision.
    pub(super) fn turn_passes(&mut self, elapsed: Duration) -> Vec<AppEffect> {
        self.class.pass(elapsed);
        if self.time_left() != Some(Duration::ZERO) {
            return Vec::new();
        }
        let Some(done) = self.command(Command::Silence) else { return Vec::new() };
        self.open_game();
        let effects = self.after(done);
        self.notice = Some(strings::TIME_OVER.to_owned());
        effects
    }

    /// The news that have been brought into the session, by number.
    pub(in crate::tui) fn brought_in(&self) -> Vec<u16> {
        let news = |input: &Input| if let Input::Inject(at) = input { Some(*at) } else { None };
        self.session().into_iter().flat_map(|session| session.log().iter().filter_map(news)).collect()
    }

    pub(super) fn bring_in(&mut self, at: u16) -> Vec<AppEffect> {
        let Some(done) = self.command(Command::Inject(at)) else { return Vec::new() };
        let effects = self.after(done);
        self.back();
        if self.screen() == Screen::Game {
            self.scroll = usize::MAX;
            self.settle_scroll();
        }
        let name = &self.story.injects[usize::from(at)].name;
        self.notice = Some(strings::fill(strings::BROUGHT_IN, &[("name", name)]));
        effects
    }

    pub(super) fn stop_here(&mut self) -> Vec<AppEffect> {
        let Some(done) = self.command(Command::Freeze) else { return Vec::new() };
        let effects = self.after(done);
        self.open_game();
        self.motion.finish();
        effects
    }

    pub(super) fn set_turns(&mut self, seconds: u16) -> Vec<AppEffect> {
        self.class.seconds = seconds;
        self.command(Command::Turn(seconds)).map(|done| self.after(done)).unwrap_or_default()
    }

    /// Asks how the class came to the decision it has just taken.
    pub(super) fn ask_vote(&mut self) {
        if self.class.asks_votes {
            self.motion.finish();
            self.field = Some(TextInput::new(InputPurpose::Vote));
        }
    }

    /// Keeps the votes that were typed, if they are votes.
    pub(super) fn voted(&mut self) -> Vec<AppEffect> {
        let typed = self.field.as_ref().map(|field| field.text().trim().to_owned()).unwrap_or_default();
        if typed.is_empty() {
            self.field = None;
            return Vec::new();
        }
        let Some(done) = self.command(Command::Vote(typed)) else { return Vec::new() };
        self.field = None;
        let vote = self.game().and_then(|game| game.votes().last()).map(|(_, vote)| vote.clone()).unwrap_or_default();
        self.notice = Some(strings::fill(strings::VOTED, &[("vote", &vote)]));
        self.after(done)
    }

    /// The class code and the result code of the session on screen.
    pub(in crate::tui) fn both_codes(&self) -> Option<(String, String)> {
        let session = self.session()?;
        let persons: Vec<SeatId> = self.story.seat_ids().filter(|seat| session.was_persons(*seat)).collect();
        let class = ClassCode::new(self.story, session.seed(), &persons)?.with_turns_of(self.class.seconds);
        Some((class.letters(), result_code(session)?))
    }
}
