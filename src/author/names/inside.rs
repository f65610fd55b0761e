//! The names within a text: those of an expression, and those that prose holds in its forms and citations.

use crate::story::SymbolKind;

/// What a name can be a name of, the likeliest first.
type Named = (SymbolKind, &'static [SymbolKind]);

/// What is told of each name: what it names, whose it is, where it stands.
pub(super) type Add<'a, 't> = dyn FnMut(Named, Option<&'t str>, usize, usize) + 'a;

/// The names, numbers and signs of an expression, each with where it begins.
pub(super) fn pieces(words: &str) -> Vec<(usize, &str)> {
    let mut out = Vec::new();
    let mut letters = words.char_indices().peekable();
    while let Some((start, c)) = letters.next() {
        if c.is_whitespace() {
            continue;
        }
        let mut end = start + c.len_utf8();
        let mut take = |letters: &mut std::iter::Peekable<std::str::CharIndices<'_>>| {
            if let Some((at, c)) = letters.next() {
                end = at + c.len_utf8();
            }
        };
        if c.is_alphanumeric() || c == '_' {
            while let Some(&(at, c)) = letters.peek() {
                // A minus belongs to a name where a letter or digit follows it.
                let joins = c == '-' && words[at + 1..].starts_with(char::is_alphanumeric);
                if !(c.is_alphanumeric() || c == '_' || joins) {
                    break;
                }
                take(&mut letters);
            }
        } else if matches!(c, '<' | '>' | '!' | '=') && letters.peek().is_some_and(|(_, c)| *c == '=') {
            take(&mut letters);
        }
        out.push((start, &words[start..end]));
    }
    out
}

/// True for what the story's writer has named, not for the language's own words and for numbers.
pub(super) fn is_name(piece: &str) -> bool {
    let own = [
        "and", "or", "not", "is", "if", "else", "strike", "restore", "true", "false", "standing", "visited", "heard",
        "meant", "clock", "first", "again", "one",
    ];
    piece.starts_with(|c: char| c.is_alphabetic() || c == '_') && !own.contains(&piece)
}

/// What something is compared with or set to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject<'t> {
    Variable(&'t str),
    Heard,
    /// A line of a sheet.
    Line,
}

impl<'t> Subject<'t> {
    /// What its values are names of, and whose.
    pub fn values(self) -> (Named, Option<&'t str>) {
        let kind = match self {
            Self::Heard | Self::Variable("treatment") => SymbolKind::Treatment,
            Self::Line => SymbolKind::Role,
            Self::Variable("message") => SymbolKind::Message,
            Self::Variable("carrier") => SymbolKind::Carrier,
            Self::Variable("licence") => SymbolKind::Licence,
            Self::Variable("handling") => SymbolKind::Handling,
            // In `a = b` a state of `a`, or a variable.
            Self::Variable(name) => return ((SymbolKind::State, &[SymbolKind::Variable]), Some(name)),
        };
        ((kind, &[]), None)
    }
}

/// A variable, or a sheet by itself.
const VARIABLE: Named = (SymbolKind::Variable, &[SymbolKind::Sheet]);

/// The names of a condition, effect or weight; `offset` is where it begins in its text.
pub(super) fn expression<'t>(words: &'t str, offset: usize, add: &mut Add<'_, 't>) {
    let pieces = pieces(words);
    let piece = |at: usize| pieces.get(at).map_or("", |(_, piece)| *piece);
    let mut see = |named, owner, at: usize| {
        let (start, name) = pieces[at];
        add(named, owner, offset + start, offset + start + name.len());
    };
    let mut subject = None;
    let mut at = 0;
    while at < pieces.len() {
        let here = piece(at);
        match here {
            "visited" | "heard" | "meant" | "answer" if piece(at + 1) == "(" => {
                if is_name(piece(at + 2)) {
                    see((if here == "visited" { SymbolKind::Scene } else { SymbolKind::Message }, &[]), None, at + 2);
                }
                subject = (here == "heard").then_some(Subject::Heard);
                at += 3;
            }
            "is" | "=" => {
                let value = at + 1 + usize::from(piece(at + 1) == "not");
                if let Some(subject) = subject.filter(|_| is_name(piece(value))) {
                    let (named, owner) = subject.values();
                    see(named, owner, value);
                    at = value;
                }
            }
            _ if is_name(here) && piece(at + 1) == "." => {
                see((SymbolKind::Sheet, &[]), None, at);
                if is_name(piece(at + 2)) {
                    see((SymbolKind::Line, &[]), Some(here), at + 2);
                }
                subject = Some(Subject::Line);
                at += 2;
            }
            _ if is_name(here) => {
                see(VARIABLE, None, at);
                subject = Some(Subject::Variable(here));
            }
            _ => {}
        }
        at += 1;
    }
}

/// The names in prose: citations, and what stands in braces: a condition, or a name by itself.
pub(super) fn prose<'t>(words: &'t str, offset: usize, add: &mut Add<'_, 't>) {
    for (at, _) in words.match_indices("[^") {
        let inside = &words[at + 2..];
        if let Some(length) = inside.find([']', '[']).filter(|length| inside[*length..].starts_with(']')) {
            add((SymbolKind::Fact, &[]), None, offset + at + 2, offset + at + 2 + length);
        }
    }
    let mut from = 0;
    while let Some(at) = words[from..].find(['{', '|']).map(|length| from + length) {
        from = at + 1;
        if words[from..].starts_with('{') {
            // A brace that is meant as one.
            from += 1;
            continue;
        }
        if words[..at].ends_with("\\u") {
            // A letter by its number: `\u{e9}`.
            continue;
        }
        let inside = &words[from..];
        let Some(length) = inside.find(['}', '{', '|', ':']) else { continue };
        let (form, closes) = (&inside[..length], &inside[length..]);
        let head = form.trim_start();
        let head = head.strip_prefix("else").map_or(head, str::trim_start);
        if let Some(condition) = head.strip_prefix("if ").filter(|_| closes.starts_with(':')) {
            expression(condition, offset + from + length - condition.len(), add);
        } else if words[at..].starts_with('{') && closes.starts_with('}') && form.trim() != "answer" {
            expression(form, offset + from, add);
        }
    }
}
