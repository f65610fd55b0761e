//! What forms, conditions and weights say and mean, in stories as small as can be.

use hallway::engine::{Holder, Input, Pick, Session};
use hallway::story::{Code, SceneKind, SeatId, Story, TokenKind, lex, nearest};
use hallway::view::{StatusLine, view};

use crate::diagnostics::told;
use crate::support::{night, picks, story_from};

/// What the one seat reads.
fn reads(session: &Session<'_>) -> String {
    session.page(SeatId::new(0)).map(|block| block.text).collect::<Vec<_>>().join("\n")
}

fn take(session: &mut Session<'_>, at: u16) {
    session.input(Input::Decide(session.state().scene, Pick::Choice(at))).expect("open");
}

/// A story of one scene that comes again, with these variables and this text; each choice does one of these things.
fn again(vars: &str, text: &str, deeds: &[&str]) -> Story {
    let choices: Vec<String> =
        deeds.iter().map(|deed| format!("(say: \"On.\", keep: true, do: [\"{deed}\"], go: \"a\")")).collect();
    story_from(&format!(
        "(clock: (starts: \"11:50\", ends: \"13:10\", tick: 5), vars: {{ {vars} }}, scenes: {{ \"a\": (text: \"{text}\", \
         choices: [{}, (say: \"End.\", go: \"z\")]), \"z\": (text: \"Over.\", end: \"z\") }})",
        choices.join(", ")
    ))
}

#[test]
fn a_value_is_said_in_its_own_words() {
    let vars = r#""n": (min: -2, max: 12, start: 9), "s": (states: ["half_open", "shut"]), "f": (flag: true),
        "w": (min: 2, max: 4, words: ["low", "middling", "high"])"#;
    let story =
        again(vars, "{n}, {s}, {f}, {w}, {clock}", &["n +1", "n -12", "s = shut", "f = true", "w +1", "minutes +75"]);
    let mut session = night(&story, SeatId::new(0), 1);
    assert_eq!(reads(&session), "9, half open, no, low, 11.50");
    take(&mut session, 0);
    assert_eq!(reads(&session), "10, half open, no, low, 11.50");
    for at in [1, 2, 3, 4, 4, 4, 5] {
        take(&mut session, at);
    }
    // Nothing goes beyond its range.
    assert_eq!(reads(&session), "-2, shut, yes, high, 1.05");
    take(&mut session, 5);
    assert_eq!(reads(&session), "-2, shut, yes, high, 1.10");
}

#[test]
fn spaces_meet_as_one_where_a_branch_says_nothing() {
    let text = "Before {if f: inside } after{if f:, and more}. {first: New. | again: {if f: Old. | Known. }}  End.";
    let story = again("\"f\": (flag: true)", text, &["f = true"]);
    let mut session = night(&story, SeatId::new(0), 1);
    assert_eq!(reads(&session), "Before after. New. End.");
    take(&mut session, 0);
    assert_eq!(reads(&session), "Before inside after, and more. Old. End.");
    let text = "
      One line,
        set in.

      {if f:
        On a line of its own.
      | else if not f: Otherwise. }
      Last.
    ";
    let story = again("\"f\": (flag: true)", text, &["f = true"]);
    let session = night(&story, SeatId::new(0), 1);
    assert_eq!(reads(&session), "One line, set in.\n\nOtherwise. Last.");
}

#[test]
fn a_lot_falls_on_each_of_its_words() {
    let story = again("", "It is {one of: a | the second | {one of: c | d} | } here. {one of: x | y}", &["minutes +1"]);
    let mut seen = std::collections::BTreeMap::<String, usize>::new();
    for seed in 0..400 {
        let mut session = night(&story, SeatId::new(0), seed);
        *seen.entry(reads(&session)).or_default() += 1;
        take(&mut session, 0);
        *seen.entry(reads(&session)).or_default() += 1;
    }
    let mut expected = Vec::new();
    for first in ["It is a here.", "It is c here.", "It is d here.", "It is here.", "It is the second here."] {
        expected.extend(["x", "y"].map(|second| format!("{first} {second}")));
    }
    assert_eq!(seen.keys().cloned().collect::<Vec<_>>(), expected);
    assert!(seen.values().all(|count| *count > 20), "{seen:?}");
}

