use std::io::{self, BufRead, IsTerminal, Write};

use crate::author::{assignment, scene};
use crate::engine::{Holder, Input, Session};
use crate::plain::{self, Left, PlainGame};
use crate::record::{ClassCode, Journal, begin, story_of};
use crate::story::{SeatId, Story, nearest};

use crate::view::says;

use super::Play;
use super::class::story_of_code;
use super::stories::Opened;

/// What `hallway` alone opens.
const DEFAULT_STORY: &str = crate::story::BUILT_IN[0].name;

/// Plays a story. `title` opens the title screen where there is a terminal for it.
pub(super) fn run(arguments: &Play, title: bool) -> io::Result<u8> {
    let existing = arguments.save.as_deref().filter(|path| path.exists());
    let name = match (&arguments.story, existing) {
        (Some(name), _) => name.clone(),
        (None, Some(save)) => match story_of(save) {
            Ok(name) => name,
            Err(trouble) => return usage(&trouble.to_string()),
        },
        (None, None) => DEFAULT_STORY.to_owned(),
    };
    let class = match arguments.code.as_deref().map(ClassCode::read) {
        Some(Err(why)) => return usage(&why.to_string()),
        Some(Ok(class)) => Some(class),
        None => None,
    };
    let name = match class.as_ref().map(|class| story_of_code(arguments.story.as_deref(), Some(class))) {
        Some(Ok((name, _))) => name,
        Some(Err(why)) => return usage(&why),
        None => name,
    };
    let opened = Opened::new(&name);
    let checked = opened.check();
    let Some(story) = &checked.story else {
        let colour = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        for diagnostic in &checked.diagnostics {
            eprintln!("{}\n", diagnostic.render(&opened.sources, colour));
        }
        eprintln!("{}: this story cannot be played yet; see above", crate::text::clean(&name));
        return Ok(1);
    };
    let seat = match &arguments.role {
        None => None,
        Some(role) => match story.seat_named(role) {
            Some(seat) => Some(seat),
            None => return usage(&unknown_role(story, role)),
        },
    };
    let ahead = match inputs_ahead(story, &arguments.set, arguments.from.as_deref()) {
        Ok(ahead) => ahead,
        Err(message) => return usage(&message),
    };
    let persons: Vec<SeatId> = match &class {
        Some(class) => story.seat_ids().filter(|seat| class.persons & (1 << seat.index()) != 0).collect(),
        None if arguments.hotseat => story.seat_ids().collect(),
        None => Vec::new(),
    };
    let seat = if persons.len() == 1 { persons.first().copied() } else { seat };
    let seed = class.map(|class| u64::from(class.seed)).or(arguments.seed);
    let start = Start { name: &name, story, seat, seed, persons, ahead, arguments };
    if wants_plain(arguments) && start.persons.len() > 1 {
        return usage(says::PLAIN_TOGETHER);
    }
    if wants_plain(arguments) { start.plain() } else { start.full_screen(title) }
}

/// Plain where asked for, where a reader is at the other end, or where there is no terminal to draw on.
fn wants_plain(arguments: &Play) -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    arguments.plain || dumb || set("ACCESSIBLE") || !io::stdin().is_terminal() || !io::stdout().is_terminal()
}

struct Start<'a, 's> {
    name: &'a str,
    story: &'s Story,
    seat: Option<SeatId>,
    seed: Option<u64>,
    /// Who shares the keyboard, where several do.
    persons: Vec<SeatId>,
    /// `--from` and `--set`.
    ahead: Vec<Input>,
    arguments: &'a Play,
}

