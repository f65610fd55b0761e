//! The same game without a terminal: a page in a browser asks in JSON, and is answered in JSON.
//!
//! This is a contract: whoever builds a page of their own builds it on these requests and answers. A request is an object
//! whose `do` says what is wanted:
//!
//! | `do` | with | does |
//! |---|---|---|
//! | `begin` | `seats`: ids of the seats that persons hold; `seed`: a number below 2⁵³; or `code`: a class code | begins a game |
//! | `resume` | `save`: a save's whole text | goes on with a kept game |
//! | `choose` | `at`: an index into the offers; `answers`: of a message that is put together, an index into each question's options | decides |
//! | `standing` | | takes the choice that is always there |
//! | `undo`, `redo` | | takes the last decision back; takes it again |
//! | `sit` | | whoever plays next has sat down: the curtain is lifted |
//! | `silence`, `wait`, `stop` | | lets the time of a turn run out; lets the clock go on; stops the game, for a teacher |
//! | `news` | `at`: an index into the story's news | brings it in, for a teacher |
//! | `name` | `words` | names the game |
//! | `fork` | `at`: as `decisions` has it | a new game that goes like this one up to there |
//! | `same` | `seat` | a new game, the same from another seat |
//! | `page` | | nothing: answers with the page as it stands |
//! | `history` | `seat`: after the end, whose | all that the seat has read and chosen |
//! | `decisions` | | what has been decided, to play on from; and in `undone` how many decisions can be taken again |
//! | `debrief` | | after the end: what became of each message, what turned the game, what is known |
//! | `save` | | the save's whole text |
//! | `codes` | | the class code and the result code |
//!
//! An answer is an object. `error` is a sentence for the person, and then nothing has changed. `lines` are to be appended
//! to the save, each with a line end, before anything is shown; `begun` says that a new save begins with the text that
//! `save` gives. `page` is what the seat at the keyboard sees; it is missing behind the curtain, where `curtain` is the seat
//! that is to sit down. What else was asked for stands under its own name. In a `page` are:
//!
//! | field | is |
//! |---|---|
//! | `seat` | whose page it is: `id`, `name`, `place`, `counts`, `brief` |
//! | `turn` | `yours`, `another` (somebody else decides), `over`, or `stuck` by the story's fault |
//! | `part`, `place`, `clock` | where and when; may be `null` |
//! | `status` | how things stand: `name` and `word` each, and `level` of so many steps, or `null` |
//! | `blocks` | what has been read since the seat last decided: `kind` (`part`, `prose`, `chosen`, `reply`, `silence`, `news`, `notice`) and `prose` |
//! | `hops` | messages on their way since then: `from`, `to`, and `stage` (`sent`, `in-hand`, `heard`) |
//! | `ask` | what is to be decided, or `null`: `offers` (`words`, `open`, `note`, `why` it is not open, `kind`), `standing`, `questions` of a message (`question`, and `options` with `words` and `note`), and the `sheet` that is being marked |
//! | `record` | the facts that the page cites: `id`, `mark`, `text`, `says` |
//! | `ending` | `null` until the end: `id`, `title`, `because` |
//!
//! An offer's `kind` is `choice`, `done`, `line` of the sheet, or `message`, which the questions follow. Prose is a list of
//! paragraphs: `note` where it is a written line, and `sentences` of `runs` (`text`, `emphasis`, `struck`), the
//! facts that each `cites`, and its `mark` (`reported`, `disputed`, `inferred`, `invented`).

mod answer;
mod debrief;
mod decide;
#[cfg(target_family = "wasm")]
mod exports;
mod page;
mod request;
mod runtime;

pub use answer::{Answer, StoryValue};
pub use debrief::{CrossingValue, DebriefValue};
pub use decide::pick;
pub use page::{BlockValue, EndingValue, EntryValue, PageValue, ParagraphValue, SeatValue};
pub use request::Request;
pub use runtime::Runtime;
