//! The one colour of a story's own: of headings, buttons and marks on its page in a browser.

use std::fmt;

/// A colour, and whether it can be read where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accent {
    red: u8,
    green: u8,
    blue: u8,
}

impl Accent {
    /// The light page and the dark one, as `assets/web/page.css` has them: of the tints behind an accent those that it
    /// stands out from least.
    pub const LIGHT_PAGE: Self = Self { red: 0xf8, green: 0xf5, blue: 0xef };
    pub const DARK_PAGE: Self = Self { red: 0x21, green: 0x1e, blue: 0x1b };
    /// The least contrast of words with what they stand on, as WCAG 2 counts it (level AA).
    pub const LEAST: f64 = 4.5;

    /// `#7a1f1f`: red, green and blue in two hexadecimal digits each.
    #[must_use]
    pub fn parse(written: &str) -> Option<Self> {
        let digits = written.strip_prefix('#').filter(|digits| digits.len() == 6)?;
        let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        // A sign would be taken for a part of the number.
        let all_digits = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        Some(Self { red: part(0)?, green: part(2)?, blue: part(4)? }).filter(|_| all_digits)
    }

    /// The colour that was meant, where it is written in digits as other programs take them: `#fff`, `7a1f1f`, `#7a1f1fff`.
    #[must_use]
    pub fn meant(written: &str) -> Option<Self> {
        let written = written.trim();
        let digits = written.strip_prefix('#').or_else(|| written.strip_prefix("0x")).unwrap_or(written);
        let digits: String = match digits.chars().count() {
            3 | 4 => digits.chars().take(3).flat_map(|digit| [digit, digit]).collect(),
            6 | 8 => digits.chars().take(6).collect(),
            _ => return None,
        };
        Self::parse(&format!("#{digits}"))
    }

    /// How far two colours stand apart, from 1 to 21.
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// The shade of it that is nearest and can be read on this page: the same, or a darker one on a light page and a
    /// lighter one on a dark page.
    #[must_use]
    pub fn readable_on(self, page: Self) -> Self {
        let end: u8 = if page.luminance() > 0.5 { 0 } else { 255 };
        let towards = |part: u8, hundredths: u32| {
            let mixed = (u32::from(part) * (100 - hundredths) + u32::from(end) * hundredths) / 100;
            u8::try_from(mixed).unwrap_or(end)
        };
        let shade = |hundredths: u32| {
            let part = |part| towards(part, hundredths);
            Self { red: part(self.red), green: part(self.green), blue: part(self.blue) }
        };
        (0..=100).map(shade).find(|shade| shade.contrast(page) >= Self::LEAST).unwrap_or(shade(100))
    }

    /// As WCAG 2 counts it: 0 is black, 1 white.
    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }
}

impl fmt::Display for Accent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

#[cfg(test)]
mod tests {
    use super::Accent;

    fn colour(written: &str) -> Accent {
        Accent::parse(written).expect("a colour")
    }

    #[test]
    fn a_colour_in_other_digits_is_known_for_what_it_is() {
        for (written, meant) in [
            ("#fff", "#ffffff"),
            ("A1C", "#aa11cc"),
            ("#a1c8", "#aa11cc"),
            ("6b2d5c", "#6b2d5c"),
            ("0x6B2D5C", "#6b2d5c"),
            ("#6b2d5cff", "#6b2d5c"),
            (" #6b2d5c ", "#6b2d5c"),
        ] {
            assert_eq!(Accent::parse(written), None, "{written}");
            assert_eq!(Accent::meant(written), Some(colour(meant)), "{written}");
        }
        for written in ["purple", "", "#", "#ff", "rgb(1,2,3)", "#ggg", "äöü"] {
            assert_eq!(Accent::meant(written), None, "{written}");
        }
    }

    #[test]
    fn contrast_is_counted_as_wcag_counts_it() {
        assert!((colour("#000000").contrast(colour("#ffffff")) - 21.0).abs() < 0.01);
        assert!((colour("#777777").contrast(colour("#ffffff")) - 4.48).abs() < 0.01);
        assert!((colour("#777777").contrast(colour("#777777")) - 1.0).abs() < 0.01);
    }

    #[test]
    fn every_colour_has_a_shade_that_can_be_read() {
        for red in (0..=255).step_by(51) {
            for green in (0..=255).step_by(51) {
                for blue in (0..=255).step_by(51) {
                    let accent = Accent { red, green, blue };
                    for page in [Accent::LIGHT_PAGE, Accent::DARK_PAGE] {
                        let shade = accent.readable_on(page);
                        assert!(shade.contrast(page) >= Accent::LEAST, "{accent} on {page}: {shade}");
                        assert!(
                            accent.contrast(page) < Accent::LEAST || shade == accent,
                            "{accent} on {page}: {shade}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn only_six_digits_are_a_colour() {
        for written in ["7a1f1f", "#7a1f1", "#7a1f1f0", "#7a1f1g", "red", "#+a+a+a", "", "#ééé"] {
            assert_eq!(Accent::parse(written), None, "{written}");
        }
        assert_eq!(colour("#7A1f1F").to_string(), "#7a1f1f");
    }
}
