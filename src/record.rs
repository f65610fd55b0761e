//! Nights on disk: one line appended for every input, before its result is shown.
//!
//! A save names a decision by its id, else by its words, so that a story may be mended while its nights go on. What of a
//! save cannot be read, or no longer fits, is set aside under another name; nothing is overwritten.

mod codes;
#[cfg(feature = "terminal")]
mod disk;
#[cfg(feature = "terminal")]
mod journal;
mod line;
#[cfg(feature = "terminal")]
mod names;
#[cfg(feature = "terminal")]
mod paths;
#[cfg(feature = "terminal")]
mod proved;
#[cfg(feature = "terminal")]
mod settings;
mod told;
#[cfg(feature = "terminal")]
mod trouble;
mod vote;
#[cfg(feature = "terminal")]
mod whole;
mod written;

pub use codes::{ClassCode, CodeFault, TURNS, replay_result, result_code, story_bits};
#[cfg(feature = "terminal")]
pub use journal::{Journal, Resumed, begin, begin_another, holds_night};
pub use line::{Header, SaveLine};
#[cfg(feature = "terminal")]
pub use names::{asked_name, kept_name};
#[cfg(feature = "terminal")]
pub use paths::{Save, new_save, saves, saves_folder, story_of, taken};
#[cfg(feature = "terminal")]
pub use proved::Proofs;
#[cfg(feature = "terminal")]
pub use settings::{
    Pace, Settings, ThemeName, TurnPace, Waiting, keep_settings, line_of, load_settings, settings_file,
};
pub use told::{LoadedSave, NotLoadable};
#[cfg(feature = "terminal")]
pub use trouble::SaveError;
pub use vote::{GROUPS, vote};
#[cfg(feature = "terminal")]
pub use whole::{write_new, write_whole};
pub use written::text;
