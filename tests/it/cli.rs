//! The command line: codes, bad paths, JSON.

use std::fs;

use crate::support::{AS_LONG_AS_IT_TAKES, Hallway, repository};

#[test]
fn bad_paths_get_one_clear_error_each() {
    let hallway = Hallway::new();
    let folder = hallway.home.path();
    let at = |name: &str| folder.join(name).display().to_string();
    fs::create_dir(at("empty")).expect("a folder");
    fs::write(at("brackets.ron"), "(".repeat(100_000)).expect("a file");
    fs::write(at("bytes.ron"), b"(title: \"\xff\xfe\")").expect("a file");
    fs::write(at("nothing.ron"), "").expect("a file");
    // A file of 200 MB that takes no room on disk.
    fs::File::create(at("large.ron")).expect("a file").set_len(200 << 20).expect("a length");
    fs::create_dir(at("heavy")).expect("a folder");
    fs::write(at("heavy/story.ron"), "(title: \"A\")").expect("a file");
    for part in 0..9 {
        fs::File::create(at(&format!("heavy/{part}.ron"))).expect("a file").set_len(120 << 20).expect("a length");
    }
    for (name, code) in [
        ("heavy", "too-large"),
        ("missing.ron", "cannot-read"),
        ("empty", "no-story"),
        ("large.ron", "too-large"),
        ("brackets.ron", "too-deep"),
        ("bytes.ron", "not-utf8"),
        ("nothing.ron", "not-ron"),
    ] {
        let run = hallway.run(&["check", &at(name)], "");
        assert_eq!(run.code, 1, "{name}: {}", run.out);
        assert_eq!(run.out.matches("error[").count(), 1, "{name}: {}", run.out);
        assert!(run.out.contains(&format!("error[{code}]")), "{name}: {}", run.out);
        assert_eq!(run.err, "", "{name}");
        assert!(run.out.len() < 4000, "{name} prints {} bytes", run.out.len());
    }
}

#[test]
fn one_broken_file_does_not_hide_the_faults_of_another() {
    let hallway = Hallway::new();
    let folder = hallway.home.path().join("story");
    fs::create_dir(&folder).expect("a folder");
    fs::write(folder.join("story.ron"), "(start: \"a\", scenes: { \"a\": (text: \"x\", go: \"b\", txet: \"y\") })")
        .expect("a file");
    fs::write(folder.join("b.ron"), "(scenes: { \"b\": (text: \"y\" end: \"E\") })").expect("a file");
    let run = hallway.run(&["check", &folder.display().to_string()], "");
    assert!(run.out.contains("[unknown-field]") && run.out.contains("[missing-comma]"), "{}", run.out);
    // `b` is declared in the file that could not be read, so nobody may call it unknown.
    assert!(!run.out.contains("[unknown-scene]"), "{}", run.out);
}

/// Whatever is asked of a story that cannot be played, the answer is its fault, with the place.
#[test]
fn every_command_tells_the_fault_that_stops_it() {
    let hallway = Hallway::new();
    let file = hallway.home.path().join("broken.ron");
    std::fs::write(&file, "(scenes: { \"a\": (text: \"Hm.\", go: \"nowhere\") })").expect("written");
    let file = file.to_str().expect("a path");
    let out = hallway.home.path().join("pack");
    let out = out.to_str().expect("a path");
    let commands: [&[&str]; 9] = [
        &["play", "--plain", file],
        &["check", file],
        &["test", file],
        &["simulate", file],
        &["stats", file],
        &["map", file],
        &["replay", file, "--walk", "1"],
        &["class", "code", file],
        &["class", "handout", file, "--out", out],
    ];
    for command in commands {
        let run = hallway.run(command, "");
        assert_eq!(run.code, 1, "{command:?}: {}{}", run.out, run.err);
        let told = run.out + &run.err;
        assert!(told.contains("unknown-scene") && told.contains("broken.ron:1:"), "{command:?}: {told}");
    }
    let seats: [&[&str]; 3] = [
        &["simulate", "hold-the-line", "--role", "macro"],
        &["play", "--plain", "--role", "macro"],
        &["replay", "hold-the-line", "--seed", "1", "--role", "macro"],
    ];
    for command in seats {
        let run = hallway.run(command, "");
        assert_eq!(run.code, 2, "{command:?}");
        assert!(run.err.contains("Did you mean `macron`?"), "{command:?}: {}", run.err);
    }
    // What was typed cannot command the terminal.
    let run = hallway.run(&["stats", "no\u{1b}[2Jsuch"], "");
    assert!(!run.err.contains('\u{1b}'), "{:?}", run.err);
    let run = hallway.run(&["explain", "no\u{1b}[2Jsuch"], "");
    assert!(!run.err.contains('\u{1b}') && run.code == 2, "{:?}", run.err);
}

