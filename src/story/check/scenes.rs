use std::collections::HashSet;

use crate::story::ast;
use crate::story::diagnostic::Code;
use crate::story::model::{
    Decision, Ending, EndingId, Expected, Form, MannerId, MessageId, Scene, SceneId, SceneKind, SeatId, Setting,
    SheetId, Var,
};
use crate::story::read::{Entries, Id};

use super::declare::MOST_ENDINGS;
use super::gather::Gathered;
use super::{Checker, DeclaredIds};

/// A message may be sent in so many ways in one scene: messages times carriers times licences.
const MOST_WAYS: usize = 1_000;

impl<'s> Checker<'s> {
    pub(super) fn scenes(
        &mut self,
        g: &Gathered<'s>,
        written: Vec<(&'s str, ast::Scene<'s>)>,
        vars: &[Var],
        endings: &mut Vec<Ending>,
    ) -> Vec<Scene> {
        let everyone: Vec<SeatId> = (0..g.roles.len().clamp(1, 16)).map(SeatId::new).collect();
        let declared_endings = !g.endings.is_empty();
        let mut out = Vec::with_capacity(written.len());
        // Room is made for an eighth of them at a time, while what is written of those before them is let go.
        let stretch = written.len().div_ceil(8).max(1);
        let mut written = written.into_iter();
        loop {
            if out.len() % stretch == 0 {
                let rest = written.as_slice();
                self.parts.reserve(&rest[..stretch.min(rest.len())], everyone.len());
            }
            let Some((id, scene)) = written.next() else { break };
            let scene = &scene;
            let errors = self.errors;
            self.fingerprint.feed(id);
            self.fingerprint.feed_id(scene.seat);
            self.fingerprint.feed_texts(scene.r#does.as_ref());
            self.fingerprint.feed(if scene.standing == Some(false) { "alone" } else { "" });
            let seat = match scene.seat {
                Some(seat) => self.seat_of(seat),
                None if g.roles.is_empty() => Some(SeatId::new(0)),
                None => None,
            };
            self.texts(scene, seat, &everyone, vars);
            // It is read when the session is over, and nothing is secret any more.
            let debrief = scene.debrief.as_ref().map(|text| self.prose(text, &[], vars));
            if std::mem::take(&mut self.foreign) {
                self.partial.insert(id.as_ptr());
            }
            let does = self.effects(scene.r#does.as_ref(), seat);
            self.expect(Expected::Scene(SceneId::new(out.len())), scene.expect.as_ref());
            let kind = self.kind(g, id, scene, seat, vars, (endings, declared_endings));
            let for_others = scene.others.as_ref().is_some_and(|Entries(others)| !others.is_empty());
            // What does not say how it goes on is told to be that.
            let ends = scene.end.is_some();
            match kind {
                // What others read is no help to whoever decides.
                SceneKind::Decide(_) if scene.text.is_none() => self.missing(id, "a scene with a decision", "text"),
                SceneKind::End(_) if ends && scene.text.is_none() && !for_others => {
                    self.missing(id, "an ending", "text")
                }
                _ => {}
            }
            let part = scene.part.as_ref().map(|text| self.plain(Some(text)).into());
            let place = scene.place.as_ref().map(|text| self.plain(Some(text)).into());
            if self.errors > errors || self.partial.contains(&id.as_ptr()) {
                self.doubtful.insert(SceneId::new(out.len()));
            }
            out.push(Scene {
                id: id.into(),
                seat,
                setting: (part.is_some() || place.is_some() || debrief.is_some())
                    .then(|| Box::new(Setting { part, place, debrief })),
                does,
                kind,
                standing: scene.standing != Some(false),
            });
        }
        out
    }

    /// What the seats perceive of a scene.
    fn texts(&mut self, scene: &ast::Scene<'s>, seat: Option<SeatId>, everyone: &[SeatId], vars: &[Var]) {
        let own = self.parts.texts.len();
        self.parts.texts.resize(own + everyone.len(), None);
        let none = Vec::new();
        let others = scene.others.as_ref().map_or(&none, |Entries(others)| others);
        if let Some(text) = &scene.text {
            // Who reads a scene of a seat that does not exist is not known.
            let everyone = if scene.seat.is_some() { &[] } else { everyone };
            let readers = seat.as_ref().map_or(everyone, std::slice::from_ref);
            let template = self.prose(text, readers, vars);
            readers.iter().for_each(|reader| self.parts.texts[own + reader.index()] = Some(template));
        }
        for (id, text) in others {
            let Some(other) = self.seat_of(Id(id)) else { continue };
            if Some(other) == seat {
                let message = format!("`{id}` decides here; its words are the scene's `text`");
                self.report(Code::Twice, id, message).help =
                    Some("delete it here, or move its words into `text`".to_owned());
                continue;
            }
            let template = self.prose(text, &[other], vars);
            self.parts.texts[own + other.index()] = Some(template);
        }
    }

    fn kind(
        &mut self,
        g: &Gathered<'s>,
        id: &'s str,
        scene: &ast::Scene<'s>,
        seat: Option<SeatId>,
        vars: &[Var],
        (endings, declared): (&mut Vec<Ending>, bool),
    ) -> SceneKind {
        let decides = [
            ("choices", scene.choices.is_some()),
            ("pass", scene.pass.is_some()),
            ("relay", scene.relay.is_some()),
            ("receive", scene.receive.is_some()),
            ("mark", scene.mark.is_some()),
        ];
        let forms: Vec<&str> = decides.iter().filter(|(_, given)| *given).map(|(name, _)| *name).collect();
        let mut ways: Vec<&str> = Vec::new();
        if let Some(first) = forms.first() {
            ways.push(first);
        }
        ways.extend(scene.route.is_some().then_some("route"));
        ways.extend(scene.go.is_some().then_some("go"));
        ways.extend(scene.end.is_some().then_some("end"));
        if forms.iter().filter(|form| **form != "choices").count() > 1 {
            self.report(Code::TwoWaysOn, id, format!("`{id}` has {} at once", forms.join(" and "))).help =
                Some("one decision to a scene: put the second into a scene of its own".to_owned());
        }
        match ways.as_slice() {
            [] => {
                self.report(Code::NoWayOn, id, format!("`{id}` does not say what comes next")).help =
                    Some("add `choices: [ … ]`, `go: \"scene\"`, `route: [ … ]` or `end: \"Title\"`".to_owned());
                return SceneKind::End(EndingId::new(0));
            }
            [_] => {}
            [_, "go"] if self.takes_the_go(scene) => {}
            several => {
                let help = if scene.go.is_some() && !forms.is_empty() {
                    "where nothing is open, `otherwise: \"scene\"` says where to go; the choices have a `go` of their own"
                } else {
                    "keep one of them"
                };
                self.report(
                    Code::TwoWaysOn,
                    id,
                    format!("`{id}` goes on in {} ways at once: {}", several.len(), several.join(", ")),
                )
                .help = Some(help.to_owned());
            }
        }
        if let (Some(otherwise), true, 1) = (scene.otherwise, forms.is_empty(), ways.len()) {
            let message = format!("nobody decides in `{id}`, so `otherwise` never comes");
            self.report(Code::TwoWaysOn, otherwise.0, message).help = Some("delete it".to_owned());
        }
        if let Some(form) = forms.first() {
            self.fingerprint.feed(form);
            let Some(seat) = seat else {
                // Where no scene has a seat that is one fault.
                let told = self.no_seats && !self.lacking.insert("seat");
                if scene.seat.is_none() && !told {
                    let more = if self.no_seats { ", as no scene has a `seat`" } else { "" };
                    let help = match self.names.one_of("", self.lists.seats.keys().copied()) {
                        Some(roles) => format!("say whose decision it is, by its `seat`: {roles}"),
                        None => "say whose decision it is: `seat: \"role\"`".to_owned(),
                    };
                    self.report(Code::NeedsSeat, id, format!("nobody decides in `{id}`{more}")).help = Some(help);
                }
                return SceneKind::End(EndingId::new(0));
            };
            return SceneKind::Decide(self.decision(g, id, scene, seat, vars));
        }
        if let Some(silence) = scene.silence.as_ref().filter(|_| !self.partial.contains(&id.as_ptr())) {
            self.report(
                Code::NeedsSeat,
                silence.at,
                format!("nobody decides in `{id}`, so nobody can be silent there"),
            )
            .help = Some("delete `silence`, or give the scene `choices`".to_owned());
        }
        if let Some(end) = scene.end {
            self.fingerprint.feed(end.0);
            return SceneKind::End(self.ending(end, endings, declared));
        }
        if let Some(route) = &scene.route {
            return self.route(id, route, seat, scene.go.is_some());
        }
        match scene.go {
            Some(go) => {
                self.fingerprint.feed(go.0);
                SceneKind::Flow(self.scene_of(go))
            }
            None => SceneKind::End(EndingId::new(0)),
        }
    }

    fn ending(&mut self, end: Id<'s>, endings: &mut Vec<Ending>, declared: bool) -> EndingId {
        self.nothing_said(end.0, end.0);
        if self.looks_at_style && !declared && end.0.contains('*') {
            self.report(
                Code::ForeignMarkup,
                end.0,
                "`*` would be read as it stands: an ending's title has no emphasis",
            )
            .help = Some("write the title without it".to_owned());
        }
        if let Some(&ending) = self.lists.endings.get(end.0) {
            return ending;
        }
        if declared {
            let near = self.near(end.0, &self.lists.endings);
            self.unknown(Code::UnknownEnding, end.0, "ending", near);
            return EndingId::new(0);
        }
        if let Some(at) = endings.iter().position(|ending| ending.id == end.0) {
            return EndingId::new(at);
        }
        // The first beyond them is reported, and those after it are taken for one of the others.
        match endings.len() {
            MOST_ENDINGS => self.bounded(MOST_ENDINGS + 1, MOST_ENDINGS, "endings", Some(end.0)),
            more if more > MOST_ENDINGS => return EndingId::new(0),
            _ => {}
        }
        let title = crate::text::clean(end.0).into_owned();
        endings.push(Ending {
            id: end.0.to_owned(),
            title: title.clone(),
            family: title,
            because: String::new(),
            note: String::new(),
        });
        EndingId::new(endings.len() - 1)
    }

    fn decision(
        &mut self,
        g: &Gathered<'s>,
        id: &'s str,
        scene: &ast::Scene<'s>,
        seat: SeatId,
        vars: &[Var],
    ) -> Decision {
        let form = if let Some(pass) = &scene.pass {
            Some(self.pass(id, (scene, pass), seat, g))
        } else if let Some(relay) = &scene.relay {
            let treatments = self.manner_list(relay.treatments.as_ref(), "treatment", |l| &l.treatments);
            self.needs_messages(g, id);
            if relay.treatments.as_ref().is_none_or(Vec::is_empty) {
                self.missing(relay.at, "a relay", "treatments");
            }
            Some(Form::Relay { treatments, go: self.needed_scene(scene, relay.go, relay.at, "a relay") })
        } else if let Some(receive) = &scene.receive {
            let handlings = self.manner_list(receive.handlings.as_ref(), "handling", |l| &l.handlings);
            self.needs_messages(g, id);
            if receive.handlings.as_ref().is_none_or(Vec::is_empty) {
                self.missing(receive.at, "a receipt", "handlings");
            }
            Some(Form::Receive { handlings, go: self.needed_scene(scene, receive.go, receive.at, "a receipt") })
        } else if let Some(mark) = &scene.mark {
            self.fingerprint.feed_id(mark.sheet);
            let sheet = match mark.sheet {
                Some(id) => match self.lists.sheets.get(id.0) {
                    Some(&sheet) => sheet,
                    None => {
                        let near = self.near(id.0, &self.lists.sheets);
                        self.unknown(Code::UnknownSheet, id.0, "sheet", near);
                        SheetId::new(0)
                    }
                },
                None => {
                    self.missing(mark.at, "a marking", "sheet");
                    SheetId::new(0)
                }
            };
            let most = mark.most.unwrap_or(12);
            if !(1..=12).contains(&most) {
                self.report(Code::OutOfRange, mark.at, "a marking allows 1 to 12 marks").help =
                    Some("write a number from 1 to 12, or leave `most` out: it is 12 then".to_owned());
            }
            let say = mark.say.as_ref().map_or_else(|| "Hand it on.".to_owned(), |say| self.plain(Some(say)));
            self.fingerprint.feed(&most.to_string());
            Some(Form::Mark {
                sheet,
                most: i16::try_from(most).unwrap_or(1),
                say: say.into(),
                go: self.needed_scene(scene, mark.go, mark.at, "a marking"),
            })
        } else {
            None
        };
        if let (None, Some([])) = (&form, scene.choices.as_deref()) {
            self.report(Code::NoWayOn, id, format!("`{id}` has an empty list of choices")).help =
                Some("put a choice into it, or write `go: \"scene\"` or `end: \"Title\"` instead".to_owned());
        }
        let written = scene.choices.as_deref().unwrap_or_default();
        let from = self.parts.choices.len();
        for choice in written {
            let choice = self.choice(choice, Some(seat), &[seat], vars, false);
            self.parts.choices.push(choice);
        }
        let choices = self.parts.choices.since(from);
        self.bounded_choices(id, choices.len());
        self.same_words(written);
        self.same_ids(written);
        let otherwise = scene.otherwise.map(|go| self.scene_of(go));
        self.fingerprint.feed_id(scene.otherwise);
        if let Some(back) = scene.otherwise.filter(|go| go.0 == id && scene.r#does.is_none()) {
            self.report(
                Code::EndlessFlow,
                back.0,
                format!("`otherwise` of `{id}` leads back to it, where nothing is open"),
            )
            .help = Some("name another scene, or leave it out where something is always open".to_owned());
        }
        let silence =
            scene.silence.as_ref().and_then(|silence| self.silence(silence, form.as_ref(), choices)).map(Box::new);
        Decision { form: form.map(Box::new), choices, otherwise, silence }
    }

    fn needs_messages(&mut self, g: &Gathered<'s>, id: &'s str) {
        if g.messages.is_empty() && !self.is_told_to_lack("messages", "") {
            self.report(Code::MissingField, id, "this scene passes a message, and the story declares none").help =
                Some("declare it under `messages`".to_owned());
        }
    }

    fn needed_scene(&mut self, scene: &ast::Scene<'s>, go: Option<Id<'s>>, at: &'s str, record: &str) -> SceneId {
        self.fingerprint.feed_id(go);
        match go.or(scene.go) {
            Some(go) => self.scene_of(go),
            None => {
                self.missing(at, record, "go");
                SceneId::new(0)
            }
        }
    }

    fn pass(
        &mut self,
        id: &'s str,
        (scene, pass): (&ast::Scene<'s>, &ast::Pass<'s>),
        seat: SeatId,
        g: &Gathered<'s>,
    ) -> Form {
        self.needs_messages(g, id);
        let mut messages = Vec::new();
        self.once_each(pass.messages.as_ref());
        for message in pass.messages.iter().flatten() {
            let Some(found) = self.message_of(*message) else { continue };
            self.fingerprint.feed(message.0);
            let from = g.messages[found.index()].1.from;
            let sender = from.and_then(|from| self.lists.seats.get(from.0).copied());
            if let (Some(from), true) = (from, sender.is_some_and(|sender| sender != seat)) {
                let here = self.lists.seats.iter().find(|(_, known)| **known == seat).map_or("", |(role, _)| *role);
                let message_id = message.0;
                let message = format!("`{message_id}` is from `{}`, and `{here}` decides here", from.0);
                self.report(Code::NeedsSeat, message_id, message).help = Some(format!(
                    "write `from: \"{here}\"` in the message, or pass it in a scene with `seat: \"{}\"`",
                    from.0
                ));
            }
            messages.push(found);
        }
        if pass.messages.as_ref().is_none_or(Vec::is_empty) {
            self.missing(pass.at, "a pass", "messages");
        }
        let carriers = self.manner_list(pass.by.as_ref(), "carrier", |l| &l.carriers);
        let licences = self.manner_list(pass.licences.as_ref(), "licence", |l| &l.licences);
        let ways = messages.len() * carriers.len().max(1) * licences.len().max(1);
        if ways > MOST_WAYS {
            let what = format!("a message may be sent in {MOST_WAYS} ways in one scene; in `{id}` there are {ways}");
            self.report(Code::TooMany, id, what).help =
                Some("each message can go by each carrier on each licence: share them out among scenes".to_owned());
        }
        Form::Pass {
            messages: messages.into(),
            carriers,
            licences,
            go: self.needed_scene(scene, pass.go, pass.at, "a pass"),
        }
    }

    /// What is offered is offered once.
    fn once_each(&mut self, ids: Option<&Vec<Id<'s>>>) {
        let mut seen = HashSet::new();
        for id in ids.into_iter().flatten().filter(|id| !seen.insert(id.0)) {
            self.report(Code::Twice, id.0, format!("`{}` is offered twice here", id.0)).help =
                Some("delete one of the two".to_owned());
        }
    }

    pub(super) fn message_of(&mut self, id: Id<'s>) -> Option<MessageId> {
        let found = self.lists.messages.get(id.0).copied();
        if found.is_none() {
            let near = self.near(id.0, &self.lists.messages);
            self.unknown(Code::UnknownMessage, id.0, "message", near);
        }
        found
    }

    pub(super) fn manner_list(
        &mut self,
        ids: Option<&Vec<Id<'s>>>,
        what: &str,
        list: impl for<'l> Fn(&'l DeclaredIds<'s>) -> &'l std::collections::HashMap<&'s str, MannerId>,
    ) -> Box<[MannerId]> {
        let mut out = Vec::new();
        self.once_each(ids);
        for id in ids.into_iter().flatten() {
            self.fingerprint.feed(id.0);
            match list(&self.lists).get(id.0) {
                Some(&manner) => out.push(manner),
                None => {
                    let near = self.near(id.0, list(&self.lists));
                    self.unknown(Code::UnknownManner, id.0, what, near);
                }
            }
        }
        out.into()
    }
}
