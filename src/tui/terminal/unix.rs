//! Standard input and the signals, of which one at a time is told.

use std::io::{self, Read as _, Stdin};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::process::{Pid, WaitOptions, waitpid};
use signal_hook::consts::{SIGABRT, SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGUSR1, SIGUSR2, SIGWINCH};

use crate::tui::app::AppEvent;
use crate::tui::input::Decoder;
use crate::tui::terminal::TerminalEvent;

/// Where events come from: what is typed, and the signals.
pub(super) struct Tty<I = Stdin> {
    input: I,
    decoder: Decoder,
    signals: Signals,
    clock: fn() -> Instant,
}

impl Tty {
    pub fn open() -> io::Result<Self> {
        // In this order they are told.
        let signals = [SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGABRT, SIGUSR1, SIGUSR2, SIGTSTP, SIGCONT, SIGWINCH];
        let signals = Signals::listen_to(&signals)?;
        Ok(Self { input: io::stdin(), decoder: Decoder::default(), signals, clock: Instant::now })
    }
}

impl<I: AsFd> Tty<I> {
    /// What has come, or comes within `wait`.
    pub fn next(&mut self, wait: Duration) -> TerminalEvent {
        if let Some(event) = self.known() {
            return event;
        }
        let wait = self.decoder.patience((self.clock)()).map_or(wait, |patience| wait.min(patience));
        let mut sources = [PollFd::new(&self.input, PollFlags::IN), PollFd::new(&self.signals.wake, PollFlags::IN)];
        let wait = Timespec { tv_sec: wait.as_secs() as i64, tv_nsec: i64::from(wait.subsec_nanos()) };
        match poll(&mut sources, Some(&wait)) {
            Ok(_) => {}
            Err(Errno::INTR) => return self.known().unwrap_or(TerminalEvent::Nothing),
            Err(_) => return TerminalEvent::Gone,
        }
        let (typed, signalled) = (sources[0].revents(), sources[1].revents());
        if !signalled.is_empty() {
            // Only to be woken by the next one; which it was, the flags say.
            let _ = (&self.signals.wake).read(&mut [0; 64]);
        }
        let now = (self.clock)();
        if typed.is_empty() {
            // Not before it is known that nothing waits to be read: however late we look, it may have come in time.
            self.decoder.nothing_came(now);
        } else {
            let mut bytes = [0; 4_096];
            match rustix::io::read(&self.input, &mut bytes) {
                Ok(0) => return self.known().unwrap_or(TerminalEvent::Gone),
                Ok(count) => self.decoder.take(&bytes[..count], now),
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
        Some(match self.signals.next() {
            Some(SIGTSTP) => TerminalEvent::Suspend,
            Some(SIGCONT) => TerminalEvent::Repaint,
            Some(SIGWINCH) => {
                let (columns, rows) = super::size();
                TerminalEvent::Input(AppEvent::Resize(columns, rows))
            }
            Some(signal) => TerminalEvent::Stop(signal),
            None => TerminalEvent::Input(self.decoder.next()?),
        })
    }

    /// Stops here until the shell lets it go on.
    pub fn stop_here(&self) {
        stop();
        self.signals.forget(&[SIGCONT]);
    }

    /// Runs another program in this terminal, to its end. Where it is stopped, so are we, or the shell would wait for
    /// both; and what the keyboard tells it, it has told us too.
    pub fn run(&mut self, command: &mut Command) -> io::Result<()> {
        let child = command.spawn()?;
        let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
        loop {
            match waitpid(pid, WaitOptions::UNTRACED) {
                // The shell lets both go on together.
                Ok(Some((_, status))) if status.stopped() => stop(),
                Ok(_) => break,
                Err(Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
        self.signals.forget(&[SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH]);
        Ok(())
    }
}

/// Does what SIGTSTP does by default; goes on after SIGCONT.
fn stop() {
    let _ = signal_hook::low_level::emulate_default_handler(SIGTSTP);
}

/// The signals that have come.
struct Signals {
    /// Each writes a byte here, so that waiting for a key ends when one comes.
    wake: UnixStream,
    came: Vec<(i32, Arc<AtomicBool>)>,
}

impl Signals {
    fn listen_to(signals: &[i32]) -> io::Result<Self> {
        let (wake, signalled) = UnixStream::pair()?;
        wake.set_nonblocking(true)?;
        signalled.set_nonblocking(true)?;
        let mut came = Vec::new();
        for signal in signals {
            let flag = Arc::new(AtomicBool::new(false));
            signal_hook::flag::register(*signal, Arc::clone(&flag))?;
            signal_hook::low_level::pipe::register(*signal, signalled.try_clone()?)?;
            came.push((*signal, flag));
        }
        Ok(Self { wake, came })
    }

    /// One that has come since it was last asked for.
    fn next(&self) -> Option<i32> {
        self.came.iter().find(|(_, flag)| flag.swap(false, Ordering::Relaxed)).map(|(signal, _)| *signal)
    }

    fn forget(&self, signals: &[i32]) {
        for (_, flag) in self.came.iter().filter(|(signal, _)| signals.contains(signal)) {
            flag.store(false, Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::io::Write as _;
    use std::os::unix::net::UnixStream;
    use std::time::{Duration, Instant};

    use super::{Signals, Tty};
    use crate::tui::app::AppEvent;
    use crate::tui::input::Decoder;
    use crate::tui::terminal::TerminalEvent;
    use crate::view::Key;

    thread_local! {
        static NOW: Cell<Instant> = Cell::new(Instant::now());
    }

    fn pass(time: Duration) {
        NOW.set(NOW.get() + time);
    }

    /// A source, and the other end of what it reads from. Its time passes only when it is told to.
    fn source() -> (UnixStream, Tty<UnixStream>) {
        let (terminal, input) = UnixStream::pair().expect("a pair");
        let signals = Signals::listen_to(&[]).expect("none to listen to");
        (terminal, Tty { input, decoder: Decoder::default(), signals, clock: || NOW.get() })
    }

    /// Every event there is, asked for as if a clock on screen were due each time.
    fn all(source: &mut Tty<UnixStream>) -> Vec<AppEvent> {
        let mut events = Vec::new();
        for _ in 0..10 {
            match source.next(Duration::ZERO) {
                TerminalEvent::Input(event) => events.push(event),
                TerminalEvent::Nothing => {}
                _ => panic!("neither typed nor nothing"),
            }
        }
        events
    }

    #[test]
    fn a_sequence_is_given_up_by_the_time_since_its_last_byte_alone() {
        let (mut terminal, mut source) = source();
        let mut send = |bytes: &[u8]| terminal.write_all(bytes).expect("written");
        for (head, rest, event) in [
            (b"\x1b]11;rgb:12".as_slice(), b"12/1212/1212\x1b\\".as_slice(), AppEvent::Background { light: false }),
            (b"\x1b", b"[3~", AppEvent::Key(Key::Delete)),
            (b"\x1b[200~1", b"2\x1b[201~", AppEvent::Paste("12".to_owned())),
        ] {
            send(head);
            assert_eq!(all(&mut source), [], "{head:?}");
            pass(Duration::from_millis(49));
            assert_eq!(all(&mut source), [], "{head:?}");
            send(rest);
            assert_eq!(all(&mut source), [event], "{head:?}");
        }
        send(b"\x1b");
        assert_eq!(all(&mut source), []);
        pass(Duration::from_millis(51));
        assert_eq!(all(&mut source), [AppEvent::Key(Key::Esc)]);
    }

    #[test]
    fn what_has_come_in_time_is_whole_however_late_it_is_read() {
        let (mut terminal, mut source) = source();
        terminal.write_all(b"\x1b").expect("written");
        assert_eq!(all(&mut source), []);
        terminal.write_all(b"[A").expect("written");
        pass(Duration::from_secs(10));
        assert_eq!(all(&mut source), [AppEvent::Key(Key::Up)]);
    }

    #[test]
    fn a_terminal_that_is_gone_is_told() {
        let (terminal, mut source) = source();
        drop(terminal);
        assert!(matches!(source.next(Duration::ZERO), TerminalEvent::Gone));
    }

    #[test]
    fn signals_are_told_in_order_and_once() {
        use signal_hook::consts::{SIGCONT, SIGURG};
        let signals = Signals::listen_to(&[SIGCONT, SIGURG]).expect("listened to");
        for signal in [SIGURG, SIGCONT] {
            signal_hook::low_level::raise(signal).expect("raised");
        }
        assert_eq!([signals.next(), signals.next(), signals.next()], [Some(SIGCONT), Some(SIGURG), None]);
        signal_hook::low_level::raise(SIGURG).expect("raised");
        signals.forget(&[SIGURG]);
        assert_eq!(signals.next(), None);
    }
}
