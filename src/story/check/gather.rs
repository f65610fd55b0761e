use std::collections::HashMap;

use crate::story::ast;
use crate::story::diagnostic::Code;
use crate::story::hints;
use crate::story::near::nearest;
use crate::story::read::{self, Entries, Fault, Id, Reader, Text};
use crate::story::source::{Place, Sources};

use super::{Checker, Places};

/// The files of a story, merged.
#[derive(Default)]
pub(super) struct Gathered<'s> {
    pub title: Option<Text<'s>>,
    pub by: Option<Text<'s>>,
    pub about: Option<Text<'s>>,
    pub notice: Option<Text<'s>>,
    pub start: Option<Id<'s>>,
    pub clock: Option<ast::Clock<'s>>,
    pub questions: Vec<Text<'s>>,
    pub chronicle: Vec<ast::Moment<'s>>,
    pub hypotheses: Vec<ast::Hypothesis<'s>>,
    pub roles: Vec<(&'s str, ast::Role<'s>)>,
    pub vars: Vec<(&'s str, ast::Var<'s>)>,
    pub carriers: Vec<(&'s str, ast::Manner<'s>)>,
    pub licences: Vec<(&'s str, ast::Manner<'s>)>,
    pub treatments: Vec<(&'s str, ast::Manner<'s>)>,
    pub handlings: Vec<(&'s str, ast::Manner<'s>)>,
    pub messages: Vec<(&'s str, ast::Message<'s>)>,
    pub sheets: Vec<(&'s str, ast::Sheet<'s>)>,
    pub endings: Vec<(&'s str, ast::Ending<'s>)>,
    pub facts: Vec<(&'s str, ast::Fact<'s>)>,
    pub sources: Vec<(&'s str, Text<'s>)>,
    pub scenes: Vec<(&'s str, ast::Scene<'s>)>,
    pub walks: Vec<(&'s str, ast::Walk<'s>)>,
    pub style: Option<ast::Style<'s>>,
    pub lesson: Option<ast::Lesson<'s>>,
    pub freeze: Option<Id<'s>>,
    pub injects: Vec<(&'s str, ast::Inject<'s>)>,
}

/// Fields by the names that other tools, or habit, give them.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("variables", "vars"),
    ("variable", "vars"),
    ("state", "vars"),
    ("seats", "roles"),
    ("characters", "roles"),
    ("passages", "scenes"),
    ("nodes", "scenes"),
    ("author", "by"),
    ("description", "about"),
    ("role", "seat"),
    ("who", "seat"),
    ("body", "text"),
    ("content", "text"),
    ("prose", "text"),
    ("options", "choices"),
    ("if", "when"),
    ("condition", "when"),
    ("requires", "when"),
    ("label", "say"),
    ("option", "say"),
    ("text", "say"),
    ("goto", "go"),
    ("next", "go"),
    ("target", "go"),
    ("to", "go"),
    ("set", "do"),
    ("effects", "do"),
    ("ending", "end"),
];

