use serde::{Deserialize, Serialize};

use super::{MannerId, MessageId, OnceId, SceneId};
use crate::story::expr::{Condition, Effect, Weight};
use crate::story::store::Span;
use crate::story::template::Template;

/// A plain choice.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Choice {
    /// The words that are chosen.
    pub say: Template,
    /// The scene it leads to; `None` comes back to its own.
    pub go: Option<SceneId>,
    /// What it changes.
    pub does: Span<Effect>,
    /// It is open only while this holds.
    pub when: Condition,
    /// Set if it can be taken once only.
    pub once: Option<OnceId>,
    /// Boxed, so that the choices of a scene lie close together.
    pub more: Option<Box<ChoiceExtras>>,
}

/// What a plain choice may have besides.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ChoiceExtras {
    /// Stable name, where the writer gave one.
    pub id: Option<Box<str>>,
    /// Why it is locked, if it is shown all the same.
    pub locked: Option<Template>,
    pub lean: Weight,
    pub reply: Option<Template>,
    /// The message it sends, with its carrier and licence.
    pub send: Option<Sent>,
}

/// A message, its carrier and its licence.
pub type Sent = (MessageId, Option<MannerId>, Option<MannerId>);

impl Choice {
    /// Stable name, where the writer gave one.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.more.as_ref()?.id.as_deref()
    }

    /// Why it is locked, if it is shown all the same.
    #[must_use]
    pub fn locked(&self) -> Option<Template> {
        self.more.as_ref()?.locked
    }

    /// How much the story leans to it.
    #[must_use]
    pub fn lean(&self) -> &Weight {
        self.more.as_ref().map_or(&Weight::EVEN, |more| &more.lean)
    }

    #[must_use]
    pub fn reply(&self) -> Option<Template> {
        self.more.as_ref()?.reply
    }

    /// The message it sends.
    #[must_use]
    pub fn send(&self) -> Option<Sent> {
        self.more.as_ref()?.send
    }
}
