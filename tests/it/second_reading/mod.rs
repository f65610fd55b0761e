//! A second reading of the language: an interpreter written from the guide, for tests alone. It shares nothing with the
//! engine but the reader of files, and is as plain as it can be. Both read the same random stories, which use everything
//! in every place; same inputs must make the same words for every seat, the same offers and the same values.
//!
//! `HALLWAY_STORIES=100000` reads as many instead of 2,000, and `HALLWAY_FROM=5000` begins with another than the first.

mod expr;
mod eyes;
mod file;
mod night;
mod offers;
mod pending;
mod prose;
mod same;
mod scenes;
mod stories;
mod tree;
mod words;
mod world;

use std::collections::BTreeMap;

use hallway::story::{Sources, Story, check};

use file::StoryFile;
use night::Night;
use tree::Node;

/// How many nights of each story are played.
const NIGHTS: u64 = 3;

fn number(variable: &str, otherwise: u64) -> u64 {
    std::env::var(variable).ok().and_then(|number| number.parse().ok()).unwrap_or(otherwise)
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
fn told_small(story: Node, why: &str) -> String {
    let nights = || 0..NIGHTS;
    let still = |node: &Node| {
        let text = node.ron();
        nights().find_map(|seed| differs(&text, seed).filter(|other| kind(other) == kind(why)))
    };
    let small = story.smallest(&|node| still(node).is_some());
    let why = still(&small).unwrap_or_else(|| why.to_owned());
    format!("{}\n{why}", small.ron())
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

#[test]
fn random_stories_are_read_alike_twice() {
    let (from, count) = (number("HALLWAY_FROM", 0), number("HALLWAY_STORIES", 2000));
    let read = each(from..from + count, |number| {
        let story = stories::story(number);
        let Some((checked, file)) = both(&story.ron()) else { return Ok(None) };
        let mut met = BTreeMap::<&str, usize>::new();
        for seed in 0..NIGHTS {
            let mut inputs = String::new();
            let mut note = |night: &Night<'_>| {
                inputs = night.inputs.join("\n");
                night.met.iter().for_each(|(what, count)| *met.entry(*what).or_default() += count);
            };
            if let Err(why) = Night::play(&checked, &file, seed, &mut note) {
                return Err(format!("story {number}\n{}", told_small(story, &format!("{inputs}\n{why}"))));
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
    assert!(
        wrong.is_empty(),
        "{} stories are read in two ways\n\n{}",
        wrong.len(),
        wrong[..wrong.len().min(3)].join("\n\n")
    );
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
