use std::io::Write as _;
use std::path::PathBuf;

use crate::author::{TEMPLATES, fresh};

use super::trouble::{Outcome, Trouble};
use super::{New, create, output};

/// Writes a fresh story into the folder one stands in; never over anything.
pub(super) fn run(arguments: &New) -> Outcome {
    let Some(text) = fresh(&arguments.template, &arguments.name) else {
        let there: String = TEMPLATES.iter().map(|(name, about, _)| format!("\n  {name:<10} {about}")).collect();
        return Err(Trouble::usage(format!("there is no template `{}`; there are:{there}", arguments.template)));
    };
    let stem: String =
        arguments.name.trim().to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    let stem = stem.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    if stem.is_empty() {
        return Err(Trouble::usage("a title needs a letter or two, for the file to be named after"));
    }
    let path = PathBuf::from(format!("{stem}.ron"));
    create(&path, &text, "give another title")?;
    let path = crate::text::shown(&path);
    writeln!(
        output::out(),
        "{path} is written. Now:\n  hallway check {path}\n  hallway play {path}\n  hallway watch {path}   (play while you change it)\n  hallway guide   (how stories are written)"
    )?;
    Ok(0)
}
