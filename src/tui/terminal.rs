//! The terminal itself: the only file that knows crossterm and signals.

use std::io::{self, Stdout, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crossterm::event::{self, Event, KeyCode, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind};
use crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen};
use crossterm::{cursor, execute, queue, style, terminal};
use ratatui::Frame;
use ratatui::backend::CrosstermBackend;
use ratatui::buffer::Buffer;

use crate::text;
use crate::view::Key;

use super::app::AppEvent;

/// How long to wait for a key before looking whether a signal has come.
const LOOK_UP: Duration = Duration::from_millis(500);

/// The window's title onto the terminal's stack, and from it again (xterm's window operations 22 and 23).
const KEEP_TITLE: &str = "\x1b[22;0t";
const TITLE_AS_IT_WAS: &str = "\x1b[23;0t";

/// A flag that a keyboard's interrupt raises, so that long work can end with what it has; a second one ends the
/// program as usual.
///
/// # Errors
/// If the system does not let signals be listened to.
pub fn interruption() -> io::Result<Arc<AtomicBool>> {
    let flag = Arc::<AtomicBool>::default();
    #[cfg(unix)]
    {
        use signal_hook::consts::SIGINT;
        // In this order the first signal finds the flag down and only raises it.
        signal_hook::flag::register_conditional_default(SIGINT, Arc::clone(&flag))?;
        signal_hook::flag::register(SIGINT, Arc::clone(&flag))?;
    }
    Ok(flag)
}

/// Columns of the terminal; 80 where it does not say.
#[must_use]
pub fn columns() -> usize {
    terminal::size().map_or(80, |(columns, _)| usize::from(columns).max(1))
}

/// What came from the terminal.
pub(super) enum TerminalEvent {
    Input(AppEvent),
    /// Draw everything again: the screen may hold anything.
    Repaint,
    /// This signal asks to leave.
    Stop(i32),
    /// The shell wants the terminal.
    Suspend,
    /// The terminal is gone.
    Gone,
    Nothing,
}

/// A terminal in our hands. Dropping it gives it back.
pub(super) struct Terminal {
    inner: ratatui::Terminal<CrosstermBackend<Stdout>>,
    signals: Signals,
}

impl Terminal {
    /// Takes the terminal over.
    pub fn open() -> io::Result<Self> {
        // Under NO_COLOR crossterm would turn every change of colour into a full reset, which takes reverse video
        // away with it. The theme honours NO_COLOR instead.
        style::force_color_output(true);
        let signals = Signals::listen()?;
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            leave();
            before(panic);
        }));
        enter()?;
        // The first poll is what makes crossterm listen for resizes; one that came before it would be lost.
        event::poll(Duration::ZERO).inspect_err(|_| leave())?;
        let inner = ratatui::Terminal::new(CrosstermBackend::new(io::stdout())).inspect_err(|_| leave())?;
        Ok(Self { inner, signals })
    }

    /// Columns and rows.
    pub fn size(&self) -> (u16, u16) {
        self.inner.size().map_or((80, 24), |size| (size.width, size.height))
    }

    pub fn draw(&mut self, draw: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        queue!(io::stdout(), BeginSynchronizedUpdate)?;
        self.inner.draw(|frame| {
            draw(frame);
            only_words(frame.buffer_mut());
        })?;
        execute!(io::stdout(), EndSynchronizedUpdate)
    }

    /// Listens to the mouse, or no longer.
    pub fn listen_to_mouse(&mut self, on: bool) -> io::Result<()> {
        if on {
            execute!(io::stdout(), event::EnableMouseCapture)
        } else {
            execute!(io::stdout(), event::DisableMouseCapture)
        }
    }

    /// Waits for something to happen: until `deadline` at most, and never longer than half a second.
    pub fn next(&mut self, deadline: Option<Duration>) -> io::Result<TerminalEvent> {
        if let Some(news) = self.signals.news() {
            return Ok(news);
        }
        match event::poll(deadline.unwrap_or(LOOK_UP).min(LOOK_UP)) {
            Ok(false) => return Ok(self.signals.news().unwrap_or(TerminalEvent::Nothing)),
            Ok(true) => {}
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return Ok(TerminalEvent::Nothing),
            Err(_) => return Ok(self.signals.news().unwrap_or(TerminalEvent::Gone)),
        }
        let Ok(event) = event::read() else { return Ok(self.signals.news().unwrap_or(TerminalEvent::Gone)) };
        Ok(match event {
            Event::Key(event) if event.kind != KeyEventKind::Release => {
                if event.modifiers.contains(KeyModifiers::ALT) {
                    return Ok(TerminalEvent::Nothing);
                }
                let control = event.modifiers.contains(KeyModifiers::CONTROL);
                let key = match event.code {
                    KeyCode::Char(c) if control => Key::Ctrl(c.to_ascii_lowercase()),
                    KeyCode::Char(c) => Key::Char(c),
                    KeyCode::Enter => Key::Enter,
                    KeyCode::Esc => Key::Esc,
                    KeyCode::Up => Key::Up,
                    KeyCode::Down => Key::Down,
                    KeyCode::Left => Key::Left,
                    KeyCode::Right => Key::Right,
                    KeyCode::Backspace => Key::Backspace,
                    KeyCode::PageUp => Key::PageUp,
                    KeyCode::PageDown => Key::PageDown,
                    KeyCode::Home => Key::Home,
                    KeyCode::End => Key::End,
                    KeyCode::Tab => Key::Tab,
                    KeyCode::BackTab => Key::BackTab,
                    KeyCode::F(number) => Key::F(number),
                    _ => return Ok(TerminalEvent::Nothing),
                };
                TerminalEvent::Input(AppEvent::Key(key))
            }
            Event::Mouse(mouse) => match mouse.kind {
                MouseEventKind::Down(MouseButton::Left) => {
                    TerminalEvent::Input(AppEvent::Click(mouse.column, mouse.row))
                }
                MouseEventKind::ScrollDown => TerminalEvent::Input(AppEvent::Wheel(true)),
                MouseEventKind::ScrollUp => TerminalEvent::Input(AppEvent::Wheel(false)),
                _ => TerminalEvent::Nothing,
            },
            Event::Resize(columns, rows) => TerminalEvent::Input(AppEvent::Resize(columns, rows)),
            _ => TerminalEvent::Nothing,
        })
    }

    /// Makes the next frame draw every cell. `clear` would ask the terminal where its cursor is, and a terminal that
    /// does not answer would stall us.
    pub fn repaint(&mut self) -> io::Result<()> {
        let (columns, rows) = terminal::size()?;
        self.inner.resize(ratatui::layout::Rect::new(0, 0, columns, rows))
    }

    /// Hands the terminal to the shell until it is given back.
    pub fn suspend(&mut self) -> io::Result<()> {
        leave();
        self.signals.stop_here();
        enter()?;
        self.repaint()
    }

    /// Lends the terminal to another program.
    pub fn lend<T>(&mut self, run: impl FnOnce() -> T) -> io::Result<T> {
        leave();
        let done = run();
        enter()?;
        self.repaint()?;
        Ok(done)
    }

    /// Gives the terminal back and dies of the signal, so that the parent sees which.
    pub fn die(self, signal: i32) -> u8 {
        drop(self);
        #[cfg(unix)]
        {
            // Only returns where the signal's default is to do nothing.
            let _ = signal_hook::low_level::emulate_default_handler(signal);
        }
        u8::try_from(128 + signal).unwrap_or(1)
    }
}

