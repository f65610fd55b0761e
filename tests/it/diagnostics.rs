//! What is told of a story's faults, and of what it does not say well: where, by which code, with what help.

use hallway::story::{Code, Severity, Sources, check};

use crate::words::MANY;

/// What is told of a story's first error, with its help.
pub fn told(text: &str) -> Option<(Code, String, String)> {
    let sources = Sources::from_texts([("story.ron", text)]);
    let all = check(&sources, Vec::new()).diagnostics;
    let error = all.into_iter().find(|one| one.severity() == Severity::Error)?;
    Some((error.code, error.message, error.help.unwrap_or_default()))
}

#[test]
fn a_slip_in_an_expression_is_told_with_what_to_write() {
    let story = |when: &str, does: &str| {
        format!(
            "(vars: {{ {MANY} }}, scenes: {{ \"a\": (text: \"A.\", choices: [(say: \"A.\", when: \"{when}\", do: [\"{does}\"], go: \"z\")]), \"z\": (text: \"Z.\", end: \"z\") }})"
        )
    };
    for (when, help) in [
        ("f && f", "write `f and f`"),
        ("f || f", "write `f or f`"),
        ("s != red", "write `s is not red`"),
        ("n == 2", "write `n is 2`"),
        ("n => 2", "write `n >= 2`"),
        ("n =< 2", "write `n <= 2`"),
        ("!f", "write `not f`"),
        ("s is 'red'", "write `s is red`"),
        ("s is “red”", "write `s is red`"),
        ("s is blue", "its states are: `red`, `green`"),
        ("s is gren", "did you mean `green`?"),
        ("nn > 1", "did you mean `n`?"),
        ("n-m > 1", "to take something away, put a blank before the minus: `n - m`"),
        ("unheard_of", "declare it under `vars`, or write one of `f`, `m`, `n`, `s`"),
    ] {
        let (_, message, told) = told(&story(when, "n +1")).unwrap_or_else(|| panic!("{when} is taken"));
        assert_eq!(told, help, "{when}: {message}");
    }
    for (does, help) in [("n += 1", "write `n +1`"), ("n -= 1", "write `n -1`")] {
        assert_eq!(told(&story("f", does)).expect("it is told").2, help, "{does}");
    }
    for fine in ["n +1", "n -1", "n + 1", "n - 1", "n = 5", "f = true", "f = false", "s = red"] {
        assert_eq!(told(&story("n >= 1 and n <= 5", fine)), None, "{fine}");
    }
}

/// A colour and a language as people write them are told with what to write.
#[test]
fn what_a_story_is_dressed_in_is_told_with_what_to_write() {
    for (field, help) in [
        ("accent: \"purple\"", "for instance `\"#7a1f1f\"`"),
        ("accent: \"#fff\"", "write `\"#ffffff\"`"),
        ("accent: \"6b2d5c\"", "write `\"#6b2d5c\"`"),
        ("accent: \"#ffffff\"", "is the lightest shade that will do"),
        ("language: \"jp\"", "write `\"ja\"`"),
        ("language: \"en-UK\"", "write `\"en-GB\"`"),
        ("language: \"xx\"", "for instance `\"en\"`"),
        ("language: \"English\"", "write `\"en\"`"),
    ] {
        let story = format!("({field}, scenes: {{ \"z\": (text: \"Z.\", end: \"z\") }})");
        let (_, message, told) = told(&story).unwrap_or_else(|| panic!("{field} is taken"));
        assert!(told.contains(help), "{field}: {message}: {told}");
    }
    for field in ["language: \"EN\"", "language: \"en-gb\"", "language: \"zh-Hant\""] {
        assert_eq!(told(&format!("({field}, scenes: {{ \"z\": (text: \"Z.\", end: \"z\") }})")), None, "{field}");
    }
}

