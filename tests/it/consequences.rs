//! What comes of a decision, as `simulate` tells it: small stories of which every number is known by hand.

use hallway::author::{Consequences, DecisionEffects, consequences};
use hallway::story::{SeatId, Sources, Story, check};

use crate::support::Hallway;

fn story_from(text: &str) -> Story {
    let checked = check(&Sources::from_texts([("story.ron", text)]), Vec::new());
    checked.story.unwrap_or_else(|| panic!("{:?}", checked.diagnostics))
}

/// So many words, none of them in another such text.
fn words(name: &str, count: usize) -> String {
    (0..count).map(|number| format!("{name}{number}")).collect::<Vec<_>>().join(" ")
}

fn of(story: &Story, seat: usize) -> Consequences {
    consequences(story, SeatId::new(seat), 60, 7, &mut || true)
}

/// In sixty nights: how many were answered at once, felt later, ended otherwise, and changed nothing.
fn sixty([answered, felt, ending, nothing]: [u64; 4]) -> DecisionEffects {
    DecisionEffects { changed: 60, answered, felt, ending, nothing }
}

/// `a` sends two messages and decides once how it ends. The first has answers of so many words, for `b` who carries it; of
/// the second, which `c` carries, nothing comes but that it is later. The ending has so many words.
fn crossings(answer: usize, ending: usize) -> String {
    let answer = |name: &str| format!(r#"answers: {{ "b": "{}" }}"#, words(name, answer));
    format!(
        r#"(
          clock: (starts: "20:40", ends: "22:40", tick: 5),
          roles: {{ "a": (name: "A"), "b": (name: "B"), "c": (name: "C") }},
          vars: {{ "left": (flag: true) }},
          carriers: {{ "foot": (name: "On foot"), "horse": (name: "On a horse", minutes: 5) }},
          treatments: {{ "plain": (name: "Plain"), "soft": (name: "Soft", minutes: 10) }},
          messages: {{
            "one": (from: "a", to: "b", say: "Say one.", gist: "one", heard: {{
              "plain": (text: "one", {one}), "soft": (text: "one", {two}),
            }}),
            "two": (from: "a", to: "c", gist: "two", heard: {{ "plain": (text: "two"), "soft": (text: "two") }}),
          }},
          scenes: {{
            "begin": (seat: "a", text: "Begin.", pass: (messages: ["one"], by: ["foot", "horse"], go: "carry")),
            "carry": (seat: "b", text: "You carry it.", relay: (treatments: ["plain", "soft"], go: "heard")),
            "heard": (seat: "b", text: "Now. {{answer}}", choices: [(say: "Well.", go: "then")]),
            "then": (seat: "a", text: "Then.", choices: [(say: "Go.", do: ["left = true"], go: "wait"), (say: "Stay.", go: "wait")]),
            "wait": (seat: "a", text: "You wait.", choices: [(say: "On.", send: "two", by: "foot", go: "ride")]),
            "ride": (seat: "c", text: "You carry it.", relay: (treatments: ["plain", "soft"], go: "back")),
            "back": (seat: "c", text: "It is {{clock}}.", choices: [(say: "So.", go: "end"), (say: "Well.", go: "end")]),
            "end": (route: [(when: "left", go: "left"), (go: "right")]),
            "left": (others: {{ "a": "{left}" }}, end: "Left"),
            "right": (others: {{ "a": "{right}" }}, end: "Right"),
          }},
        )"#,
        one = answer("one"),
        two = answer("two"),
        left = words("left", ending),
        right = words("right", ending),
    )
}

