mod changes;

use std::io::{self, Write};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use serde::Serialize;

use crate::author::{Consequences, Simulation, Values, consequences, exact, simulate};
use crate::text::counted;

use super::arguments::{Format, SimulateArgs};
use super::error::Outcome;
use super::output::{Progress, out, warn};
use super::stories::{LoadedStory, load_story, named_or_here, seat_named};

/// Moments that are weighed before counting must do, a second or two of work.
const BUDGET: usize = 150_000;

/// What `simulate --format json` prints.
#[derive(Serialize)]
struct SimulateReport<'s> {
    #[serde(flatten)]
    simulation: &'s Simulation,
    /// By role: the one that was asked for, or all.
    consequences: &'s [Consequences],
    seconds: f64,
    choices_per_second: f64,
    /// True where the run was stopped before all its games were played.
    interrupted: bool,
}

/// Plays random games and says what they were like. Interrupted, it says what it has counted until then.
pub(super) fn run(arguments: &SimulateArgs) -> Outcome {
    let LoadedStory { name, story, .. } = load_story(Some(&named_or_here(arguments.story.as_deref())?))?;
    let story = &story;
    let seat = seat_named(story, arguments.role.as_deref())?;
    let stop = crate::tui::interruption()?;
    let stopped = || stop.load(Ordering::Relaxed);
    let begun = Instant::now();
    let mut last = begun;
    let progress = Progress::new();
    let mut simulation = simulate(story, arguments.runs, arguments.seed, seat, &mut |done| {
        if progress.is_shown() && last.elapsed() > Duration::from_millis(100) {
            last = Instant::now();
            progress.say(&format!("{done} of {}", counted(arguments.runs, "game")));
        }
        !stopped()
    });
    let seconds = begun.elapsed().as_secs_f64();
    progress.say("weighing the odds");
    let budget = if arguments.samples { 0 } else { BUDGET };
    if let Some(exact) = exact(story, seat, budget, &mut || !stopped()) {
        simulation.weigh(story, &exact);
    }
    progress.say("taking decisions otherwise");
    let seats = seat.map_or_else(|| story.seat_ids().collect(), |seat| vec![seat]);
    let looked = |seat| consequences(story, seat, simulation.runs, arguments.seed, &mut || !stopped());
    let consequences: Vec<Consequences> = seats.into_iter().map(looked).collect();
    progress.clear();
    let interrupted = simulation.runs < arguments.runs;
    if interrupted {
        warn(format_args!(
            "interrupted after {} of {}; this is what they were like",
            simulation.runs,
            counted(arguments.runs, "game")
        ));
    }
    let mut out = out();
    if arguments.format == Format::Json {
        let choices_per_second = simulation.choices as f64 / seconds.max(1e-9);
        let (simulation, consequences) = (&simulation, &consequences[..]);
        let report = SimulateReport { simulation, consequences, seconds, choices_per_second, interrupted };
        out.json(&report)?;
    } else {
        let name = crate::text::quoted(&crate::text::clean_line(&name));
        text(&mut out, &simulation, &consequences, seconds, seat.is_some(), &name)?;
    }
    if interrupted {
        return Ok(130);
    }
    Ok(u8::from(simulation.stuck > 0))
}

fn text(
    out: &mut impl Write,
    simulation: &Simulation,
    consequences: &[Consequences],
    seconds: f64,
    person: bool,
    name: &str,
) -> io::Result<()> {
    writeln!(out, "{} in {seconds:.1} s\n", counted(simulation.runs, "game"))?;
    if simulation.odds == "exact" {
        writeln!(out, "endings: true odds, every state weighed (and as counted)")?;
    } else {
        writeln!(out, "endings: as counted (95 % interval)")?;
    }
    for ending in &simulation.endings {
        let (share, low, high) = (100.0 * ending.share, 100.0 * ending.low, 100.0 * ending.high);
        match ending.exact {
            Some(exact) => writeln!(out, "{:7.3} %  ({share:6.2})  {}", 100.0 * exact, ending.title)?,
            None => writeln!(out, "{share:6.2} %  ({low:5.2} to {high:5.2})  {}", ending.title)?,
        }
    }
    if simulation.stuck > 0 {
        writeln!(out, "{} came to no end: `hallway check` says where", counted(simulation.stuck, "game"))?;
    }
    if simulation.given_up > 0 {
        let given_up = counted(simulation.given_up, "game");
        writeln!(out, "{given_up} went on for longer than games are followed, and stopped there")?;
    }
    let words = simulation.words;
    writeln!(out, "\nwords read: {} to {}, {} in the middle", words.min, words.max, words.median)?;
    if person {
        let decisions = simulation.decisions;
        writeln!(out, "decisions: {} to {}, {} in the middle", decisions.min, decisions.max, decisions.median)?;
        writeln!(
            out,
            "{} and {:.1} options a decision",
            counted(simulation.words_per_decision.round(), "word"),
            simulation.options_per_decision
        )?;
    }
    writeln!(out, "two games share {:.0} % of their passages", 100.0 * simulation.pair_overlap)?;
    if let Some(reach) = &simulation.reach {
        let share = 100.0 * reach.share();
        let changed = counted(reach.changed, "decision");
        writeln!(out, "of {changed} changed, {share:.0} % changed words beyond their part")?;
    }
    changes::write(out, consequences)?;
    if !simulation.variables.is_empty() {
        writeln!(out, "\nat the end of the game")?;
        let wide = simulation.variables.iter().map(|var| crate::text::width(&var.id)).max().unwrap_or(0);
        for var in &simulation.variables {
            writeln!(out, "  {:wide$}  {}", var.id, values(var))?;
        }
    }
    list(out, "never seen (scenes)", &simulation.never_seen)?;
    list(out, "never taken", &simulation.never_taken)?;
    list(out, "never heard", &simulation.never_heard)?;
    writeln!(out, "\ngames worth a look")?;
    for game in &simulation.nights {
        let role = game.role.as_ref().map(|role| format!(" --role {role}")).unwrap_or_default();
        let walk = if game.walk.is_empty() { String::new() } else { format!(" --walk {}", game.walk) };
        writeln!(out, "  {}\n    hallway replay {name} --seed {}{role}{walk}", game.what, game.seed)?;
    }
    Ok(())
}

/// So many values are told one by one.
const MOST_VALUES: usize = 12;

/// The values of a variable with their shares; of many values the least, the middle and the greatest that came.
fn values(var: &Values) -> String {
    if var.values.len() <= MOST_VALUES {
        let each = var.values.iter().map(|(value, share)| format!("{value} {:.0} %", 100.0 * share));
        return each.collect::<Vec<_>>().join(" · ");
    }
    // The first value that so large a share of the nights did not go beyond.
    let at = |wanted: f64| {
        let mut sum = 0.0;
        let within = var.values.iter().find(|(_, share)| {
            sum += share;
            *share > 0.0 && sum >= wanted
        });
        within.or_else(|| var.values.iter().rfind(|(_, share)| *share > 0.0)).map_or("", |(value, _)| value.as_str())
    };
    format!("{} to {}; half of the games {} to {}, {} in the middle", at(0.0), at(1.0), at(0.25), at(0.75), at(0.5))
}

fn list(out: &mut impl Write, what: &str, items: &[String]) -> io::Result<()> {
    if items.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{what}")?;
    items.iter().try_for_each(|item| writeln!(out, "  {item}"))
}
