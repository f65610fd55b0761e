//! What happens where no person decides: lots, seats held by the story or by a log, and silence.

use crate::story::{SceneKind, SeatId, Silence, SilenceOutcome};

use super::super::input::{By, Holder, Step};
use super::super::leaning::leaning;
use super::super::options::is_open;
use super::super::pick::{Pick, Refusal};
use super::super::random::{draw, weighted};
use super::super::rules::{Rules, Stop};
use super::super::way_out::{AutoStep, Next, WayOut};
use super::Session;

/// After so many lots and decisions of its own in a row the story takes the shortest way on.
const LEANS: usize = 1_000;

/// Most scenes that a session may enter for one input; a story in which it enters more is at fault, and its proof
/// finds it.
pub const LONGEST_STRETCH: usize = 100_000;

/// What happens between two inputs.
#[derive(Default)]
struct Stretch {
    /// Lots, and decisions that no person made.
    auto_steps: usize,
    way_out: WayOut,
}

impl<'s> Session<'s> {
    /// Plays on where no person is asked: lots, and seats held by the story or by a log.
    #[inline]
    pub(super) fn autoplay(&mut self) {
        if !self.waits() {
            self.go_on();
        }
        if !self.recorder.trail.passings.is_empty() {
            self.recorder.trail.corrections(self.story, &self.state);
        }
    }

    /// Whether it is a person's turn, or nobody's any more.
    fn waits(&self) -> bool {
        match self.stop {
            Stop::Decision(seat) => self.is_asked(seat),
            Stop::Lot => false,
            Stop::End(_) | Stop::Stuck => true,
        }
    }

    pub(super) fn is_asked(&self, seat: SeatId) -> bool {
        matches!(self.holders[seat.index()], Holder::Person)
    }

    #[inline(never)]
    fn go_on(&mut self) {
        let mut stretch = Stretch::default();
        while !self.waits() {
            self.stop =
                if self.recorder.entered < LONGEST_STRETCH { self.turn_alone(&mut stretch) } else { Stop::Stuck };
        }
    }

    /// A lot, or the decision of a seat that no person holds.
    fn turn_alone(&mut self, stretch: &mut Stretch) -> Stop {
        stretch.auto_steps += 1;
        if stretch.auto_steps > LEANS || self.recorder.entered > LONGEST_STRETCH / 2 {
            let asked = |seat| self.is_asked(seat);
            match (stretch.way_out.next(self.story, &self.state, self.stop, &asked), self.stop) {
                (Next::Take(AutoStep::Pick(pick)), Stop::Decision(seat)) => {
                    return self.decide_for(seat, pick, By::Story).unwrap_or(Stop::Stuck);
                }
                (Next::Take(AutoStep::Way(way)), Stop::Lot) => {
                    return Rules { story: self.story }.roll(&mut self.state, way, &mut self.recorder);
                }
                (Next::Nothing, _) => return Stop::Stuck,
                _ => {}
            }
        }
        let Stop::Decision(seat) = self.stop else { return self.lot() };
        let (pick, by) = self.autopick(seat);
        pick.and_then(|pick| self.decide_for(seat, pick, by).ok()).unwrap_or(Stop::Stuck)
    }

    pub(super) fn decide_for(&mut self, seat: SeatId, pick: Pick, by: By) -> Result<Stop, Refusal> {
        let scene = self.state.scene;
        let stop = Rules { story: self.story }.decide(&mut self.state, pick, &mut self.recorder)?;
        self.auto_steps.push((self.log.len(), Step { scene, seat, pick, by }));
        Ok(stop)
    }

    fn lot(&mut self) -> Stop {
        let rules = Rules { story: self.story };
        let scene = self.state.scene;
        let odds = rules.odds(&self.state);
        let forced = self
            .forced
            .iter()
            .position(|(at, way)| *at == scene && odds.get(usize::from(*way)).is_some_and(|&o| o > 0));
        let way = match forced {
            Some(at) => Some(usize::from(self.forced.remove(at).1)),
            None => weighted(&odds, |bound| self.draw("lot", bound)),
        };
        match way {
            Some(way) => rules.roll(&mut self.state, way, &mut self.recorder),
            None => Stop::Stuck,
        }
    }

    fn draw(&self, purpose: &str, bound: u32) -> u32 {
        let scene = self.state.scene;
        draw(self.seed, &self.story.scene(scene).id, self.state.visits(scene), purpose, bound)
    }

    /// What the story or a log decides for a seat.
    fn autopick(&mut self, seat: SeatId) -> (Option<Pick>, By) {
        let scene = self.state.scene;
        if let Holder::Log(log) = &self.holders[seat.index()] {
            let used = &mut self.used[seat.index()];
            let next = log.iter().zip(used.iter()).position(|((at, _), used)| *at == scene && !used);
            if let Some(next) = next {
                used[next] = true;
                let pick = log[next].1;
                if is_open(self.story, &self.state, pick).is_ok() {
                    return (Some(pick), By::Log);
                }
            }
        }
        (leaning(self.story, &self.state, self.seed), By::Story)
    }

    /// What a silence counts as now: what the story says, if that is open, else what it leans
    /// to; with the story's words for it.
    pub(super) fn silence(&self) -> Option<(Pick, &'s str)> {
        let SceneKind::Decide(decision) = &self.story.scene(self.state.scene).kind else { return None };
        let pick = |silence: &Silence| match silence.take {
            SilenceOutcome::Choice(at) => Pick::Choice(at),
            SilenceOutcome::Treatment(id) => Pick::Treat(id),
            SilenceOutcome::Handling(id) => Pick::Handle(id),
        };
        let written = decision.silence.as_ref().map(|silence| (pick(silence), silence.text.as_str()));
        written
            .filter(|(pick, _)| is_open(self.story, &self.state, *pick).is_ok())
            .or_else(|| leaning(self.story, &self.state, self.seed).map(|pick| (pick, "")))
    }
}
