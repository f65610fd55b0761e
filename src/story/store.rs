//! A story's parts of one kind, all in one list: what stands together in the story lies together in memory, so that a
//! turn finds what it needs of a scene in a few places.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

use serde::{Deserialize, Serialize};

/// All of a story's parts of one kind, in the order of its files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Store<T>(Vec<T>);

/// Some parts that stand together: an index into their [`Store`].
///
/// Invariant: it lies within the store of the story it came with, which alone knows it.
#[derive(Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Span<T> {
    from: u32,
    to: u32,
    of: PhantomData<fn() -> T>,
}

impl<T> Store<T> {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn push(&mut self, part: T) {
        self.0.push(part);
    }

    /// What has been added since the store had this length.
    pub(super) fn since(&self, from: usize) -> Span<T> {
        Span::new(from, self.0.len())
    }

    /// Every part there is.
    #[must_use]
    pub fn all(&self) -> &[T] {
        &self.0
    }

    /// Makes room for so many more.
    pub(super) fn reserve(&mut self, more: usize) {
        self.0.reserve_exact(more);
    }

    /// Frees unused memory.
    pub(super) fn shrink(&mut self) {
        self.0.shrink_to_fit();
    }
}

impl<T> Default for Store<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Index<Span<T>> for Store<T> {
    type Output = [T];

    #[inline]
    fn index(&self, span: Span<T>) -> &[T] {
        &self.0[span.from()..span.to()]
    }
}

impl<T> IndexMut<Span<T>> for Store<T> {
    fn index_mut(&mut self, span: Span<T>) -> &mut [T] {
        &mut self.0[span.from()..span.to()]
    }
}

impl<T> Span<T> {
    /// From the first index up to, not including, the second.
    pub(super) fn new(from: usize, to: usize) -> Self {
        let number = |at: usize| u32::try_from(at).expect("a story is far smaller than this can count");
        Self { from: number(from), to: number(to), of: PhantomData }
    }

    #[inline]
    pub(crate) fn from(self) -> usize {
        self.from as usize
    }

    #[inline]
    pub(crate) fn to(self) -> usize {
        self.to as usize
    }

    /// Its first index, and that behind its last.
    #[inline]
    pub(crate) fn ends(self) -> (u32, u32) {
        (self.from, self.to)
    }

    /// How many parts it has.
    #[must_use]
    pub fn len(self) -> usize {
        self.to() - self.from()
    }

    /// True if it has none.
    #[inline]
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.to() == self.from()
    }
}

// Written by hand, because `T` need not implement these.
impl<T> Clone for Span<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Span<T> {}

impl<T> PartialEq for Span<T> {
    fn eq(&self, other: &Self) -> bool {
        (self.from, self.to) == (other.from, other.to)
    }
}

impl<T> Eq for Span<T> {}

impl<T> Default for Span<T> {
    fn default() -> Self {
        Self::new(0, 0)
    }
}

impl<T> fmt::Debug for Span<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.from(), self.to())
    }
}
