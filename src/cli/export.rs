use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::author::{export_page, export_zip};
use crate::record::{write_new, write_whole};
use crate::story::stem;
use crate::text;

use super::ExportArgs;
use super::error::{CliError, Outcome};
use super::output::out;
use super::stories::{LoadedStory, load_story, named_or_here};

/// Writes a story as one page that plays in any browser.
pub(super) fn run(arguments: &ExportArgs) -> Outcome {
    let LoadedStory { name, story, sources, .. } = load_story(Some(&named_or_here(arguments.story.as_deref())?))?;
    let stem = Some(stem(&name)).filter(|stem| !stem.is_empty()).unwrap_or("story");
    let html = export_page(stem, &story, &sources);
    let to_page =
        arguments.out.clone().or_else(|| arguments.zip.is_none().then(|| PathBuf::from(format!("{stem}.html"))));
    if let Some(path) = &to_page {
        write(path, html.as_bytes(), arguments.force)?;
    }
    if let Some(path) = &arguments.zip {
        write(path, &export_zip(&html)?, arguments.force)?;
    }
    Ok(0)
}

/// Writes a file whole or not at all; over one that is there only where that was asked for.
fn write(path: &Path, bytes: &[u8], force: bool) -> Result<(), CliError> {
    let done = if force { write_whole(path, bytes) } else { write_new(path, bytes) };
    let shown = text::shown(path);
    done.map_err(|error| {
        CliError::fault(match error.kind() {
            std::io::ErrorKind::AlreadyExists => {
                format!("{shown} is there already, and is not written over; name another file, or add --force")
            }
            _ => format!("{shown} cannot be made: {error}"),
        })
    })?;
    let size = bytes.len().div_ceil(1000);
    writeln!(out(), "{shown}: {size} kB; open it in any browser")?;
    Ok(())
}
