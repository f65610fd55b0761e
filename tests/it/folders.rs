//! Folders from strangers: links, pipes, devices and files without end, at every place that a story can name, under every
//! command that reads or writes. Nothing outside is shown or changed, nothing is waited for, and what is refused is said.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _, PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};

use hallway::text::forbidden;

use crate::support::{Hallway, Run};

const STORY: &str = r#"(
  title: "A stranger's",
  scenes: {
    "a": (text: "One.", choices: [(say: "On.", go: "b"), (say: "Off.", go: "b")]),
    "b": (text: "Two.", end: "E"),
  },
  walks: { "all": (picks: ["On"], transcript: true) },
)
"#;

const SECRET: &str = "TOP SECRET outside";

/// How a folder is hostile: a name, what makes it, the story in it, and whether it can be read at all.
type Hostile = (&'static str, fn(&Path), &'static str, Answer);

/// What is to be said of a story.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Answer {
    /// That it cannot be read, so that every command refuses it.
    Never(&'static str),
    /// That its transcript cannot.
    NotTested(&'static str),
    /// Nothing: it is a story like any other.
    Fine,
}

use Answer::{Fine, Never, NotTested};

const OUT: &str = "leads out of the folder";
const NO_FILE: &str = "not an ordinary file";

fn pipe(path: &Path) {
    assert!(std::process::Command::new("mkfifo").arg(path).status().expect("mkfifo runs").success());
}

/// A file of so many bytes that takes no room on the disk.
fn sparse(path: &Path, bytes: u64) {
    fs::File::create(path).expect("made").set_len(bytes).expect("stretched");
}

fn put(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(path, text).expect("written");
}

fn link(to: &str, at: &Path) {
    fs::create_dir_all(at.parent().expect("a folder")).expect("made");
    symlink(to, at).expect("linked");
}

fn story(folder: &Path) {
    put(&folder.join("story.ron"), STORY);
}

/// Each is made in `home/pack`, beside `home/outside`.
const FOLDERS: &[Hostile] = &[
    ("a scene is a link out", |at| (story(at), link("../outside/secret.ron", &at.join("z.ron"))).0, "", Never(OUT)),
    ("a folder is a link out", |at| (story(at), link("../outside", &at.join("more"))).0, "", Never(OUT)),
    ("a link climbs to the root", |at| (story(at), link("/", &at.join("root"))).0, "", Never(OUT)),
    ("a link leads to itself", |at| (story(at), link("z.ron", &at.join("z.ron"))).0, "", Never("")),
    ("a link leads nowhere", |at| (story(at), link("gone", &at.join("z.ron"))).0, "", Never("no such file")),
    ("a link leads to a device", |at| (story(at), link("/dev/zero", &at.join("z.ron"))).0, "", Never(OUT)),
    ("the story is a link out", |at| link("../outside/secret.ron", &at.join("story.ron")), "", Never(OUT)),
    ("a scene is a pipe", |at| (story(at), pipe(&at.join("z.ron"))).0, "", Never(NO_FILE)),
    (
        "the story is a pipe",
        |at| (fs::create_dir_all(at).expect("made"), pipe(&at.join("story.ron"))).1,
        "",
        Never(NO_FILE),
    ),
    ("a scene is without end", |at| (story(at), sparse(&at.join("z.ron"), 1 << 36)).0, "", Never("")),
    ("a link leads in", |at| (story(at), link("story.ron", &at.join("z.ron"))).0, "", Fine),
    (
        "a link to a folder leads in",
        |at| (story(at), put(&at.join("x/notes.txt"), "n"), link("x", &at.join("y"))).0,
        "",
        Fine,
    ),
    (
        "the story is a link in",
        |at| (put(&at.join("main.ron"), STORY), link("main.ron", &at.join("story.ron"))).0,
        "",
        Fine,
    ),
    ("a picture is a link out", |at| (story(at), link("../outside/secret.ron", &at.join("a.png"))).0, "", Fine),
    ("the walks are a link out", |at| (story(at), link("../outside", &at.join("walks"))).0, "", Never(OUT)),
    ("the walks lead nowhere", |at| (story(at), link("gone", &at.join("walks"))).0, "", NotTested(OUT)),
    (
        "a transcript is a link out",
        |at| (story(at), link("../../outside/secret.ron", &at.join("walks/all.txt"))).0,
        "",
        NotTested(OUT),
    ),
    (
        "a transcript leads out to nothing",
        |at| (story(at), link("../../outside/new", &at.join("walks/all.txt"))).0,
        "",
        NotTested(OUT),
    ),
    ("a transcript is a device", |at| (story(at), link("/dev/zero", &at.join("walks/all.txt"))).0, "", NotTested(OUT)),
    (
        "a transcript is a pipe",
        |at| (story(at), put(&at.join("walks/x"), ""), pipe(&at.join("walks/all.txt"))).0,
        "",
        NotTested(NO_FILE),
    ),
    ("a transcript is a folder", |at| (story(at), put(&at.join("walks/all.txt/x"), "")).0, "", NotTested(NO_FILE)),
    (
        "a transcript is without end",
        |at| (story(at), put(&at.join("walks/x"), ""), sparse(&at.join("walks/all.txt"), 1 << 36)).0,
        "",
        NotTested(""),
    ),
    (
        "a story of one file has linked walks",
        |at| (put(&at.join("one.ron"), STORY), link("../outside", &at.join("one.walks"))).0,
        "one.ron",
        NotTested(OUT),
    ),
    (
        "a story of one file is a pipe",
        |at| (fs::create_dir_all(at).expect("made"), pipe(&at.join("one.ron"))).1,
        "one.ron",
        Never(NO_FILE),
    ),
];

/// Every command that takes a story, whose path stands at `%`; `@` is a folder to write into.
const COMMANDS: &[&[&str]] = &[
    &["check", "%"],
    &["check", "--no-proof", "--format", "json", "%"],
    &["check", "--no-proof", "--format", "github", "%"],
    &["play", "--plain", "--seed", "1", "%"],
    &["simulate", "--runs", "2", "%"],
    &["stats", "%"],
    &["map", "%", "--format", "mermaid"],
    &["replay", "%", "--walk", "0"],
    &["class", "code", "%"],
    &["class", "handout", "%", "--out", "@"],
    &["fmt", "--check", "%"],
    &["fmt", "%"],
    &["test", "%"],
    &["test", "--format", "json", "%"],
    &["test", "--bless", "%"],
];

/// Everything below a folder: what it is, and what is in it.
fn snapshot(folder: &Path) -> BTreeMap<PathBuf, String> {
    let mut out = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let data = path.symlink_metadata().expect("there");
        let kind = data.file_type();
        let what = if kind.is_symlink() {
            format!("link to {:?}", fs::read_link(&path).expect("a link"))
        } else if kind.is_dir() {
            out.extend(snapshot(&path));
            "folder".to_owned()
        } else if kind.is_fifo() {
            "pipe".to_owned()
        } else {
            let text = if data.len() < 1 << 20 { fs::read_to_string(&path).expect("read") } else { String::new() };
            format!("{:o} {} {text}", data.mode(), data.len())
        };
        out.insert(path, what);
    }
    out
}

