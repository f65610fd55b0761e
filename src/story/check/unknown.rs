//! Names that nothing is declared by.

use std::collections::HashMap;

use crate::story::ast::RECORDS;
use crate::story::diagnostic::Code;

use super::Checker;

/// So many names are listed where none is near the one that is wrong.
const MOST_LISTED: usize = 8;

impl<'s> Checker<'s> {
    /// Reports a name that is not declared; `near` is the one that may have been meant.
    pub(super) fn unknown(&mut self, code: Code, at: &'s str, what: &str, near: Option<String>) {
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => self.instead(code, at, what),
        };
        let shown = crate::text::clean(at).into_owned();
        self.report(code, at, format!("there is no {what} `{shown}`")).help = Some(help);
    }

    /// The name of a list that may have been meant: one spelt nearly so, or one that is shown by these words.
    pub(super) fn near<T>(&self, wrong: &str, list: &HashMap<&'s str, T>) -> Option<String> {
        let bare = wrong.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '_').trim_end_matches(".ron");
        let shown = self.titles.get(wrong.to_lowercase().as_str()).copied();
        let known = [Some(bare), shown].into_iter().flatten().find_map(|name| list.get_key_value(name));
        let known = known.map(|(name, _)| *name);
        known.or_else(|| self.names.near(wrong, list.keys().copied())).map(str::to_owned)
    }

    /// What to do where no name is near.
    fn instead(&self, code: Code, at: &str, what: &str) -> String {
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
        if code == Code::UnknownScene && at.contains(' ') {
            return "write the name of a scene here, and the words of a choice in `say`".to_owned();
        }
        let list: Vec<&str> = match code {
            Code::UnknownScene => self.names.scenes.keys().copied().collect(),
            Code::UnknownRole => lists.seats.keys().copied().collect(),
            Code::UnknownMessage => lists.messages.keys().copied().collect(),
            Code::UnknownEnding => lists.endings.keys().copied().collect(),
            _ => Vec::new(),
        };
        let field = format!("{what}s");
        if (1..=MOST_LISTED).contains(&list.len()) {
            let mut list: Vec<String> = list.into_iter().map(|name| format!("`{name}`")).collect();
            list.sort();
            return format!("declare it under `{field}`, or write one of {}", list.join(", "));
        }
        if code == Code::UnknownRole && list.is_empty() {
            return "declare it under `roles`; in a story without roles nobody names a seat".to_owned();
        }
        format!("declare it under `{field}`")
    }

    /// What to do about a field that a record does not have.
    pub(super) fn instead_of_field(at: &str, fields: &[&str]) -> String {
        // A scene's `standing` only says whether the role's is offered there.
        let has = |holder: &&(&str, &[&str])| {
            holder.1.contains(&at) && !(holder.0 == "standing" && fields.contains(&"choices"))
        };
        if let Some((holder, _)) = RECORDS.iter().filter(has).find(|(holder, _)| fields.contains(holder)) {
            return format!("write it inside `{holder}`");
        }
        if RECORDS.iter().any(|(holder, of)| holder.is_empty() && of.contains(&at)) {
            return format!("move it out, beside `title` and `scenes`: `{at}` is a field of the whole story");
        }
        format!("its fields are: {}", fields.join(", "))
    }
}
