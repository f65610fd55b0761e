//! A story in play: `(story, seed, log of inputs)`, folded into a state.
//!
//! [`Session`] is the whole of it. Time and luck come in as data, every luck is keyed by where it is asked for, and
//! so the same log always makes the same night. Nothing here reads a clock, a file or a terminal.

mod ask;
mod input;
mod leaf;
mod leaning;
mod luck;
mod notes;
mod options;
mod outward;
mod pages;
mod render;
mod rules;
mod said;
mod session;
mod state;
mod trail;
mod words;

pub use ask::{Ask, Facet, FacetKind, FacetOption, Offer, SheetView, Take};
pub use input::{By, Holder, Input, Step};
pub use leaning::leanings;
pub use luck::{draw, weighted};
pub use options::{Offered, Options, options};
pub use outward::{ENOUGH_LOOKED, looking};
pub use pages::{Block, BlockKind, Hop, Stage};
pub use rules::{LONGEST_RUN, Pick, Refusal, Rules, Stop, Witness};
pub use session::{LONGEST_STRETCH, OfferedStep, Session};
pub use state::State;
pub use trail::{Passing, Trail};
