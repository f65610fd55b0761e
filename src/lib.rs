//! `hallway`: interactive stories in which messages pass between people and may arrive changed, read from RON files.
//!
//! No stability is promised for the library: its items are public so that the tests and the binary can use them.
//!
//! # Map
//!
//! ```text
//! text      clean · measure · wrap · marks of prose     the only module that cleans or measures text
//! story     RON files → Story, or diagnostics           Valid by construction; one place that judges
//! engine    Story + seed + log → state, events          chance and time come in as data
//! proof     every possible session                      sets of states; a second model of the rules
//! record    saves, codes, settings                      one line appended for each input
//! view      (session, seat) → Page                      words, no cells
//! play      a game in progress                          commands in, lines to save out; undo, forks, the curtain
//! author    simulate · stats · map · walks · format     what a writer's commands do
//! teach     debrief · compare · handout                 what a session leaves to talk about
//! plain     Page → lines; lines → picks                 pipes, screen readers
//! tui       Page → cells; keys → actions                the only module that knows ratatui
//! web       Page → JSON; JSON → commands                a page in a browser
//! serve     a class on its own devices                  the only module with a socket
//! cli       arguments; one file per command             owns standard output and exit codes
//! ```
//!
//! Each module may use those above it, never those below; `plain`, `tui` and `web` do not know each other. The invariants
//! are absences, and `tests/it/house.rs` reads the sources and holds them: no file, clock, environment or terminal in
//! `text`, `story` (but its one door to files), `engine`, `proof`, `view` and `play`; `crossterm` and signals in
//! `tui/terminal.rs` and the files below it only; `rand` in `engine/random.rs` only.
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
//! - A message on its way: [`engine::Rules`] does it, `engine/trail.rs` keeps it, `engine/render.rs` words it, and
//!   `proof/program/steps.rs` does it again for the proof.
//! - Written before shown: [`play::Game::take`] returns the lines to save, and whoever called it writes them before it shows
//!   anything: `tui/run.rs` (`perform`), `plain/play.rs` (`command`), `serve/table.rs` (`command`).
//! - Who decides for a seat that nobody holds: `engine/session/autoplay.rs`, which weighs what is open
//!   (`engine/leaning.rs`), and leaves a cycle it has been in for long by the shortest way (`engine/way_out.rs`).
//! - Which findings of the proof are reported: `proof/report.rs` makes them, `proof/causes.rs` leaves out what follows from
//!   another, and `cli/check.rs` puts them beside the other diagnostics.
//! - Who may see what: `play/curtain.rs`. The full screen asks [`play::Game`] for a page, and gets none behind the
//!   curtain. The plain face and the class server ask the session, each for one seat.
//! - A screen: one file in `tui/screens`, named in `tui/screen.rs`, `tui/screens.rs`, `tui/draw.rs` and
//!   `tui/app/menus.rs`.
//! - What the two faces in a terminal say: `view/strings.rs`. What a command prints: its file in `cli`.
//!
//! # Glossary
//!
//! Where the code has two words for one thing, or one word for two things, the row says which to use in new code.
//!
//! | word | means |
//! |---|---|
//! | story | what a writer wrote, checked: [`story::Story`] |
//! | episode | a long story; only of *Hold the Line* |
//! | scene | a place in the story: words, then an ending, a way on, or a decision |
//! | way, way on | what a scene without a decision may go on to; a *route* is several, of which conditions or chance choose one |
//! | seat | a role somebody can take. Each scene belongs to the seat that decides there. The format and the options say *role*, the code *seat* |
//! | holder | who decides for a seat: a person, the story, or the log of another session |
//! | person | a human who decides; *reader* where it matters that they read. A `ProseReader` or `RonReader` is no person |
//! | session | one playing of a story: `(story, seed, log)`, in [`engine::Session`] |
//! | game | a session with a person at it: undo, forks, the curtain. *Night* is a word of the episode only; test names and JSON still have it |
//! | log | the inputs of a session, in order |
//! | input | something from outside: a decision, a silence, a teacher's news. The log holds nothing else |
//! | state | where a session stands: scene, variables, the message in transit. It follows from the log |
//! | command | what a person wants of a game: [`play::Command`]. On the command line, a subcommand |
//! | action | what a key or a word asks for: [`view::Action`] |
//! | order | what a writer does to a game in `watch` (go to a scene, set a variable), and what a teacher types in `class serve`. In new code: *debug command*, *console command* |
//! | effect | what a choice changes in the state; in `tui`, what the app asks of its surroundings (`AppEffect`) |
//! | decision | a point at which a seat chooses; also what it chose there |
//! | offer, option | what can be chosen at a decision |
//! | pick | what is decided at a decision: [`engine::Pick`] |
//! | ask, facet | the decision to be made now, as it is offered; one of the things that a pass is made of (message, carrier, licence) |
//! | hop | a message on its way as one seat perceives it: its sender sees it go, its receiver sees it come, its carrier both |
//! | put | of a session: to word the next question. In new code, do not use it for applying an input |
//! | turn | the stretch in which one seat decides. What limits its seconds is the *turn limit*; the decisions that mattered most are *turning points*; a move to another tab is no turn |
//! | silence | an input: the time of a turn is up, and the game goes on without a decision |
//! | freeze | an input: the teacher stops the game. Its people are told “stopped”; `engine::Stop` is something else, the point where the engine waits |
//! | inject, news | what a teacher breaks into a game. The format and code say *inject*, people *news* |
//! | standing choice | a choice of a seat's that is on offer in all of its scenes. In new code *standing* means nothing else: a fact has a *status*, a clock is *paused* |
//! | message | what one seat passes to another, most often by way of a third |
//! | pass, relay, receive | sending a message, carrying it on, taking it in. Each is a decision of its own |
//! | manner | how that is done: a carrier and a licence for a pass, a treatment for a relay, a handling for a receipt |
//! | in transit | of a message: sent, and not yet replaced by the next one. Also *under way* and *parcel* in older names; use *in transit* |
//! | reading | what a message is heard as after one treatment: its words and its effects |
//! | heard | what became of a message at its receiver. In expressions `heard(…)` asks for it; an `Observer` is told of it |
//! | answers | of a reading: what it brings about for another seat, most often its sender. An answer to a browser or an editor is a *response* in new code |
//! | trail | every passing of a session: what was meant, what was done to it, what was heard |
//! | sheet | a paper of the story whose lines can be struck out and restored. A paper of the printed pack is a *document* in new code |
//! | mark | a stroke on a sheet; also how a sentence is known ([`view::Mark`]). In new code: *stroke*, *certainty* |
//! | tick | the step of the story's clock while a person thinks, in minutes |
//! | waiting | whether the clock goes on while a person thinks. Older names say *patience* |
//! | chance | whatever the seed decides. *Luck* in what people read |
//! | lot | a route that chance decides. A walk or a test can force it |
//! | lean, weight | how much the story prefers a choice when it holds the seat; the number is a *weight* |
//! | odds, share | how probable an ending is, computed; how often it came, counted |
//! | page | what one seat sees now, in words: [`view::Page`] |
//! | block | a stretch of a page: a scene's words, a reply, what was chosen |
//! | face | one of the ways to show a page: `plain`, `tui`, `web` |
//! | screen | what fills the window in `tui`: a game, a menu, a list |
//! | curtain | what hangs between two people's turns at one keyboard; behind it there is no page |
//! | module, room | a *module* is one of the map's; *room* is for the seats' rooms in a story and for a class |
//! | place | a byte range in a source file: `story::Place`. A seat's place is its room; an index is an *index* |
//! | span | a stretch of an arena, in `story/store.rs`. Not a place in a file |
//! | record | what is known of the events behind a story: facts, with their sources. The module `record` keeps games; a record of the format is a `(…)` with fields |
//! | save | a session on disk, one line an input. Its unfinished writing is a [`record::Journal`] |
//! | fork | a new game from a decision of another |
//! | class code, result code | which session a class plays, and how one went, short enough to read aloud |
//! | group, table, member | some pupils who play one game; that game and its seats; one of their devices. A CSV table is always called so |
//! | token, word, room code | what a device, a pupil and a class are known by |
//! | fingerprint | a number of everything in a story that decides |
//! | walk | decisions written down: by a writer as a test, by the proof as evidence |
//! | proof | the exploring of every possible session, in `proof` |
//! | finding, fault | something the proof found, and what kind it is. It becomes a diagnostic |
//! | diagnostic, code | something `check` reports, and its kind: [`story::Code`] |
//! | hint, mend | what a writer probably meant, and the text that would put it right |
//! | slip | a typing error in a story |
//! | gloss | the first words of a text, to name it by in a finding |
//! | told, said, shown | reported, printed, or filtered. In new code use the exact verb |

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
