//! A class on its own devices: one teacher's computer serves, every pupil opens its address on whatever they have, and each
//! device is sent its own seat's page and nothing else. The only room with a socket.
//!
//! One process; a [`Class`] has its groups, each with a game and its journal on disk. A device that has joined is a *member*
//! of a group, known by a token that cannot be guessed; its seat, or none for one who observes. Nothing is kept about
//! anybody: no name is asked for, and what is kept of a token is a sum from which it cannot be had.
//!
//! What a device asks for:
//!
//! | | with | is answered |
//! |---|---|---|
//! | `GET /`, `/class.js`, `/class.css` | | the page, its script and style |
//! | `POST /room` | `code` | what the class plays, and which seats are free |
//! | `POST /join` | `code`, `group`, `seat` (without one: to observe) | a token, as a cookie |
//! | `POST /again` | `code`, `group`, `seat`, `word` | the same, for a seat that its holder takes up again |
//! | `GET /events` | the token | a stream of server-sent events: what the member sees ([`Shown`]), whenever it has changed |
//! | `GET /state` | the token | the same, once |
//! | `POST /decide` | the token, `moves`, `request` | the same, once it is decided; 409 where the game has gone on meanwhile |
//! | `GET /history` | the token | all that the seat has read |
//! | `GET /record` | the token | the facts that it has read of, and who says so |
//! | `POST /read` | the token | nothing; its holder has read who they are, and their turn is measured |
//! | `GET /after` | the token | once the game is over: the way of each message, and what each seat has read |
//! | `GET /debrief` | the token | the step of looking back that the teacher has opened, once the game is over |
//! | `POST /board` | `code` | what the projector shows: who is where, without secrets |
//! | `GET /board`, `/board.js` | | its page |
//! | `POST /leave` | the token | nothing; the seat is free |
//!
//! Invariants: a line is in the journal before anything of it is sent; what is sent to a member is made of its own seat's
//! page alone until its game is over; no request names a file.

mod address;
mod board;
mod class;
mod console;
mod door;
mod event;
mod gate;
mod group;
mod guard;
mod member;
mod orders;
mod pages;
mod plan;
mod rate;
mod results;
mod routes;
mod secret;
mod shown;
mod table;
mod turn;

pub use address::{Addresses, listen};
pub use class::Class;
pub use door::serve;
pub use event::ClassEvent;
pub use orders::Said;
pub use plan::{ClassPlan, OpenClass};
pub use shown::Shown;
