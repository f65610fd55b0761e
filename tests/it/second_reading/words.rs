//! Random conditions, effects, weights and prose about what a story declares.

use crate::support::Dice;

/// What a story declares, as far as it can be asked about.
pub struct Names {
    /// With their least and greatest value.
    pub counters: Vec<(String, i64, i64)>,
    /// The states of `mood`.
    pub states: Vec<&'static str>,
    /// Whether there is the flag `told`.
    pub flag: bool,
    pub seats: Vec<String>,
    pub carriers: Vec<String>,
    pub licences: Vec<String>,
    pub treatments: Vec<String>,
    pub handlings: Vec<String>,
    pub messages: Vec<String>,
    /// The lines of `card`.
    pub lines: Vec<String>,
    pub scenes: Vec<String>,
    /// Whether there is the fact `known`.
    pub fact: bool,
    pub clock: bool,
}

/// What prose is for: a whole text, a single line, or a clause in the middle of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    Text,
    Line,
    Clause,
}

pub struct Words<'d> {
    pub dice: &'d mut Dice,
    pub names: Names,
    pub number: usize,
    /// Whether the next form may quote a message, and whether it may be a lot; together and often they would make more
    /// readings than anybody could compare.
    pub may_quote: bool,
    pub may_vary: bool,
    /// Whether it may be an answer, which messages themselves do not show.
    pub may_answer: bool,
}

