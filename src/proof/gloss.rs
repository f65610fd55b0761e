use crate::story::{Piece, Words};

/// The beginning of a template's words, to name it by.
pub(super) fn gloss(words: Words<'_>) -> String {
    let (mut out, mut more) = (String::new(), false);
    words.each(&mut |piece| {
        if let Piece::Text(text) = piece {
            more |= out.len() >= 48;
            // Branches part words.
            let parts = !out.is_empty() && text.starts_with(char::is_alphanumeric);
            out.push_str(if parts { " " } else { "" });
            out.push_str(if more { "" } else { text });
        }
    });
    let words = crate::text::plain(&out).split_whitespace().collect::<Vec<_>>().join(" ");
    let head = crate::text::head(&words, 48);
    if head.is_empty() {
        "{…}".to_owned()
    } else if more || head.len() < words.len() {
        format!("{head}…")
    } else {
        words
    }
}
