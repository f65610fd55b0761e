//! What is wanted at a place of a text that is being written.

use crate::story::{TokenKind, lex};

use super::inside::{Subject, is_name, pieces};
use super::{Holds, Level, Naming, holds, keyed_by, step};

/// What the text is about at some place, for completion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Around {
    /// A name of this kind is wanted.
    Name(Naming),
    /// A state of this variable, or a line of this sheet.
    Member(Naming, String),
    /// A condition, effect or weight: variables and what they can be asked.
    Expression,
    /// Prose: `{` begins a form, `[^` a citation.
    Prose,
    /// A field of a record that stands in this field or map.
    Field(String),
    Nothing,
}

/// What is wanted behind this text. What may follow has no part in it: it is not what it will be yet.
#[must_use]
pub fn around(before: &str) -> Around {
    let (tokens, unclosed) = lex(before);
    let mut levels: Vec<Level<'_>> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        step(before, *token, tokens.get(at + 1).map(|token| token.kind), &mut levels);
    }
    if let Some(open) = unclosed {
        return in_string(&before[open + 1..], &levels);
    }
    let comment = tokens.last().is_some_and(|token| token.kind == TokenKind::Comment && token.end == before.len());
    match levels.last() {
        Some(level) if level.open == b'(' && !level.valued && !comment => Around::Field(record(&levels)),
        _ => Around::Nothing,
    }
}

fn in_string(inside: &str, levels: &[Level<'_>]) -> Around {
    if let Some(level) = levels.last().filter(|level| level.open == b'{' && !level.valued) {
        return keyed_by(level.key).map_or(Around::Nothing, Around::Name);
    }
    match holds(levels) {
        Holds::Name(Naming::State) => {
            let var = levels.last().map_or("", |level| level.key);
            Around::Member(Naming::State, var.to_owned())
        }
        Holds::Name(naming) => Around::Name(naming),
        Holds::Pick => Around::Name(if inside.contains(" / ") { Naming::Carrier } else { Naming::Message }),
        Holds::States(_) => Around::Nothing,
        Holds::Expression => in_expression(inside),
        Holds::Prose => in_prose(inside),
    }
}

fn in_prose(inside: &str) -> Around {
    if inside.rsplit_once("[^").is_some_and(|(_, cited)| !cited.contains(']')) {
        return Around::Name(Naming::Fact);
    }
    let form = inside.rfind(['{', '|', '}', ':']).map(|at| (&inside[at..=at], inside[at + 1..].trim_start()));
    let Some(("{" | "|", form)) = form else { return Around::Prose };
    let head = form.strip_prefix("else").map_or(form, str::trim_start);
    head.strip_prefix("if ").map_or(Around::Prose, in_expression)
}

/// What can follow these words of an expression; a name that is being written at their end is taken as not there.
fn in_expression(words: &str) -> Around {
    let mut all = pieces(words);
    let begun = |(start, piece): &mut (usize, &str)| is_letter(piece) && *start + piece.len() == words.len();
    all.pop_if(begun);
    let pieces: Vec<&str> = all.into_iter().map(|(_, piece)| piece).collect();
    let subject = |before: &[&str]| -> Option<Around> {
        let subject = match before {
            [.., "heard", "(", _, ")"] => Subject::Heard,
            [.., _, ".", _] => Subject::Line,
            [.., name] if is_name(name) => Subject::Variable(name),
            _ => return None,
        };
        Some(match subject.values() {
            (Naming::State, Some(var)) => Around::Member(Naming::State, var.to_owned()),
            (naming, _) => Around::Name(naming),
        })
    };
    let wanted = match pieces.as_slice() {
        [.., "visited", "("] => Some(Around::Name(Naming::Scene)),
        [.., "heard" | "meant", "("] => Some(Around::Name(Naming::Message)),
        [.., "strike" | "restore"] => Some(Around::Name(Naming::Sheet)),
        [.., sheet, "."] => Some(Around::Member(Naming::Line, (*sheet).to_owned())),
        [before @ .., "is", "not"] | [before @ .., "is" | "="] => subject(before),
        _ => None,
    };
    wanted.unwrap_or(Around::Expression)
}

fn is_letter(piece: &str) -> bool {
    piece.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// The field or map in which the record at hand stands: `scenes`, `choices`.
fn record(levels: &[Level<'_>]) -> String {
    let Some(level) = levels.last() else { return String::new() };
    match levels.len().checked_sub(2).and_then(|at| levels.get(at)) {
        // `scenes: { "a": ( … ) }` is a record of `scenes`, and so is `choices: [( … )]` of `choices`.
        Some(outer) if outer.open != b'(' => outer.key.to_owned(),
        _ => level.key.to_owned(),
    }
}
