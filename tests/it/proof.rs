//! What the proof says, and what it must not.

mod agree;
mod hard;
mod random;
mod tried;

use std::cell::Cell;
use std::collections::BTreeSet;

use allocation_counter::measure;
use hallway::engine::{Holder, Pick, Stop};
use hallway::proof::{Budget, Fault, Status, prove};
use hallway::story::{Code, Sources, check};

use crate::second_reading::differs_from_a_walk;
use crate::support::{Dice, prove_small, repository, story, story_from};
use agree::agree;
use random::{own_words, random_passing_story, random_story, with_words};
use tried::Verdict;

#[test]
fn the_proof_says_what_trying_everything_says() {
    agree(20, 150, &random_story);
}

#[test]
fn the_proof_says_so_of_stories_that_pass_messages() {
    agree(4, 200, &random_passing_story);
}

#[test]
fn planted_faults_are_found_and_replayed() {
    for (name, text, code) in [
        (
            "every option hangs on an impossible number",
            r#"(vars: { "trust": (min: 0, max: 3) }, scenes: {
              "a": (text: "A.", choices: [(say: "One.", when: "trust > 2", go: "b"), (say: "Two.", when: "trust = 2", go: "b")]),
              "b": (text: "B.", do: ["trust +1"], end: "E") })"#,
            Code::SoftLock,
        ),
        (
            "text behind an impossible condition",
            r#"(vars: { "trust": (min: 0, max: 3) }, scenes: {
              "a": (text: "A. {if trust >= 2: Never. | Always.}", choices: [(say: "One.", do: ["trust +1"], go: "b")]),
              "b": (text: "B. {trust}", end: "E") })"#,
            Code::NeverShown,
        ),
        (
            "an inescapable loop",
            r#"(scenes: {
              "a": (text: "A.", choices: [(say: "In.", go: "b"), (say: "Out.", go: "c")]),
              "b": (text: "B.", choices: [(say: "Round.", keep: true, go: "d")]),
              "d": (text: "D.", choices: [(say: "And round.", keep: true, go: "b")]),
              "c": (text: "C.", end: "E") })"#,
            Code::SoftLock,
        ),
        (
            "two dead scenes pointing at each other",
            r#"(scenes: {
              "a": (text: "A.", end: "E"),
              "b": (text: "B.", choices: [(say: "Over.", go: "c")]),
              "c": (text: "C.", choices: [(say: "Back.", go: "b")]) })"#,
            Code::NeverReached,
        ),
        (
            "a stranding once-only choice",
            r#"(scenes: {
              "a": (text: "A.", choices: [(say: "Look.", go: "b"), (say: "Leave.", when: "visited(b)", go: "c")]),
              "b": (text: "B.", choices: [(say: "Back.", go: "a")]),
              "c": (text: "C.", choices: [(say: "Back again.", go: "a"), (say: "Home.", when: "not visited(c)", go: "d")]),
              "d": (text: "D.", end: "E") })"#,
            Code::SoftLock,
        ),
    ] {
        let story = story_from(text);
        let proof = prove_small(&story);
        let found = proof.findings.iter().find(|finding| finding.code == code);
        let found = found.unwrap_or_else(|| panic!("{name}: {:?}", proof.findings));
        if code == Code::SoftLock {
            let walk = found.walk.clone().unwrap_or_else(|| panic!("{name}: no way there"));
            assert!(walk.replay(&story).is_ok(), "{name}");
        }
        if name == "an inescapable loop" {
            assert_eq!(found.message, "a game can come into a circle and never end: `b`, `d`");
        }
    }
}

#[test]
fn what_the_proof_was_wrong_about_it_says_right() {
    let mut stories = 0;
    for entry in std::fs::read_dir("tests/data/proof").expect("the folder is there") {
        stories += 1;
        let path = entry.expect("a file").path();
        let text = std::fs::read_to_string(&path).expect("it is read");
        let story = story_from(&text);
        // By work done, not by the clock: all but the largest need far less.
        let polls = Cell::new(0);
        let stop = || polls.replace(polls.get() + 1) > 200;
        let proof = prove(&story, Budget { nodes: Budget::NODES, stop: &stop }, &mut |_| {});
        match path.file_stem().and_then(|name| name.to_str()).expect("a name") {
            "sum-of-24" => assert_eq!(proof.status, Status::Bounded),
            "sum-of-14" => assert_eq!(proof.status, Status::Proved, "{:?}", proof.findings),
            name => {
                let wrong = differs_from_a_walk(&text);
                assert!(wrong.is_none(), "{name}: {}", wrong.unwrap_or_default());
            }
        }
    }
    assert!(stories > 5, "{stories} stories");
}

