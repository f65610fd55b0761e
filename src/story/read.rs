//! Reading RON without giving up at the first fault.
//!
//! A derived `Deserialize` stops at the first field it does not know or cannot read. A writer wants every fault of
//! one reading, each with its place. So where a file has a fault it is read once more, every value asked for as
//! whatever it is: one of the wrong kind is noted and stepped over, and only text that is not RON at all ends the
//! reading. The first reading asks for what should stand there, which spares RON's parser from finding out.
//! Keys and plain strings are borrowed from the source, so that their place is their address.

mod entries;
mod lists;
mod misnamed;
mod not_ron;
mod plain;
mod record;
mod value;
mod written;

pub(super) use entries::Entries;
pub(super) use not_ron::{NotRon, Why};
pub(super) use plain::{Amount, Id, Text};
pub(super) use record::record;
use value::ESCAPED_KEY;
pub(super) use value::{List, Map, Stopped};

use std::borrow::Cow;

use value::Value;
use written::Finder;

/// A fault found while reading; `at` is a slice of the source.
#[derive(Debug)]
pub(super) enum ReadFault<'s> {
    /// `meant` is the field that it was read as.
    UnknownField {
        at: &'s str,
        /// Where the record stands.
        within: &'s str,
        record: &'static str,
        fields: &'static [&'static str],
        meant: Option<&'static str>,
    },
    /// `at` is the value, or where that cannot be found, the `name` of its field or list.
    WrongKind {
        at: &'s str,
        name: &'s str,
        /// It is not the whole value that is wrong, but an item of the list.
        item: bool,
        wanted: &'static str,
        found: &'static str,
        right: Correction,
    },
    Twice {
        first: &'s str,
        second: &'s str,
        what: &'static str,
        /// Of two entries, the field that holds them.
        holder: &'s str,
    },
    EscapedId {
        at: &'s str,
    },
    JsonBraces {
        at: &'s str,
    },
    BareKeys {
        at: &'s str,
        wanted: &'static str,
    },
}

/// How a value of the wrong kind is to be written.
#[derive(Debug)]
pub(super) enum Correction {
    /// As it was meant: it was read so.
    Known(String),
    /// Like this example.
    Like(String),
    LeftOut,
}

/// The state of reading one file.
pub(super) struct RonReader<'s> {
    pub source: &'s str,
    pub faults: Vec<ReadFault<'s>>,
    /// Where records stand of which a part could not be read, or was read as what it may have been meant to be: what
    /// they lack is not to be missed.
    pub partial: Vec<&'s str>,
    /// The next value is this element of a list: a record there is placed at its own first field, not at the list's.
    pub in_list: Option<usize>,
    /// Values are asked for as the kind that should stand there; the first of another kind ends the reading.
    trusting: bool,
    /// Part of the value that was read last could not be read.
    lost: bool,
    /// The record in which an unknown field was met last, if it is not meant to be a record of another kind.
    foreign: Option<*const u8>,
    /// The file is written as JSON, and that has been reported.
    json: bool,
    finder: Finder,
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

impl<'s> RonReader<'s> {
    pub fn new(source: &'s str) -> Self {
        Self {
            source,
            faults: Vec::new(),
            partial: Vec::new(),
            in_list: None,
            trusting: false,
            lost: false,
            foreign: None,
            json: false,
            finder: Finder::default(),
        }
    }

    /// Makes the seed that reads a value into `slot`; `at` is the name of its field or entry.
    pub fn value<'r, T: Read<'s>>(&'r mut self, at: &'s str, slot: &'r mut Option<T>) -> Value<'r, 's> {
        Value { reader: self, at, nth: None, slot }
    }

    /// Makes the seed that reads element `nth`, from 0, of the list named `at`.
    fn element<'r, T: Read<'s>>(&'r mut self, at: &'s str, nth: usize, slot: &'r mut Option<T>) -> Value<'r, 's> {
        Value { reader: self, at, nth: Some(nth), slot }
    }

    /// A value as it is written: that of the field or entry named `at`, or an element of the list there.
    pub fn written(&mut self, at: &'s str, nth: Option<usize>) -> Option<&'s str> {
        let end = self.offset(at)? + at.len();
        self.finder.find(self.source, end, nth)
    }

    /// Whether the value of the field or entry named `at` begins with this sign; what stands in comments before it is
    /// not looked at.
    fn opens_with(&self, at: &'s str, sign: char) -> bool {
        let Some(behind) = self.offset(at).map(|offset| &self.source[offset + at.len()..]) else { return false };
        let behind = behind.strip_prefix('"').unwrap_or(behind).trim_start();
        behind.strip_prefix(':').is_some_and(|value| value.trim_start().starts_with(sign))
    }

    /// Where a slice of the source begins; `None` for a name that stands nowhere.
    fn offset(&self, slice: &str) -> Option<usize> {
        let offset = (slice.as_ptr() as usize).wrapping_sub(self.source.as_ptr() as usize);
        (!slice.is_empty() && offset < self.source.len()).then_some(offset)
    }

    /// What a field that the record does not have was meant to be.
    pub fn misnamed(
        &mut self,
        at: &'s str,
        within: &'s str,
        record: &'static str,
        fields: &'static [&'static str],
    ) -> Option<&'static str> {
        // Where the record has one field of another kind of record, what habit calls a field may be one more.
        let foreign = self.foreign == Some(within.as_ptr());
        let meant = misnamed::meant(at, fields).filter(|_| !foreign);
        if meant.is_none() {
            self.foreign = Some(within.as_ptr());
        }
        self.faults.push(ReadFault::UnknownField { at, within, record, fields, meant });
        meant
    }

    /// True if `key`, a slice of the source, stands between quotes there.
    fn is_quoted(&self, key: &str) -> bool {
        let before = self.offset(key).and_then(|offset| offset.checked_sub(1));
        before.is_some_and(|before| self.source.as_bytes()[before] == b'"')
    }

    /// The field that was taken for another cannot be that one, which is given besides.
    pub fn not_meant(&mut self) {
        if let Some(ReadFault::UnknownField { meant, .. }) = self.faults.last_mut() {
            *meant = None;
        }
    }

    /// Whether something of the value just read could not be read.
    pub fn lost_something(&mut self) -> bool {
        std::mem::take(&mut self.lost)
    }

    pub fn check_record_key(&mut self, key: &'s str, first: bool) {
        if first && !self.json && self.is_quoted(key) {
            self.json = true;
            self.faults.push(ReadFault::JsonBraces { at: key });
        }
    }
}

