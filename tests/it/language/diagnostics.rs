//! What a case says is read, held to what is read.

use hallway::author::{PageOptions, exact, export_page};
use hallway::engine::Input;
use hallway::story::Story;
use hallway::teach::{TrailEntry, debrief, handout};
use hallway::text::{WordChange, paragraphs, plain};
use hallway::view::{entries, mark_of};

use super::playing::{Playing, seat_of, stepped, walked};

/// How a playing is written down.
type Tell = fn(&Playing<'_>) -> Vec<String>;

/// What a heading asks for: `reader in the-walk` or `clerk after silence`; either with `, looking back` for the debrief,
/// or with `, on record` for what is known of each sentence. And of the story as a whole: `at the door`, what is read
/// before anything is played; `on its page`, how its page in a browser is dressed; `in the pack`, where a teacher finds what; `how it ends by itself`, in how many of a
/// hundred nights that the story plays alone.
pub fn told(story: &Story, heading: &str) -> Vec<String> {
    match heading {
        "at the door" => return door(story),
        "on its page" => return dressed(story),
        "in the pack" => return pack(story),
        "how it ends by itself" => return odds(story),
        _ => {}
    }
    let (asked, tell): (&str, Tell) = if let Some(asked) = heading.strip_suffix(", looking back") {
        (asked, looking_back)
    } else if let Some(asked) = heading.strip_suffix(", on record") {
        (asked, record)
    } else {
        (heading, night)
    };
    let playing = match (asked.split_once(" in "), asked.split_once(" after ")) {
        (Some((role, name)), _) => {
            let walk = story.walks.iter().find(|walk| walk.id == name);
            let Some(walk) = walk else { return vec![format!("   there is no walk `{name}`")] };
            walked(story, walk, seat_of(story, role))
        }
        (None, Some((role, steps))) => match stepped(story, seat_of(story, role), steps) {
            Ok(playing) => playing,
            Err(why) => return vec![format!("   {why}")],
        },
        (None, None) => panic!("“{heading}” is no heading of what is read"),
    };
    tell(&playing)
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
            Input::Force(..) | Input::Jump(_) | Input::TakeOver(_) | Input::HandBack(_) => String::new(),
        });
        session.input(*input).expect("it was taken");
    }
    out
}

/// What there is to say afterwards, a line each.
pub fn looking_back(playing: &Playing<'_>) -> Vec<String> {
    let session = playing.rewound_to(playing.inputs.len());
    let debrief = debrief(&session, playing.seat);
    let mut out = Vec::new();
    if let Some(ending) = &debrief.ending {
        out.extend([&ending.because, &ending.note].into_iter().filter(|text| !text.is_empty()).cloned());
    }
    for entry in debrief.entries() {
        let crossing = match entry {
            TrailEntry::Message(crossing) => crossing,
            TrailEntry::Note(note) => {
                out.push(note.line());
                continue;
            }
        };
        out.push(format!("{}.", crossing.sent));
        out.push(format!("   Meant: {}", crossing.meant));
        if !crossing.heard.is_empty() && !crossing.is_unchanged() {
            out.push(format!("   Heard: {}", crossing.heard));
            let changes = crossing.changes.iter().filter_map(|change| match change {
                WordChange::Same(_) => None,
                WordChange::Lost(text) => Some(format!("lost “{text}”")),
                WordChange::Gained(text) => Some(format!("gained “{text}”")),
            });
            out.push(format!("   Changed: {}", changes.collect::<Vec<_>>().join("; ")));
        }
        out.push(format!("   {}", crossing.sentences()));
    }
    for tick in &debrief.clock {
        out.push(format!("{}, {}: {}", tick.time, if tick.reported { "reported" } else { "yours" }, plain(&tick.text)));
    }
    for hypothesis in &debrief.hypotheses {
        out.push(plain(&hypothesis.text));
        out.extend(hypothesis.speaks_for.iter().map(|fact| format!("   For: {fact}")));
        out.extend(hypothesis.against.iter().map(|fact| format!("   Against: {fact}")));
    }
    out.extend(
        [debrief.invented]
            .into_iter()
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .chain(debrief.questions.iter().cloned())
            .map(|line| format!("- {line}")),
    );
    out.into_iter().map(|line| format!("   {line}")).collect()
}

