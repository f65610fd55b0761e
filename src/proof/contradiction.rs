//! Conditions that can never hold, or never fail, whatever a story does: `door is ajar and door is open`.

use crate::story::{Comparison, Condition, Domain, Story, VarId};

/// What to write for a condition whose parts can never hold together; `None` where they can.
pub(super) fn never_both(story: &Story, condition: &Condition) -> Option<String> {
    let mut parts = Vec::new();
    parts_of(condition, true, &mut parts);
    let (first, second) = exclusive(story, &parts, true)?;
    Some(format!(
        "`{first}` and `{second}` never hold at once: write `{first} or {second}` where one of them is enough"
    ))
}

/// What to write for a condition of whose parts one always holds; `None` where none may.
pub(super) fn always_one(story: &Story, condition: &Condition) -> Option<String> {
    let mut parts = Vec::new();
    parts_of(condition, false, &mut parts);
    let (first, second) = exclusive(story, &parts, false)?;
    Some(format!("`{first}` or `{second}` always holds: write `{first} and {second}` where both are meant"))
}

/// The parts of a condition that are joined by `and`, or by `or`.
fn parts_of<'c>(condition: &'c Condition, by_and: bool, out: &mut Vec<&'c Condition>) {
    match (condition, by_and) {
        (Condition::And(both), true) | (Condition::Or(both), false) => {
            parts_of(&both.0, by_and, out);
            parts_of(&both.1, by_and, out);
        }
        (part, _) => out.push(part),
    }
}

/// Two of these parts, as they are written, that are about one variable and never hold at once, or never fail at once.
fn exclusive(story: &Story, parts: &[&Condition], hold: bool) -> Option<(String, String)> {
    let asked: Vec<(VarId, &Condition)> = parts.iter().filter_map(|part| Some((asked_of(part)?, *part))).collect();
    for (at, (var, first)) in asked.iter().enumerate() {
        let (least, most) = story.vars[var.index()].domain.bounds();
        let mut values: Vec<i16> = story.vars.iter().map(|var| var.start).collect();
        for (_, second) in asked[at + 1..].iter().filter(|(other, _)| other == var) {
            let meet = (least..=most).any(|value| {
                values[var.index()] = value;
                first.holds(&values) == hold && second.holds(&values) == hold
            });
            if !meet {
                return Some((written(story, first)?, written(story, second)?));
            }
        }
    }
    None
}

/// The variable that a part is about, where it is about one against a value.
fn asked_of(part: &Condition) -> Option<VarId> {
    match part {
        Condition::Is(var, _) | Condition::Against(var, ..) => Some(*var),
        Condition::Not(inner) => asked_of(inner),
        _ => None,
    }
}

/// A part as it is written.
fn written(story: &Story, part: &Condition) -> Option<String> {
    let name = |var: &VarId| &story.vars[var.index()].id;
    Some(match part {
        Condition::Is(var, value) => {
            let domain = &story.vars[var.index()].domain;
            match domain {
                Domain::Flag if *value == 0 => format!("not {}", name(var)),
                Domain::Flag => name(var).clone(),
                _ => format!("{} is {}", name(var), domain.word(*value)),
            }
        }
        Condition::Against(var, comparison, number) => {
            let sign = match comparison {
                Comparison::Less => "<",
                Comparison::AtMost => "<=",
                Comparison::Equal => "=",
                Comparison::AtLeast => ">=",
                Comparison::More => ">",
            };
            format!("{} {sign} {number}", name(var))
        }
        Condition::Not(inner) => match inner.as_ref() {
            Condition::Is(var, value) if story.vars[var.index()].domain != Domain::Flag => {
                format!("{} is not {}", name(var), story.vars[var.index()].domain.word(*value))
            }
            inner => format!("not {}", written(story, inner)?),
        },
        _ => return None,
    })
}
