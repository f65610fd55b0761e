//! The pack that a class works from, made from the story's own files: for the teacher, for each seat, for the debrief.

use crate::story::{Evidence, FactStatus, SceneKind, SeatId, Story};
use crate::text;

use super::paper::{HandoutSheet, Part, html, markdown};

mod devices;

/// A file of the pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    pub name: String,
    pub text: String,
}

/// Most words of a basic role card.
pub const CARD_WORDS: usize = 250;

/// What stands above the lines on a card.
const WAITING: &str = "While you wait, write what you think was said";

/// The whole pack, each sheet as Markdown and as a page that prints. `name` is what the story is opened by.
#[must_use]
pub fn handout(story: &Story, name: &str) -> Vec<File> {
    let sheets = [
        guide(story, name),
        devices::own_devices(story, name),
        cards(story),
        sources(story),
        observer(),
        debrief_sheet(story),
        ticket(),
        glossary(story),
        key(story),
    ];
    let files = sheets.iter().filter(|sheet| !sheet.parts.is_empty()).flat_map(|sheet| {
        [
            File { name: format!("{}.md", sheet.name), text: markdown(sheet) },
            File { name: format!("{}.html", sheet.name), text: html(sheet) },
        ]
    });
    files.collect()
}

/// What a pack would still want, in words for the writer.
#[must_use]
pub fn missing_parts(story: &Story) -> Vec<String> {
    let mut out = Vec::new();
    let mut want = |is: bool, what: &str| {
        if is {
            out.push(what.to_owned());
        }
    };
    want(story.lesson.note.is_empty(), "a content note (`lesson: (note: …)`)");
    want(story.lesson.aims.is_empty(), "aims (`lesson: (aims: […])`)");
    want(story.lesson.plan.is_empty(), "a plan (`lesson: (plan: […])`)");
    want(story.lesson.glossary.is_empty(), "a glossary (`lesson: (glossary: { … })`)");
    want(story.facts.is_empty(), "facts with their sources");
    want(story.questions.is_empty(), "questions for the debrief");
    want(story.freeze.is_none(), "an ending for a stopped game (`freeze: \"scene\"`)");
    let decides =
        |scene: &&crate::story::Scene| matches!(&scene.kind, SceneKind::Decide(decision) if decision.silence.is_none());
    let silent: Vec<&str> = story.scenes.iter().filter(decides).map(|scene| &*scene.id).collect();
    if let Some(first) = silent.first() {
        let decisions = text::counted(silent.len(), "decision");
        out.push(format!(
            "what silence comes to, in {decisions}, the first in `{first}` (`silence: (take: …, text: …)`)"
        ));
    }
    for seat in &story.seats {
        let words = seat.brief.split_whitespace().count();
        if words == 0 {
            out.push(format!("a briefing for `{}`", seat.id));
        } else if words > CARD_WORDS {
            out.push(format!("a shorter briefing for `{}`: it has {words} words, a card holds {CARD_WORDS}", seat.id));
        }
    }
    out
}

fn heading(words: &str) -> Part {
    Part::Heading(words.to_owned())
}

fn words(words: &str) -> Part {
    Part::Words(words.to_owned())
}

