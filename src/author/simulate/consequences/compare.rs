use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::story::Story;

use super::playthrough::Playthrough;

/// New words that answer a decision before the next.
const AT_ONCE: usize = 20;
/// New words by which it is felt later.
const LATER: usize = 30;
/// Passages of more words than this are not set against each other word by word, so that the work stays bounded.
const MOST: usize = 2_000;

/// What came of one decision that was taken otherwise.
#[derive(Debug, Clone, Copy)]
pub(super) struct ChangeEffects {
    pub answered: bool,
    pub felt: bool,
    pub ending: bool,
    pub nothing: bool,
}

/// Sets a session beside the one in which the decision with this index was taken otherwise.
pub(super) fn compare(story: &Story, game: &Playthrough, other: &Playthrough, decision: usize) -> ChangeEffects {
    let words = WordSplitter { clock: story.clock.is_some() };
    let reads = |told: &Playthrough| {
        let read = |page: &Vec<String>| page.iter().any(|paragraph| words.of(paragraph).next().is_some());
        let first = told.pages.iter().skip(decision + 1).position(read);
        first.map_or(told.pages.len(), |more| decision + 1 + more)
    };
    // Where the seat reads nothing before its next decision, what it reads next is where it can be answered.
    let (own, before) = (reads(other), reads(game));
    let at_once = own == decision + 1;
    let before = if at_once { decision + 1 } else { before };
    let page = |told: &'_ Playthrough, at: usize| told.pages.get(at).cloned().unwrap_or_default();
    let rest = |told: &'_ Playthrough, from: usize| told.pages.get(from..).unwrap_or_default().concat();
    let next = words.changed(&page(game, before), &page(other, own));
    // What the one session reads at once and the other later is not new.
    let later = words.changed(&rest(game, decision + 1), &rest(other, own + 1));
    let all = words.changed(&rest(game, decision + 1), &rest(other, decision + 1));
    let ending = game.ending != other.ending;
    ChangeEffects {
        answered: next.new >= if at_once { AT_ONCE } else { LATER },
        felt: later.new >= LATER,
        ending,
        nothing: !ending && all.new + all.gone == 0,
    }
}

/// How many words only one of two texts has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Changed {
    new: usize,
    gone: usize,
}

/// How words are told apart.
struct WordSplitter {
    /// Words that tell the time do not count.
    clock: bool,
}

impl WordSplitter {
    /// The words of a paragraph; case, and marks at their ends, are no part of them.
    fn of<'t>(&self, paragraph: &'t str) -> impl Iterator<Item = String> + 't {
        let clock = self.clock;
        let time = |word: &str| {
            word.split_once(['.', ':']).is_some_and(|(hours, minutes)| {
                [hours, minutes]
                    .iter()
                    .all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
            })
        };
        let words = paragraph.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
        words.filter(move |word| !(word.is_empty() || clock && time(word))).map(str::to_lowercase)
    }

    /// Sets paragraphs beside each other, and the words of those that are not in both.
    fn changed(&self, before: &[String], after: &[String]) -> Changed {
        let words = |paragraphs: &[String]| -> Vec<Vec<String>> {
            paragraphs.iter().map(|paragraph| self.of(paragraph).collect()).collect()
        };
        let (before, after) = (words(before), words(after));
        let mut changed = Changed::default();
        for op in capture_diff_slices(Algorithm::Myers, &before, &after) {
            if matches!(op, DiffOp::Equal { .. }) {
                continue;
            }
            let (gone, new) = (before[op.old_range()].concat(), after[op.new_range()].concat());
            let more = aligned(&gone, &new);
            changed = Changed { new: changed.new + more.new, gone: changed.gone + more.gone };
        }
        changed
    }
}

fn aligned(gone: &[String], new: &[String]) -> Changed {
    if gone.len() > MOST || new.len() > MOST {
        return Changed { new: new.len(), gone: gone.len() };
    }
    let mut changed = Changed::default();
    for op in capture_diff_slices(Algorithm::Myers, gone, new) {
        if !matches!(op, DiffOp::Equal { .. }) {
            changed.new += op.new_range().len();
            changed.gone += op.old_range().len();
        }
    }
    changed
}

#[cfg(test)]
mod tests {
    use super::{Changed, WordSplitter};

    #[test]
    fn words_are_aligned_and_times_left_out() {
        let text = |text: &str| -> Vec<String> { text.split('/').map(str::to_owned).collect() };
        let changed = |clock, a: &str, b: &str| WordSplitter { clock }.changed(&text(a), &text(b));
        assert_eq!(changed(false, "One two. Three!/Four.", "one two three/four"), Changed::default());
        assert_eq!(changed(false, "One two three.", "One and three."), Changed { new: 1, gone: 1 });
        assert_eq!(changed(false, "One./Two.", "One./Between them./Two."), Changed { new: 2, gone: 0 });
        assert_eq!(changed(true, "It is 8.40.", "It is 20:55."), Changed::default());
        assert_eq!(changed(false, "It is 8.40.", "It is 8.45."), Changed { new: 1, gone: 1 });
        let (long, other) = ("a ".repeat(3_000), "b ".repeat(2_500));
        assert_eq!(changed(false, &long, &other), Changed { new: 2_500, gone: 3_000 });
    }
}
