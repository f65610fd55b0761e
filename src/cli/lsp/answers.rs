//! What an editor asks.

use std::path::Path;
use std::rc::Rc;

use serde_json::{Value, json};

use crate::author::{SymbolRef, format_text};
use crate::story::{Domain, FactStatus, Story, SymbolKind};

use super::Server;
use super::complete::completion;
use super::places::{LineIndex, path_of, uri_of};
use super::rename::{prepare_rename, rename};
use super::symbols::{Query, Symbols};

/// Most symbols that are found at once.
const MOST_FOUND: usize = 500;

impl Server {
    /// The answer to a request; `None` where it is not known.
    pub(super) fn answer(&mut self, method: &str, params: &Value) -> Option<Result<Value, String>> {
        if method == "workspace/symbol" {
            return Some(Ok(self.found(params["query"].as_str().unwrap_or_default())));
        }
        let uri = params["textDocument"]["uri"].as_str();
        let Some(path) = uri.and_then(path_of) else {
            return method.starts_with("textDocument/").then(|| Err("this is no file".to_owned()));
        };
        if method == "textDocument/formatting" {
            return Some(Ok(self.formatting(&path)));
        }
        let symbols = self.symbols(&path);
        let asked = symbols.file_at(&path).and_then(|file| {
            let at = LineIndex::of(&symbols.files()[file].text).byte_of(&params["position"])?;
            Some(Query { symbols: &symbols, file, at })
        });
        // Where there is no such file or place, there is nothing to be said of it.
        let of = |answer: &dyn Fn(&Query<'_>) -> Value, nothing: Value| Ok(asked.as_ref().map_or(nothing, answer));
        Some(match method {
            "textDocument/definition" => of(&definition, Value::Null),
            "textDocument/references" => of(&references, json!([])),
            "textDocument/documentHighlight" => of(&highlights, json!([])),
            "textDocument/documentSymbol" => Ok(outline(&symbols, &path)),
            "textDocument/prepareRename" => of(&prepare_rename, Value::Null),
            "textDocument/rename" => match &asked {
                Some(asked) => rename(asked, params["newName"].as_str().unwrap_or_default()),
                None => Err("there is nothing here to rename".to_owned()),
            },
            "textDocument/hover" => of(&|asked| self.hover(asked), Value::Null),
            "textDocument/completion" => {
                of(&|asked| completion(asked, params["context"]["triggerCharacter"].as_str()), json!([]))
            }
            _ => return None,
        })
    }

    fn formatting(&self, path: &Path) -> Value {
        let Some(document) = self.open.get(path) else { return Value::Null };
        let text = &*document.text;
        match format_text(text) {
            Some(tidied) if tidied != text => {
                json!([{ "range": LineIndex::of(text).range(0..text.len()), "newText": tidied }])
            }
            _ => json!([]),
        }
    }

    /// What there is to know of a name, from the last sound reading of the story.
    fn hover(&self, asked: &Query<'_>) -> Value {
        let Some(symbol) = asked.name() else { return Value::Null };
        let checked = self.judge.last_sound(asked.symbols.root());
        let said = checked.as_ref().and_then(|checked| summary(checked.story.as_ref()?, symbol));
        let times = match asked.symbols.same(symbol).filter(|(_, other)| !other.declares).count() {
            1 => "meant once".to_owned(),
            count => format!("meant {count} times"),
        };
        let words = said.map_or_else(|| format!("`{}`", symbol.name), |said| format!("`{}`\n\n{said}", symbol.name));
        json!({
            "contents": { "kind": "markdown", "value": format!("{words}\n\n{times}") },
            "range": LineIndex::of(asked.text()).range(symbol.start..symbol.end),
        })
    }

    /// What is declared in the stories that are open, by a part of its name.
    fn found(&mut self, query: &str) -> Value {
        let query = query.to_lowercase();
        let mut paths: Vec<_> = self.open.keys().cloned().collect();
        paths.sort();
        let mut roots = Vec::new();
        let mut out = Vec::new();
        for path in paths {
            let symbols: Rc<Symbols> = self.symbols(&path);
            if roots.iter().any(|root| root == symbols.root()) {
                continue;
            }
            roots.push(symbols.root().to_owned());
            for (number, file) in symbols.files().iter().enumerate() {
                let lines = LineIndex::of(&file.text);
                let fits = |it: &&SymbolRef| it.declares && it.name.to_lowercase().contains(&query);
                let room = MOST_FOUND.saturating_sub(out.len());
                out.extend(symbols.of(number).iter().filter(fits).take(room).map(|it| {
                    let location = json!({ "uri": uri_of(Path::new(&file.name)), "range": lines.range(it.start..it.end) });
                    json!({ "name": it.name, "kind": kind(it.kind), "location": location, "containerName": it.kind.word() })
                }));
            }
        }
        Value::Array(out)
    }
}

/// Where these names stand.
fn locations<'m>(asked: &Query<'_>, symbols: impl Iterator<Item = (usize, &'m SymbolRef)>) -> Vec<Value> {
    let lines: Vec<(String, LineIndex<'_>)> =
        asked.symbols.files().iter().map(|file| (uri_of(Path::new(&file.name)), LineIndex::of(&file.text))).collect();
    let location = |(file, symbol): (usize, &SymbolRef)| {
        let (uri, lines) = &lines[file];
        json!({ "uri": uri, "range": lines.range(symbol.start..symbol.end) })
    };
    symbols.map(location).collect()
}

fn definition(asked: &Query<'_>) -> Value {
    let Some(symbol) = asked.name() else { return Value::Null };
    let declared = asked.symbols.same(symbol).filter(|(_, other)| other.declares).take(1);
    locations(asked, declared).pop().unwrap_or(Value::Null)
}

fn references(asked: &Query<'_>) -> Value {
    let Some(symbol) = asked.name() else { return json!([]) };
    Value::Array(locations(asked, asked.symbols.same(symbol)))
}

fn highlights(asked: &Query<'_>) -> Value {
    let Some(symbol) = asked.name() else { return json!([]) };
    let here = asked.symbols.same(symbol).filter(|(file, _)| *file == asked.file);
    let lines = LineIndex::of(asked.text());
    here.map(|(_, other)| json!({ "range": lines.range(other.start..other.end) })).collect()
}

/// What a file declares, in its order.
fn outline(symbols: &Symbols, path: &Path) -> Value {
    let Some(file) = symbols.file_at(path) else { return json!([]) };
    let lines = LineIndex::of(&symbols.files()[file].text);
    let declared = symbols.of(file).iter().filter(|symbol| symbol.declares && symbol.owner.is_none());
    let symbol = |symbol: &SymbolRef| {
        let range = lines.range(symbol.start..symbol.end);
        let (kind, detail) = (kind(symbol.kind), symbol.kind.word());
        json!({ "name": symbol.name, "detail": detail, "kind": kind, "range": range, "selectionRange": range })
    };
    declared.map(symbol).collect()
}

/// What comes nearest to it among the kinds that editors know.
fn kind(kind: SymbolKind) -> u8 {
    const CLASS: u8 = 5;
    const FUNCTION: u8 = 12;
    const VARIABLE: u8 = 13;
    const CONSTANT: u8 = 14;
    const ENUM_MEMBER: u8 = 22;
    const EVENT: u8 = 24;
    match kind {
        SymbolKind::Scene | SymbolKind::Ending => FUNCTION,
        SymbolKind::Role | SymbolKind::Sheet => CLASS,
        SymbolKind::Variable => VARIABLE,
        SymbolKind::Message => EVENT,
        SymbolKind::Fact | SymbolKind::Source => CONSTANT,
        SymbolKind::State
        | SymbolKind::Line
        | SymbolKind::Choice
        | SymbolKind::Carrier
        | SymbolKind::Licence
        | SymbolKind::Treatment
        | SymbolKind::Handling => ENUM_MEMBER,
    }
}

/// What the story says of a name.
fn summary(story: &Story, symbol: &SymbolRef) -> Option<String> {
    let name = symbol.name.as_str();
    Some(match symbol.kind {
        SymbolKind::Fact => {
            let fact = story.fact_named(name)?;
            let source = |at: &usize| story.sources.get(*at).map_or("", |(_, text)| text.as_str()).to_owned();
            let says: Vec<String> = match &fact.status {
                FactStatus::Reported(sources) => sources.iter().map(|at| format!("reported: {}", source(at))).collect(),
                FactStatus::Disputed(versions) => versions
                    .iter()
                    .map(|(text, sources)| {
                        format!("disputed: {text} ({})", sources.iter().map(source).collect::<Vec<_>>().join("; "))
                    })
                    .collect(),
                FactStatus::Inferred(reason) => vec![format!("inferred: {reason}")],
            };
            format!("{}\n\n{}", fact.text, says.join("\n\n"))
        }
        SymbolKind::Variable => {
            let var = &story.vars[story.var_named(name)?.index()];
            let (min, max) = var.domain.bounds();
            match &var.domain {
                Domain::Counter(..) => format!("a counter from {min} to {max}, at first {}", var.start),
                Domain::States(states) => {
                    format!("one of: {}; at first {}", states.join(", "), var.domain.word(var.start))
                }
                Domain::Flag => format!("a flag, at first {}", var.domain.word(var.start)),
            }
        }
        SymbolKind::Scene => {
            let scene = story.scene_ids().find(|scene| *story.scene(*scene).id == *name)?;
            let words = story
                .texts(scene)
                .iter()
                .flatten()
                .next()
                .map(|text| crate::text::plain(&story.words(*text).every_word()))
                .unwrap_or_default();
            crate::text::head(words.trim(), 240).to_owned()
        }
        SymbolKind::Message => {
            let message = story.messages.iter().find(|message| message.id == name)?;
            crate::text::plain(&story.words(message.gist).every_word())
        }
        SymbolKind::Role => story.seats.iter().find(|seat| seat.id == name)?.name.clone(),
        SymbolKind::Ending => story.endings.iter().find(|ending| ending.id == name)?.because.clone(),
        SymbolKind::Source => story.sources.iter().find(|(id, _)| id == name)?.1.clone(),
        SymbolKind::Carrier | SymbolKind::Licence | SymbolKind::Treatment | SymbolKind::Handling => {
            let list = match symbol.kind {
                SymbolKind::Carrier => &story.carriers,
                SymbolKind::Licence => &story.licences,
                SymbolKind::Treatment => &story.treatments,
                _ => &story.handlings,
            };
            list.iter().find(|manner| manner.id == name)?.name.clone()
        }
        SymbolKind::Sheet => story.sheets.iter().find(|sheet| sheet.id == name)?.name.clone(),
        SymbolKind::Choice => format!("a choice in `{}`", symbol.owner.as_deref()?),
        SymbolKind::State => format!("a state of `{}`", symbol.owner.as_deref()?),
        SymbolKind::Line => {
            let sheet = story.sheets.iter().find(|sheet| Some(&sheet.id) == symbol.owner.as_ref())?;
            sheet.lines.iter().find(|line| line.id == name)?.text.clone()
        }
    })
}
