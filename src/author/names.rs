//! Where names are declared and meant, read from tokens alone, so that a text that is half written still has them.

use crate::story::{Token, TokenKind, lex};

/// What a name is a name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Naming {
    Scene,
    Role,
    Variable,
    Message,
    Carrier,
    Licence,
    Treatment,
    Handling,
    Sheet,
    Ending,
    Fact,
    Source,
}

/// A name where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    pub naming: Naming,
    pub name: String,
    /// In bytes of the text.
    pub start: usize,
    pub end: usize,
    /// Here it is declared.
    pub declares: bool,
}

/// What the text is about at some place, for completion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Around {
    /// A name of this kind is wanted.
    Name(Naming),
    /// A condition, effect or weight: variables and what they can be asked.
    Expression,
    /// Prose: `{` begins a form, `[^` a citation.
    Prose,
    /// A field of a record that stands in this field or map.
    Field(String),
    Nothing,
}

/// A bracket on the way to a place.
#[derive(Debug, Clone)]
struct Level {
    open: u8,
    /// The field or key that holds it.
    key: String,
    /// The field or key that was named last within it.
    last: String,
    /// A colon has come since, and no comma.
    valued: bool,
}

/// Reads the names of a text.
#[must_use]
pub fn mentions(text: &str) -> Vec<Mention> {
    let (tokens, _) = lex(text);
    let mut out = Vec::new();
    let mut levels: Vec<Level> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let next = tokens[at + 1..].iter().find(|token| token.kind != TokenKind::Comment).map(|token| token.kind);
        if token.kind == TokenKind::String {
            string(text, *token, next == Some(TokenKind::Colon), &levels, &mut out);
        }
        step(text, *token, next, &mut levels);
    }
    out
}

/// What is wanted at a byte of a text.
#[must_use]
pub fn around(text: &str, place: usize) -> Around {
    let (tokens, unclosed) = lex(text);
    let mut levels: Vec<Level> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if token.start >= place {
            break;
        }
        let inside = token.kind == TokenKind::String && place < token.end;
        if inside {
            return in_string(&levels);
        }
        let next = tokens.get(at + 1).map(|token| token.kind);
        step(text, *token, next, &mut levels);
    }
    if unclosed.is_some_and(|open| open < place) {
        return in_string(&levels);
    }
    match levels.last() {
        Some(level) if level.open == b'(' && !level.valued => Around::Field(record(&levels)),
        _ => Around::Nothing,
    }
}

fn step(text: &str, token: Token, next: Option<TokenKind>, levels: &mut Vec<Level>) {
    let words = &text[token.start..token.end];
    match token.kind {
        TokenKind::Open(open) => {
            let key = levels.last().map(|level| level.last.clone()).unwrap_or_default();
            levels.push(Level { open, key, last: String::new(), valued: false });
        }
        TokenKind::Close(_) => {
            levels.pop();
        }
        TokenKind::Comma => {
            if let Some(level) = levels.last_mut() {
                level.valued = false;
                if level.open != b'[' {
                    level.last.clear();
                }
            }
        }
        TokenKind::Colon => {
            if let Some(level) = levels.last_mut() {
                level.valued = true;
            }
        }
        TokenKind::Word | TokenKind::String if next == Some(TokenKind::Colon) => {
            if let Some(level) = levels.last_mut() {
                words.trim_matches('"').clone_into(&mut level.last);
            }
        }
        _ => {}
    }
}

/// The map that declares names of a kind.
fn declared_in(map: &str) -> Option<Naming> {
    Some(match map {
        "scenes" => Naming::Scene,
        "roles" => Naming::Role,
        "vars" => Naming::Variable,
        "messages" => Naming::Message,
        "carriers" => Naming::Carrier,
        "licences" => Naming::Licence,
        "treatments" => Naming::Treatment,
        "handlings" => Naming::Handling,
        "sheets" => Naming::Sheet,
        "endings" => Naming::Ending,
        "facts" => Naming::Fact,
        "sources" => Naming::Source,
        _ => return None,
    })
}

