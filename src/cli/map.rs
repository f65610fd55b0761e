use std::io::{self, IsTerminal, Write as _};

use crate::author::map;

use super::stories::Opened;
use super::{Map, MapFormat};

/// Draws the graph of a story's scenes.
pub(super) fn run(arguments: &Map) -> io::Result<u8> {
    let name = arguments.story.as_deref().unwrap_or(crate::story::BUILT_IN[0].name);
    let opened = Opened::new(name);
    let checked = opened.check();
    let Some(story) = &checked.story else {
        eprintln!("hallway: {} has faults; `hallway check` tells which", opened.name);
        return Ok(1);
    };
    let map = map(story, &opened.sources, &checked.places);
    let text = match arguments.format {
        None if io::stdout().is_terminal() && io::stdin().is_terminal() => {
            return crate::tui::read(story, map.text());
        }
        None | Some(MapFormat::Text) => map.text(),
        Some(MapFormat::Mermaid) => map.mermaid(),
        Some(MapFormat::Dot) => map.dot(),
        Some(MapFormat::Svg) => map.svg(),
    };
    io::stdout().lock().write_all(text.as_bytes()).map(|()| 0)
}
