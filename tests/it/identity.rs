//! Which story a save is of, and what becomes of it while its story changes, disks fail and files go away.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use hallway::engine::{Input, Pick, Session};
use hallway::record::{Journal, SaveError, SaveLine, asked_name, kept_name, saves};
use hallway::story::{SeatId, Story};
use hallway::text::forbidden;

use crate::support::{Hallway, night, story, story_from};

const BEFORE: &str = r#"(title: "Ferry", scenes: {
  "a": (text: "One.", choices: [(say: "Left.", go: "b"), (say: "Right.", go: "b")]),
  "b": (text: "Two.", choices: [(say: "On.", go: "c"), (say: "Off.", go: "c")]),
  "c": (text: "Three.", choices: [(say: "Up.", go: "d"), (say: "Down.", go: "d")]),
  "d": (text: "Four.", end: "E"),
})"#;

/// A night of this story, with the second choice taken so many times.
fn keep<'s>(story: &'s Story, path: &Path, name: &str, decisions: usize) -> (Session<'s>, Journal) {
    let mut session = night(story, SeatId::new(0), 1);
    let mut journal = Journal::create(path, name, &session).expect("made");
    for _ in 0..decisions {
        let input = Input::Decide(session.state().scene, Pick::Choice(1));
        journal.input(&session, input).expect("written");
        session.input(input).expect("open");
    }
    (session, journal)
}

fn put(path: &Path, text: &str) -> String {
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(path, text).expect("written");
    path.display().to_string()
}

fn listed(folder: &Path, story: &Story, name: &str) -> Vec<PathBuf> {
    saves(folder, story, name).into_iter().map(|save| save.path).collect()
}

#[test]
fn stories_of_one_title_or_of_none_leave_each_others_nights_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    for title in ["title: \"Ferry\", ", ""] {
        let text = BEFORE.replace("title: \"Ferry\", ", title);
        let (one, other) =
            (story_from(&text), story_from(&text.replace("Left", "Port").replace("go: \"b\"", "go: \"c\"")));
        let at = |name: &str| put(&folder.path().join(title.len().to_string()).join(name), &text);
        let (first, second) = (at("one.ron"), at("other.ron"));
        let nights = folder.path().join(format!("nights{}", title.len()));
        let path = nights.join("a.night");
        drop(keep(&one, &path, &kept_name(&first), 2));
        let kept = fs::read_to_string(&path).expect("read");
        assert_eq!(listed(&nights, &one, &first), std::slice::from_ref(&path));
        assert_eq!(listed(&nights, &other, &second), Vec::<PathBuf>::new());
        let refused = Journal::resume(&path, &other, &second).expect_err("it is another story's");
        assert!(
            matches!(refused, SaveError::OtherStory { .. }) && refused.to_string().contains("one.ron"),
            "{refused}"
        );
        assert!(matches!(Journal::look(&path, &other, &second), Err(SaveError::OtherStory { .. })));
        assert_eq!(fs::read_to_string(&path).expect("read"), kept);
        assert_eq!(fs::read_dir(&nights).expect("a folder").count(), 1);
    }
}

#[test]
fn a_story_that_was_mended_moved_or_renamed_still_has_its_nights() {
    let folder = tempfile::tempdir().expect("a folder");
    let story = story_from(BEFORE);
    let name = put(&folder.path().join("ferry.ron"), BEFORE);
    let path = folder.path().join("a.night");
    drop(keep(&story, &path, &kept_name(&name), 2));
    let elsewhere = put(&folder.path().join("other/ferry-2.ron"), BEFORE);
    for (change, text, name) in [
        ("a typo", BEFORE.replace("Three.", "The third."), &name),
        ("a word of a choice", BEFORE.replace("Right.", "To the right."), &name),
        ("its title", BEFORE.replace("Ferry", "The last ferry"), &name),
        (
            "a scene put in",
            BEFORE
                .replace("\"c\": (", "\"new\": (text: \"New.\", go: \"d\"), \"c\": (")
                .replace("say: \"Up.\", go: \"d\"", "say: \"Up.\", go: \"new\""),
            &name,
        ),
        ("its place", BEFORE.to_owned(), &elsewhere),
    ] {
        let changed = story_from(&text);
        assert_eq!(listed(folder.path(), &changed, name), std::slice::from_ref(&path), "{change}");
        let resumed = Journal::resume(&path, &changed, name).unwrap_or_else(|error| panic!("{change}: {error}"));
        assert_eq!(resumed.loaded.session.log().len(), 2, "{change}");
        assert_eq!(resumed.loaded.notices, Vec::<String>::new(), "{change}");
    }
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 3, "nothing is set aside");
    // By a link, or from another folder, it is the same file.
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("ferry.ron", folder.path().join("link.ron")).expect("linked");
        let changed = story_from(&BEFORE.replace("Ferry", "Other").replace("Left", "Port"));
        let link = folder.path().join("link.ron").display().to_string();
        assert_eq!(listed(folder.path(), &changed, &link), std::slice::from_ref(&path));
    }
}

