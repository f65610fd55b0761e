//! What `check` says, worked out in the background: first what one reading finds, then what the proof finds.
//!
//! Invariants: no proof is told of once there is anything newer to look at; nothing waits for a proof, and there is one
//! at a time.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use lsp_server::{Message, Notification, Request};
use serde_json::{Value, json};

use crate::cli::arguments::SECONDS_TO_PROVE;
use crate::cli::check::{status, with_proof};
use crate::proof::{Budget, Proof, Status, prove};
use crate::story::{Checked, Diagnostic, Place, Severity, Sources, check};
use crate::text::counted;

use super::places::{LineIndex, uri_of};
use super::{Documents, read, root_of};

/// So long nothing changes before a text that is not saved is proved.
const QUIET: Duration = Duration::from_secs(1);

/// Nodes that a proof may take here, some 200 MB; `hallway check` takes more.
const NODES: usize = Budget::NODES / 4;

/// Bytes of stack: a proof goes as deep as a story has variables, up to `MOST_LEVELS`. Only what is used takes memory.
const STACK: usize = 256 << 20;

/// A story that is to be looked at.
pub(super) struct Job {
    pub root: PathBuf,
    pub open: Documents,
    /// It is to be proved without waiting for quiet: it has been opened or saved.
    pub at_once: bool,
}

/// What judges, from the side of whoever gives it work. Dropping it ends its thread.
pub(super) struct Judge {
    events: mpsc::Sender<Event>,
    last_sound: Arc<LastSound>,
    thread: Option<JoinHandle<()>>,
}

/// The last reading of each story that was sound, by its root.
type LastSound = Mutex<HashMap<PathBuf, Arc<Checked>>>;

/// What the thread that judges waits for.
enum Event {
    Look(Job),
    /// The proof under way has ended.
    Proved(Proof),
    Leave,
}

impl Judge {
    /// Begins a thread that tells the editor what it finds; with `progress` also that it proves.
    pub fn start(tell: impl Fn(Message) + Send + 'static, progress: bool) -> Self {
        let (events, taken) = mpsc::channel();
        let last_sound = Arc::new(LastSound::default());
        let work = Work {
            tell: Box::new(tell),
            progress,
            events: events.clone(),
            proofs: 0,
            under_way: None,
            last_sound: Arc::clone(&last_sound),
            told: HashMap::new(),
        };
        let thread = std::thread::spawn(move || work.run(&taken));
        Self { events, last_sound, thread: Some(thread) }
    }

    pub fn look_at(&self, job: Job) {
        // The thread has ended only where it panicked, which `drop` passes on.
        let _ = self.events.send(Event::Look(job));
    }

    /// The last reading of a story that was sound.
    pub fn last_sound(&self, root: &Path) -> Option<Arc<Checked>> {
        self.last_sound.lock().unwrap_or_else(PoisonError::into_inner).get(root).cloned()
    }
}

impl Drop for Judge {
    fn drop(&mut self) {
        let _ = self.events.send(Event::Leave);
        if let Some(Err(panic)) = self.thread.take().map(JoinHandle::join)
            && !std::thread::panicking()
        {
            std::panic::resume_unwind(panic);
        }
    }
}

/// A story that has been checked and could be proved.
struct Provable {
    job: Job,
    sources: Sources,
    checked: Arc<Checked>,
}

/// A proof in a thread of its own.
struct RunningProof {
    story: Provable,
    /// Set where there is anything newer to look at: it ends as soon as it sees that.
    stop: Arc<AtomicBool>,
    /// The story itself has changed.
    is_old: bool,
}

/// What judges, from within.
struct Work {
    tell: Box<dyn Fn(Message) + Send>,
    progress: bool,
    events: mpsc::Sender<Event>,
    /// Proofs that have been begun.
    proofs: usize,
    under_way: Option<RunningProof>,
    last_sound: Arc<LastSound>,
    /// What was told last, by story and file.
    told: HashMap<PathBuf, HashMap<PathBuf, Value>>,
}

impl Work {
    fn run(mut self, events: &Receiver<Event>) {
        let mut unread: Vec<Job> = Vec::new();
        let mut unproved: Vec<Provable> = Vec::new();
        loop {
            let event = match (unread.is_empty(), &self.under_way, unproved.first()) {
                (false, ..) => events.try_recv().ok(),
                (true, None, Some(story)) if story.job.at_once => events.try_recv().ok(),
                (true, None, Some(_)) => events.recv_timeout(QUIET).ok(),
                (true, ..) => events.recv().ok(),
            };
            match event {
                Some(Event::Look(mut job)) => {
                    let older = unread.extract_if(.., |older| older.root == job.root);
                    job.at_once |= older.fold(false, |at_once, older| at_once | older.at_once);
                    if let Some(proof) = &mut self.under_way {
                        proof.is_old |= proof.story.job.root == job.root;
                    }
                    unread.push(job);
                    self.stop();
                }
                Some(Event::Proved(proof)) => {
                    if let Some(RunningProof { story, stop, is_old }) = self.under_way.take() {
                        let stopped = stop.load(Ordering::SeqCst);
                        self.proved(&story, &proof, stopped);
                        unproved.extend(Some(story).filter(|_| stopped && !is_old));
                    }
                }
                Some(Event::Leave) => return self.stop(),
                None if !unread.is_empty() => {
                    let job = unread.remove(0);
                    unproved.retain(|story| story.job.root != job.root);
                    unproved.extend(self.check(job));
                }
                None => {
                    let story = unproved.remove(0);
                    self.prove(story);
                }
            }
        }
    }

    /// Stops the proof under way: it is not of what is newest.
    fn stop(&self) {
        if let Some(proof) = &self.under_way {
            proof.stop.store(true, Ordering::SeqCst);
        }
    }

