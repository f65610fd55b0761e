//! Reading RON without giving up at the first fault.
//!
//! A derived `Deserialize` stops at the first field it does not know or cannot read. A writer wants every fault of
//! one reading, each with its place. So where a file has a fault it is read once more, every value asked for as
//! whatever it is: one of the wrong kind is noted and stepped over, and only text that is not RON at all ends the
//! reading. The first reading asks for what should stand there, which spares RON's parser from finding out.
//! Keys and plain strings are borrowed from the source, so that their place is their address.

mod plain;
mod value;

pub(super) use plain::{Amount, Id, Text};
pub(super) use value::{ESCAPED_KEY, List, Map, Stopped};

use std::borrow::Cow;

use value::Value;

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

    /// The seed that reads a value into its slot; faults without a place of their own are put at `at`.
    pub fn value<'r, T: Read<'s>>(&'r mut self, at: &'s str, slot: &'r mut Option<T>) -> Value<'r, 's> {
        Value { reader: self, at, slot }
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
    fn from_list(list: &mut dyn List<'s>, at: &'s str, reader: &mut Reader<'s>) -> Result<Option<Self>, Stopped> {
        while list.skip()? {}
        reader.faults.push(Fault::WrongKind { at, wanted: Self::WANTED, found: "a list" });
        Ok(None)
    }
    fn from_map(map: &mut dyn Map<'s>, at: &'s str, reader: &mut Reader<'s>) -> Result<Option<Self>, Stopped> {
        while map.skip()? {}
        reader.faults.push(Fault::WrongKind { at, wanted: Self::WANTED, found: "a record" });
        Ok(None)
    }
}

/// A list; elements of the wrong kind are noted and left out.
impl<'s, T: Read<'s>> Read<'s> for Vec<T> {
    const WANTED: &'static str = "a list in square brackets";
    const SHAPE: Shape = Shape::List;
    fn from_list(list: &mut dyn List<'s>, at: &'s str, reader: &mut Reader<'s>) -> Result<Option<Self>, Stopped> {
        let mut out = Vec::new();
        loop {
            reader.in_list = true;
            let mut element = None;
            if !list.next(reader.value(at, &mut element))? {
                break;
            }
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
    fn from_map(map: &mut dyn Map<'s>, at: &'s str, reader: &mut Reader<'s>) -> Result<Option<Self>, Stopped> {
        let mut out: Vec<(&'s str, T)> = Vec::new();
        let mut seen = std::collections::HashMap::new();
        let mut bare = false;
        while let Some(key) = map.key()? {
            if !bare && !reader.is_quoted(key) {
                bare = true;
                reader.faults.push(Fault::BareKeys { at: if at.is_empty() { key } else { at }, wanted: Self::WANTED });
            }
            let mut value = None;
            map.value(reader.value(key, &mut value))?;
            if let Some(first) = seen.insert(key, key) {
                reader.faults.push(Fault::Twice { first, second: key, what: "name" });
            } else {
                out.extend(value.map(|value| (key, value)));
            }
        }
        Ok(Some(Self(out)))
    }
}

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

            fn from_map(
                map: &mut dyn $crate::story::read::Map<'s>,
                at: &'s str,
                reader: &mut $crate::story::read::Reader<'s>,
            ) -> Result<Option<Self>, $crate::story::read::Stopped> {
                let at = if std::mem::take(&mut reader.in_list) { "" } else { at };
                let mut out = Self { at, ..Self::default() };
                // Where each field was first given.
                $(let mut $field: Option<&'s str> = None;)*
                let mut first = true;
                while let Some(key) = map.key()? {
                    if out.at.is_empty() {
                        out.at = key;
                    }
                    reader.check_record_key(key, std::mem::take(&mut first));
                    match key {
                        $($key => match $field {
                            None => {
                                $field = Some(key);
                                map.value(reader.value(key, &mut out.$field))?;
                            }
                            Some(first) => {
                                let what = "field";
                                reader.faults.push($crate::story::read::Fault::Twice { first, second: key, what });
                                map.skip_value()?;
                            }
                        },)*
                        _ => {
                            reader.faults.push($crate::story::read::Fault::UnknownField {
                                at: key,
                                record: $what,
                                fields: Self::FIELDS,
                            });
                            map.skip_value()?;
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
    let mut read = None;
    options.from_str_seed(source, reader.value(&source[..0], &mut read))?;
    Ok(read)
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
