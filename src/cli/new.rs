use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::PathBuf;

use crate::author::{TEMPLATES, fresh};

use super::New;

/// Writes a fresh story into the folder one stands in; never over anything.
pub(super) fn run(arguments: &New) -> io::Result<u8> {
    let Some(text) = fresh(&arguments.template, &arguments.name) else {
        eprintln!("hallway: there is no template `{}`; there are:", crate::text::clean(&arguments.template));
        for (name, about, _) in TEMPLATES {
            eprintln!("  {name:<10} {about}");
        }
        return Ok(2);
    };
    let stem: String =
        arguments.name.trim().to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    let stem = stem.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    if stem.is_empty() {
        eprintln!("hallway: a title needs a letter or two, for the file to be named after");
        return Ok(2);
    }
    let path = PathBuf::from(format!("{stem}.ron"));
    match OpenOptions::new().write(true).create_new(true).open(&path) {
        Ok(mut file) => file.write_all(text.as_bytes())?,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            eprintln!("hallway: {} is there already, and is not written over; give another title", path.display());
            return Ok(1);
        }
        Err(error) => {
            eprintln!("hallway: {} cannot be made: {error}", path.display());
            return Ok(1);
        }
    }
    let path = path.display();
    println!(
        "{path} is written. Now:\n  hallway check {path}\n  hallway play {path}\n  hallway watch {path}   (play while you change it)"
    );
    Ok(0)
}
