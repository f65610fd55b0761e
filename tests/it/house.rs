//! The invariants of the rooms, which are absences: read from the sources.

mod circles;

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::repository;

fn sources(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").filter_map(Result::ok) {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            out.push(path);
        }
    }
}

/// Every source file: its path below `src`, and its text without the unit tests at its end.
fn files() -> Vec<(String, String)> {
    let root = repository("src");
    let mut paths = Vec::new();
    sources(&root, &mut paths);
    paths.sort();
    let read = |path: &PathBuf| {
        let text = fs::read_to_string(path).expect("source");
        let code = text.split("#[cfg(test)]").next().unwrap_or("").to_owned();
        (path.strip_prefix(&root).expect("below").display().to_string().replace('\\', "/"), code)
    };
    let files: Vec<_> = paths.iter().map(read).collect();
    assert!(files.len() > 100, "{} files", files.len());
    files
}

/// What is looked at ends where a file's unit tests begin; nothing else may begin so and stay unseen.
#[test]
fn unit_tests_are_the_end_of_a_file() {
    let mut with_tests = 0;
    for (path, code) in files() {
        let whole = fs::read_to_string(repository("src").join(&path)).expect("source");
        let rest = &whole[code.len()..];
        if !rest.is_empty() {
            let tests = rest.trim_start_matches("#[cfg(test)]").trim_start();
            assert!(
                tests.starts_with("mod tests {") && rest.matches("\n}\n").count() == 1,
                "{path} goes on after its tests"
            );
            with_tests += 1;
        }
    }
    assert!(with_tests > 10, "{with_tests} files with tests");
}

/// The room of a file, in the order of the map: each may use those before it.
const ROOMS: [&str; 14] = [
    "text", "story", "engine", "proof", "record", "view", "play", "author", "teach", "plain", "tui", "web", "serve",
    "cli",
];

fn room(path: &str) -> Option<usize> {
    let first = path.split(['/', '.']).next().unwrap_or("");
    ROOMS.iter().position(|room| *room == first)
}

#[test]
fn each_room_uses_only_those_above_it() {
    for (path, code) in files() {
        let Some(own) = room(&path) else {
            assert!(["lib.rs", "main.rs"].contains(&path.as_str()), "{path} is in no room of the map");
            continue;
        };
        for (at, other) in ROOMS.iter().enumerate() {
            let names = code.contains(&format!("crate::{other}"));
            // The faces do not know each other; a class is served with the page of a browser.
            let face = ["plain", "tui", "web"].contains(other) && (ROOMS[own], *other) != ("serve", "web");
            let cousin = ROOMS[own] != "cli" && ROOMS[own] != *other && face;
            assert!(!names || (at <= own && !cousin), "{path} uses the room {other}");
        }
    }
}

/// Whoever meets a type's name in an import knows which it is.
#[test]
fn no_two_types_have_one_name() {
    let mut homes: HashMap<String, String> = HashMap::new();
    for (path, code) in files() {
        for line in code.lines() {
            let mut words = line.split(' ').skip_while(|word| word.starts_with("pub") || word.starts_with("crate::"));
            let (Some("struct" | "enum" | "trait" | "type"), Some(name)) = (words.next(), words.next()) else {
                continue;
            };
            let name = name.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            if let Some(other) = homes.insert(name.to_owned(), path.clone()) {
                panic!("`{name}` is a type in {other} and another in {path}");
            }
        }
    }
    assert!(homes.len() > 300, "{} types", homes.len());
}

