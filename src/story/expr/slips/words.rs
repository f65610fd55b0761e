//! The words of an expression, and what other languages and plain English write in their place.

use super::super::parse::{ExprKind, name_length};

const NUMBERS: [&str; 11] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

/// A number that is written in letters, or with letters that look like digits: `two`, `O`, `l`.
pub(in crate::story) fn number_meant(word: &str) -> Option<usize> {
    let lower = word.to_lowercase();
    let named = NUMBERS.iter().position(|number| *number == lower);
    let digits = || word.replace(['O', 'o'], "0").replace(['l', 'I'], "1").parse().ok();
    named.or_else(|| digits().filter(|_| word.len() < 4))
}

/// What other languages write, and what is written here.
const SIGNS: [(&str, &[&str]); 27] = [
    ("%+", &["+"]),
    ("%-", &["-"]),
    ("===", &["is"]),
    ("!==", &["is", "not"]),
    ("&&", &["and"]),
    ("||", &["or"]),
    ("==", &["is"]),
    ("!=", &["is", "not"]),
    ("<>", &["is", "not"]),
    ("≠", &["is", "not"]),
    ("=>", &[">="]),
    ("=<", &["<="]),
    ("≥", &[">="]),
    ("≤", &["<="]),
    (":=", &["="]),
    ("+=", &["+"]),
    ("-=", &["-"]),
    ("++", &["+", "1"]),
    ("--", &["-", "1"]),
    ("->", &["="]),
    (":", &["="]),
    ("!", &["not"]),
    ("|", &["or"]),
    ("&", &["and"]),
    ("–", &["-"]),
    ("—", &["-"]),
    ("−", &["-"]),
];

/// Signs around names and commands of other languages, which mean nothing here.
const DRESS: &str = "\"'“”‘’«»$%@~{}[]#`?";

/// Words of plain English before a name.
const ARTICLES: [&str; 15] =
    ["the", "a", "an", "he", "she", "it", "they", "you", "your", "his", "her", "both", "either", "has", "have"];

/// What is said in words, behind an `is` or without it.
const PHRASES: [(&[&str], &[&str]); 22] = [
    (&["at", "least"], &[">="]),
    (&["at", "most"], &["<="]),
    (&["more", "than"], &[">"]),
    (&["greater", "than"], &[">"]),
    (&["higher", "than"], &[">"]),
    (&["less", "than"], &["<"]),
    (&["fewer", "than"], &["<"]),
    (&["lower", "than"], &["<"]),
    (&["equal", "to"], &["is"]),
    (&["equals"], &["is"]),
    (&["does", "not", "equal"], &["is", "not"]),
    (&["isn", "t"], &["is", "not"]),
    (&["above"], &[">"]),
    (&["over"], &[">"]),
    (&["below"], &["<"]),
    (&["under"], &["<"]),
    (&["as"], &["is"]),
    (&["in"], &["is"]),
    (&["becomes"], &["="]),
    (&["no", "longer"], &["=", "false"]),
    (&["up", "by"], &["+"]),
    (&["down", "by"], &["-"]),
];

/// The words, numbers, times of day and signs of an expression, without quotes and signs of variables.
pub(super) fn words(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = if let Some(length) = time_length(rest) {
            length
        } else if first.is_alphanumeric() || first == '_' {
            name_length(rest)
        } else {
            let signs = SIGNS.iter().map(|(sign, _)| *sign).chain([">=", "<=", "<<", ">>"]);
            signs.into_iter().find(|sign| rest.starts_with(sign)).map_or(first.len_utf8(), str::len)
        };
        let (word, behind) = rest.split_at(length);
        // A star begins a command of ChoiceScript; between two numbers it multiplies.
        let ends = word == "." && behind.trim().is_empty();
        let dress = DRESS.contains(word) || (word == "*" && out.is_empty()) || ends;
        if !dress && !matches!(word, "<<" | ">>") {
            out.push(word);
        }
        rest = behind.trim_start();
    }
    out
}

/// How long the time of day is that stands at the beginning of this, as `19:50`.
fn time_length(text: &str) -> Option<usize> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let hours = digits(text);
    let minutes = digits(text[hours..].strip_prefix(':')?);
    ((1..=2).contains(&hours) && minutes == 2).then_some(hours + 3)
}

