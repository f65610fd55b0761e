//! The one place where a story is judged.

mod after;
mod declare;
mod gather;
mod lint;
mod messages;
mod scenes;
mod style;
mod vars;
mod walks;

use std::borrow::Cow;
use std::collections::HashMap;

use super::diagnostic::{Code, Diagnostic, Severity, nearest};
use super::expr::{self, Condition, Effect, ExprFault, Names, Scope, Weight};
use super::model::{EndingId, MannerId, MessageId, SceneId, SeatId, SheetId, Story};
use super::read::{Amount, Id, Text};
use super::source::{Place, Sources};
use super::template::{Inline, Template, template};
use gather::Gathered;

/// What checking found.
#[derive(Debug)]
pub struct Checked {
    /// The story, where there is no error.
    pub story: Option<Story>,
    /// In the order of the files.
    pub diagnostics: Vec<Diagnostic>,
    /// Where the story's parts stand in its files.
    pub places: Places,
}

/// Where the parts of a story stand in its files, by the story's own indices.
#[derive(Debug, Clone, Default)]
pub struct Places {
    pub scenes: Vec<Option<Place>>,
    /// By scene, then choice.
    pub choices: Vec<Vec<Option<Place>>>,
    pub messages: Vec<Option<Place>>,
    pub vars: Vec<Option<Place>>,
    pub endings: Vec<Option<Place>>,
    pub walks: Vec<Option<Place>>,
}

impl Checked {
    /// How many errors and how many warnings.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        let errors = self.diagnostics.iter().filter(|d| d.severity() == Severity::Error).count();
        (errors, self.diagnostics.len() - errors)
    }
}

/// Checks a whole story: every fault that one reading can find, of all files.
///
/// `unread` are the faults met while opening the files; they count.
#[must_use]
pub fn check(sources: &Sources, unread: Vec<Diagnostic>) -> Checked {
    let incomplete = !unread.is_empty();
    let mut checker = Checker::new(sources, unread, incomplete);
    let gathered = checker.gather();
    let story = gathered.as_ref().and_then(|gathered| checker.story(gathered));
    let places = gathered.as_ref().map(|gathered| gathered.places(sources)).unwrap_or_default();
    let mut diagnostics = checker.found;
    diagnostics.sort_by_key(|d| d.place.map(|place| (place.file, place.start)));
    diagnostics.dedup();
    diagnostics.retain(|diagnostic| !diagnostic.is_allowed(sources));
    let sound = diagnostics.iter().all(|d| d.severity() == Severity::Warning);
    Checked { story: story.filter(|_| sound), diagnostics, places }
}

/// Names of the lists that are not variables.
#[derive(Default)]
pub(super) struct Lists<'s> {
    seats: HashMap<&'s str, SeatId>,
    messages: HashMap<&'s str, MessageId>,
    sheets: HashMap<&'s str, SheetId>,
    endings: HashMap<&'s str, EndingId>,
    facts: HashMap<&'s str, usize>,
    sources: HashMap<&'s str, usize>,
    carriers: HashMap<&'s str, MannerId>,
    licences: HashMap<&'s str, MannerId>,
    treatments: HashMap<&'s str, MannerId>,
    handlings: HashMap<&'s str, MannerId>,
}

pub(super) struct Checker<'s> {
    sources: &'s Sources,
    found: Vec<Diagnostic>,
    /// Something could not be read, so unknown names are not reported.
    incomplete: bool,
    names: Names<'s>,
    lists: Lists<'s>,
    has_clock: bool,
    style: style::Style,
    /// Facts that some prose cites.
    cited: Vec<bool>,
    onces: usize,
    fingerprint: Fingerprint,
}

/// FNV-1a over what decides. Stable across platforms and versions of this program.
pub(super) struct Fingerprint(u64);

