//! Nights on disk: one line appended for every input, before its result is shown.
//!
//! A save names a decision by its id, else by its words, so that a story may be mended while its nights go on. What of a
//! save cannot be read, or no longer fits, is set aside under another name; nothing is overwritten.

mod codes;
mod journal;
mod line;
mod names;
mod paths;
mod proved;
mod settings;
mod told;
mod trouble;
mod vote;
mod whole;

pub use codes::{ClassCode, CodeFault, TURNS, replay_result, result_code, story_bits};
pub use journal::{Journal, Resumed, begin, begin_another, holds_night};
pub use line::{Header, Line};
pub use names::{asked_name, kept_name};
pub use paths::{Save, new_save, saves, saves_folder, story_of, taken};
pub use proved::Proofs;
pub use settings::{
    Pace, Settings, ThemeName, TurnPace, Waiting, keep_settings, line_of, load_settings, settings_file,
};
pub use told::Told;
pub use trouble::Trouble;
pub use vote::{GROUPS, vote};
pub use whole::{write_new, write_whole};
