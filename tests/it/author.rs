//! What a writer's commands do: walks, counts, random nights and true odds.

use hallway::author::{exact, simulate, stats, walk};
use hallway::engine::{Holder, Input, Session};
use hallway::proof::Walk;
use hallway::story::{Code, SeatId, Sources, Story, check};

use crate::support::{Hallway, story, story_from};

const DOORS: &str = r#"(
  title: "Doors",
  vars: { "late": (flag: true) },
  scenes: {
    "door": (text: "The aide holds out a note.", choices: [
      (id: "take", say: "Take *it*.", go: "roll"),
      (say: "Wave him off.", go: "left"),
      (say: "Wave him in.", go: "note"),
    ]),
    "roll": (route: [(odds: 1, go: "note"), (odds: 3, do: ["late = true"], go: "left")]),
    "note": (text: "One line, no signature.", end: "You read it"),
    "left": (text: "He withdraws. {if late: It is late.}", end: "You let it pass"),
  },
  walks: { WALKS },
)"#;

fn doors(walks: &str) -> Story {
    story_from(&DOORS.replace("WALKS", walks))
}

fn faults(walks: &str) -> Vec<String> {
    let story = doors(walks);
    walk(&story, &story.walks[0]).faults
}

#[test]
fn a_walk_that_comes_out_as_written_has_no_fault() {
    for good in [
        r#""w": (picks: ["take"], lots: {"roll": "note"}, ends: "You read it", stops: "note", through: ["roll"], expect: ["not late"], reads: {"reader": ["no signature"]}, never: {"reader": ["late"]})"#,
        r#""w": (picks: ["take it"], lots: {"roll": "left"}, expect: ["late"])"#,
        r#""w": (picks: ["WAVE HIM OFF"], ends: "You let it pass")"#,
        r#""w": (picks: ["wave him o"], ends: "You let it pass")"#,
        r#""w": (stops: "door")"#,
    ] {
        assert_eq!(faults(good), Vec::<String>::new(), "{good}");
    }
}

