use super::model::Story;

/// Of which sources the runtime in `assets/web/` is. What a story is packed as may differ from one edition to the next.
const EDITION: &str = include_str!("../../assets/web/runtime.stamp");

/// A story that has been checked, as bytes, with the name that saves know it by: so that a page in a browser need not
/// read and check its files once more. What only a writer and a teacher need (walks, expectations, the lesson) is left
/// out.
#[must_use]
pub fn pack_story(name: &str, story: &Story) -> Vec<u8> {
    postcard::to_allocvec(&(EDITION.trim_end(), name, story)).expect("a story can be written down, and memory takes it")
}

/// The name and the story again.
///
/// # Errors
/// If these are not the bytes of a story that this very edition has packed: why, for a person.
pub fn unpack_story(bytes: &[u8]) -> Result<(String, Story), &'static str> {
    let (edition, rest) = postcard::take_from_bytes::<&str>(bytes).map_err(|_| "This is no exported story.")?;
    if edition != EDITION.trim_end() {
        return Err("This story was exported with another edition of hallway than its runtime; export both again.");
    }
    postcard::from_bytes(rest).map_err(|_| "This exported story is damaged.")
}
