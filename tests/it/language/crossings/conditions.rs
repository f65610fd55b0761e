//! Each condition in each place where a condition may stand.

use super::world::World;
use super::{faults, is_read};
use crate::language::playing::{seat_of, walked};
use crate::language::reading::Reading;
use crate::support::story_from;

/// What holds in the world of these stories, and what does not. The last word tells what it looks at: `sent` changes
/// once another message is sent, so that it is left out where that happens first.
const CONDITIONS: &[(&str, bool, &str)] = &[
    ("a = 1", true, ""),
    ("a = 2", false, ""),
    ("a < b", true, ""),
    ("b < a", false, ""),
    ("a <= 1", true, ""),
    ("a >= 2", false, ""),
    ("a > 1", false, ""),
    ("a + b = 3", true, ""),
    ("b - a > 1", false, ""),
    ("c < 0", true, ""),
    ("a + c = 0", true, ""),
    ("3 - a = b", true, ""),
    ("a is 1", true, ""),
    ("a is not 1", false, ""),
    ("a + b is not 3", false, ""),
    ("line is dead", true, ""),
    ("line is not clear", true, ""),
    ("line is not dead", false, ""),
    ("wet", true, ""),
    ("dry", false, ""),
    ("wet is true", true, ""),
    ("wet is false", false, ""),
    ("dry is not true", true, ""),
    ("not dry", true, ""),
    ("not wet", false, ""),
    ("visited(hall)", true, ""),
    ("visited(test)", true, ""),
    ("visited(attic)", false, ""),
    ("not visited(attic)", true, ""),
    ("heard(late)", true, ""),
    ("heard(early)", false, ""),
    ("heard(late) is softened", true, ""),
    ("heard(late) is plain", false, ""),
    ("heard(late) is not plain", true, ""),
    ("heard(early) is not plain", true, ""),
    ("slip.date is sender", true, ""),
    ("slip.date is standing", false, ""),
    ("slip.hour is standing", true, ""),
    ("slip.hour is not standing", false, ""),
    ("message is late", true, "sent"),
    ("message is none", false, "sent"),
    ("carrier is card", true, "sent"),
    ("licence is free", true, "sent"),
    ("treatment is softened", true, "sent"),
    ("handling is nod", true, "sent"),
    ("handling is none", false, "sent"),
    ("minutes = 5", true, "sent"),
    ("minutes > 5", false, "sent"),
    ("wet and a = 1", true, ""),
    ("wet and dry", false, ""),
    ("dry or a = 1", true, ""),
    ("dry or a = 2", false, ""),
    ("not a = 1", false, ""),
    ("not a = 2", true, ""),
    ("not wet and dry", false, ""),
    ("not (wet and dry)", true, ""),
    ("dry and dry or wet", true, ""),
    ("dry and (dry or wet)", false, ""),
];

/// The conditions by number, all of them or only what stays as it is when another message is sent.
fn conditions(all: bool) -> impl Iterator<Item = (usize, &'static str, bool)> {
    let list = CONDITIONS.iter().enumerate().filter(move |(_, (.., looks_at))| all || *looks_at != "sent");
    list.map(|(at, (text, holds, _))| (at, *text, *holds))
}

/// Something for each condition, one after another.
fn each(all: bool, one: impl Fn(usize, &str) -> String) -> String {
    conditions(all).map(|(at, text, _)| one(at, text)).collect::<Vec<_>>().join(" ")
}

/// What tells that a condition held: a word of its own.
fn word(at: usize) -> String {
    format!("y{at}y")
}

/// A scene that tells which of the flags are set.
fn tells(name: &str, all: bool) -> String {
    let text = each(all, |at, _| format!("{{if f{at}: {}.}}", word(at)));
    format!("{name:?}: (seat: \"sender\", text: \"Told. {text}\", choices: [(say: \"Stop.\", go: \"end\")]),")
}

