//! Where names are declared and meant, read from tokens alone, so that a text that is half written still has them.

mod around;
mod inside;

use std::collections::HashSet;

use crate::story::{Token, TokenKind, lex};

pub use around::{Around, around};

/// What a name is a name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Naming {
    Scene,
    Role,
    Variable,
    /// A state of a variable.
    State,
    Message,
    Carrier,
    Licence,
    Treatment,
    Handling,
    Sheet,
    /// A line of a sheet.
    Line,
    Ending,
    Fact,
    Source,
}

impl Naming {
    /// As a writer calls it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Scene => "scene",
            Self::Role => "role",
            Self::Variable => "variable",
            Self::State => "state",
            Self::Message => "message",
            Self::Carrier => "carrier",
            Self::Licence => "licence",
            Self::Treatment => "treatment",
            Self::Handling => "handling",
            Self::Sheet => "sheet",
            Self::Line => "line",
            Self::Ending => "ending",
            Self::Fact => "fact",
            Self::Source => "source",
        }
    }

    /// What else a name can be that stands where a name of this kind usually does: in `a = b` a state of `a`, or a
    /// variable.
    fn otherwise(self) -> &'static [Self] {
        match self {
            Self::State => &[Self::Variable],
            Self::Variable => &[Self::Sheet],
            Self::Message => &[Self::Treatment, Self::Handling],
            Self::Treatment => &[Self::Handling],
            Self::Carrier => &[Self::Licence],
            _ => &[],
        }
    }
}

/// A name where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    pub naming: Naming,
    pub name: String,
    /// Of a state its variable, of a line its sheet.
    pub owner: Option<String>,
    /// In bytes of the text.
    pub start: usize,
    pub end: usize,
    /// Here it is declared.
    pub declares: bool,
}

/// The names of a text, in the order in which they stand in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    pub mentions: Vec<Mention>,
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
#[must_use]
pub fn names(text: &str) -> Names {
    let (tokens, unclosed) = lex(text);
    let mut mentions = Vec::new();
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
            string(text, token, next == Some(TokenKind::Colon), &levels, &mut mentions);
        }
        whole &= !matches!(token.kind, TokenKind::Close(_)) || !levels.is_empty();
        step(text, token, next, &mut levels);
    }
    Names { mentions, whole: whole && levels.is_empty() }
}

