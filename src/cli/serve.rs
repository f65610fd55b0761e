mod teacher;
mod which;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};

use clap::Args;

use crate::record::kept_name;
use crate::serve::{Class, ClassEvent, ClassPlan, listen, serve};
use crate::story::{SeatId, Story};
use crate::teach::{groups, seats_of_pair};
use crate::text::{counted, shown};

use super::arguments::{LESSON, turn};
use super::error::{CliError, Outcome};
use super::output::takes_a_screen;
use super::seed::fresh_seed;
use super::stories::{LoadedStory, load_story};
use teacher::{Heard, Teacher, say, takes_pictures};

/// The default port. It is always the same, so that a class that is continued has the address that its devices know.
const PORT: u16 = 7240;
/// The greatest number of groups.
const GROUPS: usize = 100;

#[derive(Debug, Args)]
pub(super) struct Serve {
    /// Story file, story folder, or name of a built-in story [default: hold-the-line-class]
    story: Option<String>,
    /// Number of groups; each has all the seats of the story
    #[arg(long, conflicts_with = "pupils")]
    groups: Option<usize>,
    /// Number of pupils: makes groups of three, and a pair where two are left over
    #[arg(long)]
    pupils: Option<usize>,
    /// Seed for chance, the same for every group [default: a random one]
    #[arg(long)]
    seed: Option<u64>,
    /// Give each turn this many seconds; after that the game goes on without a decision [possible values: 30, 45, 60, 90, 120, 180, 300]
    #[arg(long, value_name = "SECONDS", value_parser = turn)]
    turn: Option<u16>,
    /// Port to listen on
    #[arg(long, default_value_t = PORT)]
    port: u16,
    /// Accept devices in your network; without it, only this computer can connect
    #[arg(long)]
    lan: bool,
    /// Keep seats and games in this folder; if it holds a class that was interrupted, continue it
    #[arg(long, value_name = "FOLDER")]
    folder: Option<PathBuf>,
    /// Begin a new class even if the last one is still open
    #[arg(long, conflicts_with = "folder")]
    new: bool,
    /// Print line by line, without the QR code, for screen readers and logs
    #[arg(long)]
    plain: bool,
}

/// Serves a class until its teacher ends the lesson.
pub(super) fn run(arguments: &Serve) -> Outcome {
    let folder = which::folder(arguments)?;
    let kept = ClassPlan::kept(&folder).map_err(CliError::fault)?;
    let goes_on = kept.is_some();
    let asked = arguments.story.as_deref().unwrap_or(LESSON);
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
    let teacher = Teacher::new(&class, addresses, &again, takes_pictures(arguments.plain), hears);
    let on_screen = !arguments.plain && takes_a_screen();
    opening(arguments, &teacher, goes_on, on_screen)?;
    let door = (class.clone(), heard.clone());
    runtime.spawn(async move {
        let (class, heard) = door;
        let Err(error) = serve(class, listener, addresses).await;
        let _ = heard.send(Heard::Failed(error));
    });
    if on_screen { teacher.on_screen(&heard) } else { teacher.in_lines(&heard) }
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
fn opening(arguments: &Serve, teacher: &Teacher<'_>, goes_on: bool, on_screen: bool) -> Result<(), CliError> {
    let class = teacher.class;
    let mut told: Vec<String> = Vec::new();
    if goes_on {
        told.push(format!("This class goes on from what {} keeps.", shown(&class.folder)));
        if arguments.folder.is_none() {
            told.push("For a new class instead, quit and add --new.".to_owned());
        }
        let other = asked_otherwise(arguments, class);
        if !other.is_empty() {
            let how = if arguments.folder.is_some() { "name another folder" } else { "add --new" };
            let other = other.join(", ");
            told.push(format!(
                "It keeps what it was begun with, whatever you name now ({other}); for another class {how}."
            ));
        }
        told.push(format!("{}\n", class.told()));
    }
    told.push(teacher.whereabouts());
    told.push(String::new());
    told.push(if arguments.lan {
        "Your computer may ask now whether hallway may be reached from the network: allow it.".to_owned()
    } else {
        "Only this computer is let in. For the devices in the room, start it with --lan.".to_owned()
    });
    told.push(format!("Every decision is kept as it is made, in {}.", shown(&class.folder)));
    told.push(format!("After an interruption, go on with this line:\n{}\n", teacher.again));
    let groups = counted(class.plan.groups.len(), "group");
    told.push(if on_screen {
        format!("{groups}. Press Enter for the console; there, when everybody has a seat, type begin.")
    } else {
        format!("{groups}. When everybody has a seat, type begin; type help for the rest.\n")
    });
    Ok(say(&told.join("\n"))?)
}

/// What is named now and was otherwise when the class was begun.
fn asked_otherwise(arguments: &Serve, class: &Class) -> Vec<&'static str> {
    let plan = &class.plan;
    let groups = seats(arguments, class.story).ok();
    let other_groups = groups.is_some_and(|groups| plan.seats(class.story).is_ok_and(|kept| kept != groups));
    let story = arguments.story.as_deref().is_some_and(|story| kept_name(story) != plan.story);
    [
        ("the story", story),
        ("--groups", arguments.groups.is_some() && other_groups),
        ("--pupils", arguments.pupils.is_some() && other_groups),
        ("--seed", arguments.seed.is_some_and(|seed| seed != plan.seed)),
        ("--turn", arguments.turn.is_some_and(|turn| turn != plan.turn)),
    ]
    .into_iter()
    .filter_map(|(name, other)| other.then_some(name))
    .collect()
}

/// Where the class tells its events.
fn events(heard: &Sender<Heard>) -> Sender<ClassEvent> {
    let (events, told) = channel();
    let heard = heard.clone();
    std::thread::spawn(move || told.into_iter().try_for_each(|event| heard.send(Heard::Event(event))));
    events
}
