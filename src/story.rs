//! From RON files to a [`Story`], or to diagnostics; never to half a story.
//!
//! [`check()`] is the only place that judges: it goes through the files that were read ([`Sources`]), collects every
//! fault that one reading can find, and makes a [`Story`] only if there is no error. So the engine cannot meet an
//! unknown id, a wrong type or a missing text.

mod accent;
mod ast;
mod check;
mod deciding;
mod diagnostic;
mod embedded;
mod explain;
mod expr;
mod files;
mod hints;
mod ids;
mod language;
mod lexer;
mod model;
mod nearest;
mod packed;
mod place;
mod reach;
mod read;
mod recover;
mod sample;
mod schema;
mod source;
mod store;
mod template;

pub use accent::Accent;
pub use ast::{RECORDS, SCHEMA, holds};
pub use check::{Checked, Places, check, check_to_play};
pub(crate) use diagnostic::capped;
pub use diagnostic::{Code, Diagnostic, JsonDiagnostic, MOST_TOLD, Severity};
pub use embedded::{BUILT_IN, BuiltIn, built_in};
pub use explain::example;
pub use expr::{Change, Compared, Comparison, Condition, Effect, Sum, Weight};
pub use files::{
    FileError, Folder, MOST_FILES, OnShelf, StoryFiles, bytes_of, find, folder_of, is_scene_file, read_all, read_file,
    shelf, stem,
};
pub use language::is_right_to_left;
pub use lexer::{Token, TokenKind, lex};
pub use model::{
    Choice, ChoiceExtras, Clock, Decision, Domain, Ending, EndingId, Evidence, Expectation, Expected, Fact, FactId,
    FactStatus, Form, Hypothesis, InTransit, Inject, Lesson, Manner, MannerId, Message, MessageId, Moment, OnceId,
    Reading, Scene, SceneId, SceneKind, Seat, SeatId, Sent, Sheet, SheetId, SheetLine, Silence, SilenceOutcome, Story,
    Var, VarId, Way, WrittenWalk,
};
pub use nearest::nearest;
pub use packed::{pack_story, unpack_story};
pub use place::Place;
pub use reach::Cycles;
pub(crate) use reach::cycles;
pub use schema::{Field, Holds, Keys, SymbolKind};
#[cfg(feature = "terminal")]
pub(crate) use source::cannot_read;
pub use source::{LARGEST_FILE, SourceFile, Sources};
pub use store::{Span, Store};
pub(crate) use template::TemplateNode;
pub use template::{Piece, Prose, Template, Words};
