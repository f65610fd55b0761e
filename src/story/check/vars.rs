//! Variables: the writer's, and the engine's own.

use crate::story::ast::{self, StartValue};
use crate::story::diagnostic::Code;
use crate::story::expr::{Change, Effect, name_length};
use crate::story::model::{Domain, Scene, Var, VarId};
use crate::text::counted;

use super::Checker;
use super::gather::Gathered;

/// A declared variable may have this many values at most.
const MOST_VALUES: i64 = 1000;

impl<'s> Checker<'s> {
    pub(super) fn declare_vars(&mut self, g: &Gathered<'s>) -> Vec<Var> {
        let mut vars = Vec::new();
        for (id, var) in &g.vars {
            self.fingerprint.feed(id);
            let errors = self.errors;
            let domain = self.domain(id, var);
            if self.errors > errors || self.partial.contains(&id.as_ptr()) {
                self.vague.insert(id);
            }
            let start = if self.vague.contains(id) { domain.bounds().0 } else { self.start_value(id, var, &domain) };
            let words: Vec<String> = var.words.iter().flatten().map(|text| self.plain(Some(text))).collect();
            let (min, max) = domain.bounds();
            let values = usize::try_from(i32::from(max) - i32::from(min) + 1).unwrap_or(0);
            if !words.is_empty() && words.len() != values && !self.vague.contains(id) {
                let (values, words) = (counted(values, "value"), counted(words.len(), "word"));
                self.report(Code::BadDomain, id, format!("`{id}` has {values} and {words}")).help =
                    Some("give one word for each value, from the least".to_owned());
            }
            let seen_by = var.seen_by.iter().flatten().filter_map(|id| self.seat_of(*id)).collect();
            let until = var.until.map(|id| self.scene_of(id));
            let name = var.name.as_ref().map_or_else(|| (*id).replace(['_', '-'], " "), |text| self.plain(Some(text)));
            let known = self.names.add(domain.clone());
            self.names.vars.insert(id, known);
            self.names.shown.insert(known, words.clone());
            vars.push(Var { id: (*id).to_owned(), name, domain, start, words, seen_by, until, declared: true });
        }
        if self.has_clock && !self.names.vars.contains_key("minutes") {
            // The real range comes with the clock; expressions only need to know that it is a counter.
            let var = self.engine_var(&mut vars, Domain::Counter(0, 1440), "minutes");
            self.names.vars.insert("minutes", var);
        }
        vars
    }

    /// Lets entering a scene set what `visited(scene)` asks about, before anything else that the scene does. It is an
    /// effect like any other, so that play and proof cannot take it differently.
    pub(super) fn remember_visits(&mut self, vars: &mut Vec<Var>, scenes: &mut [Scene]) {
        for (scene, var) in std::mem::take(&mut self.names.visited) {
            let scene = &mut scenes[scene.index()];
            self.add_engine_vars(vars, var, &format!("visited({})", scene.id));
            let own = self.parts.effects[scene.does].to_vec();
            let from = self.parts.effects.len();
            self.parts.effects.push(Effect::new(var, Change::Set(1)));
            own.into_iter().for_each(|effect| self.parts.effects.push(effect));
            scene.does = self.parts.effects.since(from);
        }
    }

    /// A variable of the engine's own, starting at 0.
    pub(super) fn engine_var(&mut self, vars: &mut Vec<Var>, domain: Domain, id: &str) -> VarId {
        let var = self.names.add(domain);
        self.add_engine_vars(vars, var, id);
        var
    }

    /// Brings the list up to `var`, which expressions asked for.
    pub(super) fn add_engine_vars(&mut self, vars: &mut Vec<Var>, var: VarId, id: &str) {
        while vars.len() <= var.index() {
            let domain = self.names.domains[vars.len()].clone();
            vars.push(Var {
                id: String::new(),
                name: String::new(),
                domain,
                start: 0,
                words: Vec::new(),
                seen_by: Vec::new(),
                until: None,
                declared: false,
            });
        }
        vars[var.index()].id = id.to_owned();
        vars[var.index()].name = id.to_owned();
    }

