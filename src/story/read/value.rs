//! Between serde and what is read: one seed and one visitor for every kind of value, so that RON's parser is there
//! once, and not once for each record of the format.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::{Correction, Read, ReadFault, RonReader, Shape};

/// The text is not RON from here on; what the parser says of it is kept where it was noticed.
///
/// Invariant: only `Access::kept` makes one, and keeps the parser's error with it.
pub(in crate::story) struct Stopped(());

/// A list of the file, element by element.
pub(in crate::story) trait List<'s> {
    /// Reads the next element; `false` where there is none.
    fn next(&mut self, value: Value<'_, 's>) -> Result<bool, Stopped>;
}

/// A map or record of the file, key by key.
pub(in crate::story) trait Map<'s> {
    fn key(&mut self) -> Result<Option<&'s str>, Stopped>;
    /// Reads the value of the last key.
    fn value(&mut self, value: Value<'_, 's>) -> Result<(), Stopped>;
    /// Steps over the value of the last key.
    fn skip_value(&mut self) -> Result<(), Stopped>;
    /// Steps over the next key, whatever it is, and its value; `false` where there is none.
    fn skip(&mut self) -> Result<bool, Stopped>;
}

/// Where a value goes when it has been read; empty where it is of the wrong kind.
pub(super) trait Slot<'s> {
    fn wanted(&self) -> &'static str;
    fn shape(&self) -> Shape;
    fn is_empty(&self) -> bool;
    /// Takes what a value of another kind was meant to be, and says how that is written.
    fn guess(&mut self, written: &'s str) -> Option<String>;
    fn example(&self) -> String;
    fn text(&mut self, value: Cow<'s, str>, at: &'s str, reader: &mut RonReader<'s>);
    fn whole(&mut self, number: i64);
    fn truth(&mut self, truth: bool);
    fn unit(&mut self, at: &'s str);
    fn list(&mut self, list: &mut dyn List<'s>, at: &'s str, reader: &mut RonReader<'s>) -> Result<(), Stopped>;
    fn map(&mut self, map: &mut dyn Map<'s>, at: &'s str, reader: &mut RonReader<'s>) -> Result<(), Stopped>;
}

impl<'s, T: Read<'s>> Slot<'s> for Option<T> {
    fn wanted(&self) -> &'static str {
        T::WANTED
    }
    fn shape(&self) -> Shape {
        T::SHAPE
    }
    fn is_empty(&self) -> bool {
        self.is_none()
    }
    fn guess(&mut self, written: &'s str) -> Option<String> {
        let (value, right) = T::guess(written)?;
        *self = Some(value);
        Some(right)
    }
    fn example(&self) -> String {
        T::example()
    }
    fn text(&mut self, value: Cow<'s, str>, at: &'s str, reader: &mut RonReader<'s>) {
        *self = T::from_text(value, at, reader);
    }
    fn whole(&mut self, number: i64) {
        *self = T::from_whole(number);
    }
    fn truth(&mut self, truth: bool) {
        *self = T::from_truth(truth);
    }
    fn unit(&mut self, at: &'s str) {
        *self = T::empty(at);
    }
    fn list(&mut self, list: &mut dyn List<'s>, at: &'s str, reader: &mut RonReader<'s>) -> Result<(), Stopped> {
        *self = T::from_list(list, at, reader)?;
        Ok(())
    }
    fn map(&mut self, map: &mut dyn Map<'s>, at: &'s str, reader: &mut RonReader<'s>) -> Result<(), Stopped> {
        *self = T::from_map(map, at, reader)?;
        Ok(())
    }
}

/// The seed and the visitor of a value.
pub(in crate::story) struct Value<'r, 's> {
    pub(super) reader: &'r mut RonReader<'s>,
    /// The name of the field or entry whose value it is.
    pub(super) at: &'s str,
    /// Which element of the list there.
    pub(super) nth: Option<usize>,
    pub(super) slot: &'r mut dyn Slot<'s>,
}

impl Value<'_, '_> {
    /// Notes what was found where something else should stand.
    fn wrong(self, found: &'static str) {
        let written = self.reader.written(self.at, self.nth);
        // What other languages call it where there is none.
        let nothing = written.is_some_and(|written| ["None", "null", "nil", "undefined"].contains(&written));
        let single = written.filter(|_| !nothing).filter(|written| !written.starts_with(['(', '[', '{']));
        let right = single.and_then(|written| self.slot.guess(written.trim_matches(['"', '\''])));
        let item = self.nth.is_some();
        let whole = |one: String| if item { format!("[{one}, …]") } else { one };
        let right = match right {
            _ if nothing => Correction::LeftOut,
            Some(right) => Correction::Known(whole(right)),
            None => Correction::Like(whole(self.slot.example())),
        };
        let (at, name, wanted) = (written.unwrap_or(self.at), self.at, self.slot.wanted());
        let found = if nothing { "nothing" } else { found };
        // All elements of a list are mostly written alike, and told of once.
        let known = |fault: &ReadFault<'_>| matches!(fault, ReadFault::WrongKind { name: other, .. } if std::ptr::eq(*other, name));
        if !item || !self.reader.faults.last().is_some_and(known) {
            self.reader.faults.push(ReadFault::WrongKind { at, name, item, wanted, found, right });
        }
    }

    fn if_empty(self, found: &'static str) {
        if self.slot.is_empty() {
            self.wrong(found);
        }
    }
}

impl<'s> DeserializeSeed<'s> for Value<'_, 's> {
    type Value = ();

    fn deserialize<D: Deserializer<'s>>(self, deserializer: D) -> Result<(), D::Error> {
        if !self.reader.trusting {
            return deserializer.deserialize_any(self);
        }
        match self.slot.shape() {
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

impl<'s> Visitor<'s> for Value<'_, 's> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slot.wanted())
    }
    fn visit_borrowed_str<E>(self, text: &'s str) -> Result<(), E> {
        self.slot.text(Cow::Borrowed(text), text, self.reader);
        self.if_empty("a text");
        Ok(())
    }
    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<(), E> {
        self.visit_string(text.to_owned())
    }
    fn visit_string<E>(self, text: String) -> Result<(), E> {
        self.slot.text(Cow::Owned(text), self.at, self.reader);
        self.if_empty("a text");
        Ok(())
    }
    fn visit_char<E>(self, _: char) -> Result<(), E> {
        self.wrong("a letter between `'`");
        Ok(())
    }
    fn visit_i64<E>(self, number: i64) -> Result<(), E> {
        self.slot.whole(number);
        self.if_empty("a number");
        Ok(())
    }
    fn visit_u64<E>(self, number: u64) -> Result<(), E> {
        if let Ok(number) = i64::try_from(number) {
            self.slot.whole(number);
        }
        self.if_empty("a number");
        Ok(())
    }
    fn visit_i128<E>(self, _: i128) -> Result<(), E> {
        self.wrong("a number too large");
        Ok(())
    }
    fn visit_u128<E>(self, _: u128) -> Result<(), E> {
        self.wrong("a number too large");
        Ok(())
    }
    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        self.wrong("a number with a decimal point");
        Ok(())
    }
    fn visit_bool<E>(self, truth: bool) -> Result<(), E> {
        self.slot.truth(truth);
        self.if_empty("`true` or `false`");
        Ok(())
    }
    fn visit_unit<E>(self) -> Result<(), E> {
        self.slot.unit(self.at);
        self.if_empty("a word without quotes");
        Ok(())
    }
    fn visit_none<E>(self) -> Result<(), E> {
        self.wrong("nothing");
        Ok(())
    }
    fn visit_some<D: Deserializer<'s>>(self, inner: D) -> Result<(), D::Error> {
        inner.deserialize_any(self)
    }
    fn visit_newtype_struct<D: Deserializer<'s>>(self, inner: D) -> Result<(), D::Error> {
        inner.deserialize_any(self)
    }
    fn visit_bytes<E>(self, _: &[u8]) -> Result<(), E> {
        self.wrong("a string of bytes");
        Ok(())
    }
    fn visit_seq<A: SeqAccess<'s>>(self, list: A) -> Result<(), A::Error> {
        let mut list = Access { of: list, error: None };
        let read = self.slot.list(&mut list, self.at, self.reader);
        list.ended(read)
    }
    fn visit_map<A: MapAccess<'s>>(self, map: A) -> Result<(), A::Error> {
        let mut map = Access { of: map, error: None };
        let read = self.slot.map(&mut map, self.at, self.reader);
        map.ended(read)
    }
}