/// What is set aside is named, and what the save said besides the decisions goes on in the new one.
#[test]
fn a_save_that_is_written_anew_keeps_its_name_its_turns_and_its_votes() {
    let folder = tempfile::tempdir().expect("a folder");
    let story = story_from(BEFORE);
    let path = folder.path().join("a.night");
    let mut session = night(&story, SeatId::new(0), 1);
    let mut journal = Journal::create(&path, "ferry.ron", &session).expect("made");
    let about = |journal: &mut Journal, line: SaveLine| journal.line(&line).expect("written");
    about(&mut journal, SaveLine { turn: Some(45), ..SaveLine::default() });
    for vote in ["12–7", "3–9", "Blue"] {
        let input = Input::Decide(session.state().scene, Pick::Choice(1));
        journal.input(&session, input).expect("written");
        session.input(input).expect("open");
        about(&mut journal, SaveLine { vote: Some(vote.to_owned()), ..SaveLine::default() });
    }
    about(&mut journal, SaveLine { named: Some("cold tea".to_owned()), ..SaveLine::default() });
    journal.ended("E").expect("written");
    drop(journal);
    let old = fs::read(&path).expect("read");
    let shorter = story_from(&BEFORE.replace(", (say: \"Down.\", go: \"d\")", ""));
    let resumed = Journal::resume(&path, &shorter, "ferry.ron").expect("resumed");
    let notices = resumed.loaded.notices.join("\n");
    assert!(notices.contains("decision 3, at “c”") && notices.contains("a.night.aside-1"), "{notices}");
    drop(resumed);
    assert_eq!(fs::read(folder.path().join("a.night.aside-1")).expect("kept"), old);
    let told = Journal::look(&path, &shorter, "ferry.ron").expect("looked at");
    assert_eq!(
        (told.session.log(), told.turn, told.name.as_deref()),
        (&session.log()[..2], Some(45), Some("cold tea"))
    );
    assert_eq!((told.votes, told.ended), (vec![(0, "12–7".to_owned()), (1, "3–9".to_owned())], false));
    // It is of the story as it is now, and nothing more is set aside.
    let again = Journal::resume(&path, &shorter, "ferry.ron").expect("resumed");
    assert_eq!((again.loaded.session.log().len(), again.loaded.notices), (2, Vec::new()));
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 2);
}

#[test]
fn an_ending_that_was_taken_back_is_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let story = story_from(BEFORE);
    let path = folder.path().join("a.night");
    let (mut session, mut journal) = keep(&story, &path, "ferry.ron", 3);
    let ended = || saves(folder.path(), &story, "ferry.ron")[0].ended.clone();
    let lines = || fs::read_to_string(&path).expect("read").matches("ended").count();
    journal.ended("E").expect("written");
    journal.ended("E").expect("written");
    assert_eq!((ended().as_deref(), lines()), (Some("E"), 1));
    // A name is no decision.
    journal.line(&SaveLine { named: Some("n".to_owned()), ..SaveLine::default() }).expect("written");
    journal.ended("E").expect("written");
    drop(journal);
    let mut resumed = Journal::resume(&path, &story, "ferry.ron").expect("resumed");
    assert!(resumed.loaded.ended);
    resumed.journal.ended("E").expect("written");
    assert_eq!((ended().as_deref(), lines()), (Some("E"), 1));
    resumed.journal.undo().expect("written");
    assert!(session.undo());
    assert_eq!(ended(), None);
    drop(resumed);
    let mut resumed = Journal::resume(&path, &story, "ferry.ron").expect("resumed");
    assert!(!resumed.loaded.ended && resumed.loaded.session.log() == session.log());
    resumed.journal.input(&session, Input::Decide(session.state().scene, Pick::Choice(0))).expect("written");
    assert_eq!(ended(), None);
    resumed.journal.ended("E").expect("written");
    assert_eq!((ended().as_deref(), lines()), (Some("E"), 2));
    drop(resumed);
    // Taking an ended night up in lines, as often as one likes, adds nothing to it.
    let hallway = Hallway::new();
    let name = put(&hallway.home.path().join("ferry.ron"), BEFORE);
    let save = path.display().to_string();
    let before = fs::read_to_string(&path).expect("read");
    for _ in 0..3 {
        let run = hallway.run(&["play", &name, "--plain", "--save", &save], "quit\n");
        assert!(run.code == 0 && run.out.contains("Ending: E"), "{}{}", run.out, run.err);
    }
    assert_eq!(fs::read_to_string(&path).expect("read"), before);
}

