//! What a condition and an effect look like, in the names of the story that they are shown to.

use super::expr::Names;
use super::lexer::{Token, TokenKind as Kind, Tokens};
use super::model::Domain;

/// A condition and an effect for a line of help. A writer copies what is shown, so it names what the story declares;
/// where it declares nothing, it is marked as an example.
pub(super) struct Sample {
    pub condition: String,
    pub effect: String,
    /// It names a variable of the story.
    own: bool,
}

impl Sample {
    /// Of the variable that was declared first.
    pub fn of_names(names: &Names<'_>) -> Self {
        let first = names.vars.iter().filter(|(name, _)| !names.bad.contains(*name)).min_by_key(|(_, var)| **var);
        first.map_or_else(Self::foreign, |(name, var)| match names.domain(*var) {
            Domain::Counter(_, max) => Self::of_counter(name, i64::from(*max)),
            Domain::States(states) => states.last().map_or_else(Self::foreign, |state| Self::of_states(name, state)),
            Domain::Flag => Self::of_flag(name),
        })
    }

    /// Of the first variable that one of these texts declares, whether the rest can be read or not.
    pub fn in_texts<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        texts.into_iter().find_map(Self::in_text).unwrap_or_else(Self::foreign)
    }

    fn in_text(text: &str) -> Option<Self> {
        let words = |token: &Token| &text[token.start..token.end];
        let tokens: Vec<Token> = Tokens::from(text, 0).filter(|token| token.kind != Kind::Comment).collect();
        tokens.windows(8).find_map(|it| {
            let kinds = [Kind::Word, Kind::Colon, Kind::Open(b'{'), Kind::String, Kind::Colon, Kind::Open(b'(')];
            let declares = words(&it[0]) == "vars" && it.iter().map(|token| token.kind).zip(kinds).all(|(a, b)| a == b);
            if !declares {
                return None;
            }
            let name = words(&it[3]).trim_matches('"');
            let behind = &text[it[7].end..];
            let number =
                || behind.split("max:").nth(1)?.trim_start().split(|c: char| !c.is_ascii_digit()).next()?.parse().ok();
            match words(&it[6]) {
                "min" | "max" | "start" => Some(Self::of_counter(name, number()?)),
                "states" => Some(Self::of_states(name, behind.split('"').nth(1)?)),
                "flag" => Some(Self::of_flag(name)),
                _ => None,
            }
        })
    }

    fn of_counter(name: &str, max: i64) -> Self {
        let half = (max + 1) / 2;
        Self { condition: format!("{name} >= {half}"), effect: format!("{name} +1"), own: true }
    }

    fn of_states(name: &str, state: &str) -> Self {
        Self { condition: format!("{name} is {state}"), effect: format!("{name} = {state}"), own: true }
    }

    fn of_flag(name: &str) -> Self {
        Self { condition: name.to_owned(), effect: format!("{name} = true"), own: true }
    }

    fn foreign() -> Self {
        Self { condition: "trust >= 2".to_owned(), effect: "trust +1".to_owned(), own: false }
    }

    /// `CONDITION` and `EFFECT` in these words as examples, and the words marked where they are of no name of the
    /// story.
    pub fn fill(&self, words: &str) -> String {
        let filled = words.replace("CONDITION", &self.condition).replace("EFFECT", &self.effect);
        if self.own || filled == words { filled } else { format!("for instance, {filled}") }
    }
}

#[cfg(test)]
mod tests {
    use super::Sample;

    #[test]
    fn an_example_names_what_the_story_declares() {
        for (text, said) in [
            (r#"(vars: { "oil": (min: 0, max: 6) })"#, "write `oil >= 3` and `oil +1`"),
            (r#"(vars: { "oil": (min: 0, max: 1, start: 1), "lit": (flag: true) } "#, "write `oil >= 1` and `oil +1`"),
            (
                r#"(title: "T", vars: { // of the sea
                "tide": (states: ["low", "high"]) }, scenes: [ "#,
                "write `tide is low` and `tide = low`",
            ),
            (r#"(vars: { "lit": (flag: true) })"#, "write `lit` and `lit = true`"),
            (r#"(vars: { "lit" (flag: true) })"#, "for instance, write `trust >= 2` and `trust +1`"),
            ("", "for instance, write `trust >= 2` and `trust +1`"),
        ] {
            assert_eq!(Sample::in_texts([text]).fill("write `CONDITION` and `EFFECT`"), said, "{text}");
        }
        assert_eq!(Sample::in_texts([""]).fill("write it"), "write it");
    }
}
