//! One message's way in words: what was meant, what was carried, what was heard, and what the difference is.

use crate::engine::{Passing, Session};
use crate::story::{Manner, MannerId, SeatId, Story};
use crate::text::{self, WordChange, compare};
use crate::view::{strings, time};

/// Of this many words one may be another for the differences to be told one by one; with more, both sentences stand.
const ONE_IN: usize = 3;
/// Most words between two replacements that are told as one.
const BETWEEN: usize = 2;

/// One message's way, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crossing {
    /// “Macron → Rouhani, on a card, exactly so; sent at 8.50, arrived at 9.00”
    pub sent: String,
    pub meant: String,
    /// “The aide chose “Soften it”.”, “The aide chose “Word for word”, and it arrived as it was said.” Empty where nobody carried it.
    pub carried: String,
    /// Empty where it never arrived.
    pub heard: String,
    /// What was meant against what was heard, word by word.
    pub changes: Vec<WordChange>,
    /// The difference as a person tells it: “ease” became “lift”. Empty where so much is
    /// other that the two sentences tell it better, or where `carried` has it that nothing is.
    pub told: String,
    /// What happened to it later, in sentences.
    pub later: String,
    /// Of one that was changed, where it is known: what would have come of it as it was meant.
    pub unchanged: String,
}

impl Crossing {
    /// True if it arrived in the words in which it was meant.
    #[must_use]
    pub fn is_unchanged(&self) -> bool {
        are_same(&self.changes)
    }

