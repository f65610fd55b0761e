//! Nights by the thousand and by the million, against what is worked out without playing them.

use std::collections::HashMap;

use hallway::author::{exact, simulate};
use hallway::engine::{Rules, State, Stop, options};
use hallway::proof::{Budget, Program, explore};
use hallway::story::SceneId;

use crate::support::{Dice, story};

/// Where the odds are exact, counted nights agree within five standard deviations.
#[test]
fn a_million_nights_agree_with_the_true_odds() {
    let story = story("last-ferry");
    let odds = exact(&story, None, 100_000, &mut || true).expect("it is small");
    let parts: Vec<_> = std::thread::scope(|scope| {
        let part = |from: u64| {
            scope.spawn({
                let story = &story;
                move || simulate(story, 500_000, from, None, &mut |_| true)
            })
        };
        let running: Vec<_> = [1, 500_001].into_iter().map(part).collect();
        running.into_iter().map(|part| part.join().expect("counted")).collect()
    });
    for (at, ending) in story.endings.iter().enumerate() {
        let count: u64 = parts.iter().flat_map(|p| &p.endings).filter(|e| e.id == ending.id).map(|e| e.count).sum();
        let (share, chance) = (count as f64 / 1e6, odds.endings[at]);
        let deviation = (chance * (1.0 - chance) / 1e6).sqrt();
        assert!((share - chance).abs() < 5.0 * deviation, "{}: {share} counted, {chance} true", ending.id);
    }
}

/// What the proof holds impossible is never seen: in random nights of the episode every state is one it knows.
#[test]
fn a_million_nights_of_the_episode_stay_within_the_proof() {
    let story = story("hold-the-line");
    let budget = Budget { nodes: Budget::NODES, stop: &|| false };
    let program = Program::of(&story, budget).expect("it is small enough");
    let program = program.keeping(&program.deciding([]));
    let explored = explore(&program, &[], budget, &mut |_| {});
    assert!(explored.whole);
    let rules = Rules { story: &story };
    let mut dice = Dice(7);
    let mut checked = 0_u64;
    for night in 0..1_000_000 {
        let mut state = State::new(&story);
        let mut stop = rules.begin(&mut state, &mut ());
        loop {
            // Looking up every state of every night would take minutes; every eighth night is looked at whole.
            if night % 8 == 0 {
                checked += 1;
                assert!(
                    explored.knows(&state),
                    "night {night}, in `{}`: {:?}",
                    story.scene(state.scene).id,
                    state.values
                );
            }
            stop = match stop {
                Stop::End(_) => break,
                Stop::Stuck => panic!("night {night} is stuck in `{}`", story.scene(state.scene).id),
                Stop::Lot => {
                    let odds = rules.odds(&state);
                    let open: Vec<usize> = (0..odds.len()).filter(|at| odds[*at] > 0).collect();
                    rules.roll(&mut state, open[dice.below(open.len())], &mut ())
                }
                Stop::Decision(_) => {
                    let picks = options(&story, &state).picks();
                    rules.decide(&mut state, picks[dice.below(picks.len())], &mut ()).expect("open")
                }
            };
        }
        assert!(explored.knows(&state), "night {night} ends in `{}`", story.scene(state.scene).id);
    }
    assert!(checked > 500_000, "{checked}");
    // It does hold something impossible: the state of the first moment, in scenes of the late night.
    let impossible = (0..story.scenes.len()).filter(|at| {
        let mut state = State::new(&story);
        state.scene = SceneId::new(*at);
        !explored.knows(&state)
    });
    assert!(impossible.count() > 10);
}

#[test]
fn over_ten_thousand_nights_every_ending_comes_and_the_reported_night_is_likeliest() {
    let story = story("hold-the-line");
    let nights = hallway::author::simulate(&story, 10_000, 1, None, &mut |_| true);
    for ending in &nights.endings {
        assert!(ending.count > 0, "{} never came", ending.id);
    }
    assert_eq!(nights.endings[0].id, "reported");
    let mut families: HashMap<&str, f64> = HashMap::new();
    for ending in &nights.endings {
        *families.entry(ending.family.as_str()).or_default() += ending.share;
    }
    let likeliest = families.iter().max_by(|a, b| a.1.total_cmp(b.1)).expect("families");
    assert_eq!(*likeliest.0, "the reported night");
    assert!((0.25..=0.60).contains(likeliest.1), "{families:?}");
}