pub const MANY: &str =
    r#""n": (min: 0, max: 5, start: 2), "m": (min: 0, max: 5), "s": (states: ["red", "green"]), "f": (flag: true)"#;

#[test]
fn a_condition_is_told_as_it_was_written() {
    for written in [
        "n >= 2",
        "n > 1",
        "n <= 2",
        "n < 3",
        "n = 2",
        "f",
        "not f",
        "s is red",
        "s is not green",
        "n = 2 and m < 3",
        "n = 2 or m < 3",
        "n = 2 and (m < 3 or f)",
        "(n = 2 or f) and not (m < 3 and f)",
        "n - m > 0",
        "n + m + 2 < 9",
        "-n + m - 1 < 3",
        "n + m > n - 1",
    ] {
        let scenes = format!(
            "\"a\": (text: \"A.\", choices: [(say: \"A.\", when: \"{written}\", go: \"z\"), (say: \"B.\", do: [\"n +1\", \"m +1\", \"f = true\", \"s = green\"], go: \"z\")]), \"z\": (text: \"Z.\", end: \"z\")"
        );
        let story = story_from(&format!("(vars: {{ {MANY} }}, scenes: {{ {scenes} }})"));
        let SceneKind::Decide(decision) = &story.scenes[0].kind else { panic!("somebody decides") };
        let when = &story.choices(decision)[0].when;
        let told = when.words(&story);
        // Terms may be put in another order, and a sum's number on its own; it must mean the same.
        if !written.contains(" + ") && !written.contains(" - ") {
            assert_eq!(told, written);
        }
        let back = story_from(&format!("(vars: {{ {MANY} }}, scenes: {{ {} }})", scenes.replace(written, &told)));
        let SceneKind::Decide(decision) = &back.scenes[0].kind else { panic!("somebody decides") };
        let session = night(&story, SeatId::new(0), 1);
        let mut values = session.state().values.clone();
        for n in 0..=5 {
            for m in 0..=5 {
                for (s, f) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
                    for (id, value) in [("n", n), ("m", m), ("s", s), ("f", f)] {
                        let at = story.vars.iter().position(|var| var.id == id).expect("declared");
                        values[at] = value;
                    }
                    let holds = when.holds(&values);
                    assert_eq!(back.choices(decision)[0].when.holds(&values), holds, "{written} told as {told}");
                    assert_eq!(when.wanting(&story, &values).is_empty(), holds, "{written}");
                }
            }
        }
    }
}

#[test]
fn what_is_wanting_is_told_with_what_there_is() {
    let story =
        again(MANY, "{if n >= 3 and s is green and (f or m > 1): A. | B.}", &["n +1", "m +1", "f = true", "s = green"]);
    let wanted = "(vars: {VARS}, scenes: { \"a\": (text: \"A.\", choices: [(say: \"A.\", when: \"n >= 3 and s is green and (f or m > 1)\", go: \"z\"), (say: \"B.\", do: [\"n +1\", \"m +1\", \"f = true\", \"s = green\"], go: \"z\")]), \"z\": (text: \"Z.\", end: \"z\") })";
    let other = story_from(&wanted.replace("VARS", &format!(" {MANY} ")));
    let SceneKind::Decide(decision) = &other.scenes[0].kind else { panic!("somebody decides") };
    let session = night(&other, SeatId::new(0), 1);
    assert_eq!(
        other.choices(decision)[0].when.wanting(&other, &session.state().values),
        ["n >= 3 (n is 2)", "s is green (s is red)", "f or m > 1 (f is false, m is 0)"]
    );
    assert_eq!(reads(&night(&story, SeatId::new(0), 1)), "B.");
}

