//! What is read from a single value: strings, names, numbers, truths.

use std::borrow::Cow;

use super::{Map, Read, ReadFault, RonReader, Shape, Stopped};

/// A string. `at` is the slice of the source to point at: the string itself, or where it holds escapes (and so is
/// not a slice) the name of its field.
#[derive(Debug, Clone)]
pub(in crate::story) struct Text<'s> {
    pub at: &'s str,
    /// What the escapes stand for, where it holds any.
    pub escaped: Option<Box<str>>,
}

impl<'s> Text<'s> {
    fn new(value: Cow<'s, str>, at: &'s str) -> Self {
        match value {
            Cow::Borrowed(at) => Self { at, escaped: None },
            Cow::Owned(value) => Self { at, escaped: Some(value.into()) },
        }
    }

    /// The string itself.
    pub fn value(&self) -> &str {
        self.escaped.as_deref().unwrap_or(self.at)
    }
}

impl<'s> Read<'s> for Text<'s> {
    const WANTED: &'static str = "a text in quotes";
    const SHAPE: Shape = Shape::Text;
    fn from_text(value: Cow<'s, str>, at: &'s str, _: &mut RonReader<'s>) -> Option<Self> {
        Some(Self::new(value, at))
    }
    fn guess(written: &'s str) -> Option<(Self, String)> {
        // What is true or false was meant as no text.
        let truth = matches!(written, "true" | "false");
        (!truth).then(|| (Self { at: written, escaped: None }, quoted(written)))
    }
    fn example() -> String {
        "\"…\"".to_owned()
    }
    fn stand_in(name: &'s str) -> Option<Self> {
        Some(Self { at: name, escaped: None })
    }
}

/// As a text is written.
fn quoted(text: &str) -> String {
    if text.chars().count() > 40 { "\"…\"".to_owned() } else { format!("\"{text}\"") }
}

/// The name of something declared elsewhere. Holds no escapes, so that it is always a slice of the source.
#[derive(Debug, Clone, Copy)]
pub(in crate::story) struct Id<'s>(pub &'s str);

impl<'s> Read<'s> for Id<'s> {
    const WANTED: &'static str = "a name in quotes";
    const SHAPE: Shape = Shape::Text;
    fn from_text(value: Cow<'s, str>, at: &'s str, reader: &mut RonReader<'s>) -> Option<Self> {
        if let Cow::Borrowed(id) = value {
            Some(Self(id))
        } else {
            reader.faults.push(ReadFault::EscapedId { at });
            Some(Self(""))
        }
    }
    fn guess(written: &'s str) -> Option<(Self, String)> {
        Some((Self(written), quoted(written)))
    }
    fn guess_list(written: &'s str) -> Option<(Vec<Self>, String)> {
        // A comma in a sentence parts no names.
        let is_name = |part: &str| !part.trim().contains(' ');
        let apart = if written.split(',').all(is_name) { "," } else { "\n" };
        let names = written.split(apart).map(str::trim).filter(|name| !name.is_empty());
        let right: Vec<String> = names.clone().map(quoted).collect();
        Some((names.map(Self).collect(), right.join(", ")))
    }
    fn example() -> String {
        "\"name\"".to_owned()
    }
}

impl<'s> Read<'s> for i64 {
    const WANTED: &'static str = "a whole number";
    const SHAPE: Shape = Shape::Whole;
    fn from_whole(number: i64) -> Option<Self> {
        Some(number)
    }
    fn guess(written: &'s str) -> Option<(Self, String)> {
        // Of `3.0` the whole part; what `0.5` was to be is not known.
        let (whole, part) = written.split_once('.').unwrap_or((written, ""));
        let whole = if part.bytes().all(|digit| digit == b'0') { whole } else { written };
        whole.parse().ok().map(|number: i64| (number, number.to_string()))
    }
    fn example() -> String {
        "3".to_owned()
    }
}

impl<'s> Read<'s> for bool {
    const WANTED: &'static str = "`true` or `false`";
    const SHAPE: Shape = Shape::Truth;
    fn from_truth(truth: bool) -> Option<Self> {
        Some(truth)
    }
    fn guess(written: &'s str) -> Option<(Self, String)> {
        let truth = match written.to_lowercase().as_str() {
            "true" | "yes" | "y" | "on" | "1" => true,
            "false" | "no" | "n" | "off" | "0" => false,
            _ => return None,
        };
        Some((truth, truth.to_string()))
    }
    fn example() -> String {
        "true".to_owned()
    }
}

/// A whole number, or an expression that gives one.
#[derive(Debug, Clone)]
pub(in crate::story) enum Amount<'s> {
    Whole(i64),
    Formula(Text<'s>),
}

impl<'s> Read<'s> for Amount<'s> {
    const WANTED: &'static str = "a whole number or an expression in quotes";
    const SHAPE: Shape = Shape::Several;
    fn from_text(value: Cow<'s, str>, at: &'s str, _: &mut RonReader<'s>) -> Option<Self> {
        Some(Self::Formula(Text::new(value, at)))
    }
    fn from_whole(number: i64) -> Option<Self> {
        Some(Self::Whole(number))
    }
    fn guess(written: &'s str) -> Option<(Self, String)> {
        i64::guess(written).map(|(number, right)| (Self::Whole(number), right))
    }
    fn example() -> String {
        "3".to_owned()
    }
}

/// Behind a pointer: for what is rare.
impl<'s, T: Read<'s>> Read<'s> for Box<T> {
    const WANTED: &'static str = T::WANTED;
    const SHAPE: Shape = T::SHAPE;
    fn from_text(value: Cow<'s, str>, at: &'s str, reader: &mut RonReader<'s>) -> Option<Self> {
        T::from_text(value, at, reader).map(Self::new)
    }
    fn from_whole(number: i64) -> Option<Self> {
        T::from_whole(number).map(Self::new)
    }
    fn empty(at: &'s str) -> Option<Self> {
        T::empty(at).map(Self::new)
    }
    fn guess(written: &'s str) -> Option<(Self, String)> {
        T::guess(written).map(|(value, right)| (Self::new(value), right))
    }
    fn example() -> String {
        T::example()
    }
    fn from_map(map: &mut dyn Map<'s>, at: &'s str, reader: &mut RonReader<'s>) -> Result<Option<Self>, Stopped> {
        Ok(T::from_map(map, at, reader)?.map(Self::new))
    }
}