/// What a proof asks for of memory stands for its work, which no clock measures. However hard a story is, between two
/// times that it asks whether to stop, and once it has been told to, it does only so much.
#[test]
fn a_hard_proof_asks_often_whether_to_stop_and_then_stops() {
    for (kind, make) in hard::KINDS {
        for size in [5, 40, 150, 400] {
            let story = story_from(&make(size));
            for most in [1, 4, 12] {
                let polls = Cell::new(0_u64);
                let stop = || polls.replace(polls.get() + 1) + 1 >= most;
                let budget = Budget { nodes: Budget::NODES, stop: &stop };
                let work = measure(|| drop(prove(&story, budget, &mut |_| {}))).bytes_total;
                if polls.get() < most {
                    break;
                }
                assert!(polls.get() <= most + 4, "{kind} of {size}: asked {} times", polls.get());
                assert!(work < 6_000_000 * (polls.get() + 1), "{kind} of {size}: {work} bytes, asked {most} times");
            }
        }
    }
}

/// Rows of two counters that come again in every round: what was made of them is to be found again.
#[test]
fn results_that_are_asked_for_again_are_found_again() {
    let text = std::fs::read_to_string(repository("tests/data/bad/hard-to-leave.ron")).expect("it is there");
    let polls = Cell::new(0_u64);
    let stop = || polls.replace(polls.get() + 1) > 1_000_000;
    let proof = prove(&story_from(&text), Budget { nodes: Budget::NODES, stop: &stop }, &mut |_| {});
    assert_eq!(proof.states, 250_001.0);
    assert!(polls.get() < 2_500, "asked {} times", polls.get());
}

#[test]
fn words_of_a_choice_are_shown_only_while_it_is() {
    let says = |choice: &str| {
        let story = story_from(&format!(
            r#"(vars: {{ "trust": (min: 0, max: 3) }}, scenes: {{
              "a": (text: "A.", choices: [{choice}, (say: "On.", keep: true, do: ["trust +1"], go: "b")]),
              "b": (text: "B.", choices: [(say: "Back.", keep: true, go: "a"), (say: "Out.", keep: true, go: "z")]),
              "z": (text: "Z.", end: "E") }})"#
        ));
        let found = prove_small(&story).findings;
        found.into_iter().map(|finding| finding.message).collect::<Vec<_>>()
    };
    let never = |words: &str| format!("in `a` these words are never shown: “{words}”");
    // Hidden it says nothing.
    let hidden = r#"(say: "Go.{if trust > 0: Quick. | Slow.}", when: "trust < 1", keep: true, go: "z")"#;
    assert_eq!(says(hidden), [never("Quick.")]);
    // Taken, once for all, it is not there to be read.
    let once = r#"(say: "Go.{if trust > 0: Quick. | Slow.}", do: ["trust +1"], when: "trust < 1")"#;
    assert_eq!(says(once), [never("Quick.")]);
    let taken = r#"(say: "Go.", do: ["trust = 3"], locked: "Not now.{if trust > 2: Not ever.}", when: "trust < 1")"#;
    assert_eq!(says(taken), Vec::<String>::new());
    let locked = r#"(say: "Go.", do: ["trust = 3"], locked: "Not now.{if trust < 1: Not yet.}", when: "trust < 1")"#;
    assert_eq!(says(locked), [never("Not yet.")]);
}

#[test]
fn a_run_without_end_is_told_once() {
    let story = story_from(
        r#"(scenes: { "a": (text: "A.", choices: [(say: "In.", go: "b"), (say: "Out.", go: "z")]),
          "b": (text: "B.", route: [(when: "not visited(a)", go: "z"), (go: "c")]), "c": (text: "C.", go: "b"), "z": (text: "Z.", end: "E") })"#,
    );
    let found: Vec<Fault> = prove_small(&story).findings.into_iter().map(|finding| finding.fault).collect();
    let runs = |fault: &Fault| matches!(fault, Fault::LongRun(_));
    assert!(found.iter().any(runs) && !found.iter().any(|fault| matches!(fault, Fault::Endless(_))), "{found:?}");
}

