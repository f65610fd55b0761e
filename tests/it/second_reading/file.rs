//! A story file as it is written: what the guide's tables name, read by `ron` and `serde` and by nothing else.

use std::fmt;
use std::marker::PhantomData;

use ron::extensions::Extensions;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};

use super::expr::{Condition, Effect, Weight};
use super::prose::Prose;

/// A story. A story without roles has one seat, which is called `reader`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct StoryFile {
    pub start: Option<String>,
    pub clock: Option<Clock>,
    pub roles: Entries<Role>,
    pub vars: Entries<Var>,
    pub carriers: Entries<Manner>,
    pub licences: Entries<Manner>,
    pub treatments: Entries<Manner>,
    pub handlings: Entries<Manner>,
    pub messages: Entries<Message>,
    pub sheets: Entries<Sheet>,
    pub scenes: Entries<Scene>,
    pub freeze: Option<String>,
    pub injects: Entries<Inject>,
}

#[derive(Debug, Deserialize)]
pub struct Clock {
    pub starts: String,
    pub ends: String,
    #[serde(default = "five")]
    pub tick: i64,
    #[serde(default = "twelve")]
    pub hours: i64,
}

fn five() -> i64 {
    5
}

fn twelve() -> i64 {
    12
}

#[derive(Debug, Deserialize)]
pub struct Role {
    pub standing: Option<Choice>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Var {
    pub min: i64,
    pub max: i64,
    pub states: Vec<String>,
    pub flag: bool,
    pub start: Option<Start>,
    pub words: Vec<String>,
}

/// The first value of a variable, as it is written.
#[derive(Debug, PartialEq)]
pub struct Start(pub String);

#[derive(Debug, Deserialize)]
pub struct Manner {
    pub name: String,
    #[serde(default)]
    pub minutes: i64,
    #[serde(default, rename = "do")]
    pub does: Vec<Effect>,
    #[serde(default)]
    pub when: Condition,
    #[serde(default)]
    pub lean: Weight,
}

#[derive(Debug, Deserialize)]
pub struct Message {
    pub say: Option<String>,
    pub gist: Prose,
    #[serde(default)]
    pub when: Condition,
    #[serde(default)]
    pub lean: Weight,
    #[serde(default)]
    pub keep: bool,
    #[serde(default, rename = "do")]
    pub does: Vec<Effect>,
    pub heard: Entries<Reading>,
}

#[derive(Debug, Deserialize)]
pub struct Reading {
    pub say: Option<String>,
    pub text: Prose,
    #[serde(default)]
    pub when: Condition,
    pub lean: Option<Weight>,
    #[serde(default, rename = "do")]
    pub does: Vec<Effect>,
    /// What it brings about, by role.
    #[serde(default)]
    pub answers: Entries<Prose>,
}

#[derive(Debug, Deserialize)]
pub struct Sheet {
    pub lines: Entries<String>,
}

#[derive(Debug, Deserialize)]
pub struct Inject {
    pub text: String,
    pub to: Option<Vec<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Scene {
    pub seat: Option<String>,
    pub part: Option<String>,
    #[serde(rename = "do")]
    pub does: Vec<Effect>,
    pub expect: Vec<Condition>,
    pub text: Option<Prose>,
    pub others: Entries<Prose>,
    pub choices: Vec<Choice>,
    pub otherwise: Option<String>,
    pub pass: Option<Pass>,
    pub relay: Option<Relay>,
    pub receive: Option<Receive>,
    pub mark: Option<Mark>,
    pub route: Vec<Way>,
    pub go: Option<String>,
    pub end: Option<String>,
    #[serde(default = "yes")]
    pub standing: bool,
    pub silence: Option<Silence>,
}

fn yes() -> bool {
    true
}

#[derive(Debug, Deserialize)]
pub struct Choice {
    pub id: Option<String>,
    pub say: Prose,
    pub go: Option<String>,
    #[serde(default, rename = "do")]
    pub does: Vec<Effect>,
    #[serde(default)]
    pub when: Condition,
    pub locked: Option<Prose>,
    #[serde(default)]
    pub keep: bool,
    #[serde(default)]
    pub lean: Weight,
    pub reply: Option<Prose>,
    pub send: Option<String>,
    pub by: Option<String>,
    pub licence: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct Pass {
    pub messages: Vec<String>,
    #[serde(default)]
    pub by: Vec<String>,
    #[serde(default)]
    pub licences: Vec<String>,
    pub go: String,
}

#[derive(Debug, Deserialize)]
pub struct Relay {
    pub treatments: Vec<String>,
    pub go: String,
}

#[derive(Debug, Deserialize)]
pub struct Receive {
    pub handlings: Vec<String>,
    pub go: String,
}

#[derive(Debug, Deserialize)]
pub struct Mark {
    pub sheet: String,
    #[serde(default = "twelve")]
    pub most: i64,
    pub say: Option<String>,
    pub go: String,
}

#[derive(Debug, Deserialize)]
pub struct Way {
    #[serde(default)]
    pub when: Condition,
    pub odds: Option<Weight>,
    #[serde(default, rename = "do")]
    pub does: Vec<Effect>,
    pub go: String,
}

#[derive(Debug, Deserialize)]
pub struct Silence {
    pub take: String,
    #[serde(default)]
    pub text: String,
}

impl StoryFile {
    pub fn read(text: &str) -> Result<Self, String> {
        let ron = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
        ron.from_str(text).map_err(|error| error.to_string())
    }

