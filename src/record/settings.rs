use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;
use serde::{Deserialize, Serialize};

/// Defines an enum that a settings file writes as a word in quotes.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$item:meta])* $variant:ident = $word:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub enum $name { $($(#[$item])* $variant),* }

        impl $name {
            /// All of them, in the order in which a menu goes through them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// As the settings write it.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
        }

        impl TryFrom<String> for $name {
            type Error = String;
            fn try_from(word: String) -> Result<Self, String> {
                let known: Vec<&str> = Self::ALL.iter().map(|it| it.word()).collect();
                Self::ALL.iter().find(|it| it.word() == word).copied()
                    .ok_or_else(|| format!("`{word}` is none of: {}", known.join(", ")))
            }
        }

        impl From<$name> for String {
            fn from(it: $name) -> Self { it.word().to_owned() }
        }
    };
}

words!(
    /// What the screen looks like.
    ThemeName {
        /// The terminal's own colours, with one accent.
        #[default]
        Terminal = "terminal",
        Dark = "dark",
        Light = "light",
        HighContrast = "high-contrast",
        /// No colour at all.
        Mono = "mono",
    }
);

words!(
    /// How a page appears.
    Pace {
        /// At once.
        #[default]
        AtOnce = "at-once",
        /// Line by line, as fast as one reads aloud.
        Brisk = "brisk",
        Slow = "slow",
    }
);

words!(
    /// Whether the night's clock goes on while a person thinks.
    Waiting {
        /// It does not.
        #[default]
        Off = "off",
        /// Five minutes of the night for every two minutes of thinking.
        Patient = "patient",
        /// Five minutes for every one.
        Strict = "strict",
    }
);

words!(
    /// How much more time this keyboard has for a turn than its class; nobody else is told.
    TurnPace {
        #[default]
        AsSet = "as-set",
        Half = "x1.5",
        Double = "x2",
        Three = "x3",
        Five = "x5",
        Ten = "x10",
        /// No turn ends by itself.
        Off = "off",
    }
);

impl TurnPace {
    /// Hundredths of the time that was set; `None` is without end.
    #[must_use]
    pub fn percent(self) -> Option<u32> {
        match self {
            Self::AsSet => Some(100),
            Self::Half => Some(150),
            Self::Double => Some(200),
            Self::Three => Some(300),
            Self::Five => Some(500),
            Self::Ten => Some(1000),
            Self::Off => None,
        }
    }
}

/// What a reader has settled, for every night.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    pub theme: ThemeName,
    /// Things on screen may move.
    pub motion: bool,
    pub pace: Pace,
    /// The widest line of prose, in cells, [`Settings::WIDTHS`].
    pub width: u16,
    /// Every sentence says how it is known.
    pub marks: bool,
    /// The mouse is listened to; while it is, the terminal's own selecting needs Shift.
    pub mouse: bool,
    pub waiting: Waiting,
    pub turns: TurnPace,
    /// Keys in the place of an action's own, by the action's name.
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
    /// Least and greatest width of a line.
    pub const WIDTHS: (u16, u16) = (40, 100);

    /// The same for few, large letters on a wall: full contrast, the whole width, nothing that moves.
    #[must_use]
    pub fn for_a_wall(self) -> Self {
        Self { theme: ThemeName::HighContrast, motion: false, width: Self::WIDTHS.1, pace: Pace::AtOnce, ..self }
    }

    /// Settings from the text of a file.
    ///
    /// # Errors
    /// What is wrong, with its line.
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

    /// As a file of its own: every setting on its line, with what it can be.
    #[must_use]
    pub fn text(&self) -> String {
        let words = |all: &[&str]| all.join(", ");
        let of = |all: Vec<&'static str>| words(&all);
        let keys: String = self.keys.iter().fold(String::new(), |mut out, (action, keys)| {
            let keys: Vec<String> = keys.iter().map(|key| quoted(key)).collect();
            out.push_str(&format!("\n    {}: [{}],", quoted(action), keys.join(", ")));
            out
        });
        let keys = if keys.is_empty() { "{}".to_owned() } else { format!("{{{keys}\n  }}") };
        format!(
            "// Settings of hallway. What is left out is as it would be without this file.\n(\n  \
             // {}\n  theme: {},\n  \
             // things may move on screen\n  motion: {},\n  \
             // {}\n  pace: {},\n  \
             // the widest line of prose: {} to {}\n  width: {},\n  \
             // every sentence says how it is known\n  marks: {},\n  \
             // click to choose; the terminal's own selecting then needs Shift\n  mouse: {},\n  \
             // whether the night's clock goes on while you think: {}\n  waiting: {},\n  \
             // in a class that plays against a clock, the time for a turn at this keyboard: {}\n  turns: {},\n  \
             // keys of your own, by action: {{ \"undo\": [\"ctrl-u\"] }}\n  keys: {},\n)\n",
            of(ThemeName::ALL.iter().map(|it| it.word()).collect()),
            quoted(self.theme.word()),
            self.motion,
            of(Pace::ALL.iter().map(|it| it.word()).collect()),
            quoted(self.pace.word()),
            Self::WIDTHS.0,
            Self::WIDTHS.1,
            self.width,
            self.marks,
            self.mouse,
            of(Waiting::ALL.iter().map(|it| it.word()).collect()),
            quoted(self.waiting.word()),
            of(TurnPace::ALL.iter().map(|it| it.word()).collect()),
            quoted(self.turns.word()),
            keys,
        )
    }
}

