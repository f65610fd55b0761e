//! Conditions, effects and weights: read from their words, and judged by what is so.
//!
//! Everything that is so has a name and a value in words: `trust` is `2`, `line` is `gone`, `leaked` is `true`,
//! `heard(late)` is `softened` (or `no`), `card.date` is `sender` (or `standing`), `visited(hall)` is `true`.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde::Deserialize;
use serde::de::{Deserializer, Error};

use super::file::number_or_words;

/// A name or a value.
pub type Word = Rc<str>;

/// What is so, by name. What has no value yet is `false`.
pub type Values = BTreeMap<Word, Word>;

pub fn value<'v>(values: &'v Values, name: &str) -> &'v str {
    values.get(name).map_or("false", |value| &**value)
}

fn number(values: &Values, name: &str) -> i64 {
    value(values, name).parse().unwrap_or_else(|_| panic!("`{name}` is no number"))
}

#[derive(Debug, Default)]
pub enum Condition {
    #[default]
    Always,
    /// A flag; `visited(…)`; `heard(…)`, which holds once anything has arrived.
    True(String),
    /// Both sides have the same value.
    Is(Sum, Sum),
    Less(Sum, Sum),
    Not(Box<Condition>),
    And(Box<Condition>, Box<Condition>),
    Or(Box<Condition>, Box<Condition>),
}

/// Terms that are added, each with its sign: names, numbers, or one word that is a value.
#[derive(Debug)]
pub struct Sum(Vec<(i64, String)>);

#[derive(Debug)]
pub struct Effect {
    pub change: Change,
    pub when: Condition,
}

#[derive(Debug)]
pub enum Change {
    Add(String, i64),
    Set(String, String),
    Strike(String),
    Restore(String),
}

/// `A if CONDITION else B`, or a sum alone.
#[derive(Debug)]
pub enum Weight {
    Sum(Sum),
    If(Sum, Condition, Box<Weight>),
}

impl Default for Weight {
    fn default() -> Self {
        Self::Sum(Sum(vec![(1, "1".to_owned())]))
    }
}

impl Condition {
    pub fn holds(&self, values: &Values) -> bool {
        match self {
            Self::Always => true,
            Self::True(name) if name.starts_with("heard(") => value(values, name) != "no",
            Self::True(name) => value(values, name) == "true",
            Self::Is(left, right) => match (left.word(values), right.word(values)) {
                (Some(left), Some(right)) => left == right,
                _ => left.number(values) == right.number(values),
            },
            Self::Less(left, right) => left.number(values) < right.number(values),
            Self::Not(inner) => !inner.holds(values),
            Self::And(left, right) => left.holds(values) && right.holds(values),
            Self::Or(left, right) => left.holds(values) || right.holds(values),
        }
    }
}

impl Sum {
    fn number(&self, values: &Values) -> i64 {
        let of = |term: &str| term.parse().unwrap_or_else(|_| number(values, term));
        self.0.iter().map(|(sign, term)| sign * of(term)).sum()
    }

    /// What a single term says: the value of what it names, or itself.
    fn word<'s>(&'s self, values: &'s Values) -> Option<&'s str> {
        let [(1, term)] = self.0.as_slice() else { return None };
        let named = term.ends_with(')') || values.contains_key(term.as_str());
        Some(if named { value(values, term) } else { term })
    }
}

impl Weight {
    pub fn of(&self, values: &Values) -> i64 {
        match self {
            Self::Sum(sum) => sum.number(values).max(0),
            Self::If(sum, when, _) if when.holds(values) => sum.number(values).max(0),
            Self::If(_, _, other) => other.of(values),
        }
    }
}

/// Names (with what belongs to them: `card.date`, `heard(late)`), numbers and signs.
fn tokens(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let in_name = |at: usize| letters.get(at).is_some_and(|c| c.is_alphanumeric() || *c == '_');
    let mut out: Vec<String> = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let start = at;
        let first = letters[at];
        at += 1;
        if first.is_whitespace() {
            continue;
        }
        if in_name(start) {
            // A hyphen belongs to a name where a letter or digit follows it; a number has none.
            let is_name = !first.is_ascii_digit();
            while in_name(at) || is_name && (letters.get(at) == Some(&'-') && in_name(at + 1)) {
                at += 1;
            }
            let word: String = letters[start..at].iter().collect();
            let joined = if letters.get(at) == Some(&'.') {
                at += 1;
                format!("{word}.")
            } else if letters.get(at) == Some(&'(') && (word == "visited" || word == "heard") {
                let close = letters[at..].iter().position(|c| *c == ')').map_or(letters.len(), |more| at + more);
                let inner: String = letters[at + 1..close].iter().collect();
                at = close + 1;
                format!("{word}({})", inner.trim())
            } else {
                word
            };
            match out.last_mut().filter(|last| last.ends_with('.')) {
                Some(sheet) => sheet.push_str(&joined),
                None => out.push(joined),
            }
        } else {
            if matches!(first, '<' | '>') && letters.get(at) == Some(&'=') {
                at += 1;
            }
            out.push(letters[start..at].iter().collect());
        }
    }
    out
}

