use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::author::format_text;
use crate::record::write_whole;
use crate::story::{Folder, LARGEST_FILE, read_all, read_file};
use crate::text::shown;

use super::arguments::FmtArgs;
use super::error::{CliError, Outcome};
use super::output::{self, out, warn};
use super::stories::{ALONE, STDIN, wanted};

/// Tidies files in place; 1 where one could not be, or with `--check` would be changed.
pub(super) fn run(arguments: &FmtArgs) -> Outcome {
    if arguments.paths == [Path::new(STDIN)] {
        return standard_input(arguments.check);
    }
    if arguments.paths.iter().any(|path| path == Path::new(STDIN)) {
        return Err(CliError::usage(ALONE));
    }
    let mut code = 0;
    let mut files = Vec::new();
    let paths = match arguments.paths.as_slice() {
        [] => wanted(&[])?.into_iter().map(|story| PathBuf::from(story.name)).collect(),
        paths => paths.to_vec(),
    };
    for path in &paths {
        for (path, why) in collect(path, &mut files) {
            warn(format_args!("{}: {why}", shown(&path)));
            code = 1;
        }
    }
    files.sort();
    for file in &files {
        match one(file, arguments.check) {
            Ok(None) => {}
            Ok(Some(done)) => {
                writeln!(out(), "{} {done}", shown(file))?;
                code |= u8::from(arguments.check);
            }
            Err(why) => {
                warn(format_args!("{}{why}", shown(file)));
                code = 1;
            }
        }
    }
    Ok(code)
}

/// Tidies what is read, onto standard output.
fn standard_input(check: bool) -> Outcome {
    let bytes = read_all(io::stdin().lock(), LARGEST_FILE).map_err(CliError::fault)?;
    let text = String::from_utf8(bytes).map_err(|_| CliError::fault("this is not text in UTF-8"))?;
    let broken = || CliError::fault("this is not whole, so it cannot be tidied; `hallway check -` says where");
    let tidied = format_text(&text).ok_or_else(broken)?;
    if !check {
        output::own().write_all(tidied.as_bytes())?;
    }
    Ok(u8::from(check && tidied != text))
}

/// What was done to a file, or would be; nothing where it is tidy.
fn one(file: &Path, check: bool) -> Result<Option<&'static str>, String> {
    let bytes = read_file(file, LARGEST_FILE).map_err(|why| format!(": {why}"))?;
    let text = String::from_utf8(bytes).map_err(|_| ": this is not text in UTF-8".to_owned())?;
    let name = shown(file);
    let tidied = format_text(&text)
        .ok_or_else(|| format!(" is not whole, so it is left alone; `hallway check {name}` says where"))?;
    if tidied == text {
        return Ok(None);
    }
    if check {
        return Ok(Some("would be changed"));
    }
    write_whole(file, &tidied).map_err(|error| format!(" could not be written and is as it was: {error}"))?;
    Ok(Some("is tidied"))
}

/// A file by itself, or all scene files of a folder and the folders in it; and what of them is left out, with why.
fn collect(path: &Path, out: &mut Vec<PathBuf>) -> Vec<(PathBuf, String)> {
    let refused = |path: &Path, why: &dyn std::fmt::Display| (path.to_owned(), why.to_string());
    if !path.is_dir() {
        out.push(path.to_owned());
        return Vec::new();
    }
    match Folder::new(path) {
        Ok(folder) => {
            let (files, left_out) = folder.scenes();
            out.extend(files);
            left_out.iter().map(|(path, why)| refused(path, why)).collect()
        }
        Err(error) => vec![refused(path, &error)],
    }
}
