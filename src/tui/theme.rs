use ratatui::style::{Color, Modifier, Style};

use crate::record::ThemeName;

/// How many colours a terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Colours {
    /// None are wanted, or there are none.
    None,
    Sixteen,
    #[default]
    Many,
}

/// What each role of a screen looks like. No meaning is carried by colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// Every cell, before anything is drawn on it.
    pub ground: Style,
    pub text: Style,
    /// Names and headings.
    pub strong: Style,
    /// The one accent: numbers, the clock, marks of the record.
    pub accent: Style,
    /// What stands back: footers, notes, what was chosen.
    pub quiet: Style,
    /// The choice under the cursor.
    pub selected: Style,
    pub struck: Style,
    pub emphasis: Style,
}

/// Black on white, whatever the terminal's own colours are: a picture for telephones, half of which read nothing else.
pub const ON_PAPER: Style = Style::new().fg(Color::Black).bg(Color::White);

impl Theme {
    /// A theme as a terminal with these colours can show it.
    #[must_use]
    pub fn of(name: ThemeName, colours: Colours) -> Self {
        match (colours, name) {
            (Colours::None, _) | (_, ThemeName::Mono) => Self::mono(),
            (_, ThemeName::Terminal | ThemeName::Auto) => Self::ansi(),
            (Colours::Sixteen, ThemeName::HighContrast) => {
                Self::grounded(Color::Black, Color::White, Color::White, Color::Yellow, Color::White)
            }
            // Sixteen colours are the terminal's own; a ground of ours would guess at them.
            (Colours::Sixteen, _) => Self::ansi(),
            // Colours of the fixed part of the 256: the same in every terminal.
            (Colours::Many, ThemeName::Dark) => {
                Self::grounded(indexed(234), indexed(252), indexed(255), indexed(180), indexed(247))
            }
            (Colours::Many, ThemeName::Light) => {
                Self::grounded(indexed(255), indexed(235), indexed(232), indexed(88), indexed(240))
            }
            (Colours::Many, ThemeName::HighContrast) => {
                Self::grounded(indexed(16), indexed(231), indexed(231), indexed(226), indexed(231))
            }
        }
    }

    /// The terminal's own colours with one accent that reads on dark and on light grounds.
    #[must_use]
    pub fn ansi() -> Self {
        Self { accent: Style::new().fg(Color::Magenta), ..Self::mono() }
    }

    /// No colour at all, for `NO_COLOR` and monochrome terminals.
    #[must_use]
    pub fn mono() -> Self {
        let plain = Style::new();
        Self {
            ground: plain,
            text: plain,
            strong: plain.add_modifier(Modifier::BOLD),
            accent: plain.add_modifier(Modifier::BOLD),
            // Not in italics: some terminals show them reversed, and chrome would look like what is selected.
            quiet: plain,
            selected: plain.add_modifier(Modifier::REVERSED),
            struck: plain.add_modifier(Modifier::CROSSED_OUT),
            emphasis: plain.add_modifier(Modifier::ITALIC),
        }
    }

    /// A theme with a ground of its own.
    fn grounded(ground: Color, text: Color, strong: Color, accent: Color, quiet: Color) -> Self {
        let on = |colour| Style::new().fg(colour).bg(ground);
        Self {
            ground: on(text),
            text: on(text),
            strong: on(strong).add_modifier(Modifier::BOLD),
            accent: on(accent),
            quiet: on(quiet),
            ..Self::mono()
        }
    }

    /// Returns this theme with stress underlined, for terminals that show italics in reverse video.
    #[must_use]
    pub fn underlined(self) -> Self {
        Self { emphasis: Style::new().add_modifier(Modifier::UNDERLINED), ..self }
    }

    /// Its roles that carry words, by name.
    #[must_use]
    pub fn roles(self) -> [(&'static str, Style); 4] {
        [("text", self.text), ("strong", self.strong), ("accent", self.accent), ("quiet", self.quiet)]
    }
}

const fn indexed(number: u8) -> Color {
    Color::Indexed(number)
}

/// The red, green and blue of a colour that is the same in every terminal: of the cube and the greys of the 256
/// (xterm's `256colres.h`), and of the sixteen as most terminals have them; `None` for the terminal's own.
#[must_use]
pub(super) fn rgb(colour: Color) -> Option<(u8, u8, u8)> {
    let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
    Some(match colour {
        Color::Indexed(number @ 16..=231) => {
            let at = number - 16;
            (level(at / 36), level(at / 6 % 6), level(at % 6))
        }
        Color::Indexed(number @ 232..) => {
            let grey = 8 + 10 * (number - 232);
            (grey, grey, grey)
        }
        Color::Black => (0, 0, 0),
        Color::White => (229, 229, 229),
        Color::Yellow => (205, 205, 0),
        Color::Magenta => (188, 63, 188),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{Colours, Theme, rgb};
    use crate::record::ThemeName;

    /// WCAG 2.1, relative luminance and contrast ratio.
    fn luminance((r, g, b): (u8, u8, u8)) -> f64 {
        let part = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.03928 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b)
    }

    #[test]
    fn every_role_of_every_grounded_theme_can_be_read() {
        for name in [ThemeName::Dark, ThemeName::Light, ThemeName::HighContrast] {
            for colours in [Colours::Many, Colours::Sixteen] {
                let theme = Theme::of(name, colours);
                let Some(ground) = theme.ground.bg.and_then(rgb) else { continue };
                let least = if name == ThemeName::HighContrast { 7.0 } else { 4.5 };
                for (role, style) in theme.roles() {
                    let ink = style.fg.and_then(rgb).expect("a colour of its own");
                    let (a, b) = (luminance(ink), luminance(ground));
                    let contrast = (a.max(b) + 0.05) / (a.min(b) + 0.05);
                    assert!(contrast >= least, "{}, {role}: {contrast:.2}", name.word());
                }
            }
        }
    }

    #[test]
    fn the_terminals_own_accent_reads_on_black_and_on_white() {
        let accent = luminance(rgb(ratatui::style::Color::Magenta).expect("known"));
        assert!((accent + 0.05) / 0.05 >= 4.0 && 1.05 / (accent + 0.05) >= 4.0);
    }
}
