//! What the strings of the format hold: names, and of what; expressions; words. Said once, beside each field in `ast.rs`, and read
//! by whatever goes through a story by its names: completion, references, renaming.

/// What a name is a name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SymbolKind {
    Scene,
    /// A choice, by its `id`.
    Choice,
    Role,
    Variable,
    /// A state of a variable.
    State,
    Message,
    Carrier,
    Licence,
    Treatment,
    Handling,
    Sheet,
    /// A line of a sheet.
    Line,
    Ending,
    Fact,
    Source,
}

impl SymbolKind {
    /// Every kind of name.
    pub const ALL: [Self; 15] = [
        Self::Scene,
        Self::Choice,
        Self::Role,
        Self::Variable,
        Self::State,
        Self::Message,
        Self::Carrier,
        Self::Licence,
        Self::Treatment,
        Self::Handling,
        Self::Sheet,
        Self::Line,
        Self::Ending,
        Self::Fact,
        Self::Source,
    ];

    /// As a writer calls it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Scene => "scene",
            Self::Choice => "choice",
            Self::Role => "role",
            Self::Variable => "variable",
            Self::State => "state",
            Self::Message => "message",
            Self::Carrier => "carrier",
            Self::Licence => "licence",
            Self::Treatment => "treatment",
            Self::Handling => "handling",
            Self::Sheet => "sheet",
            Self::Line => "line",
            Self::Ending => "ending",
            Self::Fact => "fact",
            Self::Source => "source",
        }
    }

    /// What a name of this kind belongs to: two variables can have a state of the same name.
    #[must_use]
    pub fn owner(self) -> Option<Self> {
        match self {
            Self::State => Some(Self::Variable),
            Self::Line => Some(Self::Sheet),
            Self::Choice => Some(Self::Scene),
            _ => None,
        }
    }
}

/// What the strings in a field hold, be it one, a list of them or the values of a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// No strings of its own.
    Nothing,
    /// Words that are read as they stand.
    Words,
    /// Words with forms and citations in them.
    Prose,
    /// A condition, an effect or a weight.
    Expression,
    /// Names that are declared here.
    Declares(SymbolKind),
    /// Names of one of these kinds, the likeliest first.
    Names(&'static [SymbolKind]),
    /// A decision of a walk: a name or words, then carrier and licence, parted by ` / `.
    Pick,
    /// A map: its keys, and what its values hold.
    Map(Keys, &'static Self),
}

/// What the keys of a map are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keys {
    /// Names that are declared here.
    Declare(SymbolKind),
    /// Names that are declared elsewhere.
    Mean(SymbolKind),
    /// Names that nothing else refers to.
    Label,
}

/// A field of a record, and what its strings hold.
pub type Field = (&'static str, Holds);

pub(super) const SCENE: Holds = Holds::Names(&[SymbolKind::Scene]);
pub(super) const ROLE: Holds = Holds::Names(&[SymbolKind::Role]);
pub(super) const MESSAGE: Holds = Holds::Names(&[SymbolKind::Message]);
pub(super) const CARRIER: Holds = Holds::Names(&[SymbolKind::Carrier]);
pub(super) const LICENCE: Holds = Holds::Names(&[SymbolKind::Licence]);
pub(super) const TREATMENT: Holds = Holds::Names(&[SymbolKind::Treatment]);
pub(super) const HANDLING: Holds = Holds::Names(&[SymbolKind::Handling]);
pub(super) const SHEET: Holds = Holds::Names(&[SymbolKind::Sheet]);
pub(super) const ENDING: Holds = Holds::Names(&[SymbolKind::Ending]);
pub(super) const FACT: Holds = Holds::Names(&[SymbolKind::Fact]);
pub(super) const SOURCE: Holds = Holds::Names(&[SymbolKind::Source]);
/// A map of records whose names nothing else refers to.
pub(super) const LABELS: Holds = Holds::Map(Keys::Label, &Holds::Nothing);

/// A map of records by names that are declared in it.
pub(super) const fn declares(kind: SymbolKind) -> Holds {
    Holds::Map(Keys::Declare(kind), &Holds::Nothing)
}

/// A map of records by names that are declared elsewhere.
pub(super) const fn means(kind: SymbolKind) -> Holds {
    Holds::Map(Keys::Mean(kind), &Holds::Nothing)
}