/// What serde hands over of a list or map, and the error it ended with.
struct Access<A, E> {
    of: A,
    error: Option<E>,
}

impl<A, E> Access<A, E> {
    fn kept<T>(&mut self, result: Result<T, E>) -> Result<T, Stopped> {
        result.map_err(|error| {
            self.error = Some(error);
            Stopped(())
        })
    }

    fn ended(self, read: Result<(), Stopped>) -> Result<(), E> {
        match (read, self.error) {
            (Err(Stopped(())), Some(error)) => Err(error),
            _ => Ok(()),
        }
    }
}

impl<'s, A: SeqAccess<'s>> List<'s> for Access<A, A::Error> {
    fn next(&mut self, value: Value<'_, 's>) -> Result<bool, Stopped> {
        let element = self.of.next_element_seed(value);
        self.kept(element).map(|element| element.is_some())
    }
}

impl<'s, A: MapAccess<'s>> Map<'s> for Access<A, A::Error> {
    fn key(&mut self) -> Result<Option<&'s str>, Stopped> {
        let key = self.of.next_key_seed(KeySeed);
        self.kept(key)
    }
    fn value(&mut self, value: Value<'_, 's>) -> Result<(), Stopped> {
        let value = self.of.next_value_seed(value);
        self.kept(value)
    }
    fn skip_value(&mut self) -> Result<(), Stopped> {
        let value = self.of.next_value::<IgnoredAny>();
        self.kept(value).map(|_| ())
    }
    fn skip(&mut self) -> Result<bool, Stopped> {
        let key = self.of.next_key::<IgnoredAny>();
        if self.kept(key)?.is_none() {
            return Ok(false);
        }
        self.skip_value().map(|()| true)
    }
}

/// Reads a key as a slice of the source.
struct KeySeed;

impl<'s> DeserializeSeed<'s> for KeySeed {
    type Value = &'s str;
    fn deserialize<D: Deserializer<'s>>(self, deserializer: D) -> Result<&'s str, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'s> Visitor<'s> for KeySeed {
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