/// Settles what the mentions of a whole story are mentions of, where that depends on what is declared elsewhere.
pub fn settle<'m>(mentions: impl Iterator<Item = &'m mut Mention>) {
    let mut all: Vec<&mut Mention> = mentions.collect();
    let key = |naming, mention: &Mention| (naming, mention.owner.clone(), mention.name.clone());
    let declared: HashSet<_> = all.iter().filter(|it| it.declares).map(|it| key(it.naming, it)).collect();
    for mention in all.iter_mut().filter(|it| !it.declares && !it.naming.otherwise().is_empty()) {
        if declared.contains(&key(mention.naming, mention)) {
            continue;
        }
        let other = |naming: &&Naming| declared.contains(&(**naming, None, mention.name.clone()));
        if let Some(naming) = mention.naming.otherwise().iter().find(other) {
            (mention.naming, mention.owner) = (*naming, None);
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

/// What a map at the top of a file declares.
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

/// The names that a field holds, alone or in a list. Where the same field holds several kinds, the likeliest;
/// [`settle`] finds out.
fn held_by(field: &str, levels: &[Level<'_>]) -> Option<Naming> {
    let within = levels.get(1).map_or("", |level| level.key);
    Some(match field {
        "go" | "otherwise" | "until" | "through" | "stops" => Naming::Scene,
        "start" | "freeze" if levels.len() <= 1 => Naming::Scene,
        "start" if within == "vars" => Naming::State,
        "seat" | "from" | "to" | "seen_by" | "seats" => Naming::Role,
        "send" | "messages" => Naming::Message,
        "by" if levels.len() > 1 => Naming::Carrier,
        "licence" | "licences" => Naming::Licence,
        "treatments" | "take" => Naming::Treatment,
        "handlings" => Naming::Handling,
        "sheet" => Naming::Sheet,
        "end" | "ends" => Naming::Ending,
        "reported" => Naming::Source,
        "sources" if within == "facts" => Naming::Source,
        "for" | "against" if within == "hypotheses" => Naming::Fact,
        _ => return None,
    })
}

/// The names that a map's keys mean without declaring them.
fn keyed_by(map: &str) -> Option<Naming> {
    Some(match map {
        "others" | "reads" | "never" | "cards" => Naming::Role,
        "heard" => Naming::Treatment,
        "lots" => Naming::Scene,
        _ => return None,
    })
}

const EXPRESSIONS: [&str; 5] = ["when", "do", "lean", "odds", "expect"];

/// What a text that is a value holds.
enum Holds<'t> {
    Name(Naming),
    /// States of this variable, declared here.
    States(&'t str),
    /// A decision of a walk: names parted by ` / `, or words.
    Pick,
    Expression,
    Prose,
}

fn holds<'t>(levels: &[Level<'t>]) -> Holds<'t> {
    let Some(level) = levels.last() else { return Holds::Prose };
    if level.open == b'{' {
        // A map's keys are the writer's own words, and say nothing of its values.
        return if level.key == "lots" { Holds::Name(Naming::Scene) } else { Holds::Prose };
    }
    // In a list the field is the one that holds the list.
    let field = if level.open == b'[' { level.key } else { level.last };
    match (field, levels) {
        ("states", [_, map, var, _]) if map.key == "vars" => Holds::States(var.key),
        ("picks", _) => Holds::Pick,
        _ if EXPRESSIONS.contains(&field) => Holds::Expression,
        _ => held_by(field, levels).map_or(Holds::Prose, Holds::Name),
    }
}

fn string(text: &str, token: Token, is_key: bool, levels: &[Level<'_>], out: &mut Vec<Mention>) {
    let words = &text[token.start..token.end];
    if !words.starts_with('"') || words.len() < 2 {
        return;
    }
    let (start, end) = (token.start + 1, token.end - 1);
    let inside = &text[start..end];
    let Some(level) = levels.last() else { return };
    let mut add = |naming, owner: Option<&str>, start: usize, end: usize, declares| {
        let (name, owner) = (text[start..end].to_owned(), owner.map(str::to_owned));
        out.push(Mention { naming, name, owner, start, end, declares });
    };
    if is_key {
        match levels {
            _ if level.open != b'{' => {}
            [_, _] if declared_in(level.key).is_some() => {
                declared_in(level.key).into_iter().for_each(|naming| add(naming, None, start, end, true));
            }
            [_, map, sheet, _] if map.key == "sheets" && level.key == "lines" => {
                add(Naming::Line, Some(sheet.key), start, end, true);
            }
            _ => keyed_by(level.key).into_iter().for_each(|naming| add(naming, None, start, end, false)),
        }
        return;
    }
    match holds(levels) {
        Holds::States(var) => add(Naming::State, Some(var), start, end, true),
        Holds::Name(naming) => {
            // A version of a disputed fact is named by its number behind it.
            let length = match inside.rsplit_once('.') {
                Some((name, number)) if naming == Naming::Fact && number.parse::<u32>().is_ok() => name.len(),
                _ => inside.len(),
            };
            let owner = levels.last().map(|level| level.key).filter(|_| naming == Naming::State);
            add(naming, owner, start, start + length, false);
        }
        Holds::Pick => {
            let mut at = start;
            for (number, part) in inside.split(" / ").enumerate() {
                let naming = if number == 0 { Naming::Message } else { Naming::Carrier };
                add(naming, None, at, at + part.len(), false);
                at += part.len() + " / ".len();
            }
        }
        Holds::Expression => {
            inside::expression(inside, start, &mut |naming, owner, start, end| add(naming, owner, start, end, false));
        }
        Holds::Prose => {
            inside::prose(inside, start, &mut |naming, owner, start, end| add(naming, owner, start, end, false));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Around, Naming, around, names, settle};

    const STORY: &str = r#"(
  vars: { "trust": (min: 0, max: 2), "sky": (states: ["clear", "grey"], start: "grey"), "hope": (min: 0, max: 2) },
  facts: { "came": (text: "He came.", reported: ["paper"]) },
  sheets: { "card": (name: "The card", lines: { "date": "On Friday." }) },
  freeze: "stairs",
  scenes: {
    "hall": (seat: "host", text: "He came.[^came] {if trust >= 1: Well. | else if sky is not grey: {trust}} {card} {{hope}}", others: { "guest": "Steps." },
      choices: [(say: "On.", when: "trust = hope and not visited(stairs)", do: ["trust +1 if heard(late) is soft", "sky = clear"], go: "stairs")],
      silence: (take: "kept", text: "x")),
    "stairs": (text: "{if card.date is guest: {heard(late)}}", end: "up"),
  },
  handlings: { "kept": (name: "Keep it") },
  lesson: (cards: { "guest": "x" }, glossary: { "go": "not a scene" }),
  hypotheses: [(text: "x", for: ["came.1"])],
)"#;

    #[test]
    fn names_are_found_where_they_are_declared_and_meant() {
        let mut found = names(STORY);
        assert!(found.whole);
        settle(found.mentions.iter_mut());
        let of = |naming, name: &str| -> Vec<bool> {
            found.mentions.iter().filter(|m| m.naming == naming && m.name == name).map(|m| m.declares).collect()
        };
        assert_eq!(of(Naming::Scene, "stairs"), [false, false, false, true]);
        assert_eq!(of(Naming::Scene, "hall"), [true]);
        assert_eq!(of(Naming::Scene, "not a scene"), [false; 0]);
        assert_eq!(of(Naming::Variable, "trust"), [true, false, false, false, false]);
        // Braces that are meant as such hold no name; a variable can stand where a state could.
        assert_eq!(of(Naming::Variable, "hope"), [true, false]);
        assert_eq!(of(Naming::State, "grey"), [true, false, false]);
        assert_eq!(of(Naming::State, "clear"), [true, false]);
        assert_eq!(of(Naming::Sheet, "card"), [true, false, false]);
        assert_eq!(of(Naming::Line, "date"), [true, false]);
        assert_eq!(of(Naming::Fact, "came"), [true, false, false]);
        assert_eq!(of(Naming::Source, "paper"), [false]);
        assert_eq!(of(Naming::Role, "guest"), [false, false, false]);
        assert_eq!(of(Naming::Message, "late"), [false, false]);
        assert_eq!(of(Naming::Treatment, "soft"), [false]);
        assert_eq!(of(Naming::Handling, "kept"), [false, true]);
        assert_eq!(of(Naming::Ending, "up"), [false]);
        assert!(found.mentions.iter().all(|m| STORY[m.start..m.end] == m.name));
        assert!(found.mentions.is_sorted_by_key(|m| m.start));
        assert!(!names(&STORY[..STORY.len() - 1]).whole && !names(&STORY.replacen("\"On.", "\"On.\"", 1)).whole);
    }

    #[test]
    fn what_is_wanted_is_known_from_what_stands_before() {
        for (before, wanted) in [
            (r#"(scenes: { "a": (go: ""#, Around::Name(Naming::Scene)),
            (r#"(freeze: ""#, Around::Name(Naming::Scene)),
            (r#"(scenes: { "a": (choices: [(say: "x", when: "tr"#, Around::Expression),
            (r#"(scenes: { "a": (choices: [(when: "sky is "#, Around::Member(Naming::State, "sky".to_owned())),
            (
                r#"(scenes: { "a": (choices: [(when: "a and sky is not gr"#,
                Around::Member(Naming::State, "sky".to_owned()),
            ),
            (r#"(scenes: { "a": (do: ["sky = "#, Around::Member(Naming::State, "sky".to_owned())),
            (r#"(scenes: { "a": (do: ["sky is"#, Around::Expression),
            (r#"(vars: { "sky": (states: ["a"], start: ""#, Around::Member(Naming::State, "sky".to_owned())),
            (r#"(scenes: { "a": (when: "visited("#, Around::Name(Naming::Scene)),
            (r#"(scenes: { "a": (when: "not heard(l"#, Around::Name(Naming::Message)),
            (r#"(scenes: { "a": (when: "heard(late) is "#, Around::Name(Naming::Treatment)),
            (r#"(scenes: { "a": (when: "carrier is "#, Around::Name(Naming::Carrier)),
            (r#"(scenes: { "a": (when: "card."#, Around::Member(Naming::Line, "card".to_owned())),
            (r#"(scenes: { "a": (when: "card.date is "#, Around::Name(Naming::Role)),
            (r#"(scenes: { "a": (text: "He"#, Around::Prose),
            (r#"(scenes: { "a": (text: "He {"#, Around::Prose),
            (r#"(scenes: { "a": (text: "He {if sky is "#, Around::Member(Naming::State, "sky".to_owned())),
            (r#"(scenes: { "a": (text: "He {if a: x | else if t"#, Around::Expression),
            (r#"(scenes: { "a": (text: "He {if sky is a: if sky is "#, Around::Prose),
            (r#"(scenes: { "a": (text: "He.[^"#, Around::Name(Naming::Fact)),
            (r#"(scenes: { "a": (text: "He.[^x] "#, Around::Prose),
            (r#"(scenes: { "a": (others: { ""#, Around::Name(Naming::Role)),
            (r#"(scenes: { "a": (text: "x", "#, Around::Field("scenes".to_owned())),
            (r#"(scenes: { "a": (text: "x", // "#, Around::Nothing),
            (r#"(scenes: { "a": (choices: [("#, Around::Field("choices".to_owned())),
            ("(", Around::Field(String::new())),
            (r#"(scenes: { "a": (pass: (messages: [""#, Around::Name(Naming::Message)),
            (r#"(walks: { "a": (picks: ["relief / "#, Around::Name(Naming::Carrier)),
        ] {
            assert_eq!(around(before), wanted, "{before}");
        }
    }
}
