//! What stands beside what: items without a comma between them, names without quotes, entries in the wrong brackets.

use super::super::diagnostic::Code;
use super::super::lexer::{Token, TokenKind as Kind};
use super::{Hint, Look, Mend};

/// Fields that hold names of the writer's own, in curly brackets.
const NAMES: &[&str] = &[
    "roles",
    "vars",
    "carriers",
    "licences",
    "treatments",
    "handlings",
    "messages",
    "sheets",
    "endings",
    "facts",
    "sources",
    "scenes",
    "walks",
    "injects",
    "others",
    "heard",
    "answers",
    "lines",
    "glossary",
    "cards",
    "lots",
    "reads",
    "never",
];

/// A bracket that is open.
struct Opened {
    /// Which token.
    at: usize,
    kind: u8,
    /// The last list of names in it that has ended: its name, and the closing bracket.
    ended: Option<(Token, Token)>,
}

/// Two tokens side by side that no RON has: a value after a value, a comma after a colon, a name where none can be.
pub(super) fn side_by_side(look: &Look<'_>) -> Option<Hint> {
    let mut open: Vec<Opened> = Vec::new();
    for (at, pair) in look.tokens.windows(2).enumerate() {
        let (a, b) = (pair[0], pair[1]);
        if a.start > look.last {
            break;
        }
        let begins = at.checked_sub(1).is_some_and(|at| matches!(look.tokens[at].kind, Kind::Open(_) | Kind::Comma));
        if let (true, Some(within)) = (begins, open.last())
            && let Some(hint) = wrong_item(look, within, open.len(), at)
        {
            return Some(hint);
        }
        if let Some(hint) = wrong_pair(look, begins, open.last().map(|open| open.kind), (a, b)) {
            return Some(hint);
        }
        match a.kind {
            Kind::Open(kind) => open.push(Opened { at, kind, ended: None }),
            Kind::Close(_) => {
                if let Some(closed) = open.pop()
                    && let (b'{', Some(name), Some(within)) = (closed.kind, look.owner(closed.at), open.last_mut())
                {
                    within.ended = Some((name, a));
                }
            }
            _ => {}
        }
    }
    None
}

/// An item that these brackets do not take; it begins with the token at this index.
fn wrong_item(look: &Look<'_>, within: &Opened, depth: usize, at: usize) -> Option<Hint> {
    let item = look.tokens[at];
    let named = look.kind(at + 1) == Some(Kind::Colon);
    let owner = look.owner(within.at);
    let holder = owner.map_or("", |owner| look.words(owner));
    let own_names = NAMES.contains(&holder);
    let words = look.words(item);
    match (within.kind, item.kind) {
        (b'[', Kind::Word) if named => {
            let message = format!("each item of `{holder}` needs brackets of its own");
            let help = format!("write each of them as `({words}: …),`");
            Some(Hint::at(Code::MissingBrackets, item, message, help))
        }
        (b'[', Kind::String) if named && own_names => Some(in_curly_brackets(look, within, holder)),
        (b'[', Kind::String) if named => {
            let help = format!("write its fields in round brackets: `{holder}: [(…), (…)]`");
            Some(Hint::at(Code::BareNames, item, format!("the items of `{holder}` have no names"), help))
        }
        (b'{', Kind::Word) if named && (own_names || owner.is_some_and(|owner| owner.kind == Kind::String)) => {
            let hint =
                Hint::at(Code::BareNames, item, "a name that you make up needs quotes", format!("write `\"{words}\"`"));
            Some(hint.mend(item.start..item.start, "\"").mend(item.end..item.end, "\""))
        }
        (b'{', Kind::Word) if named => {
            let hint = Hint::at(
                Code::JsonBraces,
                look.tokens[within.at],
                "fields need round brackets",
                format!("write `({words}: …)`"),
            );
            Some(hint.mends(brackets(look, within.at, "(", ")")))
        }
        (b'{', Kind::Open(b'('))
            if !holder.is_empty() && !own_names && owner.is_some_and(|owner| owner.kind == Kind::Word) =>
        {
            let help = format!("write `{holder}: [( … ), ( … )]`");
            let hint =
                Hint::at(Code::BareNames, look.tokens[within.at], format!("`{holder}` needs square brackets"), help);
            Some(hint.mends(brackets(look, within.at, "[", "]")))
        }
        (b'{', Kind::Open(_)) if own_names => {
            let message = format!("each entry of `{holder}` needs a name before it");
            Some(Hint::at(Code::BareNames, item, message, "write `\"name\": ( … ),`"))
        }
        (b'(', Kind::Open(kind)) => {
            let example = if kind == b'{' { "scenes: { … }" } else { "choices: [ … ]" };
            let help = format!("write it before the bracket, as in `{example}`");
            Some(Hint::at(Code::NotRon, item, "the name of a field is missing before this", help))
        }
        (b'(', Kind::String) if named && own_names => Some(in_curly_brackets(look, within, holder)),
        (b'(', Kind::String) if named && depth == 1 && look.kind(at + 2) == Some(Kind::Open(b'(')) => {
            Some(stray(look, within, at))
        }
        (b'(', Kind::String) if !named && look.kind(at.wrapping_sub(1)) == Some(Kind::Comma) => {
            let help = if look.kind(at.wrapping_sub(2)) == Some(Kind::String) {
                "write one text between two `\"`; it may run over several lines, and a blank line begins a new paragraph"
            } else {
                "write the name of a field before it: `text: \"…\"`"
            };
            let hint = Hint::at(Code::NotRon, item, "this text stands in no field", help);
            let end = look.tokens.get(at + 1).filter(|next| next.kind == Kind::Comma).map_or(item.end, |next| next.end);
            let mut hint = hint.mend(item.start..end, "");
            hint.loses = true;
            Some(hint)
        }
        (b'(', Kind::String) if named => {
            let name = crate::text::clean(words.trim_matches('"')).into_owned();
            let help = format!("write `{name}: …`; quotes are for names that you make up");
            let hint = Hint::at(Code::JsonBraces, item, "the name of a field has no quotes", help);
            Some(hint.mend(item.start..item.start + 1, "").mend(item.end - 1..item.end, ""))
        }
        (b'(', Kind::Word)
            if words.starts_with(|c: char| c.is_ascii_digit()) && look.kind(at - 1) == Some(Kind::Comma) =>
        {
            Some(Hint::at(
                Code::NotRon,
                item,
                "a number stands where the name of a field should",
                "write whole numbers, without a comma or a point in them",
            ))
        }
        _ => None,
    }
}

