//! Numbers as symbols of five bits.

/// A whole number of any size, in 32-bit digits from the least.
#[derive(Debug, Default)]
pub(super) struct BigNumber(Vec<u32>);

impl BigNumber {
    /// Makes room for a digit below `of`, and adds it.
    pub fn push(&mut self, digit: u32, of: u32) {
        let mut carry = u64::from(digit);
        for part in &mut self.0 {
            let product = u64::from(*part) * u64::from(of) + carry;
            *part = (product & 0xffff_ffff) as u32;
            carry = product >> 32;
        }
        if carry > 0 {
            self.0.push(carry as u32);
        }
    }

    /// Takes the digit that was pushed last.
    pub fn pop(&mut self, of: u32) -> u32 {
        let mut rest = 0_u64;
        for part in self.0.iter_mut().rev() {
            let number = rest << 32 | u64::from(*part);
            *part = (number / u64::from(of)) as u32;
            rest = number % u64::from(of);
        }
        rest as u32
    }

    pub fn symbols(mut self) -> Vec<u8> {
        let mut out = Vec::new();
        while !self.is_zero() {
            out.push(self.pop(32) as u8);
        }
        out.reverse();
        out
    }

    pub fn is_zero(&self) -> bool {
        self.0.iter().all(|part| *part == 0)
    }

    pub fn of(symbols: &[u8]) -> Self {
        let mut number = Self::default();
        symbols.iter().for_each(|symbol| number.push(u32::from(*symbol), 32));
        number
    }
}

/// A number in so many symbols of five bits, from the greatest.
pub(super) fn symbols(number: u64, count: u32) -> Vec<u8> {
    (0..count).rev().map(|at| (number >> (5 * at) & 31) as u8).collect()
}
