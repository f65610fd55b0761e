//! What happens to variables one by one: to all states of a set at once, forwards and backwards.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::tables::Operation;
use super::{Diagrams, LAST, Set};

/// What happens to some variables, to each whatever the others are.
#[derive(Debug, Clone, Default)]
pub(in crate::proof) struct Changes(BTreeMap<u16, Vec<u16>>);

impl Changes {
    /// Then, by its value, a variable goes to these.
    pub fn then(&mut self, level: u16, to: Vec<u16>) {
        let first = self.0.remove(&level);
        let both = match first {
            Some(first) => first.iter().map(|value| to[usize::from(*value)]).collect(),
            None => to,
        };
        self.0.insert(level, both);
    }
}

/// Changes, and variables that are forgotten after them, as diagrams know them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::proof) struct Moves(u32);

impl Moves {
    /// Nothing happens.
    pub const NONE: Self = Self(0);
}

/// What happens to a variable.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Move {
    /// By value, the value that it goes to.
    To(Rc<[u16]>),
    /// It is forgotten: it may have any value.
    Open,
    /// Nothing happens to further variables.
    End,
}

impl Diagrams<'_> {
    /// Makes the moves of these changes and forgotten variables. Equal ones always get one and the same `Moves`.
    pub(in crate::proof) fn moves(&mut self, changes: Changes, forgotten: impl IntoIterator<Item = u16>) -> Moves {
        let stays = |to: &[u16]| (0..).zip(to).all(|(value, to)| value == *to);
        let changes = changes.0.into_iter().filter(|(_, to)| !stays(to));
        let mut all: BTreeMap<u16, Move> = changes.map(|(level, to)| (level, Move::To(to.into()))).collect();
        all.extend(forgotten.into_iter().map(|level| (level, Move::Open)));
        let all: Vec<(u16, Move)> = all.into_iter().chain([(LAST, Move::End)]).collect();
        self.meter.works(all.len());
        if all.len() == 1 {
            return Moves::NONE;
        }
        let next = Moves(u32::try_from(self.moves.len()).expect("a program has less steps"));
        let known = *self.known.entry(all.clone()).or_insert(next);
        if known == next {
            self.moves.extend(all);
        }
        known
    }

    /// The states after these moves.
    pub(in crate::proof) fn after(&mut self, set: Set, moves: Moves) -> Set {
        let (level, change) = &self.moves[moves.0 as usize];
        let (level, own) = (*level, self.level(set));
        if set == Set::NONE || level == LAST {
            return set;
        }
        let rest = Moves(moves.0 + 1);
        if *change == Move::Open && own > level {
            return self.after(set, rest);
        }
        let change = change.clone();
        self.cached((Operation::After(moves.0), set, Set::NONE), |this| {
            if own < level {
                return this.map(own, |this, value| this.after(this.child(set, own, value), moves));
            }
            let size = this.size(level);
            let mut children = vec![Set::NONE; usize::from(size)];
            let mut any = Set::NONE;
            for from in 0..size {
                let child = this.after(this.child(set, level, from), rest);
                match &change {
                    Move::To(to) => {
                        let to = usize::from(to[usize::from(from)]);
                        children[to] = this.union(children[to], child);
                    }
                    _ => any = this.union(any, child),
                }
            }
            if change == Move::Open { any } else { this.make(level, &children) }
        })
    }

    /// The states from which these moves lead into a set.
    pub(in crate::proof) fn before(&mut self, set: Set, moves: Moves) -> Set {
        let (level, change) = &self.moves[moves.0 as usize];
        let (level, own) = (*level, self.level(set));
        if set == Set::NONE || level == LAST {
            return set;
        }
        let rest = Moves(moves.0 + 1);
        if own > level {
            return self.before(set, rest);
        }
        let change = change.clone();
        self.cached((Operation::Before(moves.0), set, Set::NONE), |this| {
            if own < level {
                return this.map(own, |this, value| this.before(this.child(set, own, value), moves));
            }
            match change {
                Move::To(to) => this.map(level, |this, from| {
                    let child = this.child(set, level, to[usize::from(from)]);
                    this.before(child, rest)
                }),
                _ => (0..this.size(level)).fold(Set::NONE, |any, value| {
                    let child = this.before(this.child(set, level, value), rest);
                    this.union(any, child)
                }),
            }
        })
    }
}