#[test]
fn wrong_usage_is_2_and_says_what_is_right() {
    let hallway = Hallway::new();
    for (arguments, says) in [
        (vec!["play", "--role", "makron", "--plain"], "did you mean `macron`?"),
        (vec!["play", "--plain", "--from", "q-opn"], "did you mean `q-open`?"),
        (vec!["play", "--plain", "--set", "lin = 3"], "did you mean `line`?"),
        (vec!["play", "--plain", "--set", "line = 9"], "it goes from 0 to 3"),
        (vec!["plya"], "play"),
        (vec!["--plain", "play"], "options stand after a command: `hallway play --plain`"),
        (vec!["--role", "aide"], "an option of `play`: `hallway play --role aide`"),
        (vec!["watch", "last-ferry"], "wants a terminal"),
    ] {
        let run = hallway.run(&arguments, "");
        assert_eq!(run.code, 2, "{arguments:?}: {}", run.err);
        assert!(run.err.to_lowercase().contains(&says.to_lowercase()), "{arguments:?}: {}", run.err);
    }
}

#[test]
fn a_soft_lock_comes_with_the_command_that_shows_it() {
    let hallway = Hallway::new();
    let run = hallway.run(&["check", "tests/data/bad/soft-lock.ron"], "");
    assert_eq!(run.code, 1);
    let command = run.out.split("to see it: hallway ").nth(1).and_then(|rest| rest.lines().next()).expect("a command");
    let words: Vec<&str> = command.split_whitespace().map(|word| word.trim_matches('\'')).collect();
    let replay = hallway.run(&words, "");
    assert_eq!(replay.code, 0, "{}", replay.err);
    assert!(replay.out.contains("nothing is open: the game cannot go on."), "{}", replay.out);
}

#[test]
fn a_check_says_of_each_story_that_it_is_proved() {
    let run = Hallway::new().run(&["check", "two-doors", "last-ferry", "--seconds", AS_LONG_AS_IT_TAKES], "");
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
    let lines: Vec<&str> = run.out.lines().collect();
    assert!(lines.len() == 2 && lines.iter().all(|line| line.contains(": proved: ")), "{}", run.out);
    let built_in: Vec<&str> = hallway::story::BUILT_IN.iter().map(|story| story.name).collect();
    let quick = Hallway::new().run(&[&["check", "--no-proof"], &built_in[..]].concat(), "");
    let sound = quick.out.lines().filter(|line| line.contains(": sound, ")).count();
    assert_eq!((quick.code, sound), (0, built_in.len()), "{}", quick.out);
    assert_eq!(quick.out.lines().count(), built_in.len(), "{}", quick.out);
}

#[test]
fn json_is_one_object_with_the_promised_fields() {
    let stories = ["two-doors", "last-ferry"];
    let options = ["check", "--format", "json", "--seconds", AS_LONG_AS_IT_TAKES];
    let run = Hallway::new().run(&[&options[..], &stories].concat(), "");
    let report: serde_json::Value = serde_json::from_str(&run.out).expect("one JSON object");
    assert_eq!(report["ok"], true);
    assert_eq!(report["proof"]["status"], "proved");
    let told = report["stories"].as_array().expect("a list");
    let states = |proof: &serde_json::Value| proof["states"].as_f64().expect("a number");
    assert_eq!(told.iter().map(|story| story["story"].as_str()).collect::<Vec<_>>(), stories.map(Some));
    assert!(told.iter().all(|story| states(&story["proof"]) >= 3.0), "{}", run.out);
    assert_eq!(states(&report["proof"]), told.iter().map(|story| states(&story["proof"])).sum::<f64>());
    assert!(report["diagnostics"].as_array().is_some_and(Vec::is_empty));
}

