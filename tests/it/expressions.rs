//! Conditions, effects and branches: what they mean, and what is told of what other languages would have.

use hallway::engine::Session;
use hallway::story::{Code, SeatId, Story};

use crate::diagnostics::told;
use crate::support::{night, story_from};

/// A story whose one scene shows this text; what its variables are is known.
fn shows(text: &str) -> String {
    format!(
        r#"(
  vars: {{
    "n": (min: 0, max: 3, start: 2), "m": (min: -2, max: 2), "door-2": (min: 0, max: 9), "a-b": (flag: true, start: true),
    "f": (flag: true), "sky": (states: ["clear", "grey-2"]), "price": (min: 2, max: 3),
  }},
  scenes: {{ "a": (text: "{text}", end: "z") }},
)"#
    )
}

fn page(story: &Story) -> String {
    let session: Session<'_> = night(story, SeatId::new(0), 1);
    session.page(SeatId::new(0)).map(|block| hallway::text::plain(block.text)).collect()
}

#[test]
fn is_works_for_everything_and_so_does_is_not() {
    for (holds, fails) in [
        ("n is 2", "n is not 2"),
        ("n is m + 2", "n + m is 3"),
        ("n + m is not 3", "n + m is not 2"),
        ("2 is n", "3 is n"),
        ("m is not -1", "m is -1"),
        ("f is not true", "f is true"),
        ("a-b is true", "a-b is false"),
        ("sky is clear", "sky is grey-2"),
        ("sky is not grey-2", "sky is not clear"),
        ("visited(a) is true", "visited(a) is not true"),
        ("door-2 is 0", "door-2 > 0"),
        ("not n = 1", "not n = 2"),
        ("not f and n is 2 or f", "not (not f and n is 2 or f)"),
        ("n -1 is 1", "n - 1 is 2"),
    ] {
        assert_eq!(page(&story_from(&shows(&format!("{{if {holds}: yes | no}}")))), "yes", "{holds}");
        assert_eq!(page(&story_from(&shows(&format!("{{if {fails}: yes | no}}")))), "no", "{fails}");
    }
}

/// What is advised against a slip is taken when it is written.
#[test]
fn what_is_advised_works() {
    for (wrong, right, help) in [
        ("n != 1", "n is not 1", "write `n is not 1`"),
        ("n == 2", "n is 2", "write `n is 2`"),
        ("f == false", "not f", "write `not f`"),
        ("sky == clear", "sky is clear", "write `sky is clear`"),
        ("sky = clear", "sky is clear", "write `sky is clear`"),
        ("n>1 && m<1", "n > 1 and m < 1", "write `n > 1 and m < 1`"),
        ("n-1 > 0", "n -1 > 0", "to take something away, put a blank before the minus: `n -1`"),
        ("n-m > 1", "n - m > 1", "to take something away, put a blank before the minus: `n - m`"),
    ] {
        let (_, message, told) =
            told(&shows(&format!("{{if {wrong}: yes | no}}"))).unwrap_or_else(|| panic!("{wrong}"));
        assert_eq!(told, help, "{wrong}: {message}");
        assert_eq!(page(&story_from(&shows(&format!("{{if {right}: yes | no}}")))), "yes", "{right}");
    }
    let effect = |does: &str| shows("{n}").replace("text:", &format!("do: [\"{does}\"], text:"));
    for (wrong, help) in [
        ("n -price", "write an effect for each value: `n -2 if price = 2`, `n -3 if price = 3`"),
        ("n = price", "write an effect for each value: `n = 2 if price = 2`, `n = 3 if price = 3`"),
        ("n-1", "to take something away, put a blank before the minus: `n -1`"),
    ] {
        assert_eq!(told(&effect(wrong)).map(|it| it.2).as_deref(), Some(help), "{wrong}");
    }
    for (right, read) in [("n -2 if price = 2", "0"), ("n = 3 if price = 3", "2"), ("n -1", "1"), ("door-2 +1", "2")] {
        assert_eq!(page(&story_from(&effect(right))), read, "{right}");
    }
}

#[test]
fn what_can_never_hold_is_told_with_its_bound() {
    for (never, message) in [
        ("n >= 4", "`n >= 4` can never hold: `n` goes to 3"),
        ("n > 3", "`n > 3` can never hold: `n` goes to 3"),
        ("n < 0", "`n < 0` can never hold: `n` goes to 3"),
        ("n is 4", "`n is 4` can never hold: `n` goes to 3"),
        ("m = -3", "`m = -3` can never hold: `m` goes from -2 to 2"),
        ("4 <= n", "`4 <= n` can never hold: `n` goes to 3"),
        ("n + m > 5", "`n + m > 5` can never hold: `n + m` goes from -2 to 5"),
        ("n > price + 1", "`n > price + 1` can never hold: `n` goes to 3, and `price + 1` goes from 3 to 4"),
        ("1 > 2", "`1 > 2` can never hold"),
        ("minutes > 20", "`minutes > 20` can never hold: `minutes` goes to 20"),
    ] {
        let clock = "(clock: (starts: \"20:40\", ends: \"21:00\"),";
        let story = shows(&format!("{{if f and {never} or f: yes | no}}")).replacen('(', clock, 1);
        let (code, said, _) = told(&story).unwrap_or_else(|| panic!("{never} is taken"));
        assert_eq!((code, said.as_str()), (Code::OutOfRange, message));
    }
    for holds in ["n >= 3", "n < 1", "m = -2", "n + m > 4", "n > price", "n + m - 1 < -2", "2 > 1", "not n >= 3"] {
        assert_eq!(told(&shows(&format!("{{if {holds}: yes | no}}"))), None, "{holds}");
    }
}

