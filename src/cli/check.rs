use std::collections::HashMap;
use std::io::{self, IsTerminal as _, Write};
use std::time::{Duration, Instant};

use serde::Serialize;

use crate::proof::{Budget, Cost, Proof, Status, prove};
use crate::record::Proofs;
use crate::story::{Checked, Code, Diagnostic, JsonDiagnostic, Lesson, Place, Severity, Sources, Story};
use crate::teach::missing_parts;
use crate::text::counted;

use super::arguments::{CheckArgs, CheckFormat};
use super::error::Outcome;
use super::output::{Progress, colours, out};
use super::stories::{OpenedStory, RequestedStory, shown, wanted};

/// What `check --format json` prints.
#[derive(Serialize)]
struct CheckReport<'d> {
    ok: bool,
    stories: Vec<StoryReport<'d>>,
    diagnostics: Vec<JsonDiagnostic<'d>>,
    /// Of all stories together: the worst status, the states and seconds of all.
    proof: ProofReport,
}

#[derive(Serialize)]
struct StoryReport<'d> {
    story: &'d str,
    title: Option<&'d str>,
    errors: usize,
    warnings: usize,
    proof: ProofReport,
    /// The variables that multiply the states most.
    costs: &'d [Cost],
    /// What its pack for a class would still want.
    pack_lacks: Vec<String>,
}

#[derive(Clone, Copy, Serialize)]
struct ProofReport {
    status: &'static str,
    states: f64,
    seconds: f64,
}

/// One story, checked and, where it was sound, proved.
struct StoryVerdict {
    opened: OpenedStory,
    checked: Checked,
    proof: Option<Proved>,
    diagnostics: Vec<Diagnostic>,
}

/// What the proof of a story came to.
struct Proved {
    proof: Proof,
    took: Duration,
    /// An earlier run has proved it, and nothing has changed since.
    before: bool,
}

impl Proved {
    fn new(story: &Story, opened: &OpenedStory, arguments: &CheckArgs) -> Self {
        let begun = Instant::now();
        let kept = if arguments.no_cache { None } else { Proofs::here() };
        if let Some(proof) = kept.as_ref().and_then(|kept| kept.find(&opened.sources)) {
            return Self { proof, took: begun.elapsed(), before: true };
        }
        let limit = Duration::from_secs(arguments.seconds);
        let stop = move || begun.elapsed() > limit;
        let mut bar = Bar::new(&opened.name);
        let proof = prove(story, Budget { nodes: Budget::NODES, stop: &stop }, &mut |waiting| bar.tick(waiting));
        bar.clear();
        let took = begun.elapsed();
        if let Some(kept) = kept {
            kept.keep(&opened.sources, &proof);
        }
        Self { proof, took, before: false }
    }
}

impl StoryVerdict {
    fn new(wanted: &RequestedStory, arguments: &CheckArgs) -> Self {
        let opened = wanted.open();
        let name = wanted.name.as_str();
        let checked = opened.check();
        let proof = checked.story.as_ref().filter(|_| !arguments.no_proof);
        let proof = proof.map(|story| Proved::new(story, &opened, arguments));
        let diagnostics = match &proof {
            Some(proved) => with_proof(&proved.proof, name, &checked, &opened.sources),
            None => checked.diagnostics.clone(),
        };
        let diagnostics = once_a_name(diagnostics, &opened.sources);
        Self { opened, checked, proof, diagnostics }
    }

    fn counts(&self) -> (usize, usize) {
        let errors = self.diagnostics.iter().filter(|d| d.severity() == Severity::Error).count();
        (errors, self.diagnostics.len() - errors)
    }

    fn is_ok(&self, arguments: &CheckArgs) -> bool {
        let proved = self.proof.as_ref().is_some_and(|own| status(&own.proof, &self.diagnostics) == Status::Proved);
        self.counts().0 == 0 && (proved || !arguments.require_proof)
    }

    fn report(&self) -> ProofReport {
        match &self.proof {
            Some(Proved { proof, took, .. }) => {
                let status = status(proof, &self.diagnostics).name();
                ProofReport { status, states: proof.states, seconds: took.as_secs_f64() }
            }
            None => ProofReport { status: "skipped", states: 0.0, seconds: 0.0 },
        }
    }

