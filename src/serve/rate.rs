//! How much one device may ask: a flood from one keeps no other waiting.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// So many requests at once; a person with a page asks for a few.
const AT_ONCE: u32 = 100;
/// How long it takes until one more may be made.
const ONE_MORE: Duration = Duration::from_millis(25);
/// So many devices are told apart; who has asked for nothing lately is forgotten first.
const DEVICES: usize = 4096;

/// For each device by when it will have made up for what it has asked.
#[derive(Debug, Default)]
pub struct Rates {
    paid: Mutex<HashMap<String, Instant>>,
}

impl Rates {
    /// Whether this device may ask now; if so, that counts.
    pub fn allows(&self, device: &str, now: Instant) -> bool {
        let mut paid = self.paid.lock().unwrap_or_else(PoisonError::into_inner);
        if paid.len() >= DEVICES {
            paid.retain(|_, paid| *paid > now);
        }
        let own = paid.entry(device.to_owned()).or_insert(now);
        let next = (*own).max(now) + ONE_MORE;
        let allowed = next <= now + ONE_MORE * AT_ONCE;
        if allowed {
            *own = next;
        }
        allowed
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::Instant;

    use super::{AT_ONCE, ONE_MORE, Rates};

    #[test]
    fn a_flood_is_cut_off_for_its_own_device_and_for_as_long_as_it_lasts() {
        let (rates, now) = (Rates::default(), Instant::now());
        let asked = |device: &str, at: Instant| (0..1000).filter(|_| rates.allows(device, at)).count();
        assert_eq!(asked("one", now), AT_ONCE as usize);
        assert_eq!(asked("other", now), AT_ONCE as usize);
        assert_eq!(asked("one", now + 3 * ONE_MORE), 3);
        assert_eq!(asked("one", now + 1000 * ONE_MORE), AT_ONCE as usize);
        // Who asks no faster than that is never refused.
        assert!((0..1000).all(|at| rates.allows("third", now + at * ONE_MORE)));
    }
}
