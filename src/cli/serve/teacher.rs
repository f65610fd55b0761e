//! The teacher at the console: what they type is done and answered, and what happens in the class is told, in plain lines or on
//! the full screen.

use std::io::{self, BufRead as _, Write as _};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use crate::serve::{Addresses, Class, ClassEvent, Said};
use crate::text::{counted, is_picture, shown};
use crate::tui::{Console, console};

use super::super::error::{CliError, Outcome};
use super::super::output::{colours, out};

/// How long the devices have to hear that the lesson is over; without a program there is nobody to tell them.
const FAREWELL: Duration = Duration::from_millis(300);

/// What the console hears.
pub(super) enum Heard {
    Event(ClassEvent),
    Line(String),
    /// Nobody types any more.
    Silence,
    /// The door has failed.
    Failed(io::Error),
}

/// The teacher of a class that is being served.
pub(super) struct Teacher<'a> {
    pub class: &'a Class,
    pub addresses: Addresses,
    /// The line with which the class goes on.
    pub again: &'a str,
    /// Whether a picture of the address can be shown.
    pub pictures: bool,
    pub hears: Receiver<Heard>,
    /// What was typed and asked about, and the question. It is done if it is typed once more while the question is the same.
    asked: Option<(String, String)>,
    /// The lesson is over, and this is to be said last.
    farewell: Option<String>,
}

impl<'a> Teacher<'a> {
    pub fn new(class: &'a Class, addresses: Addresses, again: &'a str, pictures: bool, hears: Receiver<Heard>) -> Self {
        Self { class, addresses, again, pictures, hears, asked: None, farewell: None }
    }

    /// Where the class is, and its code.
    pub fn whereabouts(&self) -> String {
        let hosts = self.addresses.hosts();
        let Some((first, others)) = hosts.split_first() else { return String::new() };
        let code = &self.class.plan.code;
        let mut words =
            if self.pictures { Addresses::picture(&Addresses::link(first, code)) + "\n" } else { String::new() };
        words.push_str(&format!("Address: http://{first}\nCode:    {code}"));
        for other in others.iter().filter(|other| !other.starts_with("127.") && !other.starts_with("localhost")) {
            words.push_str(&format!("\nIf that leads nowhere: http://{other}"));
        }
        words
    }

    /// Does what a line says, and answers; `None` once the lesson is over.
    fn answer(&mut self, line: &str) -> Result<Option<String>, String> {
        let asked = self.asked.take().filter(|(asked, _)| asked == line.trim());
        let mut said = self.class.order(line, false);
        if let (Some((_, question)), Ok(Said::Sure(again))) = (&asked, &said)
            && question == again
        {
            said = self.class.order(line, true);
        }
        Ok(Some(match said {
            Ok(Said::Quit) => {
                self.class.end()?;
                let kept = self.class.keep_results()?;
                let kept = kept.map(|path| format!("\nEvery decision is in {}.", shown(&path))).unwrap_or_default();
                self.farewell =
                    Some(format!("The lesson is over.{kept}\nTo go on with this class after all:\n{}", self.again));
                return Ok(None);
            }
            Ok(Said::Board) => {
                let hosts = self.addresses.hosts();
                let own = hosts.iter().find(|host| host.starts_with("127.")).unwrap_or(&hosts[0]);
                format!("The board, for the projector: {}", Addresses::board(own, &self.class.plan.code))
            }
            Ok(Said::Address) => {
                format!("{}\nAfter an interruption, go on with this line:\n{}", self.whereabouts(), self.again)
            }
            Ok(Said::Lines(words)) => words,
            Ok(Said::Sure(words)) => {
                self.asked = Some((line.trim().to_owned(), words.clone()));
                format!("{words} To do it, type the same line once more.")
            }
            Err(why) => why,
        }))
    }

    /// Tells what happens and does what is typed, line by line.
    pub fn in_lines(mut self, typed: &Sender<Heard>) -> Outcome {
        let typed = typed.clone();
        std::thread::spawn(move || lines(&typed));
        while let Ok(heard) = self.hears.recv() {
            match heard {
                Heard::Event(event) => say(&event.to_string())?,
                Heard::Failed(error) => return Err(CliError::Io(error)),
                // Whoever started it without a keyboard ends it by a signal.
                Heard::Silence => {}
                Heard::Line(line) => match self.answer(&line).map_err(CliError::fault)? {
                    Some(words) => say(&words)?,
                    None => break,
                },
            }
        }
        self.leaves()
    }

    /// Runs the console on the full screen, once Enter is pressed; until then, what was printed first stays visible.
    pub fn on_screen(mut self, typed: &Sender<Heard>) -> Outcome {
        let mut first = String::new();
        if io::stdin().lock().read_line(&mut first)? == 0 {
            // Nobody can type any more; the class goes on.
            return self.in_lines(typed);
        }
        match console(&mut self, &first)? {
            Some(code) => {
                say(&format!("The class goes on with this line:\n{}", self.again))?;
                Ok(code)
            }
            None => self.leaves(),
        }
    }

    /// Says what is to be said last, and lets the devices hear it.
    fn leaves(self) -> Outcome {
        if let Some(farewell) = &self.farewell {
            say(farewell)?;
        }
        let until = Instant::now() + FAREWELL;
        while !matches!(
            self.hears.recv_timeout(until.saturating_duration_since(Instant::now())),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected)
        ) {}
        Ok(0)
    }
}

impl Console for Teacher<'_> {
    fn heading(&self) -> String {
        let host = self.addresses.hosts().into_iter().next().unwrap_or_default();
        let groups = counted(self.class.plan.groups.len(), "group");
        format!("Code {}  ·  http://{host}  ·  {groups}", self.class.plan.code)
    }

    fn standing(&self) -> Vec<String> {
        self.class.told().lines().map(str::to_owned).collect()
    }

    fn happened(&mut self) -> io::Result<Vec<String>> {
        let mut told = Vec::new();
        while let Ok(heard) = self.hears.try_recv() {
            match heard {
                Heard::Event(event) => told.push(event.to_string()),
                Heard::Failed(error) => return Err(error),
                Heard::Line(_) | Heard::Silence => {}
            }
        }
        Ok(told)
    }

    fn line(&mut self, line: &str) -> io::Result<Option<String>> {
        self.answer(line).map_err(io::Error::other)
    }
}

/// Reads what the teacher types.
fn lines(heard: &Sender<Heard>) {
    for line in io::stdin().lock().lines().map_while(Result::ok) {
        if heard.send(Heard::Line(line)).is_err() {
            return;
        }
    }
    let _ = heard.send(Heard::Silence);
}

/// Says some lines; a picture for telephones in black on white, whatever the terminal's own colours are: half of them read nothing
/// else.
pub(super) fn say(words: &str) -> io::Result<()> {
    let mut out = out();
    for line in words.lines() {
        if is_picture(line) {
            out.styled(&format!("\x1b[30;107m{line}\x1b[0m\n"))?;
        } else {
            writeln!(out, "{line}")?;
        }
    }
    out.flush()
}

/// Whether standard output takes a picture for telephones.
pub(super) fn takes_pictures(plain: bool) -> bool {
    !plain && colours(io::IsTerminal::is_terminal(&io::stdout()))
}
