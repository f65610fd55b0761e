//! Where news come from: keys, sizes and signals, of which at most one is asked for at a time.

#[cfg(unix)]
pub(super) use unix::Source;
#[cfg(not(unix))]
pub(super) use windows::Source;

#[cfg(unix)]
mod unix {
    use std::io::{self, Read as _};
    use std::os::unix::net::UnixStream;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::Duration;

    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::io::Errno;
    use signal_hook::consts::{SIGABRT, SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};

    use crate::tui::input::Decoder;
    use crate::tui::terminal::{TerminalEvent, message};

    /// Standard input and the signals.
    pub struct Source {
        decoder: Decoder,
        /// Every signal writes a byte here, so that waiting for a key ends when one comes.
        wake: UnixStream,
        stop: Vec<(i32, Arc<AtomicBool>)>,
        suspend: Arc<AtomicBool>,
        resumed: Arc<AtomicBool>,
        resized: Arc<AtomicBool>,
    }

    impl Source {
        pub fn open() -> io::Result<Self> {
            let (wake, signalled) = UnixStream::pair()?;
            wake.set_nonblocking(true)?;
            signalled.set_nonblocking(true)?;
            let flag = |signal| {
                let flag = Arc::new(AtomicBool::new(false));
                signal_hook::flag::register(signal, Arc::clone(&flag))?;
                signal_hook::low_level::pipe::register(signal, signalled.try_clone()?)?;
                io::Result::Ok(flag)
            };
            let stop = [SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGABRT];
            let stop = stop.into_iter().map(|signal| Ok((signal, flag(signal)?))).collect::<io::Result<_>>()?;
            let (suspend, resumed, resized) = (flag(SIGTSTP)?, flag(SIGCONT)?, flag(SIGWINCH)?);
            Ok(Self { decoder: Decoder::default(), wake, stop, suspend, resumed, resized })
        }

        /// What has come, or comes within `wait`.
        pub fn next(&mut self, wait: Duration) -> TerminalEvent {
            if let Some(news) = self.known() {
                return news;
            }
            let patience = self.decoder.patience();
            let wait = patience.map_or(wait, |patience| wait.min(patience));
            let stdin = io::stdin();
            let mut sources = [PollFd::new(&stdin, PollFlags::IN), PollFd::new(&self.wake, PollFlags::IN)];
            let wait = Timespec { tv_sec: wait.as_secs() as i64, tv_nsec: i64::from(wait.subsec_nanos()) };
            match poll(&mut sources, Some(&wait)) {
                Ok(0) if patience.is_some() => self.decoder.nothing_more(),
                Ok(_) => {}
                Err(Errno::INTR) => return self.known().unwrap_or(TerminalEvent::Nothing),
                Err(_) => return TerminalEvent::Gone,
            }
            let (typed, signalled) = (sources[0].revents(), sources[1].revents());
            if !signalled.is_empty() {
                // Only to be woken by the next one; which it was, the flags say.
                let _ = (&self.wake).read(&mut [0; 64]);
            }
            if !typed.is_empty() {
                let mut bytes = [0; 4_096];
                match rustix::io::read(&stdin, &mut bytes) {
                    Ok(0) => return self.known().unwrap_or(TerminalEvent::Gone),
                    Ok(count) => self.decoder.take(&bytes[..count]),
                    Err(Errno::INTR | Errno::AGAIN) => {}
                    Err(_) => return self.known().unwrap_or(TerminalEvent::Gone),
                }
            }
            self.known().unwrap_or(TerminalEvent::Nothing)
        }

        /// Whether more has been read already.
        pub fn has_more(&self) -> bool {
            self.decoder.has_more()
        }

        /// What has come already: signals first.
        fn known(&mut self) -> Option<TerminalEvent> {
            let came = |flag: &AtomicBool| flag.swap(false, Ordering::Relaxed);
            if let Some((signal, _)) = self.stop.iter().find(|(_, flag)| came(flag)) {
                return Some(TerminalEvent::Stop(*signal));
            }
            if came(&self.suspend) {
                return Some(TerminalEvent::Suspend);
            }
            if came(&self.resumed) {
                return Some(TerminalEvent::Repaint);
            }
            if came(&self.resized) {
                let (columns, rows) = super::super::size();
                return Some(TerminalEvent::Input(crate::tui::app::AppEvent::Resize(columns, rows)));
            }
            self.decoder.next().map(|input| TerminalEvent::Input(message(input)))
        }

        /// Stops here until the shell lets it go on.
        pub fn stop_here(&self) {
            // The default of SIGTSTP is to stop; we go on here after SIGCONT.
            let _ = signal_hook::low_level::emulate_default_handler(SIGTSTP);
            self.resumed.store(false, Ordering::Relaxed);
        }
    }
}

#[cfg(not(unix))]
mod windows {
    use std::io;
    use std::time::Duration;

    use crossterm::event::{self, Event, KeyCode, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind};

    use crate::tui::app::AppEvent;
    use crate::tui::input::TerminalInput;
    use crate::tui::terminal::{TerminalEvent, message};
    use crate::view::Key;

    /// The console's own events: they come whole, and the terminal's answers are not among them.
    pub struct Source;

    impl Source {
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
                    TerminalInput::Key(key)
                }
                Event::Mouse(mouse) => match mouse.kind {
                    MouseEventKind::Down(MouseButton::Left) => TerminalInput::Click(mouse.column, mouse.row),
                    MouseEventKind::ScrollDown => TerminalInput::Wheel(true),
                    MouseEventKind::ScrollUp => TerminalInput::Wheel(false),
                    _ => return TerminalEvent::Nothing,
                },
                Event::Paste(text) => TerminalInput::Paste(text),
                Event::Resize(columns, rows) => return TerminalEvent::Input(AppEvent::Resize(columns, rows)),
                _ => return TerminalEvent::Nothing,
            };
            TerminalEvent::Input(message(input))
        }

        /// Whether more has come already.
        pub fn has_more(&self) -> bool {
            event::poll(Duration::ZERO).unwrap_or(false)
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
}
