use std::collections::HashSet;

use serde::Serialize;

use crate::engine::{BlockKind, Holder, Input, Pick, Session, draw};
use crate::story::{SeatId, Story};
use crate::text;

/// What random nights were like.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Simulation {
    pub runs: u64,
    /// The commonest first; endings that did not occur stand last, with a count of 0.
    pub endings: Vec<EndingCount>,
    /// Nights that had no way on.
    pub stuck: u64,
    /// Decisions of all seats in all nights.
    pub choices: u64,
    /// Words that the seat read in a night.
    pub words: Spread,
    /// Decisions that the seat took in a night.
    pub decisions: Spread,
    pub words_per_decision: f64,
    pub options_per_decision: f64,
    /// Of two nights' passages, the share that both have; the mean over pairs of neighbours.
    pub pair_overlap: f64,
    /// Scenes that no night entered.
    pub never_seen: Vec<String>,
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
}

/// Least, middle and greatest.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Spread {
    pub min: usize,
    pub median: usize,
    pub max: usize,
}

/// One night, counted.
struct Night {
    ending: Option<usize>,
    words: usize,
    decisions: usize,
    options: usize,
    choices: u64,
    passages: HashSet<u64>,
}

/// Plays `runs` nights with the seeds from `seed` on. With a `seat`, that seat decides at random and the others are
/// the story's; without one the story holds all. `go_on` is told how many nights are done and says whether to go on.
#[must_use]
pub fn simulate(
    story: &Story,
    runs: u64,
    seed: u64,
    seat: Option<SeatId>,
    go_on: &mut dyn FnMut(u64) -> bool,
) -> Simulation {
    let mut entered = vec![false; story.scenes.len()];
    let mut counts = vec![0_u64; story.endings.len()];
    let mut stuck = 0;
    let (mut words, mut decisions) = (Vec::new(), Vec::new());
    let mut options = 0;
    let mut choices = 0;
    let mut overlap = (0.0, 0_u64);
    let mut before: Option<HashSet<u64>> = None;
    let mut done = 0;
    while done < runs && go_on(done) {
        let night = night(story, seed.wrapping_add(done), seat, &mut entered);
        done += 1;
        match night.ending {
            Some(ending) => counts[ending] += 1,
            None => stuck += 1,
        }
        words.push(night.words);
        decisions.push(night.decisions);
        options += night.options;
        choices += night.choices;
        if let Some(before) = &before {
            let shared = before.intersection(&night.passages).count();
            let all = before.len() + night.passages.len();
            if all > 0 {
                overlap = (overlap.0 + 2.0 * shared as f64 / all as f64, overlap.1 + 1);
            }
        }
        before = Some(night.passages);
    }
    let total: usize = decisions.iter().sum();
    let each = |number: usize| if total == 0 { 0.0 } else { number as f64 / total as f64 };
    let mut endings: Vec<EndingCount> =
        story.endings.iter().zip(&counts).map(|(ending, count)| ending_count(ending, *count, done)).collect();
    endings.sort_by_key(|ending| std::cmp::Reverse(ending.count));
    let never = story.scenes.iter().zip(&entered).filter(|(_, entered)| !**entered);
    Simulation {
        runs: done,
        endings,
        stuck,
        choices,
        words_per_decision: each(words.iter().sum()),
        options_per_decision: each(options),
        words: spread(words),
        decisions: spread(decisions),
        pair_overlap: if overlap.1 == 0 { 0.0 } else { overlap.0 / overlap.1 as f64 },
        never_seen: never.map(|(scene, _)| scene.id.clone()).collect(),
    }
}

fn ending_count(ending: &crate::story::Ending, count: u64, runs: u64) -> EndingCount {
    let runs = runs.max(1) as f64;
    let share = count as f64 / runs;
    let z = 1.96_f64;
    let middle = share + z * z / (2.0 * runs);
    let wide = z * (share * (1.0 - share) / runs + z * z / (4.0 * runs * runs)).sqrt();
    let scale = 1.0 + z * z / runs;
    EndingCount {
        id: ending.id.clone(),
        title: ending.title.clone(),
        family: ending.family.clone(),
        count,
        share,
        low: ((middle - wide) / scale).max(0.0),
        high: ((middle + wide) / scale).min(1.0),
    }
}

fn spread(mut numbers: Vec<usize>) -> Spread {
    numbers.sort_unstable();
    let at = |at: usize| numbers.get(at).copied().unwrap_or(0);
    Spread { min: at(0), median: at(numbers.len() / 2), max: at(numbers.len().saturating_sub(1)) }
}

fn night(story: &Story, seed: u64, seat: Option<SeatId>, entered: &mut [bool]) -> Night {
    let holder = |other| if Some(other) == seat { Holder::Person } else { Holder::Story };
    let mut session = Session::new(story, seed, story.seat_ids().map(holder).collect());
    let reader = seat.unwrap_or(SeatId::new(0));
    let mut night = Night { ending: None, words: 0, decisions: 0, options: 0, choices: 0, passages: HashSet::new() };
    if seat.is_some() {
        read(&session, reader, &mut night);
    }
    while session.turn().is_some() {
        let mut picks = session.options().picks();
        // The standing choice would end half of all nights early; a person presses it seldom.
        let bound = u32::try_from(picks.len()).unwrap_or(1);
        let mut at = draw(seed, "a person", u32::try_from(night.decisions).unwrap_or(0), "pick", bound) as usize;
        if picks[at] == Pick::Standing && picks.len() > 1 {
            let again = draw(seed, "a person", u32::try_from(night.decisions).unwrap_or(0), "again", bound) as usize;
            at = again;
        }
        night.decisions += 1;
        night.options += picks.len();
        let input = Input::Decide(session.state().scene, picks.swap_remove(at));
        if session.input(input).is_err() {
            break;
        }
        read(&session, reader, &mut night);
    }
    for (at, entered) in entered.iter_mut().enumerate() {
        *entered |= session.state().visits(crate::story::SceneId::new(at)) > 0;
    }
    if seat.is_none() {
        // Nobody read along, so the whole night is read now.
        read(&session.retold(reader), reader, &mut night);
    }
    night.choices = session.steps().len() as u64;
    night.ending = session.ending().map(crate::story::EndingId::index);
    night
}

/// Counts the words of the page that has just been reached, and remembers its paragraphs.
fn read(session: &Session<'_>, seat: SeatId, night: &mut Night) {
    for block in session.page(seat).iter().filter(|block| matches!(block.kind, BlockKind::Prose | BlockKind::Reply)) {
        for paragraph in block.text.split("\n\n") {
            let words = text::plain(paragraph);
            night.words += words.split_whitespace().count();
            let hash = words.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
            });
            night.passages.insert(hash);
        }
    }
}
