//! What the tests share.

use std::cell::Cell;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use hallway::engine::{Holder, Input, Pick, Session};
use hallway::proof::{Budget, Proof, prove};
use hallway::record::{ClassCode, Journal};
use hallway::story::{SeatId, Sources, Story, built_in, check};
use serde_json::{Value, json};

/// The program, with a home of its own that goes when this does.
pub struct Hallway {
    pub home: tempfile::TempDir,
}

impl Hallway {
    pub fn new() -> Self {
        Self { home: tempfile::tempdir().expect("a temporary folder can be made") }
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hallway"));
        command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR"));
        for name in ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "NO_COLOR", "ACCESSIBLE", "LINES", "COLUMNS"]
        {
            command.env_remove(name);
        }
        command.env("HOME", self.home.path()).env("APPDATA", self.home.path());
        command
    }

    /// Runs to the end on this input.
    pub fn run(&self, arguments: &[&str], input: &str) -> Run {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        // A program that stops reading early closes the pipe, which is its right.
        let _ = child.stdin.take().expect("piped").write_all(input.as_bytes());
        Run::from(child.wait_with_output().expect("the program ends"))
    }
}

/// What the proof says of a small story. It may ask this often whether to stop, which is far more than one takes: a
/// proof that does not end is bounded, and no test waits for it.
pub fn prove_small(story: &Story) -> Proof {
    let asked = Cell::new(0_u32);
    let stop = || asked.replace(asked.get() + 1) > 20_000;
    prove(story, Budget { nodes: Budget::NODES, stop: &stop }, &mut |_| {})
}

/// A budget in seconds that nothing runs out of: what a proof says is not to hang on how busy the machine is.
pub const AS_LONG_AS_IT_TAKES: &str = "1000000";

/// What a run left.
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).expect("output is UTF-8"),
            err: String::from_utf8(output.stderr).expect("errors are UTF-8"),
        }
    }
}

/// A folder of the repository.
pub fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A built-in story, which must be sound.
pub fn story(name: &str) -> Story {
    let checked = check(&built_in(name).expect("a built-in name").sources(), Vec::new());
    checked.story.unwrap_or_else(|| panic!("{name} is not sound: {:?}", checked.diagnostics))
}

/// A story from its text, which must be sound.
pub fn story_from(text: &str) -> Story {
    let sources = Sources::from_texts([("story.ron", text)]);
    let checked = check(&sources, Vec::new());
    let faults: Vec<String> = checked.diagnostics.iter().map(|d| d.render(&sources, false)).collect();
    checked.story.unwrap_or_else(|| panic!("not sound:\n{}", faults.join("\n")))
}

/// A night that one person plays and the story plays with.
pub fn night(story: &Story, seat: SeatId, seed: u64) -> Session<'_> {
    let holder = |other| if other == seat { Holder::Person } else { Holder::Story };
    Session::new(story, seed, story.seat_ids().map(holder).collect())
}

/// Everything that can be picked where the night stands.
pub fn picks(session: &Session<'_>) -> Vec<Pick> {
    session.options().picks()
}

/// A night as a class code begins it, decided at random to its end.
pub fn class_night<'s>(story: &'s Story, class: &ClassCode, dice: &mut Dice) -> Session<'s> {
    let mut session = Session::new(story, u64::from(class.seed), class.holders(story));
    while session.turn().is_some() {
        let open = picks(&session);
        let scene = session.state().scene;
        session.input(Input::Decide(scene, open[dice.below(open.len())])).expect("open");
    }
    session
}

/// A code with a letter changed, put in, left out, said twice, or with two that have changed places, each at every place;
/// and how it was altered.
pub fn alterations(code: &str) -> Vec<(&'static str, String)> {
    const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    let code: Vec<u8> = code.bytes().filter(|letter| *letter != b'-').collect();
    let mut out = Vec::new();
    for at in 0..=code.len() {
        let with = |change: &dyn Fn(&mut Vec<u8>)| {
            let mut altered = code.clone();
            change(&mut altered);
            altered
        };
        out.extend(LETTERS.iter().map(|letter| ("put in", with(&|code| code.insert(at, *letter)))));
        let Some(own) = code.get(at) else { continue };
        out.extend(LETTERS.iter().map(|letter| ("changed", with(&|code| code[at] = *letter))));
        out.push(("said twice", with(&|code| code.insert(at, *own))));
        out.push(("left out", with(&|code| _ = code.remove(at))));
        out.extend((at + 1..code.len()).map(|other| ("swapped", with(&|code| code.swap(at, other)))));
    }
    out.retain(|(_, altered)| *altered != code);
    out.into_iter().map(|(how, altered)| (how, String::from_utf8(altered).expect("letters"))).collect()
}

/// Decides at random to the end of a night, and keeps each decision.
pub fn play_on(session: &mut Session<'_>, journal: &mut Journal, dice: &mut Dice) {
    while session.turn().is_some() {
        let open = picks(session);
        let input = Input::Decide(session.state().scene, open[dice.below(open.len())]);
        journal.input(session, input).expect("written");
        session.input(input).expect("open");
    }
}

/// A small generator for choosing at random in tests; its numbers do not matter, only that they repeat.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % bound.max(1)
    }
}

/// A request that somebody could make of what a page asks, at random; `None` where nothing is to be decided.
pub fn decision(ask: &Value, dice: &mut Dice) -> Option<Value> {
    let offers = ask["offers"].as_array()?;
    let open: Vec<usize> = (0..offers.len()).filter(|at| offers[*at]["open"] == true).collect();
    if open.is_empty() {
        return Some(json!({ "do": "standing" }));
    }
    let at = open[dice.below(open.len())];
    let mut request = json!({ "do": "choose", "at": at });
    if offers[at]["kind"] == "message" {
        let questions = ask["questions"].as_array().expect("a list");
        let options = |question: &Value| question["options"].as_array().map_or(0, Vec::len);
        request["answers"] = questions.iter().map(|question| dice.below(options(question))).collect();
    }
    Some(request)
}

/// The fenced blocks of one language.
pub fn blocks(markdown: &str, language: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut rest = markdown;
    while let Some(at) = rest.find(&format!("```{language}\n")) {
        let body = &rest[at + language.len() + 4..];
        let end = body.find("\n```").map_or(body.len(), |end| end + 1);
        out.push(body[..end].to_owned());
        rest = &body[end..];
    }
    out
}
