//! Which story a writer's command is about: the one that is named, the one that a named file is a part of, or the one in
//! this folder.

use std::fs;
use std::path::Path;

use crate::support::{Hallway, Run};

const ALONE: &str = "(\n  scenes: {\n    \"a\": (text: \"Alone.\", end: \"E\"),\n  },\n)\n";
const FIRST: &str = "(\n  scenes: {\n    \"a\": (text: \"First.\", go: \"b\"),\n  },\n)\n";
const SECOND: &str = "(\n  scenes: {\n    \"b\": (text: \"Second.\", end: \"E\"),\n  },\n)\n";

/// The commands of a writer that need no terminal; the first three take several stories.
const COMMANDS: [&[&str]; 6] =
    [&["check"], &["test"], &["fmt", "--check"], &["stats"], &["simulate", "--runs", "5"], &["map"]];

fn put(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(path, text).expect("written");
}

fn run_in(hallway: &Hallway, folder: &str, words: &[&str]) -> Run {
    let folder = hallway.home.path().join(folder);
    Run::from(hallway.command(words).current_dir(folder).output().expect("it runs"))
}

#[test]
fn without_a_story_the_one_in_this_folder_is_meant() {
    let hallway = Hallway::new();
    let home = hallway.home.path();
    put(&home.join("one/mine.ron"), ALONE);
    put(&home.join("capitals/mine.RON"), ALONE);
    put(&home.join("folder/story.ron"), FIRST);
    put(&home.join("folder/parts/second.ron"), SECOND);
    put(&home.join("loud/story.RON"), FIRST);
    put(&home.join("loud/parts/SECOND.RON"), SECOND);
    for command in COMMANDS {
        for folder in ["one", "capitals", "folder", "folder/parts", "loud", "loud/parts"] {
            let run = run_in(&hallway, folder, command);
            assert_eq!(run.code, 0, "{command:?} in {folder}: {}{}", run.out, run.err);
        }
    }
    let counted = |folder| run_in(&hallway, folder, &["stats", "--format", "json"]).out;
    assert!(counted("one").contains("\"scenes\": 1,"), "{}", counted("one"));
    for folder in ["folder", "folder/parts", "loud", "loud/parts"] {
        assert!(counted(folder).contains("\"scenes\": 2,"), "{folder}: {}", counted(folder));
    }
    let meant = run_in(&hallway, "one", &["check", "mine"]);
    assert!(meant.code == 1 && meant.out.contains("did you mean `mine.ron`?"), "{}", meant.out);
    let said = run_in(&hallway, "folder", &["check"]).out;
    assert!(said.starts_with("this folder: proved: 2 scenes"), "{said}");
}

#[test]
fn a_folder_without_a_story_says_what_to_do() {
    let hallway = Hallway::new();
    fs::create_dir(hallway.home.path().join("empty")).expect("made");
    for command in COMMANDS.into_iter().chain([&["watch"][..]]) {
        let run = run_in(&hallway, "empty", command);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{command:?}");
        for words in ["no story in this folder", "hallway new", "name a file or a folder"] {
            assert!(run.err.contains(words), "{command:?}: {}", run.err);
        }
    }
}

#[test]
fn of_several_stories_all_are_looked_over_and_none_is_taken_for_the_one() {
    let hallway = Hallway::new();
    let home = hallway.home.path();
    put(&home.join("shelf/a.ron"), ALONE);
    // Its name is that of a story that is built in; here the folder is meant.
    put(&home.join("shelf/last-ferry/story.ron"), ALONE);
    put(&home.join("shelf/notes/deep/no-story-of-this-shelf.ron"), "(scenes: {");
    let checked = run_in(&hallway, "shelf", &["check"]);
    assert_eq!(checked.code, 0, "{}", checked.err);
    assert_eq!(checked.out.matches("proved: 1 scene,").count(), 2, "{}", checked.out);
    for command in &COMMANDS[1..3] {
        assert_eq!(run_in(&hallway, "shelf", command).code, 0, "{command:?}");
    }
    for command in &COMMANDS[3..] {
        let run = run_in(&hallway, "shelf", command);
        assert_eq!(run.code, 2, "{command:?}");
        assert!(run.err.contains("several stories") && run.err.contains("a.ron, ./last-ferry"), "{}", run.err);
    }
}

