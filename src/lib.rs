//! `hallway`: interactive episodes in a terminal, read from RON scene files.
//!
//! No stability is promised for the library: its items are public so that the tests and the binary can use them.
//!
//! # Map
//!
//! ```text
//! text      clean · measure · wrap · marks of prose     the only room that sanitises or measures text
//! story     RON files → Story, or diagnostics           Valid by construction; one place that judges
//! engine    Story + seed + log → state, events          luck and time come in as data
//! proof     every session that can happen               sets of states; a model of its own of what the engine does
//! record    saves, codes, settings                      one line appended for each input
//! view      (session, seat) → Page                      words, no cells
//! play      a game in progress                          commands in, lines to save out; undo, forks, the curtain
//! author    simulate · stats · map · walks · format      what a writer's commands do
//! teach     debrief · compare · handout                 what a session leaves to talk about
//! plain     Page → lines; lines → picks                 pipes, screen readers
//! tui       Page → cells; keys → actions                the only room that knows ratatui
//! web       Page → JSON; JSON → commands                a page in a browser
//! serve     a class on its own devices                  the only room with a socket
//! cli       arguments; one file per command             owns standard output and exit codes
//! ```
//!
//! Each room may use those above it, never those below; `plain`, `tui` and `web` do not know each other, and only `serve` has a socket. The invariants are
//! absences, and `tests/it/house.rs` reads the sources and holds them: no file, clock, environment or terminal in
//! `text`, `story` (but its one door to files), `engine`, `proof`, `view` and `play`; `crossterm` and signals in
//! `tui/terminal.rs` only; `rand` in `engine/random.rs` only.
//!
//! The proof does not run the engine: it has the rules once more, as guards and assignments that whole sets of states
//! can be put through. That the two mean the same is held by tests, which try every session of thousands of small random
//! stories on the engine and compare.
//!
//! The spine: a session is `(story, seed, log of inputs)`, and its state is a fold over the log. Saving, undoing,
//! resuming, replaying from another seat and the debrief are each a few lines over that log.
//!
//! # Finding one's way
//!
//! - What a field of the format is called, holds and refers to: `story/ast.rs`.
//! - What a writer is told: [`story::Code`] lists every diagnostic, `story/check` finds them, `story/explain.rs` has an
//!   example of each.
//! - What happens when somebody decides: [`engine::Rules`]. What is kept of it for each seat to read:
//!   `engine/recorder.rs`. Where chance comes in: `engine/random.rs`.
//! - From a key to an input: [`view::ACTIONS`] says which key means what, `tui/app/keys.rs` and
//!   `tui/app/menu_actions.rs` what it does, and [`play::Game::take`] carries it out.
//! - Who may see what: `play/curtain.rs`. No face asks the session for a page.
//! - A screen: one file in `tui/screens`, named in `tui/screen.rs`, `tui/draw.rs` and, if it has a menu,
//!   `tui/app/menus.rs`.
//! - What the faces say: `view/strings.rs`. What a command prints: its file in `cli`.
//!
//! # Glossary
//!
//! | word | means |
//! |---|---|
//! | story | what a writer wrote, checked: [`story::Story`] |
//! | scene | a place in the story: words, then an ending, a way on, or a decision |
//! | seat | a role somebody can take. Each scene belongs to the seat that decides there |
//! | holder | who decides for a seat: a person, the story, or the log of another session |
//! | session | one playing of a story: `(story, seed, log)`, in [`engine::Session`] |
//! | game | a session with somebody at the keyboard: undo, forks, the curtain |
//! | input | something from outside: a decision, a silence, a teacher's news. The log holds nothing else |
//! | pick | what is decided at a decision: [`engine::Pick`] |
//! | standing choice | a choice of a seat's that is on offer in all of its scenes |
//! | message | what one seat passes to another, most often by way of a third |
//! | pass, relay, receive | sending a message, carrying it on, taking it in. Each is a decision of its own |
//! | manner | how that is done: a carrier and a licence for a pass, a treatment for a relay, a handling for a receipt |
//! | in transit | of a message: sent, and not yet replaced by the next one |
//! | reading | what a message is heard as after one treatment: its words and its effects |
//! | trail | every passing of a session: what was meant, what was done to it, what was heard |
//! | sheet | a paper whose lines can be struck out and restored |
//! | lot | a route that chance decides. A walk or a test can force it |
//! | lean | how much weight the story gives a choice when it holds the seat |
//! | page | what one seat sees now, in words: [`view::Page`] |
//! | block | a stretch of a page: a scene's words, a reply, what was chosen |
//! | curtain | what hangs between two people's turns at one keyboard; behind it there is no page |
//! | record | what is known of the events behind a story: facts, with their sources |
//! | save | a session on disk, one line an input |
//! | class code, result code | which session a class plays, and how one went, short enough to read aloud |
//! | walk | decisions written down: by a writer as a test, by the proof as evidence |
//! | finding | something the proof found; it becomes a diagnostic |

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
#[cfg(feature = "serve")]
pub mod serve;
pub mod story;
pub mod teach;
pub mod text;
#[cfg(feature = "terminal")]
pub mod tui;
pub mod view;
pub mod web;
