use std::cell::Cell;
use std::collections::{BTreeMap, HashMap, HashSet};

use super::super::diagnostic::Code;
use super::super::model::{Domain, SceneId, SeatId, VarId};
use super::super::nearest::{nearest, one_of};
use super::ExprFault;

/// Names that ask about the message in transit.
pub(in crate::story) const PARCEL: [&str; 5] = ["message", "carrier", "licence", "treatment", "handling"];

/// What an expression can name.
pub(in crate::story) struct Names<'s> {
    pub vars: HashMap<&'s str, VarId>,
    pub domains: Vec<Domain>,
    /// The words that counters and flags show in the place of their values, from the least.
    pub shown: HashMap<VarId, Vec<String>>,
    /// Which variables some expression or prose has read.
    pub read: Vec<bool>,
    pub scenes: HashMap<&'s str, SceneId>,
    pub messages: HashMap<&'s str, VarId>,
    /// `sheet.line`.
    pub lines: HashMap<String, VarId>,
    /// Variables for `visited(scene)`, made when first asked for. Entering the scene sets them.
    pub visited: BTreeMap<SceneId, VarId>,
    /// Names that are not allowed; reported where they are declared.
    pub bad: HashSet<&'s str>,
    /// Names used as sheets in a story that declares none.
    pub lost: HashSet<String>,
    /// When the story's clock starts, in minutes after midnight.
    pub starts: Option<u16>,
    /// How many more names may be compared to find the one that was meant: a file can hold a hundred thousand wrong
    /// ones.
    pub looks: Cell<usize>,
}

/// What an expression stands in: the names, and the seat that acts.
pub(in crate::story) struct Scope<'n, 's> {
    pub names: &'n mut Names<'s>,
    pub seat: Option<SeatId>,
    /// The next name is written to, which does not count as reading it.
    pub writing: bool,
}

/// What a name turned out to be.
pub(in crate::story) struct Resolved {
    pub var: VarId,
    /// For `heard(…)` and `visited(…)`: true on their own, where a state variable would need `is`.
    pub stands_alone: bool,
}

impl Names<'_> {
    /// At most so many names are looked at.
    pub const LOOKS: usize = 300_000;

    /// The known name that may have been meant.
    pub fn near<'n>(&self, wrong: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
        if self.looks.get() == 0 {
            return None;
        }
        let mut looked = 0;
        let good = known.into_iter().filter(|name| !self.bad.contains(name));
        let near = nearest(wrong, good.inspect(|_| looked += 1));
        self.looks.set(self.looks.get().saturating_sub(looked));
        near
    }

    /// The names that there are, in words, as long as names are still looked at.
    pub fn one_of<'n>(&self, wrong: &str, known: impl Iterator<Item = &'n str>) -> Option<String> {
        if self.looks.get() == 0 {
            return None;
        }
        let mut looked = 0;
        let list = one_of(wrong, known.inspect(|_| looked += 1));
        self.looks.set(self.looks.get().saturating_sub(looked));
        list
    }

    /// Says which of the known names may have been meant, or which there are.
    pub fn suggest<'e, 'n>(
        &self,
        fault: ExprFault<'e>,
        wrong: &str,
        known: impl Iterator<Item = &'n str> + Clone,
    ) -> ExprFault<'e> {
        match self.near(wrong, known.clone()) {
            Some(near) => fault.help(format!("did you mean `{near}`?")),
            None => match self.one_of(wrong, known) {
                Some(list) => fault.general_help(format!("write {list}")),
                None => fault,
            },
        }
    }

    /// What to write where the name of something else stands for a variable.
    fn otherwise(&self, name: &str) -> Option<String> {
        if self.messages.contains_key(name) {
            return Some(format!("write `heard({name})`: `{name}` is a message"));
        }
        if self.scenes.contains_key(name) {
            return Some(format!("write `visited({name})`: `{name}` is a scene"));
        }
        if let Some(line) = self.lines.keys().filter(|line| line.rsplit('.').next() == Some(name)).min() {
            return Some(format!("write `{line} is standing`: `{name}` is a line of a sheet"));
        }
        let has = |var: VarId| matches!(self.domain(var), Domain::States(states) if states.iter().any(|it| it == name));
        let shows = self.vars.iter().filter_map(|(owner, var)| Some((*owner, self.shown_as(*var, name)?))).min();
        if let Some((owner, value)) = shows {
            return Some(format!("write `{owner} is {value}`: `{name}` is the word that `{owner}` shows for {value}"));
        }
        let owner = self.vars.iter().filter(|(_, var)| has(**var)).map(|(owner, _)| *owner).min();
        owner.map(|owner| format!("write `{owner} is {name}`: `{name}` is a state of `{owner}`"))
    }

    /// The value for which a counter shows this word.
    pub fn shown_as(&self, var: VarId, word: &str) -> Option<i32> {
        let Domain::Counter(min, _) = self.domain(var) else { return None };
        let at = self.shown.get(&var)?.iter().position(|shown| shown.to_lowercase() == word.to_lowercase())?;
        i32::try_from(at).ok().map(|at| i32::from(*min) + at)
    }

    pub fn domain(&self, var: VarId) -> &Domain {
        &self.domains[var.index()]
    }

    pub fn add(&mut self, domain: Domain) -> VarId {
        self.domains.push(domain);
        self.read.push(false);
        VarId::new(self.domains.len() - 1)
    }
}