/// Something that can be read from a scene file.
///
/// Each kind of RON value has its method; those not written say "not this kind".
pub(super) trait Read<'s>: Sized {
    /// In a writer's words, with its article: “a text in quotes”.
    const WANTED: &'static str;
    const SHAPE: Shape;

    fn from_text(_: Cow<'s, str>, _: &'s str, _: &mut RonReader<'s>) -> Option<Self> {
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
    /// What a single value of another kind was meant to be, by how it is written, and how that is written rightly.
    fn guess(_: &'s str) -> Option<(Self, String)> {
        None
    }
    /// Guesses a list that was written as one text, from what is between its brackets; see [`Read::guess`].
    fn guess_list(written: &'s str) -> Option<(Vec<Self>, String)> {
        Self::guess(written).map(|(alone, right)| (vec![alone], right))
    }
    /// A short example of one, as it is written.
    fn example() -> String;
    /// What takes the place of an entry that cannot be read, so that nobody misses its name.
    fn stand_in(name: &'s str) -> Option<Self> {
        Self::empty(name)
    }
    fn from_list(list: &mut dyn List<'s>, at: &'s str, reader: &mut RonReader<'s>) -> Result<Option<Self>, Stopped> {
        let nth = reader.in_list.take();
        // What is wrong inside is told once it is no list any more.
        let told = reader.faults.len();
        let mut first = None;
        let mut count = 0;
        loop {
            let mut element: Option<Self> = None;
            if !list.next(reader.element(at, count, &mut element))? {
                break;
            }
            count += 1;
            first = first.or(element);
        }
        reader.faults.truncate(told);
        if nth.is_some() {
            let round = reader.written(at, nth) == Some("(");
            reader.wrong::<Self>(
                at,
                nth,
                if round { "values without the names of their fields" } else { "a list" },
                None,
            );
            return Ok(first);
        }
        let alone = reader.written(at, Some(0)).filter(|_| first.is_some());
        let right = alone.and_then(|alone| Self::guess(alone.trim_matches('"'))).map(|(_, right)| right);
        reader.wrong::<Self>(at, None, "a list", right);
        Ok(first)
    }
    fn from_map(map: &mut dyn Map<'s>, at: &'s str, reader: &mut RonReader<'s>) -> Result<Option<Self>, Stopped> {
        while map.skip()? {}
        let found = reader.brackets(at);
        reader.wrong::<Self>(at, None, found, None);
        Ok(None)
    }
}

impl<'s> RonReader<'s> {
    /// What fields or names with values stand in.
    fn brackets(&mut self, at: &'s str) -> &'static str {
        if self.written(at, None) == Some("{") { "something in curly brackets" } else { "something in round brackets" }
    }

    /// Notes that something else than a `T` was found.
    fn wrong<T: Read<'s>>(&mut self, name: &'s str, nth: Option<usize>, found: &'static str, right: Option<String>) {
        let at = self.written(name, nth).unwrap_or(name);
        let example = || if nth.is_some() { format!("[{}, …]", T::example()) } else { T::example() };
        let right = right.map_or_else(|| Correction::Like(example()), Correction::Known);
        self.faults.push(ReadFault::WrongKind { at, name, item: nth.is_some(), wanted: T::WANTED, found, right });
    }
}

/// Reads a whole file. `Err` where the text is not RON; what was noted until then is in the reader.
pub(super) fn read<'s, T: Read<'s>>(reader: &mut RonReader<'s>) -> Result<Option<T>, NotRon> {
    reader.trusting = true;
    if let (Ok(good), []) = (once(reader), reader.faults.as_slice()) {
        return Ok(good);
    }
    *reader = RonReader::new(reader.source);
    once(reader).map_err(|error| NotRon::new(reader.source, &error))
}

fn once<'s, T: Read<'s>>(reader: &mut RonReader<'s>) -> Result<Option<T>, ron::error::SpannedError> {
    let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    let source = reader.source;
    let mut read = None;
    options.from_str_seed(source, reader.value(&source[..0], &mut read))?;
    Ok(read)
}

#[cfg(test)]
mod tests {
    use super::super::ast::File;
    use super::{NotRon, RonReader, once, read};

    /// What is read of a file, and how many faults there are in it.
    fn said(text: &str, by: impl Fn(&mut RonReader<'_>) -> String) -> (String, usize) {
        let mut reader = RonReader::new(text);
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
            let doubted = said(text, |reader| {
                let read = once::<File<'_>>(reader).map_err(|error| NotRon::new(text, &error));
                format!("{read:?}")
            });
            assert_eq!(trusted, doubted, "{text}");
        }
    }
}
