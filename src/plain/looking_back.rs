//! What there is to say of a session that is over, line by line.

use std::io;

use crate::teach::{Crossing, Debrief, Fork, SheetEnd, TurningPoints};
use crate::text;
use crate::view::strings;

use super::print::Printer;

impl Printer<'_> {
    /// The session: how it ended, what turned it, what became of each message.
    pub fn debrief(&mut self, debrief: &Debrief) -> io::Result<()> {
        if let Some(ending) = &debrief.ending {
            self.gap()?;
            self.line(&ending.title)?;
            if !ending.because.is_empty() {
                self.prose(&ending.because)?;
            }
        }
        debrief.held.iter().try_for_each(|held| self.line(held))?;
        self.turns(&debrief.turns)?;
        if !debrief.trail.is_empty() {
            self.heading(strings::MEANT_AND_HEARD)?;
        }
        for (number, crossing) in debrief.trail.iter().enumerate() {
            self.gap()?;
            self.crossing(number + 1, crossing)?;
        }
        for sheet in &debrief.sheets {
            self.gap()?;
            self.sheet(sheet)?;
        }
        if debrief.has_record() {
            self.gap()?;
            self.line(strings::PLAIN_MORE)?;
        }
        Ok(())
    }

    fn turns(&mut self, turns: &TurningPoints) -> io::Result<()> {
        self.heading(strings::TURNED)?;
        self.line(turns.how())?;
        for turned in &turns.turned {
            self.line(&format!("- {}", turned.sentence()))?;
            turned.alternatives.iter().try_for_each(|other| self.line(&format!("  {}", other.told)))?;
            self.fork(turned.fork.as_ref())?;
        }
        if turns.endings.is_empty() && turns.has_other_ending() {
            return Ok(());
        }
        self.heading(strings::OTHERWISE)?;
        if turns.endings.is_empty() {
            self.line(turns.no_other_ending())?;
        }
        for ending in &turns.endings {
            self.line(&format!("- {}", ending.sentence()))?;
            if !ending.because.is_empty() {
                self.line(&format!("  {}", text::plain(&ending.because)))?;
            }
            self.fork(Some(&ending.fork))?;
        }
        Ok(())
    }

    fn heading(&mut self, words: &str) -> io::Result<()> {
        self.gap()?;
        self.line(&format!("{words}:"))
    }

    fn fork(&mut self, fork: Option<&Fork>) -> io::Result<()> {
        fork.map_or(Ok(()), |fork| self.line(&strings::fill(strings::PLAIN_FORK_TO, &[("number", &fork.number)])))
    }

    fn crossing(&mut self, number: usize, crossing: &Crossing) -> io::Result<()> {
        self.line(&format!("{number}. {}.", crossing.sent))?;
        self.line(&format!("   Meant: {}", crossing.meant))?;
        if !crossing.carried.is_empty() {
            self.line(&format!("   Carried: {}", crossing.carried))?;
        }
        if !crossing.heard.is_empty() && !crossing.is_unchanged() {
            self.line(&format!("   Heard: {}", crossing.heard))?;
        }
        self.line(&format!("   {}", crossing.told))?;
        if !crossing.later.is_empty() {
            self.line(&format!("   Later: {}.", crossing.later))?;
        }
        Ok(())
    }

    fn sheet(&mut self, sheet: &SheetEnd) -> io::Result<()> {
        self.line(&format!("{}:", strings::fill(strings::SHEET_ENDED, &[("name", &sheet.name)])))?;
        for (text, struck) in &sheet.lines {
            let line = match struck {
                Some(name) => strings::fill(strings::PLAIN_STRUCK_BY, &[("text", text), ("name", name)]),
                None => text.clone(),
            };
            self.line(&format!("- {line}"))?;
        }
        sheet.hands.iter().try_for_each(|hand| self.line(&format!("   {hand}")))
    }

    /// What is known of the reported events, and what of this game is not.
    pub fn known(&mut self, debrief: &Debrief) -> io::Result<()> {
        self.heading(strings::WHAT_IS_KNOWN)?;
        if let Some(ending) = debrief.ending.as_ref().filter(|ending| !ending.note.is_empty()) {
            self.gap()?;
            self.prose(&ending.note)?;
        }
        if !debrief.clock.is_empty() {
            self.heading(strings::TWO_NIGHTS)?;
        }
        for tick in &debrief.clock {
            let whose = if tick.reported { "reported" } else { "yours" };
            self.line(&format!("{}, {whose}: {}", tick.time, text::plain(&tick.text)))?;
        }
        if !debrief.hypotheses.is_empty() {
            self.heading(strings::RIVALS)?;
        }
        for (number, hypothesis) in debrief.hypotheses.iter().enumerate() {
            self.gap()?;
            self.line(&format!("{}. {}", number + 1, text::plain(&hypothesis.text)))?;
            hypothesis.speaks_for.iter().try_for_each(|fact| self.line(&format!("   For: {fact}")))?;
            hypothesis.against.iter().try_for_each(|fact| self.line(&format!("   Against: {fact}")))?;
        }
        self.list(strings::NOT_TO_REPEAT, &debrief.invented)?;
        self.list(strings::WORTH_ARGUING, &debrief.questions)
    }

    fn list(&mut self, title: &str, lines: &[String]) -> io::Result<()> {
        if lines.is_empty() {
            return Ok(());
        }
        self.heading(title)?;
        lines.iter().try_for_each(|text| self.line(&format!("- {text}")))
    }
}
