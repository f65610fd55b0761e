//! What a night leaves behind to be talked about.

mod compare;
mod debrief;
mod groups;
mod handout;

pub use compare::{CSV_HEADER, Counted, Decided, board, csv_rows, decisions, group};
pub use debrief::{Crossing, Debrief, EndingView, HypothesisView, Tick, debrief};
pub use groups::{Groups, groups};
pub use handout::{File, handout, lacking};
