mod which;

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use clap::Args;

use crate::serve::{Addresses, Class, ClassEvent, ClassPlan, Said, listen, serve};
use crate::story::{SeatId, Story};
use crate::teach::{groups, seats_of_pair};
use crate::text::{counted, shown};

use super::arguments::turn;
use super::error::{CliError, Outcome};
use super::output::{Output, colours, out};
use super::seed::fresh_seed;
use super::stories::{LoadedStory, load_story};

/// What a class plays where no story is named.
const STORY: &str = "hold-the-line-class";
/// Where nothing else is said; a class that is taken up again is found at the address that its devices know.
const PORT: u16 = 7240;
/// How long the devices have to hear that the lesson is over.
const FAREWELL: Duration = Duration::from_millis(300);
/// So many groups at most.
const GROUPS: usize = 100;

#[derive(Debug, Args)]
pub(super) struct Serve {
    /// A file, a folder or a built-in story [default: hold-the-line-class]
    story: Option<String>,
    /// How many groups; each has all the story's seats
    #[arg(long, conflicts_with = "pupils")]
    groups: Option<usize>,
    /// How many pupils: groups of three, and one of two where two are left over
    #[arg(long)]
    pupils: Option<usize>,
    /// The luck of every group's game; without it, any
    #[arg(long)]
    seed: Option<u64>,
    /// Seconds for each turn; then the game goes on without a decision [possible values: 30, 45, 60, 90, 120, 180, 300]
    #[arg(long, value_name = "SECONDS", value_parser = turn)]
    turn: Option<u16>,
    /// The port to listen at
    #[arg(long, default_value_t = PORT)]
    port: u16,
    /// Let the devices in this room's network in; without it, only this computer
    #[arg(long)]
    lan: bool,
    /// Where the games are kept; a class that was interrupted goes on from there
    #[arg(long, value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Begin a new class even if the last one is still open
    #[arg(long, conflicts_with = "folder")]
    new: bool,
    /// Words alone, for a screen reader or a log: no picture of the address
    #[arg(long)]
    plain: bool,
}

/// What the console hears.
enum Heard {
    Event(ClassEvent),
    Line(String),
    /// Nobody types any more.
    Silence,
    /// The door has failed.
    Failed(io::Error),
}

/// Serves a class until its teacher ends the lesson.
pub(super) fn run(arguments: &Serve) -> Outcome {
    let folder = which::folder(arguments)?;
    let kept = ClassPlan::kept(&folder).map_err(CliError::fault)?;
    let goes_on = kept.is_some();
    let asked = arguments.story.as_deref().unwrap_or(STORY);
    let name = kept.as_ref().map_or_else(|| asked.to_owned(), |plan| crate::record::asked_name(&plan.story));
    let LoadedStory { name, story, .. } = load_story(Some(&name))?;
    // The class plays it for as long as the program runs.
    let story: &'static Story = Box::leak(Box::new(story));
    // Where nobody could come in, nothing is made.
    let (listener, addresses) = listen(arguments.port, arguments.lan).map_err(|error| {
        CliError::fault(format!("port {} cannot be opened: {error}; name another with --port", arguments.port))
    })?;
    let plan = match kept {
        Some(plan) => plan,
        None => {
            let seed = arguments.seed.unwrap_or_else(fresh_seed);
            let plan = ClassPlan::new(&name, story, seed, seats(arguments, story)?).map_err(CliError::fault)?;
            let plan = plan.with_turns_of(arguments.turn.unwrap_or(0));
            plan.keep(&folder).map_err(CliError::fault)?;
            plan
        }
    };
    let (heard, hears) = channel();
    let class = Class::open(story, plan, &folder, &events(&heard)).map_err(CliError::fault)?;
    let class = Arc::new(class);
    let again = which::line(arguments, &class.folder, addresses.port());
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    opening(arguments, &class, addresses, goes_on, &again)?;
    let door = (class.clone(), heard.clone());
    runtime.spawn(async move {
        let (class, heard) = door;
        let Err(error) = serve(class, listener, addresses).await;
        let _ = heard.send(Heard::Failed(error));
    });
    std::thread::spawn(move || lines(&heard));
    console(&class, addresses, &hears, arguments.plain, &again)
}

/// For each group the seats that pupils hold.
fn seats(arguments: &Serve, story: &Story) -> Result<Vec<Vec<SeatId>>, CliError> {
    let all: Vec<SeatId> = story.seat_ids().collect();
    let groups = match (arguments.groups, arguments.pupils) {
        (Some(count), _) => vec![all.clone(); count],
        (None, Some(pupils)) if all.len() == 3 => {
            let groups = groups(pupils);
            let pairs = (0..groups.pairs).map(|_| seats_of_pair(story));
            std::iter::repeat_n(all.clone(), groups.threes).chain(pairs).collect()
        }
        (None, Some(pupils)) => vec![all.clone(); pupils.div_ceil(all.len())],
        (None, None) => return Err(CliError::usage("say how many groups: --groups 9, or --pupils 26")),
    };
    match groups.len() {
        0 => Err(CliError::usage("there is nobody to play: say --groups 9, or --pupils 26")),
        count if count > GROUPS => Err(CliError::usage(format!("{count} groups are too many; at most {GROUPS}"))),
        _ => Ok(groups),
    }
}

