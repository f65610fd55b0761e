//! What is not wrong in itself, and yet not meant.

use crate::story::diagnostic::Code;
use crate::story::expr::Condition;
use crate::story::model::{Decision, Domain, Form, SceneId, SceneKind, SeatId, Story, Var};
use crate::story::template::{Piece, Template};

use super::declare::READER;
use super::gather::Gathered;
use super::{Checker, Places};

impl<'s> Checker<'s> {
    pub(super) fn lint(&mut self, g: &Gathered<'s>, story: &Story, places: &Places) {
        self.endless_flows(story, places);
        for id in (0..story.scenes.len()).map(SceneId::new).filter(|id| !self.doubtful.contains(id)).collect::<Vec<_>>()
        {
            if let SceneKind::Decide(decision) = &story.scene(id).kind {
                self.loops_on_first(id, story, decision, places);
            }
        }
        // What is wrong may be what leads there, or uses it.
        if self.errors == 0 && !self.incomplete {
            self.relays_that_fail(g, story);
            self.freezes(g, story);
            self.unreached(story, places);
            self.unused(g, story);
            self.idle_roles(g, story);
            self.unread_answers(g, story);
            self.nothing_under_way(story, places);
            self.unanswered(g, story);
        }
        // Nothing goes wrong by it: it can wait until all else is well.
        if self.found.is_empty() && !self.incomplete {
            self.unseen_names(g);
        }
    }

    /// A variable shown in words to a seat that may not see it.
    pub(super) fn secrets(&mut self, template: Template, at: &'s str, readers: &[SeatId], vars: &[Var]) {
        let mut shown = Vec::new();
        self.parts.prose.words(template).each(&mut |piece| {
            if let Piece::Value(var) = piece {
                shown.push(var);
            }
        });
        for var in shown {
            let Some(var) = vars.get(var.index()) else { continue };
            let hidden = readers.iter().find(|reader| !var.seen_by.contains(reader));
            if let Some(hidden) = hidden.filter(|_| !var.seen_by.is_empty() && self.errors == 0) {
                let role = self.lists.seats.iter().find(|(_, seat)| *seat == hidden).map_or("", |(role, _)| *role);
                let message = format!("these words show `{}` to `{role}`, who may not see it", var.id);
                self.report(Code::SecretShown, at, message).help =
                    Some("add the seat to the variable's `seen_by`, or say it without the value".to_owned());
            }
        }
    }

    /// Scenes that lead straight on into each other for ever.
    fn endless_flows(&mut self, story: &Story, places: &Places) {
        let doubtful: Vec<bool> = (0..story.scenes.len()).map(|at| self.doubtful.contains(&SceneId::new(at))).collect();
        let next = |at: usize| match &story.scenes[at].kind {
            _ if doubtful[at] => None,
            SceneKind::Flow(go) => Some(go.index()),
            SceneKind::Route { ways, .. } if ways.len() == 1 => Some(ways[0].go.index()),
            _ => None,
        };
        let mut seen = vec![0_usize; story.scenes.len()];
        for start in 0..story.scenes.len() {
            let mut at = start;
            while seen[at] == 0 {
                seen[at] = start + 1;
                match next(at) {
                    Some(go) => at = go,
                    None => break,
                }
            }
            if seen[at] == start + 1 && next(at).is_some() {
                let id = &story.scenes[at].id;
                self.report_at(
                    Code::EndlessFlow,
                    places.scenes[at],
                    format!("`{id}` leads back to itself without a decision, for ever"),
                )
                .help = Some("put a scene with choices, or an ending, into the circle".to_owned());
            }
        }
    }

    /// Every message has a reading under at least one treatment of every relay it can meet. Which relay it meets is
    /// for the proof; here, that there is any relay at all that knows it.
    fn relays_that_fail(&mut self, g: &Gathered<'s>, story: &Story) {
        let relays: Vec<&Box<[_]>> = story
            .scenes
            .iter()
            .filter_map(|scene| match &scene.kind {
                SceneKind::Decide(decision) => match decision.form.as_deref() {
                    Some(Form::Relay { treatments, .. }) => Some(treatments),
                    _ => None,
                },
                _ => None,
            })
            .collect();
        if relays.is_empty() || story.treatments.is_empty() {
            return;
        }
        for (message, (id, _)) in story.messages.iter().zip(&g.messages) {
            let known = |t: &crate::story::model::MannerId| message.heard.get(t.index()).is_some_and(Option::is_some);
            if message.heard.iter().any(Option::is_some)
                && !relays.iter().any(|treatments| treatments.iter().any(known))
            {
                self.report(Code::NoReading, id, format!("no relay offers a treatment that `{id}` has a reading for"));
            }
        }
    }

    fn loops_on_first(&mut self, scene: SceneId, story: &Story, decision: &Decision, places: &Places) {
        let Some(first) = story.choices(decision).first() else { return };
        let back = first.go.is_none_or(|go| go == scene);
        let first_asked = decision.form.is_none();
        if first.once.is_none() && back && first.when == Condition::Always && first_asked {
            let id = &story.scene(scene).id;
            let first = places.choices[scene.index()].first().copied().flatten();
            let at = first.or(places.scenes[scene.index()]);
            self.report_at(Code::LoopsOnFirst, at, format!("the first choice of `{id}` can be taken for ever")).help =
                Some("somebody who always takes the first choice never gets on: put it further down, or leave `keep` out".to_owned());
        }
    }

