use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use crate::author::{SymbolList, SymbolRef, names, resolve_kinds};
use crate::story::{SourceFile, Sources, SymbolKind};

/// The files of a story as they stand, with all their names.
pub(super) struct Symbols {
    root: PathBuf,
    sources: Sources,
    /// By file.
    names: Vec<SymbolList>,
    /// What each file declared when it was whole last, by the file's name.
    declared: HashMap<String, Vec<SymbolRef>>,
}

/// A place in a story that the editor asks about.
pub(super) struct Query<'s> {
    pub symbols: &'s Symbols,
    pub file: usize,
    pub at: usize,
}

impl Symbols {
    /// Reads a story's names; what is known from `before` stands in for what a half-written file does not show.
    pub fn read(root: PathBuf, sources: Sources, before: Option<&Self>) -> Self {
        let mut all: Vec<SymbolList> = sources.files().iter().map(|file| names(&file.text)).collect();
        resolve_kinds(all.iter_mut().flat_map(|names| &mut names.symbols));
        let mut declared = HashMap::new();
        for (file, names) in sources.files().iter().zip(&all) {
            let known = before.filter(|before| before.root == root).and_then(|before| before.declared.get(&file.name));
            match known {
                Some(known) if !names.whole => declared.insert(file.name.clone(), known.clone()),
                _ => {
                    let own = names.symbols.iter().filter(|symbol| symbol.declares).cloned();
                    declared.insert(file.name.clone(), own.collect())
                }
            };
        }
        Self { root, sources, names: all, declared }
    }

    /// Whether they are the names of just these texts.
    pub fn are_of(&self, root: &Path, sources: &Sources) -> bool {
        let same = |(a, b): (&SourceFile, &SourceFile)| a.name == b.name && a.text == b.text;
        let (own, other) = (self.sources.files(), sources.files());
        self.root == root && own.len() == other.len() && own.iter().zip(other).all(same)
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    pub fn files(&self) -> &[SourceFile] {
        self.sources.files()
    }

    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// Whether something in the story has this name.
    pub fn is_declared(&self, symbol: &SymbolRef) -> bool {
        self.names.iter().flat_map(|names| &names.symbols).any(|other| other.declares && symbol.is_same(other))
    }

    /// The file that an editor knows by this path.
    pub fn file_at(&self, path: &Path) -> Option<usize> {
        let name = path.display().to_string();
        self.files().iter().position(|file| file.name == name)
    }

    /// The names that stand in a file.
    pub fn of(&self, file: usize) -> &[SymbolRef] {
        self.names.get(file).map_or(&[], |names| &names.symbols)
    }

    /// A file that is half-written, if one is.
    pub fn half_written(&self) -> Option<&SourceFile> {
        self.files().iter().zip(&self.names).find(|(_, names)| !names.whole).map(|(file, _)| file)
    }

    /// Every name that means the same, by file.
    pub fn same<'a>(&'a self, symbol: &'a SymbolRef) -> impl Iterator<Item = (usize, &'a SymbolRef)> {
        let all = self.names.iter().enumerate();
        all.flat_map(|(file, names)| names.symbols.iter().map(move |other| (file, other)))
            .filter(move |(_, other)| symbol.is_same(other))
    }

    /// What the story declares, each once: in a half-written file also what it declared before.
    pub fn declared(&self) -> impl Iterator<Item = &SymbolRef> {
        let now = self.names.iter().flat_map(|names| &names.symbols).filter(|symbol| symbol.declares);
        let before = self.files().iter().filter_map(|file| self.declared.get(&file.name)).flatten();
        let mut seen: HashSet<(SymbolKind, Option<&str>, &str)> = HashSet::new();
        before.chain(now).filter(move |it| seen.insert((it.kind, it.owner.as_deref(), &it.name)))
    }
}

impl<'s> Query<'s> {
    /// The name at the place; its end belongs to it too.
    pub fn name(&self) -> Option<&'s SymbolRef> {
        self.symbols.of(self.file).iter().find(|symbol| symbol.start <= self.at && self.at <= symbol.end)
    }

    pub fn text(&self) -> &'s str {
        &self.symbols.files()[self.file].text
    }
}
