//! A console on the full screen: what stands above is looked at again and again, what is said scrolls below it, and a line is
//! typed at the foot.

use std::io;
use std::time::Duration;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use crate::text::{is_picture, width, wrap_plain};
use crate::view::Key;

use super::app::{AppEvent, Display};
use super::run::display;
use super::terminal::{Terminal, TerminalEvent};
use super::text_input::{InputPurpose, TextInput};
use super::theme::ON_PAPER;

/// How often is looked whether something has happened.
const LOOK: Duration = Duration::from_millis(200);
/// So many lines of what was said are kept.
const KEPT: usize = 500;

/// What a console shows, and who does what is typed.
pub trait Console {
    /// The first line.
    fn heading(&self) -> String;
    /// How things stand now, a line each; the first says what stands where.
    fn standing(&self) -> Vec<String>;
    /// What has happened since this was last asked, a line each.
    ///
    /// # Errors
    /// Why it cannot go on.
    fn happened(&mut self) -> io::Result<Vec<String>>;
    /// Does what a line says, and answers; `None` leaves the console.
    ///
    /// # Errors
    /// Why it cannot go on.
    fn line(&mut self, line: &str) -> io::Result<Option<String>>;
}

/// What is on screen.
struct ConsoleScreen {
    display: Display,
    heading: String,
    standing: Vec<String>,
    said: Vec<String>,
    typed: TextInput,
    /// An answer that is longer than there is room for below what stands: it has the whole screen, from this line on.
    whole: Option<(Vec<String>, usize)>,
    size: (u16, u16),
}

/// Runs a console until its user leaves. The exit code, if a signal or the end of the terminal has ended it.
///
/// # Errors
/// If the terminal cannot be taken over or written to, or the console cannot go on.
pub fn console(of: &mut dyn Console, first: &str) -> io::Result<Option<u8>> {
    let (display, _) = display();
    let mut terminal = Terminal::open()?;
    let mut screen = ConsoleScreen {
        display,
        heading: of.heading(),
        standing: of.standing(),
        said: Vec::new(),
        typed: TextInput::new(InputPurpose::Order),
        whole: None,
        size: terminal.size(),
    };
    if !first.trim().is_empty() && !screen.does(of, first)? {
        return Ok(None);
    }
    let mut leaves = false;
    loop {
        screen.said.extend(of.happened()?);
        let most = screen.said.len().saturating_sub(KEPT);
        screen.said.drain(..most);
        screen.standing = of.standing();
        terminal.draw(|frame| screen.draw(frame))?;
        match terminal.next(Some(LOOK)) {
            TerminalEvent::Input(AppEvent::Key(Key::Ctrl('c'))) => {
                if leaves {
                    return Ok(Some(130));
                }
                leaves = true;
                screen.said.push("Press Ctrl-C again to leave without ending the lesson; `quit` ends it.".to_owned());
            }
            TerminalEvent::Input(AppEvent::Key(key)) => {
                leaves = false;
                if !screen.key(of, key)? {
                    return Ok(None);
                }
            }
            TerminalEvent::Input(AppEvent::Paste(text)) => screen.typed.insert(text.trim()),
            TerminalEvent::Input(AppEvent::Resize(..)) | TerminalEvent::Repaint => {
                screen.size = terminal.size();
                terminal.repaint()?;
            }
            TerminalEvent::Suspend => {
                terminal.suspend()?;
                screen.size = terminal.size();
            }
            TerminalEvent::Stop(signal) => return Ok(Some(terminal.die(signal))),
            TerminalEvent::Gone => return Ok(Some(129)),
            TerminalEvent::Input(_) | TerminalEvent::Nothing => {}
        }
    }
}

impl ConsoleScreen {
    fn columns(&self) -> usize {
        usize::from(self.size.0).max(1)
    }

    /// How many lines there are for what is said.
    fn room(&self) -> usize {
        usize::from(self.size.1).saturating_sub(self.above().len() + 3)
    }

    /// What stands above, as much of it as leaves some lines for what is said.
    fn above(&self) -> Vec<String> {
        let most = usize::from(self.size.1).saturating_sub(8).max(2);
        let mut lines = self.standing.clone();
        if lines.len() > most {
            let left = lines.len() + 1 - most;
            lines.truncate(most - 1);
            lines.push(format!("… and {left} more: type groups"));
        }
        lines
    }

