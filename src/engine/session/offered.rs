//! Every decision of a session in the words in which it was offered.

use std::borrow::Cow;

use super::super::input::Step;
use super::super::recorder::Keep;
use super::Session;

/// A decision as it was offered to whoever made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferedStep<'s> {
    pub step: Step,
    /// How many inputs of the log came before it.
    pub before: usize,
    pub words: Cow<'s, str>,
    /// Minutes on the story's clock before it, where it has one.
    pub minutes: Option<i16>,
}

impl<'s> Session<'s> {
    /// Every decision so far, whoever made it, as it was offered. Its words depend on the state in which it was
    /// made, so the session is played once more.
    #[must_use]
    pub fn offered_steps(&self) -> Vec<OfferedStep<'s>> {
        let nobody = vec![false; self.story.seats.len()];
        let (holders, lots) = (self.first_holders.clone(), self.initial_lots.clone());
        let again = Self::watched(self.story, self.seed, (holders, lots), nobody, Keep::Decisions, &self.log);
        let steps = again.placed_steps().zip(&again.recorder.offered);
        let offered = steps.map(|((before, step), offered)| OfferedStep {
            step,
            before,
            words: offered.words.clone(),
            minutes: offered.minutes,
        });
        offered.collect()
    }
}
