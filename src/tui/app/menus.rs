use crate::tui::menu::MenuItem;
use crate::tui::screens;

use super::{App, Screen};

impl App<'_> {
    /// The items of the menu on screen.
    #[must_use]
    pub fn menu(&self) -> Vec<MenuItem> {
        match self.screen() {
            Screen::Title => screens::title::menu(self),
            Screen::Seats => screens::seats::menu(self),
            Screen::Game => screens::game::menu(self),
            Screen::PlayAgain => screens::game::play_again_menu(self),
            Screen::Forks => screens::forks::menu(self),
            Screen::Curtain => screens::curtain::menu(self),
            Screen::Saves => screens::saves::menu(self),
            Screen::Settings => screens::settings::menu(self),
            Screen::Teacher => screens::teacher::menu(self),
            Screen::GuidedDebrief(step) => screens::guided_debrief::menu(self, step),
            Screen::Debrief => screens::debrief::menu(self),
            Screen::OtherEndings => screens::debrief::other_endings_menu(self),
            Screen::History | Screen::Known | Screen::OtherSide(_) | Screen::Help => Vec::new(),
            Screen::Workbench | Screen::Text => Vec::new(),
        }
    }
}
