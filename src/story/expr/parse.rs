//! Conditions, weights and effects, read word by word.

mod change;
mod sum;

use super::super::diagnostic::Code;
use super::super::model::{Domain, VarId};
use super::{Cases, Change, Comparison, Condition, Effect, ExprFault, Resolved, Scope, Sum, Weight};

/// Deepest nesting of brackets and `not`s in a condition.
const DEEPEST: usize = 32;
/// Longest expression, in bytes: far beyond any that a person can read.
const LONGEST: usize = 4096;

pub(super) type Parsed<'e, T> = Result<T, ExprFault<'e>>;

/// What an expression is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ExprKind {
    Condition,
    Weight,
    Effects,
}

pub(super) fn read_condition<'e>(text: &'e str, scope: &mut Scope<'_, '_>) -> Parsed<'e, Condition> {
    let mut parser = Parser::new(text, scope)?;
    let condition = parser.any()?;
    parser.end()?;
    Ok(condition)
}

pub(super) fn read_weight<'e>(text: &'e str, scope: &mut Scope<'_, '_>) -> Parsed<'e, Weight> {
    let mut parser = Parser::new(text, scope)?;
    let mut cases = Vec::new();
    loop {
        let sum = parser.sum()?;
        if parser.word("if")? {
            cases.push((parser.any()?, sum));
            if !parser.word("else")? {
                parser.end()?;
                return Ok(Weight::Cases(Box::new(Cases { cases, otherwise: Sum::default() })));
            }
        } else {
            parser.end()?;
            return Ok(Weight::Cases(Box::new(Cases { cases, otherwise: sum })));
        }
    }
}

pub(super) fn read_effect<'e>(text: &'e str, scope: &mut Scope<'_, '_>) -> Parsed<'e, Effect> {
    let mut parser = Parser::new(text, scope)?;
    let (var, change) = parser.change()?;
    let when = if parser.word("if")? { parser.any()? } else { Condition::Always };
    parser.end()?;
    Ok(Effect::new(var, change).under(when))
}

