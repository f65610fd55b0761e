//! What a class leaves: how each group's game went, to talk about and to take along.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use serde::Serialize;

use crate::engine::Session;
use crate::record::{asked_name, write_whole};
use crate::story::{SeatId, built_in};
use crate::teach::{CSV_HEADER, STEPS, board, csv_rows, group_word};
use crate::text::{quoted, shown};
use crate::web::{BlockValue, CrossingValue, DebriefValue, EntryValue};

use super::class::Class;
use super::group::Group;
use super::member::Denied;
use super::secret::SeatToken;
use super::shown::SeatName;
use super::table::Table;

/// What the table of all decisions is called, in the class's folder.
const CSV: &str = "results.csv";

/// A step of the talk about a game that is over, for a device.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LookBack {
    /// From 1.
    pub step: usize,
    pub title: &'static str,
    pub asks: &'static str,
    /// The class code and the result code, with which the game is there on any other computer too.
    pub codes: Option<(String, String)>,
    pub debrief: DebriefValue,
}

/// What whoever has finished can read while others play, and nobody has to explain: how it was for the others, and what
/// became of each message.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Afterwards {
    pub trail: Vec<CrossingValue>,
    /// What each seat read.
    pub seats: Vec<(SeatName, Vec<BlockValue>)>,
    /// What is worth arguing about.
    pub questions: Vec<String>,
}

/// What is known, and who says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RecordSoFar {
    /// Of what a seat has read so far.
    pub read: Vec<EntryValue>,
    /// What else the story rests on, once the game is over.
    pub more: Vec<EntryValue>,
}

impl Class {
    /// What the member of this token can know.
    pub(super) fn record(&self, token: &SeatToken) -> Result<RecordSoFar, Denied> {
        let (session, seat) = self.of(token)?.look(|table| {
            let member = &table.members[table.member(token).ok_or(Denied::Unknown)?];
            Ok((table.game().map(|game| game.session().clone()), table.seat_of(member)))
        })?;
        let read = session.as_ref().zip(seat).map(|(session, seat)| EntryValue::read_by(session, seat));
        let read = read.unwrap_or_default();
        let all =
            if session.is_some_and(|session| session.is_over()) { EntryValue::all(self.story) } else { Vec::new() };
        let more = all.into_iter().filter(|fact| read.iter().all(|known| known.id != fact.id)).collect();
        Ok(RecordSoFar { read, more })
    }

    /// What a member can read once its game is over.
    pub(super) fn afterwards(&self, token: &SeatToken) -> Result<Afterwards, Denied> {
        let (session, _) = self.over(token)?;
        let story = session.story();
        let read = |seat: SeatId| (SeatName::of(&story.seats[seat.index()]), BlockValue::history(&session, seat));
        Ok(Afterwards {
            trail: CrossingValue::all(&session),
            seats: story.seat_ids().map(read).collect(),
            questions: story.questions.clone(),
        })
    }

    /// A member's game that is over, and its seat.
    fn over(&self, token: &SeatToken) -> Result<(Session<'static>, Option<SeatId>), Denied> {
        self.of(token)?.look(|table| {
            let member = &table.members[table.member(token).ok_or(Denied::Unknown)?];
            let session = table.game().map(|game| game.session().clone()).filter(Session::is_over);
            let session = session.ok_or_else(|| Denied::Because("The game is not over.".to_owned()))?;
            Ok((session, table.seat_of(member)))
        })
    }

    /// What a member looks back on, once its game is over and the teacher has opened a step.
    pub(super) fn look_back(&self, token: &SeatToken) -> Result<LookBack, Denied> {
        let because = |why: &str| Denied::Because(why.to_owned());
        let (session, seat) = self.over(token)?;
        let (step, codes) = self.of(token)?.look(|table| (table.step, table.codes()));
        let at = step.checked_sub(1).and_then(|at| STEPS.get(at));
        let (title, asks) = at.copied().ok_or_else(|| because("The teacher has not opened this yet."))?;
        // Whoever observes looks back as the first seat does.
        let debrief = DebriefValue::of(&session, seat.unwrap_or(SeatId::new(0)));
        Ok(LookBack { step, title, asks, codes, debrief })
    }

    /// The games that have begun, each under its group's name.
    fn sessions(&self) -> Vec<(String, Session<'static>)> {
        let session =
            |group: &Arc<Group>| group.look(|table| Some((group.name.clone(), table.game()?.session().clone())));
        self.groups.iter().filter_map(session).collect()
    }

    /// The groups side by side, as text: all that have begun, or those whose game is over.
    pub(super) fn compared(&self, over: bool) -> String {
        let sessions = self.sessions().into_iter().filter(|(_, session)| !over || session.is_over());
        board(&sessions.collect::<Vec<_>>(), None)
    }

    /// Each group's class code and result code, a line each; then the line that compares them on any computer.
    pub(super) fn told_codes(&self) -> String {
        let codes = |group: &Arc<Group>| Some((group.name.clone(), group.look(Table::codes)?));
        let groups: Vec<(String, (String, String))> = self.groups.iter().filter_map(codes).collect();
        let Some((_, (class, _))) = groups.first() else { return "No group’s game is over yet.".to_owned() };
        let mut out = String::new();
        for (name, (class, result)) in &groups {
            let _ = writeln!(out, "{name}: class code {class}, result code {result}");
        }
        let _ = write!(out, "To compare them on any computer:\nhallway class compare {class}");
        for (name, (_, result)) in &groups {
            let _ = write!(out, " {}={result}", group_word(name));
        }
        if built_in(&self.plan.story).is_none() {
            let _ = write!(out, " --story {}", quoted(&asked_name(&self.plan.story)));
        }
        out
    }

    /// Writes every decision of the class as a table for a spreadsheet, into its folder; where that is, or `None` where
    /// nothing has begun.
    ///
    /// # Errors
    /// Why it cannot be written.
    pub fn keep_results(&self) -> Result<Option<PathBuf>, String> {
        let sessions = self.sessions();
        if sessions.is_empty() {
            return Ok(None);
        }
        let rows: String = sessions.iter().map(|(name, session)| csv_rows(name, session, &[])).collect();
        let path = self.folder.join(CSV);
        let written = write_whole(&path, format!("{CSV_HEADER}{rows}"));
        written.map_err(|why| format!("{} cannot be written: {why}", shown(&path)))?;
        Ok(Some(path))
    }
}
