//! Which scenes lead to which, whatever their conditions say.

use super::model::{Kind, SceneId, Story};

impl Story {
    /// The scenes that can follow this one by what is written, with or without a decision.
    #[must_use]
    pub fn next(&self, id: SceneId) -> Vec<SceneId> {
        let scene = self.scene(id);
        let decision = match &scene.kind {
            Kind::End(_) => return Vec::new(),
            Kind::Flow(go) => return vec![*go],
            Kind::Route { ways, .. } => return ways.iter().map(|way| way.go).collect(),
            Kind::Decide(decision) => decision,
        };
        let mut out: Vec<SceneId> = self.choices(decision).iter().filter_map(|choice| choice.go).collect();
        out.extend(decision.otherwise);
        out.extend(decision.form.as_ref().map(|form| form.go()));
        let standing =
            scene.seat.filter(|_| scene.standing).and_then(|seat| self.seats[seat.index()].standing.as_ref());
        out.extend(standing.and_then(|choice| choice.go));
        out
    }

    /// By scene: whether one can come there from this one, by what is written.
    #[must_use]
    pub fn reach(&self, from: SceneId) -> Vec<bool> {
        let mut reached = vec![false; self.scenes.len()];
        let mut waiting = vec![from];
        while let Some(id) = waiting.pop() {
            if !std::mem::replace(&mut reached[id.index()], true) {
                waiting.extend(self.next(id));
            }
        }
        reached
    }

    /// By scene: whether it is there only for nights that a teacher stops.
    #[must_use]
    pub fn only_when_stopped(&self) -> Vec<bool> {
        let Some(freeze) = self.freeze else { return vec![false; self.scenes.len()] };
        let played = self.reach(self.start);
        self.reach(freeze).into_iter().zip(played).map(|(stopped, played)| stopped && !played).collect()
    }
}
