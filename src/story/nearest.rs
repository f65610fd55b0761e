//! Names that may have been meant.

/// The known name that a mistyped one may stand for; `None` if none is near enough to be worth reading.
///
/// Letters left out, put in, changed or swapped with their neighbour count as one slip each; case and the sign between
/// two words do not count. Names that differ in their numbers are different names.
#[must_use]
pub fn nearest<'n>(wrong: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let wrong = Letters::of(wrong);
    let mut letters = Letters::default();
    let mut best: Option<(usize, &str)> = None;
    for name in known {
        letters.become_those_of(name);
        let allowed = wrong.slips_allowed(&letters);
        let limit = best.map_or(allowed, |(slips, _)| slips.min(allowed));
        if let Some(slips) = slips(&wrong.0, &letters.0, limit)
            && slips < wrong.0.len().max(letters.0.len())
            && !wrong.numbers_differ(&letters)
            // Names come in no particular order; of several as near, the first by the alphabet.
            && best.is_none_or(|best| (slips, name) < best)
        {
            best = Some((slips, name));
        }
    }
    best.map(|(_, name)| name)
}

/// Most names that are listed where none is close to the wrong one.
const MOST_LISTED: usize = 8;
/// Of more names than these nobody looks for those that are most alike.
const MOST_SORTED: usize = 1_000;

/// The names that there are, in words: “`a`”, “one of `a`, `b`”; of many, those that are most alike. `None` where there
/// are none, or more than anybody would look through.
#[must_use]
pub(super) fn one_of<'n>(wrong: &str, known: impl Iterator<Item = &'n str>) -> Option<String> {
    let mut names: Vec<&str> = known.take(MOST_SORTED + 1).collect();
    if names.is_empty() || names.len() > MOST_SORTED {
        return None;
    }
    let all = names.len();
    if all > MOST_LISTED {
        let wrong = Letters::of(wrong).0;
        names.sort_by_cached_key(|name| {
            let letters = Letters::of(name).0;
            let longest = wrong.len().max(letters.len());
            (slips(&wrong, &letters, longest).unwrap_or(longest) * 100 / longest.max(1), *name)
        });
        names.truncate(MOST_LISTED / 2);
    } else {
        names.sort_unstable();
    }
    let listed: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    Some(match listed.as_slice() {
        [one] => one.clone(),
        some if all > some.len() => format!("one of {} and {} others", some.join(", "), all - some.len()),
        some => format!("one of {}", some.join(", ")),
    })
}

/// A name as it is compared.
#[derive(Default)]
struct Letters(Vec<char>);

impl Letters {
    fn of(name: &str) -> Self {
        let mut letters = Self::default();
        letters.become_those_of(name);
        letters
    }

    fn become_those_of(&mut self, name: &str) {
        self.0.clear();
        self.0.extend(name.chars().flat_map(char::to_lowercase).map(|c| if "_ ".contains(c) { '-' } else { c }));
    }

    /// How many slips make the one of the other; a short name with two slips in it is another name.
    fn slips_allowed(&self, other: &Self) -> usize {
        match self.0.len().max(other.0.len()) {
            0..=6 => 1,
            7..=10 => 2,
            _ => 3,
        }
    }

    /// True if both hold numbers, and not the same: `door-2` is no slip for `door-3`.
    fn numbers_differ(&self, other: &Self) -> bool {
        let digits = |letters: &Self| letters.0.iter().copied().filter(char::is_ascii_digit).collect::<String>();
        let (mine, others) = (digits(self), digits(other));
        mine != others && !mine.is_empty() && !others.is_empty()
    }
}

/// How many slips lie between two words, where there are `limit` at most: the optimal string alignment distance.
///
/// A story can hold a hundred thousand names, so no more is worked out than the limit asks for.
pub(super) fn slips<T: PartialEq>(a: &[T], b: &[T], limit: usize) -> Option<usize> {
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[same..], &b[same..]);
    let same = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[..a.len() - same], &b[..b.len() - same]);
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    // The last three rows of the table; only what lies near its diagonal can stay within the limit.
    let far = limit + 1;
    let mut rows: [Vec<usize>; 3] = [vec![far; b.len() + 1], (0..=b.len()).collect(), vec![far; b.len() + 1]];
    for (at, here) in a.iter().enumerate() {
        let (from, to) = ((at + 1).saturating_sub(limit).max(1), (at + 1 + limit).min(b.len()));
        let [before, above, row] = &mut rows;
        row.fill(far);
        row[0] = at + 1;
        for to in from..=to {
            let other = &b[to - 1];
            let mut least = (above[to] + 1).min(row[to - 1] + 1).min(above[to - 1] + usize::from(here != other));
            if at > 0 && to > 1 && *here == b[to - 2] && a[at - 1] == *other {
                least = least.min(before[to - 2] + 1);
            }
            row[to] = least;
        }
        if row.iter().min().is_none_or(|least| *least > limit) {
            return None;
        }
        rows.rotate_left(1);
    }
    Some(rows[1][b.len()]).filter(|slips| *slips <= limit)
}

#[cfg(test)]
mod tests {
    use super::{nearest, slips};

    #[test]
    fn slips_are_counted_as_far_as_is_asked() {
        let count = |a: &str, b: &str, limit| slips(a.as_bytes(), b.as_bytes(), limit);
        for (a, b, slips) in [
            ("", "", 0),
            ("trust", "trust", 0),
            ("trsut", "trust", 1),
            ("coices", "choices", 1),
            ("hal2", "hall2", 1),
            ("functions", "questions", 3),
            ("abcdef", "badcfe", 3),
            ("", "abc", 3),
            ("kitten", "sitting", 3),
        ] {
            for limit in 0..6 {
                assert_eq!(count(a, b, limit), (slips <= limit).then_some(slips), "{a} {b} {limit}");
                assert_eq!(count(b, a, limit), (slips <= limit).then_some(slips), "{b} {a} {limit}");
            }
        }
    }

    #[test]
    fn counting_agrees_with_a_table_worked_out_whole() {
        let words: Vec<String> = (0_u32..243)
            .map(|n| (0..5).map(|at| ['a', 'b', 'c'][(n / 3_u32.pow(at) % 3) as usize]).collect())
            .collect();
        for a in &words {
            for b in words.iter().step_by(7) {
                let whole = strsim::osa_distance(a, b);
                for limit in 0..4 {
                    let cut = &b[..b.len() - limit % 2];
                    let whole = if cut.len() == b.len() { whole } else { strsim::osa_distance(a, cut) };
                    assert_eq!(
                        slips(a.as_bytes(), cut.as_bytes(), limit),
                        (whole <= limit).then_some(whole),
                        "{a} {cut}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_name_is_suggested_where_it_is_near_by_its_length() {
        let fields = ["questions", "choices", "title", "scenes", "text", "go", "bar-door", "door-2", "n", "treatments"];
        for (wrong, near) in [
            ("coices", Some("choices")),
            ("txet", Some("text")),
            ("Text", Some("text")),
            ("titel", Some("title")),
            ("bar_door", Some("bar-door")),
            ("Bar door", Some("bar-door")),
            ("door2", Some("door-2")),
            ("nn", Some("n")),
            ("tretmants", Some("treatments")),
            // Too far for their length, or another name on purpose.
            ("functions", None),
            ("door-3", None),
            ("tents", None),
            ("stage", None),
            ("m", None),
            ("", None),
        ] {
            assert_eq!(nearest(wrong, fields), near, "{wrong}");
        }
    }
}
