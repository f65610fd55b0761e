//! Where one is on a screen: the cursor, the scrolled page, the screens laid over each other.

use crate::story::SeatId;
use crate::text::counted;
use crate::tui::app::{App, Screen};
use crate::tui::draw;
use crate::view::strings;

impl App<'_> {
    /// The item of the menu that is drawn at this place.
    pub(super) fn item_at(&self, column: u16, row: u16) -> Option<usize> {
        draw::item_at(self, column, row)
    }

    /// How many lines the body has as it is set now.
    pub(super) fn body_length(&self) -> usize {
        draw::body_words(self).len()
    }

    /// A screenful less two lines, so that the eye finds its place.
    pub(super) fn leap(&self) -> usize {
        draw::body_height(self).saturating_sub(2).max(1)
    }

    pub(super) fn settle_scroll(&mut self) {
        if self.scroll > 0 {
            self.scroll = self.scroll.min(draw::last_scroll(self));
        }
    }

    /// A new size, and the same words at the top of the page as before.
    pub(super) fn resize(&mut self, columns: u16, rows: u16) {
        let letters = |line: &String| line.chars().filter(|c| !c.is_whitespace()).count();
        let read: usize = draw::body_words(self).iter().take(self.scroll).map(letters).sum();
        self.size = (columns, rows);
        if self.scroll == 0 {
            return;
        }
        let mut before = 0;
        let lines = draw::body_words(self);
        self.scroll = lines
            .iter()
            .position(|line| {
                let after = before + letters(line);
                std::mem::replace(&mut before, after) + letters(line) > read
            })
            .unwrap_or(0);
        self.settle_scroll();
    }

    pub(super) fn step(&mut self, down: bool) {
        let last = self.menu().len().checked_sub(1);
        match last {
            Some(last) if down && self.cursor < last => self.cursor += 1,
            Some(_) if !down && self.cursor > 0 => self.cursor -= 1,
            // At either end of the choices the arrows read on, so that long pages need no second set of keys.
            _ => self.scroll = if down { self.scroll.saturating_add(1) } else { self.scroll.saturating_sub(1) },
        }
    }

    pub(super) fn toggle(&mut self, screen: Screen) {
        if self.screen() == screen {
            self.back();
        } else {
            self.screens.retain(|known| *known != screen);
            self.screens.push(screen);
            self.scroll = if screen == Screen::History { usize::MAX } else { 0 };
            self.cursor = self.first_open();
        }
    }

    pub(super) fn back(&mut self) {
        if self.step_back() {
            return;
        }
        if self.screens.len() > 1 && !matches!(self.screen(), Screen::Game | Screen::Curtain) {
            self.screens.pop();
            self.scroll = 0;
            self.cursor = self.first_open();
        } else if self.screen() == Screen::Game {
            self.notice = Some(strings::PRESS_Q.to_owned());
        }
    }

    /// Takes the last answer about a message that is being put together back; `false` where there is none.
    pub(super) fn step_back(&mut self) -> bool {
        let Some(compose) = self.compose.as_mut().filter(|_| self.screens.last() == Some(&Screen::Game)) else {
            return false;
        };
        if compose.answers.pop().is_none() {
            self.compose = None;
        }
        self.cursor = 0;
        true
    }

    /// The next or previous page of what is on screen: the other seats of a finished session.
    pub(super) fn turn(&mut self, forward: bool) {
        let seats = self.story.seats.len();
        if let Screen::OtherSide(seat) = self.screen() {
            let at = if forward { seat.index() + 1 } else { seat.index() + seats - 1 } % seats;
            self.screens.pop();
            self.screens.push(Screen::OtherSide(SeatId::new(at)));
            self.scroll = 0;
        } else {
            self.step(forward);
        }
    }

    pub(super) fn open(&mut self, screen: Screen) {
        self.screens.push(screen);
        self.scroll = 0;
        self.cursor = self.first_open();
    }

    pub(super) fn first_open(&self) -> usize {
        self.menu().iter().position(|item| item.number.is_some()).unwrap_or(0)
    }

    /// Scrolls to the next line that has the words being looked for, from the top again after the last.
    pub(super) fn find(&mut self) {
        let Some(wanted) = self.searched() else { return };
        let lines = draw::body_words(self);
        let found: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].to_lowercase().contains(&wanted)).collect();
        // The line found last stands at the top, or as near to it as the end of the text lets it.
        let last = draw::last_scroll(self);
        let next = found.iter().find(|at| **at > self.scroll && **at <= last).or(found.first());
        match next {
            Some(at) => {
                self.scroll = (*at).min(last);
                let lines = counted(found.len(), "line");
                self.notice = Some(format!("“{wanted}” in {lines}; Enter goes to the next, Esc closes."));
            }
            None => self.notice = Some(strings::fill(strings::NOWHERE, &[("wanted", &wanted)])),
        }
    }

    /// The words being looked for, in small letters.
    pub(in crate::tui) fn searched(&self) -> Option<String> {
        let field = self.field.as_ref().filter(|field| field.what == super::InputPurpose::Search)?;
        let wanted = field.text.trim().to_lowercase();
        (!wanted.is_empty()).then_some(wanted)
    }
}
