//! Each form of prose in each place where prose may stand.

use hallway::story::{Code, Sources, check};
use hallway::text::plain;

use super::faults;
use super::world::World;
use crate::language::reading::{Line, Reading};
use crate::language::squeezed;
use crate::support::story_from;

/// What is written, and what is read of it in the world of these stories.
const FORMS: &[(&str, &str)] = &[
    ("{a}", "1"),
    ("{line}", "dead"),
    ("{wet}", "yes"),
    ("{dry}", "no"),
    ("{mood}", "rather glad"),
    ("{carrier}", "Card"),
    ("{licence}", "Free"),
    ("{treatment}", "Softened"),
    ("{handling}", "Nod"),
    ("{if wet: one | two}", "one"),
    ("{if dry: one | two}", "two"),
    ("{if dry: one}", ""),
    ("{if dry: one | else if wet: two | three}", "two"),
    ("{if dry: one | else if a = 2: two | three}", "three"),
    ("{if wet: {if a = 1: deep | flat} | no}", "deep"),
    ("{first: once | again: twice}", "once"),
    ("{one of: same | same}", "same"),
    ("{heard}", "latish"),
    ("{heard(late)}", "latish"),
    ("{heard(early)}", ""),
    ("{meant}", "late"),
    ("{meant(early)}", "early"),
    ("{clock}", "8.05"),
    ("*star* and ~wave~", "star and wave"),
    ("{{a}}", "{a}"),
    ("{if wet: this {|} that | other}", "this | that"),
    ("{slip}", "Friday. Nine."),
];

/// All of the forms in one passage, each between its number's own words.
fn written() -> String {
    let one = |(at, (form, _)): (usize, &(&str, &str))| format!("a{at} {form} z{at}.");
    FORMS.iter().enumerate().map(one).collect::<Vec<_>>().join(" ")
}

/// What is read of the passage.
fn read() -> String {
    let one = |(at, (_, words)): (usize, &(&str, &str))| squeezed(&format!("a{at} {words} z{at}."));
    FORMS.iter().enumerate().map(one).collect::<Vec<_>>().join(" ")
}

/// The words of a page in order, without marks.
fn words(page: &Reading) -> String {
    let line = |line: &Line| match line {
        Line::Prose(words) => plain(words),
        Line::Open(_, words, note, _) => format!("{words} {note}"),
        Line::Locked(words, why, _) => format!("{words} {why}"),
        _ => String::new(),
    };
    squeezed(&page.0.iter().map(line).collect::<Vec<_>>().join(" "))
}

/// A place where prose may stand: its name, who reads it, and a story with the passage there.
fn places() -> Vec<(&'static str, &'static str, World)> {
    let passage = written();
    let decides = |fields: &str| format!("\"test\": (seat: \"sender\", text: \"Test.\", {fields}),");
    let world = |scenes: String| World { scenes, ..World::default() };
    vec![
        (
            "`text`",
            "sender",
            world(format!(
                "\"test\": (seat: \"sender\", text: \"{passage}\", choices: [(say: \"On.\", go: \"end\")]),"
            )),
        ),
        ("`text` for everybody", "other", world(format!("\"test\": (text: \"{passage}\", go: \"end\"),"))),
        (
            "`others`",
            "aide",
            world(decides(&format!("others: {{ \"aide\": \"{passage}\" }}, choices: [(say: \"On.\", go: \"end\")]"))),
        ),
        ("`text` of an ending", "aide", world(format!("\"test\": (text: \"{passage}\", end: \"Done\"),"))),
        ("`say` of a choice", "sender", world(decides(&format!("choices: [(say: \"{passage}\", go: \"end\")]")))),
        (
            "`locked`",
            "sender",
            world(decides(&format!(
                "choices: [(say: \"On.\", go: \"end\"), (say: \"No.\", when: \"dry\", locked: \"{passage}\")]"
            ))),
        ),
        (
            "`reply`",
            "sender",
            World {
                picks: vec!["on".to_owned()],
                ..world(decides(&format!("choices: [(say: \"On.\", reply: \"{passage}\", go: \"end\")]")))
            },
        ),
        (
            "`say` of a standing choice",
            "sender",
            World {
                sender: format!(", standing: (say: \"{passage}\", when: \"visited(test)\", go: \"end\")"),
                ..world(decides("choices: [(say: \"On.\", go: \"end\")]"))
            },
        ),
        (
            "`locked` of a standing choice",
            "sender",
            World {
                sender: format!(", standing: (say: \"No.\", when: \"dry\", locked: \"{passage}\", go: \"end\")"),
                ..world(decides("choices: [(say: \"On.\", go: \"end\")]"))
            },
        ),
        (
            "`reply` of a standing choice",
            "sender",
            World {
                sender: format!(
                    ", standing: (say: \"On.\", when: \"visited(test)\", reply: \"{passage}\", go: \"end\")"
                ),
                picks: vec!["standing".to_owned()],
                ..world(decides("choices: [(say: \"On.\", go: \"end\")]"))
            },
        ),
        (
            "`gist`",
            "sender",
            World {
                messages: format!(
                    "\"m\": (from: \"sender\", to: \"other\", say: \"Send.\", gist: \"{passage}\", heard: {{ \"plain\": (text: \"it\") }}),"
                ),
                ..world(decides("pass: (messages: [\"m\"], go: \"end\")"))
            },
        ),
        (
            "`{meant(…)}`",
            "sender",
            World {
                messages: format!(
                    "\"m\": (from: \"sender\", to: \"other\", say: \"Send.\", gist: \"{passage}\", heard: {{ \"plain\": (text: \"it\") }}),"
                ),
                ..world(
                    "\"test\": (seat: \"sender\", text: \"{meant(m)}\", pass: (messages: [\"m\"], go: \"end\")),"
                        .to_owned(),
                )
            },
        ),
        (
            "`text` of a reading",
            "aide",
            World {
                ways: [String::new(), String::new(), "\"k\": (name: \"K\"),".to_owned(), String::new()],
                readings: format!("\"k\": (text: \"{passage}\"),"),
                ..world(
                    "\"test\": (seat: \"aide\", text: \"Test.\", relay: (treatments: [\"k\"], go: \"end\")),"
                        .to_owned(),
                )
            },
        ),
    ]
}