    /// The line that says how it stands.
    fn summary(&self) -> String {
        let name = shown(&self.opened.name);
        let (errors, warnings) = self.counts();
        let faults = format!("{}, {}", counted(errors, "error"), counted(warnings, "warning"));
        let Some(story) = &self.checked.story else { return format!("{name}: {faults}") };
        let scenes = counted(story.scenes.len(), "scene");
        let warned = if warnings > 0 { format!("; {}", counted(warnings, "warning")) } else { String::new() };
        match &self.proof {
            None => format!("{name}: sound, {scenes}{warned}; not proved, since its possible games were not explored"),
            Some(Proved { proof, took, before }) => {
                let states = counted(grouped(proof.states), "state");
                let seconds = format!("{:.2} s", took.as_secs_f64());
                let seconds = if *before { "unchanged since it was proved".to_owned() } else { seconds };
                match status(proof, &self.diagnostics) {
                    Status::Proved => format!("{name}: proved: {scenes}, {states}, {seconds}{warned}"),
                    Status::Failed => format!("{name}: not proved: {faults} ({scenes}, {states}, {seconds})"),
                    Status::Bounded => {
                        format!("{name}: not proved: stopped at the budget ({states} so far, {seconds}){warned}")
                    }
                }
            }
        }
    }
}

/// What one reading and the proof have found, as it is told of the story that goes by this name.
pub(super) fn with_proof(proof: &Proof, name: &str, checked: &Checked, sources: &Sources) -> Vec<Diagnostic> {
    let mut proved = proof.diagnostics(name, checked, sources);
    // What nothing uses has been found by reading. The proof calls it a fault, if the writer has not allowed it.
    let unused = |code: Code| match code {
        Code::NeverReached => Some(Code::UnusedScene),
        Code::NeverHeard => Some(Code::UnusedMessage),
        _ => None,
    };
    let allowed =
        |d: &Diagnostic| unused(d.code).is_some_and(|code| Diagnostic { code, ..d.clone() }.is_allowed(sources));
    proved.retain(|d| !(d.is_allowed(sources) || allowed(d)));
    // What nothing uses may come of what is wrong.
    let failed = proved.iter().any(|d| d.severity() == Severity::Error);
    let mut all = Vec::new();
    for found in &checked.diagnostics {
        let again = |d: &&mut Diagnostic| unused(d.code) == Some(found.code) && d.place == found.place;
        match proved.iter_mut().find(again) {
            Some(fault) => fault.help.clone_from(&found.help),
            None if failed && found.code.is_of_no_use() => {}
            None => all.push(found.clone()),
        }
    }
    all.extend(proved);
    all
}

/// Most places that are listed where a name is used again.
const MOST_PLACES: usize = 6;

/// A name that nothing is declared by is told of where it stands first, with the other places: it is one slip, be it
/// there or where the name is declared.
fn once_a_name(all: Vec<Diagnostic>, sources: &Sources) -> Vec<Diagnostic> {
    let mut first: HashMap<(Code, String), usize> = HashMap::new();
    let mut again: HashMap<usize, Vec<Place>> = HashMap::new();
    let mut out: Vec<Diagnostic> = Vec::new();
    for diagnostic in all {
        if let (true, Some(place)) = (diagnostic.code.is_of_a_name(), diagnostic.place) {
            let at = *first.entry((diagnostic.code, diagnostic.message.clone())).or_insert(out.len());
            if at < out.len() {
                again.entry(at).or_default().push(place);
                continue;
            }
        }
        out.push(diagnostic);
    }
    for (at, places) in again {
        let own = out[at].place.map(|place| place.file);
        let place = |place: &Place| {
            let (line, _) = sources.line_column(*place);
            if Some(place.file) == own {
                format!("line {line}")
            } else {
                format!("{}:{line}", sources.file(place.file).name)
            }
        };
        let mut listed: Vec<String> = places.iter().map(place).collect();
        listed.dedup();
        let here = out[at].place.as_ref().map(place);
        listed.retain(|place| Some(place) != here.as_ref());
        if listed.is_empty() {
            continue;
        }
        let more = if listed.len() > MOST_PLACES { ", and further on" } else { "" };
        listed.truncate(MOST_PLACES);
        let again = format!("it stands again in {}{more}", listed.join(", "));
        out[at].help = Some(match out[at].help.take() {
            Some(help) => format!("{help}\n{again}"),
            None => again,
        });
    }
    out
}

/// What a proof comes to where only what is told counts: the writer may have allowed the rest.
pub(super) fn status(proof: &Proof, told: &[Diagnostic]) -> Status {
    let failed = told.iter().any(|diagnostic| diagnostic.severity() == Severity::Error);
    if proof.status == Status::Failed && !failed { Status::Proved } else { proof.status }
}

