//! Reading RON without giving up at the first fault.
//!
//! A derived `Deserialize` stops at the first field it does not know or cannot read. A writer wants every fault of
//! one reading, each with its place. So where a file has a fault it is read once more, every value asked for as
//! whatever it is: one of the wrong kind is noted and stepped over, and only text that is not RON at all ends the
//! reading. The first reading asks for what should stand there, which spares RON's parser from finding out.
//! Keys and plain strings are borrowed from the source, so that their place is their address.

mod plain;

pub(super) use plain::{Amount, Id, Text};

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// A fault found while reading; `at` is a slice of the source.
#[derive(Debug)]
pub(super) enum Fault<'s> {
    UnknownField { at: &'s str, record: &'static str, fields: &'static [&'static str] },
    WrongKind { at: &'s str, wanted: &'static str, found: &'static str },
    Twice { first: &'s str, second: &'s str, what: &'static str },
    EscapedId { at: &'s str },
    JsonBraces { at: &'s str },
    BareKeys { at: &'s str, wanted: &'static str },
}

impl<'s> Fault<'s> {
    /// Where it was found.
    pub(super) fn at(&self) -> &'s str {
        match self {
            Self::UnknownField { at, .. }
            | Self::WrongKind { at, .. }
            | Self::Twice { second: at, .. }
            | Self::EscapedId { at }
            | Self::JsonBraces { at }
            | Self::BareKeys { at, .. } => at,
        }
    }
}

/// What is carried along while one file is read.
pub(super) struct Reader<'s> {
    pub source: &'s str,
    pub faults: Vec<Fault<'s>>,
    /// The next value is an element of a list: a record there is placed at its own first field, not at the list's.
    pub in_list: bool,
    /// Values are asked for as the kind that should stand there; the first of another kind ends the reading.
    trusting: bool,
}

/// The kind of RON value that something is read from, where there is only one.
#[derive(Debug, Clone, Copy)]
pub(super) enum Shape {
    Text,
    Whole,
    Truth,
    List,
    /// Names with values, in curly brackets.
    Names,
    /// Fields with values, in round ones.
    Record(&'static [&'static str]),
    Several,
}

impl<'s> Reader<'s> {
    pub fn new(source: &'s str) -> Self {
        Self { source, faults: Vec::new(), in_list: false, trusting: false }
    }

    /// The seed that reads a `T`; faults without a place of their own are put at `at`.
    pub fn value<'r, T>(&'r mut self, at: &'s str) -> Value<'r, 's, T> {
        Value { reader: self, at, kind: PhantomData }
    }

    /// True if `key`, a slice of the source, stands between quotes there.
    fn is_quoted(&self, key: &str) -> bool {
        let offset = (key.as_ptr() as usize).wrapping_sub(self.source.as_ptr() as usize);
        offset > 0 && self.source.as_bytes().get(offset - 1) == Some(&b'"')
    }

    pub fn check_record_key(&mut self, key: &'s str, first: bool) {
        if first && self.is_quoted(key) {
            self.faults.push(Fault::JsonBraces { at: key });
        }
    }
}

/// Something that can be read from a scene file.
///
/// Each kind of RON value has its method; those not written say "not this kind".
pub(super) trait Read<'s>: Sized {
    /// In a writer's words, with its article: “a string”.
    const WANTED: &'static str;
    const SHAPE: Shape;

    fn from_text(_: Cow<'s, str>, _: &'s str, _: &mut Reader<'s>) -> Option<Self> {
        None
    }
    fn from_whole(_: i64) -> Option<Self> {
        None
    }
    fn from_truth(_: bool) -> Option<Self> {
        None
    }
    fn empty(_: &'s str) -> Option<Self> {
        None
    }
    fn from_list<A: SeqAccess<'s>>(list: A, at: &'s str, reader: &mut Reader<'s>) -> Result<Option<Self>, A::Error> {
        drain_list(list)?;
        reader.faults.push(Fault::WrongKind { at, wanted: Self::WANTED, found: "a list" });
        Ok(None)
    }
    fn from_map<A: MapAccess<'s>>(map: A, at: &'s str, reader: &mut Reader<'s>) -> Result<Option<Self>, A::Error> {
        drain_map(map)?;
        reader.faults.push(Fault::WrongKind { at, wanted: Self::WANTED, found: "a record" });
        Ok(None)
    }
}

