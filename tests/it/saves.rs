//! Nights on disk.

use std::fs;
use std::path::Path;

use hallway::engine::{Holder, Input, Pick, Session};
use hallway::play::{Command, Game};
use hallway::record::{Header, Journal, Save, SaveError, SaveLine, holds_session, new_save, saves, taken};
use hallway::story::{MannerId, MessageId, SceneId, SeatId, Story, VarId};
use hallway::view::departed;

use crate::support::{Dice, Hallway, night, picks, play_on, story, story_from};

fn play_some<'s>(story: &'s Story, path: &Path, decisions: usize, seed: u64) -> Session<'s> {
    let mut session = night(story, SeatId::new(seed as usize % story.seats.len()), seed);
    let mut journal = Journal::create(path, "a story", &session).expect("a save");
    let mut dice = Dice(seed);
    for _ in 0..decisions {
        let open = picks(&session);
        let Some(pick) = open.get(dice.below(open.len())) else { break };
        let input = Input::Decide(session.state().scene, *pick);
        journal.input(&session, input).expect("written");
        session.input(input).expect("open");
    }
    session
}

#[test]
fn a_save_is_the_same_night() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["hold-the-line", "last-ferry"] {
        let story = story(name);
        for seed in 0..60 {
            let path = folder.path().join(format!("{name}-{seed}.night"));
            let session = play_some(&story, &path, seed as usize % 25, seed);
            let resumed = Journal::resume(&path, &story, "a story").expect("resumed");
            assert_eq!(resumed.loaded.session.state(), session.state());
            assert_eq!(resumed.loaded.session.log(), session.log());
            assert_eq!(resumed.loaded.notices, Vec::<String>::new());
        }
    }
}

#[test]
fn undo_is_kept_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.night");
    let story = story("last-ferry");
    let mut session = play_some(&story, &path, 1, 3);
    let mut resumed = Journal::resume(&path, &story, "a story").expect("resumed");
    resumed.journal.undo().expect("written");
    session.undo();
    // Open here, it is not opened twice; it can be looked at.
    assert!(matches!(Journal::resume(&path, &story, "a story"), Err(SaveError::InUse(_))));
    assert_eq!(Journal::look(&path, &story, "a story").expect("looked at").session.state(), session.state());
    drop(resumed);
    assert_eq!(Journal::resume(&path, &story, "a story").expect("resumed").loaded.session.state(), session.state());
}

/// What was taken back can be taken again after the game was left, also when it was left twice.
#[test]
fn what_was_undone_can_be_done_again_after_a_resume() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.night");
    let story = story("last-ferry");
    let mut dice = Dice(4);
    let mut game = Game::new(&story, 3, &[SeatId::new(0)], Vec::new());
    let mut journal = Journal::create(&path, "a story", game.session()).expect("a save");
    let write = |journal: &mut Journal, game: &mut Game<'_>, command: Command| {
        let done = game.take(command).expect("it can be done");
        done.lines.iter().for_each(|line| journal.line(line).expect("written"));
    };
    for _ in 0..3 {
        let open = picks(game.session());
        write(&mut journal, &mut game, Command::Decide(open[dice.below(open.len())]));
    }
    let whole = game.session().log().to_vec();
    for _ in 0..2 {
        write(&mut journal, &mut game, Command::Undo);
    }
    drop(journal);
    // A page writes the save that it goes on in anew.
    let loaded = Journal::look(&path, &story, "a story").expect("looked at");
    fs::write(&path, hallway::record::text("a story", &loaded.session, Some(&loaded))).expect("written");
    let resumed = Journal::resume(&path, &story, "a story").expect("resumed");
    let (mut journal, mut game) = (resumed.journal, Game::loaded(resumed.loaded));
    assert_eq!((game.undone(), game.session().log()), (2, &whole[..1]));
    write(&mut journal, &mut game, Command::Redo);
    drop(journal);
    let resumed = Journal::resume(&path, &story, "a story").expect("resumed");
    let (mut journal, mut game) = (resumed.journal, Game::loaded(resumed.loaded));
    assert_eq!((game.undone(), game.session().log()), (1, &whole[..2]));
    // Something else ends it.
    let other =
        picks(game.session()).into_iter().find(|pick| !matches!(whole[2], Input::Decide(_, taken) if taken == *pick));
    write(&mut journal, &mut game, Command::Decide(other.expect("another choice")));
    drop(journal);
    let resumed = Journal::resume(&path, &story, "a story").expect("resumed");
    assert_eq!(Game::loaded(resumed.loaded).undone(), 0);
}

