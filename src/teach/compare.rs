//! Nights of several groups side by side: how they ended, where they parted, what became of one message in each.

use std::fmt::Write as _;

use crate::engine::{Input, Pick, Session, pick_words};
use crate::story::{Kind, MessageId, SceneId, SeatId, Story};
use crate::text;

/// Names for groups: a colour each, and after these a number.
const GROUPS: [&str; 8] = ["Blue", "Green", "Red", "Yellow", "White", "Black", "Violet", "Brown"];

/// The name of the group with this number.
#[must_use]
pub fn group(number: usize) -> String {
    GROUPS.get(number).map_or_else(|| format!("Group {}", number + 1), |name| (*name).to_owned())
}

/// A decision of a night, by whom and in what words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    pub scene: SceneId,
    pub pick: Pick,
    pub seat: usize,
    pub words: String,
    /// A person took it, not the story.
    pub person: bool,
    /// Minutes on the story's clock before it.
    pub minutes: Option<i16>,
}

/// Every decision of a night, whoever took it. The words that a person chose by are known only in the state in which
/// they were chosen, so the night is played once more.
#[must_use]
pub fn decisions(session: &Session<'_>) -> Vec<Decided> {
    let story = session.story();
    let minutes = |night: &Session<'_>| story.clock.as_ref().map(|clock| night.state().value(clock.var));
    let mut shadow = session.until(0);
    let mut out = Vec::new();
    let by_story = |night: &Session<'_>, from: usize, out: &mut Vec<Decided>| {
        for step in &night.steps()[from..] {
            let words = plain_words(story, night, step.seat, step.scene, step.pick);
            let (scene, pick, seat) = (step.scene, step.pick, step.seat.index());
            out.push(Decided { scene, pick, seat, words, person: false, minutes: minutes(night) });
        }
    };
    by_story(&shadow, 0, &mut out);
    for input in session.log() {
        let mut from = shadow.steps().len();
        if let Input::Decide(scene, pick) = *input {
            let seat = shadow.turn().unwrap_or(SeatId::new(0));
            let words = text::plain(&pick_words(story, shadow.state(), shadow.seed(), seat, pick));
            out.push(Decided { scene, pick, seat: seat.index(), words, person: true, minutes: minutes(&shadow) });
            from += 1;
        }
        // The night has taken it once already.
        let _ = shadow.input(*input);
        by_story(&shadow, from, &mut out);
    }
    out
}

/// A choice's words with every branch of them, where the state it was taken in is gone.
fn plain_words(story: &Story, session: &Session<'_>, seat: SeatId, scene: SceneId, pick: Pick) -> String {
    if let (Pick::Choice(at), Kind::Decide(decision)) = (pick, &story.scene(scene).kind)
        && let Some(choice) = decision.choices.get(usize::from(at))
    {
        return text::plain(&choice.say.words());
    }
    text::plain(&pick_words(story, session.state(), session.seed(), seat, pick))
}

