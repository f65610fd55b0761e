use std::collections::HashMap;
use std::hash::Hasher as _;

use super::operation::{Key, Map, Mix, Operation};

/// A set of states: a node of the diagrams it was made by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Set(pub(super) u32);

impl Set {
    /// No state.
    pub const NONE: Self = Self(0);
    /// Every state.
    pub const ALL: Self = Self(1);

    /// True for the set without a state.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self == Self::NONE
    }
}

/// Multi-valued decision diagrams over variables with small domains.
///
/// A node stands for one variable and has a child for each of its values; children stand for later variables. Nodes
/// are shared and never redundant (not all children alike), so that equal sets are the same node.
pub struct Diagrams<'b> {
    /// How many values each variable has, in the order of the diagram.
    sizes: Vec<u16>,
    nodes: Vec<Node>,
    children: Vec<Set>,
    /// The newest node of each hash; older ones of the same hash follow by `Node::next`.
    unique: Map<u64, Set>,
    cache: Map<Key, Set>,
    budget: Budget<'b>,
    /// Work since the budget was last asked.
    work: u32,
    spent: bool,
}

/// What the diagrams may cost.
#[derive(Clone, Copy)]
pub struct Budget<'b> {
    /// Nodes; a node takes some 100 bytes with all that belongs to it.
    pub nodes: usize,
    /// Asked now and then: whether to stop. The clock is the caller's; here time does not exist.
    pub stop: &'b dyn Fn() -> bool,
}

impl Budget<'_> {
    /// As many nodes as fit into some 800 MB.
    pub const NODES: usize = 8_000_000;
}

#[derive(Debug, Clone, Copy)]
struct Node {
    level: u16,
    /// Where its children begin in `Diagrams::children`.
    first: u32,
    /// The next node with the same hash.
    next: Set,
}

const LAST: u16 = u16::MAX;
/// So many levels a diagram can have.
pub const MOST_LEVELS: usize = LAST as usize;

impl<'b> Diagrams<'b> {
    /// Diagrams over variables with this many values each (at least 1).
    #[must_use]
    pub fn new(sizes: Vec<u16>, budget: Budget<'b>) -> Self {
        let end = Node { level: LAST, first: 0, next: Set::NONE };
        Self {
            sizes,
            nodes: vec![end, end],
            children: Vec::new(),
            unique: Map::default(),
            cache: Map::default(),
            budget,
            work: 0,
            spent: false,
        }
    }

    /// True once the budget is used up; sets made since then mean nothing.
    #[must_use]
    pub fn is_spent(&self) -> bool {
        self.spent
    }

    fn level(&self, set: Set) -> u16 {
        self.nodes[set.0 as usize].level
    }

    /// How many values a variable has.
    #[must_use]
    pub fn size(&self, level: u16) -> u16 {
        self.sizes[usize::from(level)]
    }

    /// The states of `set` whose variable `level`, at or above the set's own, has this value.
    fn child(&self, set: Set, level: u16, value: u16) -> Set {
        let node = self.nodes[set.0 as usize];
        if node.level == level { self.children[node.first as usize + usize::from(value)] } else { set }
    }

    fn make(&mut self, level: u16, children: &[Set]) -> Set {
        if children.iter().all(|child| *child == children[0]) {
            return children[0];
        }
        let mut hash = Mix(u64::from(level));
        children.iter().for_each(|child| hash.write_u32(child.0));
        let newest = self.unique.get(&hash.finish()).copied().unwrap_or(Set::NONE);
        let mut known = newest;
        while known != Set::NONE {
            let node = self.nodes[known.0 as usize];
            let first = node.first as usize;
            if node.level == level && self.children[first..first + children.len()] == *children {
                return known;
            }
            known = node.next;
        }
        let first = u32::try_from(self.children.len()).expect("the budget ends long before 2³² children");
        self.children.extend_from_slice(children);
        let set = Set(u32::try_from(self.nodes.len()).expect("the budget ends long before 2³² nodes"));
        self.nodes.push(Node { level, first, next: newest });
        self.unique.insert(hash.finish(), set);
        set
    }

