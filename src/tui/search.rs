//! Words looked for in a text as it is set: across its lines, whatever kind of apostrophe or accent they were typed with.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// A place where the words stand: a part of a line, in bytes, for each line that they are on.
pub(super) type Match = Vec<(usize, Range<usize>)>;

/// Every place where `wanted` stands in these lines.
pub(super) fn matches(lines: &[String], wanted: &str) -> Vec<Match> {
    let mut wanted: Vec<char> = folded(wanted.trim()).collect();
    // A run of spaces is one, as it is in the text.
    wanted.dedup_by(|a, b| *a == ' ' && *b == ' ');
    if wanted.is_empty() {
        return Vec::new();
    }
    // The text as one run of letters, each with its place; a line's end is a space like any other.
    let mut letters: Vec<(char, usize, Range<usize>)> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        for (begin, c) in line.char_indices() {
            let place = begin..begin + c.len_utf8();
            if c.is_whitespace() {
                space(&mut letters, at, place);
            } else {
                letters.extend(folded(c.encode_utf8(&mut [0; 4])).map(|c| (c, at, place.clone())));
            }
        }
        space(&mut letters, at, line.len()..line.len());
    }
    let mut found = Vec::new();
    let mut from = 0;
    while from + wanted.len() <= letters.len() {
        let here = &letters[from..from + wanted.len()];
        if here.iter().map(|(c, ..)| c).eq(&wanted) {
            let mut places: Match = Vec::new();
            for (_, line, place) in here {
                match places.last_mut() {
                    Some((last, range)) if last == line => range.end = place.end,
                    _ => places.push((*line, place.clone())),
                }
            }
            places.retain(|(_, range)| !range.is_empty());
            found.push(places);
            from += wanted.len();
        } else {
            from += 1;
        }
    }
    found
}

fn space(letters: &mut Vec<(char, usize, Range<usize>)>, line: usize, place: Range<usize>) {
    if letters.last().is_some_and(|(c, ..)| *c != ' ') {
        letters.push((' ', line, place));
    }
}

/// Small letters without accents, and one kind of each quotation mark and dash.
fn folded(text: &str) -> impl Iterator<Item = char> + '_ {
    text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).map(|c| match c {
        '‘' | '’' | 'ʼ' => '\'',
        '“' | '”' | '«' | '»' => '"',
        '–' | '—' | '‑' => '-',
        c if c.is_whitespace() => ' ',
        c => c,
    })
}

#[cfg(test)]
mod tests {
    use super::matches;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn words_are_found_as_a_person_types_them() {
        let text = lines("The adviser’s book — “a school\n  exercise book” — lies on the café’s table.\n\nAdviser’s.");
        let places = |wanted: &str| matches(&text, wanted);
        assert_eq!(places("adviser's").len(), 2);
        let found = |wanted: &str| -> Vec<Vec<&str>> {
            places(wanted)
                .iter()
                .map(|place| place.iter().map(|(at, part)| &text[*at][part.clone()]).collect())
                .collect()
        };
        assert_eq!(found("CAFE'S"), [["café’s"]]);
        // The space between is the line's end, which has no part of its own.
        assert_eq!(found("school exercise"), [["school", "exercise"]]);
        assert_eq!(found("the  caf\u{e9}'s \t table"), [["the café’s table"]]);
        assert_eq!(places("\"a school").len(), 1);
        assert_eq!(places("book\" - lies").len(), 1);
        assert!(places("telephone").is_empty() && places("  ").is_empty());
    }
}
