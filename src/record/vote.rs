/// What the groups of a class are called: by colours, so that no pupil is named.
pub const GROUPS: [&str; 8] = ["Blue", "Green", "Red", "Yellow", "White", "Black", "Violet", "Brown"];

/// How a class came to a decision: the votes for each choice, as `12–7–3`, or the group whose hand it was. `None` for
/// anything else, so that no name of a pupil can be kept.
#[must_use]
pub fn vote(typed: &str) -> Option<String> {
    let group = GROUPS.iter().find(|group| group.eq_ignore_ascii_case(typed.trim()));
    if let Some(group) = group {
        return Some((*group).to_owned());
    }
    let parts: Vec<&str> = typed.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let counts: Option<Vec<u16>> = parts.iter().map(|part| part.parse().ok().filter(|count| *count < 1000)).collect();
    let counts = counts.filter(|counts| (1..=12).contains(&counts.len()))?;
    Some(counts.iter().map(u16::to_string).collect::<Vec<_>>().join("–"))
}

#[cfg(test)]
mod tests {
    use super::vote;

    #[test]
    fn votes_are_numbers_or_a_group_and_never_a_name() {
        assert_eq!(vote("12 7 3").as_deref(), Some("12–7–3"));
        assert_eq!(vote(" 12, 7 / 3 ").as_deref(), Some("12–7–3"));
        assert_eq!(vote("blue").as_deref(), Some("Blue"));
        for other in ["", "Anna", "Anna 3", "12 seven", "1000", "-", "1 2 3 4 5 6 7 8 9 10 11 12 13"] {
            assert_eq!(vote(other), None, "{other}");
        }
    }
}
