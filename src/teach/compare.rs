//! Sessions of several groups side by side: how they ended, where they parted, what became of one message in each.

use std::fmt::Write as _;

use crate::engine::{By, OfferedStep, Pick, Session, Step};
use crate::record::GROUPS;
use crate::story::{MessageId, SceneId, SeatId, Story};
use crate::text;

use super::turns::is_changed;

/// The name of the group with this number: a colour, and after these the number.
#[must_use]
pub fn group(number: usize) -> String {
    GROUPS.get(number).map_or_else(|| format!("Group {}", number + 1), |name| (*name).to_owned())
}

/// A group's name in one word, as it is typed and as its file is called: “blue”, “group-9”.
#[must_use]
pub fn group_word(name: &str) -> String {
    name.to_lowercase().replace(' ', "-")
}

/// A group's name by the word for it; any other stays as it was typed.
#[must_use]
pub fn group_named(typed: &str) -> String {
    let number = typed.to_lowercase().strip_prefix("group-").and_then(|number| number.parse::<usize>().ok());
    let of_number = number.and_then(|number| number.checked_sub(1)).map(group);
    let named = GROUPS
        .iter()
        .map(|name| (*name).to_owned())
        .chain(of_number)
        .find(|name| group_word(name) == group_word(typed));
    named.unwrap_or_else(|| text::clean_line(typed).into_owned())
}

/// A decision of a session, by whom and in what words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    pub scene: SceneId,
    pub pick: Pick,
    pub seat: usize,
    pub words: String,
    /// Who took it; silence, where the time of a turn was over.
    pub by: By,
    /// How many inputs of the log came before it.
    pub before: usize,
    /// Its place in the log, where it came from outside.
    pub input: Option<usize>,
    /// Minutes on the story's clock before it.
    pub minutes: Option<i16>,
}

/// Every decision of a session, whoever took it, in the words in which it was offered.
#[must_use]
pub fn decisions(session: &Session<'_>) -> Vec<Decided> {
    let decided = |offered: &OfferedStep<'_>| {
        let Step { scene, seat, pick, by } = offered.step;
        Decided {
            scene,
            pick,
            seat: seat.index(),
            words: text::plain(&offered.words),
            by,
            before: offered.before,
            input: (by == By::Person).then_some(offered.before),
            minutes: offered.minutes,
        }
    };
    session.offered_steps().iter().map(decided).collect()
}

