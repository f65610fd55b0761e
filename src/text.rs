//! The only room that sanitises, measures, wraps or marks up text.
//!
//! Text from outside (stories, saves, what a person types) passes [`clean()`] once, at the door; from then on every
//! room may assume that a string holds no control character, no bidirectional override and no tab, and is in
//! Unicode's normal form C.

mod clean;
mod compare;
mod glyphs;
mod join;
mod letters;
mod measure;
mod prose;
mod wrap;

pub use clean::{Forbidden, clean, clean_line, dedent, forbidden, has_any, head, shown};
pub use compare::{WordChange, compare, says};
pub use glyphs::Glyphs;
pub use join::{Joiner, join, joined, squeezed, stretches, without_edges};
pub use letters::{counted, escaped, lower_first, quoted, upper_first};
pub use measure::{is_picture, width};
pub use prose::{Paragraph, ParagraphKind, Run, Sentence, Style, paragraphs, plain, plain_sentences, without_cites};
pub use wrap::{Segment, WrappedLine, wrap, wrap_plain};