impl Fingerprint {
    fn feed(&mut self, part: &str) {
        // A separator that no part can hold, so that ("ab", "c") and ("a", "bc") differ.
        for byte in part.bytes().chain([0xff]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    fn feed_id(&mut self, id: Option<Id<'_>>) {
        self.feed(id.map_or("", |id| id.0));
    }

    /// A text as it reads: how it is broken into lines decides nothing.
    fn feed_text(&mut self, text: Option<&Text<'_>>) {
        let words: Vec<&str> = text.into_iter().flat_map(|text| text.value.split_whitespace()).collect();
        self.feed(&words.join(" "));
    }

    fn feed_texts(&mut self, texts: Option<&Vec<Text<'_>>>) {
        for text in texts.into_iter().flatten() {
            self.feed_text(Some(text));
        }
        self.feed("");
    }
}

impl<'s> Checker<'s> {
    fn new(sources: &'s Sources, found: Vec<Diagnostic>, incomplete: bool) -> Self {
        let names = Names {
            vars: HashMap::new(),
            domains: Vec::new(),
            read: Vec::new(),
            scenes: HashMap::new(),
            messages: HashMap::new(),
            lines: HashMap::new(),
            visited: HashMap::new(),
            incomplete,
        };
        Self {
            sources,
            found,
            incomplete,
            names,
            lists: Lists::default(),
            has_clock: false,
            style: style::Style::default(),
            cited: Vec::new(),
            onces: 0,
            fingerprint: Fingerprint(0xcbf2_9ce4_8422_2325),
        }
    }

    fn report(&mut self, code: Code, at: &str, message: impl Into<String>) -> &mut Diagnostic {
        let place = self.sources.place_of(at);
        self.report_at(code, place, message)
    }

    fn report_at(&mut self, code: Code, place: Option<Place>, message: impl Into<String>) -> &mut Diagnostic {
        let file = place.map_or(0, |place| place.file);
        let file = self.sources.files().get(file).map_or_else(String::new, |file| file.name.clone());
        self.found.push(Diagnostic {
            code,
            file,
            place,
            message: message.into(),
            label: String::new(),
            help: None,
            also: Vec::new(),
        });
        self.found.last_mut().expect("one was pushed just now")
    }

    /// Reports a name that is not declared, unless it may be declared in a file that could not be read.
    fn unknown<'n>(&mut self, code: Code, at: &'s str, what: &str, known: impl IntoIterator<Item = &'n str>) {
        if self.incomplete {
            return;
        }
        let near = nearest(at, known).map(str::to_owned);
        let shown = crate::text::clean(at).into_owned();
        let diagnostic = self.report(code, at, format!("there is no {what} `{shown}`"));
        diagnostic.help = near.map(|near| format!("did you mean `{near}`?"));
    }

    fn expression_fault(&mut self, fault: ExprFault<'_>, instead: Option<&str>) {
        let unknown = matches!(
            fault.code,
            Code::UnknownVariable | Code::UnknownScene | Code::UnknownMessage | Code::UnknownSheet | Code::UnknownFact
        );
        if unknown && self.incomplete {
            return;
        }
        let message = crate::text::clean(&fault.message).into_owned();
        let diagnostic = self.report(fault.code, instead.unwrap_or(fault.at), message);
        diagnostic.help = fault.help;
    }

    fn condition(&mut self, text: Option<&Text<'s>>, seat: Option<SeatId>) -> Condition {
        let Some(text) = text else { return Condition::Always };
        let mut scope = Scope { names: &mut self.names, seat, writing: false };
        match &text.value {
            Cow::Borrowed(borrowed) => match expr::condition(borrowed, &mut scope) {
                Ok(condition) => return condition,
                Err(fault) => self.expression_fault(fault, None),
            },
            Cow::Owned(owned) => match expr::condition(owned, &mut scope) {
                Ok(condition) => return condition,
                Err(fault) => self.expression_fault(fault, Some(text.at)),
            },
        }
        Condition::Always
    }

    fn effects(&mut self, texts: Option<&Vec<Text<'s>>>, seat: Option<SeatId>) -> Vec<Effect> {
        let mut out = Vec::new();
        for text in texts.into_iter().flatten() {
            let mut scope = Scope { names: &mut self.names, seat, writing: false };
            match &text.value {
                Cow::Borrowed(borrowed) => match expr::effect(borrowed, &mut scope) {
                    Ok(effect) => out.push(effect),
                    Err(fault) => self.expression_fault(fault, None),
                },
                Cow::Owned(owned) => match expr::effect(owned, &mut scope) {
                    Ok(effect) => out.push(effect),
                    Err(fault) => self.expression_fault(fault, Some(text.at)),
                },
            }
        }
        out
    }

    fn weight(&mut self, amount: Option<&Amount<'s>>, at: &'s str) -> Weight {
        match amount {
            None => Weight::constant(1),
            Some(Amount::Whole(whole)) => match i32::try_from(*whole) {
                Ok(whole @ 0..=10_000) => Weight::constant(whole),
                _ => {
                    self.report(Code::OutOfRange, at, "a weight goes from 0 to 10000");
                    Weight::constant(0)
                }
            },
            Some(Amount::Formula(text)) => {
                let mut scope = Scope { names: &mut self.names, seat: None, writing: false };
                match &text.value {
                    Cow::Borrowed(borrowed) => match expr::weight(borrowed, &mut scope) {
                        Ok(weight) => return weight,
                        Err(fault) => self.expression_fault(fault, None),
                    },
                    Cow::Owned(owned) => match expr::weight(owned, &mut scope) {
                        Ok(weight) => return weight,
                        Err(fault) => self.expression_fault(fault, Some(text.at)),
                    },
                }
                Weight::constant(0)
            }
        }
    }

    /// Prose as the seats in `readers` read it.
    fn prose(&mut self, text: &Text<'s>, readers: &[SeatId], story_vars: &[super::model::Var]) -> Template {
        self.escaped_characters(text);
        self.words(text);
        let (template, mut faults) = match &text.value {
            Cow::Borrowed(borrowed) => {
                let (template, faults) = read_prose(borrowed, &mut self.names, &self.lists, self.has_clock);
                (template, faults.into_iter().map(Pending::from).collect::<Vec<_>>())
            }
            Cow::Owned(owned) => {
                let (template, faults) = read_prose(owned, &mut self.names, &self.lists, self.has_clock);
                (
                    template,
                    faults.into_iter().map(|fault| Pending { at: text.at, ..Pending::from_owned(fault) }).collect(),
                )
            }
        };
        for fault in faults.drain(..) {
            let fault = ExprFault { code: fault.code, at: fault.at, message: fault.message, help: fault.help };
            self.expression_fault(fault, None);
        }
        self.cite(&text.value);
        self.secrets(&template, text.at, readers, story_vars);
        template
    }

    fn cite(&mut self, text: &str) {
        for part in text.split("[^").skip(1) {
            if let Some(&fact) = part.split(']').next().and_then(|id| self.lists.facts.get(id)) {
                self.cited[fact] = true;
            }
        }
    }

    /// A plain string, cleaned.
    fn plain(&mut self, text: Option<&Text<'s>>) -> String {
        let Some(text) = text else { return String::new() };
        self.escaped_characters(text);
        crate::text::clean(&crate::text::dedent(&text.value)).into_owned()
    }

    /// Prose without inline forms: stars and citations are checked, and stay in.
    fn marked(&mut self, text: Option<&Text<'s>>) -> String {
        let Some(text) = text else { return String::new() };
        let template = self.prose(text, &[], &[]);
        if template.pieces.iter().any(|piece| !matches!(piece, super::template::Piece::Text(_))) {
            self.report(Code::BadMarkup, text.at, "inline forms have no meaning here").help =
                Some("this is read outside the night, where no variable has a value; write it out".to_owned());
        }
        let texts = template.pieces.into_iter().filter_map(|piece| match piece {
            super::template::Piece::Text(text) => Some(String::from(text)),
            _ => None,
        });
        texts.collect()
    }

    /// Forbidden characters that came in through an escape; those that stand in the file are found there.
    fn escaped_characters(&mut self, text: &Text<'s>) {
        if let (Cow::Owned(owned), at) = (&text.value, text.at)
            && let Some(forbidden) = crate::text::forbidden(owned)
        {
            let message =
                format!("this text holds U+{:04X}, which a terminal would act on", u32::from(forbidden.character));
            self.report(Code::ForbiddenCharacter, at, message).help = Some("take its `\\u{…}` escape out".to_owned());
        }
    }

    fn once(&mut self, keep: Option<bool>) -> Option<super::model::OnceId> {
        if keep == Some(true) {
            return None;
        }
        self.onces += 1;
        Some(super::model::OnceId::new(self.onces - 1))
    }

    fn seat_of(&mut self, id: Id<'s>) -> Option<SeatId> {
        let found = self.lists.seats.get(id.0).copied();
        if found.is_none() {
            let known: Vec<&str> = self.lists.seats.keys().copied().collect();
            self.unknown(Code::UnknownRole, id.0, "role", known);
        }
        found
    }

    fn scene_of(&mut self, id: Id<'s>) -> SceneId {
        if let Some(&scene) = self.names.scenes.get(id.0) {
            return scene;
        }
        let known: Vec<&str> = self.names.scenes.keys().copied().collect();
        self.unknown(Code::UnknownScene, id.0, "scene", known);
        SceneId::new(0)
    }
}

/// A fault cut loose from the text it was found in.
struct Pending<'s> {
    code: Code,
    at: &'s str,
    message: String,
    help: Option<String>,
}

