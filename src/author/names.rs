//! Where names are declared and meant, read from tokens alone, so that a text that is half written still has them.

mod context;
mod inside;

use std::collections::HashMap;

use crate::story::{Holds, Keys, SymbolKind, Token, TokenKind, holds, lex};

pub use context::{CompletionContext, context_at};

/// A name where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SymbolRef {
    pub kind: SymbolKind,
    /// What else it can be a name of, the likeliest first: in `a = b` a state of `a`, or a variable.
    pub or: &'static [SymbolKind],
    pub name: String,
    /// Of a state its variable, of a line its sheet, of a choice its scene; `None` also where that is not said.
    pub owner: Option<String>,
    /// In bytes of the text.
    pub start: usize,
    pub end: usize,
    /// Here it is declared.
    pub declares: bool,
}

impl SymbolRef {
    /// Whether both mean the same. Choices of different scenes that have one name are taken together, as a walk's
    /// decision can mean either.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        let owner = self.kind == SymbolKind::Choice || self.owner == other.owner;
        self.kind == other.kind && self.name == other.name && owner
    }
}

/// The names of a text, in the order in which they stand in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SymbolList {
    pub symbols: Vec<SymbolRef>,
    /// Every string and bracket is closed; in other texts, what stands behind the fault may not be understood.
    pub whole: bool,
}

/// A bracket on the way to a place.
#[derive(Debug, Clone, Copy)]
struct Level<'t> {
    open: u8,
    /// The field or key that holds it.
    key: &'t str,
    /// The field or key that was named last within it.
    last: &'t str,
    /// A colon has come since, and no comma.
    valued: bool,
}

/// Reads the names of a text.
///
/// What each is a name of may hang on what is declared elsewhere; see [`resolve_kinds`].
#[must_use]
pub fn names(text: &str) -> SymbolList {
    let (tokens, unclosed) = lex(text);
    let mut symbols = Vec::new();
    let mut levels: Vec<Level<'_>> = Vec::new();
    let mut whole = unclosed.is_none();
    // Read from behind, so that what follows is known: the kinds after each token, comments aside.
    let mut next = vec![None; tokens.len()];
    for at in (0..tokens.len().saturating_sub(1)).rev() {
        let after = tokens[at + 1].kind;
        next[at] = if after == TokenKind::Comment { next[at + 1] } else { Some(after) };
    }
    for (token, next) in tokens.into_iter().zip(next) {
        if token.kind == TokenKind::String {
            string(text, token, next == Some(TokenKind::Colon), &levels, &mut symbols);
        }
        whole &= !matches!(token.kind, TokenKind::Close(_)) || !levels.is_empty();
        step(text, token, next, &mut levels);
    }
    SymbolList { symbols, whole: whole && levels.is_empty() }
}

/// Resolves what kind of thing each mention in a story refers to, if that depends on declarations elsewhere.
pub fn resolve_kinds<'m>(symbols: impl Iterator<Item = &'m mut SymbolRef>) {
    let mut all: Vec<&mut SymbolRef> = symbols.collect();
    // Who owns what is declared, by kind and name.
    let mut declared: HashMap<(SymbolKind, String), Vec<Option<String>>> = HashMap::new();
    for symbol in all.iter().filter(|symbol| symbol.declares) {
        declared.entry((symbol.kind, symbol.name.clone())).or_default().push(symbol.owner.clone());
    }
    for symbol in all.iter_mut().filter(|symbol| !symbol.declares) {
        let owner_of = |kind: SymbolKind| -> Option<Option<String>> {
            let owners = declared.get(&(kind, symbol.name.clone()))?;
            let own =
                |owner: &&Option<String>| kind.owner().is_none() || symbol.owner.is_none() || **owner == symbol.owner;
            owners.iter().find(own).cloned()
        };
        let kinds = std::iter::once(symbol.kind).chain(symbol.or.iter().copied());
        if let Some((kind, owner)) = kinds.filter_map(|kind| Some((kind, owner_of(kind)?))).next() {
            (symbol.kind, symbol.owner) = (kind, owner);
        }
    }
}

