use std::io::Write as _;

use crate::record::ThemeName;
use crate::tui::{Shot, picture};

use super::arguments::PictureArgs;
use super::error::{CliError, Outcome};
use super::output::out;
use super::stories::{LoadedStory, load_story};

/// Draws a screen as a picture.
pub(super) fn run(arguments: &PictureArgs) -> Outcome {
    let LoadedStory { story, .. } = load_story(arguments.story.as_deref())?;
    let story = &story;
    let size =
        arguments.size.split_once('x').and_then(|(columns, rows)| Some((columns.parse().ok()?, rows.parse().ok()?)));
    let size = size
        .filter(|(columns, rows): &(u16, u16)| (1..=300).contains(columns) && (1..=200).contains(rows))
        .ok_or_else(|| CliError::usage(format!("`{}` is no size; write it as 100x30", arguments.size)))?;
    let theme = ThemeName::try_from(arguments.theme.clone()).map_err(CliError::usage)?;
    let shot = Shot { keys: &arguments.keys, seed: arguments.seed, size, theme };
    let svg = picture(story, &shot).map_err(CliError::usage)?;
    out().write_all(svg.as_bytes())?;
    Ok(0)
}
