//! Messages to and from an editor, over standard input and output.

use std::io::{self, BufRead, Read as _, Write};
use std::thread::JoinHandle;

use lsp_server::{Connection, Message};
use serde_json::json;

use crate::cli::output::warn;

/// The longest message that is taken, in bytes: more than the largest scene file has as a text of JSON.
const LONGEST: u64 = 512 << 20;
/// The longest line of a message's head that is taken.
const LONGEST_LINE: u64 = 4096;

/// What writes to the editor; it ends when everybody who could write has gone.
pub(super) type Writer = JoinHandle<io::Result<()>>;

/// The editor at the other end of standard input and output.
pub(super) fn editor() -> (Connection, Writer) {
    let (here, there) = Connection::memory();
    let Connection { sender, receiver } = there;
    std::thread::spawn(move || {
        let mut input = io::stdin().lock();
        loop {
            match message(&mut input) {
                Ok(Some(body)) => {
                    let Ok(message) = serde_json::from_slice::<Message>(&body) else {
                        if refuse(&body).is_err() {
                            return;
                        }
                        continue;
                    };
                    let leaves = matches!(&message, Message::Notification(note) if note.method == "exit");
                    if sender.send(message).is_err() || leaves {
                        return;
                    }
                }
                Ok(None) => return,
                Err(error) => return warn(format_args!("the editor cannot be understood: {error}")),
            }
        }
    });
    let writer =
        std::thread::spawn(move || receiver.iter().try_for_each(|message| message.write(&mut io::stdout().lock())));
    (here, writer)
}

/// Says of a message that it is none. It has no number that could be answered, so this is no [`Message`].
fn refuse(body: &[u8]) -> io::Result<()> {
    let (code, why) = match serde_json::from_slice::<serde::de::IgnoredAny>(body) {
        Ok(_) => (-32600, "this is neither a request nor a notification nor an answer"),
        Err(_) => (-32700, "this is no JSON"),
    };
    let body = json!({ "jsonrpc": "2.0", "id": null, "error": { "code": code, "message": why } }).to_string();
    let mut out = io::stdout().lock();
    write!(out, "Content-Length: {}\r\n\r\n{body}", body.len())?;
    out.flush()
}

/// The next message's body; `None` at the end of the input.
fn message(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let wrong = |why: String| io::Error::new(io::ErrorKind::InvalidData, why);
    let mut length = None;
    loop {
        let mut line = Vec::new();
        input.take(LONGEST_LINE).read_until(b'\n', &mut line)?;
        if line.is_empty() {
            return Ok(None);
        }
        if !line.ends_with(b"\n") {
            return Err(wrong("a line of a message's head has no end".to_owned()));
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim();
        if line.is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("Content-Length")
        {
            length = Some(value.trim().parse::<u64>().map_err(|_| wrong(format!("`{line}` is no length")))?);
        }
    }
    let length = length.ok_or_else(|| wrong("a message has no Content-Length".to_owned()))?;
    if length > LONGEST {
        return Err(wrong(format!("a message of {length} bytes is too long; {LONGEST} are the most")));
    }
    // What is announced is believed as it comes, and takes no memory before.
    let mut body = Vec::new();
    input.take(length).read_to_end(&mut body)?;
    Ok((body.len() as u64 == length).then_some(body))
}

#[cfg(test)]
mod tests {
    use super::message;

    #[test]
    fn a_message_is_what_its_head_says() {
        let read = |text: &str| {
            message(&mut text.as_bytes()).map(|body| body.map(|body| String::from_utf8_lossy(&body).into_owned()))
        };
        assert_eq!(read("Content-Length: 2\r\nContent-Type: x\r\n\r\n{}rest").expect("one"), Some("{}".to_owned()));
        assert_eq!(read("content-length:2\n\n{}").expect("one"), Some("{}".to_owned()));
        assert_eq!(read("").expect("the end"), None);
        assert_eq!(read("Content-Length: 9\r\n\r\n{}").expect("cut off"), None);
        for wrong in [
            "Content-Length: 99999999999999\r\n\r\n{}",
            "Content-Length: 18446744073709551615\r\n\r\n{}",
            "Content-Length: -1\r\n\r\n{}",
            "Content-Length: 99999999999999999999\r\n\r\n",
            "X: 1\r\n\r\n{}",
            "no end",
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
        assert!(read(&"x".repeat(10_000)).is_err());
    }
}
