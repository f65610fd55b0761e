//! Remarks that are to allow a warning, and do not.

use crate::story::diagnostic::{Code, Severity};
use crate::story::lexer::{TokenKind, Tokens};
use crate::story::nearest::nearest;
use crate::story::place::Place;

use super::Checker;

impl Checker<'_> {
    /// Tells of each `// allow(…)` in a file by which nothing is allowed.
    pub(super) fn allowances(&mut self, file: usize, text: &str) {
        if !self.looks_at_style || !text.contains("allow") {
            return;
        }
        for token in Tokens::from(text, 0).filter(|token| token.kind == TokenKind::Comment) {
            let words = &text[token.start..token.end];
            let Some((message, help)) = idle(words) else { continue };
            let place = Place { file, start: token.start, end: token.start + words.trim_end().len() };
            self.report_at(Code::IdleAllow, Some(place), message).help = Some(help);
        }
    }
}

/// What is wrong with a comment that begins as if it allowed something, and what to write.
fn idle(comment: &str) -> Option<(String, String)> {
    let inside = comment.trim_start_matches('/').trim_start().strip_prefix("allow")?;
    let (code, behind) = inside.trim_start().strip_prefix('(')?.split_once(')')?;
    let code = code.trim();
    let right = |code: &str| format!("write `// allow({code}): ` and the reason");
    let Some(known) = Code::ALL.iter().find(|known| known.name() == code) else {
        let near = nearest(code, Code::ALL.iter().map(|known| known.name()));
        let help = near.map_or_else(|| "`hallway explain` lists them; write one for each".to_owned(), right);
        return Some((format!("`{}` is no warning", crate::text::clean(code)), help));
    };
    // An error is told as long as it is there.
    if known.severity() == Severity::Error {
        return None;
    }
    let reason = behind.trim_start().strip_prefix(':').is_some_and(|reason| !reason.trim().is_empty());
    (!reason).then(|| ("nothing is allowed without a reason".to_owned(), right(code)))
}
