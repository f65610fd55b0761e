use std::fmt;

use crate::story::{Form, SceneKind, SeatId, Story};

/// How a class is divided: groups of three, groups of two whose third seat the story plays, and observers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Groups {
    pub threes: usize,
    pub pairs: usize,
    pub observers: usize,
}

/// The groups that so many pupils make. Two that are left over play with the story as their third; one that is left
/// over observes. Two or fewer pupils are a pair, or one who plays alone.
#[must_use]
pub fn groups(pupils: usize) -> Groups {
    let threes = pupils / 3;
    match pupils % 3 {
        2 => Groups { threes, pairs: 1, observers: 0 },
        rest => Groups { threes, pairs: 0, observers: rest },
    }
}

/// The seats of a story of two rooms and somebody between them: a room, the one who carries, the other room. `None` of any
/// other story.
#[must_use]
pub fn two_rooms(story: &Story) -> Option<[SeatId; 3]> {
    let carries = story.scenes.iter().find_map(|scene| match &scene.kind {
        SceneKind::Decide(decision) if matches!(decision.form.as_deref(), Some(Form::Relay { .. })) => scene.seat,
        _ => None,
    })?;
    let mut rooms = story.seat_ids().filter(|seat| *seat != carries);
    match (rooms.next(), rooms.next(), rooms.next()) {
        (Some(first), Some(second), None) => Some([first, carries, second]),
        _ => None,
    }
}

/// The seats of a group of two: they take the rooms, and whoever carries is the story's.
#[must_use]
pub fn seats_of_pair(story: &Story) -> Vec<SeatId> {
    match two_rooms(story) {
        Some([one, _, two]) => vec![one, two],
        None => story.seat_ids().take(2).collect(),
    }
}

impl fmt::Display for Groups {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = |count: usize, one: &str, many: &str| match count {
            0 => None,
            1 => Some(one.to_owned()),
            count => Some(format!("{count} {many}")),
        };
        let parts: Vec<String> = [
            number(self.threes, "one group of three", "groups of three"),
            number(
                self.pairs,
                "one group of two (for them: --players 2; the story plays the third seat)",
                "groups of two",
            ),
            number(self.observers, "one observer, with the observer’s sheet", "observers"),
        ]
        .into_iter()
        .flatten()
        .collect();
        if parts.is_empty() { write!(f, "nobody to play") } else { write!(f, "{}", parts.join(", ")) }
    }
}

#[cfg(test)]
mod tests {
    use super::groups;

    #[test]
    fn nobody_is_left_out_of_a_class() {
        for pupils in 0..=40 {
            let found = groups(pupils);
            assert_eq!(3 * found.threes + 2 * found.pairs + found.observers, pupils);
            assert!(found.pairs <= 1 && found.observers <= 1);
        }
        assert_eq!(
            groups(26).to_string(),
            "8 groups of three, one group of two (for them: --players 2; the story plays the third seat)"
        );
        assert_eq!(groups(4).to_string(), "one group of three, one observer, with the observer’s sheet");
        assert_eq!(groups(0).to_string(), "nobody to play");
    }
}
