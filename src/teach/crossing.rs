//! One message's way in words: what was meant, what was carried, what was heard, and what the difference is.

use crate::engine::{Passing, Session};
use crate::story::{Manner, MannerId, Reading, SeatId, Story};
use crate::text::{self, WordChange, compare};
use crate::view::time;

/// Most changed stretches that are described one by one; with more it counts as another sentence.
const MOST_EDITS: usize = 3;
/// The longest of them where there are several.
const SEVERAL: usize = 4;
/// The longest where there is one.
const SINGLE: usize = 8;

/// One message's way, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crossing {
    /// “8.50, Macron → Rouhani, on a card, exactly so.”
    pub sent: String,
    pub meant: String,
    /// “The aide: soften it.” Empty where nobody carried it.
    pub carried: String,
    /// Empty where it never arrived.
    pub heard: String,
    /// What was meant against what was heard, word by word.
    pub changes: Vec<WordChange>,
    /// The difference as a person tells it: “ease” became “lift”; “he believes” was left out.
    pub told: String,
    /// What happened to it later.
    pub later: String,
}

impl Crossing {
    /// True if it arrived in the words in which it was meant.
    #[must_use]
    pub fn is_unchanged(&self) -> bool {
        are_same(&self.changes)
    }

    /// What was meant, in stretches; `true` beside those that were not heard.
    #[must_use]
    pub fn meant_marked(&self) -> Vec<(String, bool)> {
        // What is the same in both may be written otherwise; here it stands as it was meant.
        let mut words = self.meant.split_whitespace();
        let stretch = |text: &str, words: &mut std::str::SplitWhitespace<'_>| {
            words.take(text.split_whitespace().count()).collect::<Vec<_>>().join(" ")
        };
        let mut out = Vec::new();
        for change in &self.changes {
            match change {
                WordChange::Same(text) => out.push((stretch(text, &mut words), false)),
                WordChange::Lost(text) => out.push((stretch(text, &mut words), true)),
                WordChange::Gained(_) => {}
            }
        }
        out
    }

    /// What was heard, in stretches; `true` beside those that were not meant.
    #[must_use]
    pub fn heard_marked(&self) -> Vec<(String, bool)> {
        let stretch = |change: &WordChange| match change {
            WordChange::Same(text) => Some((text.clone(), false)),
            WordChange::Gained(text) => Some((text.clone(), true)),
            WordChange::Lost(_) => None,
        };
        self.changes.iter().filter_map(stretch).collect()
    }
}

/// Every message's way in a session, in order.
#[must_use]
pub fn crossings(session: &Session<'_>) -> Vec<Crossing> {
    session.trail().passings.iter().map(|passing| crossing(session.story(), passing)).collect()
}

/// Whether a message was heard in the words in which it was meant.
pub(super) fn is_unchanged(meant: &str, heard: &str) -> bool {
    are_same(&compare(meant, heard))
}

fn are_same(changes: &[WordChange]) -> bool {
    changes.iter().all(|change| matches!(change, WordChange::Same(_)))
}

/// The time on the story's clock, where it has one.
pub(super) fn at(story: &Story, minutes: Option<i16>) -> Option<String> {
    let clock = story.clock.as_ref().zip(minutes);
    clock.map(|(clock, minutes)| time(story, i32::from(clock.starts) + i32::from(minutes)))
}

/// The reading by which a message was heard.
pub(super) fn reading<'s>(story: &'s Story, passing: &Passing) -> Option<&'s Reading> {
    let id = passing.treatment?;
    story.messages[passing.message.index()].heard.get(id.index())?.as_ref()
}

fn crossing(story: &Story, passing: &Passing) -> Crossing {
    let name = |list: &[Manner], id: Option<MannerId>| id.map(|id| list[id.index()].name.clone());
    let seat = |seat: SeatId| story.seats[seat.index()].name.clone();
    let mut sent: Vec<String> = Vec::new();
    sent.extend(at(story, passing.sent_at));
    // Names stand as they are written: “The mother → The clerk”.
    sent.push(format!("{} → {}", seat(passing.from), seat(passing.to)));
    sent.extend(name(&story.carriers, passing.carrier).map(|name| text::lower_first(&name)));
    sent.extend(name(&story.licences, passing.licence).map(|name| text::lower_first(&name)));
    let meant = text::plain(&passing.meant);
    let heard = passing.heard.as_deref().map(text::plain).unwrap_or_default();
    let own = reading(story, passing).and_then(|reading| reading.say.as_deref()).map(text::plain);
    let treated = own.clone().or_else(|| name(&story.treatments, passing.treatment));
    let carried = match (passing.carried_by.map(seat), treated) {
        (Some(carrier), Some(treated)) => format!("{carrier}: {}", text::lower_first(&text::plain(&treated))),
        _ => String::new(),
    };
    let mut later: Vec<String> = Vec::new();
    later.extend(
        name(&story.handlings, passing.handling)
            .map(|handling| format!("{}: {}", seat(passing.to), text::lower_first(&handling))),
    );
    later.extend(passing.corrected.map(|now| corrected(story, passing, now)));
    let changes = if heard.is_empty() { Vec::new() } else { compare(&meant, &heard) };
    Crossing {
        sent: sent.join(", "),
        told: if heard.is_empty() { "It never arrived.".to_owned() } else { difference(&changes, own.as_deref()) },
        changes,
        meant,
        carried,
        heard,
        later: later.join(". "),
    }
}

