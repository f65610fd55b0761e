//! The one place where a story is judged.

mod after;
mod allowed;
mod answers;
mod characters;
mod choices;
mod clock;
mod cover;
mod declare;
mod expected;
mod fingerprint;
mod gather;
mod lint;
mod markup;
mod messages;
mod naming;
mod scenes;
mod silence;
mod stores;
mod style;
mod underway;
mod unknown;
mod vars;
mod walks;
mod ways;
mod words;

use std::cell::{Cell, OnceCell};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::diagnostic::{Code, Diagnostic, MOST_TOLD, Severity, and_more};
use super::expr::Names;
use super::model::{Expectation, SceneId, SeatId, Story};
use super::place::Place;
use super::read::Id;
use super::recover::Mended;
use super::source::Sources;
use fingerprint::Fingerprint;
use gather::Gathered;
use stores::{DeclaredIds, StoryStores};

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
    /// By scene, then way of its route.
    pub ways: Vec<Vec<Option<Place>>>,
    pub messages: Vec<Option<Place>>,
    pub vars: Vec<Option<Place>>,
    pub endings: Vec<Option<Place>>,
    pub sheets: Vec<Option<Place>>,
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
    judge(sources, unread, true)
}

/// Checks a whole story for playing: finds every error, but does not look at the style of its words.
#[must_use]
pub fn check_to_play(sources: &Sources, unread: Vec<Diagnostic>) -> Checked {
    judge(sources, unread, false)
}

fn judge(sources: &Sources, unread: Vec<Diagnostic>, style: bool) -> Checked {
    let incomplete = !unread.is_empty();
    let mended: Vec<OnceCell<Mended>> = sources.files().iter().map(|_| OnceCell::new()).collect();
    let mut checker = Checker::new(sources, &mended, unread, incomplete);
    checker.looks_at_style = style;
    let gathered = checker.gather();
    let places = gathered.as_ref().map(|gathered| gathered.places(&checker)).unwrap_or_default();
    let story = gathered.and_then(|gathered| checker.story(gathered, &places));
    checker.name_copies();
    let mut diagnostics = checker.found;
    diagnostics.sort_by_key(|d| d.place.map(|place| (place.file, place.start)));
    diagnostics.dedup();
    // What is told quotes the file, and a name in it can hold what a terminal would act on.
    diagnostics.iter_mut().for_each(Diagnostic::clean);
    if checker.left_out > 0 {
        let file = diagnostics.first().map_or("", |first| first.file.as_str());
        let more = and_more(file, checker.left_out);
        diagnostics.push(more);
    }
    let sound = diagnostics.iter().all(|d| d.severity() == Severity::Warning);
    Checked { story: story.filter(|_| sound), diagnostics, places }
}

pub(super) struct Checker<'s> {
    sources: &'s Sources,
    /// By file: if it is not RON, its text with the typing errors corrected.
    mended: &'s [OnceCell<Mended>],
    found: Vec<Diagnostic>,
    /// How many warnings and errors the checker has reported itself.
    counts: [usize; 2],
    left_out: usize,
    /// How many errors were met, reported or not.
    errors: usize,
    /// Records that could be read only in part, by the address of their text.
    partial: HashSet<*const u8>,
    /// Variables whose values, and sheets whose lines, could not be read.
    vague: HashSet<&'s str>,
    /// Names of roles and endings, by the title that players see, in lower case.
    titles: HashMap<String, &'s str>,
    /// Some prose is written in the syntax of another tool, and may contain links that were not understood.
    foreign: bool,
    /// Scenes with errors, so that it is not known where they lead.
    doubtful: HashSet<SceneId>,
    /// Lists that names refer to and that are missing; already reported.
    lacking: HashSet<&'static str>,
    /// No scene names its seat.
    no_seats: bool,
    /// Lists that hold entries of another kind; already reported.
    mixed: HashSet<&'static str>,
    /// By list: where an entry has the name of another, and which names are used but not declared. One of those may
    /// be the name that the entry should have.
    copies: HashMap<&'s str, (Option<Place>, BTreeSet<String>)>,
    /// Names proposed in place of forbidden ones.
    offered: HashSet<String>,
    /// The record in which an unknown field was met last, and the records within it that have such a field.
    misplaced: (Option<*const u8>, Vec<&'static str>),
    /// The last field reported as another's name, and the field that was meant.
    misnamed: Option<(&'s str, &'static str)>,
    /// The record in which an unknown field was reported last.
    misnamed_in: Option<*const u8>,
    /// The expected and actual kind of an entry, if that was the last report.
    wrong_entry: Option<(&'static str, &'static str)>,
    /// Values of the wrong kind; already reported.
    mistaken: HashSet<*const u8>,
    /// A diagnostic to write into when the report is withheld.
    unsaid: Diagnostic,
    /// Something could not be read, so names that it may have declared are not reported as missing.
    incomplete: bool,
    names: Names<'s>,
    lists: DeclaredIds<'s>,
    has_clock: bool,
    style: style::StyleLint,
    looks_at_style: bool,
    /// Facts cited by something that a player or pupil can read.
    cited: Vec<bool>,
    parts: StoryStores,
    expectations: Vec<Expectation>,
    onces: usize,
    fingerprint: Fingerprint,
}

