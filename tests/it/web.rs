//! The page in a browser: its runtime in an interpreter beside the same code as it is here, and what it can be asked.

use std::fmt::Write as _;
use std::io::Read as _;

use hallway::author::export_page;
use hallway::story::{BUILT_IN, BuiltIn, built_in, check_to_play};
use hallway::web::Runtime;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use wasmi::{Engine, Instance, Linker, Memory, Module, Store, TypedFunc};

use crate::support::{repository, story_from};

const PACKED: &[u8] = include_bytes!("../../assets/web/runtime.wasm.gz");

/// Answers requests.
trait Answers {
    fn call(&mut self, request: &str) -> String;

    fn ask(&mut self, request: &Value) -> Value {
        serde_json::from_str(&self.call(&request.to_string())).expect("an answer is JSON")
    }

    fn open(&mut self, story: &BuiltIn) -> Value {
        let sources = story.sources();
        let files: Vec<_> = sources.files().iter().map(|file| json!([file.name, file.text])).collect();
        self.ask(&json!({ "do": "open", "name": story.name, "files": files }))
    }
}

impl Answers for Runtime {
    fn call(&mut self, request: &str) -> String {
        Runtime::call(self, request)
    }
}

/// The runtime as a browser has it.
struct Browser {
    store: Store<()>,
    memory: Memory,
    room: TypedFunc<u32, u32>,
    call: TypedFunc<(), u32>,
    answer: TypedFunc<(), u32>,
}

impl Browser {
    fn new() -> Self {
        let mut bytes = Vec::new();
        flate2::read::GzDecoder::new(PACKED).read_to_end(&mut bytes).expect("packed with gzip");
        let engine = Engine::default();
        let module = Module::new(&engine, &bytes).expect("a module");
        assert_eq!(module.imports().count(), 0, "the runtime asks its page for nothing");
        let mut store = Store::new(&engine, ());
        let instance: Instance = Linker::new(&engine).instantiate_and_start(&mut store, &module).expect("started");
        let memory = instance.get_memory(&store, "memory").expect("a memory");
        let room = instance.get_typed_func(&store, "hallway_room").expect("room");
        let call = instance.get_typed_func(&store, "hallway_call").expect("call");
        let answer = instance.get_typed_func(&store, "hallway_answer").expect("answer");
        Self { store, memory, room, call, answer }
    }
}

impl Answers for Browser {
    fn call(&mut self, request: &str) -> String {
        let length = u32::try_from(request.len()).expect("short");
        let at = self.room.call(&mut self.store, length).expect("room");
        self.memory.write(&mut self.store, at as usize, request.as_bytes()).expect("written");
        let length = self.call.call(&mut self.store, ()).expect("called");
        let at = self.answer.call(&mut self.store, ()).expect("answered");
        let mut bytes = vec![0; length as usize];
        self.memory.read(&self.store, at as usize, &mut bytes).expect("read");
        String::from_utf8(bytes).expect("UTF-8")
    }
}

/// Numbers that look random, for choosing.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % count.max(1)
    }
}

/// A request that a reader could make of what is on screen.
fn next(answer: &Value, numbers: &mut Numbers) -> Option<Value> {
    if answer["curtain"].is_object() {
        return Some(json!({ "do": "sit" }));
    }
    let ask = &answer["page"]["ask"];
    let offers = ask["offers"].as_array()?;
    let open: Vec<usize> = (0..offers.len()).filter(|at| offers[*at]["open"] == true).collect();
    match numbers.below(24) {
        0 if ask["standing"].is_array() => return Some(json!({ "do": "standing" })),
        1 => return Some(json!({ "do": "undo" })),
        2 => return Some(json!({ "do": "silence" })),
        3 => return Some(json!({ "do": "wait" })),
        _ if open.is_empty() => return Some(json!({ "do": "standing" })),
        _ => {}
    }
    let at = open[numbers.below(open.len())];
    let mut request = json!({ "do": "choose", "at": at });
    if offers[at]["kind"] == "message" {
        let questions = ask["questions"].as_array().expect("a list");
        let options = |question: &Value| question["options"].as_array().map_or(0, Vec::len);
        request["answers"] = questions.iter().map(|question| numbers.below(options(question))).collect();
    }
    Some(request)
}

/// Plays a story here and in the browser's runtime with the same requests; every answer is the same to the last letter.
fn same(story: &BuiltIn, games: u64) {
    let (mut here, mut there) = (Runtime::default(), Browser::new());
    let opened = here.open(story);
    assert_eq!(opened, there.open(story));
    let seats: Vec<String> = opened["story"]["seats"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|seat| seat["id"].as_str().expect("an id").to_owned())
        .collect();
    let mut ended = 0;
    for seed in 0..games {
        let mut numbers = Numbers(seed * 77 + 1);
        let first = seed as usize % (seats.len() + 1);
        let persons = seats.get(first..=first).unwrap_or(&seats);
        let mut request = json!({ "do": "begin", "seats": persons, "seed": seed });
        for _ in 0..400 {
            let words = request.to_string();
            let answer = here.call(&words);
            assert_eq!(answer, there.call(&words), "{} seed {seed}: {words}", story.name);
            let mut answer: Value = serde_json::from_str(&answer).expect("JSON");
            if answer["error"].is_string() {
                answer = here.ask(&json!({ "do": "page" }));
            }
            if answer["page"]["turn"] == "over" {
                ended += 1;
                break;
            }
            let Some(next) = next(&answer, &mut numbers) else { break };
            request = next;
        }
        for what in ["history", "decisions", "debrief", "save", "codes"] {
            let words = json!({ "do": what }).to_string();
            assert_eq!(here.call(&words), there.call(&words), "{} seed {seed}: {words}", story.name);
        }
    }
    assert!(ended * 2 > games, "{}: only {ended} of {games} games came to their end", story.name);
}