    fn cached(&mut self, (operation, a, b): (Operation, Set, Set), make: impl FnOnce(&mut Self) -> Set) -> Set {
        let key = Key::new(operation, a, b);
        if let Some(known) = self.cache.get(&key) {
            return *known;
        }
        self.work += 1;
        if self.work > 20_000 {
            self.work = 0;
            self.spent |= self.nodes.len() > self.budget.nodes || (self.budget.stop)();
            // Intermediate results are worth less than the memory they take.
            if self.cache.len() > self.budget.nodes {
                self.cache = Map::default();
            }
        }
        if self.spent {
            return Set::NONE;
        }
        let made = make(self);
        self.cache.insert(key, made);
        made
    }

    fn map(&mut self, level: u16, mut child: impl FnMut(&mut Self, u16) -> Set) -> Set {
        let size = self.size(level);
        // Nearly every variable has a few values only; those need no allocation.
        let mut few = [Set::NONE; 16];
        let mut many = Vec::new();
        let children = match few.get_mut(..usize::from(size)) {
            Some(children) => children,
            None => {
                many.resize(usize::from(size), Set::NONE);
                many.as_mut_slice()
            }
        };
        for value in 0..size {
            children[usize::from(value)] = child(self, value);
        }
        self.make(level, children)
    }

    /// The states in which a variable has this value.
    pub fn value(&mut self, level: u16, value: u16) -> Set {
        self.map(level, |_, at| if at == value { Set::ALL } else { Set::NONE })
    }

    /// The states in which a sum satisfies a test. `terms` are (variable, what its value 0 adds, what each further one
    /// adds).
    pub fn linear(&mut self, terms: &[(u16, i32, i32)], constant: i32, test: &dyn Fn(i32) -> bool) -> Set {
        let mut terms = terms.to_vec();
        terms.sort_by_key(|term| term.0);
        self.linear_from(&terms, constant, test)
    }

    fn linear_from(&mut self, terms: &[(u16, i32, i32)], sum: i32, test: &dyn Fn(i32) -> bool) -> Set {
        let Some((&(level, ..), _)) = terms.split_first() else {
            return if test(sum) { Set::ALL } else { Set::NONE };
        };
        // A variable that comes twice counts with both factors.
        let same = terms.iter().take_while(|term| term.0 == level).count();
        let least: i32 = terms[..same].iter().map(|term| term.1).sum();
        let factor: i32 = terms[..same].iter().map(|term| term.2).sum();
        let rest = &terms[same..];
        self.map(level, |this, value| this.linear_from(rest, sum + least + factor * i32::from(value), test))
    }

    /// The one state with these values.
    pub fn state(&mut self, values: &[u16]) -> Set {
        let mut set = Set::ALL;
        for level in (0..self.sizes.len()).rev() {
            let level = u16::try_from(level).expect("variables are counted in 16 bits");
            let below = set;
            set = self.map(level, |_, at| if at == values[usize::from(level)] { below } else { Set::NONE });
        }
        set
    }

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

    pub fn union(&mut self, a: Set, b: Set) -> Set {
        match (a, b) {
            (Set::NONE, other) | (other, Set::NONE) => other,
            (Set::ALL, _) | (_, Set::ALL) => Set::ALL,
            _ if a == b => a,
            _ => self.pairwise(Operation::Union, a.min(b), a.max(b), Self::union),
        }
    }

    pub fn intersection(&mut self, a: Set, b: Set) -> Set {
        match (a, b) {
            (Set::NONE, _) | (_, Set::NONE) => Set::NONE,
            (Set::ALL, other) | (other, Set::ALL) => other,
            _ if a == b => a,
            _ => self.pairwise(Operation::Intersection, a.min(b), a.max(b), Self::intersection),
        }
    }

    /// What is in the first and not in the second.
    pub fn difference(&mut self, a: Set, b: Set) -> Set {
        match (a, b) {
            (Set::NONE, _) | (_, Set::ALL) => Set::NONE,
            (_, Set::NONE) => a,
            _ if a == b => Set::NONE,
            _ => self.pairwise(Operation::Difference, a, b, Self::difference),
        }
    }

