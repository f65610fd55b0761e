mod render;

use std::fmt;

use serde::Serialize;

use super::place::Place;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The story cannot be played.
    Error,
    /// It plays; the writer would want to know.
    Warning,
}

macro_rules! codes {
    ($($variant:ident $name:literal $severity:ident $about:literal,)*) => {
        /// What is wrong, as a stable name that guides, tests and other programs can rely on.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $(#[doc = $about] $variant,)* }

        impl Code {
            /// Every code, in the order of the guide.
            pub const ALL: &'static [Code] = &[$(Code::$variant),*];

            /// The name a person sees: `unknown-scene`.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name),* }
            }

            /// Error or warning.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity),* }
            }

            /// What it means, in one line.
            #[must_use]
            pub fn about(self) -> &'static str {
                match self { $(Code::$variant => $about),* }
            }
        }
    };
}

codes! {
    CannotRead "cannot-read" Error "A file or folder cannot be opened.",
    NoStory "no-story" Error "A folder holds no story.",
    TooLarge "too-large" Error "A file is larger than 128 MiB, or a story than 1 GiB.",
    NotUtf8 "not-utf8" Error "A file is not text in UTF-8.",
    NotRon "not-ron" Error "The file stops being RON here.",
    ByteOrderMark "byte-order-mark" Error "The file begins with an invisible byte-order mark.",
    UnclosedString "unclosed-string" Error "A text has a quotation mark too few, or one too many.",
    UnclosedBracket "unclosed-bracket" Error "A bracket is never closed.",
    ExtraBracket "extra-bracket" Error "A closing bracket has no opening one.",
    MissingComma "missing-comma" Error "A comma is missing between two items.",
    CurlyQuotes "curly-quotes" Error "Quotes of another kind stand where plain double ones must.",
    OddComment "odd-comment" Error "A comment begins with something other than //.",
    OddSpace "odd-space" Error "A space that is not a plain space.",
    EqualsSign "equals-sign" Error "A field is given with = instead of a colon.",
    MissingColon "missing-colon" Error "A field has a name and no colon after it.",
    MissingValue "missing-value" Error "A field has a name and no value.",
    BadEscape "bad-escape" Error "A backslash in a string stands before a letter that means nothing.",
    TooDeep "too-deep" Error "Brackets are nested more deeply than any story needs.",
    JsonBraces "json-braces" Error "A record is written with { } and quoted names, as in JSON.",
    BareNames "bare-names" Error "Names that you make up stand without quotes, or outside of { }.",
    MissingBrackets "missing-brackets" Error "An item of a list stands without brackets of its own.",
    Misplaced "misplaced" Error "A scene, or another entry, stands outside of its list.",
    OddMark "odd-mark" Error "A mark that only looks like a plain one.",
    OtherLanguage "other-language" Error "Something is written as another tool writes it.",
    MergeConflict "merge-conflict" Error "Version control has left two versions of some lines.",
    ForbiddenCharacter "forbidden-character" Error "A character that controls or formats text instead of being part of it.",
    UnknownField "unknown-field" Error "A field that this record does not have.",
    WrongKind "wrong-kind" Error "A value of another kind than the field takes.",
    Twice "twice" Error "A name or field comes twice.",
    BadName "bad-name" Error "A name holds something other than letters, digits, _ and -.",
    MissingField "missing-field" Error "A field that must be there is not.",
    UnknownScene "unknown-scene" Error "No scene has this name.",
    UnknownRole "unknown-role" Error "No role has this name.",
    UnknownVariable "unknown-variable" Error "No variable has this name.",
    UnknownState "unknown-state" Error "The variable has no such state.",
    UnknownMessage "unknown-message" Error "No message has this name.",
    UnknownManner "unknown-manner" Error "No carrier, licence, treatment or handling has this name.",
    UnknownChoice "unknown-choice" Error "Nothing that is offered in this scene has this name.",
    UnknownSheet "unknown-sheet" Error "No sheet, or no line on it, has this name.",
    UnknownFact "unknown-fact" Error "No fact has this name.",
    UnknownSource "unknown-source" Error "No source has this name.",
    UnknownEnding "unknown-ending" Error "No ending has this name.",
    BadExpression "bad-expression" Error "A condition, effect or weight that cannot be read.",
    WrongType "wrong-type" Error "Things of different kinds are compared or set.",
    OutOfRange "out-of-range" Error "A number outside the variable's range.",
    BadMarkup "bad-markup" Error "An inline form or mark in prose that cannot be read.",
    BadDomain "bad-domain" Error "A variable without a small range of values, or with two.",
    BadClock "bad-clock" Error "A clock that cannot run.",
    BadAccent "bad-accent" Error "An accent that is no colour, or that could not be read on a page.",
    BadLanguage "bad-language" Error "A language by a code that no language, script or country has.",
    NoWayOn "no-way-on" Error "A scene from which the game cannot go on.",
    TwoWaysOn "two-ways-on" Error "A scene that goes on in two ways at once.",
    NeedsSeat "needs-seat" Error "A decision or perception without a seat it belongs to.",
    EndlessFlow "endless-flow" Error "Scenes that lead into each other without a decision, for ever.",
    NoReading "no-reading" Error "A message that no treatment offered gives a reading.",
    UnsourcedFact "unsourced-fact" Error "A fact whose standing (reported, disputed, inferred) is not given or not supported.",
    TooMany "too-many" Error "More of something than a story may have.",
    AndMore "and-more" Warning "More is wrong than anybody would read in one go; the rest is told once this is mended.",
    LoopsOnFirst "loops-on-first" Warning "The first choice can be taken for ever and leads back here.",
    SecretShown "secret-shown" Warning "A seat is shown a variable that it may not see.",
    UnusedFact "unused-fact" Warning "A fact that nothing cites which a player or a pupil reads: no page, debrief, chronicle or card.",
    UnusedVariable "unused-variable" Warning "A variable that nothing reads.",
    UnusedName "unused-name" Warning "A name of a variable that no status line shows.",
    UnusedMessage "unused-message" Warning "A message that is never sent.",
    Unanswered "unanswered" Warning "Readings of a message of which nothing comes that anybody could read.",
    UnusedAnswer "unused-answer" Warning "Answers of a message that nothing shows to the role they are for.",
    UnusedRole "unused-role" Warning "A role that decides nothing and reads nothing that is for it.",
    NothingUnderWay "nothing-under-way" Warning "Something is done with a message where none is under way.",
    UnusedScene "unused-scene" Warning "A scene to which nothing leads.",
    SoftLock "soft-lock" Error "A game can come here and never end.",
    HardToLeave "hard-to-leave" Warning "A circle that a game may not find its way out of where the story decides.",
    NeverReached "never-reached" Error "A scene or ending that no game reaches.",
    NeverSet "never-set" Error "A variable that is asked about, and that nothing ever sets.",
    NeverOpen "never-open" Error "A choice, way or treatment that is open in no game.",
    NeverHeard "never-heard" Error "A reading that no game hears.",
    NeverShown "never-shown" Error "Words that no game shows.",
    Unexpected "unexpected" Error "A game comes here in which something that is expected does not hold.",
    AlwaysTrue "always-true" Warning "A condition that holds in every game.",
    NeverChanges "never-changes" Warning "A variable that keeps its first value in every game.",
    ReadAfterUntil "read-after-until" Warning "A variable that still matters after its `until`.",
    NotProved "not-proved" Warning "The proof stopped at its budget: some games were not explored.",
    StraightQuote "straight-quote" Warning "Plain quotation marks in prose, where typographic ones are meant.",
    DoubleSpace "double-space" Warning "Two spaces between words.",
    ForeignMarkup "foreign-markup" Warning "Markup of another tool, which a reader would see as it stands.",
    EmptyWords "empty-words" Warning "Words that are given, and say nothing.",
    Unfinished "unfinished" Warning "Words that say they are still to be written.",
    SameWords "same-words" Warning "Two choices of a scene with the same words.",
    IdleAllow "idle-allow" Warning "A remark that is to allow a warning, and allows none.",
    LongSentence "long-sentence" Warning "A sentence longer than the story's style allows.",
    OddName "odd-name" Warning "A word that looks like one of the story's names, spelt another way.",
    NotInCast "not-in-cast" Warning "Somebody speaks who is not in the story's cast.",
    WideCharacter "wide-character" Warning "An emoji sequence that terminals draw in different widths.",
}

