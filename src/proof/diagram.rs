mod counts;
mod moves;
mod tables;

use std::collections::HashMap;

use crate::story::Comparison;

use super::meter::{Budget, Meter};

use moves::Move;
pub(super) use moves::{Changes, Moves};
use tables::{FIRST, Operation, ResultKey, Results, hash, place};

/// A set of states: a node of the diagrams that made it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Set(pub(super) u32);

impl Set {
    /// No state.
    pub const NONE: Self = Self(0);
    /// Every state.
    pub const ALL: Self = Self(1);

    /// True for the empty set.
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
    /// By place of a node's hash: the newest node there; older ones follow by `Node::next`.
    unique: Vec<Set>,
    results: Results,
    /// One after the other, each list of them in the order of the levels.
    moves: Vec<(u16, Move)>,
    /// Where each list of moves stands.
    known: HashMap<Vec<(u16, Move)>, Moves>,
    meter: Meter<'b>,
    /// By node: the binary logarithm of the share of all states that it has; not a number where nobody has asked yet.
    shares: Vec<f64>,
}

#[derive(Debug, Clone, Copy)]
struct Node {
    level: u16,
    /// Where its children begin in `Diagrams::children`.
    first: u32,
    /// The next node whose hash has the same place.
    next: Set,
}

const LAST: u16 = u16::MAX;
/// Most levels of a diagram: operations recurse level by level, and the stack must hold that.
pub const MOST_LEVELS: usize = 1_500;

impl<'b> Diagrams<'b> {
    /// Diagrams over variables with this many values each (at least 1).
    #[must_use]
    pub fn new(sizes: Vec<u16>, budget: Budget<'b>) -> Self {
        let end = Node { level: LAST, first: 0, next: Set::NONE };
        Self {
            sizes,
            nodes: vec![end, end],
            children: Vec::new(),
            unique: vec![Set::NONE; FIRST],
            results: Results::new(),
            moves: vec![(LAST, Move::End)],
            known: HashMap::new(),
            meter: Meter::new(budget),
            shares: Vec::new(),
        }
    }

    /// True once the budget is used up; sets made since then mean nothing.
    #[must_use]
    pub fn is_spent(&self) -> bool {
        self.meter.is_spent()
    }

