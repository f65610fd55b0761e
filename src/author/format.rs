use crate::story::{Token, TokenKind, lex};
use crate::text::dedent;

/// Cells of one step of indentation.
const STEP: usize = 2;

/// A text, tidied: indentation by brackets, one space after commas and colons and within braces, a comma after every
/// last line. The writer's own line breaks stay, and so does every comment. `None` if the text is not whole enough to
/// be touched.
///
/// Invariant: what is read from the result is what was read before; where that cannot be shown, nothing is changed.
#[must_use]
pub fn format_text(text: &str) -> Option<String> {
    let (tokens, unclosed) = lex(text);
    if unclosed.is_some() || tokens.iter().any(|token| token.kind == TokenKind::Odd) {
        return None;
    }
    let mut tidier = Formatter {
        text,
        out: String::with_capacity(text.len()),
        open: Vec::new(),
        line: 0,
        before: None,
        said: None,
        value_end: 0,
    };
    for (at, token) in tokens.iter().enumerate() {
        let gap = &text[at.checked_sub(1).map_or(0, |before| tokens[before].end)..token.start];
        tidier.token(*token, gap.matches('\n').count())?;
    }
    if !tidier.open.is_empty() {
        return None;
    }
    let mut out = tidier.out;
    if !out.is_empty() {
        out.push('\n');
    }
    same(text, &out).then_some(out)
}

struct Formatter<'t> {
    text: &'t str,
    out: String,
    /// For each open bracket: what it is, and the line of the result on which it was opened.
    open: Vec<(u8, usize)>,
    line: usize,
    before: Option<TokenKind>,
    /// The last token that was no comment.
    said: Option<TokenKind>,
    /// Where in the result the last thing ends that is not a comment.
    value_end: usize,
}

impl Formatter<'_> {
    /// Adds a token that was set off from the one before by so many line breaks.
    fn token(&mut self, token: Token, breaks: usize) -> Option<()> {
        // A comma after a comment stands before it: at its end it would be lost, and on a line of its own it is odd.
        if token.kind == TokenKind::Comma && self.before == Some(TokenKind::Comment) && self.said.is_some_and(ends) {
            self.out.insert(self.value_end, ',');
            self.value_end += 1;
            self.said = Some(TokenKind::Comma);
            return Some(());
        }
        // Whatever follows the comment then still stands on the next line.
        let breaks = if self.before == Some(TokenKind::Comment) { breaks.max(1) } else { breaks };
        // A comma after nothing is no RON, nor is a name without its value.
        let nothing = token.kind == TokenKind::Comma && !self.said.is_some_and(ends);
        let unsaid = matches!(token.kind, TokenKind::Close(_)) && self.said == Some(TokenKind::Colon);
        if nothing || unsaid {
            return None;
        }
        let mut indent = self.indent();
        if let TokenKind::Close(closer) = token.kind {
            let (opener, line) = self.open.pop()?;
            // What closes stands below the line that opened it, whatever else was opened there.
            indent = self.indent_of(line);
            if !matches!((opener, closer), (b'(', b')') | (b'[', b']') | (b'{', b'}')) {
                return None;
            }
            self.last_comma(breaks > 0);
        }
        // A comma never begins a line; what was broken before it is joined.
        let breaks =
            if matches!(token.kind, TokenKind::Comma | TokenKind::Colon) && self.before != Some(TokenKind::Comment) {
                0
            } else {
                breaks
            };
        if breaks > 0 && !self.out.is_empty() {
            let opened = matches!(self.before, Some(TokenKind::Open(_)));
            let closes = matches!(token.kind, TokenKind::Close(_));
            let blank = breaks > 1 && !opened && !closes;
            self.out.push_str(if blank { "\n\n" } else { "\n" });
            self.line += 1 + usize::from(blank);
            self.out.push_str(&" ".repeat(indent));
        } else if self.spaced(token) {
            self.out.push(' ');
        }
        let words = &self.text[token.start..token.end];
        let begun = self.out.len();
        match token.kind {
            TokenKind::Comment => self.out.push_str(words.trim_end()),
            TokenKind::String if words.starts_with('"') && words.contains('\n') => {
                let shifted = shifted(words, self.indent() + STEP);
                self.out.push_str(&shifted);
            }
            _ => self.out.push_str(words),
        }
        self.line += self.out[begun..].matches('\n').count();
        if let TokenKind::Open(opener) = token.kind {
            self.open.push((opener, self.line));
        }
        if token.kind != TokenKind::Comment {
            self.value_end = self.out.len();
            self.said = Some(token.kind);
        }
        self.before = Some(token.kind);
        Some(())
    }

    /// The indentation of a new line.
    fn indent(&self) -> usize {
        self.indent_of(usize::MAX)
    }

    /// The indentation of a line: brackets that were opened on one line before it count once.
    fn indent_of(&self, line: usize) -> usize {
        let opened = self.open.iter().map(|(_, line)| *line).filter(|opened| *opened < line);
        STEP * opened.collect::<std::collections::BTreeSet<usize>>().len()
    }

    /// Before a closer: a comma after the last of several lines, none before a closer on the same line.
    fn last_comma(&mut self, broken: bool) {
        let last = self.out[..self.value_end].chars().last();
        let empty = matches!(last, None | Some('(' | '[' | '{'));
        if broken && !empty && last != Some(',') {
            self.out.insert(self.value_end, ',');
        } else if !broken && self.before == Some(TokenKind::Comma) {
            self.out.truncate(self.value_end - 1);
        }
    }

    fn spaced(&self, token: Token) -> bool {
        match (self.before, token.kind) {
            // `{ "a": 1 }`: what is in braces stands off from them, and nothing is `{}`.
            (Some(TokenKind::Open(b'{')), TokenKind::Close(_)) => false,
            (Some(TokenKind::Open(b'{')), _) | (Some(_), TokenKind::Close(b'}')) => true,
            (None | Some(TokenKind::Open(_)), kind) => kind == TokenKind::Comment && self.before.is_some(),
            (_, TokenKind::Comma | TokenKind::Colon | TokenKind::Close(_)) => false,
            // `Some(…)`: a name and its bracket stay together.
            (Some(TokenKind::Word), TokenKind::Open(b'(')) => false,
            _ => true,
        }
    }
}

