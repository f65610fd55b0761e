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
    lesson.begin(0);
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

/// Whoever ends the lesson by mistake has every device back; on another day a seat is taken up with its word, and by nothing else.
#[test]
fn a_lesson_that_was_ended_goes_on_with_its_devices_and_on_another_day_with_their_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let story = for_a_class();
    let lesson = Lesson::new(story, 1, folder.path());
    let mut devices = lesson.group(0);
    let observer = lesson.member(0, None);
    play(&mut devices, &mut Dice(4), 3);
    let (before, mut stream) = (devices[0].state(), devices[0].listen());
    stream.next();
    lesson.class.end().expect("marked");
    let told = stream.next().expect("a last page");
    assert_eq!((&told["closed"], &told["page"]), (&json!(true), &before["page"]));
    drop((lesson, stream));

    let lesson = Lesson::new(story, 1, folder.path());
    devices.iter_mut().for_each(|device| device.at = lesson.at);
    assert_eq!(devices[0].state(), before);
    assert_eq!(at_the_class(observer.clone(), &lesson).get("/state").status, 200);
    drop(lesson);

    let long_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(7 * 3600);
    let seats = std::fs::File::options().append(true).open(folder.path().join("blue.seats")).expect("it is there");
    seats.set_modified(long_ago).expect("a time");
    let lesson = Lesson::new(story, 1, folder.path());
    for device in devices.iter().chain([&observer]) {
        assert_eq!(at_the_class(device.clone(), &lesson).get("/state").status, 401);
    }
    let mut device = lesson.device();
    let again = json!({ "code": lesson.code(), "group": 0, "seat": before["seat"], "word": before["word"] });
    assert_eq!(device.post("/again", &again).status, 200);
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

/// What a teacher's line has done, or why nothing.
fn said(lesson: &Lesson, line: &str, sure: bool) -> String {
    match lesson.class.order(line, sure) {
        Ok(Said::Lines(words)) => words,
        Ok(Said::Sure(words)) => format!("Sure? {words}"),
        Err(why) => format!("No: {why}"),
        Ok(other) => format!("{other:?}"),
    }
}

#[test]
fn no_game_begins_before_its_teacher_says_so_and_where_somebody_is_missing_not_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let lesson = Lesson::new(for_a_class(), 3, folder.path());
    assert!(said(&lesson, "begin", true).starts_with("No: No group can begin"));
    let mut seats = Vec::new();
    for seat in ["macron", "rouhani", "aide"] {
        seats.push(lesson.member(0, Some(seat)));
    }
    let two = [lesson.member(1, Some("macron")), lesson.member(1, Some("rouhani"))];
    assert_eq!((&seats[0].state()["state"], &seats[0].state()["missing"]), (&json!("waiting"), &json!([])));
    let asked = said(&lesson, "begin", false);
    assert!(asked.starts_with("Sure? Green: nobody has come for the aide."), "{asked}");
    assert_eq!(seats[0].state()["state"], "waiting", "nothing has begun yet");
    assert_eq!(said(&lesson, "begin blue", false), "Began play in Blue.");
    assert_eq!(said(&lesson, "begin blue", true), "No: Blue: the game has begun already.");
    let begun = said(&lesson, "begin", true);
    assert_eq!(begun, "Began play in Green.\nRed: nobody has a seat yet; `begin GROUP` begins it later.");
    assert_eq!(two[0].clone().state()["story_plays"], json!(["The aide"]));
    // While the class looks back no game begins by a slip.
    let _late = lesson.group(2);
    said(&lesson, "debrief 1", true);
    let other = Lesson::new(for_a_class(), 1, tempfile::tempdir().expect("a folder").path());
    let _all = ["macron", "rouhani", "aide"].map(|seat| other.member(0, Some(seat)));
    said(&other, "debrief 1", true);
    assert!(said(&other, "begin", false).starts_with("Sure? A step of the debrief is open"));
    assert_eq!(said(&other, "begin", true), "Began play in Blue.");
}

/// Each line that does something says what it has done and where, and where not, and why.
#[test]
fn the_console_says_what_was_done() {
    let folder = tempfile::tempdir().expect("a folder");
    let story = for_a_class();
    let lesson = Lesson::new(story, 4, folder.path());
    let mut blue = lesson.group(0);
    let _others = [lesson.group(1), lesson.group(2)];
    play(&mut blue, &mut Dice(2), 1000);
    let sure = |line: &str| said(&lesson, line, true);
    assert_eq!(
        sure("pause"),
        "Stopped the clock of Green and Red; nobody can decide there until `go`.\n\
         Blue: the game is over already.\nYellow: the game has not begun."
    );
    assert_eq!(sure("pause green"), "No: Green: the clock stands already.");
    assert_eq!(sure("go green"), "Let Green go on.");
    assert_eq!(sure("news 1 for red"), format!("Told “{}” to Red.", story.injects[0].name));
    assert_eq!(sure("free red aide"), "Freed the seat of the aide in Red: any device can take it now.");
    assert_eq!(sure("free red aide"), "No: Nobody has the aide in Red.");
    assert_eq!(
        sure("stop"),
        "Stopped Green and Red.\nBlue: the game is over already.\nYellow: the game has not begun."
    );
    assert!(sure("stop").starts_with("No: Blue, Green and Red: the game is over already."));
    assert!(sure("debrief 2").starts_with("Opened “2. "), "{}", sure("debrief 2"));
    assert_eq!(sure("debrief 0"), "Closed the debrief on every device.");
    assert!(lesson.class.order("compare", false).is_ok());
    for line in ["begin yellow", "pause", "compare", "codes", "csv", "news"] {
        assert!(sure(line).len() > 10, "{line}");
    }
}

