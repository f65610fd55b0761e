use std::collections::HashMap;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;
use tokio::time::Instant;

use super::event::{ClassEvent, Happened};
use super::table::Table;

/// A group of a class. Whoever reads it or changes it has it alone for that long; every change is told to its devices'
/// streams, and to the teacher.
#[derive(Debug)]
pub struct Group {
    pub name: String,
    table: Mutex<Table>,
    /// Counts the changes.
    changed: watch::Sender<u64>,
    /// By the mark of its token, how many streams go to a member. Nobody waits for the disk while they have this.
    streams: Mutex<HashMap<String, usize>>,
    events: Sender<ClassEvent>,
}

impl Group {
    pub fn new(name: String, table: Table, events: Sender<ClassEvent>) -> Self {
        let (changed, streams) = (watch::Sender::new(0), Mutex::default());
        let group = Self { name, table: Mutex::new(table), changed, streams, events };
        group.tell(&mut group.table());
        group
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        // A table that a panic left is as whole as its journal: each change is made in one piece.
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks at it. Where others may be changing it, the disk may be waited for.
    pub fn look<T>(&self, look: impl FnOnce(&Table) -> T) -> T {
        look(&self.table())
    }

    /// Changes it, or does not, and says why. The disk may be waited for.
    pub fn change<T, E>(&self, change: impl FnOnce(&mut Table) -> Result<T, E>) -> Result<T, E> {
        let mut table = self.table();
        let done = change(&mut table);
        self.tell(&mut table);
        drop(table);
        if done.is_ok() {
            self.changed.send_modify(|count| *count += 1);
        }
        done
    }

    /// Measures the turn that it is now, and tells the teacher what has happened.
    fn tell(&self, table: &mut Table) {
        table.set_clock(Instant::now());
        table.happened.drain(..).for_each(|what| self.event(what));
    }

    fn event(&self, what: Happened) {
        // Where no teacher listens any more there is nobody to tell.
        let _ = self.events.send(ClassEvent { group: Some(self.name.clone()), what });
    }

    /// Sees every change from here on; what stands now counts as the first.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    fn streams(&self) -> MutexGuard<'_, HashMap<String, usize>> {
        self.streams.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// That a stream goes to a device, for as long as this lives.
#[derive(Debug)]
pub struct Listening {
    group: Arc<Group>,
    mark: String,
    called: String,
    dismissed: bool,
}

impl Listening {
    /// One more stream goes to the member with this mark, who is called so.
    pub fn new(group: Arc<Group>, mark: String, called: String) -> Self {
        let mut streams = group.streams();
        let count = streams.entry(mark.clone()).or_default();
        *count += 1;
        let first = *count == 1;
        drop(streams);
        if first {
            group.event(Happened::Back(called.clone()));
        }
        Self { group, mark, called, dismissed: false }
    }

    /// Its token lets it in no longer, so that nobody wonders where the device is.
    pub fn dismiss(&mut self) {
        self.dismissed = true;
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        let mut streams = self.group.streams();
        let left = streams.get_mut(&self.mark).map_or(0, |count| {
            *count -= 1;
            *count
        });
        if left == 0 {
            streams.remove(&self.mark);
        }
        drop(streams);
        if left == 0 && !self.dismissed {
            self.group.event(Happened::Away(self.called.clone()));
        }
    }
}
