//! Nights on disk.

use std::fs;
use std::path::Path;

use hallway::engine::{Input, Session};
use hallway::record::{Journal, Line, Trouble, saves, taken};
use hallway::story::{SeatId, Story};

use crate::support::{Dice, night, picks, story, story_from};

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
            let resumed = Journal::resume(&path, &story).expect("resumed");
            assert_eq!(resumed.told.session.state(), session.state());
            assert_eq!(resumed.told.session.log(), session.log());
            assert_eq!(resumed.told.notices, Vec::<String>::new());
        }
    }
}

#[test]
fn undo_is_kept_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.night");
    let story = story("last-ferry");
    let mut session = play_some(&story, &path, 1, 3);
    let mut resumed = Journal::resume(&path, &story).expect("resumed");
    resumed.journal.undo().expect("written");
    session.undo();
    // Open here, it is not opened twice; it can be looked at.
    assert!(matches!(Journal::resume(&path, &story), Err(Trouble::InUse(_))));
    assert_eq!(Journal::look(&path, &story).expect("looked at").session.state(), session.state());
    drop(resumed);
    assert_eq!(Journal::resume(&path, &story).expect("resumed").told.session.state(), session.state());
}

#[test]
fn a_torn_save_loses_at_most_the_torn_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let story = story("hold-the-line");
    let whole = folder.path().join("whole.night");
    play_some(&story, &whole, 8, 6);
    let bytes = fs::read(&whole).expect("read");
    let header = bytes.iter().position(|b| *b == b'\n').expect("a line") + 1;
    for length in header..bytes.len() {
        let path = folder.path().join("torn.night");
        fs::write(&path, &bytes[..length]).expect("written");
        let kept = bytes[header..length].iter().filter(|b| **b == b'\n').count();
        let resumed = Journal::resume(&path, &story).unwrap_or_else(|error| panic!("cut at {length}: {error}"));
        assert_eq!(resumed.told.session.log().len(), kept, "cut at {length}");
        // What comes next is written after the good part, not after the torn one.
        drop(resumed);
        assert_eq!(Journal::resume(&path, &story).expect("resumed").told.session.log().len(), kept);
    }
}

#[test]
fn what_is_no_save_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.night");
    let story = story("two-doors");
    for text in ["", "hello\n", "(hallway:1)\n", "\u{1b}[31m\n"] {
        fs::write(&path, text).expect("written");
        assert!(matches!(Journal::resume(&path, &story), Err(Trouble::NotASave(_))), "{text:?}");
        assert_eq!(fs::read_to_string(&path).expect("read"), text);
    }
    fs::write(&path, "(hallway:99,story:\"x\",title:\"Two doors\",fingerprint:\"0\",seed:1,seats:{})\n")
        .expect("written");
    assert!(matches!(Journal::resume(&path, &story), Err(Trouble::Newer { version: 99, .. })));
    assert!(
        matches!(Journal::create(&path, "x", &night(&story, SeatId::new(0), 1)), Err(Trouble::Disk { .. })),
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
    let mut journal = Journal::create(&path, "t.ron", &session).expect("a save");
    for _ in 0..2 {
        let pick = picks(&session)[1];
        let input = Input::Decide(session.state().scene, pick);
        journal.input(&session, input).expect("written");
        session.input(input).expect("open");
    }
    drop(journal);
    // Only prose has changed: the fingerprint is the same.
    let mended = story_from(&before.replace("Rihgt", "Right"));
    assert_eq!(Journal::resume(&path, &mended).expect("resumed").told.session.log().len(), 2);
    // The order of the choices has changed, and so has what decides; ids and words still find them.
    let turned = story_from(&before.replace(
        "(say: \"On.\", go: \"c\"), (id: \"off\", say: \"Off.\", go: \"c\")",
        "(id: \"off\", say: \"Out.\", go: \"c\"), (say: \"On.\", go: \"c\")",
    ));
    let resumed = Journal::resume(&path, &turned).expect("resumed");
    assert_eq!(resumed.told.session.log().len(), 2);
    assert!(resumed.told.session.ending().is_some());
    drop(resumed);
    // The second choice is gone: the night stands before it, and the old save is kept beside it.
    let shorter = story_from(&before.replace(", (id: \"off\", say: \"Off.\", go: \"c\")", ""));
    let resumed = Journal::resume(&path, &shorter).expect("resumed");
    assert_eq!(resumed.told.session.log().len(), 1);
    assert!(resumed.told.notices.iter().any(|notice| notice.contains("decision 2")), "{:?}", resumed.told.notices);
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 2);
}

#[test]
fn kept_nights_are_listed_with_their_names_and_what_they_tried() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("one.night");
    let story = story("hold-the-line");
    let session = play_some(&story, &path, 6, 3);
    let mut resumed = Journal::resume(&path, &story).expect("resumed");
    let before = taken(&story, &saves(folder.path(), &story.title));
    assert_eq!(before.len(), 6);
    resumed.journal.line(&Line { named: Some("cold tea".to_owned()), ..Line::default() }).expect("written");
    resumed.journal.undo().expect("written");
    resumed.journal.ended("reported").expect("written");
    let list = saves(folder.path(), &story.title);
    assert_eq!(list.len(), 1);
    assert_eq!((list[0].name.as_deref(), list[0].ended.as_deref()), (Some("cold tea"), Some("reported")));
    assert_eq!((list[0].decisions, taken(&story, &list).len()), (5, 5));
    drop(resumed);
    // A name is no decision: the night is the same.
    let again = Journal::resume(&path, &story).expect("resumed");
    assert_eq!(again.told.session.log(), &session.log()[..5]);
}
