//! Where one is on a screen: the cursor, the scrolled page, the screens laid over each other.

use crate::story::SeatId;
use crate::tui::app::{App, ReadingPosition, Screen};
use crate::tui::draw;
use crate::tui::search::matches;
use crate::tui::text_input::InputPurpose;
use crate::view::{Action, strings};

impl App<'_> {
    /// How many lines the body has as it is set now.
    pub(super) fn body_length(&self) -> usize {
        draw::body_length(self)
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
            self.open(screen);
        }
    }

    /// Lays a screen over what is shown. What is under it is left as it is.
    pub(super) fn open(&mut self, screen: Screen) {
        self.places.insert(self.screen(), ReadingPosition { cursor: self.cursor, scroll: self.scroll });
        self.screens.retain(|known| *known != screen);
        self.screens.push(screen);
        self.scroll = if screen == Screen::History { usize::MAX } else { 0 };
        self.cursor = self.first_open();
    }

    pub(super) fn back(&mut self) {
        if self.step_back() {
            return;
        }
        if self.closes() {
            self.close();
        } else if self.screen() == Screen::Game {
            let keys = self.display.keymap.keys(Action::Quit);
            let key = keys.first().map(|key| key.name()).unwrap_or_default();
            self.notice = Some(strings::fill(strings::PRESS_TO_LEAVE, &[("key", &key)]));
        }
    }

    /// Whether the screen on top lies over another and can be closed.
    pub(super) fn closes(&self) -> bool {
        self.screens.len() > 1 && !matches!(self.screen(), Screen::Game | Screen::Curtain)
    }

    /// Takes the screen on top away; the one under it is as it was left.
    pub(super) fn close(&mut self) {
        self.screens.pop();
        let place = self.places.remove(&self.screen());
        self.scroll = place.map_or(0, |place| place.scroll);
        self.cursor = self.first_open();
        if let Some(place) = place.filter(|place| place.cursor < self.menu().len()) {
            self.cursor = place.cursor;
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
        } else if !forward && self.step_back() {
            // The columns of a message being put together stand side by side.
        } else {
            self.step(forward);
        }
    }

    /// Whether a number or Enter may decide something, or show what only one person may see.
    pub(in crate::tui) fn takes_choices(&self) -> bool {
        matches!(self.screen(), Screen::Game | Screen::Curtain) && self.field.is_none()
    }

    pub(super) fn first_open(&self) -> usize {
        self.menu().iter().position(|item| item.number.is_some()).unwrap_or(0)
    }

    /// Scrolls to the next place with the words being looked for, or to the one before; after the last comes the first.
    pub(super) fn find(&mut self, forward: bool) {
        let Some(wanted) = self.searched() else { return };
        let lines = draw::body_words(self);
        let found = matches(&lines, &wanted);
        let starts: Vec<usize> = found.iter().filter_map(|place| place.first()).map(|(line, _)| *line).collect();
        if starts.is_empty() {
            self.found = None;
            self.notice = Some(strings::fill(strings::NOWHERE, &[("wanted", &wanted)]));
            return;
        }
        let at = match self.found.as_ref().filter(|(before, _)| *before == wanted) {
            Some((_, at)) if forward => (at + 1) % starts.len(),
            Some((_, at)) => (at + starts.len() - 1) % starts.len(),
            // The first is the one that can be seen, or comes next.
            None => starts.iter().position(|line| *line >= self.scroll).unwrap_or(0),
        };
        let height = draw::body_height(self);
        if !(self.scroll..self.scroll + height).contains(&starts[at]) || forward {
            self.scroll = starts[at].saturating_sub(height / 3).min(draw::last_scroll(self));
        }
        let with: [(&str, &dyn std::fmt::Display); 2] = [("at", &(at + 1)), ("of", &starts.len())];
        self.notice = Some(strings::fill(strings::FOUND, &with));
        self.found = Some((wanted, at));
    }

    /// The words being looked for.
    pub(in crate::tui) fn searched(&self) -> Option<String> {
        let field = self.field.as_ref().filter(|field| field.what == InputPurpose::Search)?;
        let wanted = field.text().trim().to_owned();
        (!wanted.is_empty()).then_some(wanted)
    }
}
