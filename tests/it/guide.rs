//! The guides: every block of RON in them is a story that checks, or part of one.

use std::fs;

use hallway::author::format_text;
use hallway::proof::Status;
use hallway::story::{Sources, check};

use crate::support::{blocks, prove_small, repository};

/// A whole story stands as it is. A part (fields of a story without the outer brackets) is put into one.
fn as_story(block: &str) -> String {
    let text: String = block.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    if text.trim_start().starts_with('(') { block.to_owned() } else { format!("(\n{block}\n)") }
}

#[test]
fn every_block_of_the_writers_guide_is_sound() {
    let guide = fs::read_to_string(repository("scenes/README.md")).expect("the guide");
    let found = blocks(&guide, "ron");
    assert!(found.len() >= 8, "only {} blocks", found.len());
    let mut wrong = Vec::new();
    for (number, block) in found.iter().enumerate() {
        let text = as_story(block);
        let sources = Sources::from_texts([("guide.ron", text.as_str())]);
        let checked = check(&sources, Vec::new());
        let said: Vec<String> = checked.diagnostics.iter().map(|d| d.render(&sources, false)).collect();
        let story =
            checked.story.unwrap_or_else(|| panic!("block {} of the guide:\n{block}\n{}", number + 1, said.join("\n")));
        let proof = prove_small(&story);
        if proof.status != Status::Proved {
            let found: Vec<&str> = proof.findings.iter().map(|finding| finding.message.as_str()).collect();
            wrong.push(format!("block {}: {}", number + 1, found.join("; ")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What the guide shows is what `hallway fmt` makes of it: nobody's copy of a recipe is changed by tidying.
#[test]
fn every_block_of_the_writers_guide_is_tidy() {
    let guide = fs::read_to_string(repository("scenes/README.md")).expect("the guide");
    for block in blocks(&guide, "ron") {
        assert_eq!(format_text(&block).as_deref(), Some(block.as_str()));
    }
}

/// The fields of a story with one scene before these.
fn with_scene(fields: &str, scene: &str) -> String {
    format!("({fields} scenes: {{ \"a\": (text: \"A.\", {scene}), \"z\": (text: \"Z.\", end: \"z\") }})")
}

/// A story that has so many of something, by the row of the table of limits that it is about.
fn story_with(row: &str, number: i64) -> String {
    let many = |what: &dyn Fn(i64) -> String| (0..number).map(what).collect::<Vec<_>>().join(", ");
    match row {
        "a name" => {
            let name = "n".repeat(usize::try_from(number).unwrap_or(0));
            with_scene("", &format!("go: \"{name}\"")).replace("\"z\":", &format!("\"{name}\":"))
        }
        "the values of a counter" => {
            with_scene(&format!("vars: {{ \"v\": (min: 0, max: {}) }},", number - 1), "go: \"z\"")
        }
        "a weight" => with_scene("", &format!("choices: [(say: \"On.\", lean: {number}, go: \"z\")]")),
        "`tick` of the clock" => {
            with_scene(&format!("clock: (starts: \"17:00\", ends: \"19:00\", tick: {number}),"), "go: \"z\"")
        }
        "`most` of a `mark`" => with_scene(
            "sheets: { \"s\": (name: \"S\", lines: { \"l\": \"L.\" }) },",
            &format!("mark: (sheet: \"s\", most: {number}, go: \"z\")"),
        ),
        "choices of a scene" => {
            with_scene("", &format!("choices: [{}]", many(&|nth| format!("(say: \"{nth}.\", go: \"z\")"))))
        }
        "endings" => with_scene(
            &format!("endings: {{ {} }},", many(&|nth| format!("\"e{nth}\": (title: \"{nth}\")"))),
            "go: \"z\"",
        )
        .replace("end: \"z\"", "end: \"e0\""),
        "roles" => {
            with_scene(&format!("roles: {{ {} }},", many(&|nth| format!("\"r{nth}\": (name: \"R\")"))), "go: \"z\"")
        }
        "sheets" => {
            let sheet = |nth| format!("\"s{nth}\": (name: \"S\", lines: {{ \"l\": \"L.\" }})");
            with_scene(&format!("sheets: {{ {} }},", many(&sheet)), "go: \"z\"")
        }
        "carriers; licences, treatments and handlings alike" => {
            with_scene(&format!("carriers: {{ {} }},", many(&|nth| format!("\"c{nth}\": (name: \"C\")"))), "go: \"z\"")
        }
        "variables" => {
            with_scene(&format!("vars: {{ {} }},", many(&|nth| format!("\"v{nth}\": (flag: true)"))), "go: \"z\"")
        }
        "messages" => {
            let message = |nth| {
                format!("\"m{nth}\": (from: \"a\", to: \"a\", gist: \"m\", heard: {{ \"plain\": (text: \"m\") }})")
            };
            with_scene(&format!("roles: {{ \"a\": (name: \"A\") }}, messages: {{ {} }},", many(&message)), "go: \"z\"")
        }
        "facts" => {
            let fact = |nth| format!("\"f{nth}\": (text: \"F.\", inferred: \"I.\")");
            with_scene(&format!("facts: {{ {} }},", many(&fact)), "go: \"z\"")
        }
        "a condition, an effect or a weight" => {
            let condition = format!("{}f", " ".repeat(usize::try_from(number - 1).unwrap_or(0)));
            let choices = format!("choices: [(say: \"On.\", when: \"{condition}\", go: \"z\")]");
            with_scene("vars: { \"f\": (flag: true) },", &choices)
        }
        "branches of an `{if …}`" => {
            let branches = (0..number).map(|_| "if f: A.").collect::<Vec<_>>().join(" | else ");
            with_scene("vars: { \"f\": (flag: true) },", "go: \"z\"").replace("A.", &format!("{{{branches}}}"))
        }
        "forms within each other" => {
            let depth = usize::try_from(number).unwrap_or(0);
            let forms = format!("{}A{}", "{if f: ".repeat(depth), "}".repeat(depth));
            with_scene("vars: { \"f\": (flag: true) },", "go: \"z\"").replace("A.", &forms)
        }
        "ways to send messages in one scene (messages, times carriers, times licences)" => {
            // So many messages and carriers as come to that number.
            let by = (2..=100).rev().find(|part| number % part == 0).unwrap_or(1);
            let entries =
                |count: i64, like: &str| -> String { (0..count).map(|nth| format!("\"e{nth}\": {like}, ")).collect() };
            let names = |count: i64| (0..count).map(|nth| format!("\"e{nth}\"")).collect::<Vec<_>>().join(", ");
            let message = "(from: \"a\", to: \"b\", gist: \"m\", heard: { \"plain\": (text: \"m\") })";
            let declared = format!(
                "roles: {{ \"a\": (name: \"A\"), \"b\": (name: \"B\") }}, messages: {{ {} }}, carriers: {{ {} }},",
                entries(number / by, message),
                entries(by, "(name: \"N\")"),
            );
            let (messages, carriers) = (names(number / by), names(by));
            with_scene(&declared, &format!("seat: \"a\", pass: (messages: [{messages}], by: [{carriers}], go: \"z\")"))
        }
        other => panic!("no story is made for the row {other}"),
    }
}

/// The numbers in some words: `-10,000` is one.
fn numbers(words: &str) -> Vec<i64> {
    let plain = words.replace(',', "");
    plain.split(|c: char| !(c.is_ascii_digit() || c == '-')).filter_map(|word| word.parse().ok()).collect()
}

#[test]
fn the_limits_are_as_the_guide_has_them() {
    let guide = fs::read_to_string(repository("scenes/README.md")).expect("the guide");
    let table = guide.split_once("### Limits").expect("a section").1.split_once("###").expect("another").0;
    let rows: Vec<(&str, &str)> =
        table.lines().filter_map(|line| line.trim_matches(['|', ' ']).split_once(" | ")).skip(1).collect();
    assert!(rows.len() >= 17, "{rows:?}");
    let sound = |text: &str| check(&Sources::from_texts([("story.ron", text)]), Vec::new()).story.is_some();
    for (row, says) in rows {
        let numbers = numbers(says);
        let most = numbers[0];
        assert!(sound(&story_with(row, most)), "{most} of {row} is refused");
        assert!(!sound(&story_with(row, most + 1)), "{} of {row} is taken", most + 1);
        let lesser = numbers.get(1).filter(|_| says.contains("at the least"));
        if let Some(least) = lesser {
            assert!(sound(&story_with(row, *least)), "{least} of {row} is refused");
            assert!(!sound(&story_with(row, least - 1)), "{} of {row} is taken", least - 1);
        }
        if let [_, least, most] = numbers[..] {
            let counter =
                |min: i64, max: i64| with_scene(&format!("vars: {{ \"v\": (min: {min}, max: {max}) }},"), "go: \"z\"");
            assert!(sound(&counter(least, least + 1)) && sound(&counter(most - 1, most)), "{row}: {says}");
            assert!(!sound(&counter(least - 1, least)) && !sound(&counter(most, most + 1)), "{row}: {says}");
        }
    }
}

/// The README's keys and words are those of the program.
#[test]
fn the_readme_has_the_table_of_actions() {
    let readme = fs::read_to_string(repository("README.md")).expect("the README");
    for spec in hallway::view::ACTIONS.iter().filter(|spec| !spec.keys.is_empty()) {
        let keys: Vec<String> = spec.keys.iter().map(|key| format!("`{}`", key.name())).collect();
        let word = spec.word.map(|_| format!("`{}`", spec.name)).unwrap_or_default();
        let row = format!("| {} | {word} | {} |", keys.join(", "), spec.help);
        assert!(readme.contains(&row), "the README lacks the row\n{row}");
    }
}
