use std::collections::HashMap;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

use super::event::{ClassEvent, Happened};
use super::table::Table;

/// A group of a class. Whoever reads it or changes it has it alone for that long; every change is told to its devices'
/// streams, and to the teacher.
#[derive(Debug)]
pub struct Group {
    pub name: String,
    table: Mutex<Table>,
    /// Counts the changes.
    changes: watch::Sender<u64>,
    /// By the mark of its token, how many streams go to a member. Nobody waits for the disk while they have this.
    streams: Mutex<HashMap<String, usize>>,
    events: Sender<ClassEvent>,
}

impl Group {
    pub fn new(name: String, table: Table, events: Sender<ClassEvent>) -> Self {
        let (changes, streams) = (watch::Sender::new(0), Mutex::default());
        let group = Self { name, table: Mutex::new(table), changes, streams, events };
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
            self.changed();
        }
        done
    }

    /// Has its devices look at it anew.
    fn changed(&self) {
        self.changes.send_modify(|count| *count += 1);
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
        self.changes.subscribe()
    }

    fn streams(&self) -> MutexGuard<'_, HashMap<String, usize>> {
        self.streams.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a device listens that has the token with this mark.
    pub fn is_here(&self, mark: &str) -> bool {
        self.streams().contains_key(mark)
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
            group.changed();
        }
        Self { group, mark, called, dismissed: false }
    }

    /// Notes that its token is no longer valid, so that the device is not reported as missing when it disconnects.
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
            self.group.changed();
        }
    }
}

/// Ends each turn of a group when its time is up, until the group is dropped.
pub async fn mind(group: Arc<Group>) {
    let mut changes = group.changes();
    loop {
        changes.mark_unchanged();
        let looked = group.clone();
        let due = tokio::task::spawn_blocking(move || looked.look(Table::due)).await.unwrap_or(None);
        let over = async {
            match due {
                Some(due) => sleep_until(due).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            changed = changes.changed() => if changed.is_err() { return },
            () = over => {
                let group = group.clone();
                // What cannot be ended so is not tried again: then the turn has no end.
                let _ = tokio::task::spawn_blocking(move || group.change(|table| table.run_out(Instant::now()))).await;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::time::Duration;

    use tokio::time::sleep;

    use super::super::secret::SeatToken;
    use super::mind;
    use crate::serve::{Class, ClassPlan};
    use crate::story::{Story, built_in, check};

    /// A class of one group whose turns last 30 seconds, and devices on its three seats.
    fn against_a_clock(folder: &Path) -> (Class, Vec<SeatToken>) {
        let story = built_in("hold-the-line-class").and_then(|story| check(&story.sources(), Vec::new()).story);
        let story: &'static Story = Box::leak(Box::new(story.expect("sound")));
        let plan = ClassPlan::new("hold-the-line-class", story, 7, [story.seat_ids().collect()]).expect("luck");
        let plan = plan.with_turns_of(30);
        plan.keep(folder).expect("kept");
        let class = Class::open(story, plan, folder, &std::sync::mpsc::channel().0).expect("opened");
        let sits = |seat: &crate::story::Seat| class.enter(0, Some(&seat.id), None, None).expect("a seat");
        let tokens: Vec<SeatToken> = story.seats.iter().map(sits).collect();
        class.order("begin", false).expect("everybody is there");
        (class, tokens)
    }

    /// On a clock that goes on by itself when all wait for it.
    #[test]
    fn nobodys_time_runs_while_they_read_who_they_are() {
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = runtime.enable_time().start_paused(true).build().expect("a runtime");
        runtime.block_on(async {
            let folder = tempfile::tempdir().expect("a folder");
            let (class, tokens) = against_a_clock(folder.path());
            let minding = tokio::spawn(mind(class.groups[0].clone()));
            let shown = || class.shown(&tokens[0]).expect("a member");
            let turn = || shown().turn.map(|turn| (turn.left, turn.stands));
            sleep(Duration::from_secs(50)).await;
            assert!(shown().card.is_some() && turn() == Some((30_000, true)));
            class.has_read(&tokens[0]).expect("a member");
            assert!(shown().card.is_none() && turn() == Some((30_000, false)));
            sleep(Duration::from_secs(20)).await;
            assert_eq!(turn(), Some((10_000, false)));
            // Said once more it gives nobody more time.
            class.has_read(&tokens[0]).expect("a member");
            assert_eq!(turn(), Some((10_000, false)));
            sleep(Duration::from_secs(11)).await;
            assert_eq!((turn(), shown().moves), (None, 1));
            // Whoever never says so keeps nobody waiting for ever.
            let begun = tokio::time::Instant::now();
            while shown().moves == 1 {
                sleep(Duration::from_secs(1)).await;
            }
            assert!((118..=122).contains(&begun.elapsed().as_secs()), "{:?}", begun.elapsed());
            minding.abort();
        });
    }

    /// On a clock that goes on by itself when all wait for it.
    #[test]
    fn a_turn_that_takes_too_long_ends_in_silence_and_only_whoever_has_more_time_sees_it() {
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = runtime.enable_time().start_paused(true).build().expect("a runtime");
        runtime.block_on(async {
            let folder = tempfile::tempdir().expect("a folder");
            let (class, tokens) = against_a_clock(folder.path());
            tokens.iter().for_each(|token| class.has_read(token).expect("a member"));
            let minding = tokio::spawn(mind(class.groups[0].clone()));
            let shown = || tokens.iter().map(|token| class.shown(token).expect("a member")).collect::<Vec<_>>();
            let left = || shown().iter().map(|shown| shown.turn.as_ref().map(|turn| turn.left)).collect::<Vec<_>>();
            assert_eq!(left(), [Some(30_000), None, None]);
            sleep(Duration::from_secs(29)).await;
            assert_eq!((left(), shown()[0].moves), (vec![Some(1000), None, None], 0));
            // The clock stands as long as the teacher wants.
            class.order("pause", false).expect("done");
            sleep(Duration::from_secs(1000)).await;
            assert_eq!((left(), shown()[0].moves), (vec![Some(1000), None, None], 0));
            let before = shown();
            class.order("more blue macron 45", false).expect("done");
            assert_eq!(left(), [Some(46_000), None, None]);
            assert_eq!(shown()[1..], before[1..]);
            class.order("go", false).expect("done");
            sleep(Duration::from_secs(45)).await;
            assert_eq!(shown()[0].moves, 0);
            sleep(Duration::from_secs(2)).await;
            assert_eq!(shown()[0].moves, 1, "the time was over");
            assert!(left()[0].is_none(), "another decides now");
            // Nobody decides anything: the game comes to its end all the same, and the clock with it.
            sleep(Duration::from_secs(100_000)).await;
            assert!(shown().iter().all(|shown| shown.state == "over" && shown.turn.is_none()));
            minding.abort();
        });
    }
}
