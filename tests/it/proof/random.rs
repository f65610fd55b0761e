//! Small random stories. Most are unsound in some way, which is what they are for.

use crate::support::Dice;

/// A small random story. Most are unsound in some way, which is what they are for.
pub fn random_story(dice: &mut Dice) -> String {
    let scenes = 3 + dice.below(5);
    // Hope has three values, which may lie apart and on either side of 0; what it is compared with may lie between.
    let (least, step) = [(0, 1), (0, 5), (-5, 5), (2, 3)][dice.below(4)];
    let hope = |value: i32| least + step * value;
    let clock = dice.below(3) == 0;
    let condition = |dice: &mut Dice| {
        let one = |dice: &mut Dice| {
            let less = dice.below(step as usize) as i32;
            match dice.below(if clock { 14 } else { 10 }) {
                10 => "minutes >= 10".to_owned(),
                11 => "minutes < 20".to_owned(),
                12 => "minutes = 5".to_owned(),
                13 => "minutes < 10".to_owned(),
                0 => format!("hope >= {}", hope(1) - less),
                1 => format!("hope = {}", hope(2)),
                2 => format!("hope < {}", hope(2) - less),
                3 => "mood is calm".to_owned(),
                4 => "mood is not cross".to_owned(),
                5 => "told".to_owned(),
                6 => "not told".to_owned(),
                7 => "visited(s1)".to_owned(),
                8 => format!("hope + fear > {}", hope(1) + 1),
                _ => "fear <= 1".to_owned(),
            }
        };
        match dice.below(4) {
            0 => format!("{} and {}", one(dice), one(dice)),
            1 => format!("{} or {}", one(dice), one(dice)),
            2 => format!("not ({})", one(dice)),
            _ => one(dice),
        }
    };
    let effect = |dice: &mut Dice| {
        let base = match dice.below(if clock { 12 } else { 10 }) {
            10 => "minutes +5".to_owned(),
            11 => "minutes +10".to_owned(),
            0 => format!("hope +{step}"),
            1 => format!("hope -{step}"),
            2 => format!("hope = {}", hope(2)),
            3 => "fear +2".to_owned(),
            4 => "fear -1".to_owned(),
            5 => "mood = cross".to_owned(),
            6 => "mood = calm".to_owned(),
            7 => "mood = sad".to_owned(),
            8 => "told = true".to_owned(),
            _ => "told = false".to_owned(),
        };
        if dice.below(4) == 0 { format!("{base} if {}", condition(dice)) } else { base }
    };
    let effects = |dice: &mut Dice| -> String {
        let list: Vec<String> = (0..dice.below(3)).map(|_| format!("\"{}\"", effect(dice))).collect();
        format!("do: [{}]", list.join(", "))
    };
    let mut out = String::from("(");
    if clock {
        out.push_str(
            [
                "clock: (starts: \"20:00\", ends: \"20:20\", tick: 5),",
                "clock: (starts: \"20:00\", ends: \"20:25\", tick: 10),",
            ][dice.below(2)],
        );
    }
    let stops = dice.below(4) == 0;
    if stops {
        out.push_str("freeze: \"stop\",");
    }
    out.push_str(&format!(
        "vars: {{ \"hope\": (min: {least}, max: {}, start: {}), \"fear\": (min: 0, max: 3, start: 1), \"mood\": (states: [\"calm\", \"cross\", \"sad\"]), \"told\": (flag: true) }}, scenes: {{\n",
        hope(2),
        hope(dice.below(3) as i32)
    ));
    for at in 0..scenes {
        let go = |dice: &mut Dice| format!("\"s{}\"", dice.below(scenes + 1));
        let twice = if dice.below(4) == 0 { "{first: Once. | again: Twice.}" } else { "" };
        let text = format!("text: \"Here. {{if {}: Then. | Else.}}{twice}\"", condition(dice));
        let body = match dice.below(6) {
            0 if at > 0 => format!("{text}, end: \"E{at}\""),
            1 => {
                let odds = if dice.below(2) == 0 { format!("odds: {}, ", dice.below(3)) } else { String::new() };
                let when = condition(dice);
                format!(
                    "{text}, route: [({odds}when: \"{when}\", {}, go: {}), (go: {})]",
                    effects(dice),
                    go(dice),
                    go(dice)
                )
            }
            _ => {
                let choices: Vec<String> = (0..1 + dice.below(3))
                    .map(|number| {
                        let when =
                            if dice.below(2) == 0 { format!(", when: \"{}\"", condition(dice)) } else { String::new() };
                        let keep = if dice.below(3) == 0 { ", keep: true" } else { "" };
                        let to = if dice.below(4) == 0 { String::new() } else { format!(", go: {}", go(dice)) };
                        let lean = lean(dice, &condition);
                        let reply = reply(dice, &condition);
                        format!("(say: \"{number}\"{when}{keep}{to}{lean}{reply}, {})", effects(dice))
                    })
                    .collect();
                let otherwise = if dice.below(2) == 0 { format!(", otherwise: {}", go(dice)) } else { String::new() };
                format!("{text}, {}, choices: [{}]{otherwise}", effects(dice), choices.join(", "))
            }
        };
        out.push_str(&format!("  \"s{at}\": ({body}),\n"));
    }
    if stops {
        let when = condition(dice);
        out.push_str(&format!("  \"stop\": (text: \"Here. {{if {}: Then. | Else.}}\", route: [(when: \"{when}\", go: \"stopped\"), (go: \"s{scenes}\")]),\n", condition(dice)));
        out.push_str(&format!(
            "  \"stopped\": (text: \"Here. {{if {}: Then. | Else.}}\", end: \"Stopped\"),\n",
            condition(dice)
        ));
    }
    out.push_str(&format!("  \"s{scenes}\": (text: \"Done.\", end: \"Done\"),\n}})\n"));
    out
}