#[test]
fn a_part_of_a_folder_stands_for_its_story() {
    let hallway = Hallway::new();
    let home = hallway.home.path();
    put(&home.join("mine/story.ron"), FIRST);
    put(&home.join("mine/parts/second.ron"), SECOND);
    // What is hidden is no part of it.
    put(&home.join("mine/.kept/alone.ron"), ALONE);
    put(&home.join("mine/parts/.alone.ron"), ALONE);
    let part = "mine/parts/second.ron";
    let told = "mine/parts/second.ron is a part of the story in mine, so the whole story is meant";
    let checked = run_in(&hallway, "", &["check", part]);
    assert_eq!(checked.code, 0, "{}", checked.out);
    assert!(checked.out.starts_with("mine: proved: 2 scenes"), "{}", checked.out);
    assert_eq!(checked.err.matches(told).count(), 1, "{}", checked.err);
    // Several parts are one story, told once; a report for another program has it once as well.
    let both = run_in(&hallway, "", &["check", "--format", "json", part, "mine/story.ron", "mine"]);
    assert_eq!((both.out.matches("\"story\": ").count(), both.err.lines().count()), (1, 1), "{}", both.out);
    for words in [
        &["play", "--plain", "--seed", "1", part][..],
        &["test", part],
        &["stats", part],
        &["simulate", "--runs", "5", part],
        &["map", part],
        &["replay", part, "--seed", "1"],
        &["class", "code", part],
    ] {
        let run = run_in(&hallway, "", words);
        assert_eq!(run.code, 0, "{words:?}: {}", run.err);
        assert_eq!(run.err.matches(told).count(), 1, "{words:?}: {}", run.err);
    }
    let inside = run_in(&hallway, "mine/parts", &["check", "second.ron"]);
    assert!(inside.code == 0 && inside.err.contains("is a part of the story in /"), "{}", inside.err);
    // To be tidied is asked of a file for itself.
    assert_eq!(run_in(&hallway, "", &["fmt", "--check", part]).err, "");
    for alone in ["mine/.kept/alone.ron", "mine/parts/.alone.ron"] {
        let run = run_in(&hallway, "", &["check", alone]);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{alone}: {}", run.out);
    }
    let nowhere = run_in(&hallway, "", &["check", "mine/parts/none.ron"]);
    assert!(nowhere.code == 1 && nowhere.out.contains("no such file"), "{}{}", nowhere.out, nowhere.err);
}

/// A command that takes a story says which one it means without it.
#[test]
fn every_command_says_which_story_it_means() {
    let hallway = Hallway::new();
    let help = hallway.run(&["--help"], "").out;
    let commands = help.split_once("Commands:").expect("a list").1.split("\n\n").next().expect("a list");
    // What a command does may go on in further lines, which are set in further.
    let begins = |line: &&str| line.starts_with("  ") && !line.starts_with("   ");
    let names: Vec<&str> = commands.lines().filter(begins).filter_map(|line| line.split_whitespace().next()).collect();
    assert!(names.len() > 10, "{names:?}");
    let mut here = Vec::new();
    for name in names {
        let help = hallway.run(&[name, "--help"], "").out.split_whitespace().collect::<Vec<_>>().join(" ");
        if help.contains("[default: this folder]") {
            here.push(name);
        } else if ["[STORY]", "[STORIES]", "[PATHS]"].iter().any(|story| help.contains(story)) {
            assert!(help.contains("[default: hold-the-line]"), "{name}: {help}");
        }
    }
    here.sort_unstable();
    assert_eq!(here, ["check", "export", "fmt", "map", "simulate", "stats", "test", "watch"]);
}

/// A new story is one: it becomes no part of another, and makes no other a part of it.
#[test]
fn a_new_story_stands_alone() {
    let hallway = Hallway::new();
    let home = hallway.home.path();
    put(&home.join("mine/story.ron"), ALONE);
    put(&home.join("shelf/other.ron"), ALONE);
    fs::create_dir_all(home.join("mine/parts")).expect("made");
    fs::create_dir_all(home.join("empty")).expect("made");
    for (folder, title, says) in [
        ("mine", "Another", "is the folder of a story"),
        ("mine/parts", "Another", "is the folder of a story"),
        ("shelf", "Story", "makes one story of all that is in its folder"),
        ("mine", "Story", "is there already"),
    ] {
        let run = run_in(&hallway, folder, &["new", title]);
        assert!(run.code != 0 && run.err.contains(says), "{folder}, {title}: {}", run.err);
    }
    for (folder, title) in [("empty", "Story"), ("shelf", "Another")] {
        let run = run_in(&hallway, folder, &["new", title]);
        assert_eq!(run.code, 0, "{folder}, {title}: {}", run.err);
        assert_eq!(run_in(&hallway, folder, &["check"]).code, 0);
    }
    assert_eq!(fs::read_dir(home.join("mine")).expect("a folder").count(), 2);
}

/// What is told of a file in this folder goes by its name.
#[test]
fn files_in_this_folder_are_told_by_their_names() {
    let hallway = Hallway::new();
    let home = hallway.home.path();
    put(&home.join("mine/story.ron"), &FIRST.replace("\"b\"", "\"c\""));
    put(&home.join("mine/parts/second.ron"), &SECOND.replace("end", "go"));
    let told = run_in(&hallway, "mine", &["check"]).out;
    assert!(told.contains("--> story.ron:") && told.contains("--> parts/second.ron:"), "{told}");
    // Two stories that are taken for one are told apart.
    put(&home.join("mine/other.ron"), "(title: \"B\")");
    put(&home.join("mine/story.ron"), &FIRST.replace("  scenes", "  title: \"A\",\n  scenes"));
    let told = run_in(&hallway, "mine", &["check"]).out;
    assert!(told.contains("move it to a folder of its own"), "{told}");
}
