//! The language read twice, and every night walked, in many more stories than while working.

use crate::second_reading::{proved_alike, read_alike};

#[test]
fn thousands_of_stories_are_read_alike_twice() {
    read_alike(600, 1400);
}

#[test]
fn the_proof_says_what_a_walk_of_all_nights_finds_of_thousands_of_stories() {
    proved_alike(200, 1800);
}