#[test]
fn each_form_is_read_in_each_place_as_everywhere() {
    let mut found = Vec::new();
    for (place, role, mut world) in places() {
        world.vars.push_str("\"mood\": (min: 0, max: 2, start: 2, words: [\"sad\", \"so-so\", \"rather glad\"]),");
        let story = story_from(&world.text());
        let told = |pages: &[Reading]| {
            let wanted = read();
            let wrong = pages.iter().all(|page| !words(page).contains(&wanted));
            let last = pages.iter().map(words).max_by_key(String::len).unwrap_or_default();
            wrong.then(|| format!("what should be read, and what is:\n{wanted}\n{last}")).into_iter().collect()
        };
        found.extend(faults(&story, role, &told).into_iter().map(|fault| format!("{place}: {fault}")));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Where a text is read outside the story: it has marks and citations, and no variable has a value there.
const OUTSIDE: &[(&str, &str)] = &[
    ("`about`", r#"about: "WORDS","#),
    ("`notice`", r#"notice: "WORDS","#),
    ("`brief`", r#"roles: { "one": (name: "One", brief: "WORDS") },"#),
    ("`because`", r#"endings: { "Over": (title: "Over", because: "WORDS") },"#),
    ("`note` of an ending", r#"endings: { "Over": (title: "Over", note: "WORDS") },"#),
    ("`text` of a silence", r#"silence: (take: "on", text: "WORDS")"#),
    ("`text` of an inject", r#"injects: { "news": (name: "News", text: "WORDS") },"#),
    (
        "`text` of the chronicle",
        r#"clock: (starts: "20:00", ends: "21:00"), chronicle: [(time: "20:30", text: "WORDS")],"#,
    ),
    ("`text` of a hypothesis", r#"hypotheses: [(text: "WORDS", for: ["came"])],"#),
    ("`note` of a lesson", r#"lesson: (note: "WORDS"),"#),
    ("`aims`", r#"lesson: (aims: ["WORDS"]),"#),
    ("`plan`", r#"lesson: (plan: ["WORDS"]),"#),
    ("`glossary`", r#"lesson: (glossary: { "word": "WORDS" }),"#),
    ("`standards`", r#"lesson: (standards: ["WORDS"]),"#),
    ("`cards`", r#"roles: { "one": (name: "One") }, lesson: (cards: { "one": "WORDS" }),"#),
];

/// A small story with one of these fields, filled with these words.
fn outside(field: &str, words: &str) -> String {
    let field = field.replace("WORDS", words);
    let (top, scene) = if field.starts_with("silence") { ("", field.as_str()) } else { (field.as_str(), "") };
    let seat = if field.contains("roles:") { "seat: \"one\", " } else { "" };
    format!(
        r#"({top} vars: {{ "a": (min: 0, max: 2) }}, sources: {{ "paper": "A paper" }}, facts: {{ "came": (text: "He came.", reported: ["paper"]) }}, scenes: {{ "s": ({seat}text: "{{a}} He came.[^came]", choices: [(id: "on", say: "On.", do: ["a +1"], go: "e")], {scene}), "e": (text: "E.", end: "Over") }})"#
    )
}

#[test]
fn what_is_read_outside_the_story_has_marks_and_no_forms() {
    for (place, field) in OUTSIDE {
        story_from(&outside(field, "It is *so* and ~so~.[^came] {{a}} **"));
        for form in ["{a}", "{if a = 1: one | two}", "{first: once | again: twice}", "{one of: one | two}"] {
            let text = outside(field, form);
            let sources = Sources::from_texts([("story.ron", text.as_str())]);
            let said: Vec<Code> = check(&sources, Vec::new()).diagnostics.iter().map(|found| found.code).collect();
            assert!(said.contains(&Code::BadMarkup), "{place}: `{form}` should be refused, and this is said: {said:?}");
        }
    }
}
