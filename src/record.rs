//! Nights on disk: one line appended for every input, before its result is shown.
//!
//! A save names a decision by its id, else by its words, so that a story may be mended while its nights go on. A torn
//! last line is dropped; a file that cannot be read is set aside under another name, never overwritten.

mod codes;
mod journal;
mod line;
mod paths;
mod settings;
mod whole;

pub use codes::{ClassCode, CodeFault, TURNS, replay_result, result_code, story_bits};
pub use journal::{Journal, Resumed, Told, Trouble, begin};
pub use line::{Header, Line};
pub use paths::{Save, new_save, saves, saves_folder, story_of, taken};
pub use settings::{
    Pace, Settings, ThemeName, TurnPace, Waiting, keep_settings, line_of, load_settings, settings_file,
};
pub use whole::{write_new, write_whole};
