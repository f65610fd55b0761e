use std::fmt;

use crate::engine::{Holder, Input, Refusal, Rules, Session, State, Stop};
use crate::story::Story;

/// A short way to a state: what is decided and how lots fall, as places in what is offered.
///
/// Written as `2.0.w1.t.3`: a number is the pick with this index among all that is open, `w1` a lot that falls on way
/// 1, `t` a tick of the clock while somebody thinks, `f` a teacher who stops the session.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Walk(Vec<WalkStep>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WalkStep {
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

    pub(super) fn push(&mut self, step: WalkStep) {
        self.0.push(step);
    }

    /// How many decisions it takes.
    #[must_use]
    pub fn decisions(&self) -> usize {
        self.0.iter().filter(|turn| matches!(turn, WalkStep::Pick(_))).count()
    }

    /// The session that this walk makes, every seat held by a person and every lot forced.
    ///
    /// # Errors
    /// Why the story does not take one of its turns.
    pub fn replay(self, story: &Story) -> Result<Session<'_>, Refusal> {
        self.replay_as(story, 0, vec![Holder::Person; story.seats.len()])
    }

    /// Replays this walk with these holders and this seed; a walk that forces no lot may leave seats to the story.
    ///
    /// # Errors
    /// As [`Walk::replay`].
    pub fn replay_as(self, story: &Story, seed: u64, holders: Vec<Holder>) -> Result<Session<'_>, Refusal> {
        let rules = Rules { story };
        // Where a lot is forced a shadow of the session tells where it falls, since it is forced before what leads
        // there.
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
pub(super) fn take(rules: Rules<'_>, state: &mut State, input: Input) -> Result<Stop, Refusal> {
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
