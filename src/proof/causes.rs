//! Which findings are to be told: what is the cause, and not what only follows from it.
//!
//! A choice that is never open takes a scene with it, that scene the next, the ending they lead to, and what they do to
//! a variable. A writer mends one thing, and wants to be told one.

mod passing;
mod rests;

use std::collections::{HashMap, HashSet};

use crate::story::{Change, Code, EndingId, Form, Kind, MannerId, SceneId, Severity, Span, Story, Var, VarId};

use passing::Sent;
use rests::Grounds;

use super::finding::{Fault, Finding};

/// A finding to be told, and what follows from it, in words.
pub(super) struct Told<'f> {
    pub finding: &'f Finding,
    pub follows: Option<String>,
}

/// The findings that are causes, in the same order.
pub(super) fn causes<'f>(story: &Story, findings: &'f [Finding]) -> Vec<Told<'f>> {
    let causes = Causes::new(story, findings);
    let kept = causes.kept_from_being_heard(findings);
    let mut first = vec![false; story.scenes.len()];
    causes.first_lost().into_iter().for_each(|scene| first[scene.index()] = true);
    let mut told: Vec<Option<Told<'f>>> = findings
        .iter()
        .enumerate()
        .map(|(nth, finding)| {
            let is_cause = match &finding.fault {
                Fault::SceneNeverReached(scene) => first[scene.index()],
                Fault::EndingNeverReached(ending) => !causes.is_the_end_of_a_scene(*ending),
                Fault::NeverHeard(message, treatment) => !kept[message.index()][treatment.index()],
                _ => !causes.waits_for_a_visit(nth) && !causes.is_closed_by_others(finding),
            };
            let follows = match &finding.fault {
                Fault::NeverHeard(_, treatment) if !causes.offered[treatment.index()] => {
                    let id = &story.treatments[treatment.index()].id;
                    Some(format!("no relay offers `{id}`: add it to the `treatments` of one, or delete its readings"))
                }
                _ => None,
            };
            is_cause.then_some(Told { finding, follows })
        })
        .collect();
    for (nth, finding) in findings.iter().enumerate() {
        if let Fault::NeverChanges(var) = finding.fault {
            causes.of_a_still_variable(var, nth, finding, &mut told);
        }
    }
    told.into_iter().flatten().collect()
}

