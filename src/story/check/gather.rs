use std::collections::{BTreeSet, HashMap};

use crate::story::ast;
use crate::story::diagnostic::{Code, Diagnostic};
use crate::story::expr::number_meant;
use crate::story::hints::Hint;
use crate::story::place::Place;
use crate::story::read::{self, Correction, Entries, Id, ReadFault, RonReader, Text};
use crate::story::recover;
use crate::story::sample::Sample;

use super::{Checker, Places};

/// The files of a story, merged.
#[derive(Default)]
pub(super) struct Gathered<'s> {
    pub title: Option<Text<'s>>,
    pub by: Option<Text<'s>>,
    pub about: Option<Text<'s>>,
    pub notice: Option<Text<'s>>,
    pub accent: Option<Text<'s>>,
    pub language: Option<Text<'s>>,
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

/// What fields whose texts are more than prose look like.
const EXAMPLES: &[(&str, &str)] = &[
    ("do", "[\"EFFECT\"]"),
    ("when", "\"CONDITION\""),
    ("expect", "[\"CONDITION\"]"),
    ("starts", "\"20:40\""),
    ("ends", "\"21:50\""),
    ("time", "\"21:00\""),
    ("accent", "\"#7a1f1f\""),
    ("language", "\"fr\""),
];

/// The record that a single value was meant to be, where one field of it says that.
fn record_of(written: &str, wanted: &str, found: &str) -> Option<String> {
    let field = match (wanted.strip_suffix(" in round brackets")?, found) {
        ("a variable", "`true` or `false`") if written == "true" => {
            return Some("(flag: true, start: true)".to_owned());
        }
        ("a variable", "`true` or `false`") => return Some("(flag: true)".to_owned()),
        ("a variable", "a text" | "a list") => return Some("(states: [\"…\", \"…\"])".to_owned()),
        ("a role" | "a way of passing", "a text") => "name",
        ("a reading" | "a fact" | "an inject", "a text") => "text",
        ("an ending", "a text") => "title",
        _ => return None,
    };
    let value = if written.chars().count() > 60 || written.contains('\n') { "\"…\"" } else { written };
    Some(format!("({field}: {value})"))
}

