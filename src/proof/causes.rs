//! Which findings are to be told: what is the cause, and not what only follows from it.
//!
//! A choice that is never open takes a scene with it, that scene the next, the ending they lead to, and what they do to
//! a variable. A writer mends one thing, and wants to be told one.

use std::collections::HashSet;

use crate::story::{
    Change, Code, Condition, EndingId, Form, Kind, MannerId, MessageId, Piece, SceneId, Severity, Span, Story,
    Template, VarId,
};

use super::finding::{Fault, Finding};

/// A finding to be told, and what follows from it, in words.
pub(super) struct Told<'f> {
    pub finding: &'f Finding,
    pub follows: Option<String>,
}

/// The findings that are causes, in the same order.
pub(super) fn causes<'f>(story: &Story, findings: &'f [Finding]) -> Vec<Told<'f>> {
    let faults: HashSet<&Fault> = findings.iter().map(|finding| &finding.fault).collect();
    let causes = Causes::new(story, faults);
    let mut first = vec![false; story.scenes.len()];
    causes.first_lost().into_iter().for_each(|scene| first[scene.index()] = true);
    let mut told: Vec<Option<Told<'f>>> = findings
        .iter()
        .map(|finding| {
            let is_cause = match &finding.fault {
                Fault::SceneNeverReached(scene) => first[scene.index()],
                Fault::EndingNeverReached(ending) => !causes.is_the_end_of_a_scene(*ending),
                Fault::NeverHeard(message, treatment) => causes.is_heard_but_for_itself(*message, *treatment),
                fault => !causes.waits_for_the_unled(fault),
            };
            is_cause.then_some(Told { finding, follows: None })
        })
        .collect();
    for finding in findings {
        if let Fault::NeverChanges(var) = finding.fault {
            causes.of_a_still_variable(var, finding, &mut told);
        }
    }
    told.into_iter().flatten().collect()
}

struct Causes<'a> {
    story: &'a Story,
    faults: HashSet<&'a Fault>,
    lost: Vec<bool>,
    /// By seat, whether its standing choice is never open.
    standing: Vec<bool>,
    /// What remembers whether the night has been in a scene that nothing leads to.
    unled: Vec<VarId>,
}

impl<'a> Causes<'a> {
    fn new(story: &'a Story, faults: HashSet<&'a Fault>) -> Self {
        let lost = story.scene_ids().map(|scene| faults.contains(&Fault::SceneNeverReached(scene))).collect();
        let mut standing = vec![false; story.seats.len()];
        for fault in &faults {
            if let Fault::StandingNeverOpen(_, seat) = fault {
                standing[seat.index()] = true;
            }
        }
        let unled = story.unled();
        let unled: HashSet<String> = story
            .scene_ids()
            .filter(|id| unled[id.index()])
            .map(|id| format!("visited({})", story.scene(id).id))
            .collect();
        let visits = story.vars.iter().enumerate().filter(|(_, var)| !var.declared && unled.contains(&var.id));
        let unled = visits.map(|(at, _)| VarId::new(at)).collect();
        Self { story, faults, lost, standing, unled }
    }
}

