//! What the language means in play, example by example; the proof must mean the same.

use hallway::author::walk;
use hallway::engine::{Holder, Input, Pick, Session};
use hallway::proof::Status;
use hallway::story::{SeatId, Story};

use crate::diagnostics::told;
use crate::support::{Dice, night, picks, prove_small, story_from};

/// What the one seat reads now, a block a line.
fn reads(session: &Session<'_>) -> String {
    session.page(SeatId::new(0)).map(|block| hallway::text::plain(block.text)).collect::<Vec<_>>().join("\n")
}

fn take(session: &mut Session<'_>, at: u16) {
    session.input(Input::Decide(session.state().scene, Pick::Choice(at))).expect("open");
}

/// What the proof finds, a line each; it must have looked at every night.
fn found(story: &Story) -> Vec<String> {
    let proof = prove_small(story);
    assert_ne!(proof.status, Status::Bounded);
    proof.findings.iter().map(|finding| format!("{}: {}", finding.code, finding.message)).collect()
}

/// Scenes of each kind ask for each other, and for themselves.
const VISITS: &str = r#"(
  vars: { "seen": (flag: true), "luck": (min: 0, max: 2) },
  scenes: {
    "hall": (
      text: "{if visited(hall): In the hall.} {if visited(attic): The attic is behind you.}",
      do: ["seen = true if visited(hall)"],
      choices: [
        (say: "Up.", keep: true, go: "stairs"),
        (say: "Out{if visited(attic): , at last}.", when: "visited(attic)", go: "door"),
        (say: "Wait.", reply: "Nothing."),
      ],
    ),
    "stairs": (route: [(odds: 1, go: "attic"), (odds: 1, go: "hall")]),
    "attic": (text: "Dust.", go: "hall"),
    "door": (route: [(when: "not visited(stairs)", go: "never"), (go: "street")]),
    "never": (text: "Nobody comes here.", end: "Never"),
    "street": (text: "{if visited(door): Through the door. | Through the wall.}", end: "Out"),
  },
  walks: {
    "up-and-out": (
      picks: ["Up.", "Out, at last."],
      lots: { "stairs": "attic" },
      expect: ["visited(attic)", "visited(street)", "not visited(never)", "seen"],
      ends: "Out",
    ),
    "never-up": (picks: ["Wait."], expect: ["not visited(stairs) and visited(hall)"], stops: "hall"),
  },
)"#;

#[test]
fn a_scene_is_visited_from_the_moment_it_is_entered() {
    let story = story_from(VISITS);
    let mut session = night(&story, SeatId::new(0), 1);
    assert_eq!(reads(&session), "In the hall.");
    assert_eq!(picks(&session), [Pick::Choice(0), Pick::Choice(2)]);
    let attic = story.scene_ids().find(|id| &*story.scene(*id).id == "attic").expect("there");
    while session.state().visits(attic) == 0 {
        take(&mut session, 0);
    }
    assert_eq!(reads(&session), "Dust.\nIn the hall. The attic is behind you.");
    assert_eq!(session.words(SeatId::new(0), Pick::Choice(1)), "Out, at last.");
    take(&mut session, 1);
    assert_eq!(reads(&session), "Through the door.");
    assert!(session.is_over());
    assert!(!story.walks.is_empty());
    for written in &story.walks {
        assert_eq!(walk(&story, written).faults, [""; 0], "{}", written.id);
    }
    // The proof says the same of every night.
    let found = found(&story);
    for finding in [
        "never-reached: no game reaches `never`",
        "never-shown: in `street` these words are never shown: “Through the wall.”",
        "always-true: in `hall` the condition of “In the hall.” always holds",
    ] {
        assert!(found.iter().any(|it| it == finding), "{finding} is not among {found:#?}");
    }
    assert!(!found.iter().any(|it| it.contains("Out") && it.contains("never open")), "{found:#?}");
}

/// Whatever happens, what is asked about is what has been entered.
#[test]
fn visits_asked_about_are_visits_counted() {
    let story = story_from(VISITS);
    let mut dice = Dice(3);
    let mut asked = [0; 2];
    for seed in 0..50 {
        let mut session = night(&story, SeatId::new(0), seed);
        loop {
            for id in story.scene_ids() {
                let name = format!("visited({})", story.scene(id).id);
                let Some(var) = story.vars.iter().position(|var| var.id == name) else { continue };
                let visited = session.state().values[var] != 0;
                assert_eq!(visited, session.state().visits(id) > 0, "{name}");
                asked[usize::from(visited)] += 1;
            }
            let open = picks(&session);
            if open.is_empty() {
                break;
            }
            let pick = open[dice.below(open.len())];
            session.input(Input::Decide(session.state().scene, pick)).expect("open");
        }
    }
    assert!(asked.iter().all(|count| *count > 50), "{asked:?}");
}

