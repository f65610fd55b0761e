//! Mistakes that writers make, those who come from a word processor, from ink, Twine, ChoiceScript, JSON or Python, and
//! those who are tired: each is told once, where it was made, with what to do.

use std::collections::BTreeMap;
use std::fs;

use hallway::story::{Sources, check};

use crate::support::{Hallway, repository};

/// What is to be told of a story with one mistake.
#[derive(Debug, PartialEq)]
struct Told {
    /// In a story of several files with the file before it: `scenes.ron:12`.
    line: String,
    code: String,
    /// A part of the message or of the help.
    says: String,
}

/// `tests/data/slips/expected.txt`: of each story, the line, the code, and some words of what is told.
fn expected() -> BTreeMap<String, Told> {
    let table = fs::read_to_string(repository("tests/data/slips/expected.txt")).expect("the table is there");
    let row = |line: &str| {
        let mut parts = line.splitn(4, ' ').map(str::to_owned);
        let mut next = || parts.next().unwrap_or_else(|| panic!("too short: {line}"));
        let (name, at, code, says) = (next(), next(), next(), next());
        (name, Told { line: at, code, says })
    };
    table.lines().filter(|line| !line.starts_with('#')).map(row).collect()
}

#[test]
fn one_mistake_is_told_once_where_it_was_made() {
    let hallway = Hallway::new();
    let expected = expected();
    let mut files: Vec<String> = fs::read_dir(repository("tests/data/slips"))
        .expect("the folder is there")
        .filter_map(|entry| {
            let entry = entry.expect("an entry");
            let name = entry.file_name().into_string().ok()?;
            if entry.path().is_dir() { Some(name) } else { name.strip_suffix(".ron").map(str::to_owned) }
        })
        .collect();
    files.sort();
    assert_eq!(files, expected.keys().cloned().collect::<Vec<_>>(), "the stories, and the table of them");
    let mut wrong = Vec::new();
    for (name, told) in &expected {
        let folder = format!("tests/data/slips/{name}");
        let is_folder = repository(&folder).is_dir();
        let file = if is_folder { folder } else { format!("{folder}.ron") };
        let run = hallway.run(&["check", "--format", "json", &file], "");
        let report: serde_json::Value = serde_json::from_str(&run.out).expect("one JSON object");
        let all = report["diagnostics"].as_array().expect("a list");
        let line = |one: &serde_json::Value| {
            let name = one["file"].as_str().and_then(|file| file.rsplit(['/', '\\']).next()).unwrap_or("");
            if is_folder { format!("{name}:{}", one["line"]) } else { one["line"].to_string() }
        };
        let good = all.len() == 1
            && all.iter().all(|one| {
                let words = format!("{} {}", one["message"].as_str().unwrap_or(""), one["help"].as_str().unwrap_or(""));
                line(one) == told.line && one["code"] == told.code.as_str() && words.contains(&told.says)
            });
        if !good {
            wrong.push(format!("{name}: {told:?}\n{}", hallway.run(&["check", &file], "").out));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), expected.len(), wrong.join("\n"));
}

#[test]
fn every_format_carries_the_same_message() {
    let hallway = Hallway::new();
    for name in ["coices", "conflict", "scene-after", "unknown-go"] {
        let file = format!("tests/data/slips/{name}.ron");
        let told = |format: &str| hallway.run(&["check", "--format", format, &file], "").out;
        let report: serde_json::Value = serde_json::from_str(&told("json")).expect("one JSON object");
        let one = &report["diagnostics"][0];
        let words = |field: &str| one[field].as_str().expect("words").to_owned();
        let (message, help, code) = (words("message"), words("help"), words("code"));
        let github = told("github");
        assert_eq!(github.lines().count(), 1, "{github}");
        let escaped = |text: &str| text.replace('%', "%25").replace('\n', "%0A");
        let place = format!("::error file={file},line={},col={},title={code}::", one["line"], one["column"]);
        assert!(
            github.starts_with(&place) && github.contains(&escaped(&message)) && github.contains(&escaped(&help)),
            "{github}"
        );
        let text = told("text");
        assert!(text.starts_with(&format!("error[{code}]: {message}\n")) && text.contains(&help), "{text}");
    }
}

/// What is told of some files: which file, line and code.
fn told(files: &[(&str, &str)]) -> Vec<(String, usize, &'static str)> {
    let sources = Sources::from_texts(files.iter().copied());
    let all = check(&sources, Vec::new()).diagnostics;
    all.iter().map(|one| (one.file.clone(), one.json(&sources).line, one.code.name())).collect()
}