impl<'s> Checker<'s> {
    /// Reads and merges all files. `None` if not even one scene is left to look at.
    pub(super) fn gather(&mut self) -> Option<Gathered<'s>> {
        let files: Vec<ast::File<'s>> =
            (0..self.sources.files().len()).filter_map(|number| self.read_file(number)).collect();
        let mut out = Gathered::default();
        for file in files {
            self.single(&mut out.title, file.title, |t| t.at, "title");
            self.single(&mut out.by, file.by, |t| t.at, "by");
            self.single(&mut out.about, file.about, |t| t.at, "about");
            self.single(&mut out.notice, file.notice, |t| t.at, "notice");
            self.single(&mut out.accent, file.accent, |t| t.at, "accent");
            self.single(&mut out.language, file.language, |t| t.at, "language");
            self.single(&mut out.start, file.start, |t| t.0, "start");
            self.single(&mut out.clock, file.clock, |t| t.at, "clock");
            self.single(&mut out.lesson, file.lesson, |t| t.at, "lesson");
            self.single(&mut out.style, file.style, |t| t.at, "style");
            self.single(&mut out.freeze, file.freeze, |t| t.0, "freeze");
            out.questions.extend(file.questions.unwrap_or_default());
            out.chronicle.extend(file.chronicle.unwrap_or_default());
            out.hypotheses.extend(file.hypotheses.unwrap_or_default());
            self.merge(&mut out.roles, file.roles, "roles");
            self.merge(&mut out.vars, file.vars, "vars");
            self.merge(&mut out.carriers, file.carriers, "carriers");
            self.merge(&mut out.licences, file.licences, "licences");
            self.merge(&mut out.treatments, file.treatments, "treatments");
            self.merge(&mut out.handlings, file.handlings, "handlings");
            self.merge(&mut out.messages, file.messages, "messages");
            self.merge(&mut out.sheets, file.sheets, "sheets");
            self.merge(&mut out.endings, file.endings, "endings");
            self.merge(&mut out.facts, file.facts, "facts");
            self.merge(&mut out.sources, file.sources, "sources");
            self.merge(&mut out.scenes, file.scenes, "scenes");
            self.merge(&mut out.walks, file.walks, "walks");
            self.merge(&mut out.injects, file.injects, "injects");
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
            let first = self.place_of(at(first));
            let diagnostic = self.report(Code::Twice, at(&from), format!("`{field}` is given in two files"));
            diagnostic.help = Some("delete one of the two".to_owned());
            diagnostic.also.extend(first.map(|place| (place, "first given here".to_owned())));
            diagnostic.help = Some(
                "all files in a folder with a story.ron are one story; is this another? Then move it to a folder of its own"
                    .to_owned(),
            );
            return;
        }
        *into = Some(from);
    }

    fn merge<T>(&mut self, into: &mut Vec<(&'s str, T)>, from: Option<Entries<'s, T>>, holder: &'s str) {
        let Some(Entries(from)) = from else { return };
        if into.is_empty() {
            *into = from;
            return;
        }
        let mut seen: HashMap<&'s str, &'s str> = into.iter().map(|(key, _)| (*key, *key)).collect();
        for (key, value) in from {
            if let Some(first) = seen.insert(key, key) {
                self.twice(first, key, "name", holder);
            } else {
                into.push((key, value));
            }
        }
    }

    fn twice(&mut self, first: &'s str, second: &'s str, what: &str, holder: &'s str) {
        if self.mixed.contains(holder) {
            return;
        }
        let place = self.place_of(first);
        let diagnostic = self.report(Code::Twice, second, format!("the {what} `{second}` is given twice"));
        diagnostic.label = "again here".to_owned();
        let or_rename = if what == "name" { ", or give one of them another name" } else { "" };
        diagnostic.help = Some(format!("delete one of the two{or_rename}"));
        diagnostic.also.extend(place.map(|place| (place, "first here".to_owned())));
        if what == "name" {
            let place = self.place_of(second);
            self.copies.entry(holder).or_insert((place, BTreeSet::new()));
        }
    }

    fn read_fault(&mut self, fault: ReadFault<'s>) {
        match fault {
            ReadFault::UnknownField { at, within, record, fields, meant } => {
                // A field that another kind of entry has is no misspelling.
                let meant = meant.filter(|_| !Self::is_of_an_entry(at, record));
                let stray = meant.is_none() && self.is_in_another_list(at, within, record);
                if stray || (meant.is_none() && self.stands_with_another(at, within, fields)) {
                    return;
                }
                let help = meant.map_or_else(
                    || self.instead_of_field(at, record, fields),
                    |meant| format!("did you mean `{meant}`?"),
                );
                let another = self.misnamed_in.replace(within.as_ptr()) == Some(within.as_ptr());
                if let (Some(meant), true, Some(told)) = (meant, another, self.found.last_mut())
                    && told.code == Code::UnknownField
                    && told.message.starts_with(&format!("{record} has no field"))
                {
                    told.help = told.help.take().map(|help| format!("{help} And `{meant}` for `{at}`?"));
                    self.unsay(Code::UnknownField);
                } else {
                    self.report(Code::UnknownField, at, format!("{record} has no field `{at}`")).help = Some(help);
                }
                self.misnamed = meant.map(|meant| (at, meant));
            }
            ReadFault::WrongKind { at, name, item, wanted, found, right } => {
                self.wrong_kind(at, name, item, (wanted, found), right)
            }
            ReadFault::Twice { first, second, what, holder } => self.twice(first, second, what, holder),
            ReadFault::EscapedId { at } => {
                self.report(Code::BadName, at, "a name takes no backslash escapes").help =
                    Some("use letters, digits, `_` and `-`".to_owned());
            }
            ReadFault::JsonBraces { at } => {
                self.report(Code::JsonBraces, at, "this is written as in JSON").help = Some(
                    "write `(field: value, …)`: round brackets, and no quotes around the names of fields".to_owned(),
                );
            }
            ReadFault::BareKeys { at, wanted } => {
                self.report(Code::BareNames, at, format!("this must be {wanted}")).help =
                    Some("write `{ \"name\": …, … }`: names that you make up stand in quotes".to_owned());
            }
        }
    }

    fn wrong_kind(
        &mut self,
        at: &'s str,
        name: &'s str,
        item: bool,
        (wanted, found): (&'static str, &'static str),
        right: Correction,
    ) {
        let shown = crate::text::clean(name).into_owned();
        let message = match (shown.as_str(), item) {
            ("", _) => format!("this must be {wanted}, not {found}"),
            (_, true) => format!("each item of `{shown}` must be {wanted}, not {found}"),
            (_, false) => format!("`{shown}` must be {wanted}, not {found}"),
        };
        if self.is_told_with_another(at, name, (wanted, found), &right) {
            return;
        }
        let quoted = |place: Place| self.sources.file(place.file).text[..place.start].ends_with('"');
        let key = if self.place_of(name).is_some_and(quoted) { format!("\"{shown}\"") } else { shown };
        let field = |value: String| if key.is_empty() { value } else { format!("{key}: {value}") };
        self.report(Code::WrongKind, at, message).help = Some(match right {
            Correction::Known(_)
                if found == "a list" && matches!(name, "text" | "reply" | "about" | "notice" | "brief") =>
            {
                "write one text in quotes; a blank line in it begins a new paragraph".to_owned()
            }
            Correction::Known(_) if found == "a list" && name == "when" => {
                let all = self.all_of(at);
                let or = if all.contains(" and ") { ", or `or` where one of them is enough" } else { "" };
                format!("write `when: \"{all}\"`{or}")
            }
            Correction::Known(_) if name == "do" && at.contains(" and ") && !at.contains(" if ") => {
                format!("write `do: [\"{}\"]`", at.trim_matches('"').replace(" and ", "\", \""))
            }
            Correction::Known(_) if name == "reported" && at.contains(' ') => {
                "name the sources in a list, `reported: [\"source\"]`; a reason why it follows stands in `inferred: \"…\"`"
                    .to_owned()
            }
            Correction::Known(_) if name == "end" && matches!(at, "true" | "false") => {
                "write the title of the ending: `end: \"Title\"`".to_owned()
            }
            Correction::Known(_) if found == "a number" && matches!(name, "starts" | "ends" | "time") => {
                let hour = at.parse::<u8>().ok().filter(|hour| *hour < 24).unwrap_or(21);
                format!("write a time of day: `{}`", field(format!("\"{hour}:00\"")))
            }
            Correction::Known(_) if found == "a number" && matches!(name, "go" | "otherwise" | "freeze") => {
                "a scene is known by its name, and not by a number: write that, in quotes".to_owned()
            }
            Correction::Known(value) => format!("write `{}`", field(value)),
            Correction::Like(_) if found.contains("decimal point") && matches!(name, "odds" | "lean") => format!(
                "write whole numbers that stand to each other alike: `{name}: 2` comes twice as often as `{name}: 1`"
            ),
            Correction::Like(_) if name == "when" && at == "true" => {
                "leave `when` out: without it this is always open".to_owned()
            }
            Correction::Like(_) if wanted == "a variable in round brackets" && at.parse::<u16>().is_ok() => {
                let most = at.parse::<u16>().map_or(3, |start| start.max(1));
                format!("write `{}`", field(format!("(min: 0, max: {most}, start: {at})")))
            }
            Correction::Like(_) if wanted == "a whole number" && leading_number(at).is_some() => {
                format!("write `{}`", field(leading_number(at).unwrap_or(at).to_owned()))
            }
            Correction::Like(_) if wanted.starts_with("a whole number") && number_meant(at.trim_matches('"')).is_some() => {
                format!("write `{}`, in digits", field(number_meant(at.trim_matches('"')).unwrap_or_default().to_string()))
            }
            Correction::Like(example) => {
                let own = EXAMPLES.iter().find(|(field, _)| *field == name).map(|(_, example)| (*example).to_owned());
                let own = own.or_else(|| record_of(at, wanted, found));
                let texts = self.sources.files().iter().map(|file| file.text.as_str());
                Sample::in_texts(texts).fill(&format!("write it like this: `{}`", field(own.unwrap_or(example))))
            }
            Correction::LeftOut => format!("leave `{key}` out"),
        });
    }

    /// Whether a value of the wrong kind comes of what was told last: its field has another's name, or it is an entry
    /// like the one before.
    fn is_told_with_another(
        &mut self,
        at: &'s str,
        name: &'s str,
        kinds: (&'static str, &'static str),
        right: &Correction,
    ) -> bool {
        self.mistaken.insert(at.as_ptr());
        let is_entry =
            self.place_of(name).is_some_and(|place| self.sources.file(place.file).text[..place.start].ends_with('"'));
        let last = std::mem::replace(&mut self.wrong_entry, is_entry.then_some(kinds));
        let (message, help) = match (self.misnamed, right) {
            (Some((field, meant)), Correction::Known(value)) if std::ptr::eq(field, name) => {
                (format!("has no field `{field}`"), format!("write `{meant}: {value}`"))
            }
            _ if is_entry && last == Some(kinds) => (format!("must be {}, not {}", kinds.0, kinds.1), String::new()),
            _ => return false,
        };
        let Some(told) = self.found.last_mut().filter(|told| told.message.ends_with(&message)) else { return false };
        if help.is_empty() {
            let also = format!("the same with `{}`", crate::text::clean(name));
            told.help = told.help.take().map(|help| format!("{help}; {also}"));
        } else {
            told.help = Some(help);
        }
        self.unsay(Code::WrongKind);
        true
    }

    /// The texts of the list that begins here, as one condition.
    fn all_of(&self, list: &str) -> String {
        let place = self.place_of(list);
        let text = place.map_or("", |place| &self.sources.file(place.file).text[place.start..]);
        let texts = text.split_once(']').map_or("", |(inside, _)| inside).split('"').skip(1).step_by(2);
        let texts: Vec<String> =
            texts.map(|text| if text.contains(" or ") { format!("({text})") } else { text.to_owned() }).collect();
        texts.join(" and ")
    }

    /// Reads one file, as far as it can be read, and tells what is wrong with how it is written.
    fn read_file(&mut self, number: usize) -> Option<ast::File<'s>> {
        let (sources, mended) = (self.sources, self.mended);
        let text = &sources.file(number).text;
        self.characters(number, text);
        self.allowances(number, text);
        let mut reader = RonReader::new(text);
        let mut read = read::read::<ast::File<'s>>(&mut reader);
        if let Err(error) = read {
            let outcome = recover::read_on(text, error);
            for (slip, again) in outcome.slips.into_iter().zip(outcome.again) {
                self.slip(number, slip, again);
            }
            self.incomplete |= outcome.loses || outcome.mended.is_none();
            let text = &mended[number].get_or_init(|| outcome.mended.unwrap_or_default()).text;
            reader = RonReader::new(text);
            read = read::read::<ast::File<'s>>(&mut reader);
        }
        let read = read.ok()?;
        // A list that cannot be read may declare anything.
        let partial = |file: &ast::File<'s>| reader.partial.iter().any(|at| std::ptr::eq(*at, file.at));
        self.incomplete |= read.as_ref().is_none_or(partial);
        self.partial.extend(reader.partial.into_iter().map(str::as_ptr));
        for fault in reader.faults {
            self.read_fault(fault);
        }
        read
    }

    fn slip(&mut self, file: usize, slip: Hint, again: usize) {
        let place = Place { file, start: slip.start, end: slip.end };
        // A character that may not stand in a story has been told of.
        let holds = |other: &Place| other.file == file && other.start <= place.start && place.end <= other.end;
        let told =
            |other: &Diagnostic| other.code == Code::ForbiddenCharacter && other.place.as_ref().is_some_and(holds);
        if slip.code == Code::OddSpace && self.found.iter().any(told) {
            return;
        }
        let diagnostic = self.report_at(slip.code, Some(place), slip.message);
        let more = if again > 0 { format!("; {again} more below") } else { String::new() };
        diagnostic.help = slip.help.map(|help| help + &more);
        diagnostic.also.extend(slip.also.map(|(start, end, label)| (Place { file, start, end }, label)));
    }
}

