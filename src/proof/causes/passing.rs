//! What keeps messages from being sent, treated and heard.

use crate::story::{Choice, Form, MannerId, MessageId, SceneId, SceneKind, VarId};

use super::super::finding::{Fault, Finding};
use super::Causes;

/// Where a message comes to once it is sent: wherever that is written, and where some session does so.
#[derive(Default)]
pub(super) struct Sendings {
    written: Vec<SceneId>,
    live: Vec<SceneId>,
}

/// Of the treatments that relays offer, after some sendings.
struct Relays {
    offered: Vec<bool>,
    /// Where a session comes, and finds it open.
    open: Vec<bool>,
}

impl Causes<'_> {
    /// By message, where it comes to.
    pub(super) fn sent(&self) -> Vec<Sendings> {
        let story = self.story;
        let mut out: Vec<Sendings> = story.messages.iter().map(|_| Sendings::default()).collect();
        for id in story.scene_ids() {
            let scene = story.scene(id);
            let SceneKind::Decide(decision) = &scene.kind else { continue };
            let lost = self.lost[id.index()];
            let mut add = |message: MessageId, to: SceneId, closed: bool| {
                let sent = &mut out[message.index()];
                sent.written.push(to);
                if !(lost || closed) {
                    sent.live.push(to);
                }
            };
            if let Some(Form::Pass { messages, go, .. }) = decision.form.as_deref() {
                for message in messages {
                    add(*message, *go, self.is(&Fault::NeverSent(id, *message)));
                }
            }
            let sends = |choice: &Choice| choice.send().map(|(message, ..)| message);
            for (at, choice) in (0..).zip(story.choices(decision)) {
                if let Some(message) = sends(choice) {
                    add(message, choice.go.unwrap_or(id), self.is(&Fault::ChoiceNeverOpen(id, at)));
                }
            }
            if let Some(seat) = scene.seat.filter(|_| scene.standing)
                && let Some(choice) = &story.seats[seat.index()].standing
                && let (Some(message), Some(go)) = (sends(choice), choice.go)
            {
                add(message, go, self.standing[seat.index()]);
            }
        }
        out
    }

    /// Whether something is closed, and not by its own condition, but by something else that is told.
    pub(super) fn is_closed_by_others(&self, finding: &Finding) -> bool {
        if finding.is_own {
            return false;
        }
        let closed = |scene: SceneId, manners: &[MannerId], fault: fn(SceneId, MannerId) -> Fault| {
            !manners.is_empty() && manners.iter().all(|manner| self.is_own(&fault(scene, *manner)))
        };
        // What is sent needs a carrier and a licence that are open, and these need something to be sent.
        let pass = |scene: SceneId| match self.form(scene) {
            Some(Form::Pass { messages, carriers, licences, .. }) => {
                let sent = messages.iter().any(|message| !self.is_own(&Fault::NeverSent(scene, *message)));
                [
                    !sent,
                    closed(scene, carriers, Fault::CarrierNeverOpen),
                    closed(scene, licences, Fault::LicenceNeverOpen),
                ]
            }
            _ => [false; 3],
        };
        match &finding.fault {
            Fault::NeverSent(scene, _) => {
                let [_, carriers, licences] = pass(*scene);
                carriers || licences
            }
            Fault::CarrierNeverOpen(scene, _) => {
                let [messages, _, licences] = pass(*scene);
                messages || licences
            }
            Fault::LicenceNeverOpen(scene, _) => {
                let [messages, carriers, _] = pass(*scene);
                messages || carriers
            }
            // A treatment is open where something comes that has a reading for it.
            Fault::TreatmentNeverOpen(_, treatment) => {
                let having = |(message, _): &(usize, &Sendings)| {
                    self.story.messages[*message].heard.get(treatment.index()).is_some_and(Option::is_some)
                };
                let mut having = self.sent.iter().enumerate().filter(having).peekable();
                having.peek().is_some() && having.all(|(_, sent)| sent.live.is_empty())
            }
            _ => false,
        }
    }

    /// Whether nobody can send any message of the story.
    pub(super) fn sends_nothing(&self) -> bool {
        !self.sent.is_empty() && self.sent.iter().all(|sent| sent.written.is_empty())
    }

    /// Whether this comes of it that nobody sends anything.
    pub(super) fn waits_for_a_message(&self, nth: usize) -> bool {
        let manner = matches!(
            self.findings[nth].fault,
            Fault::TreatmentNeverOpen(..) | Fault::HandlingNeverOpen(..) | Fault::CarrierNeverOpen(..)
        );
        let in_transit = self.story.in_transit.as_ref();
        let under_way = in_transit.map(|it| [it.message, it.carrier, it.licence, it.treatment, it.handling]);
        let heard = self.story.messages.iter().map(|message| message.heard_var);
        let mut vars = under_way.into_iter().flatten().chain(heard);
        self.sends_nothing() && (manner || vars.any(|var| self.grounds.reading(var).binary_search(&nth).is_ok()))
    }

    /// Whether this comes of it that some readings are heard in no session.
    pub(super) fn waits_for_a_reading(&self, nth: usize) -> bool {
        let of_passing = matches!(
            self.findings[nth].fault,
            Fault::NeverSent(..)
                | Fault::CarrierNeverOpen(..)
                | Fault::LicenceNeverOpen(..)
                | Fault::TreatmentNeverOpen(..)
                | Fault::HandlingNeverOpen(..)
        );
        let asks = |var: &VarId| self.grounds.reading(*var).binary_search(&nth).is_ok();
        // Where nothing is treated nothing happens that comes of treating.
        let waits = self.treats_nothing() && self.changed_by_treating().iter().any(asks);
        !of_passing && (waits || self.grounds.rests_on_unheard(nth, &self.unheard))
    }

    /// The variables that treating a message changes, and what it is heard as.
    fn changed_by_treating(&self) -> Vec<VarId> {
        let story = self.story;
        let treatments = story.treatments.iter().map(|treatment| treatment.does);
        let readings = story.messages.iter().flat_map(|message| message.heard.iter().flatten());
        let effects = treatments.chain(readings.map(|reading| reading.does)).flat_map(|does| &story.effects[does]);
        effects.map(|effect| effect.var).collect()
    }

    /// By message and treatment, whether something else that is told keeps it from being heard so.
    pub(super) fn kept_from_being_heard(&self, findings: &[Finding]) -> Vec<Vec<bool>> {
        let mut out = vec![Vec::new(); self.story.messages.len()];
        let (nothing, mut first) = (self.sends_nothing(), true);
        for finding in findings {
            if let Fault::NeverHeard(message, _) = finding.fault
                && out[message.index()].is_empty()
            {
                // Where nobody sends anything one reading is told for all.
                let told = !nothing || std::mem::take(&mut first);
                let all = || vec![true; self.story.treatments.len()];
                out[message.index()] = if told { self.kept_from(message) } else { all() };
            }
        }
        // Of a treatment that no relay of the story offers one reading is told for all.
        let mut told = vec![false; self.story.treatments.len()];
        let all = self.treats_nothing();
        for finding in findings {
            if let Fault::NeverHeard(message, treatment) = finding.fault
                && !out[message.index()][treatment.index()]
                && !self.offered[treatment.index()]
            {
                out[message.index()][treatment.index()] = told[treatment.index()];
                // Where there is no relay at all, for all treatments.
                let told_for = if all { 0..told.len() } else { treatment.index()..treatment.index() + 1 };
                told[told_for].fill(true);
            }
        }
        out
    }

    /// Whether messages are sent and no scene treats them, so that none is ever heard.
    pub(super) fn treats_nothing(&self) -> bool {
        !self.offered.contains(&true) && !self.sends_nothing()
    }

    /// By treatment, whether some relay of the story offers it.
    pub(super) fn offered(&self) -> Vec<bool> {
        let mut out = vec![false; self.story.treatments.len()];
        for id in self.story.scene_ids() {
            if let Some(Form::Relay { treatments, .. }) = self.form(id) {
                treatments.iter().for_each(|treatment| out[treatment.index()] = true);
            }
        }
        out
    }

    fn kept_from(&self, message: MessageId) -> Vec<bool> {
        let treatments = 0..self.story.treatments.len();
        let Sendings { written, live } = &self.sent[message.index()];
        if written.is_empty() {
            // Of a message that nobody can send one reading is told for all.
            let first = self.story.messages[message.index()].heard.iter().position(Option::is_some);
            return treatments.map(|at| first != Some(at)).collect();
        }
        if live.is_empty() {
            return vec![true; treatments.len()];
        }
        let (comes, would) = (self.relays(live), self.relays(written));
        // It may be that it would come to such a relay, were it sent wherever it is to be.
        treatments.map(|at| !comes.open[at] && would.offered[at]).collect()
    }

    /// What is offered to a message that comes to these scenes.
    fn relays(&self, sent: &[SceneId]) -> Relays {
        let story = self.story;
        let none = vec![false; story.treatments.len()];
        let mut out = Relays { offered: none.clone(), open: none };
        let mut seen = vec![false; story.scenes.len()];
        let mut waiting = sent.to_vec();
        while let Some(id) = waiting.pop() {
            if std::mem::replace(&mut seen[id.index()], true) {
                continue;
            }
            if let Some(Form::Relay { treatments, .. }) = self.form(id) {
                for treatment in treatments {
                    let closed = self.lost[id.index()] || self.is(&Fault::TreatmentNeverOpen(id, *treatment));
                    out.offered[treatment.index()] = true;
                    out.open[treatment.index()] |= !closed;
                }
            }
            // Beyond a pass something else is under way.
            let passed = self.form(id).filter(|form| matches!(form, Form::Pass { .. })).map(Form::go);
            waiting.extend(story.next(id).into_iter().filter(|next| Some(*next) != passed));
        }
        out
    }

    fn form(&self, id: SceneId) -> Option<&Form> {
        match &self.story.scene(id).kind {
            SceneKind::Decide(decision) => decision.form.as_deref(),
            _ => None,
        }
    }
}