#[test]
fn a_name_of_the_language_is_no_name_of_a_storys() {
    let words = "visited heard meant answer first one again clock strike restore standing message carrier licence treatment \
                 handling and or not is if else true false";
    let scenes = "scenes: { \"a\": (text: \"A.\", end: \"z\") }";
    for word in words.split_whitespace() {
        let var = format!("(vars: {{ \"{word}\": (flag: true) }}, {scenes})");
        assert_eq!(told(&var).map(|it| it.0), Some(Code::BadName), "{word}");
        let sheet = format!("(sheets: {{ \"{word}\": (lines: {{ \"l\": \"L.\" }}) }}, {scenes})");
        assert_eq!(told(&sheet).map(|it| it.0), Some(Code::BadName), "{word}");
    }
    let both =
        format!("(vars: {{ \"card\": (flag: true) }}, sheets: {{ \"card\": (lines: {{ \"l\": \"L.\" }}) }}, {scenes})");
    let (code, message, _) = told(&both).expect("told");
    assert_eq!((code, message.as_str()), (Code::Twice, "`card` is a sheet and a variable"));
    for (name, good) in
        [("minutes", true), ("door-2", true), ("x--y", false), ("x-_y", false), ("x-", false), ("_x", true)]
    {
        let story = format!(
            "(vars: {{ \"{name}\": (min: 0, max: 2) }}, scenes: {{ \"a\": (text: \"{{{name}}}\", end: \"z\") }})"
        );
        assert_eq!(told(&story).map(|it| it.0), (!good).then_some(Code::BadName), "{name}");
    }
    for sheets in ["\"card\": (lines: { \"line 1\": \"L.\" })", "\"card\": (lines: { \"l--1\": \"L.\" })"] {
        assert_eq!(
            told(&format!("(sheets: {{ {sheets} }}, {scenes})")).map(|it| it.0),
            Some(Code::BadName),
            "{sheets}"
        );
    }
}

/// The one seat of a story without roles has a name: for sheets, for what it sees, for walks.
#[test]
fn the_one_seat_is_called_reader() {
    let story = story_from(
        r#"(
  vars: { "calm": (min: 0, max: 2, start: 1, seen_by: ["reader"]) },
  sheets: { "card": (name: "Card", lines: { "line-2": "Two." }) },
  scenes: {
    "a": (text: "A.", do: ["strike card.line-2"], choices: [(say: "On.", do: ["calm +1"], go: "b")]),
    "b": (text: "{if card.line-2 is reader: Mine. | Nobody's.}{if card.line-2 is standing:  Still.}", end: "z"),
  },
  walks: { "one": (seats: ["reader"], picks: ["On."], expect: ["card.line-2 is reader"], reads: { "reader": ["Mine"] }) },
)"#,
    );
    let mut session = night(&story, SeatId::new(0), 1);
    let page = hallway::view::view(&session, SeatId::new(0));
    assert_eq!(page.status().iter().map(|it| it.word.as_str()).collect::<Vec<_>>(), ["1"]);
    let scene = session.state().scene;
    session.input(hallway::engine::Input::Decide(scene, hallway::engine::Pick::Choice(0))).expect("open");
    let read: Vec<&str> = session.page(SeatId::new(0)).map(|block| block.text).collect();
    assert_eq!(read, ["Mine."]);
    assert_eq!(hallway::author::walk(&story, &story.walks[0]).faults, [""; 0]);
}

#[test]
fn a_branch_as_other_languages_begin_it_is_refused_with_the_right_form() {
    for (wrong, help) in [
        ("{if f: a | else: b}", "the words for the rest stand alone: `| …`"),
        ("{if f: a | otherwise: b}", "the words for the rest stand alone: `| …`"),
        ("{if f: a |\n  default : b}", "the words for the rest stand alone: `| …`"),
        ("{if f: a | else if n = 1: b | else: c}", "the words for the rest stand alone: `| …`"),
        ("{if f: a | elif n = 1: b | c}", "write `| else if n = 1: …`"),
        ("{if f: a | elseif n = 1: b}", "write `| else if n = 1: …`"),
        ("{if f: a | if n = 1: b | c}", "write `| else if n = 1: …`"),
        ("{if f: a | b | c}", "begin each branch but the first and the last with `else if …:`"),
        ("{first: a}", "write `{first: … | again: …}`"),
        ("{first: a | b}", "write `{first: … | again: …}`"),
        ("{first: a | else: b}", "write `{first: … | again: …}`"),
        ("{first: a | then: b}", "write `{first: … | again: …}`"),
        ("{first: a | again: b | c}", "write `{first: … | again: …}`"),
        ("{one of: a | or: b}", "write `{one of: … | … | …}`, the words alone in each branch"),
        ("{one of: a | else: b}", "write `{one of: … | … | …}`, the words alone in each branch"),
    ] {
        let (code, message, told) = told(&shows(wrong)).unwrap_or_else(|| panic!("{wrong} is taken"));
        assert_eq!((code, told.as_str()), (Code::BadMarkup, help), "{wrong}: {message}");
    }
    for (right, read) in [
        ("{if f: a | else  if n = 1: b | else\n if n = 2: c | d}", "c"),
        ("{if\n  n = 2: a | b}", "a"),
        ("{if f: a | if you ask me: no}", "if you ask me: no"),
        ("{if f: a | nothing else: no}", "nothing else: no"),
        ("{first: a | again: b}", "a"),
    ] {
        assert_eq!(page(&story_from(&shows(right))), read, "{right}");
    }
}
