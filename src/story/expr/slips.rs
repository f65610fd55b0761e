//! What an expression that cannot be read was meant to be: it is written as in another language, or in plain English.
//!
//! Its words are put as they are put here, one habit after the other; what comes of it is offered where it can be read.

use super::super::model::{Domain, VarId};
use super::parse::{Kind, name_length, try_to_read};
use super::{ExprFault, Names, Scope};

/// Longer expressions are not written anew.
const LONGEST: usize = 200;
/// What one attempt counts of the looks that may still be taken.
const COST: usize = 60;

const NUMBERS: [&str; 11] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

/// What other languages write, and what is written here.
const SIGNS: [(&str, &[&str]); 15] = [
    ("===", &["is"]),
    ("!==", &["is", "not"]),
    ("&&", &["and"]),
    ("||", &["or"]),
    ("==", &["is"]),
    ("!=", &["is", "not"]),
    ("<>", &["is", "not"]),
    ("=>", &[">="]),
    ("=<", &["<="]),
    (":=", &["="]),
    ("+=", &["+"]),
    ("-=", &["-"]),
    ("++", &["+", "1"]),
    ("--", &["-", "1"]),
    ("!", &["not"]),
];

/// What is said in words, behind an `is` or without it.
const PHRASES: [(&[&str], &[&str]); 12] = [
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
];

/// Gives a fault the expression as it was meant, if that is known.
pub(super) fn advise<'e>(fault: ExprFault<'e>, text: &str, kind: Kind, scope: &mut Scope<'_, '_>) -> ExprFault<'e> {
    let looks = scope.names.looks.get();
    if !fault.is_general || text.len() > LONGEST || looks == 0 {
        return fault;
    }
    scope.names.looks.set(looks.saturating_sub(COST));
    match meant(text, kind, scope) {
        Some(meant) => fault.help(format!("write {meant}")),
        None => fault,
    }
}

/// The expression as it was meant, between the marks of code.
fn meant(text: &str, kind: Kind, scope: &mut Scope<'_, '_>) -> Option<String> {
    scope.writing = false;
    let written = words(text);
    let known = |word: &str| scope.names.vars.contains_key(word);
    let words = habits(&written, &known);
    let words = joined(words, scope.names);
    if kind == Kind::Effects && words.iter().all(|word| word != "if") {
        // Several in one text.
        let parts: Vec<&[String]> = words.split(|word| matches!(word.as_str(), "," | ";" | "and")).collect();
        let several: Option<Vec<String>> = parts.iter().map(|part| read(part.to_vec(), kind, scope)).collect();
        let several: Vec<String> = several?.into_iter().map(|effect| format!("\"{effect}\"")).collect();
        return Some(match several.as_slice() {
            [one] => format!("`{}`", one.trim_matches('"')),
            several => format!("each in quotes of its own: `{}`", several.join(", ")),
        });
    }
    let words = words.into_iter().map(|word| if word == "," { "and".to_owned() } else { word }).collect();
    read(words, kind, scope).map(|meant| format!("`{meant}`"))
}

/// What these words come to, where that can be read.
fn read(words: Vec<String>, kind: Kind, scope: &mut Scope<'_, '_>) -> Option<String> {
    let parts: Vec<&[String]> = words.splitn(2, |word| word == "if").collect();
    let text = match (kind, parts.as_slice()) {
        (Kind::Effects, [does]) => effect(does, scope.names)?,
        (Kind::Effects, [does, when]) => {
            format!("{} if {}", effect(does, scope.names)?, spaced(&condition(when, scope.names)))
        }
        _ => spaced(&condition(&words, scope.names)),
    };
    try_to_read(&text, kind, scope).then_some(text)
}

/// The words, numbers and signs of an expression, without quotes and signs of variables.
fn words(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = if first.is_alphanumeric() || first == '_' {
            name_length(rest)
        } else {
            let sign = SIGNS.iter().map(|(sign, _)| *sign).chain([">=", "<="]).find(|sign| rest.starts_with(sign));
            sign.map_or(first.len_utf8(), str::len)
        };
        let (word, behind) = rest.split_at(length);
        if !"\"'“”‘’«»$%@".contains(word) {
            out.push(word);
        }
        rest = behind.trim_start();
    }
    out
}

/// The same as it is written here.
fn habits(words: &[&str], known: &dyn Fn(&str) -> bool) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut at = 0;
    while let Some(&word) = words.get(at) {
        let lower = word.to_lowercase();
        let sign = SIGNS.iter().find(|(sign, _)| *sign == word).map(|(_, ours)| *ours);
        let phrase = PHRASES.iter().find(|(phrase, _)| words[at..].starts_with(phrase) && !known(word));
        let number = NUMBERS.iter().position(|number| *number == lower && !known(word));
        let behind = |is: &[&str]| out.last().is_some_and(|last| is.contains(&last.as_str()));
        if let Some((phrase, ours)) = phrase {
            if behind(&["is"]) {
                out.pop();
            }
            out.extend(ours.iter().map(|word| (*word).to_owned()));
            at += phrase.len();
            continue;
        }
        if let Some(ours) = sign {
            out.extend(ours.iter().map(|word| (*word).to_owned()));
        } else if let Some(number) = number {
            out.push(number.to_string());
        } else if behind(&["is", "=", "not"]) && matches!(lower.as_str(), "yes" | "on" | "true") && !known(word) {
            out.push("true".to_owned());
        } else if behind(&["is", "=", "not"]) && matches!(lower.as_str(), "no" | "off" | "false") && !known(word) {
            out.push("false".to_owned());
        } else if lower == "no" && !known(word) {
            out.push("not".to_owned());
        } else if matches!(lower.as_str(), "and" | "or" | "not" | "is" | "if" | "else") {
            out.push(lower);
        } else {
            out.push(word.to_owned());
        }
        at += 1;
    }
    out
}

