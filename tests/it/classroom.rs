//! What a teacher's commands do, and a lesson as a class would have it.

use std::fs;

use hallway::engine::Session;
use hallway::record::{ClassCode, result_code};
use hallway::story::{Kind, SeatId, Story};
use hallway::teach::{board, csv_rows, decisions, handout, lacking};
use hallway::tui::{App, Look, Message, Start, draw};
use hallway::view::Key;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use crate::support::{Dice, Hallway, class_night, story};

fn everybody(story: &Story) -> Vec<SeatId> {
    story.seat_ids().collect()
}

#[test]
fn three_groups_play_a_code_and_are_set_side_by_side() {
    let hallway = Hallway::new();
    let code = hallway.run(&["class", "code", "hold-the-line-class", "--seed", "2024"], "");
    assert_eq!(code.code, 0, "{}", code.err);
    let code = code.out.trim().to_owned();
    let story = story("hold-the-line-class");
    let class = ClassCode::read(&code).expect("a code");
    assert_eq!(class, ClassCode::new(&story, 2024, &everybody(&story)));
    let mut dice = Dice(11);
    let nights: Vec<Session<'_>> = (0..3).map(|_| class_night(&story, &class, &mut dice)).collect();
    let results: Vec<String> = nights.iter().map(|night| result_code(night).expect("decisions only")).collect();
    // Short enough for a slip of paper.
    assert!(results.iter().all(|code| code.chars().filter(|c| *c != '-').count() <= 16), "{results:?}");
    let mut arguments = vec!["class", "compare", code.as_str()];
    arguments.extend(results.iter().map(String::as_str));
    let compared = hallway.run(&arguments, "");
    assert_eq!(compared.code, 0, "{}", compared.err);
    for says in [
        "How it ended",
        "Blue: ",
        "Green: ",
        "Red: ",
        "Where they parted",
        "One message through every group",
        "heard: ",
    ] {
        assert!(compared.out.contains(says), "{says}:\n{}", compared.out);
    }
    arguments.extend(["--message", "cannot"]);
    assert!(hallway.run(&arguments, "").out.contains("Say that tonight he cannot."));
    // A letter too many, another class, no such message: each is told.
    let wrong = results[0].replacen(results[0].chars().next().expect("a letter"), "Z", 1);
    let told = hallway.run(&["class", "compare", &code, &wrong], "");
    assert!(told.code == 1 && told.err.contains("did you mean"), "{}", told.err);
    let other = hallway.run(&["class", "code", "hold-the-line-class", "--seed", "5"], "").out;
    let told = hallway.run(&["class", "compare", other.trim(), &results[0]], "");
    assert!(told.code == 1 && told.err.contains("another class code"), "{}", told.err);
    // The table: one row a decision, no formula, no names but the seats'.
    let mut arguments = vec!["class", "export", code.as_str()];
    arguments.extend(results.iter().map(String::as_str));
    let table = hallway.run(&arguments, "");
    let rows: Vec<&str> = table.out.split("\r\n").filter(|row| !row.is_empty()).collect();
    assert_eq!(rows[0], "group,number,seat,scene,decision,by,minutes,ending");
    assert_eq!(rows.len() - 1, nights.iter().map(|night| night.steps().len()).sum::<usize>());
    assert!(rows[1].starts_with("\"Blue\",\"1\",\"Emmanuel Macron\",\"p1-corridor\","), "{}", rows[1]);
    // Full screen only: lines that have been printed stay readable.
    let plain = hallway.run(&["play", "--code", &code], "");
    assert!(plain.code == 2 && plain.err.contains("full screen"), "{}", plain.err);
}

#[test]
fn the_board_tells_groups_that_decided_alike_so_and_names_where_they_parted() {
    let story = story("hold-the-line-class");
    let class = ClassCode::new(&story, 1, &everybody(&story));
    let one = class_night(&story, &class, &mut Dice(3));
    let same = vec![("A".to_owned(), one.clone()), ("B".to_owned(), one.clone())];
    assert!(board(&same, None).contains("Nowhere: every group decided alike."));
    assert_eq!(decisions(&one).len(), one.steps().len());
    assert!(decisions(&one).iter().all(|step| step.person && !step.words.is_empty()));
    let row = csv_rows("=1+1", &one);
    assert!(row.starts_with("\"'=1+1\""), "{row}");
    assert!(board(&[], None).is_empty());
}