#[test]
fn a_text_is_parted_into_its_tokens() {
    let text = "#![enable(x)] // a ( b\n(a_1: \"q\\\"(\", /* b /* c */ ) */ r\"x\\\", r#\"y\"\"#, -1.5e+3, 'c', Name(…), [], {})";
    let (tokens, unclosed) = lex(text);
    let of = |kind| {
        tokens.iter().filter(|token| token.kind == kind).map(|token| &text[token.start..token.end]).collect::<Vec<_>>()
    };
    assert_eq!(unclosed, None);
    assert_eq!(of(TokenKind::Attribute), ["#![enable(x)]"]);
    assert_eq!(of(TokenKind::Comment), ["// a ( b", "/* b /* c */ ) */"]);
    assert_eq!(of(TokenKind::String), ["\"q\\\"(\"", "r\"x\\\"", "r#\"y\"\"#"]);
    assert_eq!(of(TokenKind::Word), ["a_1", "-1.5e+3", "'c'", "Name"]);
    assert_eq!(of(TokenKind::Odd), ["…"]);
    assert_eq!((of(TokenKind::Colon).len(), of(TokenKind::Comma).len()), (1, 7));
    // Nothing between them but white space.
    let mut past = 0;
    for token in &tokens {
        assert!(token.end > token.start && text[past..token.start].trim().is_empty());
        past = token.end;
    }
    assert_eq!(past, text.len());
    assert_eq!(lex("(a: \"b").1, Some(4));
    assert_eq!(lex("/* a").0.len(), 1);
}

/// Everything that decides is in a story's fingerprint, and no word that is only read.
#[test]
fn the_fingerprint_is_of_what_decides() {
    let before = crate::given_out::STORY;
    let fingerprint = |text: &str| story_from(text).fingerprint;
    let was = fingerprint(before);
    for (from, to) in [
        ("18:30", "18:35"),
        ("start: 3", "start: 3, seen_by: []), \"more\": (flag: true"),
        ("(id: \"open\", say", "(id: \"open\", lean: 3, say"),
        ("when: \"told\"", "lean: \"trust + 1\", when: \"told\""),
        ("\"faithful\": (name", "\"faithful\": (lean: 2, name"),
        ("say: \"Hold the ship.\", gist", "keep: true, say: \"Hold the ship.\", gist"),
        ("from: \"doctor\", to: \"captain\"", "from: \"doctor\", to: \"doctor\""),
        ("(seat: \"captain\", text: \"A hall", "(seat: \"captain\", standing: false, text: \"A hall"),
        ("title: \"Given out\"", "title: \"Given out\", start: \"hall\""),
        ("freeze: \"end\",", ""),
        ("tick: 5", "tick: 4"),
        ("max: 12", "max: 13"),
        ("min: -2", "min: -1"),
        ("start: 3", "start: 4"),
        ("\"told\": (flag: true)", "\"told\": (flag: true, start: true)"),
        ("\"half_open\", \"open\"", "\"open\", \"half_open\""),
        ("\"softened\": (name", "\"softened\": (minutes: 5, name"),
        ("\"softened\": (name", "\"softened\": (when: \"trust > 1\", name"),
        ("\"note\": (name", "\"note\": (do: [\"trust +1\"], name"),
        ("do: [\"trust -1\"]", "do: [\"trust -2\"]"),
        ("when: \"told\"", "when: \"not told\""),
        ("\"trust +2\"], go: \"end\"", "\"trust +2\"], go: \"sea\""),
        ("\"trust +2\"", "\"trust +3\""),
        ("by: [\"note\", \"voice\"]", "by: [\"note\"]"),
        ("most: 2", "most: 1"),
        ("(say: \"Leave it.\", go", "(say: \"Leave it.\", keep: true, go"),
        ("(say: \"Wait.\", go: \"sea\")", "(say: \"Wait.\", when: \"told\", go: \"sea\")"),
        ("seat: \"captain\", text: \"A hall.\"", "seat: \"doctor\", text: \"A hall.\""),
        ("(text: \"{if", "(seat: \"doctor\", text: \"{if"),
    ] {
        assert!(before.contains(from), "{from}");
        assert_ne!(fingerprint(&before.replacen(from, to, 1)), was, "{from} → {to}");
    }
    for (from, to) in [
        ("A dock.", "A quay."),
        ("Open the door.", "Open it."),
        ("word for word", "faithfully"),
        ("At nine.", "At ten."),
        ("Hold the ship.\"", "Keep the ship.\""),
        ("when: \"told\"", "when:   \"  told \""),
        ("title: \"Given out\"", "title: \"Another\""),
        ("A gull comes.", "A tern comes."),
        ("In the hall.", "In the yard."),
    ] {
        assert!(before.contains(from), "{from}");
        assert_eq!(fingerprint(&before.replacen(from, to, 1)), was, "{from} → {to}");
    }
}