#[test]
fn every_bound_is_where_it_is_said_to_be() {
    let many = |count: usize, one: &dyn Fn(usize) -> String| (0..count).map(one).collect::<Vec<_>>().join(", ");
    let end = "\"z\": (text: \"Z.\", end: \"z\")";
    let story = |fields: String| format!("({fields}, scenes: {{ {end} }})");
    let roles = |n| story(format!("roles: {{ {} }}", many(n, &|at| format!("\"r{at}\": (name: \"R\")"))));
    let choices = |n| {
        format!(
            "(scenes: {{ \"a\": (text: \"A.\", choices: [{}]), {end} }})",
            many(n, &|_| "(say: \"On.\", go: \"z\")".to_owned())
        )
    };
    let sheet = |n| {
        story(format!(
            "sheets: {{ \"card\": (name: \"C\", lines: {{ {} }}) }}",
            many(n, &|at| format!("\"l{at}\": \"L.\""))
        ))
    };
    let states = |n| story(format!("vars: {{ \"v\": (states: [{}]) }}", many(n, &|at| format!("\"s{at}\""))));
    let manners = |n| story(format!("handlings: {{ {} }}", many(n, &|at| format!("\"h{at}\": (name: \"H\")"))));
    let sheets = |n| {
        story(format!(
            "sheets: {{ {} }}",
            many(n, &|at| format!("\"c{at}\": (name: \"C\", lines: {{ \"a\": \"A.\" }})"))
        ))
    };
    let range = |n| story(format!("vars: {{ \"v\": (min: 0, max: {}) }}", n - 1));
    let low = |n: usize| story(format!("vars: {{ \"v\": (min: -{n}, max: -9990) }}"));
    let high = |n: usize| story(format!("vars: {{ \"v\": (min: 9990, max: {n}) }}"));
    let named = |n| story(format!("vars: {{ \"{}\": (flag: true) }}", "v".repeat(n)));
    let weight = |n: usize| {
        format!("(scenes: {{ \"a\": (text: \"A.\", choices: [(say: \"A.\", lean: {n}, go: \"z\")]), {end} }})")
    };
    let minutes = |n: usize| {
        story(format!(
            "clock: (starts: \"17:00\", ends: \"19:00\", tick: 5), handlings: {{ \"h\": (name: \"H\", minutes: {n}) }}"
        ))
    };
    let messages = |n| {
        let one = |at| {
            format!(
                "\"m{at}\": (from: \"a\", to: \"a\", say: \"M{at}.\", gist: \"m\", heard: {{ \"plain\": (text: \"m\") }})"
            )
        };
        format!(
            "(roles: {{ \"a\": (name: \"A\") }}, messages: {{ {} }}, scenes: {{
              \"a\": (seat: \"a\", text: \"A.\", pass: (messages: [{}], go: \"z\")), {end} }})",
            many(n, &one),
            many(n, &|at| format!("\"m{at}\""))
        )
    };
    type Bound<'b> = (&'b dyn Fn(usize) -> String, usize, Code);
    let bounds: [Bound<'_>; 13] = [
        (&roles, 16, Code::TooMany),
        (&choices, 60, Code::TooMany),
        (&messages, 1000, Code::TooMany),
        (&sheet, 12, Code::MissingField),
        (&states, 100, Code::BadDomain),
        (&manners, 100, Code::TooMany),
        (&sheets, 100, Code::TooMany),
        (&range, 1000, Code::BadDomain),
        (&low, 10_000, Code::BadDomain),
        (&high, 10_000, Code::BadDomain),
        (&named, 64, Code::BadName),
        (&weight, 10_000, Code::OutOfRange),
        (&minutes, 600, Code::OutOfRange),
    ];
    for (at, (make, most, code)) in bounds.into_iter().enumerate() {
        assert_eq!(told(&make(most)), None, "bound {at}");
        assert_eq!(told(&make(most + 1)).map(|it| it.0), Some(code), "bound {at}");
    }
    assert_eq!(told(&sheet(0)).map(|it| it.0), Some(Code::MissingField));
    assert_eq!(told(&states(0)).map(|it| it.0), Some(Code::BadDomain));
    for (from, to, start, fine) in
        [(0, 5, 5, true), (0, 5, 6, false), (2, 5, 2, true), (2, 5, 1, false), (3, 2, 3, false)]
    {
        let text = story(format!("vars: {{ \"v\": (min: {from}, max: {to}, start: {start}) }}"));
        assert_eq!(told(&text).is_none(), fine, "{text}");
    }
    for name in ["and", "9", "-a", "a-", "a b", "is"] {
        assert_eq!(told(&story(format!("vars: {{ \"{name}\": (flag: true) }}"))).map(|it| it.0), Some(Code::BadName));
    }
}

