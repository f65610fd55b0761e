//! What a teacher's commands do, and a lesson as a class would have it.

use std::fs;
use std::time::Duration;

use hallway::engine::{By, Input, Refusal, Session};
use hallway::record::{ClassCode, Journal, SaveLine, TurnPace, replay_group, replay_result, result_code};
use hallway::story::{SceneKind, SeatId, Story};
use hallway::teach::{board, csv_rows, decisions, handout, missing_parts};
use hallway::tui::{App, AppEffect, AppEvent, AppStart, Display, draw};
use hallway::view::Key;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use crate::support::{Dice, Hallway, class_night, night, picks, story, story_from};

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
    assert_eq!(class, ClassCode::new(&story, 2024, &everybody(&story)).expect("a small seed"));
    let mut dice = Dice(11);
    let nights: Vec<Session<'_>> = (0..3).map(|_| class_night(&story, &class, &mut dice)).collect();
    let results: Vec<String> = nights.iter().map(|night| result_code(night).expect("decisions only")).collect();
    // Short enough for a slip of paper.
    assert!(results.iter().all(|code| code.chars().filter(|c| *c != '-').count() <= 16), "{results:?}");
    let mut arguments = vec!["class", "compare", code.as_str()];
    // Each under the name that stands before it, whatever its place.
    let named = [results[0].clone(), format!("red={}", results[1]), format!("the window={}", results[2])];
    arguments.extend(named.iter().map(String::as_str));
    let compared = hallway.run(&arguments, "");
    assert_eq!(compared.code, 0, "{}", compared.err);
    for says in [
        "How it ended",
        "Group 1: ",
        "Red: ",
        "the window: ",
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
    assert_eq!(rows[0], "group,number,seat,scene,decision,by,minutes,ending,vote");
    assert_eq!(rows.len() - 1, nights.iter().map(|night| night.steps().count()).sum::<usize>());
    assert!(rows[1].starts_with("\"Group 1\",\"1\",\"Emmanuel Macron\",\"p1-corridor\","), "{}", rows[1]);
    // Full screen only: lines that have been printed stay readable.
    let plain = hallway.run(&["play", "--code", &code], "");
    assert!(plain.code == 2 && plain.err.contains("full screen"), "{}", plain.err);
}

#[test]
fn the_board_tells_groups_that_decided_alike_so_and_names_where_they_parted() {
    let story = story("hold-the-line-class");
    let class = ClassCode::new(&story, 1, &everybody(&story)).expect("a small seed");
    let one = class_night(&story, &class, &mut Dice(3));
    let same = vec![("A".to_owned(), one.clone()), ("B".to_owned(), one.clone())];
    assert!(board(&same, None).contains("Nowhere: every group decided alike."));
    assert!(decisions(&one).len() == one.steps().count() && one.steps().count() > 10);
    assert!(decisions(&one).iter().all(|step| step.by == By::Person && !step.words.is_empty()));
    let row = csv_rows("=1+1", &one, &[]);
    assert!(row.starts_with("\"'=1+1\""), "{row}");
    assert!(board(&[], None).is_empty());
}

/// A group that was short of a pupil has another class code, and is a group of the class all the same: in a comparison, in a
/// table, when it is played on.
#[test]
fn a_group_that_was_short_is_one_of_its_class() {
    let hallway = Hallway::new();
    let story = story("hold-the-line-class");
    let class = ClassCode::new(&story, 9, &everybody(&story)).expect("a small seed");
    let whole = class_night(&story, &class, &mut Dice(3));
    let seats = everybody(&story);
    let mut arguments = vec!["class".to_owned(), "compare".to_owned(), class.letters()];
    arguments.push(format!("blue={}", result_code(&whole).expect("a code")));
    for (name, persons) in [("green", &seats[..2]), ("red", &seats[1..]), ("white", &seats[..1])] {
        let short = ClassCode::new(&story, 9, persons).expect("a small seed");
        let night = class_night(&story, &short, &mut Dice(4));
        let result = result_code(&night).expect("a code");
        assert!(replay_result(&result, &class, &story).is_err(), "its own class code is another");
        let again = replay_group(&result, &class, &story).expect("a group of this class");
        assert_eq!((again.holders(), again.log()), (night.holders(), night.log()));
        arguments.push(format!("{name}={result}"));
        let other = ClassCode::new(&story, 10, &seats).expect("a small seed");
        assert!(replay_group(&result, &other, &story).is_err(), "{name}");
    }
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let compared = hallway.run(&arguments, "");
    assert_eq!(compared.code, 0, "{}", compared.err);
    for name in ["Blue: ", "Green: ", "Red: ", "White: "] {
        assert!(compared.out.contains(name), "{}", compared.out);
    }
    let table = hallway.run(&[&["class", "export"], &arguments[2..]].concat(), "");
    assert!(table.code == 0 && table.out.contains("\"Red\",\"1\",\"Emmanuel Macron\""), "{}", table.err);
}

