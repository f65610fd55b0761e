//! One file per screen: from the app to its content, without placing anything.

pub(super) mod composer;
pub(super) mod curtain;
pub(super) mod debrief;
pub(super) mod floor_plan;
pub(super) mod forks;
pub(super) mod game;
pub(super) mod guided_debrief;
pub(super) mod help;
pub(super) mod history;
pub(super) mod known;
pub(super) mod saves;
pub(super) mod seats;
pub(super) mod settings;
pub(super) mod teacher;
pub(super) mod title;
pub(super) mod workbench;

fn lower_the(place: &str) -> String {
    place.strip_prefix("The ").map_or_else(|| place.to_owned(), |rest| format!("the {rest}"))
}
