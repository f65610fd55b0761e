//! Choices: what they say, where they lead, what they send.

use std::collections::HashMap;

use crate::story::ast;
use crate::story::diagnostic::Code;
use crate::story::expr::Weight;
use crate::story::model::{Choice, ChoiceExtras, SeatId, Var};
use crate::story::read::Text;
use crate::story::template::Template;

use super::Checker;

impl<'s> Checker<'s> {
    /// Saves and walks know a choice by its id.
    pub(super) fn same_ids(&mut self, choices: &[ast::Choice<'s>]) {
        let mut first: HashMap<&str, &'s str> = HashMap::new();
        for id in choices.iter().filter_map(|choice| choice.id) {
            if let Some(first) = first.insert(id.0, id.0) {
                let place = self.place_of(first);
                let diagnostic = self.report(Code::Twice, id.0, format!("two choices have the id `{}`", id.0));
                diagnostic.help = Some("give each an `id` of its own, by which a save and a walk know it".to_owned());
                diagnostic.also.extend(place.map(|place| (place, "first here".to_owned())));
            }
        }
    }

    pub(super) fn bounded_choices(&mut self, id: &'s str, count: usize) {
        if count > 60 {
            self.report(Code::TooMany, id, format!("a scene may have 60 choices; `{id}` has {count}"));
        }
    }

    pub(super) fn choice(
        &mut self,
        choice: &ast::Choice<'s>,
        seat: Option<SeatId>,
        readers: &[SeatId],
        vars: &[Var],
        standing: bool,
    ) -> Choice {
        let say = match &choice.say {
            Some(say) => self.prose(say, readers, vars),
            None => {
                self.missing(choice.at, "a choice", "say");
                Template::default()
            }
        };
        self.fingerprint.feed_id(choice.id);
        self.fingerprint.feed_id(choice.go);
        self.fingerprint.feed_id(choice.send.as_deref().copied());
        self.fingerprint.feed_texts(choice.r#does.as_ref());
        self.fingerprint.feed_text(choice.when.as_ref());
        self.fingerprint.feed(if choice.keep == Some(true) { "keep" } else { "once" });
        if standing {
            self.standing(choice);
        }
        if let Some(id) = choice.id {
            let good = id.0.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-') && !id.0.is_empty();
            if !good {
                self.report(Code::BadName, id.0, "this cannot be a name").help =
                    Some("write letters, digits, `_` and `-` only".to_owned());
            }
        }
        let words = |this: &mut Self, text: Option<&Text<'s>>| text.map(|text| this.prose(text, readers, vars));
        let reply = words(self, choice.reply.as_deref());
        let locked = words(self, choice.locked.as_deref());
        if choice.locked.is_some() && choice.when.is_none() {
            let at = choice.locked.as_ref().map_or("", |text| text.at);
            self.report(Code::MissingField, at, "`locked` says why, and no `when` locks it").help =
                Some("add `when: \"…\"`".to_owned());
        }
        let send = choice.send.as_deref().and_then(|id| self.message_of(*id)).map(|message| {
            let by = choice.by.as_deref().map(|id| vec![*id]);
            let licence = choice.licence.as_deref().map(|id| vec![*id]);
            let by = self.manner_list(by.as_ref(), "carrier", |l| &l.carriers);
            let licence = self.manner_list(licence.as_ref(), "licence", |l| &l.licences);
            (message, by.first().copied(), licence.first().copied())
        });
        let how = choice.by.as_deref().map(|by| (by.0, "by")).or(choice.licence.as_deref().map(|by| (by.0, "licence")));
        if let (Some((at, field)), None) = (how, &choice.send) {
            self.report(Code::MissingField, at, format!("`{field}` says how a message is sent, and none is")).help =
                Some(format!("add `send: \"message\"`, or delete `{field}`"));
        }
        let go = choice.go.map(|go| self.scene_of(go));
        let does = self.effects(choice.r#does.as_ref(), seat);
        let when = self.condition(choice.when.as_ref(), seat);
        let once = self.once(if standing { Some(true) } else { choice.keep });
        let lean = self.weight(choice.lean.as_deref(), choice.at);
        let id = choice.id.map(|id| id.0.into());
        let more = ChoiceExtras { id, locked, lean, reply, send };
        let bare = matches!(more, ChoiceExtras { id: None, locked: None, lean: Weight::EVEN, reply: None, send: None });
        Choice { say, go, does, when, once, more: (!bare).then(|| Box::new(more)) }
    }

    /// What a standing choice must have, and what means nothing for it.
    fn standing(&mut self, choice: &ast::Choice<'s>) {
        if choice.go.is_none() {
            self.missing(choice.at, "a standing choice", "go");
        }
        for (given, field, why) in [
            (choice.id.is_some(), "id", "saves and walks call it `standing`"),
            (choice.keep.is_some(), "keep", "it can be taken again and again"),
            (choice.lean.is_some(), "lean", "the story never takes it by itself"),
        ] {
            if given {
                self.report(Code::UnknownField, choice.at, format!("a standing choice has no field `{field}`")).help =
                    Some(format!("leave it out: {why}"));
            }
        }
    }
}
