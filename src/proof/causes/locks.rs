//! Sessions that are stranded, what strands them, and what comes of that.

use std::collections::BTreeSet;

use crate::story::{Code, Form, SceneId, SceneKind, Severity, Story, VarId};

use super::super::finding::{Fault, Finding};
use super::{Causes, ExplainedFinding};

impl Causes<'_> {
    /// Where a session is stranded because a way out is never open, that way is told; else that it is stranded, and not
    /// what comes of it.
    pub(super) fn of_locks(&self, explanations: &mut [Option<ExplainedFinding<'_>>]) {
        let locks: Vec<usize> = (0..explanations.len())
            .filter(|at| {
                explanations[*at].is_some() && matches!(self.findings[*at].fault, Fault::Stuck(_) | Fault::Endless(_))
            })
            .collect();
        let (mut first, mut scenes) = (None, Vec::new());
        for at in locks {
            let stranded = stranded(&self.findings[at]);
            let closed = stranded.iter().any(|scene| self.has_a_closed_way_out(*scene));
            let waits = self.sends_nothing() && stranded.iter().any(|scene| self.waits_for_a_passing(*scene));
            let told = if closed { self.told_of(&stranded, explanations) } else { None };
            if waits || told.is_some() {
                explanations[at] = None;
                // It may be stranded for another reason as well, which is seen once this one is mended.
                let strands = format!("while that is so, a game can be stranded in {}", named(self.story, &stranded));
                if let Some(told) = told.and_then(|told| explanations[told].as_mut()) {
                    told.follows = Some(match told.follows.take() {
                        Some(before) if before.contains("stranded") => before,
                        Some(before) => format!("{before}\n{strands}"),
                        None => strands,
                    });
                }
                continue;
            }
            first = first.or(Some(at));
            scenes.extend(stranded);
        }
        let Some(first) = first else { return };
        let lost: Vec<SceneId> = self.lost_behind(explanations);
        let follows: Vec<usize> = self.following(&scenes, &lost, explanations);
        follows.iter().for_each(|at| explanations[*at] = None);
        let stays = stranded(&self.findings[first]).iter().all(|scene| self.leads_nowhere(*scene));
        let Some(lock) = explanations[first].as_mut() else { return };
        let listed: Vec<String> = lost.iter().take(3).map(|id| format!("`{}`", self.story.scene(*id).id)).collect();
        if !listed.is_empty() {
            lock.follows = Some(format!("nothing leads to {}: is it to go on there?", listed.join(", ")));
        }
        if stays {
            let back = "none of its choices has a `go`, so each comes back to it";
            lock.follows = Some(lock.follows.take().map_or(back.to_owned(), |follows| format!("{back}\n{follows}")));
        }
    }

    /// Whether a scene has choices of which none leads on.
    fn leads_nowhere(&self, id: SceneId) -> bool {
        let SceneKind::Decide(decision) = &self.story.scene(id).kind else { return false };
        let choices = self.story.choices(decision);
        decision.form.is_none()
            && !choices.is_empty()
            && choices.iter().all(|choice| choice.go.is_none_or(|go| go == id))
    }

    /// Whether a way out of a scene is told to be never open.
    fn has_a_closed_way_out(&self, id: SceneId) -> bool {
        let mut closed = false;
        self.closed(id, &mut |_| closed = true);
        closed
    }

    /// Whether something is to be done in a scene with a message, which has to be sent before.
    fn waits_for_a_passing(&self, id: SceneId) -> bool {
        let SceneKind::Decide(decision) = &self.story.scene(id).kind else { return false };
        matches!(decision.form.as_deref(), Some(Form::Relay { .. } | Form::Receive { .. }))
    }

    /// The finding that is told of what is never open in these scenes, or of the variable that makes it so.
    fn told_of(&self, scenes: &[SceneId], explanations: &[Option<ExplainedFinding<'_>>]) -> Option<usize> {
        let here = |at: &usize| {
            let finding = &self.findings[*at];
            finding.code == Code::NeverOpen && finding.at.scene().is_some_and(|scene| scenes.contains(&scene))
        };
        let unset = |at: usize| {
            explanations.iter().position(|it| match it.as_ref().map(|it| &it.finding.fault) {
                Some(Fault::NeverSet(var)) => self.grounds.reading(*var).contains(&at),
                _ => false,
            })
        };
        (0..explanations.len()).filter(here).find_map(|at| explanations[at].as_ref().map(|_| at).or_else(|| unset(at)))
    }

    /// The scenes, of those told to be never reached, that nothing leads to.
    fn lost_behind(&self, explanations: &[Option<ExplainedFinding<'_>>]) -> Vec<SceneId> {
        let unled = self.story.unled();
        let lost = explanations.iter().flatten().filter_map(|it| match it.finding.fault {
            Fault::SceneNeverReached(scene) if unled[scene.index()] => Some(scene),
            _ => None,
        });
        lost.collect()
    }

    /// What comes of it that a session does not get out of these scenes: that others are not reached, and that what is
    /// done there is never asked about.
    fn following(
        &self,
        scenes: &[SceneId],
        lost: &[SceneId],
        explanations: &[Option<ExplainedFinding<'_>>],
    ) -> Vec<usize> {
        let changed: BTreeSet<VarId> = scenes.iter().flat_map(|scene| self.changed_in(*scene)).collect();
        let reads = |at: usize| changed.iter().any(|var| self.grounds.reading(*var).binary_search(&at).is_ok());
        let follows = |at: &usize| {
            let finding = &self.findings[*at];
            explanations[*at].is_some()
                && match finding.fault {
                    Fault::SceneNeverReached(scene) => lost.contains(&scene),
                    Fault::NeverChanges(var) => changed.contains(&var),
                    _ => finding.code != Code::SoftLock && reads(*at) && finding.code.severity() == Severity::Error,
                }
        };
        (0..explanations.len()).filter(follows).collect()
    }

    /// The variables that something in a scene changes, and that it has been entered.
    fn changed_in(&self, id: SceneId) -> Vec<VarId> {
        let scene = self.story.scene(id);
        let mut does = vec![scene.does];
        if let SceneKind::Decide(decision) = &scene.kind {
            does.extend(self.story.choices(decision).iter().map(|choice| choice.does));
        }
        does.into_iter().flat_map(|does| self.story.effects[does].iter().map(|effect| effect.var)).collect()
    }
}

/// Some scenes by their names.
fn named(story: &Story, scenes: &[SceneId]) -> String {
    let names: Vec<String> = scenes.iter().take(3).map(|id| format!("`{}`", story.scene(*id).id)).collect();
    let more = if scenes.len() > names.len() { " and others" } else { "" };
    format!("{}{more}", names.join(", "))
}

/// Where a session is stranded.
fn stranded(finding: &Finding) -> Vec<SceneId> {
    match &finding.fault {
        Fault::Stuck(scene) => vec![*scene],
        Fault::Endless(scenes) => scenes.clone(),
        _ => Vec::new(),
    }
}
