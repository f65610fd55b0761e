//! What a device is sent, on the wire: through every request that a curious pupil can make, before the end, never a word
//! of another seat.

use serde_json::json;

use super::support::{Device, Lesson, Stream, play};
use crate::secrets::tokens;
use crate::support::{Dice, story};

/// Everything that this device can get out of the class, as it came over the wire.
fn all_that_comes(device: &mut Device, lesson: &Lesson) -> String {
    let mut out = String::new();
    let code = lesson.code();
    for path in [
        "/",
        "/class.js",
        "/class.css",
        "/board",
        "/board.js",
        "/state",
        "/history",
        "/record",
        "/after",
        "/debrief",
        "/decide",
        "/room",
    ] {
        out.push_str(&device.get(path).body);
    }
    for (path, value) in [
        ("/room", json!({ "code": code })),
        ("/board", json!({ "code": code })),
        ("/decide", json!({ "moves": 0, "request": { "do": "history", "seat": "macron" } })),
        ("/read", json!({ "seat": "macron" })),
        ("/decide", json!({ "moves": 0, "request": { "do": "debrief" } })),
        ("/decide", json!({ "moves": 0, "request": { "do": "page" } })),
        ("/decide", json!({ "moves": 0, "request": { "do": "save" } })),
        ("/decide", json!({ "moves": 0, "request": { "do": "sit" } })),
        ("/decide", json!({ "moves": 0, "request": { "do": "choose", "at": 999 } })),
        ("/join", json!({ "code": code, "group": 0, "seat": "macron" })),
    ] {
        // A request that would cost it its seat is made by another device of the same pupil.
        let mut with = if path == "/join" { lesson.device() } else { device.clone() };
        out.push_str(&with.post(path, &value).body);
    }
    out
}

/// The first secret in what was sent, and what stands around it.
fn around(seen: &str) -> String {
    let at = seen.find("secret").unwrap_or(0);
    seen.chars().skip(seen[..at].chars().count().saturating_sub(120)).take(240).collect()
}

#[test]
fn no_device_is_sent_a_word_of_another_seat_before_the_end() {
    let story = Box::leak(Box::new(tokens(story("hold-the-line-class"))));
    let folder = tempfile::tempdir().expect("a folder");
    let lesson = Lesson::new(story, 3, folder.path());
    // Looking back is open to whoever has come to their end, and to nobody else.
    lesson.class.order("debrief 2", true).expect("done");
    let mut own_seen = 0;
    for (number, seed) in [(0, 11), (1, 12), (2, 13)] {
        let mut devices = lesson.group(number);
        let mut observer = lesson.member(number, None);
        let mut streams: Vec<Stream> = devices.iter().map(Device::listen).collect();
        let mut observed = observer.listen();
        let mut dice = Dice(seed);
        // A wrong word is told slowly: once is enough.
        let wrong = json!({ "code": lesson.code(), "group": number, "seat": "aide", "word": "" });
        assert!(!devices[0].clone().post("/again", &wrong).body.contains("secret"));
        loop {
            for (seat, device) in devices.iter_mut().enumerate() {
                let moves = device.state()["moves"].clone();
                let seen = all_that_comes(device, &lesson) + &streams[seat].until(&moves);
                own_seen += usize::from(seen.contains(&format!("secret{seat}x")));
                for other in (0..story.seats.len()).filter(|other| *other != seat) {
                    assert!(!seen.contains(&format!("secret{other}x")), "seat {seat} is sent words of seat {other}");
                }
            }
            let moves = observer.state()["moves"].clone();
            let seen = all_that_comes(&mut observer, &lesson) + &observed.until(&moves);
            assert!(!seen.contains("secret"), "an observer is sent words of a seat: {}", around(&seen));
            if play(&mut devices, &mut dice, 1) == 0 {
                break;
            }
            if devices[0].state()["state"] == "over" {
                break;
            }
        }
    }
    assert!(own_seen > 30, "{own_seen} pages with words of one's own");
}
