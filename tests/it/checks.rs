//! Every diagnostic, compared whole. `HALLWAY_BLESS=1 cargo test checks` accepts what it says now; read the diff.

use std::fs;

use hallway::proof::{Budget, prove};
use hallway::story::{Code, Sources, check, example};

use crate::support::{Hallway, repository};

#[test]
fn every_bad_story_says_what_is_recorded() {
    let folder = repository("tests/data/bad");
    let hallway = Hallway::new();
    let bless = std::env::var_os("HALLWAY_BLESS").is_some();
    let mut wrong = Vec::new();
    let mut files: Vec<_> =
        fs::read_dir(&folder).expect("the folder is there").filter_map(Result::ok).map(|e| e.path()).collect();
    files.sort();
    assert!(files.len() > 100, "{} files", files.len());
    for file in files.iter().filter(|file| file.extension().is_some_and(|e| e == "ron")) {
        let name = format!("tests/data/bad/{}", file.file_name().expect("a file").to_string_lossy());
        let run = hallway.run(&["check", &name], "");
        let out = without_seconds(&run.out);
        let expected = file.with_extension("txt");
        let stem = file.file_stem().expect("a file").to_string_lossy().into_owned();
        if bless {
            fs::write(&expected, &out).expect("the expectation can be written");
        }
        let recorded = fs::read_to_string(&expected).unwrap_or_default();
        if recorded != out {
            wrong.push(format!("{stem}:\n{out}"));
        }
        assert_eq!(run.err, "", "{stem}");
        // A file named after a code must raise that code, whatever else it raises.
        if let Some(code) = Code::ALL.iter().find(|code| code.name() == stem) {
            let raised = |out: &str| out.contains(&format!("[{code}]"));
            // What nothing uses is told under another name where the proof has come to it too.
            let unproved = || hallway.run(&["check", "--no-proof", &name], "").out;
            assert!(raised(&run.out) || raised(&unproved()), "{stem} does not raise its own code:\n{}", run.out);
        }
    }
    assert!(wrong.is_empty(), "these differ from what is recorded:\n{}", wrong.join("\n"));
}

/// How long a proof took is nobody's to record.
fn without_seconds(text: &str) -> String {
    let cut =
        |line: &str| match [" state, ", " states, "].iter().find_map(|word| line.split_once(word).map(|it| (it, word)))
        {
            Some(((before, after), word)) if after.starts_with(|c: char| c.is_ascii_digit()) => {
                let rest = after.split_once(" s").map_or("", |(_, rest)| rest);
                format!("{before}{}{rest}", word.trim_end_matches(", "))
            }
            _ => line.to_owned(),
        };
    text.lines().map(|line| cut(line) + "\n").collect()
}

#[test]
fn every_code_has_a_bad_story_and_a_line_in_the_guide() {
    // These are about paths or budgets, not about a file's contents; `cli` and `proof` test them.
    let elsewhere = [Code::CannotRead, Code::NoStory, Code::TooLarge, Code::NotProved, Code::AndMore];
    let guide = fs::read_to_string(repository("scenes/README.md")).expect("the guide is there");
    for code in Code::ALL {
        assert!(guide.contains(&format!("`{code}`")), "the guide does not list {code}");
        assert!(guide.contains(code.about()), "the guide says of {code} something other than: {}", code.about());
        let file = repository(&format!("tests/data/bad/{code}.ron"));
        assert!(file.exists() || elsewhere.contains(code), "no bad story for {code}");
    }
}

