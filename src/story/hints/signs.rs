//! Signs that look like those of a story and are others.

use super::super::diagnostic::Code;
use super::super::lexer::{Token, TokenKind as Kind};
use super::quotes::straighten;
use super::{BrokenText, Hint, Mend};

/// Marks that only look like the plain ones, with these.
const LOOK_ALIKES: &[(char, &str)] = &[
    ('：', ":"),
    ('﹕', ":"),
    ('∶', ":"),
    ('，', ","),
    ('、', ","),
    ('،', ","),
    ('‚', ","),
    ('；', ","),
    ('（', "("),
    ('）', ")"),
    ('［', "["),
    ('］', "]"),
    ('｛', "{"),
    ('｝', "}"),
    ('＂', "\""),
    ('″', "\""),
];

/// A character that means nothing, where the reading stopped.
pub(super) fn odd(broken: &BrokenText<'_>) -> Option<Hint> {
    let BrokenText { text, tokens, stopped, .. } = broken;
    let odd = *tokens.iter().find(|t| t.kind == Kind::Odd)?;
    if !text[(*stopped).min(odd.start)..odd.start].trim().is_empty() {
        return None;
    }
    let c = text[odd.start..].chars().next()?;
    let prose = text[..odd.start].ends_with('"');
    Some(match c {
        // Right behind a quotation mark they are prose: the text before was not closed.
        '“' | '”' | '„' | '«' | '»' | '‘' | '’' if !prose => {
            let message = format!("`{c}` cannot open or close a text");
            let mends = straighten(broken);
            let help = "put a plain `\"` before and behind a text; typographic quotes belong inside it";
            Hint::at(Code::CurlyQuotes, odd, message, counted(help, mends.len() / 2, "text")).mends(mends)
        }
        '`' | '´' if !prose => {
            let marks = all(broken, |token| text[token.start..token.end].starts_with(['`', '´']).then_some("\""));
            let help = "put a plain `\"` before and behind a text";
            let hint = Hint::at(Code::CurlyQuotes, odd, "a backtick cannot open or close a text", help);
            if marks.len().is_multiple_of(2) { hint.mends(marks) } else { hint }
        }
        '%' if text[..odd.start].ends_with(|c: char| c.is_ascii_digit()) => {
            let help = "write a whole number: `odds` and `lean` are weights against each other";
            Hint::at(Code::OtherLanguage, odd, "a number takes no `%`", help).mend(odd.start..odd.end, "")
        }
        '=' => {
            let name = tokens.iter().rev().find(|token| token.end <= odd.start && token.kind.is_value());
            let name = name.map_or("name", |name| broken.words(*name));
            let help = format!("write `{name}: …`");
            let hint = Hint::at(Code::EqualsSign, odd, "`=` does not give a field its value", help);
            hint.mend(odd.start..odd.end, ":")
        }
        ';' if is_behind_a_field(broken, odd) => {
            let message = "`;` does not give a field its value";
            Hint::at(Code::MissingColon, odd, message, "write `:` instead").mend(odd.start..odd.end, ":")
        }
        ';' => {
            let hint = Hint::at(Code::MissingComma, odd, "`;` does not part two items", "write `,` instead");
            hint.mend(odd.start..odd.end, ",")
        }
        c if c.is_whitespace() || crate::text::forbidden(c.encode_utf8(&mut [0; 4])).is_some() => {
            let message = format!("an invisible character (U+{:04X}) that is not a plain space", u32::from(c));
            let mends = all(broken, |token| text[token.start..token.end].starts_with(c).then_some(" "));
            let help = counted("delete it and type a space", mends.len(), "place");
            Hint::at(Code::OddSpace, odd, message, help).mends(mends)
        }
        c => {
            let plain = |c: char| LOOK_ALIKES.iter().find(|(odd, _)| *odd == c).map(|(_, plain)| *plain);
            let message = format!("`{c}` only looks like `{}`", plain(c)?);
            let mends = all(broken, |token| plain(text[token.start..token.end].chars().next()?));
            let help = counted(&format!("type a plain `{}`", plain(c)?), mends.len(), "such mark");
            Hint::at(Code::OddMark, odd, message, help).mends(mends)
        }
    })
}

/// A full stop where a comma is to part two items.
pub(super) fn full_stop(broken: &BrokenText<'_>) -> Option<Hint> {
    let item = |kind: Kind| kind.is_value() || matches!(kind, Kind::Close(_));
    let stop = broken.tokens.windows(4).find(|it| {
        let parts = item(it[0].kind) && it[2].kind.is_value() && it[3].kind == Kind::Colon;
        parts && broken.words(it[1]) == "." && it[1].start <= broken.last
    })?[1];
    let hint = Hint::at(Code::MissingComma, stop, "`.` does not part two items", "write `,` instead");
    Some(hint.mend(stop.start..stop.end, ","))
}

/// Whether this mark stands between a name that begins an item and a value.
fn is_behind_a_field(broken: &BrokenText<'_>, mark: Token) -> bool {
    let Some(at) = broken.tokens.iter().position(|token| token.start == mark.start) else { return false };
    let begins = at.checked_sub(2).and_then(|before| broken.kind(before));
    let begins = matches!(begins, Some(Kind::Comma | Kind::Open(_)));
    let value = broken.kind(at + 1).is_some_and(|kind| kind.is_value() || matches!(kind, Kind::Open(_)));
    let name = match broken.within(at) {
        Some(b'(') => Kind::Word,
        Some(b'{') => Kind::String,
        _ => return false,
    };
    begins && value && broken.kind(at - 1) == Some(name)
}

/// What is to be done, with the number of times where that is more than one.
fn counted(help: &str, count: usize, what: &str) -> String {
    if count > 1 { format!("{help}; this file has {count} {what}s to change") } else { help.to_owned() }
}

/// A mend of every odd character that is to be something else.
fn all(broken: &BrokenText<'_>, plain: impl Fn(&Token) -> Option<&'static str>) -> Vec<Mend> {
    let odd = broken.tokens.iter().filter(|token| token.kind == Kind::Odd);
    odd.filter_map(|token| Some(Mend { range: token.start..token.end, by: plain(token)? })).collect()
}