fn drain_list<'s, A: SeqAccess<'s>>(mut list: A) -> Result<(), A::Error> {
    while list.next_element::<IgnoredAny>()?.is_some() {}
    Ok(())
}

fn drain_map<'s, A: MapAccess<'s>>(mut map: A) -> Result<(), A::Error> {
    while map.next_key::<IgnoredAny>()?.is_some() {
        map.next_value::<IgnoredAny>()?;
    }
    Ok(())
}

pub(super) struct Value<'r, 's, T> {
    reader: &'r mut Reader<'s>,
    at: &'s str,
    kind: PhantomData<T>,
}

impl<T> Value<'_, '_, T> {
    fn checked<V>(self, value: Option<V>, wanted: &'static str, found: &'static str) -> Option<V> {
        if value.is_none() {
            self.reader.faults.push(Fault::WrongKind { at: self.at, wanted, found });
        }
        value
    }
}

impl<'s, T: Read<'s>> DeserializeSeed<'s> for Value<'_, 's, T> {
    type Value = Option<T>;

    fn deserialize<D: Deserializer<'s>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        match T::SHAPE {
            _ if !self.reader.trusting => deserializer.deserialize_any(self),
            Shape::Text => deserializer.deserialize_str(self),
            Shape::Whole => deserializer.deserialize_i64(self),
            Shape::Truth => deserializer.deserialize_bool(self),
            Shape::List => deserializer.deserialize_seq(self),
            Shape::Names => deserializer.deserialize_map(self),
            Shape::Record(fields) => deserializer.deserialize_struct("", fields, self),
            Shape::Several => deserializer.deserialize_any(self),
        }
    }
}

impl<'s, T: Read<'s>> Visitor<'s> for Value<'_, 's, T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::WANTED)
    }
    fn visit_borrowed_str<E>(self, text: &'s str) -> Result<Option<T>, E> {
        let value = T::from_text(Cow::Borrowed(text), text, self.reader);
        Ok(self.checked(value, T::WANTED, "a string"))
    }
    fn visit_str<E>(self, text: &str) -> Result<Option<T>, E> {
        let value = T::from_text(Cow::Owned(text.to_owned()), self.at, self.reader);
        Ok(self.checked(value, T::WANTED, "a string"))
    }
    fn visit_string<E>(self, text: String) -> Result<Option<T>, E> {
        let value = T::from_text(Cow::Owned(text), self.at, self.reader);
        Ok(self.checked(value, T::WANTED, "a string"))
    }
    fn visit_char<E>(self, _: char) -> Result<Option<T>, E> {
        Ok(self.checked(None, T::WANTED, "a single character"))
    }
    fn visit_i64<E>(self, number: i64) -> Result<Option<T>, E> {
        Ok(self.checked(T::from_whole(number), T::WANTED, "a number"))
    }
    fn visit_u64<E>(self, number: u64) -> Result<Option<T>, E> {
        let value = i64::try_from(number).ok().and_then(T::from_whole);
        Ok(self.checked(value, T::WANTED, "a number"))
    }
    fn visit_i128<E>(self, _: i128) -> Result<Option<T>, E> {
        Ok(self.checked(None, T::WANTED, "a number too large"))
    }
    fn visit_u128<E>(self, _: u128) -> Result<Option<T>, E> {
        Ok(self.checked(None, T::WANTED, "a number too large"))
    }
    fn visit_f64<E>(self, _: f64) -> Result<Option<T>, E> {
        Ok(self.checked(None, T::WANTED, "a number with a decimal point"))
    }
    fn visit_bool<E>(self, truth: bool) -> Result<Option<T>, E> {
        Ok(self.checked(T::from_truth(truth), T::WANTED, "true or false"))
    }
    fn visit_unit<E>(self) -> Result<Option<T>, E> {
        let value = T::empty(self.at);
        Ok(self.checked(value, T::WANTED, "a bare word or ()"))
    }
    fn visit_none<E>(self) -> Result<Option<T>, E> {
        Ok(self.checked(None, T::WANTED, "None (leave the field out instead)"))
    }
    fn visit_some<D: Deserializer<'s>>(self, inner: D) -> Result<Option<T>, D::Error> {
        inner.deserialize_any(self)
    }
    fn visit_newtype_struct<D: Deserializer<'s>>(self, inner: D) -> Result<Option<T>, D::Error> {
        inner.deserialize_any(self)
    }
    fn visit_byte_buf<E>(self, _: Vec<u8>) -> Result<Option<T>, E> {
        Ok(self.checked(None, T::WANTED, "a byte string"))
    }
    fn visit_bytes<E>(self, _: &[u8]) -> Result<Option<T>, E> {
        Ok(self.checked(None, T::WANTED, "a byte string"))
    }
    fn visit_seq<A: SeqAccess<'s>>(self, list: A) -> Result<Option<T>, A::Error> {
        T::from_list(list, self.at, self.reader)
    }
    fn visit_map<A: MapAccess<'s>>(self, map: A) -> Result<Option<T>, A::Error> {
        T::from_map(map, self.at, self.reader)
    }
}