fn guide(story: &Story, name: &str) -> HandoutSheet {
    let lesson = &story.lesson;
    let mut parts = Vec::new();
    if !lesson.note.is_empty() {
        parts.extend([heading("Before you use it"), words(&lesson.note)]);
    }
    if !story.notice.is_empty() {
        parts.extend([heading("What is known and what is invented"), words(&story.notice)]);
    }
    if !lesson.aims.is_empty() {
        parts.extend([heading("What pupils should be able to do"), Part::List(lesson.aims.clone())]);
    }
    parts.push(heading("Before the lesson"));
    parts.push(Part::List(vec![
        "Print, for each group: the role cards (the basic ones, or the advanced), one observer’s sheet, the debrief sheet. For each pupil: an exit ticket. For yourself: this guide, the record with its sources, the answer key.".to_owned(),
        format!("Play it once yourself, all seats, in some ten minutes: `hallway play {name} --hotseat`."),
        "If every pupil has a device, use the page “own devices” instead of what follows here about laptops, turns and codes.".to_owned(),
        "On every laptop: `hallway --version`. Nothing else is needed, and nothing is looked for in the network.".to_owned(),
    ]));
    if !lesson.plan.is_empty() {
        parts.extend([heading("Fifty minutes"), Part::List(lesson.plan.clone())]);
        parts.push(heading("Forty-five minutes"));
        parts.push(words("Stop the game five minutes earlier, wherever it stands: the stop writes an ending from there, and the debrief keeps its time. What to leave out of the debrief, if anything, is the third step."));
        parts.push(heading("Two periods"));
        parts.push(words("Play without the clock, and have each group write its result code down when the period ends; with it they go on where they stood. In the second period give two thirds of the time to the debrief: first what happened and how it felt, then one message from mouth to ear, then the groups side by side, then the sources."));
    }
    parts.push(heading("How to run it"));
    parts.push(Part::List(vec![
        "How many groups: `hallway class groups 26`. Two pupils who are left over play with the story as their third; one observes.".to_owned(),
        format!("The same game for every group: `hallway class code {name} --turn 45` prints a code to read aloud; each group starts with `hallway play --code CODE`. A curtain falls between the turns, and a turn that is over goes on without a decision."),
        "More time for one group, without telling the others: in its settings (o), “Time for a turn”, from half as much again to no limit.".to_owned(),
        "While they play, t is the teacher’s key at any keyboard: the clock, half a minute more, news, and stopping the game.".to_owned(),
        format!("One laptop and a projector: `hallway play {name} --class --projector`. The class decides; after each decision the votes, or whose hand it was, are typed in. Make the letters larger until about sixty columns are left."),
        "At the end “Talk about it, in four steps” has a screen for each part of the debrief, with the group’s result code. `hallway class compare CODE blue=RESULT red=RESULT … --projector` sets the groups side by side.".to_owned(),
        "To go on another day: `hallway play --code CODE --result RESULT`.".to_owned(),
        "`hallway class export CODE blue=RESULT …` writes a table with one row for each decision, without names.".to_owned(),
        "Nothing is sent anywhere, and nothing about pupils is kept. A pupil who would rather not play a seat takes the observer’s sheet.".to_owned(),
    ]));
    if !lesson.standards.is_empty() {
        parts.extend([heading("Standards"), Part::List(lesson.standards.clone())]);
    }
    HandoutSheet { name: "teacher-guide", title: format!("{}: for the teacher", story.title), parts }
}

/// A card for each seat, on a page of its own and with nothing of another seat's: first all basic ones, then all advanced
/// ones, so that either can be printed alone.
fn cards(story: &Story) -> HandoutSheet {
    let unknown = "What you do not know: what is said where you are not. Choose deeds; do not play a person, do not put on a voice.";
    let mut parts = Vec::new();
    for kind in ["basic", "advanced"] {
        for (at, seat) in story.seats.iter().enumerate() {
            let more = story.lesson.cards.iter().find(|(own, _)| *own == SeatId::new(at)).map(|(_, more)| more);
            let more = match (kind, more) {
                ("basic", _) => None,
                (_, Some(more)) => Some(words(more)),
                (_, None) => continue,
            };
            parts.push(Part::Page);
            parts.push(heading(&format!("{}: {} ({kind})", seat.label(), seat.name)));
            parts.push(words(&seat.brief));
            parts.extend(more);
            parts.extend([words(unknown), heading(WAITING), Part::Lines(8)]);
        }
    }
    HandoutSheet { name: "role-cards", title: format!("{}: role cards", story.title), parts }
}

fn source(story: &Story, at: usize) -> &str {
    story.sources.get(at).map_or("", |(_, text)| text.as_str())
}

fn sources(story: &Story) -> HandoutSheet {
    let mut parts = Vec::new();
    let mut part = |title: &str, items: Vec<String>| {
        if !items.is_empty() {
            parts.extend([heading(title), Part::List(items)]);
        }
    };
    let of = |list: &[usize]| list.iter().map(|at| source(story, *at)).collect::<Vec<_>>().join("; ");
    let mut reported = Vec::new();
    let mut disputed = Vec::new();
    let mut inferred = Vec::new();
    for fact in &story.facts {
        match &fact.status {
            FactStatus::Reported(list) => reported.push(format!("{} [{}]", fact.text, of(list))),
            FactStatus::Disputed(versions) => {
                let told: Vec<String> = versions.iter().map(|(text, list)| format!("{text} [{}]", of(list))).collect();
                disputed.push(format!("{} {}", fact.text, told.join(" / ")));
            }
            FactStatus::Inferred(reason) => inferred.push(format!("{} Because: {reason}", fact.text)),
        }
    }
    part("Where the sources differ", disputed);
    part("What is reported, and by whom", reported);
    part("What is inferred, and why", inferred);
    let list = story.sources.iter().map(|(_, text)| text.clone()).collect();
    part("The sources", list);
    HandoutSheet { name: "sources", title: format!("{}: the record", story.title), parts }
}

