use std::cell::Cell;

/// What a proof may cost.
#[derive(Clone, Copy)]
pub struct Budget<'b> {
    /// Nodes of diagrams; a node takes some 100 bytes with all that belongs to it.
    pub nodes: usize,
    /// Asked now and then: whether to stop. The clock is the caller's; here time does not exist.
    pub stop: &'b dyn Fn() -> bool,
}

impl Budget<'_> {
    /// As many nodes as fit into some 800 MB.
    pub const NODES: usize = 8_000_000;
}

/// Work between two looks at the clock: some milliseconds of it.
const OFTEN: usize = 20_000;

/// Work that may be done once the budget is used up, to tell what was found and what was dear: less than a second's.
const GRACE: usize = 2_000_000;

/// What a proof has cost so far. Whatever may take long tells it of its work, and stops when it is spent.
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

    /// Some work is done: about as many steps as a few nanoseconds each. True once no more of it should be.
    pub fn works(&self, steps: usize) -> bool {
        self.works_on(steps, 0)
    }

    /// The same where so many nodes are kept.
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
