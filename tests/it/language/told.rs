//! What a case says is read, held to what is read.

use hallway::engine::Input;
use hallway::story::Story;
use hallway::teach::debrief;
use hallway::text::{Change, plain};

use super::playing::{Playing, seat_of, stepped, walked};

/// What a heading asks for: `reader in the-walk`, `clerk after silence`, either with `, looking back` for the debrief;
/// or `at the door`, what is read before anything is played.
pub fn told(story: &Story, heading: &str) -> Vec<String> {
    if heading == "at the door" {
        return door(story);
    }
    let (asked, back) = match heading.strip_suffix(", looking back") {
        Some(asked) => (asked, true),
        None => (heading, false),
    };
    let playing = match (asked.split_once(" in "), asked.split_once(" after ")) {
        (Some((role, name)), _) => {
            let walk = story.walks.iter().find(|walk| walk.id == name);
            walked(story, walk.unwrap_or_else(|| panic!("no walk `{name}`")), seat_of(story, role))
        }
        (None, Some((role, steps))) => stepped(story, seat_of(story, role), steps),
        (None, None) => panic!("“{heading}” is no heading of what is read"),
    };
    if back { looking_back(&playing) } else { night(&playing) }
}

/// Page by page, with what is taken after each.
fn night(playing: &Playing<'_>) -> Vec<String> {
    let mut session = playing.begin();
    let mut out = Vec::new();
    for (at, page) in playing.pages.iter().enumerate() {
        out.extend(page.in_a_case());
        let Some(input) = playing.inputs.get(at) else { break };
        out.push(match input {
            Input::Decide(_, pick) => format!(" > {}", plain(&session.words(playing.seat, *pick))),
            Input::Silence(_) => " > (nobody decides in time)".to_owned(),
            Input::Inject(news) => format!(" > (news: {})", playing.story.injects[usize::from(*news)].name),
            Input::Freeze => " > (the teacher stops it here)".to_owned(),
            Input::Set(..) => " > (the clock goes on by a tick)".to_owned(),
            Input::Force(..) | Input::Jump(_) => String::new(),
        });
        session.input(*input).expect("it was taken");
    }
    out
}

/// What there is to say afterwards, a line each.
pub fn looking_back(playing: &Playing<'_>) -> Vec<String> {
    let session = playing.until(playing.inputs.len());
    let debrief = debrief(&session, playing.seat);
    let mut out = Vec::new();
    if let Some(ending) = &debrief.ending {
        out.extend([&ending.because, &ending.note].into_iter().filter(|text| !text.is_empty()).cloned());
    }
    for crossing in &debrief.trail {
        out.push(format!("{}.", crossing.sent));
        out.push(format!("   Meant: {}", crossing.meant));
        if !crossing.carried.is_empty() {
            out.push(format!("   Carried: {}", crossing.carried));
        }
        if crossing.heard.is_empty() {
            out.push("   It never arrived.".to_owned());
        } else if crossing.is_unchanged() {
            out.push("   Heard: the same words.".to_owned());
        } else {
            out.push(format!("   Heard: {}", crossing.heard));
            let changes = crossing.changes.iter().filter_map(|change| match change {
                Change::Same(_) => None,
                Change::Lost(text) => Some(format!("lost “{text}”")),
                Change::Gained(text) => Some(format!("gained “{text}”")),
            });
            out.push(format!("   Changed: {}", changes.collect::<Vec<_>>().join("; ")));
        }
        if !crossing.later.is_empty() {
            out.push(format!("   Later: {}.", crossing.later));
        }
    }
    for tick in &debrief.clock {
        out.push(format!("{}, {}: {}", tick.time, if tick.reported { "reported" } else { "yours" }, plain(&tick.text)));
    }
    for hypothesis in &debrief.hypotheses {
        out.push(plain(&hypothesis.text));
        out.extend(hypothesis.speaks_for.iter().map(|fact| format!("   For: {fact}")));
        out.extend(hypothesis.against.iter().map(|fact| format!("   Against: {fact}")));
    }
    out.extend(debrief.invented.iter().chain(&debrief.questions).map(|line| format!("- {line}")));
    out.into_iter().map(|line| format!("   {line}")).collect()
}

/// What is read before a seat is taken, a line each.
pub fn door(story: &Story) -> Vec<String> {
    let mut out: Vec<String> = [&story.title, &story.by, &story.about, &story.notice].map(|text| plain(text)).to_vec();
    for seat in &story.seats {
        let counts = if seat.counts.is_empty() { String::new() } else { format!(" (counts {})", seat.counts) };
        let parts: Vec<&str> = [seat.place.as_str(), &seat.name].into_iter().filter(|part| !part.is_empty()).collect();
        out.push(format!("{}{counts}", parts.join(": ")));
        out.push(plain(&seat.brief));
    }
    out.into_iter().filter(|line| !line.is_empty()).map(|line| format!("   {line}")).collect()
}