/// Where groups parted is told in the story's words, never by what its writer calls a scene.
#[test]
fn the_board_names_no_scene_by_its_id() {
    for name in ["hold-the-line-class", "last-ferry"] {
        let story = story(name);
        let class = ClassCode::new(&story, 1, &everybody(&story)).expect("a small seed");
        let nights = (1..6).map(|seed| (format!("G{seed}"), class_night(&story, &class, &mut Dice(seed))));
        let told = board(&nights.collect::<Vec<_>>(), None);
        let parted = told.split("Where they parted").nth(1).expect("a part of it");
        let heads = parted.lines().skip(1).take_while(|line| line.starts_with("  "));
        let heads: Vec<&str> = heads.filter(|line| !line.starts_with("    ")).collect();
        assert!(!heads.is_empty(), "{told}");
        // Of “the quay” a scene may be called `quay`; that there is nothing else where the id stood, is what counts.
        let ids: Vec<&str> = story.scene_ids().map(|id| &*story.scene(id).id).filter(|id| id.contains('-')).collect();
        assert!(heads.iter().all(|head| ids.iter().all(|id| !head.contains(id))), "{heads:?}");
        let first = match name {
            "last-ferry" => "  The doctor: Half past five, The quay, 5.30:",
            _ => "  Emmanuel Macron: 1. The knock, The corridor, 8.40:",
        };
        assert!(heads.contains(&first), "{heads:?}");
    }
}

/// A whole lesson at one keyboard: the code, the curtain before each turn, the result at the end.
#[test]
fn a_group_plays_the_class_cut_behind_the_curtain() {
    let story = story("hold-the-line-class");
    let start = AppStart { seed: Some(77), title: false, together: everybody(&story), ..AppStart::of(&story) };
    let (mut app, _) = App::new(start, Display::default(), Vec::new());
    app.update(AppEvent::Resize(60, 20));
    let mut terminal = Terminal::new(TestBackend::new(60, 20)).expect("a test terminal");
    let (mut curtains, mut pages) = (0, 0);
    for _ in 0..60 {
        if app.is_over() {
            break;
        }
        terminal.draw(|frame| draw(&app, frame)).expect("drawn");
        let screen: String = terminal.backend().buffer().content.iter().map(|cell| cell.symbol()).collect();
        let curtain = screen.contains("nobody else is looking");
        curtains += usize::from(curtain);
        pages += usize::from(!curtain);
        // On a projector's few columns each turn is whole, without scrolling.
        assert!(curtain || !screen.contains("Space: more"), "does not fit 60×20:\n{screen}");
        app.update(AppEvent::Key(Key::Char('1')));
    }
    assert!(app.is_over() && curtains >= 10 && pages >= 10, "{curtains} curtains, {pages} pages");
    let code = app.menu().into_iter().find(|item| item.words == "The code of this game").and_then(|item| item.number);
    let code = code.and_then(|number| char::from_digit(u32::try_from(number).ok()?, 10)).expect("a code is offered");
    app.update(AppEvent::Key(Key::Char(code)));
    terminal.draw(|frame| draw(&app, frame)).expect("drawn");
    let screen: String = terminal.backend().buffer().content.iter().map(|cell| cell.symbol()).collect();
    let class = ClassCode::new(&story, 77, &everybody(&story)).expect("a small seed").letters();
    assert!(screen.contains(&class), "{screen}");
}