#[test]
fn a_visit_cannot_be_made_up() {
    let story = VISITS.replace("seen = true if visited(hall)", "visited(attic) = true");
    let (_, message, help) = told(&story).expect("it is told");
    assert_eq!(message, "`visited(…)` cannot be set: entering the scene sets it");
    assert_eq!(help, "declare a flag of your own under `vars`, and set that");
}

/// What is asked decides, and so it is in the fingerprint; that it is asked in words alone is not.
#[test]
fn asking_for_a_visit_is_in_the_fingerprint_where_it_decides() {
    let story = |when: &str, text: &str| {
        let choice = format!("(say: \"On.\"{when}, go: \"b\"), (say: \"Off.\", go: \"b\")");
        story_from(&format!(
            "(scenes: {{ \"a\": (text: \"{text}\", choices: [{choice}]), \"b\": (text: \"B.\", end: \"B\") }})"
        ))
        .fingerprint
    };
    assert_ne!(story("", "A."), story(", when: \"visited(a)\"", "A."));
    assert_eq!(story("", "A."), story("", "{if visited(b): A.}"));
}

/// A reply tells how things stand once the choice has done what it does and sent what it sends.
#[test]
fn a_reply_is_read_after_what_the_choice_does() {
    let story = story_from(
        r#"(
  roles: { "a": (name: "A"), "b": (name: "B") },
  vars: { "trust": (min: 0, max: 2), "asked": (flag: true) },
  messages: { "late": (from: "a", to: "b", gist: "that it is late", heard: { "plain": (text: "late", do: ["trust +1"]) }) },
  scenes: {
    "hall": (
      seat: "a",
      text: "{first: New. | again: Old.}",
      choices: [
        (
          say: "Ask ({trust}).", do: ["asked = true if trust = 0", "trust +1"], send: "late",
          reply: "{first: New | again: Old} still, {trust}, {if asked: asked | not asked}, {heard}.",
        ),
        (say: "Ask again.", when: "asked", reply: "{if asked: Again. | Never.}"),
        (say: "Go.", go: "end"),
      ],
    ),
    "end": (text: "Over.", end: "Over"),
  },
)"#,
    );
    let mut session = night(&story, SeatId::new(0), 1);
    assert_eq!(session.words(SeatId::new(0), Pick::Choice(0)), "Ask (0).");
    take(&mut session, 0);
    assert_eq!(reads(&session), "New still, 2, asked, late.\nOld.");
    let found = found(&story);
    // The words for what the choice itself has changed are shown to be impossible.
    for words in ["not asked", "Never."] {
        let finding = format!("never-shown: in `hall` these words are never shown: “{words}”");
        assert!(found.contains(&finding), "{finding} is not among {found:#?}");
    }
    // The debrief still has the choice in the words in which it was made.
    let told = session.full_history(SeatId::new(0));
    assert!(told.page(SeatId::new(0)).any(|block| block.text == "Ask (0)."));
}

/// White space as a writer sets it, and what is read: while `f` is false, and once it is true.
const SPACED: [(&str, &str, &str); 17] = [
    // Lines, indentation and several blanks.
    ("One,\n          two,   three.\n      ", "One, two, three.", "One, two, three."),
    ("One.\n\n          Two.\n      \n\n   \n  Three.", "One.\n\nTwo.\n\nThree.", "One.\n\nTwo.\n\nThree."),
    ("One. \n > Two.   \n      > Three.\n Four.", "One.\n\nTwo.\nThree.\n\nFour.", "One.\n\nTwo.\nThree.\n\nFour."),
    // A form in a line, alone on a line, and with others on one.
    ("One {if f: and a half} two.", "One two.", "One and a half two."),
    ("One.\n      {if f: Half.}\n      Two.", "One. Two.", "One. Half. Two."),
    ("One.\n\n  {if f: Half.}\n\n  Two.", "One.\n\nTwo.", "One.\n\nHalf.\n\nTwo."),
    ("One.\n  {if f: Half.} {if f: More.}\n  {if f: All.}\n  Two.", "One. Two.", "One. Half. More. All. Two."),
    ("One.\n\n{if f: Half.}\nTwo.", "One.\n\nTwo.", "One.\n\nHalf. Two."),
    ("{if f: Half.}\n\nTwo. {if f: End.}", "Two.", "Half.\n\nTwo. End."),
    // A closing mark behind it.
    ("He says {if f: softly}, “no {if f: more}”.", "He says, “no”.", "He says softly, “no more”."),
    ("One {if f: half}\n   {if f: more}; two.", "One; two.", "One half more; two."),
    ("One {if f: half} … two , three.", "One … two , three.", "One half … two , three."),
    // What belongs to a form, and what does not.
    (
        "One{if f:\n      and a half\n    | else if not f:\n      and no more\n    } two.",
        "Oneand no more two.",
        "Oneand a half two.",
    ),
    ("One.\n{if f:\n\n  Half.\n\n  More.\n\n}\nTwo.", "One. Two.", "One.\n\nHalf.\n\nMore.\n\nTwo."),
    ("One. {if f: {if f: {if f: Half.}} } Two.", "One. Two.", "One. Half. Two."),
    ("One.\n> {if f: A note.}\nTwo.", "One. Two.", "One.\n\nA note.\n\nTwo."),
    ("One.\n{if f: > A note.}\nTwo.", "One. Two.", "One.\n\nA note.\n\nTwo."),
];

