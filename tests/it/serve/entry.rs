//! Coming in, changing one's seat, taking one up again: a device has one seat or none, and no seat is held by nobody.

use hallway::serve::ClassEvent;
use serde_json::{Value, json};

use super::support::{Device, Lesson, for_a_class, play};
use crate::support::Dice;

fn told(lesson: &Lesson) -> Vec<String> {
    lesson.events.try_iter().map(|event: ClassEvent| event.to_string()).collect()
}

/// The seats of a group that somebody can still take.
fn free(lesson: &Lesson, group: usize) -> Vec<String> {
    let room = lesson.device().post("/room", &json!({ "code": lesson.code() })).json();
    let seats = room["groups"][group]["seats"].as_array().expect("a list").clone();
    seats.iter().filter(|seat| seat[1] == "free").map(|seat| seat[0].as_str().expect("an id").to_owned()).collect()
}

fn join(lesson: &Lesson, device: &mut Device, group: usize, seat: &str) -> u16 {
    device.post("/join", &json!({ "code": lesson.code(), "group": group, "seat": seat })).status
}

fn again(lesson: &Lesson, device: &mut Device, group: usize, seat: &str, word: &Value) -> u16 {
    device.post("/again", &json!({ "code": lesson.code(), "group": group, "seat": seat, "word": word })).status
}

#[test]
fn whoever_cannot_have_another_seat_keeps_the_one_they_have() {
    let folder = tempfile::tempdir().expect("a folder");
    let lesson = Lesson::new(for_a_class(), 2, folder.path());
    let (mut aide, mut macron) = (lesson.member(0, Some("aide")), lesson.member(1, Some("macron")));
    let before = aide.state();
    for (group, seat) in [(1, "macron"), (0, "nobody"), (9, "macron")] {
        assert_eq!(join(&lesson, &mut aide, group, seat), 422, "{group} {seat}");
        assert_eq!(aide.state(), before);
    }
    assert_eq!(again(&lesson, &mut aide, 1, "macron", &json!("bababa")), 403);
    assert_eq!(aide.state(), before);
    assert_eq!(macron.state()["seat"], "macron");
}

#[test]
fn whoever_takes_another_seat_gives_theirs_up_in_whatever_group() {
    let folder = tempfile::tempdir().expect("a folder");
    let lesson = Lesson::new(for_a_class(), 2, folder.path());
    let (mut device, old) = (lesson.member(0, Some("aide")), lesson.member(1, Some("macron")));
    assert_eq!(join(&lesson, &mut device, 0, "macron"), 200);
    assert_eq!(free(&lesson, 0), ["rouhani", "aide"]);
    assert_eq!(join(&lesson, &mut device, 1, "aide"), 200);
    assert_eq!((free(&lesson, 0).len(), free(&lesson, 1)), (3, vec!["rouhani".to_owned()]));
    // With the word of another seat, too.
    let word = old.clone().state()["word"].clone();
    assert_eq!(again(&lesson, &mut device, 1, "macron", &word), 200);
    assert_eq!(free(&lesson, 1), ["rouhani", "aide"]);
    assert_eq!(old.clone().get("/state").status, 401);
    // One's own seat once more is one's own seat.
    assert_eq!(join(&lesson, &mut device, 1, "macron"), 200);
    let word = device.state()["word"].clone();
    assert_eq!(again(&lesson, &mut device, 1, "macron", &word), 200);
    assert_eq!((free(&lesson, 1).len(), &device.state()["seat"]), (2, &json!("macron")));
    let told = told(&lesson);
    assert!(told.contains(&"Blue: The aide is free.".to_owned()), "{told:?}");
}

/// Who has the room's code could else join without end, each time with a line on the disk.
#[test]
fn so_many_observe_a_group_and_no_more() {
    let folder = tempfile::tempdir().expect("a folder");
    let lesson = Lesson::new(for_a_class(), 2, folder.path());
    let observe = |group: usize| {
        let mut device = lesson.device();
        let status = device.post("/join", &json!({ "code": lesson.code(), "group": group })).status;
        (device, status)
    };
    let mut first = observe(0).0;
    let let_in = 1 + (0..100).take_while(|_| observe(0).1 == 200).count();
    assert_eq!((let_in, observe(0).1, observe(1).1), (30, 422, 200));
    // Whoever goes, or takes a seat, makes room.
    assert_eq!(join(&lesson, &mut first, 0, "aide"), 200);
    assert_eq!(observe(0).1, 200);
}

/// Devices that change places in all directions at once wait for each other at no point.
#[test]
fn devices_that_change_groups_at_once_do_not_block_each_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let lesson = Lesson::new(for_a_class(), 2, folder.path());
    std::thread::scope(|scope| {
        for seat in ["aide", "macron"] {
            for group in [0, 1] {
                let (code, mut device) = (lesson.code(), lesson.device());
                scope.spawn(move || {
                    for turn in 0..12 {
                        let value = json!({ "code": code, "group": (group + turn) % 2, "seat": seat });
                        let status = device.post("/join", &value).status;
                        assert!([200, 422].contains(&status), "{status}");
                    }
                    assert_eq!(device.state()["seat"], seat);
                });
            }
        }
    });
    assert_eq!(free(&lesson, 0).len() + free(&lesson, 1).len(), 2);
}

#[test]
fn a_device_that_goes_is_away_and_one_that_was_sent_away_is_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let lesson = Lesson::new(for_a_class(), 1, folder.path());
    let mut device = lesson.member(0, Some("aide"));
    let (mut one, mut two) = (device.listen(), device.listen());
    assert_eq!((one.next().expect("a page"), two.next().expect("a page")), (device.state(), device.state()));
    drop((one, two));
    let gone = |event: &ClassEvent| event.to_string().contains("the device is away");
    let before: Vec<String> =
        lesson.events.iter().take_while(|event| !gone(event)).map(|event| event.to_string()).collect();
    assert_eq!(before, ["Blue: The aide has come in.", "Blue: The aide is here."]);
    let mut third = device.listen();
    assert!(third.next().is_some());
    lesson.class.order("free blue aide", true).expect("done");
    assert!(third.next().is_none());
    assert_eq!(told(&lesson), ["Blue: The aide is here.", "Blue: The aide is free."]);
    assert_eq!(device.get("/state").status, 401);
}

/// What changes nothing for a device is not sent to it once more.
#[test]
fn a_page_is_sent_only_where_it_has_changed() {
    let folder = tempfile::tempdir().expect("a folder");
    let lesson = Lesson::new(for_a_class(), 1, folder.path());
    let mut devices = lesson.group(0);
    let mut stream = devices[0].listen();
    assert_eq!(stream.next(), Some(devices[0].state()));
    // Others come and go, ask for what they may not, and have the teacher say what is so already.
    drop(devices[1].listen().next());
    let observer = lesson.member(0, None);
    assert_eq!(observer.clone().post("/leave", &json!({})).status, 204);
    for (line, is_new) in [("go blue", false), ("pause blue", true), ("pause blue", false)] {
        assert_eq!(lesson.class.order(line, false).is_ok(), is_new, "{line}");
    }
    assert_eq!(stream.next().expect("a page")["state"], "paused");
    lesson.class.order("go blue", false).expect("done");
    assert_eq!(stream.next().expect("a page")["state"], "playing");
    assert_eq!(play(&mut devices, &mut Dice(3), 1), 1);
    assert_eq!(stream.next().expect("a page")["moves"], 1);
}
