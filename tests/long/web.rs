//! The runtime of an exported page tells the same games as the engine, by the hundred.

use hallway::story::{BUILT_IN, BuiltIn, Sources, check};

use crate::runtime::told_alike;
use crate::second_reading::random_story;
use crate::support::story;

/// Games of each story, and of random stories together.
const GAMES: u64 = 400;

#[test]
fn games_of_every_story_are_the_same_in_a_page() {
    for BuiltIn { name, .. } in BUILT_IN {
        let story = story(name);
        let part = |from: u64| told_alike(name, &story, from..from + GAMES / 2);
        let ended = std::thread::scope(|scope| {
            let other = scope.spawn(|| part(GAMES / 2));
            part(0) + other.join().expect("played")
        });
        assert!(ended as u64 > GAMES / 2, "{name}: only {ended} came to their end");
    }
}

#[test]
fn games_of_random_stories_are_the_same_in_a_page() {
    let (mut played, mut ended) = (0, 0);
    for number in 0.. {
        let sources = [("story.ron", random_story(number))];
        let sources = Sources::from_texts(sources.iter().map(|(name, text)| (*name, text.as_str())));
        let Some(story) = check(&sources, Vec::new()).story else { continue };
        ended += told_alike("random", &story, 0..4);
        played += 4;
        if played == GAMES {
            break;
        }
    }
    assert!(ended > 40, "only {ended} came to their end");
}
