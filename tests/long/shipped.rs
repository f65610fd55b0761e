//! The shipped stories as a whole: each is proved, and every command that the README names works on them.

use std::fs;
use std::process::Stdio;

use hallway::record::{ClassCode, result_code};
use hallway::story::{BUILT_IN, SeatId};
use serde_json::Value;

use crate::support::{AS_LONG_AS_IT_TAKES, Dice, Hallway, Run, blocks, class_night, repository, story};

#[test]
fn the_shipped_stories_are_proved() {
    let run = Hallway::new().run(&["check", "scenes", "--format", "json", "--seconds", AS_LONG_AS_IT_TAKES], "");
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
    let report: Value = serde_json::from_str(&run.out).expect("one JSON object");
    assert_eq!(report["diagnostics"], Value::Array(Vec::new()));
    let stories = report["stories"].as_array().expect("a list");
    assert_eq!(stories.len(), BUILT_IN.len());
    let mut costs = 0;
    for told in stories {
        assert_eq!(told["proof"]["status"], "proved", "{told}");
        assert!(told["proof"]["states"].as_f64().is_some_and(|states| states >= 3.0), "{told}");
        let path = told["story"].as_str().expect("a path");
        let name = path.trim_start_matches("scenes/").trim_end_matches(".ron");
        let story = story(name);
        for cost in told["costs"].as_array().expect("a list") {
            let var = story.vars.iter().find(|var| cost["var"] == *var.id).expect("a variable");
            let (min, max) = var.domain.bounds();
            let factor = cost["factor"].as_f64().expect("a number");
            assert!(factor <= f64::from(max - min + 1), "{name}: {cost}");
            costs += 1;
        }
    }
    assert!(costs > 0, "no variable of any story multiplies anything");
}

#[test]
fn the_readme_names_the_commands_that_work() {
    let readme = fs::read_to_string(repository("README.md")).expect("the README");
    let hallway = Hallway::new();
    let (code, result) = a_class();
    let mut commands = 0;
    for command in blocks(&readme, "sh").iter().flat_map(|block| block.lines()).map(str::trim) {
        let Some(arguments) = command.strip_prefix("hallway ") else { continue };
        let arguments = arguments.split(" #").next().unwrap_or("").trim();
        let words = arguments.split_whitespace().filter(|word| *word != "<" && !word.ends_with(".txt"));
        let words: Vec<String> = words.map(|word| word.replace("CODE", &code).replace("RESULT", &result)).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        // A class is served until the teacher ends it, and to a whole network: here its options are only read.
        let words = if words.starts_with(&["class", "serve"]) { [&words[..], &["--help"]].concat() } else { words };
        // What writes files writes them where they go with the test.
        let mut program = hallway.command(&words);
        if words.contains(&"--out") || words.first() == Some(&"export") {
            program.current_dir(hallway.home.path());
        }
        let run = Run::from(program.stdin(Stdio::null()).output().expect("it runs"));
        assert_eq!(run.code, 0, "`{command}`: {}", run.err);
        commands += 1;
    }
    assert!(commands >= 15, "only {commands} commands");
}

/// A class code, and the result code of a group that has played it.
fn a_class() -> (String, String) {
    let story = story("hold-the-line-class");
    let seats: Vec<SeatId> = story.seat_ids().collect();
    let class = ClassCode::new(&story, 5, &seats).expect("a small seed");
    let night = class_night(&story, &class, &mut Dice(5));
    (class.letters(), result_code(&night).expect("decisions only"))
}