impl Gathered<'_> {
    /// Where everything stands.
    pub(super) fn places(&self, checker: &Checker<'_>) -> Places {
        fn of<T>(checker: &Checker<'_>, list: &[(&str, T)]) -> Vec<Option<Place>> {
            list.iter().map(|(id, _)| checker.place_of(id)).collect()
        }
        let choices = self
            .scenes
            .iter()
            .map(|(_, scene)| scene.choices.iter().flatten().map(|choice| checker.place_of(choice.at)).collect());
        let ways = self
            .scenes
            .iter()
            .map(|(_, scene)| scene.route.iter().flatten().map(|way| checker.place_of(way.at)).collect());
        Places {
            choices: choices.collect(),
            ways: ways.collect(),
            scenes: of(checker, &self.scenes),
            messages: of(checker, &self.messages),
            vars: of(checker, &self.vars),
            endings: of(checker, &self.endings),
            sheets: of(checker, &self.sheets),
            walks: of(checker, &self.walks),
        }
    }
}

/// The number that a text begins with, where a unit follows it: `"5 minutes"`.
fn leading_number(written: &str) -> Option<&str> {
    let (number, unit) = written.trim_matches('"').split_once(' ')?;
    let plain = number.bytes().all(|byte| byte.is_ascii_digit()) && unit.chars().all(char::is_alphabetic);
    (plain && !number.is_empty()).then_some(number)
}
