//! Where a value of the wrong kind stands in its file, as the parser does not say.

use super::super::lexer::{Token, TokenKind as Kind, Tokens};

/// Finds values in a text, of fields and in lists.
#[derive(Default)]
pub(super) struct Finder {
    /// The list that was looked into last: where its name stands, which element was found, and where that begins.
    last: (usize, usize, usize),
}

impl Finder {
    /// The value of the field or entry whose name ends at `key_end`, as it is written there; with `nth`, that element
    /// of the list which is its value. Of what stands in brackets, the opening one.
    ///
    /// Elements are asked for in order, so that a long list is gone through once.
    pub fn find<'s>(&mut self, source: &'s str, key_end: usize, nth: Option<usize>) -> Option<&'s str> {
        let slice = |token: Token| &source[token.start..token.end];
        let tokens = |from: usize| Tokens::from(source, from).filter(|token| token.kind != Kind::Comment);
        let Some(wanted) = nth else {
            let from = key_end + usize::from(source[key_end..].starts_with('"'));
            let mut tokens = tokens(from);
            tokens.next().filter(|token| token.kind == Kind::Colon)?;
            return tokens.next().map(slice);
        };
        let (mut at, from) = match self.last {
            (list, at, from) if list == key_end && at <= wanted => (at, from),
            _ => {
                let from = key_end + usize::from(source[key_end..].starts_with('"'));
                let mut tokens = tokens(from);
                tokens.next().filter(|token| token.kind == Kind::Colon)?;
                let open = tokens.next().filter(|token| token.kind == Kind::Open(b'['))?;
                (0, open.end)
            }
        };
        let mut depth = 0_usize;
        let mut begins = true;
        for token in tokens(from) {
            if begins && at == wanted {
                self.last = (key_end, at, token.start);
                return Some(slice(token));
            }
            begins = false;
            match token.kind {
                Kind::Open(_) => depth += 1,
                Kind::Close(_) => depth = depth.checked_sub(1)?,
                Kind::Comma if depth == 0 => {
                    at += 1;
                    begins = true;
                }
                _ => {}
            }
        }
        None
    }
}
