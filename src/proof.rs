//! Every night that can happen, explored as sets of states.
//!
//! A night has far too many states to visit one by one, and as *sets* they are few: a set of states is a
//! multi-valued decision diagram ([`Diagrams`], after Ciardo, Lüttgen and Siminiceanu 2001), a decision is a guard and
//! a few assignments to single variables, and both the states that can be reached and those from which an ending can
//! be reached are found by applying whole decisions to whole sets until nothing is added. What no later condition or
//! sentence reads is forgotten on the way (`live`), which loses nothing.
//!
//! Any seat may be held by a person, so anything open may be taken; a lot falls on any way whose odds are not 0.

mod diagram;
mod evidence;
mod explore;
mod findings;
mod live;
mod open;
mod operation;
mod order;
mod program;
mod shown;
mod words;

pub use diagram::{Budget, Diagrams, MOST_LEVELS, Set};
pub use evidence::Walk;
pub use explore::{Explored, explore};
pub use findings::{At, Cost, Finding, Proof, Status, prove};
pub use program::{Label, Program};
