//! What there is to say of a session that is over, line by line.

use std::io;

use crate::teach::{Crossing, Debrief, Fork, HypothesisView, SheetEnd, Tick, TrailEntry, TurningPoints};
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
        self.list(strings::STOOD, &debrief.stood)?;
        self.turns(&debrief.turns)?;
        if debrief.has_trail() {
            self.heading(strings::MEANT_AND_HEARD)?;
        }
        for (number, entry) in (1..).zip(debrief.entries()) {
            self.gap()?;
            match entry {
                TrailEntry::Message(crossing) => self.crossing(number, crossing)?,
                TrailEntry::Note(note) => self.line(&format!("{number}. {}", note.line()))?,
            }
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
            self.line(&format!("- {}", turned.happened))?;
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
            self.line(&format!("- {}", ending.headline()))?;
            self.line(&format!("  {}", ending.takes()))?;
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
        if !crossing.heard.is_empty() && !crossing.is_unchanged() {
            self.line(&format!("   Heard: {}", crossing.heard))?;
        }
        self.line(&format!("   {}", crossing.sentences()))
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

    /// What is known of the reported events, and what of this game is not: what there is, or the part that is asked for.
    pub fn known(&mut self, debrief: &Debrief, which: &str) -> io::Result<()> {
        if which.is_empty() {
            return self.contents(debrief);
        }
        let mut parts = known_parts(debrief);
        match which.parse().ok().and_then(|number: usize| number.checked_sub(1)) {
            Some(at) if at < parts.len() => self.known_part(&parts.swap_remove(at)),
            _ => self.line(&strings::fill(strings::PLAIN_NO_MORE_OF, &[("number", &which)])),
        }
    }

    fn contents(&mut self, debrief: &Debrief) -> io::Result<()> {
        self.heading(strings::WHAT_IS_KNOWN)?;
        if let Some(ending) = debrief.ending.as_ref().filter(|ending| !ending.note.is_empty()) {
            self.gap()?;
            self.prose(&ending.note)?;
        }
        if !debrief.invented.is_empty() {
            self.gap()?;
            self.line(debrief.invented)?;
        }
        let parts = known_parts(debrief);
        let mut among_rivals = false;
        for (number, part) in parts.iter().enumerate() {
            let is_rival = matches!(part, KnownPart::Rival(_));
            if is_rival && !among_rivals {
                self.heading(strings::RIVALS)?;
            } else if is_rival != among_rivals || number == 0 {
                self.gap()?;
            }
            among_rivals = is_rival;
            self.line(&format!("{}. {}", number + 1, part.title()))?;
        }
        if parts.is_empty() { Ok(()) } else { self.line(strings::PLAIN_MORE_OF) }
    }

    fn known_part(&mut self, part: &KnownPart<'_>) -> io::Result<()> {
        match part {
            KnownPart::Clock(clock) => {
                self.heading(strings::TWO_NIGHTS)?;
                let line = |tick: &Tick| {
                    let whose = if tick.reported { "reported" } else { "yours" };
                    format!("{}, {whose}: {}", tick.time, text::plain(&tick.text))
                };
                clock.iter().try_for_each(|tick| self.line(&line(tick)))
            }
            KnownPart::Rival(hypothesis) => {
                self.gap()?;
                self.line(&text::plain(&hypothesis.text))?;
                hypothesis.speaks_for.iter().try_for_each(|fact| self.line(&format!("   For: {fact}")))?;
                hypothesis.against.iter().try_for_each(|fact| self.line(&format!("   Against: {fact}")))
            }
            KnownPart::Questions(questions) => self.list(strings::WORTH_ARGUING, questions),
        }
    }

    fn list(&mut self, title: &str, lines: &[String]) -> io::Result<()> {
        if lines.is_empty() {
            return Ok(());
        }
        self.heading(title)?;
        lines.iter().try_for_each(|text| self.line(&format!("- {text}")))
    }
}

/// A part of what is known that is read by itself.
enum KnownPart<'d> {
    Clock(&'d [Tick]),
    Rival(&'d HypothesisView),
    Questions(&'d [String]),
}

impl KnownPart<'_> {
    fn title(&self) -> String {
        match self {
            Self::Clock(_) => strings::TWO_NIGHTS.to_owned(),
            Self::Rival(hypothesis) => text::plain(&hypothesis.text),
            Self::Questions(_) => strings::WORTH_ARGUING.to_owned(),
        }
    }
}

fn known_parts(debrief: &Debrief) -> Vec<KnownPart<'_>> {
    let clock = (!debrief.clock.is_empty()).then_some(KnownPart::Clock(&debrief.clock));
    let questions = (!debrief.questions.is_empty()).then_some(KnownPart::Questions(&debrief.questions));
    clock.into_iter().chain(debrief.hypotheses.iter().map(KnownPart::Rival)).chain(questions).collect()
}
