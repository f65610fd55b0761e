//! A page as a value that can be written down.

use serde::Serialize;

use crate::engine::{Ask, Block, BlockKind, Facet, Hop, Offer, OfferAction, Session, SheetView, Stage};
use crate::story::{EndingId, Seat, SeatId, Story};
use crate::text::{self, ParagraphKind};
use crate::view::{RecordEntry, StatusLine, Turn, entries, mark_of, told_once, view, whole_record};

/// What a seat sees now.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PageValue {
    pub seat: SeatValue,
    /// `yours`, `another`, `over` or `stuck`.
    pub turn: &'static str,
    /// The part of the story: “The knock”.
    pub part: Option<String>,
    pub place: String,
    /// The time on the story's clock.
    pub clock: Option<String>,
    pub status: Vec<StatusValue>,
    /// What has been read since the seat last decided.
    pub blocks: Vec<BlockValue>,
    /// Messages on their way since then.
    pub hops: Vec<HopValue>,
    /// What is to be decided, where this seat decides.
    pub ask: Option<AskValue>,
    /// The facts that the page cites.
    pub record: Vec<EntryValue>,
    pub ending: Option<EndingValue>,
}

/// A seat by its names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SeatValue {
    pub id: String,
    pub name: String,
    pub place: String,
    /// What it counts: “minutes”.
    pub counts: String,
    /// Who one is, in prose.
    pub brief: Vec<ParagraphValue>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatusValue {
    pub name: String,
    pub word: String,
    /// Of counters: how far along, of how many steps.
    pub level: Option<(usize, usize)>,
}

/// A stretch of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BlockValue {
    /// `part`, `prose`, `chosen`, `reply`, `silence`, `news` or `notice`.
    pub kind: &'static str,
    pub prose: Vec<ParagraphValue>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ParagraphValue {
    /// One line of something written, set off from the prose.
    pub note: bool,
    pub sentences: Vec<SentenceValue>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SentenceValue {
    pub runs: Vec<RunValue>,
    /// The facts that it rests on.
    pub cites: Vec<String>,
    /// `reported`, `disputed`, `inferred` or `invented`.
    pub mark: &'static str,
}

/// A stretch of one style. A line end is to be kept as a blank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RunValue {
    pub text: String,
    pub emphasis: bool,
    pub struck: bool,
}

/// A message on its way, as the seat perceives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HopValue {
    pub from: String,
    pub to: String,
    /// `sent`, `in-hand` or `heard`.
    pub stage: &'static str,
}

