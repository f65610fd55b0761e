//! The plain face, as pipes and screen readers use it.

use crate::support::Hallway;

const SEATS: [&str; 3] = ["macron", "rouhani", "aide"];

fn play(role: &str, input: &str) -> String {
    let run = Hallway::new().run(&["play", "--plain", "--role", role, "--seed", "7"], input);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
    run.out
}

#[test]
fn always_one_reaches_an_ending_and_the_same_bytes_twice() {
    for role in SEATS {
        let ones = "1\n".repeat(200);
        let first = play(role, &ones);
        assert_eq!(first, play(role, &ones), "{role}");
        assert!(!first.contains('\u{1b}'), "{role}: an escape byte");
        let last = first.lines().last().unwrap_or("");
        assert!(last.starts_with("Ending: "), "{role}: {last}");
    }
}

#[test]
fn other_answers_reach_endings_too() {
    for role in SEATS {
        for answer in ["2", "3", "0"] {
            // Where an answer fits nothing it is asked again; a 1 after it always fits.
            let out = play(role, &format!("{answer}\n1\n").repeat(200));
            assert!(out.lines().last().is_some_and(|line| line.starts_with("Ending: ")), "{role} {answer}:\n{out}");
        }
    }
}

#[test]
fn an_answer_that_fits_nothing_is_asked_again_with_the_reason() {
    let out = play("macron", "seven\n\n99\nquit\n");
    assert!(out.contains("“seven” is not an answer here. Type a number from 1 to 3"), "{out}");
    assert!(out.contains("An empty line is not an answer here."), "{out}");
    assert!(out.contains("“99” is not an answer here."), "{out}");
}

#[test]
fn a_choice_can_be_answered_in_its_own_words() {
    let out = play("macron", "take neither, and go in with both hands empty\n1\n1\nquit\n");
    assert!(out.contains("Part: The knock"), "{out}");
}

#[test]
fn words_act_in_any_case() {
    let out = play("aide", "1\nUNDO\nHistory\nrecord\nstatus\nsave\nHELP\nagain\nquit\n");
    for says in ["Undone.", "[reported, 1]", "Suspicion: none", "Every decision is saved", "undo the last decision"] {
        assert!(out.contains(says), "{says:?} is not in:\n{out}");
    }
}

#[test]
fn input_that_ends_early_keeps_the_night_and_says_how_to_go_on() {
    let hallway = Hallway::new();
    let save = hallway.home.path().join("my night.night").display().to_string();
    let early = hallway.run(&["play", "--plain", "--role", "aide", "--seed", "7", "--save", &save], "1\n2\n");
    assert_eq!(early.code, 0);
    assert!(
        early.out.ends_with(&format!("The game is saved. To continue: hallway play --plain --save '{save}'\n")),
        "{}",
        early.out
    );
    let rest = hallway.run(&["play", "--plain", "--save", &save], &"1\n".repeat(100));
    assert!(rest.out.lines().last().is_some_and(|line| line.starts_with("Ending: ")), "{}", rest.out);
    // The same night in one go ends with the same words.
    let whole =
        hallway.run(&["play", "--plain", "--role", "aide", "--seed", "7"], &format!("1\n2\n{}", "1\n".repeat(100)));
    assert_eq!(whole.out.lines().last(), rest.out.lines().last());
}

#[test]
fn without_a_home_one_can_play_and_is_told() {
    let hallway = Hallway::new();
    let mut command = hallway.command(&["play", "two-doors", "--plain", "--seed", "1"]);
    command.env_remove("HOME").env("XDG_DATA_HOME", "relative").stdin(std::process::Stdio::null());
    let output = command.output().expect("the program runs");
    let out = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(out.contains("The aide holds out a folded note."), "{out}");
}

/// A night to its end, then these lines.
fn after_the_end(lines: &str) -> String {
    play("macron", &format!("{}{lines}", "1\n".repeat(120)))
}

