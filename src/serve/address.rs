//! Where the class can be reached, and how that is shown.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};

use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;

/// Where a class can be reached: numbers, because names often lead nowhere in a school's network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Addresses {
    port: u16,
    to_room: bool,
}

impl Addresses {
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// `192.168.1.5:7240`; the likeliest first. They change while a class goes on, where a network gives out new ones.
    #[must_use]
    pub fn hosts(&self) -> Vec<String> {
        let mut own = if self.to_room { addresses() } else { Vec::new() };
        own.push(Ipv4Addr::LOCALHOST);
        let numbers = own.into_iter().map(|own| format!("{own}:{}", self.port));
        numbers.chain([format!("localhost:{}", self.port)]).collect()
    }

    /// What a pupil types or photographs; the code stands where no request carries it.
    #[must_use]
    pub fn link(host: &str, code: &str) -> String {
        format!("http://{host}/#{code}")
    }

    /// The address of the board, for the projector.
    #[must_use]
    pub fn board(host: &str, code: &str) -> String {
        format!("http://{host}/board#{code}")
    }

    /// Draws the QR code of a link in block characters; empty if the link is too long for one.
    #[must_use]
    pub fn picture(link: &str) -> String {
        QrCode::new(link).map(|code| code.render::<Dense1x2>().quiet_zone(true).build()).unwrap_or_default()
    }

    /// Whether a request names this class as its host: an IP address, whichever this computer has by now, or
    /// `localhost`. Any other name is refused, as protection from DNS rebinding, by which a page from elsewhere could
    /// read the answers.
    #[must_use]
    pub fn is_host(&self, named: &str) -> bool {
        let (host, port) = match named.rsplit_once(':') {
            Some((host, port)) if !host.ends_with(':') && !port.ends_with(']') => (host, port),
            _ => (named, "80"),
        };
        let in_brackets = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
        let number = match in_brackets {
            Some(host) => host.parse::<Ipv6Addr>().is_ok(),
            None => host.parse::<Ipv4Addr>().is_ok(),
        };
        port == self.port.to_string() && (number || host == "localhost")
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
    Ok((listener, Addresses { port, to_room }))
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

#[cfg(test)]
mod tests {
    use super::Addresses;

    #[test]
    fn any_number_with_this_port_is_this_class_and_no_bent_name_is() {
        let addresses = Addresses { port: 7240, to_room: false };
        for own in ["127.0.0.1:7240", "192.168.1.5:7240", "10.9.8.7:7240", "[::1]:7240", "localhost:7240"] {
            assert!(addresses.is_host(own), "{own}");
        }
        for other in [
            "",
            ":7240",
            "192.168.1.5",
            "192.168.1.5:80",
            "192.168.1.5:07240",
            "::1:7240",
            "[::1]",
            "[192.168.1.5]:7240",
            "evil.example:7240",
            "192.168.1.5.evil.example:7240",
            "0x7f000001:7240",
            "localhost.evil.example:7240",
            "evil.example:80@192.168.1.5:7240",
            "192.168.1.5:7240:7240",
        ] {
            assert!(!addresses.is_host(other), "{other}");
        }
        let ordinary = Addresses { port: 80, to_room: false };
        assert!(ordinary.is_host("192.168.1.5") && ordinary.is_host("[::1]") && !ordinary.is_host("evil.example"));
    }
}