impl<'s> From<ExprFault<'s>> for Pending<'s> {
    fn from(fault: ExprFault<'s>) -> Self {
        Self { code: fault.code, at: fault.at, message: fault.message, help: fault.help }
    }
}

impl Pending<'_> {
    fn from_owned(fault: ExprFault<'_>) -> Self {
        Self { code: fault.code, at: "", message: fault.message, help: fault.help }
    }
}

fn read_prose<'e>(
    text: &'e str,
    names: &mut Names<'_>,
    lists: &Lists<'_>,
    has_clock: bool,
) -> (Template, Vec<ExprFault<'e>>) {
    let mut faults = Vec::new();
    let mut scope = Scope { names, seat: None, writing: false };
    let inline = Inline {
        messages: &|id| lists.messages.get(id).copied(),
        sheets: &|id| lists.sheets.get(id).copied(),
        has_clock,
        has_messages: !lists.messages.is_empty(),
        facts: &|id| {
            (!lists.facts.contains_key(id)).then(|| {
                let fault = ExprFault::new(Code::UnknownFact, id, format!("there is no fact `{id}`"));
                match nearest(id, lists.facts.keys().copied()) {
                    Some(near) => fault.help(format!("did you mean `{near}`?")),
                    None => fault.help("declare it under `facts`"),
                }
            })
        },
    };
    let template = template(text, &mut scope, &inline, &mut faults);
    (template, faults)
}