#[test]
fn a_status_shows_how_far_a_counter_has_come() {
    let story = story_from(crate::given_out::STORY);
    let mut session = Session::new(&story, 1, vec![Holder::Person, Holder::Person]);
    let status = |session: &Session<'_>, seat: usize| -> Vec<StatusLine> {
        let page = view(session, SeatId::new(seat));
        page.status()
    };
    let before = StatusLine { name: "trust".to_owned(), word: "3".to_owned(), level: Some((5, 14)) };
    assert_eq!(status(&session, 0), [before]);
    assert_eq!(status(&session, 1), []);
    for pick in [1, 1, 2, 0] {
        let open = picks(&session);
        session.input(Input::Decide(session.state().scene, open[pick])).expect("open");
    }
    assert_eq!(status(&session, 0)[0].level, Some((4, 14)), "softened");
}

#[test]
fn a_near_name_is_suggested_and_a_far_one_is_not() {
    for (wrong, known, near) in [
        ("captian", &["captain", "doctor"][..], Some("captain")),
        ("Captain", &["captain"], Some("captain")),
        ("a", &["b"], None),
        ("ab", &["ba", "xy"], Some("ba")),
        ("docks", &["dock", "deck"], Some("dock")),
        ("abc", &["xyz"], None),
        ("abcdef", &["abcdxf"], Some("abcdxf")),
        ("abcdef", &["abcxyf"], None),
        ("abcdefg", &["abcxyfg"], Some("abcxyfg")),
        ("functions", &["questions"], None),
        ("door-3", &["door-2", "door-1"], None),
        ("b", &["", "a1"], None),
        ("zz", &["b", "a", "zy", "zx"], Some("zx")),
    ] {
        assert_eq!(nearest(wrong, known.iter().copied()), near, "{wrong}");
    }
}

#[test]
fn a_clock_goes_over_midnight_and_no_further_than_two_days() {
    let story = |starts: &str, ends: &str| {
        format!(
            "(clock: (starts: \"{starts}\", ends: \"{ends}\", tick: 60), scenes: {{ \"a\": (text: \"{{clock}}\", end: \"z\") }})"
        )
    };
    for (starts, ends, shown) in [("00:00", "23:59", "12.00"), ("23:30", "24:30", "11.30"), ("47:58", "47:59", "11.58")]
    {
        assert_eq!(told(&story(starts, ends)), None, "{starts} to {ends}");
        assert_eq!(reads(&night(&story_from(&story(starts, ends)), SeatId::new(0), 1)), shown);
    }
    for (starts, ends) in
        [("12:00", "12:00"), ("12:60", "13:00"), ("12:00", "48:00"), ("12", "13:00"), ("a:b", "13:00")]
    {
        assert_eq!(told(&story(starts, ends)).map(|it| it.0), Some(Code::BadClock), "{starts} to {ends}");
    }
}

#[test]
fn what_ron_allows_besides_means_the_same() {
    let plain = "(title: \"A\", vars: { \"n\": (min: 0, max: 3) }, scenes: { \"a\": (text: \"A. {n}\", choices: [(say: \"B.\", do: [\"n +1\"], go: \"z\")]), \"z\": (text: \"Z.\", end: \"z\") })";
    let wrapped = plain
        .replace("\"A\"", "Some(\"A\")")
        .replace("min: 0", "min: Some(0)")
        .replace("\"A. {n}\"", "Some(r#\"A. {n}\"#)")
        .replace("[(say", "Some([(say")
        .replace("go: \"z\")])", "go: \"z\")]))")
        .replace("(text: \"Z.\"", "/* the end /* of it */ */ (text: \"Z.\", // there");
    let wrapped = wrapped.replace("// there, end", "// there\n end");
    let (one, other) = (story_from(plain), story_from(&wrapped));
    assert_eq!((one.fingerprint, one.title.as_str()), (other.fingerprint, other.title.as_str()));
    assert_eq!(reads(&night(&one, SeatId::new(0), 1)), reads(&night(&other, SeatId::new(0), 1)));
}

#[test]
fn all_words_of_a_text_are_those_of_every_branch() {
    let story = again(
        "\"f\": (flag: true)",
        "A {if f: b | c} {first: d | again: e {one of: f | g | {if f: h}}} i {clock}",
        &["f = true"],
    );
    let text = story.words(story.texts(story.start)[0].expect("a text"));
    let words: Vec<String> = text.every_word().split_whitespace().map(str::to_owned).collect();
    assert_eq!(words.join(""), "Abcdefghi");
    assert_eq!(text.outline(), "A … … i …");
}

