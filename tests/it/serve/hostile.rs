//! Who is not let in, and what nobody gets by asking: devices that do not behave as a page of the class does.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use serde_json::json;

use super::support::{Device, Lesson, decision, for_a_class};
use crate::support::Dice;

/// The head of a request with these lines in it and no others.
fn bare(lines: &[&str]) -> String {
    lines.iter().map(|line| format!("{line}\r\n")).collect()
}

#[test]
fn only_the_class_itself_is_asked_and_only_by_its_own_pages() {
    let folder = tempfile::tempdir().expect("a folder");
    let lesson = Lesson::new(for_a_class(), 1, folder.path());
    let (mut device, at) = (lesson.device(), lesson.at);
    let (host, origin) = (format!("Host: {at}"), format!("Origin: http://{at}"));
    let bent = format!("Host: evil.example:{}", at.port());
    let close = "Connection: close";
    let body = json!({ "code": lesson.code() }).to_string();
    let length = format!("Content-Length: {}", body.len());
    let kind = "Content-Type: application/json";
    for head in [
        // A name that somebody has bent to lead here.
        vec!["GET / HTTP/1.1", "Host: evil.example", close],
        vec!["GET /state HTTP/1.1", "Host: evil.example", close],
        vec!["GET / HTTP/1.1", &bent, close],
        vec!["GET / HTTP/1.1", "Host: 192.168.1.5:1", close],
        vec!["GET / HTTP/1.0", close],
        vec!["GET / HTTP/1.1", &host, "Host: evil.example", close],
        // A page from elsewhere.
        vec!["GET /state HTTP/1.1", &host, "Origin: http://evil.example", close],
        vec!["POST /room HTTP/1.1", &host, kind, &length, close],
        vec!["POST /room HTTP/1.1", &host, "Origin: http://evil.example", kind, &length, close],
        vec!["POST /room HTTP/1.1", &host, "Origin: null", kind, &length, close],
        vec!["POST /room HTTP/1.1", &host, &origin, "Origin: http://evil.example", kind, &length, close],
    ] {
        let answer = device.ask(&bare(&head), &body);
        assert!([400, 403].contains(&answer.status), "{head:?}: {answer:?}");
    }
    // A form can be sent from anywhere, but says nothing in JSON.
    for kind in ["Content-Type: text/plain", "Content-Type: application/x-www-form-urlencoded", "X-Nothing: 1"] {
        let answer = device.ask(&bare(&["POST /room HTTP/1.1", &host, &origin, kind, &length, close]), &body);
        assert_eq!(answer.status, 415, "{kind}");
    }
    let answer = device.ask(&bare(&["POST /room HTTP/1.1", &host, &origin, kind, &length, close]), &body);
    assert_eq!(answer.status, 200);
    // The network has given this computer another number meanwhile, or a device knows it by its own.
    for own in ["192.168.77.5", "localhost", "[::1]"] {
        let (host, origin) = (format!("Host: {own}:{}", at.port()), format!("Origin: http://{own}:{}", at.port()));
        assert_eq!(device.ask(&bare(&["GET / HTTP/1.1", &host, close]), "").status, 200, "{own}");
        let answer = device.ask(&bare(&["POST /room HTTP/1.1", &host, &origin, kind, &length, close]), &body);
        assert_eq!(answer.status, 200, "{own}");
    }
}

/// More is sent than two sockets hold; were a page kept back until the last was read, nobody would hear any more.
#[test]
fn a_device_that_reads_nothing_of_what_it_is_sent_keeps_nobody_waiting() {
    const BOTH_SOCKETS: usize = 16 * 1024 * 1024;
    let folder = tempfile::tempdir().expect("a folder");
    let lesson = Lesson::new(for_a_class(), 1, folder.path());
    let mut devices = lesson.group(0);
    let deaf = [devices[0].listen(), devices[1].listen()];
    let mut hears = devices[0].listen();
    let mut sent = hears.next().expect("a page").to_string().len();
    for pause in [true, false].into_iter().cycle() {
        lesson.class.order(if pause { "pause" } else { "go" }, false).expect("done");
        let shown = hears.next().expect("a page");
        assert_eq!(shown["state"] == "paused", pause);
        sent += shown.to_string().len();
        if sent > BOTH_SOCKETS && !pause {
            break;
        }
    }
    let decision = decision(&devices[0].state(), &mut Dice(2)).expect("the first seat begins");
    assert_eq!(devices[0].post("/decide", &decision).status, 200);
    assert_eq!(hears.next().expect("a page")["moves"], 1);
    drop(deaf);
}