impl Scope<'_, '_> {
    pub fn variable<'e>(&mut self, name: &'e str) -> Result<VarId, ExprFault<'e>> {
        if let Some(&var) = self.names.vars.get(name) {
            self.names.read[var.index()] |= !self.writing;
            return Ok(var);
        }
        let fault = ExprFault::new(Code::UnknownVariable, name, format!("there is no variable `{name}`"));
        if matches!(name, "clock" | "time" | "minute" | "hour" | "hours")
            && let Some(starts) = self.names.starts
        {
            let (hours, minutes) = (starts / 60, starts % 60);
            let help = format!(
                "the clock is counted by `minutes`: they are 0 at {hours}:{minutes:02}, and 30 half an hour later"
            );
            return Err(fault.general_help(help));
        }
        if matches!(name, "minutes" | "clock") {
            return Err(
                fault.help("give the story a clock, for instance `clock: (starts: \"20:40\", ends: \"21:40\")`")
            );
        }
        if PARCEL.contains(&name) {
            let help = format!("declare a message under `messages`: `{name}` tells of the one under way");
            return Err(fault.general_help(help));
        }
        let line_of = |line: &&String| line.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'));
        if let Some(line) = self.names.lines.keys().filter(line_of).min() {
            return Err(fault.help(format!("`{name}` is a sheet; ask about a line of it: `{line} is standing`")));
        }
        // A minus without a blank before it belongs to a name.
        let mut parted = name.match_indices('-').map(|(at, _)| (&name[..at], &name[at + 1..]));
        if let Some((from, less)) = parted.find(|(from, _)| self.names.vars.contains_key(from)) {
            let blank = if less.starts_with(|c: char| c.is_ascii_digit()) { "" } else { " " };
            return Err(
                fault.help(format!("to take something away, put a blank before the minus: `{from} -{blank}{less}`"))
            );
        }
        if let Some(help) = self.names.otherwise(name) {
            return Err(fault.general_help(help));
        }
        Err(match self.names.near(name, self.names.vars.keys().copied()) {
            Some(near) => fault.help(format!("did you mean `{near}`?")),
            None => {
                let known = self.names.vars.keys().copied().filter(|name| !PARCEL.contains(name));
                fault.general_help(match self.names.one_of(name, known) {
                    Some(list) => format!("declare it under `vars`, or write {list}"),
                    None => "declare it under `vars`".to_owned(),
                })
            }
        })
    }

    pub fn call<'e>(&mut self, function: &'e str, argument: &'e str) -> Result<Resolved, ExprFault<'e>> {
        let var = match function {
            "visited" if self.writing => {
                let fault =
                    ExprFault::new(Code::WrongType, function, "`visited(…)` cannot be set: entering the scene sets it");
                return Err(fault.help("declare a flag of your own under `vars`, and set that"));
            }
            "visited" => {
                let Some(&scene) = self.names.scenes.get(argument) else {
                    let fault = ExprFault::new(Code::UnknownScene, argument, format!("there is no scene `{argument}`"));
                    if self.names.messages.contains_key(argument) {
                        return Err(fault.help(format!("write `heard({argument})`: `{argument}` is a message")));
                    }
                    return Err(self.names.suggest(fault, argument, self.names.scenes.keys().copied()));
                };
                match self.names.visited.get(&scene) {
                    Some(&var) => var,
                    None => {
                        let var = self.names.add(Domain::Flag);
                        self.names.visited.insert(scene, var);
                        var
                    }
                }
            }
            "heard" => match self.names.messages.get(argument) {
                Some(&var) => var,
                None => {
                    let fault =
                        ExprFault::new(Code::UnknownMessage, argument, format!("there is no message `{argument}`"))
                            .general_help("declare it under `messages`");
                    if self.names.scenes.contains_key(argument) {
                        return Err(fault.help(format!("write `visited({argument})`: `{argument}` is a scene")));
                    }
                    return Err(self.names.suggest(fault, argument, self.names.messages.keys().copied()));
                }
            },
            _ => {
                return Err(ExprFault::new(
                    Code::BadExpression,
                    function,
                    format!("`{function}(…)` is not known here"),
                )
                .general_help("there are `visited(scene)` and `heard(message)`"));
            }
        };
        self.names.read[var.index()] = true;
        Ok(Resolved { var, stands_alone: true })
    }

    pub fn line<'e>(&mut self, whole: &'e str) -> Result<VarId, ExprFault<'e>> {
        match self.names.lines.get(whole) {
            Some(&var) => {
                self.names.read[var.index()] = true;
                Ok(var)
            }
            None => {
                let fault =
                    ExprFault::new(Code::UnknownSheet, whole, format!("there is no line `{whole}` on any sheet"))
                        .general_help("declare it under `sheets`");
                Err(self.names.suggest(fault, whole, self.names.lines.keys().map(String::as_str)))
            }
        }
    }

    /// What is wrong with the name of a state that there is none of.
    fn no_state<'e>(&self, var: VarId, state: &'e str, states: &[String]) -> ExprFault<'e> {
        let names = &*self.names;
        let engine = |name: &&str| names.vars.get(*name) == Some(&var);
        let heard = || names.messages.values().any(|heard| *heard == var).then_some("treatment");
        let kind = PARCEL.into_iter().find(engine).or_else(heard);
        let line = names.lines.iter().find(|(_, line)| **line == var).map(|(line, _)| line);
        let (code, message) = match (kind, line) {
            (Some("message"), _) => (Code::UnknownMessage, format!("there is no message `{state}`")),
            (Some(kind), _) => (Code::UnknownManner, format!("there is no {kind} `{state}`")),
            (None, Some(_)) => (Code::UnknownRole, format!("there is no role `{state}`")),
            (None, None) => (Code::UnknownState, format!("`{state}` is not one of its states")),
        };
        let fault = ExprFault::new(code, state, message);
        if let Some(near) = names.near(state, states.iter().map(String::as_str)) {
            return fault.help(format!("did you mean `{near}`?"));
        }
        let shown = |states: &[String]| {
            let shown: Vec<String> = states.iter().take(20).map(|state| format!("`{state}`")).collect();
            shown.join(", ")
        };
        match (kind, line) {
            (Some(kind), _) if states.len() == 1 => fault.help(format!("declare it under `{kind}s`")),
            // The first of them is `none`.
            (Some(_), _) => fault.help(format!("write one of {}", shown(&states[1..]))),
            (None, Some(line)) => fault.general_help(format!(
                "write `not {line} is standing` where it is struck, or who has struck it: {}",
                shown(&states[1..])
            )),
            (None, None) => fault.help(format!("its states are: {}", shown(states))),
        }
    }

    /// The value of a state's name.
    pub fn state<'e>(&self, var: VarId, state: &'e str) -> Result<i16, ExprFault<'e>> {
        match self.names.domain(var) {
            Domain::States(states) => match states.iter().position(|known| known == state) {
                Some(at) => Ok(i16::try_from(at).unwrap_or(i16::MAX)),
                None => Err(self.no_state(var, state, states)),
            },
            Domain::Flag => match state {
                "true" => Ok(1),
                "false" => Ok(0),
                _ => Err(ExprFault::new(Code::WrongType, state, "a flag is true or false")
                    .general_help("write its name alone, or `not` before it")),
            },
            Domain::Counter(_, max) => {
                let fault = ExprFault::new(Code::WrongType, state, "a counter is compared with numbers");
                let own = self.names.vars.iter().find(|(_, known)| **known == var).map(|(name, _)| *name);
                Err(fault.general_help(format!("for instance, `{} >= {max}`", own.unwrap_or("minutes"))))
            }
        }
    }
}
