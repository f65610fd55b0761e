//! Reads what a story's strings hold: expressions and prose, each fault at its place.

use std::ops::Range;

use crate::story::diagnostic::Code;
use crate::story::expr::{self, Condition, Effect, ExprFault, PARCEL, Scope, Weight};
use crate::story::hints::{Meant, habit_of_prose};
use crate::story::model::{SeatId, Var};
use crate::story::read::{Amount, Text};
use crate::story::sample::Sample;
use crate::story::store::Span;
use crate::story::template::{Inline, Piece, Template, template};

use super::Checker;

const NO_FORMS: &str = "write it out; forms are read in the words of scenes and choices, in a `gist`, and in the `text` and the `answers` of a reading";
const ONLY_TELLS: &str = "prose only tells; choices and ways on stand beside it";

impl<'s> Checker<'s> {
    /// Reads an expression; `None` if it has a fault, which is reported.
    fn expression<T>(
        &mut self,
        text: &Text<'s>,
        seat: Option<SeatId>,
        read: impl for<'e> FnOnce(&'e str, &mut Scope<'_, '_>) -> Result<T, ExprFault<'e>>,
    ) -> Option<T> {
        let mut scope = Scope { names: &mut self.names, seat, writing: false };
        read(text.value(), &mut scope).map_err(|fault| self.expression_fault(fault, text)).ok()
    }

    fn expression_fault(&mut self, fault: ExprFault<'_>, text: &Text<'s>) {
        let of_values = matches!(
            fault.code,
            Code::WrongType
                | Code::OutOfRange
                | Code::UnknownState
                | Code::UnknownSheet
                | Code::UnknownRole
                | Code::UnknownManner
                | Code::UnknownMessage
        );
        if of_values && self.is_vague(text.value()) {
            self.unsay(fault.code);
            return;
        }
        // That it stands where it does not belong is told.
        if self.mistaken.contains(&text.at.as_ptr().wrapping_sub(1)) && fault.code == Code::BadExpression {
            self.unsay(fault.code);
            return;
        }
        // Of characters that may not stand anywhere each is told.
        if text.escaped.is_none() && fault.code == Code::BadExpression && crate::text::forbidden(text.at).is_some() {
            self.unsay(fault.code);
            return;
        }
        let holder = match fault.code {
            Code::UnknownVariable if matches!(fault.at, "clock" | "minutes") && !self.has_clock => "clock",
            Code::UnknownVariable if PARCEL.contains(&fault.at) && self.lists.messages.is_empty() => "messages",
            Code::UnknownVariable => "vars",
            Code::UnknownMessage => "messages",
            Code::UnknownScene => "scenes",
            Code::UnknownFact => "facts",
            Code::UnknownSheet => "lines",
            _ => "",
        };
        // A line is named behind its sheet.
        let name = fault.at.rsplit('.').next().unwrap_or("");
        let lacks = fault.is_general || holder == "clock";
        let told = (lacks && self.is_told_to_lack(holder, fault.at))
            || (fault.is_general && self.is_of_a_copy(holder, name))
            || (holder == "vars" && self.names.lost.contains(fault.at));
        if told {
            self.unsay(fault.code);
            return;
        }
        // A text with escapes is no slice of the file, and the fault in it has no place there.
        let at = if text.escaped.is_some() { text.at } else { fault.at };
        let message = crate::text::clean(&fault.message).into_owned();
        self.report(fault.code, at, message).help = fault.help;
    }

    /// Whether an expression names a variable whose values are not known.
    fn is_vague(&self, text: &str) -> bool {
        let mut names = text.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '-');
        !self.vague.is_empty() && names.any(|name| self.vague.contains(name))
    }

    pub(super) fn condition(&mut self, text: Option<&Text<'s>>, seat: Option<SeatId>) -> Condition {
        text.and_then(|text| self.expression(text, seat, expr::condition)).unwrap_or(Condition::Always)
    }

    pub(super) fn effects(&mut self, texts: Option<&Vec<Text<'s>>>, seat: Option<SeatId>) -> Span<Effect> {
        let from = self.parts.effects.len();
        for text in texts.into_iter().flatten() {
            if let Some(effect) = self.expression(text, seat, expr::effect) {
                self.parts.effects.push(effect);
            }
        }
        self.parts.effects.since(from)
    }

    pub(super) fn weight(&mut self, amount: Option<&Amount<'s>>, at: &'s str) -> Weight {
        match amount {
            None => Weight::Constant(1),
            Some(Amount::Whole(whole)) => match u32::try_from(*whole) {
                Ok(whole @ 0..=10_000) => {
                    self.fingerprint.feed(&whole.to_string());
                    Weight::Constant(whole)
                }
                _ => {
                    self.report(Code::OutOfRange, at, "a weight goes from 0 to 10000").help = Some(
                        "write 0 for what is never to come, and 3 for what comes three times as often as 1".to_owned(),
                    );
                    Weight::Constant(0)
                }
            },
            Some(Amount::Formula(text)) => {
                self.fingerprint.feed_text(Some(text));
                self.expression(text, None, expr::weight).unwrap_or(Weight::Constant(0))
            }
        }
    }

    /// Reads prose as the seats in `readers` read it.
    pub(super) fn prose(&mut self, text: &Text<'s>, readers: &[SeatId], story_vars: &[Var]) -> Template {
        self.prose_of(false, text, readers, story_vars)
    }

    /// Reads the prose of a message (what is meant, heard or answered) as the seats in `readers` read it.
    pub(super) fn prose_of_message(&mut self, text: &Text<'s>, readers: &[SeatId], story_vars: &[Var]) -> Template {
        self.prose_of(true, text, readers, story_vars)
    }

    fn prose_of(&mut self, message: bool, text: &Text<'s>, readers: &[SeatId], story_vars: &[Var]) -> Template {
        self.escaped_characters(text);
        self.nothing_said(text.value(), text.at);
        let foreign = self.habit(text);
        let (template, mut faults) = self.template(message, text.value());
        // A star or a bracket of another tool's is no mark of ours.
        faults.retain(|fault| !(foreign && fault.code == Code::BadMarkup));
        let place = |fault: &ExprFault<'_>| {
            let start = (fault.at.as_ptr() as usize).wrapping_sub(text.value().as_ptr() as usize);
            start..start.saturating_add(fault.at.len())
        };
        let told: Vec<Range<usize>> = faults.iter().map(place).collect();
        self.words(text, foreign, &told);
        for fault in faults {
            self.expression_fault(fault, text);
        }
        self.cite(text.value());
        self.secrets(template, text.at, readers, story_vars);
        template
    }

    /// What another tool writes among its words, if some of that stands here; whether it does.
    fn habit(&mut self, text: &Text<'s>) -> bool {
        let names = &self.names;
        let Some(habit) = habit_of_prose(text.value(), &|name| names.scenes.contains_key(name), &|name| {
            names.vars.contains_key(name)
        }) else {
            return false;
        };
        let at = if text.escaped.is_some() { text.at } else { &text.at[habit.start..habit.start + habit.length] };
        let mut scope = Scope { names: &mut self.names, seat: None, writing: false };
        let (message, help) = match habit.meant {
            Meant::If(when) => {
                let help = expr::condition_as_meant(when, &mut scope).map_or_else(
                    || Sample::of_names(scope.names).fill("write `{if CONDITION: … | …}`"),
                    |when| format!("write `{{if {when}: … | …}}`"),
                );
                ("a condition in prose stands in braces", help)
            }
            Meant::Change(change) => {
                let where_to = "write it in the `do` of a scene or a choice: `do: [\"EFFECT\"]`";
                let help = match expr::effect_as_meant(change, &mut scope) {
                    Some(effect) => where_to.replace("EFFECT", &effect),
                    None => Sample::of_names(scope.names).fill(where_to),
                };
                ("prose changes nothing", help)
            }
            Meant::Value(name) => ("a value in prose stands in braces", format!("write `{{{name}}}`")),
            Meant::Go(scene) => (ONLY_TELLS, format!("write `go: \"{scene}\"` behind the text")),
            Meant::Choice(say) => {
                let say = say.split(['[', ']', '{', '-']).find(|part| !part.trim().is_empty()).unwrap_or("…").trim();
                let say = crate::text::head(say, 40).replace('"', "");
                (ONLY_TELLS, format!("write it under `choices`: `(say: \"{say}\", go: \"scene\")`"))
            }
            Meant::End => (ONLY_TELLS, "write `end: \"Title\"` behind the text".to_owned()),
            Meant::Other(help) => (ONLY_TELLS, Sample::of_names(scope.names).fill(&help)),
        };
        self.report(Code::OtherLanguage, at, message).help = Some(crate::text::clean(&help).into_owned());
        self.foreign = true;
        true
    }

    fn template<'e>(&mut self, of_message: bool, text: &'e str) -> (Template, Vec<ExprFault<'e>>) {
        let lists = &self.lists;
        let mut faults = Vec::new();
        let mut scope = Scope { names: &mut self.names, seat: None, writing: false };
        let inline = Inline {
            messages: &|id| lists.messages.get(id).copied(),
            sheets: &|id| lists.sheets.get(id).copied(),
            has_clock: self.has_clock,
            has_messages: !lists.messages.is_empty() || self.incomplete,
            of_message,
            facts: &|id| {
                let fault = || ExprFault::new(Code::UnknownFact, id, format!("there is no fact `{id}`"));
                (!lists.facts.contains_key(id)).then(fault)
            },
        };
        let template = template(text, &mut scope, &inline, &mut faults, &mut self.parts.prose);
        for fault in faults.iter_mut().filter(|fault| fault.code == Code::UnknownFact) {
            if let Some(apart) = self.several_facts(fault.at) {
                fault.message = "a citation names one fact".to_owned();
                fault.is_general = false;
                fault.help = Some(format!("write `{apart}`"));
                continue;
            }
            fault.help = Some(match self.near(fault.at, &self.lists.facts) {
                Some(near) => {
                    fault.is_general = false;
                    format!("did you mean `{near}`?")
                }
                None => self.instead(fault.code, fault.at, "fact"),
            });
        }
        (template, faults)
    }

    /// Several facts in one citation, each in one of its own.
    fn several_facts(&self, cited: &str) -> Option<String> {
        let parts = cited.split([',', ';', ' ', '^']).filter(|part| !part.is_empty() && *part != "and");
        let known = |part: &str| self.lists.facts.contains_key(part);
        let names: Vec<&str> = parts.collect();
        let several = names.len() > 1 && names.iter().all(|name| known(name));
        several.then(|| names.iter().map(|name| format!("[^{name}]")).collect())
    }

    fn cite(&mut self, text: &str) {
        if !text.contains('[') {
            return;
        }
        // What is cited without its sign is told of, where words are looked at.
        let mark = if self.looks_at_style { "[" } else { "[^" };
        for part in text.split(mark).skip(1).map(|part| part.trim_start_matches('^')) {
            if let Some(&fact) = part.split(']').next().and_then(|id| self.lists.facts.get(id)) {
                self.cited[fact] = true;
            }
        }
    }

    /// A plain string, clean and under the rule of white space: no forms, marks or citations are read in it.
    pub(super) fn plain(&mut self, text: Option<&Text<'s>>) -> String {
        let Some(text) = text else { return String::new() };
        self.no_marks(text);
        self.spoken(text)
    }

    /// A plain string in which marks are read.
    pub(super) fn spoken(&mut self, text: &Text<'s>) -> String {
        self.no_forms(text);
        self.no_citations(text);
        self.finished(text);
        self.as_written(text)
    }

    /// Reads a plain string that is compared with what players read, and so may look like anything.
    pub(super) fn as_written(&mut self, text: &Text<'s>) -> String {
        self.escaped_characters(text);
        self.nothing_said(text.value(), text.at);
        crate::text::joined(text.value())
    }

    fn no_forms(&mut self, text: &Text<'s>) {
        let value = text.value();
        let form = value.match_indices('{').find_map(|(at, _)| {
            let inside = value[at + 1..].split(['}', ':']).next().unwrap_or("").trim();
            let word = inside.split([' ', '(']).next().unwrap_or("");
            let opens = matches!(word, "if" | "first" | "one" | "heard" | "meant" | "answer" | "clock");
            let lists = &self.lists;
            let is_name = lists.vars.contains(inside)
                || lists.sheets.contains_key(inside)
                || self.names.vars.contains_key(inside);
            let end = value[at..].find('}').map_or(value.len(), |length| at + length + 1);
            (opens || is_name).then_some(at..end)
        });
        if let Some(form) = form {
            self.not_read(text, form, "forms", NO_FORMS);
        }
    }

    fn no_citations(&mut self, text: &Text<'s>) {
        let value = text.value();
        let citation = value.find("[^").map(|at| at..value[at..].find(']').map_or(value.len(), |end| at + end + 1));
        if let Some(at) = citation {
            self.not_read(
                text,
                at,
                "citations",
                "take it out, or cite where the fact is told: in the words of a scene",
            );
        }
    }

    fn no_marks(&mut self, text: &Text<'s>) {
        if let Some(at) = marked(text.value()) {
            self.not_read(text, at, "marks", "write the words without them");
        }
    }

    /// Reports what would be read elsewhere and is not in a plain string.
    fn not_read(&mut self, text: &Text<'s>, at: Range<usize>, what: &str, help: &str) {
        let shown = crate::text::clean(crate::text::head(&text.value()[at.clone()], 40)).into_owned();
        let place = if text.escaped.is_some() { text.at } else { &text.at[at] };
        let message = format!("`{shown}` would be read as it stands: there are no {what} in this text");
        self.report(Code::BadMarkup, place, message).help = Some(help.to_owned());
    }

    /// Prose without inline forms: stars and citations are checked, and stay in.
    pub(super) fn marked(&mut self, text: Option<&Text<'s>>) -> String {
        let Some(text) = text else { return String::new() };
        // It is kept as plain words, outside the story's prose.
        let own = std::mem::take(&mut self.parts.prose);
        let looked = self.template(false, text.value()).0;
        let has_forms = self.parts.prose.as_literal(looked).is_none();
        let template = if has_forms { Template::default() } else { self.prose(text, &[], &[]) };
        let aside = std::mem::replace(&mut self.parts.prose, own);
        if has_forms {
            // What is wrong within a form is not asked.
            self.report(Code::BadMarkup, text.at, "there are no forms in this text").help = Some(NO_FORMS.to_owned());
            return String::new();
        }
        let texts =
            aside.words(template).filter_map(|piece| if let Piece::Text(text) = piece { Some(text) } else { None });
        texts.collect()
    }

    /// Forbidden characters that came in through an escape; those that stand in the file are found there.
    fn escaped_characters(&mut self, text: &Text<'s>) {
        if let Some(owned) = &text.escaped
            && let Some(forbidden) = crate::text::forbidden(owned)
        {
            let message =
                format!("this text holds U+{:04X}, which a terminal would act on", u32::from(forbidden.character));
            self.report(Code::ForbiddenCharacter, text.at, message).help =
                Some("take its `\\u{…}` escape out".to_owned());
        }
    }
}

/// The first words between two stars or two tildes, where they set off words and stand within none (`M*A*S*H`).
fn marked(text: &str) -> Option<Range<usize>> {
    ['*', '~'].into_iter().find_map(|mark| {
        text.match_indices(mark).find_map(|(at, _)| {
            let inside = &text[at + 1..];
            let end = at + 1 + inside.find(mark)?;
            let apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != mark);
            let words = &text[at + 1..end];
            let is_word = words.starts_with(char::is_alphanumeric) && !words.ends_with(char::is_whitespace);
            let parted = apart(text[..at].chars().next_back()) && apart(text[end + 1..].chars().next());
            (is_word && parted).then_some(at..end + 1)
        })
    })
}