#[test]
fn a_warning_is_allowed_on_its_line_or_the_one_above_and_with_a_reason() {
    let story = |above: &str, before: &str, behind: &str| {
        format!(
            "{above}(\n  vars: {{\n    {before}\n    \"v\": (min: 0, max: 3), {behind}\n  }},\n  scenes: {{ \"a\": (text: \"A.\", end: \"z\") }},\n)"
        )
    };
    let warned = |text: &str| {
        let sources = Sources::from_texts([("story.ron", text)]);
        !check(&sources, Vec::new()).diagnostics.is_empty()
    };
    let allow = "// allow(unused-variable): kept for later";
    assert!(warned(&story("", "", "")));
    assert!(!warned(&story("", "", allow)) && !warned(&story("", allow, "")));
    assert!(warned(&story(&format!("{allow}\n"), "", "")) && warned(&story("", &format!("{allow}\n"), "")));
    for without in ["// allow(unused-variable):", "// allow(unused-variable)", "// allow(unused-fact): a reason"] {
        assert!(warned(&story("", without, without)), "{without}");
    }
    let first = "(vars: { \"v\": (min: 0, max: 3) }, scenes: { \"a\": (text: \"A.\", end: \"z\") })";
    assert!(warned(first) && !warned(&format!("{allow}\n{first}")) && !warned(&format!("{first} {allow}")));
}

#[test]
fn so_many_are_told_and_the_rest_is_counted() {
    let told = |count: usize| {
        let choices: Vec<String> = (0..count).map(|at| format!("(say: \"{at}.\", go: \"no{at}\")")).collect();
        let scenes: Vec<String> = choices
            .chunks(50)
            .enumerate()
            .map(|(at, some)| format!("\"s{at}\": (text: \"S.\", choices: [{}])", some.join(", ")))
            .collect();
        let text = format!("(scenes: {{ {} }})", scenes.join(", "));
        let sources = Sources::from_texts([("story.ron", text)]);
        let all = check(&sources, Vec::new()).diagnostics;
        let errors = all.iter().filter(|one| one.code == Code::UnknownScene).count();
        (errors, all.iter().find(|one| one.code == Code::AndMore).map(|one| one.message.clone()))
    };
    let more = |count: usize| Some(format!("{count} more are not listed"));
    assert_eq!(told(499), (499, None));
    assert_eq!(told(500), (500, None));
    assert_eq!(told(501), (500, more(1)));
    assert_eq!(told(503), (500, more(3)));
}

#[test]
fn what_may_have_been_meant_is_looked_for_so_long_and_no_longer() {
    // A thousand scenes, and some of the ways between them misspelt; each is looked for among all.
    let scene = |at: usize| {
        let go = if at < 400 { format!("scene-{at}x") } else { "end".to_owned() };
        format!("\"scene-{at}\": (text: \"A.\", go: \"{go}\")")
    };
    let scenes: Vec<String> = (0..999).map(scene).collect();
    let text = format!("(scenes: {{ {}, \"end\": (text: \"Z.\", end: \"z\") }})", scenes.join(", "));
    let sources = Sources::from_texts([("story.ron", text)]);
    let all = check(&sources, Vec::new()).diagnostics;
    let unknown: Vec<_> = all.iter().filter(|one| one.code == Code::UnknownScene).collect();
    let guessed = unknown.iter().take_while(|one| one.help.as_deref().is_some_and(|help| help.contains("scene-")));
    assert_eq!((unknown.len(), guessed.count()), (400, 300));
    assert_eq!(unknown[7].help.as_deref(), Some("did you mean `scene-7`?"));
}

#[test]
fn scenes_that_lead_round_without_a_decision_are_told() {
    let story = |b: &str| {
        format!(
            "(vars: {{ \"f\": (flag: true) }}, scenes: {{ \"a\": (text: \"A.\", go: \"b\"), \"b\": (text: \"B.\", {b}), \"z\": (text: \"Z.\", end: \"z\") }})"
        )
    };
    assert_eq!(told(&story("go: \"z\"")), None);
    for round in ["go: \"a\"", "go: \"b\"", "route: [(go: \"a\")]"] {
        assert_eq!(told(&story(round)).map(|it| it.0), Some(Code::EndlessFlow), "{round}");
    }
}

