use crate::story::{Change, Effect, MannerId, Message, MessageId, OnceId, Reading, SceneId, Span, Story, VarId};

/// Everything that decides how a session goes on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct State {
    pub scene: SceneId,
    /// By variable.
    pub values: Vec<i16>,
    /// Used once-only choices and messages, a bit each.
    once: Vec<u64>,
    /// How often each scene has been entered; empty where nobody asks.
    visits: Vec<u16>,
}

impl State {
    /// The state before the first scene is entered.
    #[must_use]
    pub fn new(story: &Story) -> Self {
        Self {
            scene: story.start,
            values: story.vars.iter().map(|var| var.start).collect(),
            once: vec![0; story.onces.div_ceil(64)],
            visits: vec![0; story.scenes.len()],
        }
    }

    /// The value of a variable.
    #[must_use]
    pub fn value(&self, var: VarId) -> i16 {
        self.values[var.index()]
    }

    /// Applies effects in order. A counter stays inside its range.
    #[inline]
    pub fn apply(&mut self, story: &Story, effects: Span<Effect>) {
        // Most scenes do nothing by themselves.
        if !effects.is_empty() {
            story.effects[effects].iter().for_each(|effect| self.apply_one(story, effect));
        }
    }

    fn apply_one(&mut self, story: &Story, effect: &Effect) {
        if !effect.when().holds(&self.values) {
            return;
        }
        match effect.change {
            Change::Set(value) => self.values[effect.var.index()] = value,
            Change::Add(by) => self.add(story, effect.var, by),
            Change::Flip(to) => {
                let value = &mut self.values[effect.var.index()];
                *value = if *value == 0 { to } else { 0 };
            }
        }
    }

    /// Adds to a variable, staying in its range.
    pub fn add(&mut self, story: &Story, var: VarId, by: i16) {
        let (min, max) = story.vars[var.index()].domain.bounds();
        let value = &mut self.values[var.index()];
        *value = value.saturating_add(by).clamp(min, max);
    }

    /// Whether a once-only choice or message has been used; `false` for one that can be used again.
    #[must_use]
    pub fn is_used(&self, once: Option<OnceId>) -> bool {
        once.is_some_and(|id| self.once[id.index() / 64] & (1 << (id.index() % 64)) != 0)
    }

    pub(super) fn use_up(&mut self, once: Option<OnceId>) {
        if let Some(id) = once {
            self.once[id.index() / 64] |= 1 << (id.index() % 64);
        }
    }

    /// Forgets how often scenes have been entered, which only luck and words look at: two states that differ in
    /// nothing else have the same sessions before them.
    pub fn clear_visits(&mut self) {
        self.visits = Vec::new();
    }

    /// Forgets all variables but these, and the way: what is left is all that decides where the session can go.
    pub(super) fn forget_but(&mut self, deciding: &[bool]) {
        self.clear_visits();
        let others = self.values.iter_mut().zip(deciding).filter(|(_, decides)| !**decides);
        others.for_each(|(value, _)| *value = 0);
    }

    /// How often a scene has been entered.
    #[must_use]
    pub fn visits(&self, scene: SceneId) -> u32 {
        self.visits.get(scene.index()).copied().map_or(0, u32::from)
    }

    pub(super) fn enter(&mut self, scene: SceneId) {
        self.scene = scene;
        if let Some(visits) = self.visits.get_mut(scene.index()) {
            *visits = visits.saturating_add(1);
        }
    }

    /// The message in transit, if there is one.
    #[must_use]
    pub fn in_transit(&self, story: &Story) -> Option<MessageId> {
        MessageId::of_number(self.value(story.in_transit?.message))
    }

    /// The message in transit and its reading after this treatment, if it has one.
    pub(super) fn reading_in_transit<'s>(
        &self,
        story: &'s Story,
        treatment: MannerId,
    ) -> Option<(&'s Message, &'s Reading)> {
        let message = &story.messages[self.in_transit(story)?.index()];
        Some((message, message.heard.get(treatment.index())?.as_ref()?))
    }

    /// The message that is heard, and the index of the reading that it counts as by now. Nothing as long as nothing has
    /// arrived: of the message under way, until it has been treated.
    pub(crate) fn heard(&self, story: &Story, message: Option<MessageId>) -> Option<(MessageId, usize)> {
        let one_less = |value: i16| usize::try_from(value).ok()?.checked_sub(1);
        let message = match message {
            Some(id) => id,
            None => {
                let in_transit = story.in_transit?;
                // Without treatments it has arrived as soon as it is sent.
                if !story.treatments.is_empty() && self.value(in_transit.treatment) == 0 {
                    return None;
                }
                self.in_transit(story)?
            }
        };
        Some((message, one_less(self.value(story.messages[message.index()].heard_var))?))
    }

    /// A checksum of everything that decides, to notice a replay that has gone another way.
    #[must_use]
    pub fn check(&self) -> u32 {
        let hash = self
            .values
            .iter()
            .map(|&value| u32::from(value.cast_unsigned()))
            .chain([u32::try_from(self.scene.index()).unwrap_or(u32::MAX)])
            .fold(0x811c_9dc5_u32, |hash, part| (hash ^ part).wrapping_mul(0x0100_0193));
        hash ^ (hash >> 15)
    }
}
