use super::{List, Map, Read, RonReader, Shape, Stopped};

/// A list; elements of the wrong kind are noted and left out. A value that stands alone is a list of one.
impl<'s, T: Read<'s>> Read<'s> for Vec<T> {
    const WANTED: &'static str = "a list in square brackets";
    const SHAPE: Shape = Shape::List;
    fn from_list(list: &mut dyn List<'s>, at: &'s str, reader: &mut RonReader<'s>) -> Result<Option<Self>, Stopped> {
        let mut out = Vec::new();
        let mut count = 0;
        let mut lost = false;
        loop {
            reader.in_list = Some(count);
            let mut element = None;
            if !list.next(reader.element(at, count, &mut element))? {
                break;
            }
            count += 1;
            lost |= element.is_none();
            if out.is_empty() {
                out.reserve_exact(1);
            }
            out.extend(element);
        }
        reader.in_list = None;
        reader.lost |= lost;
        if reader.opens_with(at, '(') {
            reader.wrong::<Self>(at, None, "something in round brackets", None);
        }
        // Nearly all lists are short and there are many: room for elements to come would be most of what they take.
        out.shrink_to_fit();
        Ok(Some(out))
    }
    fn from_map(map: &mut dyn Map<'s>, at: &'s str, reader: &mut RonReader<'s>) -> Result<Option<Self>, Stopped> {
        let told = reader.faults.len();
        // A single record; what has names in curly brackets is no element of a list.
        let alone = if reader.written(at, None) == Some("(") {
            T::from_map(map, at, reader)?
        } else {
            while map.skip()? {}
            None
        };
        if alone.is_none() {
            reader.faults.truncate(told);
        }
        let right = alone.is_some().then(|| "[( … )]".to_owned());
        let found = reader.brackets(at);
        reader.wrong::<Self>(at, None, found, right);
        // There may be more of them in the writer's mind.
        reader.lost = true;
        Ok(alone.map(|alone| vec![alone]))
    }
    fn guess(written: &'s str) -> Option<(Self, String)> {
        T::guess_list(written).map(|(list, right)| (list, format!("[{right}]")))
    }
    fn example() -> String {
        format!("[{}, …]", T::example())
    }
}
