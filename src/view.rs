//! What one seat sees: [`Page`], in words. Every face draws it; none knows the rules.
//!
//! Invariant: a page is made from what its seat has perceived, and from what it may see of the state. Nothing of
//! another seat's words is in it before the session is over.

mod action;
mod key;
mod record;
pub mod strings;

pub use crate::engine::{Ask, Facet, FacetKind, FacetOption, Offer, OfferAction, SheetView};
pub use action::{ACTIONS, Action, ActionSpec, Keymap};
pub use key::Key;
pub use record::{Mark, RecordEntry, entries, known_heading, mark_of, whole_record};

use crate::engine::{Block, BlockKind, By, Holder, Hop, Session, Stop};
use crate::story::{Clock, Domain, Seat, SeatId, Story, VarId};

/// What a seat sees now. Nothing is copied: each part is looked up
/// when it is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Page<'s, 'n> {
    pub seat: SeatId,
    session: &'n Session<'s>,
}

/// A sentence that a seat knows word for word, because it sent it, was told it, or carried it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownSentence {
    /// How it knows of it, with the hour: “You sent, 8.35”.
    pub how: String,
    pub words: String,
}

/// A line of the status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusLine {
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
    Page { seat, session }
}

impl<'s, 'n> Page<'s, 'n> {
    fn role(self) -> &'s Seat {
        &self.session.story().seats[self.seat.index()]
    }

    #[must_use]
    pub fn seat_name(self) -> &'s str {
        &self.role().name
    }

    /// The part of the session: “The knock”.
    #[must_use]
    pub fn part(self) -> Option<&'s str> {
        self.session.part(self.seat)
    }

    /// Where it is: “The corridor”.
    #[must_use]
    pub fn place(self) -> &'s str {
        let scene = self.session.story().scene(self.session.state().scene);
        let own = scene.place().filter(|_| self.turn() == Turn::Yours);
        own.unwrap_or(&self.role().place)
    }

    /// The time on the story's clock: “8.55”.
    #[must_use]
    pub fn clock(self) -> Option<String> {
        let clock = self.session.story().clock.as_ref()?;
        let minutes = i32::from(clock.starts) + i32::from(self.session.state().value(clock.var));
        Some(time(self.session.story(), minutes))
    }

    #[must_use]
    pub fn status(self) -> Vec<StatusLine> {
        let (story, state) = (self.session.story(), self.session.state());
        self.role().sees.iter().map(|&var| status(story, var, state.value(var))).collect()
    }

    /// What has been perceived since the seat last decided, as it is shown.
    #[inline]
    pub fn blocks(self) -> impl Iterator<Item = Block<'n>> + Clone {
        told_once(self.session.page(self.seat))
    }

    /// Messages on their way, as far as this seat perceives them.
    #[must_use]
    pub fn hops(self) -> &'n [Hop] {
        self.session.hops(self.seat)
    }

    /// The last sentences that this seat has sent, heard, or been given to carry and said, in the order of their hours.
    #[must_use]
    pub fn last_sentences(self) -> Vec<KnownSentence> {
        let mut out: Vec<(usize, KnownSentence)> = Vec::new();
        let mut add = |order: usize, how: &str, minutes: Option<i16>, words: &str| {
            if out.iter().any(|(_, known)| known.how.starts_with(how)) || words.is_empty() {
                return;
            }
            let clock = self.session.story().clock.as_ref().zip(minutes);
            let hour = clock.map(|(clock, minutes)| {
                format!(", {}", time(self.session.story(), i32::from(clock.starts) + i32::from(minutes)))
            });
            let how = format!("{how}{}", hour.unwrap_or_default());
            out.push((order, KnownSentence { how, words: crate::text::plain(words) }));
        };
        for (at, passing) in self.session.trail().passings.iter().enumerate().rev() {
            let heard = passing.heard.as_deref();
            if passing.from == self.seat {
                add(2 * at, strings::YOU_SENT, passing.sent_at, &passing.meant);
            } else if passing.carried_by == Some(self.seat) {
                add(2 * at, strings::YOU_WERE_GIVEN, passing.sent_at, &passing.meant);
                add(2 * at + 1, strings::YOU_SAID, passing.heard_at, heard.unwrap_or_default());
            } else if passing.to == self.seat {
                add(2 * at + 1, strings::YOU_HEARD, passing.heard_at, heard.unwrap_or_default());
            }
        }
        out.sort_by_key(|(order, _)| *order);
        out.into_iter().map(|(_, known)| known).collect()
    }

    /// What is to be decided, if it is this seat's turn.
    #[inline]
    #[must_use]
    pub fn ask(self) -> Option<&'n Ask<'s>> {
        self.session.ask().filter(|_| self.turn() == Turn::Yours)
    }

    #[inline]
    #[must_use]
    pub fn turn(self) -> Turn {
        match self.session.stop() {
            Stop::Decision(decides) if decides == self.seat => Turn::Yours,
            Stop::Decision(_) | Stop::Lot => Turn::Another,
            Stop::End(_) => Turn::Over,
            Stop::Stuck => Turn::Stuck,
        }
    }
}

/// What is read, as it is shown: who waits at a scene that somebody else keeps coming back to reads its words once,
/// where they are the same each time.
pub fn told_once<'n>(blocks: impl Iterator<Item = Block<'n>> + Clone) -> impl Iterator<Item = Block<'n>> + Clone {
    let mut before = None;
    blocks.filter(move |block| before.replace(*block) != Some(*block) || block.kind != BlockKind::Prose)
}

/// A time as the story's clock shows it, in minutes after midnight.
#[must_use]
pub fn time(story: &Story, minutes: i32) -> String {
    Clock::format(story.clock.as_ref(), minutes)
}

fn status(story: &Story, id: VarId, value: i16) -> StatusLine {
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
    StatusLine { name: var.name.clone(), word, level }
}

/// The seats held by another session's log that had to decide anew, because the log had no decision for them.
#[must_use]
pub fn departed(session: &Session<'_>) -> Vec<SeatId> {
    let by_log = |seat: &SeatId| matches!(session.holders()[seat.index()], Holder::Log(_));
    let fresh = |seat: &SeatId| session.steps().any(|step| step.seat == *seat && step.by == By::Story);
    session.story().seat_ids().filter(|seat| by_log(seat) && fresh(seat)).collect()
}
