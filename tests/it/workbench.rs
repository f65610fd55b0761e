//! What a writer's commands do to files and say of them.

use std::fs;

use hallway::author::{SymbolRef, TEMPLATES, format_text, names, new_story, resolve_kinds};
use hallway::story::{Sources, check};

use crate::support::{AS_LONG_AS_IT_TAKES, Dice, Hallway, repository};

#[test]
fn every_template_checks_proves_plays_and_is_tidy() {
    let hallway = Hallway::new();
    for (name, ..) in TEMPLATES {
        let title = format!("A {name} night");
        let mut command = hallway.command(&["new", &title, "--template", name]);
        let made = command.current_dir(hallway.home.path()).output().expect("it runs");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let path = hallway.home.path().join(format!("a-{name}-night.ron"));
        let shown = path.display().to_string();
        let checked = hallway.run(&["check", "--require-proof", "--seconds", AS_LONG_AS_IT_TAKES, &shown], "");
        assert!(
            checked.code == 0 && checked.out.contains("proved") && !checked.out.contains("warning"),
            "{}",
            checked.out
        );
        let text = fs::read_to_string(&path).expect("written");
        assert_eq!(format_text(&text).as_deref(), Some(text.as_str()), "{name} is not tidy");
        assert!(text.contains(&format!("title: \"{title}\"")));
        let played = hallway.run(&["play", &shown, "--plain", "--seed", "1"], &"1\n".repeat(20));
        assert!(played.out.contains("Ending: "), "{}", played.out);
        // A second time it is there already, and stays as it was.
        fs::write(&path, "mine").expect("written");
        let mut command = hallway.command(&["new", &title, "--template", name]);
        let again = command.current_dir(hallway.home.path()).output().expect("it runs");
        assert_eq!(again.status.code(), Some(1));
        assert_eq!(fs::read_to_string(&path).expect("there"), "mine");
    }
    assert_eq!(new_story("nothing", "x"), None);
    // A title cannot break out of its quotes.
    let odd = new_story("blank", "A \"b\\ \u{1b}[31m").expect("a template");
    let sources = Sources::from_texts([("odd.ron", odd.as_str())]);
    assert!(check(&sources, Vec::new()).story.is_some(), "{odd}");
}

#[test]
fn tidying_changes_no_meaning_and_is_done_once() {
    let mut texts: Vec<String> =
        hallway::story::BUILT_IN.iter().flat_map(|story| story.files).map(|(_, text)| (*text).to_owned()).collect();
    for text in &texts {
        assert_eq!(format_text(text).as_deref(), Some(text.as_str()), "a shipped file is not tidy");
    }
    // Spoilt in small ways, each is put right again, or left alone where it is not whole.
    let mut dice = Dice(5);
    let source = include_str!("../../scenes/last-ferry.ron").to_owned();
    texts.push(source.clone());
    let mut tidied = 0;
    for _ in 0..1_000 {
        let mut text = source.clone();
        for _ in 0..3 {
            let at = (0..).map(|_| dice.below(text.len())).find(|at| text.is_char_boundary(*at)).expect("a boundary");
            match dice.below(6) {
                0 => text.insert(at, ' '),
                1 => text.insert(at, '\n'),
                2 => text.insert_str(at, " // so\n"),
                3 => text.insert(at, ','),
                4 => text.insert(at, '\t'),
                _ => {
                    text.remove(at);
                }
            }
        }
        let Some(once) = format_text(&text) else { continue };
        tidied += 1;
        assert_eq!(format_text(&once).as_deref(), Some(once.as_str()), "not the same twice:\n{text}");
        let story = |text: &str| {
            let sources = Sources::from_texts([("a.ron", text)]);
            let told = |story: &hallway::story::Story| format!("{:?}", story.scenes).replace("\\n", " ");
            let plain = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
            check(&sources, Vec::new()).story.map(|story| (story.fingerprint, plain(told(&story))))
        };
        let (before, after) = (story(&text), story(&once));
        let shown = |story: &Option<(u64, String)>| story.as_ref().map_or(String::new(), |(_, words)| words.clone());
        let (left, right) = (shown(&before), shown(&after));
        let at = left.bytes().zip(right.bytes()).position(|(a, b)| a != b).unwrap_or(0);
        let near = |words: &str| words.chars().skip(at.saturating_sub(60)).take(120).collect::<String>();
        assert!(
            before == after,
            "another meaning: {:?} {:?} {} became {}\n{once}",
            before.as_ref().map(|b| b.0),
            after.as_ref().map(|b| b.0),
            near(&left),
            near(&right)
        );
    }
    assert!(tidied > 250, "only {tidied} of the spoilt texts were whole enough");
}

