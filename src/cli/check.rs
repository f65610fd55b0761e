use std::io::{self, IsTerminal, Write};
use std::path::Path;

use serde::Serialize;

use crate::story::{BUILT_IN, JsonDiagnostic, Severity, built_in, shelf};

use super::stories::Opened;
use super::{Check, Format};

/// What `check --format json` prints.
#[derive(Serialize)]
struct Report<'d> {
    ok: bool,
    stories: Vec<StoryReport<'d>>,
    diagnostics: Vec<JsonDiagnostic<'d>>,
    proof: Proof,
}

#[derive(Serialize)]
struct StoryReport<'d> {
    story: &'d str,
    title: Option<&'d str>,
    errors: usize,
    warnings: usize,
}

/// The proof is not built yet, and says so.
#[derive(Serialize)]
struct Proof {
    status: &'static str,
    states: u64,
    seconds: f64,
}

/// Checks stories; 0 where none has an error.
pub(super) fn run(arguments: &Check) -> io::Result<u8> {
    let names: Vec<String> = if arguments.stories.is_empty() {
        BUILT_IN.iter().map(|story| story.name.to_owned()).collect()
    } else {
        arguments.stories.iter().flat_map(|name| expand(name)).collect()
    };
    let opened: Vec<Opened> = names.iter().map(|name| Opened::new(name)).collect();
    let checked: Vec<_> = opened.iter().map(Opened::check).collect();
    let ok = checked.iter().all(|checked| checked.counts().0 == 0);
    let mut out = io::stdout().lock();
    match arguments.format {
        Format::Json => {
            let report = Report {
                ok,
                stories: opened
                    .iter()
                    .zip(&checked)
                    .map(|(opened, checked)| {
                        let (errors, warnings) = checked.counts();
                        let title = checked.story.as_ref().map(|story| story.title.as_str());
                        StoryReport { story: &opened.name, title, errors, warnings }
                    })
                    .collect(),
                diagnostics: opened
                    .iter()
                    .zip(&checked)
                    .flat_map(|(opened, checked)| checked.diagnostics.iter().map(|d| d.json(&opened.sources)))
                    .collect(),
                proof: Proof { status: "skipped", states: 0, seconds: 0.0 },
            };
            serde_json::to_writer_pretty(&mut out, &report)?;
            writeln!(out)?;
        }
        Format::Github => {
            for (opened, checked) in opened.iter().zip(&checked) {
                for diagnostic in &checked.diagnostics {
                    let json = diagnostic.json(&opened.sources);
                    let level = if json.severity == Severity::Error { "error" } else { "warning" };
                    let help = json.help.map(|help| format!(" — {help}")).unwrap_or_default();
                    writeln!(
                        out,
                        "::{level} file={},line={},col={},title={}::{}{}",
                        escape(json.file, true),
                        json.line.max(1),
                        json.column.max(1),
                        json.code,
                        escape(json.message, false),
                        escape(&help, false)
                    )?;
                }
            }
        }
        Format::Text => {
            let colour =
                io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
            for (opened, checked) in opened.iter().zip(&checked) {
                for diagnostic in &checked.diagnostics {
                    writeln!(out, "{}\n", diagnostic.render(&opened.sources, colour))?;
                }
                let (errors, warnings) = checked.counts();
                let name = crate::text::clean(&opened.name).into_owned();
                match &checked.story {
                    Some(story) => {
                        let scenes = count(story.scenes.len(), "scene");
                        let noted =
                            if warnings > 0 { format!(", {}", count(warnings, "warning")) } else { String::new() };
                        writeln!(out, "{name}: sound, {scenes}{noted}. Not proved yet: every night is not tried.")?;
                    }
                    None => writeln!(out, "{name}: {}, {}", count(errors, "error"), count(warnings, "warning"))?,
                }
            }
        }
    }
    Ok(u8::from(!ok))
}

/// A folder of stories stands for each story in it.
fn expand(name: &str) -> Vec<String> {
    if built_in(name).is_some() && !Path::new(name).exists() {
        return vec![name.to_owned()];
    }
    let found = shelf(Path::new(name));
    if found.is_empty() {
        return vec![name.to_owned()];
    }
    found.iter().map(|path| path.display().to_string()).collect()
}

fn count(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

/// As GitHub's workflow commands want it.
fn escape(text: &str, property: bool) -> String {
    let text = text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    if property { text.replace(':', "%3A").replace(',', "%2C") } else { text }
}