fn observer() -> HandoutSheet {
    let mut parts =
        vec![words("You watch and write. You may look at every screen, and you say nothing until the end.")];
    for (title, about) in [
        ("Actors", "Who decides? Who only seems to?"),
        ("Process", "One message: who sent it, how, what was done to it, what arrived?"),
        ("Outcomes", "What is different now? What could not be taken back?"),
        ("Other", "What surprised you? What would you ask them?"),
    ] {
        parts.extend([heading(title), words(about), Part::Lines(5)]);
    }
    HandoutSheet { name: "observer-sheet", title: "The observer’s sheet".to_owned(), parts }
}

fn debrief_sheet(story: &Story) -> HandoutSheet {
    let mut parts = Vec::new();
    for (title, about) in [
        ("1. What happened, and what did it feel like?", "In one sentence each, before anybody explains."),
        (
            "2. One message, from mouth to ear",
            "Meant, carried, heard: copy one from the trail, and mark the word that changed.",
        ),
        ("3. The same game, other doors", "Where did your group and another one part? What came of it?"),
        (
            "4. What is known?",
            "Switch the record on. Take one sentence of your game: reported, disputed, inferred or invented? Who says so, and could they have seen it?",
        ),
    ] {
        parts.extend([heading(title), words(about), Part::Lines(4)]);
    }
    if !story.questions.is_empty() {
        parts.extend([heading("Worth arguing about"), Part::List(story.questions.clone())]);
    }
    HandoutSheet { name: "debrief-sheet", title: format!("{}: after the game", story.title), parts }
}

fn ticket() -> HandoutSheet {
    let parts = vec![
        heading("At the beginning of the lesson: what do you think happened?"),
        Part::Lines(2),
        heading("At its end: one claim about the real events that you now believe"),
        Part::Lines(3),
        heading("Its source, and how the source could know"),
        Part::Lines(3),
        heading("One limit of what you can claim"),
        Part::Lines(3),
    ];
    HandoutSheet { name: "exit-ticket", title: "Exit ticket, begun when you come in".to_owned(), parts }
}

fn glossary(story: &Story) -> HandoutSheet {
    let items: Vec<String> = story.lesson.glossary.iter().map(|(term, about)| format!("{term}: {about}")).collect();
    let parts = if items.is_empty() { Vec::new() } else { vec![Part::List(items)] };
    HandoutSheet { name: "glossary", title: format!("{}: glossary", story.title), parts }
}

fn key(story: &Story) -> HandoutSheet {
    let mut parts = Vec::new();
    if !story.endings.is_empty() {
        parts.push(heading("The endings, and when each comes"));
        let item = |ending: &crate::story::Ending| {
            [ending.title.as_str(), &ending.because, &ending.note]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(". ")
                .replace("..", ".")
        };
        parts.push(Part::List(story.endings.iter().map(item).collect()));
    }
    if !story.hypotheses.is_empty() {
        parts.push(heading("Rival explanations; none of them is proved"));
        let text = |it: &Evidence| story.facts[it.fact].text.clone();
        for hypothesis in &story.hypotheses {
            parts.push(words(&hypothesis.text));
            let mut items: Vec<String> = hypothesis.speaks_for.iter().map(|it| format!("for: {}", text(it))).collect();
            items.extend(hypothesis.against.iter().map(|it| format!("against: {}", text(it))));
            parts.push(Part::List(items));
        }
    }
    if !story.chronicle.is_empty() {
        parts.push(heading("What is reported, hour by hour"));
        let item = |moment: &crate::story::Moment| {
            format!("{}: {}", crate::view::time(story, moment.time.into()), moment.text)
        };
        parts.push(Part::List(story.chronicle.iter().map(item).collect()));
    }
    parts.push(heading("Reading the exit tickets"));
    parts.push(words("No ticket is right or wrong about the events; it can be careful or careless about what is known. Do not mark what a group decided, or how its game ended."));
    parts.push(Part::List(vec![
        "Careful: the claim says no more than its source does; the source is named, and so is how it could know; the limit would change the claim if it were lifted.".to_owned(),
        "On the way: the claim has a source, but the source could not have seen it; or the limit is a general doubt (sources can be wrong).".to_owned(),
        "To be taken up again: something invented in play is claimed as fact; or there is no source.".to_owned(),
    ]));
    HandoutSheet { name: "answer-key", title: format!("{}: for the teacher, afterwards", story.title), parts }
}
