//! What an expression that cannot be read was meant to be: it is written as in another language, or in plain English.
//!
//! Its words are put as they are put here, one habit after the other; what comes of it is offered where it can be read.

mod condition;
mod effect;
mod names;
mod values;
mod words;

use super::super::model::Domain;
use super::parse::{ExprKind, try_to_read};
use super::{ExprFault, Names, Scope};

pub(in crate::story) use words::number_meant;

/// Longer expressions are not written anew.
const LONGEST: usize = 200;
/// What one attempt counts of the looks that may still be taken.
const COST: usize = 60;

/// Gives a fault the expression as it was meant, if that is known, or says where it is to be written instead.
pub(super) fn advise<'e>(fault: ExprFault<'e>, text: &str, kind: ExprKind, scope: &mut Scope<'_, '_>) -> ExprFault<'e> {
    if !fault.is_general && !is_command(fault.at, text, kind) {
        return fault;
    }
    match as_meant(text, kind, scope) {
        Some(meant) => fault.help(format!("write {meant}")),
        None => match elsewhere(text, kind, scope.names) {
            Some(help) => fault.help(help),
            None => fault,
        },
    }
}

/// Whether what no name was found for is no name, but a word that begins an effect or stands between names.
fn is_command(at: &str, text: &str, kind: ExprKind) -> bool {
    let lower = at.to_lowercase();
    let begins = kind == ExprKind::Effects && text.trim_start().starts_with(at) && text.trim() != at;
    matches!(lower.as_str(), "not" | "and" | "or" | "is") || (begins && effect::is_verb(&lower))
}

/// A condition that is written as another tool has it, or as it is to be.
pub(in crate::story) fn condition_as_meant(text: &str, scope: &mut Scope<'_, '_>) -> Option<String> {
    bare(text, ExprKind::Condition, scope)
}

/// An effect that is written as another tool has it, or as it is to be.
pub(in crate::story) fn effect_as_meant(text: &str, scope: &mut Scope<'_, '_>) -> Option<String> {
    bare(text, ExprKind::Effects, scope)
}

fn bare(text: &str, kind: ExprKind, scope: &mut Scope<'_, '_>) -> Option<String> {
    if try_to_read(text.trim(), kind, scope) {
        return Some(text.trim().to_owned());
    }
    as_meant(text, kind, scope)?.strip_prefix('`')?.strip_suffix('`').map(str::to_owned)
}

/// The expression as it was meant, between the marks of code, where that can be read.
fn as_meant(text: &str, kind: ExprKind, scope: &mut Scope<'_, '_>) -> Option<String> {
    let looks = scope.names.looks.get();
    if text.len() > LONGEST || looks == 0 {
        return None;
    }
    scope.names.looks.set(looks.saturating_sub(COST));
    scope.writing = false;
    let written = words::words(text);
    let known = |word: &str| scope.names.vars.contains_key(word);
    let numbered = values::numbered(words::command(&written), kind, scope.names);
    let numbered: Vec<&str> = numbered.iter().map(String::as_str).collect();
    let words = words::habits(&numbered, kind, &known);
    let words = names::joined(words, kind, scope.names);
    if kind == ExprKind::Effects && words.iter().all(|word| word != "if") {
        // Several in one text.
        let parts: Vec<&[String]> = words.split(|word| matches!(word.as_str(), "," | ";" | "and")).collect();
        let several: Option<Vec<String>> = parts.iter().map(|part| read(part.to_vec(), kind, scope)).collect();
        let several: Vec<String> = several?.into_iter().map(|effect| format!("\"{effect}\"")).collect();
        return Some(match several.as_slice() {
            [one] => format!("`{}`", one.trim_matches('"')),
            several => format!("each in quotes of its own: `{}`", several.join(", ")),
        });
    }
    let words = values::each_compared(words, scope.names);
    let words = words.into_iter().map(|word| if word == "," { "and".to_owned() } else { word }).collect();
    let meant = read(words, kind, scope)?;
    let several = meant.contains("\", \"");
    Some(if several { format!("each in quotes of its own: `\"{meant}\"`") } else { format!("`{meant}`") })
}

