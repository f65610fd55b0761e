//! Where the class can be reached, and how that is shown.

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};

use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;

/// Where a class can be reached: numbers, because names often lead nowhere in a school's network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addresses {
    /// `192.168.1.5:7240`; the likeliest first.
    pub hosts: Vec<String>,
}

impl Addresses {
    /// What a pupil types or photographs; the code stands where no request carries it.
    #[must_use]
    pub fn link(host: &str, code: &str) -> String {
        format!("http://{host}/#{code}")
    }

    /// A picture of the link for the telephones in the room, in letters; empty where it would be too large.
    #[must_use]
    pub fn picture(link: &str) -> String {
        QrCode::new(link).map(|code| code.render::<Dense1x2>().quiet_zone(true).build()).unwrap_or_default()
    }

    /// Whether a request names this class as the host it was sent to. Another name leads here only where somebody has bent
    /// it, so that a page from elsewhere may read what is answered.
    #[must_use]
    pub fn is_host(&self, named: &str) -> bool {
        self.hosts.iter().any(|host| host == named || host.strip_suffix(":80") == Some(named))
    }
}

/// Opens the door: on this computer alone, or to all of the room's network.
///
/// # Errors
/// Why it cannot be opened; another program may have the port.
pub fn listen(port: u16, to_room: bool) -> io::Result<(TcpListener, Addresses)> {
    let on = if to_room { Ipv4Addr::UNSPECIFIED } else { Ipv4Addr::LOCALHOST };
    let listener = TcpListener::bind(SocketAddr::from((on, port)))?;
    let port = listener.local_addr()?.port();
    let mut own = if to_room { addresses() } else { Vec::new() };
    own.push(Ipv4Addr::LOCALHOST);
    let mut hosts: Vec<String> = own.into_iter().map(|own| format!("{own}:{port}")).collect();
    hosts.push(format!("localhost:{port}"));
    Ok((listener, Addresses { hosts }))
}

/// This computer's addresses in the networks that it is in; those that schools use at home first.
fn addresses() -> Vec<Ipv4Addr> {
    let interfaces = if_addrs::get_if_addrs().unwrap_or_default();
    let mut out: Vec<Ipv4Addr> = interfaces
        .into_iter()
        .filter_map(|interface| if let IpAddr::V4(own) = interface.ip() { Some(own) } else { None })
        .filter(|own| !own.is_loopback() && !own.is_link_local())
        .collect();
    out.sort_by_key(|own| !own.is_private());
    out.dedup();
    out
}
