//! What `ron` alone needs for the bytes of a made story: read into plain records, with nothing checked.

use std::collections::BTreeMap;
use std::hint::black_box;

use serde::Deserialize;

#[derive(Deserialize)]
#[expect(dead_code, reason = "read and thrown away")]
struct Story {
    title: String,
    vars: BTreeMap<String, Var>,
    scenes: BTreeMap<String, Scene>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "read and thrown away")]
struct Var {
    min: i16,
    max: i16,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "read and thrown away")]
struct Scene {
    text: String,
    choices: Vec<Choice>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "read and thrown away")]
struct Choice {
    say: String,
    when: Option<String>,
    #[serde(default)]
    keep: bool,
    r#do: Vec<String>,
    go: String,
}

pub fn read(source: &str) {
    let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    drop(black_box(options.from_str::<Story>(source).expect("a made story is RON")));
}