    /// The seats in their order.
    pub fn seats(&self) -> Vec<&str> {
        match self.roles.0.is_empty() {
            true => vec!["reader"],
            false => self.roles.names().collect(),
        }
    }

    /// Whose decision a scene is.
    pub fn seat_of<'a>(&'a self, scene: &'a Scene) -> Option<&'a str> {
        if self.roles.0.is_empty() { Some("reader") } else { scene.seat.as_deref() }
    }

    /// What a seat reads where a scene is entered.
    pub fn words_for<'a>(&'a self, scene: &'a Scene, seat: &str) -> Option<&'a Prose> {
        match self.seat_of(scene) {
            Some(own) if own == seat => scene.text.as_ref(),
            Some(_) => scene.others.find(seat),
            None => scene.others.find(seat).or(scene.text.as_ref()),
        }
    }
}

impl Scene {
    /// Whether somebody decides here.
    pub fn decides(&self) -> bool {
        let more = self.pass.is_some() || self.relay.is_some() || self.receive.is_some() || self.mark.is_some();
        more || !self.choices.is_empty()
    }
}

/// What stands between `{` and `}`, in its order.
#[derive(Debug)]
pub struct Entries<T>(pub Vec<(String, T)>);

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Entries<T> {
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    pub fn find(&self, name: &str) -> Option<&T> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// Where it stands among them.
    pub fn place(&self, name: &str) -> usize {
        self.names().position(|known| known == name).unwrap_or_else(|| panic!("`{name}` is not declared"))
    }

    /// The entry of this name, which a checked story has.
    pub fn at(&self, name: &str) -> &T {
        self.find(name).unwrap_or_else(|| panic!("`{name}` is not declared"))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for InOrder<T> {
            type Value = Entries<T>;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("named entries")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Entries<T>, M::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(InOrder(PhantomData))
    }
}

/// A number, a truth or words: what `start`, `lean` and `odds` may be.
pub fn number_or_words<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    struct Either;

    impl Visitor<'_> for Either {
        type Value = String;

        fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
            out.write_str("a number, a truth or words")
        }

        fn visit_bool<E>(self, truth: bool) -> Result<String, E> {
            Ok(truth.to_string())
        }

        fn visit_i64<E>(self, number: i64) -> Result<String, E> {
            Ok(number.to_string())
        }

        fn visit_u64<E>(self, number: u64) -> Result<String, E> {
            Ok(number.to_string())
        }

        fn visit_str<E>(self, words: &str) -> Result<String, E> {
            Ok(words.to_owned())
        }
    }
    deserializer.deserialize_any(Either)
}

impl<'de> Deserialize<'de> for Start {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        number_or_words(deserializer).map(Self)
    }
}