#[test]
fn a_torn_save_loses_at_most_the_torn_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let story = story("hold-the-line");
    let whole = folder.path().join("whole.night");
    play_some(&story, &whole, 8, 6);
    let bytes = fs::read(&whole).expect("read");
    let header = bytes.iter().position(|b| *b == b'\n').expect("a line") + 1;
    let path = folder.path().join("torn.night");
    let aside = folder.path().join("torn.night.aside-1");
    let line_end = |at: usize| bytes[at.saturating_sub(2)..bytes.len().min(at + 2)].contains(&b'\n');
    for length in (header..=bytes.len()).filter(|length| length % 7 == 0 || line_end(*length)) {
        fs::write(&path, &bytes[..length]).expect("written");
        // A line that lacks nothing but its end is whole.
        let lines = |bytes: &[u8]| bytes.iter().filter(|b| **b == b'\n').count();
        let ended = bytes.get(length) == Some(&b'\n');
        let kept = lines(&bytes[header..length]) + usize::from(ended);
        let torn = !ended && bytes[length - 1] != b'\n';
        let resumed =
            Journal::resume(&path, &story, "a story").unwrap_or_else(|error| panic!("cut at {length}: {error}"));
        assert_eq!(resumed.loaded.session.log().len(), kept, "cut at {length}");
        // What comes next is written after the good part, not after the torn one.
        drop(resumed);
        assert_eq!(Journal::resume(&path, &story, "a story").expect("resumed").loaded.session.log().len(), kept);
        assert_eq!(aside.exists(), torn, "cut at {length}");
        if torn {
            assert_eq!(fs::read(&aside).expect("kept"), &bytes[..length]);
            fs::remove_file(&aside).expect("removed");
        }
    }
}

/// A program that is killed at the right moment can leave an empty file, or a last line without its end.
#[test]
fn an_empty_file_is_no_night_and_one_can_begin_in_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.night");
    let story = story("two-doors");
    fs::write(&path, "").expect("written");
    assert!(!holds_session(&path) && !holds_session(&folder.path().join("none")));
    drop(play_some(&story, &path, 1, 1));
    assert!(holds_session(&path) && holds_session(folder.path()));
    let begun = fs::read_to_string(&path).expect("read");
    assert!(matches!(Journal::create(&path, "x", &night(&story, SeatId::new(0), 1)), Err(SaveError::Disk { .. })));
    assert_eq!(fs::read_to_string(&path).expect("read"), begun);
    // By the program: the night begins in it, and is found there again.
    let hallway = Hallway::new();
    let save = hallway.home.path().join("b.night");
    fs::write(&save, "").expect("written");
    let name = save.display().to_string();
    let run = hallway.run(&["play", "two-doors", "--plain", "--save", &name], "1\nquit\n");
    assert!(run.code == 0 && !run.out.contains("not saved"), "{}{}", run.out, run.err);
    assert!(holds_session(&save));
}

#[test]
fn what_is_no_save_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.night");
    let story = story("two-doors");
    for text in ["", "hello\n", "(hallway:1)\n", "\u{1b}[31m\n"] {
        fs::write(&path, text).expect("written");
        assert!(matches!(Journal::resume(&path, &story, "a story"), Err(SaveError::NotASave(_))), "{text:?}");
        assert_eq!(fs::read_to_string(&path).expect("read"), text);
    }
    fs::write(&path, "(hallway:99,story:\"x\",title:\"Two doors\",fingerprint:\"0\",seed:1,seats:{})\n")
        .expect("written");
    assert!(matches!(Journal::resume(&path, &story, "a story"), Err(SaveError::Newer { version: 99, .. })));
    assert!(
        matches!(Journal::create(&path, "x", &night(&story, SeatId::new(0), 1)), Err(SaveError::Disk { .. })),
        "never overwritten"
    );
}

