//! What readings bring about: whether anybody ever reads it, and whether anything comes of them at all.

use std::collections::HashSet;

use crate::story::diagnostic::Code;
use crate::story::expr::{Condition, Effect, Weight};
use crate::story::model::{Choice, Form, Manner, Message, MessageId, Reading, SceneKind, SeatId, Story, VarId};
use crate::story::read::Entries;
use crate::story::template::{Piece, Template};

use super::Checker;
use super::gather::Gathered;
use super::lint::sent;

/// Where answers are shown: of which message (`None`: of the one under way), to which seat.
struct AnswersShown(HashSet<(Option<MessageId>, SeatId)>);

impl AnswersShown {
    fn of(story: &Story) -> Self {
        let mut shown = Self(HashSet::new());
        for id in story.scene_ids() {
            for (seat, text) in story.seat_ids().zip(story.texts(id)) {
                text.iter().for_each(|text| shown.add(story, seat, *text));
            }
            if let (Some(seat), SceneKind::Decide(decision)) = (story.scene(id).seat, &story.scene(id).kind) {
                story.choices(decision).iter().for_each(|choice| shown.add_choice(story, seat, choice));
            }
        }
        for (seat, own) in story.seat_ids().zip(&story.seats) {
            own.standing.iter().for_each(|choice| shown.add_choice(story, seat, choice));
        }
        shown
    }

    fn add_choice(&mut self, story: &Story, seat: SeatId, choice: &Choice) {
        let texts = [Some(choice.say), choice.reply(), choice.locked()];
        texts.into_iter().flatten().for_each(|text| self.add(story, seat, text));
    }

    fn add(&mut self, story: &Story, seat: SeatId, text: Template) {
        story.words(text).each(&mut |piece| {
            if let Piece::Answer(message) = piece {
                self.0.insert((message, seat));
            }
        });
    }

    fn has(&self, message: MessageId, seat: SeatId) -> bool {
        [None, Some(message)].iter().any(|of| self.0.contains(&(*of, seat)))
    }
}

/// The questions that a story asks: of which variable, whether it has which value.
#[derive(Default)]
struct AskedValues(HashSet<(VarId, i16)>);

impl AskedValues {
    /// Those that decide something or that words ask. What an effect asks counts where something reads what it changes.
    fn of(story: &Story, read: &[bool]) -> Self {
        let mut asked = Self::default();
        story.prose.conditions().for_each(|when| asked.add(when));
        let standing = story.seats.iter().filter_map(|seat| seat.standing.as_ref());
        for choice in story.choices.all().iter().chain(standing) {
            asked.weighed(&choice.when, choice.lean());
        }
        for Manner { when, lean, .. } in
            [&story.carriers, &story.licences, &story.treatments, &story.handlings].into_iter().flatten()
        {
            asked.weighed(when, lean);
        }
        for message in &story.messages {
            asked.weighed(&message.when, &message.lean);
            for Reading { when, lean, .. } in message.heard.iter().flatten() {
                asked.weighed(when, lean.as_ref().unwrap_or(&Weight::EVEN));
            }
        }
        for scene in &story.scenes {
            if let SceneKind::Route { ways, .. } = &scene.kind {
                ways.iter().for_each(|way| asked.weighed(&way.when, &way.odds));
            }
        }
        let effects = story.effects.all().iter().filter(|effect| read[effect.var.index()]);
        effects.for_each(|effect| asked.add(effect.when()));
        asked
    }

    fn weighed(&mut self, when: &Condition, weight: &Weight) {
        self.add(when);
        if let Weight::Cases(all) = weight {
            all.cases.iter().for_each(|(when, _)| self.add(when));
        }
    }

    fn add(&mut self, when: &Condition) {
        match when {
            Condition::Is(var, value) => {
                self.0.insert((*var, *value));
            }
            Condition::Not(inner) => self.add(inner),
            Condition::And(both) | Condition::Or(both) => {
                self.add(&both.0);
                self.add(&both.1);
            }
            Condition::Always | Condition::Against(..) | Condition::Compare(_) => {}
        }
    }
}

/// What a story tells of readings.
struct Tells<'a> {
    story: &'a Story,
    shown: AnswersShown,
    asked: AskedValues,
    /// By variable, whether something reads it.
    read: &'a [bool],
}