/// Thousands of decisions made and taken back cost no more than reading them.
#[test]
fn what_was_taken_back_is_not_played_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let story = story_from(
        r#"(title: "T", scenes: { "a": (text: "A.", choices: [(say: "Again.", keep: true, go: "a"), (say: "End.", go: "z")]), "z": (text: "Z.", end: "z") })"#,
    );
    let path = folder.path().join("a.night");
    let (session, journal) = keep(&story, &path, "t.ron", 0);
    drop(journal);
    let line = "(at:\"a\",words:\"Again.\",nth:0)\n";
    let mut text = fs::read_to_string(&path).expect("read");
    text += &line.repeat(40_000);
    text += &"(undo:true)\n".repeat(39_999);
    // More is taken back than there is.
    text += &format!("{line}{}{line}", "(undo:true)\n".repeat(5));
    fs::write(&path, text).expect("written");
    let told = Journal::look(&path, &story, "t.ron").expect("looked at");
    assert_eq!(told.session.log(), [Input::Decide(session.state().scene, Pick::Choice(0))]);
}

#[test]
fn a_save_names_no_home_and_its_story_is_found_all_the_same() {
    let hallway = Hallway::new();
    let home = hallway.home.path().display().to_string();
    let name = put(&hallway.home.path().join("stories/my_ferry.ron"), BEFORE);
    let save = hallway.home.path().join("a.night");
    let shown = save.display().to_string();
    let run = hallway.run(&["play", &name, "--plain", "--save", &shown], "1\nquit\n");
    assert_eq!(run.code, 0, "{}", run.err);
    let text = fs::read_to_string(&save).expect("read");
    assert!(text.contains("story:\"~/stories/my_ferry.ron\"") && !text.contains(&home), "{text}");
    let run = hallway.run(&["play", "--plain", "--save", &shown], "1\n1\n1\nquit\n");
    assert!(run.code == 0 && run.out.contains("Ending: E"), "{}{}", run.out, run.err);
    // One that was written with its whole path is taken up too.
    fs::write(&save, text.replace("~/stories", &format!("{home}/stories"))).expect("written");
    let run = hallway.run(&["play", &name, "--plain", "--save", &shown], "quit\n");
    assert_eq!(run.code, 0, "{}", run.err);
    // Nor does a pack for a class.
    let pack = hallway.home.path().join("pack");
    let run = hallway.run(&["class", "handout", &name, "--out", &pack.display().to_string()], "");
    assert_eq!(run.code, 0, "{}", run.err);
    let mut commands = 0;
    for file in fs::read_dir(&pack).expect("a folder") {
        let text = fs::read_to_string(file.expect("an entry").path()).expect("read");
        assert!(!text.contains(&home), "{text}");
        // What is to be typed stands as it is to be typed.
        assert!(!text.contains("my\\_ferry"), "{text}");
        commands += text.matches("hallway play my_ferry.ron").count();
    }
    assert!(commands > 1);
    assert_eq!([kept_name("last-ferry"), kept_name("~/x.ron")], ["last-ferry", "~/x.ron"]);
    assert_eq!(asked_name("/srv/x.ron"), "/srv/x.ron");
}

