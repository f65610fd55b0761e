use std::fs::File;
use std::io::{ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};

use crate::author::{PageOptions, export_page, export_page_files, export_zip, is_page_of};
use crate::record::{ClassCode, Proofs, write_new, write_whole};
use crate::story::{built_in, stem};
use crate::text;

use super::arguments::ExportArgs;
use super::class::story_of_code;
use super::error::{CliError, Outcome};
use super::not_made;
use super::output::{out, warn};
use super::stories::{LoadedStory, load_story, named_or_here, seat_named, shown};

/// What to do where a file is there already.
const INSTEAD: &str = "name another file, or add --force";

/// Writes a story as one page that plays in any browser, or as what a page of the writer's own is built on.
pub(super) fn run(arguments: &ExportArgs) -> Outcome {
    let LoadedStory { name, story, sources, .. } = match &arguments.code {
        Some(code) => story_of_code(arguments.story.as_deref(), &ClassCode::read(code).map_err(CliError::usage)?)?,
        None => load_story(Some(&named_or_here(arguments.story.as_deref())?))?,
    };
    let role = seat_named(&story, arguments.role.as_deref())?.map(|seat| story.seats[seat.index()].id.as_str());
    let stem = Some(stem(&name)).filter(|stem| !stem.is_empty()).unwrap_or("story");

    let mut files: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    if let Some(folder) = &arguments.pages {
        for file in export_page_files(stem, &story) {
            let path = folder.join(file.name);
            if !(file.theirs && path.exists()) {
                files.push((path, file.text.into_bytes()));
            }
        }
    }
    // A zip file beside a page of an earlier state would be tried by the one and published by the other: both are written.
    let whole_page = arguments.zip.is_some() || arguments.pages.is_none();
    let to_page = arguments.out.clone().or_else(|| whole_page.then(|| PathBuf::from(format!("{stem}.html"))));
    if let Some(to_page) = to_page {
        let theme = arguments.theme.map(super::arguments::PageTheme::word);
        let html = export_page(stem, &story, PageOptions { role, code: arguments.code.as_deref(), theme });
        if let Some(path) = &arguments.zip {
            files.push((path.clone(), export_zip(&html)?));
        }
        files.push((to_page, html.into_bytes()));
    }

    // All that was asked for, or nothing of it.
    let may_replace = |path: &Path| arguments.force || is_earlier_export(path, stem);
    let there = files.iter().find(|(path, _)| path.symlink_metadata().is_ok() && !may_replace(path));
    if let Some((path, _)) = there {
        return Err(not_made(path, &ErrorKind::AlreadyExists.into(), INSTEAD));
    }
    for (path, bytes) in &files {
        let again = path.symlink_metadata().is_ok() && may_replace(path);
        let done = if again { write_whole(path, bytes) } else { write_new(path, bytes) };
        done.map_err(|error| not_made(path, &error, INSTEAD))?;
        let (path, anew, size) = (text::shown(path), if again { " anew" } else { "" }, bytes.len().div_ceil(1000));
        writeln!(out(), "{path} is written{anew} ({size} kB)")?;
    }
    // A proof takes its time; one that is kept takes none, and holds for the very same text. Those built in are proved
    // before the program goes out.
    if built_in(&name).is_none() && Proofs::here().and_then(|kept| kept.find(&sources)).is_none() {
        let name = shown(&name);
        warn(format_args!(
            "{name} is not proved as it stands now; `hallway check {name}` proves it, or says what is wrong"
        ));
    }
    Ok(0)
}

/// Whether this is a page of this story, or a zip file of one, that was exported before: such a file is made anew at any
/// time, and holds nothing of the writer's own.
fn is_earlier_export(path: &Path, name: &str) -> bool {
    const BEGINNING: u64 = 4096;
    let mut beginning = Vec::new();
    let read = File::open(path).and_then(|file| file.take(BEGINNING).read_to_end(&mut beginning));
    read.is_ok() && is_page_of(&beginning, name)
}