#[test]
fn a_message_without_words_of_its_own_is_chosen_by_what_is_meant() {
    let text = r#"(
      roles: { "a": (name: "A"), "b": (name: "B") },
      vars: { "late": (flag: true, start: true) },
      treatments: { "plain": (name: "As it is"), "bent": (name: "Bent") },
      messages: { "rain": (from: "a", to: "b", gist: "that it {if late: rained | rains}", heard: {
        "plain": (text: "that it rained"), "bent": (text: "that it poured") }) },
      scenes: {
        "desk": (seat: "a", text: "Desk.", pass: (messages: ["rain"], go: "stairs")),
        "stairs": (seat: "b", text: "Up goes {meant}, not {heard}.", relay: (treatments: ["plain", "bent"], go: "door")),
        "door": (seat: "b", text: "They hear {heard}.", do: ["heard(rain) = plain if late"], go: "z"),
        "z": (others: { "b": "And that is {heard}, or {heard(rain)}." }, end: "E"),
      },
      walks: { "bent": (picks: ["that it rained", "bent"], ends: "E") },
    )"#;
    let story = story_from(text);
    let mut session = Session::new(&story, 1, vec![Holder::Person; 2]);
    let ask = hallway::view::view(&session, SeatId::new(0));
    let offers: Vec<_> = ask.ask().expect("asked").offers().map(|offer| offer.words().to_owned()).collect();
    assert_eq!(offers, ["that it rained"]);
    let mut take = |at: usize| {
        let pick = session.options().picks()[at];
        session.input(Input::Decide(session.state().scene, pick)).expect("open");
    };
    take(0);
    take(1);
    let read =
        session.page(SeatId::new(1)).map(|block| hallway::text::plain(block.text)).collect::<Vec<_>>().join("\n");
    // Set right, it counts as heard so from then on, whichever way one asks.
    assert_eq!(read, "They hear that it rained.\nAnd that is that it rained, or that it rained.");
    assert_eq!(story.walks.len(), 1);
    assert!(story.walks.iter().all(|written| walk(&story, written).faults.is_empty()));
}

#[test]
fn white_space_is_read_by_one_rule_everywhere() {
    for (text, no, yes) in SPACED {
        let story = story_from(&format!(
            r#"(
  roles: {{ "a": (name: "A"), "b": (name: "B") }},
  vars: {{ "f": (flag: true) }},
  messages: {{ "m": (from: "a", to: "b", say: "Send.", gist: "{text}", heard: {{ "plain": (text: "{text}") }}) }},
  scenes: {{
    "a": (
      seat: "a", text: "{text}", others: {{ "b": "{text}" }},
      choices: [
        (say: "{text}", keep: true, reply: "{text}", send: "m"),
        (say: "Turn.", do: ["f = true"]),
        (say: "Locked.", when: "f and not f", locked: "{text}"),
        (say: "End.", go: "z"),
      ],
    ),
    "z": (text: "{{heard}}", end: "z"),
  }},
)"#
        ));
        let mut session = night(&story, SeatId::new(0), 1);
        for (turn, read) in [(false, no), (true, yes)] {
            if turn {
                take(&mut session, 1);
            }
            let plain = hallway::text::plain;
            let ask = session.ask().expect("asked");
            let locked = ask.offers().find(|offer| !offer.open).and_then(|offer| offer.why()).expect("locked");
            assert_eq!(plain(locked), read, "{text:?}");
            assert_eq!(plain(&session.words(SeatId::new(0), Pick::Choice(0))), read, "{text:?}");
            take(&mut session, 0);
            assert_eq!(reads(&session), format!("{read}\n{read}"), "{text:?}");
            let passing = session.trail().passings.last().expect("sent");
            let told = [passing.meant.as_str(), passing.heard.as_deref().unwrap_or("")].map(plain);
            assert_eq!(told, [read, read], "{text:?}");
            // Nothing is left for a face to see to: what is read once reads the same again.
            let page: Vec<&str> = session.page(SeatId::new(0)).map(|block| block.text).collect();
            assert!(page.iter().all(|words| hallway::text::joined(words) == **words), "{page:?}");
        }
        take(&mut session, 3);
        assert_eq!(reads(&session), yes, "{text:?}: quoted");
    }
}

