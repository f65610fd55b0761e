//! A condition in the words in which a writer could have written it.

use crate::story::model::{Domain, Story, VarId};

use super::{Comparison, Condition, Sum};

impl Condition {
    /// As a writer writes it: `trust >= 2 and not leaked`.
    #[must_use]
    pub fn words(&self, story: &Story) -> String {
        let inner = |condition: &Self| match condition {
            Self::And(..) | Self::Or(..) => format!("({})", condition.words(story)),
            _ => condition.words(story),
        };
        match self {
            Self::Always => "always".to_owned(),
            Self::Not(condition) => match condition.as_ref() {
                Self::Is(var, value) if !matches!(story.vars[var.index()].domain, Domain::Flag) => {
                    is(story, *var, *value, "is not")
                }
                Self::Against(var, Comparison::Equal, number) => is(story, *var, *number, "is not"),
                other => format!("not {}", inner(other)),
            },
            Self::And(both) => format!("{} and {}", inner(&both.0), inner(&both.1)),
            Self::Or(both) => format!("{} or {}", inner(&both.0), inner(&both.1)),
            Self::Is(var, value) => is(story, *var, *value, "is"),
            Self::Against(var, comparison, number) => format!("{} {} {number}", name(story, *var), sign(*comparison)),
            Self::Compare(it) => {
                format!("{} {} {}", sum(story, &it.left), sign(it.comparison), sum(story, &it.right))
            }
        }
    }

    /// What of it does not hold under these values, with what the values are; nothing where it holds.
    #[must_use]
    pub fn wanting(&self, story: &Story, values: &[i16]) -> Vec<String> {
        if self.holds(values) {
            return Vec::new();
        }
        match self {
            Self::And(both) => [both.0.wanting(story, values), both.1.wanting(story, values)].concat(),
            _ => {
                let mut now: Vec<String> = Vec::new();
                self.reads(&mut |var| {
                    let said = format!("{} is {}", name(story, var), value(story, var, values[var.index()]));
                    if !now.contains(&said) {
                        now.push(said);
                    }
                });
                vec![format!("{} ({})", self.words(story), now.join(", "))]
            }
        }
    }
}

fn sign(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Less => "<",
        Comparison::AtMost => "<=",
        Comparison::Equal => "=",
        Comparison::AtLeast => ">=",
        Comparison::More => ">",
    }
}

fn name(story: &Story, var: VarId) -> &str {
    &story.vars[var.index()].id
}

fn value(story: &Story, var: VarId, value: i16) -> String {
    story.vars[var.index()].domain.word(value)
}

fn is(story: &Story, var: VarId, at: i16, verb: &str) -> String {
    match story.vars[var.index()].domain {
        Domain::Flag if at == 0 => format!("not {}", name(story, var)),
        Domain::Flag => name(story, var).to_owned(),
        Domain::Counter(..) => format!("{} {} {at}", name(story, var), if verb == "is" { "=" } else { "is not" }),
        Domain::States(_) => format!("{} {verb} {}", name(story, var), value(story, var, at)),
    }
}

fn sum(story: &Story, sum: &Sum) -> String {
    let mut out = String::new();
    for (factor, var) in &sum.terms {
        if !out.is_empty() {
            out.push_str(if *factor < 0 { " - " } else { " + " });
        } else if *factor < 0 {
            out.push('-');
        }
        out.push_str(name(story, *var));
    }
    match (out.is_empty(), sum.constant) {
        (true, constant) => constant.to_string(),
        (false, 0) => out,
        (false, constant) if constant < 0 => format!("{out} - {}", -constant),
        (false, constant) => format!("{out} + {constant}"),
    }
}
