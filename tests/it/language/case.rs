//! A case: a story, and what its comments say of it.
//!
//! ```text
//! // `visited(hall)`                                   what the writer writes; without `order`, what this case is about
//! // The scene has been entered. Being in it counts.   what it means, as the guide says it
//! //
//! // order: 50                                         the row's place in its table, which is named after the folder
//! // covers: visited                                   what of the format this is the case of (see `covers`)
//! // check: proved                                     or `not proved`, or `refused`
//! (
//!   …
//!     (say: "Wait.", when: "trust => 2"),
//!   //                            ^^ bad-expression: `>=`     what is said of the line above, there, with these words
//!   …
//! )
//!
//! // == reader in the-walk
//! //   What that role reads, page by page, what is offered, and what is taken.
//! ```

use std::fs;
use std::ops::Range;
use std::path::Path;

use hallway::proof::Status;
use hallway::story::{Checked, Sources, Story, check};

use crate::support::{prove_small, repository};

/// Where the cases lie.
pub const FOLDER: &str = "tests/data/language";

/// One file of the table.
pub struct Case {
    /// Its folder and name: `conditions/visited`.
    pub path: String,
    pub text: String,
    /// Its first paragraph.
    pub about: Vec<String>,
    pub order: Option<u32>,
    pub covers: Vec<String>,
    pub check: String,
    said: Vec<Said>,
    pub blocks: Vec<Block>,
}

/// What is to be said of a place in a case.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Said {
    line: usize,
    column: usize,
    code: String,
    words: String,
}

/// What a role reads, as a case writes it down.
pub struct Block {
    /// `reader in the-walk`
    pub heading: String,
    pub body: Vec<String>,
    /// The lines of the body in the file.
    lines: Range<usize>,
}

/// Every case, in the order of sections, rows and names.
pub fn cases() -> Vec<Case> {
    let mut found = Vec::new();
    for section in listed(&repository(FOLDER)) {
        found.extend(listed(&section).into_iter().filter(|file| file.extension().is_some_and(|e| e == "ron")));
    }
    let mut cases: Vec<Case> = found.iter().map(|path| Case::read(path)).collect();
    cases.sort_by_key(|case| (case.section().to_owned(), case.order.unwrap_or(u32::MAX), case.path.clone()));
    assert!(!cases.is_empty());
    cases
}

fn listed(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut found: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    found.sort();
    found
}

impl Case {
    fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let shown = path.strip_prefix(repository(FOLDER)).expect("a case").with_extension("");
        Self::of(&shown.to_str().expect("a name").replace('\\', "/"), text)
    }

    /// The case that a text is.
    pub fn of(shown: &str, text: String) -> Self {
        let lines: Vec<&str> = text.lines().collect();
        let comment =
            |line: &&str| line.strip_prefix("//").map(|rest| rest.strip_prefix(' ').unwrap_or(rest).to_owned());
        let head: Vec<String> = lines.iter().map_while(comment).collect();
        let about: Vec<String> = head.iter().take_while(|line| !line.is_empty()).cloned().collect();
        let key = |name: &str| {
            let line = head.iter().skip(about.len()).find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
            line.unwrap_or_default().to_owned()
        };
        let order = Some(key("order")).filter(|order| !order.is_empty());
        let order = order.map(|order| order.parse().unwrap_or_else(|_| panic!("{shown}: `order` is no number")));
        let covers = key("covers").split(", ").filter(|name| !name.is_empty()).map(str::to_owned).collect();
        let check = key("check");
        assert!(["proved", "not proved", "refused"].contains(&&*check), "{shown}: `check: {check}` in its head");
        let (said, blocks) = (said(&lines), blocks(&lines));
        Self { path: shown.to_owned(), about, order, covers, check, said, blocks, text }
    }

    /// The folder it lies in, which names its table.
    pub fn section(&self) -> &str {
        self.path.split('/').next().unwrap_or_default()
    }

    fn checked(&self) -> (Sources, Checked) {
        let sources = Sources::from_texts([(self.path.as_str(), self.text.as_str())]);
        let checked = check(&sources, Vec::new());
        (sources, checked)
    }

    /// The story, where it can be played.
    pub fn story(&self) -> Option<Story> {
        self.checked().1.story
    }

    /// Line, column and code of what is to be said of it.
    pub fn places(&self) -> impl Iterator<Item = (usize, usize, &str)> {
        self.said.iter().map(|said| (said.line, said.column, said.code.as_str()))
    }

    /// What is said of it and should not be, or the other way round.
    pub fn judged(&self) -> Vec<String> {
        let (sources, checked) = self.checked();
        let mut found = checked.diagnostics.clone();
        let mut outcome = "refused";
        if let Some(story) = &checked.story {
            let proof = prove_small(story);
            outcome = if proof.status == Status::Proved { "proved" } else { "not proved" };
            let of_proof = proof.diagnostics(&self.path, &checked, &sources).into_iter();
            found.extend(of_proof.filter(|diagnostic| !diagnostic.is_allowed(&sources)));
        }
        let mut left: Vec<&Said> = self.said.iter().collect();
        let mut faults = Vec::new();
        for diagnostic in &found {
            let (line, column) = diagnostic.place.map_or((0, 0), |place| sources.line_column(place));
            let whole = diagnostic.render(&sources, false);
            let is = |said: &&Said| {
                (said.line, said.column, said.code.as_str()) == (line, column, diagnostic.code.name())
                    && whole.contains(&said.words)
            };
            match left.iter().position(is) {
                Some(at) => {
                    left.remove(at);
                }
                None => faults.push(format!("at {line}:{column} it is said, and the case does not say so:\n{whole}")),
            }
        }
        faults.extend(left.iter().map(|said| format!("this is not said: {said:?}")));
        if outcome != self.check {
            faults.push(format!("it is {outcome}, and the case says `check: {}`", self.check));
        }
        faults.into_iter().map(|fault| format!("{}: {fault}", self.path)).collect()
    }
}

