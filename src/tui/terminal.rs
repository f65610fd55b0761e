//! The terminal itself: with `terminal/unix.rs` and `terminal/windows.rs` all that knows crossterm and signals.

#[cfg(unix)]
mod unix;
#[cfg(not(unix))]
mod windows;

use std::io::{self, Stdout, Write as _};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen};
use crossterm::{cursor, event, execute, queue, style, terminal};
use ratatui::backend::CrosstermBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::{Frame, TerminalOptions, Viewport};

use crate::text;

use super::app::AppEvent;

#[cfg(unix)]
use unix::Tty as Source;
#[cfg(not(unix))]
use windows::WindowsConsole as Source;

/// How long to wait for a key before looking whether a signal has come.
const LOOK_UP: Duration = Duration::from_millis(500);

/// The window's title onto the terminal's stack, and from it again (xterm's window operations 22 and 23).
const KEEP_TITLE: &str = "\x1b[22;0t";
const TITLE_AS_IT_WAS: &str = "\x1b[23;0t";
/// Asks for the colour of the background.
const ASK_BACKGROUND: &str = "\x1b]11;?\x1b\\";
/// How long an answer may be on its way.
const ANSWER: Duration = Duration::from_secs(1);

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

/// Does this when a keyboard's interrupt comes, which then ends the program as usual.
pub fn before_interruption(does: impl FnOnce() + Send + 'static) {
    #[cfg(unix)]
    {
        use signal_hook::consts::SIGINT;
        let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGINT]) else { return };
        std::thread::spawn(move || {
            if signals.forever().next().is_some() {
                does();
                let _ = signal_hook::low_level::emulate_default_handler(SIGINT);
            }
        });
    }
    #[cfg(not(unix))]
    drop(does);
}

/// Columns of the terminal; 80 where it does not say.
#[must_use]
pub fn columns() -> usize {
    usize::from(size().0)
}

/// Columns and rows of the terminal; 80 and 24 where it does not say, as over a serial line.
fn size() -> (u16, u16) {
    terminal::size().ok().filter(|(columns, rows)| *columns > 0 && *rows > 0).unwrap_or((80, 24))
}

/// What came from the terminal.
#[cfg_attr(not(unix), expect(dead_code, reason = "a console has neither signals nor job control"))]
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
    source: Source,
    /// When the terminal was asked for its background, until it has answered.
    asked: Option<Instant>,
}

impl Terminal {
    /// Takes the terminal over.
    pub fn open() -> io::Result<Self> {
        // Under NO_COLOR crossterm would turn every change of colour into a full reset, which takes reverse video
        // away with it. The theme honours NO_COLOR instead.
        style::force_color_output(true);
        let source = Source::open()?;
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            leave();
            before(panic);
        }));
        enter()?;
        // Of a size that we ask for ourselves: a terminal that says 0 by 0 is drawn on all the same.
        let options = TerminalOptions { viewport: Viewport::Fixed(Rect::ZERO) };
        let backend = CrosstermBackend::new(io::stdout());
        let inner = ratatui::Terminal::with_options(backend, options).inspect_err(|_| leave())?;
        let mut terminal = Self { inner, source, asked: None };
        // Where there is no other screen to change to, this one still holds what the shell wrote.
        terminal.repaint()?;
        Ok(terminal)
    }

    /// Columns and rows.
    pub fn size(&self) -> (u16, u16) {
        size()
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
    pub fn next(&mut self, deadline: Option<Duration>) -> TerminalEvent {
        let event = self.source.next(deadline.unwrap_or(LOOK_UP).min(LOOK_UP));
        if matches!(event, TerminalEvent::Input(AppEvent::Background { .. })) {
            self.asked = None;
        }
        event
    }

    /// Asks the terminal for the colour of its background (xterm's OSC 11). A console of Windows takes an answer for keys.
    pub fn ask_for_background(&mut self) -> io::Result<()> {
        if cfg!(unix) {
            self.asked = Some(Instant::now());
            execute!(io::stdout(), style::Print(ASK_BACKGROUND))?;
        }
        Ok(())
    }

    /// An answer that comes after we have left would be typed at the shell: if one may still be on its way, it is waited
    /// for, a little.
    fn await_answer(&mut self) {
        while self.asked.is_some_and(|asked| asked.elapsed() < ANSWER) {
            if !matches!(self.next(Some(Duration::from_millis(50))), TerminalEvent::Input(_)) {
                return;
            }
        }
    }

    /// Whether more has come together with the last news.
    pub fn has_more(&self) -> bool {
        self.source.has_more()
    }

    /// Makes the next frame draw every cell. `clear` would ask the terminal where its cursor is, and a terminal that
    /// does not answer would stall us.
    pub fn repaint(&mut self) -> io::Result<()> {
        let (columns, rows) = size();
        execute!(io::stdout(), style::ResetColor, terminal::Clear(terminal::ClearType::All))?;
        self.inner.resize(Rect::new(0, 0, columns, rows))
    }

    /// Hands the terminal to the shell until it is given back.
    pub fn suspend(&mut self) -> io::Result<()> {
        leave();
        self.source.stop_here();
        enter()?;
        self.repaint()
    }

    /// Lends the terminal to another program until it has ended.
    ///
    /// # Errors
    /// Within, if the program could not be run; else if the terminal cannot be taken over again.
    pub fn lend(&mut self, command: &mut Command) -> io::Result<io::Result<()>> {
        leave();
        let done = self.source.run(command);
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
        self.await_answer();
        leave();
    }
}

/// Takes the terminal over, or leaves it as it was.
fn enter() -> io::Result<()> {
    terminal::enable_raw_mode()?;
    execute!(
        io::stdout(),
        style::Print(KEEP_TITLE),
        terminal::SetTitle("hallway"),
        EnterAlternateScreen,
        event::EnableBracketedPaste
    )
    .inspect_err(|_| leave())
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