/// The board as text: a heading a line, and under it what each group has.
#[must_use]
pub fn board(nights: &[(String, Session<'_>)], follow: Option<MessageId>) -> String {
    let Some((_, first)) = nights.first() else { return String::new() };
    let story = first.story();
    let mut out = String::from("How it ended\n");
    for (name, session) in nights {
        let ending = session.ending().map_or("not ended", |id| story.endings[id.index()].title.as_str());
        let _ = writeln!(out, "  {name}: {ending}");
    }
    parted(story, nights, &mut out);
    followed(story, nights, follow, &mut out);
    hands(story, nights, &mut out);
    if !story.chronicle.is_empty() {
        out.push_str("\nThe reported night\n");
        for moment in &story.chronicle {
            let time = crate::view::time(moment.time, 0);
            let _ = writeln!(out, "  {time}: {}", text::plain(&moment.text));
        }
    }
    out
}

/// The first decisions that not all groups took alike, as long as they stood at the same one.
fn parted(story: &Story, nights: &[(String, Session<'_>)], out: &mut String) {
    let all: Vec<Vec<Decided>> =
        nights.iter().map(|(_, night)| decisions(night).into_iter().filter(|step| step.person).collect()).collect();
    let _ = writeln!(out, "\nWhere they parted");
    let mut shown = 0;
    let mut scenes: Vec<SceneId> = Vec::new();
    for step in all.iter().flatten() {
        if !scenes.contains(&step.scene) {
            scenes.push(step.scene);
        }
    }
    for scene in scenes {
        let at: Vec<Option<&Decided>> = all.iter().map(|steps| steps.iter().find(|step| step.scene == scene)).collect();
        let different = at.iter().flatten().any(|step| at.iter().flatten().any(|other| other.words != step.words));
        if !different {
            continue;
        }
        shown += 1;
        let seat = story.scene(scene).seat.map_or("", |seat| story.seats[seat.index()].name.as_str());
        let _ = writeln!(out, "  {seat}, in {}:", story.scene(scene).id);
        for ((name, _), step) in nights.iter().zip(&at) {
            let words = step.map_or("did not come here", |step| step.words.as_str());
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

/// One message through every group: the one asked for, else the one that most of them sent.
fn followed(story: &Story, nights: &[(String, Session<'_>)], follow: Option<MessageId>, out: &mut String) {
    let sent = |message: MessageId| {
        nights.iter().filter(|(_, night)| night.trail().passings.iter().any(|p| p.message == message)).count()
    };
    let all = (0..story.messages.len()).map(MessageId::new);
    let Some(message) = follow.or_else(|| all.max_by_key(|id| (sent(*id), usize::MAX - id.index()))) else { return };
    let _ = writeln!(out, "\nOne message through every group: {}", story.messages[message.index()].say);
    for (name, night) in nights {
        let passing = night.trail().passings.iter().find(|passing| passing.message == message);
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

/// How many messages arrived as they were meant.
fn hands(story: &Story, nights: &[(String, Session<'_>)], out: &mut String) {
    if story.messages.is_empty() {
        return;
    }
    out.push_str("\nWhat was meant and what was heard\n");
    for (name, night) in nights {
        let arrived = night.trail().passings.iter().filter(|passing| passing.heard.is_some());
        let whole = arrived.clone().filter(|passing| passing.heard.as_deref() == Some(passing.meant.as_str())).count();
        let _ = writeln!(
            out,
            "  {name}: {} messages arrived, {whole} of them in the words in which they were meant",
            arrived.count()
        );
    }
}

/// A night's decisions as rows for a spreadsheet: see [`CSV_HEADER`].
#[must_use]
pub fn csv_rows(name: &str, session: &Session<'_>) -> String {
    let story = session.story();
    let mut out = String::new();
    for (number, step) in decisions(session).iter().enumerate() {
        let seat = story.seats.get(step.seat).map_or("", |seat| seat.name.as_str());
        let by = if step.person { "person" } else { "story" };
        let minutes = step.minutes.map(|minutes| minutes.to_string()).unwrap_or_default();
        let ending = session.ending().map_or("", |id| story.endings[id.index()].title.as_str());
        let number = (number + 1).to_string();
        let cells = [name, &number, seat, &story.scene(step.scene).id, &step.words, by, &minutes, ending];
        let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
        out.push_str(&cells.join(","));
        out.push_str("\r\n");
    }
    out
}

/// The first row: the group, the decision's number, who decided, where, what, a person or the story, minutes since the
/// night began on the story's clock, and how the night ended. No names of pupils, no times of day.
pub const CSV_HEADER: &str = "group,number,seat,scene,decision,by,minutes,ending\r\n";

/// A cell that no spreadsheet takes for a formula.
fn quoted(cell: &str) -> String {
    let guard = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{guard}{}\"", cell.replace('"', "\"\"").replace(['\n', '\r'], " "))
}