impl<'s> Checker<'s> {
    /// Builds the story. Where something is wrong it is reported and a stand-in used, so that the rest is still
    /// checked; `check` throws the story away then.
    fn story(&mut self, gathered: &Gathered<'s>) -> Option<Story> {
        self.declare_names(gathered);
        self.declare_style(gathered);
        let sources = self.declare_sources(gathered);
        let facts = self.declare_facts(gathered);
        let clock = self.declare_clock(gathered);
        let mut vars = self.declare_vars(gathered);
        let sheets = self.declare_sheets(gathered, &mut vars);
        let parcel = self.declare_parcel(gathered, &mut vars);
        let heard = self.declare_heard(gathered, &mut vars);
        let endings = self.declare_endings(gathered);
        let clock = clock.map(|clock| self.finish_clock(clock, &mut vars));
        let carriers = self.manners(gathered, |g| &g.carriers);
        let licences = self.manners(gathered, |g| &g.licences);
        let treatments = self.manners(gathered, |g| &g.treatments);
        let handlings = self.manners(gathered, |g| &g.handlings);
        let messages = self.messages(gathered, &heard, &vars);
        let seats = self.seats(gathered, &vars);
        let mut endings = endings;
        let scenes = self.scenes(gathered, &vars, &mut endings);
        let walks = self.walks(gathered, &endings);
        for (scene, var) in self.names.visited.clone() {
            self.add_engine_vars(&mut vars, var, &format!("visited({})", scenes[scene.index()].id));
        }
        let start = match gathered.start {
            Some(start) => self.scene_of(start),
            None => SceneId::new(0),
        };
        if scenes.is_empty() {
            return None;
        }
        let story = Story {
            title: self.plain(gathered.title.as_ref()),
            by: self.plain(gathered.by.as_ref()),
            about: self.marked(gathered.about.as_ref()),
            notice: self.marked(gathered.notice.as_ref()),
            start,
            clock,
            seats,
            vars,
            carriers,
            licences,
            treatments,
            handlings,
            messages,
            parcel,
            sheets,
            endings,
            facts,
            sources,
            questions: gathered.questions.iter().map(|text| self.plain(Some(text))).collect(),
            chronicle: self.declare_chronicle(gathered),
            hypotheses: self.declare_hypotheses(gathered),
            lesson: self.declare_lesson(gathered),
            scenes,
            walks,
            onces: self.onces,
            fingerprint: self.fingerprint.0,
        };
        self.lint(gathered, &story);
        Some(story)
    }
}