#[test]
fn after_the_end_the_words_do_what_the_screens_do() {
    let out = after_the_end("other suite\nforks\nsearch lift\nwhy\ndebrief\nnights\nname the cold tea\nnights\nquit\n");
    let (night, rest) = out.split_once("\nEnding: ").expect("an ending");
    assert!(night.contains("`same` and a seat plays it again from there"), "{night}");
    for says in [
        "nobody knocks",
        "2. Have him write down only the time of each message",
        "The lift opens on a corridor",
        "Every choice shown here is open.",
        "What was meant, what was carried, what was heard:",
        "Endings found: 1 of 18",
        "This game is now called “the cold tea”.",
        "This game: “the cold tea”, The corridor, ended",
    ] {
        assert!(rest.contains(says), "{says:?} is not in:\n{rest}");
    }
    assert!(!night.contains("At home it is"), "another seat's pages before the end");
}

#[test]
fn a_night_is_played_on_from_a_fork_and_from_another_seat() {
    let out = after_the_end(&format!("forks 2\n{}same aide\n{}", "1\n".repeat(120), "1\n".repeat(120)));
    assert_eq!(out.matches("\nEnding: ").count(), 3, "{out}");
    assert_eq!(out.matches("A new game starts here").count(), 2);
    assert!(out.lines().last().is_some_and(|line| line.starts_with("Ending: ")));
}

/// With `--save` a night that is played on from a decision, and one from another seat, are kept beside the first.
#[test]
fn nights_that_go_on_from_a_named_save_are_kept_beside_it() {
    let hallway = Hallway::new();
    let folder = hallway.home.path().join("mine");
    std::fs::create_dir(&folder).expect("made");
    let save = folder.join("first.night").display().to_string();
    let ones = "1\n".repeat(200);
    let run = hallway.run(
        &["play", "--plain", "--role", "aide", "--seed", "7", "--save", &save],
        &format!("{ones}forks 2\n1\nquit\n"),
    );
    let beside = folder.join("first-2.night").display().to_string();
    let last = run.out.lines().last().unwrap_or_default();
    assert!(last.starts_with("The game is saved. To continue: ") && last.contains(&beside), "{last}");
    // So is one that is played from another seat, once the first has been taken up again.
    let run = hallway.run(&["play", "--plain", "--save", &save], "same macron\n1\nquit\n");
    let third = folder.join("first-3.night").display().to_string();
    let last = run.out.lines().last().unwrap_or_default();
    assert!(last.starts_with("The game is saved. To continue: ") && last.contains(&third), "{last}");
    let resumed = hallway.run(&["play", "--plain", "--save", &third], "quit\n");
    assert_eq!((resumed.code, resumed.err.as_str()), (0, ""));
}

/// A role without a place goes by its name: where it is chosen, where it plays, and where it is named after the end.
#[test]
fn a_role_without_a_place_goes_by_its_name() {
    let hallway = Hallway::new();
    let story = r#"(
      roles: { "host": (name: "The host", place: "The hall"), "clerk": (name: "The clerk", counts: "stamps", brief: "You stamp."), "mother": (name: "The mother") },
      scenes: {
        "a": (seat: "clerk", text: "A form.", choices: [(say: "Stamp it.", go: "b"), (say: "Read it.", go: "b")]),
        "b": (others: { "clerk": "Done.", "mother": "You have waited.", "host": "Hm." }, end: "Done"),
      },
    )"#;
    let path = hallway.home.path().join("office.ron");
    std::fs::write(&path, story).expect("written");
    let path = path.display().to_string();
    let run = hallway.run(&["play", "--plain", "--seed", "1", &path], "2\n1\nother\nother mother\nquit\n");
    for says in [
        "1. The hall: The host.",
        "2. The clerk, who counts stamps.",
        "3. The mother.",
        "Your seat: The clerk\n",
        "Say one of: hall, mother.",
        "You have waited.",
    ] {
        assert!(run.out.contains(says), "{says:?} is not in:\n{}", run.out);
    }
    let screen = hallway.run(&["picture", &path, "--keys", "1 2 1 1 Tab Tab"], "");
    assert_eq!(screen.code, 0, "{}", screen.err);
    assert!(screen.out.contains("The other side of the door · The mother"), "{}", screen.out);
}