#[test]
fn a_mended_typo_keeps_the_save_and_a_changed_story_goes_as_far_as_it_fits() {
    let folder = tempfile::tempdir().expect("a folder");
    let before = r#"(title: "T", scenes: {
      "a": (text: "One.", choices: [(say: "Left.", go: "b"), (say: "Rihgt.", go: "b")]),
      "b": (text: "Two.", choices: [(say: "On.", go: "c"), (id: "off", say: "Off.", go: "c")]),
      "c": (text: "Three.", end: "E"),
    })"#;
    let story = story_from(before);
    let path = folder.path().join("a.night");
    let mut session = night(&story, SeatId::new(0), 1);
    let mut journal = Journal::create(&path, "a story", &session).expect("a save");
    for _ in 0..2 {
        let pick = picks(&session)[1];
        let input = Input::Decide(session.state().scene, pick);
        journal.input(&session, input).expect("written");
        session.input(input).expect("open");
    }
    drop(journal);
    // Only prose has changed: the fingerprint is the same.
    let mended = story_from(&before.replace("Rihgt", "Right"));
    assert_eq!(Journal::resume(&path, &mended, "a story").expect("resumed").loaded.session.log().len(), 2);
    // The order of the choices has changed, and so has what decides; ids and words still find them.
    let turned = story_from(&before.replace(
        "(say: \"On.\", go: \"c\"), (id: \"off\", say: \"Off.\", go: \"c\")",
        "(id: \"off\", say: \"Out.\", go: \"c\"), (say: \"On.\", go: \"c\")",
    ));
    let resumed = Journal::resume(&path, &turned, "a story").expect("resumed");
    assert_eq!(resumed.loaded.session.log().len(), 2);
    assert!(resumed.loaded.session.ending().is_some());
    drop(resumed);
    // The second choice is gone: the night stands before it, and the old save is kept beside it.
    let shorter = story_from(&before.replace(", (id: \"off\", say: \"Off.\", go: \"c\")", ""));
    let resumed = Journal::resume(&path, &shorter, "a story").expect("resumed");
    assert_eq!(resumed.loaded.session.log().len(), 1);
    assert!(resumed.loaded.notices.iter().any(|notice| notice.contains("decision 2")), "{:?}", resumed.loaded.notices);
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 2);
}

#[test]
fn kept_nights_are_listed_with_their_names_and_what_they_tried() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("one.night");
    let story = story("hold-the-line");
    let session = play_some(&story, &path, 6, 3);
    let mut resumed = Journal::resume(&path, &story, "a story").expect("resumed");
    let before = taken(&story, &saves(folder.path(), &story, "a story"));
    assert_eq!(before.len(), 6);
    resumed.journal.line(&SaveLine { named: Some("cold tea".to_owned()), ..SaveLine::default() }).expect("written");
    resumed.journal.undo().expect("written");
    resumed.journal.ended("reported").expect("written");
    let list = saves(folder.path(), &story, "a story");
    assert_eq!(list.len(), 1);
    assert_eq!((list[0].name.as_deref(), list[0].ended.as_deref()), (Some("cold tea"), Some("reported")));
    assert_eq!((list[0].decisions, taken(&story, &list).len()), (5, 5));
    // An ending that is taken back has been found all the same.
    resumed.journal.undo().expect("written");
    let list = saves(folder.path(), &story, "a story");
    assert_eq!((list[0].ended.as_deref(), list[0].reached.as_slice()), (None, ["reported".to_owned()].as_slice()));
    resumed.journal.input(&session, session.log()[4]).expect("written");
    drop(resumed);
    // A name is no decision: the night is the same.
    let again = Journal::resume(&path, &story, "a story").expect("resumed");
    assert_eq!(again.loaded.session.log(), &session.log()[..5]);
}