#[test]
fn a_file_that_cannot_be_read_says_why() {
    let folder = tempfile::tempdir().expect("a folder");
    let told = |path: &std::path::Path| {
        let (_, all) = Sources::open(path);
        all.iter().map(|one| (one.code, one.message.clone())).collect::<Vec<_>>()
    };
    let missing = folder.path().join("missing.ron");
    assert_eq!(told(&missing), [(Code::CannotRead, "there is no such file or folder".to_owned())]);
    let broken = folder.path().join("broken.ron");
    std::fs::write(&broken, b"(\n  title: \"\xff\",\n)").expect("written");
    assert_eq!(told(&broken), [(Code::NotUtf8, "the text stops being UTF-8 at byte 12, in line 2".to_owned())]);
    assert_eq!(told(folder.path()).len(), 1, "a broken file in a folder is told once");
    std::fs::write(&broken, b"(\r\n scenes: { \"a\": (text: \"A\r\nB.\", end: \"z\") },\r\n)").expect("written");
    let (sources, all) = Sources::open(&broken);
    assert!(all.is_empty() && !sources.files()[0].text.contains('\r'));
}

#[test]
fn a_secret_is_found_in_every_branch_of_a_form() {
    let story = |text: &str| {
        format!(
            "(roles: {{ \"a\": (name: \"A\"), \"b\": (name: \"B\") }}, vars: {{ \"n\": (min: 0, max: 3, seen_by: [\"a\"]) }}, scenes: {{ \"one\": (seat: \"b\", text: \"{text}\", choices: [(say: \"On.\", do: [\"n +1\"], go: \"z\")]), \"z\": (text: \"Z.{{if n > 3: Z.}}\", end: \"z\") }})"
        )
    };
    let told = |text: &str| {
        let sources = Sources::from_texts([("story.ron", story(text))]);
        check(&sources, Vec::new()).diagnostics.iter().any(|one| one.code == Code::SecretShown)
    };
    assert!(!told("Nothing."));
    for shows in [
        "{n}",
        "{if n < 1: A. | {n}}",
        "{if n < 1: {n} | A.}",
        "{first: {n} | again: A.}",
        "{first: A. | again: {n}}",
        "{one of: {n} | A. | B.}",
        "{one of: A. | B. | {if n > 0: {n}}}",
    ] {
        assert!(told(shows), "{shows}");
    }
}

#[test]
fn a_name_is_written_plainly() {
    for (key, help) in [("a\\u{62}", "use letters, digits, `_` and `-`"), ("a b", "write `a-b`")] {
        let text = format!("(scenes: {{ \"{key}\": (text: \"A.\", end: \"z\") }})");
        let (code, message, told) = told(&text).unwrap_or_else(|| panic!("{key} is taken"));
        assert_eq!(code, Code::BadName, "{message}");
        assert!(told.starts_with(help), "{told}");
    }
}

#[test]
fn a_form_with_a_part_too_many_or_too_few_is_told() {
    let story = |text: &str| format!("(scenes: {{ \"a\": (text: \"{text}\", end: \"z\") }})");
    for wrong in ["{first: A.}", "{first: A. | B.}", "{first: A. | again: B. | C.}", "{heard}", "{meant}", "{heard(x)}"]
    {
        assert!(told(&story(wrong)).is_some(), "{wrong} is taken");
    }
    assert_eq!(told(&story("{first: A. | again: B.}")), None);
}

#[test]
fn expressions_and_forms_are_as_long_and_deep_as_it_is_said() {
    let story = |when: &str, text: &str| {
        format!(
            "(vars: {{ \"f\": (flag: true) }}, scenes: {{ \"a\": (text: \"{text}\", choices: [(say: \"A.\", do: [\"f = true\"], go: \"z\"), (say: \"B.\", when: \"{when}\", go: \"z\")]), \"z\": (text: \"Z.\", end: \"z\") }})"
        )
    };
    let when = |when: String| told(&story(&when, "A.")).map(|it| it.0);
    let long = |length: usize| when(format!("{}f", " ".repeat(length - 1)));
    let deep = |depth: usize| when(format!("{}f", "not ".repeat(depth - 1)));
    assert_eq!((long(4096), long(4097)), (None, Some(Code::BadExpression)));
    assert_eq!((deep(32), deep(33)), (None, Some(Code::BadExpression)));
    let text = |text: String| told(&story("f", &text)).map(|it| it.0);
    let arms = |count: usize| text(format!("{{{}}}", vec!["if f: A."; count].join(" | else ")));
    let nested = |depth: usize| text(format!("{}A.{}", "{if f: ".repeat(depth), "}".repeat(depth)));
    assert_eq!((arms(64), arms(65)), (None, Some(Code::BadMarkup)));
    assert_eq!((nested(8), nested(9)), (None, Some(Code::BadMarkup)));
}

