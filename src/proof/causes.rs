//! Which findings to report: the causes, and not what only follows from them.
//!
//! A choice that is never open takes a scene with it, that scene the next, the ending they lead to, and what they do to
//! a variable. A writer mends one thing, and wants to be told one.

mod locks;
mod passing;
mod rests;
mod still;

use std::collections::{HashMap, HashSet};

use crate::story::{Code, EndingId, Form, MannerId, SceneId, SceneKind, Severity, Story, Var, VarId};

use passing::Sendings;
use rests::Grounds;

use super::finding::{Fault, Finding};

/// A finding to report, with what follows from it in words.
pub(super) struct ExplainedFinding<'f> {
    pub finding: &'f Finding,
    /// The code it is reported under.
    pub code: Code,
    pub follows: Option<String>,
}

/// The findings that are causes, in the same order.
pub(super) fn causes<'f>(story: &Story, findings: &'f [Finding]) -> Vec<ExplainedFinding<'f>> {
    let causes = Causes::new(story, findings);
    let kept = causes.kept_from_being_heard(findings);
    let mut first = vec![false; story.scenes.len()];
    causes.first_lost().into_iter().for_each(|scene| first[scene.index()] = true);
    let mut explanations: Vec<Option<ExplainedFinding<'f>>> = findings
        .iter()
        .enumerate()
        .map(|(nth, finding)| {
            let is_cause = match &finding.fault {
                Fault::SceneNeverReached(scene) => first[scene.index()],
                Fault::EndingNeverReached(ending) => !causes.is_the_end_of_a_scene(*ending),
                Fault::NeverHeard(message, treatment) => !kept[message.index()][treatment.index()],
                _ => {
                    !causes.waits_for_a_visit(nth)
                        && !causes.is_closed_by_others(finding)
                        && !causes.waits_for_a_message(nth)
                        && !causes.waits_for_a_reading(nth)
                }
            };
            let follows = match &finding.fault {
                Fault::NeverHeard(..) if causes.treats_nothing() => {
                    let ids: Vec<String> = story.treatments.iter().map(|it| format!("\"{}\"", it.id)).collect();
                    let relay = format!("`relay: (treatments: [{}], go: \"scene\")`", ids.join(", "));
                    Some(format!("nobody carries on what is sent: give a scene between sending and arriving {relay}"))
                }
                Fault::NeverHeard(_, treatment) if !causes.offered[treatment.index()] => {
                    let id = &story.treatments[treatment.index()].id;
                    Some(format!("no relay offers `{id}`: add it to the `treatments` of one, or delete its readings"))
                }
                _ => None,
            };
            is_cause.then_some(ExplainedFinding { finding, code: finding.code, follows })
        })
        .collect();
    causes.of_still_variables(&mut explanations);
    causes.of_locks(&mut explanations);
    // If each error seems to follow from another, report the first, so that one is reported at all.
    let is_error = |code: Code| code.severity() == Severity::Error;
    if !explanations.iter().flatten().any(|explanations| is_error(explanations.code))
        && let Some(nth) = findings.iter().position(|finding| is_error(finding.code))
    {
        explanations[nth] = Some(ExplainedFinding { finding: &findings[nth], code: findings[nth].code, follows: None });
    }
    explanations.into_iter().flatten().collect()
}

struct Causes<'a> {
    story: &'a Story,
    findings: &'a [Finding],
    /// The index of each finding, by its fault.
    found: HashMap<&'a Fault, usize>,
    lost: Vec<bool>,
    /// By seat, whether its standing choice is never open.
    standing: Vec<bool>,
    /// By variable that remembers a visit: its value in every session, if nothing leads to that scene.
    unled: Vec<Option<i16>>,
    /// By variable that remembers a visit: its value in every session, if no session comes to that scene.
    unvisited: Vec<Option<i16>>,
    /// By finding: whether it follows from variables that keep their value.
    rests: Vec<bool>,
    grounds: Grounds<'a>,
    /// Variables that remember how a message was heard, each with a value that it never has.
    unheard: Vec<(VarId, i16)>,
    sent: Vec<Sendings>,
    /// By treatment, whether some relay of the story offers it.
    offered: Vec<bool>,
}

