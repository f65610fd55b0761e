//! Variables that keep their first value, and what comes of that.

use std::collections::BTreeSet;

use crate::story::{Change, Code, Effect, SceneId, SceneKind, Severity, Span, VarId};

use super::super::finding::{Fault, Finding};
use super::{Causes, ExplainedFinding};

impl Causes<'_> {
    /// Leaves one finding of those that come of a variable which keeps its value.
    pub(super) fn of_still_variables(&self, explanations: &mut [Option<ExplainedFinding<'_>>]) {
        // What is told, or comes of something that is.
        let mut explained: Vec<bool> = explanations.iter().map(Option::is_some).collect();
        let found = |is: &dyn Fn(&Fault) -> Option<VarId>| -> Vec<(usize, VarId)> {
            self.findings.iter().enumerate().filter_map(|(nth, it)| Some((nth, is(&it.fault)?))).collect()
        };
        for (nth, finding) in self.findings.iter().enumerate() {
            match finding.fault {
                Fault::NeverSet(var) => self.of_unset_variables(&[var], nth, explanations, &explained),
                Fault::NeverStruck(sheet) => {
                    let lines = self.story.sheets[sheet.index()].lines.iter();
                    let lines: Vec<VarId> = lines.map(|line| line.var).collect();
                    self.of_unset_variables(&lines, nth, explanations, &explained);
                }
                _ => {}
            }
        }
        for (nth, var) in found(&|fault| if let Fault::NeverChanges(var) = fault { Some(*var) } else { None }) {
            self.of_a_still_variable(var, nth, &self.findings[nth], (explanations, &mut explained));
        }
    }

    /// Where nothing in the story sets a variable, or strikes a line, that is told, where it is declared, and nothing
    /// that hangs on it.
    fn of_unset_variables(
        &self,
        vars: &[VarId],
        nth: usize,
        explanations: &mut [Option<ExplainedFinding<'_>>],
        explained: &[bool],
    ) {
        let hangs = |at: &usize| explained[*at] && self.rests[*at];
        let reading: BTreeSet<usize> = vars.iter().flat_map(|var| self.grounds.reading(*var)).copied().collect();
        let hanging: Vec<usize> = reading.into_iter().filter(hangs).collect();
        let is_error = |at: &usize| self.findings[*at].code.severity() == Severity::Error;
        let Some(own) = explanations[nth].as_mut() else { return };
        if hanging.iter().any(is_error) {
            own.code = Code::NeverSet;
        }
        // A sheet may be there to be read alone.
        if hanging.is_empty() && matches!(own.finding.fault, Fault::NeverStruck(_)) {
            explanations[nth] = None;
            return;
        }
        let scenes: BTreeSet<SceneId> = hanging.iter().filter_map(|at| self.findings[*at].at.scene()).collect();
        if !scenes.is_empty() {
            let listed: Vec<String> =
                scenes.iter().take(4).map(|id| format!("`{}`", self.story.scene(*id).id)).collect();
            let more = if scenes.len() > 4 { " and others" } else { "" };
            own.follows = Some(format!("it is asked about in {}{more}", listed.join(", ")));
        }
        hanging.into_iter().for_each(|at| explanations[at] = None);
    }

    /// Of what hangs on a variable that keeps its value the first is told; that it keeps it, where nothing hangs on it;
    /// and neither, where something else that is told keeps it from changing.
    fn of_a_still_variable(
        &self,
        var: VarId,
        nth: usize,
        still: &Finding,
        (explanations, explained): (&mut [Option<ExplainedFinding<'_>>], &mut [bool]),
    ) {
        let hangs = |at: &usize| explanations[*at].is_some() && self.rests[*at];
        let hanging: Vec<usize> = self.grounds.reading(var).iter().copied().filter(hangs).collect();
        let is_error = |explanations: &Option<ExplainedFinding<'_>>| {
            explanations.as_ref().is_some_and(|explanations| explanations.finding.code.severity() == Severity::Error)
        };
        let first = hanging.iter().copied().find(|at| is_error(&explanations[*at])).or(hanging.first().copied());
        let first = first.filter(|_| !self.is_kept_from_changing(var, explained, true));
        if first.is_some() || self.is_kept_from_changing(var, explained, false) {
            explanations[nth] = None;
        }
        for at in hanging.iter().copied().filter(|at| first != Some(*at)) {
            explanations[at] = None;
            explained[at] = false;
        }
        if let Some(explanations) = first.and_then(|at| explanations[at].as_mut()) {
            let more = match hanging.len() - 1 {
                0 => String::new(),
                1 => "; one more finding comes of it".to_owned(),
                more => format!("; {more} more findings come of it"),
            };
            let id = &self.story.vars[var.index()].id;
            let what_to_do = still.help.as_ref().map_or(String::new(), |help| format!(": {help}"));
            let also = format!("`{id}` keeps its first value in every game{what_to_do}{more}");
            // It may hang on several.
            explanations.follows = Some(match explanations.follows.take() {
                Some(before) => format!("{before}\n{also}"),
                None => also,
            });
        }
    }

    /// Whether every effect on a variable stands where no session comes, or with something that is told to be never
    /// open; `by_others`: and for another reason than that the variable keeps its value.
    fn is_kept_from_changing(&self, var: VarId, explained: &[bool], by_others: bool) -> bool {
        let story = self.story;
        let reading = self.grounds.reading(var);
        let closes = |fault: Fault| {
            let found = self.found.get(&fault).filter(|at| explained[**at]);
            found.is_some_and(|at| !(by_others && reading.binary_search(at).is_ok()))
        };
        let waits = reading.iter().any(|at| self.findings[*at].code == Code::NeverOpen);
        // Where no session comes to may be so because of it.
        let is_lost = |id: SceneId| self.lost[id.index()] && !(by_others && waits);
        let changes = |does: Span<Effect>| {
            story.effects[does].iter().any(|effect| effect.var == var && effect.change != Change::Add(0))
        };
        let mut any = false;
        let mut open = false;
        for id in story.scene_ids() {
            let scene = story.scene(id);
            let mut see = |does: Span<Effect>, is_open: bool| {
                let here = changes(does);
                any |= here;
                open |= here && is_open && !is_lost(id);
            };
            see(scene.does, true);
            match &scene.kind {
                SceneKind::Route { ways, .. } => {
                    let open = |at| !closes(Fault::WayNeverTaken(id, at));
                    ways.iter().enumerate().for_each(|(at, way)| see(way.does, open(at)));
                }
                SceneKind::Decide(decision) => {
                    let open = |at| !closes(Fault::ChoiceNeverOpen(id, at));
                    (0..).zip(story.choices(decision)).for_each(|(at, choice)| see(choice.does, open(at)));
                }
                SceneKind::Flow(_) | SceneKind::End(_) => {}
            }
        }
        // What passes a message changes it wherever that is passed.
        let manners = [&story.carriers, &story.licences, &story.handlings].into_iter().flatten();
        let readings = story.messages.iter().flat_map(|message| message.heard.iter().flatten());
        let treating = story.treatments.iter().map(|manner| manner.does).chain(readings.map(|reading| reading.does));
        let treating: Vec<Span<Effect>> = treating.collect();
        any |= treating.iter().any(|does| changes(*does)) && self.treats_nothing();
        let passing = manners.map(|manner| manner.does).chain(treating.into_iter().filter(|_| !self.treats_nothing()));
        let passing = passing.chain(story.messages.iter().map(|message| message.does));
        let standing = story.seats.iter().filter_map(|seat| Some(seat.standing.as_ref()?.does));
        let passed = passing.into_iter().any(changes);
        let never_passed = passed && self.sends_nothing();
        (any || never_passed) && !open && (!passed || never_passed) && !standing.into_iter().any(changes)
    }
}
