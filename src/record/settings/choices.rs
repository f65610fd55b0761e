//! The settings whose values are words.

use serde::{Deserialize, Serialize};

/// Defines an enum that a settings file writes as a word in quotes.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$item:meta])* $variant:ident = $word:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub enum $name { $($(#[$item])* $variant),* }

        impl $name {
            /// All values, in the order in which the settings screen steps through them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word for it in a settings file.
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
    /// The colours of the screen.
    ThemeName {
        /// Dark or light as the terminal's background, if the terminal reports it; else as [`ThemeName::Terminal`].
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
        /// All at once.
        #[default]
        AtOnce = "at-once",
        /// Line by line, at the speed of reading aloud.
        Brisk = "brisk",
        Slow = "slow",
    }
);

words!(
    /// Whether the story's clock goes on while a person thinks.
    Waiting {
        /// The clock stops.
        #[default]
        Off = "off",
        /// One `tick` of the story's clock for every two minutes of thinking.
        Patient = "patient",
        /// One `tick` for every minute of thinking.
        Strict = "strict",
    }
);

words!(
    /// How much longer a turn is at this keyboard than in the rest of the class. No other group sees it.
    TurnPace {
        #[default]
        AsSet = "as-set",
        Half = "x1.5",
        Double = "x2",
        Three = "x3",
        Five = "x5",
        Ten = "x10",
        /// Turns have no limit.
        Off = "off",
    }
);

impl TurnPace {
    /// Returns the time in per cent of what the class code sets; `None` if there is no limit.
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