/// The names that a field holds, alone or in a list.
fn held_by(field: &str, levels: &[Level]) -> Option<Naming> {
    let in_fact = levels.iter().any(|level| level.key == "facts");
    let in_walk = levels.iter().any(|level| level.key == "walks");
    Some(match field {
        "go" | "otherwise" | "until" | "through" | "stops" => Naming::Scene,
        "start" if levels.len() <= 1 => Naming::Scene,
        "seat" | "from" | "to" | "seen_by" | "seats" => Naming::Role,
        "send" | "messages" => Naming::Message,
        "by" if levels.len() > 1 => Naming::Carrier,
        "licence" | "licences" => Naming::Licence,
        "treatments" => Naming::Treatment,
        "handlings" => Naming::Handling,
        "sheet" => Naming::Sheet,
        "end" | "ends" => Naming::Ending,
        "reported" => Naming::Source,
        "sources" if in_fact => Naming::Source,
        "for" | "against" if !in_walk => Naming::Fact,
        _ => return None,
    })
}

/// The names that a map's keys mean without declaring them.
fn keyed_by(map: &str) -> Option<Naming> {
    Some(match map {
        "others" | "reads" | "never" => Naming::Role,
        "heard" => Naming::Treatment,
        "lots" => Naming::Scene,
        _ => return None,
    })
}

const EXPRESSIONS: [&str; 4] = ["when", "do", "lean", "expect"];

fn in_string(levels: &[Level]) -> Around {
    let Some(level) = levels.last() else { return Around::Nothing };
    // In a list the field is the one that holds the list.
    let field = if level.open == b'[' { &level.key } else { &level.last };
    if level.open == b'{' && !level.valued {
        return keyed_by(&level.key).map_or(Around::Nothing, Around::Name);
    }
    if level.open == b'{' && level.key == "lots" {
        return Around::Name(Naming::Scene);
    }
    if EXPRESSIONS.contains(&field.as_str()) || field == "odds" {
        return Around::Expression;
    }
    held_by(field, levels).map_or(Around::Prose, Around::Name)
}

/// The field or map in which the record at hand stands: `scenes`, `choices`.
fn record(levels: &[Level]) -> String {
    let Some(level) = levels.last() else { return String::new() };
    match levels.len().checked_sub(2).and_then(|at| levels.get(at)) {
        // `scenes: { "a": ( … ) }` is a record of `scenes`, and so is `choices: [( … )]` of `choices`.
        Some(outer) if outer.open != b'(' => outer.key.clone(),
        _ => level.key.clone(),
    }
}

fn string(text: &str, token: Token, is_key: bool, levels: &[Level], out: &mut Vec<Mention>) {
    let words = &text[token.start..token.end];
    if !words.starts_with('"') || words.len() < 2 {
        return;
    }
    let (start, end) = (token.start + 1, token.end - 1);
    let inside = &text[start..end];
    let Some(level) = levels.last() else { return };
    let mut add = |naming, start: usize, end: usize, declares| {
        out.push(Mention { naming, name: text[start..end].to_owned(), start, end, declares });
    };
    if is_key {
        let top = levels.len() == 2 && level.open == b'{';
        match (declared_in(&level.key).filter(|_| top), keyed_by(&level.key)) {
            (Some(naming), _) => add(naming, start, end, true),
            (None, Some(naming)) if level.open == b'{' => add(naming, start, end, false),
            _ => {}
        }
        return;
    }
    match in_string(levels) {
        Around::Name(naming) => {
            // A version of a disputed fact is named by its number behind it.
            let length = match inside.rsplit_once('.') {
                Some((name, number)) if naming == Naming::Fact && number.parse::<u32>().is_ok() => name.len(),
                _ => inside.len(),
            };
            add(naming, start, start + length, false);
        }
        Around::Expression => expression(inside, start, &mut add),
        Around::Prose => prose(inside, start, &mut add),
        Around::Field(_) | Around::Nothing => {}
    }
}