/// What these words come to, where that can be read.
fn read(words: Vec<String>, kind: ExprKind, scope: &mut Scope<'_, '_>) -> Option<String> {
    let parts: Vec<&[String]> = words.splitn(2, |word| word == "if").collect();
    let text = match (kind, parts.as_slice()) {
        (ExprKind::Effects, [does]) => effect::effect(does, scope.names)?,
        // `trust +1 if lamp else trust -1`
        (ExprKind::Effects, [does @ [_, ..], rest]) if let Some(at) = rest.iter().position(|word| word == "else") => {
            let when = spaced(&condition::condition(&rest[..at], scope.names));
            let [does, other] = [does, &rest[at + 1..]].map(|does| effect::effect(does, scope.names));
            let denied =
                if when.contains(" and ") || when.contains(" or ") { format!("({when})") } else { when.clone() };
            let both = [format!("{} if {when}", does?), format!("{} if not {denied}", other?)];
            let reads = both.iter().all(|text| try_to_read(text, kind, scope));
            return reads.then(|| both.join("\", \""));
        }
        // `if lamp then trust +1`.
        (ExprKind::Effects, [[], rest]) => {
            // A colon is written as `=` by now.
            let parts = (0..rest.len()).filter(|at| matches!(rest[*at].as_str(), "then" | "," | "="));
            let written = |at: usize, scope: &Scope<'_, '_>| {
                let does = effect::effect(&rest[at + 1..], scope.names)?;
                Some(format!("{does} if {}", spaced(&condition::condition(&rest[..at], scope.names))))
            };
            let mut written = parts.filter_map(|at| written(at, scope)).collect::<Vec<_>>().into_iter();
            written.find(|text| try_to_read(text, kind, scope))?
        }
        (ExprKind::Effects, [does, when]) => {
            format!("{} if {}", effect::effect(does, scope.names)?, spaced(&condition::condition(when, scope.names)))
        }
        _ => spaced(&condition::condition(&words, scope.names)),
    };
    try_to_read(&text, kind, scope).then_some(text)
}

/// What no expression can say, and where it is written.
fn elsewhere(text: &str, kind: ExprKind, names: &Names<'_>) -> Option<String> {
    let written = words::words(text);
    let words: Vec<&str> = words::command(&written).to_vec();
    let lower = words.iter().map(|word| word.to_lowercase());
    if lower.clone().any(|word| matches!(word.as_str(), "random" | "rand" | "dice" | "roll" | "chance")) {
        return Some("luck falls in a scene with a `route`: `route: [(odds: 1, do: […], go: \"…\"), …]`".to_owned());
    }
    let often = |word: &str| matches!(word, "twice" | "times" | ">" | ">=" | "=" | "<" | "<=");
    if lower.clone().any(|word| word == "visited") && lower.clone().any(|word| often(&word)) {
        return Some(
            "only whether a scene has been visited is known; how often, a counter of your own says: raise it in the \
             `do` of that scene"
                .to_owned(),
        );
    }
    let first = lower.clone().next()?;
    if kind == ExprKind::Effects && lower.clone().any(|word| word == "or") {
        return Some(
            "one thing happens: where luck is to decide, lead to a scene with `route: [(odds: 1, do: […], go: \"…\"), …]`"
                .to_owned(),
        );
    }
    match kind {
        ExprKind::Condition => instead_of_a_condition(&first, &words, names),
        ExprKind::Effects if !names.vars.contains_key(first.as_str()) => instead_of_an_effect(&first, &words, names),
        ExprKind::Effects => {
            let counts = text.contains('%')
                || matches!(words.as_slice(), [_, "*" | "/" | "%" | "%+" | "%-", ..] | [_, "+" | "-", _, ".", ..]);
            counts
                .then(|| format!("an effect adds or takes away a whole number that is written out: `{} +1`", words[0]))
        }
        ExprKind::Weight => None,
    }
}

/// What to write for a word that is no condition.
fn instead_of_a_condition(first: &str, words: &[&str], names: &Names<'_>) -> Option<String> {
    if words.len() > 1 {
        return None;
    }
    match first {
        "always" | "true" | "yes" => Some("leave it out: what has no condition is always open".to_owned()),
        "else" | "otherwise" | "default" => Some("leave it out where nothing else holds: write that last".to_owned()),
        "never" | "false" | "no" => Some("delete what it stands with: nobody would ever meet it".to_owned()),
        "first" | "again" | "once" => {
            let scene = names.scenes.iter().min_by_key(|(_, scene)| **scene).map(|(name, _)| *name)?;
            Some(format!("ask whether the story has come to a scene, as by `not visited({scene})`"))
        }
        _ => None,
    }
}

/// What to write for an order that is no effect.
fn instead_of_an_effect(first: &str, words: &[&str], names: &Names<'_>) -> Option<String> {
    match (first, words) {
        ("go" | "goto" | "go_to" | "go-to" | "jump" | "divert" | "gosub" | "->", [_, .., to]) => {
            Some(format!("write `go: \"{to}\"` beside `do`, and not in it"))
        }
        ("toggle" | "flip" | "switch", [_, .., name]) => {
            Some(format!("say which of the two it is to be: `{name} = true`"))
        }
        ("say" | "show" | "print" | "tell" | "display" | "write", [_, _, ..]) => {
            Some("what is to be read stands in the `reply` of a choice, or in the `text` of a scene".to_owned())
        }
        (_, [_, name]) if let Some(Domain::States(states)) = names.vars.get(name).map(|var| names.domain(*var)) => {
            let set: Vec<String> = states.iter().take(4).map(|state| format!("`{name} = {state}`")).collect();
            Some(format!("write {}{}", if set.len() > 1 { "one of " } else { "" }, set.join(", ")))
        }
        // Something that is carried, or has happened.
        (verb, [_, name]) if effect::is_verb(verb) && name.starts_with(char::is_alphabetic) => {
            let unknown = !names.vars.contains_key(name) && !names.lines.contains_key(*name);
            unknown.then(|| format!("declare `\"{name}\": (flag: true)` under `vars`, and write `{name} = true`"))
        }
        _ => None,
    }
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