impl Causes<'_> {
    fn is(&self, fault: &Fault) -> bool {
        self.faults.contains(fault)
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

    /// Whether a message would be heard so as far as its sending and what is offered to its carrier go.
    fn is_heard_but_for_itself(&self, message: MessageId, treatment: MannerId) -> bool {
        let forms = || self.story.scene_ids().filter_map(|id| Some((id, self.form(id)?)));
        let offers = |form: &Form| matches!(form, Form::Relay { treatments, .. } if treatments.contains(&treatment));
        let closed = forms().any(|(id, _)| {
            self.is(&Fault::TreatmentNeverOpen(id, treatment)) || self.is(&Fault::NeverSent(id, message))
        });
        // Where only a scene that no night reaches offers it, that is the cause.
        let mut offering = forms().filter(|(_, form)| offers(form)).peekable();
        let unreached = offering.peek().is_some() && offering.all(|(id, _)| self.lost[id.index()]);
        // Of a message that nobody can send one reading is told for all.
        let first = || self.story.messages[message.index()].heard.iter().position(Option::is_some);
        !closed && !unreached && (self.is_offered(message) || first() == Some(treatment.index()))
    }

    fn form(&self, id: SceneId) -> Option<&Form> {
        match &self.story.scene(id).kind {
            Kind::Decide(decision) => decision.form.as_deref(),
            _ => None,
        }
    }

    /// Whether some pass or choice sends it.
    fn is_offered(&self, message: MessageId) -> bool {
        let sent = |choice: &crate::story::Choice| choice.send().is_some_and(|(sent, ..)| sent == message);
        let passed = |id| matches!(self.form(id), Some(Form::Pass { messages, .. }) if messages.contains(&message));
        self.story.choices.all().iter().any(sent)
            || self.story.seats.iter().filter_map(|seat| seat.standing.as_ref()).any(sent)
            || self.story.scene_ids().any(passed)
    }

    /// Whether the condition of what was found asks whether the night has been in a scene that nothing leads to.
    fn waits_for_the_unled(&self, fault: &Fault) -> bool {
        self.unled.iter().any(|var| self.reads(fault, *var))
    }

    /// Of what hangs on a variable that keeps its value the first is told; that it keeps it, where nothing hangs on it;
    /// and neither, where something else that is told keeps it from changing.
    fn of_a_still_variable<'f>(&self, var: VarId, still: &'f Finding, told: &mut [Option<Told<'f>>]) {
        let hangs = |told: &Option<Told<'f>>| told.as_ref().is_some_and(|told| self.reads(&told.finding.fault, var));
        let hanging: Vec<usize> = (0..told.len()).filter(|at| hangs(&told[*at])).collect();
        let is_error =
            |told: &Option<Told<'f>>| told.as_ref().is_some_and(|told| told.finding.code.severity() == Severity::Error);
        let first = hanging.iter().copied().find(|at| is_error(&told[*at])).or(hanging.first().copied());
        let is_told: HashSet<&Fault> = told.iter().flatten().map(|told| &told.finding.fault).collect();
        let first = first.filter(|_| !self.is_kept_from_changing(var, &is_told, true));
        let still_goes = first.is_some() || self.is_kept_from_changing(var, &is_told, false);
        for (at, told) in told.iter_mut().enumerate() {
            let is_still = told.as_ref().is_some_and(|told| told.finding.fault == still.fault);
            let goes = if is_still { still_goes } else { hanging.contains(&at) && first != Some(at) };
            if goes {
                *told = None;
            }
        }
        if let Some(told) = first.and_then(|at| told[at].as_mut()) {
            let more = match hanging.len() - 1 {
                0 => String::new(),
                1 => "; one more finding comes of it".to_owned(),
                more => format!("; {more} more findings come of it"),
            };
            let id = &self.story.vars[var.index()].id;
            let what_to_do = still.help.as_ref().map_or(String::new(), |help| format!(": {help}"));
            told.follows = Some(format!("`{id}` keeps its first value in every night{what_to_do}{more}"));
        }
    }

    /// Whether every effect on a variable stands where no night comes, or with something that is told to be never open;
    /// `by_others`: and for another reason than that the variable keeps its value.
    fn is_kept_from_changing(&self, var: VarId, told: &HashSet<&Fault>, by_others: bool) -> bool {
        let story = self.story;
        let closes = |fault: Fault| told.contains(&fault) && !(by_others && self.reads(&fault, var));
        let waits = self.faults.iter().any(|fault| fault.code() == Code::NeverOpen && self.reads(fault, var));
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

    /// Whether the condition of what was found reads a variable.
    fn reads(&self, fault: &Fault, var: VarId) -> bool {
        let story = self.story;
        let asks = |when: &Condition| {
            let mut found = false;
            when.reads(&mut |read| found |= read == var);
            found
        };
        let choice = |id: SceneId, at: u16| match &story.scene(id).kind {
            Kind::Decide(decision) => story.choices(decision).get(usize::from(at)),
            _ => None,
        };
        let in_words = |template: Template| {
            let mut found = false;
            story.words(template).each(&mut |piece| {
                if let Piece::If { when, .. } = piece {
                    found |= asks(when);
                }
            });
            found
        };
        match fault {
            Fault::ChoiceNeverOpen(id, at) | Fault::ChoiceAlwaysOpen(id, at) => {
                choice(*id, *at).is_some_and(|choice| asks(&choice.when))
            }
            Fault::WayNeverTaken(id, at) => match &story.scene(*id).kind {
                Kind::Route { ways, .. } => ways.get(*at).is_some_and(|way| asks(&way.when)),
                _ => false,
            },
            Fault::StandingNeverOpen(_, seat) => {
                story.seats[seat.index()].standing.as_ref().is_some_and(|choice| asks(&choice.when))
            }
            Fault::NeverSent(_, message) => asks(&story.messages[message.index()].when),
            Fault::CarrierNeverOpen(_, manner) => asks(&story.carriers[manner.index()].when),
            Fault::LicenceNeverOpen(_, manner) => asks(&story.licences[manner.index()].when),
            Fault::TreatmentNeverOpen(_, manner) => asks(&story.treatments[manner.index()].when),
            Fault::HandlingNeverOpen(_, manner) => asks(&story.handlings[manner.index()].when),
            Fault::NeverShown(id, None, _) | Fault::AlwaysShown(id, None, _) => {
                story.texts(*id).iter().flatten().any(|text| in_words(*text))
            }
            Fault::NeverShown(id, Some(at), _) | Fault::AlwaysShown(id, Some(at), _) => {
                choice(*id, *at).is_some_and(|choice| {
                    let words = [Some(choice.say), choice.reply(), choice.locked()];
                    words.into_iter().flatten().any(in_words)
                })
            }
            _ => false,
        }
    }
}
