//! In which states what can happen at a scene does.

use std::collections::BTreeMap;

use crate::engine::Pick;
use crate::proof::diagram::Set;
use crate::proof::program::{Among, Autoplay, GuardedStep, Label};
use crate::story::{SceneId, SceneKind};

use super::Explored;

impl Explored<'_, '_> {
    /// By step of a scene, the states in which it is open.
    pub(super) fn open_when(&mut self, scene: SceneId) -> Vec<Set> {
        let program = self.program;
        let steps = &program.scenes[scene.index()].steps;
        let ordered = matches!(program.story.scene(scene).kind, SceneKind::Route { by_lot: false, .. });
        // What is open of all that stands before: of a decision all that may be picked, without the standing choice.
        let mut before = Set::NONE;
        let mut out = Vec::with_capacity(steps.len());
        for step in steps {
            let holds = self.holds(&step.guard);
            let open = match step.label {
                Label::Pick(Pick::Standing) | Label::Tick | Label::Freeze => self.diagrams.intersection(holds, before),
                Label::Otherwise => self.diagrams.difference(holds, before),
                Label::Way(_) if ordered => self.diagrams.difference(holds, before),
                Label::Way(_) | Label::Flow | Label::Pick(_) => holds,
            };
            if !matches!(step.label, Label::Pick(Pick::Standing) | Label::Tick | Label::Freeze | Label::Otherwise) {
                before = self.diagrams.union(before, holds);
            }
            out.push(open);
        }
        out
    }

    /// By step of a scene, the states in which the story takes it where it holds the seats, by its leanings.
    pub(in crate::proof) fn taken_alone(&mut self, scene: SceneId) -> Vec<Set> {
        let program = self.program;
        let steps = &program.scenes[scene.index()].steps;
        let mut taken = self.guards[scene.index()].clone();
        for among in [Among::Picks, Among::Carriers, Among::Licences] {
            // By place: the states in which it is open, and those in which it is and its weight is not 0.
            let mut open: BTreeMap<usize, (Set, Set)> = BTreeMap::new();
            let leans = |step: &GuardedStep| match &step.autoplay {
                Autoplay::Weighted(leans) => leans.iter().find(|lean| lean.among == among).cloned(),
                Autoplay::Always | Autoplay::Never => None,
            };
            for (number, step) in steps.iter().enumerate() {
                let Some(lean) = leans(step) else { continue };
                // A carrier or licence is weighed where it is open, whatever is sent.
                let guard = if among == Among::Picks { self.guards[scene.index()][number] } else { Set::ALL };
                let here = self.holds(&lean.open);
                let here = self.diagrams.intersection(guard, here);
                let positive = self.holds(&lean.positive);
                let positive = self.diagrams.intersection(here, positive);
                let known = open.entry(lean.place).or_insert((Set::NONE, Set::NONE));
                *known = (self.diagrams.union(known.0, here), self.diagrams.union(known.1, positive));
            }
            let weighed = open.values().fold(Set::NONE, |all, (_, positive)| self.diagrams.union(all, *positive));
            let mut before = Set::NONE;
            for (open, positive) in open.values_mut() {
                // Where every weight is 0 the first that is open is taken.
                let first = self.diagrams.difference(*open, weighed);
                let first = self.diagrams.difference(first, before);
                before = self.diagrams.union(before, *open);
                *positive = self.diagrams.union(*positive, first);
            }
            for (number, step) in steps.iter().enumerate() {
                if let Some(lean) = leans(step) {
                    let (_, chosen) = open[&lean.place];
                    taken[number] = self.diagrams.intersection(taken[number], chosen);
                }
            }
        }
        for (number, step) in steps.iter().enumerate() {
            if matches!(step.autoplay, Autoplay::Never) {
                taken[number] = Set::NONE;
            }
        }
        taken
    }
}