/// Whoever comes late takes a seat over that the story plays: nobody's page changes, the game on disk is the same, and from
/// then on it waits for the latecomer.
#[test]
fn a_latecomer_takes_over_what_the_story_plays() {
    let folder = tempfile::tempdir().expect("a folder");
    let story = for_a_class();
    let mut aides = 0;
    for (number, played) in [0, 1, 3, 5].into_iter().enumerate() {
        let folder = folder.path().join(number.to_string());
        let lesson = Lesson::new(story, 1, &folder);
        let mut devices = vec![lesson.member(0, Some("macron")), lesson.member(0, Some("rouhani"))];
        assert_eq!(devices[0].state()["missing"], json!(["The aide"]));
        lesson.begin(0);
        play(&mut devices, &mut Dice(8), played);
        let pages =
            |devices: &mut [Device]| devices.iter_mut().map(|it| it.state()["page"].clone()).collect::<Vec<_>>();
        let before = pages(&mut devices);
        let mut stream = devices[0].listen();
        assert_eq!(stream.next().expect("a page")["story_plays"], json!(["The aide"]));
        let room = lesson.device().post("/room", &json!({ "code": lesson.code() })).json();
        assert_eq!(room["groups"][0]["seats"][2], json!(["aide", "story"]));

        let late = lesson.member(0, Some("aide"));
        assert_eq!(stream.next().expect("the group is told")["story_plays"], json!([]));
        assert_eq!(pages(&mut devices), before);
        assert!(told(&lesson).contains(&"Blue: a latecomer takes over from the story: The aide.".to_owned()));
        assert_eq!(
            lesson.device().post("/join", &json!({ "code": lesson.code(), "group": 0, "seat": "aide" })).status,
            422
        );
        devices.push(late);
        let before = pages(&mut devices);
        drop((lesson, stream));

        let lesson = Lesson::new(story, 1, &folder);
        devices.iter_mut().for_each(|device| device.at = lesson.at);
        assert_eq!(pages(&mut devices), before, "after {played} decisions");
        let mut dice = Dice(8);
        while devices[2].state()["state"] != "over" {
            aides += usize::from(devices[2].state()["page"]["turn"] == "yours");
            assert_eq!(play(&mut devices, &mut dice, 1), 1);
        }
        let kept = Journal::look(&folder.join("blue.night"), story, "hold-the-line-class").expect("a save");
        assert!(kept.session.is_over() && kept.notices.is_empty());
        // What is over is not taken over.
        assert_eq!(
            lesson.device().post("/join", &json!({ "code": lesson.code(), "group": 0, "seat": "aide" })).status,
            422
        );
    }
    assert!(aides > 5, "the latecomer decides");
}

#[test]
fn a_seat_that_the_story_played_to_the_end_is_nobodys() {
    let folder = tempfile::tempdir().expect("a folder");
    let lesson = Lesson::new(for_a_class(), 1, folder.path());
    let mut devices = vec![lesson.member(0, Some("macron")), lesson.member(0, Some("rouhani"))];
    lesson.begin(0);
    play(&mut devices, &mut Dice(8), 1000);
    let late = json!({ "code": lesson.code(), "group": 0, "seat": "aide" });
    assert_eq!(lesson.device().post("/join", &late).status, 422);
    let room = lesson.device().post("/room", &json!({ "code": lesson.code() })).json();
    assert_eq!(room["groups"][0]["seats"].as_array().map(Vec::len), Some(2));
}

/// Who observes is shown what everybody may see, as it changes, and nothing that a seat reads.
#[test]
fn an_observer_sees_who_decides_the_news_and_the_end() {
    let folder = tempfile::tempdir().expect("a folder");
    let lesson = Lesson::new(for_a_class(), 1, folder.path());
    let mut observer = lesson.member(0, None);
    assert_eq!(observer.state()["observed"]["group"]["state"], "waiting");
    let mut devices = lesson.group(0);
    let mut stream = observer.listen();
    stream.next();
    let seen = observer.state()["observed"].clone();
    assert_eq!((&seen["group"]["deciding"], &seen["news"]), (&json!("The corridor: Emmanuel Macron"), &json!([])));
    let here = devices[2].listen();
    assert_eq!(stream.next().expect("who is here")["observed"]["group"]["seats"][2], json!(["The aide", "here"]));
    lesson.class.order("news 1", false).expect("done");
    let news = stream.next().expect("the news")["observed"]["news"].clone();
    assert!(news[0].to_string().contains("A note comes round"), "{news}");
    play(&mut devices, &mut Dice(3), 1000);
    let seen = observer.state();
    assert!(seen["observed"]["ending"]["title"].is_string() && seen["page"].is_null(), "{seen}");
    drop(here);
}