#[test]
fn several_slips_of_several_files_are_told_in_one_run() {
    let first = r#"(
  title: “Two doors”,
  vars: {
    "trust": (min: 0, max: 3);
  },
  scenes: {
    "door": (
      text: "The aide holds out a folded note.",
      choices: [
        (say: "Take it.", go "note"),
        (say: "Wave him off." go: "left"),
      ],
    ),
    "hall": (
      text: "Nobody is here,
      go: "door",
    ),
    "stairs": (
      text: "They go up.",
      choices: [(say: "Up.", go: "note"],
    ),
    -- nothing is wrong with this one
    "note": (text: "One line, no signature.", go: "left"),
    "left": (txet: "He withdraws.", end: "You let it pass"),
  },
)
"#;
    let second = "(\n  scenes: {\n    cellar: (text: \"Dark.\", end: \"Down\"),\n    \"roof\": (text: 'Bright.', end: \"Up\"),\n  },\n)\n";
    let codes = |file: &str| -> Vec<(usize, &str)> {
        let all = told(&[("one.ron", first), ("two.ron", second)]);
        all.into_iter().filter(|(name, ..)| name == file).map(|(_, line, code)| (line, code)).collect()
    };
    let expected = [
        (2, "curly-quotes"),
        (4, "missing-comma"),
        (10, "missing-colon"),
        (11, "missing-comma"),
        (15, "unclosed-string"),
        (20, "unclosed-bracket"),
        (22, "odd-comment"),
        (24, "unknown-field"),
    ];
    assert_eq!(codes("one.ron"), expected);
    assert_eq!(codes("two.ron"), [(3, "bare-names"), (4, "curly-quotes")]);
}

