use std::fmt;

use crate::engine::{Holder, Input, Refusal, Rules, Session, State, Stop, options};
use crate::story::{SceneId, Story};

use super::diagram::Set;
use super::explore::Explored;
use super::program::Label;

/// A short way to a state: what is decided and how lots fall, as places in what is offered.
///
/// Written as `2.0.w1.t.3`: a number is the pick with this index among all that is open, `w1` a lot that falls on way 1,
/// `t` a tick of the clock while somebody thinks, `f` a teacher who stops the night.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Walk(Vec<WalkStep>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WalkStep {
    Pick(usize),
    Way(usize),
    Tick,
    Freeze,
}

impl fmt::Display for Walk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, turn) in self.0.iter().enumerate() {
            let dot = if at == 0 { "" } else { "." };
            match turn {
                WalkStep::Pick(pick) => write!(f, "{dot}{pick}")?,
                WalkStep::Way(way) => write!(f, "{dot}w{way}")?,
                WalkStep::Tick => write!(f, "{dot}t")?,
                WalkStep::Freeze => write!(f, "{dot}f")?,
            }
        }
        Ok(())
    }
}

impl Walk {
    /// Reads a walk as it is written.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let turn = |part: &str| match (part, part.strip_prefix('w')) {
            ("t", _) => Some(WalkStep::Tick),
            ("f", _) => Some(WalkStep::Freeze),
            (_, Some(way)) => way.parse().ok().map(WalkStep::Way),
            (_, None) => part.parse().ok().map(WalkStep::Pick),
        };
        if text.is_empty() {
            return Some(Self::default());
        }
        text.split('.').map(turn).collect::<Option<Vec<_>>>().map(Self)
    }

    /// How many decisions it takes.
    #[must_use]
    pub fn decisions(&self) -> usize {
        self.0.iter().filter(|turn| matches!(turn, WalkStep::Pick(_))).count()
    }

    /// The night that this walk makes, every seat held by a person and every lot forced.
    ///
    /// # Errors
    /// Why the story does not take one of its turns.
    pub fn replay(self, story: &Story) -> Result<Session<'_>, Refusal> {
        self.replay_as(story, 0, vec![Holder::Person; story.seats.len()])
    }

    /// The same with other holders and luck; a walk that forces no lot may leave seats to the story.
    ///
    /// # Errors
    /// As [`Walk::replay`].
    pub fn replay_as(self, story: &Story, seed: u64, holders: Vec<Holder>) -> Result<Session<'_>, Refusal> {
        let rules = Rules { story };
        // Where a lot is forced a shadow of the night tells where it falls, since it is forced before what leads there.
        let forces = self.0.iter().any(|turn| matches!(turn, WalkStep::Way(_)));
        let mut shadow = State::new(story);
        rules.begin(&mut shadow, &mut ());
        let mut turns = self.0.into_iter().peekable();
        let lots = |shadow: &mut State, turns: &mut std::iter::Peekable<std::vec::IntoIter<WalkStep>>| {
            let mut out = Vec::new();
            while let Some(WalkStep::Way(way)) = turns.peek().copied() {
                out.push((shadow.scene, u16::try_from(way).unwrap_or(u16::MAX)));
                rules.roll(shadow, way, &mut ());
                turns.next();
            }
            out
        };
        let first = lots(&mut shadow, &mut turns);
        let mut session = Session::forced(story, seed, holders, first);
        while let Some(turn) = turns.next() {
            let scene = session.state().scene;
            let input = match turn {
                WalkStep::Pick(at) => {
                    Input::Decide(scene, *session.options().picks().get(at).ok_or(Refusal::NotOffered)?)
                }
                WalkStep::Tick => {
                    let clock = story.clock.as_ref().ok_or(Refusal::NotOffered)?;
                    Input::Set(clock.var, session.state().value(clock.var).saturating_add(clock.tick))
                }
                WalkStep::Freeze => Input::Freeze,
                WalkStep::Way(_) => return Err(Refusal::NotNow),
            };
            if forces {
                take(rules, &mut shadow, input)?;
                for (scene, way) in lots(&mut shadow, &mut turns) {
                    session.input(Input::Force(scene, way))?;
                }
            }
            session.input(input)?;
        }
        Ok(session)
    }
}