fn quoted(word: &str) -> String {
    options().to_string(word).expect("RON can always write a string")
}

fn options() -> ron::Options {
    ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
}

/// The line on which a field is written, from 1.
#[must_use]
pub fn line_of(text: &str, field: &str) -> usize {
    text.lines().position(|line| line.trim_start().trim_start_matches('"').starts_with(field)).map_or(1, |at| at + 1)
}

/// Where the settings lie on this platform; `None` where there is no home.
#[must_use]
pub fn settings_file() -> Option<PathBuf> {
    let base = etcetera::choose_base_strategy().ok()?;
    let config = base.config_dir();
    config.is_absolute().then(|| config.join("hallway").join("settings.ron"))
}

/// The settings of a file; the usual ones where there is none. Where it cannot be understood, the usual ones and what
/// is wrong with it: it is left as it is then.
#[must_use]
pub fn load_settings(file: Option<&Path>) -> (Settings, Option<String>) {
    let Some(file) = file else { return (Settings::default(), None) };
    let text = match std::fs::metadata(file) {
        Ok(data) if data.is_file() && data.len() <= 1 << 16 => std::fs::read(file),
        Ok(_) => Err(std::io::Error::other("not a settings file")),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return (Settings::default(), None),
        Err(error) => Err(error),
    };
    let why = match text.map(|bytes| String::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())) {
        Ok(Ok(text)) => match Settings::parse(&text) {
            Ok(settings) => return (settings, None),
            Err(why) => why,
        },
        Ok(Err(why)) => why,
        Err(error) => error.to_string(),
    };
    let message =
        format!("{}, {}. The settings are ignored until that is mended.", file.display(), crate::text::clean(&why));
    (Settings::default(), Some(message))
}

/// Writes settings, whole or not at all. A file that cannot be understood is not written over, and of one with
/// comments of its own only the values that changed.
///
/// # Errors
/// Why not, for the reader.
pub fn keep_settings(file: &Path, settings: &Settings) -> Result<(), String> {
    if let (_, Some(why)) = load_settings(Some(file)) {
        return Err(why);
    }
    let text = match std::fs::read_to_string(file) {
        Ok(old) => revised(&old, settings),
        Err(_) => settings.text(),
    };
    super::write_whole(file, &text)
        .map_err(|error| format!("the settings could not be kept in {}: {error}", file.display()))
}