#[test]
fn what_a_terminal_user_expects_is_there() {
    let hallway = Hallway::new();
    let bash = hallway.run(&["completions", "bash"], "");
    assert!(bash.code == 0 && bash.out.contains("_hallway"), "{}", bash.err);
    let man = hallway.run(&["man"], "");
    assert!(man.out.contains(".TH hallway") && man.out.contains("SIMULATE"), "{}", man.out);
    for arguments in
        [vec!["--help"], vec!["play", "--help"], vec!["check", "--help"], vec!["simulate", "--help"], vec!["--version"]]
    {
        let help = hallway.run(&arguments, "");
        assert!(help.code == 0 && help.out.contains("hallway"), "{arguments:?}");
    }
    let settings = hallway.run(&["settings"], "");
    assert!(
        settings.code == 0 && settings.out.contains("theme: \"auto\"") && settings.out.contains("undo"),
        "{}",
        settings.out
    );
}

#[test]
fn broken_settings_are_told_with_their_line_and_left_alone() {
    let hallway = Hallway::new();
    let folder = hallway.home.path().join(".config/hallway");
    std::fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("settings.ron");
    for (text, line, says) in [
        ("(\n  theme: \"pink\",\n)\n", "line 2", "`pink` is none of"),
        ("(\n  keys: {\n    \"fly\": [\"x\"],\n  },\n)\n", "line 3", "`fly` is no action"),
    ] {
        std::fs::write(&file, text).expect("written");
        let mut command = hallway.command(&["settings"]);
        let output = command.env_remove("XDG_CONFIG_HOME").output().expect("the program runs");
        let err = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(1) && err.contains(line) && err.contains(says), "{err}");
        assert_eq!(std::fs::read_to_string(&file).expect("there"), text);
    }
}

/// Only what is asked for by a form that a command has is printed; another form is refused, and those that there are are named.
#[test]
fn a_form_that_a_command_does_not_have_is_refused() {
    let hallway = Hallway::new();
    let unused = r#"(vars: { "v": (min: 0, max: 3) }, scenes: { "a": (text: "A.", end: "x") })"#;
    let file = hallway.home.path().join("unused.ron");
    fs::write(&file, unused).expect("written");
    let file = file.to_str().expect("a path");
    let checked = hallway.run(&["check", file, "--format", "github"], "");
    assert!(checked.code == 0 && checked.out.starts_with("::warning file="), "{}", checked.out);
    for command in ["test", "simulate", "stats"] {
        let run = hallway.run(&[command, file, "--format", "github"], "");
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{command}");
        assert!(run.err.contains("text, json"), "{command}: {}", run.err);
    }
}

/// One of anything is not told as several.
#[test]
fn one_is_counted_as_one() {
    let hallway = Hallway::new();
    let file = hallway.home.path().join("one.ron");
    let story = r#"(roles: { "a": (name: "A"), "b": (name: "B") }, sources: { "s": "S" },
      facts: { "f": (text: "F.", reported: ["s"]) }, carriers: { "c": (name: "By C", minutes: 1) },
      clock: (starts: "20:00", ends: "21:00", tick: 1),
      treatments: { "plain": (name: "Plain") },
      messages: { "m": (from: "a", to: "b", say: "Go.", gist: "go", heard: { "plain": (text: "go") }) },
      scenes: { "one": (seat: "a", text: "Once.", pass: (messages: ["m"], by: ["c"], go: "two")),
        "two": (seat: "b", text: "Twice.[^f]", relay: (treatments: ["plain"], go: "z")), "z": (text: "End.", end: "z") })"#;
    fs::write(&file, story).expect("written");
    let file = file.to_str().expect("a path");
    let commands: [&[&str]; 6] = [
        &["check", "--costs", file],
        &["test", file],
        &["stats", "--scenes", file],
        &["simulate", "--runs", "1", "--role", "a", file],
        &["play", "--plain", "--role", "a", "--seed", "1", file],
        &["check", "tests/data/bad/soft-lock.ron"],
    ];
    let mut ones = 0;
    for command in commands {
        let run = hallway.run(command, "1\nnights\n");
        let told = run.out + &run.err;
        let mut words = told.split(|c: char| c.is_whitespace() || "(),;:·".contains(c)).filter(|word| !word.is_empty());
        while let Some(word) = words.next() {
            if word == "1" {
                let noun = words.clone().next().unwrap_or_default();
                assert!(!noun.ends_with('s') || noun == "s", "{command:?} says `1 {noun}`:\n{told}");
                ones += 1;
            }
        }
    }
    assert!(ones >= 10, "only {ones} are counted as one");
}

