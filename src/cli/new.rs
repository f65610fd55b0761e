use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::author::{TEMPLATES, new_story};
use crate::story::{folder_of, shelf};

use super::arguments::NewArgs;
use super::error::{CliError, Outcome};
use super::{create, output};

/// Refuses a file that would become a part of another story, or make others a part of it.
fn stands_alone(path: &Path) -> Result<(), CliError> {
    let whole = std::env::current_dir()?.join(path);
    if whole.exists() {
        // That is told of anyhow.
        return Ok(());
    }
    if let Some(folder) = folder_of(&whole) {
        let folder = crate::text::shown(&folder);
        return Err(CliError::usage(format!(
            "{folder} is the folder of a story (it has a story.ron), and whatever is written in it becomes a part of that; \
             begin another story in a folder of its own"
        )));
    }
    let others = shelf(Path::new("."));
    if path.file_stem().is_some_and(|stem| stem == "story") && !others.is_empty() {
        return Err(CliError::usage(
            "a file called story.ron makes one story of all that is in its folder, and there is more in this one; give \
             another title, or begin in a folder of its own",
        ));
    }
    Ok(())
}

/// Writes a fresh story into the folder one stands in; never over anything.
pub(super) fn run(arguments: &NewArgs) -> Outcome {
    let Some(text) = new_story(&arguments.template, &arguments.name) else {
        let there: String = TEMPLATES.iter().map(|(name, about, _)| format!("\n  {name:<10} {about}")).collect();
        return Err(CliError::usage(format!("there is no template `{}`; there are:{there}", arguments.template)));
    };
    let stem: String =
        arguments.name.trim().to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    let stem = stem.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    if stem.is_empty() {
        return Err(CliError::usage("a title needs a letter or two, for the file to be named after"));
    }
    let path = PathBuf::from(format!("{stem}.ron"));
    stands_alone(&path)?;
    create(&path, &text, "give another title")?;
    let path = crate::text::shown(&path);
    writeln!(
        output::out(),
        "{path} is written. Now:\n  hallway check {path}\n  hallway play {path}\n  hallway watch {path}   (play while you change it)\n  hallway export {path}   (a page that others play in a browser)\n  hallway guide   (how stories are written)"
    )?;
    Ok(0)
}
