//! A message that is being put together, answer by answer, in both faces: what is taken back is the last answer, and
//! only then the decision before it.

use hallway::record::Settings;
use hallway::tui::{App, AppEvent, AppStart, Display};
use hallway::view::Key;

use crate::support::{Hallway, story_from};

const STORY: &str = r#"(
  title: "Two questions",
  roles: { "a": (name: "A"), "b": (name: "B") },
  carriers: { "card": (name: "Card"), "mouth": (name: "Mouth") },
  licences: { "free": (name: "Free"), "exact": (name: "Exact") },
  messages: {
    "one": (from: "a", to: "b", say: "Say one.", gist: "one", heard: { "plain": (text: "one") }),
    "two": (from: "a", to: "b", say: "Say two.", gist: "two", heard: { "plain": (text: "two") }),
  },
  scenes: {
    "before": (seat: "a", text: "Before.", choices: [(say: "On.", go: "pass"), (say: "Off.", go: "end")]),
    "pass": (seat: "a", text: "Now.",
      pass: (messages: ["one", "two"], by: ["card", "mouth"], licences: ["free", "exact"], go: "end")),
    "end": (text: "{carrier} {licence}", end: "Over"),
  },
)"#;

/// What the plain face prints for these lines.
fn plain(lines: &str) -> String {
    let hallway = Hallway::new();
    let file = hallway.home.path().join("two.ron");
    std::fs::write(&file, STORY).expect("written");
    let run = hallway.run(&["play", "--plain", "--role", "a", "--seed", "1", &file.display().to_string()], lines);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
    run.out
}

#[test]
fn the_plain_face_takes_back_the_last_answer_and_then_the_decision_before_it() {
    let out = plain("1\n1\n1\nundo\n2\nundo\nundo\n2\n2\n1\n");
    assert!(out.contains("Mouth Free"), "{out}");
    // After the first question's answer it is asked again; after the message itself the choices are read again.
    assert_eq!((out.matches("By what?").count(), out.matches("1. Say one.").count()), (4, 2), "{out}");
    let out = plain("1\n1\nundo\nundo\n1\n1\n1\n1\n");
    assert_eq!((out.matches("1. On.").count(), out.matches("Undone.").count()), (2, 2), "{out}");
    assert!(out.contains("Card Free"), "{out}");
    // Whatever else is said in between, the question stands; `again` reads the page, and its choices are asked.
    let out = plain("1\n2\nstatus\n2\nwhy\n2\n");
    assert!(out.contains("Mouth Exact"), "{out}");
    let out = plain("1\n2\n2\nagain\n1\n1\n2\n");
    assert!(out.contains("Card Exact"), "{out}");
}

#[test]
fn the_drawn_face_takes_back_the_last_answer_and_then_the_decision_before_it() {
    let story = story_from(STORY);
    let start = AppStart { seed: Some(1), fresh_seed: || 1, ..AppStart::of(&story) };
    let settings = Settings { motion: false, ..Settings::default() };
    let (mut app, _) = App::new(start, Display { settings, ..Display::default() }, Vec::new());
    let mut keys = |keys: &str| {
        for key in keys.split_whitespace() {
            app.update(AppEvent::Key(Key::parse(key).expect("a key")));
        }
        let menu: Vec<String> = app.menu().iter().map(|item| item.words.clone()).collect();
        (app.session().map_or(0, |session| session.log().len()), menu.join(" "))
    };
    keys("1 1");
    for (pressed, log, menu) in [
        ("1", 1, "Say one. Say two."),
        ("1 1", 1, "Free Exact"),
        ("u", 1, "Card Mouth"),
        ("u", 1, "Say one. Say two."),
        ("u", 0, "On. Off."),
        ("1 2 2 u 1", 1, "Free Exact"),
    ] {
        assert_eq!(keys(pressed), (log, menu.to_owned()), "after {pressed}");
    }
    assert_eq!(keys("2").0, 2);
}