/// What is known of each sentence of the last page, then what it cites.
fn record(playing: &Playing<'_>) -> Vec<String> {
    let session = playing.rewound_to(playing.inputs.len());
    let page: Vec<&str> = session.page(playing.seat).map(|block| block.text).collect();
    let mut out = Vec::new();
    for text in &page {
        for sentence in paragraphs(text).iter().flat_map(|paragraph| &paragraph.sentences) {
            let words: String = sentence.runs.iter().map(|run| run.text).collect();
            let known = [mark_of(playing.story, sentence).word()].into_iter().chain(sentence.cites.iter().copied());
            out.push(format!("[{}] {}", known.collect::<Vec<_>>().join(", "), words.trim()));
        }
    }
    for entry in entries(playing.story, page) {
        out.push(format!("{} ({}): {}", entry.id, entry.mark.word(), entry.text));
        out.extend(entry.says.iter().map(|says| format!("   {says}")));
    }
    out.into_iter().map(|line| format!("   {line}")).collect()
}

/// The sheets of the pack for a class in which each thing that `lesson` says stands.
fn pack(story: &Story) -> Vec<String> {
    let lesson = &story.lesson;
    let mut said: Vec<&str> = vec![&lesson.note];
    said.extend([&lesson.aims, &lesson.plan, &lesson.standards].into_iter().flatten().map(String::as_str));
    said.extend(lesson.glossary.iter().map(|(_, text)| text.as_str()));
    said.extend(lesson.cards.iter().map(|(_, text)| text.as_str()));
    let files = handout(story, "a case");
    let holds = |words: &str| -> Vec<String> {
        let files = files.iter().filter(|file| file.name.ends_with(".md") && file.text.contains(words));
        files.map(|file| file.name.trim_end_matches(".md").to_owned()).collect()
    };
    said.into_iter().map(|words| format!("   {}: {words}", holds(words).join(", "))).collect()
}

/// How many of a hundred nights that the story plays alone end so.
fn odds(story: &Story) -> Vec<String> {
    let exact = exact(story, None, usize::MAX, &mut || true).expect("a small story");
    let line = |(ending, share): (&hallway::story::Ending, &f64)| {
        let family = if ending.family == ending.id { String::new() } else { format!(" ({})", ending.family) };
        format!("   {:.0} of 100: {}{family}", share * 100.0, ending.title)
    };
    story.endings.iter().zip(&exact.endings).map(line).collect()
}

/// The language of its page in a browser, and its colour, on light paper and on dark.
fn dressed(story: &Story) -> Vec<String> {
    let page = export_page("case", story, PageOptions::default());
    let after = |text: &str, before: &str, end: char| {
        let found = text.rsplit(before).next().and_then(|rest| rest.split(end).next());
        found.unwrap_or_default().to_owned()
    };
    let language = page.split("<html lang=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
    let direction = if page.contains("\" dir=\"rtl\">") { ", from right to left" } else { "" };
    let language = format!("{language}{direction}");
    let style = page.split("</style>").next().unwrap_or_default();
    let light = after(style, "\n:root { --accent: ", ';');
    let light = if light.starts_with('#') { light } else { "as any page’s".to_owned() };
    let dark = after(style, ":root[data-theme=dark] { --accent: ", ';');
    let dark = if dark.starts_with('#') { dark } else { "as any page’s".to_owned() };
    [("language", &language), ("on light", &light), ("on dark", &dark)]
        .map(|(of, is)| format!("   {of}: {is}"))
        .to_vec()
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
