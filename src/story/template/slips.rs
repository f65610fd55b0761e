//! What a form in braces was meant to be that there is none of: it is written as in another tool.

use crate::story::expr::{Scope, condition, condition_as_meant};
use crate::story::nearest::nearest;
use crate::story::sample::Sample;

/// Words by which other tools begin words that fall by lot.
const LOTS: [&str; 12] = [
    "random", "shuffle", "shuffled", "cycle", "sequence", "choose", "pick", "either", "any", "oneof", "one-of",
    "stopping",
];
/// And words that are read once only.
const ONCE: [&str; 4] = ["once", "only once", "first time", "initially"];

/// What other tools end a form with, or part it by.
const PARTS: [&str; 9] = ["else", "endif", "end", "fi", "end if", "/if", "endfor", "elif", "otherwise"];

/// Whether this is a part of a form as another tool writes it, outside of the form.
pub(super) fn is_part(inside: &str) -> bool {
    PARTS.contains(&inside)
}

/// What to write in the place of this.
pub(super) fn meant(inside: &str, scope: &mut Scope<'_, '_>) -> String {
    let bare = inside.trim_matches(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-'));
    if bare != inside && scope.names.vars.contains_key(bare) && !inside.starts_with(['~', '&', '!']) {
        return format!("write `{{{bare}}}`");
    }
    let names = &*scope.names;
    let named = ["the ", "a ", "an ", "The ", "my ", "your "].into_iter().find_map(|word| inside.strip_prefix(word));
    let is_sheet = |name: &str| names.lines.keys().any(|line| line.split('.').next() == Some(name));
    if let Some(name) = named.filter(|name| names.vars.contains_key(name) || is_sheet(name)) {
        return format!("write `{{{name}}}`");
    }
    if is_part(inside) {
        return "a form has all its words in one pair of braces: `{if …: … | …}`".to_owned();
    }
    let holds = |when: &str, scope: &mut Scope<'_, '_>| condition(when.trim(), scope).is_ok();
    if let Some((sheet, _)) = inside.split_once('.')
        && scope.names.lines.contains_key(inside)
    {
        return format!("write `{{{sheet}}}` for the whole sheet, or `{{if {inside} is standing: … | …}}`");
    }
    // A property as other languages have them, or a word too many: `{carrier.name}`, `{sheet list}`.
    let (first, last) = inside.split_once(['.', ' ']).unwrap_or((inside, ""));
    let is_word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
    if is_word(last) && scope.names.vars.contains_key(first) {
        return format!("write `{{{first}}}`");
    }
    if is_word(last) && first == "sheet" {
        return format!("write `{{{last}}}`");
    }
    let (head, words) = inside.split_once(':').unwrap_or((inside, ""));
    let (head, words) = (head.trim(), words.trim_start());
    let lower = head.to_lowercase();
    let passed =
        inside.split_once([':', ' ', '.', '(']).map(|(form, message)| (form, message.trim_end_matches(')').trim()));
    if let Some((form, message)) = passed
        && ["heard", "meant", "answer"].contains(&form)
        && scope.names.messages.contains_key(message)
    {
        return format!("write `{{{form}({message})}}`");
    }
    if lower.starts_with("first ") && inside.contains('|') {
        return "write `{first: … | again: …}`".to_owned();
    }
    if let Some((when, _)) = inside.split_once('?')
        && holds(when, scope)
    {
        return format!("write `{{if {}: … | …}}`", when.trim());
    }
    let lot = LOTS.contains(&lower.as_str()) || inside.starts_with(['~', '&', '!']);
    if lot || (words.is_empty() && inside.contains('|')) {
        return "write `{one of: … | … | …}` for words that fall by lot".to_owned();
    }
    if ONCE.contains(&lower.as_str()) || (lower == "again" && !words.is_empty()) {
        return "write `{first: … | again: …}`".to_owned();
    }
    let scene = ["after ", "visited "].into_iter().find_map(|word| lower.strip_prefix(word));
    if let Some(scene) = scene.filter(|scene| scope.names.scenes.contains_key(scene) && !words.is_empty()) {
        return format!("write `{{if visited({scene}): …}}`");
    }
    let asked = ["when ", "whenever ", "elif ", "elseif "].into_iter().find_map(|word| head.strip_prefix(word));
    let asked = match (asked, head.strip_prefix("unless ")) {
        (_, Some(unless)) => format!("not {unless}"),
        (asked, None) => asked.unwrap_or(head).to_owned(),
    };
    if !words.is_empty()
        && let Some(when) = condition_as_meant(&asked, scope)
    {
        return format!("write `{{if {when}: {}}}`", if words.contains('|') { "… | …" } else { "…" });
    }
    if words.is_empty()
        && let Some(when) = condition_as_meant(inside, scope)
    {
        return format!("write `{{if {when}: … | …}}`");
    }
    let first = head.split(' ').next().unwrap_or("");
    if words.is_empty() && head.contains([' ', '+', '-', '*']) && scope.names.vars.contains_key(first) {
        return format!("write `{{{first}}}`: a value is shown as it is");
    }
    match nearest(inside.split([' ', ':']).next().unwrap_or(""), ["if", "first", "one"]) {
        Some(_) => "the forms are `{if …: … | …}`, `{first: … | again: …}`, `{one of: … | …}`".to_owned(),
        None => "inside braces stands a variable, or one of the forms `if `, `first:`, `one of:`".to_owned(),
    }
}

/// A lot whose branches are parted by another sign than a bar: `{one of: A. / B.}`.
pub(super) fn parted(words: &str) -> String {
    let apart = [" / ", "/", " ; ", "; ", ", "].into_iter().find(|sign| words.contains(sign));
    let short = words.len() < 60 && !words.contains(['{', '\n']);
    match apart.filter(|_| short) {
        Some(sign) => {
            let parts: Vec<&str> = words.split(sign).map(str::trim).filter(|part| !part.is_empty()).collect();
            format!("part the branches by `|`: `{{one of: {}}}`", parts.join(" | "))
        }
        None => "part the branches by `|`: `{one of: … | …}`; or write the words alone".to_owned(),
    }
}

/// What to write for a condition without a colon behind it: it ends where no more of it can be read.
pub(super) fn with_colon(inside: &str, scope: &mut Scope<'_, '_>) -> String {
    let ends = inside.char_indices().filter(|(_, c)| !(c.is_alphanumeric() || "_-".contains(*c))).map(|(at, _)| at);
    let ends: Vec<usize> = ends.take(MOST_ENDS).chain([inside.len()]).collect();
    let when = ends.into_iter().rev().map(|end| inside[..end].trim()).find(|when| condition(when, scope).is_ok());
    when.map_or_else(
        || Sample::of_names(scope.names).fill("write `{if CONDITION: … | …}`"),
        |when| format!("write `{{if {when}: … | …}}`"),
    )
}

/// Most places that are tried as the end of a condition.
const MOST_ENDS: usize = 12;
