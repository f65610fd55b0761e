//! What is done to sets, and the tables in which its results are found again.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hash, Hasher};

use super::diagram::Set;

#[derive(Debug, Clone, Copy)]
pub(super) enum Operation {
    Union,
    Intersection,
    Difference,
    /// Variable, value.
    Assign(u16, u16),
    /// Variable, amount.
    Add(u16, i16),
    /// The same any number of times.
    Climb(u16, i16),
    Unassign(u16, u16),
    Subtract(u16, i16),
    Flip(u16, u16),
    Unflip(u16, u16),
    Forget(u16),
}

/// An operation and the sets it was applied to, packed: there are millions.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Key([u32; 4]);

impl Key {
    pub fn new(operation: Operation, a: Set, b: Set) -> Self {
        let (kind, level, value) = match operation {
            Operation::Union => (0, 0, 0),
            Operation::Intersection => (1, 0, 0),
            Operation::Difference => (2, 0, 0),
            Operation::Assign(level, value) => (3, level, value),
            Operation::Add(level, by) => (4, level, by.cast_unsigned()),
            Operation::Unassign(level, value) => (5, level, value),
            Operation::Subtract(level, by) => (6, level, by.cast_unsigned()),
            Operation::Flip(level, value) => (7, level, value),
            Operation::Unflip(level, value) => (8, level, value),
            Operation::Forget(level) => (9, level, 0),
            Operation::Climb(level, by) => (10, level, by.cast_unsigned()),
        };
        Self([kind << 16 | u32::from(level), u32::from(value), a.0, b.0])
    }
}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let [operation, value, a, b] = self.0.map(u64::from);
        state.write_u64(operation << 16 | value);
        state.write_u64(a << 32 | b);
    }
}

pub(super) type Map<K, V> = HashMap<K, V, BuildHasherDefault<Mix>>;

/// A quick hash for keys of a few small numbers; the standard one guards against attacks that sets of states do not
/// make.
#[derive(Debug, Default)]
pub(super) struct Mix(pub u64);

impl Hasher for Mix {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.write_u64(u64::from_le_bytes(word));
        }
    }
    fn write_u16(&mut self, number: u16) {
        self.write_u64(u64::from(number));
    }
    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }
    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(5) ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
    fn write_i64(&mut self, number: i64) {
        self.write_u64(number.cast_unsigned());
    }
    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }
}
