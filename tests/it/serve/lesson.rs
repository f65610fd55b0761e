use hallway::record::Journal;
use hallway::serve::{ClassEvent, Said};
use serde_json::json;

use super::support::{Device, Lesson, decision, for_a_class, play};
use crate::support::Dice;

fn told(lesson: &Lesson) -> Vec<String> {
    lesson.events.try_iter().map(|event: ClassEvent| event.to_string()).collect()
}

#[test]
fn three_devices_play_a_game_to_its_end_and_it_is_on_disk() {
    let folder = tempfile::tempdir().expect("a folder");
    let lesson = Lesson::new(for_a_class(), 2, folder.path());
    let mut devices = lesson.group(0);
    let taken = play(&mut devices, &mut Dice(3), 1000);
    assert!(taken > 10, "{taken} decisions");
    for device in &mut devices {
        let shown = device.state();
        assert_eq!((&shown["state"], &shown["page"]["turn"]), (&json!("over"), &json!("over")));
        assert!(shown["page"]["ending"]["title"].is_string());
    }
    let told = told(&lesson);
    assert!(told.contains(&"Blue: the game has begun.".to_owned()), "{told:?}");
    assert!(told.last().is_some_and(|last| last.starts_with("Blue: the game is over: ")), "{told:?}");
    let save = folder.path().join("blue.night");
    let kept = Journal::look(&save, lesson.class.story, "hold-the-line-class").expect("a save");
    assert!(kept.session.is_over() && kept.ended && kept.notices.is_empty());
    assert_eq!(kept.session.log().len(), taken);
}

#[test]
fn a_class_that_was_interrupted_goes_on_with_the_same_devices() {
    let folder = tempfile::tempdir().expect("a folder");
    let story = for_a_class();
    let lesson = Lesson::new(story, 2, folder.path());
    let mut devices = lesson.group(1);
    let alone = lesson.member(0, Some("aide"));
    play(&mut devices, &mut Dice(5), 6);
    let before: Vec<_> = devices.iter_mut().map(|device| device.state()).collect();
    let code = lesson.code().to_owned();
    drop(lesson);

    let lesson = Lesson::new(story, 2, folder.path());
    assert_eq!(lesson.code(), code);
    for (device, before) in devices.iter_mut().zip(&before) {
        device.at = lesson.at;
        assert_eq!(device.state(), *before);
    }
    let waiting = at_the_class(alone, &lesson).state();
    assert_eq!((&waiting["state"], &waiting["seat"]), (&json!("waiting"), &json!("aide")));
    play(&mut devices, &mut Dice(5), 1000);
    assert_eq!(devices[0].state()["state"], "over");
}

/// The same device at the address that the class has now.
fn at_the_class(device: Device, lesson: &Lesson) -> Device {
    Device { at: lesson.at, ..device }
}

#[test]
fn a_stream_brings_every_change_and_ends_where_the_seat_is_lost() {
    let folder = tempfile::tempdir().expect("a folder");
    let lesson = Lesson::new(for_a_class(), 1, folder.path());
    let mut macron = lesson.member(0, Some("macron"));
    let mut stream = macron.listen();
    assert_eq!(stream.next().expect("a first page")["state"], "waiting");
    let others = [lesson.member(0, Some("rouhani")), lesson.member(0, Some("aide"))];
    let playing = std::iter::from_fn(|| stream.next()).find(|shown| shown["state"] == "playing").expect("it begins");
    assert_eq!(playing["page"]["seat"]["id"], "macron");
    // Another device takes the seat up with its word: this one is sent nothing more.
    let word = playing["word"].as_str().expect("a word");
    let mut second = lesson.device();
    let wrong = json!({ "code": lesson.code(), "group": 0, "seat": "macron", "word": "wrong" });
    assert_eq!(second.post("/again", &wrong).status, 403);
    let again = json!({ "code": lesson.code(), "group": 0, "seat": "macron", "word": word.to_uppercase() });
    assert_eq!(second.post("/again", &again).json()["page"], playing["page"]);
    while stream.next().is_some() {}
    assert_eq!(macron.get("/state").status, 401);
    drop(others);
}

#[test]
fn a_decision_on_an_old_page_is_not_taken_and_one_sent_twice_counts_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let lesson = Lesson::new(for_a_class(), 1, folder.path());
    let mut devices = lesson.group(0);
    let shown = devices[0].state();
    let decided = decision(&shown, &mut Dice(1)).expect("the first seat begins");
    assert_eq!(devices[1].post("/decide", &decided).status, 422, "not this seat's turn");
    assert_eq!(devices[0].post("/decide", &decided).status, 200);
    assert_eq!(devices[0].post("/decide", &decided).status, 409);
    assert_eq!(devices[0].state()["moves"], 1);
}