/// What the teacher is told first: where to go, with what, and what may stand in the way.
fn opening(arguments: &Serve, class: &Class, addresses: Addresses, goes_on: bool, again: &str) -> io::Result<()> {
    let mut out = out();
    if goes_on {
        writeln!(out, "This class goes on from what {} keeps.", shown(&class.folder))?;
        if arguments.folder.is_none() {
            writeln!(out, "For a new class instead, quit and add --new.")?;
        }
        let asked = [
            ("the story", arguments.story.is_some()),
            ("--groups", arguments.groups.is_some()),
            ("--pupils", arguments.pupils.is_some()),
            ("--seed", arguments.seed.is_some()),
            ("--turn", arguments.turn.is_some()),
        ];
        let asked: Vec<&str> = asked.into_iter().filter_map(|(name, asked)| asked.then_some(name)).collect();
        if !asked.is_empty() {
            let asked = asked.join(", ");
            writeln!(
                out,
                "It keeps what it was begun with, whatever you name now ({asked}); for another class name another folder."
            )?;
        }
        writeln!(out, "{}\n", class.told())?;
    }
    whereabouts(&mut out, class, addresses, arguments.plain)?;
    if arguments.lan {
        writeln!(out, "\nYour computer may ask now whether hallway may be reached from the network: allow it.")?;
    } else {
        writeln!(out, "\nOnly this computer is let in. For the devices in the room, start it with --lan.")?;
    }
    writeln!(out, "Every decision is kept as it is made, in {}.", shown(&class.folder))?;
    writeln!(out, "After an interruption, go on with this line:\n{again}\n")?;
    writeln!(
        out,
        "{}. When everybody has a seat, type begin; type help for the rest.\n",
        counted(class.plan.groups.len(), "group")
    )?;
    out.flush()
}

fn whereabouts<W: io::Write>(out: &mut Output<W>, class: &Class, addresses: Addresses, plain: bool) -> io::Result<()> {
    let hosts = addresses.hosts();
    let Some((first, others)) = hosts.split_first() else { return Ok(()) };
    // Black on white, whatever the terminal's own colours are: half of the telephones read nothing else.
    if !plain && colours(io::stdout().is_terminal()) {
        for line in Addresses::picture(&Addresses::link(first, &class.plan.code)).lines() {
            out.styled(&format!("\x1b[30;107m{line}\x1b[0m\n"))?;
        }
    }
    writeln!(out, "Address: http://{first}\nCode:    {}", class.plan.code)?;
    for other in others.iter().filter(|other| !other.starts_with("127.") && !other.starts_with("localhost")) {
        writeln!(out, "If that leads nowhere: http://{other}")?;
    }
    Ok(())
}

/// Where the class tells its events.
fn events(heard: &Sender<Heard>) -> Sender<ClassEvent> {
    let (events, told) = channel();
    let heard = heard.clone();
    std::thread::spawn(move || told.into_iter().try_for_each(|event| heard.send(Heard::Event(event))));
    events
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

/// Tells what happens, and does what the teacher says.
fn console(class: &Class, addresses: Addresses, hears: &Receiver<Heard>, plain: bool, again: &str) -> Outcome {
    let mut asked: Option<String> = None;
    for heard in hears {
        let mut out = out();
        match heard {
            Heard::Event(event) => writeln!(out, "{event}")?,
            Heard::Failed(error) => return Err(CliError::Io(error)),
            // Whoever started it without a keyboard ends it by a signal.
            Heard::Silence => {}
            Heard::Line(line) => {
                let sure = asked.take().is_some_and(|asked| asked == line.trim());
                match class.order(&line, sure) {
                    Ok(Said::Quit) => {
                        class.end().map_err(CliError::fault)?;
                        writeln!(out, "The lesson is over.")?;
                        if let Some(path) = class.keep_results().map_err(CliError::fault)? {
                            writeln!(out, "Every decision is in {}.", shown(&path))?;
                        }
                        writeln!(out, "To go on with this class after all:\n{again}")?;
                        out.flush()?;
                        // The devices are being told; without a program there is nobody to tell them.
                        std::thread::sleep(FAREWELL);
                        return Ok(0);
                    }
                    Ok(Said::Board) => {
                        let hosts = addresses.hosts();
                        let own = hosts.iter().find(|host| host.starts_with("127.")).unwrap_or(&hosts[0]);
                        writeln!(out, "The board, for the projector: {}", Addresses::board(own, &class.plan.code))?;
                    }
                    Ok(Said::Address) => whereabouts(&mut out, class, addresses, plain)?,
                    Ok(Said::Lines(words)) => writeln!(out, "{words}")?,
                    Ok(Said::Sure(words)) => {
                        writeln!(out, "{words} To do it, type the same line once more.")?;
                        asked = Some(line.trim().to_owned());
                    }
                    Err(why) => writeln!(out, "{why}")?,
                }
            }
        }
        out.flush()?;
    }
    Ok(0)
}
