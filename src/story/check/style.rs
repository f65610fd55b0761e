//! What a writer wants to be told about the words: slips that are no fault of the story's.

use std::collections::HashSet;
use std::ops::Range;

use crate::story::ast;
use crate::story::diagnostic::Code;
use crate::story::nearest::{nearest, slips};
use crate::story::read::Text;

use super::Checker;
use super::gather::Gathered;
use super::markup::foreign;

/// What the story declares under `style`.
#[derive(Default)]
pub(super) struct StyleLint {
    /// Most words of a sentence; 0 for any number.
    sentence: usize,
    /// Words of names as they are to be spelt.
    names: Vec<Name>,
    /// Words that are none of them, and not near to one either: a story says most of its words many times.
    others: HashSet<String>,
    /// Who may speak, as the words say it: “the adviser”.
    cast: Vec<String>,
}

/// A word of a name.
struct Name {
    word: String,
    letters: Vec<char>,
}

/// Something in the words that a writer would want to know.
struct Slip<'w> {
    code: Code,
    at: &'w str,
    message: String,
    help: String,
}

impl<'w> Slip<'w> {
    fn new(code: Code, at: &'w str, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { code, at, message: message.into(), help: help.into() }
    }
}

impl<'s> Checker<'s> {
    pub(super) fn declare_style(&mut self, g: &Gathered<'s>) {
        let Some(style) = &g.style else { return };
        let list = |texts: Option<&Vec<Text<'s>>>| -> Vec<String> {
            texts.into_iter().flatten().map(|text| text.value().to_owned()).collect()
        };
        self.style = StyleLint {
            sentence: style.sentence.and_then(|most| usize::try_from(most).ok()).unwrap_or(0),
            names: list(style.names.as_ref())
                .iter()
                .flat_map(|name| name.split_whitespace())
                .map(|word| Name { word: word.to_owned(), letters: word.chars().collect() })
                .collect(),
            others: HashSet::new(),
            cast: list(style.cast.as_ref()),
        };
    }

    /// Tells of words that are given and say nothing; `at` is where.
    pub(super) fn nothing_said(&mut self, words: &str, at: &'s str) {
        if self.looks_at_style && words.trim().is_empty() {
            self.report(Code::EmptyWords, at, "these words say nothing").help =
                Some("write them, or leave the field out".to_owned());
        }
    }

    /// Choices of one scene that a reader, a save or a walk cannot tell apart.
    pub(super) fn same_words(&mut self, choices: &[ast::Choice<'s>]) {
        if !self.looks_at_style {
            return;
        }
        for (at, choice) in choices.iter().enumerate() {
            let Some(say) = &choice.say else { continue };
            let words = || say.value().split_whitespace();
            let twin = choices[..at].iter().find(|before| {
                let alike = before.say.as_ref().is_some_and(|it| it.value().split_whitespace().eq(words()));
                alike && (before.id.is_none() || choice.id.is_none())
            });
            let Some(twin) = twin.filter(|_| words().next().is_some()) else { continue };
            let first = twin.say.as_ref().and_then(|say| self.sources.place_of(say.at));
            let diagnostic = self.report(Code::SameWords, say.at, "two choices have the same words");
            diagnostic.help =
                Some("say them differently, or give each an `id`, by which a save and a walk know them".to_owned());
            diagnostic.also.extend(first.map(|place| (place, "the other".to_owned())));
        }
    }

    /// Looks over some prose. Where it is written as another tool has it, that is told, and so is what is wrong at these
    /// places.
    pub(super) fn words(&mut self, text: &Text<'s>, is_foreign: bool, told: &[Range<usize>]) {
        if !self.looks_at_style {
            return;
        }
        let words: &str = text.value();
        let mut found: Vec<Slip<'_>> = Vec::new();
        if let Some(at) = words.find('"').filter(|_| !is_foreign) {
            let help = "write “ before and ” after what is said";
            found.push(Slip::new(Code::StraightQuote, &words[at..=at], "a plain quotation mark in prose", help));
        }
        if let Some(at) = double_space(words) {
            found.push(Slip::new(Code::DoubleSpace, &words[at..at + 2], "two spaces between words", "delete one"));
        }
        if !is_foreign {
            found.extend(self.markup(words).into_iter().filter(|slip| {
                let at = slip.at.as_ptr() as usize - words.as_ptr() as usize;
                !told.iter().any(|told| told.contains(&at) || told.start == at)
            }));
        }
        found.extend(unfinished(words));
        self.long_sentences(words, &mut found);
        self.odd_names(words, &mut found);
        self.strangers(words, &mut found);
        let placed = found.into_iter().map(|slip| {
            let start = slip.at.as_ptr() as usize - words.as_ptr() as usize;
            (start..start + slip.at.len(), slip.code, slip.message, slip.help)
        });
        let placed: Vec<_> = placed.collect();
        for (range, code, message, help) in placed {
            // Where the text was written with escapes its parts have no place of their own.
            let at = if text.escaped.is_some() { text.at } else { &text.at[range] };
            self.report(code, at, message).help = Some(help);
        }
    }

    /// Tells of plain words that say they are still to be written.
    pub(super) fn finished(&mut self, text: &Text<'s>) {
        let slip = unfinished(text.value()).filter(|_| self.looks_at_style).map(|slip| (slip.message, slip.help));
        if let Some((message, help)) = slip {
            self.report(Code::Unfinished, text.at, message).help = Some(help);
        }
    }

    /// What is markup elsewhere, and a fact or a variable between other brackets.
    fn markup<'w>(&self, words: &'w str) -> Vec<Slip<'w>> {
        let slip = |at: &'w str, help: String| {
            Slip::new(Code::ForeignMarkup, at, format!("`{at}` would be read as it stands"), help)
        };
        let known = |name: &str| self.names.vars.contains_key(name);
        let mut found: Vec<Slip<'w>> = foreign(words, &known).into_iter().map(|(at, help)| slip(at, help)).collect();
        for (at, _) in words.match_indices('[') {
            let inside = words[at + 1..].split_once(']').map_or("", |(inside, _)| inside);
            let bracket = || &words[at..at + inside.len() + 2];
            if self.lists.facts.contains_key(inside) {
                found.push(slip(bracket(), format!("cite the fact so: `[^{inside}]`")));
            } else if words[..at].ends_with(['.', '!', '?', '”', '…']) && is_name(inside) {
                found.push(slip(bracket(), format!("cite a fact so: `[^{inside}]`; it is declared under `facts`")));
            } else if known(inside) {
                found.push(slip(bracket(), format!("a variable is shown by its name in braces: `{{{inside}}}`")));
            }
        }
        found
    }

    fn long_sentences<'w>(&self, words: &'w str, found: &mut Vec<Slip<'w>>) {
        if self.style.sentence == 0 {
            return;
        }
        // A branch begins a sentence of its own for this purpose: only one of its kind is read.
        for sentence in words.split(['.', '?', '!', '{', '|', '}', '\n']) {
            let count = sentence.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count();
            if count > self.style.sentence {
                let message = format!("a sentence of {count} words; this story’s style allows {}", self.style.sentence);
                found.push(Slip::new(Code::LongSentence, sentence.trim(), message, "part it, or cut it"));
            }
        }
    }

    fn odd_names<'w>(&mut self, words: &'w str, found: &mut Vec<Slip<'w>>) {
        if self.style.names.is_empty() {
            return;
        }
        for word in words.split(|c: char| !c.is_alphanumeric()) {
            let capital = word.chars().next().is_some_and(char::is_uppercase);
            if !capital || self.style.others.contains(word) || self.style.names.iter().any(|name| name.word == word) {
                continue;
            }
            let letters: Vec<char> = word.chars().collect();
            let near = self.style.names.iter().find(|name| {
                let limit = if name.letters.len() >= 7 { 2 } else { 1 };
                letters.len() >= 4 && name.letters.len() >= 4 && slips(&name.letters, &letters, limit).is_some()
            });
            let Some(Name { word: near, .. }) = near else {
                self.style.others.insert(word.to_owned());
                continue;
            };
            let message = format!("`{word}` is not one of this story’s names");
            let help = format!("did you mean `{near}`? If it is another name, add it to `style: (names: […])`");
            found.push(Slip::new(Code::OddName, word, message, help));
        }
    }

    /// “…,” says somebody: whoever it is should be in the cast.
    fn strangers<'w>(&self, words: &'w str, found: &mut Vec<Slip<'w>>) {
        if self.style.cast.is_empty() {
            return;
        }
        for (end, quote) in words.match_indices('”') {
            let after = &words[end + quote.len()..];
            let verbs = [" says ", " said ", " asks ", " asked "];
            if let Some(rest) = verbs.iter().find_map(|verb| after.strip_prefix(verb)) {
                let who =
                    rest.split([',', '.', ';', ':', '?', '!', '{', '}', '|', '\n', '“']).next().unwrap_or("").trim();
                let known = self.style.cast.iter().any(|name| rest.to_lowercase().starts_with(&name.to_lowercase()));
                if !who.is_empty() && !known {
                    let message = format!("`{who}` is not in this story’s cast");
                    let near = nearest(who, self.style.cast.iter().map(|name| &**name));
                    let help = match near {
                        Some(near) => format!("did you mean `{near}`? Or add it to `style: (cast: […])`"),
                        None => "add it to `style: (cast: […])`, or say who it is".to_owned(),
                    };
                    found.push(Slip::new(Code::NotInCast, who, message, help));
                }
            }
        }
    }
}

