//! A seat that changes hands while a game goes on.

use std::path::Path;

use hallway::engine::{By, Session};
use hallway::record::{ClassCode, Journal, replay_group};
use hallway::serve::Said;
use hallway::story::Story;
use serde_json::json;

use super::support::{Device, Lesson, for_a_class, play};
use crate::support::Dice;

fn said(lesson: &Lesson, line: &str, sure: bool) -> String {
    match lesson.class.order(line, sure) {
        Ok(Said::Lines(words)) => words,
        Ok(Said::Sure(words)) => format!("Sure? {words}"),
        Err(why) => format!("No: {why}"),
        Ok(other) => format!("{other:?}"),
    }
}

fn kept<'s>(folder: &Path, story: &'s Story) -> Session<'s> {
    let loaded = Journal::look(&folder.join("blue.night"), story, "hold-the-line-class").expect("a save");
    assert!(loaded.notices.is_empty(), "{:?}", loaded.notices);
    loaded.session
}

/// By whom each decision of the aide's was taken, in order.
fn by(session: &Session<'_>) -> Vec<By> {
    session.steps().filter(|step| step.seat.index() == 2).map(|step| step.by).collect()
}

/// Plays until the aide has decided so many times more, whoever holds that seat.
fn until_the_aide(devices: &mut [Device], folder: &Path, story: &Story, more: usize) {
    let begun = by(&kept(folder, story)).len();
    let mut dice = Dice(8);
    while by(&kept(folder, story)).len() < begun + more {
        assert_eq!(play(devices, &mut dice, 1), 1, "it goes on");
    }
}

/// What the story decided stays the story's in the table and in the talk; what a pupil decided is the pupil's; and whoever
/// reads the save or the code has the same game.
#[test]
fn who_decided_is_told_of_a_seat_that_changed_hands_twice() {
    let folder = tempfile::tempdir().expect("a folder");
    let story = for_a_class();
    let lesson = Lesson::new(story, 1, folder.path());
    let mut devices = vec![lesson.member(0, Some("macron")), lesson.member(0, Some("rouhani"))];
    lesson.begin(0);
    until_the_aide(&mut devices, folder.path(), story, 2);
    let before = by(&kept(folder.path(), story)).len();
    devices.push(lesson.member(0, Some("aide")));
    until_the_aide(&mut devices, folder.path(), story, 2);
    let persons = by(&kept(folder.path(), story)).len() - before;

    // Whoever took it leaves: the group waits for nobody once the teacher says so.
    let mut aide = devices.pop().expect("the aide");
    assert_eq!(aide.post("/leave", &json!({})).status, 204);
    while devices.iter_mut().any(|device| device.state()["page"]["turn"] == "yours") {
        play(&mut devices, &mut Dice(8), 1);
    }
    assert_eq!(play(&mut devices, &mut Dice(8), 1), 0, "it waits for the aide");
    let mut stream = devices[0].listen();
    assert_eq!(stream.next().expect("a page")["story_plays"], json!([]));
    let sure = said(&lesson, "story blue aide", false);
    assert_eq!(sure, "Sure? Blue: the story would play the aide, until somebody takes it over.");
    let done = said(&lesson, "story blue aide", true);
    assert_eq!(done, "Gave the seat of the aide in Blue to the story; whoever comes can take it over.");
    assert_eq!(stream.next().expect("the group is told")["story_plays"], json!(["The aide"]));
    assert_eq!(said(&lesson, "story blue aide", true), "No: Blue: the story plays this seat already.");
    assert!(play(&mut devices, &mut Dice(8), 1) == 1 || devices[0].state()["state"] == "over", "it goes on");
    let shown: Vec<_> = devices.iter_mut().map(|device| device.state()).collect();
    drop((lesson, stream));

    let lesson = Lesson::new(story, 1, folder.path());
    devices.iter_mut().for_each(|device| device.at = lesson.at);
    let again: Vec<_> = devices.iter_mut().map(|device| device.state()).collect();
    assert_eq!(again, shown, "after an interruption");
    play(&mut devices, &mut Dice(8), 1000);
    let session = kept(folder.path(), story);
    assert!(session.is_over());
    let by = by(&session);
    let runs: Vec<(By, usize)> = by.chunk_by(|one, other| one == other).map(|run| (run[0], run.len())).collect();
    assert_eq!(runs[..2], [(By::Story, before), (By::Person, persons)]);
    assert!(runs[2..].iter().all(|(by, _)| *by == By::Story), "{runs:?}");

    assert!(said(&lesson, "csv", false).contains("results.csv"));
    let csv = std::fs::read_to_string(folder.path().join("results.csv")).expect("written");
    let whose: Vec<bool> =
        csv.lines().filter(|row| row.contains("\"The aide\"")).map(|row| row.contains("\"person\"")).collect();
    assert_eq!(whose, by.iter().map(|by| *by == By::Person).collect::<Vec<_>>());

    said(&lesson, "debrief 3", true);
    let looked = devices[0].get("/debrief").json();
    let held = looked["debrief"]["held"][0].as_str().expect("a sentence");
    assert!(held.starts_with("The aide was played by the story until 8.") && held.ends_with(", then by the story."));
    let (class, result) = (looked["codes"][0].as_str().expect("a code"), looked["codes"][1].as_str().expect("a code"));
    let again = replay_group(result, &ClassCode::read(class).expect("a code"), story).expect("a result");
    assert_eq!((again.state(), again.ending()), (session.state(), session.ending()));
}

