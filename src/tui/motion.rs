//! The only place that moves anything. Motion is brief, any key completes it, and the settings can turn it off.

use std::time::Duration;

use crate::record::{Pace, Settings};

/// What moves on screen.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Motion {
    /// How far the messages in flight have come, in steps of the way; `None` when they have arrived.
    travel: Option<f32>,
    /// Steps of all their ways.
    way: f32,
    /// Lines of the page that have appeared; `None` when all have.
    revealed: Option<f32>,
}

impl Motion {
    /// Between two frames of something that moves.
    pub const STEP: Duration = Duration::from_millis(50);
    /// Steps of one message's way, in the plan.
    pub const HOP: usize = 4;

    /// A new page comes, with messages that are seen to travel.
    pub fn begin(&mut self, settings: &Settings, hops: usize) {
        *self = Self::default();
        if !settings.motion {
            return;
        }
        self.way = (hops * Self::HOP) as f32;
        self.travel = (hops > 0).then_some(0.0);
        self.revealed = (settings.pace != Pace::AtOnce).then_some(1.0);
    }

    /// True while something moves.
    pub fn is_on(&self) -> bool {
        self.travel.is_some() || self.revealed.is_some()
    }

    /// Everything has arrived. True if that cut an appearing page short; a message on its way holds nobody up.
    pub fn finish(&mut self) -> bool {
        let cut = self.revealed.is_some();
        (self.travel, self.revealed) = (None, None);
        cut
    }

    pub fn tick(&mut self, elapsed: Duration, pace: Pace) {
        let seconds = elapsed.as_secs_f32();
        if let Some(steps) = &mut self.travel {
            *steps += seconds * 14.0;
            if *steps >= self.way {
                self.travel = None;
            }
        }
        if let Some(lines) = &mut self.revealed {
            *lines += seconds * if pace == Pace::Slow { 1.6 } else { 5.0 };
            // No window shows more lines than this at once.
            if *lines > 400.0 {
                self.revealed = None;
            }
        }
    }

    /// How many lines of a page have appeared.
    pub fn lines(&self) -> usize {
        self.revealed.map_or(usize::MAX, |lines| lines as usize)
    }

    /// Ends the appearing of a page of which all has appeared.
    pub fn shown(&mut self, lines: usize) {
        if self.revealed.is_some_and(|revealed| revealed as usize >= lines) {
            self.revealed = None;
        }
    }

    /// Which message is on its way, and how far along it is in [`Motion::HOP`] steps; `None` when all have arrived.
    pub fn hop(&self) -> Option<(usize, usize)> {
        let steps = self.travel? as usize;
        Some((steps / Self::HOP, steps % Self::HOP))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Motion;
    use crate::record::{Pace, Settings};

    #[test]
    fn motion_ends_by_itself_by_a_key_and_never_begins_where_it_is_off() {
        let slow = Settings { pace: Pace::Slow, ..Settings::default() };
        let mut motion = Motion::default();
        motion.begin(&slow, 2);
        assert!(motion.is_on() && motion.hop() == Some((0, 0)) && motion.lines() == 1);
        assert!(motion.finish() && !motion.is_on() && motion.lines() == usize::MAX);
        motion.begin(&slow, 1);
        (0..20).for_each(|_| motion.tick(Motion::STEP, Pace::Slow));
        assert_eq!(motion.hop(), None);
        motion.tick(Duration::from_secs(300), Pace::Slow);
        assert!(!motion.is_on());
        motion.begin(&Settings { motion: false, ..slow }, 2);
        assert!(!motion.is_on());
    }
}