fn flags(all: bool) -> String {
    each(all, |at, _| format!("\"f{at}\": (flag: true),"))
}

fn effects(all: bool) -> String {
    each(all, |at, condition| format!("\"f{at} = true if {condition}\","))
}

/// So many scenes without a person's decision are read on one page.
const STRETCH: usize = 14;

/// A scene for each condition, in which the story decides by it: of two choices one has a weight, and the other none.
fn leant() -> String {
    let mut scenes = String::from("\"test\": (go: \"r0\"),");
    for (at, condition, _) in conditions(true) {
        let more = format!("r{}", at + 1);
        let next = match at + 1 {
            last if last == CONDITIONS.len() => "end".to_owned(),
            stop if stop % STRETCH == 0 => format!("stop{stop}"),
            _ => more.clone(),
        };
        let choice = |say: &str, yes: u8, no: u8, go: String| {
            format!("(say: {say:?}, keep: true, lean: \"{yes} if {condition} else {no}\", go: {go:?}),")
        };
        let choices = choice("Yes.", 2, 0, format!("y{at}")) + &choice("No.", 0, 1, next.clone());
        scenes.push_str(&format!("\"r{at}\": (seat: \"fate\", text: \"Fate.\", choices: [{choices}]),"));
        scenes.push_str(&format!("\"y{at}\": (text: {:?}, go: {next:?}),", word(at)));
        if next.starts_with("stop") {
            scenes.push_str(&format!(
                "{next:?}: (seat: \"sender\", text: \"Stop.\", choices: [(say: \"On.\", go: {more:?})]),"
            ));
        }
    }
    scenes
}

/// The scene `test`, in which the sender decides.
fn decides(fields: &str) -> String {
    format!("\"test\": (seat: \"sender\", text: \"Test.\", {fields}),")
}

/// With a flag for each condition, and the scene that tells which of them are set.
fn with_flags(scenes: &str, all: bool) -> World {
    World { vars: flags(all), scenes: format!("{scenes}{}", tells("told", all)), ..World::default() }
}

/// A route for each condition, one after another.
fn routes(ways: impl Fn(usize, &str) -> String) -> World {
    let mut scenes = String::from("\"test\": (go: \"r0\"),");
    for (at, condition, _) in conditions(true) {
        let next = if at + 1 < CONDITIONS.len() { format!("r{}", at + 1) } else { "told".to_owned() };
        scenes.push_str(&format!("\"r{at}\": (route: [{}]),", ways(at, condition)));
        scenes.push_str(&format!("\"y{at}\": (do: [\"f{at} = true\"], go: {next:?}), \"n{at}\": (go: {next:?}),"));
    }
    with_flags(&scenes, true)
}

/// Ways of passing of one kind (0 to 3, as [`World::ways`] has them), and the scene that offers all of them.
fn ways(kind: usize, fields: impl Fn(usize, &str) -> String, scene: &str) -> World {
    let names = each(true, |at, _| format!("\"w{at}\","));
    let mut world = World { scenes: decides(&scene.replace("WAYS", &names)), ..World::default() };
    world.ways[kind] = each(true, |at, condition| format!("\"w{at}\": ({}),", fields(at, condition)));
    world
}

/// A way of passing that does, under each condition, something of its own; it is taken by `pick`.
fn doing(kind: usize, scene: &str, pick: &str) -> World {
    let mut world = with_flags(&decides(scene), false);
    world.ways[kind] = format!("\"k\": (name: \"K\", do: [{}])", effects(false));
    World { picks: vec![pick.to_owned()], ..world }
}

/// Choices, a text, a message: what a condition stands in is said once, and each is read in its own words.
fn simple(all: &str, one: impl Fn(usize, &str) -> String) -> World {
    World { scenes: decides(&all.replace("EACH", &each(true, one))), ..World::default() }
}

