//! What an editor asks.

use std::path::Path;

use serde_json::{Value, json};

use crate::author::{Around, Mention, Naming, around, documentation, fields_of, tidy};
use crate::story::{Standing, Story};

use super::places::{byte_of, path_of, range, uri_of};
use super::{Reading, Server, all_mentions};

/// A place in a story that the editor asks about.
struct Asked {
    reading: Reading,
    /// Every name of the story, with its file.
    names: Vec<(usize, Mention)>,
    file: usize,
    at: usize,
}

impl Asked {
    /// The name under the cursor; its end belongs to it too.
    fn name(&self) -> Option<&Mention> {
        let here = |(file, mention): &&(usize, Mention)| {
            *file == self.file && mention.start <= self.at && self.at <= mention.end
        };
        self.names.iter().find(here).map(|(_, mention)| mention)
    }

    fn same<'a>(&'a self, mention: &'a Mention) -> impl Iterator<Item = &'a (usize, Mention)> {
        self.names.iter().filter(move |(_, other)| other.naming == mention.naming && other.name == mention.name)
    }

    fn location(&self, (file, mention): &(usize, Mention)) -> Value {
        let file = self.reading.sources.file(*file);
        json!({ "uri": uri_of(Path::new(&file.name)), "range": range(&file.text, mention.start..mention.end) })
    }
}

impl Server {
    /// The answer to a request; `None` where it is not known.
    pub(super) fn answer(&self, method: &str, params: &Value) -> Option<Result<Value, String>> {
        let uri = params["textDocument"]["uri"].as_str();
        let Some(path) = uri.and_then(path_of) else {
            return method.starts_with("textDocument/").then(|| Err("this is no file".to_owned()));
        };
        let asked = || self.asked(&path, &params["position"]);
        Some(match method {
            "textDocument/definition" => Ok(asked().map_or(Value::Null, |asked| definition(&asked))),
            "textDocument/references" => Ok(asked().map_or(json!([]), |asked| references(&asked))),
            "textDocument/prepareRename" => Ok(asked().map_or(Value::Null, |asked| prepare_rename(&asked))),
            "textDocument/rename" => match asked() {
                Some(asked) => rename(&asked, params["newName"].as_str().unwrap_or_default()),
                None => Err("there is nothing here to rename".to_owned()),
            },
            "textDocument/hover" => Ok(asked().map_or(Value::Null, |asked| self.hover(&asked))),
            "textDocument/completion" => Ok(asked().map_or(json!([]), |asked| completion(&asked))),
            "textDocument/formatting" => Ok(self.formatting(&path)),
            _ => return None,
        })
    }

    fn asked(&self, path: &Path, position: &Value) -> Option<Asked> {
        let reading = self.read(path);
        let name = path.display().to_string();
        let file = reading.sources.files().iter().position(|file| file.name == name)?;
        let at = byte_of(&reading.sources.file(file).text, position)?;
        let names = all_mentions(&reading.sources);
        Some(Asked { reading, names, file, at })
    }

    fn formatting(&self, path: &Path) -> Value {
        let Some(text) = self.open.get(path) else { return Value::Null };
        match tidy(text) {
            Some(tidied) if tidied != *text => json!([{ "range": range(text, 0..text.len()), "newText": tidied }]),
            _ => json!([]),
        }
    }

    /// What there is to know of a name, from the last good reading of the story.
    fn hover(&self, asked: &Asked) -> Value {
        let Some(mention) = asked.name() else { return Value::Null };
        let story = asked.reading.checked.story.as_ref().or_else(|| self.good.get(&asked.reading.root));
        let said = story.and_then(|story| told(story, mention));
        let count = asked.same(mention).filter(|(_, other)| !other.declares).count();
        let times = if count == 1 { "meant once".to_owned() } else { format!("meant {count} times") };
        let words = said.map_or_else(|| format!("`{}`", mention.name), |said| format!("`{}`\n\n{said}", mention.name));
        let text = &asked.reading.sources.file(asked.file).text;
        json!({
            "contents": { "kind": "markdown", "value": format!("{words}\n\n{times}") },
            "range": range(text, mention.start..mention.end),
        })
    }
}

fn definition(asked: &Asked) -> Value {
    let Some(mention) = asked.name() else { return Value::Null };
    let declared = asked.same(mention).find(|(_, other)| other.declares);
    declared.map_or(Value::Null, |found| asked.location(found))
}

fn references(asked: &Asked) -> Value {
    let Some(mention) = asked.name() else { return json!([]) };
    Value::Array(asked.same(mention).map(|found| asked.location(found)).collect())
}

fn prepare_rename(asked: &Asked) -> Value {
    let text = &asked.reading.sources.file(asked.file).text;
    asked.name().map_or(
        Value::Null,
        |mention| json!({ "range": range(text, mention.start..mention.end), "placeholder": mention.name }),
    )
}

