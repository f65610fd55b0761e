//! Whether a set has a state, how many it has, and one of them.

use super::{Diagrams, LAST, Set};

impl Diagrams<'_> {
    /// Whether a state is in a set.
    #[must_use]
    pub fn contains(&self, set: Set, values: &[u16]) -> bool {
        let mut at = set;
        while self.level(at) != LAST {
            let level = self.level(at);
            at = self.child(at, level, values[usize::from(level)]);
        }
        at == Set::ALL
    }

    /// How many states a set has, looking only at some variables: it must be open in all others.
    #[must_use]
    pub fn count(&mut self, set: Set, levels: impl IntoIterator<Item = u16>) -> f64 {
        self.shares.resize(self.nodes.len(), f64::NAN);
        let all: f64 = levels.into_iter().map(|level| f64::from(self.size(level)).log2()).sum();
        let count = (all + self.share(set)).exp2();
        // So far a number is whole, and logarithms leave it nearly so.
        if count < 1e12 { count.round() } else { count.min(f64::MAX) }
    }

    /// The binary logarithm of the share of all states that a set has.
    fn share(&mut self, set: Set) -> f64 {
        match set {
            Set::NONE => f64::NEG_INFINITY,
            Set::ALL => 0.0,
            _ => {
                let known = self.shares[set.0 as usize];
                if !known.is_nan() {
                    return known;
                }
                let level = self.level(set);
                let size = self.size(level);
                self.meter.works(usize::from(size));
                let shares: Vec<f64> = (0..size).map(|value| self.share(self.child(set, level, value))).collect();
                let most = shares.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                let sum: f64 = shares.iter().map(|share| (share - most).exp2()).sum();
                let share = most + sum.log2() - f64::from(size).log2();
                self.shares[set.0 as usize] = share;
                share
            }
        }
    }

    /// One state of a set that has one.
    #[must_use]
    pub fn example(&self, set: Set) -> Option<Vec<u16>> {
        let mut values = vec![0; self.sizes.len()];
        let mut at = set;
        while self.level(at) != LAST {
            let level = self.level(at);
            let value = (0..self.size(level)).find(|value| !self.child(at, level, *value).is_empty())?;
            values[usize::from(level)] = value;
            at = self.child(at, level, value);
        }
        (at == Set::ALL).then_some(values)
    }
}
