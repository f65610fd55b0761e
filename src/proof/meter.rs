use std::cell::Cell;

/// What a proof may cost.
#[derive(Clone, Copy)]
pub struct Budget<'b> {
    /// The greatest number of diagram nodes; each takes about 100 bytes, tables included.
    pub nodes: usize,
    /// Called every few milliseconds: true to stop. The caller has the clock; the proof has none.
    pub stop: &'b dyn Fn() -> bool,
}

impl Budget<'_> {
    /// The nodes that fit into about 800 MB.
    pub const NODES: usize = 8_000_000;
}

/// Steps of work between two calls of `stop`: some milliseconds.
const OFTEN: usize = 20_000;

/// Steps of work that are allowed once the budget is used up, to report what was found and what was expensive: less
/// than a second.
const GRACE: usize = 2_000_000;

/// Counts what a proof has cost so far. Whatever may take long reports its work here, and stops when the budget is used
/// up.
pub(super) struct Meter<'b> {
    budget: Budget<'b>,
    /// Work since the budget was last asked.
    work: Cell<usize>,
    spent: Cell<bool>,
    /// Work still to be done, once the budget is used up.
    grace: Cell<Option<usize>>,
}

impl<'b> Meter<'b> {
    pub fn new(budget: Budget<'b>) -> Self {
        Self { budget, work: Cell::new(0), spent: Cell::new(false), grace: Cell::new(None) }
    }

    /// Counts work and returns true once the budget is used up. A step is a few nanoseconds of work.
    pub fn works(&self, steps: usize) -> bool {
        self.works_on(steps, 0)
    }

    /// Counts work as [`Meter::works`] does, while the diagrams have this many nodes.
    pub fn works_on(&self, steps: usize, nodes: usize) -> bool {
        let work = self.work.get() + steps;
        self.work.set(work);
        if work > OFTEN && !self.spent.get() {
            self.work.set(0);
            match self.grace.get() {
                Some(left) => {
                    self.grace.set(Some(left.saturating_sub(work)));
                    self.spent.set(left < work);
                }
                None => self.spent.set(nodes > self.budget.nodes || (self.budget.stop)()),
            }
        }
        self.spent.get()
    }

    /// True once the budget is used up.
    pub fn is_spent(&self) -> bool {
        self.spent.get()
    }

    /// Uses the budget up.
    pub fn spend(&self) {
        self.spent.set(true);
    }

    /// Allows a little more where the budget is used up.
    pub fn grant(&self) {
        if self.spent.replace(false) {
            self.grace.set(Some(GRACE));
        }
    }
}
