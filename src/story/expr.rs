//! The small language of conditions, effects and weights: closed, total, typed when the story loads.
//!
//! ```text
//! condition  trust >= 3 and not line is gone       effect  trust +1 if line is patient
//!            visited(hub) or heard(ten) is plain           line = impatient
//! weight     3 if trust > 1 else 1                         strike card.picture
//! ```

mod advised;
mod parse;
mod scope;
mod slips;
mod words;

pub(super) use advised::{condition, effect, weight};
pub(super) use parse::name_length;
pub(super) use scope::{Names, PARCEL, Resolved, Scope};
pub(super) use slips::{condition_as_meant, effect_as_meant, number_meant};

use serde::{Deserialize, Serialize};

use super::diagnostic::Code;
use super::ids::VarId;

/// A condition, typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Condition {
    Always,
    Not(Box<Condition>),
    /// Both hold.
    And(Box<(Condition, Condition)>),
    /// One of them holds, or both.
    Or(Box<(Condition, Condition)>),
    /// The variable has exactly this value.
    Is(VarId, i16),
    /// A variable against a number: what nearly every condition is made of.
    Against(VarId, Comparison, i16),
    Compare(Box<Compared>),
}

/// A sum against another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compared {
    pub left: Sum,
    pub comparison: Comparison,
    pub right: Sum,
}

/// How two sums compare: a bit each for less, equal and more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Comparison {
    Less = 0b001,
    AtMost = 0b011,
    Equal = 0b010,
    AtLeast = 0b110,
    More = 0b100,
}

impl Comparison {
    /// Whether these two compare so.
    #[inline]
    #[must_use]
    pub fn holds(self, left: i32, right: i32) -> bool {
        // An ordering is -1, 0 or 1.
        (self as u8 >> (left.cmp(&right) as i8 + 1)) & 1 == 1
    }
}

/// A constant and variables added or taken away.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sum {
    pub constant: i32,
    /// Factor +1 or -1, and the variable.
    pub terms: Vec<(i32, VarId)>,
}

impl Condition {
    /// That two sums compare so.
    #[must_use]
    pub fn compare(left: Sum, comparison: Comparison, right: Sum) -> Self {
        match (left.terms.as_slice(), left.constant, right.terms.as_slice(), i16::try_from(right.constant)) {
            ([(1, var)], 0, [], Ok(number)) => Self::Against(*var, comparison, number),
            _ => Self::Compare(Box::new(Compared { left, comparison, right })),
        }
    }
}

/// Something that happens to one variable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effect {
    pub var: VarId,
    pub change: Change,
    /// Kept aside, as few effects depend on anything.
    when: Option<Box<Condition>>,
}

/// What happens to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// Adds, staying in the variable's range.
    Add(i16),
    Set(i16),
    /// From 0 to this, or from anything else to 0: a line of a sheet that is struck or restored.
    Flip(i16),
}

impl Effect {
    /// Makes an effect without a condition.
    #[must_use]
    pub fn new(var: VarId, change: Change) -> Self {
        Self { var, change, when: None }
    }

    /// Returns this effect under a condition.
    #[must_use]
    pub fn under(self, when: Condition) -> Self {
        Self { when: (when != Condition::Always).then(|| Box::new(when)), ..self }
    }

    /// When it happens.
    #[inline]
    #[must_use]
    pub fn when(&self) -> &Condition {
        self.when.as_deref().unwrap_or(&Condition::Always)
    }
}

/// A weight of 0 or more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Weight {
    /// What nearly every weight is.
    Constant(u32),
    /// The sum of the first case whose condition holds, else the last sum; 0 where that is below.
    Cases(Box<Cases>),
}

/// The cases of a weight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cases {
    /// Tried in order.
    pub cases: Vec<(Condition, Sum)>,
    pub otherwise: Sum,
}

impl Weight {
    /// What is as likely as anything of which nothing is said.
    pub const EVEN: Self = Self::Constant(1);

    /// The weight under these values; never negative.
    #[must_use]
    pub fn value(&self, values: &[i16]) -> u32 {
        match self {
            Self::Constant(weight) => *weight,
            Self::Cases(all) => {
                let case = all.cases.iter().find(|(when, _)| when.holds(values));
                let sum = case.map_or(&all.otherwise, |(_, sum)| sum);
                u32::try_from(sum.value(values)).unwrap_or(0)
            }
        }
    }
}

impl Sum {
    /// The sum under these values.
    #[must_use]
    pub fn value(&self, values: &[i16]) -> i32 {
        self.terms.iter().fold(self.constant, |sum, &(factor, var)| sum + factor * i32::from(values[var.index()]))
    }
}

impl Condition {
    /// That both hold.
    #[must_use]
    pub fn and(a: Self, b: Self) -> Self {
        Self::And(Box::new((a, b)))
    }

    /// That one of them holds, or both.
    #[must_use]
    pub fn or(a: Self, b: Self) -> Self {
        Self::Or(Box::new((a, b)))
    }

    /// Whether it holds under these values.
    #[inline]
    #[must_use]
    pub fn holds(&self, values: &[i16]) -> bool {
        match self {
            Self::Always => true,
            Self::Is(var, value) => values[var.index()] == *value,
            Self::Against(var, comparison, number) => {
                comparison.holds(i32::from(values[var.index()]), i32::from(*number))
            }
            parts => parts.made_of_parts_holds(values),
        }
    }

    /// Kept apart, so that what nearly every condition is can be seen to hold where it is asked for.
    fn made_of_parts_holds(&self, values: &[i16]) -> bool {
        match self {
            Self::Not(inner) => !inner.holds(values),
            Self::And(both) => both.0.holds(values) && both.1.holds(values),
            Self::Or(both) => both.0.holds(values) || both.1.holds(values),
            Self::Compare(it) => it.comparison.holds(it.left.value(values), it.right.value(values)),
            plain => plain.holds(values),
        }
    }

    /// Calls `see` with every variable it reads.
    pub fn reads(&self, see: &mut impl FnMut(VarId)) {
        match self {
            Self::Always => {}
            Self::Not(inner) => inner.reads(see),
            Self::And(both) | Self::Or(both) => {
                both.0.reads(see);
                both.1.reads(see);
            }
            Self::Is(var, _) | Self::Against(var, ..) => see(*var),
            Self::Compare(it) => it.left.terms.iter().chain(&it.right.terms).for_each(|&(_, var)| see(var)),
        }
    }
}

/// A fault in an expression; `at` is the part of it that is at fault.
#[derive(Debug)]
pub(super) struct ExprFault<'e> {
    pub code: Code,
    pub at: &'e str,
    pub message: String,
    pub help: Option<String>,
    /// The help is for every fault of this kind, and not for what is written here.
    pub is_general: bool,
}

impl<'e> ExprFault<'e> {
    pub fn new(code: Code, at: &'e str, message: impl Into<String>) -> Self {
        Self { code, at, message: message.into(), help: None, is_general: true }
    }

    pub fn help(mut self, help: impl Into<String>) -> Self {
        (self.help, self.is_general) = (Some(help.into()), false);
        self
    }

    pub fn general_help(mut self, help: impl Into<String>) -> Self {
        (self.help, self.is_general) = (Some(help.into()), true);
        self
    }
}
