//! Codes that a class reads aloud.

use std::collections::BTreeMap;

use hallway::engine::{Holder, Input, Session};
use hallway::record::{ClassCode, CodeFault, replay_result, result_code};
use hallway::story::{SeatId, Story};

use crate::support::{Dice, Hallway, alterations, class_night, night, story};

fn persons(story: &Story, which: u64) -> Vec<SeatId> {
    let all: Vec<SeatId> = story.seat_ids().collect();
    match which % 3 {
        0 => all,
        1 => vec![all[0]],
        _ => all.into_iter().take(2).collect(),
    }
}

#[test]
fn a_code_is_the_same_night() {
    let mut dice = Dice(4);
    let mut longest = 0;
    for name in ["hold-the-line", "last-ferry", "two-doors"] {
        let story = story(name);
        for seed in 0..60 {
            let class = ClassCode::new(&story, seed * 7919 % (1 << 20), &persons(&story, seed)).expect("a small seed");
            let letters = class.letters();
            assert_eq!(ClassCode::read(&letters), Ok(class), "{letters}");
            assert_eq!(ClassCode::read(&letters.to_lowercase().replace('-', " ")), Ok(class));
            assert!(!letters.contains(['0', 'O', '1', 'I']));
            let night = class_night(&story, &class, &mut dice);
            let code = result_code(&night).expect("decisions only");
            let again = replay_result(&code, &class, &story).expect("the same night");
            assert_eq!((again.log(), again.state()), (night.log(), night.state()));
            longest = longest.max(code.len());
        }
    }
    assert!(longest < 120, "{longest} letters");
}

/// Every letter of every code, put to every other letter.
#[test]
fn any_one_wrong_letter_is_refused_and_the_right_one_named() {
    let story = story("hold-the-line");
    let mut dice = Dice(9);
    let class = ClassCode::new(&story, 123_456, &persons(&story, 0)).expect("a small seed");
    // Of more than one block, each of which mends itself.
    let codes = || result_code(&class_night(&story, &class, &mut dice)).expect("decisions only");
    let long = std::iter::repeat_with(codes).find(|code| code.len() > 45).expect("there are long nights");
    for code in [class.letters(), long] {
        let read = |text: &str| match ClassCode::read(text) {
            Err(CodeFault::Kind(..)) => replay_result(text, &class, &story).map(|_| ()),
            other => other.map(|_| ()),
        };
        assert_eq!(read(&code), Ok(()));
        for at in (0..code.len()).filter(|at| code.as_bytes()[*at] != b'-') {
            for letter in b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ" {
                let mut wrong = code.clone().into_bytes();
                if wrong[at] == *letter {
                    continue;
                }
                wrong[at] = *letter;
                let wrong = String::from_utf8(wrong).expect("letters");
                assert_eq!(read(&wrong), Err(CodeFault::Mistyped(code.clone())), "{wrong}");
            }
            // A letter left out is refused too.
            let mut short = code.clone();
            short.remove(at);
            assert!(read(&short).is_err(), "{short} is taken");
        }
    }
    assert_eq!(ClassCode::read("HELLO-W0RLD"), Err(CodeFault::Letter('O')));
    assert_eq!(ClassCode::read(""), Err(CodeFault::Short));
}

#[test]
fn a_code_opens_no_other_story_and_no_other_class() {
    let (one, other) = (story("hold-the-line"), story("last-ferry"));
    let mut dice = Dice(2);
    let class = ClassCode::new(&one, 7, &persons(&one, 0)).expect("a small seed");
    let code = result_code(&class_night(&one, &class, &mut dice)).expect("decisions only");
    assert_eq!(replay_result(&code, &class, &other).err(), Some(CodeFault::OtherStory));
    let next = ClassCode::new(&one, 8, &persons(&one, 0)).expect("a small seed");
    assert_eq!(replay_result(&code, &next, &one).err(), Some(CodeFault::OtherClass));
    assert!(matches!(ClassCode::read(&code), Err(CodeFault::Kind(..))));
    assert!(matches!(replay_result(&class.letters(), &class, &one), Err(CodeFault::Kind(..))));
    // A night that somebody set by hand is no result.
    let mut set = Session::new(&one, 7, vec![Holder::Person; 3]);
    set.input(Input::Jump(one.start)).expect("taken");
    assert_eq!(result_code(&set), None);
}

/// What happens to a code between a screen, a mouth and a keyboard; `tests/long` does it a million times.
#[test]
fn an_altered_code_is_not_taken() {
    let mut dice = Dice(21);
    let mut tried: BTreeMap<&str, usize> = BTreeMap::new();
    for name in ["last-ferry", "two-doors"] {
        let story = story(name);
        // As many nights as it takes for every way of noticing to be the only one.
        for seed in 0..40 {
            let class = ClassCode::new(&story, seed * 7919 % (1 << 20), &persons(&story, seed)).expect("a small seed");
            let result = result_code(&class_night(&story, &class, &mut dice)).expect("decisions only");
            for code in [class.letters(), result] {
                for (how, altered) in alterations(&code) {
                    let taken = ClassCode::read(&altered).is_ok() || replay_result(&altered, &class, &story).is_ok();
                    assert!(!taken, "{how}: {altered} is taken for {code}");
                    *tried.entry(how).or_default() += 1;
                }
            }
        }
    }
    assert!(tried.len() == 5 && tried.values().all(|count| *count > 50), "{tried:?}");
}

/// A seed that no class code has room for has none, instead of another game's.
#[test]
fn a_seed_too_large_for_a_code_has_none() {
    let story = story("two-doors");
    let seats = [SeatId::new(0)];
    assert!(ClassCode::new(&story, (1 << 20) - 1, &seats).is_some());
    assert_eq!(ClassCode::new(&story, 1 << 20, &seats), None);
    assert_eq!(result_code(&night(&story, seats[0], 1 << 20)), None);
    let run = Hallway::new().run(&["class", "code", "two-doors", "--seed", "5000000"], "");
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.contains("a seed below 1048576"), "{}", run.err);
}
