//! What a class adds to a session on screen: a clock for each turn, and the votes that were counted.

use std::time::Duration;

use crate::record::TurnPace;

/// What a class adds to a session on screen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Classroom {
    /// Seconds for each turn; 0 is no limit.
    pub seconds: u16,
    /// Votes are asked for after each decision.
    pub asks_votes: bool,
    used: Duration,
    /// How much time a teacher has added to this turn.
    more: Duration,
    stands: bool,
}

impl Classroom {
    /// How much time a teacher adds at once.
    const MORE: Duration = Duration::from_secs(30);

    /// With so many seconds for each turn, and votes or none.
    #[must_use]
    pub fn new(seconds: u16, asks_votes: bool) -> Self {
        Self { seconds, asks_votes, ..Self::default() }
    }

    /// A turn begins.
    pub fn begin(&mut self) {
        self.used = Duration::ZERO;
        self.more = Duration::ZERO;
    }

    /// Stops the clock, or lets it go on.
    pub fn hold(&mut self) {
        self.stands = !self.stands;
    }

    #[must_use]
    pub fn stands(&self) -> bool {
        self.stands
    }

    /// More time for this turn.
    pub fn give_more(&mut self) {
        self.more += Self::MORE;
    }

    /// Time has gone by in a turn.
    pub fn pass(&mut self, elapsed: Duration) {
        if !self.stands {
            self.used += elapsed;
        }
    }

    /// What is left of this turn; `None` where it is not limited.
    #[must_use]
    pub fn left(&self, pace: TurnPace) -> Option<Duration> {
        let percent = pace.percent().filter(|_| self.seconds > 0)?;
        let whole = Duration::from_millis(u64::from(self.seconds) * u64::from(percent) * 10);
        Some((whole + self.more).saturating_sub(self.used))
    }

    /// When the clock on screen shows something else; `None` while it stands or there is none.
    #[must_use]
    pub fn deadline(&self, pace: TurnPace) -> Option<Duration> {
        let left = self.left(pace).filter(|_| !self.stands)?;
        // A hair over the second, so that the clock has turned when it is looked at.
        Some(Duration::from_millis(u64::from(left.subsec_millis()) + 1))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Classroom;
    use crate::record::TurnPace;

    #[test]
    fn a_turn_has_its_time_and_what_is_given_besides() {
        let mut class = Classroom { seconds: 60, ..Classroom::default() };
        let seconds = |class: &Classroom, pace| class.left(pace).map(|left| left.as_secs());
        assert_eq!(seconds(&class, TurnPace::AsSet), Some(60));
        assert_eq!(seconds(&class, TurnPace::Half), Some(90));
        assert_eq!(seconds(&class, TurnPace::Ten), Some(600));
        assert_eq!(seconds(&class, TurnPace::Off), None);
        class.pass(Duration::from_millis(20_500));
        assert_eq!(class.deadline(TurnPace::AsSet), Some(Duration::from_millis(501)));
        class.hold();
        class.pass(Duration::from_secs(500));
        assert_eq!((seconds(&class, TurnPace::AsSet), class.deadline(TurnPace::AsSet)), (Some(39), None));
        class.hold();
        class.give_more();
        assert_eq!(seconds(&class, TurnPace::AsSet), Some(69));
        class.pass(Duration::from_secs(100));
        assert_eq!(seconds(&class, TurnPace::AsSet), Some(0));
        class.begin();
        assert_eq!(seconds(&class, TurnPace::AsSet), Some(60));
        assert_eq!(Classroom::default().left(TurnPace::AsSet), None);
    }
}
