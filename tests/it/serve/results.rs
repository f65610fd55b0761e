//! What a class looks at when its games are over, and what the room sees of it before.

use hallway::record::{ClassCode, replay_result};
use hallway::serve::Said;
use serde_json::{Value, json};

use super::support::{Lesson, for_a_class, play};
use crate::support::{Dice, story_from};

fn said(lesson: &Lesson, line: &str) -> String {
    match lesson.class.order(line, true) {
        Ok(Said::Lines(words)) => words,
        other => panic!("{line}: {other:?}"),
    }
}

fn board(lesson: &Lesson) -> Value {
    lesson.device().post("/board", &json!({ "code": lesson.code() })).json()
}

#[test]
fn steps_of_looking_back_open_on_every_device_whose_game_is_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let lesson = Lesson::new(for_a_class(), 2, folder.path());
    let (mut devices, mut others) = (lesson.group(0), lesson.group(1));
    let mut observer = lesson.member(0, None);
    let mut stream = devices[1].listen();
    assert_eq!(devices[0].get("/debrief").status, 422, "the game is not over");
    play(&mut devices, &mut Dice(3), 1000);
    assert_eq!(devices[0].get("/debrief").status, 422, "the teacher has opened nothing");
    for step in 1..=4 {
        let line = format!("debrief {step}");
        // Where somebody plays still, the first is asked about.
        assert_eq!(matches!(lesson.class.order(&line, false), Ok(Said::Sure(_))), step == 1, "{line}");
        let told = said(&lesson, &line);
        assert!(told.ends_with("These see it once their games are over: Green.") && told.contains("Blue"), "{told}");
        let shown = std::iter::from_fn(|| stream.next()).find(|shown| shown["step"] == step);
        assert_eq!(shown.expect("a page")["state"], "over");
        for device in devices.iter_mut().chain([&mut observer]) {
            let looked = device.get("/debrief").json();
            assert_eq!(looked["step"], step);
            assert!(looked["title"].as_str().is_some_and(|title| title.starts_with(&step.to_string())), "{looked}");
            assert!(looked["debrief"]["trail"].as_array().is_some_and(|trail| !trail.is_empty()), "{looked}");
        }
        assert_eq!(others[0].get("/debrief").status, 422, "their game is not over");
    }
    said(&lesson, "debrief 0");
    assert_eq!(devices[0].get("/debrief").status, 422, "it is closed again");
    assert!(lesson.class.order("debrief 5", false).is_err_and(|why| why.contains("4. What is known?")));
    play(&mut others, &mut Dice(4), 3);
}

/// Whoever has finished reads on, with nothing left to hide, and whoever plays reads no more than before.
#[test]
fn after_the_end_there_is_something_to_read_on_every_device_of_the_group() {
    let folder = tempfile::tempdir().expect("a folder");
    let lesson = Lesson::new(for_a_class(), 2, folder.path());
    let (mut devices, mut others) = (lesson.group(0), lesson.group(1));
    assert_eq!(devices[0].get("/after").status, 422);
    let known = devices[0].get("/record").json();
    assert_eq!((&known["read"], &known["more"]), (&devices[0].state()["page"]["record"], &json!([])), "its one page’s");
    play(&mut devices, &mut Dice(3), 1000);
    let mut most = 0;
    for device in &mut devices {
        let known = device.get("/record").json();
        let facts = |of: &str| known[of].as_array().expect("a list").clone();
        let (read, all) = (facts("read").len(), [facts("read"), facts("more")].concat());
        most = most.max(read);
        assert_eq!(all.len(), lesson.class.story.facts.len());
        assert!(all.iter().all(|fact| !fact["says"].as_array().expect("who").is_empty()));
        let after = device.get("/after").json();
        assert!(!after["trail"].as_array().expect("a list").is_empty());
        assert!(!after["questions"].as_array().expect("a list").is_empty());
        let seats = after["seats"].as_array().expect("a list");
        assert_eq!(seats.len(), 3);
        assert!(seats.iter().all(|seat| !seat[1].as_array().expect("what it read").is_empty()));
        let own = device.state()["seat"].clone();
        let own = seats.iter().find(|seat| seat[0]["id"] == own).expect("its own");
        assert_eq!(own[1], device.get("/history").json());
    }
    assert!(most > 0, "something of what was read is known");
    assert_eq!(others[0].get("/after").status, 422, "their game is not over");
}

