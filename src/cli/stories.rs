use std::path::Path;

use crate::story::{BUILT_IN, Checked, Diagnostic, Sources, built_in, check, shelf};

/// A story that was asked for, opened.
pub(super) struct Opened {
    /// As it was asked for.
    pub name: String,
    pub sources: Sources,
    pub unread: Vec<Diagnostic>,
}

impl Opened {
    /// Opens a built-in story by its name, or a file or folder. A path wins where it is written as one (with a
    /// separator or ending in `.ron`); a bare word is a built-in name first.
    pub fn new(name: &str) -> Self {
        let path_like = name.contains(['/', '\\']) || name.ends_with(".ron");
        if let (false, Some(story)) = (path_like, built_in(name)) {
            return Self { name: name.to_owned(), sources: story.sources(), unread: Vec::new() };
        }
        let (sources, mut unread) = Sources::open(Path::new(name));
        if !path_like && !Path::new(name).exists() {
            let known: Vec<&str> = BUILT_IN.iter().map(|story| story.name).collect();
            for fault in &mut unread {
                fault.message = "there is no such story, file or folder".to_owned();
                let near = crate::story::nearest(name, known.iter().copied());
                fault.help = Some(match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("the built-in stories are: {}", known.join(", ")),
                });
            }
        }
        Self { name: name.to_owned(), sources, unread }
    }

    pub fn check(&self) -> Checked {
        check(&self.sources, self.unread.clone())
    }
}

/// A folder of stories stands for each story in it.
pub(super) fn expand(name: &str) -> Vec<String> {
    if built_in(name).is_some() && !Path::new(name).exists() {
        return vec![name.to_owned()];
    }
    let found = shelf(Path::new(name));
    if found.is_empty() {
        return vec![name.to_owned()];
    }
    found.iter().map(|path| path.display().to_string()).collect()
}