struct Parser {
    tokens: Vec<String>,
    at: usize,
}

impl Parser {
    fn new(text: &str) -> Self {
        Self { tokens: tokens(text), at: 0 }
    }

    fn peek(&self) -> &str {
        self.tokens.get(self.at).map_or("", String::as_str)
    }

    fn next(&mut self) -> String {
        self.at += 1;
        self.tokens.get(self.at - 1).cloned().unwrap_or_default()
    }

    fn eat(&mut self, word: &str) -> bool {
        let found = self.peek() == word;
        self.at += usize::from(found);
        found
    }

    fn end<T>(&self, whole: T) -> Result<T, String> {
        if self.at == self.tokens.len() { Ok(whole) } else { Err(format!("`{}` is one too many", self.peek())) }
    }

    fn any_of(&mut self) -> Condition {
        let mut left = self.all_of();
        while self.eat("or") {
            left = Condition::Or(Box::new(left), Box::new(self.all_of()));
        }
        left
    }

    fn all_of(&mut self) -> Condition {
        let mut left = self.one();
        while self.eat("and") {
            left = Condition::And(Box::new(left), Box::new(self.one()));
        }
        left
    }

    fn one(&mut self) -> Condition {
        if self.eat("not") {
            return Condition::Not(Box::new(self.one()));
        }
        if self.eat("(") {
            let inner = self.any_of();
            self.eat(")");
            return inner;
        }
        let left = self.sum();
        match self.peek() {
            "is" => {
                self.next();
                let not = self.eat("not");
                let is = Condition::Is(left, self.sum());
                if not { Condition::Not(Box::new(is)) } else { is }
            }
            "=" | "<" | ">" | "<=" | ">=" => {
                let sign = self.next();
                let right = self.sum();
                match sign.as_str() {
                    "=" => Condition::Is(left, right),
                    "<" => Condition::Less(left, right),
                    ">" => Condition::Less(right, left),
                    "<=" => Condition::Not(Box::new(Condition::Less(right, left))),
                    _ => Condition::Not(Box::new(Condition::Less(left, right))),
                }
            }
            _ => Condition::True(left.0.into_iter().map(|(_, name)| name).collect()),
        }
    }

    fn sum(&mut self) -> Sum {
        let first = if self.eat("-") { -1 } else { 1 };
        let mut terms = vec![(first, self.next())];
        while matches!(self.peek(), "+" | "-") {
            let sign = if self.next() == "+" { 1 } else { -1 };
            terms.push((sign, self.next()));
        }
        Sum(terms)
    }

    fn change(&mut self) -> Result<Change, String> {
        let name = self.next();
        Ok(match name.as_str() {
            "strike" => Change::Strike(self.next()),
            "restore" => Change::Restore(self.next()),
            _ => {
                let sign = self.next();
                let minus = if self.eat("-") { "-" } else { "" };
                let word = format!("{minus}{}", self.next());
                let by = || word.parse::<i64>().map_err(|_| format!("`{word}` is no number"));
                match sign.as_str() {
                    "=" => Change::Set(name, word),
                    "+" => Change::Add(name, by()?),
                    "-" => Change::Add(name, -by()?),
                    _ => return Err(format!("`{sign}` changes nothing")),
                }
            }
        })
    }

    fn weight(&mut self) -> Weight {
        let sum = self.sum();
        if !self.eat("if") {
            return Weight::Sum(sum);
        }
        let when = self.any_of();
        self.eat("else");
        Weight::If(sum, when, Box::new(self.weight()))
    }
}

pub fn condition(text: &str) -> Result<Condition, String> {
    let mut parser = Parser::new(text);
    let whole = parser.any_of();
    parser.end(whole)
}

fn effect(text: &str) -> Result<Effect, String> {
    let mut parser = Parser::new(text);
    let change = parser.change()?;
    let when = if parser.eat("if") { parser.any_of() } else { Condition::Always };
    parser.end(Effect { change, when })
}

fn weight(text: &str) -> Result<Weight, String> {
    let mut parser = Parser::new(text);
    let whole = parser.weight();
    parser.end(whole)
}

macro_rules! read_from_words {
    ($($type:ident by $words:ident, $parse:ident;)*) => {$(
        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = $words(deserializer)?;
                $parse(&text).map_err(|why| D::Error::custom(format!("{text}: {why}")))
            }
        }
    )*};
}

use String as Words;
fn words<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Words, D::Error> {
    Words::deserialize(deserializer)
}

read_from_words! {
    Condition by words, condition;
    Effect by words, effect;
    Weight by number_or_words, weight;
}
