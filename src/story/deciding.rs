//! Which variables decide how a session can go on.

use std::collections::HashMap;

use super::expr::{Condition, Sum, Weight};
use super::model::{Form, Manner, SceneKind, Story, VarId};

impl Story {
    /// Returns for each variable whether it decides what is open, or how the story weighs it. Two states that agree on
    /// these variables and on the once-only things that are used up can go on in the same ways.
    #[must_use]
    pub fn deciding(&self) -> Vec<bool> {
        let mut waiting: Vec<VarId> = Vec::new();
        let mut see = |var| waiting.push(var);
        for list in [&self.carriers, &self.licences, &self.treatments, &self.handlings] {
            list.iter().for_each(|Manner { when, lean, .. }| weighed(when, lean, &mut see));
        }
        for message in &self.messages {
            weighed(&message.when, &message.lean, &mut see);
            for reading in message.heard.iter().flatten() {
                weighed(&reading.when, reading.lean.as_ref().unwrap_or(&Weight::EVEN), &mut see);
            }
        }
        let standing = self.seats.iter().filter_map(|seat| seat.standing.as_ref());
        self.choices.all().iter().chain(standing).for_each(|choice| weighed(&choice.when, choice.lean(), &mut see));
        for scene in &self.scenes {
            match &scene.kind {
                SceneKind::Route { ways, .. } => ways.iter().for_each(|way| weighed(&way.when, &way.odds, &mut see)),
                SceneKind::Decide(decision) => match decision.form.as_deref() {
                    Some(Form::Relay { .. } | Form::Receive { .. }) => {
                        self.in_transit.iter().for_each(|in_transit| see(in_transit.message));
                    }
                    Some(Form::Mark { sheet, .. }) => {
                        let sheet = &self.sheets[sheet.index()];
                        see(sheet.marks);
                        sheet.lines.iter().for_each(|line| see(line.var));
                    }
                    Some(Form::Pass { .. }) | None => {}
                },
                SceneKind::Flow(_) | SceneKind::End(_) => {}
            }
        }
        self.depended_on(waiting)
    }

    /// These variables, and those that what happens to them depends on.
    fn depended_on(&self, mut waiting: Vec<VarId>) -> Vec<bool> {
        let mut depends: HashMap<VarId, Vec<&Condition>> = HashMap::new();
        for effect in self.effects.all().iter().filter(|effect| *effect.when() != Condition::Always) {
            depends.entry(effect.var).or_default().push(effect.when());
        }
        let mut out = vec![false; self.vars.len()];
        while let Some(var) = waiting.pop() {
            if !std::mem::replace(&mut out[var.index()], true) {
                let on = depends.remove(&var).unwrap_or_default();
                on.into_iter().for_each(|condition| condition.reads(&mut |var| waiting.push(var)));
            }
        }
        out
    }
}

/// What a condition and a weight read.
fn weighed(when: &Condition, weight: &Weight, see: &mut impl FnMut(VarId)) {
    when.reads(see);
    if let Weight::Cases(all) = weight {
        let sum = |sum: &Sum, see: &mut dyn FnMut(VarId)| sum.terms.iter().for_each(|(_, var)| see(*var));
        for (when, own) in &all.cases {
            when.reads(see);
            sum(own, see);
        }
        sum(&all.otherwise, see);
    }
}