/// Checks and proves stories; 0 where all is well.
pub(super) fn run(arguments: &CheckArgs) -> Outcome {
    let wanted = wanted(&arguments.stories)?;
    let judged: Vec<StoryVerdict> = wanted.iter().map(|story| StoryVerdict::new(story, arguments)).collect();
    let ok = judged.iter().all(|story| story.is_ok(arguments));
    let mut out = out();
    match arguments.format {
        CheckFormat::Json => out.json(&report(&judged, ok))?,
        CheckFormat::Github => {
            for story in &judged {
                github(&mut out, story)?;
            }
        }
        CheckFormat::Text => {
            let colour = colours(io::stdout().is_terminal());
            for story in &judged {
                for diagnostic in &story.diagnostics {
                    out.styled(&diagnostic.render(&story.opened.sources, colour))?;
                    writeln!(out, "\n")?;
                }
                writeln!(out, "{}", story.summary())?;
                let dear = |proof: &Proof| arguments.costs || proof.status == Status::Bounded || proof.states > 1e9;
                let dear = story.proof.iter().map(|own| &own.proof).filter(|proof| dear(proof));
                for cost in dear.flat_map(|proof| &proof.costs) {
                    let until = format!("it could be forgotten after `{}`", cost.until);
                    writeln!(out, "  `{}` multiplies the states by {:.1}; {until}", cost.var, cost.factor)?;
                }
                // A story that no class was thought of for wants no pack.
                let taught = story.checked.story.as_ref().filter(|story| story.lesson != Lesson::default());
                for lack in taught.map(missing_parts).into_iter().flatten() {
                    writeln!(out, "  the pack for a class would be better with {lack}")?;
                }
            }
        }
    }
    Ok(u8::from(!ok))
}

fn report(judged: &[StoryVerdict], ok: bool) -> CheckReport<'_> {
    let stories = judged.iter().map(|story| {
        let (errors, warnings) = story.counts();
        StoryReport {
            story: &story.opened.name,
            title: story.checked.story.as_ref().map(|story| story.title.as_str()),
            errors,
            warnings,
            proof: story.report(),
            costs: story.proof.as_ref().map_or(&[], |own| own.proof.costs.as_slice()),
            pack_lacks: story.checked.story.as_ref().map(missing_parts).unwrap_or_default(),
        }
    });
    let stories: Vec<StoryReport<'_>> = stories.collect();
    let worst = ["failed", "bounded", "skipped"];
    let status =
        worst.into_iter().find(|status| stories.iter().any(|story| story.proof.status == *status)).unwrap_or("proved");
    let proof = ProofReport {
        status,
        states: stories.iter().map(|story| story.proof.states).sum(),
        seconds: stories.iter().map(|story| story.proof.seconds).sum(),
    };
    let diagnostics = judged.iter().flat_map(|story| story.diagnostics.iter().map(|d| d.json(&story.opened.sources)));
    CheckReport { ok, stories, diagnostics: diagnostics.collect(), proof }
}

fn github(out: &mut impl Write, story: &StoryVerdict) -> io::Result<()> {
    for diagnostic in &story.diagnostics {
        let json = diagnostic.json(&story.opened.sources);
        let level = if json.severity == Severity::Error { "error" } else { "warning" };
        let help = json.help.map(|help| format!(" — {help}")).unwrap_or_default();
        writeln!(
            out,
            "::{level} file={},line={},col={},title={}::{}{}",
            escape(json.file, true),
            json.line.max(1),
            json.column.max(1),
            json.code,
            escape(json.message, false),
            escape(&help, false)
        )?;
    }
    Ok(())
}

/// A large number with its thousands apart; from a thousand million on as a power of ten.
fn grouped(number: f64) -> String {
    if number >= 1e9 {
        return format!("{number:.1e}");
    }
    let digits = format!("{number:.0}");
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// As GitHub's workflow commands want it.
fn escape(text: &str, property: bool) -> String {
    let text = text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    if property { text.replace(':', "%3A").replace(',', "%2C") } else { text }
}

/// Says now and then how far the proof of a story has come.
struct Bar {
    progress: Progress,
    name: String,
    last: Instant,
    begun: Instant,
}

impl Bar {
    fn new(name: &str) -> Self {
        let now = Instant::now();
        Self { progress: Progress::new(), name: name.to_owned(), last: now, begun: now }
    }

    fn tick(&mut self, waiting: usize) {
        if self.progress.is_shown() && self.last.elapsed() > Duration::from_millis(100) {
            self.last = Instant::now();
            let seconds = self.begun.elapsed().as_secs();
            let scenes = counted(waiting, "scene");
            self.progress.say(&format!("{}: proving, {scenes} to go, {seconds} s", self.name));
        }
    }

    fn clear(&self) {
        if self.last > self.begun {
            self.progress.clear();
        }
    }
}