impl Code {
    /// True for errors that a declaration in another file of the story could resolve. They are withheld while a file
    /// cannot be read.
    pub(super) fn may_be_mended_elsewhere(self) -> bool {
        matches!(
            self,
            Self::MissingField
                | Self::UnknownScene
                | Self::UnknownRole
                | Self::UnknownVariable
                | Self::UnknownState
                | Self::UnknownMessage
                | Self::UnknownManner
                | Self::UnknownChoice
                | Self::UnknownSheet
                | Self::UnknownFact
                | Self::UnknownSource
                | Self::UnknownEnding
                | Self::WrongType
                | Self::OutOfRange
                | Self::BadClock
                | Self::NeedsSeat
                | Self::NoReading
                | Self::UnsourcedFact
        )
    }
}

impl Code {
    /// True for an undeclared name.
    pub(crate) fn is_of_a_name(self) -> bool {
        matches!(
            self,
            Self::UnknownScene
                | Self::UnknownRole
                | Self::UnknownVariable
                | Self::UnknownMessage
                | Self::UnknownManner
                | Self::UnknownSheet
                | Self::UnknownFact
                | Self::UnknownSource
                | Self::UnknownEnding
        )
    }
}

impl Code {
    /// True for warnings that something is unused. They are withheld while there are errors, because what uses it may
    /// be what could not be read.
    #[cfg(feature = "terminal")]
    pub(crate) fn is_of_no_use(self) -> bool {
        matches!(
            self,
            Self::UnusedFact | Self::UnusedVariable | Self::UnusedName | Self::UnusedMessage | Self::UnusedScene
        )
    }

