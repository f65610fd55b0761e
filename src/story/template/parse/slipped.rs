//! Branches that are not written as they are meant: by a habit of another language, or without a bar or braces.

use crate::story::diagnostic::Code;
use crate::story::expr::{ExprFault, condition};

use super::TemplateParser;

/// What the last branch begins with in other languages, before a colon.
const WRONG_HEADS: [&str; 6] = ["else", "Else", "otherwise", "default", "then", "or"];

impl<'e> TemplateParser<'_, '_, '_, '_, 'e> {
    /// Tells of a form that has no words in any of its branches.
    pub(super) fn says_something(&mut self, form: &'e str, mut branches: impl Iterator<Item = &'e str>) {
        if branches.all(|words| words.trim().is_empty()) {
            let head = crate::text::head(form.lines().next().unwrap_or(form), 24);
            let fault = ExprFault::new(Code::EmptyWords, head, "no branch of this form has words");
            self.faults.push(fault.help("write what is to be read, or take the form out"));
        }
    }

    /// Whether these words begin like the last branch in other languages; if so it is told.
    pub(super) fn wrong_head(&mut self, words: &'e str, help: &str) -> bool {
        let Some((head, _)) = words.trim_start().split_once(':') else { return false };
        let wrong = WRONG_HEADS.contains(&head.trim_end());
        if wrong {
            self.fault(head, format!("a branch does not begin with `{}:`", head.trim_end()), help);
        }
        wrong
    }

    /// Whether the words for the rest begin with an `else`, or are parted from the first by two bars; if so it is told.
    pub(super) fn wrong_rest(&mut self, words: &'e str, rest: &[&'e str]) -> bool {
        let behind = words.trim_start().strip_prefix("else ");
        if behind.is_some_and(|behind| behind.trim_start().starts_with(char::is_uppercase)) {
            self.fault(
                words.trim(),
                "a branch does not begin with `else`",
                "the words for the rest stand alone: `| …`",
            );
            return true;
        }
        let Some(more) = rest.first().filter(|_| words.is_empty()) else { return false };
        self.fault(more.trim(), "two bars leave an empty branch between them", "part two branches by one `|`");
        true
    }

    /// Whether words for the rest stand in a branch without a bar before them; if so it is told.
    pub(super) fn missing_bar(&mut self, when: &str, body: &'e str) {
        let parts = [". else ", "! else ", "? else ", ". else: ", "? else: ", "! else: "];
        if let Some(at) = parts.iter().find_map(|part| body.find(part)) {
            let help = format!("write a `|` between what is read and what is read else: `{{if {when}: … | …}}`");
            self.fault(&body[at + 2..], "a bar is missing before this", &help);
        }
    }

    /// Tells of a condition among the words of a branch that stands in no braces of its own.
    pub(super) fn missing_braces(&mut self, body: &'e str) {
        let begins = |at: &usize| {
            let before = body[..*at].trim_end();
            (before.is_empty() || before.ends_with(['.', '!', '?'])) && !before.contains(['{', '}'])
        };
        for at in body.match_indices("if ").map(|(at, _)| at).filter(begins) {
            let Some((when, _)) = body[at + 3..].split_once(':') else { return };
            if !when.contains(['.', '{']) && condition(when.trim(), self.scope).is_ok() {
                let help = format!("a form within a form has braces of its own: `{{if {}: …}}`", when.trim());
                self.fault(&body[at..at + 3 + when.len()], "this condition stands in no braces", &help);
                return;
            }
        }
    }

    /// Whether these words begin like a branch with a condition in other languages; if so it is told.
    pub(super) fn wrong_condition(&mut self, words: &'e str) -> bool {
        let Some((head, _)) = words.trim_start().split_once(':') else { return false };
        let (word, test) = head.split_once(' ').unwrap_or((head, ""));
        // Words can begin with “if”; only where a condition follows is it one.
        let wrong = match word {
            "elif" | "elseif" | "elsif" => true,
            "if" => condition(test.trim(), self.scope).is_ok(),
            // A comparison, and not a word before a colon.
            _ if head.contains(['<', '>', '=']) || head.contains(" is ") => {
                let is_condition = condition(head.trim(), self.scope).is_ok();
                if is_condition {
                    let help = format!("write `| else if {}: …`", head.trim());
                    self.fault(head, "a branch with a condition begins with `else if`", &help);
                    return true;
                }
                false
            }
            _ => false,
        };
        if wrong {
            let help = format!("write `| else if {}: …`", if test.is_empty() { "…" } else { test.trim() });
            self.fault(head, format!("a branch does not begin with `{word}`"), &help);
        }
        wrong
    }
}