    /// All that is told of it below its words, in sentences.
    #[must_use]
    pub fn sentences(&self) -> String {
        let all = [&self.carried, &self.told, &self.later, &self.unchanged].into_iter();
        all.map(String::as_str).filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// What was meant, in stretches; `true` beside those that were not heard.
    #[must_use]
    pub fn meant_marked(&self) -> Vec<(String, bool)> {
        if self.changes.is_empty() {
            return vec![(self.meant.clone(), false)];
        }
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

fn crossing(story: &Story, passing: &Passing) -> Crossing {
    let name = |list: &[Manner], id: Option<MannerId>| id.map(|id| list[id.index()].name.clone());
    let seat = |seat: SeatId| story.seats[seat.index()].name.clone();
    // Names stand as they are written: “The mother → The clerk”.
    let mut sent = vec![from_to(story, passing)];
    sent.extend(name(&story.carriers, passing.carrier).map(|name| text::lower_first(&name)));
    sent.extend(name(&story.licences, passing.licence).map(|name| text::lower_first(&name)));
    let meant = text::plain(&passing.meant);
    let heard = passing.heard.as_deref().map(text::plain).unwrap_or_default();
    let chose = |seat: String, words: &str| format!("{seat} chose “{}”.", text::plain(words).trim_end_matches('.'));
    // A reading's own words say more than the way of passing; what they promise stands behind a colon.
    let readings = &story.messages[passing.message.index()].heard;
    let reading = passing.treatment.and_then(|id| readings.get(id.index())?.as_ref());
    let own = reading.and_then(|reading| reading.say.as_deref()).map(text::plain);
    let own = own.map(|own| own.split(": ").next().unwrap_or_default().to_owned());
    let treated = own.or_else(|| name(&story.treatments, passing.treatment));
    let mut carried = passing.carried_by.map(seat).zip(treated).map(|(seat, treated)| chose(seat, &treated));
    let handled = name(&story.handlings, passing.handling).map(|handling| chose(seat(passing.to), &handling));
    let corrected = passing.corrected.map(|now| corrected(story, passing, now));
    let changes = if heard.is_empty() { Vec::new() } else { compare(&meant, &heard) };
    let mut told = if heard.is_empty() { strings::NEVER_ARRIVED.to_owned() } else { difference(&changes) };
    if let (Some(carried), true) = (&mut carried, !heard.is_empty() && are_same(&changes)) {
        *carried = format!("{}, and {}", carried.trim_end_matches('.'), text::lower_first(&std::mem::take(&mut told)));
    }
    Crossing {
        sent: [sent.join(", ")].into_iter().chain(hours(story, passing)).collect::<Vec<_>>().join("; "),
        told,
        changes,
        meant,
        carried: carried.unwrap_or_default(),
        heard,
        later: handled.into_iter().chain(corrected).collect::<Vec<_>>().join(" "),
        unchanged: String::new(),
    }
}

/// “Macron → Rouhani”; or to whom it was really for, where that is nobody with a seat.
pub(super) fn from_to(story: &Story, passing: &Passing) -> String {
    let name = |seat: SeatId| &story.seats[seat.index()].name;
    let to = story.messages[passing.message.index()].addressee.as_ref().unwrap_or(name(passing.to));
    format!("{} → {to}", name(passing.from))
}

/// “sent at 8.40, arrived at 8.55”: the hours of the pages on which it was sent, and read. The seat that carries a
/// message to itself has it at once, and so has one that decides nothing more.
fn hours(story: &Story, passing: &Passing) -> Option<String> {
    let sent = at(story, passing.sent_at)?;
    let read_at = passing.read_at.filter(|_| passing.carried_by != Some(passing.to));
    Some(match at(story, read_at.or(passing.heard_at)) {
        None => format!("sent at {sent}"),
        Some(arrived) if arrived == sent => format!("sent and heard at {sent}"),
        Some(arrived) => format!("sent at {sent}, arrived at {arrived}"),
    })
}

/// What a message that was heard one way came to count as: set right only where it then says what was meant.
fn corrected(story: &Story, passing: &Passing, now: MannerId) -> String {
    let message = &story.messages[passing.message.index()];
    let reading = message.heard.get(now.index()).and_then(|reading| reading.as_ref());
    let words = |template| story.prose.as_literal(template).map(text::plain);
    let is_right = reading.and_then(|reading| words(reading.text)).is_some_and(|now| words(message.gist) == Some(now));
    if is_right {
        return "It was set right before the end.".to_owned();
    }
    let name = || story.treatments.get(now.index()).map(|treatment| treatment.name.clone());
    let stood = reading.and_then(|reading| words(reading.text)).or_else(name);
    format!("Before the end it stood as “{}”.", stood.unwrap_or_default().trim_end_matches('.'))
}

/// The difference in a sentence; nothing where more than one word in three is another, or where words were replaced in
/// one place and left out or put in at another: that is told better by both sentences.
fn difference(changes: &[WordChange]) -> String {
    let edits = edits(changes);
    if edits.is_empty() {
        return "It arrived as it was said.".to_owned();
    }
    let of = |stands: fn(&WordChange) -> Option<&String>| changes.iter().filter_map(stands).map(|it| words(it)).sum();
    let meant: usize = of(|change| match change {
        WordChange::Same(text) | WordChange::Lost(text) => Some(text),
        WordChange::Gained(_) => None,
    });
    let heard: usize = of(|change| match change {
        WordChange::Same(text) | WordChange::Gained(text) => Some(text),
        WordChange::Lost(_) => None,
    });
    let changed: usize = edits.iter().map(|edit| words(&edit.lost).max(words(&edit.gained))).sum();
    if changed * ONE_IN > meant.max(heard) {
        let cut = edits.iter().all(|edit| edit.gained.is_empty());
        return if cut { "The rest was left out." } else { "" }.to_owned();
    }
    let kind = |edit: &Edit| (edit.lost.is_empty(), edit.gained.is_empty());
    if edits.iter().any(|edit| kind(edit) != kind(&edits[0])) {
        return String::new();
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

/// What differs, as a person would mark it: a single word between two changes belongs to both of them, and so do two
/// between two replacements: “in both their names” became “for both their sakes”.
fn edits(changes: &[WordChange]) -> Vec<Edit> {
    let mut out: Vec<Edit> = Vec::new();
    let mut open = Edit::default();
    for (at, change) in changes.iter().enumerate() {
        match change {
            WordChange::Lost(text) => Edit::push(&mut open.lost, text),
            WordChange::Gained(text) => Edit::push(&mut open.gained, text),
            WordChange::Same(text) => {
                let between = match &changes[at + 1..] {
                    _ if open.is_empty() => 0,
                    [] => 0,
                    [WordChange::Lost(_), WordChange::Gained(_), ..]
                        if !open.lost.is_empty() && !open.gained.is_empty() =>
                    {
                        BETWEEN
                    }
                    _ => 1,
                };
                if words(text) <= between {
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
            ("that he would lift it", "that he would lift it.", "It arrived as it was said."),
            (
                "that he believes Washington could ease the sanctions once talks begin",
                "that Washington could lift the sanctions once talks begin",
                "",
            ),
            (
                "that he believes Washington could ease the American sanctions once talks begin",
                "that he believes Washington could lift the American sanctions when talks begin",
                "“ease” became “lift”; “once” became “when”.",
            ),
            ("the question what has been agreed in his name", "the question by what right anything was agreed", ""),
            (
                "that it rains there this evening",
                "that it rains there, they say, this evening",
                "“they say” was put in.",
            ),
            (
                "that he took the call, and gave thanks in both their names",
                "that he took the call, and gave thanks for both their sakes",
                "“in both their names” became “for both their sakes”.",
            ),
            ("that he would find the points acceptable", "that he would have accepted the points", ""),
            (
                "thanks for having come, and the thought that pictures belong at the end",
                "thanks",
                "The rest was left out.",
            ),
            (
                "that a public word must come before any voice",
                "that a word must be said in front of the public, then the voice",
                "",
            ),
            ("that it rains", "a long story about a dog and a boat", ""),
        ] {
            assert_eq!(difference(&compare(meant, heard)), says);
        }
    }
}
