mod choices;
mod file;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use choices::{Pace, ThemeName, TurnPace, Waiting};
pub use file::{keep_settings, line_of, load_settings, settings_file};

/// A reader's settings, which hold for every game.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    pub theme: ThemeName,
    /// Whether messages move on the plan of the rooms.
    pub motion: bool,
    /// How a page appears.
    pub pace: Pace,
    /// The widest line of prose, in cells; within [`Settings::WIDTHS`].
    pub width: u16,
    /// Whether every sentence is marked with how it is known.
    pub marks: bool,
    /// The mouse is listened to; while it is, the terminal's own selecting needs Shift.
    pub mouse: bool,
    /// Whether the story's clock goes on while a person thinks.
    pub waiting: Waiting,
    /// In a class that plays against the clock: how much longer a turn is at this keyboard.
    pub turns: TurnPace,
    /// Keys that replace an action's own, by the action's name.
    pub keys: BTreeMap<String, Vec<String>>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: ThemeName::default(),
            motion: true,
            pace: Pace::default(),
            width: 70,
            marks: false,
            mouse: false,
            waiting: Waiting::default(),
            turns: TurnPace::default(),
            keys: BTreeMap::new(),
        }
    }
}

impl Settings {
    /// The least and the greatest width of a line, in cells.
    pub const WIDTHS: (u16, u16) = (40, 100);

    /// Returns these settings for a projector: full contrast, the greatest width, no motion.
    #[must_use]
    pub fn for_a_wall(self) -> Self {
        Self { theme: ThemeName::HighContrast, motion: false, width: Self::WIDTHS.1, pace: Pace::AtOnce, ..self }
    }

    /// Parses the text of a settings file.
    ///
    /// # Errors
    /// If it is not RON, names an unknown setting or gives a value that is not allowed: the fault, with its line from
    /// 1.
    pub fn parse(text: &str) -> Result<Self, String> {
        let settings: Self = options().from_str(text).map_err(|error| {
            let line = error.span.start.line;
            format!("line {line}: {}", error.code)
        })?;
        let (least, most) = Self::WIDTHS;
        if !(least..=most).contains(&settings.width) {
            let line = line_of(text, "width");
            return Err(format!("line {line}: `width` is {}; it goes from {least} to {most}", settings.width));
        }
        Ok(settings)
    }

    /// Returns the text of a new settings file: each setting, with what it can be.
    #[must_use]
    pub fn text(&self) -> String {
        let begin = "// Settings of hallway. What is left out is as it would be without this file.\n(\n".to_owned();
        let all = self.entries().into_iter().fold(begin, |text, SettingEntry { name, about, value }| {
            text + &format!("  // {about}\n  {name}: {value},\n")
        });
        all + ")\n"
    }

    /// Lists every setting as a file writes it. A setting that is missing here cannot be saved.
    fn entries(&self) -> [SettingEntry; 9] {
        let words = |all: Vec<&'static str>| all.join(", ");
        let entry = |name, about: &str, value: String| SettingEntry { name, about: about.to_owned(), value };
        let keys: String = self.keys.iter().fold(String::new(), |mut out, (action, keys)| {
            let keys: Vec<String> = keys.iter().map(|key| quoted(key)).collect();
            out.push_str(&format!("\n    {}: [{}],", quoted(action), keys.join(", ")));
            out
        });
        let keys = if keys.is_empty() { "{}".to_owned() } else { format!("{{{keys}\n  }}") };
        let (least, most) = Self::WIDTHS;
        [
            entry("theme", &words(ThemeName::ALL.iter().map(|it| it.word()).collect()), quoted(self.theme.word())),
            entry("motion", "things may move on screen", self.motion.to_string()),
            entry("pace", &words(Pace::ALL.iter().map(|it| it.word()).collect()), quoted(self.pace.word())),
            entry("width", &format!("the widest line of prose: {least} to {most}"), self.width.to_string()),
            entry("marks", "every sentence says how it is known", self.marks.to_string()),
            entry("mouse", "click to choose; the terminal's own selecting then needs Shift", self.mouse.to_string()),
            entry(
                "waiting",
                &format!(
                    "whether the story's clock goes on while you think: {}",
                    words(Waiting::ALL.iter().map(|it| it.word()).collect())
                ),
                quoted(self.waiting.word()),
            ),
            entry(
                "turns",
                &format!(
                    "in a class that plays against a clock, the time for a turn at this keyboard: {}",
                    words(TurnPace::ALL.iter().map(|it| it.word()).collect())
                ),
                quoted(self.turns.word()),
            ),
            entry("keys", "keys of your own, by action: { \"undo\": [\"ctrl-u\"] }", keys),
        ]
    }
}

/// A setting as a file writes it.
struct SettingEntry {
    name: &'static str,
    /// What it is, or what it can be.
    about: String,
    value: String,
}

fn quoted(word: &str) -> String {
    options().to_string(word).expect("RON can always write a string")
}

fn options() -> ron::Options {
    ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
}