fn run(hallway: &Hallway, command: &[&str], story: &str) -> Run {
    let out = hallway.home.path().join("out").display().to_string();
    let words: Vec<String> = command.iter().map(|word| word.replace('%', story).replace('@', &out)).collect();
    let _ = fs::remove_dir_all(out);
    hallway.run(&words.iter().map(String::as_str).collect::<Vec<_>>(), "1\n")
}

#[test]
fn no_folder_reaches_outside_under_any_command() {
    for (how, make, within, answer) in FOLDERS {
        let hallway = Hallway::new();
        let home = hallway.home.path();
        put(&home.join("outside/secret.ron"), SECRET);
        let pack = home.join("pack");
        make(&pack);
        let path = if within.is_empty() { pack.clone() } else { pack.join(within) };
        let outside = snapshot(&home.join("outside"));
        for command in COMMANDS {
            let before = snapshot(&pack);
            let run = run(&hallway, command, &path.display().to_string());
            let all = format!("{}{}", run.out, run.err);
            let what = format!("{how}: {command:?} says {} with\n{all}", run.code);
            assert!(!all.contains("TOP SECRET") && forbidden(&all).is_none(), "{what}");
            assert_eq!(snapshot(&home.join("outside")), outside, "{what}");
            let tests = command[0] == "test";
            // Files are tidied one by one, so a story can be that as a whole could not be played.
            match answer {
                Never(why) if command[0] != "fmt" => assert!(run.code == 1 && all.contains(why), "{what}"),
                Never(why) => assert!(run.code == 1 && all.contains(why), "{what}"),
                NotTested(why) if tests => assert!(run.code == 1 && all.contains(why), "{what}"),
                _ if tests && !command.contains(&"--bless") => assert!(all.contains("not there yet"), "{what}"),
                _ => assert_eq!(run.code, 0, "{what}"),
            }
            let writes = command.contains(&"--bless") && *answer == Fine;
            if writes {
                assert_eq!(run.code, 0, "{what}");
                assert!(path.join("walks/all.txt").is_file(), "{what}");
            } else {
                assert_eq!(snapshot(&pack), before, "{what}");
            }
        }
    }
}