/// What comes of a choice at once, or nothing.
fn reply(dice: &mut Dice, condition: &dyn Fn(&mut Dice) -> String) -> String {
    let words = |condition| format!(", reply: \"{{if {condition}: Then. | Else.}}\"");
    if dice.below(2) == 0 { words(condition(dice)) } else { String::new() }
}

/// How the story leans to something: as to anything else, not at all, or as things stand.
fn lean(dice: &mut Dice, condition: &dyn Fn(&mut Dice) -> String) -> String {
    match dice.below(6) {
        0 => ", lean: 0".to_owned(),
        1 => format!(", lean: \"2 if {} else 0\"", condition(dice)),
        2 => ", lean: 3".to_owned(),
        _ => String::new(),
    }
}

/// A small random story of three seats in which messages are passed, treated, handled, and lines are struck.
pub fn random_passing_story(dice: &mut Dice) -> String {
    if dice.below(4) == 0 {
        return passing_in_a_circle(dice);
    }
    let scenes = 4 + dice.below(5);
    let clock = dice.below(3) == 0;
    let condition = |dice: &mut Dice| {
        let one = |dice: &mut Dice| {
            [
                "trust >= 1",
                "trust = 2",
                "trust < 2",
                "heard(ask) is plain",
                "heard(ask) is bent",
                "heard(deny)",
                "not heard(ask)",
                "treatment is bent",
                "carrier is note",
                "message is deny",
                "handling is kept",
                "card.one is struck",
                "card.two is a",
                "visited(s1)",
                "heard(deny) is bent",
                "heard(ask) is not plain",
                "licence is own",
                "treatment is none",
                "minutes >= 5",
                "minutes >= 10",
                "minutes < 15",
            ][dice.below(if clock { 21 } else { 18 })]
            .replace("card.one is struck", "not card.one is standing")
        };
        match dice.below(4) {
            0 => format!("{} and {}", one(dice), one(dice)),
            1 => format!("{} or {}", one(dice), one(dice)),
            2 => format!("not ({})", one(dice)),
            _ => one(dice),
        }
    };
    let effects = |dice: &mut Dice| -> String {
        let list: Vec<String> = (0..dice.below(3))
            .map(|_| {
                let base =
                    ["trust +1", "trust -1", "trust = 0", "heard(ask) = plain", "strike card.one", "restore card.two"]
                        [dice.below(6)];
                let only = if dice.below(4) == 0 { format!(" if {}", condition(dice)) } else { String::new() };
                format!("\"{base}{only}\"")
            })
            .collect();
        format!("do: [{}]", list.join(", "))
    };
    let when = |dice: &mut Dice| {
        if dice.below(3) == 0 { format!(", when: \"{}\"", condition(dice)) } else { String::new() }
    };
    let standing = |dice: &mut Dice| match dice.below(4) {
        0 => format!(", standing: (say: \"Leave.\", go: \"s{}\")", dice.below(scenes + 1)),
        1 => {
            format!(", standing: (say: \"Leave.\", go: \"s{}\", when: \"{}\")", dice.below(scenes + 1), condition(dice))
        }
        _ => String::new(),
    };
    let mut out = format!(
        "(roles: {{ \"a\": (name: \"A\"{}), \"b\": (name: \"B\"{}), \"c\": (name: \"C\") }},\n",
        standing(dice),
        standing(dice)
    );
    if clock {
        out.push_str("clock: (starts: \"20:00\", ends: \"20:20\", tick: 5),\n");
    }
    let stops = dice.below(5) == 0;
    if stops {
        out.push_str("freeze: \"stop\",\n");
    }
    out.push_str("vars: { \"trust\": (min: 0, max: 2, start: 1) },\n");
    out.push_str("sheets: { \"card\": (name: \"Card\", lines: { \"one\": \"One\", \"two\": \"Two\" }) },\n");
    for (list, ids) in [
        ("carriers", ["note", "word"]),
        ("licences", ["free", "own"]),
        ("treatments", ["plain", "bent"]),
        ("handlings", ["read", "kept"]),
    ] {
        let manner = |dice: &mut Dice, id: &str| {
            let minutes = if clock && dice.below(2) == 0 { ", minutes: 5" } else { "" };
            let lean = lean(dice, &condition);
            // What asks for the time tells whether it has gone by before.
            let does = match !minutes.is_empty() && dice.below(3) > 0 {
                true => format!("do: [\"trust = {} if minutes >= {}\"]", 2 * dice.below(2), 5 * (1 + dice.below(4))),
                false => effects(dice),
            };
            format!("\"{id}\": (name: \"{id}\", {does}{}{minutes}{lean})", when(dice))
        };
        out.push_str(&format!("{list}: {{ {}, {} }},\n", manner(dice, ids[0]), manner(dice, ids[1])));
    }
    out.push_str("messages: {\n");
    for id in ["ask", "deny"] {
        let keep = if dice.below(2) == 0 { ", keep: true" } else { "" };
        let bent = if dice.below(3) > 0 {
            format!(", \"bent\": (text: \"bent\", {}{}{})", effects(dice), when(dice), lean(dice, &condition))
        } else {
            String::new()
        };
        out.push_str(&format!(
            "  \"{id}\": (from: \"a\", to: \"b\", say: \"{id}\", gist: \"{id}\"{}{keep}{}, heard: {{ \"plain\": (text: \"plain\", {}){bent} }}),\n",
            when(dice),
            lean(dice, &condition),
            effects(dice)
        ));
    }
    out.push_str("},\nscenes: {\n");
    for at in 0..scenes {
        let go = |dice: &mut Dice| format!("\"s{}\"", dice.below(scenes + 1));
        let twice = if dice.below(4) == 0 { "{first: Once. | again: Twice.}" } else { "" };
        let text = format!("text: \"Here. {{if {}: Then. | Else.}}{twice}\", {}", condition(dice), effects(dice));
        let otherwise = |dice: &mut Dice| {
            if dice.below(3) > 0 { format!(", otherwise: {}", go(dice)) } else { String::new() }
        };
        let choices = |dice: &mut Dice| {
            if dice.below(2) == 0 {
                return String::new();
            }
            let keep = if dice.below(3) == 0 { ", keep: true" } else { "" };
            let (go, effects, when) = (go(dice), effects(dice), when(dice));
            let reply = reply(dice, &condition);
            format!(", choices: [(say: \"1\", go: {go}, {effects}{when}{keep}{reply}{})]", lean(dice, &condition))
        };
        let body = match dice.below(6) {
            0 if at > 0 => format!("{text}, end: \"E{at}\""),
            1 | 2 => {
                let by = ["", ", by: [\"note\", \"word\"]", ", by: [\"word\"], licences: [\"free\", \"own\"]"]
                    [dice.below(3)];
                format!(
                    "seat: \"a\", {text}, pass: (messages: [\"ask\", \"deny\"]{by}, go: {}){}{}",
                    go(dice),
                    choices(dice),
                    otherwise(dice)
                )
            }
            3 => format!(
                "seat: \"c\", {text}, relay: (treatments: [\"plain\", \"bent\"], go: {}){}{}",
                go(dice),
                choices(dice),
                otherwise(dice)
            ),
            4 => format!(
                "seat: \"b\", {text}, receive: (handlings: [\"read\", \"kept\"], go: {}){}{}",
                go(dice),
                choices(dice),
                otherwise(dice)
            ),
            _ => format!("seat: \"b\", {text}, mark: (sheet: \"card\", most: 1, go: {})", go(dice)),
        };
        out.push_str(&format!("  \"s{at}\": ({body}),\n"));
    }
    if stops {
        let (way, then) = (condition(dice), condition(dice));
        out.push_str(&format!("  \"stop\": (text: \"Here. {{if {then}: Then. | Else.}}\", route: [(when: \"{way}\", go: \"stopped\"), (go: \"s{scenes}\")]),\n"));
        out.push_str("  \"stopped\": (text: \"Stopped.\", end: \"Stopped\"),\n");
    }
    out.push_str(&format!("  \"s{scenes}\": (text: \"Done.\", end: \"Done\"),\n}})\n"));
    out
}