#[test]
fn a_counter_that_goes_down_by_fives_is_followed_both_ways() {
    let story = |leave: i16| {
        story_from(&format!(
            r#"(vars: {{ "left": (min: 0, max: 40, start: 40) }}, scenes: {{
              "a": (text: "A.", choices: [(say: "Wait.", keep: true, when: "left > 10", do: ["left -5"], go: "a"), (say: "Leave.", when: "left = {leave}", go: "z")]),
              "z": (text: "Z.", end: "E") }})"#
        ))
    };
    let codes = |leave| prove_small(&story(leave)).findings.iter().map(|finding| finding.code).collect::<Vec<_>>();
    assert_eq!(codes(10), []);
    // Who does not leave in time waits for ever.
    assert_eq!(codes(15), [Code::SoftLock]);
    assert!(codes(12).contains(&Code::NeverOpen) && codes(12).contains(&Code::SoftLock), "{:?}", codes(12));
}

#[test]
fn a_counter_that_meets_its_bound_between_two_steps_is_followed() {
    // By fours, the last of them cut short, from below 0; then also from a place that is set.
    for (back, reached) in [("n +4", vec![-1, 3, 7, 9]), ("n = -3", vec![-3, -1, 1, 3, 5, 7, 9])] {
        for value in -5..=9 {
            let story = story_from(&format!(
                r#"(vars: {{ "n": (min: -5, max: 9, start: -1) }}, scenes: {{
                  "a": (text: "A.", choices: [(say: "Up.", keep: true, do: ["n +4"], go: "a"),
                    (say: "Back.", keep: true, do: ["{back}"], go: "a"), (say: "At.", when: "n = {value}", go: "z"), (say: "Out.", go: "z")]),
                  "z": (text: "Z.", end: "E") }})"#
            ));
            let found = prove_small(&story).findings;
            let never = found.iter().any(|finding| finding.code == Code::NeverOpen && finding.message.contains("At."));
            assert_eq!(never, !reached.contains(&value), "{value} by {back}: {found:?}");
        }
    }
}

#[test]
fn a_standing_choice_that_is_never_open_is_told_once() {
    let told = |when: &str, standing: bool| -> Vec<String> {
        let story = story_from(&format!(
            r#"(roles: {{ "a": (name: "A", standing: (say: "Leave.", when: "{when}", go: "z")) }}, vars: {{ "n": (min: 0, max: 9) }}, scenes: {{
              "first": (seat: "a", text: "A.", standing: {standing}, choices: [(say: "On.", do: ["n +2"], go: "second")]),
              "second": (seat: "a", text: "B.", standing: {standing}, choices: [(say: "On.", go: "z")]),
              "z": (text: "Z.", end: "E") }})"#
        ));
        let found = prove_small(&story).findings;
        assert!(found.iter().all(|finding| finding.code == Code::NeverOpen), "{found:?}");
        found.into_iter().map(|finding| format!("{}; {}", finding.message, finding.help.unwrap_or_default())).collect()
    };
    assert_eq!(told("n >= 2", true), Vec::<String>::new());
    assert_eq!(told("n > 2", false), Vec::<String>::new());
    let why = "here `n` is 0, so its condition holds in no game that comes here";
    assert_eq!(told("n > 2", true), [format!("“Leave.”, the standing choice of `a`, is never open; {why}")]);
}

#[test]
fn what_is_known_of_a_variable_is_told_in_the_fewest_words() {
    let known = |values: &[&str]| -> String {
        let ways: Vec<String> =
            values.iter().map(|set| format!("(say: \"{set}.\", do: [\"{set}\"], go: \"b\")")).collect();
        let story = story_from(&format!(
            r#"(vars: {{ "n": (min: 0, max: 9), "s": (states: ["red", "green", "blue"]) }}, scenes: {{
              "a": (text: "A.", choices: [{}]),
              "b": (text: "B.", choices: [(say: "No.", when: "n = 9 and s is blue", go: "z"), (say: "Out.", go: "z")]),
              "z": (text: "Z.", end: "E") }})"#,
            ways.join(", ")
        ));
        let found = prove_small(&story).findings;
        let help =
            found.iter().find(|finding| finding.message.contains("No.")).and_then(|finding| finding.help.clone());
        let help = help.expect("it is never open");
        help.strip_suffix(", so its condition holds in no game that comes here").expect("as it is told").to_owned()
    };
    assert_eq!(known(&["n = 3"]), "here `n` is 3 and `s` is red");
    assert_eq!(known(&["n = 3", "n = 4"]), "here `n` is 3 to 4 and `s` is red");
    assert_eq!(known(&["n = 3", "n = 4", "n = 5"]), "here `n` is 3 to 5 and `s` is red");
    assert_eq!(known(&["n = 3", "n = 5"]), "here `n` is 3 or 5 and `s` is red");
    assert_eq!(known(&["n = 3", "n = 5", "n = 8"]), "here `n` is 3, 5 or 8 and `s` is red");
    assert_eq!(known(&["n = 3", "s = green", "s = blue"]), "here `n` is 0 or 3 and `s` is red, green or blue");
}