impl<'s> Checker<'s> {
    fn new(sources: &'s Sources, mended: &'s [OnceCell<Mended>], found: Vec<Diagnostic>, incomplete: bool) -> Self {
        let names = Names {
            vars: HashMap::new(),
            domains: Vec::new(),
            shown: HashMap::new(),
            read: Vec::new(),
            scenes: HashMap::new(),
            messages: HashMap::new(),
            lines: HashMap::new(),
            visited: BTreeMap::new(),
            bad: HashSet::new(),
            lost: HashSet::new(),
            starts: None,
            looks: Cell::new(Names::LOOKS),
        };
        Self {
            sources,
            mended,
            found,
            counts: [0; 2],
            left_out: 0,
            errors: 0,
            partial: HashSet::new(),
            vague: HashSet::new(),
            titles: HashMap::new(),
            foreign: false,
            doubtful: HashSet::new(),
            lacking: HashSet::new(),
            no_seats: false,
            mixed: HashSet::new(),
            copies: HashMap::new(),
            offered: HashSet::new(),
            misplaced: (None, Vec::new()),
            misnamed: None,
            misnamed_in: None,
            wrong_entry: None,
            mistaken: HashSet::new(),
            unsaid: Diagnostic::new(Code::AndMore, String::new(), None, String::new()),
            incomplete,
            names,
            lists: DeclaredIds::default(),
            has_clock: false,
            style: style::StyleLint::default(),
            looks_at_style: true,
            cited: Vec::new(),
            parts: StoryStores::default(),
            expectations: Vec::new(),
            onces: 0,
            fingerprint: Fingerprint::default(),
        }
    }

    /// The place of a slice of one of the files, as it was read.
    fn place_of(&self, slice: &str) -> Option<Place> {
        let mended =
            || self.mended.iter().enumerate().find_map(|(file, mended)| Some((file, mended.get()?.place_of(slice)?)));
        self.sources
            .place_of(slice)
            .or_else(|| mended().map(|(file, range)| Place { file, start: range.start, end: range.end }))
    }

    fn report(&mut self, code: Code, at: &str, message: impl Into<String>) -> &mut Diagnostic {
        if code.is_of_a_whole_record() && self.partial.contains(&at.as_ptr()) {
            return self.unsay(code);
        }
        // The value itself, or what stands between its quotation marks.
        let quoted = at.as_ptr().wrapping_sub(1);
        if code != Code::WrongKind && (self.mistaken.contains(&at.as_ptr()) || self.mistaken.contains(&quoted)) {
            return self.unsay(code);
        }
        // What is wrong with such a name is told of the character.
        if crate::text::forbidden(at).is_some() {
            return self.unsay(code);
        }
        let place = if self.is_full(code) { None } else { self.place_of(at) };
        self.report_at(code, place, message)
    }

    /// Notes an error without telling of it: what is said of it is thrown away.
    fn unsay(&mut self, code: Code) -> &mut Diagnostic {
        self.errors += usize::from(code.severity() == Severity::Error);
        self.unsaid = Diagnostic::new(code, String::new(), None, String::new());
        &mut self.unsaid
    }

    fn report_at(&mut self, code: Code, place: Option<Place>, message: impl Into<String>) -> &mut Diagnostic {
        if self.is_full(code) {
            self.left_out += 1;
            return self.unsay(code);
        }
        let mended = code.is_of_a_name() && !self.offered.is_empty() && self.names_what_was_offered(place);
        if mended || (self.incomplete && code.may_be_mended_elsewhere()) {
            return self.unsay(code);
        }
        let file = place.map_or(0, |place| place.file);
        let file = self.sources.files().get(file).map_or_else(String::new, |file| file.name.clone());
        let diagnostic = Diagnostic::new(code, file, place, message.into());
        if diagnostic.is_allowed(self.sources) {
            self.unsaid = diagnostic;
            return &mut self.unsaid;
        }
        self.errors += usize::from(code.severity() == Severity::Error);
        self.counts[usize::from(code.severity() == Severity::Error)] += 1;
        if self.is_full(Code::UnknownScene) {
            self.names.looks.set(0);
        }
        self.found.push(diagnostic);
        self.found.last_mut().expect("one was pushed just now")
    }

