//! What an effect does: `trust +1`, `line = gone`, `strike card.date`.

use super::{Change, Code, Domain, ExprFault, ExprToken, Parsed, Parser, VarId};

/// What passing a message sets by itself.
const UNDER_WAY: [&str; 5] = ["message", "carrier", "licence", "treatment", "handling"];

impl<'e> Parser<'e, '_, '_, '_> {
    pub(super) fn change(&mut self) -> Parsed<'e, (VarId, Change)> {
        for (word, strikes) in [("strike", true), ("restore", false)] {
            if self.token == ExprToken::Name(word) {
                let verb = self.here();
                self.next()?;
                let start = self.start;
                let var = self.name()?.var;
                if !self.scope.names.lines.values().any(|line| *line == var) {
                    let whole = self.text[start..self.start].trim_end();
                    let message = format!("`{whole}` is no line of a sheet");
                    return Err(ExprFault::new(Code::WrongType, whole, message)
                        .help(format!("write the sheet and its line, `{word} sheet.line`")));
                }
                let seat = match (strikes, self.scope.seat) {
                    (false, _) => 0,
                    (true, Some(seat)) => seat.number(),
                    (true, None) => {
                        return Err(ExprFault::new(Code::NeedsSeat, verb, "nobody strikes here: this has no seat")
                            .help(
                                "strike in a scene that has a `seat`, so that the sheet can remember whose hand it was",
                            ));
                    }
                };
                return Ok((var, Change::Set(seat)));
            }
        }
        let start = self.start;
        self.scope.writing = true;
        let var = self.name()?.var;
        self.scope.writing = false;
        let name = self.text[start..self.start].trim_end();
        if UNDER_WAY.contains(&name) {
            let message = format!("`{name}` cannot be set: it tells of the message under way");
            return Err(ExprFault::new(Code::WrongType, name, message)
                .help("declare a variable of your own under `vars`, and set that"));
        }
        let domain = self.scope.names.domain(var).clone();
        let (min, max) = domain.bounds();
        match self.token {
            ExprToken::Sign(sign @ ("+" | "-")) => {
                if !matches!(domain, Domain::Counter(..)) {
                    let fault = ExprFault::new(Code::WrongType, name, "only a counter can be raised or lowered");
                    return Err(match &domain {
                        Domain::States(states) => {
                            fault.general_help(format!("set it to one of its states: `{name} = {}`", states[0]))
                        }
                        _ => fault,
                    });
                }
                self.next()?;
                let digits = self.here();
                let by = self.amount(name, sign)?;
                // The clock stands still at its end, however long something takes.
                let is_time = name == "minutes" && self.scope.names.starts.is_some();
                if is_time && sign == "-" {
                    let message = "the clock goes on, and takes no minus";
                    let help = format!(
                        "write `minutes +{by}`; for a leap in time set it, counted from its start: `minutes = 0`"
                    );
                    return Err(ExprFault::new(Code::WrongType, digits, message).help(help));
                }
                if !is_time && i32::from(by) > i32::from(max) - i32::from(min) {
                    let message = format!("the whole range of `{name}` is {min} to {max}");
                    let end = if sign == "+" { max } else { min };
                    let help = format!("take a smaller step, or write `{name} = {end}` if it is to go to its end");
                    return Err(ExprFault::new(Code::OutOfRange, digits, message).help(help));
                }
                Ok((var, Change::Add(if sign == "+" { by } else { -by })))
            }
            ExprToken::Sign("=") => {
                self.next()?;
                let at = self.here();
                let value = match (&domain, self.token) {
                    (Domain::Counter(..), _) => {
                        let negative = self.take("-")?;
                        let number = self.amount(name, "= ")?;
                        if negative { -number } else { number }
                    }
                    (Domain::Flag, ExprToken::Name(word @ ("true" | "false"))) => {
                        self.next()?;
                        i16::from(word == "true")
                    }
                    (Domain::Flag, _) => {
                        return Err(ExprFault::new(Code::WrongType, at, "a flag is set to `true` or `false`")
                            .general_help(format!("write `{name} = true`")));
                    }
                    (Domain::States(_), ExprToken::Name(_)) => self.state_of(var)?,
                    (Domain::States(states), _) => {
                        return Err(ExprFault::new(Code::WrongType, at, "this is set to one of its states")
                            .general_help(format!("its states are: {}", states.join(", "))));
                    }
                };
                if value < min || value > max {
                    let help = format!("write a number from {min} to {max}, or change its `min` or `max`");
                    return Err(
                        ExprFault::new(Code::OutOfRange, at, format!("`{name}` goes from {min} to {max}")).help(help)
                    );
                }
                Ok((var, Change::Set(value)))
            }
            _ => Err(self.wanted("`+`, `-` or `=`")),
        }
    }
}