#[test]
fn a_comparison_that_is_none_is_pointed_at_where_it_stands() {
    let text = "(vars: { \"s\": (states: [\"red\", \"green\"]), \"f\": (flag: true) }, scenes: { \"a\": (text: \"{if f and s = red: A. | B.}\", end: \"z\") })";
    let sources = Sources::from_texts([("story.ron", text)]);
    let all = check(&sources, Vec::new()).diagnostics;
    let place = all.iter().find(|one| one.code == Code::WrongType).and_then(|one| one.place).expect("it is told");
    assert_eq!(&text[place.start..place.end], "s =");
}

#[test]
fn errors_and_warnings_are_counted_apart() {
    let text = "(vars: { \"x\": (flag: true) }, scenes: { \"a\": (text: \"A  b.\", go: \"b\"), \"c\": (text: \"C.\", end: \"z\") })";
    let checked = check(&Sources::from_texts([("story.ron", text)]), Vec::new());
    let warnings = checked.diagnostics.iter().filter(|one| one.severity() == Severity::Warning).count();
    assert!(checked.diagnostics.iter().any(|one| one.code == Code::DoubleSpace), "a warning");
    assert_eq!(checked.counts(), (checked.diagnostics.len() - warnings, warnings));
    assert!(checked.counts().0 >= 1 && warnings >= 1, "{:?}", checked.counts());
}

#[test]
fn what_goes_together_is_what_is_taken_together() {
    let story = |before: &str, scene: &str| {
        format!("({before}, scenes: {{ \"a\": ({scene}), \"z\": (text: \"Z.\", end: \"z\") }})")
    };
    let roles = "roles: { \"a\": (name: \"A\"), \"b\": (name: \"B\") }";
    let message = |reading: &str| {
        format!(
            "{roles}, messages: {{ \"m\": (from: \"a\", to: \"b\", say: \"M.\", gist: \"m\", heard: {{ \"{reading}\": (text: \"m\") }}) }}"
        )
    };
    let pass = "seat: \"a\", text: \"A.\", pass: (messages: [\"m\"], go: \"z\")";
    let card = "sheets: { \"card\": (name: \"C\", lines: { \"l\": \"L.\" }) }";
    let walk = |seat: &str| format!("walks: {{ \"w\": (picks: [], ends: \"z\", reads: {{ \"{seat}\": [\"Z.\"] }}) }}");
    let end = "text: \"A.\", go: \"z\"";
    for (before, scene, fault) in [
        (message("plain"), pass.to_owned(), None),
        (message("loud"), pass.to_owned(), Some(Code::UnknownManner)),
        (
            format!("treatments: {{ \"soft\": (name: \"S\") }}, {}", message("plain")),
            end.to_owned(),
            Some(Code::UnknownManner),
        ),
        (
            format!("{card}, {}", message("plain")),
            format!("{pass}, mark: (sheet: \"card\", go: \"z\")"),
            Some(Code::TwoWaysOn),
        ),
        (format!("{card}, {roles}"), "seat: \"a\", text: \"A.\", mark: (sheet: \"card\", go: \"z\")".to_owned(), None),
        (walk("reader"), end.to_owned(), None),
        (walk("a"), end.to_owned(), Some(Code::UnknownRole)),
        (format!("{roles}, {}", walk("a")), end.to_owned(), None),
        (format!("{roles}, {}", walk("reader")), end.to_owned(), Some(Code::UnknownRole)),
        ("clock: (starts: \"17:59\", ends: \"18:00\", tick: 1)".to_owned(), end.to_owned(), None),
        ("clock: (starts: \"17:60\", ends: \"19:00\", tick: 1)".to_owned(), end.to_owned(), Some(Code::BadClock)),
    ] {
        let text = story(&before, &scene);
        assert_eq!(told(&text).map(|it| it.0), fault, "{text}: {:?}", told(&text));
    }
}

