//! What stands beside what: items without a comma between them, names without quotes, entries in the wrong brackets.

use super::super::diagnostic::Code;
use super::super::lexer::{Token, TokenKind as Kind};
use super::{BrokenText, Hint, Mend, stray};

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

/// Fields that hold texts or names in square brackets.
const TEXTS: &[&str] = &[
    "states",
    "seen_by",
    "do",
    "by",
    "messages",
    "licences",
    "treatments",
    "handlings",
    "words",
    "questions",
    "picks",
    "seats",
    "through",
    "expect",
    "to",
    "reported",
    "sources",
    "for",
    "against",
    "names",
    "cast",
    "aims",
    "plan",
    "standards",
];

/// Fields that hold records in square brackets.
const RECORDS: &[&str] = &["choices", "route", "disputed", "chronicle", "hypotheses"];

/// The bracket that the value of this field begins with, where it is always the same.
pub(super) fn opener(field: &str) -> Option<u8> {
    match field {
        _ if NAMES.contains(&field) => Some(b'{'),
        _ if TEXTS.contains(&field) || RECORDS.contains(&field) => Some(b'['),
        _ => None,
    }
}

/// Whether some record has a field of this name.
fn is_field(name: &str) -> bool {
    super::super::ast::RECORDS.iter().any(|(_, fields)| fields.contains(&name))
}