/// A message is passed, treated and handled, over and over, until it has gone as is wanted: what is left of the one
/// before, and what the story leans to, decide there whether it ever ends.
fn passing_in_a_circle(dice: &mut Dice) -> String {
    let condition = |dice: &mut Dice| {
        let one = |dice: &mut Dice| {
            [
                "treatment is bent",
                "treatment is none",
                "handling is kept",
                "handling is none",
                "heard(ask) is bent",
                "heard(deny) is plain",
                "carrier is note",
                "licence is own",
                "message is deny",
                "trust >= 1",
            ][dice.below(10)]
        };
        let (a, b) = (one(dice), one(dice));
        match dice.below(4) {
            0 => format!("{a} and {b}"),
            1 => format!("not ({a})"),
            _ => a.to_owned(),
        }
    };
    let mut out = "(roles: { \"a\": (name: \"A\"), \"b\": (name: \"B\"), \"c\": (name: \"C\") },\nvars: { \"trust\": (min: 0, max: 1) },\n".to_owned();
    for (list, ids) in [
        ("carriers", ["note", "word"]),
        ("licences", ["free", "own"]),
        ("treatments", ["plain", "bent"]),
        ("handlings", ["read", "kept"]),
    ] {
        let [one, other] = ids.map(|id| format!("\"{id}\": (name: \"{id}\"{})", lean(dice, &condition)));
        out.push_str(&format!("{list}: {{ {one}, {other} }},\n"));
    }
    let messages = ["ask", "deny"].map(|id| {
        let readings = ["plain", "bent"].map(|how| {
            let does = if dice.below(4) == 0 { ", do: [\"trust +1\"]" } else { "" };
            format!("\"{how}\": (text: \"{how}\"{does}{})", lean(dice, &condition))
        });
        let (lean, readings) = (lean(dice, &condition), readings.join(", "));
        format!("\"{id}\": (from: \"a\", to: \"b\", say: \"{id}\", gist: \"{id}\", keep: true{lean}, heard: {{ {readings} }})")
    });
    let mut here = |rest: String| format!("(text: \"Here. {{if {}: Then. | Else.}}\", {rest})", condition(dice));
    let scenes = [
        here("seat: \"a\", pass: (messages: [\"ask\", \"deny\"], by: [\"note\", \"word\"], licences: [\"free\", \"own\"], go: \"s1\")".to_owned()),
        here("seat: \"c\", relay: (treatments: [\"plain\", \"bent\"], go: \"s2\")".to_owned()),
        here("seat: \"b\", receive: (handlings: [\"read\", \"kept\"], go: \"s3\")".to_owned()),
    ];
    let back = ["s0", "s0", "s1"][dice.below(3)];
    let route = format!("(route: [(when: \"{}\", go: \"s4\"), (go: \"{back}\")])", condition(dice));
    let end = "(text: \"Done.\", end: \"Done\")".to_owned();
    let scenes = scenes.into_iter().chain([route, end]).enumerate();
    let scenes: String = scenes.map(|(at, scene)| format!("  \"s{at}\": {scene},\n")).collect();
    format!("{out}messages: {{ {} }},\nscenes: {{\n{scenes}}})\n", messages.join(", "))
}