#[test]
fn every_answer_says_what_a_browser_may_do_with_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let lesson = Lesson::new(for_a_class(), 1, folder.path());
    let mut device = lesson.member(0, Some("aide"));
    for path in ["/", "/class.js", "/class.css", "/state", "/history", "/nothing", "/decide"] {
        let answer = device.get(path);
        let policy = answer.header("content-security-policy").unwrap_or_default();
        assert!(policy.starts_with("default-src 'none'; script-src 'self';"), "{path}: {answer:?}");
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), None, "{path}");
    }
    let joined = lesson.device().post("/join", &json!({ "code": lesson.code(), "group": 0, "seat": "macron" }));
    let cookie = joined.header("set-cookie").expect("a cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
}

#[test]
fn no_token_but_one_that_was_given_out_shows_anything() {
    let folder = tempfile::tempdir().expect("a folder");
    let lesson = Lesson::new(for_a_class(), 2, folder.path());
    let devices = lesson.group(0);
    let own = devices[0].cookie.clone().expect("a cookie");
    let token = own.strip_prefix("seat=").expect("the seat's");
    let (group, luck) = token.split_once('-').expect("a group and luck");
    assert_eq!((group, luck.len()), ("0", 32));
    let other = if luck.starts_with('0') { "1" } else { "0" };
    for no in [
        String::new(),
        "seat=".to_owned(),
        format!("seat=0-{other}{}", &luck[1..]),
        format!("seat=1-{luck}"),
        format!("seat=99-{luck}"),
        format!("seat=-1-{luck}"),
        format!("seat=0-{}", luck.to_uppercase().replace(|c: char| c.is_ascii_digit(), "A")),
        format!("seat=0-{}", "0".repeat(32)),
        "seat=../../etc/passwd".to_owned(),
        format!("other={token}"),
    ] {
        let mut device = Device { at: lesson.at, cookie: Some(no.clone()) };
        for path in ["/state", "/history", "/events"] {
            assert_eq!(device.get(path).status, 401, "{no} {path}");
        }
        assert_eq!(device.post("/decide", &json!({ "moves": 0, "request": { "do": "standing" } })).status, 401, "{no}");
        assert_eq!(device.post("/leave", &json!({})).status, 401, "{no}");
    }
    // What is kept of a token lets nobody in.
    let mut files = 0;
    for file in std::fs::read_dir(folder.path()).expect("a folder").filter_map(Result::ok) {
        let kept = std::fs::read_to_string(file.path()).expect("words");
        assert!(devices.iter().all(|device| {
            let cookie = device.cookie.as_deref().unwrap_or_default();
            !kept.contains(cookie.trim_start_matches("seat=0-"))
        }));
        files += 1;
    }
    assert!(files > 0, "nothing is kept that could be read");
}

#[test]
fn a_wrong_code_opens_nothing_and_the_right_one_still_does() {
    let folder = tempfile::tempdir().expect("a folder");
    let lesson = Lesson::new(for_a_class(), 1, folder.path());
    let mut device = lesson.device();
    for (path, value) in [
        ("/room", json!({ "code": "" })),
        ("/join", json!({ "code": "wrong", "group": 0, "seat": "aide" })),
        ("/again", json!({ "code": "wrong", "group": 0, "seat": "aide", "word": "" })),
    ] {
        let answer = device.post(path, &value);
        assert_eq!((answer.status, answer.body.contains("macron")), (403, false), "{path}");
    }
    let typed = format!(" {} ", lesson.code().to_lowercase());
    assert_eq!(device.post("/room", &json!({ "code": typed })).status, 200);
    for (value, status) in [
        (json!({ "code": lesson.code(), "group": 7, "seat": "aide" }), 422),
        (json!({ "code": lesson.code(), "group": 0, "seat": "nobody" }), 422),
        (json!({ "code": lesson.code(), "group": -1, "seat": "aide" }), 400),
        (json!({ "code": lesson.code(), "group": 0, "seat": "aide", "name": "Ann" }), 400),
        (json!({ "code": lesson.code(), "group": 0, "seat": "aide" }), 200),
        (json!({ "code": lesson.code(), "group": 0, "seat": "aide" }), 422),
    ] {
        assert_eq!(lesson.device().post("/join", &value).status, status, "{value}");
    }
}

