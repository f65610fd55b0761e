//! What is done to the program by bad luck and by strangers: it loses no night, and lets nothing in.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use allocation_counter::measure;
use hallway::engine::{Input, Session};
use hallway::proof::{Budget, Status, prove};
use hallway::record::{ClassCode, Journal, Settings, replay_result};
use hallway::story::{Checked, Code, MOST_TOLD, SeatId, Sources, check};
use proptest::prelude::*;

use crate::support::{Dice, Hallway, night, picks, play_on, story};

/// How many decisions a save holds, of whichever of the two stories it is.
fn kept(path: &Path) -> usize {
    let name = hallway::record::story_of(path).expect("the save is there");
    let story = story(&name);
    let told = Journal::look(path, &story, &name).expect("the save is there");
    assert!(told.notices.iter().all(|notice| notice.contains("torn")), "{:?}", told.notices);
    told.session.log().len()
}

/// How often a program is killed in each test that kills it; `HALLWAY_KILLS=2000` takes a while.
fn kills(otherwise: usize) -> usize {
    std::env::var("HALLWAY_KILLS").ok().and_then(|count| count.parse().ok()).unwrap_or(otherwise)
}

/// Lets up to so many microseconds pass, to a moment that nobody chose.
fn pass(dice: &mut Dice, most: usize) {
    let until = Instant::now() + Duration::from_micros(dice.below(most) as u64);
    while Instant::now() < until {
        std::hint::spin_loop();
    }
}