/// A whole lesson at one keyboard: the code, the curtain before each turn, the result at the end.
#[test]
fn a_group_plays_the_class_cut_behind_the_curtain() {
    let story = story("hold-the-line-class");
    let start = Start { seed: Some(77), title: false, together: everybody(&story), ..Start::of(&story) };
    let (mut app, _) = App::new(start, Look::default(), Vec::new());
    app.update(Message::Resize(60, 20));
    let mut terminal = Terminal::new(TestBackend::new(60, 20)).expect("a test terminal");
    let mut curtains = 0;
    for _ in 0..60 {
        if app.is_over() {
            break;
        }
        terminal.draw(|frame| draw(&app, frame)).expect("drawn");
        let screen: String = terminal.backend().buffer().content.iter().map(|cell| cell.symbol()).collect();
        let curtain = screen.contains("nobody else is looking");
        curtains += usize::from(curtain);
        // On a projector's few columns each turn is whole, without scrolling.
        assert!(curtain || !screen.contains("Space: more"), "does not fit 60×20:\n{screen}");
        app.update(Message::Key(Key::Char('1')));
    }
    assert!(app.is_over() && curtains >= 10, "{curtains} curtains");
    let code = app.menu().into_iter().find(|item| item.words == "The code of this night").and_then(|item| item.number);
    let code = code.and_then(|number| char::from_digit(u32::try_from(number).ok()?, 10)).expect("a code is offered");
    app.update(Message::Key(Key::Char(code)));
    terminal.draw(|frame| draw(&app, frame)).expect("drawn");
    let screen: String = terminal.backend().buffer().content.iter().map(|cell| cell.symbol()).collect();
    let class = ClassCode::new(&story, 77, &everybody(&story)).letters();
    assert!(screen.contains(&class), "{screen}");
}

#[test]
fn the_class_cut_has_the_shape_of_a_lesson() {
    let story = story("hold-the-line-class");
    assert_eq!(story.messages.len(), 8);
    assert_eq!(lacking(&story), Vec::<String>::new());
    let mut turns = 0;
    for scene in &story.scenes {
        let (Kind::Decide(decision), Some(seat)) = (&scene.kind, scene.seat) else { continue };
        turns += 1;
        let text = scene.texts[seat.index()].as_ref().expect("a turn has words");
        // The longest way to read it: a sentence of a branch is read instead of another, not besides it.
        let words = hallway::text::plain(&text.words()).split_whitespace().count();
        assert!(words <= 60, "{}: {words} words", scene.id);
        assert!(decision.choices.len() <= 3, "{}", scene.id);
    }
    assert_eq!(turns, 16);
}

#[test]
fn the_pack_leaks_no_card_and_needs_nothing_from_outside() {
    let hallway = Hallway::new();
    let out = hallway.home.path().join("pack");
    let shown = out.display().to_string();
    let made = hallway.run(&["class", "handout", "hold-the-line-class", "--out", &shown], "");
    assert!(made.code == 0 && made.err.is_empty(), "{}", made.err);
    for name in [
        "teacher-guide",
        "role-cards",
        "sources",
        "observer-sheet",
        "debrief-sheet",
        "exit-ticket",
        "glossary",
        "answer-key",
    ] {
        for kind in ["md", "html"] {
            let text =
                fs::read_to_string(out.join(format!("{name}.{kind}"))).unwrap_or_else(|_| panic!("no {name}.{kind}"));
            assert!(text.len() > 200, "{name}.{kind} is nearly empty");
            for outside in ["http://", "https://", "src=", "@import", "<script"] {
                assert!(!text.contains(outside), "{name}.{kind} has {outside}");
            }
        }
    }
    // Nothing is written over.
    let again = hallway.run(&["class", "handout", "hold-the-line-class", "--out", &shown], "");
    assert!(again.code == 1 && again.err.contains("not written over"), "{}", again.err);
    // Each card has its own seat's briefing and no other's, and is short enough.
    let story = story("hold-the-line-class");
    let cards = fs::read_to_string(out.join("role-cards.md")).expect("cards");
    let pages: Vec<&str> = cards.split("\n---\n").collect();
    assert_eq!(pages.len(), 1 + 2 * story.seats.len());
    for page in &pages[1..] {
        let own = story.seats.iter().filter(|seat| page.contains(&hallway::text::plain(&seat.brief)[..60])).count();
        assert_eq!(own, 1, "{page}");
        let words = page.split("While you wait").next().unwrap_or("").split_whitespace().count();
        assert!(words <= 250, "{words} words on a card");
    }
    // A writer's own story gets a pack too, and is told what it lacks.
    let bare = hallway
        .run(&["class", "handout", "two-doors", "--out", &hallway.home.path().join("bare").display().to_string()], "");
    assert!(bare.code == 0 && bare.err.contains("a content note"), "{}", bare.err);
    assert!(handout(&story).iter().all(|file| !file.text.contains('\u{1b}')));
}

/// A writer who has begun a lesson hears what its pack still wants; one who has not is left alone.
#[test]
fn a_check_says_what_a_begun_pack_lacks() {
    let scene = r#"scenes: { "desk": (text: "A form.", end: "Done") }"#;
    for (lesson, wanted) in
        [("", None), (r#", lesson: (aims: ["Say who could have known."])"#, Some("a plan (`lesson: (plan: […])`)"))]
    {
        let hallway = Hallway::new();
        let file = hallway.home.path().join("desk.ron");
        fs::write(&file, format!("({scene}{lesson})")).expect("written");
        let file = file.to_str().expect("a path");
        let said = hallway.run(&["check", file], "").out;
        assert_eq!(said.contains("the pack for a class"), wanted.is_some(), "{said}");
        assert!(said.contains(wanted.unwrap_or_default()), "{said}");
        assert!(!said.contains("aims ("), "{said}");
        let json = hallway.run(&["check", "--format", "json", file], "").out;
        let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        let lacks = json["stories"][0]["pack_lacks"].as_array().expect("a list");
        assert_eq!(lacks.iter().any(|lack| lack.as_str().is_some_and(|lack| lack.contains("aims"))), wanted.is_none());
    }
}
