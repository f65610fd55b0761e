//! A second reading of the language: an interpreter written from the guide, for tests alone. It shares nothing with the
//! engine but the reader of files, and is as plain as it can be. Both read the same random stories, which use everything
//! in every place; same inputs must make the same words for every seat, the same offers and the same values.
//!
//! `HALLWAY_STORIES=100000` reads as many instead, `HALLWAY_WALKED=100000` walks as many, and `HALLWAY_FROM=5000` begins
//! with another than the first.

mod every;
mod expr;
mod eyes;
mod file;
mod night;
mod offers;
mod prose;
mod proved;
mod same;
mod scenes;
mod stories;
mod tree;
mod words;
mod world;

use std::collections::BTreeMap;

use hallway::engine::{Session, Stop};
use hallway::record::Journal;
use hallway::story::{Sources, Story, check};

use file::StoryFile;
use night::Night;
use tree::Node;

/// How many nights of each story are played.
const MOST_RUNS: u64 = 3;

fn number(variable: &str, otherwise: u64) -> u64 {
    std::env::var(variable).ok().and_then(|number| number.parse().ok()).unwrap_or(otherwise)
}

/// A story that uses everything in every place, as it is written; it may have faults.
pub fn random_story(number: u64) -> String {
    stories::story(number).ron()
}

/// The story, and how the interpreter reads it; `None` where it has faults.
fn both(text: &str) -> Option<(Story, StoryFile)> {
    let sources = Sources::from_texts([("story.ron", text)]);
    let story = check(&sources, Vec::new()).story?;
    let file = StoryFile::read(text).ok()?;
    Some((story, file))
}

/// What differs in a night of a story, with what was put in.
fn differs(text: &str, seed: u64) -> Option<String> {
    let (story, file) = both(text)?;
    let mut inputs = String::new();
    let mut note = |night: &Night<'_>| inputs = night.inputs.join("\n");
    Night::play(&story, &file, seed, &mut note).err().map(|why| format!("{inputs}\n{why}"))
}

/// The kind of a difference, by how its message begins.
fn kind(why: &str) -> &str {
    let last = why.lines().find(|line| !line.starts_with("seed") && !line.contains('(') && *line != "undo");
    last.map_or("", |line| line.split(['“', '`', '"', '[']).next().unwrap_or_default())
}

/// The story made as small as it gets while it differs in that way, whole, with what was put in and what differs.
fn told_small(story: Node, why: &str, differs: &dyn Fn(&str) -> Option<String>) -> String {
    let still = |node: &Node| differs(&node.ron()).filter(|other| kind(other) == kind(why));
    let small = story.smaller_while(&|node| still(node).is_some(), number("HALLWAY_TRIES", 300) as usize);
    let why = still(&small).unwrap_or_else(|| why.to_owned());
    format!("{}\n{why}", small.ron())
}

/// A night written down input by input, as a face does it, and taken up from its save.
fn kept(session: &Session<'_>) -> Result<(), String> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.night");
    let (story, holders) = (session.story(), session.holders().to_vec());
    let mut again = Session::new(story, session.seed(), holders);
    let mut journal = Journal::create(&path, "story.ron", &again).expect("a save");
    for input in session.log() {
        // Lots that fell before the first decision were forced, and are no part of a log.
        if again.stop() == Stop::Stuck || again.is_over() {
            return Ok(());
        }
        journal.input(&again, *input).expect("written");
        if again.input(*input).is_err() {
            return Ok(());
        }
    }
    drop(journal);
    let resumed = Journal::resume(&path, story, "story.ron").map_err(|why| format!("a save is not taken up: {why}"))?;
    let same = resumed.loaded.session.state() == again.state() && resumed.loaded.session.log() == again.log();
    if same { Ok(()) } else { Err("a save makes another night".to_owned()) }
}

/// Does something for each of these numbers, on all cores.
fn each<T: Send>(numbers: std::ops::Range<u64>, run: impl Fn(u64) -> T + Sync) -> Vec<T> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get) as u64;
    std::thread::scope(|scope| {
        let part = |core: u64| numbers.clone().filter(move |number| number % cores == core);
        let run = &run;
        let threads: Vec<_> =
            (0..cores).map(|core| scope.spawn(move || part(core).map(run).collect::<Vec<T>>())).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("no panic")).collect()
    })
}

/// The first of them.
fn some_of(wrong: &[String]) -> String {
    wrong[..wrong.len().min(number("HALLWAY_SHOWN", 3) as usize)].join("\n\n")
}

