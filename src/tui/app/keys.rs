//! What a key or a click does.

use crate::play::{Command, Game};
use crate::view::{Action, Key, strings};

use crate::tui::draw;
use crate::tui::text_input::{InputPurpose, TextInput};

use super::{App, AppEffect, Screen};

impl App<'_> {
    pub(super) fn key(&mut self, key: Key) -> Vec<AppEffect> {
        let action = self.display.keymap.action(key);
        let leaves = matches!(action, Some(Action::Interrupt | Action::Suspend | Action::Quit));
        if self.motion.finish() && !leaves {
            return Vec::new();
        }
        self.notice = None;
        let interrupted = std::mem::take(&mut self.interrupted);
        if self.field.is_some() && !matches!(action, Some(Action::Interrupt | Action::Suspend)) {
            return self.typed(key);
        }
        if let Key::Char(digit @ '0'..='9') = key {
            return self.digit(digit as usize - '0' as usize);
        }
        if let Some(number) = self.digit.take()
            && action == Some(Action::Choose)
        {
            return self.number(number);
        }
        match action {
            Some(action) => self.act(action, interrupted),
            None => Vec::new(),
        }
    }

    /// A click takes the item under it, by the rules of a key.
    pub(super) fn click(&mut self, column: u16, row: u16) -> Vec<AppEffect> {
        if self.motion.finish() || self.field.is_some() {
            return Vec::new();
        }
        self.notice = None;
        (self.interrupted, self.digit) = (false, None);
        let Some(at) = draw::item_at(self, column, row) else { return Vec::new() };
        self.cursor = at;
        self.choose()
    }

    pub(super) fn act(&mut self, action: Action, interrupted: bool) -> Vec<AppEffect> {
        let in_game = self.game.is_some() && self.screens.contains(&Screen::Game);
        let searches = action == Action::Search && self.screen() == Screen::Text;
        if action.spec().in_game && !in_game && !searches {
            self.notice = Some(strings::ONLY_IN_A_GAME.to_owned());
            return Vec::new();
        }
        // While the curtain hangs nobody sits at the keyboard whose session it could be; a teacher's desk tells of
        // none.
        let of_a_game = action.spec().in_game || matches!(action, Action::Saves | Action::Order);
        if self.game().is_some_and(Game::curtain_hangs) && of_a_game && action != Action::Desk {
            self.notice = Some(strings::CURTAIN_FIRST.to_owned());
            return Vec::new();
        }
        match action {
            Action::Up => self.step(false),
            Action::Down => self.step(true),
            Action::Choose => return self.choose(),
            Action::Back => self.back(),
            Action::ScrollDown => self.scroll = self.scroll.saturating_add(self.leap()),
            Action::ScrollUp => self.scroll = self.scroll.saturating_sub(self.leap()),
            Action::Top => self.scroll = 0,
            Action::Bottom => self.scroll = usize::MAX,
            Action::Undo => return self.undo(),
            Action::Redo => return self.redo(),
            Action::Redraw => return vec![AppEffect::Redraw],
            Action::History => self.toggle(Screen::History),
            Action::Search => {
                if !matches!(
                    self.screen(),
                    Screen::History
                        | Screen::Debrief
                        | Screen::Known
                        | Screen::OtherSide(_)
                        | Screen::Help
                        | Screen::Text
                ) {
                    self.toggle(Screen::History);
                }
                self.field = Some(TextInput::new(InputPurpose::Search));
            }
            Action::Record => {
                self.marks = !self.marks;
                let said = if self.marks { strings::MARKS_SHOWN } else { strings::MARKS_HIDDEN };
                self.notice = Some(said.to_owned());
            }
            Action::Status => self.notice = Some(self.status()),
            Action::Why => self.notice = Some(self.why()),
            Action::Forks => self.toggle(Screen::Forks),
            Action::Saves => {
                self.toggle(Screen::Saves);
                return vec![AppEffect::ListSaves];
            }
            Action::Name => self.field = Some(TextInput::new(InputPurpose::Name)),
            Action::Save => return vec![AppEffect::Where],
            Action::Settings => self.toggle(Screen::Settings),
            Action::Desk => self.toggle(Screen::Teacher),
            Action::Workbench | Action::Order | Action::Edit if self.written.is_none() => {
                self.notice = Some(strings::ONLY_WATCHING.to_owned());
            }
            Action::Workbench => self.toggle(Screen::Workbench),
            Action::Order => self.field = Some(TextInput::new(InputPurpose::Order)),
            Action::Edit => return self.edit(),
            Action::Next => self.turn(true),
            Action::Previous => self.turn(false),
            Action::Help => self.toggle(Screen::Help),
            Action::Quit if self.closes() => self.close(),
            Action::Quit => return vec![AppEffect::Quit],
            Action::Interrupt if interrupted => return vec![AppEffect::Quit],
            Action::Interrupt => {
                self.interrupted = true;
                self.notice = Some(strings::INTERRUPT_AGAIN.to_owned());
            }
            Action::Suspend => return vec![AppEffect::Suspend],
            // Words of the plain face; here they stand in the menu of a session that has ended, and at the teacher's
            // desk.
            Action::Again | Action::Choices | Action::Debrief | Action::Other | Action::Same => {}
            Action::Silence | Action::Freeze | Action::News => {}
        }
        self.settle_scroll();
        Vec::new()
    }

    /// Place, clock and what this seat may see, in one line; narrow windows have no other room for it.
    fn status(&self) -> String {
        let Some(page) = self.page() else { return String::new() };
        let mut parts = vec![page.place().to_owned()];
        parts.extend(page.clock());
        parts.extend(page.status().iter().map(|status| format!("{}: {}", status.name, status.word)));
        parts.retain(|part| !part.is_empty());
        if parts.is_empty() { strings::NOTHING_TO_REPORT.to_owned() } else { parts.join(" · ") }
    }

    pub(super) fn why(&self) -> String {
        let page = self.page();
        let locked: Vec<String> = page.and_then(|page| page.ask()).map(|ask| ask.locked()).unwrap_or_default();
        if locked.is_empty() { strings::ALL_OPEN.to_owned() } else { locked.join(" ") }
    }

    /// A key while a line is being typed.
    fn typed(&mut self, key: Key) -> Vec<AppEffect> {
        let Some(field) = &mut self.field else { return Vec::new() };
        match key {
            Key::Esc => self.field = None,
            Key::Enter | Key::Down if field.what == InputPurpose::Search => self.find(true),
            Key::Up if field.what == InputPurpose::Search => self.find(false),
            Key::Enter if field.what == InputPurpose::Order => self.order(),
            Key::Enter if field.what == InputPurpose::Vote => return self.voted(),
            Key::Enter => {
                let Some(field) = self.field.take().filter(|field| !field.text().trim().is_empty()) else {
                    return Vec::new();
                };
                let Some(done) = self.command(Command::Name(field.text())) else { return Vec::new() };
                let name = done.lines.first().and_then(|line| line.named.clone()).unwrap_or_default();
                self.notice = Some(strings::fill(strings::NAMED, &[("name", &name)]));
                return self.after(done);
            }
            key => {
                field.edit(key);
            }
        }
        Vec::new()
    }
}
