//! Characters that have no place in a story, seen or unseen.

use crate::story::diagnostic::Code;
use crate::story::place::Place;

use super::Checker;

impl Checker<'_> {
    /// Characters that must not stand anywhere in a file.
    pub(super) fn characters(&mut self, file: usize, text: &str) {
        let mut from = 0;
        let mut reported = 0;
        while let Some(found) = crate::text::forbidden(&text[from..]) {
            let start = from + found.at;
            let mut end = start + found.character.len_utf8();
            if start == 0 && found.character == '\u{feff}' {
                from = end;
                continue;
            }
            // Several in a row are one fault.
            while let Some(next) = crate::text::forbidden(&text[end..]).filter(|next| next.at == 0) {
                end += next.character.len_utf8();
            }
            from = end;
            reported += 1;
            if reported > 20 {
                break;
            }
            let message =
                format!("an invisible character, U+{:04X}, that may not stand in a story", u32::from(found.character));
            self.report_at(Code::ForbiddenCharacter, Some(Place { file, start, end }), message).help =
                Some("delete it; control and direction characters can do harm in a terminal".to_owned());
        }
        if text.is_ascii() {
            return;
        }
        for (start, joiner) in
            text.match_indices(['\u{200c}', '\u{200d}']).filter(|(at, _)| is_lost_joiner(text, *at)).take(20)
        {
            let end = start + joiner.len();
            let character = if joiner == "\u{200d}" { "joiner, U+200D" } else { "non-joiner, U+200C" };
            let message = format!("an invisible {character}, in a word of a script that has no use for it");
            self.report_at(Code::ForbiddenCharacter, Some(Place { file, start, end }), message).help =
                Some("delete it: a word with it is another word to whoever searches for it".to_owned());
        }
        let joins = |(at, _): &(usize, &str)| !is_lost_joiner(text, *at);
        let wide = text.match_indices(['\u{200d}', '\u{fe0f}']).find(joins).map(|(at, _)| at);
        if let Some(start) = wide {
            let place = Place { file, start, end: start + '\u{200d}'.len_utf8() };
            self.report_at(Code::WideCharacter, Some(place), "an emoji made of several characters").help =
                Some("terminals disagree on its width; use words, or a single character".to_owned());
        }
    }
}

/// Whether a joiner or non-joiner stands in or beside a word of a script that does not spell with it: that of Persian and
/// those of India do, and emoji are joined.
fn is_lost_joiner(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at..].chars().nth(1);
    // The first script that spells with them begins here.
    let plain = |c: Option<char>| c.is_some_and(|c| c < '\u{600}');
    plain(before) && plain(after)
}
