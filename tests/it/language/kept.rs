//! What is read again, from a save, after undo or in the history, is what was read.

use hallway::engine::{BlockKind, Input, Pick, Session};
use hallway::record::Journal;
use hallway::text::plain;
use hallway::view::told_once;

use super::playing::Playing;
use super::reading::{Line, Reading};

/// What a save, undo or the history reads otherwise.
pub fn compare(playing: &Playing<'_>) -> Vec<String> {
    let mut faults = saved(playing);
    faults.extend(undone(playing));
    faults.extend(full_history(playing));
    faults
}

/// The whole story told again holds each page's words, one after the other, and between them what was chosen.
fn full_history(playing: &Playing<'_>) -> Option<String> {
    let mut session = playing.begin();
    let mut wanted: Vec<String> = Vec::new();
    // What already stood on the page before; it stands there still where the page has not been turned.
    let mut known: Vec<String> = Vec::new();
    for (at, page) in playing.whole_pages().iter().enumerate() {
        let words = told(page);
        wanted.extend(words.strip_prefix(known.as_slice()).unwrap_or(&words).iter().cloned());
        let Some(input) = playing.inputs.get(at) else { break };
        known.clear();
        match input {
            Input::Decide(_, pick @ Pick::Line(_)) => {
                known = words;
                wanted.push(format!("> {}", plain(&session.words(playing.seat, *pick))));
            }
            Input::Decide(_, pick) => wanted.push(format!("> {}", plain(&session.words(playing.seat, *pick)))),
            Input::Inject(_) | Input::Set(..) => known = words,
            Input::Silence(_)
            | Input::Freeze
            | Input::Force(..)
            | Input::Jump(_)
            | Input::TakeOver(_)
            | Input::HandBack(_) => {}
        }
        session.input(*input).expect("it was taken");
    }
    let whole = session.full_history(playing.seat);
    let mut read = Vec::new();
    for block in told_once(whole.page(playing.seat)) {
        match block.kind {
            BlockKind::Chosen => read.push(format!("> {}", plain(block.text))),
            kind => read.extend(told(&Reading::of_block(kind, block.text))),
        }
    }
    if !playing.complete {
        read.truncate(wanted.len());
    }
    (read != wanted).then(|| {
        format!(
            "{}: told as a whole it reads otherwise:\n{}\n\nthan page by page:\n{}",
            playing.name,
            read.join("\n"),
            wanted.join("\n")
        )
    })
}

/// The words of a page that the story tells.
fn told(page: &Reading) -> Vec<String> {
    let told = page.0.iter().filter_map(|line| match line {
        Line::Part(words) | Line::Prose(words) => Some(words.clone()),
        _ => None,
    });
    told.collect()
}

/// Every input is written, and after each the save is taken up as a program that was closed would take it up.
fn saved(playing: &Playing<'_>) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.night");
    let mut session = playing.begin();
    drop(Journal::create(&path, "a case", &session).expect("a save"));
    let mut faults = Vec::new();
    for (at, page) in playing.whole_pages().iter().enumerate() {
        let mut resumed = Journal::resume(&path, playing.story, "a case").expect("it is a save of this story");
        if Reading::of(&resumed.loaded.session, playing.seat) != *page || !resumed.loaded.notices.is_empty() {
            faults.push(format!("{}: from a save, page {} reads otherwise", playing.name, at + 1));
        }
        let Some(input) = playing.inputs.get(at) else { break };
        resumed.journal.input(&session, *input).expect("written");
        session.input(*input).expect("it was taken");
    }
    faults
}

/// Each decision is taken back and taken again; at last all are taken back, one after another.
fn undone(playing: &Playing<'_>) -> Vec<String> {
    let mut session = playing.begin();
    let mut faults = Vec::new();
    let pages = playing.whole_pages();
    let mut differs = |session: &Session<'_>, at: usize, when: &str| {
        if pages.get(at).is_some_and(|page| Reading::of(session, playing.seat) != *page) {
            faults.push(format!("{}: {when}, page {} reads otherwise", playing.name, at + 1));
        }
    };
    for (at, input) in playing.inputs.iter().enumerate() {
        session.input(*input).expect("it was taken");
        // Of news and of what a clock does by itself there is nothing to take back.
        let taken = matches!(input, Input::Decide(..) | Input::Silence(_) | Input::Freeze);
        if taken {
            session.undo();
            differs(&session, at, "after undo");
            session.input(*input).expect("it was taken once");
            differs(&session, at + 1, "taken again after undo");
        }
    }
    while let Some(at) = session.log().iter().rposition(|input| playing.inputs.contains(input)) {
        if !session.undo() {
            break;
        }
        let left = session.log().len();
        assert!(left <= at);
        differs(&session, left, "taken back to there");
    }
    faults
}