/// Random stories are played by both, and must be read alike; this many of them, from this one on.
pub fn read_alike(from: u64, count: u64) {
    let (from, count) = (number("HALLWAY_FROM", from), number("HALLWAY_STORIES", count));
    let read = each(from..from + count, |number| {
        let story = stories::story(number);
        let Some((checked, file)) = both(&story.ron()) else { return Ok(None) };
        let mut met = BTreeMap::<&str, usize>::new();
        for seed in 0..MOST_RUNS {
            let mut inputs = String::new();
            let mut note = |night: &Night<'_>| {
                inputs = night.inputs.join("\n");
                night.met.iter().for_each(|(what, count)| *met.entry(*what).or_default() += count);
            };
            let played = Night::play(&checked, &file, seed, &mut note);
            // Every twentieth night is kept on disk, and taken up again.
            let played = played.and_then(|session| if number % 20 == seed { kept(&session) } else { Ok(()) });
            if let Err(why) = played {
                let again = |text: &str| (0..MOST_RUNS).find_map(|seed| differs(text, seed));
                return Err(format!("story {number}\n{}", told_small(story, &format!("{inputs}\n{why}"), &again)));
            }
        }
        Ok(Some(met))
    });
    let mut met = BTreeMap::<&str, usize>::new();
    let (mut unsound, mut wrong) = (0, Vec::new());
    for story in read {
        match story {
            Ok(Some(more)) => more.into_iter().for_each(|(what, count)| *met.entry(what).or_default() += count),
            Ok(None) => unsound += 1,
            Err(why) => wrong.push(why),
        }
    }
    assert!(wrong.is_empty(), "{} of {count} stories are read in two ways\n\n{}", wrong.len(), some_of(&wrong));
    assert!(unsound * 20 < count, "{unsound} of {count} stories have faults");
    for what in [
        "is decided",
        "is decided by the story",
        "is silent",
        "is stopped",
        "has news",
        "waits",
        "goes back",
        "is forced",
        "ends",
        "is stuck",
    ] {
        assert!(met.get(what).is_some_and(|often| *often as u64 * 40 > count), "a night {what} too seldom: {met:?}");
    }
}

/// All nights of random small stories are walked, and the proof must say what that finds; of this many, from this one on.
pub fn proved_alike(from: u64, count: u64) {
    let (from, count) = (number("HALLWAY_FROM", from), number("HALLWAY_WALKED", count));
    let most = number("HALLWAY_STATES", 400) as usize;
    let walked = each(from..from + count, |number| {
        let story = stories::story(number);
        let Some((checked, file)) = both(&story.ron()) else { return Ok(None) };
        proved::compare(&checked, &file, most).map_err(|why| {
            let again = |text: &str| {
                let (story, file) = both(text)?;
                proved::compare(&story, &file, most).err()
            };
            format!("story {number}\n{}", told_small(story, &why, &again))
        })
    });
    // Each verdict must be there, and not always be there.
    let mut met = BTreeMap::<&str, u64>::new();
    let mut wrong = Vec::new();
    for story in walked {
        match story {
            Ok(Some(every)) => {
                let heard = every.met.iter().filter(|name| name.starts_with("heard ")).count();
                let all = [
                    ("is walked", true),
                    ("is heard in two ways", heard > 1),
                    ("is not as expected", every.met.iter().any(|name| name.starts_with("unexpected "))),
                    ("is stuck", !every.stuck.is_empty()),
                    ("runs on for ever", every.long_run),
                    ("may never end", every.endless),
                    ("may never end by the story", every.endless_alone && !every.endless),
                ];
                all.iter().for_each(|(what, so)| *met.entry(what).or_default() += u64::from(*so));
            }
            Ok(None) => {}
            Err(why) => wrong.push(why),
        }
    }
    let shown = some_of(&wrong);
    assert!(wrong.is_empty(), "{} of {count} stories are proved to be what they are not\n\n{shown}", wrong.len());
    assert!(met["is walked"] * 2 > count && met["is not as expected"] * 2 > count, "{met:?}");
    assert!(met["is heard in two ways"] * 10 > count, "{met:?}");
    let often = |what: &&str| met[*what] * 50 > count && met[*what] * 2 < count;
    assert!(["is stuck", "may never end", "may never end by the story"].iter().all(often), "{met:?}");
}

/// How what the proof says of a story differs from what walking all its nights finds.
pub fn differs_from_a_walk(text: &str) -> Option<String> {
    let (story, file) = both(text).expect("a sound story");
    match proved::compare(&story, &file, 100_000) {
        Ok(walked) => walked.is_none().then(|| "it has too many states".to_owned()),
        Err(why) => Some(why),
    }
}

/// What the generator makes must be in many of its stories, so that nothing is compared in name only.
pub fn everything_is_made(count: u64) {
    let stories: Vec<String> = (0..count).map(|number| stories::story(number).ron()).collect();
    for what in [
        "roles: {",
        "standing: (",
        "standing: false",
        "expect: [",
        "pass: (",
        "licences: [",
        "by: [",
        "relay: (",
        "receive: (",
        "mark: (",
        "most: ",
        "silence: (",
        "choices: [",
        "keep: true",
        "locked: ",
        "reply: ",
        "send: ",
        "lean: ",
        "otherwise: ",
        "route: [",
        "odds: ",
        "end: ",
        "part: ",
        "others: {",
        "freeze: ",
        "injects: {",
        "clock: (",
        "hours: 24",
        "until: ",
        "words: [",
        "visited(",
        "heard(",
        " is none",
        "handling is ",
        "licence is ",
        "strike ",
        "restore ",
        "do: [\"heard(",
        "{heard}",
        "{heard(",
        "{meant",
        "answers: {",
        "{answer}",
        "{answer(",
        "{first:",
        "{one of:",
        "{clock}",
        "{card}",
        "{carrier}",
        "else if",
        " if ",
    ] {
        let having = stories.iter().filter(|story| story.contains(what)).count() as u64;
        assert!(having * 25 > count, "`{what}` is in {having} of {count} stories");
    }
}