#[test]
fn fmt_writes_what_it_can_and_says_what_it_cannot() {
    let hallway = Hallway::new();
    let folder = hallway.home.path().join("sub");
    fs::create_dir(&folder).expect("a folder");
    fs::write(folder.join("good.ron"), "(title:\"A\",scenes:{\"a\":(text:\"x\",end:\"y\")})").expect("written");
    fs::write(folder.join("bad.ron"), "(title: \"A").expect("written");
    let shown = folder.display().to_string();
    let looked = hallway.run(&["fmt", "--check", &shown], "");
    assert!(looked.code == 1 && looked.out.contains("good.ron would be changed"), "{}{}", looked.out, looked.err);
    let done = hallway.run(&["fmt", &shown], "");
    assert!(done.code == 1 && done.err.contains("bad.ron is not whole"), "{}", done.err);
    assert_eq!(fs::read_to_string(folder.join("bad.ron")).expect("there"), "(title: \"A");
    assert_eq!(
        fs::read_to_string(folder.join("good.ron")).expect("there"),
        "(title: \"A\", scenes: { \"a\": (text: \"x\", end: \"y\") })\n"
    );
    assert_eq!(hallway.run(&["fmt", "/nothing/there"], "").code, 1);
    assert_eq!(hallway.run(&["fmt", "--check", &repository("scenes").display().to_string()], "").code, 0);
}

#[test]
fn maps_have_every_scene_and_escape_what_they_carry() {
    let hallway = Hallway::new();
    let story = r#"(title: "A <b> \"q\" & co", scenes: { "a": (text: "x", choices: [(say: "<script>&\"]", go: "b")]), "b": (text: "y", end: "e") }, endings: { "e": (title: "<end>\"") })"#;
    let path = hallway.home.path().join("odd.ron");
    fs::write(&path, story).expect("written");
    let shown = path.display().to_string();
    for (format, wanted) in [("text", "→ b"), ("mermaid", "s0 -->"), ("dot", "s0 -> s1"), ("svg", "</svg>")] {
        let run = hallway.run(&["map", &shown, "--format", format], "");
        assert!(run.code == 0 && run.out.contains(wanted), "{format}: {}", run.out);
        assert!(format == "text" || format == "dot" || !run.out.contains("<script"), "{format}: {}", run.out);
        let all = hallway.run(&["map", "hold-the-line", "--format", format], "");
        for scene in ["k-open", "resolve", "r-hold"] {
            assert!(all.out.contains(scene), "{format} lacks {scene}");
        }
    }
    let dot = hallway.run(&["map", &shown, "--format", "dot"], "");
    assert!(dot.out.contains(r#"<script>&\""#), "{}", dot.out);
}

#[test]
fn explain_prints_what_a_diagnostic_means() {
    let hallway = Hallway::new();
    let one = hallway.run(&["explain", "soft-lock"], "");
    assert!(one.code == 0 && one.out.contains("Wrong:") && one.out.contains("Right:"), "{}", one.out);
    let near = hallway.run(&["explain", "soft-lok"], "");
    assert!(near.code == 2 && near.err.contains("did you mean `soft-lock`?"), "{}", near.err);
    assert_eq!(hallway.run(&["explain"], "").out.lines().count(), hallway::story::Code::ALL.len());
}

/// Every name is found wherever it is meant: with any of them renamed, what is said of the story stays the same.
#[test]
fn a_name_that_is_renamed_everywhere_leaves_the_story_as_sound_as_it_was() {
    let guide = fs::read_to_string(repository("scenes/README.md")).expect("the guide");
    let recipes = guide.split("```ron\n").skip(1).filter_map(|part| part.split("```").next()).map(str::to_owned);
    let ferry = include_str!("../../scenes/last-ferry.ron").to_owned();
    let mut renamed = 0;
    for text in recipes.chain([ferry]) {
        let codes = |text: &str| -> Vec<&str> {
            check(&Sources::from_texts([("a.ron", text)]), Vec::new())
                .diagnostics
                .iter()
                .map(|d| d.code.name())
                .collect()
        };
        let mut found = names(&text);
        resolve_kinds(found.symbols.iter_mut());
        let before = codes(&text);
        for declared in found.symbols.iter().filter(|symbol| symbol.declares) {
            let same = |other: &&SymbolRef| {
                other.kind == declared.kind && other.name == declared.name && other.owner == declared.owner
            };
            // The treatment of a story without treatments, by its own name.
            if declared.name == "plain" {
                continue;
            }
            let mut new = text.clone();
            for symbol in found.symbols.iter().filter(same).rev() {
                new.insert_str(symbol.end, "_x");
            }
            assert_eq!(codes(&new), before, "{} {} renamed:\n{new}", declared.kind.word(), declared.name);
            renamed += 1;
        }
    }
    assert!(renamed > 80, "only {renamed} names were renamed");
}

const DESK: &str = r#"(scenes: {
  "desk": (text: "D.", choices: [(say: "The top one.", go: "top"), (say: "Another way up.", go: "top"), (say: "The middle one.", go: "mid"),
    (say: "Leave.", go: "home"), (say: "Wait.", keep: true)]),
  "top": (text: "T.", choices: [(say: "Back to it.", keep: true, go: "desk"), (say: "On.", keep: true, go: "deep")]),
  "mid": (text: "M.", choices: [(say: "Turn back.", keep: true, go: "desk"), (say: "Deeper.", go: "deep")]),
  "deep": (text: "M.", choices: [(say: "All the way back.", keep: true, go: "desk"), (say: "Up.", keep: true, go: "top"), (say: "Home.", go: "home")]),
  "home": (text: "H.", end: "Home"),
})"#;

