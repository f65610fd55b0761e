//! Undeclared names.

use std::collections::HashMap;

use crate::story::ast::RECORDS;
use crate::story::diagnostic::Code;
use crate::story::expr::Names;

use super::Checker;
use super::declare::READER;

/// Fields that other tools have, or that one may look for, and what is done here instead: the record, the field, and that.
const OTHERWISE: &[(&str, &str, &str)] = &[
    ("a scene", "when", "a scene has no condition: write `when` on each choice, or way of a route, that leads to it"),
    ("a choice", "end", "lead to a scene that ends: `go: \"scene\"`, and there `end: …`"),
    ("a way of a route", "end", "lead to a scene that ends: `go: \"scene\"`, and there `end: …`"),
    ("a choice", "strike", "write it in `do`: `do: [\"strike sheet.line\"]`"),
    ("a way of a route", "otherwise", "leave `when` out of the last way: `(go: \"scene\")`"),
    ("a way of a route", "else", "leave `when` out of the last way: `(go: \"scene\")`"),
    ("a choice", "once", "leave it out: a choice can be taken once, unless it has `keep: true`"),
    (
        "a variable",
        "type",
        "write `flag: true` for yes and no, `min: 0, max: 3` for a number, or `states: [\"…\", \"…\"]`",
    ),
    ("a choice", "text", "write `say` for the words of the choice, and `reply` for what comes of it"),
    ("a choice", "choices", "lead to a scene that has them: `go: \"scene\"`"),
    ("a scene", "send", "write it in a choice: `choices: [(say: \"…\", send: \"message\", go: \"scene\")]`"),
    ("a relay", "messages", "leave it out: a relay carries whatever is under way"),
    ("a receipt", "messages", "leave it out: what is received is whatever is under way"),
    ("a receipt", "treatments", "write `handlings`: treatments are ways of carrying on, and stand in a `relay`"),
    ("a relay", "handlings", "write `treatments`: handlings are ways of receiving, and stand in a `receive`"),
    ("a reading", "gist", "write `text`"),
    ("a fact", "reason", "a reason stands in the place of `reported`: `inferred: \"…\"`"),
    ("a fact", "because", "a reason stands in the place of `reported`: `inferred: \"…\"`"),
    ("a fact", "source", "write `reported: [\"source\"]`"),
    ("a fact", "sources", "write `reported: [\"source\"]`"),
    (
        "a pass",
        "treatments",
        "write them where the message is carried on: `relay: (treatments: [\"…\"], go: \"scene\")`",
    ),
    ("a pass", "handlings", "write them where the message arrives: `receive: (handlings: [\"…\"], go: \"scene\")`"),
];

/// Fields in which writers keep remarks for themselves.
const REMARKS: &[&str] = &["note", "notes", "comment", "comments", "todo", "remark", "remarks", "idea", "draft"];
/// Fields for what there is none of here.
const NO_WORDS: &[&str] = &[
    "image",
    "images",
    "picture",
    "photo",
    "img",
    "sound",
    "music",
    "audio",
    "video",
    "color",
    "colour",
    "background",
    "font",
];

/// Of the records that stand within one with these fields, those that have this field.
fn holders<'f>(at: &'f str, fields: &'f [&str]) -> impl Iterator<Item = (&'static str, &'static [&'static str])> + 'f {
    // A scene's `standing` only says whether the role's is offered there.
    let in_scene = fields.contains(&"choices");
    let has = move |(holder, of): &(&str, &[&str])| {
        of.contains(&at) && fields.contains(holder) && !(*holder == "standing" && in_scene)
    };
    RECORDS.iter().copied().filter(has)
}

