//! Sessions on disk: one line appended for every input, before its result is shown.
//!
//! A save names a decision by its id, else by its words, so that a story may be mended while its sessions go on. What
//! of a save cannot be read, or no longer fits, is set aside under another name; nothing is overwritten.

#[cfg(feature = "terminal")]
mod atomic;
mod codes;
#[cfg(feature = "terminal")]
mod disk;
#[cfg(feature = "terminal")]
mod error;
#[cfg(feature = "terminal")]
mod journal;
mod line;
mod load;
#[cfg(feature = "terminal")]
mod names;
#[cfg(feature = "terminal")]
mod paths;
#[cfg(feature = "terminal")]
mod proofs;
#[cfg(feature = "terminal")]
mod settings;
mod vote;
mod written;

#[cfg(feature = "terminal")]
pub use atomic::{write_new, write_whole};
pub use codes::{ClassCode, CodeFault, SEEDS, TURNS, replay_group, replay_result, result_code, story_bits};
#[cfg(feature = "terminal")]
pub use error::SaveError;
#[cfg(feature = "terminal")]
pub use journal::{Journal, Resumed, begin, begin_another, holds_session};
pub use line::{Header, SaveLine};
pub use load::{LoadedSave, NotLoadable};
#[cfg(feature = "terminal")]
pub use names::{asked_name, kept_name};
#[cfg(feature = "terminal")]
pub use paths::{Save, new_save, saves, saves_folder, story_of, taken};
#[cfg(feature = "terminal")]
pub use proofs::Proofs;
#[cfg(feature = "terminal")]
pub use settings::{
    Pace, Settings, ThemeName, TurnPace, Waiting, keep_settings, line_of, load_settings, settings_file,
};
pub use vote::{GROUPS, vote};
pub use written::text;
