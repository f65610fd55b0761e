/// A seed nobody chose.
pub(super) fn fresh_seed() -> u64 {
    use std::hash::BuildHasher as _;
    // The standard library seeds its hashers from the system; six digits are enough, and can be read aloud.
    std::collections::hash_map::RandomState::new().hash_one("hallway") % 1_000_000
}
