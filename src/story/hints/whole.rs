//! Expressions that do not stand in quotes as a whole: `do: [trust +1]`, `when: "trust" >= 2`.

use super::super::diagnostic::Code;
use super::super::lexer::TokenKind as Kind;
use super::{BrokenText, Hint, Mend};

/// What the text in these fields is.
const HOLDERS: [(&str, &str); 5] = [
    ("do", "an effect"),
    ("when", "a condition"),
    ("expect", "a condition"),
    ("lean", "a weight"),
    ("odds", "a weight"),
];

/// An expression of which a part stands in quotes, or nothing.
pub(super) fn half_quoted(broken: &BrokenText<'_>) -> Option<Hint> {
    let BrokenText { text, tokens, last, .. } = broken;
    let mut open = Vec::new();
    for (at, token) in tokens.iter().enumerate().take_while(|(_, token)| token.start <= *last) {
        let before = at.checked_sub(1).and_then(|at| broken.kind(at));
        let holder = match (before, open.last()) {
            (Some(Kind::Colon), _) => at.checked_sub(2).map(|name| tokens[name]),
            (Some(Kind::Open(b'[') | Kind::Comma), Some((b'[', list))) => broken.owner(*list),
            _ => None,
        };
        let holder = holder.map_or("", |holder| broken.words(holder));
        let what = HOLDERS.iter().find(|(field, _)| *field == holder).filter(|_| token.kind.is_value());
        if let Some((_, what)) = what
            && let Some(end) = expression(broken, at)
        {
            let quoted = token.kind == Kind::String;
            let (start, close) = (token.start, tokens[end].end);
            let bare = text[start..close].replace('"', "");
            let message = format!("{what} stands in quotes as a whole");
            let hint = Hint::new(Code::BadExpression, start, close, message, format!("write `\"{bare}\"`"));
            let first = if quoted {
                Mend { range: token.end - 1..token.end, by: "" }
            } else {
                Mend { range: start..start, by: "\"" }
            };
            return Some(hint.mends(vec![first, Mend { range: close..close, by: "\"" }]));
        }
        match token.kind {
            Kind::Open(kind) => open.push((kind, at)),
            Kind::Close(_) => drop(open.pop()),
            _ => {}
        }
    }
    None
}

/// The last token of the expression that begins with this one, where a sign follows that.
fn expression(broken: &BrokenText<'_>, at: usize) -> Option<usize> {
    let first = broken.tokens[at];
    let words = |at: usize| broken.words(broken.tokens[at]);
    let line = broken.line_from(first.start).len() + first.start;
    let ends = |at: &usize| {
        matches!(broken.kind(*at), None | Some(Kind::Comma | Kind::Close(_))) || broken.tokens[*at].start >= line
    };
    let end = (at + 1..).find(ends)?;
    let signs = (at + 1..end).next().is_some_and(|at| match broken.kind(at) {
        Some(Kind::Odd) => "<>=".contains(words(at)),
        Some(Kind::Word) => words(at).starts_with(['+', '-']),
        _ => false,
    });
    let plain = (at + 1..end).all(|at| matches!(broken.kind(at), Some(Kind::Odd | Kind::Word)));
    (signs && plain).then(|| end - 1)
}