/// A time of day without quotes, whose colon is this token's.
fn time_without_quotes(broken: &BrokenText<'_>, colon: usize) -> Option<Hint> {
    let token = |at: usize| broken.tokens.get(at).copied();
    let (before, hours, colon, minutes) =
        (token(colon.checked_sub(2)?)?, token(colon - 1)?, token(colon)?, token(colon + 1)?);
    let digits = |token: Token| {
        let words = broken.words(token);
        words.len() <= 2 && words.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_time = (before.kind, colon.kind) == (Kind::Colon, Kind::Colon)
        && (hours.end, colon.end) == (colon.start, minutes.start)
        && digits(hours)
        && digits(minutes);
    let (start, end) = (hours.start, minutes.end);
    let help = format!("write `\"{}\"`", &broken.text[start..end]);
    let hint = Hint::new(Code::WrongKind, start, end, "a time of day stands in quotes", help);
    is_time.then(|| hint.mend(start..start, "\"").mend(end..end, "\""))
}

/// A bracket that is open.
struct OpenItem {
    /// Which token.
    at: usize,
    kind: u8,
    /// The last list of names in it that has ended: its name, and the closing bracket.
    ended: Option<(Token, Token)>,
}

/// Two tokens side by side that no RON has: a value after a value, a comma after a colon, a name where none can be.
pub(super) fn side_by_side(broken: &BrokenText<'_>) -> Option<Hint> {
    let mut open: Vec<OpenItem> = Vec::new();
    for (at, pair) in broken.tokens.windows(2).enumerate() {
        let (a, b) = (pair[0], pair[1]);
        if a.start > broken.last {
            break;
        }
        if let Some(hint) = time_without_quotes(broken, at) {
            return Some(hint);
        }
        let begins = at.checked_sub(1).is_some_and(|at| matches!(broken.tokens[at].kind, Kind::Open(_) | Kind::Comma));
        if let (true, Some(within)) = (begins, open.last())
            && let Some(hint) = wrong_item(broken, within, open.len(), at)
        {
            return Some(hint);
        }
        if let Some(hint) = wrong_pair(broken, begins, open.last().map(|open| open.kind), (a, b)) {
            return Some(hint);
        }
        match a.kind {
            Kind::Open(kind) => open.push(OpenItem { at, kind, ended: None }),
            Kind::Close(_) => {
                if let Some(closed) = open.pop()
                    && let (b'{', Some(name), Some(within)) = (closed.kind, broken.owner(closed.at), open.last_mut())
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
fn wrong_item(broken: &BrokenText<'_>, within: &OpenItem, depth: usize, at: usize) -> Option<Hint> {
    let item = broken.tokens[at];
    let named = broken.kind(at + 1) == Some(Kind::Colon);
    let owner = broken.owner(within.at);
    let holder = owner.map_or("", |owner| broken.words(owner));
    let own_names = NAMES.contains(&holder);
    let words = broken.words(item);
    match (within.kind, item.kind) {
        (b'[', Kind::Word) if named && TEXTS.contains(&holder) => {
            let right =
                if holder == "do" { format!("write `\"{words} = …\"`") } else { "write `\"…\"`".to_owned() };
            let message = format!("each item of `{holder}` is a text in quotes");
            Some(Hint::at(Code::WrongKind, item, message, right))
        }
        (b'[', Kind::Word) if named => {
            let message = format!("each item of `{holder}` needs brackets of its own");
            let help = format!("write each of them as `({words}: …),`");
            Some(Hint::at(Code::MissingBrackets, item, message, help))
        }
        (b'[', Kind::String) if named && own_names => Some(in_curly_brackets(broken, within, holder)),
        (b'[', Kind::String) if named => {
            let help = match holder {
                "choices" => "write `(say: \"…\", go: \"scene\")`".to_owned(),
                "route" => "write `(when: \"…\", go: \"scene\")`".to_owned(),
                _ => format!("write its fields in round brackets: `{holder}: [(…), (…)]`"),
            };
            Some(Hint::at(Code::BareNames, item, format!("the items of `{holder}` have no names"), help))
        }
        (b'{', Kind::String)
            if named && broken.kind(at + 2) == Some(Kind::Word) && broken.kind(at + 3) == Some(Kind::Colon) =>
        {
            let field = broken.tokens[at + 2];
            let help = format!("write `{words}: ({}: … )`", broken.words(field));
            Some(Hint::at(Code::ExtraBracket, field, "a `(` is missing before this", help))
        }
        (b'{', Kind::Word) if let Some(end) = nameless_entry(broken, holder, at) => {
            let what = if holder == "scenes" { "a scene".to_owned() } else { format!("an entry of `{holder}`") };
            let name = missed_name(broken).filter(|_| holder == "scenes").unwrap_or("\"name\"");
            let message = format!("here {what} begins without its name");
            let help = format!("write `{name}: (` before this");
            let mut hint = Hint::at(Code::BareNames, item, message, help).mend(item.start..end, "");
            // What it is called elsewhere is not known for sure.
            hint.loses = true;
            Some(hint)
        }
        (b'{', Kind::Word)
            if named && (own_names || owner.is_some_and(|it| it.kind == Kind::String) && !is_field(words)) =>
        {
            let hint =
                Hint::at(Code::BareNames, item, "a name that you make up needs quotes", format!("write `\"{words}\"`"));
            Some(hint.mend(item.start..item.start, "\"").mend(item.end..item.end, "\""))
        }
        (b'{', Kind::Word) if named => {
            let hint = Hint::at(
                Code::JsonBraces,
                broken.tokens[within.at],
                "fields need round brackets",
                format!("write `({words}: …)`"),
            );
            Some(hint.mends(brackets(broken, within.at, "(", ")")))
        }
        (b'{', Kind::Open(b'('))
            if !holder.is_empty() && !own_names && owner.is_some_and(|owner| owner.kind == Kind::Word) =>
        {
            let help = format!("write `{holder}: [( … ), ( … )]`");
            let hint =
                Hint::at(Code::BareNames, broken.tokens[within.at], format!("`{holder}` needs square brackets"), help);
            Some(hint.mends(brackets(broken, within.at, "[", "]")))
        }
        (b'{', Kind::Open(_)) if own_names => {
            if (broken.kind(at + 1), broken.kind(at + 2)) == (Some(Kind::String), Some(Kind::Colon)) {
                let message = format!("the entries of `{holder}` stand in one pair of curly brackets");
                let help = format!("write `{holder}: {{ {}, … }}`", entry(broken, at + 1));
                return Some(Hint::at(Code::BareNames, item, message, help).mends(brackets(broken, at, "", "")));
            }
            let message = format!("each entry of `{holder}` needs a name before it");
            Some(Hint::at(Code::BareNames, item, message, "write `\"name\": ( … ),`"))
        }
        (b'(', Kind::Open(kind)) => {
            let example = if kind == b'{' { "scenes: { … }" } else { "choices: [ … ]" };
            let help = format!("write it before the bracket, as in `{example}`");
            Some(Hint::at(Code::NotRon, item, "the name of a field is missing before this", help))
        }
        (b'(', Kind::String) if named && own_names => Some(in_curly_brackets(broken, within, holder)),
        (b'(', Kind::String) if named && depth == 1 && broken.kind(at + 2) == Some(Kind::Open(b'(')) => {
            Some(stray::stray(broken, within.at, within.ended, at))
        }
        (b'{', Kind::String)
            if matches!(broken.kind(at + 1), Some(Kind::Comma | Kind::Close(_))) && opener(holder) == Some(b'[') =>
        {
            let (message, help) =
                (format!("`{holder}` needs square brackets"), format!("write `{holder}: [{words}, …]`"));
            let hint = Hint::at(Code::WrongKind, broken.tokens[within.at], message, help);
            Some(hint.mends(brackets(broken, within.at, "[", "]")))
        }
        (b'(', Kind::String)
            if broken.kind(at + 1) == Some(Kind::Comma)
                && within.at + 1 == at
                && broken.kind(at + 2) == Some(Kind::Word)
                && broken.kind(at + 3) == Some(Kind::Colon) =>
        {
            let fields = super::fields(broken.text, &broken.tokens, at + 2);
            let name =
                if fields.iter().any(|field| ["go", "do", "reply", "keep"].contains(field)) { "say" } else { "text" };
            let help = format!("write `{name}: {words}`");
            let insert = if name == "say" { "say: " } else { "text: " };
            let hint = Hint::at(Code::NotRon, item, "this text stands in no field", help);
            Some(hint.mend(item.start..item.start, insert))
        }
        (b'(', Kind::String) if !named && broken.kind(at.wrapping_sub(1)) == Some(Kind::Comma) => {
            if let Some(hint) = list_without_brackets(broken, at) {
                return Some(hint);
            }
            let help = if broken.kind(at.wrapping_sub(2)) == Some(Kind::String) {
                "write one text between two `\"`; it may run over several lines, and a blank line begins a new paragraph"
            } else {
                "write the name of a field before it: `text: \"…\"`"
            };
            let hint = Hint::at(Code::NotRon, item, "this text stands in no field", help);
            let end =
                broken.tokens.get(at + 1).filter(|next| next.kind == Kind::Comma).map_or(item.end, |next| next.end);
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
            if words.starts_with(char::is_alphabetic)
                && broken.kind(at + 1) == Some(Kind::Comma)
                && broken.kind(at + 3) == Some(Kind::Colon) =>
        {
            let help = if matches!(words, "else" | "otherwise" | "default") {
                "delete it: the last way has no `when`, `(go: \"scene\")`".to_owned()
            } else {
                format!("write `{words}: …`, or delete it")
            };
            Some(Hint::at(Code::MissingValue, item, "a name without a value", help))
        }
        (b'(', Kind::Word)
            if words.starts_with(|c: char| c.is_ascii_digit()) && broken.kind(at - 1) == Some(Kind::Comma) =>
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

/// The end of an entry whose first line, with its name and its bracket, is missing: it begins with the field at this
/// index, and its closing bracket closes nothing.
fn nameless_entry(broken: &BrokenText<'_>, holder: &str, at: usize) -> Option<usize> {
    let (_, fields) = super::super::ast::RECORDS.iter().find(|(list, _)| *list == holder)?;
    let field = broken.words(broken.tokens[at]);
    if !NAMES.contains(&holder) || !fields.contains(&field) || broken.kind(at + 1) != Some(Kind::Colon) {
        return None;
    }
    let mut depth = 0_usize;
    for (end, token) in broken.tokens.iter().enumerate().skip(at) {
        match token.kind {
            Kind::Open(_) => depth += 1,
            Kind::Close(b')') if depth == 0 => {
                let comma = broken.tokens.get(end + 1).filter(|token| token.kind == Kind::Comma);
                return Some(comma.unwrap_or(token).end);
            }
            Kind::Close(_) if depth == 0 => return None,
            Kind::Close(_) => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The only name of a scene, in its quotes, that something leads to and that begins no entry.
fn missed_name<'t>(broken: &BrokenText<'t>) -> Option<&'t str> {
    let words = |at: usize| broken.tokens.get(at).map(|token| broken.words(*token));
    let strings = || (0..broken.tokens.len()).filter(|at| broken.kind(*at) == Some(Kind::String));
    let leads = |at: usize| {
        at.checked_sub(2).and_then(words).is_some_and(|field| ["go", "otherwise", "start"].contains(&field))
    };
    let declared = |name: &str| strings().any(|at| words(at) == Some(name) && broken.kind(at + 1) == Some(Kind::Colon));
    let mut missed = strings().filter(|at| leads(*at)).filter_map(words).filter(|name| !declared(name));
    let first = missed.next()?;
    missed.all(|other| other == first).then_some(first)
}

/// Names of the writer's own in brackets of another kind.
fn in_curly_brackets(broken: &BrokenText<'_>, within: &OpenItem, holder: &str) -> Hint {
    let message = format!("`{holder}` needs curly brackets");
    let help = format!("write `{holder}: {{ {}, … }}`", entry(broken, within.at + 1));
    Hint::at(Code::BareNames, broken.tokens[within.at], message, help).mends(brackets(broken, within.at, "{", "}"))
}

/// The entry whose name is at this index, as it is written.
fn entry(broken: &BrokenText<'_>, name: usize) -> String {
    if broken.kind(name) != Some(Kind::String) {
        return "\"name\": ( … )".to_owned();
    }
    let value = match broken.kind(name + 2) {
        Some(Kind::String) => "\"…\"",
        Some(Kind::Open(b'[')) => "[ … ]",
        _ => "( … )",
    };
    format!("{}: {value}", broken.words(broken.tokens[name]))
}

/// Other brackets for the one at this index and its partner.
fn brackets(broken: &BrokenText<'_>, open: usize, opener: &'static str, closer: &'static str) -> Vec<Mend> {
    let range = |at: usize| broken.tokens[at].start..broken.tokens[at].end;
    let Some(close) = broken.closer(open) else { return Vec::new() };
    vec![Mend { range: range(open), by: opener }, Mend { range: range(close), by: closer }]
}

/// Several texts of one field, without the brackets of a list; one of them, but not the first, is at this index.
fn list_without_brackets(broken: &BrokenText<'_>, at: usize) -> Option<Hint> {
    let pairs = (1..).map(|nth| at.checked_sub(2 * nth));
    let is_text = |at: usize| broken.kind(at) == Some(Kind::String) && broken.kind(at + 1) == Some(Kind::Comma);
    let first = pairs.map_while(|at| at.filter(|at| is_text(*at))).last()?;
    let name = *broken.tokens.get(first.checked_sub(2)?)?;
    let field = broken.words(name);
    if !TEXTS.contains(&field) || broken.kind(first - 1) != Some(Kind::Colon) {
        return None;
    }
    let ends = |at: &usize| broken.kind(at + 1) != Some(Kind::Comma) || broken.kind(at + 2) != Some(Kind::String);
    let last = (at..broken.tokens.len()).step_by(2).find(ends)?;
    let texts: Vec<&str> = (first..=last).step_by(2).map(|at| broken.words(broken.tokens[at])).collect();
    let message = format!("`{field}` must be a list in square brackets");
    let help = format!("write `{field}: [{}]`", texts.join(", "));
    let (from, to) = (broken.tokens[first].start, broken.tokens[last].end);
    Some(Hint::new(Code::WrongKind, from, to, message, help).mend(from..from, "[").mend(to..to, "]"))
}

/// What is wrong between two tokens; `begins` where the first begins an item.
fn wrong_pair(broken: &BrokenText<'_>, begins: bool, within: Option<u8>, (a, b): (Token, Token)) -> Option<Hint> {
    let word = |token: Token| (token.kind == Kind::Word).then(|| broken.words(token));
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
        let help = "delete it; any text shows the value of a variable whose name stands in braces";
        let hint = Hint::at(Code::OtherLanguage, a, format!("`{letters}` means nothing before a text"), help);
        return Some(hint.mend(a.start..a.end, ""));
    }
    if (a.kind, b.kind) == (Kind::Colon, Kind::Colon) {
        let hint = Hint::at(Code::MissingValue, b, "there is nothing between these two colons", "delete one of them");
        return Some(hint.mend(b.start..b.end, ""));
    }
    if a.kind == Kind::String && matches!(word(b), Some("or" | "and")) {
        let help = "a field has one value: which of two scenes comes, a `route` decides; several texts stand in a list, `[\"…\", \"…\"]`";
        return Some(Hint::at(Code::OtherLanguage, b, format!("`{}` does not join two values", broken.words(b)), help));
    }
    if a.kind == Kind::String && word(b) == Some("+") {
        let help = "write one text between two `\"`; it may run over several lines";
        return Some(Hint::at(Code::OtherLanguage, b, "texts are not added to each other", help));
    }
    let given = b.kind.is_value() || matches!(b.kind, Kind::Open(_));
    // What begins an item of a record or a map is a name; only its colon can be missing.
    let is_name = match (within, a.kind) {
        (Some(b'('), Kind::Word) => broken.text.as_bytes()[a.start].is_ascii_alphabetic(),
        (Some(b'{'), Kind::String) => true,
        _ => false,
    };
    if begins && given && a.end != b.start && is_name {
        let name = broken.words(a);
        let help = format!("write `{name}: {}`", if b.kind.is_value() { "…" } else { "( … )" });
        let hint = Hint::at(Code::MissingColon, a, "a colon is missing after this name", help);
        return Some(hint.mend(a.end..a.end, ":"));
    }
    let ends = a.kind.is_value() || matches!(a.kind, Kind::Close(_));
    // `Name(…)` and `Some(…)` are RON; writers never need them, but they are no slip.
    let named = b.kind == Kind::Open(b'(') && a.end == b.start && broken.text.as_bytes()[a.start].is_ascii_alphabetic();
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
