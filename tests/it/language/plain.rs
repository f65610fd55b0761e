//! The plain face reads what the engine says.

use std::io::Cursor;

use hallway::engine::{Input, Session};
use hallway::plain::{Lines, PlainGame, play};
use hallway::play::Game;
use hallway::text::{Glyphs, ParagraphKind, counted, paragraphs};
use hallway::view::strings;

use super::playing::Playing;
use super::reading::{Line, Reading};

/// What the plain face says otherwise.
pub fn compare(playing: &Playing<'_>) -> Vec<String> {
    let mut faults = Vec::new();
    // Where the input is nothing that a person types there (a clock that goes on), the face takes the story up after it.
    let typed = |input: &Input| !matches!(input, Input::Set(..));
    let mut from = 0;
    while from < playing.pages.len() {
        let some = playing.inputs[from..].iter().take_while(|input| typed(input)).count();
        faults.extend(stretch(playing, from, from + some));
        from += some + 1;
    }
    faults
}

/// What is typed from beginning to end.
pub fn answers_to_the_end(playing: &Playing<'_>) -> String {
    let answers = answers(playing.begin(), playing, 0..playing.inputs.len());
    answers.iter().map(|answer| format!("{answer}\n")).collect()
}

/// What the face prints from beginning to end.
pub fn printed_to_the_end(playing: &Playing<'_>) -> String {
    printed(playing.begin(), &answers(playing.begin(), playing, 0..playing.inputs.len()))
}

/// Plays on from one input up to another.
fn stretch(playing: &Playing<'_>, from: usize, to: usize) -> Option<String> {
    let session = playing.rewound_to(from);
    let answers = answers(session.clone(), playing, from..to);
    let printed = printed(session, &answers);
    let pages = &playing.pages[from..=to.min(playing.whole_pages().len().checked_sub(1)?)];
    let wanted = pages.iter().zip(from..).flat_map(|(page, at)| lines(playing, page, at));
    // Words with paragraphs in them stand on several lines.
    let wanted: Vec<String> = wanted
        .flat_map(|line| line.lines().map(str::to_owned).collect::<Vec<_>>())
        .filter(|line| !line.is_empty())
        .collect();
    let count = wanted.len();
    // That something is news is the program's to say, not the story's.
    let (news, _) = strings::NEWS_TOLD.split_once('{').expect("a text");
    let read = printed.lines().filter(|line| !line.is_empty());
    let read: Vec<&str> = read.map(|line| line.strip_prefix(news).unwrap_or(line)).collect();
    let (read, rest) = read.split_at(count.min(read.len()));
    if read != wanted {
        let diff = similar::TextDiff::from_slices(&wanted.iter().map(String::as_str).collect::<Vec<_>>(), read)
            .iter_all_changes()
            .map(|change| format!("{}{}", change.tag(), change.value()))
            .collect::<Vec<_>>();
        return Some(format!("{}: the plain face reads otherwise:\n{}", playing.name, diff.join("\n")));
    }
    // Nothing else of the story follows: its end, or the word that one can go on.
    let ends = pages.last().and_then(|page| page.0.last());
    let last = rest.last().copied().unwrap_or_default();
    let sound = match ends {
        Some(Line::End(title)) => last == format!("Ending: {title}"),
        _ => playing.complete.then_some(()).is_none() || rest.len() == 1,
    };
    (!sound).then(|| format!("{}: after its last page the plain face says:\n{}", playing.name, rest.join("\n")))
}

/// What is typed for the inputs of a stretch, a line each.
fn answers(mut session: Session<'_>, playing: &Playing<'_>, inputs: std::ops::Range<usize>) -> Vec<String> {
    let mut out = Vec::new();
    for at in inputs {
        match playing.inputs[at] {
            Input::Decide(_, pick) => {
                out.extend(playing.pages[at].numbers(&session, pick).iter().map(usize::to_string));
            }
            Input::Silence(_) => out.push("silence".to_owned()),
            Input::Freeze => out.push("freeze".to_owned()),
            Input::Inject(news) => out.push(format!("news {}", playing.story.injects[usize::from(news)].name)),
            Input::Set(..) | Input::Force(..) | Input::Jump(_) | Input::TakeOver(_) | Input::HandBack(_) => {
                panic!("nobody types this")
            }
        }
        session.input(playing.inputs[at]).expect("it was taken");
    }
    out
}

fn printed(session: Session<'_>, answers: &[String]) -> String {
    let (mut input, mut output) =
        (Cursor::new(answers.iter().map(|answer| format!("{answer}\n")).collect::<String>()), Vec::new());
    let mut game = PlainGame {
        game: Game::of(session),
        journal: None,
        lines: Lines { input: &mut input, output: &mut output, columns: None, glyphs: Glyphs::Unicode },
        name: "",
    };
    play(&mut game).expect("written to memory");
    String::from_utf8(output).expect("UTF-8")
}

/// A page as the plain face prints it, with the questions of a pass that is answered here.
fn lines(playing: &Playing<'_>, page: &Reading, at: usize) -> Vec<String> {
    let marks = playing.inputs.get(at.wrapping_sub(1)).filter(|_| at > 0);
    // A mark on a sheet does not turn the page: the choices alone are read out again.
    let same = matches!(marks, Some(Input::Decide(_, hallway::engine::Pick::Line(_))));
    let mut out = Vec::new();
    let mut facets = Vec::new();
    for line in &page.0 {
        match line {
            Line::Part(_) | Line::Prose(_) if same => {}
            Line::Part(words) => out.push(format!("Part: {words}")),
            Line::Prose(words) => out.extend(prose(words)),
            Line::Status(parts) => out.push(format!("[{}]", parts.join("; "))),
            Line::Sheet(name, _, left) => out.push(format!("{name}: {} left.", counted(left, "mark"))),
            Line::Open(number, words, note, _) => {
                out.push(format!("{number}. {words}"));
                out.extend((!note.is_empty()).then(|| format!("   ({note})")));
            }
            // What the lines of a sheet are like has been read.
            Line::Locked(_, _, hallway::engine::Pick::Line(_)) => {}
            Line::Locked(words, why, _) => out.push(format!("Not open: {words} {why}")),
            Line::Facet(question, options) => {
                facets.push(question.clone());
                facets.extend(options.iter().zip(1..).map(|((words, note), number)| {
                    let note = if note.is_empty() { String::new() } else { format!(" ({note})") };
                    format!("{number}. {words}{note}")
                }));
            }
            Line::Stuck => out.push(hallway::view::strings::PLAIN_NO_WAY_ON.to_owned()),
            Line::End(_) => {}
        }
    }
    if let Some(Input::Decide(_, hallway::engine::Pick::Send { .. })) = playing.inputs.get(at) {
        out.extend(facets);
    }
    out
}

/// A paragraph without its marks; what is set off is set in, what is struck is said to be.
fn prose(words: &str) -> Vec<String> {
    let one = |paragraph: &hallway::text::Paragraph<'_>| {
        let runs: Vec<_> = paragraph.sentences.iter().flat_map(|sentence| &sentence.runs).collect();
        let struck = !runs.is_empty() && runs.iter().all(|run| run.style.struck || run.text.trim().is_empty());
        let line: String = runs.iter().map(|run| run.text).collect();
        match (paragraph.kind, struck) {
            (ParagraphKind::Note, true) => format!("  (struck out) {line}"),
            (ParagraphKind::Note, false) => format!("  {line}"),
            (ParagraphKind::Plain, _) => line,
        }
    };
    paragraphs(words).iter().map(one).collect()
}