/// Of the lists of names at the story's top those whose entries have this field.
fn entries(at: &str) -> impl Iterator<Item = (&'static str, &'static [&'static str])> + '_ {
    let top = RECORDS.iter().find(|(holder, _)| holder.is_empty()).map_or(&[][..], |(_, fields)| *fields);
    let all = RECORDS.iter().copied();
    all.filter(move |(holder, of)| {
        top.contains(holder) && of.contains(&at) && !["clock", "style", "lesson"].contains(holder)
    })
}

impl<'s> Checker<'s> {
    /// Reports a name that is not declared; `near` is the one that may have been meant.
    pub(super) fn unknown(&mut self, code: Code, at: &'s str, what: &str, near: Option<String>) {
        if near.is_none() && self.is_told_to_lack(&format!("{what}s"), at) {
            self.unsay(code);
            return;
        }
        if near.is_none() && self.is_of_a_copy(&format!("{what}s"), at) {
            self.unsay(code);
            return;
        }
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => self.instead(code, at, what),
        };
        let shown = crate::text::clean(at).into_owned();
        self.report(code, at, format!("there is no {what} `{shown}`")).help = Some(help);
    }

    /// Whether a list of names is not there at all, which is told for the first name that is looked for in it.
    pub(super) fn is_told_to_lack(&mut self, holder: &str, name: &str) -> bool {
        let lists = &self.lists;
        let (holder, lacks) = match holder {
            "vars" => ("vars", self.names.vars.is_empty()),
            "clock" => ("clock", true),
            "sheets" | "lines" => ("sheets", lists.sheets.is_empty()),
            "messages" => ("messages", lists.messages.is_empty()),
            "facts" => ("facts", lists.facts.is_empty()),
            "sources" => ("sources", lists.sources.is_empty()),
            "carriers" => ("carriers", lists.carriers.is_empty()),
            "licences" => ("licences", lists.licences.is_empty()),
            "treatments" => ("treatments", lists.treatments.is_empty()),
            "handlings" => ("handlings", lists.handlings.is_empty()),
            "roles" => ("roles", lists.seats.keys().all(|role| *role == READER)),
            _ => return false,
        };
        if !lacks {
            return false;
        }
        let told = !self.lacking.insert(holder);
        // A form in braces names a sheet as it does a variable.
        if holder == "sheets" {
            let sheet = name.split('.').next().unwrap_or(name);
            self.names.lost.insert(sheet.to_owned());
        }
        told
    }

    /// The name of a list that may have been meant: one spelt nearly so, or one that is shown by these words.
    pub(super) fn near<T>(&self, wrong: &str, list: &HashMap<&'s str, T>) -> Option<String> {
        let bare = wrong
            .trim_start_matches(|c: char| !c.is_alphanumeric() && c != '_')
            .trim_end_matches(".ron")
            .trim_end_matches(']');
        let lower = wrong.to_lowercase();
        let shown = self.titles.get(lower.as_str()).copied();
        let path = bare.rsplit(['.', '/', '#', ':', '|']).next();
        let without = ["the ", "The ", "a ", "A ", "an ", "An "].into_iter().find_map(|word| bare.strip_prefix(word));
        let known = [Some(bare), shown, path, without].into_iter().flatten().find_map(|name| list.get_key_value(name));
        let known = known.map(|(name, _)| *name);
        known.or_else(|| self.names.near(wrong, list.keys().copied())).map(str::to_owned)
    }

    /// What to do where no name is near.
    pub(super) fn instead(&self, code: Code, at: &str, what: &str) -> String {
        let shown = crate::text::clean(at).into_owned();
        let lists = &self.lists;
        // Where else a name of this kind can stand, and what it is called there.
        let other = [
            ("a scene", self.names.scenes.contains_key(at), "go"),
            ("an ending", lists.endings.contains_key(at), "end"),
            ("a role", lists.seats.contains_key(at), "seat"),
            ("a message", lists.messages.contains_key(at), "send"),
            ("a variable", self.names.vars.contains_key(at), "when"),
            ("a sheet", lists.sheets.contains_key(at), "mark"),
        ];
        if code == Code::UnknownScene && lists.endings.contains_key(at) {
            return format!("lead to a scene that has `end: \"{shown}\"`: `{shown}` is an ending");
        }
        if let Some((kind, _, field)) = other.into_iter().find(|(_, known, _)| *known) {
            return format!("write it in `{field}`: `{shown}` is {kind}");
        }
        if code == Code::UnknownScene
            && let Some(help) = self.instead_of_a_way(at)
        {
            return help;
        }
        if code == Code::UnknownScene && at.contains(' ') {
            return "write the name of a scene here; words stand in its `text`, or in the `say` of a choice".to_owned();
        }
        let parts: Vec<&str> = at.split([',', '&']).flat_map(|part| part.split(" and ")).map(str::trim).collect();
        if code == Code::UnknownRole && parts.len() > 1 && parts.iter().all(|part| lists.seats.contains_key(part)) {
            let (first, other) = (parts[0], parts[1]);
            return format!(
                "name one: `{first}`; what `{other}` reads there stands in `others: {{ \"{other}\": \"…\" }}`"
            );
        }
        if code == Code::UnknownSource && at.contains(' ') {
            return "declare it under `sources`, and name it here; a reason why it follows stands in `inferred: \"…\"`"
                .to_owned();
        }
        if code == Code::UnknownRole && self.lists.seats.keys().all(|role| *role == READER) {
            return "declare it under `roles`; in a story without roles there is only `reader`".to_owned();
        }
        fn list<T>(wrong: &str, known: &HashMap<&str, T>, names: &Names<'_>) -> Option<String> {
            names.one_of(wrong, known.keys().copied())
        }
        let list = match what {
            "scene" => list(at, &self.names.scenes, &self.names),
            "role" => list(at, &lists.seats, &self.names),
            "message" => list(at, &lists.messages, &self.names),
            "ending" => list(at, &lists.endings, &self.names),
            "carrier" => list(at, &lists.carriers, &self.names),
            "licence" => list(at, &lists.licences, &self.names),
            "treatment" => list(at, &lists.treatments, &self.names),
            "handling" => list(at, &lists.handlings, &self.names),
            "sheet" => list(at, &lists.sheets, &self.names),
            "fact" => list(at, &lists.facts, &self.names),
            "source" => list(at, &lists.sources, &self.names),
            _ => None,
        };
        let field = format!("{what}s");
        match list {
            Some(list) => format!("declare it under `{field}`, or write {list}"),
            None => format!("declare it under `{field}`"),
        }
    }

    /// What to write for a way on as other tools have it: `jump buoy`, `END`.
    fn instead_of_a_way(&self, at: &str) -> Option<String> {
        const COMMANDS: [&str; 9] = ["jump to", "go to", "jump", "goto", "go", "to", "divert", "call", "->"];
        const ENDS: [&str; 7] = ["end", "the end", "fin", "finish", "finished", "done", "stop"];
        const STAYS: [&str; 9] = ["", "here", "self", "this", "stay", "again", "same", "none", "null"];
        const BACK: [&str; 4] = ["back", "previous", "last", "return"];
        let lower = at.to_lowercase();
        if STAYS.contains(&lower.as_str()) {
            return Some(
                "leave `go` out of a choice that comes back to its own scene; else write the name of a scene"
                    .to_owned(),
            );
        }
        if BACK.contains(&lower.as_str()) {
            return Some("write the name of the scene that it leads back to".to_owned());
        }
        if let Some((scene, when)) =
            at.split_once(" if ").filter(|(scene, _)| self.names.scenes.contains_key(scene.trim()))
        {
            return Some(format!("write `when: \"{}\"` beside `go: \"{}\"`", when.trim(), scene.trim()));
        }
        let rest = COMMANDS.iter().find_map(|command| lower.starts_with(command).then(|| at.get(command.len()..))?);
        let scene = rest
            .map(|rest| rest.trim_start_matches([':', '>', ' ']))
            .filter(|name| self.names.scenes.contains_key(name));
        if let Some(scene) = scene {
            return Some(format!("write `go: \"{scene}\"`"));
        }
        let ends = ENDS.contains(&lower.trim_start_matches("->").trim());
        ends.then(|| {
            "a game ends in a scene of its own: write `end: \"Title\"` there, and lead to it; where nothing more is to \
             be read, write `end: \"Title\"` instead of `go`"
                .to_owned()
        })
    }

    /// Whether a field that a record does not have belongs into the same record within as the one that was told last.
    pub(super) fn stands_with_another(&mut self, at: &'s str, within: &'s str, fields: &[&str]) -> bool {
        let mut holders: Vec<&str> = holders(at, fields).map(|(holder, _)| holder).collect();
        if holders.is_empty() {
            holders.extend(entries(at).map(|(holder, _)| holder));
        }
        let (last, before) = std::mem::take(&mut self.misplaced);
        let known = last == Some(within.as_ptr()) && !holders.is_empty();
        if known {
            holders.retain(|holder| before.contains(holder));
        }
        let again = known && !holders.is_empty();
        self.misplaced = (Some(within.as_ptr()), if again || !known { holders } else { before });
        again
    }

    /// Whether what stands in a list of names is an entry of another list, with fields of its own: the first is told, and
    /// the others come of it.
    pub(super) fn is_in_another_list(&mut self, at: &'s str, within: &'s str, record: &'static str) -> bool {
        const SCENES: [&str; 7] = ["text", "choices", "route", "go", "end", "others", "pass"];
        let holder = match record {
            "a variable" => "vars",
            "a role" => "roles",
            "an ending" => "endings",
            "a sheet" => "sheets",
            _ => return false,
        };
        if !SCENES.contains(&at) || within.is_empty() {
            return false;
        }
        self.incomplete = true;
        if self.mixed.insert(holder) {
            let shown = crate::text::clean(within).into_owned();
            self.report(Code::Misplaced, within, format!("`{shown}` is a scene, and stands in `{holder}`")).help =
                Some(format!("end `{holder}` before it with `}},` and begin `scenes: {{`"));
        }
        true
    }

    /// Something that may happen to what has this name, where that is declared as a variable.
    fn effect_on(&self, name: &str) -> Option<String> {
        let texts = self.sources.files().iter().map(|file| file.text.as_str());
        let declared = |as_what: &str| texts.clone().any(|text| text.contains(&format!("\"{name}\": ({as_what}:")));
        let change = [("min", "+1"), ("max", "+1"), ("start", "+1"), ("flag", "= true"), ("states", "= …")];
        change.into_iter().find(|(field, _)| declared(field)).map(|(_, change)| format!("{name} {change}"))
    }

    /// Whether what a scene does not have is a field of one other kind of entry.
    pub(super) fn is_of_an_entry(at: &str, record: &str) -> bool {
        record == "a scene" && entries(at).count() == 1
    }

    /// What to do about a field that a record does not have.
    pub(super) fn instead_of_field(&self, at: &str, record: &str, fields: &[&str]) -> String {
        if let Some((.., help)) = OTHERWISE.iter().find(|(of, field, _)| *of == record && *field == at) {
            return (*help).to_owned();
        }
        let lower = at.to_lowercase();
        if REMARKS.contains(&lower.as_str()) && entries(at).count() != 1 {
            return "write a remark to yourself behind `//`: nobody reads it".to_owned();
        }
        if NO_WORDS.contains(&lower.as_str()) {
            return "leave it out: a story is made of words".to_owned();
        }
        if let Some(effect) = self.effect_on(at).filter(|_| fields.contains(&"do")) {
            return format!("write what happens in `do`: `do: [\"{effect}\"]`");
        }
        match holders(at, fields).next() {
            Some(("choices", _)) if at == "say" => {
                return "write it in a choice: `choices: [(say: …, go: \"scene\")]`".to_owned();
            }
            Some(("choices", _)) => return format!("write it in a choice: `choices: [(say: \"…\", {at}: …)]`"),
            Some(("route", _)) => {
                return format!("write it in a way of the route: `route: [({at}: …, go: \"scene\")]`");
            }
            Some((holder, all)) if all.contains(&"go") => {
                return format!("write it inside `{holder}`: `{holder}: ({at}: …, go: \"scene\")`");
            }
            Some((holder, _)) => return format!("write it inside `{holder}`"),
            None => {}
        }
        // A record that stands in a scene, and a field of the scene.
        let own = RECORDS.iter().find(|(_, own)| *own == fields).map(|(holder, _)| *holder);
        let scene = RECORDS.iter().find(|(holder, _)| *holder == "scenes").map_or(&[][..], |(_, scene)| *scene);
        if let Some(own) = own.filter(|own| scene.contains(own) && scene.contains(&at)) {
            return format!("move it out, beside `{own}`: `{at}` is a field of the scene");
        }
        if RECORDS.iter().any(|(holder, of)| holder.is_empty() && of.contains(&at)) {
            return format!("move it out, beside `title` and `scenes`: `{at}` is a field of the whole story");
        }
        if let (Some((holder, _)), None, "a scene") = {
            let mut entries = entries(at);
            (entries.next(), entries.next(), record)
        } {
            return format!(
                "is this an entry of `{holder}`? Then move it to `{holder}: {{ … }}`; else take `{at}` out"
            );
        }
        format!("its fields are: {}", fields.join(", "))
    }
}
