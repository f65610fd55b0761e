//! Expressions that do not stand in quotes as a whole: `do: [trust +1]`, `when: "trust" >= 2`.

use super::super::diagnostic::Code;
use super::super::lexer::{Token, TokenKind as Kind};
use super::{BrokenText, Hint, Mend};

/// What the text in these fields is.
const HOLDERS: [(&str, &str); 5] = [
    ("do", "an effect"),
    ("when", "a condition"),
    ("expect", "a condition"),
    ("lean", "a weight"),
    ("odds", "a weight"),
];

/// A text or a number with a condition behind it: `go: "street" if wet`, `do: ["trust +1" if wet]`.
pub(super) fn with_condition(broken: &BrokenText<'_>) -> Option<Hint> {
    let tokens = broken.tokens.iter().enumerate().take_while(|(_, token)| token.start <= broken.last);
    let (at, _) = tokens.filter(|(_, token)| token.kind == Kind::Word).find(|(at, token)| {
        let asks = matches!(broken.words(**token), "if" | "when" | "unless") && broken.kind(at + 1) == Some(Kind::Word);
        asks && at.checked_sub(1).and_then(|at| broken.kind(at)).is_some_and(Kind::is_value)
    })?;
    let (given, line) = (broken.tokens[at - 1], broken.line_from(broken.tokens[at].end));
    let ends = |(_, token): &(usize, &Token)| matches!(token.kind, Kind::Comma | Kind::Close(_));
    let (end, _) = broken.tokens.iter().enumerate().skip(at).find(ends)?;
    let close = broken.tokens[end - 1].end;
    if close > broken.tokens[at].end + line.len() {
        return None;
    }
    let condition = broken.text[broken.tokens[at + 1].start..close].trim();
    // A text begins or ends in it: what has lost its quotation mark is another slip.
    if condition.contains("\",") {
        return None;
    }
    // So it is where the text before has swallowed the comma after it.
    let before = broken.tokens[..at].iter().rfind(|token| token.kind == Kind::String);
    if before.is_some_and(|text| broken.words(*text).trim_end_matches('"').trim_end().ends_with(',')) {
        return None;
    }
    let condition = condition.replace('"', "");
    let (when, other) =
        condition.split_once(" else ").map_or((condition.as_str(), None), |(when, other)| (when, Some(other.trim())));
    let when = if broken.words(broken.tokens[at]) == "unless" { format!("not {when}") } else { when.to_owned() };
    let value = broken.words(given).trim_matches('"');
    let mut enclosing = Vec::new();
    for (at, token) in broken.tokens[..at].iter().enumerate() {
        match token.kind {
            Kind::Open(kind) => enclosing.push((kind, at)),
            Kind::Close(_) => drop(enclosing.pop()),
            _ => {}
        }
    }
    let owner = |at: usize| broken.owner(at).map_or("", |owner| broken.words(owner));
    let holder = match (broken.kind(at.checked_sub(2)?), enclosing.last()) {
        (Some(Kind::Colon), _) => at.checked_sub(3).map_or("", |at| broken.words(broken.tokens[at])),
        (_, Some((_, list))) => owner(*list),
        _ => return None,
    };
    let of_a_choice = matches!(enclosing.as_slice(), [.., (b'[', list), (b'(', _)] if owner(*list) == "choices");
    let (code, message, help) = match holder {
        "do" => {
            let effect = format!("{value}{}", step(broken.text, value));
            let other = other.map(|other| format!(", \"{other} if not {when}\"")).unwrap_or_default();
            let help = format!("write `\"{effect} if {when}\"{other}`");
            (Code::BadExpression, "an effect stands in quotes as a whole".to_owned(), help)
        }
        "lean" | "odds" => {
            let help = format!("write `{holder}: \"{value} if {condition}\"`");
            (Code::BadExpression, "a weight stands in quotes as a whole".to_owned(), help)
        }
        "go" | "otherwise" | "end" | "send" => {
            let help = match (other, of_a_choice) {
                (None, true) => format!("write `when: \"{when}\"` beside it"),
                (other, _) => format!(
                    "lead to a scene that parts the ways: `route: [(when: \"{when}\", go: \"{value}\"), (go: \"{}\")]`",
                    other.unwrap_or("scene")
                ),
            };
            (Code::BadExpression, format!("`{holder}` takes no condition"), help)
        }
        // Words without their quotation mark are another slip: `{a. | else if b: …` has lost the first.
        "text" | "say" | "reply" | "locked" if given.kind == Kind::String => {
            let help = format!("write `{holder}: \"{{if {when}: …}}\"`");
            (Code::BadExpression, "a condition of words stands in braces within them".to_owned(), help)
        }
        _ => return None,
    };
    let mut hint = Hint::new(code, given.start, close, message, help).mend(given.end..close, "");
    if holder == "do" && given.kind == Kind::String {
        hint = hint.mend(given.end - 1..given.end - 1, step(broken.text, value));
    }
    hint.loses = true;
    Some(hint)
}

/// What may happen to a variable of which only the name is given, by how it is declared.
fn step(text: &str, name: &str) -> &'static str {
    let is_name = name.chars().all(|c| c.is_alphanumeric() || "_-".contains(c));
    let is_flag = text.contains(&format!("\"{name}\": (flag:"));
    match (is_name, is_flag) {
        (true, true) => " = true",
        (true, false) => " +1",
        (false, _) => "",
    }
}

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