/// What is to be decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AskValue {
    /// In order; `choose` takes an index into them.
    pub offers: Vec<OfferValue>,
    /// The words of the choice that is always there.
    pub standing: Option<Vec<ParagraphValue>>,
    /// What is asked of a message that is put together, one after the other.
    pub questions: Vec<QuestionValue>,
    pub sheet: Option<SheetValue>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OfferValue {
    pub words: Vec<ParagraphValue>,
    pub open: bool,
    /// What it would carry; may be empty, also where its own words say it already.
    pub note: Vec<ParagraphValue>,
    /// Of what is not open, why.
    pub why: Vec<ParagraphValue>,
    /// `choice`, `message` (the questions follow), `line` (of the sheet) or `done` (with it).
    pub kind: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuestionValue {
    pub question: String,
    pub options: Vec<OptionValue>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OptionValue {
    pub words: String,
    pub note: String,
}

/// A sheet that is being marked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SheetValue {
    pub name: String,
    /// Each line, and whether it is struck.
    pub lines: Vec<(String, bool)>,
    pub marks_left: usize,
}

/// A fact as the record shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EntryValue {
    pub id: String,
    pub mark: &'static str,
    pub text: String,
    pub says: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EndingValue {
    pub id: String,
    pub title: String,
    /// Its condition in a sentence.
    pub because: Vec<ParagraphValue>,
}

impl PageValue {
    /// The page of a seat.
    #[must_use]
    pub fn of(session: &Session<'_>, seat: SeatId) -> Self {
        let (story, page) = (session.story(), view(session, seat));
        Self {
            seat: SeatValue::of(story, page.seat),
            turn: match page.turn() {
                Turn::Yours => "yours",
                Turn::Another => "another",
                Turn::Over => "over",
                Turn::Stuck => "stuck",
            },
            part: page.part().map(str::to_owned),
            place: page.place().to_owned(),
            clock: page.clock(),
            status: page.status().into_iter().map(StatusValue::of).collect(),
            blocks: page.blocks().map(|block| BlockValue::of(story, block)).collect(),
            hops: page.hops().iter().map(|hop| HopValue::of(story, *hop)).collect(),
            ask: page.ask().map(|ask| AskValue::of(story, ask)),
            record: entries(story, page.blocks().map(|block| block.text)).into_iter().map(EntryValue::of).collect(),
            ending: session.ending().map(|ending| EndingValue::of(story, ending)),
        }
    }
}

impl EndingValue {
    #[must_use]
    pub fn of(story: &Story, ending: EndingId) -> Self {
        let ending = &story.endings[ending.index()];
        Self { id: ending.id.clone(), title: ending.title.clone(), because: prose(story, &ending.because) }
    }
}

impl SeatValue {
    #[must_use]
    pub fn of(story: &Story, seat: SeatId) -> Self {
        let Seat { id, name, place, counts, brief, .. } = &story.seats[seat.index()];
        let [id, name, place, counts] = [id, name, place, counts].map(String::clone);
        Self { id, name, place, counts, brief: prose(story, brief) }
    }
}

impl StatusValue {
    fn of(StatusLine { name, word, level }: StatusLine) -> Self {
        Self { name, word, level }
    }
}

impl BlockValue {
    /// All that a seat has read and chosen.
    #[must_use]
    pub fn history(session: &Session<'_>, seat: SeatId) -> Vec<Self> {
        told_once(session.full_history(seat).page(seat)).map(|block| Self::of(session.story(), block)).collect()
    }

    fn of(story: &Story, block: Block<'_>) -> Self {
        let kind = match block.kind {
            BlockKind::Part => "part",
            BlockKind::Prose => "prose",
            BlockKind::Chosen => "chosen",
            BlockKind::Reply => "reply",
            BlockKind::Silence => "silence",
            BlockKind::News => "news",
            BlockKind::Notice => "notice",
        };
        Self { kind, prose: prose(story, block.text) }
    }
}

impl HopValue {
    fn of(story: &Story, Hop { from, to, stage }: Hop) -> Self {
        let id = |seat: SeatId| story.seats[seat.index()].id.clone();
        let stage = match stage {
            Stage::Sent => "sent",
            Stage::InHand => "in-hand",
            Stage::Heard => "heard",
        };
        Self { from: id(from), to: id(to), stage }
    }
}

impl AskValue {
    fn of(story: &Story, ask: &Ask<'_>) -> Self {
        Self {
            offers: ask.offers().map(|offer| OfferValue::of(story, offer)).collect(),
            standing: ask.standing().map(|offer| prose(story, offer.words())),
            questions: ask.facets.iter().map(QuestionValue::of).collect(),
            sheet: ask.sheet.as_ref().map(SheetValue::of),
        }
    }
}

impl OfferValue {
    fn of(story: &Story, offer: Offer<'_>) -> Self {
        use crate::engine::Pick;
        Self {
            words: prose(story, offer.words()),
            open: offer.open,
            note: prose(story, offer.beside()),
            why: offer.why().map(|why| prose(story, why)).unwrap_or_default(),
            kind: match offer.take {
                OfferAction::Compose(_) => "message",
                OfferAction::Pick(Pick::Line(_)) => "line",
                OfferAction::Pick(Pick::Done) => "done",
                OfferAction::Pick(_) => "choice",
            },
        }
    }
}

impl QuestionValue {
    fn of(facet: &Facet<'_>) -> Self {
        let option = |option: &crate::engine::FacetOption<'_>| OptionValue {
            words: option.words.to_owned(),
            note: option.note.clone(),
        };
        Self { question: facet.question.to_owned(), options: facet.options.iter().map(option).collect() }
    }
}

impl SheetValue {
    fn of(sheet: &SheetView<'_>) -> Self {
        Self {
            name: sheet.name.to_owned(),
            lines: sheet.lines.iter().map(|(text, struck)| ((*text).to_owned(), *struck)).collect(),
            marks_left: sheet.marks_left,
        }
    }
}

impl EntryValue {
    /// Every fact of a story.
    #[must_use]
    pub fn all(story: &Story) -> Vec<Self> {
        whole_record(story).into_iter().map(Self::of).collect()
    }

    /// The facts that all that a seat has read cites.
    #[must_use]
    pub fn read_by(session: &Session<'_>, seat: SeatId) -> Vec<Self> {
        let whole = session.full_history(seat);
        entries(session.story(), whole.page(seat).map(|block| block.text)).into_iter().map(Self::of).collect()
    }

    fn of(RecordEntry { id, mark, text, says }: RecordEntry) -> Self {
        Self { id, mark: mark.word(), text, says }
    }
}

impl ParagraphValue {
    /// Prose with its marks, in paragraphs.
    #[must_use]
    pub fn all(story: &Story, words: &str) -> Vec<Self> {
        prose(story, words)
    }
}

/// Prose with its marks, in paragraphs.
pub(super) fn prose(story: &Story, words: &str) -> Vec<ParagraphValue> {
    let run = |run: &text::Run<'_>| RunValue {
        text: run.text.to_owned(),
        emphasis: run.style.emphasis,
        struck: run.style.struck,
    };
    let sentence = |sentence: &text::Sentence<'_>| SentenceValue {
        runs: sentence.runs.iter().map(run).collect(),
        cites: sentence.cites.iter().map(|id| (*id).to_owned()).collect(),
        mark: mark_of(story, sentence).word(),
    };
    let paragraph = |paragraph: &text::Paragraph<'_>| ParagraphValue {
        note: paragraph.kind == ParagraphKind::Note,
        sentences: paragraph.sentences.iter().map(sentence).collect(),
    };
    text::paragraphs(words).iter().map(paragraph).collect()
}
