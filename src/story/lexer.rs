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
    let mut tokens = Tokens::from(text, 0);
    let all = tokens.by_ref().collect();
    (all, tokens.unclosed)
}

/// The tokens of a text, one by one.
pub(super) struct Tokens<'t> {
    text: &'t str,
    at: usize,
    /// The start of a string that is never closed, once it has been reached; no token follows.
    pub unclosed: Option<usize>,
}

impl<'t> Tokens<'t> {
    /// Reads the tokens from this byte on, which must not lie within a token.
    pub fn from(text: &'t str, at: usize) -> Self {
        Self { text, at, unclosed: None }
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let bytes = self.text.as_bytes();
        while matches!(bytes.get(self.at), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
        let start = self.at;
        let rest = &self.text[start..];
        let (kind, length) = match *bytes.get(start)? {
            _ if self.unclosed.is_some() => return None,
            b'/' if rest.starts_with("//") => (TokenKind::Comment, rest.find('\n').unwrap_or(rest.len())),
            b'/' if rest.starts_with("/*") => (TokenKind::Comment, block_comment(bytes, start) - start),
            open @ (b'(' | b'[' | b'{') => (TokenKind::Open(open), 1),
            close @ (b')' | b']' | b'}') => (TokenKind::Close(close), 1),
            b',' => (TokenKind::Comma, 1),
            b':' => (TokenKind::Colon, 1),
            b'"' => match string_end(bytes, start) {
                Some(end) => (TokenKind::String, end.min(bytes.len()) - start),
                None => {
                    self.unclosed = Some(start);
                    return None;
                }
            },
            b'r' if raw_string(self.text, start).is_some() => {
                (TokenKind::String, raw_string(self.text, start).unwrap_or(bytes.len()) - start)
            }
            b'#' if rest.starts_with("#![") => (TokenKind::Attribute, rest.find(']').map_or(2, |end| end + 1)),
            _ => match rest.find(|c| !in_word(c)).unwrap_or(rest.len()) {
                0 => (TokenKind::Odd, rest.chars().next().map_or(1, char::len_utf8)),
                length => (TokenKind::Word, length),
            },
        };
        self.at = start + length;
        Some(Token { kind, start, end: self.at })
    }
}

/// Whether a number or a bare word can hold this.
fn in_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '+' | '-' | '.' | '\'')
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