#[test]
fn the_runtime_in_a_page_tells_the_same_games() {
    for story in BUILT_IN {
        same(story, if story.name == "hold-the-line" { 12 } else { 60 });
    }
}

/// Every source of the runtime's rooms, added up as `assets/web/build` does.
fn stamp() -> String {
    let mut paths = Vec::new();
    for room in ["text", "story", "engine", "view", "record", "play", "teach", "web"] {
        let mut folders = vec![repository(&format!("src/{room}"))];
        paths.push(repository(&format!("src/{room}.rs")));
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("a folder").filter_map(Result::ok) {
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "rs") {
                    paths.push(path);
                }
            }
        }
    }
    paths.sort_by_key(|path| path.to_string_lossy().into_owned());
    let mut sum = Sha256::new();
    paths.iter().for_each(|path| sum.update(std::fs::read(path).expect("a source")));
    sum.finalize().iter().fold(String::new(), |mut out, byte| {
        write!(out, "{byte:02x}").expect("a string takes all");
        out
    })
}

#[test]
fn the_runtime_is_of_these_sources() {
    let kept = std::fs::read_to_string(repository("assets/web/runtime.stamp")).expect("a stamp");
    assert_eq!(kept.trim(), stamp(), "the runtime is older than its sources: run assets/web/build");
}

#[test]
fn a_save_of_the_page_plays_on_in_the_terminal_and_back() {
    let ferry = built_in("last-ferry").expect("built in");
    let mut page = Runtime::default();
    page.open(ferry);
    let begun = page.ask(&json!({ "do": "begin", "seats": ["skipper"], "seed": 5 }));
    let begun = if begun["error"].is_string() {
        let first = page.open(ferry)["story"]["seats"][0]["id"].clone();
        page.ask(&json!({ "do": "begin", "seats": [first], "seed": 5 }))
    } else {
        begun
    };
    let mut save = begun["save"].as_str().expect("a save").to_owned();
    let mut answer = begun;
    for _ in 0..2 {
        answer = page.ask(&json!({ "do": "choose", "at": 0 }));
        for line in answer["lines"].as_array().expect("lines") {
            save.push_str(line.as_str().expect("a line"));
            save.push('\n');
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("ferry.night");
    std::fs::write(&path, &save).expect("written");
    let story = check_to_play(&ferry.sources(), Vec::new()).story.expect("sound");
    let told = hallway::record::Journal::look(&path, &story, "last-ferry").expect("a save");
    assert_eq!((told.notices.as_slice(), told.session.log().len()), (&[][..], 2));
    let mut again = Runtime::default();
    again.open(ferry);
    let resumed = again.ask(&json!({ "do": "resume", "save": save }));
    assert_eq!(resumed["page"], answer["page"]);
}

/// A story is written by anybody: nothing in it can end the element that it stands in, or come before its place is filled.
#[test]
fn a_storys_words_stay_words_in_the_page() {
    let hostile = "</script><script>alert(1)</script>{script}{runtime}<!--";
    let text = format!(
        r#"(title: "{hostile}", scenes: {{ "a": (text: "A </style> <b>.", choices: [(say: "Go <i>.", go: "b")]), "b": (text: "B.", end: "x") }})"#
    );
    let sources = hallway::story::Sources::from_texts([("</script>.ron", text.as_str())]);
    let story = story_from(r#"(scenes: { "a": (text: "A.", end: "x") })"#);
    let story = check_to_play(&sources, Vec::new()).story.unwrap_or(story);
    let html = export_page("</script>", &story, &sources);
    assert_eq!(html.matches("<script").count(), 3, "the story, the runtime and the script");
    assert_eq!(html.matches("</script>").count(), 3);
    assert_eq!(
        html.matches("alert(1)").count(),
        html.matches("\\u003cscript>alert(1)").count() + html.matches("&gt;alert(1)").count()
    );
    assert!(!html.contains("<!--"));
}

#[test]
fn the_page_is_told_what_is_wrong_and_nothing_changes() {
    let mut page = Runtime::default();
    for (request, says) in [
        (json!({ "do": "page" }), "No story"),
        (json!({ "do": "dance" }), "no request"),
        (json!({ "do": "open", "name": "x", "files": [["x.ron", "(scenes: {"]] }), "x.ron"),
    ] {
        let answer = page.ask(&request);
        assert!(answer["error"].as_str().is_some_and(|error| error.contains(says)), "{request}: {answer}");
    }
    page.open(built_in("hold-the-line").expect("built in"));
    assert!(page.ask(&json!({ "do": "page" }))["error"].is_string());
    assert!(page.ask(&json!({ "do": "begin", "seats": ["nobody"] }))["error"].is_string());
    let before = page.ask(&json!({ "do": "begin", "seats": ["aide"], "seed": 3 }))["page"].clone();
    for request in [
        json!({ "do": "choose", "at": 99 }),
        json!({ "do": "undo" }),
        json!({ "do": "redo" }),
        json!({ "do": "debrief" }),
        json!({ "do": "history", "seat": "macron" }),
        json!({ "do": "same", "seat": "macron" }),
        json!({ "do": "fork", "at": 0 }),
        json!({ "do": "resume", "save": "nothing" }),
    ] {
        assert!(page.ask(&request)["error"].is_string(), "{request}");
        assert_eq!(page.ask(&json!({ "do": "page" }))["page"], before, "{request}");
    }
}