/// A night as it can be told from a save: which lines are decisions, and what undo takes back.
#[test]
fn only_decisions_are_counted_as_decisions() {
    let story = story_from(crate::given_out::STORY);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.night");
    let mut session = Session::new(&story, 9, vec![Holder::Person, Holder::Person]);
    let mut journal = Journal::create(&path, "given-out.ron", &session).expect("made");
    let about = |journal: &mut Journal, line: SaveLine| journal.line(&line).expect("written");
    about(&mut journal, SaveLine { turn: Some(30), ..SaveLine::default() });
    let mut input = |journal: &mut Journal, input: Input| {
        journal.input(&session, input).expect("written");
        session.input(input).expect("taken");
        session.state().scene
    };
    let trust = VarId::new(story.vars.iter().position(|var| var.id == "trust").expect("declared"));
    let send = Pick::Send { message: MessageId::new(0), carrier: Some(MannerId::new(1)), licence: None };
    let dock = story.start;
    input(&mut journal, Input::Set(trust, 7));
    let bridge = input(&mut journal, Input::Decide(dock, send));
    about(&mut journal, SaveLine { vote: Some("2 1".to_owned()), ..SaveLine::default() });
    let card = input(&mut journal, Input::Silence(bridge));
    input(&mut journal, Input::Inject(0));
    input(&mut journal, Input::Decide(card, Pick::Line(0)));
    about(&mut journal, SaveLine { vote: Some("0 3".to_owned()), ..SaveLine::default() });
    let hall = input(&mut journal, Input::Decide(card, Pick::Done));
    input(&mut journal, Input::Jump(card));
    input(&mut journal, Input::Force(hall, 0));
    about(&mut journal, SaveLine { named: Some("one".to_owned()), ..SaveLine::default() });
    input(&mut journal, Input::Freeze);
    drop(journal);
    let resumed = Journal::resume(&path, &story, "a story").expect("resumed");
    assert_eq!(resumed.loaded.notices, Vec::<String>::new());
    assert_eq!((resumed.loaded.session.log(), resumed.loaded.session.state()), (session.log(), session.state()));
    assert_eq!((resumed.loaded.turn, resumed.loaded.session.is_over()), (Some(30), true));
    assert_eq!(resumed.loaded.votes, [(1, "2–1".to_owned()), (4, "0–3".to_owned())]);
    drop(resumed);
    let list = saves(folder.path(), &story, "a story");
    assert_eq!((list[0].decisions, list[0].lines.len()), (3, 9));
    assert_eq!(taken(&story, &list).len(), 3);
    // By their places choices are known again only in the story they were made in.
    let nth = |fingerprint: &str| {
        let header = Header { fingerprint: fingerprint.to_owned(), ..list[0].header.clone() };
        let line = SaveLine { at: Some("hall".to_owned()), nth: Some(0), ..SaveLine::default() };
        taken(&story, &[Save { header, lines: vec![line], ..list[0].clone() }]).len()
    };
    assert_eq!((nth(&list[0].header.fingerprint), nth("another")), (1, 0));
    // Undo takes back the stop, and with it what came after the last decision stays; then decision by decision.
    for (left, decisions, over, votes) in
        [(8, 3, false, 2), (5, 2, false, 2), (4, 1, false, 1), (2, 1, false, 1), (1, 0, false, 0)]
    {
        let mut resumed = Journal::resume(&path, &story, "a story").expect("resumed");
        resumed.journal.undo().expect("written");
        drop(resumed);
        let again = Journal::resume(&path, &story, "a story").expect("resumed");
        session.undo();
        assert_eq!((again.loaded.session.log(), again.loaded.session.state()), (session.log(), session.state()));
        drop(again);
        let list = saves(folder.path(), &story, "a story");
        let told = Journal::look(&path, &story, "a story").expect("looked at");
        assert_eq!(
            (list[0].lines.len(), list[0].decisions, told.session.is_over(), told.votes.len()),
            (left, decisions, over, votes)
        );
    }
}

/// Another night's log holds a seat: it is kept in the save, and goes on from there.
#[test]
fn a_night_against_another_nights_log_is_kept_whole() {
    let story = story("last-ferry");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.night");
    let first = play_some(&story, &folder.path().join("first.night"), 30, 4);
    let holders = |log: Vec<(SceneId, Pick)>| {
        let mut holders = vec![Holder::Story; story.seats.len()];
        holders[0] = Holder::Log(log);
        holders[1] = Holder::Person;
        holders
    };
    let own = first.steps().filter(|step| step.seat == SeatId::new(0)).map(|step| (step.scene, step.pick));
    let log: Vec<_> = own.collect();
    assert!(!log.is_empty());
    let mut session = Session::new(&story, 4, holders(log.clone()));
    let mut journal = Journal::create(&path, "last-ferry", &session).expect("made");
    let mut dice = Dice(1);
    play_on(&mut session, &mut journal, &mut dice);
    drop(journal);
    let resumed = Journal::resume(&path, &story, "a story").expect("resumed");
    assert_eq!(resumed.loaded.session.holders(), holders(log.clone()));
    assert_eq!((resumed.loaded.session.log(), resumed.loaded.session.state()), (session.log(), session.state()));
    drop(resumed);
    let list = saves(folder.path(), &story, "a story");
    let save = list.iter().find(|save| save.path == path).expect("listed");
    assert_eq!(save.decisions, session.log().len(), "what the log decides is not counted");
    // A log that falls silent has left its seat to the story.
    assert_eq!(departed(&Session::new(&story, 4, holders(log))), []);
    assert_eq!(departed(&Session::new(&story, 4, holders(Vec::new()))), [SeatId::new(0)]);
    assert_eq!(departed(&first), []);
}

