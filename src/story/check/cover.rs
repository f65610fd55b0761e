//! What a story is dressed in: its colour, and its language.

use crate::story::accent::Accent;
use crate::story::diagnostic::Code;

use super::Checker;
use super::gather::Gathered;

impl<'s> Checker<'s> {
    pub(super) fn declare_accent(&mut self, g: &Gathered<'s>) -> Option<Accent> {
        let text = g.accent.as_ref()?;
        let Some(accent) = Accent::parse(text.value()) else {
            self.report(Code::BadAccent, text.at, "this is not a colour").help =
                Some("write red, green and blue in two hexadecimal digits each, for instance `\"#7a1f1f\"`".to_owned());
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
        if !is_language_tag(text.value()) {
            self.report(Code::BadLanguage, text.at, "this is not a language tag").help =
                Some("write the language’s short code, for instance `\"en\"`, `\"fr\"` or `\"pt-BR\"`".to_owned());
            return String::new();
        }
        text.value().to_owned()
    }
}

/// Whether this has the shape of a language tag (BCP 47): a code of two or three small letters, then any number of parts
/// of up to eight letters and digits.
fn is_language_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let code = parts.next().unwrap_or_default();
    let small = code.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    small && (2..=3).contains(&code.len()) && parts.all(is_part)
}