#[test]
fn all_ten_faults_are_reported_in_one_run() {
    let run = Hallway::new().run(&["check", "--format", "json", "tests/data/bad/ten-faults.ron"], "");
    let report: serde_json::Value = serde_json::from_str(&run.out).expect("one JSON object");
    let found: Vec<(String, u64, u64)> = report["diagnostics"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|d| {
            (
                d["code"].as_str().unwrap_or("").to_owned(),
                d["line"].as_u64().unwrap_or(0),
                d["column"].as_u64().unwrap_or(0),
            )
        })
        .collect();
    for (code, line, column) in [
        ("wrong-kind", 2, 10),
        ("unknown-field", 6, 7),
        ("unknown-variable", 7, 24),
        ("bad-markup", 7, 37),
        ("out-of-range", 8, 20),
        ("unknown-state", 8, 32),
        ("unknown-scene", 10, 32),
        ("bad-expression", 10, 54),
        ("missing-field", 12, 10),
        ("twice", 17, 6),
        ("endless-flow", 18, 6),
        ("no-way-on", 19, 6),
    ] {
        assert!(found.contains(&(code.to_owned(), line, column)), "{code} at {line}:{column} is not in {found:?}");
    }
    assert_eq!(report["ok"], false);
    assert_eq!(run.code, 1);
}

#[test]
fn the_probes_a_writer_could_type_name_the_true_place() {
    // Each text is a story with one slip; the place is where the slip is, not where reading stopped.
    for (text, code, line) in [
        ("(\n  title: \"A door,\n  scenes: {},\n)", "unclosed-string", 2),
        ("(\n  title: \"A\"\n  scenes: {},\n)", "missing-comma", 2),
        ("(\n  scenes: {\n    \"a\": (text: \"x\",\n    \"b\": (text: \"y\"),\n  },\n)", "unclosed-bracket", 3),
        ("(\n  # note\n  title: \"A\",\n)", "odd-comment", 2),
        ("(\n  title: “A”,\n)", "curly-quotes", 2),
        ("(\n  title = \"A\",\n)", "equals-sign", 2),
        ("(\n  title: 'A door',\n)", "curly-quotes", 2),
        ("(\n  \"title\": \"A\",\n)", "json-braces", 2),
        ("(\n  scenes: {\n    - \"a\": (text: \"x\", end: \"e\"),\n  },\n)", "other-language", 3),
        ("(\n  /* note\n  title: \"A\",\n)", "not-ron", 2),
        ("(\n  scenes: {},\n)\nthe end", "misplaced", 4),
        ("\nOnce upon a time", "not-ron", 2),
        ("", "not-ron", 1),
        ("\u{feff}(title: \"A\")", "byte-order-mark", 1),
        ("(\n\u{a0} title: \"A\",\n)", "odd-space", 2),
        ("(\n  title: \"He said \"no\" twice\",\n)", "unclosed-string", 2),
        ("(\n  vars: { \"a\": (min: 0, max: 1.5) },\n  scenes: {},\n)", "wrong-kind", 2),
    ] {
        let sources = hallway::story::Sources::from_texts([("a.ron", text)]);
        let checked = hallway::story::check(&sources, Vec::new());
        let found: Vec<_> = checked
            .diagnostics
            .iter()
            .map(|d| (d.code.name(), d.place.map(|place| sources.line_column(place).0)))
            .collect();
        assert!(found.contains(&(code, Some(line))), "{text:?}: {found:?}");
    }
}

/// A field by another tool's name is met with ours, not with the one that happens to be spelt alike.
#[test]
fn a_field_by_another_name_is_understood() {
    for (field, ours) in [("if: \"x\"", "when"), ("goto: \"a\"", "go"), ("label: \"x\"", "say"), ("set: []", "do")] {
        let text = format!("(scenes: {{ \"a\": (text: \"x\", choices: [({field})]) }}, variables: {{}})");
        let sources = Sources::from_texts([("a.ron", text.as_str())]);
        let helps: Vec<String> = check(&sources, Vec::new()).diagnostics.into_iter().filter_map(|d| d.help).collect();
        for ours in [ours, "vars"] {
            assert!(helps.contains(&format!("did you mean `{ours}`?")), "{field}: {helps:?}");
        }
    }
}