/// Names of the writer's own in brackets of another kind.
fn in_curly_brackets(look: &Look<'_>, within: &Opened, holder: &str) -> Hint {
    let message = format!("`{holder}` needs curly brackets");
    let help = format!("write `{holder}: {{ \"name\": ( … ), … }}`");
    Hint::at(Code::BareNames, look.tokens[within.at], message, help).mends(brackets(look, within.at, "{", "}"))
}

/// Other brackets for the one at this index and its partner.
fn brackets(look: &Look<'_>, open: usize, opener: &'static str, closer: &'static str) -> Vec<Mend> {
    let range = |at: usize| look.tokens[at].start..look.tokens[at].end;
    let Some(close) = look.closer(open) else { return Vec::new() };
    vec![Mend { range: range(open), by: opener }, Mend { range: range(close), by: closer }]
}

/// By fields that others do not have: what an entry is, and in which list of names it stands.
const ENTRIES: [(&[&str], &str, &str); 7] = [
    (&["from", "gist", "heard"], "a message", "messages"),
    (&["min", "max", "states", "flag"], "a variable", "vars"),
    (&["reported", "disputed", "inferred"], "a fact", "facts"),
    (&["lines"], "a sheet", "sheets"),
    (&["title", "because", "family"], "an ending", "endings"),
    (&["picks", "lots", "through", "expect"], "a walk", "walks"),
    (&["brief", "counts", "standing"], "a role", "roles"),
];

/// What the entry is whose name is this token, by its fields.
pub(super) fn kind_of_entry(look: &Look<'_>, at: usize) -> (&'static str, &'static str) {
    let fields = super::brackets::fields(look.text, &look.tokens, (at + 3).min(look.tokens.len()));
    let known = ENTRIES.iter().find(|(own, ..)| own.iter().any(|own| fields.contains(own)));
    known.map_or(("a scene", "scenes"), |(_, what, holder)| (what, holder))
}