#[test]
fn a_flag_is_shown_as_yes_or_no() {
    let story = story_from(
        r#"(roles: { "a": (name: "A") }, vars: { "f": (flag: true, seen_by: ["a"]), "s": (states: ["on_foot", "by_car"], seen_by: ["a"]) },
  scenes: { "one": (seat: "a", text: "One.", choices: [(say: "On.", do: ["f = true", "s = by_car"], go: "two")]),
    "two": (seat: "a", text: "{if f and s is by_car: Two. | One.}", choices: [(say: "End.", go: "z")]), "z": (text: "Z.", end: "z") })"#,
    );
    let mut session = night(&story, SeatId::new(0), 1);
    let words = |session: &Session<'_>| -> Vec<String> {
        view(session, SeatId::new(0)).status().into_iter().map(|status| status.word).collect()
    };
    assert_eq!(words(&session), ["no", "on foot"]);
    take(&mut session, 0);
    assert_eq!(words(&session), ["yes", "by car"]);
}

#[test]
fn every_comparison_holds_where_it_says() {
    // By n from 0 to 4, beside 2.
    let signs = [("<", "yynnn"), ("<=", "yyynn"), ("=", "nnynn"), (">=", "nnyyy"), (">", "nnnyy")];
    // Against a number, as a sum against another, and the other way round.
    for (left, right) in [("n", "2"), ("n + m - 1", "3 - m"), ("4 - n", "m + 1")] {
        for (sign, holds) in signs {
            let text = format!("{{if {left} {sign} {right}: y | n}}");
            let story = again("\"n\": (min: 0, max: 4), \"m\": (min: 1, max: 1)", &text, &["n +1"]);
            let mut session = night(&story, SeatId::new(0), 1);
            let mut read = String::new();
            for _ in 0..=4 {
                read += &reads(&session);
                take(&mut session, 0);
            }
            let backwards = left.starts_with('4');
            let expected = if backwards { holds.chars().rev().collect() } else { holds.to_owned() };
            assert_eq!(read, expected, "{text}");
        }
    }
}

#[test]
fn a_choice_is_said_in_the_words_of_the_moment() {
    let story = story_from(
        r#"(vars: { "n": (min: 0, max: 3) }, scenes: {
          "a": (text: "A.", choices: [(say: "One more than {n}.", keep: true, do: ["n +1"], go: "a"),
            (say: "End.", when: "n > 2", locked: "Not yet: {n}.", go: "z")]),
          "z": (text: "Z.", end: "z"),
        })"#,
    );
    let mut session = night(&story, SeatId::new(0), 1);
    for n in 0..3 {
        let ask = view(&session, SeatId::new(0)).ask().expect("asked");
        assert_eq!(ask.offers().next().expect("one").words(), format!("One more than {n}."));
        assert_eq!(ask.offers().nth(1).expect("another").why(), Some(format!("Not yet: {n}.").as_str()));
        take(&mut session, 0);
    }
}

#[test]
fn a_line_of_blanks_parts_paragraphs_however_far_it_is_set_in() {
    for blanks in [0, 2, 4, 9] {
        let text = format!("One.\n    Two.\n{}\n    Three.", " ".repeat(blanks));
        let story = again("\"f\": (flag: true)", &text, &["f = true"]);
        assert_eq!(reads(&night(&story, SeatId::new(0), 1)), "One. Two.\n\nThree.", "{blanks} blanks");
    }
}

#[test]
fn two_spaces_are_read_as_one() {
    for (text, read) in [("Two  spaces.", "Two spaces."), ("  Two  spaces. ", "Two spaces."), ("{f}  {f}", "no no")] {
        let story = again("\"f\": (flag: true)", text, &["f = true"]);
        assert_eq!(reads(&night(&story, SeatId::new(0), 1)), read, "{text}");
    }
}

#[test]
fn a_message_that_quotes_itself_comes_to_an_end() {
    let story = story_from(
        r#"(roles: { "a": (name: "A"), "b": (name: "B") }, treatments: { "plain": (name: "Plain") },
        messages: { "m": (from: "a", to: "b", say: "M.", gist: "so {meant(m)}", heard: { "plain": (text: "so") }) },
        scenes: { "one": (seat: "a", text: "{meant(m)}", pass: (messages: ["m"], go: "two")),
          "two": (seat: "b", text: "{heard}", relay: (treatments: ["plain"], go: "z")), "z": (text: "Z.", end: "z") })"#,
    );
    assert_eq!(reads(&night(&story, SeatId::new(0), 1)).split_whitespace().count(), 4);
}