/// Every code that a text, with the proof of it, raises. An example without brackets is the fields of a story.
fn raised(example: &str) -> Vec<Code> {
    let whole = example.trim_start_matches('\u{feff}').starts_with(['(', '{']);
    let scenes = if example.contains("scenes:") { "" } else { ", scenes: { \"a\": (text: \"One.\", end: \"x\") }" };
    let text = if whole { example.to_owned() } else { format!("({example}{scenes})") };
    let sources = Sources::from_texts([("example.ron", text.as_str())]);
    let checked = check(&sources, Vec::new());
    let mut codes: Vec<Code> = checked.diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    if let Some(story) = &checked.story {
        let proof = prove(story, Budget { nodes: Budget::NODES, stop: &|| false }, &mut |_| {});
        codes.extend(proof.diagnostics("story", &checked, &sources).iter().map(|diagnostic| diagnostic.code));
    }
    codes
}

#[test]
fn every_code_is_explained_by_a_wrong_and_a_right_example() {
    let elsewhere =
        [Code::CannotRead, Code::NoStory, Code::TooLarge, Code::NotUtf8, Code::NotProved, Code::TooMany, Code::AndMore];
    let mut wrongs = Vec::new();
    for code in Code::ALL {
        let Some((wrong, right)) = example(*code) else {
            assert!(elsewhere.contains(code), "{code} has no example");
            continue;
        };
        if !raised(wrong).contains(code) {
            wrongs.push(format!("the wrong example of {code} raises {:?}", raised(wrong)));
        }
        let errors = |c: &Code| c == code || c.severity() == hallway::story::Severity::Error;
        if raised(right).iter().any(errors) {
            wrongs.push(format!("the right example of {code} raises {:?}", raised(right)));
        }
    }
    assert!(wrongs.is_empty(), "{}", wrongs.join("\n"));
}

#[test]
fn a_warning_is_allowed_beside_its_cause_with_a_reason() {
    let story = |comment: &str| {
        let text =
            format!("(\n  scenes: {{\n    {comment}\n    \"a\": (text: \"Two  spaces.\", end: \"x\"),\n  }},\n)");
        raised(&text)
    };
    assert!(story("").contains(&Code::DoubleSpace));
    assert!(!story("// allow(double-space): it is a telegram").contains(&Code::DoubleSpace));
    for idle in ["double-space):", "double-space)", "doubel-space): it is a telegram"] {
        assert!(story(&format!("// allow({idle}")).contains(&Code::IdleAllow), "{idle}");
    }
    assert!(!story("// allow(double-space)").contains(&Code::DoubleSpace), "only the reason is missing");
    assert!(!story("// He will allow (or not) a word.").contains(&Code::IdleAllow));
    assert!(story("// allow(odd-name): something else").contains(&Code::DoubleSpace));
}

#[test]
fn a_story_that_was_proved_and_has_not_changed_is_not_proved_again() {
    let hallway = Hallway::new();
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let file = folder.path().join("story.ron");
    let write = |words: &str| {
        let text = format!(
            r#"(scenes: {{ "a": (text: "{words}", choices: [(say: "On.", go: "b")]), "b": (text: "B.", end: "E") }})"#
        );
        fs::write(&file, text).expect("the story can be written");
    };
    let name = file.to_string_lossy().into_owned();
    let unchanged = |more: &[&str]| {
        let run = hallway.run(&[&["check", &name], more].concat(), "");
        assert!(run.code == 0 && run.out.contains("proved: 2 scenes, 2 states, "), "{}", run.out);
        run.out.contains("unchanged since it was proved")
    };
    write("A.");
    assert!(!unchanged(&[]));
    assert!(unchanged(&[]));
    assert!(!unchanged(&["--no-cache"]));
    write("B.");
    assert!(!unchanged(&[]));
    // A story in which something is found is proved whenever it is checked, and says the same each time.
    let found = r#"(vars: { "n": (min: 0, max: 3) },
      scenes: { "a": (do: ["n +1"], text: "A. {if n > 1: Never.}", end: "E") })"#;
    fs::write(&file, found).expect("the story can be written");
    let runs = [(); 2].map(|()| hallway.run(&["check", &name], "").out);
    assert!(runs.iter().all(|out| out.contains("never shown") && !out.contains("unchanged since")), "{}", runs[1]);
    assert_eq!(fs::read_dir(folder.path()).expect("it is there").count(), 1);
}
