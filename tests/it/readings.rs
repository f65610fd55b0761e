//! The language read twice, and every night walked: as many stories as one waits for while working.

use crate::second_reading::{everything_is_made, proved_alike, read_alike};

#[test]
fn random_stories_are_read_alike_twice() {
    read_alike(0, 600);
}

#[test]
fn the_proof_says_what_a_walk_of_all_nights_finds() {
    proved_alike(0, 200);
}

#[test]
fn random_stories_use_everything() {
    everything_is_made(300);
}
