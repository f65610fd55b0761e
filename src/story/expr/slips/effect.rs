//! Effects: they set, raise or lower a variable, strike or restore a line.

use super::super::super::model::Domain;
use super::super::Names;
use super::condition::{STRUCK, domain, owner};
use super::names::has_state;

const RAISE: [&str; 7] = ["increase", "increment", "inc", "raise", "add", "gain", "up"];
const LOWER: [&str; 11] =
    ["decrease", "decrement", "dec", "lower", "reduce", "subtract", "sub", "take", "remove", "lose", "down"];
/// What a counter does by itself, in plain English.
const RISES: [&str; 6] = ["rises", "rise", "grows", "grow", "increases", "climbs"];
const FALLS: [&str; 7] = ["falls", "fall", "sinks", "drops", "shrinks", "decreases", "fades"];
/// What the ends of a counter's range are called.
const LEAST: [&str; 4] = ["min", "minimum", "least", "empty"];
const MOST: [&str; 4] = ["max", "maximum", "most", "full"];
const STRIKE: [&str; 8] = ["strike", "delete", "remove", "cross", "erase", "cut", "unset", "hide"];
const RESTORE: [&str; 6] = ["restore", "unstrike", "undo", "keep", "set", "show"];

/// Whether an order begins with this word.
pub(super) fn is_verb(word: &str) -> bool {
    const OTHERS: [&str; 16] = [
        "set", "let", "make", "put", "change", "give", "get", "have", "pick", "drop", "open", "close", "find", "use",
        "unlock", "receive",
    ];
    [&RAISE[..], &LOWER, &STRIKE, &RESTORE, &OTHERS].iter().any(|verbs| verbs.contains(&word))
}

/// These words as an effect.
pub(super) fn effect(words: &[String], names: &Names<'_>) -> Option<String> {
    let asks = words.iter().any(|word| matches!(word.as_str(), "heard" | "visited"));
    // `strike(card.hour)`
    let means_nothing = |word: &&str| *word == "then" || (!asks && matches!(*word, "(" | ")"));
    let words: Vec<&str> = words.iter().map(String::as_str).filter(|word| !means_nothing(word)).collect();
    if let Some(at) = words.iter().position(|word| names.lines.contains_key(*word)) {
        return on_line(&words[..at], words[at], &words[at + 1..]);
    }
    let words = match words.as_slice() {
        ["set" | "let" | "make" | "put" | "var" | "temp" | "change", rest @ ..] => rest,
        all => all,
    };
    let set = |name: &str, value: &str| Some(format!("{name} = {value}"));
    let step = |name: &str, sign: &str, by: &str| match domain(names, name) {
        Some(Domain::Flag) => set(name, if sign == "+" { "true" } else { "false" }),
        // The clock only goes on.
        _ if name == "minutes" && names.starts.is_some() => Some(format!("{name} +{by}")),
        _ => Some(format!("{name} {sign}{by}")),
    };
    let is_flag = |name: &str| matches!(domain(names, name), Some(Domain::Flag));
    match words {
        ["not", name] => set(name, "false"),
        [name] => match (domain(names, name), owner(names, name)) {
            (Some(Domain::Flag), _) => set(name, "true"),
            (Some(Domain::Counter(..)), _) => step(name, "+", "1"),
            (None, Some(var)) => set(var, name),
            _ => None,
        },
        // `open door`
        [state, name] if has_state(names, name, state) => set(name, state),
        [name, "on" | "yes"] if is_flag(name) => set(name, "true"),
        [name, "off" | "no"] if is_flag(name) => set(name, "false"),
        [name, sign @ ("+" | "-")] => step(name, sign, "1"),
        [name, "=" | "to", end] if LEAST.contains(end) || MOST.contains(end) => match domain(names, name) {
            Some(Domain::Counter(min, max)) => {
                let bound = if LEAST.contains(end) { min } else { max };
                set(name, &bound.to_string())
            }
            _ => set(name, end),
        },
        [name, sign @ ("+" | "-"), by] => step(name, sign, by),
        [sign @ ("+" | "-"), by, name] => step(name, sign, by),
        // `trust = trust + 1`
        [name, "=" | "to", same, sign @ ("+" | "-"), by] if name == same => step(name, sign, by),
        [name, "=" | "is" | "to", value] => set(name, value),
        [verb, rest @ ..] if RAISE.contains(verb) => by_words(rest, "+", &step),
        [verb, rest @ ..] if LOWER.contains(verb) => by_words(rest, "-", &step),
        [name, verb, "by", by] if RAISE.iter().any(|raise| verb.starts_with(raise)) => step(name, "+", by),
        [name, verb, by] if RAISE.contains(verb) => step(name, "+", by),
        [name, verb, by] if LOWER.contains(verb) => step(name, "-", by),
        [name, verb, "by", by] if LOWER.iter().any(|lower| verb.starts_with(lower)) => step(name, "-", by),
        [by, name] if matches!(domain(names, name), Some(Domain::Counter(..))) => step(name, "+", by),
        [name, verb] if RISES.contains(verb) => step(name, "+", "1"),
        [name, verb] if FALLS.contains(verb) => step(name, "-", "1"),
        [name, "goes" | "go" | "went", "up"] => step(name, "+", "1"),
        [name, "goes" | "go" | "went", "down"] => step(name, "-", "1"),
        // `wait 10 minutes`
        [.., by, unit] if names.starts.is_some() && unit_of_time(unit).is_some() => {
            let by = by.parse::<i32>().ok()?.checked_mul(unit_of_time(unit)?)?;
            Some(format!("minutes +{by}"))
        }
        [name, value] if domain(names, name).is_some() => set(name, value),
        _ => None,
    }
}

/// How many minutes a unit of time has.
fn unit_of_time(unit: &str) -> Option<i32> {
    match unit {
        "minutes" | "minute" | "mins" | "min" => Some(1),
        "hours" | "hour" => Some(60),
        _ => None,
    }
}

/// `trust by 1`, `1 to trust`, `trust`.
fn by_words(words: &[&str], sign: &str, step: &dyn Fn(&str, &str, &str) -> Option<String>) -> Option<String> {
    match words {
        [name] => step(name, sign, "1"),
        [name, "by", by] => step(name, sign, by),
        [by, "to" | "from" | "of", name] => step(name, sign, by),
        [by, name] if by.bytes().all(|digit| digit.is_ascii_digit()) => step(name, sign, by),
        [name, by] if by.bytes().all(|digit| digit.is_ascii_digit()) => step(name, sign, by),
        _ => None,
    }
}

/// What is done to a line of a sheet: the words before it and behind it.
fn on_line(before: &[&str], line: &str, behind: &[&str]) -> Option<String> {
    let struck = match (before, behind) {
        ([] | ["set" | "make"], ["=" | "is" | "to", state]) if STRUCK.contains(state) || *state == "false" => true,
        ([] | ["set" | "make"], ["=" | "is" | "to", "standing" | "true" | "restored"]) => false,
        ([], ["-", ..]) => true,
        ([], ["+", ..]) => false,
        ([verb], ["=", ..] | []) if STRIKE.contains(verb) => true,
        ([verb, "="], []) if STRIKE.contains(verb) => true,
        ([verb, ..], []) if STRIKE.contains(verb) => true,
        ([verb, ..], []) if RESTORE.contains(verb) => false,
        ([], [state]) if STRUCK.contains(state) => true,
        ([], []) => true,
        _ => return None,
    };
    Some(format!("{} {line}", if struck { "strike" } else { "restore" }))
}
