//! The saved games of a story, listed and told by their number.

use std::io;
use std::path::Path;

use crate::play::{Game, described};
use crate::record::{Journal, Resumed, Save, saves, saves_folder};
use crate::story::Story;
use crate::text;
use crate::view::strings;

use super::lines::Lines;

/// The saved games of a story that is asked for by `name`, the last one first.
pub(super) fn kept(story: &Story, name: &str) -> Vec<Save> {
    saves_folder().map(|folder| saves(&folder, story, name)).unwrap_or_default()
}

/// The saved game of a number in the list: the one that is being played, at `playing`, has none.
///
/// # Errors
/// That there is none, in words for the player.
pub(super) fn save_at(story: &Story, name: &str, playing: Option<&Path>, number: &str) -> Result<Save, String> {
    let at = number.trim_end_matches('.').parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    let others = kept(story, name).into_iter().filter(|save| Some(save.path.as_path()) != playing);
    let save = at.and_then(|at| others.into_iter().nth(at));
    save.ok_or_else(|| strings::fill(strings::PLAIN_NO_SAVE, &[("number", &number)]))
}

/// A saved game as it stands, its save to be written on, and what is to be told of it.
///
/// # Errors
/// Why it cannot go on here, in words for the player.
pub fn resume<'s>(path: &Path, story: &'s Story, name: &str) -> Result<(Game<'s>, Journal, Vec<String>), String> {
    let Resumed { journal, loaded } = Journal::resume(path, story, name).map_err(|trouble| trouble.to_string())?;
    let told = loaded.notices.clone();
    let game = Game::loaded(loaded);
    if game.is_shared() {
        return Err(strings::PLAIN_TOGETHER.to_owned());
    }
    let seat = story.seats[game.seat().index()].label();
    let decided = text::counted(game.decisions().len(), "decision");
    // Where there are no roles there is no name to tell.
    let game_told = [seat, &decided].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    let mut notices = vec![strings::fill(strings::PLAIN_CONTINUED, &[("game", &game_told)])];
    notices.extend(told);
    Ok((game, journal, notices))
}

/// Lists the saved games by number, the one that is being played, and the endings found in all of them.
pub(super) fn list_saves(lines: &mut Lines<'_>, story: &Story, name: &str, playing: Option<&Path>) -> io::Result<()> {
    let kept = kept(story, name);
    if kept.is_empty() {
        return lines.say(strings::NO_SAVES);
    }
    let (this, others): (Vec<&Save>, Vec<&Save>) = kept.iter().partition(|save| Some(save.path.as_path()) == playing);
    for (number, save) in (1..).zip(&others) {
        lines.say(&format!("{number}. {}: {}", described(story, save), text::shown(&save.path)))?;
    }
    for save in this {
        lines.say(&strings::fill(
            strings::PLAIN_THIS_GAME,
            &[("game", &described(story, save)), ("path", &text::shown(&save.path))],
        ))?;
    }
    let found = story.endings.iter().filter(|ending| kept.iter().any(|save| save.reached.contains(&ending.id)));
    let found: Vec<&str> = found.map(|ending| ending.title.as_str()).collect();
    let names = if found.is_empty() { String::new() } else { format!(": {}", found.join("; ")) };
    lines.say(&format!("Endings found: {} of {}{names}.", found.len(), story.endings.len()))?;
    if others.is_empty() { Ok(()) } else { lines.say(strings::PLAIN_TAKE_UP) }
}
