//! Names of the writer's own with what they stand for.

use super::{List, Map, Read, ReadFault, RonReader, Shape, Stopped};

/// A map with its order kept: `{ "name": value, … }`. A name that comes twice is a fault; the first one stays.
#[derive(Debug)]
pub(in crate::story) struct Entries<'s, T>(pub Vec<(&'s str, T)>);

impl<T> Default for Entries<'_, T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'s, T: Read<'s>> Read<'s> for Entries<'s, T> {
    const WANTED: &'static str = "a list of names in curly brackets";
    const SHAPE: Shape = Shape::Names;
    fn empty(_: &'s str) -> Option<Self> {
        Some(Self::default())
    }
    fn example() -> String {
        format!("{{ \"name\": {}, … }}", T::example())
    }
    fn from_list(list: &mut dyn List<'s>, at: &'s str, reader: &mut RonReader<'s>) -> Result<Option<Self>, Stopped> {
        // Which names its items would have is not known.
        let told = reader.faults.len();
        let mut item: Option<T> = None;
        while list.next(reader.element(at, 0, &mut item))? {}
        reader.faults.truncate(told);
        reader.wrong::<Self>(at, None, "a list", None);
        Ok(None)
    }
    fn from_map(map: &mut dyn Map<'s>, at: &'s str, reader: &mut RonReader<'s>) -> Result<Option<Self>, Stopped> {
        let mut out: Vec<(&'s str, T)> = Vec::new();
        let mut seen = std::collections::HashMap::new();
        let mut bare = false;
        while let Some(key) = map.key()? {
            if !bare && !reader.is_quoted(key) {
                bare = true;
                reader
                    .faults
                    .push(ReadFault::BareKeys { at: if at.is_empty() { key } else { at }, wanted: Self::WANTED });
            }
            let mut value = None;
            map.value(reader.value(key, &mut value))?;
            if value.is_none() {
                value = T::stand_in(key);
                reader.partial.push(key);
            }
            if let Some(first) = seen.insert(key, key) {
                reader.faults.push(ReadFault::Twice { first, second: key, what: "name", holder: at });
            } else {
                out.extend(value.map(|value| (key, value)));
            }
        }
        Ok(Some(Self(out)))
    }
}