/// The lines that say with carets what is said of the line above them.
fn said(lines: &[&str]) -> Vec<Said> {
    let mut out = Vec::new();
    let mut above = 0;
    for (at, line) in lines.iter().enumerate() {
        let caret = line.trim_start().strip_prefix("//").map(str::trim_start).is_some_and(|rest| rest.starts_with('^'));
        if !caret {
            above = at;
            continue;
        }
        let column = line.chars().take_while(|c| *c != '^').count() + 1;
        let what = line.split('^').next_back().unwrap_or_default().trim();
        let (code, words) = what.split_once(": ").unwrap_or((what, ""));
        out.push(Said { line: above + 1, column, code: code.to_owned(), words: words.to_owned() });
    }
    out
}

/// What stands below the story.
fn blocks(lines: &[&str]) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    let below = lines.iter().rposition(|line| *line == ")").map_or(lines.len(), |at| at + 1);
    for (at, line) in lines.iter().enumerate().skip(below) {
        if let Some(heading) = line.strip_prefix("// == ") {
            out.push(Block { heading: heading.to_owned(), body: Vec::new(), lines: at + 1..at + 1 });
        } else if let (Some(block), Some(line)) = (out.last_mut(), line.strip_prefix("//")) {
            block.body.push(line.to_owned());
            block.lines.end = at + 1;
        }
    }
    out
}

/// What is read where a case says something else.
pub struct Difference {
    lines: Range<usize>,
    read: Vec<String>,
    pub shown: String,
}

impl Block {
    /// Where what is read is not what the case says.
    pub fn differs(&self, read: &[String]) -> Option<Difference> {
        let read: Vec<String> = read.iter().map(|line| line.trim_end().to_owned()).collect();
        if self.body == read {
            return None;
        }
        let (said, now) = (self.body.join("\n"), read.join("\n"));
        let diff = similar::TextDiff::from_lines(&said, &now);
        let diff = diff.unified_diff().header("said", "read").to_string();
        let shown = format!("“{}” reads otherwise than the case says:\n{diff}", self.heading);
        Some(Difference { lines: self.lines.clone(), read, shown })
    }
}

impl Case {
    /// Writes what is read in the place of what the case says.
    pub fn accept(&self, differences: Vec<Difference>) {
        let mut lines: Vec<String> = self.text.lines().map(str::to_owned).collect();
        // From the end to the beginning, so that lines keep their numbers.
        for Difference { lines: place, read, .. } in differences.into_iter().rev() {
            let blank = lines.get(place.end).is_some_and(|line| !line.is_empty()).then(String::new);
            lines.splice(place, read.iter().map(|line| format!("//{line}")).chain(blank));
        }
        let file = repository(FOLDER).join(format!("{}.ron", self.path));
        fs::write(file, lines.join("\n") + "\n").expect("written");
    }
}
