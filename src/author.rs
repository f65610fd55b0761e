//! What a writer's commands do.

mod simulate;

pub use simulate::{EndingCount, Simulation, Spread, simulate};