/// The places where a condition may stand, by name; a story with each condition there; whether all of them stand there.
fn places() -> Vec<(&'static str, World, bool)> {
    let on = "(say: \"On.\", go: \"end\")";
    let choices = format!("choices: [EACH {on}]");
    let effects = effects(true);
    let name_and_when = |at: usize, condition: &str| format!("name: \"{}\", when: \"{condition}\"", word(at));
    let name = |at: usize, _: &str| format!("name: \"{}\"", word(at));
    let picking = |pick: &str, world: World| World { picks: vec![pick.to_owned()], ..world };
    let texts = |form: &dyn Fn(&str, String) -> String| {
        let text = each(true, |at, condition| form(condition, word(at)));
        World {
            scenes: format!("\"test\": (seat: \"sender\", text: \"{text}\", choices: [{on}]),"),
            ..World::default()
        }
    };
    let read_as_late = |when: bool| {
        each(true, |at, condition| {
            let when = if when { format!(", when: \"{condition}\"") } else { String::new() };
            format!("\"w{at}\": (text: \"late\"{when}),")
        })
    };
    let relay = "relay: (treatments: [WAYS], go: \"end\")";
    let messages = each(true, |at, condition| {
        let say = word(at);
        let fields = format!("from: \"sender\", to: \"other\", say: {say:?}, gist: \"it\", when: \"{condition}\"");
        format!("\"m{at}\": ({fields}, heard: {{ \"plain\": (text: \"it\") }}),")
    });
    let of_a_message = format!(
        "\"m\": (from: \"sender\", to: \"other\", say: \"Send.\", gist: \"it\", do: [{}], heard: {{ \"plain\": (text: \"it\") }}),",
        self::effects(false)
    );
    let standing = format!(", standing: (say: \"Do.\", do: [{effects}], go: \"told\")");
    vec![
        (
            "`when` of a choice",
            simple(&choices, |at, condition| format!("(say: {:?}, when: \"{condition}\", go: \"end\"),", word(at))),
            true,
        ),
        (
            "`when` of a locked choice",
            simple(&choices, |at, condition| {
                format!("(say: {:?}, when: \"{condition}\", locked: \"Not now.\", go: \"end\"),", word(at))
            }),
            true,
        ),
        ("`{if}`", texts(&|condition, word| format!("{{if {condition}: {word} | no.}}")), true),
        ("`{else if}`", texts(&|condition, word| format!("{{if dry: no. | else if {condition}: {word} | no.}}")), true),
        (
            "`when` of a route",
            routes(|at, condition| format!("(when: \"{condition}\", go: \"y{at}\"), (go: \"n{at}\")")),
            true,
        ),
        (
            "`odds`",
            routes(|at, condition| {
                let odds = |yes: u8, no: u8| format!("odds: \"{yes} if {condition} else {no}\"");
                format!("({}, go: \"y{at}\"), ({}, go: \"n{at}\")", odds(5, 0), odds(0, 1))
            }),
            true,
        ),
        (
            "`lean`",
            World { scenes: leant(), picks: vec!["on".to_owned(); CONDITIONS.len() / STRETCH], ..World::default() },
            true,
        ),
        (
            "`when` of a message",
            World {
                messages,
                ..simple(&format!("pass: (messages: [EACH], go: \"end\"), choices: [{on}]"), |at, _| {
                    format!("\"m{at}\",")
                })
            },
            true,
        ),
        (
            "`when` of a carrier",
            picking("late / w0", ways(0, name_and_when, "pass: (messages: [\"late\"], by: [WAYS], go: \"end\")")),
            true,
        ),
        (
            "`when` of a licence",
            picking("late / w0", ways(1, name_and_when, "pass: (messages: [\"late\"], licences: [WAYS], go: \"end\")")),
            true,
        ),
        ("`when` of a treatment", World { readings: read_as_late(false), ..ways(2, name_and_when, relay) }, true),
        ("`when` of a reading", World { readings: read_as_late(true), ..ways(2, name, relay) }, true),
        ("`when` of a handling", ways(3, name_and_when, "receive: (handlings: [WAYS], go: \"end\")"), true),
        ("`do` of a scene", with_flags(&format!("\"test\": (do: [{effects}], go: \"told\"),"), true), true),
        (
            "`do` of a choice",
            picking(
                "do",
                with_flags(&decides(&format!("choices: [(say: \"Do.\", do: [{effects}], go: \"told\")]")), true),
            ),
            true,
        ),
        ("`do` of a way", with_flags(&format!("\"test\": (route: [(do: [{effects}], go: \"told\")]),"), true), true),
        (
            "`do` of a standing choice",
            World { sender: standing, ..picking("standing", with_flags(&decides(&format!("choices: [{on}]")), true)) },
            true,
        ),
        (
            "`do` of a message",
            World {
                messages: of_a_message,
                ..picking("m", with_flags(&decides("pass: (messages: [\"m\"], go: \"told\")"), false))
            },
            false,
        ),
        ("`do` of a carrier", doing(0, "pass: (messages: [\"late\"], by: [\"k\"], go: \"told\")", "late / k"), false),
        (
            "`do` of a licence",
            doing(1, "pass: (messages: [\"late\"], licences: [\"k\"], go: \"told\")", "late / k"),
            false,
        ),
        (
            "`do` of a treatment",
            World {
                readings: "\"k\": (text: \"late\"),".to_owned(),
                ..doing(2, "relay: (treatments: [\"k\"], go: \"told\")", "k")
            },
            false,
        ),
        ("`do` of a handling", doing(3, "receive: (handlings: [\"k\"], go: \"told\")", "k"), false),
    ]
}