/// The words within a command of another tool's: `(set: … )`, `set: …`.
pub(super) fn command<'w, 't>(words: &'w [&'t str]) -> &'w [&'t str] {
    match words {
        ["(", "set" | "put" | "if" | "move" | "unless", ":", inside @ .., ")"] | ["set" | "if", ":", inside @ ..] => {
            inside
        }
        all => all,
    }
}

/// Rewrites words of other tools and languages as this format writes them.
pub(super) fn habits(words: &[&str], kind: ExprKind, known: &dyn Fn(&str) -> bool) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut at = 0;
    while let Some(&word) = words.get(at) {
        let lower = word.to_lowercase();
        let sign = SIGNS.iter().find(|(sign, _)| *sign == word).map(|(_, ours)| *ours);
        let phrase = PHRASES.iter().find(|(phrase, _)| words[at..].starts_with(phrase) && !known(word));
        let behind = |is: &[&str]| out.last().is_some_and(|last| is.contains(&last.as_str()));
        let counted = behind(&["+", "-", "=", "<", ">", "<=", ">=", "is"]) || NUMBERS.contains(&lower.as_str());
        let number =
            number_meant(word).filter(|_| counted && !known(word) && !word.starts_with(|c: char| c.is_ascii_digit()));
        if let Some((phrase, ours)) = phrase {
            if behind(&["is"]) {
                out.pop();
            }
            out.extend(ours.iter().map(|word| (*word).to_owned()));
            at += phrase.len();
            continue;
        }
        if let ("between", [_, least, "and", most, ..], Some(name)) =
            (lower.as_str(), &words[at..], out.iter().rfind(|word| *word != "is").cloned())
        {
            if behind(&["is"]) {
                out.pop();
            }
            out.extend([">=", least, "and", &name, "<=", most].map(str::to_owned));
            at += 4;
            continue;
        }
        if kind == ExprKind::Condition && lower == "unless" && !known(word) {
            let rest = habits(&words[at + 1..], kind, known);
            let several = rest.iter().any(|word| matches!(word.as_str(), "and" | "or"));
            out.push("not".to_owned());
            out.extend(several.then(|| "(".to_owned()));
            out.extend(rest);
            out.extend(several.then(|| ")".to_owned()));
            return out;
        }
        let next = words.get(at + 1).map_or("", |next| *next);
        let article = ARTICLES.contains(&lower.as_str()) && !known(word) && next.starts_with(char::is_alphabetic);
        // A word that stands twice, where once is meant.
        let twice = matches!(lower.as_str(), "and" | "or" | "is") && behind(&[lower.as_str()]);
        if twice || article || (word == "," && matches!(next, "and" | "or")) {
            // It says nothing here.
        } else if word == "=" && behind(&["<", ">"]) {
            if let Some(sign) = out.last_mut() {
                sign.push('=');
            }
        } else if let Some(ours) = sign {
            out.extend(ours.iter().map(|word| (*word).to_owned()));
        } else if let Some(number) = number {
            out.push(number.to_string());
        } else if behind(&["is", "=", "not", "to"]) && matches!(lower.as_str(), "yes" | "on" | "true") && !known(word) {
            out.push("true".to_owned());
        } else if behind(&["is", "=", "not", "to"]) && matches!(lower.as_str(), "no" | "off" | "false") && !known(word)
        {
            out.push("false".to_owned());
        } else if kind == ExprKind::Condition && lower == "no" && !known(word) {
            out.push("not".to_owned());
        } else if kind == ExprKind::Condition && word == ";" {
            out.push("and".to_owned());
        } else if kind == ExprKind::Effects && lower == "when" && !known(word) {
            out.push("if".to_owned());
        } else if kind == ExprKind::Effects && lower == "unless" && !known(word) {
            out.extend(["if", "not"].map(str::to_owned));
        } else if matches!(lower.as_str(), "and" | "or" | "not" | "is" | "if" | "else" | "then") {
            out.push(lower);
        } else {
            out.push(word.to_owned());
        }
        at += 1;
    }
    out
}