    pub(super) fn meter(&self) -> &Meter<'b> {
        &self.meter
    }

    /// How many nodes of the usual size it comes to.
    fn weight(&self) -> usize {
        self.nodes.len() + self.children.len() / 16 + self.moves.len()
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
        let at = place(node_hash(level, children), self.unique.len());
        let mut known = self.unique[at];
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
        self.nodes.push(Node { level, first, next: self.unique[at] });
        self.unique[at] = set;
        if self.nodes.len() > self.unique.len() {
            self.grow();
        }
        set
    }

    /// Makes room in the tables for twice as many nodes.
    fn grow(&mut self) {
        let places = 2 * self.unique.len();
        self.unique = vec![Set::NONE; places];
        for (number, node) in (0..).zip(&mut self.nodes).skip(2) {
            let first = node.first as usize;
            let children = &self.children[first..first + usize::from(self.sizes[usize::from(node.level)])];
            let newest = &mut self.unique[place(node_hash(node.level, children), places)];
            node.next = std::mem::replace(newest, Set(number));
        }
    }

    fn cached(&mut self, (operation, a, b): (Operation, Set, Set), make: impl FnOnce(&mut Self) -> Set) -> Set {
        let key = ResultKey::new(operation, a, b);
        if let Some(known) = self.results.get(key) {
            return known;
        }
        if self.meter.works_on(1, self.weight()) {
            return Set::NONE;
        }
        let made = make(self);
        if !self.is_spent() {
            self.results.insert(key, made);
        }
        made
    }

    fn map(&mut self, level: u16, mut child: impl FnMut(&mut Self, u16) -> Set) -> Set {
        let size = self.size(level);
        self.meter.works(usize::from(size));
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

    /// The states in which a sum compares so with 0. `terms` are (variable, what its value 0 adds, what each further
    /// one adds).
    pub fn compare(&mut self, terms: &[(u16, i64, i64)], constant: i64, comparison: Comparison) -> Set {
        let mut terms = terms.to_vec();
        terms.sort_by_key(|term| term.0);
        // A variable that comes twice counts with both factors.
        terms.dedup_by(|next, term| {
            let same = next.0 == term.0;
            if same {
                *term = (term.0, term.1 + next.1, term.2 + next.2);
            }
            same
        });
        // What the terms from each on can add, at least and at most.
        let mut rest = vec![(0, 0)];
        for &(level, least, each) in terms.iter().rev() {
            let (from, to) = rest[rest.len() - 1];
            let most = least + each * i64::from(self.size(level) - 1);
            rest.push((from + least.min(most), to + least.max(most)));
        }
        rest.reverse();
        self.compare_from(&Sums { terms, rest, comparison }, 0, constant, &mut HashMap::new())
    }

    /// Of the terms from this one on, where those before it came to a sum; what is known of it already is found again,
    /// so that there are as many nodes as sums, not as ways to come to one.
    fn compare_from(&mut self, sums: &Sums, at: usize, sum: i64, known: &mut HashMap<(usize, i64), Set>) -> Set {
        let (least, most) = (sum + sums.rest[at].0, sum + sums.rest[at].1);
        let all = [(least < 0, -1), (least <= 0 && most >= 0, 0), (most > 0, 1)];
        let mut holds = all.iter().filter(|(can, _)| *can).map(|(_, sum)| sums.comparison.holds(*sum, 0));
        let first = holds.next().unwrap_or(false);
        if holds.all(|next| next == first) {
            return if first { Set::ALL } else { Set::NONE };
        }
        if let Some(set) = known.get(&(at, sum)) {
            return *set;
        }
        let (level, least, each) = sums.terms[at];
        if self.meter.works_on(usize::from(self.size(level)), self.weight() + known.len()) {
            return Set::NONE;
        }
        let set = self
            .map(level, |this, value| this.compare_from(sums, at + 1, sum + least + each * i64::from(value), known));
        known.insert((at, sum), set);
        set
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

    /// By value of a variable, whether a set has the states with that value; `None` if that depends on others too.
    pub fn values_of(&self, set: Set, level: u16) -> Option<Vec<bool>> {
        let values: Vec<Set> = (0..self.size(level)).map(|value| self.child(set, level, value)).collect();
        let decided = self.level(set) >= level && values.iter().all(|set| self.level(*set) == LAST);
        decided.then(|| values.iter().map(|set| *set == Set::ALL).collect())
    }
}

/// A sum to be compared with 0.
struct Sums {
    /// Variable, what its value 0 adds, what each further one adds; by level.
    terms: Vec<(u16, i64, i64)>,
    /// What the terms from each on can add, at least and at most.
    rest: Vec<(i64, i64)>,
    comparison: Comparison,
}

fn node_hash(level: u16, children: &[Set]) -> u64 {
    hash(std::iter::once(u32::from(level)).chain(children.iter().map(|child| child.0)))
}

#[cfg(test)]
mod tests {
    use crate::story::Comparison;

    use super::{Budget, Changes, Diagrams, Set};

    /// All states over three variables, one by one.
    fn all() -> Vec<[u16; 3]> {
        (0..2).flat_map(|a| (0..3).flat_map(move |b| (0..4).map(move |c| [a, b, c]))).collect()
    }

    #[test]
    fn sets_do_what_states_do_one_by_one() {
        let mut diagrams = Diagrams::new(vec![2, 3, 4], Budget { nodes: 1000, stop: &|| false });
        let small = diagrams.compare(&[(0, 0, 1), (1, 0, 1), (2, 0, 1)], -4, Comparison::Less);
        let big = diagrams.compare(&[(2, 0, 1), (1, 0, -1)], 0, Comparison::More);
        let both = diagrams.intersection(small, big);
        let either = diagrams.union(small, big);
        let only = diagrams.difference(small, big);
        let mut changes = Changes::default();
        changes.then(2, vec![2, 3, 3, 3]);
        let add = diagrams.moves(changes.clone(), []);
        // In one go with a variable that goes from 0 to 2, or from any other value to 0.
        changes.then(1, vec![2, 0, 0]);
        let both_at_once = diagrams.moves(changes.clone(), []);
        let forgotten = diagrams.moves(changes, [0]);
        let [moved, flipped, open] = [add, both_at_once, forgotten].map(|moves| diagrams.after(both, moves));
        let [before, unflipped] =
            [(moved, add), (flipped, both_at_once)].map(|(set, moves)| diagrams.before(set, moves));
        let step = |s: [u16; 3]| [s[0], if s[1] == 0 { 2 } else { 0 }, (s[2] + 2).min(3)];
        for state in all() {
            let is_small = state.iter().sum::<u16>() < 4;
            let is_big = state[2] > state[1];
            assert_eq!(diagrams.contains(both, &state), is_small && is_big);
            assert_eq!(diagrams.contains(either, &state), is_small || is_big);
            assert_eq!(diagrams.contains(only, &state), is_small && !is_big);
            let comes = |to: [u16; 3], step: fn([u16; 3]) -> [u16; 3]| {
                all().into_iter().any(|from| diagrams.contains(both, &from) && step(from) == to)
            };
            assert_eq!(diagrams.contains(moved, &state), comes(state, |s| [s[0], s[1], (s[2] + 2).min(3)]));
            assert_eq!(diagrams.contains(flipped, &state), comes(state, step));
            let any_first = |s: [u16; 3]| comes([0, s[1], s[2]], step) || comes([1, s[1], s[2]], step);
            assert_eq!(diagrams.contains(open, &state), any_first(state));
            assert_eq!(diagrams.contains(unflipped, &state), diagrams.contains(flipped, &step(state)));
            let next = [state[0], state[1], (state[2] + 2).min(3)];
            assert_eq!(diagrams.contains(before, &state), diagrams.contains(moved, &next));
        }
        let count = all().iter().filter(|state| diagrams.contains(both, *state)).count();
        assert_eq!(diagrams.count(both, [0, 1, 2]), count as f64);
        assert!(diagrams.example(both).is_some_and(|state| diagrams.contains(both, &state)));
        assert_eq!(diagrams.example(Set::NONE), None);
    }
}
