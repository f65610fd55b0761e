//! What can be written at a place.

use std::collections::HashSet;

use serde_json::{Value, json};

use crate::author::{CompletionContext, context_at, documentation, fields_of};
use crate::story::SymbolKind;

use super::places::LineIndex;
use super::symbols::Query;

/// Most completions that are offered at once; an editor that is told of more asks again at the next letter.
const MOST: usize = 500;

/// What can be asked or said in an expression, besides names.
const ASKED: [(&str, &str); 7] = [
    ("visited(", "whether a scene has been entered"),
    ("heard(", "whether, and how, a message has arrived"),
    ("and", "both"),
    ("or", "one or the other"),
    ("not", "the opposite"),
    ("is", "a state"),
    ("is not", "any other state"),
];

/// What prose can hold in braces.
const FORMS: [(&str, &str); 8] = [
    ("{if trust >= 1: … | …}", "one or the other"),
    ("{first: … | again: …}", "by whether this seat has been here"),
    ("{one of: … | …}", "one of them, by chance"),
    ("{heard}", "what was heard of the message under way"),
    ("{meant}", "what was meant"),
    ("{answer}", "what it brings about, as this seat perceives it"),
    ("{clock}", "the time"),
    ("[^…]", "the fact that the sentence rests on"),
];

/// Something that can be written.
struct Completion<'s> {
    label: &'s str,
    text: String,
    /// As the protocol numbers them: 5 a field, 14 a word of the language, 15 a form, 18 a name.
    kind: u8,
    about: String,
}

/// What can be written where the editor asks. A blank that was typed in prose asks for nothing.
pub(super) fn completion(asked: &Query<'_>, typed: Option<&str>) -> Value {
    let text = asked.text();
    let before = &text[..asked.at];
    let wanted = context_at(before);
    // What has been written of it already; a name is written from its first letter, a form from its brace.
    let begun = before.rfind(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-'))).map_or(0, |at| at + 1);
    let begun = before[begun..].char_indices().next().map_or(before.len(), |(at, _)| begun + at);
    let brace = wanted == CompletionContext::Prose && before[..begun].ends_with('{');
    if wanted == CompletionContext::Prose && !brace && typed == Some(" ") {
        return json!([]);
    }
    let mut offers = offers(asked, &wanted);
    if brace {
        let closed = text[asked.at..].starts_with('}');
        for offer in &mut offers {
            offer.text = offer.text.trim_start_matches('{').to_owned();
            if closed {
                offer.text = offer.text.trim_end_matches('}').to_owned();
            }
        }
        offers.retain(|offer| !offer.label.starts_with('['));
    }
    let start = before[begun..].to_lowercase();
    let more = offers.len() > MOST;
    if more {
        offers.retain(|offer| offer.text.to_lowercase().contains(&start));
        offers.truncate(MOST);
    }
    let range = LineIndex::of(text).range(begun..asked.at);
    let item = |offer: &Completion<'_>| {
        json!({
            "label": offer.label,
            "filterText": offer.text,
            "kind": offer.kind,
            "documentation": offer.about,
            "textEdit": { "range": range, "newText": offer.text },
        })
    };
    json!({ "isIncomplete": more, "items": offers.iter().map(item).collect::<Vec<_>>() })
}

fn offers<'s>(asked: &Query<'s>, wanted: &CompletionContext) -> Vec<Completion<'s>> {
    let names = |fits: &dyn Fn(SymbolKind, Option<&str>) -> bool| -> Vec<Completion<'s>> {
        let declared = asked.symbols.declared().filter(|it| fits(it.kind, it.owner.as_deref()));
        let offer = |it: &'s crate::author::SymbolRef| Completion {
            label: &it.name,
            text: it.name.clone(),
            kind: 18,
            about: it.kind.word().to_owned(),
        };
        declared.map(offer).collect()
    };
    let said = |list: &'static [(&str, &str)], kind| {
        list.iter().map(move |(label, about)| Completion {
            label,
            text: (*label).to_owned(),
            kind,
            about: (*about).to_owned(),
        })
    };
    match wanted {
        CompletionContext::Names(wanted, owner) => {
            let mut offers = names(&|kind, of| {
                wanted.contains(&kind) && (kind.owner().is_none() || owner.is_none() || owner.as_deref() == of)
            });
            // Two choices of different scenes can have the same name.
            let mut seen = HashSet::new();
            offers.retain(|offer| seen.insert(offer.label));
            offers
        }
        CompletionContext::Expression => {
            let mut offers = names(&|kind, _| matches!(kind, SymbolKind::Variable | SymbolKind::Sheet));
            offers.extend(said(&ASKED, 14));
            offers
        }
        CompletionContext::Prose => {
            let mut offers = names(&|kind, _| matches!(kind, SymbolKind::Variable | SymbolKind::Sheet));
            offers.iter_mut().for_each(|offer| offer.text = format!("{{{}}}", offer.label));
            offers.extend(said(&FORMS, 15));
            offers
        }
        CompletionContext::Field(record) => {
            let field = |label: &&'static str| Completion {
                label,
                text: format!("{label}: "),
                kind: 5,
                about: documentation(record, label).unwrap_or_default().to_owned(),
            };
            fields_of(record).iter().map(field).collect()
        }
        CompletionContext::Nothing => Vec::new(),
    }
}