fn rename(asked: &Asked, new: &str) -> Result<Value, String> {
    let mention = asked.name().ok_or("there is no name here")?;
    let mut letters = new.chars();
    let sound =
        letters.next().is_some_and(char::is_alphabetic) && letters.all(|c| c.is_alphanumeric() || c == '_' || c == '-');
    if !sound {
        return Err("a name begins with a letter and goes on with letters, digits, _ and -".to_owned());
    }
    if asked.names.iter().any(|(_, other)| other.declares && other.naming == mention.naming && other.name == new) {
        return Err(format!("`{new}` is declared already"));
    }
    let mut changes: serde_json::Map<String, Value> = serde_json::Map::new();
    for (file, found) in asked.same(mention) {
        let file = asked.reading.sources.file(*file);
        let edit = json!({ "range": range(&file.text, found.start..found.end), "newText": new });
        let edits = changes.entry(uri_of(Path::new(&file.name))).or_insert_with(|| json!([]));
        if let Value::Array(edits) = edits {
            edits.push(edit);
        }
    }
    Ok(json!({ "changes": changes }))
}

fn completion(asked: &Asked) -> Value {
    let text = &asked.reading.sources.file(asked.file).text;
    let declared = |namings: &[Naming]| -> Vec<Value> {
        let names = asked.names.iter().filter(|(_, mention)| mention.declares && namings.contains(&mention.naming));
        names.map(|(_, mention)| json!({ "label": mention.name, "kind": 18, "detail": format!("{:?}", mention.naming).to_lowercase() })).collect()
    };
    let forms = |list: &[(&str, &str)]| -> Vec<Value> {
        list.iter().map(|(label, about)| json!({ "label": label, "kind": 15, "documentation": about })).collect()
    };
    let items = match around(text, asked.at) {
        Around::Name(naming) => declared(&[naming]),
        Around::Expression => {
            let mut items = declared(&[Naming::Variable, Naming::Sheet]);
            items.extend(forms(&[
                ("visited(", "whether a scene has been entered"),
                ("heard(", "whether, and how, a message has arrived"),
                ("and", "both"),
                ("or", "one or the other"),
                ("not", "the opposite"),
            ]));
            items
        }
        Around::Prose if text[..asked.at].ends_with("[^") => declared(&[Naming::Fact]),
        Around::Prose => {
            let mut items = declared(&[Naming::Variable]);
            items.extend(forms(&[
                ("{if trust >= 1: … | …}", "one or the other"),
                ("{first: … | again: …}", "by whether this seat has been here"),
                ("{one of: … | …}", "one of them, by the night’s luck"),
                ("{heard}", "what was heard of the message under way"),
                ("{meant}", "what was meant"),
            ]));
            items
        }
        Around::Field(record) => {
            let field = |field: &&str| {
                let words = documentation(&record, field).unwrap_or_default();
                json!({ "label": field, "insertText": format!("{field}: "), "kind": 5, "documentation": words })
            };
            fields_of(&record).iter().map(field).collect()
        }
        Around::Nothing => Vec::new(),
    };
    Value::Array(items)
}

/// What the story says of a name.
fn told(story: &Story, mention: &Mention) -> Option<String> {
    let name = mention.name.as_str();
    Some(match mention.naming {
        Naming::Fact => {
            let fact = story.fact_named(name)?;
            let source = |at: &usize| story.sources.get(*at).map_or("", |(_, text)| text.as_str()).to_owned();
            let says: Vec<String> = match &fact.standing {
                Standing::Reported(sources) => sources.iter().map(|at| format!("reported: {}", source(at))).collect(),
                Standing::Disputed(versions) => versions
                    .iter()
                    .map(|(text, sources)| {
                        format!("disputed: {text} ({})", sources.iter().map(source).collect::<Vec<_>>().join("; "))
                    })
                    .collect(),
                Standing::Inferred(reason) => vec![format!("inferred: {reason}")],
            };
            format!("{}\n\n{}", fact.text, says.join("\n\n"))
        }
        Naming::Variable => {
            let var = &story.vars[story.var_named(name)?.index()];
            let (min, max) = var.domain.bounds();
            match &var.domain {
                crate::story::Domain::Counter(..) => format!("a counter from {min} to {max}, at first {}", var.start),
                crate::story::Domain::States(states) => {
                    format!("one of: {}; at first {}", states.join(", "), var.domain.word(var.start))
                }
                crate::story::Domain::Flag => format!("a flag, at first {}", var.domain.word(var.start)),
            }
        }
        Naming::Scene => {
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
        Naming::Message => {
            let message = story.messages.iter().find(|message| message.id == name)?;
            crate::text::plain(&story.words(message.gist).every_word())
        }
        Naming::Role => story.seats.iter().find(|seat| seat.id == name)?.name.clone(),
        Naming::Ending => story.endings.iter().find(|ending| ending.id == name)?.because.clone(),
        Naming::Source => story.sources.iter().find(|(id, _)| id == name)?.1.clone(),
        Naming::Carrier | Naming::Licence | Naming::Treatment | Naming::Handling => {
            let list = match mention.naming {
                Naming::Carrier => &story.carriers,
                Naming::Licence => &story.licences,
                Naming::Treatment => &story.treatments,
                _ => &story.handlings,
            };
            list.iter().find(|manner| manner.id == name)?.name.clone()
        }
        Naming::Sheet => story.sheets.iter().find(|sheet| sheet.id == name)?.name.clone(),
    })
}