/// The choices without the page, and every word by its key.
#[test]
fn the_choices_are_repeated_and_words_have_letters() {
    let hallway = Hallway::new();
    let out = hallway.run(&["two-doors", "--plain"], "choices\n?\nH\n1\nq\n").out;
    assert_eq!(out.matches("1. Take it.").count(), 2, "{out}");
    assert_eq!(out.matches("The aide holds out").count(), 2, "once as the page, once in the history: {out}");
    assert!(out.contains("choices: ") && out.contains("Ending: You read it"), "{out}");
    // What a story offers comes first.
    let story = hallway.home.path().join("letters.ron");
    std::fs::write(&story, "(scenes: { \"a\": (text: \"A.\", choices: [(say: \"Q\", go: \"b\"), (say: \"R\", go: \"b\")]), \"b\": (text: \"B.\", end: \"Chosen\") })").expect("written");
    let out = hallway.run(&["--plain", &story.display().to_string()], "q\n").out;
    assert!(out.contains("Ending: Chosen"), "{out}");
}

/// Before there is a seat: every word is answered, a saved game is offered, and it goes on.
#[test]
fn a_saved_game_goes_on_from_the_question_of_the_seat() {
    let hallway = Hallway::new();
    let story = ["hold-the-line", "--plain"];
    let first = hallway.run(&story, "help\n\ngames\nundo\nagain\n2\n1\n1\nquit\n");
    assert_eq!((first.code, first.err.as_str()), (0, ""));
    assert_eq!(first.out.matches("Which seat?").count(), 2, "{}", first.out);
    for says in [
        "Type the number of a seat, or its name.",
        "An empty line is not an answer here. Type a number from 1 to 3",
        "There are no saved games yet.",
        "That works once you have a seat.",
    ] {
        assert!(first.out.contains(says), "{says:?} is not in:\n{}", first.out);
    }
    assert!(!first.out.contains("unfinished"), "{}", first.out);
    let last_page = first.out.rfind("\n[The suite").map(|at| first.out[at..].split("\n\n").next().unwrap_or_default());
    let second = hallway.run(&story, "games\ngames 9\ngames 1\ngames 1\ngames\nquit\n");
    for says in [
        "You have an unfinished game: The suite, 2 decisions in. Type `games 1` to continue it.",
        "1. The suite, 2 decisions in: ",
        "Endings found: 0 of 18.\n",
        "There is no saved game 9; `games` lists them.",
        "There is no saved game 1; `games` lists them.",
        "This game: The suite, 2 decisions in: ",
        "You go on with this game: The suite, 2 decisions in.",
        last_page.expect("a page was printed"),
    ] {
        assert!(second.out.contains(says), "{says:?} is not in:\n{}", second.out);
    }
    assert!(hallway.run(&story, "").out.contains("2 decisions in"), "nothing is lost by looking");
}

/// In the middle of one game another can go on; the first stays as it was.
#[test]
fn another_saved_game_goes_on_in_the_middle_of_one() {
    let hallway = Hallway::new();
    hallway.run(&["hold-the-line", "--plain"], "suite\n1\n1\nquit\n");
    // The number that is offered is good, whether or not a seat is still to be asked for.
    let offered = hallway.run(&["play", "--plain", "--role", "corridor"], "1\ngames 1\nstatus\nquit\n");
    assert!(offered.out.contains("Type `games 1` to continue it."), "{}", offered.out);
    assert!(offered.out.contains("[The suite; 8.25;"), "{}", offered.out);
    // The corridor's game of the run above is the newer one.
    let run = hallway.run(&["hold-the-line", "--plain"], "corridor\n1\ngames 2\nstatus\nquit\n");
    assert!(run.out.contains("[The suite; 8.25;"), "{}", run.out);
    let kept = hallway.run(&["hold-the-line", "--plain"], "games\n");
    assert!(
        ["1. The corridor, 1", "2. The corridor, 1", "3. The suite, 2"].iter().all(|game| kept.out.contains(game)),
        "{}",
        kept.out
    );
}
