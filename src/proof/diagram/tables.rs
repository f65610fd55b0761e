//! Where equal nodes, and results, are found again.

use super::Set;

/// What is done to sets.
#[derive(Debug, Clone, Copy)]
pub(super) enum Operation {
    Union,
    Intersection,
    Difference,
    /// Moves, by number.
    After(u32),
    /// Moves backwards, by number.
    Before(u32),
}

/// An operation and the sets it was applied to, packed: there are millions.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct ResultKey([u32; 3]);

impl ResultKey {
    /// No operation has it.
    const NONE: Self = Self([0; 3]);

    pub fn new(operation: Operation, a: Set, b: Set) -> Self {
        let operation = match operation {
            Operation::Union => 1,
            Operation::Intersection => 2,
            Operation::Difference => 3,
            Operation::After(number) => 4 + 2 * number,
            Operation::Before(number) => 5 + 2 * number,
        };
        Self([operation, a.0, b.0])
    }
}

/// Results of operations. Of two that belong to one place the newer is kept: what is asked again is mostly asked soon,
/// and what is no longer known is made again.
pub(super) struct Results {
    places: Vec<(ResultKey, Set)>,
    /// How many results have been made since it was made so large.
    made: usize,
}

impl Results {
    pub fn new() -> Self {
        Self { places: vec![(ResultKey::NONE, Set::NONE); LEAST], made: 0 }
    }

    pub fn get(&self, key: ResultKey) -> Option<Set> {
        let (known, set) = self.places[self.place(key)];
        (known == key).then_some(set)
    }

    pub fn insert(&mut self, key: ResultKey, set: Set) {
        let place = self.place(key);
        self.places[place] = (key, set);
        self.made += 1;
        if self.made > self.places.len() && self.places.len() < MOST {
            self.grow();
        }
    }

    fn grow(&mut self) {
        let more = vec![(ResultKey::NONE, Set::NONE); 2 * self.places.len()];
        let known = std::mem::replace(&mut self.places, more);
        self.made = 0;
        known.into_iter().filter(|(key, _)| *key != ResultKey::NONE).for_each(|(key, set)| self.insert(key, set));
    }

    fn place(&self, key: ResultKey) -> usize {
        place(hash(key.0.into_iter()), self.places.len())
    }
}

/// How many results there is room for at first, and at most; each takes 16 bytes.
const LEAST: usize = 1 << 16;
const MOST: usize = 1 << 21;

/// So many places the table of nodes begins with; it is doubled when there are more nodes. Powers of 2, as all these
/// are.
pub(super) const FIRST: usize = 1 << 12;

/// A quick hash of a few small numbers; the standard one guards against attacks that sets of states do not make.
pub(super) fn hash(numbers: impl Iterator<Item = u32>) -> u64 {
    numbers.fold(0, |hash: u64, number| (hash.rotate_left(5) ^ u64::from(number)).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

/// Where in a table of so many places, a power of 2, something with this hash belongs: its upper bits are mixed best.
pub(super) fn place(hash: u64, places: usize) -> usize {
    (hash >> 32) as usize & (places - 1)
}
