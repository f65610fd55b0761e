//! What readings bring about, and whether anybody ever reads it.

use std::collections::HashSet;

use crate::story::diagnostic::Code;
use crate::story::model::{Choice, Kind, MessageId, SeatId, Story};
use crate::story::read::Entries;
use crate::story::template::{Piece, Template};

use super::Checker;
use super::gather::Gathered;

/// Where answers are shown: of which message (`None`: of the one under way), to which seat.
struct Shown(HashSet<(Option<MessageId>, SeatId)>);

impl Shown {
    fn of(story: &Story) -> Self {
        let mut shown = Self(HashSet::new());
        for id in story.scene_ids() {
            for (seat, text) in story.seat_ids().zip(story.texts(id)) {
                text.iter().for_each(|text| shown.add(story, seat, *text));
            }
            if let (Some(seat), Kind::Decide(decision)) = (story.scene(id).seat, &story.scene(id).kind) {
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

impl<'s> Checker<'s> {
    /// Answers that nothing shows to the seat they are written for: each message and seat is told of once.
    pub(super) fn unread_answers(&mut self, g: &Gathered<'s>, story: &Story) {
        let shown = Shown::of(story);
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
