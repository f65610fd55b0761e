/// Returns a random seed below 1,000,000.
pub(super) fn fresh_seed() -> u64 {
    use std::hash::BuildHasher as _;
    // The standard library seeds its hashers from the system; six digits are enough, and can be read aloud.
    std::collections::hash_map::RandomState::new().hash_one("hallway") % 1_000_000
}

/// Parses a seed.
///
/// # Errors
/// If it is not a whole number from 0 to 2⁶⁴ - 1.
pub(super) fn seed(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| "a seed is a whole number, 0 or more".to_owned())
}