#[test]
fn a_map_has_every_way_with_its_words_in_every_form() {
    let hallway = Hallway::new();
    let path = hallway.home.path().join("desk.ron");
    fs::write(&path, DESK).expect("written");
    let shown = path.display().to_string();
    for (format, forwards, backwards) in [
        ("text", " → ", " ↺ "),
        ("mermaid", "-->", "-.->"),
        ("dot", "->", "style=dashed"),
        ("svg", "marker-end", "stroke-dasharray"),
    ] {
        let out = hallway.run(&["map", &shown, "--format", format], "").out;
        for words in DESK.split("say: \"").skip(1).filter_map(|part| part.split('"').next()) {
            assert!(out.contains(words), "{format} lacks “{words}”:\n{out}");
        }
        assert!(out.contains(forwards) && out.contains(backwards), "{format}:\n{out}");
        assert_eq!(out.matches("stroke-dasharray").count(), if format == "svg" { 4 } else { 0 });
    }
}

/// What passes a column has a lane of its own: no way runs behind a box.
#[test]
fn no_way_of_a_map_runs_behind_a_box() {
    let hallway = Hallway::new();
    let path = hallway.home.path().join("desk.ron");
    fs::write(&path, DESK).expect("written");
    for story in [path.display().to_string(), "hold-the-line".to_owned()] {
        let svg = hallway.run(&["map", &story, "--format", "svg"], "").out;
        let number = |line: &str, name: &str| -> Option<f64> {
            line.split_once(&format!(" {name}=\""))?.1.split('"').next()?.parse().ok()
        };
        let boxes: Vec<[f64; 4]> = svg
            .split("<rect")
            .filter(|rect| rect.contains("rx=\"6\""))
            .filter_map(|rect| {
                Some([number(rect, "x")?, number(rect, "y")?, number(rect, "width")?, number(rect, "height")?])
            })
            .collect();
        assert!(boxes.len() >= 5);
        let mut passed = 0;
        for path in svg.lines().filter(|line| line.contains("marker-end")) {
            let line = path.split(" d=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a line");
            let numbers: Vec<f64> =
                line.split(|c: char| !c.is_ascii_digit()).filter_map(|it| it.parse().ok()).collect();
            let stops: Vec<(f64, f64)> = std::iter::once((numbers[0], numbers[1]))
                .chain(numbers[2..].chunks(6).map(|six| (six[4], six[5])))
                .collect();
            for pair in stops.windows(2).filter(|pair| pair[0].1 == pair[1].1) {
                let (y, left, right) = (pair[0].1, pair[0].0.min(pair[1].0), pair[0].0.max(pair[1].0));
                passed += usize::from(right - left == 250.0);
                let behind =
                    |[x, top, wide, high]: &&[f64; 4]| left < x + wide && right > *x && y > *top && y < top + high;
                assert_eq!(boxes.iter().find(behind), None, "{line}");
            }
        }
        assert!(passed > 3, "{story}: only {passed} lanes");
    }
}

