//! What would have changed, in sentences.

use crate::story::{SeatId, Story};
use crate::teach::crossing::at;
use crate::text;
use crate::view::StatusLine;

use super::Alternative;
use super::outcome::{Played, Replayed};
use super::tries::{OwnDecision, Try, heard, is_changed};

/// “At 8.40 you chose “Send word”. “he could ease” was heard as “he would lift”.” What arrived as it was meant is not
/// told of: nothing happened to it.
pub(super) fn happened(played: &Played<'_, '_>, tried: &Try) -> String {
    let story = played.story();
    let passing = tried.passing.and_then(|at| played.session.trail().passings.get(at));
    let became =
        passing.filter(|passing| is_changed(passing)).map(|passing| (text::plain(&passing.meant), heard(passing)));
    match (&tried.own, became) {
        (Some(own), became) => {
            let chose = match place(story, own) {
                Some(place) => format!("{} you chose “{}”.", text::upper_first(&place), bare(&own.words)),
                None => format!("You chose “{}”.", bare(&own.words)),
            };
            match became {
                None => chose,
                Some((meant, None)) => format!("{chose} “{meant}” never arrived."),
                Some((meant, Some(heard))) => format!("{chose} “{meant}” was heard as “{heard}”."),
            }
        }
        (None, became) => {
            let time = at(story, passing.and_then(|passing| passing.sent_at));
            let you = time.map_or_else(|| "You".to_owned(), |time| format!("At {time} you"));
            match became {
                Some((meant, Some(heard))) => format!("{you} sent “{meant}”; it was heard as “{heard}”."),
                Some((meant, None)) => format!("{you} sent “{meant}”; it never arrived."),
                None => String::new(),
            }
        }
    }
}

/// “Had the aide chosen “Word for word”, it would have been heard as “he could ease”. You would have read: “They stay
/// in.” The game would have ended: “The reported night”.”
pub(super) fn alternative(played: &Played<'_, '_>, outcome: &Replayed<'_>) -> Alternative {
    let (story, tried) = (played.story(), outcome.tried);
    let ending = outcome.ending.map(|ending| &story.endings[ending.index()]);
    let now = tried.passing.and_then(|at| played.session.trail().passings.get(at)).and_then(heard);
    let mut clauses: Vec<String> = Vec::new();
    if let Some(there) = outcome.passing.as_ref().and_then(heard).filter(|there| now.as_ref() != Some(there)) {
        clauses.push(format!("it would have been heard as “{there}”."));
    }
    clauses.extend(outcome.gained.as_ref().map(|read| format!("you would have read: “{read}”")));
    clauses.push(match ending {
        Some(ending) => {
            let because = text::plain(&ending.because);
            format!("the game would have ended: “{}”. {because}", ending.title).trim_end().to_owned()
        }
        None if outcome.is_open => "what comes after that you would have had to decide anew.".to_owned(),
        None => match &outcome.status[..] {
            [] => "it would have ended the same.".to_owned(),
            lines => format!("it would have ended the same, but {}.", listed(lines)),
        },
    });
    let who = name(story, tried.step.seat, played.seat);
    let mut told = format!("Had {who} chosen “{}”, ", bare(&tried.words));
    told.push_str(&clauses.remove(0));
    for clause in clauses {
        told.push(' ');
        told.push_str(&text::upper_first(&clause));
    }
    Alternative { told, read: outcome.gained.clone(), ending: ending.map(|ending| ending.title.clone()) }
}

/// ““Trust” would have stood at “thin” instead of “firm””
fn listed(lines: &[(StatusLine, StatusLine)]) -> String {
    let one = |(here, there): &(StatusLine, StatusLine)| {
        format!("“{}” would have stood at “{}” instead of “{}”", there.name, there.word, here.word)
    };
    lines.iter().map(one).collect::<Vec<_>>().join(" and ")
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

/// A seat within a sentence: “you”, “the aide”, “Emmanuel Macron”.
fn name(story: &Story, seat: SeatId, own: SeatId) -> String {
    if seat == own {
        return "you".to_owned();
    }
    let name = &story.seats[seat.index()].name;
    name.strip_prefix("The ").map_or_else(|| name.clone(), |rest| format!("the {rest}"))
}
