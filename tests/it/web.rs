//! The page in a browser: its runtime in an interpreter beside the same code as it is here, and what it can be asked.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hallway::author::{PageOptions, export_page, export_page_files};
use hallway::story::{Accent, BUILT_IN, BuiltIn, Sources, check_to_play, pack_story};
use hallway::view::{Action, strings};
use hallway::web::Runtime;
use serde_json::json;
use sha2::{Digest as _, Sha256};

use crate::runtime::{Answers as _, told_alike};
use crate::second_reading::random_story;
use crate::support::{Hallway, Run, repository, story, story_from};

#[test]
fn the_runtime_in_a_page_tells_the_same_games() {
    for BuiltIn { name, .. } in BUILT_IN {
        let games = if *name == "hold-the-line" { 12 } else { 60 };
        let ended = told_alike(name, &story(name), 0..games);
        assert!(ended * 2 > games as usize, "{name}: only {ended} of {games} games came to their end");
    }
}

#[test]
fn random_stories_are_told_the_same_in_a_page() {
    for number in 0..8 {
        let sources = [("story.ron", random_story(number))];
        let sources = Sources::from_texts(sources.iter().map(|(name, text)| (*name, text.as_str())));
        if let Some(story) = check_to_play(&sources, Vec::new()).story {
            told_alike("random", &story, 0..2);
        }
    }
}

/// Every source of the runtime's rooms, added up as `assets/web/build` does.
fn stamp() -> String {
    let mut paths = Vec::new();
    for room in ["text", "story", "engine", "view", "record", "play", "teach", "web"] {
        let mut folders = vec![repository(&format!("src/{room}"))];
        paths.push(repository(&format!("src/{room}.rs")));
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("a folder").filter_map(Result::ok) {
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "rs") {
                    paths.push(path);
                }
            }
        }
    }
    paths.sort_by_key(|path| path.to_string_lossy().into_owned());
    let mut sum = Sha256::new();
    paths.iter().for_each(|path| sum.update(std::fs::read(path).expect("a source")));
    sum.finalize().iter().fold(String::new(), |mut out, byte| {
        write!(out, "{byte:02x}").expect("a string takes all");
        out
    })
}

#[test]
fn the_runtime_is_of_these_sources() {
    let kept = std::fs::read_to_string(repository("assets/web/runtime.stamp")).expect("a stamp");
    assert_eq!(kept.trim(), stamp(), "the runtime is older than its sources: run assets/web/build");
}