#[test]
fn what_is_said_of_one_way_is_said_of_that_way() {
    let story = story_from(
        r#"(vars: { "n": (min: 0, max: 3) }, scenes: {
          "a": (text: "{first: Once. | again: Twice.}", choices: [(say: "On.", do: ["n +1"], go: "b"), (say: "Wait.", go: "c")]),
          "c": (text: "{first: Once. | again: Again and again.}", choices: [(say: "Round.", keep: true, go: "c"), (say: "On.", go: "b")]),
          "b": (route: [(when: "n > 2", go: "x"), (when: "n > 0", go: "y"), (go: "z")]),
          "x": (text: "X.", end: "X"), "y": (text: "Y.", end: "Y"), "z": (text: "Z.", end: "Z") })"#,
    );
    let proof = prove_small(&story);
    let told: Vec<(Code, &str)> =
        proof.findings.iter().map(|finding| (finding.code, finding.message.as_str())).collect();
    let shown = told.iter().filter(|(code, _)| *code == Code::NeverShown).collect::<Vec<_>>();
    assert!(shown.len() == 1 && shown[0].1.contains("Twice."), "{told:?}");
    let ways = told.iter().filter(|(code, _)| *code == Code::NeverOpen).collect::<Vec<_>>();
    assert_eq!(ways.len(), 1, "{told:?}");
    let help = proof.findings.iter().find(|finding| finding.code == ways[0].0).and_then(|it| it.help.clone());
    assert!(help.is_some_and(|help| help.contains("`n` is 0 to 1") || help.contains("`n` is 0 or 1")), "{told:?}");
}

#[test]
fn only_what_a_stop_leads_to_may_be_out_of_reach() {
    let story = story_from(
        r#"(freeze: "stop", scenes: {
          "a": (text: "A.", choices: [(say: "On.", go: "z")]), "z": (text: "Z.", end: "Z"),
          "stop": (text: "Stopped.", end: "Stopped"),
          "apart": (text: "Apart.", go: "z") })"#,
    );
    let proof = prove_small(&story);
    let told: Vec<_> = proof.findings.iter().map(|finding| (finding.code, finding.message.as_str())).collect();
    assert!(told.len() == 1 && told[0].0 == Code::NeverReached && told[0].1.contains("`apart`"), "{told:?}");
}

#[test]
fn states_and_what_multiplies_them_are_counted() {
    let story = story_from(
        r#"(vars: { "a": (min: 0, max: 3), "b": (min: 2, max: 6), "idle": (flag: true) }, scenes: {
  "in": (text: "In.", choices: [
    (say: "Both.", when: "a > 0 and b > 2", go: "out"), (say: "A.", keep: true, do: ["a +1"]),
    (say: "B.", keep: true, do: ["b +1"]), (say: "Idle.", do: ["idle = true"])]),
  "out": (text: "{if a > 2: A. | B.}", choices: [(say: "End.", when: "a > 1", go: "end"), (say: "So.", go: "end")]),
  "end": (text: "Over.{if idle: Idle.}", end: "Over"),
})"#,
    );
    let proof = prove_small(&story);
    // In `in` 4 × 5 and whether one has idled; in `out` a, which is above 0; at the end nothing decides.
    assert_eq!((proof.status, proof.states), (Status::Proved, 44.0), "{:?}", proof.findings);
    let costs: Vec<(&str, f64, &str)> =
        proof.costs.iter().map(|cost| (cost.var.as_str(), cost.factor, cost.until.as_str())).collect();
    assert_eq!(costs, [("b", 5.0, "in"), ("a", 4.0, "out")]);
}