/// A list; elements of the wrong kind are noted and left out.
impl<'s, T: Read<'s>> Read<'s> for Vec<T> {
    const WANTED: &'static str = "a list in square brackets";
    const SHAPE: Shape = Shape::List;
    fn from_list<A: SeqAccess<'s>>(
        mut list: A,
        at: &'s str,
        reader: &mut Reader<'s>,
    ) -> Result<Option<Self>, A::Error> {
        let mut out = Vec::new();
        loop {
            reader.in_list = true;
            let Some(element) = list.next_element_seed(reader.value::<T>(at))? else { break };
            if out.is_empty() {
                out.reserve_exact(1);
            }
            out.extend(element);
        }
        reader.in_list = false;
        // Nearly all lists are short and there are many: room for elements to come would be most of what they take.
        out.shrink_to_fit();
        Ok(Some(out))
    }
}

/// A map with its order kept: `{ "name": value, … }`. A name that comes twice is a fault; the first one stays.
#[derive(Debug)]
pub(super) struct Entries<'s, T>(pub Vec<(&'s str, T)>);

impl<T> Default for Entries<'_, T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'s, T: Read<'s>> Read<'s> for Entries<'s, T> {
    const WANTED: &'static str = "names with values in curly brackets, { \"name\": … }";
    const SHAPE: Shape = Shape::Names;
    fn empty(_: &'s str) -> Option<Self> {
        Some(Self::default())
    }
    fn from_map<A: MapAccess<'s>>(mut map: A, at: &'s str, reader: &mut Reader<'s>) -> Result<Option<Self>, A::Error> {
        let mut out: Vec<(&'s str, T)> = Vec::new();
        let mut seen = std::collections::HashMap::new();
        let mut bare = false;
        while let Some(key) = map.next_key_seed(Key)? {
            if !bare && !reader.is_quoted(key) {
                bare = true;
                reader.faults.push(Fault::BareKeys { at: if at.is_empty() { key } else { at }, wanted: Self::WANTED });
            }
            let value = map.next_value_seed(reader.value::<T>(key))?;
            if let Some(first) = seen.insert(key, key) {
                reader.faults.push(Fault::Twice { first, second: key, what: "name" });
            } else {
                out.extend(value.map(|value| (key, value)));
            }
        }
        Ok(Some(Self(out)))
    }
}

/// Reads a key as a slice of the source.
pub(super) struct Key;

