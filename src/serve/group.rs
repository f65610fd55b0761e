use std::sync::mpsc::Sender;
use std::sync::{Mutex, PoisonError};

use tokio::sync::watch;

use super::event::ClassEvent;
use super::table::Table;

/// A group of a class. Whoever reads it or changes it has it alone for that long; every change is told to its devices'
/// streams, and to the teacher.
#[derive(Debug)]
pub struct Group {
    pub name: String,
    table: Mutex<Table>,
    /// Counts the changes.
    changed: watch::Sender<u64>,
    events: Sender<ClassEvent>,
}

impl Group {
    pub fn new(name: String, table: Table, events: Sender<ClassEvent>) -> Self {
        let group = Self { name, table: Mutex::new(table), changed: watch::Sender::new(0), events };
        group.change(|_| ());
        group
    }

    /// Looks at it.
    pub fn look<T>(&self, look: impl FnOnce(&Table) -> T) -> T {
        // A table that a panic left is as whole as its journal: each change is made in one piece.
        look(&self.table.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Changes it. The disk may be waited for.
    pub fn change<T>(&self, change: impl FnOnce(&mut Table) -> T) -> T {
        let mut table = self.table.lock().unwrap_or_else(PoisonError::into_inner);
        let out = change(&mut table);
        let happened = std::mem::take(&mut table.happened);
        drop(table);
        self.changed.send_modify(|count| *count += 1);
        for what in happened {
            // Where no teacher listens any more there is nobody to tell.
            let _ = self.events.send(ClassEvent { group: Some(self.name.clone()), what });
        }
        out
    }

    /// Sees every change from here on; what stands now counts as the first.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }
}