#[test]
fn the_outside_is_where_it_belongs() {
    for (path, code) in files() {
        let pure = ["text", "story", "engine", "proof", "view", "play"].iter().any(|room| path.starts_with(room))
            && path != "story/files.rs";
        if pure {
            for outside in ["std::fs", "std::env", "std::time", "std::io", "std::process", "std::thread", "std::net"] {
                assert!(!code.contains(outside), "{path} uses {outside}");
            }
        }
        for socket in ["std::net", "tokio", "hyper", "axum", "if_addrs"] {
            let home = path.starts_with("serve") || path == "cli/serve.rs" && socket == "tokio";
            assert!(!code.contains(socket) || home, "{path} could open a socket");
        }
        for (crate_name, home) in [
            ("crossterm::", "tui/terminal"),
            ("signal_hook", "tui/terminal"),
            ("rand::", "engine/random.rs"),
            ("annotate_snippets", "story/diagnostic/render.rs"),
        ] {
            assert!(!code.contains(crate_name) || path.starts_with(home), "{path} uses {crate_name}");
        }
        assert!(!code.contains("ratatui") || path.starts_with("tui") || path == "lib.rs", "{path} uses ratatui");
        assert!(!code.contains("clap") || path.starts_with("cli"), "{path} uses clap");
        assert!(
            !code.contains("ron::") || path.starts_with("story/read") || path.starts_with("record"),
            "{path} uses ron"
        );
    }
}

/// There is one way to the terminal: `cli/output.rs` for lines, `tui/terminal.rs` for the screen. An editor is no terminal.
#[test]
fn nothing_is_printed_past_the_one_way_out() {
    for (path, code) in files() {
        for print in ["stdout().lock()", "stderr().lock()", "write!(io::std", "writeln!(io::std"] {
            let home = ["cli/output.rs", "cli/lsp/wire.rs"].contains(&path.as_str());
            assert!(!code.contains(print) || home, "{path} prints by {print}");
        }
    }
}

/// Behind the curtain there is no night to show: what draws asks for what may be seen, never for the session.
#[test]
fn what_draws_does_not_ask_for_the_session() {
    let drawn = |path: &str| path.starts_with("tui/screens/") || path == "tui/draw.rs";
    let files: Vec<_> = files().into_iter().filter(|(path, _)| drawn(path)).collect();
    assert!(files.len() > 10, "{} files", files.len());
    for (path, code) in files {
        assert!(!code.contains(".session"), "{path} asks for the session");
    }
}

#[test]
fn forbidden_words_and_long_files() {
    // What is printed so panics where nobody reads it.
    let printing = ["println!", "print!(", "eprint!("];
    let words = ["unsafe", ".unwrap()", "todo!", "unimplemented!", "dbg!", "fixme", "FIXME", "thread::sleep"];
    for (path, code) in files() {
        for word in words.into_iter().chain(printing) {
            let said = code.lines().any(|line| !line.trim_start().starts_with("//") && line.contains(word));
            // A browser calls functions by names that the linker must keep; what a policy allows is called so.
            let named_so = word == "unsafe" && ["web/exports.rs", "author/export.rs"].contains(&path.as_str());
            assert!(!said || named_so, "{path} says {word}");
        }
        let lines = code.lines().count();
        assert!(lines <= 450, "{path} has {lines} lines");
    }
}

#[test]
fn colours_are_in_the_theme_only() {
    for (path, code) in files() {
        let colours = code.contains("Color::") && path.starts_with("tui");
        assert!(!colours || path == "tui/theme.rs", "{path} chooses a colour of its own");
    }
}

#[test]
fn every_file_of_the_shipped_stories_is_built_in() {
    for story in hallway::story::BUILT_IN {
        for (name, text) in story.files {
            let on_disk = fs::read_to_string(repository(name)).unwrap_or_else(|_| panic!("{name} is not there"));
            assert_eq!(on_disk, *text, "{name}");
        }
    }
    let folder = repository("scenes/hold-the-line");
    let on_disk = fs::read_dir(folder).expect("a folder").count();
    assert_eq!(on_disk, hallway::story::BUILT_IN[0].files.len(), "a file of the episode is not built in");
}

#[test]
fn the_top_level_is_the_users() {
    let allowed = ["Cargo.toml", "Cargo.lock", "README.md", "LICENSE", "src", "scenes", "assets", "tests", "target"];
    for entry in fs::read_dir(repository(".")).expect("a folder").filter_map(Result::ok) {
        let name = entry.file_name().to_string_lossy().into_owned();
        assert!(name.starts_with('.') || allowed.contains(&name.as_str()), "{name} is not in the owner's layout");
    }
}
