//! Names that are not written as names.

use super::super::diagnostic::Code;
use super::super::lexer::TokenKind as Kind;
use super::{BrokenText, Hint};

/// A name of several words, without quotes, as in `The kitchen: ( … )`.
pub(super) fn in_words(broken: &BrokenText<'_>) -> Option<Hint> {
    let begins = |at: usize| matches!(broken.kind(at), Some(Kind::Open(b'{') | Kind::Comma));
    let mut at = 1;
    while at < broken.tokens.len() && broken.tokens[at].start <= broken.last {
        let from = at;
        while broken.kind(at) == Some(Kind::Word) {
            at += 1;
        }
        let entry = (broken.kind(at), broken.kind(at + 1)) == (Some(Kind::Colon), Some(Kind::Open(b'(')));
        if at > from + 1 && entry && begins(from - 1) && broken.within(from) == Some(b'{') {
            let words: Vec<&str> = broken.tokens[from..at].iter().map(|word| broken.words(*word)).collect();
            let (start, end) = (broken.tokens[from].start, broken.tokens[at - 1].end);
            let message = "a name that you make up is one word, in quotes";
            let help = format!("write `\"{}\"`", words.join("-").to_lowercase());
            let mut hint = Hint::new(Code::BareNames, start, end, message, help).mend(start..end, "\"name\"");
            // What it is called elsewhere is not known for sure.
            hint.loses = true;
            return Some(hint);
        }
        at += 1;
    }
    None
}
