//! Renaming: every place where a name stands, and nothing that would make another story of it.

use std::path::Path;

use serde_json::{Value, json};

use crate::author::{SymbolRef, names, resolve_kinds, walk};
use crate::story::{Severity, Sources, Story, SymbolKind, check};

use super::places::{LineIndex, uri_of};
use super::symbols::{Query, Symbols};

/// Where the name stands that would be renamed.
pub(super) fn prepare_rename(asked: &Query<'_>) -> Value {
    let can = asked.name().filter(|symbol| asked.symbols.is_declared(symbol) || is_title(asked.symbols, symbol));
    let range = |symbol: &SymbolRef| {
        let range = LineIndex::of(asked.text()).range(symbol.start..symbol.end);
        json!({ "range": range, "placeholder": symbol.name })
    };
    can.map_or(Value::Null, range)
}

/// The edits that give a name another, or why that cannot be.
pub(super) fn rename(asked: &Query<'_>, new: &str) -> Result<Value, String> {
    let symbols = asked.symbols;
    let symbol = asked.name().ok_or("there is no name here")?;
    let old = &symbol.name;
    if is_title(symbols, symbol) {
        if new.trim().is_empty() || new.contains(['"', '\\', '\n']) {
            return Err("a title is words on one line, without \" and \\".to_owned());
        }
    } else if !is_name(new) {
        return Err("a name begins with a letter or _ and goes on with letters, digits, _ and -".to_owned());
    } else if !symbols.is_declared(symbol) {
        return Err(format!("`{old}` is declared nowhere in this story; mend that first"));
    }
    if let Some(file) = symbols.half_written() {
        return Err(format!("a string or bracket in {} is not closed, so not every name can be found", file.name));
    }
    let renamed = SymbolRef { name: new.to_owned(), ..symbol.clone() };
    if symbols.is_declared(&renamed) {
        return Err(format!("`{new}` is declared already"));
    }
    keeps_the_story(symbols, symbol, new)?;
    let mut changes = serde_json::Map::new();
    for (number, file) in symbols.files().iter().enumerate() {
        let lines = LineIndex::of(&file.text);
        let edit = |found: &SymbolRef| json!({ "range": lines.range(found.start..found.end), "newText": new });
        let edits: Vec<Value> = symbols.of(number).iter().filter(|found| symbol.is_same(found)).map(edit).collect();
        if !edits.is_empty() {
            changes.insert(uri_of(Path::new(&file.name)), Value::Array(edits));
        }
    }
    Ok(json!({ "changes": changes }))
}

fn is_name(new: &str) -> bool {
    let mut letters = new.chars();
    letters.next().is_some_and(|c| c.is_alphabetic() || c == '_')
        && letters.all(|c| c.is_alphanumeric() || c == '_' || c == '-')
}

/// Where a story declares no endings, what stands after `end` is a title and no name.
fn is_title(symbols: &Symbols, symbol: &SymbolRef) -> bool {
    let mut declared = symbols.declared();
    symbol.kind == SymbolKind::Ending && !declared.any(|other| other.kind == SymbolKind::Ending)
}

/// Tries the new name on the story as it stands. What was a name must still be the same name, what was without fault
/// must still be, and what walks have done they must still do.
fn keeps_the_story(symbols: &Symbols, symbol: &SymbolRef, new: &str) -> Result<(), String> {
    let rename = |found: &SymbolRef| {
        let owned = found.owner.as_deref() == Some(symbol.name.as_str()) && found.kind.owner() == Some(symbol.kind);
        let owner = if owned { Some(new.to_owned()) } else { found.owner.clone() };
        let name = if symbol.is_same(found) { new.to_owned() } else { found.name.clone() };
        (found.kind, owner, name)
    };
    let mut texts = Vec::new();
    for (number, file) in symbols.files().iter().enumerate() {
        let mut text = file.text.clone();
        for found in symbols.of(number).iter().rev().filter(|found| symbol.is_same(found)) {
            text.replace_range(found.start..found.end, new);
        }
        texts.push((file.name.as_str(), text));
    }
    let sources = Sources::from_texts(texts.iter().map(|(name, text)| (*name, text.as_str())));
    let (old, new_one) = (check(symbols.sources(), Vec::new()), check(&sources, Vec::new()));
    let errors = |checked: &crate::story::Checked| {
        checked.diagnostics.iter().filter(|fault| fault.severity() == Severity::Error).count()
    };
    if errors(&new_one) > errors(&old) {
        let fault = new_one.diagnostics.iter().find(|fault| fault.severity() == Severity::Error);
        let why = fault.map_or("the story would have a fault", |fault| fault.message.as_str());
        return Err(format!("with `{new}` the story could not be played: {why}"));
    }
    let mut after: Vec<_> = texts.iter().map(|(_, text)| names(text)).collect();
    resolve_kinds(after.iter_mut().flat_map(|names| &mut names.symbols));
    for (number, names) in after.iter().enumerate() {
        let before = symbols.of(number);
        let same =
            |(old, new): (&SymbolRef, &SymbolRef)| rename(old) == (new.kind, new.owner.clone(), new.name.clone());
        if before.len() != names.symbols.len() || !before.iter().zip(&names.symbols).all(same) {
            return Err(format!("`{new}` would be taken for something else in {}", symbols.files()[number].name));
        }
    }
    let (Some(old), Some(new_one)) = (&old.story, &new_one.story) else { return Ok(()) };
    let faults = |story: &Story, at: usize| walk(story, &story.walks[at]).faults.len();
    match (0..old.walks.len()).find(|at| faults(new_one, *at) > faults(old, *at)) {
        None => Ok(()),
        Some(at) => Err(format!(
            "the walk `{}` would come out otherwise: one of its decisions can be read as this name and as other words; \
             write it in full",
            old.walks[at].id
        )),
    }
}