/// The same story with words of their own in every branch, and branches within branches, in what is heard, in what is
/// offered and in what is answered: each word stands once, as `W` and a number.
pub fn with_words(text: &str, dice: &mut Dice) -> String {
    let mut number = 0;
    let mut word = || {
        number += 1;
        format!("W{number}.")
    };
    let mut conditions = Vec::new();
    let mut parts = text.split("{if ");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (condition, rest) = part.split_once(": Then. | Else.}").expect("as the stories are written");
        conditions.push(condition.to_owned());
        let other = conditions[dice.below(conditions.len())].clone();
        let branches = format!("{{if {condition}: {} | {}}}", word(), word());
        out.push_str(&match dice.below(6) {
            0 => format!("{{first: {branches} | again: {} {{if {other}: {}}}}}", word(), word()),
            1 => format!("{{one of: {branches} | {} | {{if not ({condition}): {}}}}}", word(), word()),
            2 => format!("{{if {condition}: {{if {other}: {} | {}}} | {}}}", word(), word(), word()),
            3 => format!("{{if {condition}: {} | else if {other}: {} | {}}}", word(), word(), word()),
            _ => branches,
        });
        out.push_str(rest);
    }
    for (plain, field) in
        [("gist: \"", "gist"), ("text: \"bent", "reading"), ("text: \"plain", "reading"), ("say: \"", "say")]
    {
        let mut parts = out.split(plain).map(str::to_owned).collect::<Vec<_>>().into_iter();
        let mut next = parts.next().unwrap_or_default();
        for part in parts {
            let other = &conditions[dice.below(conditions.len())];
            // What a message is called is no prose.
            let called = field == "say" && (part.starts_with("ask") || part.starts_with("deny"));
            let more = match dice.below(3) {
                _ if called => String::new(),
                0 if field == "say" => format!("{{first: {} | again: {}}} ", word(), word()),
                _ => format!("{{if {other}: {} | {}}} ", word(), word()),
            };
            let (head, tail) = plain.split_at(plain.find('"').expect("a text") + 1);
            next.push_str(&format!("{head}{more}{tail}{part}"));
        }
        out = next;
    }
    out
}

/// The words of [`with_words`] in a text.
pub fn own_words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.starts_with('W') && word[1..].parse::<u32>().is_ok())
        .map(str::to_owned)
}
