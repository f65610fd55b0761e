//! Everything has a case; and a case that is the case of a field would be another without it.

use std::ops::Range;

use hallway::story::{RECORDS, TokenKind, lex};

use super::case::{Case, cases};
use super::diagnostics;

/// `record.field` as a case names it; of the file itself `story.field`. `*` stands for every record.
fn is_named(name: &str, record: &str, field: &str) -> bool {
    let record = if record.is_empty() { "story" } else { record };
    name.split_once('.').is_some_and(|(named, of)| of == field && (named == record || named == "*"))
}

/// Where a field stands in a story, with its value and the comma after it; each time it does.
fn places(text: &str, record: &str, field: &str) -> Vec<Range<usize>> {
    let (tokens, _) = lex(text);
    let tokens: Vec<_> = tokens.into_iter().filter(|token| token.kind != TokenKind::Comment).collect();
    let words = |at: usize| &text[tokens[at].start..tokens[at].end];
    // What each bracket that is open stands in: the field, for the things of its map or list too.
    let mut open: Vec<&str> = Vec::new();
    let mut name = "";
    let mut out = Vec::new();
    for at in 0..tokens.len() {
        match tokens[at].kind {
            TokenKind::Open(_) => open.push(name),
            TokenKind::Close(_) => name = open.pop().unwrap_or_default(),
            TokenKind::Word if tokens.get(at + 1).is_some_and(|next| next.kind == TokenKind::Colon) => {
                let stands_in = open.last().copied().unwrap_or_default();
                if stands_in == record && words(at) == field {
                    let end = value_end(&tokens.iter().map(|token| token.kind).collect::<Vec<_>>(), at + 2);
                    let end = end + usize::from(tokens.get(end).is_some_and(|token| token.kind == TokenKind::Comma));
                    out.push(tokens[at].start..tokens[end - 1].end);
                }
                name = words(at);
            }
            _ => {}
        }
    }
    out
}

/// The token after the value that begins here.
fn value_end(tokens: &[TokenKind], from: usize) -> usize {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate().skip(from) {
        match token {
            TokenKind::Open(_) => depth += 1,
            TokenKind::Close(_) => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    tokens.len()
}

/// The case with everything that a field says in it taken out.
fn without(case: &Case, record: &str, field: &str) -> Option<Case> {
    let mut text = case.text.clone();
    let places = places(&text, record, field);
    if places.is_empty() {
        return None;
    }
    // As many blanks, so that everything else keeps its place.
    for place in places {
        let blanks: String = text[place.clone()].chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect();
        text.replace_range(place, &blanks);
    }
    Some(Case::of(&case.path, text))
}

/// Whether a case finds fault with its story as it stands.
fn finds_fault(case: &Case) -> bool {
    if !case.judged().is_empty() {
        return true;
    }
    let Some(story) = case.story() else { return false };
    let walks = story.walks.iter().any(|walk| !hallway::author::walk(&story, walk).faults.is_empty());
    walks || case.blocks.iter().any(|block| diagnostics::told(&story, &block.heading) != block.body)
}

#[test]
fn a_case_without_its_field_is_another_case() {
    let mut faults = Vec::new();
    for case in cases() {
        for name in case.covers.iter().filter(|name| name.contains('.')) {
            let fields = RECORDS.iter().flat_map(|(record, fields)| fields.iter().map(move |field| (*record, *field)));
            let mut named = fields.filter(|(record, field)| is_named(name, record, field)).peekable();
            if named.peek().is_none() {
                faults.push(format!("{}: there is no field `{name}`", case.path));
            }
            for (record, field) in named {
                match without(&case, record, field) {
                    None => faults.push(format!("{}: `{field}` stands in no `{record}` of it", case.path)),
                    Some(case) if finds_fault(&case) => {}
                    Some(case) => faults.push(format!("{}: it says the same without `{name}`", case.path)),
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What of the language is no field.
const ELSE: &[&str] = &[
    // Conditions.
    "<",
    "<=",
    "=",
    ">=",
    ">",
    "sum",
    "difference",
    "is",
    "is not",
    "is (numbers)",
    "flag",
    "is true",
    "is false",
    "visited",
    "heard",
    "heard is",
    "heard is not",
    "struck by",
    "message",
    "carrier",
    "licence",
    "treatment",
    "handling",
    "none",
    "minutes",
    "and",
    "or",
    "not",
    "( )",
    "names",
    // Effects.
    "+n",
    "-n",
    "= (effect)",
    "if (effect)",
    "strike",
    "restore",
    "heard() =",
    // Weights.
    "if else (weight)",
    "sum (weight)",
    // Prose.
    "*",
    "~",
    "**",
    "~~",
    "> (line)",
    "[^fact]",
    "{{",
    "}}",
    "{|}",
    "{variable}",
    "{if}",
    "{else if}",
    "{first}",
    "{one of}",
    "{heard}",
    "{heard(m)}",
    "{meant}",
    "{meant(m)}",
    "{answer}",
    "{answer(m)}",
    "{sheet}",
    "{clock}",
];

#[test]
fn everything_has_a_case() {
    let cases = cases();
    // Of which the guide tells in a row.
    let rows = || cases.iter().filter(|case| case.order.is_some());
    let covered = |wanted: &dyn Fn(&str) -> bool| rows().any(|case| case.covers.iter().any(|name| wanted(name)));
    let fields = RECORDS.iter().flat_map(|(record, fields)| fields.iter().map(move |field| (*record, *field)));
    let without = fields.filter(|(record, field)| !covered(&|name| is_named(name, record, field)));
    let mut without: Vec<String> = without.map(|(record, field)| format!("{record}.{field}")).collect();
    without.extend(ELSE.iter().filter(|wanted| !covered(&|name| name == **wanted)).map(|name| (*name).to_owned()));
    assert!(without.is_empty(), "no row of the guide tells of {}", without.join(", "));
}
