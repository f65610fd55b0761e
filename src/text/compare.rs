/// A run of words in the comparison of two texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WordChange {
    /// Words that stand in both.
    Same(String),
    /// Words only the first text has.
    Lost(String),
    /// Words only the second text has.
    Gained(String),
}

/// The differences between two short texts, word by word (longest common subsequence).
///
/// Case and the punctuation at a word's ends do not count as a difference. Texts of more than 400 words are
/// compared as wholes, so that the work stays bounded.
#[must_use]
pub fn compare(first: &str, second: &str) -> Vec<WordChange> {
    let a: Vec<&str> = first.split_whitespace().collect();
    let b: Vec<&str> = second.split_whitespace().collect();
    if a.len() > 400 || b.len() > 400 {
        return vec![WordChange::Lost(first.to_owned()), WordChange::Gained(second.to_owned())];
    }
    let same = |x: &str, y: &str| key(x) == key(y);
    // longest[i][j]: the length of the longest common run of words of a[i..] and b[j..].
    let mut longest = vec![vec![0_u16; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            longest[i][j] =
                if same(a[i], b[j]) { longest[i + 1][j + 1] + 1 } else { longest[i + 1][j].max(longest[i][j + 1]) };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut out: Vec<WordChange> = Vec::new();
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && same(a[i], b[j]) {
            push(&mut out, WordChange::Same(b[j].to_owned()));
            i += 1;
            j += 1;
        } else if j == b.len() || (i < a.len() && longest[i + 1][j] >= longest[i][j + 1]) {
            push(&mut out, WordChange::Lost(a[i].to_owned()));
            i += 1;
        } else {
            push(&mut out, WordChange::Gained(b[j].to_owned()));
            j += 1;
        }
    }
    out
}

/// Whether a text says all of these words, one after the other. Case and punctuation do not count; nor do marks.
#[must_use]
pub fn says(text: &str, words: &str) -> bool {
    let keys = |text: &str| text.split_whitespace().map(key).filter(|key| !key.is_empty()).collect::<Vec<_>>();
    let (text, words) = (keys(text), keys(words));
    !words.is_empty() && text.windows(words.len()).any(|window| window == words)
}

fn key(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

fn push(out: &mut Vec<WordChange>, change: WordChange) {
    match (out.last_mut(), change) {
        (Some(WordChange::Same(text)), WordChange::Same(word))
        | (Some(WordChange::Lost(text)), WordChange::Lost(word))
        | (Some(WordChange::Gained(text)), WordChange::Gained(word)) => {
            text.push(' ');
            text.push_str(&word);
        }
        (_, change) => out.push(change),
    }
}

#[cfg(test)]
mod tests {
    use super::{WordChange, compare};

    #[test]
    fn one_word_changed_is_one_word_marked() {
        assert_eq!(
            compare("that he could ease them", "That he would lift them."),
            vec![
                WordChange::Same("That he".into()),
                WordChange::Lost("could ease".into()),
                WordChange::Gained("would lift".into()),
                WordChange::Same("them.".into()),
            ]
        );
    }

    #[test]
    fn the_two_texts_can_be_put_together_again() {
        for (first, second) in [
            ("", ""),
            ("a", ""),
            ("", "a b"),
            ("a b c d e", "x b y d z"),
            ("a b a c", "a c a b"),
            ("one two three four", "four three two one"),
        ] {
            let changes = compare(first, second);
            let of =
                |own: fn(&WordChange) -> Option<&str>| changes.iter().filter_map(own).collect::<Vec<_>>().join(" ");
            let one = of(|change| match change {
                WordChange::Same(words) | WordChange::Lost(words) => Some(words),
                WordChange::Gained(_) => None,
            });
            let other = of(|change| match change {
                WordChange::Same(words) | WordChange::Gained(words) => Some(words),
                WordChange::Lost(_) => None,
            });
            assert_eq!((one.as_str(), other.as_str()), (first, second));
        }
        // As much as can be is the same.
        assert_eq!(compare("a b c d", "b c d a")[1], WordChange::Same("b c d".into()));
        let (long, longer) = ("w ".repeat(400), "w ".repeat(401));
        assert_eq!(compare(&long, &long).len(), 1);
        assert_eq!(compare(&long, &longer), [WordChange::Lost(long.clone()), WordChange::Gained(longer.clone())]);
        assert_eq!(compare(&longer, &long).len(), 2);
    }
}