impl<'s> Checker<'s> {
    /// Reads and merges all files. `None` where not even one scene is left to look at.
    pub(super) fn gather(&mut self) -> Option<Gathered<'s>> {
        let mut files = Vec::new();
        for (number, file) in self.sources.files().iter().enumerate() {
            self.characters(number, &file.text);
            let mut reader = Reader::new(&file.text);
            let mut slip = None;
            match read::read::<ast::File<'s>>(&mut reader) {
                Ok(read) => files.extend(read),
                Err(error) => {
                    self.incomplete = true;
                    slip = self.not_ron(number, &file.text, &error);
                }
            }
            for fault in reader.faults {
                // What was read wrongly behind a slip of the pen, or in the field that begins with it, comes of it.
                let comes_of = |slip: usize| {
                    let within = |between: &str| between.chars().all(|c| c.is_whitespace() || ":\"([{".contains(c));
                    let field = |end: usize| file.text.get(end..slip).is_some_and(within);
                    self.sources.place_of(fault.at()).is_some_and(|at| at.start >= slip || field(at.end))
                };
                if !slip.is_some_and(comes_of) {
                    self.read_fault(fault);
                }
            }
        }
        let mut out = Gathered::default();
        for file in files {
            self.single(&mut out.title, file.title, |t| t.at, "title");
            self.single(&mut out.by, file.by, |t| t.at, "by");
            self.single(&mut out.about, file.about, |t| t.at, "about");
            self.single(&mut out.notice, file.notice, |t| t.at, "notice");
            self.single(&mut out.start, file.start, |t| t.0, "start");
            self.single(&mut out.clock, file.clock, |t| t.at, "clock");
            self.single(&mut out.lesson, file.lesson, |t| t.at, "lesson");
            self.single(&mut out.style, file.style, |t| t.at, "style");
            self.single(&mut out.freeze, file.freeze, |t| t.0, "freeze");
            out.questions.extend(file.questions.unwrap_or_default());
            out.chronicle.extend(file.chronicle.unwrap_or_default());
            out.hypotheses.extend(file.hypotheses.unwrap_or_default());
            self.merge(&mut out.roles, file.roles);
            self.merge(&mut out.vars, file.vars);
            self.merge(&mut out.carriers, file.carriers);
            self.merge(&mut out.licences, file.licences);
            self.merge(&mut out.treatments, file.treatments);
            self.merge(&mut out.handlings, file.handlings);
            self.merge(&mut out.messages, file.messages);
            self.merge(&mut out.sheets, file.sheets);
            self.merge(&mut out.endings, file.endings);
            self.merge(&mut out.facts, file.facts);
            self.merge(&mut out.sources, file.sources);
            self.merge(&mut out.scenes, file.scenes);
            self.merge(&mut out.walks, file.walks);
            self.merge(&mut out.injects, file.injects);
        }
        if out.scenes.is_empty() {
            if self.found.is_empty() {
                let place = self.sources.files().first().map(|_| Place { file: 0, start: 0, end: 0 });
                self.report_at(Code::MissingField, place, "this story has no `scenes`").help =
                    Some("the smallest story is `(scenes: { \"one\": (text: \"…\", end: \"The end\") })`".to_owned());
            }
            return None;
        }
        Some(out)
    }

    fn single<T>(&mut self, into: &mut Option<T>, from: Option<T>, at: impl Fn(&T) -> &'s str, field: &str) {
        let Some(from) = from else { return };
        if let Some(first) = into {
            let first = self.sources.place_of(at(first));
            let diagnostic = self.report(Code::Twice, at(&from), format!("`{field}` is given in two files"));
            diagnostic.also.extend(first.map(|place| (place, "first given here".to_owned())));
            return;
        }
        *into = Some(from);
    }

    fn merge<T>(&mut self, into: &mut Vec<(&'s str, T)>, from: Option<Entries<'s, T>>) {
        let Some(Entries(from)) = from else { return };
        if into.is_empty() {
            *into = from;
            return;
        }
        let mut seen: HashMap<&'s str, &'s str> = into.iter().map(|(key, _)| (*key, *key)).collect();
        for (key, value) in from {
            if let Some(first) = seen.insert(key, key) {
                self.twice(first, key, "name");
            } else {
                into.push((key, value));
            }
        }
    }

    fn twice(&mut self, first: &'s str, second: &'s str, what: &str) {
        let place = self.sources.place_of(first);
        let diagnostic = self.report(Code::Twice, second, format!("the {what} `{second}` comes twice"));
        diagnostic.label = "again here".to_owned();
        diagnostic.help = Some("rename or delete one of the two".to_owned());
        diagnostic.also.extend(place.map(|place| (place, "first here".to_owned())));
    }

    fn read_fault(&mut self, fault: Fault<'s>) {
        match fault {
            Fault::UnknownField { at, record, fields } => {
                // What other tools call it comes first: `if` means `when`, however near it is to `id`.
                let meant = OTHER_NAMES.iter().filter(|(other, _)| *other == at.to_lowercase());
                let meant = meant.map(|(_, name)| *name).find(|name| fields.contains(name));
                let near = meant.or_else(|| nearest(at, fields.iter().copied()));
                let help = near.map_or_else(
                    || format!("its fields are: {}", fields.join(", ")),
                    |near| format!("did you mean `{near}`?"),
                );
                self.report(Code::UnknownField, at, format!("{record} has no field `{at}`")).help = Some(help);
            }
            Fault::WrongKind { at, wanted, found } => {
                let name = crate::text::clean(at).into_owned();
                let message = if name.is_empty() {
                    format!("this wants {wanted}, not {found}")
                } else {
                    format!("`{name}` wants {wanted}, not {found}")
                };
                self.report(Code::WrongKind, at, message);
            }
            Fault::Twice { first, second, what } => self.twice(first, second, what),
            Fault::EscapedId { at } => {
                self.report(Code::BadName, at, "a name takes no backslash escapes").help =
                    Some("use letters, digits, `_` and `-`".to_owned());
            }
            Fault::JsonBraces { at } => {
                self.report(Code::JsonBraces, at, "this is written as in JSON").help =
                    Some("write `(field: value, …)`: round brackets, and field names without quotes".to_owned());
            }
            Fault::BareKeys { at, wanted } => {
                self.report(Code::BareNames, at, format!("this wants {wanted}")).help =
                    Some("names that you make up stand in quotes, inside curly brackets".to_owned());
            }
        }
    }

    /// Characters that must not stand anywhere in a file.
    fn characters(&mut self, file: usize, text: &str) {
        let mut from = 0;
        let mut reported = 0;
        while let Some(found) = crate::text::forbidden(&text[from..]) {
            let start = from + found.at;
            let end = start + found.character.len_utf8();
            from = end;
            if start == 0 && found.character == '\u{feff}' {
                continue;
            }
            reported += 1;
            if reported > 20 {
                break;
            }
            let message =
                format!("an invisible character, U+{:04X}, that may not stand in a story", u32::from(found.character));
            self.report_at(Code::ForbiddenCharacter, Some(Place { file, start, end }), message).help =
                Some("delete it; control and direction characters can do harm in a terminal".to_owned());
        }
        // Both are looked for by their bytes: a whole file is long.
        let joiner = ["\u{200d}", "\u{fe0f}"];
        let wide = if text.is_ascii() { None } else { joiner.iter().filter_map(|c| text.find(*c)).min() };
        if let Some(start) = wide {
            let place = Place { file, start, end: start + joiner[0].len() };
            self.report_at(Code::WideCharacter, Some(place), "an emoji made of several characters").help =
                Some("terminals disagree on its width; use words, or a single character".to_owned());
        }
    }

    /// Where the text stops being RON, or rather the slip that made it so, whose byte is returned.
    fn not_ron(&mut self, file: usize, text: &str, error: &ron::error::SpannedError) -> Option<usize> {
        let stopped = byte_at(text, error.span.start.line, error.span.start.col);
        let (code, message) = match &error.code {
            ron::error::Error::ExceededRecursionLimit => {
                (Code::TooDeep, "brackets are nested too deeply here".to_owned())
            }
            ron::error::Error::Message(message) if message.contains(read::ESCAPED_KEY) => {
                (Code::BadName, "a name takes no backslash escapes".to_owned())
            }
            other => (
                Code::NotRon,
                format!("here the text stops being RON: {}", crate::text::lower_first(&other.to_string())),
            ),
        };
        let hint = if code == Code::NotRon { hints::hint(text, stopped) } else { None };
        let slip = hint.as_ref().map(|hint| hint.start);
        match hint {
            Some(hint) => {
                let place = Place { file, start: hint.start, end: hint.end };
                let diagnostic = self.report_at(hint.code, Some(place), hint.message);
                diagnostic.help = hint.help;
                diagnostic.also.extend(hint.also.map(|(start, end, label)| (Place { file, start, end }, label)));
            }
            None => {
                let start = stopped.min(text.len());
                let end = start + text[start..].chars().next().filter(|&c| c != '\n').map_or(0, char::len_utf8);
                let message = crate::text::clean(&message).into_owned();
                self.report_at(code, Some(Place { file, start, end }), message);
            }
        }
        slip
    }
}

impl Gathered<'_> {
    /// Where everything stands.
    pub(super) fn places(&self, sources: &Sources) -> Places {
        fn of<T>(sources: &Sources, list: &[(&str, T)]) -> Vec<Option<Place>> {
            list.iter().map(|(id, _)| sources.place_of(id)).collect()
        }
        let choices = self
            .scenes
            .iter()
            .map(|(_, scene)| scene.choices.iter().flatten().map(|choice| sources.place_of(choice.at)).collect());
        Places {
            choices: choices.collect(),
            scenes: of(sources, &self.scenes),
            messages: of(sources, &self.messages),
            vars: of(sources, &self.vars),
            endings: of(sources, &self.endings),
            walks: of(sources, &self.walks),
        }
    }
}

/// The byte at a line and column of `ron`'s (both from 1, the column in characters).
fn byte_at(text: &str, line: usize, column: usize) -> usize {
    let start = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum::<usize>().min(text.len());
    let rest = &text[start..];
    start + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at)
}
