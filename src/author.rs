//! What a writer's commands do.

mod simulate;
mod stats;
mod transcript;
mod walks;

pub use simulate::{EndingCount, Exact, Example, Reach, Simulation, Spread, Values, exact, simulate};
pub use stats::{Alike, Branching, EndingStats, Phrase, SceneStats, SeatStats, Stats, WORDS_A_MINUTE, stats};
pub use transcript::{told, transcript};
pub use walks::{Walked, walk};