#[test]
fn a_walk_says_what_is_not_as_written() {
    for (bad, says) in [
        (
            r#""w": (picks: ["wave him off"], ends: "You read it")"#,
            "it should end with “You read it”; it ends in `left`",
        ),
        (r#""w": (picks: ["wave him"], stops: "left")"#, "this fits 2 things on offer"),
        (r#""w": (picks: ["bite"], stops: "left")"#, "nothing open reads so; in `door` there is:\n  - Take it. (take)"),
        (r#""w": (picks: ["take", "take"], lots: {"roll": "left"}, stops: "left")"#, "the game has already ended"),
        (r#""w": (picks: ["take"], lots: {"door": "left"}, stops: "left")"#, "`door` has no lot that falls on `left`"),
        (r#""w": (picks: ["wave him off"], through: ["roll"])"#, "it should pass through `roll`"),
        (r#""w": (picks: ["wave him off"], expect: ["late"])"#, "this should hold: late"),
        (r#""w": (picks: ["wave him off"], reads: {"reader": ["signature"]})"#, "should read “signature” and does not"),
        (r#""w": (picks: ["wave him off"], never: {"reader": ["withdraws"]})"#, "reads “withdraws” and must not"),
    ] {
        let found = faults(bad);
        assert!(found.iter().any(|fault| fault.contains(says)), "{bad}: {found:?}");
    }
}

#[test]
fn a_walk_composes_and_treats_messages_by_name() {
    let story = story("last-ferry");
    let mut walked = 0;
    for written in &story.walks {
        let out = walk(&story, written);
        assert!(out.faults.is_empty(), "{}: {:?}", written.id, out.faults);
        walked += usize::from(!out.session.trail().passings.is_empty());
    }
    assert!(walked > 0, "no walk of the tutorial's passes a message");
}

#[test]
fn transcripts_are_blessed_and_differences_shown() {
    let hallway = Hallway::new();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("doors.ron");
    let name = path.display().to_string();
    let write = |text: &str| std::fs::write(&path, text).expect("written");
    let walks = r#""one": (picks: ["wave him off"], transcript: true), "two": (picks: ["take"], lots: {"roll": "note"}, ends: "You read it")"#;
    let text = DOORS.replace("WALKS", walks);
    write(&text);
    let first = hallway.run(&["test", &name], "");
    assert_eq!(first.code, 1);
    assert!(first.out.contains("`hallway test --bless` writes it"), "{}", first.out);
    let blessed = hallway.run(&["test", &name, "--bless"], "");
    assert_eq!(blessed.code, 0, "{}", blessed.out);
    let kept = std::fs::read_to_string(folder.path().join("doors.walks/one.txt")).expect("blessed");
    assert!(kept.contains("> Wave him off.") && kept.contains("He withdraws."), "{kept}");
    assert_eq!(hallway.run(&["test", &name], "").code, 0);
    write(&text.replace("holds out a note", "holds out a card"));
    let other = hallway.run(&["test", &name], "");
    assert_eq!(other.code, 1);
    assert!(other.out.contains("a [note.]") && other.out.contains("a [card.]"), "{}", other.out);
    let json = hallway.run(&["test", &name, "--format", "json"], "");
    let report: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
    assert_eq!(report["ok"], false);
    assert_eq!(report["walks"][0]["transcript"], "differs");
    assert_eq!(report["walks"][1]["ok"], true);
}

#[test]
fn the_counts_are_those_counted_by_hand() {
    let counted = stats(&story_from(
        r#"(
          roles: { "x": (name: "X"), "y": (name: "Y") },
          facts: { "one": (text: "A fact.", inferred: "so"), "two": (text: "Two.", inferred: "so") },
          messages: { "m": (from: "x", to: "y", say: "Say it.", gist: "that it is", heard: { "plain": (text: "it is so") }) },
          treatments: { "plain": (name: "Plain") },
          scenes: {
            "a": (seat: "x", text: "One *two* three.[^one]", others: { "y": "Four five." }, pass: (messages: ["m"], go: "b"),
                  choices: [(say: "Six seven.", go: "c", reply: "Eight.")]),
            "b": (seat: "y", text: "{if visited(a): Nine. | Ten eleven.}", relay: (treatments: ["plain"], go: "c")),
            "c": (text: "Twelve.", end: "E"),
          })"#,
    ));
    // a 3 + 2 + 2 + 1, b 3, c 1 (the same text for both seats), m 2 + 3 + 3.
    assert_eq!((counted.words, counted.message_words), (20, 8));
    assert_eq!((counted.scenes, counted.choices, counted.messages, counted.endings), (3, 1, 1, 1));
    assert_eq!((counted.facts, counted.facts_cited, counted.uncited), (2, 1, vec!["two".to_owned()]));
    assert_eq!((counted.seats[0].words, counted.seats[1].words), (3 + 3 + 1 + 2 + 3, 2 + 3 + 1 + 3));
    assert_eq!((counted.branching.decisions, counted.branching.options.max, counted.branching.single), (2, 2, 1));
    assert_eq!(counted.by_ending[0].words, 1);
}

/// `check` and `stats` say the same of each fact: it is cited wherever a player or a pupil can read that it is.
#[test]
fn a_fact_is_cited_wherever_somebody_reads_it() {
    let story = |cites: &str| {
        let teacher = if cites.contains("lesson") { "" } else { ", lesson: (note: \"For the teacher.[^f]\")" };
        let class =
            if cites.contains("role") || cites.contains("cards") { "roles: { \"r\": (name: \"R\") }, " } else { "" };
        format!(
            r#"({class}facts: {{ "f": (text: "F.", inferred: "so") }}, {cites}{teacher}, scenes: {{ "a": (text: "A.", go: "z"), "z": (text: "Z.", end: "z") }})"#
        )
    };
    for (cites, cited) in [
        ("title: \"T\"", false),
        ("about: \"It was.[^f]\"", true),
        ("notice: \"It was.[^f]\"", true),
        ("endings: { \"z\": (title: \"Z\", note: \"It was.[^f]\") }", true),
        ("chronicle: [(time: \"21:00\", text: \"It was.[^f]\")]", true),
        ("hypotheses: [(text: \"H.\", for: [\"f\"], against: [])]", true),
        ("injects: { \"n\": (name: \"N\", text: \"It was.[^f]\") }", true),
        ("lesson: (glossary: { \"w\": \"It was.[^f]\" })", true),
        ("lesson: (cards: { \"r\": \"It was.[^f]\" })", true),
        ("lesson: (note: \"It was.[^f]\", aims: [\"It was.[^f]\"], plan: [\"It was.[^f]\"])", false),
    ] {
        let text = story(cites);
        let sources = Sources::from_texts([("story.ron", text.as_str())]);
        let checked = check(&sources, Vec::new());
        let told = checked.diagnostics.iter().any(|one| one.code == Code::UnusedFact);
        let counted = stats(checked.story.as_ref().unwrap_or_else(|| panic!("{cites}: {:?}", checked.diagnostics)));
        assert_eq!((!told, counted.facts_cited == 1, counted.uncited.is_empty()), (cited, cited, cited), "{cites}");
    }
}

#[test]
fn repeats_are_phrases_in_more_than_three_scenes() {
    let scene = |id: &str, text: &str, go: &str| format!("\"{id}\": (text: \"{text}\", {go}),");
    let words = "the tray of cold tea stands";
    let scenes: String = ["a", "b", "c", "d"]
        .iter()
        .zip(["go: \"b\"", "go: \"c\"", "go: \"d\"", "end: \"E\""])
        .map(|(id, go)| scene(id, &format!("Here {id} {words} by door {id}."), go))
        .collect();
    let counted = stats(&story_from(&format!("(scenes: {{ {scenes} }})")));
    let phrases: Vec<&str> = counted.repeats.iter().map(|phrase| phrase.words.as_str()).collect();
    assert_eq!(phrases, ["the tray of cold tea stands by door"]);
    let three = stats(&story_from(
        r#"(scenes: {
          "a": (text: "The tray of cold tea stands by one door, and nobody has come for it tonight.", go: "b"),
          "b": (text: "The tray of cold tea stands by one door, and nobody has come for it yet.", go: "c"),
          "c": (text: "Something else entirely.", end: "E") })"#,
    ));
    assert!(three.repeats.is_empty());
    assert_eq!((three.alike.len(), three.alike[0].first.as_str(), three.alike[0].second.as_str()), (1, "a", "b"));
}

#[test]
fn true_odds_are_those_worked_out_by_hand() {
    let story = doors("\"w\": (stops: \"door\")");
    let seat = Some(SeatId::new(0));
    let odds = exact(&story, seat, 1000, &mut || true).expect("a small story");
    // Read: a third of nights straight in, and a quarter of the third that take it.
    let read = story.endings.iter().position(|ending| ending.id == "You read it").expect("there");
    assert!((odds.endings[read] - (1.0 / 3.0 + 1.0 / 12.0)).abs() < 1e-12);
    assert!((odds.endings.iter().sum::<f64>() + odds.stuck - 1.0).abs() < 1e-9);
    assert!(exact(&story, seat, 2, &mut || true).is_none(), "over the budget");
}

/// By which way a night came to a moment has no part in what comes after it, so the ways are not weighed one by one.
#[test]
fn exact_odds_weigh_moments_and_not_the_ways_to_them() {
    let story = story_from(
        r#"(
  vars: { "steps": (min: 0, max: 12) },
  scenes: {
    "fork": (text: "On.", route: [(when: "steps < 12", odds: 1, go: "left"), (when: "steps < 12", odds: 3, go: "right"),
      (odds: "0 if steps < 12 else 1", go: "end")]),
    "left": (text: "Left.", do: ["steps +1"], go: "fork"),
    "right": (text: "Right.", do: ["steps +1"], go: "fork"),
    "end": (text: "There.", end: "There"),
  },
)"#,
    );
    let odds = exact(&story, None, 100, &mut || true).expect("thirteen steps, and not two to the thirteenth");
    assert!((odds.endings[0] - 1.0).abs() < 1e-9 && odds.moments <= 30, "{odds:?}");
}

#[test]
fn nights_worth_a_look_are_told_again_as_they_were() {
    let story = story("hold-the-line");
    for role in [None, story.seat_named("aide")] {
        let simulation = simulate(&story, 300, 11, role, &mut |_| true);
        assert!(simulation.nights.len() >= 5);
        let mut told = 0;
        for night in &simulation.nights {
            let holder = |seat| if Some(seat) == role { Holder::Person } else { Holder::Story };
            let holders = story.seat_ids().map(holder).collect();
            let session =
                Walk::parse(&night.walk).expect("a walk").replay_as(&story, night.seed, holders).expect("told");
            let title = session.ending().map(|ending| &story.endings[ending.index()].title).expect("ended");
            if night.what.starts_with('“') {
                assert_eq!(night.what, format!("“{title}”"));
                told += 1;
            }
        }
        assert!(told >= 3, "{told} endings are worth a look");
        assert_eq!(simulation.reach.is_some(), role.is_some());
    }
}

#[test]
fn reach_is_nought_where_decisions_change_nothing_later() {
    let flat = story_from(
        r#"(scenes: {
          "a": (part: "One", text: "A.", choices: [(say: "x", go: "b"), (say: "y", go: "b")]),
          "b": (part: "Two", text: "B.", choices: [(say: "x", go: "c"), (say: "y", go: "c")]),
          "c": (text: "C.", end: "E") })"#,
    );
    let reach = simulate(&flat, 100, 1, Some(SeatId::new(0)), &mut |_| true).reach.expect("parts");
    assert_eq!((reach.changed, reach.beyond), (100, 0));
    let deep = story_from(
        r#"(vars: { "y": (flag: true) }, scenes: {
          "a": (part: "One", text: "A.", choices: [(say: "x", go: "b"), (say: "y", do: ["y = true"], go: "b")]),
          "b": (part: "Two", text: "B. {if y: Y. | X.}", end: "E") })"#,
    );
    let reach = simulate(&deep, 100, 1, Some(SeatId::new(0)), &mut |_| true).reach.expect("parts");
    assert_eq!((reach.changed, reach.beyond), (100, 100));
}