    /// Whether a name that nothing is declared by is the right one for something with a wrong one.
    fn names_what_was_offered(&self, place: Option<Place>) -> bool {
        let text = place.and_then(|place| self.sources.file(place.file).text.get(place.start..place.end));
        text.is_some_and(|name| self.offered.contains(name))
    }

    /// Whether no more of this severity is told.
    fn is_full(&self, code: Code) -> bool {
        self.counts[usize::from(code.severity() == Severity::Error)] >= MOST_TOLD
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
            let near = self.near(id.0, &self.lists.seats);
            self.unknown(Code::UnknownRole, id.0, "role", near);
        }
        found
    }

    fn scene_of(&mut self, id: Id<'s>) -> SceneId {
        if let Some(&scene) = self.names.scenes.get(id.0) {
            return scene;
        }
        let near = self.near(id.0, &self.names.scenes);
        self.unknown(Code::UnknownScene, id.0, "scene", near);
        SceneId::new(0)
    }
}

impl<'s> Checker<'s> {
    /// Builds the story. Where something is wrong it is reported and a stand-in used, so that the rest is still
    /// checked; `check` throws the story away then.
    fn story(&mut self, mut gathered: Gathered<'s>, places: &Places) -> Option<Story> {
        self.declare_names(&gathered);
        // What is written of a scene is let go as soon as the scene is built: in a long story that is most of it.
        let written = std::mem::take(&mut gathered.scenes);
        let gathered = &gathered;
        self.no_seats = written.iter().all(|(_, scene)| scene.seat.is_none());
        self.declare_style(gathered);
        let clock = self.declare_clock(gathered);
        let mut vars = self.declare_vars(gathered);
        let sheets = self.declare_sheets(gathered, &mut vars);
        let sources = self.declare_sources(gathered);
        let facts = self.declare_facts(gathered);
        let in_transit = self.declare_parcel(gathered, &mut vars);
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
        let mut scenes = self.scenes(gathered, written, &vars, &mut endings);
        for scene in &mut scenes {
            scene.standing &= scene.seat.is_some_and(|seat| seats[seat.index()].standing.is_some());
        }
        Self::count_marks(&sheets, &scenes, &mut vars);
        self.expect_of_endings(gathered);
        let walks = self.walks(gathered, &endings);
        self.remember_visits(&mut vars, &mut scenes);
        self.fingerprint.feed_id(gathered.start);
        let start = match gathered.start {
            Some(start) => self.scene_of(start),
            None => SceneId::new(0),
        };
        if scenes.is_empty() {
            return None;
        }
        let mut parts = std::mem::take(&mut self.parts);
        parts.shrink();
        let mut story = Story {
            title: self.plain(gathered.title.as_ref()),
            by: self.plain(gathered.by.as_ref()),
            about: self.marked(gathered.about.as_ref()),
            notice: self.marked(gathered.notice.as_ref()),
            accent: self.declare_accent(gathered),
            language: self.declare_language(gathered),
            start,
            clock,
            seats,
            vars,
            carriers,
            licences,
            treatments,
            handlings,
            messages,
            in_transit,
            sheets,
            endings,
            facts,
            sources,
            questions: gathered.questions.iter().map(|text| self.plain(Some(text))).collect(),
            chronicle: self.declare_chronicle(gathered),
            hypotheses: self.declare_hypotheses(gathered),
            lesson: self.declare_lesson(gathered),
            freeze: self.declare_freeze(gathered),
            injects: self.declare_injects(gathered),
            scenes,
            texts: parts.texts,
            choices: parts.choices,
            effects: parts.effects,
            prose: parts.prose,
            expectations: std::mem::take(&mut self.expectations),
            walks,
            onces: self.onces,
            fingerprint: self.fingerprint.value(),
        };
        // Everything that could cite a fact has been read by now.
        story.facts.iter_mut().zip(&self.cited).for_each(|(fact, cited)| fact.cited = *cited);
        self.lint(gathered, &story, places);
        Some(story)
    }
}