#[test]
fn no_path_of_a_request_leads_to_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let lesson = Lesson::new(for_a_class(), 1, folder.path());
    let mut device = lesson.member(0, Some("aide"));
    for path in [
        "/class.json",
        "/blue.seats",
        "/blue.night",
        "/../class.json",
        "/..%2fclass.json",
        "/%2e%2e/etc/passwd",
        "//etc/passwd",
        "/class.js/../../Cargo.toml",
        "/class.js%00",
        "/./",
        "/assets/web/page.js",
    ] {
        assert_eq!(device.get(path).status, 404, "{path}");
    }
    for method in ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"] {
        let head = device.head(method, "/state", "");
        assert_eq!(device.ask(&head, "").status, 405, "{method}");
    }
}

#[test]
fn what_is_too_much_or_no_request_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let lesson = Lesson::new(for_a_class(), 1, folder.path());
    let mut devices = lesson.group(0);
    let before = devices[0].state();
    let long = json!({ "moves": 0, "request": { "do": "name", "words": "x".repeat(100_000) } });
    assert_eq!(devices[0].post("/decide", &long).status, 413);
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    for body in ["", "null", "{", "{}", "\u{0}", "{\"moves\":-1,\"request\":{\"do\":\"standing\"}}", &deep[..15_000]] {
        let more = format!("Content-Type: application/json\r\nContent-Length: {}\r\n", body.len());
        let head = devices[0].head("POST", "/decide", &more);
        assert_eq!(devices[0].ask(&head, body).status, 400, "{body:.40}");
    }
    for request in [
        json!({ "do": "silence" }),
        json!({ "do": "stop" }),
        json!({ "do": "undo" }),
        json!({ "do": "news", "at": 0 }),
        json!({ "do": "save" }),
        json!({ "do": "choose", "at": 99 }),
    ] {
        let answer = devices[0].post("/decide", &json!({ "moves": 0, "request": request }));
        assert_eq!(answer.status, 422, "{request}: {}", answer.body);
    }
    assert_eq!(devices[0].state(), before);
    let huge = format!("Cookie: {}\r\n", "x".repeat(100_000));
    let head = devices[0].head("GET", "/state", &huge);
    assert!([0, 400, 431].contains(&devices[0].ask(&head, "").status));
    assert_eq!(devices[0].state(), before);
}

#[test]
fn devices_that_say_half_a_thing_keep_nobody_waiting() {
    let folder = tempfile::tempdir().expect("a folder");
    let lesson = Lesson::new(for_a_class(), 1, folder.path());
    let mut devices = lesson.group(0);
    let mut slow: Vec<TcpStream> = Vec::new();
    for number in 0..100 {
        let mut stream = TcpStream::connect(lesson.at).expect("the class is there");
        let said: &str = ["", "GET /sta", "GET /state HTTP/1.1\r\nHost: ", "POST /decide HTTP/1.1\r\n"][number % 4];
        stream.write_all(said.as_bytes()).expect("sent");
        slow.push(stream);
    }
    let decision = decision(&devices[0].state(), &mut Dice(2)).expect("the first seat begins");
    assert_eq!(devices[0].post("/decide", &decision).status, 200);
    // The class hangs up by itself on who does not finish; read to the end, each of them comes to one.
    for mut stream in slow {
        let mut rest = Vec::new();
        let _ = stream.read_to_end(&mut rest);
        assert!(!String::from_utf8_lossy(&rest).contains(" 200 "));
    }
}
