//! Every session that can happen, explored as sets of states.
//!
//! A session has far too many states to visit one by one, and as *sets* they are few: a set of states is a
//! multi-valued decision diagram ([`Diagrams`], after Ciardo, Lüttgen and Siminiceanu 2001), a decision is a guard and
//! a few assignments to single variables, and both the states that can be reached and those from which an ending can
//! be reached are found by applying whole decisions to whole sets until nothing is added. What no later condition or
//! sentence reads is forgotten on the way (`live`), which loses nothing.
//!
//! Any seat may be held by a person, so anything open may be taken; a lot falls on any way whose odds are not 0; while
//! somebody thinks time may pass, and a teacher may stop the session. Silence is one of what is open, and news that is
//! brought in is words. What a writer orders (to set a variable, to go somewhere, to begin in a later scene) is no
//! session: nothing is proved of it.

mod answers;
mod availability;
mod branches;
mod causes;
mod conditional;
mod contradiction;
mod coverage;
mod diagram;
mod endings;
mod evidence;
mod expected;
mod explore;
mod finding;
mod gloss;
mod graph;
mod in_transit;
mod live;
mod meter;
mod order;
mod program;
mod prove;
mod reached;
mod reads;
mod report;
mod revisits;
mod walk;
mod words;

pub use diagram::{Diagrams, MOST_LEVELS, Set};
pub use explore::{Explored, explore};
pub use finding::{At, Fault, Finding};
pub use meter::Budget;
pub use program::{Label, Program};
pub use prove::{Cost, Proof, Status, prove};
pub use walk::Walk;