#[test]
fn the_class_cut_has_the_shape_of_a_lesson() {
    let story = story("hold-the-line-class");
    assert_eq!(story.messages.len(), 8);
    assert_eq!(missing_parts(&story), Vec::<String>::new());
    let mut turns = 0;
    for id in story.scene_ids() {
        let scene = story.scene(id);
        let (SceneKind::Decide(decision), Some(seat)) = (&scene.kind, scene.seat) else { continue };
        turns += 1;
        let text = story.texts(id)[seat.index()].expect("a turn has words");
        // The longest way to read it: a sentence of a branch is read instead of another, not besides it.
        let words = hallway::text::plain(&story.words(text).every_word()).split_whitespace().count();
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
        "own-devices",
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
    let files = handout(&story, "hold-the-line-class");
    assert!(files.len() > 10 && files.iter().all(|file| !file.text.contains('\u{1b}')), "{} files", files.len());
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

fn key(app: &mut App<'_>, name: &str) -> Vec<AppEffect> {
    app.update(AppEvent::Key(Key::parse(name).expect("a key")))
}

fn screen(app: &App<'_>) -> String {
    let (columns, rows) = app.size;
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).expect("a test terminal");
    terminal.draw(|frame| draw(app, frame)).expect("drawn");
    let cells: Vec<&str> = terminal.backend().buffer().content.iter().map(|cell| cell.symbol()).collect();
    cells.chunks(usize::from(columns)).map(|row| row.concat() + "\n").collect()
}

/// Takes the item of the menu on screen whose words begin so.
fn take(app: &mut App<'_>, words: &str) -> Vec<AppEffect> {
    let menu = app.menu();
    let number = menu.iter().find(|item| item.words.starts_with(words)).and_then(|item| item.number);
    let number = number.unwrap_or_else(|| panic!("no “{words}” in {menu:?}"));
    key(app, &number.to_string())
}

#[test]
fn a_turn_that_is_over_goes_on_as_its_writer_foresaw() {
    let story = story("hold-the-line-class");
    let start = AppStart { seed: Some(3), title: false, together: everybody(&story), turn: 60, ..AppStart::of(&story) };
    let (mut app, _) = App::new(start, Display::default(), Vec::new());
    // Behind the curtain nobody's time goes by, and neither does it at the teacher's desk.
    assert_eq!(app.deadline(), None);
    app.update(AppEvent::Tick(Duration::from_secs(500)));
    assert!(screen(&app).contains("nobody else is looking"));
    key(&mut app, "1");
    assert!(screen(&app).contains("1:00 left"));
    assert!(app.deadline().is_some_and(|deadline| deadline <= Duration::from_secs(1)));
    key(&mut app, "t");
    app.update(AppEvent::Tick(Duration::from_secs(500)));
    take(&mut app, "Half a minute more");
    assert!(screen(&app).contains("1:30 left"));
    app.update(AppEvent::Tick(Duration::from_secs(40)));
    assert!(screen(&app).contains("0:50 left"));
    key(&mut app, "t");
    take(&mut app, "Stop the clock");
    app.update(AppEvent::Tick(Duration::from_secs(500)));
    assert!(screen(&app).contains("clock stopped"));
    key(&mut app, "t");
    take(&mut app, "Start the clock again");
    let effects = app.update(AppEvent::Tick(Duration::from_secs(51)));
    assert!(matches!(&effects[..], [AppEffect::Write(line)] if line.silence == Some(true)), "{effects:?}");
    let night = app.session().expect("a night");
    assert_eq!(night.steps().last().map(|step| step.by), Some(By::Silence));
    assert_eq!(night.trail().passings[0].meant, "that a line to the other hotel stands ready, should it be wanted");
    // The next one sits down behind the curtain, and the silent one reads what their silence came to.
    assert!(screen(&app).contains("the turn of the aide."));
    let told = hallway::author::seat_transcript(night, SeatId::new(0));
    assert!(told.contains("Nobody decided in time. He holds the door"), "{told}");
    assert!(csv_rows("Blue", night, &[]).contains(",\"silence\","));
    // More time for one keyboard, and none to lose at all.
    key(&mut app, "1");
    app.display.settings.turns = TurnPace::Ten;
    assert!(screen(&app).contains("10:00 left"));
    app.display.settings.turns = TurnPace::Off;
    assert!(app.update(AppEvent::Tick(Duration::from_secs(5000))).is_empty() && app.deadline().is_none());
    // Undo takes a silence back like a decision.
    key(&mut app, "u");
    assert!(app.session().is_some_and(|night| night.log().is_empty()));
}

#[test]
fn every_decision_of_the_class_cut_has_words_for_silence_and_takes_what_it_says() {
    let story = story("hold-the-line-class");
    let mut said = std::collections::HashSet::new();
    for seed in 0..400 {
        let class = ClassCode::new(&story, seed, &everybody(&story)).expect("a small seed");
        let mut night = Session::new(&story, seed, class.holders(&story));
        let mut dice = Dice(seed);
        while let Some(seat) = night.turn() {
            let scene = night.state().scene;
            let SceneKind::Decide(decision) = &story.scene(scene).kind else { panic!("a decision") };
            let silence = decision.silence.as_ref().expect("words for silence");
            let open = crate::support::picks(&night);
            if dice.below(2) == 0 {
                night.input(Input::Silence(scene)).expect("taken");
                assert!(open.contains(&night.steps().last().expect("a step").pick));
                assert!(
                    hallway::author::seat_transcript(&night, seat).replace('\n', " ").contains(&silence.text),
                    "{}",
                    silence.text
                );
                said.insert(scene);
            } else {
                night.input(Input::Decide(scene, open[dice.below(open.len())])).expect("open");
            }
        }
    }
    assert_eq!(said.len(), 16);
}

/// From wherever it stands a stopped night has an ending; news, silences and stops are in its code and in its save.
#[test]
fn a_night_with_silences_news_and_a_stop_comes_back_whole() {
    let story = story("hold-the-line-class");
    let class = ClassCode::new(&story, 8, &everybody(&story)).expect("a small seed").with_turns_of(45);
    assert_eq!(class.turn_seconds(), 45);
    let folder = tempfile::tempdir().expect("a folder");
    let mut endings = std::collections::HashSet::new();
    for number in 0..200 {
        let mut dice = Dice(number);
        let path = folder.path().join(format!("{number}.night"));
        let mut night = Session::new(&story, u64::from(class.seed), class.holders(&story));
        let mut journal = Journal::create(&path, "hold-the-line-class", &night).expect("made");
        journal.line(&SaveLine { turn: Some(45), ..SaveLine::default() }).expect("written");
        let stop = dice.below(18);
        let mut at = 0;
        while night.turn().is_some() {
            let scene = night.state().scene;
            let open = crate::support::picks(&night);
            let input = match dice.below(6) {
                _ if at == stop => Input::Freeze,
                0 => Input::Silence(scene),
                1 => Input::Inject(dice.below(3) as u16),
                _ => Input::Decide(scene, open[dice.below(open.len())]),
            };
            at += usize::from(!matches!(input, Input::Inject(_)));
            journal.input(&night, input).expect("written");
            night.input(input).expect("taken");
        }
        if let Some(ending) = night.ending() {
            endings.insert(ending);
        }
        drop(journal);
        let code = result_code(&night).expect("a code");
        let again = replay_result(&code, &class, &story).expect("the same night");
        assert_eq!((again.log(), again.state(), again.ending()), (night.log(), night.state(), night.ending()));
        let resumed = Journal::resume(&path, &story, "hold-the-line-class").expect("resumed");
        assert_eq!((resumed.loaded.session.log(), resumed.loaded.turn), (night.log(), Some(45)));
        assert!(resumed.loaded.notices.is_empty(), "{:?}", resumed.loaded.notices);
        // Nothing is stopped twice, and nothing is brought into a night that is over.
        let mut over = night.clone();
        assert_eq!(over.input(Input::Freeze), Err(Refusal::NotNow));
        assert_eq!(over.input(Input::Inject(0)), Err(Refusal::NotNow));
    }
    assert!(endings.len() >= 5, "{endings:?}");
    let two = crate::support::story("two-doors");
    let mut night = Session::new(&two, 1, vec![hallway::engine::Holder::Person]);
    assert_eq!(night.input(Input::Freeze), Err(Refusal::NoFreeze));
    assert_eq!(night.input(Input::Inject(0)), Err(Refusal::NoSuchNews));
    // A story that says nothing of silence still goes on.
    night.input(Input::Silence(night.state().scene)).expect("the story's leaning");
}

#[test]
fn a_class_writes_its_votes_down_and_no_names() {
    let story = story("hold-the-line-class");
    let start =
        AppStart { seed: Some(3), title: false, together: everybody(&story), votes: true, ..AppStart::of(&story) };
    let (mut app, _) = App::new(start, Display::default(), Vec::new());
    app.update(AppEvent::Resize(60, 20));
    key(&mut app, "1");
    key(&mut app, "2");
    assert!(screen(&app).contains("Votes for each choice"));
    let typed = |app: &mut App<'_>, text: &str| {
        text.chars().for_each(|c| drop(app.update(AppEvent::Key(Key::Char(c)))));
        key(app, "enter")
    };
    assert!(typed(&mut app, "Anna").is_empty());
    assert!(app.notice.as_ref().is_some_and(|notice| notice.contains("Names are not saved")));
    for _ in 0..4 {
        key(&mut app, "backspace");
    }
    let effects = typed(&mut app, "12 7 3");
    assert!(matches!(&effects[..], [AppEffect::Write(line)] if line.vote.as_deref() == Some("12–7–3")), "{effects:?}");
    assert_eq!(app.game().expect("a game").votes(), [(0, "12–7–3".to_owned())]);
    let night = app.session().expect("a night");
    assert!(csv_rows("Class", night, app.game().expect("a game").votes()).contains("\"12–7–3\"\r\n"));
    // The vote goes with its decision.
    key(&mut app, "1");
    key(&mut app, "1");
    key(&mut app, "esc");
    key(&mut app, "1");
    key(&mut app, "u");
    assert_eq!(app.game().expect("a game").votes().len(), 1);
    key(&mut app, "1");
    key(&mut app, "u");
    assert!(app.game().expect("a game").votes().is_empty(), "{:?}", app.game().expect("a game").votes());
}