fn is_name(word: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    word.starts_with(char::is_alphabetic) && word.chars().all(plain)
}

/// A mark by which writers remind themselves that something is still to be written.
fn unfinished(words: &str) -> Option<Slip<'_>> {
    // One of them is put together, since a test looks for it in the sources.
    const MARKS: [&str; 5] = ["TODO", concat!("FIX", "ME"), "TBD", "TKTK", "Lorem ipsum"];
    let apart = |c: Option<char>| !c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let at = MARKS
        .iter()
        .flat_map(|mark| words.match_indices(mark))
        .find(|(at, mark)| apart(words[..*at].chars().next_back()) && apart(words[at + mark.len()..].chars().next()));
    let (at, mark) = at?;
    let help = "write what is to be read; a remark to yourself stands behind `//`, where nobody reads it";
    Some(Slip::new(Code::Unfinished, &words[at..at + mark.len()], format!("`{mark}` would be read as it stands"), help))
}

/// Two spaces between words of one line; around braces and bars they mean nothing.
fn double_space(words: &str) -> Option<usize> {
    let near = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace() && !matches!(c, '{' | '|' | '}' | ':'));
    if !words.contains("  ") {
        return None;
    }
    let mut pairs = words.as_bytes().windows(2).enumerate().filter(|(_, pair)| pair == b"  ").map(|(at, _)| at);
    pairs.find(|at| {
        near(words[..*at].chars().next_back())
            && near(words[*at..].trim_start_matches(' ').chars().next())
            && !words[..*at].ends_with('\n')
    })
}