/// Whoever reads goes away, or never was there: the program ends, and does not panic.
#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_panic() {
    let hallway = Hallway::new();
    let program = env!("CARGO_BIN_EXE_hallway");
    for script in [
        format!("'{program}' map --format text | head -n 1"),
        format!("'{program}' stats --scenes | true"),
        format!("'{program}' check two-doors >&-"),
        format!("'{program}' explain >/dev/full"),
        format!("yes 1 | '{program}' play two-doors --plain --seed 1 | head -n 1"),
    ] {
        let output = std::process::Command::new("sh")
            .args(["-c", &script])
            .env("HOME", hallway.home.path())
            .output()
            .expect("sh runs");
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(!told.contains("panicked"), "{script}: {told}");
    }
}

/// Nobody reads any of it: each command does what it was asked to do, and ends as it would have ended.
#[cfg(unix)]
#[test]
fn a_command_without_a_reader_ends_as_it_would_have() {
    let hallway = Hallway::new();
    let folder = hallway.home.path().join("stories");
    std::fs::create_dir(&folder).expect("a folder");
    let untidy = "(title:\"A\",scenes:{\"a\":(text:\"x\",end:\"y\")})";
    let spoil = || {
        for name in ["a.ron", "b.ron", "c.ron"] {
            std::fs::write(folder.join(name), untidy).expect("written");
        }
    };
    spoil();
    let broken = hallway.home.path().join("broken.ron");
    std::fs::write(&broken, "(title: \"A").expect("written");
    let (folder, broken) = (folder.display().to_string(), broken.display().to_string());
    let commands: &[&[&str]] = &[
        &["--help"],
        &["check", "last-ferry"],
        &["check", &broken],
        &["check", &broken, "--format", "json"],
        &["test", "last-ferry"],
        &["simulate", "two-doors", "--runs", "100"],
        &["simulate", "two-doors", "--runs", "100", "--format", "json"],
        &["stats", "last-ferry", "--scenes"],
        &["stats", &broken],
        &["map", "last-ferry", "--format", "svg"],
        &["explain"],
        &["explain", "nothing"],
        &["settings"],
        &["completions", "bash"],
        &["man"],
        &["replay", "two-doors", "--walk", "0"],
        &["class", "groups", "25"],
        &["class", "code", "--seed", "1"],
        &["class", "result", &broken],
        &["picture"],
        &["fmt", "--check", &folder, &broken],
        &["fmt", &folder],
        &["new", ""],
        &["nothing"],
    ];
    for arguments in commands {
        spoil();
        let read = hallway.run(arguments, "");
        assert!(!read.out.is_empty() || !read.err.is_empty(), "{arguments:?} says nothing");
        spoil();
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let mut command = hallway.command(arguments);
        command.stdin(std::process::Stdio::null()).stdout(writer.try_clone().expect("a pipe")).stderr(writer);
        let unread = command.status().expect("it ends");
        assert_eq!(unread.code(), Some(read.code), "{arguments:?}");
    }
    spoil();
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    assert!(hallway.command(&["fmt", &folder]).stdout(writer).status().expect("it ends").success());
    assert_eq!(hallway.run(&["fmt", "--check", &folder], "").code, 0, "a file was left untidy");
}