    /// True for errors about a record as a whole. They are withheld where part of the record could not be read.
    pub(super) fn is_of_a_whole_record(self) -> bool {
        matches!(
            self,
            Self::MissingField
                | Self::NoWayOn
                | Self::TwoWaysOn
                | Self::BadDomain
                | Self::NeedsSeat
                | Self::NoReading
                | Self::UnsourcedFact
        )
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One fault of a writer's, with all that is needed to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    pub code: Code,
    /// The file it is in, as the writer named it.
    pub file: String,
    /// Where; `None` for a fault of the file as a whole.
    pub place: Option<Place>,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// A word or two under the caret; may be empty.
    pub label: String,
    /// What to do next.
    pub help: Option<String>,
    /// Other places that belong to it.
    pub also: Vec<(Place, String)>,
}

/// One diagnostic as other programs read it (`check --format json`).
#[derive(Debug, Serialize)]
pub struct JsonDiagnostic<'d> {
    pub code: &'static str,
    pub severity: Severity,
    pub file: &'d str,
    /// From 1; 0 for a fault of the file as a whole.
    pub line: usize,
    /// In characters, from 1; 0 for a fault of the file as a whole.
    pub column: usize,
    pub message: &'d str,
    pub help: Option<&'d str>,
}

impl Diagnostic {
    pub(super) fn new(code: Code, file: String, place: Option<Place>, message: String) -> Self {
        Self { code, file, place, message, label: String::new(), help: None, also: Vec::new() }
    }

    /// Error or warning.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// Removes forbidden characters from its words.
    pub(super) fn clean(&mut self) {
        let words = [&mut self.message, &mut self.label].into_iter().chain(&mut self.help);
        for words in words.chain(self.also.iter_mut().map(|(_, label)| label)) {
            if crate::text::forbidden(words).is_some() {
                *words = crate::text::clean(words).into_owned();
            }
        }
    }
}

/// Most errors that are listed, and most warnings: more help nobody, and a file can hold millions.
pub const MOST_TOLD: usize = 500;

/// Says that more was found.
pub(crate) fn and_more(file: &str, left_out: usize) -> Diagnostic {
    let message = format!("{left_out} more are not listed");
    let help = Some("mend what is listed, then check again".to_owned());
    Diagnostic { help, ..Diagnostic::new(Code::AndMore, file.to_owned(), None, message) }
}

/// As many of these as are listed.
pub(crate) fn capped(all: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let (mut counts, mut out) = ([0; 2], Vec::new());
    let mut left_out = 0;
    for diagnostic in all {
        let count = &mut counts[usize::from(diagnostic.severity() == Severity::Error)];
        *count += 1;
        if *count > MOST_TOLD {
            left_out += 1;
        } else {
            out.push(diagnostic);
        }
    }
    if let (1.., Some(file)) = (left_out, out.first().map(|first| first.file.clone())) {
        out.push(and_more(&file, left_out));
    }
    out
}