/// What the story decided for a group is told as the story's, and not as if the group had never come there.
#[test]
fn the_comparison_tells_what_the_story_decided() {
    let folder = tempfile::tempdir().expect("a folder");
    let lesson = Lesson::new(for_a_class(), 3, folder.path());
    let (mut blue, mut green) = (lesson.group(0), lesson.group(1));
    let mut red = vec![lesson.member(2, Some("macron")), lesson.member(2, Some("rouhani"))];
    lesson.begin(2);
    for (devices, seed) in [(&mut blue, 2), (&mut green, 3), (&mut red, 2)] {
        play(devices, &mut Dice(seed), 1000);
    }
    let told = said(&lesson, "compare", false);
    let parted = told.split("One message").next().expect("before it");
    assert!(parted.contains("    Red: the story decided: "), "{told}");
    assert!(!parted.contains("Blue: the story") && !parted.contains("Green: the story"), "{told}");
    // The one that was changed in most groups, or was lost.
    let followed = told.split("One message").nth(1).expect("the message");
    assert!(followed.lines().any(|line| line.contains(", meant: ")), "{told}");
}

/// Nobody but whoever it concerns is held up when a seat changes hands.
#[test]
fn a_change_of_hands_stops_no_clock_and_counts_as_no_decision() {
    let folder = tempfile::tempdir().expect("a folder");
    let story = for_a_class();
    let lesson = Lesson::new(story, 1, folder.path());
    let mut devices = vec![lesson.member(0, Some("macron")), lesson.member(0, Some("rouhani"))];
    lesson.begin(0);
    let mut last = 0;
    while last < 4 {
        assert_eq!(play(&mut devices, &mut Dice(8), 1), 1);
        let (before, pages) = (devices[0].state()["moves"].clone(), |devices: &mut [Device]| {
            devices.iter_mut().map(|it| it.state()["page"].clone()).collect::<Vec<_>>()
        });
        let shown = pages(&mut devices);
        let mut late = lesson.member(0, Some("aide"));
        assert_eq!((&devices[0].state()["moves"], pages(&mut devices)), (&before, shown.clone()));
        if late.state()["page"]["turn"] != "yours" {
            said(&lesson, "story blue aide", true);
            assert_eq!((&devices[0].state()["moves"], pages(&mut devices)), (&before, shown));
            assert_eq!(late.get("/state").status, 401, "the device has lost it");
        }
        last += 1;
    }
    assert_eq!(said(&lesson, "story blue rouhani", true).split(' ').next(), Some("Gave"));
    let last = said(&lesson, "story blue macron", true);
    assert_eq!(last, "No: Blue: nobody would play any more; `stop` ends the game.");
}

#[test]
fn news_are_told_once_and_more_groups_than_colours_have_codes() {
    let folder = tempfile::tempdir().expect("a folder");
    let story = for_a_class();
    let lesson = Lesson::new(story, 10, folder.path());
    let mut blue = lesson.group(0);
    let mut ninth = lesson.group(8);
    said(&lesson, "news 1 for blue", false);
    let again = said(&lesson, "news 1", false);
    assert!(again.starts_with("Sure? Blue has been told “") && again.ends_with("” already."), "{again}");
    assert!(said(&lesson, "news 1 for group 9", false).starts_with("Told “"));
    play(&mut blue, &mut Dice(3), 1000);
    play(&mut ninth, &mut Dice(4), 1000);
    let codes = said(&lesson, "codes", false);
    let line = codes.lines().last().expect("the line that compares");
    assert!(line.contains(" blue=") && line.contains(" group-9="), "{codes}");
    let hallway = crate::support::Hallway::new();
    let out = hallway.command(&line.split(' ').skip(1).collect::<Vec<_>>()).output().expect("it runs");
    let told = String::from_utf8_lossy(&out.stdout);
    assert!(out.status.success() && told.contains("\n  Group 9: "), "{told}");
}
