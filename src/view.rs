//! What one seat sees: [`Page`], in words. Every face draws it; none knows the rules.
//!
//! Invariant: a page is made from what its seat has perceived, and from what it may see of the state. Nothing of
//! another seat's words is in it before the night is over.

mod action;
mod record;
pub mod says;

pub use crate::engine::{Ask, Facet, FacetKind, FacetOption, Offer, SheetView, Take};
pub use action::{ACTIONS, Action, Key, Keymap, Spec};
pub use record::{Entry, Mark, entries, mark_of};

use crate::engine::{Block, By, Holder, Hop, Session, Stop};
use crate::story::{Domain, SeatId, Story, VarId};

/// What a seat sees now: in the story's own words, and in those that were made of them in this night.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<'s, 'n> {
    pub seat: SeatId,
    pub seat_name: &'s str,
    /// The part of the night: “The knock”.
    pub part: Option<&'s str>,
    /// Where it is: “The corridor”.
    pub place: &'s str,
    /// The time on the story's clock: “8.55”.
    pub clock: Option<String>,
    pub status: Vec<Status>,
    pub blocks: &'n [Block],
    /// Messages on their way, as far as this seat perceives them.
    pub hops: &'n [Hop],
    /// What is to be decided, where this seat decides.
    pub ask: Option<&'n Ask<'s>>,
    pub turn: Turn,
}

/// A line of the status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    pub name: String,
    pub word: String,
    /// For counters: how far along its range, and how many steps it has.
    pub level: Option<(usize, usize)>,
}

/// Whose turn it is, as a seat may know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    Yours,
    Another,
    Over,
    /// The story has no way on: its fault.
    Stuck,
}

/// The page of a seat.
#[must_use]
pub fn view<'s, 'n>(session: &'n Session<'s>, seat: SeatId) -> Page<'s, 'n> {
    let story = session.story();
    let role = &story.seats[seat.index()];
    let clock = story.clock.as_ref().map(|clock| time(clock.starts, session.state().value(clock.var)));
    let mut status = Vec::new();
    for &var in &role.sees {
        status.push(status_of(story, var, session.state().value(var)));
    }
    let turn = match session.stop() {
        Stop::Decision(decides) if decides == seat => Turn::Yours,
        Stop::Decision(_) | Stop::Lot => Turn::Another,
        Stop::End(_) => Turn::Over,
        Stop::Stuck => Turn::Stuck,
    };
    let own_place = if turn == Turn::Yours { story.scene(session.state().scene).place.as_deref() } else { None };
    Page {
        seat,
        seat_name: &role.name,
        part: session.part(seat),
        place: own_place.unwrap_or(&role.place),
        clock,
        status,
        blocks: session.page(seat),
        hops: session.hops(seat),
        ask: session.ask().filter(|_| turn == Turn::Yours),
        turn,
    }
}

/// A time of the story's clock: `starts` in minutes after midnight, and the minutes since.
#[must_use]
pub fn time(starts: u16, since: i16) -> String {
    let minutes = i32::from(starts) + i32::from(since);
    format!("{}.{:02}", (minutes / 60 + 11) % 12 + 1, minutes % 60)
}

fn status_of(story: &Story, id: VarId, value: i16) -> Status {
    let var = &story.vars[id.index()];
    let (min, max) = var.domain.bounds();
    let step = usize::try_from(i32::from(value) - i32::from(min)).unwrap_or(0);
    let word = var.words.get(step).cloned().unwrap_or_else(|| match &var.domain {
        Domain::Counter(..) => value.to_string(),
        Domain::States(states) => states.get(step).map_or_else(String::new, |state| state.replace('_', " ")),
        Domain::Flag => if value == 0 { "no" } else { "yes" }.to_owned(),
    });
    let steps = usize::try_from(i32::from(max) - i32::from(min)).unwrap_or(0);
    let level = matches!(var.domain, Domain::Counter(..)).then_some((step, steps));
    Status { name: var.name.clone(), word, level }
}

/// The seats held by another night's log that have had to decide afresh, because that log was silent.
#[must_use]
pub fn departed(session: &Session<'_>) -> Vec<SeatId> {
    let by_log = |seat: &SeatId| matches!(session.holders()[seat.index()], Holder::Log(_));
    let fresh = |seat: &SeatId| session.steps().iter().any(|step| step.seat == *seat && step.by == By::Story);
    session.story().seat_ids().filter(|seat| by_log(seat) && fresh(seat)).collect()
}