    /// Takes a key; `false` leaves.
    fn key(&mut self, of: &mut dyn Console, key: Key) -> io::Result<bool> {
        let page = usize::from(self.size.1).saturating_sub(2).max(1);
        let columns = self.columns();
        if let Some((lines, from)) = &mut self.whole {
            let last = wrapped(lines, columns).len().saturating_sub(page);
            match key {
                Key::PageDown | Key::Char(' ') if *from < last => *from = (*from + page).min(last),
                Key::Down if *from < last => *from += 1,
                Key::PageUp => *from = from.saturating_sub(page),
                Key::Up => *from = from.saturating_sub(1),
                _ => self.whole = None,
            }
            if self.whole.is_some() || !matches!(key, Key::Char(_)) {
                return Ok(true);
            }
            // Whoever types on has read enough.
        }
        match key {
            Key::Enter => {
                let line = self.typed.text();
                self.typed = TextInput::new(InputPurpose::Order);
                return self.does(of, &line);
            }
            Key::Esc => self.typed = TextInput::new(InputPurpose::Order),
            key => {
                self.typed.edit(key);
            }
        }
        Ok(true)
    }

    fn does(&mut self, of: &mut dyn Console, line: &str) -> io::Result<bool> {
        let line = line.trim();
        // How things stand is seen already.
        if line.is_empty() {
            return Ok(true);
        }
        self.said.push(format!("> {line}"));
        let Some(answer) = of.line(line)? else { return Ok(false) };
        let lines: Vec<String> = answer.lines().map(str::to_owned).collect();
        if self.wrapped(&lines).len() >= self.room() {
            self.whole = Some((lines, 0));
        } else {
            self.said.extend(lines);
        }
        Ok(true)
    }

    fn wrapped(&self, lines: &[String]) -> Vec<String> {
        wrapped(lines, self.columns())
    }

    fn draw(&self, frame: &mut Frame<'_>) {
        let theme = self.display.theme();
        let area = frame.area();
        frame.buffer_mut().set_style(area, theme.ground);
        let rows = usize::from(area.height);
        if let Some((lines, from)) = &self.whole {
            let lines = self.wrapped(lines);
            let shown = lines.iter().skip(*from).take(rows.saturating_sub(2));
            for (row, line) in (0..).zip(shown) {
                self.put(frame, row, line, if is_picture(line) { ON_PAPER } else { theme.text });
            }
            let more = if from + rows.saturating_sub(2) < lines.len() { "Space: more · " } else { "" };
            self.put(frame, rows.saturating_sub(1), &format!("{more}Enter: back"), theme.quiet);
            return;
        }
        self.put(frame, 0, &self.heading, theme.strong);
        let above = self.above();
        for (row, line) in above.iter().enumerate() {
            self.put(frame, row + 1, line, if row == 0 { theme.quiet } else { theme.text });
        }
        let rule = self.display.glyphs.shown(&"─".repeat(self.columns())).into_owned();
        self.put(frame, above.len() + 1, &rule, theme.quiet);
        let said = self.wrapped(&self.said);
        let room = rows.saturating_sub(above.len() + 3);
        for (row, line) in said.iter().skip(said.len().saturating_sub(room)).enumerate() {
            let style = if line.starts_with("> ") { theme.strong } else { theme.text };
            self.put(frame, above.len() + 2 + row, line, style);
        }
        let foot = rows.saturating_sub(1);
        let typed = self.typed.text();
        let hint = if typed.is_empty() { "  help: what you can type" } else { "" };
        self.put(frame, foot, &format!("> {typed}{hint}"), if typed.is_empty() { theme.quiet } else { theme.text });
        let column = 2 + width(self.typed.before());
        if column < self.columns() {
            frame.set_cursor_position((column as u16, foot as u16));
        }
    }

    /// A line, cut where the screen ends.
    fn put(&self, frame: &mut Frame<'_>, row: usize, line: &str, style: Style) {
        let area = frame.area();
        let Ok(row) = u16::try_from(row) else { return };
        if row < area.height {
            let words = self.display.glyphs.shown(line).into_owned();
            frame.render_widget(Line::styled(words, style), Rect::new(area.x, area.y + row, area.width, 1));
        }
    }
}

/// Lines as they fit between so many columns.
fn wrapped(lines: &[String], columns: usize) -> Vec<String> {
    let wrap = |line: &String| {
        // What is set in columns stays so.
        if width(line) <= columns { vec![line.clone()] } else { wrap_plain(line, columns) }
    };
    lines.iter().flat_map(wrap).collect()
}