    fn pairwise(&mut self, operation: Operation, a: Set, b: Set, then: fn(&mut Self, Set, Set) -> Set) -> Set {
        self.cached((operation, a, b), |this| {
            let level = this.level(a).min(this.level(b));
            this.map(level, |this, value| {
                let (a, b) = (this.child(a, level, value), this.child(b, level, value));
                then(this, a, b)
            })
        })
    }

    /// The states after a variable has been set.
    pub fn assign(&mut self, set: Set, level: u16, value: u16) -> Set {
        self.at(Operation::Assign(level, value), set, level, |this, set| {
            let all = this.any(set, level);
            this.map(level, |_, at| if at == value { all } else { Set::NONE })
        })
    }

    /// The states after a number has been added to a variable, staying in its range.
    pub fn add(&mut self, set: Set, level: u16, by: i16) -> Set {
        self.at(Operation::Add(level, by), set, level, |this, set| {
            let size = this.size(level);
            let mut children = vec![Set::NONE; usize::from(size)];
            for from in 0..size {
                let to = usize::from(shifted(from, by, size));
                let child = this.child(set, level, from);
                children[to] = this.union(children[to], child);
            }
            this.make(level, &children)
        })
    }

    /// The states from which setting the variable leads into `set`.
    pub fn unassign(&mut self, set: Set, level: u16, value: u16) -> Set {
        self.at(Operation::Unassign(level, value), set, level, |this, set| this.child(set, level, value))
    }

    /// The states from which adding leads into `set`.
    pub fn unadd(&mut self, set: Set, level: u16, by: i16) -> Set {
        self.at(Operation::Subtract(level, by), set, level, |this, set| {
            let size = this.size(level);
            this.map(level, |this, from| this.child(set, level, shifted(from, by, size)))
        })
    }

    /// The states after a variable has gone from 0 to this value, or from any other to 0.
    pub fn flip(&mut self, set: Set, level: u16, value: u16) -> Set {
        self.at(Operation::Flip(level, value), set, level, |this, set| {
            let back = (1..this.size(level)).fold(Set::NONE, |all, from| {
                let child = this.child(set, level, from);
                this.union(all, child)
            });
            let there = this.child(set, level, 0);
            this.map(level, |_, at| match at {
                0 => back,
                at if at == value => there,
                _ => Set::NONE,
            })
        })
    }

    /// The states from which flipping leads into `set`.
    pub fn unflip(&mut self, set: Set, level: u16, value: u16) -> Set {
        self.at(Operation::Unflip(level, value), set, level, |this, set| {
            let (back, there) = (this.child(set, level, 0), this.child(set, level, value));
            this.map(level, |_, at| if at == 0 { there } else { back })
        })
    }

    /// The states of `set` with any value of the variable.
    pub fn forget(&mut self, set: Set, level: u16) -> Set {
        self.at(Operation::Forget(level), set, level, |this, set| this.any(set, level))
    }

    fn any(&mut self, set: Set, level: u16) -> Set {
        (0..self.size(level)).fold(Set::NONE, |all, value| {
            let child = self.child(set, level, value);
            self.union(all, child)
        })
    }

    /// Goes down to a variable and changes what is there.
    fn at(&mut self, operation: Operation, set: Set, level: u16, change: impl Fn(&mut Self, Set) -> Set + Copy) -> Set {
        if set == Set::NONE {
            return set;
        }
        if self.level(set) >= level {
            return self.cached((operation, set, Set::NONE), |this| change(this, set));
        }
        self.cached((operation, set, Set::NONE), |this| {
            let own = this.level(set);
            this.map(own, |this, value| {
                let child = this.child(set, own, value);
                this.at(operation, child, level, change)
            })
        })
    }

    /// How many states a set has.
    #[must_use]
    pub fn count(&self, set: Set) -> f64 {
        let mut known = HashMap::new();
        let above = self.span(0, self.level(set));
        above * self.count_below(set, &mut known)
    }

