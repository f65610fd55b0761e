//! What a writer's commands do.

mod debug_commands;
mod export;
mod fields;
mod format;
mod map;
mod names;
mod new;
mod simulate;
mod stats;
mod transcript;
mod walks;

pub use debug_commands::{parse_assignment, parse_command, scene_named};
pub use export::{ExportedFile, PageOptions, export_page, export_page_files, export_zip, is_page_of};
pub use fields::{documentation, fields_of};
pub use format::format_text;
pub use map::{MapEdge, MapNode, SceneMap, map};
pub use names::{CompletionContext, SymbolList, SymbolRef, context_at, names, resolve_kinds};
pub use new::{TEMPLATES, new_story};
pub use simulate::{
    Consequences, DecisionEffects, EndingCount, Exact, Example, IdleDecision, Reach, RepeatedSentence, SceneEffects,
    Simulation, Spread, Values, consequences, exact, simulate,
};
pub use stats::{Alike, Branching, EndingStats, Phrase, SceneStats, SeatStats, Stats, WORDS_A_MINUTE, stats};
pub use transcript::{seat_transcript, transcript};
pub use walks::{WalkResult, walk};