/// Whether something can be read as an expression of this kind.
pub(super) fn try_to_read(text: &str, kind: ExprKind, scope: &mut Scope<'_, '_>) -> bool {
    match kind {
        ExprKind::Condition => read_condition(text, scope).is_ok(),
        ExprKind::Weight => read_weight(text, scope).is_ok(),
        ExprKind::Effects => read_effect(text, scope).is_ok(),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ExprToken<'e> {
    Name(&'e str),
    Number(&'e str),
    Sign(&'e str),
    End,
}

struct Parser<'e, 'x, 'n, 's> {
    text: &'e str,
    at: usize,
    /// The next token and where it starts and ends.
    token: ExprToken<'e>,
    start: usize,
    depth: usize,
    scope: &'x mut Scope<'n, 's>,
}

impl<'e, 'x, 'n, 's> Parser<'e, 'x, 'n, 's> {
    fn new(text: &'e str, scope: &'x mut Scope<'n, 's>) -> Parsed<'e, Self> {
        if text.len() > LONGEST {
            let head = crate::text::head(text, 40);
            return Err(ExprFault::new(Code::BadExpression, head, format!("longer than {LONGEST} characters"))
                .help("split it: give a part of it a name by setting a flag"));
        }
        let mut parser = Self { text, at: 0, token: ExprToken::End, start: 0, depth: 0, scope };
        parser.next()?;
        Ok(parser)
    }

    fn here(&self) -> &'e str {
        if self.token == ExprToken::End { &self.text[self.text.len()..] } else { &self.text[self.start..self.at] }
    }

    fn next(&mut self) -> Parsed<'e, ExprToken<'e>> {
        let before = self.token;
        let bytes = self.text.as_bytes();
        while bytes.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
        self.start = self.at;
        let rest = &self.text[self.at..];
        if rest.is_empty() {
            self.token = ExprToken::End;
            return Ok(before);
        }
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        // A name that begins with a digit is told of where it is declared.
        let is_name = rest[digits..].starts_with(|c: char| c.is_alphabetic() || c == '_');
        let length = if is_name {
            name_length(rest)
        } else if digits > 0 {
            digits
        } else {
            self.sign(rest)?
        };
        self.at += length;
        let text = &rest[..length];
        self.token = if is_name {
            ExprToken::Name(text)
        } else if digits > 0 {
            ExprToken::Number(text)
        } else {
            ExprToken::Sign(text)
        };
        Ok(before)
    }

    fn sign(&self, rest: &'e str) -> Parsed<'e, usize> {
        let right = match rest.as_bytes() {
            [b'&', b'&', ..] => "and",
            [b'|', b'|', ..] => "or",
            [b'!', b'=', ..] => "is not",
            [b'=', b'=', ..] => "is",
            [b'=', b'>', ..] => ">=",
            [b'=', b'<', ..] => "<=",
            [b'+', b'=', ..] => "+",
            [b'-', b'=', ..] => "-",
            [b'>' | b'<', b'=', ..] => return Ok(2),
            [b'<' | b'>' | b'=' | b'+' | b'-' | b'(' | b')' | b'.', ..] => return Ok(1),
            _ => "",
        };
        if !right.is_empty() {
            let wrong = &rest[..2];
            return Err(ExprFault::new(Code::BadExpression, wrong, format!("`{wrong}` is not used here"))
                .general_help(format!("write `{right}`")));
        }
        let length = rest.chars().next().map_or(0, char::len_utf8);
        let fault =
            ExprFault::new(Code::BadExpression, &rest[..length], format!("`{}` is not used here", &rest[..length]));
        Err(match &rest[..length] {
            "!" => fault.general_help("write `not`"),
            "\"" | "'" | "“" | "”" => fault.general_help("names stand without quotes inside an expression"),
            _ => fault,
        })
    }

    fn word(&mut self, word: &str) -> Parsed<'e, bool> {
        let found = self.token == ExprToken::Name(word);
        if found {
            self.next()?;
        }
        Ok(found)
    }

    fn take(&mut self, sign: &str) -> Parsed<'e, bool> {
        if self.token == ExprToken::Sign(sign) {
            self.next()?;
            return Ok(true);
        }
        Ok(false)
    }

    fn expect(&mut self, sign: &str) -> Parsed<'e, ()> {
        if self.take(sign)? { Ok(()) } else { Err(self.wanted(&format!("`{sign}`"))) }
    }

    fn wanted(&self, what: &str) -> ExprFault<'e> {
        let found = if self.token == ExprToken::End { "the end".to_owned() } else { format!("`{}`", self.here()) };
        ExprFault::new(Code::BadExpression, self.here(), format!("{what} is wanted here, not {found}"))
    }

    fn end(&self) -> Parsed<'e, ()> {
        match self.token {
            ExprToken::End => Ok(()),
            ExprToken::Sign("<" | ">" | "<=" | ">=" | "=") => {
                Err(ExprFault::new(Code::BadExpression, self.here(), "comparisons do not chain")
                    .general_help("write `a < b and b < c`"))
            }
            _ => Err(self.wanted("`and`, `or` or the end")),
        }
    }

    fn any(&mut self) -> Parsed<'e, Condition> {
        let mut left = self.all()?;
        while self.word("or")? {
            left = Condition::or(left, self.all()?);
        }
        Ok(left)
    }

    fn all(&mut self) -> Parsed<'e, Condition> {
        let mut left = self.one()?;
        while self.word("and")? {
            left = Condition::and(left, self.one()?);
        }
        Ok(left)
    }

    fn one(&mut self) -> Parsed<'e, Condition> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(ExprFault::new(Code::BadExpression, self.here(), "nested too deeply"));
        }
        let condition = if self.word("not")? {
            Condition::Not(Box::new(self.one()?))
        } else if self.take("(")? {
            let inner = self.any()?;
            self.expect(")")?;
            inner
        } else {
            self.comparison()?
        };
        self.depth -= 1;
        Ok(condition)
    }

    fn comparison(&mut self) -> Parsed<'e, Condition> {
        let start = self.start;
        if let ExprToken::Name(name) = self.token {
            let resolved = self.name()?;
            let whole = self.text[start..].trim_end();
            let name = if resolved.stands_alone { name } else { self.text[start..self.start].trim_end() };
            let counter = matches!(self.scope.names.domain(resolved.var), Domain::Counter(..));
            if !counter && self.word("is")? {
                let negated = self.word("not")?;
                let value = self.state_of(resolved.var)?;
                let is = Condition::Is(resolved.var, value);
                return Ok(if negated { Condition::Not(Box::new(is)) } else { is });
            }
            if counter && self.token == ExprToken::Name("is") {
                return self.compared(start, Sum { constant: 0, terms: vec![(1, resolved.var)] });
            }
            let compared = matches!(self.token, ExprToken::Sign("<" | ">" | "<=" | ">=" | "=" | "+" | "-"));
            if !compared {
                return match self.scope.names.domain(resolved.var) {
                    Domain::Flag => Ok(Condition::Is(resolved.var, 1)),
                    Domain::States(_) if resolved.stands_alone => {
                        Ok(Condition::Not(Box::new(Condition::Is(resolved.var, 0))))
                    }
                    Domain::States(states) => {
                        Err(ExprFault::new(Code::WrongType, name, "this has states; it is not true or false by itself")
                            .general_help(asked_for(name, states)))
                    }
                    Domain::Counter(..) => Err(ExprFault::new(
                        Code::WrongType,
                        name,
                        "this is a number; it is not true or false by itself",
                    )
                    .general_help(format!("compare it: `{name} > 0`"))),
                };
            }
            let equals = self.token == ExprToken::Sign("=");
            if equals && !counter {
                return Err(ExprFault::new(
                    Code::WrongType,
                    &whole[..whole.len().min(self.at - start)],
                    "`=` compares numbers",
                )
                .general_help("for states write `is`; for flags write the name alone"));
            }
            self.counted(resolved.var, name)?;
            let left = self.more(Sum { constant: 0, terms: vec![(1, resolved.var)] })?;
            return self.compared(start, left);
        }
        let left = self.sum()?;
        self.compared(start, left)
    }

    /// The rest of a comparison whose left side this is, and which began at this byte.
    fn compared(&mut self, start: usize, left: Sum) -> Parsed<'e, Condition> {
        let left_end = self.text[..self.start].trim_end().len();
        let comparison = match self.token {
            ExprToken::Sign("<") => Comparison::Less,
            ExprToken::Sign("<=") => Comparison::AtMost,
            ExprToken::Sign("=") | ExprToken::Name("is") => Comparison::Equal,
            ExprToken::Sign(">=") => Comparison::AtLeast,
            ExprToken::Sign(">") => Comparison::More,
            _ => return Err(self.wanted("a comparison such as `>=`")),
        };
        let is = self.next()? == ExprToken::Name("is");
        let negated = is && self.word("not")?;
        if is
            && let ExprToken::Name(word) = self.token
            && !self.scope.names.vars.contains_key(word)
        {
            let left = &self.text[start..left_end];
            let alone = self.scope.names.vars.get(left);
            let message = match alone.and_then(|var| self.scope.names.shown_as(*var, word)) {
                Some(value) => format!("`{left}` is a number, and shows `{word}` where it is {value}"),
                None => format!("`{left}` is a number, and `{word}` is none"),
            };
            return Err(ExprFault::new(Code::WrongType, word, message)
                .general_help(format!("compare it with a number: `{left} >= 2`")));
        }
        let right_start = self.start;
        let right = self.sum()?;
        let whole = self.text[start..self.start].trim_end();
        let sides = [(&self.text[start..left_end], &left), (self.text[right_start..self.start].trim_end(), &right)];
        self.possible(whole, sides, comparison, negated)?;
        let compared = Condition::compare(left, comparison, right);
        Ok(if negated { Condition::Not(Box::new(compared)) } else { compared })
    }

    /// A fault where a comparison holds for no values that its sides can take; where it is `negated` it always does.
    fn possible(
        &self,
        whole: &'e str,
        sides: [(&str, &Sum); 2],
        comparison: Comparison,
        negated: bool,
    ) -> Parsed<'e, ()> {
        let [left, right] = sides.map(|(_, sum)| self.bounds(sum));
        // What is on the left less what is on the right lies between these.
        let (least, most) = (left.0 - right.1, left.1 - right.0);
        let possible = match comparison {
            Comparison::Equal => least <= 0 && most >= 0,
            other => other.holds(least, 0) || other.holds(most, 0),
        };
        if possible {
            return Ok(());
        }
        let range = |(words, sum): (&str, &Sum)| {
            let (least, most) = self.bounds(sum);
            let goes = if least == 0 { format!("to {most}") } else { format!("from {least} to {most}") };
            (!sum.terms.is_empty()).then(|| format!("`{words}` goes {goes}"))
        };
        let ranges: Vec<String> = sides.into_iter().filter_map(range).collect();
        let because = if ranges.is_empty() { String::new() } else { format!(": {}", ranges.join(", and ")) };
        let holds = if negated { "always holds" } else { "can never hold" };
        Err(ExprFault::new(Code::OutOfRange, whole, format!("`{whole}` {holds}{because}"))
            .help("compare it with a number that it can be, or change its `min` or `max`"))
    }

    /// The least and the greatest that a sum can come to.
    fn bounds(&self, sum: &Sum) -> (i32, i32) {
        sum.terms.iter().fold((sum.constant, sum.constant), |(least, most), &(factor, var)| {
            let (min, max) = self.scope.names.domain(var).bounds();
            let ends = [factor * i32::from(min), factor * i32::from(max)];
            (least + ends[0].min(ends[1]), most + ends[0].max(ends[1]))
        })
    }

    /// `name`, `function(name)` or `sheet.line`.
    fn name(&mut self) -> Parsed<'e, Resolved> {
        let ExprToken::Name(name) = self.token else { return Err(self.wanted("a name")) };
        if matches!(name, "and" | "or" | "not" | "is" | "if" | "else") {
            return Err(self.wanted("a name"));
        }
        let start = self.start;
        self.next()?;
        if self.take("(")? {
            let ExprToken::Name(argument) = self.token else { return Err(self.wanted("a name")) };
            self.next()?;
            self.expect(")")?;
            return self.scope.call(name, argument);
        }
        if self.token == ExprToken::Sign(".") {
            self.next()?;
            let ExprToken::Name(_) = self.token else { return Err(self.wanted("the name of a line")) };
            let whole = &self.text[start..self.at];
            self.next()?;
            return Ok(Resolved { var: self.scope.line(whole)?, stands_alone: false });
        }
        Ok(Resolved { var: self.scope.variable(name)?, stands_alone: false })
    }

    fn state_of(&mut self, var: VarId) -> Parsed<'e, i16> {
        let ExprToken::Name(state) = self.token else { return Err(self.wanted("the name of a state")) };
        let value = self.scope.state(var, state)?;
        self.next()?;
        Ok(value)
    }
}

/// How some states of a variable are asked for.
fn asked_for(name: &str, states: &[String]) -> String {
    let asked: Vec<String> = states.iter().take(4).map(|state| format!("`{name} is {state}`")).collect();
    format!("write {}{}", if asked.len() > 1 { "one of " } else { "" }, asked.join(", "))
}

/// Letters, digits, `_`, and `-` where a letter or a digit follows it.
pub(in crate::story) fn name_length(text: &str) -> usize {
    let mut end = 0;
    let mut rest = text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let joined = c == '-' && rest.peek().is_some_and(|&(_, next)| next.is_alphanumeric());
        if !(c.is_alphanumeric() || c == '_' || joined) {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}
