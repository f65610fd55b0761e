//! Who comes in: connections are counted, and none is waited for longer than it takes.

use std::collections::HashMap;
use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpStream;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::address::Addresses;
use super::class::Class;
use super::group::mind;
use super::routes::{Peer, routes};

/// So many connections at once; three devices in a browser's usual six, for forty groups, are fewer.
const CONNECTIONS: usize = 1000;
/// So many of them from one address, behind which a whole class may be.
const FROM_ONE: usize = 400;
/// A request's head has to be here within this time, or the next one on a connection that is kept.
const HEAD: Duration = Duration::from_secs(5);
/// What one connection may have waiting.
const BUFFER: usize = 16 * 1024;

/// Serves the class until it is dropped.
///
/// # Errors
/// Where the listener cannot be used.
pub async fn serve(class: Arc<Class>, listener: TcpListener, addresses: Addresses) -> io::Result<Infallible> {
    listener.set_nonblocking(true)?;
    let listener = tokio::net::TcpListener::from_std(listener)?;
    // They end with the door.
    let mut turns = JoinSet::new();
    for group in &class.groups {
        turns.spawn(mind(group.clone()));
    }
    let router = routes(class, addresses);
    let (places, present) = (Arc::new(Semaphore::new(CONNECTIONS)), Present::default());
    loop {
        // Who comes when all places are taken waits at the door.
        let Ok(place) = places.clone().acquire_owned().await else { continue };
        match listener.accept().await {
            Ok((stream, peer)) => {
                // Where too many are from one address already the door stays shut to it, so that others find a place.
                let Some(counted) = present.come(peer.ip()) else { continue };
                let router = router.clone();
                tokio::spawn(async move {
                    connection(router, stream, peer).await;
                    drop((place, counted));
                });
            }
            // The other side has gone already, or there are too many files open: others may come in a moment.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

/// How many connections each address has.
#[derive(Debug, Clone, Default)]
struct Present(Arc<Mutex<HashMap<IpAddr, usize>>>);

/// One connection that is counted, for as long as this lives.
#[derive(Debug)]
struct Counted {
    present: Present,
    from: IpAddr,
}

impl Present {
    fn come(&self, from: IpAddr) -> Option<Counted> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(from).or_default();
        if *count == FROM_ONE {
            return None;
        }
        *count += 1;
        Some(Counted { present: self.clone(), from })
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        let mut counts = self.present.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&self.from) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.from);
            }
        }
    }
}

async fn connection(router: Router, stream: TcpStream, peer: SocketAddr) {
    let _ = stream.set_nodelay(true);
    let service = TowerToHyperService::new(router.layer(Extension(Peer(peer.ip()))));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(BUFFER)
        .serve_connection(TokioIo::new(stream), service);
    // A device that goes away in the middle of something is nobody's fault.
    let _ = connection.await;
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use super::{FROM_ONE, Present};

    #[test]
    fn one_address_cannot_take_every_place() {
        let present = Present::default();
        let (one, other) = (IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1)), IpAddr::V4(Ipv4Addr::new(10, 0, 0, 2)));
        let mut here: Vec<_> = (0..FROM_ONE).map_while(|_| present.come(one)).collect();
        assert!(here.len() == FROM_ONE && present.come(one).is_none() && present.come(other).is_some());
        here.pop();
        assert!(present.come(one).is_some());
        here.clear();
        assert!(present.0.lock().is_ok_and(|counts| counts.is_empty()));
    }
}