/// Two words that are one name, and what is asked of a scene or message without brackets.
fn joined(words: Vec<String>, names: &Names<'_>) -> Vec<String> {
    let is_name = |word: &str| names.vars.contains_key(word) || names.scenes.contains_key(word);
    let mut out: Vec<String> = Vec::new();
    let mut rest = words.into_iter().peekable();
    while let Some(word) = rest.next() {
        if matches!(word.as_str(), "heard" | "visited") && rest.peek().is_some_and(|next| next != "(") {
            let argument = rest.next().unwrap_or_default();
            out.extend([word, "(".to_owned(), argument, ")".to_owned()]);
            continue;
        }
        let one = out.last().and_then(|before| {
            ["-", "_"].map(|sign| format!("{before}{sign}{word}")).into_iter().find(|name| is_name(name))
        });
        match one.filter(|_| out.last().is_some_and(|before| !is_name(before))) {
            Some(one) => *out.last_mut().expect("it has just been looked at") = one,
            None => out.push(word),
        }
    }
    out
}

/// States are compared with `is`, and a flag stands by itself.
fn condition(words: &[String], names: &Names<'_>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut rest = words.iter().map(String::as_str).peekable();
    while let Some(word) = rest.next() {
        let domain = domain(names, word);
        let asks = matches!(rest.peek(), Some(&"=" | &"is"));
        match domain {
            Some(Domain::Flag) if asks => {
                rest.next();
                let denied = rest.next_if_eq(&"not").is_some();
                let truth = rest.next_if(|word| matches!(*word, "true" | "false"));
                if truth.is_some_and(|truth| (truth == "false") != denied) {
                    out.push("not".to_owned());
                }
                out.push(word.to_owned());
                if truth.is_none() {
                    out.push("is".to_owned());
                }
            }
            Some(Domain::States(_)) if asks => {
                rest.next();
                out.extend([word, "is"].map(str::to_owned));
            }
            // How a message was heard.
            _ if word == ")" && rest.peek() == Some(&"=") => {
                rest.next();
                out.extend([word, "is"].map(str::to_owned));
            }
            // `0 < n < 3`: what is in the middle is compared twice.
            Some(Domain::Counter(..))
                if out.last().is_some_and(|sign| is_comparison(sign))
                    && rest.peek().is_some_and(|sign| is_comparison(sign)) =>
            {
                out.extend([word, "and", word].map(str::to_owned));
            }
            _ => out.push(word.to_owned()),
        }
    }
    out
}

/// An effect sets, raises or lowers.
fn effect(words: &[String], names: &Names<'_>) -> Option<String> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let words = match words.as_slice() {
        ["set" | "let" | "make" | "put" | "var" | "temp", rest @ ..] => rest,
        all => all,
    };
    let set = |name: &str, value: &str| Some(format!("{name} = {value}"));
    match words {
        ["strike" | "restore", line] => {
            let mut lines = names.lines.keys().filter(|whole| whole.ends_with(&format!(".{line}")));
            let (one, more) = (lines.next()?, lines.next());
            more.is_none().then(|| format!("{} {one}", words[0]))
        }
        ["not", name] => set(name, "false"),
        [name] if matches!(domain(names, name), Some(Domain::Flag)) => set(name, "true"),
        [name, "+", _] if matches!(domain(names, name), Some(Domain::Flag)) => set(name, "true"),
        [name, "-", _] if matches!(domain(names, name), Some(Domain::Flag)) => set(name, "false"),
        [name, sign @ ("+" | "-"), by] => Some(format!("{name} {sign}{by}")),
        [name, "=" | "is" | "to", value] => set(name, value),
        _ => None,
    }
}

fn is_comparison(sign: &str) -> bool {
    matches!(sign, "<" | "<=" | ">" | ">=")
}

fn domain<'n>(names: &'n Names<'_>, name: &str) -> Option<&'n Domain> {
    names.vars.get(name).map(|var: &VarId| names.domain(*var))
}

/// Words with a blank between them where one belongs.
fn spaced(words: &[String]) -> String {
    let mut out = String::new();
    for (at, word) in words.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| words[at].as_str());
        let opens = word == "(" && matches!(before, Some("heard" | "visited"));
        if !(at == 0 || opens || matches!(word.as_str(), ")" | ".") || matches!(before, Some("(" | "."))) {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}