/// The names of a condition, effect or weight. A bare word that nothing declares is nobody's; whoever looks a mention
/// up finds out.
fn expression(words: &str, offset: usize, add: &mut impl FnMut(Naming, usize, usize, bool)) {
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let mut at = 0;
    while let Some(begin) = words[at..].find(|c: char| c.is_ascii_alphabetic()).map(|from| at + from) {
        let end = words[begin..].find(|c: char| !is_word(c)).map_or(words.len(), |length| begin + length);
        let before = words[..begin].trim_end();
        let naming = match &words[begin..end] {
            "and" | "or" | "not" | "is" | "if" | "else" | "strike" | "restore" | "true" | "false" | "standing"
            | "visited" | "heard" | "meant" => None,
            _ if before.ends_with("visited(") => Some(Naming::Scene),
            _ if before.ends_with("heard(") || before.ends_with("meant(") => Some(Naming::Message),
            _ if words[end..].starts_with('.') => Some(Naming::Sheet),
            _ if before.ends_with('.') => None,
            _ if before.ends_with(" is")
                || before.ends_with(" is not")
                || before.ends_with('=') && !before.ends_with(">=") && !before.ends_with("<=") =>
            {
                None
            }
            _ => Some(Naming::Variable),
        };
        if let Some(naming) = naming {
            add(naming, offset + begin, offset + end, false);
        }
        at = end;
    }
}

/// The names in prose: citations, and what stands in braces before a colon or by itself.
fn prose(words: &str, offset: usize, add: &mut impl FnMut(Naming, usize, usize, bool)) {
    for (at, _) in words.match_indices("[^") {
        if let Some(length) = words[at + 2..].find(']') {
            add(Naming::Fact, offset + at + 2, offset + at + 2 + length, false);
        }
    }
    for (at, _) in words.match_indices("if ") {
        let opens = words[..at].trim_end().ends_with(['{', '|']) || words[..at].trim_end().ends_with("else");
        if let Some(length) = words[at..].find(':').filter(|_| opens) {
            expression(&words[at + 3..at + length], offset + at + 3, add);
        }
    }
    for (at, _) in words.match_indices('{') {
        let Some(length) = words[at + 1..].find(['}', '{', '|', ':']) else { continue };
        let inside = &words[at + 1..at + 1 + length];
        let alone = words[at + 1 + length..].starts_with('}');
        if alone && inside != "clock" && !inside.trim().is_empty() {
            expression(inside, offset + at + 1, add);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Around, Naming, around, mentions};

    const STORY: &str = r#"(
  vars: { "trust": (min: 0, max: 2) },
  facts: { "came": (text: "He came.", reported: ["paper"]) },
  scenes: {
    "hall": (seat: "host", text: "He came.[^came] {if trust >= 1: Well. | {trust}}", others: { "guest": "Steps." },
      choices: [(say: "On.", when: "trust >= 1 and not visited(stairs)", do: ["trust +1 if heard(late)"], go: "stairs")]),
    "stairs": (end: "up"),
  },
  hypotheses: [(text: "x", for: ["came.1"])],
)"#;

    #[test]
    fn names_are_found_where_they_are_declared_and_meant() {
        let found = mentions(STORY);
        let of = |naming, name: &str| -> Vec<bool> {
            found.iter().filter(|m| m.naming == naming && m.name == name).map(|m| m.declares).collect()
        };
        assert_eq!(of(Naming::Scene, "stairs"), [false, false, true]);
        assert_eq!(of(Naming::Scene, "hall"), [true]);
        assert_eq!(of(Naming::Variable, "trust"), [true, false, false, false, false]);
        assert_eq!(of(Naming::Fact, "came"), [true, false, false]);
        assert_eq!(of(Naming::Source, "paper"), [false]);
        assert_eq!(of(Naming::Role, "guest"), [false]);
        assert_eq!(of(Naming::Message, "late"), [false]);
        assert_eq!(of(Naming::Ending, "up"), [false]);
        assert!(found.iter().all(|m| STORY[m.start..m.end] == m.name));
    }

    #[test]
    fn what_is_wanted_is_known_from_what_stands_before() {
        let at = |text: &str| around(text, text.len());
        assert_eq!(at(r#"(scenes: { "a": (go: ""#), Around::Name(Naming::Scene));
        assert_eq!(at(r#"(scenes: { "a": (choices: [(say: "x", when: "tr"#), Around::Expression);
        assert_eq!(at(r#"(scenes: { "a": (text: "He"#), Around::Prose);
        assert_eq!(at(r#"(scenes: { "a": (text: "x", "#), Around::Field("scenes".to_owned()));
        assert_eq!(at(r#"(scenes: { "a": (choices: [("#), Around::Field("choices".to_owned()));
        assert_eq!(at("("), Around::Field(String::new()));
        assert_eq!(at(r#"(scenes: { "a": (pass: (messages: [""#), Around::Name(Naming::Message));
    }
}