    fn unreached(&mut self, story: &Story, places: &Places) {
        for scene in story.first_of(&story.unled(), vec![false; story.scenes.len()]) {
            let id = &story.scene(scene).id;
            self.report_at(Code::UnusedScene, places.scenes[scene.index()], format!("nothing leads to `{id}`")).help =
                Some(format!("add `go: \"{id}\"` where it should come, or delete it"));
        }
    }

    /// Roles that nobody would want to play: they decide nothing, and no words are theirs.
    fn idle_roles(&mut self, g: &Gathered<'s>, story: &Story) {
        let mut idle = vec![true; story.seats.len()];
        // A message is from somebody, and for somebody.
        let named = g.messages.iter().flat_map(|(_, message)| [message.from, message.to]).flatten();
        for seat in named.filter_map(|role| self.lists.seats.get(role.0)) {
            idle[seat.index()] = false;
        }
        for id in story.scene_ids() {
            let scene = story.scene(id);
            if let Some(seat) = scene.seat {
                idle[seat.index()] = false;
            }
            let texts = story.texts(id);
            let for_all = scene.seat.is_none() && texts.iter().all(|text| *text == texts[0]);
            texts.iter().zip(&mut idle).for_each(|(text, idle)| *idle &= for_all || text.is_none());
        }
        // Where no role is in any scene, that is one fault.
        let most = if idle.contains(&false) { idle.len() } else { 1 };
        for ((id, _), _) in g.roles.iter().zip(&idle).filter(|(_, idle)| **idle).take(most) {
            let (message, help) = if most == 1 {
                (
                    "no role decides anything".to_owned(),
                    "say in a scene whose it is: `seat: \"…\"`; or delete `roles`".to_owned(),
                )
            } else {
                let help = format!(
                    "give it a scene: `seat: \"{id}\"`; or words: `others: {{ \"{id}\": \"…\" }}`; or delete it"
                );
                (format!("`{id}` decides nothing, and nothing is for it to read"), help)
            };
            self.report(Code::UnusedRole, id, message).help = Some(help);
        }
    }

    fn unused(&mut self, g: &Gathered<'s>, story: &Story) {
        for ((id, _), fact) in g.facts.iter().zip(&story.facts) {
            if !fact.cited {
                self.report(Code::UnusedFact, id, format!("nothing that a reader sees cites the fact `{id}`")).help =
                    Some(format!("cite it behind a sentence: `[^{id}]`; or delete it"));
            }
        }
        for (id, _) in &g.vars {
            let var = self.names.vars.get(id).copied();
            let shown = var.is_some_and(|var| !story.vars[var.index()].seen_by.is_empty());
            if !shown && var.is_some_and(|var| !self.names.read[var.index()]) {
                self.report(Code::UnusedVariable, id, format!("nothing reads `{id}`")).help =
                    Some(format!("ask about it in a `when`, show it in prose by `{{{id}}}`, or delete it"));
            }
        }
        let sent = sent(story);
        // Where nobody sends anything one is told for all.
        let most = if sent.contains(&true) { sent.len() } else { 1 };
        for (at, (id, _)) in g.messages.iter().enumerate().take(most) {
            if !sent[at] {
                self.report(Code::UnusedMessage, id, format!("nobody can send `{id}`")).help =
                    Some(format!("offer it: `pass: (messages: [\"{id}\"], …)`; or delete it"));
            }
        }
        debug_assert!(story.vars.iter().all(|var| var.domain != Domain::States(Vec::new())));
    }

    /// Names of variables that stand in nobody's status line, all told by the first.
    fn unseen_names(&mut self, g: &Gathered<'s>) {
        let unseen = g.vars.iter().filter(|(_, var)| var.seen_by.as_ref().is_none_or(Vec::is_empty));
        let mut unseen = unseen.filter_map(|(id, var)| Some((*id, var.name.as_ref()?)));
        let Some((first, name)) = unseen.next() else { return };
        let others: Vec<String> = unseen.map(|(id, _)| format!("`{id}`")).collect();
        let role = g.roles.first().map_or(READER, |(role, _)| role);
        let mut help = format!("say in whose status line it stands: `seen_by: [\"{role}\"]`; or delete `name`");
        if !others.is_empty() {
            help.push_str(&format!("\nso it is with {}", others.join(", ")));
        }
        self.report(Code::UnusedName, name.at, format!("nobody is shown `{first}` under this name")).help = Some(help);
    }
}

/// By message, whether somebody can send it.
pub(super) fn sent(story: &Story) -> Vec<bool> {
    let mut sent = vec![false; story.messages.len()];
    for scene in &story.scenes {
        if let SceneKind::Decide(decision) = &scene.kind {
            if let Some(Form::Pass { messages, .. }) = decision.form.as_deref() {
                messages.iter().for_each(|message| sent[message.index()] = true);
            }
            for (message, ..) in story.choices(decision).iter().filter_map(|choice| choice.send()) {
                sent[message.index()] = true;
            }
        }
    }
    let standing = story.seats.iter().filter_map(|seat| seat.standing.as_ref()?.send());
    standing.for_each(|(message, ..)| sent[message.index()] = true);
    sent
}
