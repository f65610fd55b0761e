//! What a session leaves to talk about, and what a teacher needs for it.

mod compare;
mod crossing;
mod debrief;
mod debrief_paper;
mod groups;
mod handout;
mod held;
mod paper;
mod sheets;
mod standing;
mod transcript_paper;
mod turns;

pub use compare::{CSV_HEADER, Decided, MessageCounts, board, csv_rows, decisions, group, group_named, group_word};
pub use crossing::{Crossing, crossings};
pub use debrief::{Debrief, EndingView, HypothesisView, Note, STEPS, Tick, TrailEntry, debrief};
pub use debrief_paper::debrief_paper;
pub use groups::{Groups, groups, seats_of_pair, two_rooms};
pub use handout::{File, handout, missing_parts};
pub use held::held;
pub use paper::HandoutSheet;
pub use sheets::SheetEnd;
pub use transcript_paper::transcript_paper;
pub use turns::{Alternative, Fork, OtherEnding, TurningPoint, TurningPoints, turns};