impl<'a> Causes<'a> {
    fn new(story: &'a Story, findings: &'a [Finding]) -> Self {
        let found: HashMap<&Fault, usize> = findings.iter().map(|finding| &finding.fault).zip(0..).collect();
        let lost: Vec<bool> =
            story.scene_ids().map(|scene| found.contains_key(&Fault::SceneNeverReached(scene))).collect();
        let mut standing = vec![false; story.seats.len()];
        for finding in findings {
            if let Fault::StandingNeverOpen(_, seat) = finding.fault {
                standing[seat.index()] = true;
            }
        }
        let visits = |never: &[bool]| -> Vec<Option<i16>> {
            let ids = story.scene_ids().filter(|id| never[id.index()]);
            let ids: HashSet<String> = ids.map(|id| format!("visited({})", story.scene(id).id)).collect();
            let value = |var: &Var| (!var.declared && ids.contains(&var.id)).then_some(var.start);
            story.vars.iter().map(value).collect()
        };
        let (unled, unvisited) = (visits(&story.unled()), visits(&lost));
        let mut kept = unled.clone();
        for finding in findings {
            if let Fault::NeverChanges(var) | Fault::NeverSet(var) = finding.fault {
                kept[var.index()] = Some(story.vars[var.index()].start);
            }
        }
        for finding in findings {
            if let Fault::NeverStruck(sheet) = finding.fault {
                story.sheets[sheet.index()].lines.iter().for_each(|line| kept[line.var.index()] = Some(0));
            }
        }
        let grounds = Grounds::new(story, findings);
        let rests = (0..findings.len()).map(|nth| grounds.rests_on(nth, &kept)).collect();
        let unheard = findings.iter().filter_map(|finding| match finding.fault {
            Fault::NeverHeard(message, treatment) => {
                Some((story.messages[message.index()].heard_var, treatment.number()))
            }
            _ => None,
        });
        let unheard = unheard.collect();
        let (sent, offered) = (Vec::new(), Vec::new());
        let mut causes =
            Self { story, findings, found, lost, standing, unled, unvisited, rests, grounds, unheard, sent, offered };
        (causes.sent, causes.offered) = (causes.sent(), causes.offered());
        causes
    }
}

impl Causes<'_> {
    fn is(&self, fault: &Fault) -> bool {
        self.found.contains_key(fault)
    }

    /// Whether this was found, and a condition of its own makes it so.
    fn is_own(&self, fault: &Fault) -> bool {
        self.found.get(fault).is_some_and(|at| self.findings[*at].is_own)
    }

    /// Of the scenes that no session reaches those that follow neither from another such scene nor from something that
    /// is never open.
    fn first_lost(&self) -> Vec<SceneId> {
        let mut follow = vec![false; self.lost.len()];
        for scene in self.story.scene_ids().filter(|scene| !self.lost[scene.index()]) {
            self.closed(scene, &mut |go| follow[go.index()] |= self.lost[go.index()]);
        }
        self.story.first_of(&self.lost, follow)
    }

    /// Sees where the ways out of a scene lead that are told to be never open.
    fn closed(&self, id: SceneId, see: &mut impl FnMut(SceneId)) {
        let scene = self.story.scene(id);
        let decision = match &scene.kind {
            SceneKind::Route { ways, .. } => {
                let closed = ways.iter().enumerate().filter(|(at, _)| self.is(&Fault::WayNeverTaken(id, *at)));
                closed.for_each(|(_, way)| see(way.go));
                return;
            }
            SceneKind::Decide(decision) => decision,
            SceneKind::Flow(_) | SceneKind::End(_) => return,
        };
        let choices = (0..).zip(self.story.choices(decision));
        let closed = choices.filter(|(at, _)| self.is(&Fault::ChoiceNeverOpen(id, *at)));
        closed.filter_map(|(_, choice)| choice.go).for_each(&mut *see);
        if let Some(form) = &decision.form
            && self.is_closed(id, form)
        {
            see(form.go());
        }
        let seat = scene.seat.filter(|seat| scene.standing && self.standing[seat.index()]);
        let standing = seat.and_then(|seat| self.story.seats[seat.index()].standing.as_ref());
        standing.and_then(|choice| choice.go).into_iter().for_each(see);
    }

    /// Whether nothing that this form offers is ever open.
    fn is_closed(&self, id: SceneId, form: &Form) -> bool {
        let all = |manners: &[MannerId], fault: fn(SceneId, MannerId) -> Fault| {
            !manners.is_empty() && manners.iter().all(|manner| self.is(&fault(id, *manner)))
        };
        match form {
            Form::Pass { messages, carriers, licences, .. } => {
                messages.iter().all(|message| self.is(&Fault::NeverSent(id, *message)))
                    || all(carriers, Fault::CarrierNeverOpen)
                    || all(licences, Fault::LicenceNeverOpen)
            }
            Form::Relay { treatments, .. } => all(treatments, Fault::TreatmentNeverOpen),
            Form::Receive { handlings, .. } => all(handlings, Fault::HandlingNeverOpen),
            Form::Mark { .. } => false,
        }
    }

    /// Whether some scene, which no session reaches then, ends so.
    fn is_the_end_of_a_scene(&self, ending: EndingId) -> bool {
        self.story.scenes.iter().any(|scene| matches!(&scene.kind, SceneKind::End(end) if *end == ending))
    }

    /// Whether it comes of this alone that no session has been in a scene that nothing leads to. Words keep nobody from
    /// coming anywhere: so it is enough for them that no session comes to the scene, which has its own cause.
    fn waits_for_a_visit(&self, finding: usize) -> bool {
        let words = matches!(self.findings[finding].code, Code::NeverShown | Code::AlwaysTrue)
            && !matches!(self.findings[finding].fault, Fault::ChoiceAlwaysOpen(..));
        self.grounds.rests_on(finding, if words { &self.unvisited } else { &self.unled })
    }
}
