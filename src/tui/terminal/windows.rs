//! What a console says: keys, clicks and sizes come as events of their own, and the terminal's answers are not among them.

use std::io;
use std::process::Command;
use std::time::Duration;

use crossterm::event::{self, Event, KeyCode, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind};

use crate::tui::app::AppEvent;
use crate::tui::terminal::TerminalEvent;
use crate::view::Key;

/// The events of the console.
pub struct WindowsConsole;

impl WindowsConsole {
    pub fn open() -> io::Result<Self> {
        Ok(Self)
    }

    /// What has come, or comes within `wait`.
    pub fn next(&mut self, wait: Duration) -> TerminalEvent {
        match event::poll(wait) {
            Ok(false) => return TerminalEvent::Nothing,
            Ok(true) => {}
            Err(_) => return TerminalEvent::Gone,
        }
        let Ok(event) = event::read() else { return TerminalEvent::Gone };
        let input = match event {
            Event::Key(event) if event.kind != KeyEventKind::Release => {
                let Some(key) = key(event.code, event.modifiers) else { return TerminalEvent::Nothing };
                AppEvent::Key(key)
            }
            Event::Mouse(mouse) => match mouse.kind {
                MouseEventKind::Down(MouseButton::Left) => AppEvent::Click(mouse.column, mouse.row),
                MouseEventKind::ScrollDown => AppEvent::Wheel(true),
                MouseEventKind::ScrollUp => AppEvent::Wheel(false),
                _ => return TerminalEvent::Nothing,
            },
            Event::Paste(text) => AppEvent::Paste(text),
            Event::Resize(columns, rows) => AppEvent::Resize(columns, rows),
            _ => return TerminalEvent::Nothing,
        };
        TerminalEvent::Input(input)
    }

    /// Whether more has come already.
    pub fn has_more(&self) -> bool {
        event::poll(Duration::ZERO).unwrap_or(false)
    }

    /// Runs another program in this terminal, to its end.
    pub fn run(&mut self, command: &mut Command) -> io::Result<()> {
        command.status().map(drop)
    }

    /// There is no shell to stop for.
    pub fn stop_here(&self) {}
}

fn key(code: KeyCode, held: KeyModifiers) -> Option<Key> {
    if held.contains(KeyModifiers::ALT) && !held.contains(KeyModifiers::CONTROL) {
        return None;
    }
    // AltGr comes as both.
    let control = held.contains(KeyModifiers::CONTROL) && !held.contains(KeyModifiers::ALT);
    Some(match code {
        KeyCode::Char(c) if control => Key::Ctrl(c.to_ascii_lowercase()),
        KeyCode::Char(c) => Key::Char(c),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Esc,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::Tab => Key::Tab,
        KeyCode::BackTab => Key::BackTab,
        KeyCode::F(number) => Key::F(number),
        _ => return None,
    })
}
