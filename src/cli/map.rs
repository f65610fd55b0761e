use std::io::Write as _;

use crate::author::map;

use super::arguments::{MapArgs, MapFormat};
use super::error::Outcome;
use super::output::{out, takes_a_screen};
use super::stories::{LoadedStory, load_story, named_or_here};

/// Draws the graph of a story's scenes.
pub(super) fn run(arguments: &MapArgs) -> Outcome {
    let LoadedStory { story, sources, places, .. } = load_story(Some(&named_or_here(arguments.story.as_deref())?))?;
    let story = &story;
    let map = map(story, &sources, &places);
    let text = match arguments.format {
        None if takes_a_screen() => {
            return Ok(crate::tui::read(story, map.text(), false)?);
        }
        None | Some(MapFormat::Text) => map.text(),
        Some(MapFormat::Mermaid) => map.mermaid(),
        Some(MapFormat::Dot) => map.dot(),
        Some(MapFormat::Svg) => map.svg(),
    };
    out().write_all(text.as_bytes())?;
    Ok(0)
}
