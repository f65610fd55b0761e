//! The program itself says of the cases what the library says: it is started few times, for many of them at once.

use hallway::record::Journal;
use serde_json::Value;

use super::case::{Case, FOLDER, cases};
use super::diagnostics::door;
use super::plain;
use super::playing::all;
use crate::support::{Hallway, repository};

/// One in so many cases is played through the program.
const ONE_IN: usize = 9;

fn file(case: &Case) -> String {
    repository(FOLDER).join(format!("{}.ron", case.path)).display().to_string()
}

/// `check` and `test` of all cases at once say what the other tests hold of each.
#[test]
fn the_program_checks_and_tests_every_case() {
    let cases = cases();
    let files: Vec<String> = cases.iter().map(file).collect();
    let run = |command: &[&str]| {
        let arguments: Vec<&str> = command.iter().copied().chain(files.iter().map(String::as_str)).collect();
        let run = Hallway::new().run(&arguments, "");
        serde_json::from_str::<Value>(&run.out).unwrap_or_else(|error| panic!("{command:?}: {error}\n{}", run.err))
    };
    let checked = run(&["check", "--format", "json"]);
    let stories = checked["stories"].as_array().expect("stories");
    assert_eq!(stories.len(), cases.len());
    for (case, story) in cases.iter().zip(stories) {
        let status = match story["proof"]["status"].as_str() {
            Some("proved") => "proved",
            Some("skipped") => "refused",
            _ => "not proved",
        };
        assert_eq!(status, case.check, "{}: {story}", case.path);
    }
    let found = checked["diagnostics"].as_array().expect("diagnostics").iter();
    let mut found: Vec<String> =
        found.map(|it| format!("{}:{}:{} {}", it["file"], it["line"], it["column"], it["code"])).collect();
    let said = cases.iter().flat_map(|case| {
        let quoted = Value::from(file(case));
        case.places().map(move |(line, column, code)| format!("{quoted}:{line}:{column} {}", Value::from(code)))
    });
    let mut said: Vec<String> = said.collect();
    found.sort();
    said.sort();
    assert_eq!(found, said);
    let walked = run(&["test", "--format", "json"]);
    let walks = walked["walks"].as_array().expect("walks");
    let failed: Vec<&Value> = walks.iter().filter(|walk| walk["ok"] != true).collect();
    assert!(failed.is_empty() && walks.len() >= cases.len() / 2, "{failed:?}");
}

/// The plain face of the program, on a save that the library has begun, prints what the library prints.
#[test]
fn the_program_plays_as_the_library_does() {
    let mut played = 0;
    for case in cases().iter().step_by(ONE_IN) {
        let Some(story) = case.story() else { continue };
        let Some(playing) = all(case, &story).into_iter().next() else { continue };
        let hallway = Hallway::new();
        let save = hallway.home.path().join("a.night");
        drop(Journal::create(&save, &file(case), &playing.begin()).expect("a save"));
        let answers = plain::answers_to_the_end(&playing);
        let save = save.display().to_string();
        let run = hallway.run(&["play", "--plain", "--save", &save], &answers);
        let wanted = plain::printed_to_the_end(&playing);
        let pages = |text: &str| text.rsplit_once("\n\n").map_or(String::new(), |(pages, _)| pages.to_owned());
        let (continued, out) = run.out.split_once('\n').unwrap_or_default();
        assert!(continued.starts_with("You go on with this game: ") && !continued.contains(": ,"), "{continued}");
        assert_eq!(pages(out), pages(&wanted), "{}: {}", case.path, run.err);
        assert!(!pages(&wanted).is_empty(), "{}: no page is printed", case.path);
        played += 1;
    }
    assert!(played > 5, "{played} cases are played");
}

/// What is read before a seat is taken.
#[test]
fn the_program_opens_as_the_case_says() {
    let mut opened = 0;
    for case in cases() {
        if !case.blocks.iter().any(|block| block.heading == "at the door") {
            continue;
        }
        let story = case.story().expect("it can be played");
        let sit = |seat: usize| Hallway::new().run(&["play", "--plain", &file(&case)], &format!("{seat}\n")).out;
        let out: String = (1..=story.seats.len()).map(sit).collect();
        for line in door(&story) {
            let mut words = line.trim().split([':', '(', ')']).map(str::trim);
            assert!(words.all(|words| out.contains(words)), "{}: {line}\n{out}", case.path);
            opened += 1;
        }
    }
    assert!(opened > 5, "{opened} lines are read before a seat is taken");
}
