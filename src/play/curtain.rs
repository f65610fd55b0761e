//! Who may see what. Where several people share a keyboard, a curtain hangs from one's last decision until the next has
//! sat down; what hangs behind it cannot be asked for.

use crate::engine::Session;
use crate::story::SeatId;
use crate::view::{Page, view};

use super::Game;

impl<'s> Game<'s> {
    /// Whether the next person has yet to sit down. A game that is over hides nothing, until a decision is taken back.
    #[must_use]
    pub fn curtain_hangs(&self) -> bool {
        self.curtain && !self.is_over()
    }

    /// Lifts the curtain: whoever plays next has sat down.
    pub fn sit_down(&mut self) {
        self.curtain = false;
    }

    /// The session, and the seat from which it may be shown; `None` behind the curtain.
    #[must_use]
    pub fn seen(&self) -> Option<(&Session<'s>, SeatId)> {
        (!self.curtain_hangs()).then_some((&self.session, self.seat))
    }

    /// The page of whoever sits at the keyboard; `None` behind the curtain.
    #[must_use]
    pub fn page(&self) -> Option<Page<'s, '_>> {
        self.seen().map(|(session, seat)| view(session, seat))
    }

    /// The session once it is over, when every seat's part in it may be shown.
    #[must_use]
    pub fn finished(&self) -> Option<&Session<'s>> {
        self.is_over().then_some(&self.session)
    }

    /// Hands the keyboard to whoever decides next; true where that is another seat.
    pub(super) fn change_seats(&mut self) -> bool {
        let next = self.session.turn().filter(|next| self.is_shared() && *next != self.seat);
        if let Some(next) = next {
            self.seat = next;
            self.curtain = true;
        }
        next.is_some()
    }
}
