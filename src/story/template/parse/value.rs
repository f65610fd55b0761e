//! What stands in braces by its name: a variable, a sheet, the clock, what is meant, heard and answered.

use crate::story::diagnostic::Code;
use crate::story::expr::{ExprFault, condition_as_meant};
use crate::story::nearest::nearest;
use crate::story::sample::Sample;

use super::super::{TemplateNode, slips};
use super::TemplateParser;

impl<'e> TemplateParser<'_, '_, '_, '_, 'e> {
    pub(super) fn value(&mut self, name: &'e str) -> Option<TemplateNode> {
        let call = name.strip_suffix(')').and_then(|rest| rest.split_once('('));
        let (function, argument) = call.map_or((name, None), |(f, a)| (f.trim(), Some(a.trim())));
        if function == "answer" && self.inline.of_message {
            let help = "write it where the answer is to be read: in a scene, a choice or a reply";
            self.fault(name, format!("`{{{name}}}` has no meaning in a message or its answers"), help);
            return None;
        }
        if matches!(function, "heard" | "meant" | "answer") {
            let message = match argument {
                Some(argument) => {
                    let found = (self.inline.messages)(argument);
                    if found.is_none() {
                        let message = format!("there is no message `{argument}`");
                        let fault = ExprFault::new(Code::UnknownMessage, argument, message);
                        let names = &*self.scope.names;
                        let fault = names.suggest(fault, argument, names.messages.keys().copied());
                        self.faults.push(fault);
                        return None;
                    }
                    found
                }
                None if !self.inline.has_messages => {
                    let fault = ExprFault::new(Code::UnknownMessage, name, "this story declares no messages");
                    self.faults.push(fault.general_help("declare them under `messages`"));
                    return None;
                }
                None => None,
            };
            return Some(match function {
                "heard" => TemplateNode::Heard(message),
                "meant" => TemplateNode::Meant(message),
                _ => TemplateNode::Answer(message),
            });
        }
        if argument.is_some() {
            self.fault(
                name,
                format!("`{function}(…)` has no words"),
                "in prose there are `heard(message)`, `meant(message)` and `answer(message)`",
            );
            return None;
        }
        if let Some(sheet) = (self.inline.sheets)(name) {
            return Some(TemplateNode::Sheet(sheet));
        }
        if name == "clock" && self.inline.has_clock {
            return Some(TemplateNode::Clock);
        }
        if slips::is_part(name) && !self.scope.names.vars.contains_key(name) {
            // It belongs to a form of another tool, which is told of where that begins.
            if self.faults.is_empty() {
                let help = slips::meant(name, self.scope);
                self.fault(name, format!("`{{{name}}}` is no form by itself"), &help);
            }
            return None;
        }
        if let Some(fact) = name.strip_prefix('^')
            && (self.inline.facts)(fact).is_none()
        {
            self.fault(name, "a fact is not cited in braces", &format!("write `[^{fact}]`"));
            return None;
        }
        let plain = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
        if !plain {
            let help = self.rest_alone(name).unwrap_or_else(|| slips::meant(name, self.scope));
            self.fault(name, "this is not an inline form", &help);
            return None;
        }
        if name == "message" && self.inline.has_messages {
            let help =
                "write `{meant}` for what is meant by the message under way, or `{heard}` for what is heard of it";
            self.fault(name, "a message has no name to be read", help);
            return None;
        }
        match self.scope.variable(name) {
            Ok(var) => Some(TemplateNode::Value(var)),
            Err(fault) => {
                let fault = match (self.instead_of_a_value(name), self.near_a_form(name)) {
                    (Some(help), _) => fault.help(help),
                    (None, Some(form)) if fault.is_general => fault.help(format!("did you mean `{{{form}}}`?")),
                    _ => fault,
                };
                self.faults.push(fault);
                None
            }
        }
    }

    /// What to write where the words for the rest stand in braces of their own: `{else: …}`.
    fn rest_alone(&mut self, inside: &'e str) -> Option<String> {
        let (head, words) = inside.split_once(':')?;
        let head = head.trim().to_lowercase();
        let rest = matches!(head.as_str(), "else" | "otherwise" | "default") || head.starts_with("else if ");
        let words = if words.len() > 40 { "…" } else { words.trim() };
        let else_if = if head.starts_with("else if ") { format!("{head}: ") } else { String::new() };
        let help = format!("write it into the braces of the `if`: `{{if CONDITION: … | {else_if}{words}}}`");
        rest.then(|| match self.last_if {
            Some(when) => help.replacen("CONDITION", when, 1),
            None => Sample::of_names(self.scope.names).fill(&help),
        })
    }

    /// A form that a name is nearly spelt like.
    fn near_a_form(&self, name: &str) -> Option<&'static str> {
        let messages = ["heard", "meant", "answer"].into_iter().filter(|_| self.inline.has_messages);
        nearest(name, messages.chain(self.inline.has_clock.then_some("clock")))
    }

    /// What to write where a form names something that has no value.
    fn instead_of_a_value(&mut self, name: &'e str) -> Option<String> {
        if (self.inline.facts)(name).is_none() {
            return Some(format!("cite the fact so: `[^{name}]`"));
        }
        if self.inline.has_clock && matches!(name, "time" | "hour" | "now" | "minute" | "Clock") {
            return Some("write `{clock}`".to_owned());
        }
        if (self.inline.messages)(name).is_some() {
            return Some(format!("write `{{meant({name})}}`, or `{{heard({name})}}` for what has arrived of it"));
        }
        let when = condition_as_meant(name, self.scope)?;
        Some(format!("write `{{if {when}: … | …}}`"))
    }
}
