//! Which scenes lead to which, whatever their conditions say.

use super::model::{Form, SceneId, SceneKind, Story};

/// The cycles of a story's scenes: scenes that lead back to each other are in one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cycles {
    /// By scene, the number of its cycle.
    of: Vec<usize>,
    /// By scene, whether its cycle leads round; else it is a scene by itself.
    round: Vec<bool>,
}

impl Cycles {
    /// The number of the cycle that a scene is in. A session that leaves a cycle comes to one with a smaller number.
    #[must_use]
    pub fn of(&self, scene: SceneId) -> usize {
        self.of[scene.index()]
    }

    /// Whether a session can come back to this scene.
    #[must_use]
    pub fn goes_round(&self, scene: SceneId) -> bool {
        self.round[scene.index()]
    }
}

impl Story {
    /// The scenes that can follow this one by what is written, with or without a decision.
    #[must_use]
    pub fn next(&self, id: SceneId) -> Vec<SceneId> {
        let scene = self.scene(id);
        let mut out = self.next_alone(id);
        if let SceneKind::Decide(_) = &scene.kind {
            let seat = scene.seat.filter(|_| scene.standing);
            let standing = seat.and_then(|seat| self.seats[seat.index()].standing.as_ref());
            out.extend(standing.and_then(|choice| choice.go));
        }
        out
    }

    /// Returns the scenes that can follow when the story decides: all but the standing choice's, which it never takes.
    #[must_use]
    pub fn next_alone(&self, id: SceneId) -> Vec<SceneId> {
        match &self.scene(id).kind {
            SceneKind::End(_) => Vec::new(),
            SceneKind::Flow(go) => vec![*go],
            SceneKind::Route { ways, .. } => ways.iter().map(|way| way.go).collect(),
            SceneKind::Decide(decision) => {
                let choices = self.choices(decision).iter().map(|choice| choice.go.unwrap_or(id));
                let mut out: Vec<SceneId> = choices.chain(decision.otherwise).collect();
                if let Some(form) = &decision.form {
                    out.push(form.go());
                    // A line that is struck leaves the sheet where it is.
                    out.extend(matches!(**form, Form::Mark { .. }).then_some(id));
                }
                out
            }
        }
    }

    /// The cycles in which a session can go by itself, without the standing choice.
    #[must_use]
    pub fn cycles_alone(&self) -> Cycles {
        let next: Vec<Vec<SceneId>> = self.scene_ids().map(|id| self.next_alone(id)).collect();
        let of = cycles(next.len(), |at, edge| next[at].get(edge).map(|go| go.index()));
        let round = (0..next.len()).map(|at| next[at].iter().any(|go| of[go.index()] == of[at])).collect();
        Cycles { of, round }
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

    /// By scene: whether nothing leads there by what is written, neither from the beginning nor from where a session is
    /// stopped.
    #[must_use]
    pub fn unled(&self) -> Vec<bool> {
        let stopped = self.freeze.map(|freeze| self.reach(freeze));
        let led = |at: usize| stopped.as_ref().is_some_and(|stopped| stopped[at]);
        self.reach(self.start).into_iter().enumerate().map(|(at, reached)| !reached && !led(at)).collect()
    }

    /// Of some scenes those from which the others follow: one of each cycle, where nothing but that leads to it.
    /// `follow` are scenes of which it is known that they follow from something else.
    #[must_use]
    pub fn first_of(&self, some: &[bool], mut follow: Vec<bool>) -> Vec<SceneId> {
        let next: Vec<Vec<SceneId>> =
            self.scene_ids().map(|id| if some[id.index()] { self.next(id) } else { Vec::new() }).collect();
        let spread = |from: SceneId, follow: &mut Vec<bool>| {
            let mut waiting = next[from.index()].clone();
            while let Some(id) = waiting.pop() {
                if some[id.index()] && !std::mem::replace(&mut follow[id.index()], true) {
                    waiting.extend(&next[id.index()]);
                }
            }
        };
        for id in self.scene_ids().filter(|id| follow[id.index()]).collect::<Vec<_>>() {
            spread(id, &mut follow);
        }
        let mut led = vec![false; some.len()];
        for id in self.scene_ids() {
            next[id.index()].iter().filter(|go| **go != id).for_each(|go| led[go.index()] = true);
        }
        let mut first = Vec::new();
        // A cycle that nothing else leads to is led to by itself.
        for may_be_led in [false, true] {
            for id in self.scene_ids() {
                if some[id.index()] && !follow[id.index()] && (may_be_led || !led[id.index()]) {
                    first.push(id);
                    follow[id.index()] = true;
                    spread(id, &mut follow);
                }
            }
        }
        first.sort();
        first
    }

    /// By scene: whether it is there only for sessions that a teacher stops.
    #[must_use]
    pub fn only_when_stopped(&self) -> Vec<bool> {
        let Some(freeze) = self.freeze else { return vec![false; self.scenes.len()] };
        let played = self.reach(self.start);
        self.reach(freeze).into_iter().zip(played).map(|(stopped, played)| stopped && !played).collect()
    }
}

/// By node of a graph, the number of its cycle: nodes from which one comes back to each other have the same, and no way
/// leads from a cycle to one with a greater number. `edge` tells where the edge of a node with this index leads.
///
/// After Tarjan (1972), with a stack of its own, since a story may be deeper than ours.
pub fn cycles(count: usize, edge: impl Fn(usize, usize) -> Option<usize>) -> Vec<usize> {
    const NEW: usize = usize::MAX;
    let (mut index, mut low, mut cycle) = (vec![NEW; count], vec![0; count], vec![NEW; count]);
    let (mut next, mut found) = (0, 0);
    let mut open: Vec<usize> = Vec::new();
    for root in 0..count {
        let mut path: Vec<(usize, usize)> = if index[root] == NEW { vec![(root, 0)] } else { Vec::new() };
        while let Some((at, number)) = path.pop() {
            if number == 0 {
                (index[at], low[at]) = (next, next);
                next += 1;
                open.push(at);
            }
            if let Some(go) = edge(at, number) {
                path.push((at, number + 1));
                if index[go] == NEW {
                    path.push((go, 0));
                } else if cycle[go] == NEW {
                    low[at] = low[at].min(index[go]);
                }
                continue;
            }
            if low[at] == index[at] {
                while let Some(member) = open.pop() {
                    cycle[member] = found;
                    if member == at {
                        break;
                    }
                }
                found += 1;
            }
            if let Some((before, _)) = path.last() {
                low[*before] = low[*before].min(low[at]);
            }
        }
    }
    cycle
}
