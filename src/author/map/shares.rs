use crate::engine::{Rules, State, Stop, draw, leanings};
use crate::story::{SceneId, Story};

/// The greatest number of sessions that are played to count how often a scene is reached.
const MOST_RUNS: u32 = 400;

/// Budget for all of them: how many options are weighed. A story with long sessions gets fewer of them.
const WEIGHED: usize = 200_000;

/// The finest difference in chance that a draw tells apart.
const FINE: u32 = 1_000_000;

/// Returns for each scene the share of sessions that reach it if the story holds every seat, and how many sessions were
/// played.
pub(super) fn shares(story: &Story) -> (Vec<f64>, u32) {
    let mut met = vec![0_u32; story.scenes.len()];
    let (mut nights, mut weighed) = (0, 0);
    while nights < MOST_RUNS && weighed < WEIGHED {
        let state = game(story, u64::from(nights), &mut weighed);
        nights += 1;
        for (at, met) in met.iter_mut().enumerate() {
            *met += u32::from(state.visits(SceneId::new(at)) > 0);
        }
        // Every scene was looked at for it.
        weighed += story.scenes.len() / 50;
    }
    (met.into_iter().map(|met| f64::from(met) / f64::from(nights)).collect(), nights)
}

/// One session, as far as what may still be weighed allows.
fn game(story: &Story, seed: u64, weighed: &mut usize) -> State {
    let rules = Rules { story };
    let mut state = State::new(story);
    let mut stop = rules.begin(&mut state, &mut ());
    for number in 0.. {
        let at = f64::from(draw(seed, "map", number, "way", FINE)) / f64::from(FINE);
        *weighed += 1;
        if *weighed > WEIGHED {
            break;
        }
        stop = match stop {
            Stop::End(_) | Stop::Stuck => break,
            Stop::Lot => {
                let odds = rules.odds(&state);
                *weighed += odds.len();
                let sum: f64 = odds.iter().map(|odds| f64::from(*odds)).sum();
                let way = drawn(at, odds.iter().map(|odds| f64::from(*odds) / sum));
                rules.roll(&mut state, way, &mut ())
            }
            Stop::Decision(_) => {
                let picks = leanings(story, &state);
                *weighed += picks.len();
                let pick = picks.get(drawn(at, picks.iter().map(|(_, chance)| *chance)));
                match pick.map(|(pick, _)| rules.decide(&mut state, *pick, &mut ())) {
                    Some(Ok(stop)) => stop,
                    Some(Err(_)) | None => break,
                }
            }
        };
    }
    state
}

/// Which of these chances a draw from 0 to 1 falls on.
fn drawn(mut at: f64, chances: impl Iterator<Item = f64>) -> usize {
    let mut last = 0;
    for (number, chance) in chances.enumerate().filter(|(_, chance)| *chance > 0.0) {
        last = number;
        if at < chance {
            break;
        }
        at -= chance;
    }
    last
}
