//! The same game without a terminal: a page in a browser asks in JSON, and is answered in JSON.
//!
//! This is a contract: whoever builds a page of their own builds it on these requests and answers. A request is an object
//! whose `do` says what is wanted:
//!
//! | `do` | with | does |
//! |---|---|---|
//! | `open` | `name`, `files`: a list of `[name, text]` | reads and checks a story; first of all |
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
//! | `decisions` | | what has been decided, to play on from |
//! | `debrief` | | after the end: what became of each message, what turned the game, what is known |
//! | `save` | | the save's whole text |
//! | `codes` | | the class code and the result code |
//!
//! An answer is an object. `error` is a sentence for the person, and then nothing has changed. `lines` are to be appended
//! to the save, each with a line end, before anything is shown; `begun` says that a new save begins with the text that
//! `save` gives. `page` is what the seat at the keyboard sees ([`PageValue`]); it is missing behind the curtain, where
//! `curtain` names who is to sit down. What else was asked for stands under its own name.

mod answer;
mod debrief;
#[cfg(target_family = "wasm")]
mod exports;
mod page;
mod request;
mod runtime;

pub use answer::Answer;
pub use page::PageValue;
pub use request::Request;
pub use runtime::Runtime;
