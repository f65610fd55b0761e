use std::collections::HashMap;

use crate::engine::{Rules, State, Stop, leanings, options};
use crate::story::{SeatId, Story};

use super::run::chances;

/// True odds: every state of the story weighed with the chance that a session comes there.
#[derive(Debug, Clone, PartialEq)]
pub struct Exact {
    /// By ending.
    pub endings: Vec<f64>,
    pub stuck: f64,
    /// The chance that a session is still under way after all that was followed; below 10⁻⁹.
    pub rest: f64,
    /// Moments weighed, a state counted once for each number of decisions that lead there.
    pub moments: usize,
}

/// What is left of a session's chance when the weighing stops.
const LEAST: f64 = 1e-9;

/// Most numbers of states that are weighed: those of a large story are large.
const MOST_NUMBERS: usize = 200_000_000;

/// Weighs every session: a `seat` that decides at random as in [`super::simulate`], the story on all others.
/// `None` if more than `budget` moments would have to be weighed.
#[must_use]
pub fn exact(story: &Story, seat: Option<SeatId>, budget: usize, go_on: &mut dyn FnMut() -> bool) -> Option<Exact> {
    let rules = Rules { story };
    let size = story.vars.len() + story.onces.div_ceil(4) + story.scenes.len() * (1 + story.seats.len());
    let budget = budget.min(MOST_NUMBERS / size.max(1));
    let mut out = Exact { endings: vec![0.0; story.endings.len()], stuck: 0.0, rest: 0.0, moments: 0 };
    let mut state = State::new(story);
    let stop = rules.begin(&mut state, &mut ());
    state.clear_visits();
    let mut front: HashMap<(State, Stop), f64> = HashMap::from([((state, stop), 1.0)]);
    while !front.is_empty() {
        out.moments += front.len();
        if out.moments > budget || !go_on() {
            return None;
        }
        let mut next = HashMap::new();
        for ((state, stop), chance) in front {
            let mut add = |mut state: State, stop: Stop, chance: f64| {
                state.clear_visits();
                *next.entry((state, stop)).or_insert(0.0) += chance;
            };
            match stop {
                Stop::End(ending) => out.endings[ending.index()] += chance,
                Stop::Stuck => out.stuck += chance,
                Stop::Lot => {
                    let odds = rules.odds(&state);
                    let sum: f64 = odds.iter().map(|&odds| f64::from(odds)).sum();
                    for (way, &odds) in odds.iter().enumerate().filter(|(_, odds)| **odds > 0) {
                        let mut state = state.clone();
                        let stop = rules.roll(&mut state, way, &mut ());
                        add(state, stop, chance * f64::from(odds) / sum);
                    }
                }
                Stop::Decision(own) => {
                    let weighed = if seat == Some(own) {
                        let picks = options(story, &state).picks();
                        let chances = chances(&picks);
                        picks.into_iter().zip(chances).collect()
                    } else {
                        leanings(story, &state)
                    };
                    for (pick, share) in weighed.into_iter().filter(|(_, share)| *share > 0.0) {
                        let mut state = state.clone();
                        if let Ok(stop) = rules.decide(&mut state, pick, &mut ()) {
                            add(state, stop, chance * share);
                        }
                    }
                }
            }
        }
        front = next;
        out.rest = front.values().sum();
        if out.rest < LEAST {
            break;
        }
    }
    Some(out)
}