/// What a map shows of a story with very many ways is bounded, and says what it leaves out.
#[test]
fn a_map_of_very_many_ways_stays_a_picture() {
    let scenes: String = (0..2_000)
        .map(|at| format!("\"s{at}\": (text: \"t\", choices: [(say: \"on\", keep: true, go: \"s{}\"), (say: \"back\", keep: true, go: \"s0\")]),\n", at + 1))
        .collect();
    let story = format!("(scenes: {{ {scenes} \"s2000\": (text: \"t\", end: \"e\") }})");
    let sources = Sources::from_texts([("long.ron", story.as_str())]);
    let checked = check(&sources, Vec::new());
    let map = hallway::author::map(checked.story.as_ref().expect("sound"), &sources, &checked.places);
    let svg = map.svg();
    assert!(svg.len() < 60 * story.len() && svg.contains("Not drawn"), "{} bytes of {}", svg.len(), story.len());
    // Nights that hardly ever end are not all played.
    assert!(map.nights < 400 && map.text().contains(&format!("% of {} games", map.nights)));
}

#[test]
fn a_counter_of_many_values_is_summed_up() {
    let hallway = Hallway::new();
    let path = hallway.home.path().join("money.ron");
    let story = r#"(vars: { "money": (min: 0, max: 100, start: 40), "few": (min: 0, max: 2) }, scenes: {
      "a": (text: "A.", route: [(odds: 1, do: ["money -10"], go: "b"), (odds: 2, go: "b"), (odds: 1, do: ["money +30"], go: "b")]),
      "b": (text: "{money} {few}", end: "e") })"#;
    fs::write(&path, story).expect("written");
    let out = hallway.run(&["simulate", &path.display().to_string(), "--runs", "2000"], "").out;
    let line =
        |name: &str| out.lines().find(|line| line.trim_start().starts_with(name)).unwrap_or_else(|| panic!("{out}"));
    let told = line("money");
    assert!(told.contains("30 to 70; half of the games ") && told.contains(", 40 in the middle"), "{told}");
    assert!(line("few").contains("0 100 % · 1 0 % · 2 0 %"), "{out}");
}

#[test]
fn the_guide_is_in_the_program() {
    let hallway = Hallway::new();
    let guide = fs::read_to_string(repository("scenes/README.md")).expect("the guide");
    // What marks its tables for whoever makes them is not for its readers.
    let read: Vec<&str> = guide.lines().filter(|line| !line.starts_with("<!--")).collect();
    assert_eq!(hallway.run(&["guide"], "").out.lines().collect::<Vec<_>>(), read);
    assert!(read.len() < guide.lines().count());
    let mut command = hallway.command(&["new", "Mine"]);
    let made = command.current_dir(hallway.home.path()).output().expect("it runs");
    assert!(String::from_utf8_lossy(&made.stdout).contains("hallway guide"));
}

/// A story in which nothing is passed has no message's way to tell of afterwards.
#[test]
fn what_was_meant_is_told_of_stories_with_messages_only() {
    let hallway = Hallway::new();
    let ended = |story: &str, keys: &str| hallway.run(&["picture", story, "--keys", keys], "").out;
    let doors = ended("two-doors", "Enter 1");
    assert!(!doors.contains("What was meant") && doors.contains("A new game"), "{doors}");
    let path = hallway.home.path().join("asked.ron");
    let asks = r#"(scenes: { "a": (text: "A.", choices: [(say: "x", go: "b")]), "b": (text: "B.", end: "e") }, questions: ["Why?"])"#;
    fs::write(&path, asks).expect("written");
    let asked = ended(&path.display().to_string(), "Enter 1 1");
    assert!(asked.contains("Looking back") && !asked.contains("meant"), "{asked}");
    let known = ended(&path.display().to_string(), "Enter 1 1 1");
    assert!(known.contains("Why?") && !known.contains("meant"), "{known}");
}