/// The tints that a story's colour is held against are those of the page.
#[test]
fn a_storys_colour_is_held_against_the_page_itself() {
    let style = std::fs::read_to_string(repository("assets/web/page.css")).expect("the style");
    for (theme, tint) in [("light", Accent::LIGHT_PAGE), ("dark", Accent::DARK_PAGE)] {
        let tints = [format!("--paper: {tint}"), format!("--raised: {tint}")];
        assert!(tints.iter().any(|tint| style.contains(tint)), "{theme}: {tint}");
    }
    let page = export_page(
        "doors",
        &story_from(r##"(accent: "#1F4D7A", scenes: { "a": (text: "A.", end: "E") })"##),
        PageOptions::default(),
    );
    let (style, rest) = page.split_once("<style>").and_then(|(_, rest)| rest.split_once("</style>")).expect("a style");
    assert!(style.contains(":root { --accent: #1f4d7a; }"), "{rest}");
    // The policy lets no other style be.
    let hash = STANDARD.encode(Sha256::digest(style));
    assert!(page.contains(&format!("style-src 'sha256-{hash}'")), "the page would not be dressed at all");
}

/// What the terminal calls a key, the page calls its button.
#[test]
fn a_button_says_what_the_terminal_says() {
    let page = std::fs::read_to_string(repository("assets/web/page.html")).expect("the page");
    for action in [Action::Undo, Action::Redo] {
        let title = format!("title=\"{} (", action.spec().help);
        assert!(page.contains(&title), "{title}");
    }
    let said = std::fs::read_to_string(repository("assets/web/page.js")).expect("its script");
    assert!(said.contains(strings::TAKEN_BACK), "{}", strings::TAKEN_BACK);
}

#[test]
fn a_save_of_the_page_plays_on_in_the_terminal_and_back() {
    let ferry = story("last-ferry");
    let mut page = Runtime::default();
    page.open_story("last-ferry", &ferry);
    let begun = page.ask(&json!({ "do": "begin", "seats": [ferry.seats[0].id], "seed": 5 }));
    let mut save = begun["save"].as_str().expect("a save").to_owned();
    let mut answer = begun;
    for _ in 0..2 {
        answer = page.ask(&json!({ "do": "choose", "at": 0 }));
        for line in answer["lines"].as_array().expect("lines") {
            save.push_str(line.as_str().expect("a line"));
            save.push('\n');
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("ferry.night");
    std::fs::write(&path, &save).expect("written");
    let told = hallway::record::Journal::look(&path, &ferry, "last-ferry").expect("a save");
    assert_eq!((told.notices.as_slice(), told.session.log().len()), (&[][..], 2));
    let mut again = Runtime::default();
    again.open_story("last-ferry", &ferry);
    let resumed = again.ask(&json!({ "do": "resume", "save": save }));
    assert_eq!(resumed["page"], answer["page"]);
}

/// A story is written by anybody: nothing in it can end the element that it stands in, or come before its place is filled.
#[test]
fn a_storys_words_stay_words_in_the_page() {
    let hostile = "</script><script>alert(1)</script>{script}{runtime}<!-- \\\" data-role='x'";
    let text = format!(
        r#"(title: "{hostile}", scenes: {{ "a": (text: "A </style> <b>.", choices: [(say: "Go <i>.", go: "b")]), "b": (text: "B.", end: "x") }})"#
    );
    let sources = Sources::from_texts([("story.ron", text.as_str())]);
    let story = check_to_play(&sources, Vec::new()).story.expect("sound");
    let options = PageOptions { role: Some(hostile), code: Some(hostile), theme: Some(hostile) };
    let html = export_page("</script>", &story, options);
    assert_eq!(html.matches("<script").count(), 3, "the story, the runtime and the script");
    assert_eq!(html.matches("</script>").count(), 3);
    assert_eq!(html.matches("alert(1)").count(), html.matches("&gt;alert(1)").count());
    assert!(!html.contains("<!--") && !html.contains("data-role='x'"));
    for file in export_page_files("</script>", &story) {
        assert!(!file.text.contains("<script>alert") && !file.text.contains("<!--"), "{}", file.name);
    }
}

#[test]
fn the_page_is_told_what_is_wrong_and_nothing_changes() {
    let night = story("hold-the-line");
    let mut page = Runtime::default();
    for (request, says) in [(json!({ "do": "page" }), "No story"), (json!({ "do": "dance" }), "no request")] {
        let answer = page.ask(&request);
        assert!(answer["error"].as_str().is_some_and(|error| error.contains(says)), "{request}: {answer}");
    }
    let whole = pack_story("night", &night);
    let mut other = whole.clone();
    other[5] ^= 1;
    for (bytes, says) in [
        (&[][..], "no exported story"),
        (b"\x05title", "another edition"),
        (&other, "another edition"),
        (&whole[..whole.len() / 2], "damaged"),
    ] {
        let answer = page.open_bytes(bytes);
        assert!(answer.contains(says), "{answer}");
    }
    page.open_story("hold-the-line", &night);
    assert!(page.ask(&json!({ "do": "page" }))["error"].is_string());
    assert!(page.ask(&json!({ "do": "begin", "seats": ["nobody"] }))["error"].is_string());
    let before = page.ask(&json!({ "do": "begin", "seats": ["aide"], "seed": 3 }))["page"].clone();
    for request in [
        json!({ "do": "choose", "at": 99 }),
        json!({ "do": "undo" }),
        json!({ "do": "redo" }),
        json!({ "do": "debrief" }),
        json!({ "do": "history", "seat": "macron" }),
        json!({ "do": "same", "seat": "macron" }),
        json!({ "do": "fork", "at": 0 }),
        json!({ "do": "resume", "save": "nothing" }),
    ] {
        let answer = page.ask(&request);
        let error = answer["error"].as_str().unwrap_or_else(|| panic!("{request}: {answer}"));
        assert!(error.starts_with(char::is_uppercase) && error.ends_with('.'), "{request}: {error}");
        assert_eq!(page.ask(&json!({ "do": "page" }))["page"], before, "{request}");
    }
}

/// What only a writer and a teacher need does not go to those who play.
#[test]
fn an_exported_story_has_no_walks_and_no_lesson() {
    let (ferry, class) = (story("last-ferry"), story("hold-the-line-class"));
    assert!(!ferry.walks.is_empty() && class.lesson != hallway::story::Lesson::default());
    for whole in [ferry, class] {
        let (name, told) = hallway::story::unpack_story(&pack_story("a name", &whole)).expect("the same edition");
        let same = (whole.fingerprint, whole.scenes.len());
        assert_eq!((name.as_str(), (told.fingerprint, told.scenes.len())), ("a name", same));
        assert!(told.walks.is_empty() && told.lesson == hallway::story::Lesson::default());
    }
}

const FERRY: &str = "scenes/last-ferry.ron";

#[test]
fn a_page_begins_with_the_seat_the_code_and_the_colours_that_were_asked_for() {
    let hallway = Hallway::new();
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("page.html");
    let path = out.to_str().expect("UTF-8");
    let seat = story("last-ferry").seats[0].id.clone();
    let code = hallway.run(&["class", "code", FERRY], "").out.trim().to_owned();
    for (arguments, has) in [
        (["--role", &seat], format!("id=\"story\" data-role=\"{seat}\"")),
        (["--code", &code], format!("id=\"story\" data-code=\"{code}\"")),
        (["--theme", "dark"], "<html lang=\"en\" data-theme=\"dark\">".to_owned()),
    ] {
        let run = hallway.run(&[&["export", FERRY, "--out", path, "--force"][..], &arguments].concat(), "");
        assert_eq!(run.code, 0, "{}", run.err);
        assert!(std::fs::read_to_string(&out).expect("a page").contains(&has), "{has}");
    }
    for (arguments, says) in [
        (["--role", "nobody"], "there is no seat `nobody`"),
        (["--code", "AAAA"], "code"),
        (["--theme", "purple"], "purple"),
    ] {
        let run = hallway.run(&[&["export", FERRY, "--out", path, "--force"][..], &arguments].concat(), "");
        assert!(run.code != 0 && run.err.contains(says), "{}: {}", run.code, run.err);
    }
}

#[test]
fn an_export_warns_until_the_story_is_proved_as_it_stands() {
    let hallway = Hallway::new();
    let folder = tempfile::tempdir().expect("a folder");
    let page = folder.path().join("page.html");
    let export = || hallway.run(&["export", FERRY, "--out", page.to_str().expect("UTF-8"), "--force"], "");
    let before = export();
    assert_eq!(before.code, 0);
    assert!(before.err.contains("`hallway check scenes/last-ferry.ron` proves it"), "{}", before.err);
    hallway.run(&["check", FERRY], "");
    assert_eq!(export().err, "");
    // What comes with the program is proved before the program goes out.
    let built_in = ["export", "two-doors", "--out", page.to_str().expect("UTF-8"), "--force"];
    assert_eq!(hallway.run(&built_in, "").err, "");
}

/// Either all that was asked for is written, or nothing; and what a writer has made of the example stays.
#[test]
fn an_export_writes_over_nothing_unless_it_is_told_to() {
    let hallway = Hallway::new();
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    std::fs::write(path("a.zip"), "mine").expect("written");
    let both = ["export", FERRY, "--out", &path("a.html"), "--zip", &path("a.zip")];
    let run = hallway.run(&both, "");
    assert!(run.code == 1 && run.err.contains("is there already"), "{}", run.err);
    assert_eq!(std::fs::read_to_string(path("a.zip")).expect("there"), "mine");
    assert!(!std::path::Path::new(&path("a.html")).exists());
    assert_eq!(hallway.run(&[&both[..], &["--force"]].concat(), "").code, 0);
    assert!(std::fs::read(path("a.zip")).expect("there").starts_with(b"PK"));

    let pages = ["export", FERRY, "--pages", &path("own")];
    assert_eq!(hallway.run(&pages, "").code, 0);
    std::fs::write(path("own/index.html"), "mine").expect("written");
    assert_eq!(hallway.run(&pages, "").code, 1);
    assert_eq!(hallway.run(&[&pages[..], &["--force"]].concat(), "").code, 0);
    assert_eq!(std::fs::read_to_string(path("own/index.html")).expect("there"), "mine");
    let mut names: Vec<_> =
        std::fs::read_dir(path("own")).expect("a folder").map(|it| it.expect("one").file_name()).collect();
    names.sort();
    assert_eq!(names, ["README.md", "index.html", "runtime.js", "story.js"]);
}

/// The page that a writer tries and the zip file that they publish are of one state, each time they export; and what is
/// not a page of this story is not written over.
#[test]
fn an_export_is_written_anew_over_its_own_earlier_one_alone() {
    let hallway = Hallway::new();
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    let export = |arguments: &[&str]| {
        Run::from(hallway.command(arguments).current_dir(folder.path()).output().expect("it runs"))
    };
    std::fs::copy(repository("scenes/two-doors.ron"), path("mine.ron")).expect("copied");
    let both = ["export", "mine.ron", "--zip", "mine.zip"];
    let first = export(&both);
    assert_eq!(first.code, 0, "{}", first.err);
    assert!(
        first.out.contains("mine.html is written (") && first.out.contains("mine.zip is written ("),
        "{}",
        first.out
    );
    let page = std::fs::read(path("mine.html")).expect("a page");

    let text = std::fs::read_to_string(path("mine.ron")).expect("the story");
    std::fs::write(path("mine.ron"), text.replacen("title: \"", "title: \"Not only ", 1)).expect("written");
    let second = export(&both);
    assert_eq!(second.code, 0, "{}", second.err);
    assert!(second.out.contains("mine.html is written anew (") && second.out.contains("mine.zip is written anew ("));
    let again = std::fs::read(path("mine.html")).expect("a page");
    assert_ne!(again, page);
    let zip = std::fs::read(path("mine.zip")).expect("a zip file");
    assert!(zip.windows(again.len()).any(|bytes| bytes == again), "the page and the zip file are of one state");

    std::fs::copy(path("mine.ron"), path("other.ron")).expect("copied");
    for (there, bytes) in [("mine.html", &b"<!doctype html><p>My own page.</p>"[..]), ("mine.zip", &b"PK"[..])] {
        let before = std::fs::read(path(there)).expect("an export");
        for refused in [bytes, &[][..]] {
            std::fs::write(path(there), refused).expect("written");
            let run = export(&both);
            assert!(run.code == 1 && run.err.contains("is there already"), "{there}: {}", run.err);
            assert_eq!(std::fs::read(path(there)).expect("there"), refused);
        }
        std::fs::write(path(there), before).expect("written");
        let run = export(&["export", "other.ron", "--out", "mine.html", "--zip", "mine.zip"]);
        assert!(run.code == 1 && run.err.contains("is there already"), "a page of another story: {}", run.err);
    }
}

/// What a link to the page shows of the story, in every place where words of the story stand as an attribute.
#[test]
fn a_page_tells_a_link_what_it_is() {
    let page = |text: &str| {
        let sources = Sources::from_texts([("story.ron", text)]);
        export_page("n", &check_to_play(&sources, Vec::new()).story.expect("sound"), PageOptions::default())
    };
    let html = page(
        r#"(title: "A & B", about: "One *word*[^f],\n  then \"more\".\n\nAnother.", facts: {"f": (inferred: "So.", text: "F.")}, scenes: {"a": (text: "A.[^f]", end: "x")})"#,
    );
    assert!(html.contains(r#"<meta property="og:title" content="A &amp; B">"#));
    for name in ["name=\"description\"", "property=\"og:description\""] {
        let meta = format!(r#"<meta {name} content="One word, then &quot;more&quot;. Another.">"#);
        assert!(html.contains(&meta), "{meta}");
    }
    let html = page(r#"(title: "A", scenes: {"a": (text: "A.", end: "x")})"#);
    assert!(!html.contains("description"));
}

/// The example shows a person how little a page needs.
#[test]
fn the_example_of_a_page_is_short() {
    let files = export_page_files("ferry", &story("last-ferry"));
    let text = |name: &str| files.iter().find(|file| file.name == name).map(|file| file.text.clone()).expect("there");
    let example = text("index.html");
    let whole = include_str!("../../assets/web/pages/index.html").replace("{title}", &story("last-ferry").title);
    assert_eq!(example, whole, "its braces are its own");
    let script = example.lines().skip_while(|line| *line != "<script>").take_while(|line| *line != "</script>").count();
    assert!(script <= 30, "{script} lines");
    assert!(text("README.md").contains("| `begin` | `seats`"), "{}", text("README.md"));
}

/// What a person waits for while it comes over a telephone: the whole page, in kilobytes.
#[test]
fn pages_stay_small() {
    for (name, most) in [("two-doors", 500_000), ("hold-the-line", 1_200_000)] {
        let size = export_page(name, &story(name), PageOptions::default()).len();
        assert!(size < most, "{name}: {size}");
    }
}