/// The board as text: a heading a line, and under it what each group has.
#[must_use]
pub fn board(sessions: &[(String, Session<'_>)], follow: Option<MessageId>) -> String {
    let Some((_, first)) = sessions.first() else { return String::new() };
    let story = first.story();
    let mut out = String::from("How it ended\n");
    for (name, session) in sessions {
        let ending = session.ending().map_or("not ended", |id| story.endings[id.index()].title.as_str());
        let _ = writeln!(out, "  {name}: {ending}");
    }
    parted(story, sessions, &mut out);
    followed(story, sessions, follow, &mut out);
    hands(story, sessions, &mut out);
    if !story.chronicle.is_empty() {
        out.push_str("\nAs reported\n");
        for moment in &story.chronicle {
            let time = crate::view::time(story, moment.time.into());
            let _ = writeln!(out, "  {time}: {}", text::plain(&moment.text));
        }
    }
    out
}

/// The first decisions that not all groups took alike, as long as they stood at the same one.
fn parted(story: &Story, sessions: &[(String, Session<'_>)], out: &mut String) {
    let all: Vec<Vec<Decided>> = sessions.iter().map(|(_, session)| decisions(session)).collect();
    let own = |step: &&Decided| step.by != By::Story;
    let _ = writeln!(out, "\nWhere they parted");
    let mut shown = 0;
    let mut scenes: Vec<SceneId> = Vec::new();
    for step in all.iter().flatten().filter(own) {
        if !scenes.contains(&step.scene) {
            scenes.push(step.scene);
        }
    }
    for scene in scenes {
        let at: Vec<Option<&Decided>> = all
            .iter()
            .map(|steps| {
                let here = || steps.iter().filter(|step| step.scene == scene);
                here().find(own).or_else(|| here().next())
            })
            .collect();
        // The same choice may be offered in other words; what the story decided for a group parted it from none.
        let owned = || at.iter().flatten().copied().filter(own);
        let different = owned().any(|step| owned().any(|other| other.pick != step.pick));
        if !different {
            continue;
        }
        shown += 1;
        let _ = writeln!(out, "  {}:", stood(story, sessions, &at));
        for ((name, _), step) in sessions.iter().zip(&at) {
            let words = match step {
                None => "did not come here".to_owned(),
                Some(step) if step.by == By::Silence => {
                    format!("nobody decided in time, which came to: {}", step.words)
                }
                Some(step) if step.by == By::Story => format!("the story decided: {}", step.words),
                Some(step) => step.words.clone(),
            };
            let _ = writeln!(out, "    {name}: {words}");
        }
        if shown == 12 {
            break;
        }
    }
    if shown == 0 {
        out.push_str("  Nowhere: every group decided alike.\n");
    }
}

/// Who decided here, in which part of the story, where and when, in the story's words: “The aide: 2. The line, 8.50”.
fn stood(story: &Story, sessions: &[(String, Session<'_>)], at: &[Option<&Decided>]) -> String {
    let Some((session, step)) = sessions.iter().zip(at).find_map(|((_, session), step)| Some((session, (*step)?)))
    else {
        return String::new();
    };
    let scene = story.scene(step.scene);
    let seat = story.seats.get(step.seat);
    let then = session.rewound_to(step.before);
    let place = scene.place().or_else(|| seat.map(|seat| seat.place.as_str()));
    let mut hours: Vec<i16> = at.iter().flatten().filter_map(|step| step.minutes).collect();
    hours.sort_unstable();
    let hour = |minutes: &i16| {
        let starts = story.clock.as_ref().map_or(0, |clock| clock.starts);
        crate::view::time(story, i32::from(starts) + i32::from(*minutes))
    };
    let hours = match (hours.first(), hours.last()) {
        (Some(first), Some(last)) if first == last => Some(hour(first)),
        (Some(first), Some(last)) => Some(format!("{} to {}", hour(first), hour(last))),
        _ => None,
    };
    let told = [then.part(SeatId::new(step.seat)), place].into_iter().flatten().filter(|words| !words.is_empty());
    let mut told: Vec<String> = told.map(text::plain).chain(hours).collect();
    told.dedup();
    let who = seat.map(|seat| seat.name.as_str()).filter(|name| !name.is_empty());
    match (who, told.is_empty()) {
        (Some(who), false) => format!("{who}: {}", told.join(", ")),
        (Some(who), true) => who.to_owned(),
        (None, false) => told.join(", "),
        (None, true) => "At a decision".to_owned(),
    }
}

/// One message through every group: the one asked for, else the one that was changed in most of them, of these the one that
/// most of them sent.
fn followed(story: &Story, sessions: &[(String, Session<'_>)], follow: Option<MessageId>, out: &mut String) {
    let sent = |message: MessageId| {
        sessions.iter().filter(|(_, session)| session.trail().passings.iter().any(|p| p.message == message)).count()
    };
    let all = (0..story.messages.len()).map(MessageId::new);
    let changed = |message: MessageId| {
        let is_changed = |(_, session): &&(String, Session<'_>)| {
            let mut passings = session.trail().passings.iter();
            passings.find(|passing| passing.message == message).is_some_and(is_changed)
        };
        sessions.iter().filter(is_changed).count()
    };
    let most = all.max_by_key(|id| (changed(*id), sent(*id), usize::MAX - id.index()));
    let Some(message) = follow.or(most) else { return };
    let _ = writeln!(out, "\nOne message through every group: {}", story.messages[message.index()].every_word(story));
    for (name, session) in sessions {
        let passing = session.trail().passings.iter().find(|passing| passing.message == message);
        match passing {
            None => {
                let _ = writeln!(out, "  {name}: it was never sent");
            }
            Some(passing) => {
                let _ = writeln!(out, "  {name}, meant: {}", text::plain(&passing.meant));
                let heard = passing.heard.as_deref().map_or_else(|| "it never arrived".to_owned(), text::plain);
                let _ = writeln!(out, "  {name}, heard: {heard}");
            }
        }
    }
}

/// Writes how many messages arrived, and how many as they were meant, for each session.
fn hands(story: &Story, sessions: &[(String, Session<'_>)], out: &mut String) {
    if story.messages.is_empty() {
        return;
    }
    out.push_str("\nWhat was meant and what was heard\n");
    for (name, session) in sessions {
        let counted = MessageCounts::of(session);
        let _ = writeln!(
            out,
            "  {name}: {} arrived, {} of them in the words in which they were meant",
            text::counted(counted.heard, "message"),
            counted.whole
        );
    }
}

/// How much of what happened in a session.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MessageCounts {
    pub sent: usize,
    pub heard: usize,
    /// In the words in which they were meant.
    pub whole: usize,
    pub silences: usize,
}

impl MessageCounts {
    #[must_use]
    pub fn of(session: &Session<'_>) -> Self {
        let passings = &session.trail().passings;
        let heard = |passing: &&crate::engine::Passing| passing.heard.is_some();
        Self {
            sent: passings.len(),
            heard: passings.iter().filter(heard).count(),
            whole: passings.iter().filter(|passing| passing.heard.as_deref() == Some(passing.meant.as_str())).count(),
            silences: session.steps().filter(|step| step.by == By::Silence).count(),
        }
    }
}

/// A session's decisions as rows for a spreadsheet: see [`CSV_HEADER`]. `votes` are by index of the log.
#[must_use]
pub fn csv_rows(name: &str, session: &Session<'_>, votes: &[(usize, String)]) -> String {
    let story = session.story();
    let mut out = String::new();
    for (number, step) in decisions(session).iter().enumerate() {
        let seat = story.seats.get(step.seat).map_or("", |seat| seat.name.as_str());
        let by = match step.by {
            By::Person => "person",
            By::Silence => "silence",
            By::Story | By::Log => "story",
        };
        let vote = votes.iter().find(|(at, _)| step.input == Some(*at)).map_or("", |(_, vote)| vote.as_str());
        let minutes = step.minutes.map(|minutes| minutes.to_string()).unwrap_or_default();
        let ending = session.ending().map_or("", |id| story.endings[id.index()].title.as_str());
        let number = (number + 1).to_string();
        let cells = [name, &number, seat, &story.scene(step.scene).id, &step.words, by, &minutes, ending, vote];
        let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
        out.push_str(&cells.join(","));
        out.push_str("\r\n");
    }
    out
}

/// The first row: the group, the decision's number, whose decision, where, what, by whom it was taken (`person`,
/// `story`, or `silence` where the time of a turn was over), minutes since the session began on the story's clock, how
/// the session ended, and the votes for each choice or whose hand it was, where a class kept them. No names of pupils,
/// no times of day.
pub const CSV_HEADER: &str = "group,number,seat,scene,decision,by,minutes,ending,vote\r\n";

/// A cell that no spreadsheet takes for a formula.
fn quoted(cell: &str) -> String {
    let guard = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{guard}{}\"", cell.replace('"', "\"\"").replace(['\n', '\r'], " "))
}
