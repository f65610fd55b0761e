//! Sessions that are stranded, what strands them, and what comes of that.

use std::collections::BTreeSet;

use crate::story::{Code, Form, SceneId, SceneKind, Severity, VarId};

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
            if waits || (closed && self.is_told_of(&stranded, explanations)) {
                explanations[at] = None;
                continue;
            }
            first = first.or(Some(at));
            scenes.extend(stranded);
        }
        let Some(first) = first else { return };
        let lost: Vec<SceneId> = self.lost_behind(explanations);
        let follows: Vec<usize> = self.following(&scenes, &lost, explanations);
        follows.iter().for_each(|at| explanations[*at] = None);
        let Some(lock) = explanations[first].as_mut() else { return };
        let listed: Vec<String> = lost.iter().take(3).map(|id| format!("`{}`", self.story.scene(*id).id)).collect();
        if !listed.is_empty() {
            lock.follows = Some(format!("nothing leads to {}: is it to go on there?", listed.join(", ")));
        }
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

    /// Whether what is never open in these scenes is told, or the variable that makes it so.
    fn is_told_of(&self, scenes: &[SceneId], explanations: &[Option<ExplainedFinding<'_>>]) -> bool {
        let here = |at: &usize| {
            let finding = &self.findings[*at];
            finding.code == Code::NeverOpen && finding.at.scene().is_some_and(|scene| scenes.contains(&scene))
        };
        let unset = |at: usize| {
            explanations.iter().flatten().any(|it| match it.finding.fault {
                Fault::NeverSet(var) => self.grounds.reading(var).contains(&at),
                _ => false,
            })
        };
        (0..explanations.len()).filter(here).any(|at| explanations[at].is_some() || unset(at))
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

/// Where a session is stranded.
fn stranded(finding: &Finding) -> Vec<SceneId> {
    match &finding.fault {
        Fault::Stuck(scene) => vec![*scene],
        Fault::Endless(scenes) => scenes.clone(),
        _ => Vec::new(),
    }
}