#[test]
fn a_shelf_holds_only_what_stands_on_it() {
    let hallway = Hallway::new();
    let home = hallway.home.path();
    put(&home.join("outside/secret.ron"), SECRET);
    story(&home.join("stranger"));
    let shelf = home.join("shelf");
    story(&shelf.join("own"));
    link("../outside/secret.ron", &shelf.join("a.ron"));
    link("../stranger", &shelf.join("b"));
    link("own", &shelf.join("c"));
    pipe(&shelf.join("d.ron"));
    let outside = snapshot(&home.join("outside"));
    for command in [
        &["check", "--no-proof", "%"][..],
        &["check", "--no-proof", "--format", "json", "%"],
        &["test", "--bless", "%"],
    ] {
        let run = run(&hallway, command, &shelf.display().to_string());
        let all = format!("{}{}", run.out, run.err);
        assert!(run.code == 1 && !all.contains("TOP SECRET"), "{all}");
        assert_eq!(all.matches(OUT).count(), 2, "{all}");
        assert!(all.contains(NO_FILE) && forbidden(&all).is_none(), "{all}");
    }
    assert_eq!(snapshot(&home.join("outside")), outside);
    assert!(!home.join("stranger/walks").exists() && shelf.join("own/walks/all.txt").is_file());
}

/// What is written stays what it was: a link a link, and a file its owner's, with its rights.
#[test]
fn tidying_follows_a_link_and_keeps_rights_and_owner() {
    let hallway = Hallway::new();
    let home = hallway.home.path();
    let real = home.join("dotfiles/real.ron");
    put(&real, "(scenes:{\"a\":(text:\"A.\",end:\"e\")})");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).expect("set");
    // Only the superuser can give a file to another.
    let given = std::os::unix::fs::chown(&real, Some(12345), Some(23456)).is_ok();
    link("dotfiles/real.ron", &home.join("story.ron"));
    let name = home.join("story.ron").display().to_string();
    let tidied = hallway.run(&["fmt", &name], "");
    assert_eq!(tidied.code, 0, "{}", tidied.err);
    let data = fs::metadata(&real).expect("there");
    assert!(home.join("story.ron").is_symlink() && fs::read_to_string(&real).expect("read").contains("text: \"A.\""));
    assert_eq!(data.mode() & 0o7777, 0o640);
    assert!(!given || (data.uid(), data.gid()) == (12345, 23456));
    assert_eq!(fs::read_dir(home.join("dotfiles")).expect("a folder").count(), 1, "nothing is left beside it");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o440)).expect("set");
    fs::write(home.join("copy"), "").expect("written");
    let text = "(scenes:{})";
    put(&home.join("locked.ron"), text);
    fs::set_permissions(home.join("locked.ron"), fs::Permissions::from_mode(0o444)).expect("set");
    let locked = home.join("locked.ron").display().to_string();
    let run = hallway.run(&["fmt", &locked], "");
    assert!(run.code == 1 && run.err.contains("read-only"), "{}", run.err);
    assert_eq!(fs::read_to_string(&locked).expect("read"), text);
}

/// Names of files and folders, and what is in them, with every kind of character that a terminal acts on.
#[test]
fn names_and_transcripts_show_as_words() {
    let hallway = Hallway::new();
    let evil = "\u{1b}]0;owned\u{7}\u{9b}2J\u{202e}\u{61c}\u{200b}\u{feff}\u{7f}\n::error file=x::y";
    let pack = hallway.home.path().join(format!("pack{evil}"));
    story(&pack);
    put(&pack.join(format!("{evil}.ron")), "(scenes: {");
    put(&pack.join("walks/all.txt"), &format!("before {evil} after\n"));
    let alone = pack.join("alone");
    story(&alone);
    put(&alone.join("walks/all.txt"), &format!("before {evil} after\n"));
    for folder in [&pack, &alone] {
        for command in COMMANDS.iter().filter(|command| !command.contains(&"--bless")) {
            let run = run(&hallway, command, &folder.display().to_string());
            let all = format!("{}{}", run.out, run.err);
            assert_eq!(forbidden(&all), None, "{command:?}: {all}");
            assert!(!all.contains("\n::error file=x"), "{command:?}: {all}");
        }
    }
    let run = run(&hallway, &["test", "%"], &alone.display().to_string());
    assert!(run.out.contains("before ]0;owned"), "{}", run.out);
}
