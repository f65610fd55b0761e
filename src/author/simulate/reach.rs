use serde::Serialize;

use crate::engine::draw;
use crate::story::{SeatId, Story};

use super::run::SimulatedRun;

/// How far one decision reaches: of the decisions that were changed, all luck kept and the later decisions taken as
/// before where they are still open, in how many did words change outside the part of the session they belong to?
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Reach {
    /// Decisions changed, one in each session.
    pub changed: u64,
    /// Those that changed words of another part.
    pub beyond: u64,
}

impl Reach {
    /// The share of changed decisions that reach beyond their part.
    #[must_use]
    pub fn share(&self) -> f64 {
        self.beyond as f64 / self.changed.max(1) as f64
    }

    /// Changes one decision of this session and compares.
    pub(super) fn add<'s>(&mut self, story: &'s Story, run: &SimulatedRun<'s>, seat: SeatId) {
        let Ok(count) = u32::try_from(run.walk.len()) else { return };
        if count == 0 {
            return;
        }
        let which = draw(run.seed, "reach", 0, "which", count) as usize;
        let mut other = run.anew(story, Some(seat));
        for &at in &run.walk[..which] {
            let picks = other.session.options().picks();
            if at >= picks.len() || !other.take(at, &picks, Some(seat)) {
                return;
            }
        }
        let picks = other.session.options().picks();
        let Some(rest) = u32::try_from(picks.len()).ok().filter(|&count| count > 1) else { return };
        // Anything but what was taken.
        let away = 1 + draw(run.seed, "reach", 0, "instead", rest - 1) as usize;
        let changed = (run.walk[which] + away) % picks.len();
        if !other.take(changed, &picks, Some(seat)) {
            return;
        }
        // From here on as before, wherever the same scene asks and still offers it.
        let steps: Vec<_> = run.session.steps().filter(|step| step.seat == seat).collect();
        let mut used: Vec<bool> = (0..steps.len()).map(|at| at <= which).collect();
        while other.is_on() {
            let picks = other.session.options().picks();
            let scene = other.session.state().scene;
            let before = (0..steps.len()).find(|&at| !used[at] && steps[at].scene == scene);
            let kept = before.and_then(|at| {
                used[at] = true;
                picks.iter().position(|pick| *pick == steps[at].pick)
            });
            let number = u32::try_from(other.walk.len()).unwrap_or(0);
            let bound = u32::try_from(picks.len()).unwrap_or(1);
            let at = kept.unwrap_or_else(|| draw(run.seed, "reach", number, "pick", bound) as usize);
            if !other.take(at, &picks, Some(seat)) {
                break;
            }
        }
        let own = run.parts[which];
        self.changed += 1;
        let elsewhere = |part: u64| part != own;
        let differs = run.passages.symmetric_difference(&other.passages).any(|&(part, _)| elsewhere(part));
        self.beyond += u64::from(differs);
    }
}
