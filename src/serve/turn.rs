//! How long whoever decides has been at it, and what happens when their time is over.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use crate::story::SeatId;

use super::group::Group;
use super::table::Table;

/// Measures a turn. It does not know how long one may be.
#[derive(Debug, Default)]
pub struct TurnClock {
    /// Whose turn, and after how many decisions.
    turn: Option<(SeatId, usize)>,
    /// How much of it had gone by when the clock last began to run.
    spent: Duration,
    /// Since when it runs; `None` while it stands.
    since: Option<Instant>,
    /// The story cannot go on without a decision here.
    endless: bool,
}

impl TurnClock {
    /// Measures this turn from here on, if it is another than before; runs or stands.
    pub fn set(&mut self, now: Instant, turn: Option<(SeatId, usize)>, runs: bool) {
        if self.turn != turn {
            *self = Self { turn, ..Self::default() };
        }
        self.spent = self.spent(now);
        self.since = (runs && turn.is_some()).then_some(now);
    }

    /// How much of the turn has gone by.
    #[must_use]
    pub fn spent(&self, now: Instant) -> Duration {
        self.spent + self.since.map_or(Duration::ZERO, |since| now.saturating_duration_since(since))
    }

    /// When a turn of this length is over; `None` while the clock stands.
    #[must_use]
    pub fn due(&self, whole: Duration) -> Option<Instant> {
        self.since.filter(|_| !self.endless).map(|since| since + whole.saturating_sub(self.spent))
    }

    /// The turn that it is now is not over, however long it takes.
    pub fn waits(&mut self) {
        self.endless = true;
    }
}

/// Ends each turn of a group when its time is over.
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

    use tokio::time::{Instant, sleep};

    use super::super::secret::SeatToken;
    use super::{TurnClock, mind};
    use crate::serve::{Class, ClassPlan};
    use crate::story::{SeatId, Story, built_in, check};

    /// A class of one group whose turns last 30 seconds, and devices on its three seats.
    fn against_a_clock(folder: &Path) -> (Class, Vec<SeatToken>) {
        let story = built_in("hold-the-line-class").and_then(|story| check(&story.sources(), Vec::new()).story);
        let story: &'static Story = Box::leak(Box::new(story.expect("sound")));
        let plan = ClassPlan::new("hold-the-line-class", story, 7, [story.seat_ids().collect()]).expect("luck");
        let plan = plan.with_turns_of(30);
        plan.keep(folder).expect("kept");
        let class = Class::open(story, plan, folder, &std::sync::mpsc::channel().0).expect("opened");
        let sits = |seat: &crate::story::Seat| class.enter(0, Some(&seat.id), None, None).expect("a seat");
        let tokens = story.seats.iter().map(sits).collect();
        (class, tokens)
    }

    /// On a clock that goes on by itself when all wait for it.
    #[test]
    fn a_turn_that_takes_too_long_ends_in_silence_and_only_whoever_has_more_time_sees_it() {
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = runtime.enable_time().start_paused(true).build().expect("a runtime");
        runtime.block_on(async {
            let folder = tempfile::tempdir().expect("a folder");
            let (class, tokens) = against_a_clock(folder.path());
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

    #[test]
    fn a_turn_is_measured_while_it_runs_and_another_begins_anew() {
        let (begun, seconds) = (Instant::now(), Duration::from_secs);
        let after = |count| begun + seconds(count);
        let turn = |decisions| Some((SeatId::new(0), decisions));
        let mut clock = TurnClock::default();
        assert_eq!((clock.spent(begun), clock.due(seconds(60))), (seconds(0), None));
        clock.set(begun, turn(0), true);
        assert_eq!((clock.spent(after(7)), clock.due(seconds(60))), (seconds(7), Some(after(60))));
        // It stands for a while.
        clock.set(after(10), turn(0), false);
        assert_eq!((clock.spent(after(30)), clock.due(seconds(60))), (seconds(10), None));
        clock.set(after(40), turn(0), true);
        assert_eq!((clock.spent(after(45)), clock.due(seconds(60))), (seconds(15), Some(after(90))));
        // More time, then less than has gone by.
        assert_eq!(clock.due(seconds(90)), Some(after(120)));
        assert_eq!(clock.due(seconds(5)), Some(after(40)));
        clock.set(after(50), turn(1), true);
        assert_eq!((clock.spent(after(51)), clock.due(seconds(60))), (seconds(1), Some(after(110))));
        clock.set(after(55), None, true);
        assert_eq!(clock.due(seconds(60)), None);
    }
}