/// The old text with its values changed where each stands on a line of its own; else a new text.
fn revised(old: &str, settings: &Settings) -> String {
    let values = [
        ("theme", quoted(settings.theme.word())),
        ("motion", settings.motion.to_string()),
        ("pace", quoted(settings.pace.word())),
        ("width", settings.width.to_string()),
        ("marks", settings.marks.to_string()),
        ("mouse", settings.mouse.to_string()),
        ("waiting", quoted(settings.waiting.word())),
    ];
    let mut lines: Vec<String> = old.lines().map(str::to_owned).collect();
    for (field, value) in values {
        let own = |line: &String| {
            line.trim_start().strip_prefix(field).is_some_and(|rest| rest.trim_start().starts_with(':'))
        };
        match lines.iter().position(own) {
            Some(at) => {
                let colon = lines[at].find(':').unwrap_or(0);
                let comment = lines[at].find("//").map(|from| lines[at][from..].to_owned());
                let comment = comment.map(|comment| format!(" {comment}")).unwrap_or_default();
                lines[at] = format!("{}: {value},{comment}", &lines[at][..colon]);
            }
            None => {
                let close = lines.iter().rposition(|line| line.trim() == ")").unwrap_or(lines.len());
                lines.insert(close, format!("  {field}: {value},"));
            }
        }
    }
    let text = lines.join("\n") + "\n";
    if Settings::parse(&text).is_ok_and(|now| now == *settings) { text } else { settings.text() }
}

#[cfg(test)]
mod tests {
    use super::{Settings, ThemeName, keep_settings, load_settings};

    #[test]
    fn what_is_written_is_read_again() {
        let mut settings = Settings { theme: ThemeName::HighContrast, width: 66, ..Settings::default() };
        settings.keys.insert("undo".to_owned(), vec!["ctrl-u".to_owned(), "\"".to_owned()]);
        assert_eq!(Settings::parse(&settings.text()), Ok(settings));
        assert_eq!(Settings::parse("()"), Ok(Settings::default()));
    }

    #[test]
    fn a_broken_file_is_reported_with_its_line_and_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("settings.ron");
        for (text, line, says) in [
            ("(\n  theme: \"pink\",\n)", 2, "`pink` is none of"),
            ("(\n\n  colour: 3,\n)", 3, "colour"),
            ("(\n  width: 7,\n)", 2, "goes from 40 to 100"),
            ("(\n  motion: true\n  marks: false,\n)", 3, "xpected comma"),
        ] {
            std::fs::write(&file, text).expect("written");
            let (settings, why) = load_settings(Some(&file));
            let why = why.expect(text);
            assert_eq!(settings, Settings::default());
            assert!(why.contains(&format!("line {line}")) && why.contains(says), "{why}");
            assert!(keep_settings(&file, &Settings::default()).is_err());
            assert_eq!(std::fs::read_to_string(&file).expect("still there"), text);
        }
    }

    #[test]
    fn what_is_no_settings_file_is_said_and_what_is_not_there_is_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("settings.ron");
        assert_eq!(load_settings(None), (Settings::default(), None));
        assert_eq!(load_settings(Some(&file)), (Settings::default(), None));
        assert!(load_settings(Some(folder.path())).1.is_some_and(|why| why.contains("not a settings file")));
        let file_as_folder = folder.path().join("plain");
        std::fs::write(&file_as_folder, "").expect("written");
        assert!(load_settings(Some(&file_as_folder.join("settings.ron"))).1.is_some(), "it cannot be looked at");
        std::fs::write(&file, b"(theme: \"\xff\")").expect("written");
        assert!(load_settings(Some(&file)).1.is_some_and(|why| why.contains("it is not UTF-8")));
        let fits = format!("(marks: true)//{}", "x".repeat((1 << 16) - 15));
        std::fs::write(&file, &fits).expect("written");
        assert_eq!(load_settings(Some(&file)), (Settings { marks: true, ..Settings::default() }, None));
        std::fs::write(&file, fits + "x").expect("written");
        assert!(load_settings(Some(&file)).1.is_some());
        let wall = Settings { marks: true, ..Settings::default() }.for_a_wall();
        assert_eq!((wall.theme, wall.motion, wall.width, wall.marks), (ThemeName::HighContrast, false, 100, true));
    }

    #[test]
    fn a_readers_own_comments_stay() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("sub").join("settings.ron");
        keep_settings(&file, &Settings::default()).expect("a new file");
        std::fs::write(&file, "// mine\n(\n  theme: \"dark\", // at night\n)\n").expect("written");
        let settings = Settings { theme: ThemeName::Light, marks: true, ..Settings::default() };
        keep_settings(&file, &settings).expect("kept");
        let text = std::fs::read_to_string(&file).expect("there");
        assert!(text.starts_with("// mine") && text.contains("theme: \"light\", // at night"), "{text}");
        assert_eq!(load_settings(Some(&file)), (settings, None));
    }
}