/// What a message that was heard one way came to count as: set right only where it then says what was meant.
fn corrected(story: &Story, passing: &Passing, now: MannerId) -> String {
    let message = &story.messages[passing.message.index()];
    let reading = message.heard.get(now.index()).and_then(|reading| reading.as_ref());
    let words = |template| story.prose.as_literal(template).map(text::plain);
    let is_right = reading.and_then(|reading| words(reading.text)).is_some_and(|now| words(message.gist) == Some(now));
    if is_right {
        return "Set right before the end".to_owned();
    }
    let own = reading.and_then(|reading| reading.say.as_deref()).map(text::plain);
    let name = own.or_else(|| story.treatments.get(now.index()).map(|treatment| treatment.name.clone()));
    format!("Before the end it stood as “{}”", name.unwrap_or_default().trim_end_matches('.'))
}

/// The difference in a sentence. Where the carrier chose between senses the same words may still not be the same, and
/// what was `chosen` is told.
fn difference(changes: &[WordChange], chosen: Option<&str>) -> String {
    let edits = edits(changes);
    if edits.is_empty() {
        return match chosen {
            Some(say) => {
                format!("The same words arrived, as they were chosen on the way: “{}”.", say.trim_end_matches('.'))
            }
            None => "It arrived as it was meant.".to_owned(),
        };
    }
    let size = |edit: &Edit| words(&edit.lost).max(words(&edit.gained));
    let longest = edits.iter().map(size).max().unwrap_or(0);
    if edits.len() > MOST_EDITS || longest > if edits.len() == 1 { SINGLE } else { SEVERAL } {
        let cut = edits.iter().all(|edit| edit.gained.is_empty());
        return if cut { "The rest was left out." } else { "It arrived as another sentence." }.to_owned();
    }
    let one = |edit: &Edit| match (edit.lost.as_str(), edit.gained.as_str()) {
        (lost, "") => format!("“{lost}” was left out"),
        ("", gained) => format!("“{gained}” was put in"),
        (lost, gained) => format!("“{lost}” became “{gained}”"),
    };
    format!("{}.", edits.iter().map(one).collect::<Vec<_>>().join("; "))
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// A stretch of words that stands in the place of another; either may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Edit {
    lost: String,
    gained: String,
}

impl Edit {
    fn is_empty(&self) -> bool {
        self.lost.is_empty() && self.gained.is_empty()
    }

    fn push(text: &mut String, more: &str) {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(more);
    }
}

/// What differs, as a person would mark it: a single word between two changes belongs to both of them.
fn edits(changes: &[WordChange]) -> Vec<Edit> {
    let mut out: Vec<Edit> = Vec::new();
    let mut open = Edit::default();
    for (at, change) in changes.iter().enumerate() {
        match change {
            WordChange::Lost(text) => Edit::push(&mut open.lost, text),
            WordChange::Gained(text) => Edit::push(&mut open.gained, text),
            WordChange::Same(text) => {
                let between = !open.is_empty() && at + 1 < changes.len();
                if between && words(text) == 1 {
                    Edit::push(&mut open.lost, text);
                    Edit::push(&mut open.gained, text);
                } else if !open.is_empty() {
                    out.push(std::mem::take(&mut open));
                }
            }
        }
    }
    if !open.is_empty() {
        out.push(open);
    }
    for edit in &mut out {
        for text in [&mut edit.lost, &mut edit.gained] {
            *text = text.trim_matches(|c: char| c.is_whitespace() || ".,;:".contains(c)).to_owned();
        }
    }
    out.retain(|edit| !edit.is_empty());
    out
}

#[cfg(test)]
mod tests {
    use super::difference;
    use crate::text::compare;

    #[test]
    fn a_difference_is_told_as_a_person_would_mark_it() {
        for (meant, heard, says) in [
            ("that he would lift it", "that he would lift it.", "It arrived as it was meant."),
            (
                "that he believes Washington could ease the sanctions once talks begin",
                "that Washington could lift the sanctions once talks begin",
                "“he believes” was left out; “ease” became “lift”.",
            ),
            (
                "the question what has been agreed in his name",
                "the question by what right anything was agreed",
                "“what has been agreed in his name” became “by what right anything was agreed”.",
            ),
            ("that it rains", "that it rains, they say", "“they say” was put in."),
            (
                "thanks for having come, and the thought that pictures belong at the end",
                "thanks",
                "The rest was left out.",
            ),
            (
                "that a public word must come before any voice",
                "that a word must be said in front of the public, then the voice",
                "It arrived as another sentence.",
            ),
            ("that it rains", "a long story about a dog and a boat", "It arrived as another sentence."),
        ] {
            assert_eq!(difference(&compare(meant, heard), None), says);
        }
    }

    #[test]
    fn a_sense_that_was_chosen_is_not_called_the_same() {
        assert_eq!(
            difference(&compare("until he speaks", "until he speaks"), Some("Until: as long as.")),
            "The same words arrived, as they were chosen on the way: “Until: as long as”."
        );
    }
}