/// A sheet is written lines, wherever it stands; nothing around it tears.
#[test]
fn a_sheet_stands_on_lines_of_its_own() {
    let story = |text: &str| {
        story_from(&format!(
            "(sheets: {{ \"card\": (name: \"Card\", lines: {{ \"one\": \"One.\", \"two\": \"Two.\" }}) }}, scenes: {{ \"a\": (text: \"{text}\", end: \"z\") }})"
        ))
    };
    for (text, read) in [
        ("{card}", "> One.\n> Two."),
        ("Before {card} after.", "Before\n> One.\n> Two.\nafter."),
        ("Before.\n  {card}\n  After.", "Before.\n> One.\n> Two.\nAfter."),
        ("Before.\n\n  {card}\n\n  After.", "Before.\n\n> One.\n> Two.\n\nAfter."),
        ("{card}{card}", "> One.\n> Two.\n> One.\n> Two."),
    ] {
        let story = story(text);
        let session = night(&story, SeatId::new(0), 1);
        let page: Vec<&str> = session.page(SeatId::new(0)).map(|block| block.text).collect();
        assert_eq!(page, [read], "{text:?}");
    }
}

/// To begin at a scene is to begin there: nothing before it has happened.
#[test]
fn a_night_that_begins_at_a_scene_begins_there() {
    let story = story_from(
        r#"(
  vars: { "n": (min: 0, max: 5), "m": (min: 0, max: 5) },
  scenes: {
    "a": (text: "A.", do: ["n +1"], choices: [(say: "On.", go: "b")]),
    "b": (text: "{first: New. | again: Old.} {n} {m} {if visited(a): From A.}", do: ["m +1"], choices: [
      (say: "Again.", keep: true, go: "b"), (say: "Back.", go: "a"), (say: "End.", go: "z")]),
    "z": (text: "Z.", end: "z"),
  },
)"#,
    );
    let scene = |id: &str| story.scene_ids().find(|at| &*story.scene(*at).id == id).expect("there");
    let n = story.var_named("n").expect("declared");
    let mut session = night(&story, SeatId::new(0), 1);
    session.input(Input::Jump(scene("b"))).expect("taken");
    assert_eq!(reads(&session), "New. 0 1");
    // What is set by hand stays set, before and after.
    let mut session = night(&story, SeatId::new(0), 1);
    for input in [Input::Set(n, 3), Input::Jump(scene("b")), Input::Jump(scene("b"))] {
        session.input(input).expect("taken");
    }
    assert_eq!(reads(&session), "New. 3 1");
    assert_eq!(
        Session::replay(&story, 1, session.holders().to_vec(), session.log()).expect("fits").state(),
        session.state()
    );
    // In the middle of a night it goes on there.
    take(&mut session, 0);
    session.input(Input::Jump(scene("a"))).expect("taken");
    take(&mut session, 0);
    assert_eq!(reads(&session), "Old. 4 3 From A.");
}

#[test]
fn a_clock_reads_twelve_hours_or_twenty_four() {
    let story = |hours: &str, starts: &str, ends: &str| {
        format!(
            "(clock: (starts: \"{starts}\", ends: \"{ends}\"{hours}), scenes: {{ \"a\": (text: \"{{clock}}\", do: [\"minutes +5\"], end: \"z\") }})"
        )
    };
    for (hours, starts, read) in [
        ("", "20:40", "8.45"),
        (", hours: 12", "20:40", "8.45"),
        (", hours: 24", "20:40", "20:45"),
        (", hours: 24", "08:00", "08:05"),
        (", hours: 24", "23:55", "00:00"),
        ("", "23:55", "12.00"),
        (", hours: 24", "26:35", "02:40"),
    ] {
        let story = story_from(&story(hours, starts, "47:00"));
        let session = night(&story, SeatId::new(0), 1);
        assert_eq!(reads(&session), read, "{starts}{hours}");
        assert_eq!(hallway::view::view(&session, SeatId::new(0)).clock().as_deref(), Some(read));
    }
    let (_, message, _) = told(&story(", hours: 13", "20:40", "21:00")).expect("told");
    assert_eq!(message, "a day has 12 or 24 `hours` on a clock, not 13");
}
