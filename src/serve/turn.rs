use std::time::Duration;

use tokio::time::Instant;

use crate::story::SeatId;

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

    /// Measures the turn that it is now from here on.
    pub fn begin_anew(&mut self, now: Instant) {
        self.spent = Duration::ZERO;
        self.since = self.since.map(|_| now);
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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::Instant;

    use super::TurnClock;
    use crate::story::SeatId;

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