struct Causes<'a> {
    story: &'a Story,
    findings: &'a [Finding],
    /// By what is found, which of the findings it is.
    found: HashMap<&'a Fault, usize>,
    lost: Vec<bool>,
    /// By seat, whether its standing choice is never open.
    standing: Vec<bool>,
    /// By variable that remembers whether the night has been in a scene that nothing leads to: what it is in every night.
    unled: Vec<Option<i16>>,
    /// And in a scene that no night comes to.
    unvisited: Vec<Option<i16>>,
    /// By finding, whether it comes of what keeps its value.
    rests: Vec<bool>,
    grounds: Grounds<'a>,
    sent: Vec<Sent>,
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
            if let Fault::NeverChanges(var) = finding.fault {
                kept[var.index()] = Some(story.vars[var.index()].start);
            }
        }
        let grounds = Grounds::new(story, findings);
        let rests = (0..findings.len()).map(|nth| grounds.rests_on(nth, &kept)).collect();
        let (sent, offered) = (Vec::new(), Vec::new());
        let mut causes =
            Self { story, findings, found, lost, standing, unled, unvisited, rests, grounds, sent, offered };
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

    /// Of the scenes that no night reaches those that follow neither from another such scene nor from something that is
    /// never open.
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
            Kind::Route { ways, .. } => {
                let closed = ways.iter().enumerate().filter(|(at, _)| self.is(&Fault::WayNeverTaken(id, *at)));
                closed.for_each(|(_, way)| see(way.go));
                return;
            }
            Kind::Decide(decision) => decision,
            Kind::Flow(_) | Kind::End(_) => return,
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

    /// Whether some scene, which no night reaches then, ends so.
    fn is_the_end_of_a_scene(&self, ending: EndingId) -> bool {
        self.story.scenes.iter().any(|scene| matches!(&scene.kind, Kind::End(end) if *end == ending))
    }

    /// Whether it comes of this alone that no night has been in a scene that nothing leads to. Words keep nobody from
    /// coming anywhere: so it is enough for them that no night comes to the scene, which has its own cause.
    fn waits_for_a_visit(&self, finding: usize) -> bool {
        let words = matches!(self.findings[finding].code, Code::NeverShown | Code::AlwaysTrue)
            && !matches!(self.findings[finding].fault, Fault::ChoiceAlwaysOpen(..));
        self.grounds.rests_on(finding, if words { &self.unvisited } else { &self.unled })
    }

    /// Of what hangs on a variable that keeps its value the first is told; that it keeps it, where nothing hangs on it;
    /// and neither, where something else that is told keeps it from changing.
    fn of_a_still_variable<'f>(&self, var: VarId, nth: usize, still: &'f Finding, told: &mut [Option<Told<'f>>]) {
        let hangs = |at: &usize| told[*at].is_some() && self.rests[*at];
        let hanging: Vec<usize> = self.grounds.reading(var).iter().copied().filter(hangs).collect();
        let is_error =
            |told: &Option<Told<'f>>| told.as_ref().is_some_and(|told| told.finding.code.severity() == Severity::Error);
        let first = hanging.iter().copied().find(|at| is_error(&told[*at])).or(hanging.first().copied());
        let first = first.filter(|_| !self.is_kept_from_changing(var, told, true));
        if first.is_some() || self.is_kept_from_changing(var, told, false) {
            told[nth] = None;
        }
        hanging.iter().filter(|at| first != Some(**at)).for_each(|at| told[*at] = None);
        if let Some(told) = first.and_then(|at| told[at].as_mut()) {
            let more = match hanging.len() - 1 {
                0 => String::new(),
                1 => "; one more finding comes of it".to_owned(),
                more => format!("; {more} more findings come of it"),
            };
            let id = &self.story.vars[var.index()].id;
            let what_to_do = still.help.as_ref().map_or(String::new(), |help| format!(": {help}"));
            let also = format!("`{id}` keeps its first value in every night{what_to_do}{more}");
            // It may hang on several.
            told.follows = Some(match told.follows.take() {
                Some(before) => format!("{before}\n{also}"),
                None => also,
            });
        }
    }

    /// Whether every effect on a variable stands where no night comes, or with something that is told to be never open;
    /// `by_others`: and for another reason than that the variable keeps its value.
    fn is_kept_from_changing(&self, var: VarId, told: &[Option<Told<'_>>], by_others: bool) -> bool {
        let story = self.story;
        let reading = self.grounds.reading(var);
        let closes = |fault: Fault| {
            let found = self.found.get(&fault).filter(|at| told[**at].is_some());
            found.is_some_and(|at| !(by_others && reading.binary_search(at).is_ok()))
        };
        let waits = reading.iter().any(|at| self.findings[*at].code == Code::NeverOpen);
        // Where no night comes to may be so because of it.
        let is_lost = |id: SceneId| self.lost[id.index()] && !(by_others && waits);
        let changes = |does: Span<crate::story::Effect>| {
            story.effects[does].iter().any(|effect| effect.var == var && effect.change != Change::Add(0))
        };
        let mut any = false;
        let mut open = false;
        for id in story.scene_ids() {
            let scene = story.scene(id);
            let mut see = |does: Span<crate::story::Effect>, is_open: bool| {
                let here = changes(does);
                any |= here;
                open |= here && is_open && !is_lost(id);
            };
            see(scene.does, true);
            match &scene.kind {
                Kind::Route { ways, .. } => {
                    let open = |at| !closes(Fault::WayNeverTaken(id, at));
                    ways.iter().enumerate().for_each(|(at, way)| see(way.does, open(at)));
                }
                Kind::Decide(decision) => {
                    let open = |at| !closes(Fault::ChoiceNeverOpen(id, at));
                    (0..).zip(story.choices(decision)).for_each(|(at, choice)| see(choice.does, open(at)));
                }
                Kind::Flow(_) | Kind::End(_) => {}
            }
        }
        // What passes a message changes it wherever that is passed.
        let manners = [&story.carriers, &story.licences, &story.treatments, &story.handlings].into_iter().flatten();
        let readings = story.messages.iter().flat_map(|message| message.heard.iter().flatten());
        let passing = manners.map(|manner| manner.does).chain(readings.map(|reading| reading.does));
        let passing = passing.chain(story.messages.iter().map(|message| message.does));
        let standing = story.seats.iter().filter_map(|seat| Some(seat.standing.as_ref()?.does));
        any && !open && !passing.chain(standing).any(changes)
    }
}