fn step<'t>(text: &'t str, token: Token, next: Option<TokenKind>, levels: &mut Vec<Level<'t>>) {
    match token.kind {
        TokenKind::Open(open) => {
            let key = levels.last().map(|level| level.last).unwrap_or_default();
            levels.push(Level { open, key, last: "", valued: false });
        }
        TokenKind::Close(_) => {
            levels.pop();
        }
        TokenKind::Comma => {
            if let Some(level) = levels.last_mut() {
                level.valued = false;
                if level.open != b'[' {
                    level.last = "";
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
                level.last = text[token.start..token.end].trim_matches('"');
            }
        }
        _ => {}
    }
}

/// The field or map in which the record at hand stands: `scenes`, `choices`; of a file, nothing.
fn record<'t>(levels: &[Level<'t>]) -> &'t str {
    match levels {
        // `scenes: { "a": ( … ) }` is a record of `scenes`, and so is `choices: [( … )]` of `choices`.
        [.., outer, _] if outer.open != b'(' => outer.key,
        [.., level] => level.key,
        [] => "",
    }
}

/// What the strings here hold: what the schema says of the field that they stand in.
fn held(levels: &[Level<'_>]) -> Holds {
    match levels {
        [] => Holds::Nothing,
        [.., level] if level.open == b'(' => holds(record(levels), level.last),
        // A list by itself, or of one of the values of a map.
        [outer @ .., level] => match (level.open, held_by(outer, level.key)) {
            (b'{', Holds::Map(_, values)) => *values,
            (_, holds) => holds,
        },
    }
}

/// What a field holds whose list or map has been opened within these brackets.
fn held_by(outer: &[Level<'_>], field: &str) -> Holds {
    match outer {
        [.., level] if level.open == b'(' => holds(record(outer), field),
        _ => held(outer),
    }
}

/// What the keys of the map at hand are, if it is one.
fn keys(levels: &[Level<'_>]) -> Option<Keys> {
    match levels {
        [outer @ .., level] if level.open == b'{' => match held_by(outer, level.key) {
            Holds::Map(keys, _) => Some(keys),
            _ => None,
        },
        _ => None,
    }
}

/// What the record at hand belongs to: the entry of a map that it is or stands in.
fn owner<'t>(levels: &[Level<'t>]) -> Option<&'t str> {
    let entry = |pair: &&[Level<'t>]| pair[0].open == b'{' && pair[1].open == b'(';
    levels.windows(2).rev().find(entry).map(|pair| pair[1].key)
}

/// What the first part of a walk's decision can be a name of, and what the others.
const PICKED: (SymbolKind, &[SymbolKind]) =
    (SymbolKind::Choice, &[SymbolKind::Message, SymbolKind::Treatment, SymbolKind::Handling, SymbolKind::Line]);
const SENT: (SymbolKind, &[SymbolKind]) = (SymbolKind::Carrier, &[SymbolKind::Licence]);

fn string(text: &str, token: Token, is_key: bool, levels: &[Level<'_>], out: &mut Vec<SymbolRef>) {
    let words = &text[token.start..token.end];
    if !words.starts_with('"') || words.len() < 2 {
        return;
    }
    let (start, end) = (token.start + 1, token.end - 1);
    let inside = &text[start..end];
    let mut add =
        |(kind, or): (SymbolKind, &'static [SymbolKind]), owner: Option<&str>, start: usize, end: usize, declares| {
            let (name, owner) = (text[start..end].to_owned(), owner.map(str::to_owned));
            out.push(SymbolRef { kind, or, name, owner, start, end, declares });
        };
    let owner = |kind: SymbolKind| owner(levels).filter(|_| kind.owner().is_some());
    if is_key {
        match keys(levels) {
            Some(Keys::Declare(kind)) => add((kind, &[]), owner(kind), start, end, true),
            Some(Keys::Mean(kind)) => add((kind, &[]), owner(kind), start, end, false),
            Some(Keys::Label) | None => {}
        }
        return;
    }
    match held(levels) {
        Holds::Declares(kind) => add((kind, &[]), owner(kind), start, end, true),
        Holds::Names([kind, or @ ..]) => {
            // A version of a disputed fact is named by its number behind it.
            let length = match inside.rsplit_once('.') {
                Some((name, number)) if *kind == SymbolKind::Fact && number.parse::<u32>().is_ok() => name.len(),
                _ => inside.len(),
            };
            add((*kind, or), owner(*kind), start, start + length, false);
        }
        Holds::Pick => {
            let mut at = start;
            for (number, part) in inside.split(" / ").enumerate() {
                add(if number == 0 { PICKED } else { SENT }, None, at, at + part.len(), false);
                at += part.len() + " / ".len();
            }
        }
        Holds::Expression => inside::expression(inside, start, &mut |named, owner, start, end| {
            add(named, owner, start, end, false);
        }),
        Holds::Prose => inside::prose(inside, start, &mut |named, owner, start, end| {
            add(named, owner, start, end, false);
        }),
        Holds::Words | Holds::Nothing | Holds::Names([]) | Holds::Map(..) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::{CompletionContext, context_at, names, resolve_kinds};
    use crate::story::SymbolKind;

    const STORY: &str = r#"(
  vars: { "trust": (min: 0, max: 2), "sky": (states: ["clear", "grey"], start: "grey"), "hope": (min: 0, max: 2) },
  facts: { "came": (text: "He came.", reported: ["paper"]) },
  sheets: { "card": (name: "The card", lines: { "date": "On Friday." }) },
  freeze: "stairs",
  scenes: {
    "hall": (seat: "host", text: "He came.[^came] {if trust >= 1: Well. | else if sky is not grey: {trust}} {card} {{hope}}", others: { "guest": "Steps." },
      choices: [(say: "On.", when: "trust = hope and not visited(stairs)", do: ["trust +1 if heard(late) is soft", "sky = clear"], go: "stairs")],
      silence: (take: "kept", text: "x")),
    "stairs": (text: "{if card.date is guest: {heard(late)}} {answer} {answer(late)}", end: "up"),
  },
  messages: { "late": (heard: { "soft": (text: "x", answers: { "guest": "{trust}" }) }) },
  handlings: { "kept": (name: "Keep it") },
  lesson: (cards: { "guest": "x" }, glossary: { "go": "not a scene" }),
  hypotheses: [(text: "x", for: ["came.1"])],
)"#;

    #[test]
    fn names_are_found_where_they_are_declared_and_meant() {
        let mut found = names(STORY);
        assert!(found.whole);
        resolve_kinds(found.symbols.iter_mut());
        let of = |kind, name: &str| -> Vec<bool> {
            found.symbols.iter().filter(|m| m.kind == kind && m.name == name).map(|m| m.declares).collect()
        };
        assert_eq!(of(SymbolKind::Scene, "stairs"), [false, false, false, true]);
        assert_eq!(of(SymbolKind::Scene, "hall"), [true]);
        assert_eq!(of(SymbolKind::Scene, "not a scene"), [false; 0]);
        assert_eq!(of(SymbolKind::Variable, "trust"), [true, false, false, false, false, false]);
        // Braces that are meant as such hold no name; a variable can stand where a state could.
        assert_eq!(of(SymbolKind::Variable, "hope"), [true, false]);
        assert_eq!(of(SymbolKind::State, "grey"), [true, false, false]);
        assert_eq!(of(SymbolKind::State, "clear"), [true, false]);
        assert_eq!(of(SymbolKind::Sheet, "card"), [true, false, false]);
        assert_eq!(of(SymbolKind::Line, "date"), [true, false]);
        assert_eq!(of(SymbolKind::Fact, "came"), [true, false, false]);
        assert_eq!(of(SymbolKind::Source, "paper"), [false]);
        assert_eq!(of(SymbolKind::Role, "guest"), [false, false, false, false]);
        assert_eq!(of(SymbolKind::Variable, "answer"), [false; 0]);
        assert_eq!(of(SymbolKind::Message, "late"), [false, false, false, true]);
        assert_eq!(of(SymbolKind::Treatment, "soft"), [false, false]);
        assert_eq!(of(SymbolKind::Handling, "kept"), [false, true]);
        assert_eq!(of(SymbolKind::Ending, "up"), [false]);
        assert!(found.symbols.iter().all(|m| STORY[m.start..m.end] == m.name));
        assert!(found.symbols.is_sorted_by_key(|m| m.start));
        assert!(!names(&STORY[..STORY.len() - 1]).whole && !names(&STORY.replacen("\"On.", "\"On.\"", 1)).whole);
    }

    #[test]
    fn what_is_wanted_is_known_from_what_stands_before() {
        let one = |kind| CompletionContext::Names(vec![kind], None);
        let of = |kind, owner: &str| CompletionContext::Names(vec![kind], Some(owner.to_owned()));
        for (before, wanted) in [
            (r#"(scenes: { "a": (go: ""#, one(SymbolKind::Scene)),
            (r#"(freeze: ""#, one(SymbolKind::Scene)),
            (r#"(scenes: { "a": (choices: [(say: "x", when: "tr"#, CompletionContext::Expression),
            (r#"(scenes: { "a": (choices: [(when: "sky is "#, of(SymbolKind::State, "sky")),
            (r#"(scenes: { "a": (choices: [(when: "a and sky is not gr"#, of(SymbolKind::State, "sky")),
            (r#"(scenes: { "a": (do: ["sky = "#, of(SymbolKind::State, "sky")),
            (r#"(scenes: { "a": (do: ["sky is"#, CompletionContext::Expression),
            (r#"(vars: { "sky": (states: ["a"], start: ""#, of(SymbolKind::State, "sky")),
            (r#"(scenes: { "a": (route: [(when: "visited("#, one(SymbolKind::Scene)),
            (r#"(messages: { "m": (heard: { "plain": (answers: { ""#, one(SymbolKind::Role)),
            (r#"(messages: { "m": (heard: { "plain": (answers: { "a": "On. {"#, CompletionContext::Prose),
            (r#"(messages: { "m": (heard: { "plain": (answers: { "a": "{if heard(l"#, one(SymbolKind::Message)),
            (r#"(scenes: { "a": (route: [(when: "not heard(l"#, one(SymbolKind::Message)),
            (r#"(scenes: { "a": (route: [(when: "heard(late) is "#, one(SymbolKind::Treatment)),
            (r#"(scenes: { "a": (route: [(when: "carrier is "#, one(SymbolKind::Carrier)),
            (r#"(scenes: { "a": (route: [(when: "card."#, of(SymbolKind::Line, "card")),
            (r#"(scenes: { "a": (route: [(when: "card.date is "#, one(SymbolKind::Role)),
            (r#"(scenes: { "a": (text: "He"#, CompletionContext::Prose),
            (r#"(scenes: { "a": (text: "He {"#, CompletionContext::Prose),
            (r#"(scenes: { "a": (text: "He {if sky is "#, of(SymbolKind::State, "sky")),
            (r#"(scenes: { "a": (text: "He {if a: x | else if t"#, CompletionContext::Expression),
            (r#"(scenes: { "a": (text: "He {if sky is a: if sky is "#, CompletionContext::Prose),
            (r#"(scenes: { "a": (text: "He.[^"#, one(SymbolKind::Fact)),
            (r#"(scenes: { "a": (text: "He.[^x] "#, CompletionContext::Prose),
            (r#"(scenes: { "a": (others: { ""#, one(SymbolKind::Role)),
            (r#"(scenes: { "a": (text: "x", "#, CompletionContext::Field("scenes".to_owned())),
            (r#"(scenes: { "a": (text: "x", // "#, CompletionContext::Nothing),
            (r#"(scenes: { "a": (choices: [("#, CompletionContext::Field("choices".to_owned())),
            ("(", CompletionContext::Field(String::new())),
            (r#"(scenes: { "a": (pass: (messages: [""#, one(SymbolKind::Message)),
            (
                r#"(walks: { "a": (picks: ["relief / "#,
                CompletionContext::Names(vec![SymbolKind::Carrier, SymbolKind::Licence], None),
            ),
            (
                r#"(scenes: { "a": (silence: (take: ""#,
                CompletionContext::Names(
                    vec![SymbolKind::Choice, SymbolKind::Treatment, SymbolKind::Handling],
                    Some("a".to_owned()),
                ),
            ),
            (r#"(walks: { "a": (reads: { ""#, one(SymbolKind::Role)),
            (r#"(walks: { "a": (reads: { "x": [""#, CompletionContext::Nothing),
            (r#"(walks: { "a": (lots: { "x": ""#, one(SymbolKind::Scene)),
            (r#"(lesson: (cards: { ""#, one(SymbolKind::Role)),
            (r#"(lesson: (glossary: { "go": ""#, CompletionContext::Prose),
        ] {
            assert_eq!(context_at(before), wanted, "{before}");
        }
    }
}
