use std::io::{self, Write as _};

use crate::record::ThemeName;
use crate::tui::{Shot, picture};

use super::Picture;
use super::stories::Opened;

/// Draws a screen as a picture.
pub(super) fn run(arguments: &Picture) -> io::Result<u8> {
    let name = arguments.story.as_deref().unwrap_or(crate::story::BUILT_IN[0].name);
    let checked = Opened::new(name).check();
    let Some(story) = &checked.story else {
        eprintln!("hallway: this story has faults; `hallway check` tells which");
        return Ok(1);
    };
    let size =
        arguments.size.split_once('x').and_then(|(columns, rows)| Some((columns.parse().ok()?, rows.parse().ok()?)));
    let size = size.filter(|(columns, rows): &(u16, u16)| (1..=300).contains(columns) && (1..=200).contains(rows));
    let drawn = match (size, ThemeName::try_from(arguments.theme.clone())) {
        (None, _) => Err(format!("`{}` is no size; write it as 100x30", arguments.size)),
        (_, Err(why)) => Err(why),
        (Some(size), Ok(theme)) => picture(story, &Shot { keys: &arguments.keys, seed: arguments.seed, size, theme }),
    };
    match drawn {
        Ok(svg) => io::stdout().lock().write_all(svg.as_bytes()).map(|()| 0),
        Err(why) => {
            eprintln!("hallway: {why}");
            Ok(2)
        }
    }
}