impl<'s> Start<'_, 's> {
    fn seed(&self) -> u64 {
        self.seed.unwrap_or_else(fresh_seed)
    }

    fn plain(self) -> io::Result<u8> {
        let stdin = io::stdin();
        let mut input = stdin.lock();
        let mut output = io::stdout().lock();
        let columns = output.is_terminal().then(|| crate::tui::columns().clamp(20, 78));
        let story = self.story;
        let existing = self.arguments.save.as_deref().filter(|path| path.exists());
        let (session, journal, seat) = match existing {
            Some(path) => match Journal::resume(path, story) {
                Ok(resumed) => {
                    for notice in &resumed.notices {
                        writeln!(output, "{notice}")?;
                    }
                    let seat = resumed.session.person();
                    if resumed.session.holders().iter().filter(|holder| **holder == Holder::Person).count() > 1 {
                        return usage(says::PLAIN_TOGETHER);
                    }
                    (resumed.session, Some(resumed.journal), seat)
                }
                Err(trouble) => return usage(&trouble.to_string()),
            },
            None => {
                opening(&mut output, story)?;
                let Some(seat) = (match self.seat {
                    Some(seat) => Some(seat),
                    None => ask_seat(&mut input, &mut output, story)?,
                }) else {
                    return Ok(0);
                };
                let session = new_session(story, self.seed(), seat, &self.ahead);
                let role = &story.seats[seat.index()];
                if !role.brief.is_empty() {
                    writeln!(
                        output,
                        "\nYour seat: {}. {}\n\n{}",
                        role.place,
                        role.name,
                        crate::text::plain(&role.brief)
                    )?;
                }
                let journal = match begin(self.arguments.save.as_deref(), self.name, &session) {
                    Ok(journal) => Some(journal),
                    Err(why) => {
                        writeln!(output, "\nThis night is not kept: {why}.")?;
                        None
                    }
                };
                (session, journal, seat)
            }
        };
        let mut game = PlainGame {
            session,
            journal,
            seat,
            input: &mut input,
            output: &mut output,
            columns,
            glyphs: crate::tui::glyphs(),
            name: self.name,
        };
        Ok(match plain::play(&mut game)? {
            Left::Ended | Left::Early => 0,
            Left::Stuck => 1,
        })
    }

    fn full_screen(self, title: bool) -> io::Result<u8> {
        let start = crate::tui::Start {
            story: self.story,
            name: self.name.to_owned(),
            seat: self.seat,
            seed: self.seed,
            fresh_seed,
            save: self.arguments.save.clone(),
            ahead: self.ahead,
            title: title || (self.seat.is_none() && self.persons.len() < 2),
            together: self.persons,
            panic: self.arguments.panic,
        };
        crate::tui::run(start)
    }
}

fn new_session<'s>(story: &'s Story, seed: u64, seat: SeatId, ahead: &[Input]) -> Session<'s> {
    let holder = |other| if other == seat { Holder::Person } else { Holder::Story };
    let mut session = Session::new(story, seed, story.seat_ids().map(holder).collect());
    for input in ahead {
        // These inputs are about scenes and variables that exist; nothing refuses them.
        let _ = session.input(*input);
    }
    session
}

fn opening(output: &mut impl Write, story: &Story) -> io::Result<()> {
    writeln!(output, "{}", if story.title.is_empty() { "An untitled story" } else { &story.title })?;
    if !story.by.is_empty() {
        writeln!(output, "{}", story.by)?;
    }
    for text in [&story.about, &story.notice].into_iter().filter(|text| !text.is_empty()) {
        writeln!(output, "\n{}", crate::text::plain(text))?;
    }
    Ok(())
}

fn ask_seat(input: &mut impl BufRead, output: &mut impl Write, story: &Story) -> io::Result<Option<SeatId>> {
    if story.seats.len() == 1 {
        return Ok(Some(SeatId::new(0)));
    }
    writeln!(output, "\nWhich seat?")?;
    for (at, seat) in story.seats.iter().enumerate() {
        let counts = if seat.counts.is_empty() { String::new() } else { format!(", who counts {}", seat.counts) };
        writeln!(output, "{}. {}: {}{counts}.", at + 1, seat.place, seat.name)?;
    }
    loop {
        output.flush()?;
        let mut line = String::new();
        if input.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let line = crate::text::clean(line.trim()).into_owned();
        let by_number = line.parse::<usize>().ok().and_then(|n| n.checked_sub(1)).filter(|at| *at < story.seats.len());
        if let Some(seat) = by_number.map(SeatId::new).or_else(|| story.seat_named(&line)) {
            return Ok(Some(seat));
        }
        if line.eq_ignore_ascii_case("quit") {
            return Ok(None);
        }
        writeln!(output, "“{line}” fits nothing here. Answer a number from 1 to {}.", story.seats.len())?;
    }
}

pub(super) fn unknown_role(story: &Story, role: &str) -> String {
    let ids: Vec<&str> = story.seats.iter().map(|seat| seat.id.as_str()).collect();
    let near = nearest(role, ids.iter().copied()).map(|near| format!(" Did you mean `{near}`?")).unwrap_or_default();
    format!("there is no seat `{}` in this story.{near} Its seats are: {}", crate::text::clean(role), ids.join(", "))
}

/// `--from` and `--set` as inputs.
pub(super) fn inputs_ahead(story: &Story, set: &[String], from: Option<&str>) -> Result<Vec<Input>, String> {
    let set = set.iter().map(|words| assignment(story, words));
    let from = from.map(|id| scene(story, id).map(Input::Jump));
    set.chain(from).collect()
}

fn usage(message: &str) -> io::Result<u8> {
    eprintln!("hallway: {message}");
    Ok(2)
}

/// A seed nobody chose.
pub(super) fn fresh_seed() -> u64 {
    use std::hash::BuildHasher as _;
    // The standard library seeds its hashers from the system; six digits are enough, and can be read aloud.
    std::collections::hash_map::RandomState::new().hash_one("hallway") % 1_000_000
}