/// Takes out of a frame whatever a terminal would act on: no way to the screen leads past this.
fn only_words(frame: &mut Buffer) {
    for cell in &mut frame.content {
        if text::forbidden(cell.symbol()).is_some() || cell.symbol().contains(['\n', '\r', '\t']) {
            cell.set_symbol(" ");
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        leave();
    }
}

fn enter() -> io::Result<()> {
    terminal::enable_raw_mode()?;
    execute!(
        io::stdout(),
        style::Print(KEEP_TITLE),
        terminal::SetTitle("hallway"),
        EnterAlternateScreen,
        event::EnableBracketedPaste
    )
}

/// The inverse of [`enter`], and the cursor shown. Ignores every error, and can be called twice.
fn leave() {
    let _ = execute!(
        io::stdout(),
        EndSynchronizedUpdate,
        event::DisableMouseCapture,
        event::DisableBracketedPaste,
        LeaveAlternateScreen,
        cursor::Show,
        style::ResetColor,
        style::Print(TITLE_AS_IT_WAS)
    );
    let _ = terminal::disable_raw_mode();
    let _ = io::stdout().flush();
}

/// Signals that have come since we last looked.
struct Signals {
    #[cfg(unix)]
    stop: Vec<(i32, Arc<AtomicBool>)>,
    #[cfg(unix)]
    suspend: Arc<AtomicBool>,
    resumed: Arc<AtomicBool>,
}

#[cfg(unix)]
impl Signals {
    fn listen() -> io::Result<Self> {
        use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP};
        let flag = |signal| {
            let flag = Arc::new(AtomicBool::new(false));
            signal_hook::flag::register(signal, Arc::clone(&flag)).map(|_| flag)
        };
        let stop = [SIGTERM, SIGHUP, SIGINT].into_iter().map(|signal| flag(signal).map(|flag| (signal, flag)));
        Ok(Self { stop: stop.collect::<io::Result<_>>()?, suspend: flag(SIGTSTP)?, resumed: flag(SIGCONT)? })
    }

    fn news(&self) -> Option<TerminalEvent> {
        let came = |flag: &AtomicBool| flag.swap(false, Ordering::Relaxed);
        if let Some((signal, _)) = self.stop.iter().find(|(_, flag)| came(flag)) {
            return Some(TerminalEvent::Stop(*signal));
        }
        if came(&self.suspend) {
            return Some(TerminalEvent::Suspend);
        }
        came(&self.resumed).then_some(TerminalEvent::Repaint)
    }

    fn stop_here(&self) {
        // The default of SIGTSTP is to stop; we go on here after SIGCONT.
        let _ = signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP);
        self.resumed.store(false, Ordering::Relaxed);
    }
}

#[cfg(not(unix))]
impl Signals {
    fn listen() -> io::Result<Self> {
        Ok(Self { resumed: Arc::new(AtomicBool::new(false)) })
    }

    fn news(&self) -> Option<TerminalEvent> {
        self.resumed.swap(false, Ordering::Relaxed).then_some(TerminalEvent::Repaint)
    }

    fn stop_here(&self) {}
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;

    use super::only_words;
    use crate::text::forbidden;

    #[test]
    fn no_cell_holds_what_a_terminal_acts_on() {
        let odd =
            ('\0'..=char::MAX).filter(|c| forbidden(c.encode_utf8(&mut [0; 4])).is_some() || "\n\r\t".contains(*c));
        let mut frame = Buffer::with_lines(["“é” 👩\u{200d}🚀 |"]);
        let fine = frame.clone();
        for (at, odd) in odd.enumerate() {
            frame.content[7].set_symbol(&if at % 2 == 0 { format!("a{odd}") } else { odd.to_string() });
            only_words(&mut frame);
            assert_eq!(frame.content[7].symbol(), " ", "{odd:?}");
        }
        frame.content[7] = fine.content[7].clone();
        only_words(&mut frame);
        assert_eq!(frame, fine);
    }
}