/// Each of the four steps, at the sizes of a wall and of a desk.
#[test]
fn a_night_is_talked_about_in_four_steps() {
    let story = story("hold-the-line-class");
    for size in [(40, 12), (60, 20), (80, 24)] {
        let start = AppStart { seed: Some(77), title: false, together: everybody(&story), ..AppStart::of(&story) };
        let (mut app, _) = App::new(start, Display::default(), Vec::new());
        app.update(AppEvent::Resize(size.0, size.1));
        for _ in 0..60 {
            for name in ["2", "1"] {
                if !app.is_over() {
                    key(&mut app, name);
                }
            }
        }
        assert!(app.is_over());
        take(&mut app, "Talk about it");
        for (at, title) in
            ["1. What happened", "2. One message", "3. The same game", "4. What is known"].iter().enumerate()
        {
            assert!(screen(&app).contains(title), "{}", screen(&app));
            if at == 1 {
                let before = screen(&app);
                take(&mut app, "Another message");
                assert_ne!(before, screen(&app));
            }
            if at < 3 {
                take(&mut app, "Next: ");
            }
        }
        take(&mut app, "Close");
        assert!(app.menu().iter().any(|item| item.words.starts_with("Talk about it")));
    }
}

/// What nobody at the keyboard decided is told as it was offered at its own moment, and by the time of that moment.
#[test]
fn what_the_story_decided_is_told_in_the_words_of_its_moment() {
    let story = story_from(
        r#"(
      clock: (starts: "8:00", ends: "12:00", tick: 5),
      roles: { "a": (name: "A"), "b": (name: "B"), "c": (name: "C") },
      vars: { "sent": (min: 0, max: 2) },
      carriers: { "foot": (name: "On foot", minutes: 10) },
      treatments: { "plain": (name: "Plainly") },
      messages: {
        "one": (from: "a", to: "c", gist: "one", heard: { "plain": (say: "Say one.", text: "one") }),
        "two": (from: "a", to: "c", gist: "two", heard: { "plain": (say: "Say two.", text: "two") }),
      },
      scenes: {
        "send": (seat: "a", text: "Send.", pass: (messages: ["one", "two"], by: ["foot"], go: "carry")),
        "carry": (seat: "b", do: ["sent +1"], text: "Carry.", relay: (treatments: ["plain"], go: "ask")),
        "ask": (seat: "c", text: "Well?", choices: [(say: "{if sent = 1: More. | Enough.}", keep: true, go: "more")]),
        "more": (route: [(when: "sent = 1", go: "send"), (go: "end")]),
        "end": (text: "{heard(one)} {heard(two)}", end: "Over"),
      },
    )"#,
    );
    let mut session = night(&story, SeatId::new(0), 1);
    while session.turn().is_some() {
        let pick = picks(&session)[0];
        session.input(Input::Decide(session.state().scene, pick)).expect("open");
    }
    let told: Vec<(String, Option<i16>, By)> =
        decisions(&session).into_iter().map(|step| (step.words, step.minutes, step.by)).collect();
    let wanted = [
        ("one — On foot", 0, By::Person),
        ("Say one.", 10, By::Story),
        ("More.", 10, By::Story),
        ("two — On foot", 10, By::Person),
        ("Say two.", 20, By::Story),
        ("Enough.", 20, By::Story),
    ];
    assert_eq!(told, wanted.map(|(words, minutes, by)| (words.to_owned(), Some(minutes), by)));
}