    /// Reads a story and tells what is wrong with it; what can be proved of it then.
    fn check(&mut self, job: Job) -> Option<Provable> {
        let (sources, unread) = read(&job.root, &job.open);
        let checked = Arc::new(check(&sources, unread));
        self.publish(&job, &sources, &checked.diagnostics);
        checked.story.as_ref()?;
        let mut last_sound = self.last_sound.lock().unwrap_or_else(PoisonError::into_inner);
        last_sound.insert(job.root.clone(), Arc::clone(&checked));
        drop(last_sound);
        Some(Provable { job, sources, checked })
    }

    /// Begins to prove a story.
    fn prove(&mut self, story: Provable) {
        self.proofs += 1;
        let (stop, events) = (Arc::new(AtomicBool::new(false)), self.events.clone());
        let (stopped, checked) = (Arc::clone(&stop), Arc::clone(&story.checked));
        let work = move || {
            let begun = Instant::now();
            let limit = Duration::from_secs(SECONDS_TO_PROVE);
            let stop = || stopped.load(Ordering::SeqCst) || begun.elapsed() > limit;
            if let Some(story) = &checked.story {
                // Whoever has left wants to hear nothing.
                let _ = events.send(Event::Proved(prove(story, Budget { nodes: NODES, stop: &stop }, &mut |_| {})));
            }
        };
        if std::thread::Builder::new().stack_size(STACK).spawn(work).is_err() {
            // The machine has no thread to spare; `hallway check` needs none.
            return;
        }
        self.under_way = Some(RunningProof { story, stop, is_old: false });
        if self.progress {
            let token = self.token();
            let create = json!({ "token": token });
            let create = Request::new(token.into(), "window/workDoneProgress/create".to_owned(), create);
            (self.tell)(Message::Request(create));
            self.goes_on(json!({ "kind": "begin", "title": "Proving" }));
        }
    }

    /// Tells what a proof has found, if it was not stopped.
    fn proved(&mut self, Provable { job, sources, checked }: &Provable, proof: &Proof, stopped: bool) {
        let mut said = "stopped by a change".to_owned();
        if !stopped {
            let found = with_proof(proof, &job.root.display().to_string(), checked, sources);
            said = verdict(proof, &found);
            self.publish(job, sources, &found);
        }
        if self.progress {
            self.goes_on(json!({ "kind": "end", "message": said }));
        }
    }

    fn token(&self) -> String {
        format!("proof {}", self.proofs)
    }

    fn goes_on(&self, value: Value) {
        self.note("$/progress", json!({ "token": self.token(), "value": value }));
    }

    fn note(&self, method: &str, params: Value) {
        (self.tell)(Message::Notification(Notification::new(method.to_owned(), params)));
    }

    /// Tells the editor what is wrong, file by file; of a file that is not open only where it is not what was told.
    fn publish(&mut self, job: &Job, sources: &Sources, diagnostics: &[Diagnostic]) {
        let lines: Vec<LineIndex<'_>> = sources.files().iter().map(|file| LineIndex::of(&file.text)).collect();
        let mut told = self.told.remove(&job.root).unwrap_or_default();
        let open = job.open.keys().filter(|path| root_of(path) == job.root);
        let mut by_file: HashMap<PathBuf, Vec<Value>> =
            told.keys().chain(open).map(|file| (file.clone(), Vec::new())).collect();
        for diagnostic in diagnostics {
            let value = shown(diagnostic, sources, &lines);
            // What is said of a folder stands at its first file: an editor opens no folders.
            let file = match sources.files().first() {
                Some(first) if diagnostic.place.is_none() && job.root == Path::new(&diagnostic.file) => &first.name,
                _ => &diagnostic.file,
            };
            by_file.entry(PathBuf::from(file)).or_default().push(value);
        }
        for (file, found) in by_file {
            let (found, open) = (Value::Array(found), job.open.get(&file));
            if open.is_none() && told.get(&file).unwrap_or(&json!([])) == &found {
                continue;
            }
            let mut params = json!({ "uri": uri_of(&file), "diagnostics": found });
            if let Some(version) = open.and_then(|document| document.version) {
                params["version"] = json!(version);
            }
            self.note("textDocument/publishDiagnostics", params);
            told.insert(file, found);
        }
        self.told.insert(job.root.clone(), told);
    }
}

/// A diagnostic as editors take it.
fn shown(diagnostic: &Diagnostic, sources: &Sources, lines: &[LineIndex<'_>]) -> Value {
    let range = |place: Place| lines[place.file].range(place.start..place.end);
    let nowhere = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } });
    let help = diagnostic.help.as_ref().map(|help| format!("\n{help}")).unwrap_or_default();
    let also = diagnostic.also.iter().map(|(place, label)| {
        let uri = uri_of(Path::new(&sources.file(place.file).name));
        json!({ "location": { "uri": uri, "range": range(*place) }, "message": label })
    });
    json!({
        "range": diagnostic.place.map_or(nowhere, range),
        "severity": if diagnostic.severity() == Severity::Error { 1 } else { 2 },
        "code": diagnostic.code.name(),
        "source": "hallway",
        "message": format!("{}{help}", diagnostic.message),
        "relatedInformation": also.collect::<Vec<_>>(),
    })
}

/// How a proof ended, in a word or two.
fn verdict(proof: &Proof, found: &[Diagnostic]) -> String {
    match status(proof, found) {
        Status::Proved => "proved".to_owned(),
        Status::Failed => {
            let errors = found.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error).count();
            format!("not proved: {}", counted(errors, "error"))
        }
        Status::Bounded => "not proved: stopped at the budget; `hallway check` goes further".to_owned(),
    }
}
