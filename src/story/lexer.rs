/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// `(`, `[` or `{`.
    Open(u8),
    /// `)`, `]` or `}`.
    Close(u8),
    Comma,
    Colon,
    /// Text in quotes, raw or not.
    String,
    /// A number or a bare word.
    Word,
    /// `// …` to the end of its line, or `/* … */`.
    Comment,
    /// `#![…]` at the head of a file.
    Attribute,
    /// A character that RON does not know.
    Odd,
}

impl TokenKind {
    /// True for what stands for a value by itself.
    #[must_use]
    pub fn is_value(self) -> bool {
        matches!(self, Self::String | Self::Word)
    }
}

/// A stretch of RON, in bytes. What lies between two tokens is white space, so that nothing of a text is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    pub kind: TokenKind,
    pub start: usize,
    pub end: usize,
}

/// The tokens of a text, and the start of a string that is never closed: the tokens end before it.
#[must_use]
pub fn lex(text: &str) -> (Vec<Token>, Option<usize>) {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    let word = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'+' | b'-' | b'.' | b'\'');
    while at < bytes.len() {
        let start = at;
        let kind = match bytes[at] {
            b' ' | b'\n' | b'\r' | b'\t' => {
                at += 1;
                continue;
            }
            b'/' if bytes.get(at + 1) == Some(&b'/') => {
                at += text[at..].find('\n').unwrap_or(text.len() - at);
                TokenKind::Comment
            }
            b'/' if bytes.get(at + 1) == Some(&b'*') => {
                at = block_comment(bytes, at);
                TokenKind::Comment
            }
            open @ (b'(' | b'[' | b'{') => {
                at += 1;
                TokenKind::Open(open)
            }
            close @ (b')' | b']' | b'}') => {
                at += 1;
                TokenKind::Close(close)
            }
            b',' => {
                at += 1;
                TokenKind::Comma
            }
            b':' => {
                at += 1;
                TokenKind::Colon
            }
            b'"' => match string_end(bytes, at) {
                Some(end) => {
                    at = end.min(bytes.len());
                    TokenKind::String
                }
                None => return (out, Some(start)),
            },
            b'r' if raw_string(text, at).is_some() => {
                at = raw_string(text, at).unwrap_or(bytes.len());
                TokenKind::String
            }
            b if word(b) => {
                while bytes.get(at).is_some_and(|&b| word(b)) {
                    at += 1;
                }
                TokenKind::Word
            }
            b'#' if text[at..].starts_with("#![") => {
                at += text[at..].find(']').map_or(2, |end| end + 1);
                TokenKind::Attribute
            }
            _ => {
                at += text[at..].chars().next().map_or(1, char::len_utf8);
                TokenKind::Odd
            }
        };
        out.push(Token { kind, start, end: at });
    }
    (out, None)
}

/// The end of a block comment that begins at `at`; comments nest.
pub(super) fn block_comment(bytes: &[u8], mut at: usize) -> usize {
    let mut depth = 0;
    while at < bytes.len() {
        match (bytes[at], bytes.get(at + 1)) {
            (b'/', Some(b'*')) => {
                depth += 1;
                at += 2;
            }
            (b'*', Some(b'/')) => {
                depth -= 1;
                at += 2;
                if depth == 0 {
                    return at;
                }
            }
            _ => at += 1,
        }
    }
    at
}

/// The end of a string whose opening quote is at `open`; `None` where it is never closed.
pub(super) fn string_end(bytes: &[u8], open: usize) -> Option<usize> {
    let mut at = open + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'"' => return Some(at + 1),
            _ => at += 1,
        }
    }
    None
}

/// The end of a raw string that begins at `at`, where one does.
pub(super) fn raw_string(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at + 1..];
    let hashes = rest.bytes().take_while(|&b| b == b'#').count();
    if rest.as_bytes().get(hashes) != Some(&b'"') {
        return None;
    }
    let close = format!("\"{}", "#".repeat(hashes));
    let body = at + 1 + hashes + 1;
    Some(text[body..].find(&close).map_or(text.len(), |end| body + end + close.len()))
}
