use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::record::{kept_name, write_new, write_whole};
use crate::story::{SeatId, Story};
use crate::text::shown;

use super::member::LESSON;
use super::secret::room_code;

/// What the file of a class is called, in its folder.
const FILE: &str = "class.json";
/// What says, beside it, that the teacher has ended the lesson.
const CLOSED: &str = "closed";

/// What a class is to play: kept in its folder, so that a class that was interrupted goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassPlan {
    /// What the story is asked for by.
    pub story: String,
    /// The luck of every group's game.
    pub seed: u64,
    /// Seconds for each turn; 0 is no limit.
    #[serde(default)]
    pub turn: u16,
    /// The room's code.
    pub code: String,
    /// For each group the ids of the seats that pupils hold; the story holds the others.
    pub groups: Vec<Vec<String>>,
}

/// A class whose lesson may still go on.
#[derive(Debug, Clone)]
pub struct OpenClass {
    pub plan: ClassPlan,
    pub folder: PathBuf,
    /// How long ago anything happened in it.
    pub since: Duration,
    /// Another hallway has it.
    pub is_served: bool,
}

impl ClassPlan {
    /// A new one.
    ///
    /// # Errors
    /// Where the system has no luck to give.
    pub fn new(
        name: &str,
        story: &Story,
        seed: u64,
        groups: impl IntoIterator<Item = Vec<SeatId>>,
    ) -> Result<Self, String> {
        let id = |seat: SeatId| story.seats[seat.index()].id.clone();
        let groups = groups.into_iter().map(|seats| seats.into_iter().map(id).collect());
        Ok(Self { story: kept_name(name), seed, turn: 0, code: room_code()?, groups: groups.collect() })
    }

    /// Returns this plan with `seconds` for each turn; 0 is no limit.
    #[must_use]
    pub fn with_turns_of(self, seconds: u16) -> Self {
        Self { turn: seconds, ..self }
    }

    /// The plan that a folder keeps; `None` where there is none yet.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn kept(folder: &Path) -> Result<Option<Self>, String> {
        let path = folder.join(FILE);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(format!("{} cannot be read: {error}", shown(&path))),
        };
        let plan = serde_json::from_str(&text);
        plan.map(Some)
            .map_err(|why| format!("{} is not what a class has kept: {why}; name another folder", shown(&path)))
    }

    /// Keeps it in a folder where there is none yet.
    ///
    /// # Errors
    /// Why it cannot be written.
    pub fn keep(&self, folder: &Path) -> Result<(), String> {
        let path = folder.join(FILE);
        let text = serde_json::to_string_pretty(self).map_err(|why| why.to_string())?;
        write_new(&path, text + "\n").map_err(|error| format!("{} cannot be made: {error}", shown(&path)))
    }

    /// Notes that the lesson of this folder's class has been ended.
    pub(super) fn close(folder: &Path) -> Result<(), String> {
        let path = folder.join(CLOSED);
        write_whole(&path, "").map_err(|error| format!("{} cannot be made: {error}", shown(&path)))
    }

    /// The class that a folder keeps, if its lesson may still go on: nobody has ended it, and it was not long ago.
    #[must_use]
    pub fn open_in(folder: &Path) -> Option<OpenClass> {
        let plan = Self::kept(folder).ok().flatten().filter(|_| !folder.join(CLOSED).exists())?;
        let files = std::fs::read_dir(folder).ok()?.filter_map(Result::ok);
        let written = files.filter_map(|file| file.metadata().and_then(|data| data.modified()).ok()).max()?;
        let since = written.elapsed().unwrap_or_default();
        let locked = File::open(folder.join(FILE)).ok()?.try_lock();
        let is_served = matches!(locked, Err(TryLockError::WouldBlock));
        (since < LESSON).then(|| OpenClass { plan, folder: folder.to_owned(), since, is_served })
    }

    /// Keeps every other hallway out of a class's folder for as long as the file is open.
    ///
    /// # Errors
    /// If another has it open.
    pub(super) fn lock(folder: &Path) -> Result<File, String> {
        let path = folder.join(FILE);
        let file = File::open(&path).map_err(|error| format!("{} cannot be opened: {error}", shown(&path)))?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => {
                Err(format!("the class in {} is being served already, in another window", shown(folder)))
            }
            // Some disks know no locks; a lesson is worth more than the certainty that it is served once.
            Ok(()) | Err(TryLockError::Error(_)) => {
                // Whoever has it open goes on with it.
                let _ = std::fs::remove_file(folder.join(CLOSED));
                Ok(file)
            }
        }
    }

    /// For each group the seats that pupils hold.
    ///
    /// # Errors
    /// A seat that the story does not have.
    pub fn seats(&self, story: &Story) -> Result<Vec<Vec<SeatId>>, String> {
        let seat = |id: &String| {
            story
                .seat_named(id)
                .ok_or_else(|| format!("this class was begun with a seat “{id}”, which the story no longer has"))
        };
        self.groups.iter().map(|group| group.iter().map(seat).collect()).collect()
    }
}