/// Killed at any moment: every decision whose result was shown is there.
#[test]
fn a_kill_loses_no_decision_that_was_shown() {
    let mut dice = Dice(17);
    for round in 0..kills(40) {
        let hallway = Hallway::new();
        let save = hallway.home.path().join("one.night");
        let name = save.display().to_string();
        let seed = dice.below(1000).to_string();
        // Its decisions have one facet each: what is asked once is answered once.
        let arguments = ["play", "hold-the-line-class", "--plain", "--role", "aide", "--seed", &seed, "--save", &name];
        let mut child =
            hallway.command(&arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it starts");
        let mut input = child.stdin.take().expect("a pipe");
        let mut output = BufReader::new(child.stdout.take().expect("a pipe"));
        let decisions = 1 + dice.below(4);
        let mut shown = 0;
        let mut line = String::new();
        // A page ends with its choices; the first of them is taken, and the next page is its result.
        while shown < decisions {
            line.clear();
            if output.read_line(&mut line).expect("read") == 0 {
                break;
            }
            if line.starts_with("1. ") {
                shown += 1;
                // What has been asked is the result of all that was answered before.
                if input.write_all(b"1\n").is_err() {
                    break;
                }
            }
        }
        // Somewhere in the middle of what comes next.
        pass(&mut dice, 3000);
        child.kill().expect("killed");
        child.wait().expect("gone");
        let kept = kept(&save);
        // What has been asked for the n-th time is what came of n - 1 answers.
        assert!(kept + 1 >= shown && kept <= shown, "round {round}: {shown} shown, {kept} kept");
        let again = hallway.run(&["play", "--plain", "--save", &name], "quit\n");
        assert_eq!(again.code, 0, "{}", again.err);
        assert!(self::kept(&save) >= kept);
    }
}

/// Killed while it writes a pack: each file of it is whole or is not there.
#[test]
fn a_kill_leaves_no_half_file_of_a_pack() {
    let hallway = Hallway::new();
    let folder = |name: &str| hallway.home.path().join(name);
    let write = |out: &Path| {
        let mut command = hallway.command(&["class", "handout", "hold-the-line-class", "--out"]);
        command.arg(out).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts")
    };
    assert!(write(&folder("whole")).wait().expect("ended").success());
    let all = fs::read_dir(folder("whole")).expect("written").count();
    let mut dice = Dice(23);
    let (mut rounds, mut partly) = (0, 0);
    // A kill that comes too late proves nothing, so there are as many as it takes for some to come in the middle.
    while rounds < kills(25) || partly < 5 {
        assert!(rounds < kills(25) + 2_000, "{partly} of {rounds} kills came in the middle");
        rounds += 1;
        let out = folder(&rounds.to_string());
        let mut child = write(&out);
        // It says the name of each file that it has written; before the first there is most of its work.
        let mut told = BufReader::new(child.stdout.take().expect("a pipe"));
        for _ in 0..dice.below(4) {
            told.read_line(&mut String::new()).expect("read");
        }
        pass(&mut dice, 500);
        child.kill().expect("killed");
        child.wait().expect("gone");
        let mut found = 0;
        for file in fs::read_dir(&out).into_iter().flatten() {
            let path = file.expect("read").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            // What was being written has a name of its own, which no reader opens.
            if !name.starts_with('.') {
                found += 1;
                let whole = fs::read(folder("whole").join(&name)).expect("it belongs to the pack");
                assert!(fs::read(&path).expect("read") == whole, "{name} is not whole");
            }
        }
        partly += usize::from(found > 0 && found < all);
    }
}

/// The order of things: a line is on disk before what came of it is said.
#[test]
fn what_is_shown_is_on_disk_already() {
    let hallway = Hallway::new();
    let save = hallway.home.path().join("one.night");
    let name = save.display().to_string();
    let mut child = hallway
        .command(&["play", "hold-the-line-class", "--plain", "--role", "aide", "--save", &name, "--seed", "1"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut input = child.stdin.take().expect("a pipe");
    let mut output = BufReader::new(child.stdout.take().expect("a pipe"));
    let mut answered = 0;
    let mut line = String::new();
    while output.read_line(&mut line).expect("read") > 0 && !line.starts_with("What was meant") {
        if line.starts_with("1. ") {
            let lines = fs::read_to_string(&save).map(|text| text.lines().count()).unwrap_or(0);
            if lines > 0 {
                // The header, and a line for every answer whose result is being read.
                assert_eq!(lines - 1, answered, "{line}");
                answered += 1;
            }
            let _ = input.write_all(b"1\n");
        }
        line.clear();
    }
    drop(input);
    child.wait().expect("ended");
    assert!(answered > 1);
}

/// A save with any bytes changed, cut or put in: no panic, and what stands before the damage is kept.
#[test]
fn a_damaged_save_keeps_what_stands_before_the_damage() {
    let story = story("hold-the-line");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("one.night");
    let mut session = night(&story, SeatId::new(0), 9);
    let mut journal = Journal::create(&path, "hold-the-line", &session).expect("made");
    let mut dice = Dice(3);
    play_on(&mut session, &mut journal, &mut dice);
    drop(journal);
    let whole = fs::read(&path).expect("there");
    let mut taken_up = 0;
    for round in 0..600 {
        let mut bytes = whole.clone();
        let at = dice.below(bytes.len());
        match round % 4 {
            0 => bytes[at] ^= 1 << dice.below(8),
            1 => bytes.truncate(at),
            2 => drop(bytes.splice(at..at, (0..dice.below(40)).map(|_| 0_u8))),
            _ => drop(bytes.drain(at..(at + 30).min(whole.len()))),
        }
        let before = whole[..at].iter().filter(|byte| **byte == b'\n').count();
        let bad = folder.path().join(format!("bad-{round}.night"));
        fs::write(&bad, &bytes).expect("written");
        let Ok(resumed) = Journal::resume(&bad, &story, "hold-the-line") else {
            // Only the first line says whose night it is.
            assert_eq!(before, 0, "round {round}");
            assert_eq!(fs::read(&bad).expect("there"), bytes, "what is no save is left alone");
            continue;
        };
        taken_up += 1;
        let log = resumed.loaded.session.log();
        let same = before.saturating_sub(1).min(session.log().len());
        assert!(log.len() >= same && log[..same] == session.log()[..same], "round {round}: {} of {same}", log.len());
        // What could not be read is kept beside it, unless it was the torn end of the last line.
        let aside = folder.path().join(format!("bad-{round}.night.aside-1"));
        let said = resumed.loaded.notices.join(" ");
        assert_eq!(aside.exists(), said.contains("aside-1"), "{said}");
        assert!(!aside.exists() || fs::read(&aside).expect("there") == bytes);
    }
    assert!((300..600).contains(&taken_up), "{taken_up} of 600 were taken up");
}

#[cfg(unix)]
#[test]
fn two_players_of_one_save_are_told() {
    let hallway = Hallway::new();
    let save = hallway.home.path().join("one.night");
    let name = save.display().to_string();
    let mut child = hallway
        .command(&["play", "hold-the-line-class", "--role", "aide", "--plain", "--save", &name])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut output = BufReader::new(child.stdout.take().expect("a pipe"));
    let mut line = String::new();
    while !line.starts_with("1. ") {
        line.clear();
        assert!(output.read_line(&mut line).expect("read") > 0);
    }
    let second = hallway.run(&["play", "--plain", "--save", &name], "quit\n");
    assert!(second.code == 2 && second.err.contains("open in another hallway"), "{}", second.err);
    child.kill().expect("killed");
    child.wait().expect("gone");
    assert_eq!(hallway.run(&["play", "--plain", "--save", &name], "quit\n").code, 0);
}

/// No room on the disk, no home, a folder that cannot be made: the night goes on, and it is said that it is not kept.
#[cfg(unix)]
#[test]
fn a_night_that_cannot_be_kept_is_played_all_the_same() {
    let hallway = Hallway::new();
    let program = env!("CARGO_BIN_EXE_hallway");
    let shell = |script: &str| {
        let mut command = std::process::Command::new("sh");
        command.args(["-c", script]).env("HOME", hallway.home.path()).env_remove("XDG_DATA_HOME");
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("sh runs");
        // It may have ended before it has read everything.
        let _ = child.stdin.take().expect("a pipe").write_all("1\n".repeat(200).as_bytes());
        let output = child.wait_with_output().expect("ended");
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    // A disk that is full after two kilobytes.
    let save = hallway.home.path().join("full.night");
    let (code, out) = shell(&format!(
        "trap '' XFSZ; ulimit -f 2; '{program}' play hold-the-line --plain --role macron --seed 3 --save '{}'",
        save.display()
    ));
    assert_eq!(code, Some(0), "{out}");
    assert!(out.contains("From here on, this game is not saved") && out.contains("Ending: "), "{out}");
    assert!(kept(&save) > 3);
    // No home at all.
    let (code, out) = shell(&format!("unset HOME; HOME= '{program}' play last-ferry --plain --seed 3"));
    assert_eq!(code, Some(0), "{out}");
    assert!(out.contains("Ending: "), "{out}");
    // Where a folder would have to be made inside a file.
    let file = hallway.home.path().join("file");
    fs::write(&file, "").expect("written");
    let (code, out) =
        shell(&format!("'{program}' play last-ferry --plain --seed 3 --save '{}/in/one.night'", file.display()));
    assert_eq!(code, Some(0), "{out}");
    assert!(out.contains("This game is not saved") && out.contains("Ending: "), "{out}");
}

/// Every string of a story, with sequences that a terminal would act on in it.
#[test]
fn no_string_of_a_story_carries_a_sequence_to_the_terminal() {
    let hostile = "\\u{1b}]0;owned\\u{7}\\u{202e}\\u{9b}31m";
    let whole = |at: usize| {
        let mut number = 0;
        let mut say = |words: &str| {
            number += 1;
            if number == at { format!("{words}{hostile}") } else { words.to_owned() }
        };
        format!(
            r#"(title: "{}", by: "{}", about: "{}", notice: "{}", questions: ["{}"],
            roles: {{ "a": (name: "{}", place: "{}", counts: "{}", brief: "{}") }},
            vars: {{ "v": (name: "{}", min: 0, max: 1, words: ["{}", "on"], seen_by: ["a"]) }},
            endings: {{ "e": (title: "{}", family: "{}", because: "{}", note: "{}") }},
            sources: {{ "s": "{}" }}, facts: {{ "f": (text: "{}", reported: ["s"]) }},
            injects: {{ "n": (name: "{}", text: "{}") }},
            lesson: (note: "{}", aims: ["{}"], plan: ["{}"], glossary: {{ "w": "{}" }}, standards: ["{}"], cards: {{ "a": "{}" }}),
            scenes: {{
              "x": (seat: "a", part: "{}", place: "{}", text: "{}[^f]", choices: [(id: "c", say: "{}", reply: "{}", do: ["v +1"], go: "y"), (say: "No.", go: "y")], silence: (take: "c", text: "{}")),
              "y": (end: "e", others: {{ "a": "{}" }}),
            }})"#,
            say("t"),
            say("b"),
            say("a"),
            say("n"),
            say("q"),
            say("n"),
            say("p"),
            say("c"),
            say("b"),
            say("v"),
            say("w"),
            say("t"),
            say("f"),
            say("b"),
            say("n"),
            say("s"),
            say("F."),
            say("n"),
            say("t"),
            say("n"),
            say("a"),
            say("p"),
            say("g"),
            say("s"),
            say("c"),
            say("p"),
            say("p"),
            say("Here."),
            say("Go."),
            say("So."),
            say("Silent."),
            say("End.")
        )
    };
    let sound = check(&Sources::from_texts([("one.ron", whole(0).as_str())]), Vec::new());
    assert!(sound.story.is_some(), "{:?}", sound.diagnostics);
    for at in 1..=32 {
        let text = whole(at);
        assert!(text.contains("owned"), "{at}");
        let checked = check(&Sources::from_texts([("one.ron", text.as_str())]), Vec::new());
        assert!(checked.story.is_none(), "string {at} comes through");
        assert!(checked.diagnostics.iter().any(|fault| fault.code.name() == "forbidden-character"), "string {at}");
    }
}

/// Checks a story, and counts the memory that it asks for on the way: where the work grows with the square of a story's
/// length, so does that. Counted and not timed, so that a busy machine says nothing else than an idle one.
fn checked_soon(name: &str, text: &str) -> Checked {
    let mut checked = None;
    let asked = measure(|| checked = Some(check(&Sources::from_texts([(name, text)]), Vec::new()))).bytes_total;
    let most = 1_000_000 + 4_000 * text.len() as u64;
    assert!(asked <= most, "{name}: {asked} bytes for {} of story", text.len());
    checked.expect("checked just now")
}

/// Expansions that multiply, conditions without end, more of everything than a story has: bounded, and told.
#[test]
fn large_and_greedy_stories_end_soon() {
    // A reading that quotes itself a hundred times, four deep, would be a hundred million readings.
    let quotes = "said {heard(m)} ".repeat(100);
    // So is an answer that quotes it, where it is shown a hundred times.
    let answers = "{answer} ".repeat(100);
    let greedy = format!(
        r#"(roles: {{ "a": (name: "A"), "b": (name: "B") }}, treatments: {{ "plain": (name: "Plain") }},
        messages: {{ "m": (from: "a", to: "b", say: "Say it.", gist: "that it is", heard: {{ "plain": (text: "{quotes}", answers: {{ "b": "{quotes}" }}) }}) }},
        scenes: {{ "one": (seat: "a", text: "One.", choices: [(say: "Send.", send: "m", go: "two"), (say: "No.", go: "end")]),
          "two": (seat: "b", text: "Two.", relay: (treatments: ["plain"], go: "three")),
          "three": (seat: "b", text: "{{heard}} {answers}", choices: [(say: "So.", go: "end"), (say: "No.", go: "end")]),
          "end": (text: "It ends.", end: "e") }})"#
    );
    let story = checked_soon("greedy.ron", &greedy).story.expect("it is a story all the same");
    let mut session = Session::new(&story, 1, vec![hallway::engine::Holder::Person; 2]);
    let mut longest: usize = 0;
    while session.turn().is_some() {
        let pick = picks(&session)[0];
        session.input(Input::Decide(session.state().scene, pick)).expect("open");
        let pages = story.seat_ids().map(|seat| session.page(seat).map(|block| block.text.len()).sum());
        longest = longest.max(pages.max().unwrap_or(0));
    }
    assert!((100..1 << 20).contains(&longest), "{longest} bytes on a page");
    let deep = format!("(scenes: {{ \"a\": (text: \"{}\", end: \"e\") }})", "{if x: ".repeat(20_000));
    let long = format!("v = 1{}", " or v = 1".repeat(120_000));
    let condition = format!(
        r#"(vars: {{ "v": (min: 0, max: 1) }}, scenes: {{ "a": (text: "A.", choices: [(say: "B.", when: "{long}", go: "b")]), "b": (text: "B.", end: "e") }})"#
    );
    let choices = r#"(say: "B.", go: "b"), "#.repeat(5000);
    let many = format!(r#"(scenes: {{ "a": (text: "A.", choices: [{choices}]), "b": (text: "B.", end: "e") }})"#);
    let brackets = "(".repeat(100_000);
    let huge = format!("(scenes: {{ \"a\": (text: \"{}\", end: \"e\") }})", "word ".repeat(1_000_000));
    // Slips by the hundred thousand, on one line: what looks for them may not take the square of their number.
    let slips =
        ["\"a\"b", "\"a\"b\" ", "a, ", "a: ", "a b ", "(a: \"b\", ", "[a: ", "{\"a\" \"b\", ", "], ", "“", "r\"", "/*"];
    for slip in slips {
        for (head, tail) in [("(", ")"), ("(scenes: {\"a\": (text: \"", ""), ("(a: [", "\"    ")] {
            for line in ["", "\n"] {
                let text = format!("{head}{}{}{tail}", format!("{slip}{line}").repeat(100_000), " ".repeat(100_000));
                let checked = checked_soon("slips.ron", &text);
                assert!(!checked.diagnostics.is_empty(), "{slip:?} is taken without a word");
            }
        }
    }
    for (name, text) in
        [("deep", deep), ("condition", condition), ("many", many), ("brackets", brackets), ("huge", huge)]
    {
        let checked = checked_soon(name, &text);
        assert!(name == "huge" || !checked.diagnostics.is_empty(), "{name} is taken without a word");
    }
}

/// More of everything than can be counted or told: no number runs over, and nothing takes the square of its length.
#[test]
fn what_is_beyond_all_measure_is_told_and_soon() {
    let scenes = |count: usize, one: &dyn Fn(usize) -> String| {
        let all: String = (0..count).map(|at| format!("\"s{at}\": ({}),\n", one(at))).collect();
        format!("(scenes: {{ {all} \"s{count}\": (text: \"It ends.\", end: \"e\") }})")
    };
    let told = |text: &str| checked_soon("much.ron", text);
    // Every name wrong, and as near as can be to many that are right.
    let wrong = told(&scenes(20_000, &|at| {
        format!(r#"text: "{{vra{at}}} [^fact{at}]", choices: [(say: "On.", do: ["x{at} +1"], go: "ss{at}")]"#)
    }));
    let (errors, _) = wrong.counts();
    assert_eq!(errors, MOST_TOLD);
    assert_eq!(wrong.diagnostics.last().map(|last| last.code), Some(Code::AndMore));
    // Endings that are not declared, more than an ending's number can hold.
    let endings = told(&scenes(70_000, &|at| format!(r#"text: "A.", end: "End {at}""#)));
    assert!(endings.diagnostics.iter().any(|it| it.code == Code::TooMany));
    // Lots in one text, likewise; and once-only choices, more than diagrams have levels: as they are never offered
    // again they need no level, but where everything leads back to the beginning they do.
    let lots = told(&format!(r#"(scenes: {{ "a": (text: "{}", end: "e") }})"#, "{one of: a | b}".repeat(70_000)));
    assert!(lots.story.is_some());
    for (back, status) in [("", Status::Proved), (r#"(say: "Back.", keep: true, go: "s0")"#, Status::Bounded)] {
        let chain = told(&scenes(33_000, &|at| {
            let go = at + 1;
            format!(r#"text: "A.", choices: [(say: "One.", go: "s{go}"), (say: "Two.", go: "s{go}"), {back}]"#)
        }));
        let story = chain.story.expect("it is a story all the same");
        let proof = prove(&story, Budget { nodes: Budget::NODES, stop: &|| false }, &mut |_| {});
        assert_eq!(proof.status, status);
    }
    // Warnings on one endless line, shown as a person reads them.
    let facts: String = (0..9_000).map(|at| format!(r#""f{at}": (text: "x", inferred: "y"), "#)).collect();
    let sources = Sources::from_texts([(
        "line.ron",
        format!(r#"(facts: {{ {facts} }}, scenes: {{ "a": (text: "It ends.", end: "e") }})"#),
    )]);
    let unused = check(&sources, Vec::new());
    let shown: usize = unused.diagnostics.iter().map(|it| it.render(&sources, false).len()).sum();
    assert!((1..200_000).contains(&shown), "{shown} bytes");
}

/// A folder from a stranger: links that lead out of it, pipes, names that climb, names with sequences in them.
#[cfg(unix)]
#[test]
fn a_strangers_folder_is_read_no_further_than_it_goes() {
    let hallway = Hallway::new();
    let folder = hallway.home.path().join("pack");
    fs::create_dir_all(folder.join("sub")).expect("made");
    let secret = hallway.home.path().join("secret.ron");
    fs::write(&secret, r#"(scenes: { "secret": (text: "Secret.", end: "s") })"#).expect("written");
    fs::write(folder.join("story.ron"), r#"(scenes: { "a": (text: "A.", end: "e") })"#).expect("written");
    std::os::unix::fs::symlink(&secret, folder.join("link.ron")).expect("linked");
    std::os::unix::fs::symlink(hallway.home.path(), folder.join("sub").join("up")).expect("linked");
    let pipe = folder.join("pipe.ron");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo runs").success());
    fs::write(folder.join("\u{1b}]0;owned\u{7}.ron"), "(scenes: {").expect("written");
    let shown = folder.display().to_string();
    let run = hallway.run(&["check", &shown], "");
    let all = run.out + &run.err;
    assert!(!all.contains("Secret") && !all.contains('\u{1b}') && !all.contains('\u{7}'), "{all}");
    assert_eq!(run.code, 1, "{all}");
    // The pipe alone: it is not waited for.
    let run = hallway.run(&["check", &pipe.display().to_string()], "");
    assert!(run.code == 1 && run.out.contains("not an ordinary file"), "{}{}", run.out, run.err);
    let run = hallway.run(&["play", "--plain", "--save", &pipe.display().to_string()], "");
    assert!(run.code == 2 && run.err.contains("not a hallway save"), "{}", run.err);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_refused_as_a_code(text in "[\\PC]{0,80}") {
        let story = story("two-doors");
        let class = ClassCode::new(&story, 1, &[SeatId::new(0)]).expect("a small seed");
        let _ = ClassCode::read(&text);
        let _ = replay_result(&text, &class, &story);
    }

    #[test]
    fn any_letters_of_codes_are_read_without_panic(text in "[2-9A-HJ-NP-Z-]{0,120}") {
        let story = story("last-ferry");
        let class = ClassCode::new(&story, 1, &[SeatId::new(0)]).expect("a small seed");
        let _ = ClassCode::read(&text);
        let _ = replay_result(&text, &class, &story);
    }

    #[test]
    fn any_text_is_read_as_settings_without_panic(text in "[(){}\\[\\]\":, a-z0-9\n-]{0,200}") {
        let _ = Settings::parse(&text);
    }
}

#[path = "../fuzz/bodies.rs"]
mod bodies;

/// What the fuzzers found, and what they began with, in the ordinary tests.
#[test]
fn every_input_that_was_kept_is_taken() {
    type Body = fn(&[u8]);
    let bodies: [(&str, Body); 7] = [
        ("story", bodies::story),
        ("words", bodies::words),
        ("save", bodies::save),
        ("code", bodies::code),
        ("settings", bodies::settings),
        ("tidy", bodies::tidy_file),
        ("editor", bodies::editor),
    ];
    for (name, body) in bodies {
        let folder = crate::support::repository(&format!("tests/data/fuzz/{name}"));
        let mut taken = 0;
        for entry in fs::read_dir(&folder).expect("inputs are kept") {
            body(&fs::read(entry.expect("an entry").path()).expect("read"));
            taken += 1;
        }
        assert!(taken > 0, "no input is kept for {name}");
    }
    let mut bad = 0;
    for file in fs::read_dir(crate::support::repository("tests/data/bad")).expect("there") {
        let bytes = fs::read(file.expect("an entry").path()).expect("read");
        bodies::story(&bytes);
        bodies::tidy_file(&bytes);
        bad += 1;
    }
    assert!(bad > 100, "only {bad} files of bad stories");
}
