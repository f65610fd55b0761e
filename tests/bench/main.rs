//! `cargo bench`: this engine beside its peers on the same made stories, and what a reader and a writer wait for.
//!
//! Every figure is taken in this one run, on this machine, and the ratios are what can be compared. A child process
//! plays each engine for its memory. `cargo bench --bench bench -- quick` takes fewer and shorter measurements.

mod made;
mod own;
mod peers;
mod yardstick;

use std::io::Write as _;
use std::process::Command;
use std::time::{Duration, Instant};

use peers::Engine;

/// The shortest of several runs: what else the machine does only ever adds.
pub fn best(times: usize, mut run: impl FnMut()) -> Duration {
    (0..times.max(1))
        .map(|_| {
            let before = Instant::now();
            run();
            before.elapsed()
        })
        .min()
        .unwrap_or_default()
}

pub fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// What one engine came to.
struct Figures {
    load: Duration,
    choices: f64,
    megabytes: Option<f64>,
}

fn figures(engine: Engine, scenes: usize, quick: bool) -> Figures {
    let story = made::made(scenes, 7);
    let source = engine.source(&story);
    let load = best(if quick { 2 } else { 5 }, || engine.load(&source));
    // The best of many short spans, as for times: what else the machine does only ever takes away.
    let (spans, span) = (if quick { 5 } else { 15 }, Duration::from_millis(100));
    let choices = engine.with_player(source, str::len, |play| {
        play(200);
        let mut rate = || {
            let before = Instant::now();
            let mut taken = 0;
            while before.elapsed() < span {
                play(100);
                taken += 100;
            }
            f64::from(taken) / before.elapsed().as_secs_f64()
        };
        (0..spans).map(|_| rate()).fold(0.0, f64::max)
    });
    Figures { load, choices, megabytes: memory(engine, scenes) }
}

/// Peak memory of a process that reads the story from a file and takes a thousand decisions in it.
fn memory(engine: Engine, scenes: usize) -> Option<f64> {
    let program = std::env::current_exe().ok()?;
    let mut file = tempfile::NamedTempFile::new().ok()?;
    file.write_all(engine.source(&made::made(scenes, 7)).as_bytes()).ok()?;
    let output = Command::new(program).args(["child", engine.name()]).arg(file.path()).output().ok()?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}

/// Megabytes of this process at its highest (Linux only).
fn peak() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<f64>().ok().map(|kilobytes| kilobytes / 1024.0)
}

/// Three engines that play the same story by the same luck read as many letters, or one of them is not playing it.
fn same_words(scenes: usize) {
    let story = made::made(scenes, 7);
    let letters = |engine: Engine| engine.with_player(engine.source(&story), peers::letters, |play| play(2_000));
    let all = Engine::ALL.map(letters);
    assert!(all.iter().all(|letters| *letters == all[0]), "the engines do not read the same words: {all:?}");
}

/// Three seconds of one thing, for a profiler: `cargo bench --bench bench -- profile play 1000`, or `load`.
fn profile(what: &str, scenes: usize) {
    let source = Engine::Hallway.source(&made::made(scenes, 7));
    let before = Instant::now();
    let mut runs = 0_u32;
    Engine::Hallway.with_player(source.clone(), str::len, |play| {
        while before.elapsed() < Duration::from_secs(3) {
            match what {
                "load" => Engine::Hallway.load(&source),
                "episode" => drop(std::hint::black_box(own::episode())),
                _ => drop(std::hint::black_box(play(1000))),
            }
            runs += 1;
        }
    });
    println!("{runs} runs, {:.2} ms each", milliseconds(before.elapsed()) / f64::from(runs));
}

fn child(engine: &str, path: &str) {
    let Some(engine) = Engine::ALL.into_iter().find(|known| known.name() == engine) else { return };
    let Ok(source) = std::fs::read_to_string(path) else { return };
    engine.with_player(source, str::len, |play| play(1000));
    if let Some(peak) = peak() {
        println!("{peak:.1}");
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [first, engine, path] = arguments.as_slice()
        && first == "child"
    {
        return child(engine, path);
    }
    if let [first, what, scenes, ..] = arguments.as_slice()
        && first == "profile"
    {
        return profile(what, scenes.parse().unwrap_or(1_000));
    }
    let quick = arguments.iter().any(|argument| argument == "quick");
    for scenes in [1_000, 10_000] {
        println!("\n{scenes} scenes, the same in each language");
        println!("{:<10} {:>14} {:>16} {:>12}", "", "from source", "choices/s", "memory");
        same_words(scenes);
        let all: Vec<Figures> = Engine::ALL.iter().map(|engine| figures(*engine, scenes, quick)).collect();
        for (engine, own) in Engine::ALL.iter().zip(&all) {
            let megabytes = own.megabytes.map_or("?".to_owned(), |megabytes| format!("{megabytes:.1} MB"));
            let load = format!("{:.1} ms", milliseconds(own.load));
            println!("{:<10} {load:>14} {:>16.0} {megabytes:>12}", engine.name(), own.choices);
        }
        let source = made::ron(&made::made(scenes, 7));
        let ron = milliseconds(best(if quick { 2 } else { 5 }, || yardstick::read(&source)));
        println!("ron alone, the same bytes: {ron:.1} ms, so {:.1} times that", milliseconds(all[0].load) / ron);
        for (engine, other) in Engine::ALL.iter().zip(&all).skip(1) {
            let times = |a: f64, b: f64| format!("{:.1}×", a / b);
            println!(
                "against {:<10} loads {} as fast, plays {} as fast, {} of its memory",
                engine.name(),
                times(milliseconds(other.load), milliseconds(all[0].load)),
                times(all[0].choices, other.choices),
                match (all[0].megabytes, other.megabytes) {
                    (Some(own), Some(other)) => format!("{:.0} %", 100.0 * own / other),
                    _ => "?".to_owned(),
                }
            );
        }
    }
    if !quick {
        println!("\n100000 scenes");
        let own = figures(Engine::Hallway, 100_000, true);
        let megabytes = own.megabytes.map_or("?".to_owned(), |megabytes| format!("{megabytes:.1} MB"));
        let load = format!("{:.1} ms", milliseconds(own.load));
        println!("{:<10} {load:>14} {:>16.0} {megabytes:>12}", Engine::Hallway.name(), own.choices);
    }
    own::run(quick);
}
