//! What lets somebody in: the room's code, a token that cannot be guessed, and a short word to take a seat up again.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

/// Letters that sound apart when they are read aloud, and look apart on a wall.
const LETTERS: &[u8; 16] = b"AFGHJKLMNPRSTWXZ";
const CONSONANTS: &[u8; 16] = b"bdfghjklmnprstvz";
const VOWELS: &[u8; 5] = b"aeiou";

/// A device's token: the number of its group, so that it need not be looked for in every one, and 128 bits of luck.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeatToken(String);

impl SeatToken {
    pub fn new(group: usize) -> Result<Self, String> {
        let mut text = format!("{group}-");
        for byte in random::<16>()? {
            let _ = write!(text, "{byte:02x}");
        }
        Ok(Self(text))
    }

    /// Parses a token that a device sent; `None` if it is malformed. Does not check that it was given out.
    pub fn read(text: &str) -> Option<Self> {
        let (group, luck) = text.split_once('-')?;
        let digits = group.len() < 4 && group.bytes().all(|byte| byte.is_ascii_digit());
        let hex = luck.len() == 32 && luck.bytes().all(|byte| byte.is_ascii_hexdigit());
        (digits && hex).then(|| Self(text.to_owned()))
    }

    pub fn group(&self) -> Option<usize> {
        self.0.split_once('-')?.0.parse().ok()
    }

    /// Its SHA-256 in hexadecimal, which is what is kept on the disk.
    pub fn mark(&self) -> String {
        Sha256::digest(&self.0).iter().fold(String::new(), |mut out, byte| {
            let _ = write!(out, "{byte:02x}");
            out
        })
    }

    pub fn text(&self) -> &str {
        &self.0
    }
}

/// Makes a room code: four letters that let a device in.
///
/// # Errors
/// If the system has no random numbers.
pub fn room_code() -> Result<String, String> {
    Ok(random::<4>()?.into_iter().map(|byte| char::from(LETTERS[usize::from(byte) % LETTERS.len()])).collect())
}

/// Makes a pronounceable word of six letters, with which its holder takes their seat again on another device.
///
/// # Errors
/// If the system has no random numbers.
pub fn word() -> Result<String, String> {
    let letter = |(at, byte): (usize, u8)| {
        let letters: &[u8] = if at % 2 == 0 { CONSONANTS } else { VOWELS };
        char::from(letters[usize::from(byte) % letters.len()])
    };
    Ok(random::<6>()?.into_iter().enumerate().map(letter).collect())
}

fn random<const N: usize>() -> Result<[u8; N], String> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|why| format!("The system gives out no random numbers: {why}."))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::{SeatToken, room_code, word};

    #[test]
    fn a_token_is_read_as_it_was_written_and_nothing_else_is_one() {
        let token = SeatToken::new(7).expect("luck");
        assert_eq!(SeatToken::read(token.text()).as_ref(), Some(&token));
        assert_eq!(token.group(), Some(7));
        assert_ne!(token.mark(), SeatToken::new(7).expect("luck").mark());
        for no in [
            "",
            "7",
            "7-",
            "7-00",
            "-00000000000000000000000000000000",
            "../etc",
            "99999-00000000000000000000000000000000",
        ] {
            assert!(SeatToken::read(no).is_none_or(|token| token.group().is_none()), "{no}");
        }
    }

    #[test]
    fn codes_and_words_can_be_said() {
        assert!(room_code().is_ok_and(|code| code.len() == 4 && code.bytes().all(|b| b.is_ascii_uppercase())));
        assert!(word().is_ok_and(|word| word.len() == 6 && word.bytes().all(|b| b.is_ascii_lowercase())));
    }
}
