//! `hallway`: interactive episodes in a terminal, read from RON scene files.
//!
//! # Map
//!
//! ```text
//! text      clean · measure · wrap · marks of prose     the only room that sanitises or measures text
//! story     RON files → Story, or diagnostics           Valid by construction; one place that judges
//! engine    Story + seed + log → state, events          luck and time come in as data
//! proof     every night that can happen                 sets of states; a model of its own of what the engine does
//! record    nights on disk                              one line appended for each input
//! view      (session, seat) → Page                      words, no cells
//! play      a game in progress                          commands in, lines to keep out; undo, forks, the curtain
//! author    simulate                                  what a writer's commands do
//! teach     debrief                                     what a night leaves to talk about
//! plain     Page → lines; lines → picks                 pipes, screen readers
//! tui       Page → cells; keys → actions                the only room that knows ratatui
//! web       Page → JSON; JSON → commands                a page in a browser
//! cli       arguments; one file per command             owns standard output and exit codes
//! ```
//!
//! Each room may use those above it, never those below; `plain`, `tui` and `web` do not know each other. The invariants are
//! absences, and `tests/it/house.rs` reads the sources and holds them: no file, clock, environment or terminal in
//! `text`, `story` (but its one door to files), `engine`, `proof`, `view` and `play`; `crossterm` and signals in
//! `tui/terminal.rs` only; `rand` in `engine/random.rs` only.
//!
//! The proof does not run the engine: it has the rules once more, as guards and assignments that whole sets of states
//! can be put through. That the two mean the same is held by tests, which try every night of thousands of small random
//! stories on the engine and compare.
//!
//! The spine: a session is `(story, seed, log of inputs)`, and its state is a fold over the log. Saving, undoing,
//! resuming, replaying from another seat and the debrief are each a few lines over that log.

#[cfg(feature = "terminal")]
pub mod author;
#[cfg(feature = "terminal")]
pub mod cli;
pub mod engine;
#[cfg(feature = "terminal")]
pub mod plain;
pub mod play;
pub mod proof;
pub mod record;
pub mod story;
pub mod teach;
pub mod text;
#[cfg(feature = "terminal")]
pub mod tui;
pub mod view;
pub mod web;