#[test]
fn after_the_lesson_no_device_has_a_seat_and_a_word_takes_it_up_on_another_day() {
    let folder = tempfile::tempdir().expect("a folder");
    let story = for_a_class();
    let lesson = Lesson::new(story, 1, folder.path());
    let mut devices = lesson.group(0);
    play(&mut devices, &mut Dice(4), 3);
    let before = devices[0].state();
    lesson.class.end().expect("forgotten");
    assert_eq!(devices[0].get("/state").status, 401);
    drop(lesson);

    let lesson = Lesson::new(story, 1, folder.path());
    let old = at_the_class(devices.remove(0), &lesson).get("/state").status;
    let mut device = lesson.device();
    let again = json!({ "code": lesson.code(), "group": 0, "seat": before["seat"], "word": before["word"] });
    assert_eq!((old, device.post("/again", &again).status), (401, 200));
    assert_eq!(device.state(), before);
}

#[test]
fn what_cannot_be_taken_back_is_asked_about_first() {
    let folder = tempfile::tempdir().expect("a folder");
    let lesson = Lesson::new(for_a_class(), 2, folder.path());
    let mut devices = lesson.group(0);
    for line in ["stop", "stop blue", "free blue aide", "quit"] {
        let said = lesson.class.order(line, false);
        assert!(matches!(said, Ok(Said::Sure(_))), "{line}: {said:?}");
    }
    for line in
        ["stop purple", "free blue", "begin", "begin blue", "more blue 30", "debrief", "board x", "news 99", "dance"]
    {
        assert!(lesson.class.order(line, true).is_err(), "{line}");
    }
    lesson.class.order("pause blue", false).expect("done");
    let shown = devices[0].state();
    let decided = decision(&shown, &mut Dice(1)).expect("the first seat begins");
    assert_eq!((&shown["state"], devices[0].post("/decide", &decided).status), (&json!("paused"), 422));
    lesson.class.order("go", false).expect("done");
    assert_eq!(devices[0].post("/decide", &decided).status, 200);
    lesson.class.order("free blue aide", true).expect("done");
    let without = devices.iter().filter(|device| (*device).clone().get("/state").status == 401).count();
    assert_eq!(without, 1);
    lesson.class.order("stop blue", true).expect("done");
    assert_eq!(devices[0].state()["state"], "over");
}

/// Where each group is, whose turn, since when, and who is missing: and nothing that anybody reads.
#[test]
fn the_console_shows_the_class_as_a_table() {
    let folder = tempfile::tempdir().expect("a folder");
    let lesson = Lesson::new(for_a_class(), 4, folder.path());
    let mut blue = lesson.group(0);
    let mut red = lesson.group(2);
    let _late = lesson.member(1, Some("aide"));
    play(&mut blue, &mut Dice(6), 2);
    play(&mut red, &mut Dice(7), 1000);
    let mut here = blue[1].listen();
    here.next();
    lesson.class.order("pause blue", false).expect("done");
    let told = lesson.class.told();
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines.len(), 5, "{told}");
    let under = |head: &str, row: usize| {
        let at = lines[0].split(head).next().expect("the head").chars().count();
        let cell: String = lines[row].chars().skip(at).collect();
        cell.split("  ").next().unwrap_or_default().to_owned()
    };
    let turn = lesson.class.story.seats.iter().find(|seat| under("Whose turn", 1) == seat.name);
    assert!(turn.is_some() && under("Where", 1) == "1. The knock", "{told}");
    assert_eq!(
        (under("For", 1).as_str(), under("Decided", 1).as_str(), under("Silent", 1).as_str()),
        ("paused", "2", "0")
    );
    assert_eq!(under("Missing", 1), "Emmanuel Macron (away), The aide (away)");
    assert_eq!(under("Where", 2), "not begun");
    assert_eq!(under("Missing", 2), "Emmanuel Macron (free), Hassan Rouhani (free), The aide (away)");
    assert_eq!((under("Where", 4).as_str(), under("Missing", 4).as_str()), ("not begun", "everybody"));
    assert!(under("Where", 3).starts_with("over: “") && under("Whose turn", 3).is_empty(), "{told}");
    lesson.class.order("go", false).expect("done");
    assert!(lesson.class.told().lines().nth(1).is_some_and(|line| line.contains(":") && !line.contains("paused")));
}

#[test]
fn a_group_of_two_begins_when_its_teacher_says_so_and_the_story_plays_the_third() {
    let folder = tempfile::tempdir().expect("a folder");
    let story = for_a_class();
    let lesson = Lesson::new(story, 1, folder.path());
    let mut devices = vec![lesson.member(0, Some("macron")), lesson.member(0, Some("rouhani"))];
    assert_eq!(devices[0].state()["missing"], json!(["The aide"]));
    lesson.class.order("begin blue", false).expect("done");
    play(&mut devices, &mut Dice(8), 3);
    drop(lesson);
    let lesson = Lesson::new(story, 1, folder.path());
    devices.iter_mut().for_each(|device| device.at = lesson.at);
    let late = json!({ "code": lesson.code(), "group": 0, "seat": "aide" });
    assert_eq!(lesson.device().post("/join", &late).status, 422, "the story has this seat");
    play(&mut devices, &mut Dice(8), 1000);
    assert_eq!(devices[0].state()["state"], "over");
}
