use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;
use similar::{ChangeTag, TextDiff};

use crate::author::walk;
use crate::record::write_whole;
use crate::story::{Story, WrittenWalk, built_in};

use super::stories::{Sound, expand, sound};
use super::trouble::Outcome;
use super::{Format, Test, json, out};

/// What `test --format json` prints.
#[derive(Serialize)]
struct Report {
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
    /// The story is built in: its folder is not at hand.
    Unknown,
}

/// Walks the written walks of stories; 0 where all come out as written.
pub(super) fn run(arguments: &Test) -> Outcome {
    let names: Vec<String> = if arguments.stories.is_empty() {
        crate::story::BUILT_IN.iter().map(|story| story.name.to_owned()).collect()
    } else {
        arguments.stories.iter().flat_map(|name| expand(name)).collect()
    };
    let mut reports = Vec::new();
    let mut all_sound = true;
    for name in &names {
        let Ok(Sound { story, .. }) = sound(Some(name)) else {
            all_sound = false;
            continue;
        };
        for written in &story.walks {
            reports.push(one(name, &story, written, arguments.bless)?);
        }
    }
    let ok = all_sound && reports.iter().all(|report| report.ok);
    let mut out = out();
    if arguments.format == Format::Json {
        json(&mut out, &Report { ok, walks: reports })?;
    } else {
        text(&mut out, &reports, all_sound)?;
    }
    Ok(u8::from(!ok))
}

fn one(name: &str, story: &Story, written: &WrittenWalk, bless: bool) -> io::Result<WalkReport> {
    let walked = walk(story, written);
    let mut faults = walked.faults;
    let transcript = match &walked.transcript {
        None => Transcript::None,
        Some(now) => transcript(name, written, now, bless && faults.is_empty(), &mut faults)?,
    };
    Ok(WalkReport {
        story: crate::text::clean(name).into_owned(),
        id: written.id.clone(),
        ok: faults.is_empty(),
        decisions: walked.session.steps().count(),
        ending: walked.session.ending().map(|ending| story.endings[ending.index()].title.clone()),
        faults,
        transcript,
    })
}

fn transcript(
    name: &str,
    written: &WrittenWalk,
    now: &str,
    bless: bool,
    faults: &mut Vec<String>,
) -> io::Result<Transcript> {
    let Some(path) = blessed(name, written) else { return Ok(Transcript::Unknown) };
    let before = match fs::read_to_string(&path) {
        Ok(before) => Some(before.replace("\r\n", "\n")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(io::Error::other(format!("{} cannot be read: {error}", path.display()))),
    };
    if before.as_deref() == Some(now) {
        return Ok(Transcript::Same);
    }
    if bless {
        write_whole(&path, now)
            .map_err(|error| io::Error::other(format!("{} cannot be written: {error}", path.display())))?;
        return Ok(Transcript::Blessed);
    }
    let shown = path.display();
    match before {
        Some(before) => {
            let accept = "`hallway test --bless` accepts what is new";
            faults.push(format!("the night reads otherwise than {shown}; {accept}\n{}", diff(&before, now)));
            Ok(Transcript::Differs)
        }
        None => {
            faults.push(format!("{shown} is not there yet; `hallway test --bless` writes it"));
            Ok(Transcript::Missing)
        }
    }
}

/// Where a walk's transcript lies: in `walks` in the story's folder, or beside a story of one file. A walk's name
/// holds only letters, digits, `_` and `-`, so that it cannot lead elsewhere.
fn blessed(name: &str, written: &WrittenWalk) -> Option<PathBuf> {
    let path = Path::new(name);
    let file = format!("{}.txt", written.id);
    if path.is_dir() {
        return Some(path.join("walks").join(file));
    }
    if built_in(name).is_some() && !path.exists() {
        return None;
    }
    Some(path.with_extension("walks").join(file))
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

fn text(out: &mut impl Write, reports: &[WalkReport], sound: bool) -> io::Result<()> {
    let bold = io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let mut story = "";
    for report in reports {
        if report.story != story {
            story = &report.story;
            writeln!(out, "{story}")?;
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
        let decisions = super::count(report.decisions, "decision");
        writeln!(out, "  {mark} {}: {decisions}, {end}{note}", report.id)?;
        for line in report.faults.iter().flat_map(|fault| fault.lines()) {
            writeln!(out, "       {line}")?;
        }
    }
    let failed = reports.iter().filter(|report| !report.ok).count();
    match (reports.len(), failed) {
        (0, _) if !sound => Ok(()),
        (0, _) => writeln!(out, "no walks: a story writes them down under `walks`"),
        (all, 0) => writeln!(out, "{}, all as written", super::count(all, "walk")),
        (all, failed) => writeln!(out, "{}, {failed} not as written", super::count(all, "walk")),
    }
}
