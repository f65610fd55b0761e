//! What is declared, and what of all scenes lies in long lists of its own.

use std::collections::{HashMap, HashSet};

use crate::story::ast;
use crate::story::expr::Effect;
use crate::story::model::{Choice, EndingId, MannerId, MessageId, SeatId, SheetId};
use crate::story::store::Store;
use crate::story::template::{Prose, Template};

/// What is declared, by its name.
#[derive(Default)]
pub(super) struct DeclaredIds<'s> {
    /// Their ids come one by one, in `names`.
    pub vars: HashSet<&'s str>,
    pub seats: HashMap<&'s str, SeatId>,
    pub messages: HashMap<&'s str, MessageId>,
    pub sheets: HashMap<&'s str, SheetId>,
    pub endings: HashMap<&'s str, EndingId>,
    pub facts: HashMap<&'s str, usize>,
    pub sources: HashMap<&'s str, usize>,
    pub carriers: HashMap<&'s str, MannerId>,
    pub licences: HashMap<&'s str, MannerId>,
    pub treatments: HashMap<&'s str, MannerId>,
    pub handlings: HashMap<&'s str, MannerId>,
}

/// What lies in long lists of its own, of all scenes together.
#[derive(Default)]
pub(super) struct StoryStores {
    /// By scene, then seat.
    pub texts: Vec<Option<Template>>,
    pub choices: Store<Choice>,
    pub effects: Store<Effect>,
    pub prose: Prose,
}

impl StoryStores {
    /// Makes room for what these scenes say and do.
    pub fn reserve(&mut self, scenes: &[(&str, ast::Scene<'_>)], seats: usize) {
        let choices = || scenes.iter().flat_map(|(_, scene)| scene.choices.iter().flatten());
        let texts = scenes.iter().filter_map(|(_, scene)| scene.text.as_ref());
        let says = choices().filter_map(|choice| choice.say.as_ref());
        self.prose.reserve(texts.chain(says).map(|text| text.value().len()).sum());
        self.texts.reserve_exact(scenes.len() * seats);
        self.choices.reserve(choices().count());
        self.effects.reserve(choices().flat_map(|choice| &choice.r#does).map(Vec::len).sum());
    }

    /// Lets go of room that was made for more.
    pub fn shrink(&mut self) {
        self.texts.shrink_to_fit();
        self.choices.shrink();
        self.effects.shrink();
        self.prose.shrink();
    }
}