#[test]
fn what_was_counted_until_it_was_stopped_is_kept() {
    let story = story("last-ferry");
    let stopped = simulate(&story, 1_000_000, 1, None, &mut |done| done < 50);
    assert_eq!(stopped.runs, 50);
    assert_eq!(stopped.endings.iter().map(|ending| ending.count).sum::<u64>(), 50);
}

#[test]
fn the_json_of_the_commands_has_what_is_promised() {
    let hallway = Hallway::new();
    let json = |arguments: &[&str]| -> serde_json::Value {
        let run = hallway.run(arguments, "");
        serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{arguments:?}: {error}: {}", run.out))
    };
    let simulated = json(&["simulate", "last-ferry", "--runs", "50", "--role", "captain", "--format", "json"]);
    for field in [
        "runs",
        "seconds",
        "choices_per_second",
        "endings",
        "words",
        "decisions",
        "words_per_decision",
        "options_per_decision",
        "pair_overlap",
        "never_seen",
        "reach",
        "variables",
        "nights",
        "odds",
    ] {
        assert!(!simulated[field].is_null(), "simulate: {field}");
    }
    for field in ["id", "title", "family", "count", "share"] {
        assert!(!simulated["endings"][0][field].is_null(), "endings: {field}");
    }
    for field in ["min", "median", "max"] {
        assert!(simulated["words"][field].is_u64(), "words: {field}");
    }
    let counted = json(&["stats", "last-ferry", "--format", "json"]);
    for field in
        ["scenes", "words", "choices", "endings", "messages", "facts", "facts_cited", "seats", "repeats", "alike"]
    {
        assert!(!counted[field].is_null(), "stats: {field}");
    }
    let checked = json(&["check", "two-doors", "--format", "json"]);
    for field in ["ok", "diagnostics", "proof"] {
        assert!(!checked[field].is_null(), "check: {field}");
    }
    assert_eq!(checked["proof"]["status"], "proved");
}