    fn domain(&mut self, id: &'s str, var: &ast::Var<'s>) -> Domain {
        let counter = var.min.is_some() || var.max.is_some();
        let kinds = usize::from(counter) + usize::from(var.states.is_some()) + usize::from(var.flag.is_some());
        if kinds != 1 {
            let message =
                if kinds == 0 { "does not say which values it has" } else { "has more than one kind of value" };
            self.report(Code::BadDomain, id, format!("`{id}` {message}")).help = Some(
                "write `min: 0, max: 3` for a counter, `states: [\"…\", \"…\"]` for a state, or `flag: true`"
                    .to_owned(),
            );
            return Domain::Flag;
        }
        if let Some(states) = &var.states {
            if !(1..=100).contains(&states.len()) {
                self.report(
                    Code::BadDomain,
                    id,
                    format!("`{id}` has {}; 1 to 100 are allowed", counted(states.len(), "state")),
                );
            }
            let mut seen = std::collections::HashSet::new();
            for state in states {
                self.fingerprint.feed(state.0);
                let parts: Vec<&str> = state.0.split(',').map(str::trim).collect();
                if parts.len() > 1 && parts.iter().all(|part| name_length(part) == part.len()) {
                    let help = format!("write each in quotes of its own: `\"{}\"`", parts.join("\", \""));
                    self.report(Code::BadName, state.0, "these are several states in one text").help = Some(help);
                    continue;
                }
                self.good_name(state.0);
                if !seen.insert(state.0) {
                    self.report(Code::Twice, state.0, format!("the state `{}` comes twice", state.0)).help =
                        Some("delete one of the two, or give one of them another name".to_owned());
                }
            }
            let mut names: Vec<String> = states.iter().take(100).map(|state| state.0.to_owned()).collect();
            // Every domain has a value.
            if names.is_empty() {
                names.push(String::new());
            }
            return Domain::States(names);
        }
        if counter {
            let (min, max) = (var.min.unwrap_or(0), var.max.unwrap_or(i64::MAX));
            let small = (-10_000..=10_000).contains(&min) && (-10_000..=10_000).contains(&max);
            if var.max.is_none() || !small || max < min || max - min >= MOST_VALUES {
                let message = match var.max {
                    None => format!("`{id}` needs a whole number as its `max`"),
                    Some(max) if max < min => format!("the `max` of `{id}` is below its `min`"),
                    Some(_) => format!("the range of `{id}` is not a small one"),
                };
                self.report(Code::BadDomain, id, message).help = Some(match (var.min, var.max) {
                    (Some(min), Some(max)) if max < min => format!("write `min: {max}, max: {min}`"),
                    (min, None) => format!("write `(min: {}, max: 3)`, with the most it can be", min.unwrap_or(0)),
                    _ => format!("give it at most {MOST_VALUES} values between -10000 and 10000"),
                });
                return Domain::Counter(0, 1);
            }
            self.fingerprint.feed(&format!("{min}..{max}"));
            return Domain::Counter(i16::try_from(min).unwrap_or(0), i16::try_from(max).unwrap_or(0));
        }
        if var.flag == Some(false) {
            self.report(Code::BadDomain, id, format!("`{id}` says `flag: false`, which says nothing")).help =
                Some("write `flag: true`: that it is a flag; it is false at first, without a `start`".to_owned());
        }
        Domain::Flag
    }

    fn start_value(&mut self, id: &'s str, var: &ast::Var<'s>, domain: &Domain) -> i16 {
        let (min, max) = domain.bounds();
        let Some(start) = var.start else { return if min <= 0 && max >= 0 { 0 } else { min } };
        match (domain, start) {
            (Domain::Counter(..), StartValue::Whole(value)) if (i64::from(min)..=i64::from(max)).contains(&value) => {
                self.fingerprint.feed(&value.to_string());
                i16::try_from(value).unwrap_or(min)
            }
            (Domain::Counter(..), StartValue::Whole(_)) => {
                self.report(
                    Code::OutOfRange,
                    id,
                    format!("`{id}` goes from {min} to {max} and starts outside of that"),
                )
                .help = Some(format!("write a `start` from {min} to {max}"));
                min
            }
            (Domain::States(states), StartValue::State(state)) => {
                self.fingerprint.feed(state);
                let at = states.iter().position(|known| known == state);
                if at.is_none() {
                    let near = self.names.near(state, states.iter().map(String::as_str)).map(str::to_owned);
                    let help = near.map_or_else(
                        || format!("its states are: `{}`", states.join("`, `")),
                        |near| format!("did you mean `{near}`?"),
                    );
                    let shown = crate::text::clean(state).into_owned();
                    self.report(Code::UnknownState, state, format!("`{shown}` is not one of its states")).help =
                        Some(help);
                }
                i16::try_from(at.unwrap_or(0)).unwrap_or(0)
            }
            (Domain::Flag, StartValue::Truth(truth)) => {
                self.fingerprint.feed(if truth { "true" } else { "false" });
                i16::from(truth)
            }
            (domain, start) => {
                let (written, at) = match start {
                    StartValue::State(state) => (state.to_lowercase(), state),
                    StartValue::Whole(number) => (number.to_string(), id),
                    StartValue::Truth(truth) => (truth.to_string(), id),
                };
                let help = match domain {
                    Domain::Flag if matches!(written.as_str(), "yes" | "on" | "true" | "1") => {
                        "write `start: true`".to_owned()
                    }
                    Domain::Flag => "write `start: false`, or leave it out".to_owned(),
                    Domain::Counter(..) if written.parse::<i16>().is_ok() => format!("write `start: {written}`"),
                    Domain::Counter(..) => format!("write a number: `start: {min}`"),
                    Domain::States(states) => format!("write one of its states: `start: \"{}\"`", states[0]),
                };
                let message = format!("the start of `{id}` is not one of its values");
                self.report(Code::WrongType, at, message).help = Some(help);
                min
            }
        }
    }
}
