//! Keys that were not meant: a key held down, a burst of keys, a second stroke of the one that brought the curtain.

use std::time::{Duration, Instant};

use crate::view::Key;

/// Strokes of one key that come faster than this are the keyboard's, not a finger's: keyboards repeat 25 to 50 times a
/// second, and a finger strikes at most ten times.
const REPEAT: Duration = Duration::from_millis(70);
/// How long the key that brought the curtain does not lift it.
const SECOND_STROKE: Duration = Duration::from_secs(1);

/// Tells strokes that choose something from those that are only left over.
#[derive(Debug, Default)]
pub(super) struct Presses {
    last: Option<(Key, Instant)>,
    /// Something was decided by this key, at this time; the curtain fell.
    curtain: Option<(Key, Instant)>,
    /// Something was decided, and what has come since was read together with it.
    decided: bool,
}

impl Presses {
    /// Whether a key that has come `now` counts; `together` with the one before, or after a pause.
    pub fn counts(&mut self, key: Key, now: Instant, together: bool) -> bool {
        if !together {
            self.decided = false;
        }
        let before = self.last.replace((key, now));
        if !matches!(key, Key::Char('0'..='9') | Key::Enter) {
            return true;
        }
        let soon = |at: Instant, within| now.saturating_duration_since(at) < within;
        let held = before.is_some_and(|(known, at)| known == key && soon(at, REPEAT));
        let lifts = self.curtain.is_some_and(|(known, at)| known == key && soon(at, SECOND_STROKE));
        !(self.decided || held || lifts)
    }

    /// Something was decided by this key, and the curtain fell or did not.
    pub fn decided(&mut self, key: Key, now: Instant, curtain: bool) {
        self.decided = true;
        self.curtain = curtain.then_some((key, now));
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::Presses;
    use crate::view::Key;

    /// How many of these strokes decide something: each key with the milliseconds since the one before, and whether it was
    /// read together with it.
    fn decide(curtain: bool, strokes: &[(Key, u64, bool)]) -> usize {
        let (mut presses, mut now, mut decisions) = (Presses::default(), Instant::now(), 0);
        for (key, after, together) in strokes {
            now += Duration::from_millis(*after);
            if presses.counts(*key, now, *together) {
                presses.decided(*key, now, curtain);
                decisions += 1;
            }
        }
        decisions
    }

    #[test]
    fn a_burst_decides_once() {
        assert_eq!(decide(false, &[(Key::Enter, 0, true); 30]), 1);
        assert_eq!(decide(false, &[(Key::Enter, 0, false), (Key::Char('1'), 0, true), (Key::Char('2'), 0, true)]), 1);
    }

    #[test]
    fn a_key_held_down_decides_once_and_strokes_each_time() {
        assert_eq!(decide(false, &[(Key::Enter, 33, false); 30]), 1);
        assert_eq!(decide(false, &[(Key::Enter, 120, false); 30]), 30);
        assert_eq!(decide(false, &[(Key::Char('1'), 20, false), (Key::Char('2'), 20, false)]), 2);
    }

    #[test]
    fn the_key_that_brought_the_curtain_does_not_lift_it_at_once() {
        let one = Key::Char('1');
        assert_eq!(decide(true, &[(one, 0, false), (one, 150, false)]), 1);
        assert_eq!(decide(true, &[(one, 0, false), (one, 1_100, false)]), 2);
        assert_eq!(decide(true, &[(one, 0, false), (Key::Enter, 150, false)]), 2);
    }
}