impl Words<'_> {
    fn below(&mut self, bound: usize) -> usize {
        self.dice.below(bound)
    }

    fn one_of(&mut self, all: &[&str]) -> String {
        all[self.dice.below(all.len())].to_owned()
    }

    fn name_of(&mut self, names: fn(&Names) -> &Vec<String>) -> Option<String> {
        let count = names(&self.names).len();
        let at = self.dice.below(count);
        names(&self.names).get(at).cloned()
    }

    /// A word that stands nowhere else.
    pub fn fresh(&mut self) -> String {
        self.number += 1;
        format!("W{}w.", self.number)
    }

    fn counter(&mut self) -> Option<(String, i64, i64)> {
        let at = self.dice.below(self.names.counters.len());
        self.names.counters.get(at).cloned()
    }

    /// A condition that holds in some nights and not in others, as far as one can tell from the range of its names.
    pub fn condition(&mut self, depth: usize) -> String {
        let one = |this: &mut Self| loop {
            let kind = this.below(16);
            if let Some(atom) = this.atom(kind) {
                return atom;
            }
        };
        if depth == 0 {
            return one(self);
        }
        match self.below(9) {
            0 => format!("{} and {}", self.condition(depth - 1), one(self)),
            1 => format!("{} or {}", self.condition(depth - 1), one(self)),
            2 => format!("not {}", one(self)),
            3 => format!("({} or {}) and {}", one(self), one(self), one(self)),
            4 => format!("not ({})", self.condition(depth - 1)),
            5 => format!("{} or {} and {}", one(self), one(self), one(self)),
            _ => one(self),
        }
    }

    /// That something is never so, or never two things at once.
    pub fn denial(&mut self) -> String {
        let one = self.condition(0);
        match self.below(3) {
            0 => format!("not ({one})"),
            _ => format!("not ({one} and {})", self.condition(0)),
        }
    }

    fn atom(&mut self, kind: usize) -> Option<String> {
        let not = if self.below(2) == 0 { "not " } else { "" };
        Some(match kind {
            0..=2 => {
                let (name, min, max) = self.counter()?;
                let more = min + 1 + self.below((max - min) as usize) as i64;
                let sign = self.one_of(&[">=", "<", "="]);
                match self.below(4) {
                    0 => format!("{name} > {}", more - 1),
                    1 => format!("{name} <= {}", more - 1),
                    2 => format!("{name} is {not}{more}"),
                    _ => format!("{name} {sign} {more}"),
                }
            }
            3 => {
                let (name, min, max) = self.counter()?;
                let (other, least, most) = self.counter()?;
                match self.below(4) {
                    3 => format!("{name} + {other} is {not}{}", min + least + 1),
                    0 => format!("{name} - {other} >= {}", (min - most + max - least + 1) / 2),
                    1 => format!("{name} + 2 > {other} + 1 - {}", self.below(2)),
                    _ => format!("{name} + {other} < {}", (min + least + max + most + 1) / 2),
                }
            }
            4 | 5 if !self.names.states.is_empty() => {
                let state = self.one_of(&self.names.states.clone());
                format!("mood is {not}{state}")
            }
            6 if self.names.flag => format!("told is {not}{}", self.below(2) == 0),
            6 | 7 if self.names.flag => format!("{not}told"),
            8 => format!("{not}visited({})", self.name_of(|names| &names.scenes)?),
            9 => format!("{not}heard({})", self.name_of(|names| &names.messages)?),
            10 => {
                let message = self.name_of(|names| &names.messages)?;
                let treatment = self.name_of(|names| &names.treatments).unwrap_or_else(|| "plain".to_owned());
                format!("heard({message}) is {not}{treatment}")
            }
            11 => {
                let line = self.name_of(|names| &names.lines)?;
                let seat = self.name_of(|names| &names.seats)?;
                let hand = if self.below(3) == 0 { "standing".to_owned() } else { seat };
                format!("card.{line} is {not}{hand}")
            }
            12 if !self.names.messages.is_empty() && self.below(3) == 0 => {
                let what = self.one_of(&["message", "carrier", "licence", "treatment", "handling"]);
                format!("{what} is {not}none")
            }
            12 => format!("message is {not}{}", self.name_of(|names| &names.messages)?),
            13 if !self.names.messages.is_empty() => {
                format!("carrier is {not}{}", self.name_of(|names| &names.carriers)?)
            }
            14 if !self.names.messages.is_empty() => {
                format!("treatment is {not}{}", self.name_of(|names| &names.treatments)?)
            }
            15 if !self.names.messages.is_empty() => match self.below(2) {
                0 => format!("handling is {not}{}", self.name_of(|names| &names.handlings)?),
                _ => format!("licence is {not}{}", self.name_of(|names| &names.licences)?),
            },
            _ => return None,
        })
    }

    /// What is done at one moment, if there is anything that can be changed; only a seat strikes. `moment` are
    /// conditions that change at this very moment: effects that ask for them tell what comes before what. So does an
    /// effect that asks for what the one before it has changed.
    pub fn effects(&mut self, by_seat: bool, moment: &[String]) -> Vec<String> {
        let mut asked = moment.to_vec();
        let mut out = Vec::new();
        for _ in 0..1 + self.below(2) {
            let change = (0..20).find_map(|_| self.change().filter(|change| by_seat || !change.starts_with("strike")));
            let Some(change) = change else { break };
            out.push(match self.below(8) {
                0 => format!("{change} if {}", self.condition(1)),
                1..6 if !asked.is_empty() => {
                    let not = self.one_of(&["", "not "]);
                    format!("{change} if {not}{}", asked[self.dice.below(asked.len())])
                }
                _ => change.clone(),
            });
            asked.push(self.made_by(&change));
        }
        out
    }

    /// What holds once a change has been made, and often not before.
    fn made_by(&mut self, change: &str) -> String {
        let (name, value) = change.split_once(' ').expect("a name, and what becomes of it");
        match (name, value.strip_prefix("= ")) {
            ("strike" | "restore", _) => format!("{value} is standing"),
            (name, Some(value)) => format!("{name} is {value}"),
            (name, None) => {
                let counter = self.names.counters.iter().find(|(counter, ..)| counter == name);
                let (_, min, max) = counter.expect("only counters go up and down");
                format!("{name} > {}", min + self.dice.below((max - min) as usize) as i64)
            }
        }
    }

    /// A condition that the clock comes to as it goes on.
    pub fn later(&mut self) -> String {
        format!("minutes >= {}", 5 * (1 + self.below(4)))
    }

    fn change(&mut self) -> Option<String> {
        Some(match self.below(8) {
            0..=2 => {
                let (name, min, max) = self.counter()?;
                let step = 1 + self.below(2.min((max - min) as usize)) as i64;
                match self.below(4) {
                    // The clock goes on by its tick.
                    kind if name == "minutes" => format!("{name} +{}", 5 * (1 + kind / 3)),
                    0 => format!("{name} -{step}"),
                    1 => format!("{name} = {}", min + self.below((max - min) as usize) as i64),
                    _ => format!("{name} +{step}"),
                }
            }
            3 | 4 if !self.names.states.is_empty() => {
                let state = self.one_of(&self.names.states.clone());
                format!("mood = {state}")
            }
            5 if self.names.flag => format!("told = {}", self.below(2) == 0),
            6 => {
                let line = self.name_of(|names| &names.lines)?;
                let deed = self.one_of(&["strike", "restore"]);
                format!("{deed} card.{line}")
            }
            7 => {
                let message = self.name_of(|names| &names.messages)?;
                let treatment = self.name_of(|names| &names.treatments).unwrap_or_else(|| "plain".to_owned());
                format!("heard({message}) = {treatment}")
            }
            _ => return None,
        })
    }

    /// A weight that is 0 in some nights.
    pub fn weight(&mut self) -> String {
        let counter = self.counter().filter(|_| self.below(2) == 0);
        match counter {
            Some((name, ..)) if self.below(2) == 0 => format!("1 + {name}"),
            Some((name, ..)) => format!("{name} if {} else 2", self.condition(1)),
            None => format!("{} if {} else {}", self.below(3), self.condition(1), self.below(2)),
        }
    }

    pub fn prose(&mut self, style: Style) -> String {
        let mut out = String::new();
        self.may_quote = style != Style::Clause || self.below(2) == 0;
        self.may_vary = style != Style::Clause || !self.may_quote;
        let count = if style == Style::Text { 1 + self.below(4) } else { 1 + self.below(2) };
        out.push_str(&self.plain());
        for _ in 0..count {
            let between = if style == Style::Text && self.below(3) == 0 {
                self.one_of(&["\n", "\n      ", "\n\n", "\n    \n   ", " \n"])
            } else {
                self.one_of(&[" ", " ", "", " ("])
            };
            let open = between.ends_with('(');
            out.push_str(&between);
            let next = if self.below(3) > 0 { self.form(style, 2) } else { self.plain() };
            out.push_str(&next);
            if open {
                out.push(')');
            } else if self.below(3) == 0 {
                out.push_str(&self.one_of(&[",", ".", ";", "!", "…", "”", "’", ":", "?", "»"]));
            }
        }
        if style == Style::Text && self.below(8) == 0 {
            out.push_str("\n> ");
            out.push_str(&self.plain());
            if self.below(2) == 0 {
                out.push_str("\n> ");
                out.push_str(&self.plain());
            }
            if self.below(2) == 0 {
                out.push('\n');
                out.push_str(&self.plain());
            }
        }
        out
    }

    /// A word or two, without a form.
    fn plain(&mut self) -> String {
        let word = self.fresh();
        let word = word.trim_end_matches('.');
        match self.below(14) {
            0 => format!("*{word}*"),
            1 => format!("~{word}~"),
            2 => format!("*{word} so*"),
            3 => format!("{word}.[^known]"),
            4 => format!("“{word}”"),
            5 => format!("{word}** {{{{so}}}} ~~"),
            _ => word.to_owned(),
        }
        .replace(if self.names.fact { "\0" } else { "[^known]" }, "")
    }

    /// What stands in a branch.
    fn branch(&mut self, style: Style, depth: usize) -> String {
        let words = if depth > 0 && self.below(4) == 0 {
            let before = if self.below(2) == 0 { self.plain() + " " } else { String::new() };
            before + &self.form(style, depth - 1)
        } else {
            self.plain()
        };
        match self.below(8) {
            0 if style == Style::Text => format!("\n      {words}\n    "),
            1 => words,
            2 => format!(" {words}"),
            _ => format!(" {words} "),
        }
    }

    fn form(&mut self, style: Style, depth: usize) -> String {
        loop {
            let kind = self.below(17);
            if let Some(form) = self.form_of(kind, style, depth) {
                return form;
            }
        }
    }

    fn form_of(&mut self, kind: usize, style: Style, depth: usize) -> Option<String> {
        Some(match kind {
            0 => format!("{{{}}}", self.counter()?.0),
            1 if !self.names.states.is_empty() => "{mood}".to_owned(),
            1 if self.names.flag => "{told}".to_owned(),
            2..=4 => format!("{{if {}:{}}}", self.condition(2), self.branch(style, depth)),
            5 | 6 => {
                format!("{{if {}:{}|{}}}", self.condition(2), self.branch(style, depth), self.branch(style, depth))
            }
            7 => {
                let last = if self.below(2) == 0 { format!("|{}", self.branch(style, depth)) } else { String::new() };
                let (one, other) = (self.condition(1), self.condition(1));
                let (first, second) = (self.branch(style, depth), self.branch(style, depth));
                format!("{{if {one}:{first}| else if {other}:{second}{last}}}")
            }
            8 | 9 => format!("{{first:{}| again:{}}}", self.branch(style, depth), self.branch(style, depth)),
            10 if depth == 2 && self.may_vary => {
                format!("{{one of:{}|{}}}", self.branch(style, 0), self.branch(style, 0))
            }
            11 | 12 if !self.may_quote => return None,
            11 if !self.names.messages.is_empty() => {
                self.may_quote = style != Style::Clause;
                self.one_of(&["{heard}", "{meant}"])
            }
            12 => {
                self.may_quote = style != Style::Clause;
                let form = self.one_of(&["heard", "meant"]);
                format!("{{{form}({})}}", self.name_of(|names| &names.messages)?)
            }
            13 if !self.names.lines.is_empty() && style == Style::Text => "{card}".to_owned(),
            14 if self.names.clock => "{clock}".to_owned(),
            16 if self.may_answer && self.may_quote => {
                self.may_quote = style != Style::Clause;
                match self.below(3) {
                    0 if !self.names.messages.is_empty() => "{answer}".to_owned(),
                    _ => format!("{{answer({})}}", self.name_of(|names| &names.messages)?),
                }
            }
            15 if !self.names.messages.is_empty() => {
                let manner = self.one_of(&["carrier", "licence", "treatment", "handling"]);
                format!("{{{manner}}}")
            }
            _ => return None,
        })
    }
}