/// An entry outside of every list of names.
fn stray(look: &Look<'_>, within: &Opened, at: usize) -> Hint {
    let item = look.tokens[at];
    let Some((name, closer)) = within.ended else {
        let (what, holder) = kind_of_entry(look, at);
        let help = format!("write `{holder}: {{ {}: ( … ), … }}`", look.words(item));
        return Hint::at(Code::Misplaced, item, format!("{what} must stand in `{holder}`"), help);
    };
    let name = look.words(name);
    let message = format!("`{name}` has ended before this");
    let help = format!("move the `}}` that closes `{name}` below it");
    let hint = Hint::at(Code::Misplaced, item, message, help).also(closer, format!("`{name}` ends here"));
    let count = |kind: Kind| look.tokens.iter().filter(|token| token.kind == kind).count();
    if count(Kind::Close(b'}')) == count(Kind::Open(b'{')) + 1 {
        // It was closed twice, here and where it was to be.
        let after = look.tokens.iter().find(|token| token.start >= closer.end && token.kind == Kind::Comma);
        let end = after.filter(|comma| comma.start < item.start).map_or(closer.end, |comma| comma.end);
        return hint.mend(closer.start..end, "");
    }
    let end = look.closer(within.at).map(|at| look.tokens[at].start);
    let mut hint = hint.mends(end.map(|end| Mend { range: item.start..end, by: "" }).into_iter().collect());
    hint.loses = true;
    hint
}

/// What is wrong between two tokens; `begins` where the first begins an item.
fn wrong_pair(look: &Look<'_>, begins: bool, within: Option<u8>, (a, b): (Token, Token)) -> Option<Hint> {
    let word = |token: Token| (token.kind == Kind::Word).then(|| look.words(token));
    if let Some(quoted) = [a, b].into_iter().find(|token| word(*token).is_some_and(|word| word.starts_with('\''))) {
        let (start, end) = (quoted.start, quoted.start + 1);
        let help = "put a plain `\"` before and behind a text";
        return Some(Hint::new(Code::CurlyQuotes, start, end, "`'` cannot open or close a text", help));
    }
    if let (Some(letters), Kind::String) = (word(a), b.kind)
        && a.end == b.start
        && letters.len() <= 2
        && letters.bytes().all(|b| b.is_ascii_alphabetic())
    {
        let help = "delete it; a variable's value is written `{trust}` in any text";
        let hint = Hint::at(Code::OtherLanguage, a, format!("`{letters}` means nothing before a text"), help);
        return Some(hint.mend(a.start..a.end, ""));
    }
    if (a.kind, b.kind) == (Kind::Colon, Kind::Colon) {
        let hint = Hint::at(Code::MissingValue, b, "there is nothing between these two colons", "delete one of them");
        return Some(hint.mend(b.start..b.end, ""));
    }
    if a.kind == Kind::String && word(b) == Some("+") {
        let help = "write one text between two `\"`; it may run over several lines";
        return Some(Hint::at(Code::OtherLanguage, b, "texts are not added to each other", help));
    }
    let given = b.kind.is_value() || matches!(b.kind, Kind::Open(_));
    // What begins an item of a record or a map is a name; only its colon can be missing.
    let is_name = match (within, a.kind) {
        (Some(b'('), Kind::Word) => look.text.as_bytes()[a.start].is_ascii_alphabetic(),
        (Some(b'{'), Kind::String) => true,
        _ => false,
    };
    if begins && given && a.end != b.start && is_name {
        let hint = Hint::at(Code::MissingColon, a, "a colon is missing after this name", "write `name: value`");
        return Some(hint.mend(a.end..a.end, ":"));
    }
    let ends = a.kind.is_value() || matches!(a.kind, Kind::Close(_));
    // `Name(…)` and `Some(…)` are RON; writers never need them, but they are no slip.
    let named = b.kind == Kind::Open(b'(') && a.end == b.start && look.text.as_bytes()[a.start].is_ascii_alphabetic();
    if ends && given && !named {
        let (start, end) = (a.end - 1, a.end);
        let message = "a comma is missing after this";
        let hint = Hint::new(Code::MissingComma, start, end, message, "put a `,` here");
        return Some(hint.mend(end..end, ","));
    }
    if a.kind == Kind::Colon && matches!(b.kind, Kind::Comma | Kind::Close(_)) {
        let (start, end) = (a.start, b.start.max(a.end));
        let help = "give the field a value, or delete it";
        return Some(Hint::new(Code::MissingValue, start, end, "a value is missing after this colon", help));
    }
    if a.kind == Kind::Comma && b.kind == Kind::Comma {
        let hint = Hint::at(Code::MissingValue, b, "there is nothing between these two commas", "delete one of them");
        return Some(hint.mend(b.start..b.end, ""));
    }
    None
}