#[test]
fn a_name_is_near_by_its_length() {
    for (name, text, odd) in [
        ("Rouhani", "Rouhani came.", false),
        ("Rouhani", "Rauhoni came.", true),
        ("Macron", "Mocron came.", true),
        ("Macron", "Mecren came.", false),
        ("Macron", "Macro came.", true),
        ("Zarif", "Zari came.", true),
        ("Zari", "Zarif came.", true),
        ("Zari", "Zar came.", false),
        ("Zar", "Zari came.", false),
    ] {
        let text = format!("(style: (names: [\"{name}\"]), scenes: {{ \"a\": (text: \"{text}\", end: \"z\") }})");
        let all = check(&Sources::from_texts([("story.ron", text.clone())]), Vec::new()).diagnostics;
        assert_eq!(all.iter().any(|one| one.code == Code::OddName), odd, "{text}");
    }
}

#[test]
fn a_byte_order_mark_is_told_as_one_only_at_the_beginning() {
    let codes = |before: &str, within: &str| {
        let text = format!("{before}(scenes: {{ \"a\": (text: \"A{within}.\", end: \"z\") }})");
        let all = check(&Sources::from_texts([("story.ron", text)]), Vec::new()).diagnostics;
        all.iter().map(|one| one.code).collect::<Vec<_>>()
    };
    assert_eq!(codes("\u{feff}", ""), [Code::ByteOrderMark]);
    for (before, within) in [("\u{200b}", ""), ("", "\u{feff}"), ("\u{feff}\u{feff}", ""), (" \u{feff}", "")] {
        assert!(codes(before, within).contains(&Code::ForbiddenCharacter), "{before:?} {within:?}");
    }
}

#[test]
fn a_first_choice_that_can_be_taken_for_ever_is_told() {
    let warned = |first: &str| {
        let text = format!(
            "(vars: {{ \"n\": (min: 0, max: 3) }}, scenes: {{ \"a\": (text: \"A.\", choices: [({first}), (say: \"B.\", go: \"z\")]), \"b\": (text: \"B.\", go: \"a\"), \"z\": (text: \"{{n}}\", end: \"z\") }})"
        );
        let all = check(&Sources::from_texts([("story.ron", text)]), Vec::new()).diagnostics;
        all.iter().any(|one| one.code == Code::LoopsOnFirst)
    };
    assert!(warned("say: \"A.\", keep: true, do: [\"n +1\"], go: \"a\""));
    assert!(warned("say: \"A.\", keep: true, do: [\"n +1\"]"));
    for fine in ["keep: true, go: \"b\"", "go: \"a\"", "keep: true, when: \"n < 1\", go: \"a\""] {
        assert!(!warned(&format!("say: \"A.\", do: [\"n +1\"], {fine}")), "{fine}");
    }
}

#[test]
fn evidence_names_the_version_of_a_dispute_that_is_meant() {
    let story = |evidence: &str| {
        format!(
            r#"(sources: {{ "s": "S", "t": "T" }}, facts: {{ "f": (text: "F.", disputed: [(text: "One.", sources: ["s"]), (text: "Two.", sources: ["t"])]), "g": (text: "G.", reported: ["s"]) }},
            hypotheses: [(text: "H.", for: ["{evidence}"], against: ["g"])], scenes: {{ "z": (text: "Z.", end: "z") }})"#
        )
    };
    for (evidence, version) in [("f", None), ("f.1", Some(0)), ("f.2", Some(1))] {
        let sources = Sources::from_texts([("story.ron", story(evidence))]);
        let made = check(&sources, Vec::new()).story.expect("sound");
        let hypothesis = &made.hypotheses[0];
        let meant = hypothesis.speaks_for[0];
        assert_eq!((made.facts[meant.fact].text.as_str(), meant.version), ("F.", version), "{evidence}");
        assert_eq!((made.facts[hypothesis.against[0].fact].text.as_str(), hypothesis.against[0].version), ("G.", None));
    }
    for wrong in ["f.0", "f.3", "g.1", "h", "f.x"] {
        assert_eq!(told(&story(wrong)).map(|it| it.0), Some(Code::UnknownFact), "{wrong}");
    }
}

