//! What a setting can be, where it is one of a few words.

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
        /// Dark or light as the terminal's background is, where it says so; else as [`ThemeName::Terminal`].
        #[default]
        Auto = "auto",
        Dark = "dark",
        Light = "light",
        HighContrast = "high-contrast",
        /// No colour at all.
        Mono = "mono",
        /// The terminal's own colours, with one accent.
        Terminal = "terminal",
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
    /// Whether the session's clock goes on while a person thinks.
    Waiting {
        /// It does not.
        #[default]
        Off = "off",
        /// Five minutes of the session for every two minutes of thinking.
        Patient = "patient",
        /// Five minutes for every one.
        Strict = "strict",
    }
);

words!(
    /// How much more time this person has for a turn than the rest of the class. Nobody else is told.
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
    /// The time in per cent of what was set; `None` is unlimited.
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