/// Anybody can write into a save, and everything in it is shown somewhere.
#[test]
fn a_save_from_a_stranger_shows_only_words_and_no_names_of_pupils() {
    let evil = "\u{1b}]0;owned\u{7}\u{9b}2J\u{202e}\u{61c}\u{7f}x";
    let hallway = Hallway::new();
    let story = story("last-ferry");
    let nights = hallway.home.path().join(".local/share/hallway/saves");
    let path = nights.join(format!("last-ferry-{evil}.night"));
    fs::create_dir_all(&nights).expect("made");
    let mut session = night(&story, SeatId::new(0), 1);
    let mut journal = Journal::create(&path, "last-ferry", &session).expect("made");
    let input = Input::Decide(session.state().scene, session.options().picks()[0]);
    journal.input(&session, input).expect("written");
    session.input(input).expect("open");
    drop(journal);
    let whole = fs::read_to_string(&path).expect("read");
    let quoted = |text: &str| {
        serde_json::to_string(text).expect("a string").replace("\\u001b", "\\u{1b}").replace("\\u0007", "\\u{7}")
    };
    let evil_lines = format!(
        "(vote:\"Anna Schmidt\")\n(named:{0})\n(at:{0},pick:{0},words:{0})\n(ended:{0})\n(at:{0},line:{0})\n",
        quoted(evil)
    );
    fs::write(&path, whole.replace("title:\"", &format!("title:\"{}", &quoted(evil)[1..quoted(evil).len() - 1])))
        .expect("written");
    let show = |arguments: &[&str], input: &str| {
        let run = hallway.run(arguments, input);
        let all = run.out + &run.err;
        assert_eq!(forbidden(&all), None, "{all}");
        all
    };
    let name = path.display().to_string();
    show(&["play", "last-ferry", "--plain", "--save", &name], "quit\n");
    fs::write(&path, whole + &evil_lines).expect("written");
    let told = Journal::look(&path, &story, "last-ferry").expect("looked at");
    assert_eq!(told.votes, []);
    let said = [told.name.clone().unwrap_or_default(), told.notices.join(" ")].concat();
    assert!(said.contains("owned") && forbidden(&said).is_none(), "{said:?}");
    let class = hallway::record::ClassCode::new(&story, 1, &[SeatId::new(0)]).expect("a small seed").letters();
    let csv = show(&["class", "export", &class, &name, "--story", "last-ferry"], "");
    assert!(csv.contains("group,") && !csv.contains("Anna"), "{csv}");
    show(&["class", "result", &name], "");
    show(&["play", "--plain", "--save", &name], "nights\nsave\nquit\n");
    let all = show(&["play", "last-ferry", "--plain", "--seed", "1", "--role", "doctor"], "nights\nquit\n");
    assert!(all.contains("owned"), "{all}");
}

#[cfg(unix)]
#[test]
fn a_save_that_is_gone_is_said_to_be_gone() {
    let folder = tempfile::tempdir().expect("a folder");
    let story = story_from(BEFORE);
    let path = folder.path().join("sub/a.night");
    let (mut session, mut journal) = keep(&story, &path, "ferry.ron", 1);
    assert!(journal.is_there());
    fs::remove_dir_all(folder.path().join("sub")).expect("removed");
    assert!(!journal.is_there());
    let input = Input::Decide(session.state().scene, Pick::Choice(0));
    assert!(matches!(journal.input(&session, input), Err(SaveError::Gone(_))));
    session.input(input).expect("open");
    drop(journal);
    // Another file under its name is not this night.
    let (session, mut journal) = keep(&story, &path, "ferry.ron", 1);
    fs::rename(&path, folder.path().join("moved.night")).expect("moved");
    fs::write(&path, "").expect("written");
    assert!(!journal.is_there());
    assert!(matches!(journal.input(&session, input), Err(SaveError::Gone(_))));
    assert_eq!(fs::read_to_string(&path).expect("read"), "");
}

/// In the middle of a night, in lines: the player is told, and the last line does not say that it is kept.
#[cfg(unix)]
#[test]
fn a_folder_removed_in_mid_night_is_told_truthfully() {
    use std::io::{BufRead as _, BufReader, Write as _};
    let hallway = Hallway::new();
    for (answers, says) in [("save\nquit\n", "moved or deleted"), ("1\nquit\n", "From here on, this game is not saved")]
    {
        let folder = hallway.home.path().join("nights");
        let save = folder.join("a.night").display().to_string();
        let mut child = hallway
            .command(&["play", "two-doors", "--plain", "--save", &save])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut output = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut all = String::new();
        while !all.contains("1. ") {
            assert!(output.read_line(&mut all).expect("read") > 0, "{all}");
        }
        fs::remove_dir_all(&folder).expect("removed");
        child.stdin.take().expect("a pipe").write_all(answers.as_bytes()).expect("answered");
        while output.read_line(&mut all).expect("read") > 0 {}
        child.wait().expect("ended");
        assert!(all.contains(says) && !all.contains("The game is saved"), "{all}");
    }
}