/// The first two ways in which a game can differ from its save are told: by another state, and by no longer fitting.
#[test]
fn a_night_that_went_another_way_says_so() {
    let before = r#"(title: "T", vars: { "n": (min: 0, max: 9) }, scenes: {
      "a": (text: "One.", choices: [(say: "Left.", do: ["n +1"], go: "b"), (say: "Right.", go: "b")]),
      "b": (text: "Two.", choices: [(say: "On.", go: "c"), (say: "Off.", go: "c")]),
      "c": (text: "{if n > 1: Three. | Two.}", end: "E"),
    })"#;
    let story = story_from(before);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.night");
    drop(play_some(&story, &path, 2, 1));
    assert_eq!(Journal::look(&path, &story, "a story").expect("looked at").notices, Vec::<String>::new());
    let changed = story_from(&before.replace("max: 9)", "max: 9, start: 1)"));
    let told = Journal::look(&path, &changed, "a story").expect("looked at");
    assert_eq!(told.session.log().len(), 2);
    assert_eq!(told.notices.len(), 1, "{:?}", told.notices);
    assert!(told.notices[0].contains("from decision 1 on"), "{:?}", told.notices);
}

#[test]
fn what_is_broken_within_a_save_is_kept_beside_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let story = story("hold-the-line");
    let path = folder.path().join("a.night");
    play_some(&story, &path, 6, 2);
    let whole = fs::read_to_string(&path).expect("read");
    let mut lines: Vec<&str> = whole.lines().collect();
    assert!(lines.len() > 4);
    lines[3] = "(at:\"dock\",pi";
    let broken = lines.join("\n") + "\n";
    fs::write(&path, &broken).expect("written");
    let resumed = Journal::resume(&path, &story, "a story").expect("resumed");
    assert_eq!(resumed.loaded.session.log().len(), 2);
    assert!(resumed.loaded.notices[1].contains("kept as"), "{:?}", resumed.loaded.notices);
    drop(resumed);
    assert_eq!(fs::read_to_string(folder.path().join("a.night.aside-1")).expect("kept"), broken);
    // So is a last line that was torn, and how much of it was lost is told.
    let torn = format!("{}(at:\"do", whole);
    fs::write(&path, &torn).expect("written");
    let resumed = Journal::resume(&path, &story, "a story").expect("resumed");
    assert!(resumed.loaded.notices[0].contains("(7 bytes)"), "{:?}", resumed.loaded.notices);
    assert!(resumed.loaded.notices[1].contains("a.night.aside-2"), "{:?}", resumed.loaded.notices);
    assert_eq!(fs::read_to_string(folder.path().join("a.night.aside-2")).expect("kept"), torn);
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 3);
    drop(resumed);
    assert_eq!(fs::read_to_string(&path).expect("read"), whole);
}

#[test]
fn a_new_save_takes_a_name_that_is_free_and_fit_for_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let name = |story: &str| new_save(folder.path(), story).file_name().map(|name| name.to_string_lossy().into_owned());
    assert_eq!(name("hold-the-line").as_deref(), Some("hold-the-line-1.night"));
    fs::write(folder.path().join("hold-the-line-1.night"), "").expect("written");
    assert_eq!(name("hold-the-line").as_deref(), Some("hold-the-line-2.night"));
    assert_eq!(name("../a b/My story_é.ron").as_deref(), Some("My-story_é-1.night"));
    assert_eq!(name("C:\\stories\\one\\").as_deref(), Some("one-1.night"));
    assert_eq!(name("/").as_deref(), Some("story-1.night"));
    assert_eq!(name(&"x".repeat(300)), Some(format!("{}-1.night", "x".repeat(60))));
}

/// How a text is broken into lines, and what a form that says nothing leaves between words, is no part of a decision.
#[test]
fn a_decision_is_found_again_by_its_words_however_they_are_spaced() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.night");
    let story = |say: &str| {
        story_from(&format!(
            "(title: \"T\", vars: {{ \"f\": (flag: true) }}, scenes: {{ \"a\": (text: \"One.\", choices: [(say: \"No.\", go: \"b\"), (say: \"{say}\", go: \"b\")]), \"b\": (text: \"{{f}}\", end: \"E\") }})"
        ))
    };
    let before = story("Go on, then.");
    let mut session = night(&before, SeatId::new(0), 1);
    let mut journal = Journal::create(&path, "t.ron", &session).expect("a save");
    let input = Input::Decide(session.state().scene, Pick::Choice(1));
    journal.input(&session, input).expect("written");
    session.input(input).expect("open");
    drop(journal);
    let kept = fs::read_to_string(&path).expect("read");
    for spaced in ["Go on, then.", "Go on , then.", "Go  on,\\n then."] {
        fs::write(&path, kept.replace("Go on, then.", spaced)).expect("written");
        // Its place alone would lead to another choice.
        let moved = story("Go\n      on{if f: and on}, then.\"), (say: \"Neither.");
        let found = Journal::look(&path, &moved, "t.ron").expect("looked at");
        assert_eq!(found.session.log(), session.log(), "{spaced}: {:?}", found.notices);
    }
}
