//! Sums and numbers: `a + b - 1`.

use super::{Code, Domain, ExprFault, ExprToken, Parsed, Parser, Sum, VarId};

impl<'e> Parser<'e, '_, '_, '_> {
    pub(super) fn sum(&mut self) -> Parsed<'e, Sum> {
        let mut sum = Sum::default();
        let factor = if self.take("-")? { -1 } else { 1 };
        self.term(factor, &mut sum)?;
        self.more(sum)
    }

    /// What is added to a sum, or taken from it, further on.
    pub(super) fn more(&mut self, mut sum: Sum) -> Parsed<'e, Sum> {
        loop {
            let factor = if self.take("+")? {
                1
            } else if self.take("-")? {
                -1
            } else {
                return Ok(sum);
            };
            self.term(factor, &mut sum)?;
        }
    }

    /// One number or counter of a sum.
    pub(super) fn term(&mut self, factor: i32, sum: &mut Sum) -> Parsed<'e, ()> {
        match self.token {
            ExprToken::Number(_) => sum.constant += factor * i32::from(self.number()?),
            ExprToken::Name(name) => {
                let var = self.name()?.var;
                self.counted(var, name)?;
                sum.terms.push((factor, var));
            }
            _ => return Err(self.wanted("a number or a counter")),
        }
        Ok(())
    }

    /// A fault where this is no counter.
    pub(super) fn counted(&self, var: VarId, name: &'e str) -> Parsed<'e, ()> {
        if matches!(self.scope.names.domain(var), Domain::Counter(..)) {
            return Ok(());
        }
        Err(ExprFault::new(Code::WrongType, name, "only counters can be added and compared")
            .general_help("for states write `is`; for flags write the name alone"))
    }

    /// The number of an effect on this variable, behind this sign.
    pub(super) fn amount(&mut self, name: &str, sign: &str) -> Parsed<'e, i16> {
        let ExprToken::Name(other) = self.token else { return self.number() };
        let message = format!("an effect takes a written number, not `{other}`");
        let help =
            format!("write an effect for each value: `{name} {sign}2 if {other} = 2`, `{name} {sign}3 if {other} = 3`");
        Err(ExprFault::new(Code::BadExpression, other, message).general_help(help))
    }

    pub(super) fn number(&mut self) -> Parsed<'e, i16> {
        let ExprToken::Number(digits) = self.token else { return Err(self.wanted("a number")) };
        let number = digits.parse().map_err(|_| ExprFault::new(Code::OutOfRange, digits, "numbers go up to 32767"))?;
        self.next()?;
        Ok(number)
    }
}
