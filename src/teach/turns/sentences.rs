//! What would have changed, in sentences.

use std::collections::HashSet;

use crate::engine::Passing;
use crate::story::{SeatId, Story};
use crate::teach::crossing::{Edit, at, edits};
use crate::text::{self, compare};

use super::TriedOutcome;
use super::tries::OwnDecision;

/// The longest two stretches of words, together, that are set against each other within a sentence; longer ones are
/// understood only where they stand.
const SHORT: usize = 4;
/// The longest message that is told whole within one.
const WHOLE: usize = 24;

/// “8.40: you sent “ease”; it was heard as “lift”.” Where it arrived as it was meant, the words that are told are those
/// that would not have been heard.
pub(super) fn happened(story: &Story, passing: &Passing, seat: SeatId, came: &TriedOutcome<'_>) -> String {
    let meant = text::plain(&passing.meant);
    let time = at(story, passing.sent_at).map(|time| format!("{time}: ")).unwrap_or_default();
    let who = name(story, passing.from, seat);
    let told = match passing.heard.as_deref().map(text::plain) {
        None => format!("{who} sent word, and it never arrived: “{}”.", cut(&meant)),
        Some(heard) => {
            let became = if passing.carried_by == Some(seat) { "you made it" } else { "it was heard as" };
            match replaced(&meant, &heard) {
                Some(edit) => format!("{who} sent “{}”; {became} “{}”.", edit.lost, edit.gained),
                None if edits(&compare(&meant, &heard)).is_empty() => {
                    let there = came.passing.as_ref().and_then(|passing| passing.heard.as_deref()).map(text::plain);
                    match there.and_then(|there| replaced(&heard, &there)) {
                        Some(edit) => format!("{who} sent “{}”, and it was heard so.", edit.lost),
                        None => format!("{who} sent “{}”, and it was heard so.", cut(&heard)),
                    }
                }
                None => format!("{who} sent “{}”; {became} “{}”.", cut(&meant), cut(&heard)),
            }
        }
    };
    if time.is_empty() { text::upper_first(&told) } else { format!("{time}{told}") }
}

/// “Had the aide chosen “Word for word”, this same game would have ended: “The reported night”.”
pub(super) fn otherwise(
    story: &Story,
    passing: &Passing,
    seat: SeatId,
    came: &TriedOutcome<'_>,
    quote: Option<&str>,
) -> String {
    let who = name(story, came.tried.step.seat, seat);
    let heard = |passing: &Passing| passing.heard.as_deref().map(text::plain);
    let words = match (heard(passing), came.passing.as_ref().and_then(heard)) {
        (Some(here), Some(there)) if here != there => match replaced(&here, &there) {
            Some(edit) => format!("“{}” would have been “{}”, and ", edit.lost, edit.gained),
            None => format!("it would have been heard as “{}”, and ", cut(&there)),
        },
        _ => String::new(),
    };
    let result = match came.ending {
        Some(ending) => {
            format!("this same game would have ended: “{}”.", story.endings[ending.index()].title)
        }
        None => match quote {
            Some(sentence) => format!("from there on you would have read, in the end: “{sentence}”"),
            None => "you would have read other words from there on.".to_owned(),
        },
    };
    format!("Had {who} chosen “{}”, {words}{result}", came.tried.words.trim_end_matches('.'))
}

/// “at 8.50, “Wait.” instead of “Promise it.””
pub(super) fn decision(story: &Story, own: &OwnDecision, instead: &str) -> String {
    let place = match at(story, own.minutes) {
        Some(time) => format!("at {time}, "),
        None if !own.part.is_empty() => format!("in “{}”, ", text::plain(&own.part)),
        None => String::new(),
    };
    let words = |words: &str| words.trim_end_matches('.').to_owned();
    format!("{place}“{}” instead of “{}”", words(instead), words(&own.words))
}

/// A seat within a sentence: “you”, “the aide”, “Emmanuel Macron”.
fn name(story: &Story, seat: SeatId, own: SeatId) -> String {
    if seat == own {
        return "you".to_owned();
    }
    let name = &story.seats[seat.index()].name;
    name.strip_prefix("The ").map_or_else(|| name.clone(), |rest| format!("the {rest}"))
}

/// The words that stand in the place of others, where that is what the difference is: the only ones that do, and few.
fn replaced(first: &str, second: &str) -> Option<Edit> {
    let edits = edits(&compare(first, second));
    if edits.len() > 2 {
        return None;
    }
    let mut became = edits.into_iter().filter(|edit| !edit.lost.is_empty() && !edit.gained.is_empty());
    let count = |text: &str| text.split_whitespace().count();
    let first = became.next().filter(|edit| count(&edit.lost) + count(&edit.gained) <= SHORT);
    first.filter(|_| became.next().is_none())
}

/// A message of an ordinary length whole, a longer one by its beginning.
fn cut(words: &str) -> String {
    let all: Vec<&str> = words.split_whitespace().collect();
    if all.len() <= WHOLE { all.join(" ") } else { format!("{} …", all[..WHOLE].join(" ")) }
}

/// The fewest and the most words of a sentence that is quoted.
const QUOTED: std::ops::RangeInclusive<usize> = 7..=32;

/// Of new paragraphs the last sentence that is new as well and can be quoted as it stands: rather one that repeats what
/// was heard `then` and not `now`.
pub(super) fn quotable(
    new: &[String],
    read: &HashSet<String>,
    (now, then): (Option<&Passing>, Option<&Passing>),
) -> Option<String> {
    let is_whole = |sentence: &String| {
        let balanced = sentence.matches('“').count() == sentence.matches('”').count();
        let length = sentence.split_whitespace().count();
        balanced && QUOTED.contains(&length) && sentence.starts_with(char::is_uppercase) && !read.contains(sentence)
    };
    let all: Vec<String> = new.iter().flat_map(|words| text::plain_sentences(words)).filter(is_whole).collect();
    let heard = |passing: Option<&Passing>| words_of(passing.and_then(|it| it.heard.as_deref()).unwrap_or_default());
    let (now, then) = (heard(now), heard(then));
    let other: Vec<&String> = then.difference(&now).filter(|word| word.chars().count() >= TELLING).collect();
    let repeats = |sentence: &&String| {
        let words = words_of(sentence);
        other.iter().any(|word| words.contains(*word))
    };
    let found = all.iter().rfind(repeats).or(all.last())?;
    Some(found.replace('“', "‘").replace('”', "’"))
}

/// The fewest letters of a word that tells what was heard.
const TELLING: usize = 4;

fn words_of(text: &str) -> HashSet<String> {
    let words = text::plain(text);
    let words = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}
