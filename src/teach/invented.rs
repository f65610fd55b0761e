//! What not to repeat: vivid sentences of a session that the story made up.

use std::collections::HashSet;

use crate::engine::Session;
use crate::story::{FactStatus, SeatId, Story};
use crate::text;
use crate::view::{Mark, mark_of};

/// Words with which a sentence says what may be, is wished or is asked, and not what happened.
const NOT_TOLD: [&str; 17] = [
    "you", "your", "yours", "could", "can", "cannot", "may", "might", "must", "should", "would", "will", "shall", "if",
    "perhaps", "unless", "whether",
];
/// Words that only somebody who speaks may say of themselves.
const SPOKEN: [&str; 5] = ["i", "me", "my", "we", "us"];

/// A sentence and a fact that share this many words of weight tell of the same thing.
const SHARED: usize = 2;

/// Three sentences of what this seat has read, from its beginning, middle and end, that tell of somebody as if it had
/// happened and rest on no fact.
#[must_use]
pub fn invented(session: &Session<'_>, seat: SeatId) -> Vec<String> {
    let story = session.story();
    if story.facts.is_empty() {
        return Vec::new();
    }
    let whole = session.full_history(seat);
    let told = || whole.page(seat).filter(|block| block.kind.is_told());
    let mut people: HashSet<String> = told().flat_map(|block| speakers(&text::plain(block.text))).collect();
    people.extend(story.seats.iter().flat_map(|seat| names(&seat.name)));
    let facts: Vec<HashSet<String>> = facts(story, &people);
    let mut found: Vec<String> = Vec::new();
    for block in told() {
        for paragraph in text::paragraphs(block.text) {
            // What stands beside a cited sentence may go on telling the same fact.
            if paragraph.sentences.iter().any(|sentence| mark_of(story, sentence) != Mark::Invented) {
                continue;
            }
            for sentence in &paragraph.sentences {
                let words: String = sentence.runs.iter().map(|run| run.text).collect();
                let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
                if tells(&words, &people) && !is_known(&words, &people, &facts) && !found.contains(&words) {
                    found.push(words);
                }
            }
        }
    }
    let mut picked: Vec<usize> = [1, 3, 5].iter().map(|part| found.len() * part / 6).collect();
    picked.dedup();
    picked.into_iter().filter_map(|at| found.get(at).cloned()).collect()
}

/// Whether a sentence tells of somebody what they did, or said, as if it had happened.
fn tells(words: &str, people: &HashSet<String>) -> bool {
    let count = words.split(' ').count();
    // Half of a quotation would read as ours.
    let whole = words.matches('“').count() == words.matches('”').count();
    let small = words.to_lowercase();
    let outside = outside_quotes(&small);
    let unsaid = letters(&small).any(|word| NOT_TOLD.contains(&word));
    let spoken = letters(&outside).any(|word| SPOKEN.contains(&word));
    let numbers = small.chars().any(|c| c.is_ascii_digit());
    let subject = ["he ", "she "].iter().any(|who| small.starts_with(who))
        || people.iter().any(|who| small.strip_prefix(who.as_str()).is_some_and(|rest| rest.starts_with(' ')))
        || !speakers(words).is_empty();
    whole
        && subject
        && !unsaid
        && !spoken
        && !numbers
        && !words.contains('?')
        && words.ends_with(['.', '”'])
        && (8..=26).contains(&count)
}

fn letters(words: &str) -> impl Iterator<Item = &str> {
    words.split(|c: char| !c.is_alphanumeric())
}

/// What stands between no quotation marks.
fn outside_quotes(words: &str) -> String {
    let mut depth = 0_usize;
    let keep = |c: &char| {
        match c {
            '“' => depth += 1,
            '”' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0
    };
    words.chars().filter(keep).collect()
}

/// Those who are told to speak: of ““Tea,” says the elder” the elder.
fn speakers(words: &str) -> Vec<String> {
    const VERBS: [&str; 8] = ["says ", "said ", "asks ", "asked ", "says, ", "answers ", "answered ", "thinks "];
    let found = |(at, mark): (usize, &str)| {
        let rest = &words[at + mark.len()..];
        let rest = rest.trim_start();
        let who = VERBS.iter().find_map(|verb| rest.strip_prefix(verb))?;
        let length = if who.starts_with("the ") { 2 } else { 1 };
        let name: Vec<&str> = who.split_whitespace().take(length).collect();
        let name = name.join(" ").trim_end_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        (name.len() > 2 && !NOT_TOLD.contains(&name.as_str())).then_some(name)
    };
    words.match_indices('”').filter_map(found).collect()
}

/// A seat’s name in full, and its last word: “emmanuel macron”, “macron”.
fn names(name: &str) -> Vec<String> {
    let name = name.to_lowercase();
    let last = name.rsplit(' ').next().filter(|_| !name.starts_with("the ")).map(str::to_owned);
    [name.clone()].into_iter().chain(last).filter(|name| !name.is_empty()).collect()
}

/// The words of weight of each fact and each of its versions.
fn facts(story: &Story, people: &HashSet<String>) -> Vec<HashSet<String>> {
    let mut out = Vec::new();
    for fact in &story.facts {
        let mut texts = vec![fact.text.clone()];
        if let FactStatus::Disputed(versions) = &fact.status {
            texts.extend(versions.iter().map(|(text, _)| format!("{} {text}", fact.text)));
        }
        out.extend(texts.iter().map(|text| weighty(text, people)));
    }
    out
}

/// Whether a fact speaks of what a sentence tells.
fn is_known(words: &str, people: &HashSet<String>, facts: &[HashSet<String>]) -> bool {
    let own = weighty(words, people);
    facts.iter().any(|fact| fact.intersection(&own).count() >= SHARED)
}

/// The words of five letters and more, by their first five, so that *talk* and *talked* are one; without names.
fn weighty(words: &str, people: &HashSet<String>) -> HashSet<String> {
    const COMMON: [&str; 14] = [
        "about", "again", "after", "befor", "becau", "could", "where", "which", "there", "their", "other", "would",
        "never", "still",
    ];
    let small = text::plain(words).to_lowercase();
    small
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() >= 5)
        .filter(|word| !people.iter().any(|who| who.split(' ').any(|part| part == *word)))
        .map(|word| word.chars().take(5).collect::<String>())
        .filter(|word| !COMMON.contains(&word.as_str()))
        .collect()
}