#[test]
fn a_story_and_help_stand_where_they_are_looked_for() {
    let hallway = Hallway::new();
    for (arguments, words) in [
        (&["help"][..], "Usage: hallway"),
        (&["help", "play"], "Usage: hallway play"),
        (&["help", "class", "compare"], "Usage: hallway class"),
    ] {
        let run = hallway.run(arguments, "");
        assert!(run.code == 0 && run.out.contains(words), "{arguments:?}: {}{}", run.out, run.err);
    }
    for arguments in
        [&["two-doors"][..], &["scenes/two-doors.ron"], &["--plain", "two-doors"], &["two-doors", "--plain"]]
    {
        let run = hallway.run(arguments, "1\nquit\n");
        assert!(run.code == 0 && run.out.contains("Ending: You read it"), "{arguments:?}: {}{}", run.out, run.err);
    }
    let run = hallway.run(&["--plain"], "quit\n");
    assert!(run.code == 0 && run.out.starts_with("Hold the Line"), "{}{}", run.out, run.err);
    for (word, help) in [("chek", "`hallway check`"), ("two-door", "`hallway two-doors`"), ("xyzzy", "`hallway help`")]
    {
        let run = hallway.run(&[word], "");
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{}", run.err);
        assert!(run.err.contains(help), "{}", run.err);
    }
}

#[test]
fn standard_input_is_checked_and_formatted() {
    let hallway = Hallway::new();
    let story = fs::read_to_string(repository("scenes/two-doors.ron")).expect("a story");
    let sound = hallway.run(&["check", "-"], &story);
    assert_eq!((sound.code, sound.err.as_str()), (0, ""));
    assert!(sound.out.starts_with("standard input: "), "{}", sound.out);
    let broken = hallway.run(&["check", "-"], "(scenes: {");
    assert_eq!(broken.code, 1);
    assert!(broken.out.contains("standard input:1:"), "{}", broken.out);
    let loose = story.replace("say: ", "say:   ");
    let tidied = hallway.run(&["fmt", "-"], &loose);
    assert_eq!((tidied.code, tidied.out.as_str()), (0, story.as_str()));
    for (text, code) in [(&loose, 1), (&story, 0)] {
        let checked = hallway.run(&["fmt", "-", "--check"], text);
        assert_eq!((checked.code, checked.out.as_str()), (code, ""));
    }
    for command in ["fmt", "check"] {
        let two = hallway.run(&[command, "-", "-"], &story);
        assert_eq!((two.code, two.out.as_str()), (2, ""));
        assert!(two.err.contains("stands alone"), "{}", two.err);
    }
    let half = hallway.run(&["fmt", "-"], "(scenes: {");
    assert_eq!((half.code, half.out.as_str()), (1, ""));
    assert!(half.err.contains("`hallway check -` says where"), "{}", half.err);
}

#[test]
fn a_seed_that_is_none_is_told_what_one_is() {
    for seed in ["-1", "x", "1.5"] {
        let run = Hallway::new().run(&["play", "--seed", seed], "");
        assert_eq!(run.code, 2);
        assert!(run.err.contains("a seed is a whole number, 0 or more"), "{}", run.err);
    }
}

#[test]
fn the_manual_names_files_environment_and_no_other_pages() {
    let manual = Hallway::new().run(&["man"], "").out;
    for section in [".SH FILES", ".SH ENVIRONMENT", ".SH \"HALLWAY PLAY\"", "hallway/saves"] {
        assert!(manual.contains(section), "{section}");
    }
    assert!(!manual.contains("hallway\\-play(1)"), "there is no such page");
}

/// What a line of such characters is told of is one fault.
#[test]
fn characters_that_may_not_stand_in_a_story_are_told_of_once_a_row() {
    let run = Hallway::new().run(&["check", "-"], &"\0".repeat(40));
    assert_eq!((run.code, run.out.matches("error[").count()), (1, 1), "{}", run.out);
}
