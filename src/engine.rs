//! A story in play: `(story, seed, log of inputs)`, folded into a state.
//!
//! [`Session`] is the whole of it. Time and luck come in as data, every luck is keyed by where it is asked for, and
//! so the same log always makes the same session. Nothing here reads a clock, a file or a terminal.

mod ask;
mod input;
mod leaning;
mod options;
mod page_buffer;
mod pages;
mod pick;
mod pick_text;
mod random;
mod recorder;
mod render;
mod rules;
mod session;
mod state;
mod text_buf;
mod trail;
mod way_out;

pub use ask::{Ask, Facet, FacetKind, FacetOption, Offer, OfferAction, SheetView};
pub use input::{By, Holder, Input, Step};
pub use leaning::leanings;
pub use options::{FormOptions, Options, options};
pub use pages::{Block, BlockKind, Hop, Stage};
pub use pick::{Pick, Refusal};
pub use random::{draw, weighted};
pub use rules::{LONGEST_RUN, Observer, Rules, Stop};
pub use session::{LONGEST_STRETCH, OfferedStep, Session};
pub use state::State;
pub use trail::{Passing, Trail, TrailNote};
pub use way_out::{SEARCH_LIMIT, search_cost};
