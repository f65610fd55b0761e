//! What a class needs of a story besides its scenes: silences, the scene it is stopped with, news.

use crate::story::ast;
use crate::story::diagnostic::Code;
use crate::story::model::{Choice, Form, Inject, MannerId, SceneId, SceneKind, SeatId, Silence, SilenceOutcome, Story};
use crate::story::nearest::nearest;

use crate::story::store::Span;

use super::gather::Gathered;
use super::{Checker, DeclaredIds};

impl<'s> Checker<'s> {
    /// What silence is taken for, where its scene offers that.
    pub(super) fn silence(
        &mut self,
        silence: &ast::Silence<'s>,
        form: Option<&Form>,
        choices: Span<Choice>,
    ) -> Option<Silence> {
        let text = self.marked(silence.text.as_ref());
        let Some(take) = silence.take else {
            self.missing(silence.at, "a silence", "take");
            return None;
        };
        self.fingerprint.feed_id(Some(take));
        let choices = &self.parts.choices[choices];
        let choice = choices.iter().position(|choice| choice.id() == Some(take.0));
        let choice = choice.and_then(|at| u16::try_from(at).ok()).map(SilenceOutcome::Choice);
        let manner = |ids: &[MannerId], list: &std::collections::HashMap<&'s str, MannerId>| {
            list.get(take.0).copied().filter(|id| ids.contains(id))
        };
        let DeclaredIds { treatments: all_treatments, handlings: all_handlings, .. } = &self.lists;
        let passed = match form {
            Some(Form::Relay { treatments, .. }) => manner(treatments, all_treatments).map(SilenceOutcome::Treatment),
            Some(Form::Receive { handlings, .. }) => manner(handlings, all_handlings).map(SilenceOutcome::Handling),
            None | Some(Form::Pass { .. } | Form::Mark { .. }) => None,
        };
        let taken = choice.or(passed);
        // Where a list is missing, or nothing in it is known, that has been told.
        let offers_nothing = match form {
            Some(Form::Relay { treatments: ids, .. } | Form::Receive { handlings: ids, .. }) => ids.is_empty(),
            None | Some(Form::Pass { .. } | Form::Mark { .. }) => false,
        };
        if taken.is_none() && !offers_nothing {
            let offered = |ids: &[MannerId], list: &std::collections::HashMap<&'s str, MannerId>| -> Vec<&'s str> {
                list.iter().filter(|(_, id)| ids.contains(id)).map(|(name, _)| *name).collect()
            };
            let passed = match form {
                Some(Form::Relay { treatments, .. }) => offered(treatments, all_treatments),
                Some(Form::Receive { handlings, .. }) => offered(handlings, all_handlings),
                None | Some(Form::Pass { .. } | Form::Mark { .. }) => Vec::new(),
            };
            let ids: Vec<&str> = choices.iter().filter_map(|choice| choice.id()).chain(passed).collect();
            let mut listed: Vec<String> = ids.iter().map(|id| format!("`{id}`")).collect();
            listed.sort();
            let near = nearest(take.0, ids).map(|near| format!("did you mean `{near}`?"));
            let shown = crate::text::clean(take.0).into_owned();
            self.report(Code::UnknownChoice, take.0, format!("nothing that is offered here is called `{shown}`"))
                .help = near.or_else(|| {
                let one_of = if listed.is_empty() { String::new() } else { format!(": {}", listed.join(", ")) };
                Some(format!("silence takes a choice by its `id`, or a treatment or handling of this scene{one_of}"))
            });
        }
        taken.map(|take| Silence { take, text })
    }

    pub(super) fn declare_freeze(&mut self, g: &Gathered<'s>) -> Option<SceneId> {
        self.fingerprint.feed_id(g.freeze);
        g.freeze.map(|id| self.scene_of(id))
    }

    pub(super) fn declare_injects(&mut self, g: &Gathered<'s>) -> Vec<Inject> {
        let seats = g.roles.len().clamp(1, 16);
        let mut out = Vec::new();
        for (id, inject) in &g.injects {
            self.good_name(id);
            self.fingerprint.feed(id);
            if inject.text.is_none() {
                self.missing(inject.at, "an inject", "text");
            }
            let name = inject.name.as_ref().map_or_else(|| (*id).to_owned(), |name| self.plain(Some(name)));
            let text = self.marked(inject.text.as_ref());
            let to = match &inject.to {
                None => (0..seats).map(SeatId::new).collect(),
                Some(ids) => ids.iter().filter_map(|id| self.seat_of(*id)).collect(),
            };
            out.push(Inject { id: (*id).to_owned(), name, text, to });
        }
        out
    }

    /// From where it is stopped a session ends by itself, whatever has become of it: no decision, and no circle.
    pub(super) fn freezes(&mut self, g: &Gathered<'s>, story: &Story) {
        let (Some(start), Some(field)) = (story.freeze, g.freeze) else { return };
        // In the order in which they are left; a scene that is met while it is still open closes a circle.
        let mut open = vec![false; story.scenes.len()];
        let mut done = vec![false; story.scenes.len()];
        let mut waiting = vec![(start, false)];
        while let Some((id, leaving)) = waiting.pop() {
            let at = id.index();
            if leaving {
                (open[at], done[at]) = (false, true);
                continue;
            }
            let scene = story.scene(id);
            let help = "it needs scenes that lead to an ending by themselves: `route`, `go` and `end`";
            if matches!(scene.kind, SceneKind::Decide(_)) {
                let message = format!("a stopped game comes to `{}`, where somebody has to decide", scene.id);
                self.report(Code::NoWayOn, field.0, message).help = Some(help.to_owned());
                return;
            }
            if std::mem::replace(&mut open[at], true) {
                let message = format!("a stopped game comes back to `{}`, for ever", scene.id);
                self.report(Code::NoWayOn, field.0, message).help = Some(help.to_owned());
                return;
            }
            waiting.push((id, true));
            waiting.extend(story.next(id).into_iter().filter(|next| !done[next.index()]).map(|next| (next, false)));
        }
    }
}
