//! Codes that somebody has read aloud, heard and typed wrongly.

use std::collections::BTreeMap;

use hallway::record::{ClassCode, replay_result, result_code};
use hallway::story::SeatId;

use crate::support::{Dice, alterations, class_night, story};

#[test]
fn of_a_million_altered_codes_none_is_taken() {
    let mut dice = Dice(21);
    let mut tried: BTreeMap<&str, usize> = BTreeMap::new();
    let stories = ["hold-the-line", "hold-the-line-class", "last-ferry", "two-doors"].map(story);
    for seed in 0.. {
        let story = &stories[seed % stories.len()];
        let all: Vec<SeatId> = story.seat_ids().collect();
        let persons = &all[..1 + seed / 4 % all.len()];
        let class = ClassCode::new(story, seed as u64 * 7919 % (1 << 20), persons).expect("a small seed");
        let result = result_code(&class_night(story, &class, &mut dice)).expect("decisions only");
        for code in [class.letters(), result] {
            for (how, altered) in alterations(&code) {
                let taken = ClassCode::read(&altered).is_ok() || replay_result(&altered, &class, story).is_ok();
                assert!(!taken, "{how}: {altered} is taken for {code}");
                *tried.entry(how).or_default() += 1;
            }
        }
        if tried.values().sum::<usize>() >= 1_000_000 {
            break;
        }
    }
    assert_eq!(tried.len(), 5, "{tried:?}");
}