#[test]
fn each_condition_holds_in_each_place_as_everywhere() {
    let mut found = Vec::new();
    for (place, world, all) in places() {
        let story = story_from(&world.text());
        let told = |pages: &[Reading]| {
            let wrong =
                conditions(all).filter(|(at, _, holds)| pages.iter().any(|page| is_read(page, &word(*at))) != *holds);
            wrong.map(|(_, condition, holds)| format!("`{condition}` should be {holds}")).collect()
        };
        found.extend(faults(&story, "sender", &told).into_iter().map(|fault| format!("{place}: {fault}")));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// A role has one standing choice, so that each condition has a story of its own.
#[test]
fn each_condition_opens_a_standing_choice() {
    for (_, condition, holds) in conditions(true) {
        let world = World {
            sender: format!(", standing: (say: \"Stand.\", when: \"{condition}\", go: \"end\")"),
            scenes: "\"test\": (seat: \"sender\", text: \"Test.\", choices: [(say: \"On.\", go: \"end\")]),".to_owned(),
            ..World::default()
        };
        let story = story_from(&world.text());
        let playing = walked(&story, &story.walks[0], seat_of(&story, "sender"));
        let offered = playing.pages.last().is_some_and(|page| is_read(page, "Stand."));
        assert_eq!(offered, holds, "{condition}");
    }
}

/// A walk that expects what holds comes out, and one that expects what does not is told so.
#[test]
fn each_condition_can_be_expected_of_a_walk() {
    let scenes = "\"test\": (seat: \"sender\", text: \"Test.\", choices: [(say: \"On.\", go: \"end\")]),".to_owned();
    let world = World { scenes, ..World::default() }.text();
    let expected = each(true, |_, condition| format!("{condition:?},"));
    let story = story_from(&world.replace("through: [\"hall\"]", &format!("expect: [{expected}]")));
    let faults = hallway::author::walk(&story, &story.walks[0]).faults;
    let wrong = conditions(true).filter(|(.., holds)| !holds);
    let wanted: Vec<String> = wrong.map(|(_, text, _)| format!("at its end this should hold: {text}")).collect();
    assert_eq!(faults, wanted);
}