/// A walk replayed by its log is the same night.
#[test]
fn forced_lots_are_part_of_the_log() {
    let story = doors("\"w\": (picks: [\"take\"], lots: {\"roll\": \"note\"}, ends: \"You read it\")");
    let out = walk(&story, &story.walks[0]);
    let log: Vec<Input> = out.session.log().to_vec();
    let again = Session::replay(&story, 1, vec![Holder::Person], &log).map_err(|(_, at, why)| format!("{at}: {why}"));
    assert_eq!(again.expect("the same night").ending(), out.session.ending());
}

/// Half a story has no way out yet: its writer is told so, and does not wait.
#[test]
fn nights_without_an_end_are_given_up_and_counted() {
    let story = crate::support::story_from(
        r#"(scenes: { "a": (text: "A.", choices: [(say: "On.", keep: true, go: "b")]),
          "b": (text: "B.", choices: [(say: "Back.", keep: true, go: "a")]), "c": (text: "It ends.", end: "e") })"#,
    );
    for seat in [None, Some(SeatId::new(0))] {
        let nights = simulate(&story, 20, 1, seat, &mut |_| true);
        assert_eq!((nights.runs, nights.stuck), (20, 20), "{seat:?}");
    }
}

/// A sheet that is being marked is read once, however many strokes are made on it.
#[test]
fn a_page_is_counted_once_while_a_sheet_on_it_is_marked() {
    let story = story_from(
        r#"(
      sheets: { "card": (name: "The card", lines: { "one": "One.", "two": "Two." }) },
      scenes: {
        "desk": (text: "Three words here.", mark: (sheet: "card", most: 2, go: "again")),
        "again": (text: "And again.", mark: (sheet: "card", most: 2, go: "end")),
        "end": (text: "{if card.one is standing: Standing. | Struck.}", end: "Over"),
      },
    )"#,
    );
    let simulation = simulate(&story, 100, 1, Some(SeatId::new(0)), &mut |_| true);
    assert_eq!((simulation.words.min, simulation.words.max), (6, 6));
    assert!(simulation.decisions.max > 2, "no night strikes anything");
}
