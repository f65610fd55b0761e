/// Declares a record: its name and an example for messages, its fields, and how it is read.
macro_rules! record {
    ($(#[$doc:meta])* $name:ident, $what:literal like $example:literal { $($field:ident $key:literal : $type:ty => $holds:expr,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Default)]
        pub(super) struct $name<'s> {
            /// Where it stands: its name, or the name of the field that holds it.
            pub at: &'s str,
            $(pub $field: Option<$type>,)*
        }

        impl<'s> $name<'s> {
            pub const FIELDS: &'static [&'static str] = &[$($key),*];
            /// What the strings in each field hold.
            pub const SCHEMA: &'static [$crate::story::schema::Field] = &[$(($key, $holds)),*];
        }

        impl<'s> $crate::story::read::Read<'s> for $name<'s> {
            const WANTED: &'static str = concat!($what, " in round brackets");
            const SHAPE: $crate::story::read::Shape = $crate::story::read::Shape::Record(Self::FIELDS);

            fn empty(at: &'s str) -> Option<Self> {
                Some(Self { at, ..Self::default() })
            }

            fn example() -> String {
                $example.to_owned()
            }

            fn from_map(
                map: &mut dyn $crate::story::read::Map<'s>,
                at: &'s str,
                reader: &mut $crate::story::read::RonReader<'s>,
            ) -> Result<Option<Self>, $crate::story::read::Stopped> {
                let nth = reader.in_list.take();
                let list = at;
                let mut out = Self { at: if nth.is_some() { "" } else { at }, ..Self::default() };
                // Where each field was first given, by its own name or another that was taken for it.
                $(let mut $field: Option<&'s str> = None;)*
                let mut first = true;
                let mut partial = false;
                while let Some(key) = map.key()? {
                    if out.at.is_empty() {
                        out.at = key;
                    }
                    reader.check_record_key(key, std::mem::take(&mut first));
                    let mut name = key;
                    loop {
                        match name {
                            $($key => match $field {
                                Some(first) if first == name && key == name => {
                                    let (what, holder) = ("field", "");
                                    let twice = $crate::story::read::ReadFault::Twice { first, second: key, what, holder };
                                    reader.faults.push(twice);
                                    partial = true;
                                    map.skip_value()?;
                                }
                                Some(_) if key != name => {
                                    reader.not_meant();
                                    map.skip_value()?;
                                }
                                _ => {
                                    $field = Some(key);
                                    let told = reader.faults.len();
                                    map.value(reader.value(key, &mut out.$field))?;
                                    let lost = reader.lost_something() || out.$field.is_none();
                                    partial |= lost;
                                    if lost && key != name {
                                        // It was meant to be something else.
                                        reader.faults.truncate(told);
                                    }
                                }
                            },)*
                            _ => {
                                partial = true;
                                if let Some(meant) = reader.misnamed(key, out.at, $what, Self::FIELDS) {
                                    name = meant;
                                    continue;
                                }
                                map.skip_value()?;
                            }
                        }
                        break;
                    }
                }
                if out.at.is_empty() && nth.is_some() {
                    // `()` has no field to be placed at.
                    out.at = reader.written(list, nth).unwrap_or(list);
                }
                if partial {
                    reader.partial.push(out.at);
                }
                Ok(Some(out))
            }
        }
    };
}
pub(in crate::story) use record;