/// Whether a value can end with this.
fn ends(kind: TokenKind) -> bool {
    !matches!(kind, TokenKind::Open(_) | TokenKind::Comma | TokenKind::Colon)
}

/// A text of several lines, its lines set in by this much and the closing quote below its field, if that changes
/// nothing of what is read.
fn shifted(words: &str, indent: usize) -> String {
    let inside = &words[1..words.len() - 1];
    let lines: Vec<&str> = inside.split('\n').collect();
    if !lines[0].trim().is_empty() || inside.contains('\r') {
        return words.to_owned();
    }
    let last = lines.len() - 1;
    let own = |line: &&str| !line.trim().is_empty();
    let least =
        lines[1..].iter().filter(|line| own(line)).map(|line| line.len() - line.trim_start_matches(' ').len()).min();
    let Some(least) = least else { return words.to_owned() };
    let mut out = String::from("\"");
    for (at, line) in lines.iter().enumerate().skip(1) {
        out.push('\n');
        if own(line) {
            out.push_str(&" ".repeat(indent));
            out.push_str(&line[least..]);
        } else if at == last {
            out.push_str(&" ".repeat(indent - STEP));
        }
    }
    out.push('"');
    if dedent(inside) == dedent(&out[1..out.len() - 1]) { out } else { words.to_owned() }
}

/// True if two texts say the same: the same tokens, but for commas before closers and for indentation.
fn same(before: &str, after: &str) -> bool {
    let said = |text: &str| -> Option<Vec<String>> {
        let (tokens, unclosed) = lex(text);
        let mut out: Vec<String> = Vec::new();
        for token in tokens {
            let words = &text[token.start..token.end];
            if matches!(token.kind, TokenKind::Close(_)) {
                // Comments may stand between the comma and its closer.
                let comma = out.iter().rposition(|said| !said.starts_with('/')).filter(|at| out[*at] == ",");
                comma.map(|at| out.remove(at));
            }
            if token.kind == TokenKind::Comma {
                // It may have stood behind a comment.
                let value = out.iter().rposition(|said| !said.starts_with('/')).map_or(0, |at| at + 1);
                out.insert(value, words.to_owned());
                continue;
            }
            out.push(match token.kind {
                TokenKind::String if words.starts_with('"') => dedent(&words[1..words.len() - 1]).into_owned() + "\"",
                TokenKind::Comment => words.trim_end().to_owned(),
                _ => words.to_owned(),
            });
        }
        unclosed.is_none().then_some(out)
    };
    said(before).is_some() && said(before) == said(after)
}

#[cfg(test)]
mod tests {
    use super::format_text;

    #[test]
    fn what_is_untidy_is_tidied() {
        let before = "(title:\"A\" , // mine\n scenes:{\n\"a\":(text:\"\n   One.\n\n   Two.\n  \",\n\n\n\n choices:[(say:\"x\",go:\"b\", ),\n  ]\n  // why\n ), \"b\" : (end:\"y\")}\n)";
        let after = "(title: \"A\", // mine\n  scenes: {\n    \"a\": (text: \"\n        One.\n\n        Two.\n      \",\n\n      choices: [(say: \"x\", go: \"b\"),\n      ],\n      // why\n    ), \"b\": (end: \"y\") },\n)\n";
        let tidied = format_text(before).expect("whole");
        assert_eq!(tidied, after);
        assert_eq!(format_text(&tidied).as_deref(), Some(after));
    }

    #[test]
    fn what_closes_stands_below_what_opened_it() {
        let text = "(\n  scenes: {\n    \"a\": (route: [\n      (odds: 2, go: \"b\"),\n      (go: \"c\"),\n    ]),\n    \"b\": (others: { \"x\": \"y\" }, walks: {}, choices: [(\n      say: \"z\",\n    )]),\n  },\n)\n";
        assert_eq!(format_text(text).as_deref(), Some(text));
        assert_eq!(format_text(&text.replace("{ \"x\": \"y\" }", "{\"x\":\"y\"}")).as_deref(), Some(text));
    }

    #[test]
    fn a_comma_after_a_comment_comes_before_it() {
        let tidied = format_text("(a: 1 // one\n, b: {c // two\n, }\n)").expect("whole");
        assert_eq!(tidied, "(a: 1, // one\n  b: { c, // two\n  },\n)\n");
        assert_eq!(format_text(&tidied).as_deref(), Some(tidied.as_str()));
    }

    #[test]
    fn what_is_not_whole_is_left_alone() {
        for text in [
            "(a: \"x",
            "(a: 1",
            "(a: 1]",
            "a: 1)",
            "(a: “x”)",
            "({ // a\n, })",
            "(a: [1,, 2])",
            "(a:, b: 1)",
            "(a: // x\n)",
            "{: // x\n, }",
        ] {
            assert_eq!(format_text(text), None, "{text}");
        }
    }
}
