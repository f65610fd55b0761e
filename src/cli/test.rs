use std::io::{self, IsTerminal as _, Write};
use std::path::Path;

use serde::Serialize;
use similar::{ChangeTag, TextDiff};

use crate::author::walk;
use crate::record::write_whole;
use crate::story::{Folder, Story, WrittenWalk, built_in};
use crate::text::{self, counted};

use super::arguments::{Format, TestArgs};
use super::error::Outcome;
use super::output::{Output, colours, out};
use super::stories::{LoadedStory, load_opened, shown, wanted};

/// The largest transcript that is read, in bytes; a game has some dozen kilobytes.
const LARGEST_TRANSCRIPT: u64 = 16 << 20;

/// What `test --format json` prints.
#[derive(Serialize)]
struct TestReport {
    ok: bool,
    walks: Vec<WalkReport>,
}

#[derive(Serialize)]
struct WalkReport {
    story: String,
    id: String,
    ok: bool,
    decisions: usize,
    ending: Option<String>,
    faults: Vec<String>,
    transcript: Transcript,
}

/// How a walk stands to its transcript.
#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Transcript {
    /// The walk is not held to one.
    None,
    /// As it was blessed.
    Same,
    /// Other than it was blessed.
    Differs,
    /// Not blessed yet.
    Missing,
    /// Blessed in this run.
    Blessed,
    /// It cannot be read, or the story is built in and its folder not at hand.
    Unknown,
}

/// Walks the written walks of stories; 0 where all come out as written.
pub(super) fn run(arguments: &TestArgs) -> Outcome {
    let mut reports = Vec::new();
    let mut all_sound = true;
    for wanted in wanted(&arguments.stories)? {
        let Ok(LoadedStory { name, story, .. }) = load_opened(wanted.open()) else {
            all_sound = false;
            continue;
        };
        for written in &story.walks {
            reports.push(one(&name, &story, written, arguments.bless));
        }
    }
    let ok = all_sound && reports.iter().all(|report| report.ok);
    let mut out = out();
    if arguments.format == Format::Json {
        out.json(&TestReport { ok, walks: reports })?;
    } else {
        print(&mut out, &reports, all_sound)?;
    }
    Ok(u8::from(!ok))
}

fn one(name: &str, story: &Story, written: &WrittenWalk, bless: bool) -> WalkReport {
    let walked = walk(story, written);
    let mut faults = walked.faults;
    let transcript = match &walked.transcript {
        None => Transcript::None,
        Some(now) => transcript(name, written, now, bless && faults.is_empty(), &mut faults),
    };
    WalkReport {
        story: text::clean_line(name).into_owned(),
        id: written.id.clone(),
        ok: faults.is_empty(),
        decisions: walked.session.steps().count(),
        ending: walked.session.ending().map(|ending| story.endings[ending.index()].title.clone()),
        faults,
        transcript,
    }
}

fn transcript(name: &str, written: &WrittenWalk, now: &str, bless: bool, faults: &mut Vec<String>) -> Transcript {
    if built_in(name).is_some() && !Path::new(name).exists() {
        return Transcript::Unknown;
    }
    // A walk's name holds only letters, digits, `_` and `-`; where links lead is the folder's to say.
    let Ok((folder, within)) = Folder::of_walks(Path::new(name)) else { return Transcript::Unknown };
    let file = format!("{within}{}.txt", written.id);
    let shown = text::shown(&folder.named(&file));
    let mut failed = |why: String| {
        faults.push(format!("{shown}: {why}"));
        Transcript::Unknown
    };
    let before = match folder.read(&file, LARGEST_TRANSCRIPT) {
        Ok(before) => Some(String::from_utf8_lossy(&before).replace("\r\n", "\n")),
        Err(why) if why.is_not_there() => None,
        Err(why) => return failed(why.to_string()),
    };
    if before.as_deref() == Some(now) {
        return Transcript::Same;
    }
    if bless {
        let path = match folder.to_write(&file) {
            Ok(path) => path,
            Err(why) => return failed(why.to_string()),
        };
        return match write_whole(&path, now) {
            Ok(()) => Transcript::Blessed,
            Err(error) => failed(format!("cannot be written: {error}")),
        };
    }
    match before {
        Some(before) => {
            let accept = "`hallway test --bless` accepts what is new";
            let diff = diff(&text::clean(&before), now);
            // What differs may be no more than characters that are not shown.
            let diff = if diff.is_empty() { "  only in characters that cannot be shown" } else { &diff };
            faults.push(format!("the game reads otherwise than {shown}; {accept}\n{diff}"));
            Transcript::Differs
        }
        None => {
            faults.push(format!("{shown} is not there yet; `hallway test --bless` writes it"));
            Transcript::Missing
        }
    }
}

/// The lines that changed, with two of those around them, and the changed words within a line between brackets.
fn diff(before: &str, now: &str) -> String {
    let diff = TextDiff::from_lines(before, now);
    let mut out = String::new();
    for group in diff.grouped_ops(2) {
        out.push_str("  …\n");
        for op in group {
            for change in diff.iter_inline_changes(&op) {
                out.push_str(match change.tag() {
                    ChangeTag::Delete => "  - ",
                    ChangeTag::Insert => "  + ",
                    ChangeTag::Equal => "    ",
                });
                for (changed, text) in change.iter_strings_lossy() {
                    let text = text.trim_end_matches('\n');
                    if changed && !text.trim().is_empty() {
                        out.push_str(&format!("[{text}]"));
                    } else {
                        out.push_str(text);
                    }
                }
                out.push('\n');
            }
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn print<W: Write>(out: &mut Output<W>, reports: &[WalkReport], sound: bool) -> io::Result<()> {
    let bold = colours(io::stdout().is_terminal());
    let mut story = "";
    for report in reports {
        if report.story != story {
            story = &report.story;
            writeln!(out, "{}", shown(story))?;
        }
        let mark = match (report.ok, bold) {
            (true, _) => "ok  ",
            (false, true) => "\x1b[1;31mFAIL\x1b[0m",
            (false, false) => "FAIL",
        };
        let end = report.ending.as_ref().map_or_else(|| "stops".to_owned(), |ending| format!("“{ending}”"));
        let note = match report.transcript {
            Transcript::Blessed => ", transcript blessed",
            Transcript::Unknown => ", transcript not at hand",
            _ => "",
        };
        let decisions = counted(report.decisions, "decision");
        out.styled(&format!("  {mark} "))?;
        writeln!(out, "{}: {decisions}, {end}{note}", report.id)?;
        for line in report.faults.iter().flat_map(|fault| fault.lines()) {
            writeln!(out, "       {line}")?;
        }
    }
    let failed = reports.iter().filter(|report| !report.ok).count();
    match (reports.len(), failed) {
        (0, _) if !sound => Ok(()),
        (0, _) => writeln!(out, "no walks: a story writes them down under `walks`"),
        (all, 0) => writeln!(out, "{}, all as written", counted(all, "walk")),
        (all, failed) => writeln!(out, "{}, {failed} not as written", counted(all, "walk")),
    }
}
