use std::borrow::Cow;

use crate::engine::{Offered, Pick, Reader, Session, offered, pick_words, render, said, shown, standing};
use crate::story::{Form, Kind, Manner, MannerId, MessageId, SceneId, SeatId};

/// A decision as it is put to whoever makes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask<'s> {
    pub scene: SceneId,
    /// Numbered from 1 in this order by every face.
    pub offers: Vec<Offer<'s>>,
    /// What is asked further once a message has been chosen.
    pub facets: Vec<Facet<'s>>,
    /// The choice that is always there.
    pub standing: Option<Offer<'s>>,
    /// The sheet being marked: its name, each line's text and whether it is struck, marks left.
    pub sheet: Option<SheetView<'s>>,
}

/// A sheet as its marker sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetView<'s> {
    pub name: &'s str,
    pub lines: Vec<(&'s str, bool)>,
    pub marks_left: usize,
}

/// Something that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer<'s> {
    pub words: Cow<'s, str>,
    /// What it would carry: the sentence as it is meant, or as it would be heard. May be empty.
    pub note: Cow<'s, str>,
    pub open: bool,
    /// Why it is locked.
    pub why: Option<String>,
    pub take: Take,
}

/// What choosing it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Take {
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
    /// What is shown and not open, each with its reason.
    #[must_use]
    pub fn locked(&self) -> Vec<String> {
        let locked = self.offers.iter().filter(|offer| !offer.open);
        locked
            .map(|offer| {
                let words = crate::text::plain(&offer.words);
                let why = offer.why.as_deref().map(crate::text::plain).unwrap_or_default();
                format!("“{}” {why}", words.trim_end_matches('.'))
            })
            .collect()
    }

    /// The pick that a composed message makes; `answers` holds an index into each facet's options.
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

/// What is put to `seat`, which decides.
pub(super) fn ask<'s>(session: &Session<'s>, seat: SeatId) -> Option<Ask<'s>> {
    let story = session.story();
    let state = session.state();
    let Kind::Decide(decision) = &story.scene(state.scene).kind else { return None };
    let reader = Reader { seat, scene: state.scene, seed: session.seed() };
    let offer = |pick: Pick| Offer {
        words: pick_words(story, state, session.seed(), seat, pick),
        note: Cow::Borrowed(""),
        open: true,
        why: None,
        take: Take::Pick(pick),
    };
    let offered = offered(story, state, decision);
    let mut offers = Vec::with_capacity(offered.count() + decision.choices.len());
    let mut facets = Vec::new();
    let mut sheet = None;
    match &offered {
        Offered::Nothing => {}
        Offered::Pass { messages, carriers, licences } => {
            offers.extend(messages.iter().map(|&message| {
                let what = &story.messages[message.index()];
                let note = said(story, state, &what.gist, reader);
                Offer { words: what.say.as_str().into(), note, open: true, why: None, take: Take::Compose(message) }
            }));
            let asked = [
                (FacetKind::Carrier, "By what?", carriers, &story.carriers),
                (FacetKind::Licence, "On what terms?", licences, &story.licences),
            ];
            let asked = asked.into_iter().filter(|(_, _, ids, _)| !ids.is_empty() && !messages.is_empty());
            facets.extend(asked.map(|(kind, question, ids, list)| {
                let options = facet_options(ids, list);
                Facet { kind, question, options }
            }));
        }
        Offered::Relay(treatments) => {
            let heard = |id: MannerId| reading_words(session, id).into();
            offers.extend(treatments.iter().map(|&id| Offer { note: heard(id), ..offer(Pick::Treat(id)) }));
        }
        Offered::Receive(handlings) => {
            let note = |id: MannerId| story.handlings[id.index()].note.as_str().into();
            offers.extend(handlings.iter().map(|&id| Offer { note: note(id), ..offer(Pick::Handle(id)) }));
        }
        Offered::Mark(lines) => {
            offers.extend(lines.iter().map(|&(line, open)| {
                let why = (!open).then(|| "No more marks on this leg.".to_owned());
                Offer { open, why, ..offer(Pick::Line(line)) }
            }));
            offers.push(offer(Pick::Done));
            if let Form::Mark { sheet: id, most, .. } = decision.form {
                let it = &story.sheets[id.index()];
                let lines = it.lines.iter().map(|line| (line.text.as_str(), state.value(line.var) != 0)).collect();
                let marks_left = usize::try_from(most - state.value(it.marks)).unwrap_or(0);
                sheet = Some(SheetView { name: &it.name, lines, marks_left });
            }
        }
    }
    for (choice, at) in decision.choices.iter().zip(0..) {
        let Some(open) = shown(choice, state) else { continue };
        // Nearly every choice is open, in the story's own words; what is more to it is put in afterwards.
        let words = Cow::Borrowed(choice.say.as_literal().unwrap_or_default());
        offers.push(Offer { words, note: "".into(), open, why: None, take: Take::Pick(Pick::Choice(at)) });
        let Some(offer) = offers.last_mut() else { continue };
        if choice.say.as_literal().is_none() {
            offer.words = said(story, state, &choice.say, reader);
        }
        if let (false, Some(locked)) = (open, &choice.locked) {
            offer.why = Some(said(story, state, locked, reader).into_owned());
        }
    }
    let standing = standing(story, state).then(|| offer(Pick::Standing));
    Some(Ask { scene: state.scene, offers, facets, standing, sheet })
}

fn facet_options<'s>(ids: &[MannerId], list: &'s [Manner]) -> Vec<FacetOption<'s>> {
    let option = |&id: &MannerId| {
        let manner = &list[id.index()];
        let minutes = if manner.minutes > 0 { format!("{} minutes", manner.minutes) } else { String::new() };
        let parts: Vec<&str> =
            [manner.note.as_str(), minutes.as_str()].into_iter().filter(|part| !part.is_empty()).collect();
        FacetOption { id, words: &manner.name, note: parts.join(" · ") }
    };
    ids.iter().map(option).collect()
}

/// The message under way as it would be heard after this treatment: its carrier speaks it, so its carrier knows.
fn reading_words(session: &Session<'_>, treatment: MannerId) -> String {
    let (story, state) = (session.story(), session.state());
    let message = story.parcel.and_then(|parcel| usize::try_from(state.value(parcel.message)).ok()?.checked_sub(1));
    let mut out = String::new();
    if let Some(message) = message.map(|at| &story.messages[at])
        && let Some(Some(reading)) = message.heard.get(treatment.index())
    {
        let reader = Reader { seat: message.to, scene: state.scene, seed: session.seed() };
        render(story, state, &reading.text, reader, &mut out);
    }
    out
}
