//! Conditions made of conditions.

use crate::story::{Comparison, Condition, Story, Sum, Weight};

/// A condition in which these variables are known to be 0.
pub(super) fn settle(condition: Condition, zero: &[bool]) -> Condition {
    let inside = |inner: Condition| settle(inner, zero);
    match condition {
        Condition::Is(var, value) if zero[var.index()] => {
            if value == 0 {
                Condition::Always
            } else {
                not(Condition::Always)
            }
        }
        Condition::Not(inner) => not(inside(*inner)),
        Condition::And(both) => and(inside(both.0), inside(both.1)),
        Condition::Or(both) => match (inside(both.0), inside(both.1)) {
            (Condition::Always, _) | (_, Condition::Always) => Condition::Always,
            (a, b) => Condition::or(a, b),
        },
        other => other,
    }
}

pub(in crate::proof) fn and(a: Condition, b: Condition) -> Condition {
    match (a, b) {
        (Condition::Always, other) | (other, Condition::Always) => other,
        (a, b) if is_never(&a) || is_never(&b) => never(),
        (a, b) => Condition::and(a, b),
    }
}

pub(super) fn never() -> Condition {
    Condition::Not(Box::new(Condition::Always))
}

pub(super) fn is_never(condition: &Condition) -> bool {
    matches!(condition, Condition::Not(inner) if **inner == Condition::Always)
}

pub(super) fn not(condition: Condition) -> Condition {
    match condition {
        Condition::Not(inner) => *inner,
        other => Condition::Not(Box::new(other)),
    }
}

/// That one of these holds. They are halved and halved again, so that what they make is not deep.
pub(super) fn any(mut conditions: Vec<Condition>) -> Condition {
    if conditions.contains(&Condition::Always) {
        return Condition::Always;
    }
    conditions.retain(|condition| !is_never(condition));
    while conditions.len() > 1 {
        let mut pairs = conditions.into_iter();
        let mut next = Vec::new();
        while let Some(first) = pairs.next() {
            next.push(match pairs.next() {
                Some(second) => Condition::or(first, second),
                None => first,
            });
        }
        conditions = next;
    }
    conditions.pop().unwrap_or_else(never)
}

/// That a sum is above 0.
fn above(story: &Story, sum: &Sum) -> Condition {
    let (mut least, mut most) = (i64::from(sum.constant), i64::from(sum.constant));
    for (factor, var) in &sum.terms {
        let (from, to) = story.vars[var.index()].domain.bounds();
        let (a, b) = (i64::from(*factor) * i64::from(from), i64::from(*factor) * i64::from(to));
        least += a.min(b);
        most += a.max(b);
    }
    if least > 0 {
        Condition::Always
    } else if most <= 0 {
        never()
    } else {
        Condition::compare(sum.clone(), Comparison::More, Sum::default())
    }
}

/// That a weight is not 0.
pub(super) fn positive(story: &Story, weight: &Weight) -> Condition {
    let all = match weight {
        Weight::Constant(0) => return never(),
        Weight::Constant(_) => return Condition::Always,
        Weight::Cases(all) => all,
    };
    let above: Vec<Condition> = all.cases.iter().map(|(_, sum)| above(story, sum)).collect();
    let last = self::above(story, &all.otherwise);
    if above.iter().chain([&last]).all(|above| *above == Condition::Always) {
        return Condition::Always;
    }
    let mut earlier = Condition::Always;
    let mut out = Vec::new();
    for ((when, _), above) in all.cases.iter().zip(above) {
        out.push(and(and(earlier.clone(), when.clone()), above));
        earlier = and(earlier, not(when.clone()));
    }
    out.push(and(earlier, last));
    any(out)
}