/// A screen reader speaks the story's words in the story's language, and the page's own in English.
#[test]
fn the_page_says_in_which_language_the_story_is() {
    let fr = r#"(title: "Deux portes", language: "fr", scenes: { "z": (text: "Une note.", end: "Fin") })"#;
    for (story, language) in [(for_a_class(), "en"), (&*Box::leak(Box::new(story_from(fr))), "fr")] {
        let folder = tempfile::tempdir().expect("a folder");
        let lesson = Lesson::new(story, 1, folder.path());
        for path in ["/", "/board"] {
            let page = lesson.device().get(path).body;
            assert!(page.contains(&format!("<html lang=\"{language}\">")), "{path}: {page}");
            assert!(page.contains("role=\"status\" lang=\"en\""), "{path}: {page}");
        }
    }
}

/// A code that a device shows is the same game on any other computer.
#[test]
fn codes_and_the_table_of_decisions_tell_what_was_played() {
    let folder = tempfile::tempdir().expect("a folder");
    let lesson = Lesson::new(for_a_class(), 2, folder.path());
    assert_eq!(
        (said(&lesson, "codes").as_str(), said(&lesson, "csv").as_str()),
        ("No group’s game is over yet.", "No group has begun.")
    );
    let mut devices = lesson.group(1);
    let taken = play(&mut devices, &mut Dice(9), 1000);
    said(&lesson, "debrief 3");
    let looked = devices[2].get("/debrief").json();
    let (class, result) = (looked["codes"][0].as_str().expect("a code"), looked["codes"][1].as_str().expect("a code"));
    let codes = said(&lesson, "codes");
    assert!(codes.starts_with(&format!("Green: class code {class}, result code {result}\n")), "{codes}");
    assert!(codes.ends_with(&format!("hallway class compare {class} green={result}")), "{codes}");
    let again = replay_result(result, &ClassCode::read(class).expect("a code"), lesson.class.story).expect("a result");
    let title = &lesson.class.story.endings[again.ending().expect("over").index()].title;
    assert_eq!(devices[0].state()["page"]["ending"]["title"], *title.as_str());
    assert!(said(&lesson, "csv").contains("results.csv"));
    let csv = std::fs::read_to_string(folder.path().join("results.csv")).expect("written");
    assert!(
        csv.starts_with("group,number,seat,") && csv.lines().skip(1).all(|row| row.starts_with("\"Green\",")),
        "{csv}"
    );
    assert_eq!(csv.matches("\"person\"").count(), taken);
}

#[test]
fn the_board_shows_who_is_where_and_then_the_games_that_are_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let lesson = Lesson::new(for_a_class(), 2, folder.path());
    assert_eq!(lesson.device().post("/board", &json!({ "code": "wrong" })).status, 403);
    let (aide, _macron) = (lesson.member(0, Some("aide")), lesson.member(0, Some("macron")));
    let mut stream = aide.listen();
    stream.next();
    let blue = &board(&lesson)["groups"][0];
    assert_eq!(blue["state"], "waiting");
    assert_eq!(blue["seats"], json!([["Emmanuel Macron", "away"], ["Hassan Rouhani", "free"], ["The aide", "here"]]));
    lesson.begin(0);
    let blue = &board(&lesson)["groups"][0];
    assert_eq!((&blue["state"], &blue["seats"][1][1]), (&json!("playing"), &json!("story")));
    assert_eq!(blue["deciding"], "The corridor: Emmanuel Macron");
    let mut green = lesson.group(1);
    play(&mut green, &mut Dice(5), 1000);
    assert!(board(&lesson)["compared"].is_null());
    assert!(matches!(lesson.class.order("board compare", false), Ok(Said::Board)));
    let compared = board(&lesson)["compared"].as_str().expect("words").to_owned();
    assert!(compared.starts_with("How it ended\n  Green: ") && !compared.contains("Blue"), "{compared}");
    lesson.class.order("board groups", false).expect("done");
    assert!(board(&lesson)["compared"].is_null());
}
