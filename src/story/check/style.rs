//! What a writer wants to be told about the words: slips that are no fault of the story's.

use std::borrow::Cow;

use crate::story::diagnostic::Code;
use crate::story::read::Text;

use super::Checker;
use super::gather::Gathered;

/// What the story declares under `style`.
#[derive(Default)]
pub(super) struct Style {
    /// Most words of a sentence; 0 for any number.
    sentence: usize,
    /// Names as they are to be spelt.
    names: Vec<String>,
    /// Who may speak, as the words say it: “the adviser”.
    cast: Vec<String>,
}

impl<'s> Checker<'s> {
    pub(super) fn declare_style(&mut self, g: &Gathered<'s>) {
        let Some(style) = &g.style else { return };
        let list = |texts: Option<&Vec<Text<'s>>>| -> Vec<String> {
            texts.into_iter().flatten().map(|text| text.value.to_string()).collect()
        };
        self.style = Style {
            sentence: style.sentence.and_then(|most| usize::try_from(most).ok()).unwrap_or(0),
            names: list(style.names.as_ref()),
            cast: list(style.cast.as_ref()),
        };
    }

    /// Looks over some prose.
    pub(super) fn words(&mut self, text: &Text<'s>) {
        // Where the text was written with escapes its parts have no place of their own.
        let (words, own): (&str, bool) = match &text.value {
            Cow::Borrowed(borrowed) => (borrowed, true),
            Cow::Owned(owned) => (owned, false),
        };
        let mut found: Vec<(Code, &str, String, Option<String>)> = Vec::new();
        if let Some(at) = words.find('"') {
            let help = "write “ before and ” after what is said";
            found.push((
                Code::StraightQuote,
                &words[at..=at],
                "a plain quotation mark in prose".to_owned(),
                Some(help.to_owned()),
            ));
        }
        if let Some(at) = double_space(words) {
            found.push((Code::DoubleSpace, &words[at..at + 2], "two spaces between words".to_owned(), None));
        }
        self.long_sentences(words, &mut found);
        self.odd_names(words, &mut found);
        self.strangers(words, &mut found);
        let found: Vec<(Code, Option<std::ops::Range<usize>>, String, Option<String>)> = found
            .into_iter()
            .map(|(code, at, message, help)| {
                let start = at.as_ptr() as usize - words.as_ptr() as usize;
                (code, own.then_some(start..start + at.len()), message, help)
            })
            .collect();
        for (code, range, message, help) in found {
            let at = match (&text.value, range) {
                (Cow::Borrowed(borrowed), Some(range)) => &borrowed[range],
                _ => text.at,
            };
            self.report(code, at, message).help = help;
        }
    }

    fn long_sentences<'w>(&self, words: &'w str, found: &mut Vec<(Code, &'w str, String, Option<String>)>) {
        if self.style.sentence == 0 {
            return;
        }
        // A branch begins a sentence of its own for this purpose: only one of its kind is read.
        for sentence in words.split(['.', '?', '!', '{', '|', '}', '\n']) {
            let count = sentence.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count();
            if count > self.style.sentence {
                let message = format!("a sentence of {count} words; this story’s style allows {}", self.style.sentence);
                found.push((Code::LongSentence, sentence.trim(), message, Some("part it, or cut it".to_owned())));
            }
        }
    }

    fn odd_names<'w>(&self, words: &'w str, found: &mut Vec<(Code, &'w str, String, Option<String>)>) {
        for word in words.split(|c: char| !c.is_alphanumeric()) {
            let known = self.style.names.iter().any(|name| name.split_whitespace().any(|part| part == word));
            if known || word.chars().count() < 4 || !word.chars().next().is_some_and(char::is_uppercase) {
                continue;
            }
            let near = self.style.names.iter().flat_map(|name| name.split_whitespace()).find(|name| {
                let limit = if name.chars().count() >= 7 { 2 } else { 1 };
                name.chars().count() >= 4 && strsim::damerau_levenshtein(name, word) <= limit
            });
            if let Some(near) = near {
                let message = format!("`{word}` is not one of this story’s names");
                found.push((
                    Code::OddName,
                    word,
                    message,
                    Some(format!("did you mean `{near}`? If it is another name, add it to `style: (names: […])`")),
                ));
            }
        }
    }

    /// “…,” says somebody: whoever it is should be in the cast.
    fn strangers<'w>(&self, words: &'w str, found: &mut Vec<(Code, &'w str, String, Option<String>)>) {
        if self.style.cast.is_empty() {
            return;
        }
        for verb in ["” says ", "” said ", "” asks ", "” asked "] {
            for (at, _) in words.match_indices(verb) {
                let rest = &words[at + verb.len()..];
                let who =
                    rest.split([',', '.', ';', ':', '?', '!', '{', '}', '|', '\n', '“']).next().unwrap_or("").trim();
                let known = self.style.cast.iter().any(|name| rest.to_lowercase().starts_with(&name.to_lowercase()));
                if !who.is_empty() && !known {
                    let message = format!("`{who}` is not in this story’s cast");
                    found.push((
                        Code::NotInCast,
                        who,
                        message,
                        Some("add it to `style: (cast: […])`, or say who it is".to_owned()),
                    ));
                }
            }
        }
    }
}

/// Two spaces between words of one line; around braces and bars they mean nothing.
fn double_space(words: &str) -> Option<usize> {
    let near = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace() && !matches!(c, '{' | '|' | '}' | ':'));
    words.match_indices("  ").map(|(at, _)| at).find(|at| {
        near(words[..*at].chars().next_back())
            && near(words[*at..].trim_start_matches(' ').chars().next())
            && !words[..*at].ends_with('\n')
    })
}
