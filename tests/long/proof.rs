//! The proof against trying every night, of many more stories than while working.

#[path = "../it/proof/agree.rs"]
mod agree;
#[path = "../it/proof/random.rs"]
#[expect(dead_code, reason = "the quick tests use the rest of it")]
mod random;
#[path = "../it/proof/tried.rs"]
mod tried;

#[test]
fn the_proof_says_what_trying_everything_says_of_thousands_of_stories() {
    agree::agree(2020, 3000, &random::random_story);
    agree::agree(404, 3000, &random::random_passing_story);
}
