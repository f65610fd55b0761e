//! No files of `src` use each other in a circle: whoever reads one can leave aside all that use it.

use std::collections::{BTreeSet, HashMap};

use super::files;

/// A module, or an item in one, by its names from the crate's root.
type Module = Vec<String>;

/// Files by module, each with what it imports under which name.
struct Imports(HashMap<Module, Vec<(String, Module)>>);

impl Imports {
    /// The file that a path leads into, by way of what other files hand on.
    fn home(&self, path: &[String], steps: usize) -> Option<Module> {
        let length = (1..=path.len()).rev().find(|length| self.0.contains_key(&path[..*length]))?;
        let (module, rest) = path.split_at(length);
        let handed_on = rest.first().and_then(|name| self.0[module].iter().find(|(own, _)| own == name));
        match handed_on {
            Some((_, other)) if steps > 0 => self.home(&[other, &rest[1..]].concat(), steps - 1),
            _ => Some(module.to_vec()),
        }
    }
}

/// The single paths of a `use`, each with the name that it gives.
fn single(before: &str, tree: &str, out: &mut Vec<(String, String)>) {
    let tree = tree.trim();
    let Some(open) = tree.find('{') else {
        let (path, name) = tree.split_once(" as ").unwrap_or((tree, tree.rsplit("::").next().unwrap_or(tree)));
        out.push((name.to_owned(), format!("{before}{path}").trim_end_matches("::self").to_owned()));
        return;
    };
    let before = format!("{before}{}", &tree[..open]);
    let inside = &tree[open + 1..tree.rfind('}').expect("closed")];
    let mut depth = 0;
    let parts = inside.split(|c: char| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        c == ',' && depth == 0
    });
    parts.filter(|part| !part.trim().is_empty()).for_each(|part| single(&before, part, out));
}

/// A path as it is written in a module, from the root; `None` where it leads out of the crate.
fn absolute(written: &str, module: &[String], is_file: &dyn Fn(&[String]) -> bool) -> Option<Module> {
    let mut base = module.to_vec();
    let mut parts: Vec<String> = written.split("::").map(str::to_owned).collect();
    match parts[0].as_str() {
        "crate" => base.clear(),
        "self" | "super" => {}
        _ => {
            base.push(parts[0].clone());
            return is_file(&base).then(|| [base, parts.split_off(1)].concat());
        }
    }
    let steps = parts.iter().take_while(|part| ["crate", "self", "super"].contains(&part.as_str())).count();
    base.truncate(base.len() - parts[..steps].iter().filter(|part| *part == "super").count());
    Some([base, parts.split_off(steps)].concat())
}

fn module_of(path: &str) -> Module {
    let path = path.trim_end_matches(".rs");
    if path == "lib" { Vec::new() } else { path.split('/').map(str::to_owned).collect() }
}

/// By file, the others that it uses. That a module's own children use it is no circle: they are parts of it.
fn uses() -> HashMap<Module, BTreeSet<Module>> {
    let codes: HashMap<Module, String> = files()
        .into_iter()
        .filter(|(path, _)| path != "main.rs")
        .map(|(path, code)| {
            let lines = code.lines().map(|line| line.split_once("//").map_or(line, |(code, _)| code));
            (module_of(&path), lines.collect::<Vec<_>>().join("\n"))
        })
        .collect();
    let is_file = |module: &[String]| codes.contains_key(module);
    let mut imports = Imports(HashMap::new());
    let mut written: HashMap<Module, Vec<Module>> = HashMap::new();
    for (module, code) in &codes {
        let (mut paths, mut body) = (Vec::new(), String::new());
        for statement in code.split_inclusive(';') {
            match statement.split_once("use ") {
                Some((before, tree))
                    if before.lines().last().is_none_or(|line| line.trim().is_empty() || line.starts_with("pub")) =>
                {
                    body.push_str(before);
                    single("", tree.trim_end_matches(';'), &mut paths);
                }
                _ => body.push_str(statement),
            }
        }
        let from_root = |(name, path): (String, String)| Some((name, absolute(&path, module, &is_file)?));
        let named: Vec<(String, Module)> = paths.into_iter().filter_map(from_root).collect();
        // Paths in the midst of code, and what is asked of a child by its name.
        let word = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
        let inline = body.split(|c| !word(c)).filter(|path| path.contains("::") && !path.starts_with(':'));
        let inline = inline.filter_map(|path| absolute(path.trim_end_matches(':'), module, &is_file));
        written.insert(module.clone(), named.iter().map(|(_, path)| path.clone()).chain(inline).collect());
        imports.0.insert(module.clone(), named);
    }
    let used = |(module, paths): (Module, Vec<Module>)| {
        let homes = paths.iter().filter_map(|path| imports.home(path, 20));
        let others = homes.filter(|home| !module.starts_with(home)).collect();
        (module, others)
    };
    written.into_iter().map(used).collect()
}

#[test]
fn no_files_use_each_other_in_a_circle() {
    let uses = uses();
    let count: usize = uses.values().map(BTreeSet::len).sum();
    assert!(count > 800, "{count} uses");
    // Files that use none of those left, and files that none of those left uses, are in no circle.
    let mut left: BTreeSet<&Module> = uses.keys().collect();
    loop {
        let leads_on = |file: &Module| uses[file].iter().any(|to| left.contains(to));
        let is_used = |file: &Module| left.iter().any(|other| uses[*other].contains(file));
        let kept: BTreeSet<&Module> = left.iter().copied().filter(|file| leads_on(file) && is_used(file)).collect();
        if kept.len() == left.len() {
            break;
        }
        left = kept;
    }
    let shown = |file: &&Module| {
        let to: Vec<String> = uses[*file].iter().filter(|to| left.contains(to)).map(|to| to.join("/")).collect();
        format!("{} uses {}", file.join("/"), to.join(", "))
    };
    assert!(left.is_empty(), "{}", left.iter().map(shown).collect::<Vec<_>>().join("\n"));
}