#[test]
fn what_comes_of_a_decision_is_told_by_its_kind() {
    let story = story_from(&crossings(20, 30));
    // By which carrier is one of the two questions of the pass, and nothing comes of it; the other has one answer. To go
    // or to stay is felt at the end. To go on has no other way; it sends, so it counts among what is passed.
    let a = of(&story, 0);
    assert_eq!((a.role.as_str(), a.nights), ("a", 60));
    assert_eq!((a.passing, a.other), (sixty([0, 0, 0, 60]), sixty([0, 60, 60, 0])));
    assert!((a.passing_share - 0.75).abs() < 1e-9, "{}", a.passing_share);
    let b = of(&story, 1);
    assert_eq!((b.passing, b.other), (sixty([60, 0, 0, 0]), DecisionEffects::default()));
    assert!((b.passing_share - 0.5).abs() < 1e-9, "{}", b.passing_share);
    // That it is later does not count.
    let c = of(&story, 2);
    assert_eq!((c.passing, c.other), (sixty([0, 0, 0, 60]), sixty([0, 0, 0, 60])));
    let silent = |it: &Consequences| -> Vec<(String, String)> {
        let mut all: Vec<_> = it.silent.iter().map(|it| (it.scene.clone(), it.decision.clone())).collect();
        all.sort();
        all
    };
    let named = |all: &[(&str, &str)]| -> Vec<(String, String)> {
        all.iter().map(|(scene, words)| ((*scene).to_owned(), (*words).to_owned())).collect()
    };
    assert_eq!(silent(&a), named(&[("begin", "one: On a horse"), ("begin", "one: On foot")]));
    assert_eq!(silent(&b), []);
    let of_c = [("back", "So."), ("back", "Well."), ("ride", "two: Plain"), ("ride", "two: Soft")];
    assert_eq!(silent(&c), named(&of_c));
    assert_eq!(c.silent.iter().map(|it| it.nothing).sum::<u64>(), 120);
    assert!(c.silent.iter().all(|it| it.nothing == it.changed));
    assert!(c.silent.is_sorted_by_key(|it| std::cmp::Reverse(it.nothing)));
}

#[test]
fn a_word_less_is_no_answer() {
    let story = story_from(&crossings(19, 29));
    assert_eq!(of(&story, 1).passing, sixty([0, 0, 0, 0]));
    assert_eq!(of(&story, 0).other, sixty([0, 0, 60, 0]));
}

#[test]
fn where_nothing_is_read_before_the_next_decision_what_is_read_next_counts() {
    let sheet = |count: usize| {
        story_from(&format!(
            r#"(
              sheets: {{ "card": (name: "The card", lines: {{ "hour": "At nine." }}) }},
              scenes: {{
                "desk": (text: "A card.", mark: (sheet: "card", most: 1, go: "read")),
                "read": (text: "{{if card.hour is standing: {stands} | {struck}}}", choices: [(say: "Go.", go: "out")]),
                "out": (text: "Out.", end: "Out"),
              }},
            )"#,
            stands = words("stands", count),
            struck = words("struck", count),
        ))
    };
    // Struck, it is read after the sheet has been handed on; let stand, at once. So less is enough for one of the two.
    let (enough, half, little) = (of(&sheet(30), 0), of(&sheet(29), 0), of(&sheet(19), 0));
    assert_eq!((enough.passing, enough.role.as_str()), (sixty([60, 0, 0, 0]), "reader"));
    assert!((1..60).contains(&half.passing.answered), "{half:?}");
    assert_eq!(little.passing, sixty([0, 0, 0, 0]));
}

#[test]
fn the_standing_choice_stands_apart() {
    let story = story_from(
        r#"(
          roles: { "a": (name: "A", standing: (say: "Stop.", go: "stop")) },
          scenes: {
            "one": (seat: "a", text: "One.", choices: [(say: "On.", go: "two")]),
            "two": (seat: "a", text: "Two.", choices: [(say: "On.", go: "end")]),
            "end": (text: "It ends.", end: "End"),
            "stop": (text: "It stops.", end: "Stopped"),
          },
        )"#,
    );
    let it = consequences(&story, SeatId::new(0), 400, 1, &mut || true);
    assert_eq!((it.nights, it.passing, it.other), (400, DecisionEffects::default(), DecisionEffects::default()));
}

#[test]
fn it_is_bounded_and_can_be_stopped() {
    // Round and round, with two choices that change nothing.
    let story = story_from(
        r#"(scenes: {
          "a": (text: "A.", choices: [(say: "On.", keep: true, go: "b"), (say: "Out.", when: "visited(c)", go: "c"), (say: "So.", keep: true, go: "b")]),
          "b": (text: "B.", choices: [(say: "On.", keep: true, go: "a"), (say: "So.", keep: true, go: "a")]),
          "c": (text: "C.", end: "C"),
        })"#,
    );
    assert_eq!(
        consequences(&story, SeatId::new(0), 2, 1, &mut || true).other,
        DecisionEffects { changed: 2, nothing: 2, ..DecisionEffects::default() }
    );
    assert_eq!(consequences(&story, SeatId::new(0), 400, 1, &mut || false).nights, 0);
    let short = story_from(&crossings(20, 30));
    assert_eq!(consequences(&short, SeatId::new(0), 1_000_000, 1, &mut || true).nights, 400);
}

