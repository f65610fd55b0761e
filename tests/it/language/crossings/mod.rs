//! Crossings: each condition in each place where a condition may stand, each form of prose in each place where prose may
//! stand. They are made from small lists, and each is played and read in every face, as the cases are.

mod conditions;
mod forms;
mod world;

use hallway::story::Story;

use super::playing::{seat_of, walked};
use super::reading::{Line, Reading};
use super::{drawn, kept, nights, plain};

/// Whether a word is read on a page: in prose, or in something that is open.
fn is_read(page: &Reading, word: &str) -> bool {
    page.0.iter().any(|line| match line {
        Line::Prose(words) | Line::Open(_, words, ..) => words.contains(word),
        Line::Facet(_, options) => options.iter().any(|(words, _)| words == word),
        _ => false,
    })
}

/// What is wrong with a story of a crossing: its walk, what one role reads, in every face, and what the proof says of it.
fn faults(story: &Story, role: &str, holds: &dyn Fn(&[Reading]) -> Vec<String>) -> Vec<String> {
    let playing = walked(story, &story.walks[0], seat_of(story, role));
    let mut faults = hallway::author::walk(story, &story.walks[0]).faults;
    faults.extend(holds(&playing.pages));
    faults.extend(plain::compare(&playing));
    faults.extend(drawn::compare(&playing));
    faults.extend(kept::compare(&playing));
    faults.extend(nights::compare_with_the_proof(story));
    faults
}
