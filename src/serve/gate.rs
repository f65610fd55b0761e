//! Where the room's code is tried. A code of four letters is soon guessed by whoever may guess as fast as they like; whoever
//! mistypes it is never locked out.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::Semaphore;

/// How long the answer to a wrong code takes; no other try from that address is looked at meanwhile.
const WRONG: Duration = Duration::from_secs(1);
/// So many tries from one address can wait; a whole class can be behind one.
const WAITING: usize = 64;
/// So many addresses are told apart; those beyond have one place together.
const ADDRESSES: usize = 1024;

/// What came of a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tried {
    Right,
    Wrong,
    /// Too many others are being looked at.
    Later,
}

#[derive(Debug, Default)]
pub struct Gate {
    turns: Mutex<HashMap<Option<IpAddr>, Arc<Semaphore>>>,
}

impl Gate {
    /// Looks at a try from this address, in its turn.
    pub async fn tries(&self, from: IpAddr, is_right: bool) -> Tried {
        let turn = self.turn(from);
        // The map has one of them, and each that waits.
        if Arc::strong_count(&turn) > WAITING + 1 {
            return Tried::Later;
        }
        let Ok(_own) = turn.acquire().await else { return Tried::Later };
        if is_right {
            return Tried::Right;
        }
        tokio::time::sleep(WRONG).await;
        Tried::Wrong
    }

    fn turn(&self, from: IpAddr) -> Arc<Semaphore> {
        let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        if turns.len() >= ADDRESSES {
            turns.retain(|_, turn| Arc::strong_count(turn) > 1);
        }
        let known = turns.contains_key(&Some(from)) || turns.len() < ADDRESSES;
        turns.entry(known.then_some(from)).or_insert_with(|| Arc::new(Semaphore::new(1))).clone()
    }
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use tokio::time::Instant;

    use super::{Gate, Tried, WAITING, WRONG};

    const ONE: IpAddr = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1));
    const OTHER: IpAddr = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 2));

    /// On a clock that goes on by itself when all wait for it.
    fn in_no_time(act: impl Future) {
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        runtime.enable_time().start_paused(true).build().expect("a runtime").block_on(act);
    }

    #[test]
    fn a_wrong_code_is_answered_late_and_only_its_own_address_waits() {
        in_no_time(async {
            let (gate, begun) = (Gate::default(), Instant::now());
            let tried = async |from, is_right| (gate.tries(from, is_right).await, begun.elapsed());
            let tries = tokio::join!(
                tried(ONE, false),
                tried(ONE, false),
                tried(ONE, true),
                tried(OTHER, true),
                tried(OTHER, false)
            );
            assert_eq!(tries.0, (Tried::Wrong, WRONG));
            assert_eq!(tries.1, (Tried::Wrong, 2 * WRONG));
            assert_eq!(tries.2, (Tried::Right, 2 * WRONG));
            assert_eq!((tries.3.0, tries.4), (Tried::Right, (Tried::Wrong, WRONG)));
            assert!(tries.3.1 < WRONG);
        });
    }

    #[test]
    fn so_many_may_wait_and_no_more() {
        in_no_time(async {
            let gate = Gate::default();
            let turn = gate.turn(ONE);
            let held = turn.acquire().await.expect("free");
            let waiting: Vec<_> = (0..WAITING).map(|_| gate.turn(ONE)).collect();
            assert_eq!(gate.tries(ONE, true).await, Tried::Later);
            assert_eq!(gate.tries(OTHER, true).await, Tried::Right);
            drop((waiting, held));
            assert_eq!(gate.tries(ONE, true).await, Tried::Right);
        });
    }
}
