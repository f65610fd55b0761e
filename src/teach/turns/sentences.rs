//! What would have changed, in sentences.

use crate::story::{EndingId, SeatId, Story};
use crate::teach::crossing::at;
use crate::teach::standing::standing;
use crate::text;

use super::messages::name;
use super::outcome::{Played, Replayed, StatusChange};
use super::tries::{OwnDecision, Try, heard, is_changed};

/// Most lines of what is counted that are told of one alternative.
const MOST_COUNTED: usize = 3;

/// “At 8.40 you chose “Send word”. “he could ease” was heard as “he would lift”.” What arrived as it was meant is not
/// told of: nothing happened to it.
pub(super) fn happened(played: &Played<'_, '_>, tried: &Try) -> String {
    let story = played.story();
    let passing = tried.passing.and_then(|at| played.session.trail().passings.get(at));
    let became = passing.filter(|passing| is_changed(passing));
    match (&tried.own, became) {
        (Some(own), became) => {
            let chose = match place(story, own) {
                Some(place) => format!("{} you chose “{}”.", text::upper_first(&place), bare(&own.words)),
                None => format!("You chose “{}”.", bare(&own.words)),
            };
            let became = became.map(|passing| match (text::plain(&passing.meant), heard(passing)) {
                (meant, None) => format!(" “{meant}” never arrived."),
                (meant, Some(heard)) => format!(" “{meant}” was heard as “{heard}”."),
            });
            chose + &became.unwrap_or_default()
        }
        (None, Some(passing)) => {
            let from = name(story, passing.from, played.seat);
            let meant = text::plain(&passing.meant);
            let sent = match at(story, passing.sent_at) {
                Some(time) => format!("At {time} {from} sent “{meant}”"),
                None => text::upper_first(&format!("{from} sent “{meant}”")),
            };
            match heard(passing) {
                Some(heard) if passing.to == played.seat => format!("{sent}; you heard “{heard}”."),
                Some(heard) => format!("{sent}; it was heard as “{heard}”."),
                None => format!("{sent}; it never arrived."),
            }
        }
        (None, None) => String::new(),
    }
}

/// “Had the aide chosen “Word for word”, it would have been heard as “he could ease”, and the game would have ended:
/// “The reported night”. You would have read: “They stay in.””
pub(super) fn alternative(played: &Played<'_, '_>, outcome: &Replayed<'_>) -> String {
    let (story, tried) = (played.story(), outcome.tried);
    let now = tried.passing.and_then(|at| played.session.trail().passings.get(at)).and_then(heard);
    let arrived = outcome.passing.as_ref().and_then(heard).filter(|there| now.as_ref() != Some(there));
    let arrived = arrived.map(|there| format!("it would have been heard as “{there}”"));
    let who = name(story, tried.step.seat, played.seat);
    let clauses: Vec<String> = arrived.into_iter().chain([came(played, outcome)]).collect();
    let mut sentences = vec![format!("Had {who} chosen “{}”, {}", bare(&tried.words), clauses.join(", and "))];
    sentences.extend(because(story, outcome.ending));
    sentences.extend(outcome.read.as_ref().map(|read| format!("You would have read: “{read}”")));
    sentences.extend(outcome.is_open.then(|| DECIDE_ANEW.to_owned()));
    sentences.join(" ")
}

/// Of a message that was changed on its way: “Carried as it was meant, it would have led to another ending: “The
/// reported night”.”
pub(super) fn unchanged(played: &Played<'_, '_>, outcome: &Replayed<'_>) -> Option<String> {
    // Where it stops before anything has come of it, nothing is known.
    if outcome.is_open && !outcome.weight.is_noticed() {
        return None;
    }
    let told = [format!("Had it been carried as it was meant, {}", came(played, outcome))];
    let anew = outcome.is_open.then(|| DECIDE_ANEW.to_owned());
    Some(told.into_iter().chain(because(played.story(), outcome.ending)).chain(anew).collect::<Vec<_>>().join(" "))
}

const DECIDE_ANEW: &str = "What comes after that you would have had to decide anew.";

/// What came of it, in a clause with its full stop: another ending, else what is counted, else another message.
fn came(played: &Played<'_, '_>, outcome: &Replayed<'_>) -> String {
    let story = played.story();
    let counted = counted(story, &outcome.counted, played.seat);
    if let Some(ending) = outcome.ending {
        return format!("the game would have ended: “{}”.", story.endings[ending.index()].title);
    }
    match (outcome.is_open, counted, &outcome.message) {
        (false, Some(counted), _) => format!("it would have ended the same, but with {counted}."),
        (false, None, Some(message)) => format!("it would have ended the same, but {message}."),
        (false, None, None) if standing(played.session, played.seat).is_empty() => {
            "it would have ended the same.".to_owned()
        }
        (false, None, None) => {
            "it would have ended the same, and nothing that is counted would have stood otherwise.".to_owned()
        }
        (true, _, Some(message)) => format!("{message}."),
        (true, Some(counted), None) => format!("it would at once have been {counted}."),
        (true, None, None) => "something else would have been asked.".to_owned(),
    }
}

fn because(story: &Story, ending: Option<EndingId>) -> Option<String> {
    let because = text::plain(&story.endings[ending?.index()].because);
    (!because.is_empty()).then_some(because)
}

/// ““The line: thin” instead of “firm””, and for whom where that is not the seat that looks back.
pub(super) fn counted(story: &Story, lines: &[StatusChange], own: SeatId) -> Option<String> {
    let lines = &lines[..lines.len().min(MOST_COUNTED)];
    let of_a_seat = |lines: &[StatusChange]| {
        let one = |StatusChange { here, there, .. }: &StatusChange| {
            format!("“{}: {}” instead of “{}”", there.name, there.word, here.word)
        };
        let told = lines.iter().map(one).collect::<Vec<_>>().join(" and ");
        match lines.first().filter(|first| first.seat != own) {
            Some(other) => format!("{told} for {}", name(story, other.seat, own)),
            None => told,
        }
    };
    let told: Vec<String> = lines.chunk_by(|one, next| one.seat == next.seat).map(of_a_seat).collect();
    (!told.is_empty()).then(|| told.join(", and "))
}

/// “at 8.50, “Wait.” instead of “Promise it.””
pub(super) fn decision(story: &Story, own: &OwnDecision, instead: &str) -> String {
    let place = place(story, own).map(|place| format!("{place}, ")).unwrap_or_default();
    format!("{place}“{}” instead of “{}”", bare(instead), bare(&own.words))
}

/// “at 8.50”, as the page had it; where there is no clock the part of the story.
fn place(story: &Story, own: &OwnDecision) -> Option<String> {
    let time = at(story, own.minutes).map(|time| format!("at {time}"));
    time.or_else(|| (!own.part.is_empty()).then(|| format!("in “{}”", text::plain(&own.part))))
}

/// Words within quotation marks and a sentence.
fn bare(words: &str) -> &str {
    words.trim_end_matches('.')
}