#[test]
fn what_a_scene_needs_is_missed_where_it_is_not() {
    let story = |before: &str, scene: &str| {
        format!("({before} scenes: {{ \"a\": (text: \"A.\", {scene}), \"z\": (text: \"Z.\", end: \"z\") }})")
    };
    let manners = "treatments: { \"plain\": (name: \"P\") }, handlings: { \"aloud\": (name: \"A\") },";
    for scene in [
        "relay: (treatments: [\"plain\"], go: \"z\")",
        "receive: (handlings: [\"aloud\"], go: \"z\")",
        "pass: (messages: [], go: \"z\")",
    ] {
        let (code, message, _) = told(&story(manners, scene)).expect("it is told");
        assert!(code == Code::MissingField && message.contains("the story declares none"), "{scene}: {message}");
    }
    let choice = |id: &str| story("", &format!("choices: [(id: \"{id}\", say: \"A.\", go: \"z\")]"));
    for (id, fault) in [("a-b_1", None), ("é", None), ("", Some(Code::BadName)), ("a b", Some(Code::BadName))] {
        assert_eq!(told(&choice(id)).map(|it| it.0), fault, "{id:?}");
    }
    let later = "choices: [(say: \"A.\", do: [\"minutes +1\"], go: \"z\")]";
    assert_eq!(told(&story("", later)).map(|it| it.0), Some(Code::UnknownVariable), "without a clock");
    assert_eq!(told(&story("clock: (starts: \"17:00\", ends: \"18:00\", tick: 1),", later)), None);
    for (domain, says) in [
        ("min: 0", "`v` needs a whole number as its `max`"),
        ("min: 3, max: 2", "the `max` of `v` is below its `min`"),
        ("min: 0, max: 5000", "the range of `v` is not a small one"),
    ] {
        let text = story(&format!("vars: {{ \"v\": ({domain}) }},"), "go: \"z\"");
        assert_eq!(told(&text).map(|it| it.1).as_deref(), Some(says));
    }
}

#[test]
fn a_folder_begins_with_its_story_and_its_hidden_files_are_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("written");
    write("a.ron", r#"(scenes: { "early": (text: "E.", go: "first") })"#);
    write(
        "story.ron",
        r#"(title: "T", scenes: { "first": (text: "F.", choices: [(say: "On.", go: "early"), (say: "End.", go: "z")]) })"#,
    );
    write("z.ron", r#"(scenes: { "z": (text: "Z.", end: "z") })"#);
    write(".hidden.ron", "this is no RON");
    write("notes.txt", "nor is this");
    let (sources, unread) = Sources::open(folder.path());
    let made = check(&sources, unread).story.expect("sound");
    let scenes: Vec<&str> = made.scenes.iter().map(|scene| &*scene.id).collect();
    assert_eq!((scenes.as_slice(), made.start.index()), (["first", "early", "z"].as_slice(), 0));
}

#[test]
fn no_forbidden_character_of_a_file_is_shown_with_what_is_told_of_it() {
    let odd = "\0\u{7}\u{1b}\u{7f}\u{80}\u{9b}\u{ad}\u{200b}\u{200e}\u{202e}\u{2028}\u{2060}\u{2066}\u{feff}\u{e0001}";
    for odd in odd.chars() {
        let text = format!(
            "(scenes: {{ \"a\": (text: \"A{odd}b {{x}}.\", {odd}end: \"z{odd}\"), \"b{odd}\": (text: \"B.\", go: \"n{odd}\") }}, walks: {{ \"w{odd}\": () }})"
        );
        let sources = Sources::from_texts([("story.ron", text)]);
        let all = check(&sources, Vec::new()).diagnostics;
        assert!(!all.is_empty());
        for one in &all {
            let shown = one.render(&sources, false);
            assert_eq!(hallway::text::forbidden(&shown), None, "{odd:?}: {shown:?}");
            assert_eq!(hallway::text::forbidden(&one.message), None, "{odd:?}: {:?}", one.message);
        }
    }
}
