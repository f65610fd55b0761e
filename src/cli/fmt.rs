use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::author::tidy;
use crate::text::clean;

use super::trouble::Outcome;
use super::{Fmt, out, warn};

/// Tidies files in place; 1 where one could not be, or with `--check` would be changed.
pub(super) fn run(arguments: &Fmt) -> Outcome {
    let mut out = out();
    let mut code = 0;
    let mut files = Vec::new();
    for path in &arguments.paths {
        if let Err(error) = collect(path, &mut files) {
            warn(format_args!("{}: {error}", path.display()));
            code = 1;
        }
    }
    files.sort();
    for file in &files {
        let shown = file.display().to_string();
        let text = match std::fs::read_to_string(file) {
            Ok(text) => text,
            Err(error) => {
                warn(format_args!("{shown}: {error}"));
                code = 1;
                continue;
            }
        };
        match tidy(&text) {
            None => {
                warn(format_args!("{shown} is not whole, so it is left alone; `hallway check {shown}` says where"));
                code = 1;
            }
            Some(tidied) if tidied == text => {}
            Some(_) if arguments.check => {
                writeln!(out, "{} would be changed", clean(&shown))?;
                code = 1;
            }
            Some(tidied) => match replace(file, &tidied) {
                Ok(()) => writeln!(out, "{} is tidied", clean(&shown))?,
                Err(error) => {
                    warn(format_args!("{shown} could not be written and is as it was: {error}"));
                    code = 1;
                }
            },
        }
    }
    Ok(code)
}

/// A file by itself, or all `.ron` files of a folder and the folders in it. Links are not followed.
fn collect(path: &Path, out: &mut Vec<PathBuf>) -> io::Result<()> {
    if !std::fs::metadata(path)?.is_dir() {
        out.push(path.to_owned());
        return Ok(());
    }
    for entry in std::fs::read_dir(path)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        let path = entry.path();
        if kind.is_dir() || (kind.is_file() && path.extension().is_some_and(|extension| extension == "ron")) {
            collect(&path, out)?;
        }
    }
    Ok(())
}

/// Whole or not at all, and with the rights it had.
fn replace(file: &Path, text: &str) -> io::Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let rights = std::fs::metadata(file)?.permissions();
    if rights.readonly() {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "it is read-only"));
    }
    let mut new = tempfile::NamedTempFile::new_in(folder)?;
    new.write_all(text.as_bytes())?;
    new.as_file().set_permissions(rights)?;
    new.persist(file).map(|_| ()).map_err(|error| error.error)
}