#[test]
fn what_is_left_out_for_a_slip_is_not_missed() {
    // The scene that cannot be read declares `b`, has the ending, and is the only one to read the variable.
    let text = "(
  vars: { \"v\": (min: 0, max: 3) },
  endings: { \"home\": (title: \"Home\") },
  scenes: {
    \"a\": (text: \"A.\", choices: [(say: \"On.\", do: [\"v +1\"], go: \"b\"), (say: \"Off.\", go: \"c\")]),
    \"b\": (text: \"B. {v}, end: \"home\"),
    \"c\": (text: \"C.\", go: \"b\"),
  },
)
";
    assert_eq!(told(&[("one.ron", text)]), [("one.ron".to_owned(), 6, "unclosed-string")]);
}

#[test]
fn an_example_of_no_name_of_the_story_is_called_one() {
    let mut shown = 0;
    for (text, does) in [
        ("A. {else: Dry.}", ""),
        ("A. {if wet dry}", ""),
        ("A. <<set $wet to true>> B.", ""),
        ("A. (set: $wet to true)", ""),
        ("A. {~ wet = true}", ""),
        ("A.", "do: [wet +1],"),
        ("A.", "do: (wet: 1),"),
        ("A.", "do: [\"\"],"),
        ("A.", "when: 3,"),
        ("A.", "when: \"=\","),
        ("A.", "lean: \"?\","),
    ] {
        let story = format!(
            "(scenes: {{ \"a\": (text: \"{text}\", choices: [(say: \"B.\", {does} go: \"b\")]), \"b\": (text: \"B.\", end: \"E\") }})"
        );
        let sources = Sources::from_texts([("one.ron", story.as_str())]);
        for told in check(&sources, Vec::new()).diagnostics {
            let help = told.help.unwrap_or_default();
            if help.contains("trust") {
                shown += 1;
                assert!(help.starts_with("for instance, "), "{story}\n{}: {help}", told.message);
            }
        }
    }
    assert!(shown > 5, "{shown} examples");
}

#[test]
fn what_is_told_behind_a_mended_slip_stands_at_its_place() {
    let text = "(\n  title: “Ä first”,\n  scenes: {\n    \"a\": (text: \"A.\", go: \"nowhere\"),\n    \"b\": (text: \"B.\", end: \"z\"),\n  },\n)\n";
    let sources = Sources::from_texts([("one.ron", text)]);
    let all = check(&sources, Vec::new()).diagnostics;
    let unknown =
        all.iter().find(|one| one.code.name() == "unknown-scene").and_then(|one| one.place).expect("it is told");
    assert_eq!(&text[unknown.start..unknown.end], "nowhere");
}

/// What `check` tells of a story, by code, with the proof.
fn proved(text: &str) -> Vec<String> {
    found(text).into_iter().map(|(told, _)| told).collect()
}

/// The same, with what it says to do.
fn found(text: &str) -> Vec<(String, String)> {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("story.ron");
    fs::write(&file, text).expect("written");
    let run = Hallway::new().run(&["check", "--format", "json", &file.display().to_string()], "");
    let report: serde_json::Value = serde_json::from_str(&run.out).expect("one JSON object");
    let all = report["diagnostics"].as_array().expect("a list");
    let words = |one: &serde_json::Value, field: &str| one[field].as_str().unwrap_or("").to_owned();
    // What comes of a reading is another matter, whatever else is wrong.
    let all = all.iter().filter(|one| one["code"] != "unanswered");
    all.map(|one| (format!("{} {}", one["line"], words(one, "code")), words(one, "help"))).collect()
}

#[test]
fn what_follows_from_what_the_proof_has_found_is_not_told() {
    let story = |before: &str, scenes: &str| format!("(\n  {before}\n  scenes: {{\n{scenes}\n  }},\n)\n");
    let end = "\"z\": (text: \"Z.\", end: \"z\"),";
    let trust = "vars: { \"trust\": (min: 0, max: 3) },";
    for (before, scenes, told) in [
        // Where something is always open, nobody comes to `otherwise`: that is a fault of its own.
        (
            "",
            format!(
                "\"a\": (text: \"A.\", choices: [(say: \"On.\", keep: true, go: \"z\")], otherwise: \"b\"),\n\"b\": (text: \"B.\", go: \"c\"),\n\"c\": (text: \"C.\", end: \"c\"),\n{end}"
            ),
            &["5 never-reached"][..],
        ),
        // A circle that nothing leads to is told of by its first scene.
        (
            "",
            format!(
                "\"a\": (text: \"A.\", go: \"z\"),\n\"b\": (text: \"B.\", choices: [(say: \"C.\", go: \"c\"), (say: \"Z.\", go: \"z\")]),\n\"c\": (text: \"C.\", go: \"b\"),\n{end}"
            ),
            &["5 never-reached"],
        ),
        // Two things nothing leads to are two.
        (
            "",
            format!(
                "\"a\": (text: \"A.\", go: \"z\"),\n\"b\": (text: \"B.\", go: \"z\"),\n\"c\": (text: \"C.\", end: \"c\"),\n{end}"
            ),
            &["5 never-reached", "6 never-reached"],
        ),
        // The writer has allowed it.
        (
            "",
            format!(
                "\"a\": (text: \"A.\", go: \"z\"),\n// allow(unused-scene): for the second night\n\"b\": (text: \"B.\", end: \"b\"),\n{end}"
            ),
            &[],
        ),
        // What is asked about a scene that nothing leads to.
        (
            "",
            format!(
                "\"a\": (text: \"A. {{if visited(b): B.}}\", choices: [(say: \"On.\", when: \"visited(b)\", go: \"c\"), (say: \"Z.\", go: \"z\")]),\n\"b\": (text: \"B.\", go: \"z\"),\n\"c\": (text: \"C.\", go: \"z\"),\n{end}"
            ),
            &["5 never-reached"],
        ),
        // A variable that keeps its value because what changes it is never open; and one that nothing changes.
        (
            trust,
            format!(
                "\"a\": (text: \"A.\", choices: [(say: \"On.\", when: \"trust > 1\", do: [\"trust +1\"], go: \"b\"), (say: \"Z.\", go: \"z\")]),\n\"b\": (text: \"B. {{if trust > 2: Two.}}\", do: [\"trust +1\"], go: \"z\"),\n{end}"
            ),
            &["4 never-open"],
        ),
        (trust, format!("\"a\": (text: \"A. {{trust}}\", go: \"z\"),\n{end}"), &["2 never-changes"]),
        // Two that keep each other from changing: something is told all the same.
        (
            "vars: { \"left\": (flag: true), \"right\": (flag: true) },",
            format!(
                "\"a\": (text: \"A.\", choices: [(say: \"One.\", when: \"right\", do: [\"left = true\"]), (say: \"Two.\", when: \"left\", do: [\"right = true\"]), (say: \"Z.\", go: \"z\")]),\n{end}"
            ),
            &["4 never-open"],
        ),
        // Two that have nothing to do with each other.
        (
            trust,
            format!(
                "\"a\": (text: \"A.\", do: [\"trust +1\"], choices: [(say: \"On.\", when: \"trust > 1\", go: \"b\"), (say: \"Up.\", when: \"trust > 2\", go: \"c\"), (say: \"Z.\", go: \"z\")]),\n\"b\": (text: \"B.\", go: \"z\"),\n\"c\": (text: \"C.\", go: \"z\"),\n{end}"
            ),
            &["4 never-open", "4 never-open"],
        ),
    ] {
        let text = story(before, &scenes);
        assert_eq!(proved(&text), told, "{text}");
    }
}

/// A story of these scenes and what stands before them, the scenes from its fourth line on, with the scene `z` to end it.
fn scenes(before: &str, scenes: &[&str]) -> String {
    let scenes = scenes.join(",\n").replace('\'', "\"");
    let before = before.replace('\'', "\"");
    format!("(\n  {before}\n  scenes: {{\n{scenes},\n\"z\": (text: \"Z.\", end: \"z\"),\n  }},\n)\n")
}

#[test]
fn two_faults_in_one_story_are_both_told() {
    let flags = "vars: { 'key': (flag: true), 'lamp': (flag: true), 'trust': (min: 0, max: 3) },";
    // Trust is 0 or 1 in the scene `b`, and 2 at last.
    let b = |rest: &str| {
        let on =
            "'a': (text: 'A.', choices: [(say: 'Up.', do: ['trust +1'], go: 'b'), (say: 'On.', go: 'b')])".to_owned();
        scenes(
            flags,
            &[&on, &format!("'b': ({rest}, go: 'c')"), "'c': (text: 'C {trust}.', do: ['trust +1'], go: 'z')"],
        )
    };
    let passing = |messages: &str, more: &[&str]| {
        let before = format!(
            "roles: {{ 'one': (), 'two': () }}, treatments: {{ 'plain': (), 'soft': () }}, carriers: {{ 'foot': (), 'horse': (when: 'visited(z)') }}, messages: {{ {messages} }},"
        );
        scenes(&before, more)
    };
    let message = |id: &str, more: &str, soft: bool| {
        let soft = if soft { ", 'soft': (text: 'that it rains a little')" } else { "" };
        format!(
            "'{id}': (from: 'one', to: 'two', {more} gist: 'that it rains', heard: {{ 'plain': (text: 'that it rains'){soft} }}),"
        )
    };
    for (text, told) in [
        // Two variables that nothing changes, in one condition.
        (
            scenes(
                flags,
                &[
                    "'a': (text: 'A {trust}.', do: ['trust +1'], choices: [(say: 'In.', when: 'key and lamp', go: 'z'), (say: 'On.', go: 'z')])",
                ],
            ),
            &["2 never-set: key = true, asked about in `a`", "2 never-set: lamp = true, asked about in `a`"][..],
        ),
        (
            scenes(
                flags,
                &[
                    "'a': (text: 'A {trust}.', do: ['trust +1'], choices: [(say: 'In.', when: 'key or lamp', go: 'z'), (say: 'On.', go: 'z')])",
                ],
            ),
            &["2 never-set: key = true, asked about in `a`", "2 never-set: lamp = true, asked about in `a`"],
        ),
        // A variable that nothing changes, and beside it a branch or a choice that is closed for another reason.
        (
            b("text: 'B. {if key: K.} {if trust >= 2: T.} {lamp}', do: ['lamp = true']"),
            &["2 never-set: asked about in `b`", "5 never-shown: here `trust` is 0 to 1"],
        ),
        (
            scenes(
                flags,
                &[
                    "'a': (text: 'A {trust}.', do: ['trust +1', 'lamp = true'], choices: [(say: 'In.', when: 'key', go: 'z'), (say: 'Up.', when: 'not key and trust >= 2 and lamp', go: 'z'), (say: 'On.', go: 'z')])",
                ],
            ),
            &["4 never-open: `trust` is 1", "2 never-set: asked about in `a`"],
        ),
        // What asks about a scene that nothing leads to, and beside it what is closed for another reason.
        (
            scenes(
                flags,
                &[
                    "'a': (text: 'A. {if visited(d): D.} {if trust >= 2: T.} {key} {lamp}', do: ['trust +1', 'key = true', 'lamp = true'], go: 'z')",
                    "'d': (text: 'D.', go: 'z')",
                ],
            ),
            &["5 never-reached: add `go: \"d\"`", "4 never-shown: here `trust` is 1"],
        ),
        // A way that is closed by the one before it, whatever becomes of a variable that nothing changes; and one that
        // is closed because of it.
        (
            scenes(
                flags,
                &[
                    "'a': (text: 'A. {lamp}', do: ['trust +1', 'trust +1 if lamp', 'lamp = true'], route: [(when: 'key or trust >= 1', go: 'z'), (when: 'trust >= 2', go: 'z'), (go: 'a')])",
                ],
            ),
            &[
                "4 never-open: here `trust` is 1",
                "4 never-open: way 1, to `z`, takes everything",
                "2 never-changes: set it somewhere",
            ],
        ),
        (
            scenes(
                flags,
                &[
                    "'a': (text: 'A. {trust}', do: ['trust +1'], choices: [(say: 'On.', do: ['lamp = true'], go: 'b'), (say: 'Off.', go: 'b')])",
                    "'b': (route: [(when: 'lamp and not key', go: 'z'), (when: 'lamp', go: 'c'), (go: 'z')])",
                    "'c': (text: '{if visited(c): C.}', go: 'z')",
                ],
            ),
            &["2 never-set: asked about in `b`"],
        ),
        // A message that no relay it comes to offers a treatment for, and that treatment offered to others in vain.
        (
            passing(
                &(message("m", "", true) + &message("n", "", false)),
                &[
                    "'a': (seat: 'one', text: 'A.', choices: [(say: 'M.', send: 'm', go: 'r'), (say: 'N.', send: 'n', go: 's')])",
                    "'r': (seat: 'two', text: 'R.', relay: (treatments: ['plain'], go: 'z'))",
                    "'s': (seat: 'two', text: 'S. {if carrier is foot: F.}', relay: (treatments: ['plain', 'soft'], go: 'z'))",
                ],
            ),
            &["6 never-open: no message that comes here", "2 never-heard: ", "6 never-shown: "],
        ),
        // A carrier that is never open takes what it carries with it, and once only.
        (
            passing(
                &(message("m", "", true) + &message("n", "", true)),
                &[
                    "'a': (seat: 'one', text: 'A.', pass: (messages: ['m', 'n'], by: ['horse'], go: 'r'), otherwise: 'z')",
                    "'r': (seat: 'two', text: 'R.', relay: (treatments: ['plain', 'soft'], go: 'z'))",
                ],
            ),
            &["4 never-open: `visited(z)` is false"],
        ),
        // The only message with a reading for a treatment is never sent.
        (
            passing(
                &(message("m", "when: 'visited(z)',", true) + &message("n", "", false)),
                &[
                    "'a': (seat: 'one', text: 'A.', pass: (messages: ['m', 'n'], by: ['foot'], go: 'r'))",
                    "'r': (seat: 'two', text: 'R.', relay: (treatments: ['plain', 'soft'], go: 'z'))",
                ],
            ),
            &["4 never-open: `visited(z)` is false"],
        ),
    ] {
        let all = found(&text);
        let is = |(line, words): &(String, String), wanted: &&str| {
            let (code, parts) = wanted.split_once(": ").expect("a code and words");
            line == code && parts.split(", ").all(|part| words.contains(part))
        };
        let good = all.len() == told.len() && all.iter().zip(told).all(|(one, wanted)| is(one, wanted));
        assert!(good, "{text}\n{told:#?}\n{all:#?}");
    }
}

#[test]
fn a_form_for_the_message_under_way_is_told_of_where_none_can_be() {
    let roles = "roles: { 'one': (), 'two': () }, treatments: { 'plain': () }, messages: { 'm': (from: 'one', to: 'two', keep: true, gist: 'that it rains', heard: { 'plain': (text: 'that it rains') }) },";
    let pass = |text: &str, go: &str| {
        format!(
            "'a': (seat: 'one', text: '{text}', pass: (messages: ['m'], go: '{go}'), choices: [(say: 'Wait.', go: 'b'), (say: 'Call.', send: 'm', reply: 'So {{meant}}.', go: 'c')])"
        )
    };
    let relay = |text: &str, go: &str| {
        format!("'r': (seat: 'two', text: '{text}', relay: (treatments: ['plain'], go: '{go}'))")
    };
    for (scenes_of, told) in [
        // Before anything is sent, and before it has been passed on.
        (
            [
                pass("A {meant}.", "r"),
                relay("R {heard}{meant}.", "z"),
                "'b': (text: 'B {heard}.', go: 'z')".to_owned(),
                "'c': (text: 'C {meant}{heard(m)}.', go: 'r')".to_owned(),
            ],
            &[4, 5, 6][..],
        ),
        // A scene that comes again, once something is under way or has arrived.
        (
            [
                pass("A {meant}.", "r"),
                relay("R {meant}.", "a"),
                "'b': (text: 'B {heard}.', go: 'z')".to_owned(),
                "'c': (text: 'C {meant}.', go: 'r')".to_owned(),
            ],
            &[],
        ),
    ] {
        let text = scenes(roles, &scenes_of.each_ref().map(String::as_str));
        let sources = Sources::from_texts([("story.ron", text.as_str())]);
        let all = check(&sources, Vec::new()).diagnostics;
        let empty = all.iter().filter(|one| one.code.name() == "empty-words");
        let lines: Vec<usize> = empty.map(|one| one.json(&sources).line).collect();
        assert_eq!(lines, told, "{text}\n{all:#?}");
    }
}