impl<'s> DeserializeSeed<'s> for Key {
    type Value = &'s str;
    fn deserialize<D: Deserializer<'s>>(self, deserializer: D) -> Result<&'s str, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'s> Visitor<'s> for Key {
    type Value = &'s str;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }
    fn visit_borrowed_str<E>(self, key: &'s str) -> Result<&'s str, E> {
        Ok(key)
    }
    fn visit_str<E: serde::de::Error>(self, _: &str) -> Result<&'s str, E> {
        Err(E::custom(ESCAPED_KEY))
    }
}

/// What the reader says of a name with an escape in it; told apart by this text.
pub(super) const ESCAPED_KEY: &str = "a name takes no escapes";

/// Declares a record: its name for messages, its fields, and how it is read.
macro_rules! record {
    ($(#[$doc:meta])* $name:ident, $what:literal { $($field:ident $key:literal : $type:ty,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Default)]
        pub(super) struct $name<'s> {
            /// Where it stands: its name, or the name of the field that holds it.
            pub at: &'s str,
            $(pub $field: Option<$type>,)*
        }

        impl<'s> $name<'s> {
            pub const FIELDS: &'static [&'static str] = &[$($key),*];
        }

        impl<'s> $crate::story::read::Read<'s> for $name<'s> {
            const WANTED: &'static str = concat!("the fields of ", $what, " in round brackets");
            const SHAPE: $crate::story::read::Shape = $crate::story::read::Shape::Record(Self::FIELDS);

            fn empty(at: &'s str) -> Option<Self> {
                Some(Self { at, ..Self::default() })
            }

            fn from_map<A: serde::de::MapAccess<'s>>(
                mut map: A,
                at: &'s str,
                reader: &mut $crate::story::read::Reader<'s>,
            ) -> Result<Option<Self>, A::Error> {
                let at = if std::mem::take(&mut reader.in_list) { "" } else { at };
                let mut out = Self { at, ..Self::default() };
                // Where each field was first given.
                $(let mut $field: Option<&'s str> = None;)*
                let mut first = true;
                while let Some(key) = map.next_key_seed($crate::story::read::Key)? {
                    if out.at.is_empty() {
                        out.at = key;
                    }
                    reader.check_record_key(key, std::mem::take(&mut first));
                    match key {
                        $($key => match $field {
                            None => {
                                $field = Some(key);
                                out.$field = map.next_value_seed(reader.value::<$type>(key))?;
                            }
                            Some(first) => {
                                let what = "field";
                                reader.faults.push($crate::story::read::Fault::Twice { first, second: key, what });
                                map.next_value::<serde::de::IgnoredAny>()?;
                            }
                        },)*
                        _ => {
                            reader.faults.push($crate::story::read::Fault::UnknownField {
                                at: key,
                                record: $what,
                                fields: Self::FIELDS,
                            });
                            map.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(Some(out))
            }
        }
    };
}
pub(super) use record;

/// Reads a whole file. `Err` where the text is not RON; what was noted until then is in the reader.
pub(super) fn read<'s, T: Read<'s>>(reader: &mut Reader<'s>) -> Result<Option<T>, ron::error::SpannedError> {
    reader.trusting = true;
    let good = once(reader);
    if good.is_ok() && reader.faults.is_empty() {
        return good;
    }
    *reader = Reader::new(reader.source);
    once(reader)
}

fn once<'s, T: Read<'s>>(reader: &mut Reader<'s>) -> Result<Option<T>, ron::error::SpannedError> {
    let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    let source = reader.source;
    options.from_str_seed(source, reader.value::<T>(&source[..0]))
}

#[cfg(test)]
mod tests {
    use super::super::ast::File;
    use super::{Reader, once, read};

    /// What is read of a file, and how many faults there are in it.
    fn said(text: &str, by: impl Fn(&mut Reader<'_>) -> String) -> (String, usize) {
        let mut reader = Reader::new(text);
        let read = by(&mut reader);
        (read, reader.faults.len())
    }

    #[test]
    fn a_file_is_read_alike_whether_it_is_trusted_or_not() {
        let written = [
            r#"(scenes: { "a": (text: "One \"two\".", end: "x") })"#,
            r##"(scenes: { "a": (text: r#"One "two"."#, choices: [(say: "On", keep: true, do: [], go: "a"),]), },)"##,
            r#"(title: Some("T"), vars: { "v": (min: 0x1, max: 1_0, start: 2), "w": () }, scenes: { "a": Scene(text: "A") })"#,
            r#"(style: (sentence: b'a'), walks: {}, scenes: {}) // the end"#,
            r#"(scenes: [], vars: ("v"), clock: 3.5, title: 'c', roles: { "r": "s" }, questions: [1, "two"])"#,
            r#"({ "scenes": { "a": ( } )"#,
            r#"{ "scenes": { "a": { "text": "A" } } }"#,
            r#"(scenes: { a: (text: "A", text: "B", nothing: 1) })"#,
        ];
        let stories =
            super::super::embedded::BUILT_IN.iter().flat_map(|story| story.files.iter().map(|(_, text)| *text));
        for text in written.into_iter().chain(stories) {
            let trusted = said(text, |reader| format!("{:?}", read::<File<'_>>(reader)));
            let doubted = said(text, |reader| format!("{:?}", once::<File<'_>>(reader)));
            assert_eq!(trusted, doubted, "{text}");
        }
    }
}
