use ratatui::style::{Color, Modifier, Style};

/// What each role of a screen looks like. No meaning is carried by colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
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

impl Theme {
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
            text: plain,
            strong: plain.add_modifier(Modifier::BOLD),
            accent: plain.add_modifier(Modifier::BOLD),
            quiet: plain.add_modifier(Modifier::ITALIC),
            selected: plain.add_modifier(Modifier::REVERSED),
            struck: plain.add_modifier(Modifier::CROSSED_OUT),
            emphasis: plain.add_modifier(Modifier::ITALIC),
        }
    }
}
