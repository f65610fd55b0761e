//! `hallway class serve` as a teacher starts it.

use serde_json::json;

use super::support::{Served, play};
use crate::support::{Dice, Hallway};

#[test]
fn a_teacher_serves_a_class_and_goes_on_with_it_another_day() {
    let (hallway, folder) = (Hallway::new(), tempfile::tempdir().expect("a folder"));
    let folder = folder.path().join("class");
    let mut served = Served::new(&hallway, &folder, &["--pupils", "5"]);
    assert!(served.opening.contains("Only this computer is let in."), "{}", served.opening);
    assert!(served.opening.contains("2 groups. When everybody has a seat, type begin"), "{}", served.opening);
    let mut device = served.device();
    let came = device.post("/join", &json!({ "code": served.code, "group": 0, "seat": "aide" }));
    assert_eq!(came.status, 200, "{}", came.body);
    served.says("groups", "Green  not begun");
    served.says("ADDRESS", "Code:");
    served.says("dance", "is no word of this console");
    served.says("free blue aide", "type the same line once more");
    served.says("", "Blue   not begun");
    // Only the very next line counts as the same once more.
    served.says("free blue aide", "type the same line once more");
    served.says("begin blue", "type the same line once more");
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
    assert_eq!(device.state()["state"], "playing", "whoever ends a lesson by mistake has every device back");
    served.says("groups", "Green  not begun");
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

/// Killed in the middle: at the same address, with the same devices, as if nothing had been.
#[test]
fn a_class_whose_program_was_killed_goes_on() {
    let (hallway, folder) = (Hallway::new(), tempfile::tempdir().expect("a folder"));
    let mut served = Served::new(&hallway, folder.path(), &["--groups", "1"]);
    let mut devices = ["macron", "rouhani", "aide"].map(|seat| {
        let mut device = served.device();
        let joined = device.post("/join", &json!({ "code": served.code, "group": 0, "seat": seat }));
        assert_eq!(joined.status, 200, "{}", joined.body);
        device
    });
    served.says("begin", "Began play in Blue.");
    play(&mut devices, &mut Dice(3), 4);
    let before = devices.each_mut().map(|device| device.state());
    served.kill();
    let _served = Served::on(served.at.port(), &hallway, folder.path(), &[]);
    assert_eq!(devices.each_mut().map(|device| device.state()), before);
    play(&mut devices, &mut Dice(3), 1000);
    assert_eq!(devices[0].state()["state"], "over");
}

/// The same line once more after an interruption throws nobody out: the class goes on, until its teacher ends it or asks for
/// another.
#[test]
fn the_same_line_once_more_goes_on_with_the_class() {
    let hallway = Hallway::new();
    let line = ["--groups", "2", "--port", "0"];
    let mut served = Served::as_typed(&hallway, &line);
    let mut device = served.device();
    let joined = device.post("/join", &json!({ "code": served.code, "group": 1, "seat": "aide" }));
    assert_eq!(joined.status, 200, "{}", joined.body);
    // While it is served it is neither begun anew nor served twice.
    let run = hallway.run(&[&["class", "serve"][..], &line].concat(), "");
    assert!(run.code == 1 && run.err.contains("is being served already") && run.err.contains("--new"), "{}", run.err);
    let code = served.code.clone();
    served.kill();

    let mut served = Served::as_typed(&hallway, &line);
    assert!(served.opening.contains("This class goes on"), "{}", served.opening);
    assert!(served.opening.contains("add --new"), "{}", served.opening);
    assert_eq!(served.code, code);
    device.at = served.at;
    assert_eq!(device.state()["group"], "Green");
    served.kill();

    // Another story has no class yet; a new one is not the last one.
    let other = Served::as_typed(&hallway, &["last-ferry", "--groups", "1", "--port", "0"]);
    assert!(!other.opening.contains("goes on from"), "{}", other.opening);
    let new = Served::as_typed(&hallway, &[&line[..], &["--new"]].concat());
    assert!(new.code != code && !new.opening.contains("goes on from"), "{}", new.opening);
    let (newer, ended) = (new.code.clone(), new.ends());
    assert_eq!(ended, 0);

    // The new one is closed, and the one before is open still.
    let served = Served::as_typed(&hallway, &line);
    assert_eq!(served.code, code);
    assert_eq!(served.ends(), 0);
    let third = Served::as_typed(&hallway, &line);
    assert!(third.code != code && third.code != newer);
}

/// The line for going on is copied as it stands, from wherever, and serves the same class at the same address.
#[cfg(unix)]
#[test]
fn the_line_for_going_on_can_be_copied_as_it_is() {
    let (hallway, folder) = (Hallway::new(), tempfile::tempdir().expect("a folder"));
    let folder = folder.path().join("class 8b, it’s Ann's");
    let mut served = Served::new(&hallway, &folder, &["--groups", "1", "--lan", "--plain"]);
    let line = served.opening.lines().skip_while(|line| !line.contains("go on with this line")).nth(1);
    let line = line.expect("it is told").to_owned();
    for option in ["--lan", "--plain", &format!("--port {}", served.at.port())] {
        assert!(line.contains(option), "{option}: {line}");
    }
    let (code, at) = (served.code.clone(), served.at);
    served.kill();
    let mut shell = std::process::Command::new("sh");
    // In the place of the shell, so that what is ended is the program.
    shell.args(["-c", &format!("exec {line}")]).env("HOME", hallway.home.path()).current_dir("/");
    let served = Served::run(shell);
    assert_eq!((&served.code, served.at), (&code, at));
}
