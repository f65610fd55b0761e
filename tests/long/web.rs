//! The runtime of an exported page tells the same games as the engine, by the thousand.

use hallway::story::{BUILT_IN, BuiltIn, Sources, check};

use crate::runtime::told_alike;
use crate::second_reading::random_story;
use crate::support::story;

#[test]
fn a_thousand_games_of_every_story_are_the_same_in_a_page() {
    for BuiltIn { name, .. } in BUILT_IN {
        let story = story(name);
        let part = |from: u64| told_alike(name, &story, from..from + 500);
        let ended = std::thread::scope(|scope| {
            let other = scope.spawn(|| part(500));
            part(0) + other.join().expect("played")
        });
        assert!(ended > 500, "{name}: only {ended} came to their end");
    }
}

#[test]
fn a_thousand_games_of_random_stories_are_the_same_in_a_page() {
    let (mut played, mut ended) = (0, 0);
    for number in 0.. {
        let sources = [("story.ron", random_story(number))];
        let sources = Sources::from_texts(sources.iter().map(|(name, text)| (*name, text.as_str())));
        let Some(story) = check(&sources, Vec::new()).story else { continue };
        ended += told_alike("random", &story, 0..4);
        played += 4;
        if played == 1000 {
            break;
        }
    }
    assert!(ended > 100, "only {ended} came to their end");
}
