//! Expressions as a story has them: read, and where they cannot be read, with what may have been meant.

use super::super::sample::Sample;
use super::parse::{ExprKind, Parsed, read_condition, read_effect, read_weight};
use super::slips::advise;
use super::{Code, Condition, Effect, ExprFault, Scope, Weight};

/// Reads a condition.
pub(in crate::story) fn condition<'e>(text: &'e str, scope: &mut Scope<'_, '_>) -> Parsed<'e, Condition> {
    if text.trim().is_empty() {
        let fault = ExprFault::new(Code::BadExpression, text, "this condition is empty");
        return Err(fault.help("leave it out: what has no condition is always open"));
    }
    read_condition(text, scope).map_err(|fault| {
        let looks = Sample::of_names(scope.names)
            .fill("a condition looks like `CONDITION`, with `and` and `or` between several");
        or_help(advise(fault, text, ExprKind::Condition, scope), &looks)
    })
}

/// Reads a weight: `2`, `1 + trust`, `3 if trust > 1 else 1`.
pub(in crate::story) fn weight<'e>(text: &'e str, scope: &mut Scope<'_, '_>) -> Parsed<'e, Weight> {
    read_weight(text, scope).map_err(|fault| {
        let bare = (fault.code == Code::UnknownVariable && fault.at == text) || text.trim_end().ends_with('%');
        let fault = advise(fault, text, ExprKind::Weight, scope);
        if bare && !fault.help.as_ref().is_some_and(|help| help.starts_with("did you mean")) {
            return fault.help("a weight is a number: what has 3 comes three times as often as what has 1");
        }
        let looks = Sample::of_names(scope.names).fill("a weight is written like this: `3`, `3 if CONDITION else 1`");
        or_help(fault, &looks)
    })
}

/// Reads an effect.
pub(in crate::story) fn effect<'e>(text: &'e str, scope: &mut Scope<'_, '_>) -> Parsed<'e, Effect> {
    read_effect(text, scope).map_err(|fault| {
        let looks = Sample::of_names(scope.names).fill("an effect looks like `EFFECT`");
        or_help(advise(fault, text, ExprKind::Effects, scope), &looks)
    })
}

/// The fault with this help where it has none.
fn or_help<'e>(fault: ExprFault<'e>, help: &str) -> ExprFault<'e> {
    if fault.help.is_some() { fault } else { fault.general_help(help) }
}