#[test]
fn nights_that_begin_at_once_are_all_kept() {
    let hallway = Hallway::new();
    let play = |_| {
        let mut command = hallway.command(&["play", "two-doors", "--plain"]);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().expect("it starts")
    };
    let all: Vec<_> = (0..16).map(play).collect();
    for child in all {
        let output = child.wait_with_output().expect("ended");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(said.contains("The game is saved"), "{said}");
    }
    let story = story("two-doors");
    let nights = hallway.home.path().join(".local/share/hallway/saves");
    if cfg!(target_os = "linux") {
        assert_eq!(saves(&nights, &story, "two-doors").len(), 16);
    }
}

/// A story has changed, and the disk fails while its save is written anew: at every size that a file may have, and at
/// every file that may be open. Either the old save is whole at its path, or the new one is and the old beside it.
#[cfg(unix)]
#[test]
fn a_save_is_written_anew_whole_or_not_at_all() {
    let hallway = Hallway::new();
    let home = hallway.home.path();
    // Its words are longer in the changed story, so that the new save is longer than the old one.
    let scene = |at: usize, words: &str| {
        let go = at + 1;
        format!(
            "\"s{at}\": (text: \"T.\", choices: [(say: \"No.\", go: \"s{go}\"), (id: \"b\", say: \"{words} {at}.\", go: \"s{go}\")]),"
        )
    };
    let text = |last: usize, words: &str| {
        let scenes: String = (0..last).map(|at| scene(at, words)).collect();
        format!("(title: \"T\", scenes: {{ {scenes} \"s{last}\": (text: \"E.\", end: \"e\") }})")
    };
    let story = story_from(&text(40, "Yes"));
    let path = home.join("nights/a.night");
    let name = put(&home.join("story.ron"), &text(38, &"A longer word than there was before ".repeat(3)));
    let save = path.display().to_string();
    let aside = home.join("nights/a.night.aside-1");
    drop(keep(&story, &path, &kept_name(&name).replace(&home.display().to_string(), "~"), 40));
    let old = fs::read(&path).expect("read");
    assert!(old.len() > 1500);
    let (mut failed, mut done) = (0, 0);
    let limits =
        (0..24).map(|blocks| format!("ulimit -f {blocks}")).chain((3..24).map(|files| format!("ulimit -n {files}")));
    for limit in limits {
        let _ = fs::remove_dir_all(home.join("nights"));
        fs::create_dir(home.join("nights")).expect("made");
        fs::write(&path, &old).expect("written");
        let script = format!("trap '' XFSZ; {limit}; exec \"$0\" play \"$1\" --plain --save \"$2\"");
        let mut command = std::process::Command::new("sh");
        command.args(["-c", &script, env!("CARGO_BIN_EXE_hallway"), &name, &save]).env("HOME", home);
        let output = command.stdin(Stdio::null()).output().expect("sh runs");
        let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        let now = fs::read(&path).unwrap_or_else(|error| panic!("{limit}: {error}; {said}"));
        if now == old {
            failed += 1;
        } else {
            done += 1;
            assert_eq!(fs::read(&aside).expect("kept"), old, "{limit}: {said}");
            assert!(said.contains("a.night.aside-1") && said.contains("decision 39"), "{limit}: {said}");
            let changed = story_from(&fs::read_to_string(&name).expect("read"));
            assert_eq!(Journal::look(&path, &changed, &name).expect("whole").session.log().len(), 38, "{limit}");
        }
        for entry in fs::read_dir(home.join("nights")).expect("a folder") {
            let entry = entry.expect("an entry").path();
            assert!(entry == path || fs::read(&entry).expect("read") == old, "{limit} leaves {}", entry.display());
        }
    }
    assert!(failed > 5 && done > 5, "{failed} failed, {done} done");
}