impl Tells<'_> {
    /// Whether this reading is asked about, or does something that is.
    fn asks(&self, message: &Message, at: usize, reading: &Reading) -> bool {
        let value = i16::try_from(at + 1).unwrap_or(i16::MAX);
        let treatment = self.story.in_transit.map(|in_transit| in_transit.treatment);
        let mut heard = [Some(message.heard_var), treatment].into_iter().flatten();
        let read = |effect: &Effect| self.read[effect.var.index()];
        heard.any(|var| self.asked.0.contains(&(var, value))) || self.story.effects[reading.does].iter().any(read)
    }

    /// Whether it has an answer that is shown.
    fn answers(&self, id: MessageId, reading: &Reading) -> bool {
        self.story.seat_ids().any(|seat| reading.answer(seat).is_some() && self.shown.has(id, seat))
    }

    /// The readings of which nothing comes, of those that some relay can bring about, by index.
    fn unanswered(&self, id: MessageId, offered: &[bool]) -> Vec<usize> {
        let message = &self.story.messages[id.index()];
        let readings = message.heard.iter().enumerate();
        let readings: Vec<(usize, &Reading)> = readings
            .filter(|(at, _)| offered.get(*at) == Some(&true))
            .filter_map(|(at, reading)| Some((at, reading.as_ref()?)))
            .collect();
        let unasked: Vec<_> = readings.into_iter().filter(|(at, own)| !self.asks(message, *at, own)).collect();
        // Where all others are asked about, this one is what is left.
        if unasked.len() < 2 {
            return Vec::new();
        }
        unasked.into_iter().filter(|(_, reading)| !self.answers(id, reading)).map(|(at, _)| at).collect()
    }
}

/// By treatment, whether some relay offers it.
fn offered(story: &Story) -> Vec<bool> {
    let mut offered = vec![false; story.treatments.len()];
    for scene in &story.scenes {
        if let SceneKind::Decide(decision) = &scene.kind
            && let Some(Form::Relay { treatments, .. }) = decision.form.as_deref()
        {
            treatments.iter().for_each(|treatment| offered[treatment.index()] = true);
        }
    }
    offered
}

impl<'s> Checker<'s> {
    /// Readings of which nothing comes that anybody could read: a message is told of once, with all of them.
    pub(super) fn unanswered(&mut self, g: &Gathered<'s>, story: &Story) {
        let (offered, sent) = (offered(story), sent(story));
        let read = std::mem::take(&mut self.names.read);
        let tells = Tells { story, shown: AnswersShown::of(story), asked: AskedValues::of(story, &read), read: &read };
        // Of a message that nobody can send only that is told.
        for (at, (id, _)) in g.messages.iter().enumerate().filter(|(at, _)| sent[*at]) {
            let unanswered = tells.unanswered(MessageId::new(at), &offered);
            let Some(first) = unanswered.first() else { continue };
            let named: Vec<String> =
                unanswered.iter().map(|reading| format!("`{}`", story.treatments[*reading].id)).collect();
            let message = format!("nothing comes of `{id}` heard as {}", named.join(", "));
            let (to, first) = (&story.seats[story.messages[at].to.index()].id, &story.treatments[*first].id);
            self.report(Code::Unanswered, id, message).help = Some(format!(
                "say in the reading what it brings about, `answers: {{ \"{to}\": \"…\" }}`, and write `{{answer}}` where \
                 `{to}` reads it; or ask about it: `heard({id}) is {first}`"
            ));
        }
        self.names.read = read;
    }

    /// Answers that nothing shows to the seat they are written for: each message and seat is told of once.
    pub(super) fn unread_answers(&mut self, g: &Gathered<'s>, story: &Story) {
        let shown = AnswersShown::of(story);
        for (at, (id, message)) in g.messages.iter().enumerate() {
            let readings = message.heard.iter().flat_map(|Entries(readings)| readings);
            let answers = readings.filter_map(|(_, reading)| reading.answers.as_ref());
            let mut told = Vec::new();
            for (role, _) in answers.flat_map(|Entries(answers)| answers) {
                let seat = self.lists.seats.get(role).copied();
                let unread = seat.is_some_and(|seat| !shown.has(MessageId::new(at), seat));
                if unread && !told.contains(role) {
                    told.push(*role);
                    let message = format!("nothing that `{role}` reads shows the answers of `{id}`");
                    self.report(Code::UnusedAnswer, role, message).help = Some(format!(
                        "write `{{answer}}` where `{role}` reads what comes of it, or `{{answer({id})}}` later on; or \
                         delete them"
                    ));
                }
            }
        }
    }
}
