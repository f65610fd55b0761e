//! The runtime of a page, here and in an interpreter of WebAssembly: asked the same, they answer the same.

use std::io::Read as _;

use hallway::story::{Story, pack_story};
use hallway::web::Runtime;
use serde_json::{Value, json};
use wasmi::{Engine, Instance, Linker, Memory, Module, Store, TypedFunc};

use crate::support::{Dice, decision};

const PACKED: &[u8] = include_bytes!("../../../assets/web/runtime.wasm.gz");

/// Answers requests.
pub trait Answers {
    fn call(&mut self, request: &str) -> String;

    fn ask(&mut self, request: &Value) -> Value {
        serde_json::from_str(&self.call(&request.to_string())).expect("an answer is JSON")
    }

    fn open_story(&mut self, name: &str, story: &Story) -> Value {
        serde_json::from_str(&self.open_bytes(&pack_story(name, story))).expect("an answer is JSON")
    }

    fn open_bytes(&mut self, bytes: &[u8]) -> String;
}

impl Answers for Runtime {
    fn call(&mut self, request: &str) -> String {
        Runtime::call(self, request)
    }

    fn open_bytes(&mut self, bytes: &[u8]) -> String {
        self.open(bytes)
    }
}

/// The runtime as a browser has it.
pub struct Browser {
    store: Store<()>,
    memory: Memory,
    room: TypedFunc<u32, u32>,
    open: TypedFunc<(), u32>,
    call: TypedFunc<(), u32>,
    answer: TypedFunc<(), u32>,
}

impl Browser {
    pub fn new() -> Self {
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
        let open = instance.get_typed_func(&store, "hallway_open").expect("open");
        Self { store, memory, room, open, call, answer }
    }

    fn answer(&mut self, words: &[u8], answers: TypedFunc<(), u32>) -> String {
        let length = u32::try_from(words.len()).expect("short");
        let at = self.room.call(&mut self.store, length).expect("room");
        self.memory.write(&mut self.store, at as usize, words).expect("written");
        let length = answers.call(&mut self.store, ()).expect("called");
        let at = self.answer.call(&mut self.store, ()).expect("answered");
        let mut bytes = vec![0; length as usize];
        self.memory.read(&self.store, at as usize, &mut bytes).expect("read");
        String::from_utf8(bytes).expect("UTF-8")
    }
}

impl Answers for Browser {
    fn call(&mut self, request: &str) -> String {
        self.answer(request.as_bytes(), self.call)
    }

    fn open_bytes(&mut self, bytes: &[u8]) -> String {
        self.answer(bytes, self.open)
    }
}

/// A request that a reader could make of what is on screen.
pub fn next(answer: &Value, dice: &mut Dice) -> Option<Value> {
    if answer["curtain"].is_object() {
        return Some(json!({ "do": "sit" }));
    }
    let ask = &answer["page"]["ask"];
    let decision = decision(ask, dice)?;
    match dice.below(24) {
        0 if ask["standing"].is_array() => Some(json!({ "do": "standing" })),
        1 => Some(json!({ "do": "undo" })),
        2 => Some(json!({ "do": "silence" })),
        3 => Some(json!({ "do": "wait" })),
        _ => Some(decision),
    }
}

/// Plays a story here and in the browser's runtime with the same requests; every answer is the same to the last letter.
/// How many of the games came to their end.
pub fn told_alike(name: &str, story: &Story, seeds: std::ops::Range<u64>) -> usize {
    let (mut here, mut there) = (Runtime::default(), Browser::new());
    assert_eq!(here.open_story(name, story), there.open_story(name, story));
    let seats: Vec<&str> = story.seats.iter().map(|seat| seat.id.as_str()).collect();
    let mut ended = 0;
    for seed in seeds {
        let mut dice = Dice(seed * 77 + 1);
        // Each seat in its turn, then all of them at one keyboard.
        let first = seed as usize % (seats.len() + 1);
        let persons = seats.get(first..=first).unwrap_or(&seats);
        let mut request = json!({ "do": "begin", "seats": persons, "seed": seed });
        for _ in 0..400 {
            let words = request.to_string();
            let answer = here.call(&words);
            assert_eq!(answer, there.call(&words), "{name} seed {seed}: {words}");
            let mut answer: Value = serde_json::from_str(&answer).expect("JSON");
            if answer["error"].is_string() {
                answer = here.ask(&json!({ "do": "page" }));
            }
            if answer["page"]["turn"] == "over" {
                ended += 1;
                break;
            }
            let Some(next) = next(&answer, &mut dice) else { break };
            request = next;
        }
        // Looking back tries many other games; in an interpreter that takes seconds.
        let look_back = seed % 100 == 0;
        for what in ["history", "decisions", "save", "codes", "debrief"].into_iter().take(if look_back { 5 } else { 4 })
        {
            let words = json!({ "do": what }).to_string();
            assert_eq!(here.call(&words), there.call(&words), "{name} seed {seed}: {words}");
        }
    }
    ended
}
