//! What a writer's commands do.

mod debug_commands;
mod export;
mod fields;
mod map;
mod names;
mod new;
mod simulate;
mod stats;
mod tidy;
mod transcript;
mod walks;

pub use debug_commands::{assignment, order, scene};
pub use export::{page, zipped};
pub use fields::{documentation, fields_of};
pub use map::{Map, MapEdge, MapNode, map};
pub use names::{CompletionContext, Names, SymbolRef, around, names, settle};
pub use new::{TEMPLATES, fresh};
pub use simulate::{
    Consequences, DecisionEffects, EndingCount, Exact, Example, Reach, SceneEffects, Silent, Simulation, Spread, Twice,
    Values, consequences, exact, simulate,
};
pub use stats::{Alike, Branching, EndingStats, Phrase, SceneStats, SeatStats, Stats, WORDS_A_MINUTE, stats};
pub use tidy::tidy;
pub use transcript::{told, transcript};
pub use walks::{Walked, walk};
