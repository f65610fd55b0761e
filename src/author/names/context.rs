//! What is wanted at a place of a text that is being written.

use crate::story::{Holds, Keys, SymbolKind, TokenKind, lex};

use super::inside::{Subject, is_name, pieces};
use super::{Level, PICKED, SENT, held, keys, owner, record, step};

/// What the text is about at some place, for completion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CompletionContext {
    /// A name of one of these kinds; where such a name has an owner, and it is known, one of this owner's.
    Names(Vec<SymbolKind>, Option<String>),
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
pub fn context_at(before: &str) -> CompletionContext {
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
        Some(level) if level.open == b'(' && !level.valued && !comment => {
            CompletionContext::Field(record(&levels).to_owned())
        }
        _ => CompletionContext::Nothing,
    }
}

fn in_string(inside: &str, levels: &[Level<'_>]) -> CompletionContext {
    if levels.last().is_some_and(|level| level.open == b'{' && !level.valued) {
        return match keys(levels) {
            Some(Keys::Mean(kind)) => name(kind),
            _ => CompletionContext::Nothing,
        };
    }
    match held(levels) {
        Holds::Names(kinds) => {
            let owned = kinds.iter().any(|kind| kind.owner().is_some());
            CompletionContext::Names(kinds.to_vec(), owner(levels).filter(|_| owned).map(str::to_owned))
        }
        Holds::Pick => {
            let (first, others) = if inside.contains(" / ") { SENT } else { PICKED };
            CompletionContext::Names([&[first], others].concat(), None)
        }
        Holds::Expression => in_expression(inside),
        Holds::Prose => in_prose(inside),
        Holds::Nothing | Holds::Words | Holds::Declares(_) | Holds::Map(..) => CompletionContext::Nothing,
    }
}

/// A name of this kind is wanted.
fn name(kind: SymbolKind) -> CompletionContext {
    CompletionContext::Names(vec![kind], None)
}

fn in_prose(inside: &str) -> CompletionContext {
    if inside.rsplit_once("[^").is_some_and(|(_, cited)| !cited.contains(']')) {
        return name(SymbolKind::Fact);
    }
    let form = inside.rfind(['{', '|', '}', ':']).map(|at| (&inside[at..=at], inside[at + 1..].trim_start()));
    let Some(("{" | "|", form)) = form else { return CompletionContext::Prose };
    let head = form.strip_prefix("else").map_or(form, str::trim_start);
    head.strip_prefix("if ").map_or(CompletionContext::Prose, in_expression)
}

/// What can follow these words of an expression; a name that is being written at their end is taken as not there.
fn in_expression(words: &str) -> CompletionContext {
    let mut all = pieces(words);
    let begun = |(start, piece): &mut (usize, &str)| is_letter(piece) && *start + piece.len() == words.len();
    all.pop_if(begun);
    let pieces: Vec<&str> = all.into_iter().map(|(_, piece)| piece).collect();
    let subject = |before: &[&str]| -> Option<CompletionContext> {
        let subject = match before {
            [.., "heard", "(", _, ")"] => Subject::Heard,
            [.., _, ".", _] => Subject::Line,
            [.., name] if is_name(name) => Subject::Variable(name),
            _ => return None,
        };
        let ((kind, _), owner) = subject.values();
        Some(CompletionContext::Names(vec![kind], owner.map(str::to_owned)))
    };
    let wanted = match pieces.as_slice() {
        [.., "visited", "("] => Some(name(SymbolKind::Scene)),
        [.., "heard" | "meant" | "answer", "("] => Some(name(SymbolKind::Message)),
        [.., "strike" | "restore"] => Some(name(SymbolKind::Sheet)),
        [.., sheet, "."] => Some(CompletionContext::Names(vec![SymbolKind::Line], Some((*sheet).to_owned()))),
        [before @ .., "is", "not"] | [before @ .., "is" | "="] => subject(before),
        _ => None,
    };
    wanted.unwrap_or(CompletionContext::Expression)
}

fn is_letter(piece: &str) -> bool {
    piece.starts_with(|c: char| c.is_alphabetic() || c == '_')
}
