//! The decision to be made now, in words. It is worded once, when the session reaches it.

use std::borrow::Cow;

use crate::story::{Choice, Form, Manner, MannerId, MessageId, SceneId, SceneKind, Template};
use crate::text::{counted, says};

use super::options::{FormOptions, offered, shown, standing_open};
use super::pick::{Pick, Refusal};
use super::pick_text::pick_words;
use super::render::ProseReader;
use super::text_buf::{TextBuf, TextRef};

/// Most bytes of words made for what is offered; beyond that “…” stands for them.
const LONGEST: usize = 1_000_000;

/// The decision to be made now, as it is offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask<'s> {
    pub scene: SceneId,
    offers: Vec<StoredOffer<'s>>,
    standing: Option<StoredOffer<'s>>,
    /// What is asked once a message has been chosen.
    pub facets: Vec<Facet<'s>>,
    /// The sheet being marked: its name, each line's text and whether it is struck, marks left.
    pub sheet: Option<SheetView<'s>>,
    rendered: TextBuf,
}

/// A sheet as the seat that marks it sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetView<'s> {
    pub name: &'s str,
    pub lines: Vec<(&'s str, bool)>,
    pub marks_left: usize,
}

/// Something that can be chosen, or is only shown.
#[derive(Debug, Clone, Copy)]
pub struct Offer<'a> {
    pub take: OfferAction,
    pub open: bool,
    entry: &'a StoredOffer<'a>,
    rendered: &'a TextBuf,
}

/// How an offer is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct StoredOffer<'s> {
    words: TextRef<'s>,
    /// If it is open, what it would carry; if not, why.
    aside: TextRef<'s>,
    what: What,
    open: bool,
}

/// What choosing an offer does. Nearly every offer is a plain choice, which is kept in a form of its own because
/// copying a whole [`OfferAction`] is slower; see `cargo bench`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Choice(u16),
    Else(OfferAction),
}

impl<'a> Offer<'a> {
    #[inline]
    #[must_use]
    pub fn words(self) -> &'a str {
        self.rendered.read(self.entry.words)
    }

    /// What it would carry: the message as it is meant, or as it would be heard. May be empty.
    #[must_use]
    pub fn note(self) -> &'a str {
        if self.open { self.rendered.read(self.entry.aside) } else { "" }
    }

    /// What stands beside its words where it is offered: what it would carry, unless the words already say it, as
    /// “Say that it rains” says “that it rains”.
    #[must_use]
    pub fn beside(self) -> &'a str {
        let note = self.note();
        if says(self.words(), note) { "" } else { note }
    }

    /// Why it is locked.
    #[must_use]
    pub fn why(self) -> Option<&'a str> {
        (!self.open).then(|| self.rendered.read(self.entry.aside))
    }
}

/// What choosing it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfferAction {
    Pick(Pick),
    /// The facets are asked next.
    Compose(MessageId),
}

/// Which facet of a pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FacetKind {
    Carrier,
    Licence,
}

/// A further question of a pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet<'s> {
    pub kind: FacetKind,
    pub question: &'static str,
    pub options: Vec<FacetOption<'s>>,
}

/// One answer to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetOption<'s> {
    pub id: MannerId,
    pub words: &'s str,
    pub note: String,
}

