//! `hallway class serve` as a teacher starts it.

use std::io::{BufRead as _, BufReader, Lines, Write as _};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStdout, Stdio};

use serde_json::json;

use super::support::Device;
use crate::support::Hallway;

/// A class that is being served by the program.
struct Served {
    child: Child,
    said: Lines<BufReader<ChildStdout>>,
    at: SocketAddr,
    code: String,
    /// What it said before it began to listen to its teacher.
    opening: String,
}

impl Served {
    fn new(hallway: &Hallway, folder: &Path, more: &[&str]) -> Self {
        let folder = folder.to_str().expect("UTF-8");
        let arguments = [&["class", "serve", "--port", "0", "--folder", folder], more].concat();
        let mut command = hallway.command(&arguments);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it starts");
        let mut said = BufReader::new(child.stdout.take().expect("piped")).lines();
        let mut opening = String::new();
        while !opening.contains("type help") {
            opening += &(said.next().expect("it goes on").expect("words") + "\n");
        }
        let after = |name: &str| {
            let line = opening.lines().find_map(|line| line.strip_prefix(name)).expect("it says so");
            line.trim().to_owned()
        };
        let at = after("Address: http://").parse().expect("an address");
        let code = after("Code:");
        Self { child, said, at, code, opening }
    }

    /// Says a line and reads on to one that has these words.
    fn says(&mut self, line: &str, words: &str) {
        writeln!(self.child.stdin.as_ref().expect("piped"), "{line}").expect("it listens");
        let mut lines = Vec::new();
        for line in self.said.by_ref() {
            lines.push(line.expect("words"));
            if lines.last().is_some_and(|line| line.contains(words)) {
                return;
            }
        }
        panic!("{line} was not answered by {words}: {lines:?}");
    }

    fn device(&self) -> Device {
        Device { at: self.at, cookie: None }
    }

    fn ends(mut self) -> i32 {
        self.says("quit", "type the same line once more");
        writeln!(self.child.stdin.as_ref().expect("piped"), "quit").expect("it listens");
        self.child.wait().expect("it ends").code().unwrap_or(-1)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_teacher_serves_a_class_and_goes_on_with_it_another_day() {
    let (hallway, folder) = (Hallway::new(), tempfile::tempdir().expect("a folder"));
    let folder = folder.path().join("class");
    let mut served = Served::new(&hallway, &folder, &["--pupils", "5"]);
    assert!(served.opening.contains("Only this computer is let in."), "{}", served.opening);
    assert!(served.opening.contains("2 groups; type help"), "{}", served.opening);
    let mut device = served.device();
    let came = device.post("/join", &json!({ "code": served.code, "group": 0, "seat": "aide" }));
    assert_eq!(came.status, 200, "{}", came.body);
    served.says("groups", "Green: has not begun; free: ");
    served.says("ADDRESS", "Code:");
    served.says("dance", "is no word of this console");
    served.says("free blue aide", "type the same line once more");
    served.says("groups", "Blue: has not begun");
    // Only the very next line counts as the same once more.
    served.says("free blue aide", "type the same line once more");
    served.says("begin blue", "Blue: the game has begun.");

    // A second hallway does nothing to a class that is served.
    let port = served.at.port().to_string();
    let path = folder.to_str().expect("UTF-8");
    let run = hallway.run(&["class", "serve", "--folder", path, "--port", "0"], "");
    assert!(run.code == 1 && run.err.contains("is being served already"), "{}", run.err);
    assert_eq!(device.state()["state"], "playing");
    // Where the port is taken nothing is made.
    let other = folder.with_file_name("other");
    let run = hallway
        .run(&["class", "serve", "--groups", "1", "--folder", other.to_str().expect("UTF-8"), "--port", &port], "");
    assert!(run.code == 1 && run.err.contains("name another with --port"), "{}", run.err);
    assert!(!other.exists());
    let code = served.code.clone();
    assert_eq!(served.ends(), 0);

    let mut served = Served::new(&hallway, &folder, &["--groups", "7", "--seed", "3"]);
    assert!(served.opening.contains("This class goes on from what"), "{}", served.opening);
    assert!(served.opening.contains("whatever you name now (--groups, --seed)"), "{}", served.opening);
    assert_eq!(served.code, code);
    device.at = served.at;
    assert_eq!(device.get("/state").status, 401, "the lesson was over");
    served.says("groups", "Green: has not begun; free: ");
    drop(served);
}

#[test]
fn nobody_is_asked_to_play_nothing() {
    let hallway = Hallway::new();
    for (more, why) in [
        (&[][..], "say how many groups"),
        (&["--groups", "0"], "there is nobody to play"),
        (&["--groups", "101"], "at most 100"),
        (&["--groups", "2", "--pupils", "6"], "cannot be used with"),
    ] {
        let run = hallway.run(&[&["class", "serve", "--port", "0"], more].concat(), "");
        assert!(run.code == 2 && run.err.contains(why), "{more:?}: {} {}", run.code, run.err);
    }
    assert!(!hallway.home.path().join(".local").exists());
}
