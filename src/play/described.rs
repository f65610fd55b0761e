use crate::record::Save;
use crate::story::{Seat, Story};
use crate::text::counted;
use crate::view::strings;

/// A saved game in one line: its name, its seat, how far it has come.
#[must_use]
pub fn described(story: &Story, save: &Save) -> String {
    let held = |seat: &&Seat| save.header.seats.get(&seat.id).is_some_and(|held| held == "person");
    // Several people at one keyboard hold a seat each.
    let places: Vec<&str> = story.seats.iter().filter(held).map(Seat::label).collect();
    let place = places.join(" + ");
    let how = match &save.ended {
        Some(id) => {
            let title = story.endings.iter().find(|ending| ending.id == *id).map_or(id.as_str(), |e| &e.title);
            strings::fill(strings::ENDED, &[("title", &title)])
        }
        None if save.decisions == 0 => strings::JUST_BEGUN.to_owned(),
        None => format!("{} in", counted(save.decisions, "decision")),
    };
    let name = save.name.as_ref().map(|name| format!("“{name}”")).unwrap_or_default();
    [name.as_str(), place.as_str(), how.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}
