use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use serde::Serialize;

use crate::author::{Simulation, simulate};

use super::stories::Opened;
use super::{Format, Simulate};

/// What `simulate --format json` prints.
#[derive(Serialize)]
struct Report<'s> {
    #[serde(flatten)]
    simulation: &'s Simulation,
    seconds: f64,
    choices_per_second: f64,
}

/// Plays random nights and says what they were like.
pub(super) fn run(arguments: &Simulate) -> io::Result<u8> {
    let opened = Opened::new(arguments.story.as_deref().unwrap_or(crate::story::BUILT_IN[0].name));
    let checked = opened.check();
    let Some(story) = &checked.story else {
        eprintln!("hallway: {} has faults; `hallway check` tells which", opened.name);
        return Ok(1);
    };
    let seat = match &arguments.role {
        None => None,
        Some(role) => match story.seat_named(role) {
            Some(seat) => Some(seat),
            None => {
                eprintln!("hallway: there is no seat `{}` in this story", crate::text::clean(role));
                return Ok(2);
            }
        },
    };
    let begun = Instant::now();
    let mut last = begun;
    let shown = io::stderr().is_terminal();
    let simulation = simulate(story, arguments.runs, arguments.seed, seat, &mut |done| {
        if shown && last.elapsed() > Duration::from_millis(100) {
            last = Instant::now();
            eprint!("\r\x1b[K{done} of {} nights", arguments.runs);
        }
        true
    });
    if shown {
        eprint!("\r\x1b[K");
    }
    let seconds = begun.elapsed().as_secs_f64();
    let mut out = io::stdout().lock();
    if arguments.format == Format::Json {
        let choices_per_second = simulation.choices as f64 / seconds.max(1e-9);
        let report = Report { simulation: &simulation, seconds, choices_per_second };
        serde_json::to_writer_pretty(&mut out, &report)?;
        return writeln!(out).map(|()| 0);
    }
    text(&mut out, &simulation, seconds, seat.is_some())?;
    Ok(u8::from(simulation.stuck > 0))
}

fn text(out: &mut impl Write, simulation: &Simulation, seconds: f64, person: bool) -> io::Result<()> {
    writeln!(out, "{} nights in {seconds:.1} s", simulation.runs)?;
    for ending in &simulation.endings {
        let (share, low, high) = (100.0 * ending.share, 100.0 * ending.low, 100.0 * ending.high);
        writeln!(out, "{share:6.2} %  ({low:5.2} to {high:5.2})  {}", ending.title)?;
    }
    if simulation.stuck > 0 {
        writeln!(out, "{} nights had no way on: `hallway check` shows one", simulation.stuck)?;
    }
    let words = simulation.words;
    writeln!(out, "words read: {} to {}, {} in the middle", words.min, words.max, words.median)?;
    if person {
        let decisions = simulation.decisions;
        writeln!(out, "decisions: {} to {}, {} in the middle", decisions.min, decisions.max, decisions.median)?;
        writeln!(
            out,
            "{:.0} words and {:.1} options a decision",
            simulation.words_per_decision, simulation.options_per_decision
        )?;
    }
    writeln!(out, "two nights share {:.0} % of their passages", 100.0 * simulation.pair_overlap)?;
    if !simulation.never_seen.is_empty() {
        writeln!(out, "never seen: {}", simulation.never_seen.join(", "))?;
    }
    Ok(())
}
