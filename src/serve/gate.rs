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

    use super::{Gate, Tried, WAITING};

    const ONE: IpAddr = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1));
    const OTHER: IpAddr = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 2));

    #[test]
    fn while_wrong_codes_wait_no_other_is_tried_from_there_and_others_come_in() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        runtime.block_on(async {
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