/// Takes an input of a walk where nobody but persons decides.
fn take(rules: Rules<'_>, state: &mut State, input: Input) -> Result<Stop, Refusal> {
    match input {
        Input::Decide(_, pick) => rules.decide(state, pick, &mut ()),
        Input::Set(var, value) => {
            let by = value.saturating_sub(state.value(var));
            state.add(rules.story, var, by);
            Ok(rules.go_on(state, &mut ()))
        }
        Input::Freeze => Ok(rules.arrive(state, rules.story.freeze.ok_or(Refusal::NoFreeze)?, &mut ())),
        _ => Err(Refusal::NotNow),
    }
}

impl Explored<'_, '_> {
    /// The shortest way from the beginning of the night into one of these states.
    pub(super) fn walk_to(&mut self, goal: &[Set]) -> Option<Walk> {
        self.night_to(goal, false).map(|(walk, _)| walk)
    }

    /// The shortest night in which one of these scenes is entered in one of these states, and the state. `None` where
    /// there is none, though what was explored leaves it open; and where the budget is used up.
    pub(super) fn entering(&mut self, goal: &[Set]) -> Option<(Walk, Set)> {
        self.night_to(goal, true)
    }

    fn night_to(&mut self, goal: &[Set], entering: bool) -> Option<(Walk, Set)> {
        let layers = self.towards(goal, |_| true, entering)?;
        let program = self.program;
        let story = program.story;
        let mut scene = story.start;
        // One state at a time, with everything that is known of it.
        let mut here = self.first();
        let inside = |this: &mut Self, layer: usize, scene: SceneId, here: Set| {
            let both = layers[layer].get(&scene).map(|set| this.diagrams.intersection(here, *set));
            both.is_some_and(|both| !both.is_empty())
        };
        let mut layer = (0..layers.len()).find(|layer| inside(self, *layer, scene, here))?;
        let rules = Rules { story };
        let mut state = State::new(story);
        let mut stop = rules.begin(&mut state, &mut ());
        let mut walk = Walk::default();
        while layer > 0 {
            let mut found = None;
            for (number, step) in program.scenes[scene.index()].steps.iter().enumerate() {
                if entering && layer == 1 && step.stays {
                    continue;
                }
                let next = self.right_after(here, scene, number);
                if !next.is_empty() && inside(self, layer - 1, step.go, next) {
                    found = Some((step, next));
                    break;
                }
            }
            let (step, next) = found?;
            let input = match (step.label, &story.clock) {
                (Label::Pick(pick), _) => {
                    let at = options(story, &state).picks().iter().position(|open| *open == pick)?;
                    walk.0.push(WalkStep::Pick(at));
                    Some(Input::Decide(scene, pick))
                }
                (Label::Tick, Some(clock)) => {
                    walk.0.push(WalkStep::Tick);
                    Some(Input::Set(clock.var, state.value(clock.var).saturating_add(clock.tick)))
                }
                (Label::Freeze, _) => {
                    walk.0.push(WalkStep::Freeze);
                    Some(Input::Freeze)
                }
                (Label::Way(way), _) if stop == Stop::Lot && state.scene == scene => {
                    walk.0.push(WalkStep::Way(way));
                    stop = rules.roll(&mut state, way, &mut ());
                    None
                }
                // The engine has taken these by itself.
                _ => None,
            };
            if let Some(input) = input {
                stop = take(rules, &mut state, input).ok()?;
            }
            (scene, here, layer) = (step.go, next, layer - 1);
        }
        Some((walk, here))
    }
}
