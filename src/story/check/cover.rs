//! What a story is dressed in: its colour, and its language.

use crate::story::accent::Accent;
use crate::story::diagnostic::Code;
use crate::story::language::Language;

use super::Checker;
use super::gather::Gathered;

impl<'s> Checker<'s> {
    pub(super) fn declare_accent(&mut self, g: &Gathered<'s>) -> Option<Accent> {
        let text = g.accent.as_ref()?;
        let Some(accent) = Accent::parse(text.value()) else {
            let help = match Accent::meant(text.value()) {
                Some(meant) => format!("write `\"{meant}\"`"),
                None => {
                    "write red, green and blue in two hexadecimal digits each, for instance `\"#7a1f1f\"`".to_owned()
                }
            };
            self.report(Code::BadAccent, text.at, "this is not how a colour is written").help = Some(help);
            return None;
        };
        let contrast = accent.contrast(Accent::LIGHT_PAGE);
        if contrast < Accent::LEAST {
            let shade = accent.readable_on(Accent::LIGHT_PAGE);
            let told = format!(
                "`{accent}` cannot be read on a light page: its contrast is {contrast:.1}, and {} is the least",
                Accent::LEAST
            );
            self.report(Code::BadAccent, text.at, told).help =
                Some(format!("take a darker colour; of this one `\"{shade}\"` is the lightest shade that will do"));
            return None;
        }
        Some(accent)
    }

    /// The language tag; empty where none is given.
    pub(super) fn declare_language(&mut self, g: &Gathered<'s>) -> String {
        let Some(text) = g.language.as_ref() else { return String::new() };
        match Language::parse(text.value()) {
            Ok(language) => language.tag(),
            Err(wrong) => {
                self.report(Code::BadLanguage, text.at, wrong.told).help = Some(wrong.help);
                String::new()
            }
        }
    }
}