#[test]
fn what_does_not_fit_the_budget_is_called_bounded() {
    let story = story("hold-the-line");
    let proof = prove(&story, Budget { nodes: 2000, stop: &|| false }, &mut |_| {});
    assert_eq!(proof.status, Status::Bounded);
    assert!(proof.findings.iter().any(|finding| finding.code == Code::NotProved));
}

/// Random decisions, by the calls that a face uses: what the proof denies is never met. `HALLWAY_DECISIONS=1000000`
/// takes a million, which takes minutes.
#[test]
fn random_decisions_never_meet_what_the_proof_denies() {
    let wanted: u32 = std::env::var("HALLWAY_DECISIONS").ok().and_then(|count| count.parse().ok()).unwrap_or(60_000);
    let mut dice = Dice(77);
    let (mut decisions, mut stories, mut denied) = (0_u32, 0, 0);
    while decisions < wanted {
        let random: &dyn Fn(&mut Dice) -> String =
            if dice.below(2) == 0 { &random_story } else { &random_passing_story };
        let text = random(&mut dice);
        let sources = Sources::from_texts([("random.ron", text.as_str())]);
        let Some(story) = check(&sources, Vec::new()).story else { continue };
        let said = Verdict::of(&prove_small(&story));
        stories += 1;
        denied += usize::from(said.stuck.is_empty() && !said.endless);
        for seed in 0..60 {
            let mut session = hallway::engine::Session::new(&story, seed, vec![Holder::Person; story.seats.len()]);
            for _ in 0..40 {
                let scene = session.state().scene;
                let reached = Fault::SceneNeverReached(scene);
                assert!(!said.never.contains(&reached), "{reached:?} is reached:\n{text}");
                if session.stop() == Stop::Stuck {
                    // Lots that lead round for ever are a circle, too.
                    let known = said.stuck.contains(&scene) || said.long_run || said.endless;
                    assert!(known, "stuck in {scene:?}:\n{text}");
                }
                let Some(seat) = session.turn() else { break };
                let page = hallway::view::view(&session, seat);
                assert!(page.ask().is_some_and(|ask| ask.offers().any(|offer| offer.open) || ask.standing().is_some()));
                let picks = session.options().picks();
                let pick = picks[dice.below(picks.len())];
                if let Pick::Choice(at) = pick {
                    let open = Fault::ChoiceNeverOpen(scene, at);
                    assert!(!said.never.contains(&open), "{open:?} is open:\n{text}");
                }
                session.input(hallway::engine::Input::Decide(scene, pick)).expect("it was offered");
                decisions += 1;
            }
        }
    }
    assert!(stories > 20 && denied > 5, "{stories} stories, {denied} without a dead end");
}

#[test]
fn words_that_the_proof_calls_never_shown_are_never_shown() {
    let mut dice = Dice(31);
    let (mut stories, mut called) = (0, 0);
    while stories < 80 {
        let random: &dyn Fn(&mut Dice) -> String =
            if dice.below(2) == 0 { &random_story } else { &random_passing_story };
        let text = random(&mut dice);
        let text = with_words(&text, &mut dice);
        let sources = Sources::from_texts([("random.ron", text.as_str())]);
        let Some(story) = check(&sources, Vec::new()).story else { continue };
        stories += 1;
        let proof = prove_small(&story);
        let never: BTreeSet<String> = proof
            .findings
            .iter()
            .filter(|finding| finding.code == Code::NeverShown)
            .flat_map(|finding| own_words(&finding.message).collect::<Vec<_>>())
            .collect();
        let mut shown = BTreeSet::new();
        for seed in 0..150 {
            let mut session = hallway::engine::Session::new(&story, seed, vec![Holder::Person; story.seats.len()]);
            for _ in 0..40 {
                for seat in story.seat_ids() {
                    let page = hallway::view::view(&session, seat);
                    page.blocks().for_each(|block| shown.extend(own_words(block.text)));
                    for offer in page.ask().iter().flat_map(|ask| ask.offers()) {
                        shown.extend(own_words(offer.words()).chain(own_words(offer.note())));
                    }
                }
                if session.turn().is_none() {
                    break;
                }
                let open = session.options().picks();
                let scene = session.state().scene;
                session.input(hallway::engine::Input::Decide(scene, open[dice.below(open.len())])).expect("offered");
            }
        }
        let wrong: Vec<&String> = shown.intersection(&never).collect();
        assert!(wrong.is_empty(), "{wrong:?} are shown:\n{text}");
        called += never.len();
    }
    assert!(called > 100, "only {called} words are called so");
}
