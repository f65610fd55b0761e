//! A code's letters: blocks over GF(32) whose two check letters notice what was mistyped.

use super::{CLASS, CLASS_LENGTH, CodeFault, RESULT, is_result};

/// The letters: no 0, O, 1 or I.
pub(super) const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
/// Letters of one block, with its two check letters; a code over GF(32) corrects one error in at most 31.
const BLOCK: usize = 26;
/// The letter at a result's end that says how many letters it has. Never nought, so that a letter taken away from the
/// end, or put there, changes the plain sum of its block.
fn length_letter(letters: usize) -> u8 {
    (1 + letters % 31) as u8
}

/// Powers of a generator of GF(32), x⁵ + x² + 1, and their logarithms.
const TABLES: ([u8; 31], [u8; 32]) = {
    let (mut powers, mut logarithms) = ([0; 31], [0; 32]);
    let mut power = 1_u8;
    let mut at = 0;
    while at < 31 {
        powers[at] = power;
        logarithms[power as usize] = at as u8;
        power = if power & 16 == 0 { power << 1 } else { (power << 1 ^ 0b10_0101) & 31 };
        at += 1;
    }
    (powers, logarithms)
};

fn times(a: u8, b: u8) -> u8 {
    let (powers, logarithms) = TABLES;
    if a == 0 || b == 0 {
        return 0;
    }
    powers[(usize::from(logarithms[usize::from(a)]) + usize::from(logarithms[usize::from(b)])) % 31]
}

/// The two sums that are nought in a block without error: of its letters, and of its letters weighed by their place.
fn sums(block: &[u8]) -> (u8, u8) {
    let (powers, _) = TABLES;
    block
        .iter()
        .enumerate()
        .fold((0, 0), |(plain, weighed), (at, symbol)| (plain ^ symbol, weighed ^ times(*symbol, powers[at % 31])))
}

/// A block's letters with two check letters in front, so that both sums are nought.
fn checked(data: &[u8]) -> Vec<u8> {
    let (powers, logarithms) = TABLES;
    let mut block = vec![0, 0];
    block.extend(data);
    let (plain, weighed) = sums(&block);
    // a + b = plain and a·1 + b·α = weighed, in a field where adding is taking away.
    let divisor = 1 ^ powers[1];
    let inverse = powers[(31 - usize::from(logarithms[usize::from(divisor)])) % 31];
    let second = times(plain ^ weighed, inverse);
    block[0] = plain ^ second;
    block[1] = second;
    block
}

fn letters(symbols: &[u8]) -> String {
    let mut out = String::new();
    for (at, symbol) in symbols.iter().enumerate() {
        if at > 0 && at % 5 == 0 {
            out.push('-');
        }
        out.push(char::from(LETTERS[usize::from(*symbol) % 32]));
    }
    out
}

/// What a code says, as letters in checked blocks.
pub(super) fn written(data: &[u8]) -> String {
    let all: Vec<u8> = data.chunks(BLOCK - 2).flat_map(checked).collect();
    letters(&all)
}

/// A result's letters, with the one for their number.
pub(super) fn sealed(mut data: Vec<u8>) -> String {
    let count = data.len() + 1;
    data.push(length_letter(count + 2 * count.div_ceil(BLOCK - 2)));
    written(&data)
}

/// What letters say.
///
/// # Errors
/// Where they are no code.
pub(super) fn read(text: &str) -> Result<Vec<u8>, CodeFault> {
    let mut all = Vec::new();
    for c in text.chars().filter(|c| !c.is_whitespace() && *c != '-') {
        let upper = c.to_ascii_uppercase();
        let at = LETTERS.iter().position(|letter| char::from(*letter) == upper).ok_or(CodeFault::Letter(c))?;
        all.push(u8::try_from(at).unwrap_or(0));
    }
    if all.len() < 3 {
        return Err(CodeFault::Short);
    }
    let mut data = Vec::new();
    let mut likely = all.clone();
    let (mut wrong, mut mended) = (false, true);
    for (number, block) in all.chunks(BLOCK).enumerate() {
        let (plain, weighed) = sums(block);
        if (plain, weighed) != (0, 0) {
            wrong = true;
            let (_, logarithms) = TABLES;
            let place = (plain != 0 && weighed != 0).then(|| {
                (31 + usize::from(logarithms[usize::from(weighed)]) - usize::from(logarithms[usize::from(plain)])) % 31
            });
            match place.filter(|place| *place < block.len()) {
                Some(place) => likely[number * BLOCK + place] ^= plain,
                None => mended = false,
            }
        }
        if block.len() < 3 {
            // Check letters of nothing.
            (wrong, mended) = (true, false);
        }
        data.extend(&block[2.min(block.len())..]);
    }
    match (wrong, mended) {
        (false, _) => of_its_length(data, all.len()),
        (true, true) => {
            let likely = letters(&likely);
            // With a letter missing or too many the mended one is no code either, and is not named.
            Err(if read(&likely).is_ok() { CodeFault::Mistyped(likely) } else { CodeFault::Wrong })
        }
        (true, false) => Err(CodeFault::Wrong),
    }
}

/// What a code says, without the letter for its length, if it has as many letters as its kind wants.
fn of_its_length(mut data: Vec<u8>, letters: usize) -> Result<Vec<u8>, CodeFault> {
    match data[0] {
        CLASS if data.len() == CLASS_LENGTH => Ok(data),
        CLASS => Err(CodeFault::Length),
        kind if kind & 3 == RESULT => {
            if data.pop() == Some(length_letter(letters)) {
                Ok(data)
            } else {
                Err(CodeFault::Length)
            }
        }
        kind if is_result(kind) => Ok(data),
        _ => Err(CodeFault::Newer),
    }
}
