//! Random sessions, and what they were like.

mod consequences;
mod odds;
mod reach;
mod run;
mod tally;

use serde::Serialize;

use crate::story::{SeatId, Story};

pub use consequences::{Consequences, DecisionEffects, IdleDecision, RepeatedSentence, SceneEffects, consequences};
pub use odds::{Exact, exact};
pub use reach::Reach;

use run::{Bound, SimulatedRun};
use tally::Tally;

/// Sessions whose decisions are each changed once to measure reach.
const REACH_RUNS: u64 = 400;

/// Sessions that are in memory at once.
const BATCH: u64 = 256;

/// Sessions that show how far sessions go, before the rest are played.
const FIRST_RUNS: u64 = 8;

/// What random sessions were like.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Simulation {
    pub runs: u64,
    /// `exact` where every state of the story was weighed, `sampled` where the shares are counts of sessions.
    pub odds: &'static str,
    /// The commonest first; endings that did not occur stand last, with a count of 0.
    pub endings: Vec<EndingCount>,
    /// Sessions that had no way on, or were given up.
    pub stuck: u64,
    /// Those of them that were given up, because they went on for longer than sessions are followed.
    pub given_up: u64,
    /// Decisions of all seats in all sessions.
    pub choices: u64,
    /// Words that the seat read in a session.
    pub words: Spread,
    /// Decisions that the seat took in a session.
    pub decisions: Spread,
    pub words_per_decision: f64,
    pub options_per_decision: f64,
    /// Of two sessions' passages, the share that both have; the mean over pairs of neighbours.
    pub pair_overlap: f64,
    /// One decision changed and all luck kept; `None` if no seat decides at random or the story has no parts.
    pub reach: Option<Reach>,
    /// Scenes that no session entered.
    pub never_seen: Vec<String>,
    /// Choices, messages, treatments and handlings that no session took, as `scene: words`.
    pub never_taken: Vec<String>,
    /// Readings that no session heard, as `message: treatment`.
    pub never_heard: Vec<String>,
    /// What each variable of the writer's was at the end of the session.
    pub variables: Vec<Values>,
    /// Sessions worth a look, each with what replays it.
    pub nights: Vec<Example>,
}

/// How often an ending came.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EndingCount {
    pub id: String,
    pub title: String,
    pub family: String,
    pub count: u64,
    pub share: f64,
    /// The 95 % interval of the share (Wilson 1927).
    pub low: f64,
    pub high: f64,
    /// The true share, where every state was weighed.
    pub exact: Option<f64>,
}

/// Least, middle and greatest.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Spread {
    pub min: usize,
    pub median: usize,
    pub max: usize,
}

/// The values a variable had at the end of the sessions, with their shares.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Values {
    pub id: String,
    pub values: Vec<(String, f64)>,
}

/// A session worth a look: `hallway replay STORY --seed … --role … --walk …` tells it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Example {
    pub what: String,
    pub seed: u64,
    /// The seat that decided at random.
    pub role: Option<String>,
    /// Its decisions, as `replay` takes them; empty where the story decided everything.
    pub walk: String,
}

/// Plays `runs` sessions with the seeds from `seed` on. With a `seat`, that seat decides at random and the others are
/// the story's; without one the story holds all. `go_on` is told how many sessions are done and says whether to go on;
/// what has been counted until it says no is what is returned. A session is followed for 10,000 decisions and 4 MB of
/// words; where one of a batch goes on for longer, later ones are followed twice as far as the longest of them that
/// ended.
#[must_use]
pub fn simulate(
    story: &Story,
    runs: u64,
    seed: u64,
    seat: Option<SeatId>,
    go_on: &mut dyn FnMut(u64) -> bool,
) -> Simulation {
    let mut tally = Tally::new(story, seat);
    let mut reach = Reach::default();
    let parted = story.scenes.iter().any(|scene| scene.part().is_some());
    each_run(story, runs, seed, seat, &mut |done, game| {
        if !go_on(done) {
            return false;
        }
        if let (true, Some(seat)) = (parted && done < REACH_RUNS, seat) {
            reach.add(story, &game, seat);
        }
        tally.add(game);
        true
    });
    let mut simulation = tally.finish();
    simulation.reach = (reach.changed > 0).then_some(reach);
    simulation
}

/// How long the sessions of a seat are.
pub(super) struct Lengths {
    pub words: Spread,
    pub decisions: Spread,
    /// Sessions that went on for longer than sessions are followed.
    pub given_up: u64,
}

/// How long the sessions are that [`simulate`] plays.
pub(super) fn lengths(story: &Story, runs: u64, seed: u64, seat: SeatId) -> Lengths {
    let (mut words, mut decisions, mut given_up) = (Vec::new(), Vec::new(), 0);
    each_run(story, runs, seed, Some(seat), &mut |_, game| {
        words.push(game.words);
        decisions.push(game.walk.len());
        given_up += u64::from(game.given_up);
        true
    });
    Lengths { words: tally::spread(words), decisions: tally::spread(decisions), given_up }
}

/// Plays sessions, and gives them one by one, each with how many were before it, until that says no.
fn each_run<'s>(
    story: &'s Story,
    runs: u64,
    seed: u64,
    seat: Option<SeatId>,
    see: &mut dyn FnMut(u64, SimulatedRun<'s>) -> bool,
) {
    let mut bound = Bound::FIRST;
    let mut done = 0;
    while done < runs {
        let batch = if done == 0 { FIRST_RUNS } else { BATCH };
        let nights = play(story, done..runs.min(done + batch), seed, (seat, bound));
        bound = bound.after(&nights);
        for game in nights {
            if !see(done, game) {
                return;
            }
            done += 1;
        }
    }
}

/// Plays some sessions on all cores, and gives them back in order, so that what is counted does not hang on the
/// machine.
fn play(
    story: &Story,
    numbers: std::ops::Range<u64>,
    seed: u64,
    (seat, bound): (Option<SeatId>, Bound),
) -> Vec<SimulatedRun<'_>> {
    let seeds: Vec<u64> = numbers.map(|number| seed.wrapping_add(number)).collect();
    on_all_cores(&seeds, &|seed| SimulatedRun::play(story, seed, seat, bound))
}

/// Does something for each of these seeds on all cores; what comes of it is in order.
fn on_all_cores<T: Send>(seeds: &[u64], each: &(impl Fn(u64) -> T + Sync)) -> Vec<T> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let share = seeds.len().div_ceil(cores).max(1);
    let some = |seeds: &[u64]| -> Vec<T> { seeds.iter().map(|seed| each(*seed)).collect() };
    std::thread::scope(|scope| {
        let some = &some;
        let workers: Vec<_> = seeds.chunks(share).map(|seeds| scope.spawn(move || some(seeds))).collect();
        let done = workers.into_iter().map(|worker| match worker.join() {
            Ok(done) => done,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        done.flatten().collect()
    })
}

impl Simulation {
    /// Puts true shares in the place of counted ones.
    pub fn weigh(&mut self, story: &Story, exact: &Exact) {
        self.odds = "exact";
        for ending in &mut self.endings {
            let at = story.endings.iter().position(|other| other.id == ending.id);
            ending.exact = at.map(|at| exact.endings[at]);
        }
        let order = |ending: &EndingCount| ending.exact.unwrap_or(0.0);
        self.endings.sort_by(|a, b| order(b).total_cmp(&order(a)));
    }
}