impl Ask<'_> {
    /// What can be chosen and what is shown besides; numbered from 1 in this order by every face.
    #[inline]
    pub fn offers(&self) -> impl ExactSizeIterator<Item = Offer<'_>> + Clone {
        self.offers.iter().map(|entry| entry.offer(&self.rendered))
    }

    /// The choice that is always there.
    #[must_use]
    pub fn standing(&self) -> Option<Offer<'_>> {
        self.standing.as_ref().map(|entry| entry.offer(&self.rendered))
    }

    /// What is shown and not open, each with its reason.
    #[must_use]
    pub fn locked(&self) -> Vec<String> {
        let locked = self.offers().filter(|offer| !offer.open);
        locked
            .map(|offer| {
                let words = crate::text::plain(offer.words());
                let why = offer.why().map(crate::text::plain).unwrap_or_default();
                format!("“{}” {why}", words.trim_end_matches('.'))
            })
            .collect()
    }

    /// The pick for a message that has been put together; `answers` holds an index into each facet's options.
    #[must_use]
    pub fn composed(&self, message: MessageId, answers: &[usize]) -> Option<Pick> {
        let mut carrier = None;
        let mut licence = None;
        for (facet, answer) in self.facets.iter().zip(answers) {
            let id = Some(facet.options.get(*answer)?.id);
            match facet.kind {
                FacetKind::Carrier => carrier = id,
                FacetKind::Licence => licence = id,
            }
        }
        (answers.len() == self.facets.len()).then_some(Pick::Send { message, carrier, licence })
    }
}

impl<'s> StoredOffer<'s> {
    #[inline]
    fn offer<'a>(&'a self, rendered: &'a TextBuf) -> Offer<'a> {
        let take = match self.what {
            What::Choice(at) => OfferAction::Pick(Pick::Choice(at)),
            What::Else(take) => take,
        };
        Offer { take, open: self.open, entry: self, rendered }
    }

    #[inline]
    fn open(words: TextRef<'s>, what: What) -> Self {
        Self { words, aside: TextRef::Literal(""), what, open: true }
    }
}

impl<'s> Ask<'s> {
    /// Before the first decision.
    pub(super) fn nothing(scene: SceneId) -> Self {
        let (offers, facets, rendered) = (Vec::new(), Vec::new(), TextBuf::default());
        Self { scene, offers, standing: None, facets, sheet: None, rendered }
    }

    /// Replaces the last decision by the one to be made now.
    pub(super) fn put(&mut self, reader: ProseReader<'s, '_>) {
        let ProseReader { story, state, .. } = reader;
        self.scene = state.scene;
        self.offers.clear();
        self.rendered.clear();
        self.standing = None;
        self.facets.clear();
        self.sheet = None;
        let scene = story.scene(state.scene);
        let SceneKind::Decide(decision) = &scene.kind else { return };
        if let Some(form) = &decision.form {
            self.passing(reader, form);
        }
        for (at, choice) in (0..).zip(story.choices(decision)) {
            let Some(open) = shown(choice, state) else { continue };
            let words = self.words(reader, choice.say);
            let mut entry = StoredOffer::open(words, What::Choice(at));
            if !open && let Some(why) = choice.locked() {
                entry = StoredOffer { open, aside: self.words(reader, why), ..entry };
            }
            self.offers.push(entry);
        }
        match standing_open(story, state, scene) {
            Ok(_) => self.standing = Some(self.entry(reader, Pick::Standing)),
            // A locked one has no key, and is shown last.
            Err(Refusal::Locked) => {
                let standing = scene.seat.and_then(|seat| story.seats[seat.index()].standing.as_ref());
                if let Some(why) = standing.and_then(Choice::locked) {
                    let entry = self.entry(reader, Pick::Standing);
                    let aside = self.words(reader, why);
                    self.offers.push(StoredOffer { open: false, aside, ..entry });
                }
            }
            Err(_) => {}
        }
    }