    fn count_below(&self, set: Set, known: &mut HashMap<Set, f64>) -> f64 {
        if set == Set::NONE {
            return 0.0;
        }
        if set == Set::ALL {
            return 1.0;
        }
        if let Some(count) = known.get(&set) {
            return *count;
        }
        let level = self.level(set);
        let count = (0..self.size(level))
            .map(|value| {
                let child = self.child(set, level, value);
                self.span(level + 1, self.level(child)) * self.count_below(child, known)
            })
            .sum();
        known.insert(set, count);
        count
    }

    /// How many combinations of values the variables from one level up to another have.
    fn span(&self, from: u16, to: u16) -> f64 {
        let to = usize::from(to).min(self.sizes.len());
        self.sizes.get(usize::from(from)..to).map_or(1.0, |sizes| sizes.iter().map(|size| f64::from(*size)).product())
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

fn shifted(value: u16, by: i16, size: u16) -> u16 {
    let to = (i32::from(value) + i32::from(by)).clamp(0, i32::from(size) - 1);
    u16::try_from(to).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{Budget, Diagrams, Set};

    /// All states over three variables, one by one.
    fn all() -> Vec<[u16; 3]> {
        (0..2).flat_map(|a| (0..3).flat_map(move |b| (0..4).map(move |c| [a, b, c]))).collect()
    }

    #[test]
    fn sets_do_what_states_do_one_by_one() {
        let mut diagrams = Diagrams::new(vec![2, 3, 4], Budget { nodes: 1000, stop: &|| false });
        let even = diagrams.linear(&[(0, 0, 1), (1, 0, 1), (2, 0, 1)], 0, &|sum| sum % 2 == 0);
        let big = diagrams.linear(&[(2, 0, 1), (1, 0, -1)], 0, &|sum| sum > 0);
        let both = diagrams.intersection(even, big);
        let either = diagrams.union(even, big);
        let only = diagrams.difference(even, big);
        let moved = diagrams.add(both, 2, 2);
        let set = diagrams.assign(both, 1, 2);
        let before = diagrams.unadd(moved, 2, 2);
        let flipped = diagrams.flip(both, 1, 2);
        let unflipped = diagrams.unflip(flipped, 1, 2);
        let flip = |s: [u16; 3]| [s[0], if s[1] == 0 { 2 } else { 0 }, s[2]];
        for state in all() {
            let is_even = state.iter().sum::<u16>() % 2 == 0;
            let is_big = state[2] > state[1];
            assert_eq!(diagrams.contains(both, &state), is_even && is_big);
            assert_eq!(diagrams.contains(either, &state), is_even || is_big);
            assert_eq!(diagrams.contains(only, &state), is_even && !is_big);
            let comes = |to: [u16; 3], step: fn([u16; 3]) -> [u16; 3]| {
                all().into_iter().any(|from| diagrams.contains(both, &from) && step(from) == to)
            };
            assert_eq!(diagrams.contains(moved, &state), comes(state, |s| [s[0], s[1], (s[2] + 2).min(3)]));
            assert_eq!(diagrams.contains(set, &state), comes(state, |s| [s[0], 2, s[2]]));
            assert_eq!(
                diagrams.contains(flipped, &state),
                comes(state, |s| [s[0], if s[1] == 0 { 2 } else { 0 }, s[2]])
            );
            assert_eq!(diagrams.contains(unflipped, &state), diagrams.contains(flipped, &flip(state)));
            let next = [state[0], state[1], (state[2] + 2).min(3)];
            assert_eq!(diagrams.contains(before, &state), diagrams.contains(moved, &next));
        }
        let count = all().iter().filter(|state| diagrams.contains(both, *state)).count();
        assert!((diagrams.count(both) - count as f64).abs() < 1e-9);
        assert!(diagrams.example(both).is_some_and(|state| diagrams.contains(both, &state)));
        assert_eq!(diagrams.example(Set::NONE), None);
    }
}