#[test]
fn simulate_tells_it_of_each_role_in_both_formats() {
    let hallway = Hallway::new();
    let file = hallway.home.path().join("crossings.ron");
    std::fs::write(&file, crossings(20, 30)).expect("written");
    let file = file.display().to_string();
    let run =
        |more: &[&str]| hallway.run(&[&["simulate", &file, "--runs", "60", "--seed", "7"], more].concat(), "").out;
    let told = |more: &[&str]| -> String {
        let out = run(more);
        let from = out.find("what comes of a decision").unwrap_or_else(|| panic!("{out}"));
        out[from..].split("\nat the end of the game").next().unwrap_or_default().to_owned()
    };
    let all = told(&[]);
    insta::assert_snapshot!(all);
    assert_eq!(told(&[]), all, "the same seed tells the same");
    let one = told(&["--role", "b"]);
    assert!(one.contains("  b  passing") && !one.contains("  a  passing") && !one.contains("  c  passing"), "{one}");
    let report: serde_json::Value = serde_json::from_str(&run(&["--format", "json"])).expect("one JSON object");
    let of: Vec<_> = report["consequences"].as_array().expect("a list").iter().map(|it| it["role"].clone()).collect();
    assert_eq!(of, ["a", "b", "c"]);
    let b = &report["consequences"][1];
    assert_eq!((b["passing"]["changed"].as_u64(), b["passing"]["answered"].as_u64()), (Some(60), Some(60)));
    for field in ["nights", "passing_share", "passing", "other", "silent", "scenes"] {
        assert!(!b[field].is_null(), "{field}");
    }
    for field in ["changed", "answered", "felt", "ending", "nothing"] {
        assert!(b["other"][field].is_u64(), "{field}");
    }
    // The scenes' counts are the kind's, parted.
    for kind in ["passing", "other"] {
        let scenes = b["scenes"].as_array().expect("a list").iter().filter(|it| it["passing"] == (kind == "passing"));
        let counts = |it: &serde_json::Value| {
            ["changed", "answered", "felt", "ending", "nothing"].map(|field| it[field].as_u64())
        };
        let sum = scenes.map(counts).fold([Some(0); 5], |sum, add| {
            std::array::from_fn(|at| sum[at].zip(add[at]).map(|(one, other)| one + other))
        });
        assert_eq!(sum, counts(&b[kind]), "{kind}");
    }
    for field in ["scene", "decision", "changed", "nothing"] {
        assert!(!report["consequences"][2]["silent"][0][field].is_null(), "{field}");
    }
}

/// A sentence that comes twice in one night is told, with the two decisions before which it is read; one that a place says
/// again whenever one comes back to it is not, and nor is a short one.
#[test]
fn a_sentence_that_a_night_tells_twice_is_named() {
    let long = "The tea in the glass has been cold for an hour.";
    let story = story_from(&format!(
        r#"(scenes: {{
          "a": (text: "{long} It rains.", choices: [(say: "Look.", keep: true), (say: "On.", go: "b")]),
          "b": (text: "It rains. {long}", choices: [(say: "Out.", go: "c")]),
          "c": (text: "The end of it is no other than the beginning was.", end: "c"),
        }})"#
    ));
    let [twice] = &of(&story, 0).twice[..] else { panic!("{:#?}", of(&story, 0).twice) };
    assert_eq!((twice.sentence.as_str(), twice.nights, twice.seed), (long, 60, 7));
    assert_eq!(twice.before, ["a", "b"]);
    let hallway = Hallway::new();
    let path = hallway.home.path().join("tea.ron");
    let text = format!(
        r#"(scenes: {{
          "a": (text: "{long}", choices: [(say: "One.", go: "b"), (say: "Two.", go: "b")]),
          "b": (text: "{long}", choices: [(say: "Out.", go: "c")]),
          "c": (text: "Out.", end: "c"),
        }})"#
    );
    std::fs::write(&path, text).expect("written");
    let run = hallway.run(&["simulate", "--runs", "10", &path.display().to_string()], "");
    assert!(run.out.contains("told twice in a game, before two different decisions"), "{}", run.out);
    assert!(run.out.contains(&format!("a, b: “{long}” (10 games; seed 1)")), "{}", run.out);
    assert!(run.out.contains("felt least on later pages, by scene"), "{}", run.out);
    assert!(run.out.contains(": a 0 of 10"), "{}", run.out);
}