    fn words(&mut self, reader: ProseReader<'s, '_>, template: Template) -> TextRef<'s> {
        if self.rendered.len() > LONGEST { TextRef::Literal("…") } else { self.rendered.words(reader, template) }
    }

    fn entry(&mut self, reader: ProseReader<'s, '_>, pick: Pick) -> StoredOffer<'s> {
        StoredOffer::open(self.rendered.keep(pick_words(reader, pick)), What::Else(OfferAction::Pick(pick)))
    }

    /// What the form of a decision offers before its plain choices.
    fn passing(&mut self, reader: ProseReader<'s, '_>, form: &'s Form) {
        let ProseReader { story, state, .. } = reader;
        match &offered(story, state, form) {
            FormOptions::Nothing => {}
            FormOptions::Pass { messages, carriers, licences } => {
                for &message in messages {
                    let what = &story.messages[message.index()];
                    let aside = self.words(reader, what.gist);
                    let words = what.say.as_ref().map_or(aside, |say| TextRef::Literal(say));
                    let compose = What::Else(OfferAction::Compose(message));
                    self.offers.push(StoredOffer { aside, ..StoredOffer::open(words, compose) });
                }
                let asked = [
                    (FacetKind::Carrier, "By what?", carriers, &story.carriers),
                    (FacetKind::Licence, "On what terms?", licences, &story.licences),
                ];
                let asked = asked.into_iter().filter(|(_, _, ids, _)| !ids.is_empty() && !messages.is_empty());
                self.facets.extend(asked.map(|(kind, question, ids, list)| {
                    let options = facet_options(ids, list);
                    Facet { kind, question, options }
                }));
            }
            FormOptions::Relay(treatments) => {
                for &id in treatments {
                    let reading = self.reading(reader, id);
                    let aside = match beside(&story.treatments[id.index()]) {
                        Cow::Borrowed("") => reading,
                        beside => {
                            let both = format!("{} · {beside}", self.rendered.read(reading));
                            self.rendered.keep(Cow::Owned(both))
                        }
                    };
                    let entry = self.entry(reader, Pick::Treat(id));
                    self.offers.push(StoredOffer { aside, ..entry });
                }
            }
            FormOptions::Receive(handlings) => {
                for &id in handlings {
                    let aside = self.rendered.keep(beside(&story.handlings[id.index()]));
                    let entry = self.entry(reader, Pick::Handle(id));
                    self.offers.push(StoredOffer { aside, ..entry });
                }
            }
            FormOptions::Mark(lines) => {
                for &(line, open) in lines {
                    let aside = TextRef::Literal(if open { "" } else { "No marks left." });
                    let entry = self.entry(reader, Pick::Line(line));
                    self.offers.push(StoredOffer { open, aside, ..entry });
                }
                let done = self.entry(reader, Pick::Done);
                self.offers.push(done);
                if let Form::Mark { sheet: id, most, .. } = form {
                    let it = &story.sheets[id.index()];
                    let lines = it.lines.iter().map(|line| (line.text.as_str(), state.value(line.var) != 0)).collect();
                    let marks_left = usize::try_from(most - state.value(it.marks)).unwrap_or(0);
                    self.sheet = Some(SheetView { name: &it.name, lines, marks_left });
                }
            }
        }
    }

    /// The message in transit as it would be heard after this treatment. Its carrier may read it, because its carrier
    /// says it.
    fn reading(&mut self, reader: ProseReader<'s, '_>, treatment: MannerId) -> TextRef<'s> {
        let ProseReader { story, state, .. } = reader;
        match state.reading_in_transit(story, treatment) {
            Some((message, heard)) => self.words(ProseReader { seat: message.to, ..reader }, heard.text),
            None => TextRef::Literal(""),
        }
    }
}

/// What is shown beside a manner: its note, and how long it takes.
fn beside(manner: &Manner) -> Cow<'_, str> {
    match (manner.note.as_str(), manner.minutes) {
        (note, ..=0) => Cow::Borrowed(note),
        ("", minutes) => Cow::Owned(counted(minutes, "minute")),
        (note, minutes) => Cow::Owned(format!("{note} · {}", counted(minutes, "minute"))),
    }
}

fn facet_options<'s>(ids: &[MannerId], list: &'s [Manner]) -> Vec<FacetOption<'s>> {
    let option = |&id: &MannerId| {
        let manner = &list[id.index()];
        FacetOption { id, words: &manner.name, note: beside(manner).into_owned() }
    };
    ids.iter().map(option).collect()
}
