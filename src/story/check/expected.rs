use crate::story::ast;
use crate::story::model::{EndingId, Expectation, Expected};
use crate::story::read::Text;

use super::Checker;
use super::gather::Gathered;

impl<'s> Checker<'s> {
    /// What is expected of the endings, in the order in which they are declared.
    pub(super) fn expect_of_endings(&mut self, g: &Gathered<'s>) {
        for (at, (_, ast::Ending { expect, .. })) in g.endings.iter().enumerate() {
            self.expect(Expected::Ending(EndingId::new(at)), expect.as_ref());
        }
    }

    /// What is expected somewhere. It plays no part in a session, so a variable that nothing else looks at is still
    /// unused.
    pub(super) fn expect(&mut self, at: Expected, conditions: Option<&Vec<Text<'s>>>) {
        for text in conditions.into_iter().flatten() {
            let holds = self.without_use(|checker| checker.condition(Some(text), None));
            let words = crate::text::clean(text.value()).into_owned();
            self.expectations.push(Expectation { at, words, holds });
        }
    }

    /// Reads something by which no variable is used.
    pub(super) fn without_use<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        let used = self.names.read.clone();
        let out = read(self);
        self.names.read.truncate(used.len());
        self.names.read[..used.len()].copy_from_slice(&used);
        self.names.read.resize(self.names.domains.len(), true);
        out
    }
}
