//! Ids: indices into the lists of a story, one type for each list.

use std::num::NonZero;

use serde::{Deserialize, Serialize};

// An id holds one more than its index, so that an `Option` of it takes no more room.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident($type:ty)),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(NonZero<$type>);

        impl $name {
            /// The id as an index into the story's list.
            #[inline]
            #[must_use]
            pub fn index(self) -> usize {
                self.0.get() as usize - 1
            }

            /// The id with this index; only for indices of the story's list.
            #[inline]
            #[must_use]
            pub fn new(index: usize) -> Self {
                let number = <$type>::try_from(index + 1).ok().and_then(NonZero::new);
                Self(number.expect("check bounds every list before it makes ids"))
            }

            /// The value of a variable that stands for it: one more than its index, because 0 stands for none.
            #[must_use]
            pub fn number(self) -> i16 {
                i16::try_from(self.0.get()).unwrap_or(i16::MAX)
            }

            /// The id that stands for this value of a variable; `None` for 0.
            #[must_use]
            pub fn of_number(number: i16) -> Option<Self> {
                <$type>::try_from(number).ok().and_then(NonZero::new).map(Self)
            }
        }
    )*};
}

ids!(
    /// A scene.
    SceneId(u32),
    /// A seat: a role's place at the table.
    SeatId(u8),
    /// A variable, the writer's or the engine's own.
    VarId(u32),
    /// A message.
    MessageId(u16),
    /// A carrier, licence, treatment or handling, each in its own list.
    MannerId(u8),
    /// A sheet of lines that can be struck.
    SheetId(u8),
    /// An ending.
    EndingId(u16),
    /// A fact of the record.
    FactId(u16),
    /// A bit that says whether a once-only choice or message has been used.
    OnceId(u32),
);
