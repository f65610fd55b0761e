//! How the story ends a stretch of its own decisions that has gone on for long: by the shortest way out of the cycle it
//! is in.

use std::collections::HashSet;
use std::rc::Rc;

use crate::story::{Cycles, SeatId, Story};

use super::leaning::leanings;
use super::pick::Pick;
use super::rules::{Observer, Rules, Stop};
use super::state::State;

/// What happens without a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AutoStep {
    /// The story decides.
    Pick(Pick),
    /// A lot falls on the way with this index.
    Way(usize),
}

/// The most work that is done between two inputs to find the way out, in units of [`search_cost`].
pub const SEARCH_LIMIT: usize = 20_000_000;

/// Returns the cost of looking at a state that was reached by entering this many scenes: about the size of the state,
/// in 16-bit values.
#[must_use]
pub fn search_cost(story: &Story, scenes: usize) -> usize {
    story.vars.len() + story.onces / 16 + 16 * (scenes + 1)
}

/// What the story does next, where it looks for its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// This, which is on the shortest way out.
    Take(AutoStep),
    /// What it leans to: it is in no cycle, or there are too many states to look at.
    Lean,
    /// Nothing: no way leads out.
    Nothing,
}

/// Finds the shortest way out of a cycle for the story.
///
/// A session by itself goes from cycle to cycle (scenes that lead back to each other) and ends. Within a cycle every
/// state is looked at, the nearest first, until one is found from which the cycle is left; states that differ in
/// nothing that decides are one. The proof knows how many a cycle can have, and says where they may be too many.
#[derive(Debug, Default)]
pub(super) struct WayOut {
    known: Option<StoryFacts>,
    searched: usize,
    /// What is still to be done, the next at the end.
    ahead: Vec<AutoStep>,
}

/// What is known of the story once it is asked for.
#[derive(Debug)]
struct StoryFacts {
    cycles: Cycles,
    /// By variable, whether it decides anything.
    deciding: Vec<bool>,
}

/// A state that has been found, and what led there from which.
struct SearchNode {
    state: Rc<State>,
    stop: Stop,
    from: usize,
    by: AutoStep,
}

impl WayOut {
    /// What happens next on the shortest way out. `asked` says whether a person decides for a seat.
    pub fn next(&mut self, story: &Story, state: &State, stop: Stop, asked: &dyn Fn(SeatId) -> bool) -> Next {
        if let Some(turn) = self.ahead.pop() {
            return Next::Take(turn);
        }
        let learn = || StoryFacts { cycles: story.cycles_alone(), deciding: story.deciding() };
        let known = self.known.take().unwrap_or_else(learn);
        let next = if known.cycles.goes_round(state.scene) && self.searched <= SEARCH_LIMIT {
            self.search(story, &known, (state, stop), asked)
        } else {
            Next::Lean
        };
        self.known = Some(known);
        next
    }

    fn search(
        &mut self,
        story: &Story,
        StoryFacts { cycles, deciding }: &StoryFacts,
        (from, stop): (&State, Stop),
        asked: &dyn Fn(SeatId) -> bool,
    ) -> Next {
        let rules = Rules { story };
        let here = cycles.of(from.scene);
        let mut first = from.clone();
        first.forget_but(deciding);
        let first = Rc::new(first);
        let mut known = HashSet::from([Rc::clone(&first)]);
        let mut found = vec![SearchNode { state: first, stop, from: 0, by: AutoStep::Way(0) }];
        let mut at = 0;
        while at < found.len() {
            for by in auto_steps(story, &found[at]) {
                let mut state = State::clone(&found[at].state);
                let mut entered = Entered(0);
                let stop = match by {
                    AutoStep::Pick(pick) => rules.decide(&mut state, pick, &mut entered).unwrap_or(Stop::Stuck),
                    AutoStep::Way(way) => rules.roll(&mut state, way, &mut entered),
                };
                self.searched = self.searched.saturating_add(search_cost(story, entered.0));
                let out = match stop {
                    Stop::End(_) => true,
                    Stop::Decision(seat) if asked(seat) => true,
                    Stop::Decision(_) | Stop::Lot => cycles.of(state.scene) != here,
                    Stop::Stuck => continue,
                };
                if out {
                    self.ahead = way_back(&found, at, by);
                    return self.ahead.pop().map_or(Next::Lean, Next::Take);
                }
                if self.searched > SEARCH_LIMIT {
                    return Next::Lean;
                }
                state.forget_but(deciding);
                let state = Rc::new(state);
                if known.insert(Rc::clone(&state)) {
                    found.push(SearchNode { state, stop, from: at, by });
                }
            }
            at += 1;
        }
        Next::Nothing
    }
}

/// What may happen by itself in a state.
fn auto_steps(story: &Story, found: &SearchNode) -> Vec<AutoStep> {
    match found.stop {
        Stop::Decision(_) => {
            let may = leanings(story, &found.state).into_iter().filter(|(_, chance)| *chance > 0.0);
            may.map(|(pick, _)| AutoStep::Pick(pick)).collect()
        }
        Stop::Lot => {
            let odds = Rules { story }.odds(&found.state);
            (0..odds.len()).filter(|way| odds[*way] > 0).map(AutoStep::Way).collect()
        }
        Stop::End(_) | Stop::Stuck => Vec::new(),
    }
}

/// Returns the steps that led to a state, and then `last`; the first step is at the end.
fn way_back(found: &[SearchNode], mut at: usize, last: AutoStep) -> Vec<AutoStep> {
    let mut way = vec![last];
    while at != 0 {
        way.push(found[at].by);
        at = found[at].from;
    }
    way
}

/// Counts the scenes that are entered.
struct Entered(usize);

impl Observer for Entered {
    fn entered(&mut self, _: &State) {
        self.0 += 1;
    }
}
