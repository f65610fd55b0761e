//! What a night leaves behind to be talked about.

mod debrief;

pub use debrief::{Crossing, Debrief, EndingView, HypothesisView, Tick, debrief};
