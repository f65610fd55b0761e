//! What a form in braces was meant to be that there is none of: it is written as in another tool.

use crate::story::expr::{Scope, condition};
use crate::story::near::nearest;

/// Words by which other tools begin words that fall by lot.
const LOTS: [&str; 12] = [
    "random", "shuffle", "shuffled", "cycle", "sequence", "choose", "pick", "either", "any", "oneof", "one-of",
    "stopping",
];
/// And words that are read once only.
const ONCE: [&str; 4] = ["once", "only once", "first time", "initially"];

/// What to write in the place of this.
pub(super) fn meant(inside: &str, scope: &mut Scope<'_, '_>) -> String {
    let holds = |when: &str, scope: &mut Scope<'_, '_>| condition(when.trim(), scope).is_ok();
    if let Some((sheet, _)) = inside.split_once('.')
        && scope.names.lines.contains_key(inside)
    {
        return format!("write `{{{sheet}}}` for the whole sheet, or `{{if {inside} is standing: … | …}}`");
    }
    let (head, words) = inside.split_once(':').unwrap_or((inside, ""));
    let (head, words) = (head.trim(), words.trim_start());
    let lower = head.to_lowercase();
    let lot = LOTS.contains(&lower.as_str()) || inside.starts_with(['~', '&', '!']);
    if lot || (words.is_empty() && inside.contains('|')) {
        return "write `{one of: … | … | …}` for words that fall by lot".to_owned();
    }
    if ONCE.contains(&lower.as_str()) {
        return "write `{first: … | again: …}`".to_owned();
    }
    if let Some((when, _)) = inside.split_once('?')
        && holds(when, scope)
    {
        return format!("write `{{if {}: … | …}}`", when.trim());
    }
    if !words.is_empty() && holds(head, scope) {
        return format!("write `{{if {head}: {}}}`", if words.contains('|') { "… | …" } else { "…" });
    }
    match nearest(inside.split([' ', ':']).next().unwrap_or(""), ["if", "first", "one"]) {
        Some(_) => "the forms are `{if …: … | …}`, `{first: … | again: …}`, `{one of: … | …}`".to_owned(),
        None => "inside braces stands a variable, or one of the forms `if `, `first:`, `one of:`".to_owned(),
    }
}

/// What to write for a condition without a colon behind it: it ends where no more of it can be read.
pub(super) fn with_colon(inside: &str, scope: &mut Scope<'_, '_>) -> String {
    let ends = inside.char_indices().filter(|(_, c)| !(c.is_alphanumeric() || "_-".contains(*c))).map(|(at, _)| at);
    let ends: Vec<usize> = ends.take(MOST_ENDS).collect();
    let when = ends.into_iter().rev().map(|end| inside[..end].trim()).find(|when| condition(when, scope).is_ok());
    when.map_or_else(|| "write `{if trust >= 2: … | …}`".to_owned(), |when| format!("write `{{if {when}: … | …}}`"))
}

/// So many places are looked at where a condition may end.
const MOST_ENDS: usize = 12;