#[test]
fn a_line_is_struck_and_then_restored() {
    let story = story_from(
        r#"(sheets: { "card": (name: "Card", lines: { "one": "Line one." }) },
        scenes: { "a": (text: "{card}", mark: (sheet: "card", most: 3, go: "z")), "z": (text: "{card}", end: "z") })"#,
    );
    let mut session = night(&story, SeatId::new(0), 1);
    for deed in ["Strike", "Restore", "Strike"] {
        let ask = view(&session, SeatId::new(0)).ask().expect("asked");
        assert_eq!(ask.offers().next().expect("one").words(), format!("{deed}: Line one."));
        session.input(Input::Decide(session.state().scene, Pick::Line(0))).expect("open");
    }
}

#[test]
fn pages_are_kept_for_persons_or_for_all_where_there_are_none() {
    let story = story_from(
        r#"(roles: { "a": (name: "A"), "b": (name: "B") }, scenes: {
          "one": (text: "Both read this.", go: "two"), "two": (seat: "a", text: "A.", choices: [(say: "On.", go: "z")]), "z": (text: "Z.", end: "z") })"#,
    );
    let empty = |holders: [Holder; 2]| {
        let session = Session::new(&story, 1, holders.to_vec());
        [0, 1].map(|seat| session.page(SeatId::new(seat)).len() == 0)
    };
    assert_eq!(empty([Holder::Person, Holder::Story]), [false, true]);
    assert_eq!(empty([Holder::Story, Holder::Person]), [true, false]);
    assert_eq!(empty([Holder::Story, Holder::Story]), [false, false]);
}

#[test]
fn a_variable_that_is_set_by_hand_stays_in_its_range() {
    let vars = r#""s": (states: ["red", "green", "blue"]), "f": (flag: true), "n": (min: -2, max: 4)"#;
    let story = again(vars, "{s} {f} {n}", &["s = green", "f = true", "n +1"]);
    let mut session = night(&story, SeatId::new(0), 1);
    assert_eq!(reads(&session), "red no 0");
    let id = |name: &str| story.var_named(name).expect("declared");
    for (value, expected) in [(99, [2, 1, 4]), (-99, [0, 0, -2]), (1, [1, 1, 1])] {
        for name in ["s", "f", "n"] {
            session.input(Input::Set(id(name), value)).expect("taken");
        }
        assert_eq!(["s", "f", "n"].map(|name| session.state().value(id(name))), expected);
    }
}

#[test]
fn without_a_start_a_counter_starts_at_0_or_as_near_as_it_can_from_below() {
    for (min, max, start) in [(-2, 4, 0), (0, 4, 0), (-4, 0, 0), (2, 4, 2), (-4, -2, -4)] {
        let story = again(&format!("\"n\": (min: {min}, max: {max})"), "{n}", &["n +1"]);
        assert_eq!(reads(&night(&story, SeatId::new(0), 1)), start.to_string());
    }
}

#[test]
fn one_passage_quotes_as_many_messages_one_after_the_other_as_it_likes() {
    let story = story_from(
        r#"(roles: { "a": (name: "A"), "b": (name: "B") }, treatments: { "plain": (name: "Plain") },
        messages: { "m": (from: "a", to: "b", say: "Say.", gist: "six", heard: { "plain": (text: "six") }), "n": (from: "a", to: "b", say: "Say.", gist: "{meant(m)}", heard: { "plain": (text: "six") }) },
        scenes: { "one": (seat: "a", text: "{meant(n)} {meant(m)} {meant(n)} {meant(m)} {meant(n)} {meant(m)}",
          pass: (messages: ["m", "n"], go: "two")), "two": (seat: "b", text: "It comes.", relay: (treatments: ["plain"], go: "z")), "z": (text: "Z.", end: "z") })"#,
    );
    let session = Session::new(&story, 1, vec![Holder::Person, Holder::Person]);
    let words: Vec<&str> = session.page(SeatId::new(0)).map(|block| block.text).collect();
    assert_eq!(words, ["six six six six six six"]);
}
