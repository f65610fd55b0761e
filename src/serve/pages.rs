//! The pages that devices open, and what belongs to them: made when the program was built, and the same for everybody.

use crate::story::Story;

pub const PAGE: &str = concat!(include_str!("../../assets/web/head.html"), include_str!("../../assets/web/class.html"));
pub const STYLE: &str = include_str!("../../assets/web/page.css");
pub const SCRIPT: &str = concat!(
    include_str!("../../assets/web/draw.js"),
    include_str!("../../assets/web/ask.js"),
    include_str!("../../assets/web/debrief.js"),
    include_str!("../../assets/web/group.js"),
    include_str!("../../assets/web/notes.js"),
    include_str!("../../assets/web/class.js"),
);
pub const BOARD: &str =
    concat!(include_str!("../../assets/web/head.html"), include_str!("../../assets/web/board.html"));
pub const BOARD_SCRIPT: &str = concat!(
    include_str!("../../assets/web/draw.js"),
    include_str!("../../assets/web/ask.js"),
    include_str!("../../assets/web/group.js"),
    include_str!("../../assets/web/board.js"),
);

/// A page in the language of a story, whose words stand in it among the page's own.
pub fn page(page: &str, story: &Story) -> String {
    let language = if story.language.is_empty() { "en" } else { &story.language };
    page.replacen("{language}", language, 1)
}
