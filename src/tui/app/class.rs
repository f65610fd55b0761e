//! What a class does besides playing: the clock of a turn, a teacher's news and stop, votes.

use std::time::Duration;

use crate::engine::{Holder, Input};
use crate::record::{ClassCode, GROUPS, Line, result_code, vote};
use crate::story::SeatId;
use crate::tui::app::{App, Effect, Field, Screen, Typing};
use crate::view::says;

impl App<'_> {
    /// What is left of the turn on screen; `None` where it is not limited.
    #[must_use]
    pub fn time_left(&self) -> Option<Duration> {
        let decides = self.session.as_ref().is_some_and(|session| session.turn() == Some(self.seat));
        if decides { self.class.left(self.look.settings.turns) } else { None }
    }

    /// Whether the clock of a turn runs: behind the curtain no turn has begun, and at the desk it waits.
    pub(super) fn turn_runs(&self) -> bool {
        let votes = self.field.as_ref().is_some_and(|field| field.what == Typing::Vote);
        let away = self.screen() == Screen::Desk;
        self.screens.contains(&Screen::Night) && !self.curtain_hangs() && !away && !votes && self.time_left().is_some()
    }

    /// Time has gone by in a turn; where it is over, the night goes on without a decision.
    pub(super) fn turn_passes(&mut self, elapsed: Duration) -> Vec<Effect> {
        self.class.pass(elapsed);
        if self.time_left() != Some(Duration::ZERO) {
            return Vec::new();
        }
        let Some(scene) = self.session.as_ref().map(|session| session.state().scene) else { return Vec::new() };
        let Some(effects) = self.put_in(Input::Silence(scene)) else { return Vec::new() };
        self.open_night();
        self.notice = Some(says::TIME_OVER.to_owned());
        let seat = self.seat;
        self.change_seats();
        if self.seat != seat {
            self.notice = Some(says::TIME_OVER.to_owned());
        }
        effects
    }

    /// Puts an input into the night, and says what is to be written; `None` where the night refuses it.
    pub(super) fn put_in(&mut self, input: Input) -> Option<Vec<Effect>> {
        let session = self.session.as_mut()?;
        let line = Line::of(session, input);
        if let Err(refusal) = session.input(input) {
            self.notice = Some(says::fill(says::CANNOT_BE_DONE, &[("refusal", &refusal)]));
            return None;
        }
        let mut effects = vec![Effect::Write(Box::new(line))];
        if let Some(ending) = session.ending() {
            let id = self.story.endings[ending.index()].id.clone();
            effects.push(Effect::Write(Box::new(Line { ended: Some(id), ..Line::default() })));
        }
        Some(effects)
    }

    /// The news that have been brought into the night, by number.
    pub(in crate::tui) fn brought_in(&self) -> Vec<u16> {
        let news = |input: &Input| if let Input::Inject(at) = input { Some(*at) } else { None };
        self.session.iter().flat_map(|session| session.log().iter().filter_map(news)).collect()
    }

    pub(super) fn bring_in(&mut self, at: u16) -> Vec<Effect> {
        let Some(effects) = self.put_in(Input::Inject(at)) else { return Vec::new() };
        self.back();
        if self.screen() == Screen::Night {
            self.scroll = usize::MAX;
            self.settle_scroll();
        }
        let name = &self.story.injects[usize::from(at)].name;
        self.notice = Some(says::fill(says::BROUGHT_IN, &[("name", name)]));
        effects
    }

    pub(super) fn stop_here(&mut self) -> Vec<Effect> {
        let Some(effects) = self.put_in(Input::Freeze) else { return Vec::new() };
        self.open_night();
        self.motion.finish();
        effects
    }

    pub(super) fn set_turns(&mut self, seconds: u16) -> Vec<Effect> {
        self.class.seconds = seconds;
        vec![Effect::Write(Box::new(Line { turn: Some(seconds), ..Line::default() }))]
    }

    /// Asks how the class came to the decision it has just taken.
    pub(super) fn ask_vote(&mut self) {
        if self.class.asks_votes {
            self.motion.finish();
            self.field = Some(Field { what: Typing::Vote, text: String::new() });
        }
    }

    /// Keeps the votes that were typed, if they are votes.
    pub(super) fn voted(&mut self) -> Vec<Effect> {
        let typed = self.field.as_ref().map(|field| field.text.trim().to_owned()).unwrap_or_default();
        if typed.is_empty() {
            self.field = None;
            return Vec::new();
        }
        let Some(vote) = vote(&typed) else {
            self.notice = Some(says::fill(says::NO_VOTE, &[("groups", &GROUPS.join(", "))]));
            return Vec::new();
        };
        self.field = None;
        let Some(at) = self.session.as_ref().and_then(|session| session.log().len().checked_sub(1)) else {
            return Vec::new();
        };
        self.notice = Some(says::fill(says::VOTED, &[("vote", &vote)]));
        self.class.votes.retain(|(known, _)| *known != at);
        self.class.votes.push((at, vote.clone()));
        vec![Effect::Write(Box::new(Line { vote: Some(vote), ..Line::default() }))]
    }

    /// The class code and the result code of the night on screen.
    pub(in crate::tui) fn both_codes(&self) -> Option<(String, String)> {
        let session = self.session.as_ref()?;
        let person = |seat: &SeatId| session.holders()[seat.index()] == Holder::Person;
        let persons: Vec<SeatId> = self.story.seat_ids().filter(person).collect();
        let class = ClassCode::new(self.story, session.seed(), &persons).with_turns_of(self.class.seconds);
        Some((class.letters(), result_code(session)?))
    }
}
