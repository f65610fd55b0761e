use crate::story::diagnostic::Code;
use crate::story::model::{Message, Reading, SeatId, Var, VarId};
use crate::story::read::{Entries, Id, Text};
use crate::story::store::Span;
use crate::story::template::Template;

use super::Checker;
use super::gather::Gathered;

impl<'s> Checker<'s> {
    pub(super) fn messages(&mut self, g: &Gathered<'s>, heard: &[VarId], vars: &[Var]) -> Vec<Message> {
        g.messages
            .iter()
            .zip(heard)
            .map(|((id, message), &heard_var)| {
                self.fingerprint.feed(id);
                self.fingerprint.feed_id(message.from);
                self.fingerprint.feed_id(message.to);
                self.fingerprint.feed(if message.keep == Some(true) { "keep" } else { "once" });
                let (Some(from), Some(to)) = (message.from, message.to) else {
                    let field = if message.from.is_none() { "from" } else { "to" };
                    self.missing(message.at, "a message", field);
                    return self.empty_message(id, heard_var);
                };
                let (Some(from), Some(to)) = (self.seat_of(from), self.seat_of(to)) else {
                    return self.empty_message(id, heard_var);
                };
                let gist = match &message.gist {
                    Some(gist) => self.prose_of_message(gist, &[from], vars),
                    None => {
                        self.missing(message.at, "a message", "gist");
                        Template::default()
                    }
                };
                self.fingerprint.feed_text(message.when.as_ref());
                self.fingerprint.feed_texts(message.r#does.as_ref());
                let say = message.say.as_ref().map(|say| self.spoken(say));
                Message {
                    id: (*id).to_owned(),
                    from,
                    to,
                    addressee: message.addressee.as_ref().map(|text| self.plain(Some(text))),
                    say,
                    gist,
                    when: self.condition(message.when.as_ref(), Some(from)),
                    lean: self.weight(message.lean.as_ref(), id),
                    once: self.once(message.keep),
                    does: self.effects(message.r#does.as_ref(), Some(from)),
                    heard: self.readings(g, id, message, to, vars),
                    heard_var,
                }
            })
            .collect()
    }

    fn empty_message(&mut self, id: &str, heard_var: VarId) -> Message {
        Message {
            id: id.to_owned(),
            from: SeatId::new(0),
            to: SeatId::new(0),
            addressee: None,
            say: None,
            gist: Template::default(),
            when: crate::story::expr::Condition::Always,
            lean: crate::story::expr::Weight::Constant(1),
            once: None,
            does: Span::default(),
            heard: Vec::new(),
            heard_var,
        }
    }

    fn readings(
        &mut self,
        g: &Gathered<'s>,
        id: &'s str,
        message: &crate::story::ast::Message<'s>,
        to: SeatId,
        vars: &[Var],
    ) -> Vec<Option<Reading>> {
        // A story without treatments has one reading, “plain”.
        let count = g.treatments.len().max(1);
        let mut out: Vec<Option<Reading>> = (0..count).map(|_| None).collect();
        let none = Vec::new();
        let readings = message.heard.as_ref().map_or(&none, |Entries(readings)| readings);
        if readings.is_empty() {
            self.report(Code::NoReading, id, format!("`{id}` has no reading: nothing can be heard of it")).help = Some(
                "add `heard: { \"plain\": (text: \"…\") }`, one reading for each treatment it can meet".to_owned(),
            );
        }
        for (treatment, reading) in readings {
            let at = if g.treatments.is_empty() && *treatment == "plain" {
                Some(0)
            } else {
                self.lists.treatments.get(treatment).map(|id| id.index())
            };
            let Some(at) = at else {
                let near = self.near(treatment, &self.lists.treatments);
                self.unknown(Code::UnknownManner, treatment, "treatment", near);
                continue;
            };
            self.fingerprint.feed(treatment);
            self.fingerprint.feed_texts(reading.r#does.as_ref());
            self.fingerprint.feed_text(reading.when.as_ref());
            let text = match &reading.text {
                Some(text) => self.prose_of_message(text, &[to], vars),
                None => {
                    self.missing(reading.at, "a reading", "text");
                    Template::default()
                }
            };
            let lean = reading.lean.as_ref().map(|lean| self.weight(Some(lean), treatment));
            out[at] = Some(Reading {
                say: reading.say.as_ref().map(|say| self.spoken(say)),
                text,
                answers: self.answers(g, reading.answers.as_ref(), vars),
                when: self.condition(reading.when.as_ref(), None),
                lean,
                does: self.effects(reading.r#does.as_ref(), None),
            });
        }
        out
    }

    /// What a reading brings about, by seat; nothing at all where it has no answers.
    fn answers(
        &mut self,
        g: &Gathered<'s>,
        answers: Option<&Entries<'s, Text<'s>>>,
        vars: &[Var],
    ) -> Box<[Option<Template>]> {
        let Some(Entries(answers)) = answers.filter(|Entries(answers)| !answers.is_empty()) else {
            return Box::default();
        };
        let mut out = vec![None; g.roles.len().clamp(1, 16)];
        for (id, text) in answers {
            let Some(seat) = self.seat_of(Id(id)) else { continue };
            out[seat.index()] = Some(self.prose_of_message(text, &[seat], vars));
        }
        out.into()
    }
}
