//! For each diagnostic a wrong and a right example: what `hallway explain` prints, held by a test to be just that.
//!
//! An example is a story's fields without the brackets around them, so that it is as short as it can be; the ones that
//! begin with a bracket are whole files.

use super::diagnostic::Code;

/// A wrong and a right way, where an example of text can show it; some codes are about files and budgets.
#[must_use]
pub fn example(code: Code) -> Option<(&'static str, &'static str)> {
    Some(match code {
        Code::CannotRead
        | Code::NoStory
        | Code::TooLarge
        | Code::NotUtf8
        | Code::NotProved
        | Code::TooMany
        | Code::AndMore => return None,
        Code::NotRon => (
            r#"(title: "A", scenes: { "a": (text: @, end: "x") })"#,
            r#"(title: "A", scenes: { "a": (text: "One.", end: "x") })"#,
        ),
        Code::ByteOrderMark => (
            "\u{feff}(scenes: { \"a\": (text: \"It ends.\", end: \"x\") })",
            r#"(scenes: { "a": (text: "It ends.", end: "x") })"#,
        ),
        Code::UnclosedString => (
            "(\n  title: \"A door,\n  scenes: { \"a\": (text: \"It ends.\", end: \"x\") },\n)",
            "(\n  title: \"A door\",\n  scenes: { \"a\": (text: \"It ends.\", end: \"x\") },\n)",
        ),
        Code::UnclosedBracket => (
            "(\n  scenes: {\n    \"a\": (text: \"One.\", go: \"b\",\n    \"b\": (text: \"It ends.\", end: \"x\"),\n  },\n)",
            "(\n  scenes: {\n    \"a\": (text: \"One.\", go: \"b\"),\n    \"b\": (text: \"It ends.\", end: \"x\"),\n  },\n)",
        ),
        Code::ExtraBracket => (
            r#"(scenes: { "a": (text: "It ends.", end: "x")) })"#,
            r#"(scenes: { "a": (text: "It ends.", end: "x") })"#,
        ),
        Code::MissingComma => (
            "(\n  title: \"A\"\n  scenes: { \"a\": (text: \"It ends.\", end: \"x\") },\n)",
            "(\n  title: \"A\",\n  scenes: { \"a\": (text: \"It ends.\", end: \"x\") },\n)",
        ),
        Code::CurlyQuotes => (
            "(title: “A”, scenes: { \"a\": (text: \"It ends.\", end: \"x\") })",
            r#"(title: "A", scenes: { "a": (text: "It ends.", end: "x") })"#,
        ),
        Code::OddComment => (
            "(\n  # a remark\n  scenes: { \"a\": (text: \"It ends.\", end: \"x\") },\n)",
            "(\n  // a remark\n  scenes: { \"a\": (text: \"It ends.\", end: \"x\") },\n)",
        ),
        Code::OddSpace => (
            "(\n\u{a0} title: \"A\",\n  scenes: { \"a\": (text: \"It ends.\", end: \"x\") },\n)",
            "(\n  title: \"A\",\n  scenes: { \"a\": (text: \"It ends.\", end: \"x\") },\n)",
        ),
        Code::EqualsSign => (
            r#"(title = "A", scenes: { "a": (text: "It ends.", end: "x") })"#,
            r#"(title: "A", scenes: { "a": (text: "It ends.", end: "x") })"#,
        ),
        Code::MissingColon => (
            r#"(title "A", scenes: { "a": (text: "It ends.", end: "x") })"#,
            r#"(title: "A", scenes: { "a": (text: "It ends.", end: "x") })"#,
        ),
        Code::MissingValue => (
            r#"(title: , scenes: { "a": (text: "It ends.", end: "x") })"#,
            r#"(title: "A", scenes: { "a": (text: "It ends.", end: "x") })"#,
        ),
        Code::BadEscape => (
            r#"(title: "One \q two", scenes: { "a": (text: "It ends.", end: "x") })"#,
            r#"(title: "One ** two", scenes: { "a": (text: "It ends.", end: "x") })"#,
        ),
        Code::TooDeep => (
            "(title: ((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((1))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))",
            r#"(title: "A", scenes: { "a": (text: "It ends.", end: "x") })"#,
        ),
        Code::JsonBraces => (
            r#"{ "title": "A", "scenes": { "a": { "end": "x" } } }"#,
            r#"(title: "A", scenes: { "a": (text: "It ends.", end: "x") })"#,
        ),
        Code::BareNames => {
            (r#"scenes: (a: (text: "It ends.", end: "x"))"#, r#"scenes: { "a": (text: "It ends.", end: "x") }"#)
        }
        Code::MissingBrackets => (
            r#"scenes: { "a": (text: "Here.", choices: [say: "On.", go: "b"]), "b": (text: "It ends.", end: "x") }"#,
            r#"scenes: { "a": (text: "Here.", choices: [(say: "On.", go: "b")]), "b": (text: "It ends.", end: "x") }"#,
        ),
        Code::Misplaced => (
            "(\n  scenes: {\n    \"a\": (text: \"One.\", go: \"b\"),\n  },\n    \"b\": (text: \"It ends.\", end: \"x\"),\n)",
            "(\n  scenes: {\n    \"a\": (text: \"One.\", go: \"b\"),\n    \"b\": (text: \"It ends.\", end: \"x\"),\n  },\n)",
        ),
        Code::OddMark => (
            "(title： \"A\", scenes: { \"a\": (text: \"It ends.\", end: \"x\") })",
            r#"(title: "A", scenes: { "a": (text: "It ends.", end: "x") })"#,
        ),
        Code::OtherLanguage => (
            "(\n  scenes: {\n    \"a\": (text: \"One.\", -> b),\n    \"b\": (text: \"It ends.\", end: \"x\"),\n  },\n)",
            "(\n  scenes: {\n    \"a\": (text: \"One.\", go: \"b\"),\n    \"b\": (text: \"It ends.\", end: \"x\"),\n  },\n)",
        ),
        Code::MergeConflict => (
            "(\n<<<<<<< HEAD\n  title: \"A door\",\n=======\n  title: \"The door\",\n>>>>>>> other\n  scenes: { \"a\": (text: \"It ends.\", end: \"x\") },\n)",
            "(\n  title: \"The door\",\n  scenes: { \"a\": (text: \"It ends.\", end: \"x\") },\n)",
        ),
        Code::ForbiddenCharacter => ("title: \"A\u{202e}B\"", "title: \"AB\""),
        Code::UnknownField => {
            (r#"scenes: { "a": (txet: "One.", end: "x") }"#, r#"scenes: { "a": (text: "One.", end: "x") }"#)
        }
        Code::WrongKind => (r#"title: 7"#, r#"title: "7""#),
        Code::Twice => (
            r#"scenes: { "a": (go: "b"), "b": (text: "It ends.", end: "x"), "b": (text: "It ends.", end: "y") }"#,
            r#"scenes: { "a": (go: "b"), "b": (text: "It ends.", end: "x") }"#,
        ),
        Code::BadName => (r#"vars: { "my trust": (min: 0, max: 2) }"#, r#"vars: { "my_trust": (min: 0, max: 2) }"#),
        Code::MissingField => (
            r#"scenes: { "a": (text: "Here.", choices: [(go: "b")]), "b": (text: "It ends.", end: "x") }"#,
            r#"scenes: { "a": (text: "Here.", choices: [(say: "On.", go: "b")]), "b": (text: "It ends.", end: "x") }"#,
        ),
        Code::UnknownScene => (
            r#"scenes: { "hall": (go: "hal2"), "hall2": (text: "It ends.", end: "x") }"#,
            r#"scenes: { "hall": (go: "hall2"), "hall2": (text: "It ends.", end: "x") }"#,
        ),
        Code::UnknownRole => (
            r#"roles: { "host": (name: "The host") }, scenes: { "a": (seat: "hots", text: "Here.", choices: [(say: "On.", go: "b")]), "b": (text: "It ends.", end: "x") }"#,
            r#"roles: { "host": (name: "The host") }, scenes: { "a": (seat: "host", text: "Here.", choices: [(say: "On.", go: "b")]), "b": (text: "It ends.", end: "x") }"#,
        ),
        Code::UnknownVariable => (
            r#"vars: { "trust": (min: 0, max: 2) }, scenes: { "a": (do: ["trsut +1"], text: "{trust}", end: "x") }"#,
            r#"vars: { "trust": (min: 0, max: 2) }, scenes: { "a": (do: ["trust +1"], text: "{trust}", end: "x") }"#,
        ),
        Code::UnknownState => (
            r#"vars: { "line": (states: ["open", "gone"]) }, scenes: { "a": (do: ["line = shut"], text: "{line}", end: "x") }"#,
            r#"vars: { "line": (states: ["open", "gone"]) }, scenes: { "a": (do: ["line = gone"], text: "{line}", end: "x") }"#,
        ),
        Code::UnknownMessage => (
            r#"roles: { "a": (name: "A"), "b": (name: "B") }, treatments: { "plain": (name: "Plain") }, messages: { "late": (from: "a", to: "b", say: "Say it.", gist: "that it is late", heard: { "plain": (text: "that it is late") }) }, scenes: { "a": (seat: "a", text: "Here.", pass: (messages: ["latte"], go: "r")), "r": (seat: "b", text: "Here.", relay: (treatments: ["plain"], go: "b")), "b": (text: "It ends.", end: "x") }"#,
            r#"roles: { "a": (name: "A"), "b": (name: "B") }, treatments: { "plain": (name: "Plain") }, messages: { "late": (from: "a", to: "b", say: "Say it.", gist: "that it is late", heard: { "plain": (text: "that it is late") }) }, scenes: { "a": (seat: "a", text: "Here.", pass: (messages: ["late"], go: "r")), "r": (seat: "b", text: "Here.", relay: (treatments: ["plain"], go: "b")), "b": (text: "It ends.", end: "x") }"#,
        ),
        Code::UnknownManner => (
            r#"roles: { "a": (name: "A"), "b": (name: "B") }, treatments: { "plain": (name: "Plain") }, messages: { "late": (from: "a", to: "b", say: "Say it.", gist: "that it is late", heard: { "palin": (text: "late") }) }, scenes: { "a": (seat: "a", text: "Here.", pass: (messages: ["late"], go: "r")), "r": (seat: "b", text: "Here.", relay: (treatments: ["plain"], go: "b")), "b": (text: "It ends.", end: "x") }"#,
            r#"roles: { "a": (name: "A"), "b": (name: "B") }, treatments: { "plain": (name: "Plain") }, messages: { "late": (from: "a", to: "b", say: "Say it.", gist: "that it is late", heard: { "plain": (text: "late") }) }, scenes: { "a": (seat: "a", text: "Here.", pass: (messages: ["late"], go: "r")), "r": (seat: "b", text: "Here.", relay: (treatments: ["plain"], go: "b")), "b": (text: "It ends.", end: "x") }"#,
        ),
        Code::UnknownChoice => (
            r#"scenes: { "a": (text: "Here.", choices: [(id: "stay", say: "Stay.", go: "b"), (say: "Go.", go: "b")], silence: (take: "sty", text: "You stay.")), "b": (text: "It ends.", end: "x") }"#,
            r#"scenes: { "a": (text: "Here.", choices: [(id: "stay", say: "Stay.", go: "b"), (say: "Go.", go: "b")], silence: (take: "stay", text: "You stay.")), "b": (text: "It ends.", end: "x") }"#,
        ),
        Code::UnknownSheet => (
            r#"scenes: { "a": (text: "Here.", mark: (sheet: "card", most: 1, say: "Done.", go: "b")), "b": (text: "It ends.", end: "x") }"#,
            r#"sheets: { "card": (name: "The card", lines: { "hour": "At nine." }) }, scenes: { "a": (text: "Here.", mark: (sheet: "card", most: 1, say: "Done.", go: "b")), "b": (text: "{card}", end: "x") }"#,
        ),
        Code::UnknownFact => (
            r#"scenes: { "a": (text: "He came.[^came]", end: "x") }"#,
            r#"sources: { "p": "A paper" }, facts: { "came": (text: "He came.", reported: ["p"]) }, scenes: { "a": (text: "He came.[^came]", end: "x") }"#,
        ),
        Code::UnknownSource => (
            r#"facts: { "came": (text: "He came.", reported: ["paper"]) }, scenes: { "a": (text: "He came.[^came]", end: "x") }"#,
            r#"sources: { "paper": "A paper" }, facts: { "came": (text: "He came.", reported: ["paper"]) }, scenes: { "a": (text: "He came.[^came]", end: "x") }"#,
        ),
        Code::UnknownEnding => (
            r#"endings: { "home": (title: "Home") }, scenes: { "a": (text: "It ends.", end: "hoem") }"#,
            r#"endings: { "home": (title: "Home") }, scenes: { "a": (text: "It ends.", end: "home") }"#,
        ),
        Code::BadExpression => (
            r#"vars: { "trust": (min: 0, max: 2) }, scenes: { "a": (text: "Here.", choices: [(say: "On.", do: ["trust +1"], go: "b"), (say: "No.", go: "b")]), "b": (text: "{if trust => 1: Yes. | No.}", end: "x") }"#,
            r#"vars: { "trust": (min: 0, max: 2) }, scenes: { "a": (text: "Here.", choices: [(say: "On.", do: ["trust +1"], go: "b"), (say: "No.", go: "b")]), "b": (text: "{if trust >= 1: Yes. | No.}", end: "x") }"#,
        ),
        Code::WrongType => (
            r#"vars: { "told": (flag: true) }, scenes: { "a": (text: "Here.", choices: [(say: "Tell.", do: ["told = true"], go: "b"), (say: "No.", go: "b")]), "b": (text: "{if told >= 1: Yes. | No.}", end: "x") }"#,
            r#"vars: { "told": (flag: true) }, scenes: { "a": (text: "Here.", choices: [(say: "Tell.", do: ["told = true"], go: "b"), (say: "No.", go: "b")]), "b": (text: "{if told: Yes. | No.}", end: "x") }"#,
        ),
        Code::OutOfRange => (
            r#"vars: { "trust": (min: 0, max: 2) }, scenes: { "a": (do: ["trust = 5"], text: "{trust}", end: "x") }"#,
            r#"vars: { "trust": (min: 0, max: 2) }, scenes: { "a": (do: ["trust = 2"], text: "{trust}", end: "x") }"#,
        ),
        Code::BadMarkup => (
            r#"scenes: { "a": (text: "He is *late.", end: "x") }"#,
            r#"scenes: { "a": (text: "He is *late*.", end: "x") }"#,
        ),
        Code::BadDomain => (r#"vars: { "trust": (min: 0) }"#, r#"vars: { "trust": (min: 0, max: 2) }"#),
        Code::BadClock => (
            r#"clock: (starts: "nine", ends: "21:50", tick: 5)"#,
            r#"clock: (starts: "20:40", ends: "21:50", tick: 5)"#,
        ),
        Code::BadAccent => (r##"accent: "#f4d35e""##, r##"accent: "#7a1f1f""##),
        Code::BadLanguage => (r#"language: "English""#, r#"language: "en""#),
        Code::NoWayOn => {
            (r#"scenes: { "a": (text: "And then?") }"#, r#"scenes: { "a": (text: "And then?", end: "Nothing more") }"#)
        }
        Code::TwoWaysOn => (
            r#"scenes: { "a": (go: "b", end: "x"), "b": (text: "It ends.", end: "y") }"#,
            r#"scenes: { "a": (go: "b"), "b": (text: "It ends.", end: "y") }"#,
        ),
        Code::NeedsSeat => (
            r#"roles: { "host": (name: "A"), "guest": (name: "B") }, scenes: { "a": (text: "Here.", choices: [(say: "On.", go: "b")]), "b": (text: "It ends.", end: "x") }"#,
            r#"roles: { "host": (name: "A"), "guest": (name: "B") }, scenes: { "a": (seat: "host", text: "Here.", choices: [(say: "On.", go: "b")]), "b": (text: "It ends.", end: "x") }"#,
        ),
        Code::EndlessFlow => (
            r#"scenes: { "a": (go: "b"), "b": (go: "a") }"#,
            r#"scenes: { "a": (go: "b"), "b": (text: "It ends.", end: "x") }"#,
        ),
        Code::NoReading => (
            r#"roles: { "a": (name: "A"), "b": (name: "B") }, treatments: { "plain": (name: "Plain"), "soft": (name: "Soft") }, messages: { "late": (from: "a", to: "b", say: "Say it.", gist: "that it is late", heard: { "soft": (text: "late") }) }, scenes: { "a": (seat: "a", text: "Here.", pass: (messages: ["late"], go: "r")), "r": (seat: "b", text: "Here.", relay: (treatments: ["plain"], go: "b")), "b": (text: "It ends.", end: "x") }"#,
            r#"roles: { "a": (name: "A"), "b": (name: "B") }, treatments: { "plain": (name: "Plain"), "soft": (name: "Soft") }, messages: { "late": (from: "a", to: "b", say: "Say it.", gist: "that it is late", heard: { "plain": (text: "late"), "soft": (text: "latish") }) }, scenes: { "a": (seat: "a", text: "Here.", pass: (messages: ["late"], go: "r")), "r": (seat: "b", text: "Here.", relay: (treatments: ["plain", "soft"], go: "b")), "b": (text: "It ends.", end: "x") }"#,
        ),
        Code::UnsourcedFact => (
            r#"facts: { "came": (text: "He came.") }, scenes: { "a": (text: "He came.[^came]", end: "x") }"#,
            r#"facts: { "came": (text: "He came.", inferred: "His coat is here.") }, scenes: { "a": (text: "He came.[^came]", end: "x") }"#,
        ),
        Code::LoopsOnFirst => (
            r#"scenes: { "a": (text: "Here.", choices: [(say: "Wait.", keep: true), (say: "Go.", go: "b")]), "b": (text: "It ends.", end: "x") }"#,
            r#"scenes: { "a": (text: "Here.", choices: [(say: "Go.", go: "b"), (say: "Wait.", keep: true)]), "b": (text: "It ends.", end: "x") }"#,
        ),
        Code::SecretShown => (
            r#"roles: { "host": (name: "A"), "guest": (name: "B") }, vars: { "fear": (min: 0, max: 2, seen_by: ["host"]) }, scenes: { "a": (seat: "guest", text: "Fear: {fear}.", choices: [(say: "On.", do: ["fear +1"], go: "b")]), "b": (text: "It ends.", end: "x") }"#,
            r#"roles: { "host": (name: "A"), "guest": (name: "B") }, vars: { "fear": (min: 0, max: 2, seen_by: ["host"]) }, scenes: { "a": (seat: "host", text: "Fear: {fear}.", choices: [(say: "On.", do: ["fear +1"], go: "b")]), "b": (text: "It ends.", end: "x") }"#,
        ),
        Code::UnusedFact => (
            r#"facts: { "dark": (text: "It was dark.", inferred: "The hour.") }, scenes: { "a": (text: "It was dark.", end: "x") }"#,
            r#"facts: { "dark": (text: "It was dark.", inferred: "The hour.") }, scenes: { "a": (text: "It was dark.[^dark]", end: "x") }"#,
        ),
        Code::UnusedVariable => (
            r#"vars: { "told": (flag: true) }, scenes: { "a": (text: "Here.", choices: [(say: "Tell.", do: ["told = true"], go: "b")]), "b": (text: "It ends.", end: "x") }"#,
            r#"vars: { "told": (flag: true) }, scenes: { "a": (text: "Here.", choices: [(say: "Tell.", do: ["told = true"], go: "b"), (say: "No.", go: "b")]), "b": (text: "{if told: Told. | Silence.}", end: "x") }"#,
        ),
        Code::UnusedName => (
            r#"vars: { "trust": (name: "Trust", min: 0, max: 3) }, scenes: { "a": (text: "Here. {trust}", choices: [(say: "On.", do: ["trust +1"], go: "b")]), "b": (text: "It ends. {trust}", end: "x") }"#,
            r#"vars: { "trust": (name: "Trust", min: 0, max: 3, seen_by: ["reader"]) }, scenes: { "a": (text: "Here. {trust}", choices: [(say: "On.", do: ["trust +1"], go: "b")]), "b": (text: "It ends. {trust}", end: "x") }"#,
        ),
        Code::UnusedMessage => (
            r#"roles: { "a": (name: "A"), "b": (name: "B") }, treatments: { "plain": (name: "Plain") }, messages: { "late": (from: "a", to: "b", say: "Say it.", gist: "that it is late", heard: { "plain": (text: "that it is late") }) }, scenes: { "a": (seat: "a", text: "Here.", choices: [(say: "On.", go: "b")]), "b": (text: "It ends.", end: "x") }"#,
            r#"roles: { "a": (name: "A"), "b": (name: "B") }, treatments: { "plain": (name: "Plain") }, messages: { "late": (from: "a", to: "b", say: "Say it.", gist: "that it is late", heard: { "plain": (text: "that it is late") }) }, scenes: { "a": (seat: "a", text: "Here.", pass: (messages: ["late"], go: "r")), "r": (seat: "b", text: "Here.", relay: (treatments: ["plain"], go: "b")), "b": (text: "It ends.", end: "x") }"#,
        ),
        Code::Unanswered => (
            r#"roles: { "a": (name: "A"), "b": (name: "B") }, treatments: { "plain": (name: "Plain"), "soft": (name: "Soft") }, messages: { "late": (from: "a", to: "b", say: "Say it.", gist: "that it is late", heard: { "plain": (text: "that it is late"), "soft": (text: "that it may be late") }) }, scenes: { "a": (seat: "a", text: "Here.", pass: (messages: ["late"], go: "r")), "r": (seat: "b", text: "Here.", relay: (treatments: ["plain", "soft"], go: "b")), "b": (text: "It ends.", end: "x") }"#,
            r#"roles: { "a": (name: "A"), "b": (name: "B") }, treatments: { "plain": (name: "Plain"), "soft": (name: "Soft") }, messages: { "late": (from: "a", to: "b", say: "Say it.", gist: "that it is late", heard: { "plain": (text: "that it is late", answers: { "b": "You look at the clock." }), "soft": (text: "that it may be late", answers: { "b": "You have a little time." }) }) }, scenes: { "a": (seat: "a", text: "Here.", pass: (messages: ["late"], go: "r")), "r": (seat: "b", text: "Here.", relay: (treatments: ["plain", "soft"], go: "b")), "b": (text: "It ends. {answer}", end: "x") }"#,
        ),
        Code::UnusedAnswer => (
            r#"roles: { "a": (name: "A"), "b": (name: "B") }, treatments: { "plain": (name: "Plain") }, messages: { "late": (from: "a", to: "b", say: "Say it.", gist: "that it is late", heard: { "plain": (text: "that it is late", answers: { "b": "You look at the clock." }) }) }, scenes: { "a": (seat: "a", text: "Here.", pass: (messages: ["late"], go: "r")), "r": (seat: "b", text: "Here.", relay: (treatments: ["plain"], go: "b")), "b": (text: "It ends.", end: "x") }"#,
            r#"roles: { "a": (name: "A"), "b": (name: "B") }, treatments: { "plain": (name: "Plain") }, messages: { "late": (from: "a", to: "b", say: "Say it.", gist: "that it is late", heard: { "plain": (text: "that it is late", answers: { "b": "You look at the clock." }) }) }, scenes: { "a": (seat: "a", text: "Here.", pass: (messages: ["late"], go: "r")), "r": (seat: "b", text: "Here.", relay: (treatments: ["plain"], go: "b")), "b": (text: "It ends. {answer}", end: "x") }"#,
        ),
        Code::UnusedRole => (
            r#"roles: { "a": (name: "A"), "b": (name: "B") }, scenes: { "a": (seat: "a", text: "Here.", choices: [(say: "On.", go: "b")]), "b": (text: "It ends.", end: "x") }"#,
            r#"roles: { "a": (name: "A"), "b": (name: "B") }, scenes: { "a": (seat: "a", text: "Here.", others: { "b": "Somebody is there." }, choices: [(say: "On.", go: "b")]), "b": (text: "It ends.", end: "x") }"#,
        ),
        Code::NothingUnderWay => (
            r#"roles: { "a": (name: "A"), "b": (name: "B") }, handlings: { "read": (name: "Read it") }, messages: { "late": (from: "a", to: "b", gist: "that it is late", heard: { "plain": (text: "that it is late") }) }, scenes: { "a": (seat: "b", text: "Here.", receive: (handlings: ["read"], go: "p")), "p": (seat: "a", text: "Here.", pass: (messages: ["late"], go: "b")), "b": (text: "You heard {heard}.", end: "x") }"#,
            r#"roles: { "a": (name: "A"), "b": (name: "B") }, handlings: { "read": (name: "Read it") }, messages: { "late": (from: "a", to: "b", gist: "that it is late", heard: { "plain": (text: "that it is late") }) }, scenes: { "p": (seat: "a", text: "Here.", pass: (messages: ["late"], go: "a")), "a": (seat: "b", text: "Here.", receive: (handlings: ["read"], go: "b")), "b": (text: "You heard {heard}.", end: "x") }"#,
        ),
        Code::UnusedScene => (
            r#"scenes: { "a": (text: "It ends.", end: "x"), "b": (text: "It ends.", end: "y") }"#,
            r#"scenes: { "a": (go: "b"), "b": (text: "It ends.", end: "y") }"#,
        ),
        Code::SoftLock => (
            r#"scenes: { "a": (text: "Here.", choices: [(say: "Look.")]), "b": (text: "It ends.", end: "x") }"#,
            r#"scenes: { "a": (text: "Here.", choices: [(say: "Look.")], otherwise: "b"), "b": (text: "It ends.", end: "x") }"#,
        ),
        Code::HardToLeave => (
            r#"roles: { "a": (name: "A"), "b": (name: "B") }, vars: { "n": (min: 0, max: 499), "m": (min: 0, max: 499) }, scenes: { "a": (seat: "a", text: "Here.", choices: [(say: "Out.", when: "n = 499 and m = 499", go: "b"), (say: "Up.", keep: true, do: ["n +1"]), (say: "Along.", keep: true, do: ["m +1"])]), "b": (text: "It ends.", end: "x") }"#,
            r#"roles: { "a": (name: "A"), "b": (name: "B") }, vars: { "n": (min: 0, max: 499), "m": (min: 0, max: 499) }, scenes: { "a": (seat: "a", text: "Here.", choices: [(say: "Out.", when: "n >= 9 or m >= 9", go: "b"), (say: "Up.", keep: true, do: ["n +1"]), (say: "Along.", keep: true, do: ["m +1"])]), "b": (text: "It ends.", end: "x") }"#,
        ),
        Code::NeverReached => (
            r#"scenes: { "a": (text: "Here.", choices: [(say: "On.", go: "c")]), "b": (text: "It ends.", end: "x"), "c": (text: "It ends.", end: "y") }"#,
            r#"scenes: { "a": (text: "Here.", choices: [(say: "On.", go: "c"), (say: "Back.", go: "b")]), "b": (text: "It ends.", end: "x"), "c": (text: "It ends.", end: "y") }"#,
        ),
        Code::NeverSet => (
            r#"vars: { "told": (flag: true) }, scenes: { "a": (text: "Here.", choices: [(say: "On.", go: "b"), (say: "Ask.", when: "told", go: "b")]), "b": (text: "It ends.", end: "x") }"#,
            r#"vars: { "told": (flag: true) }, scenes: { "a": (text: "Here.", choices: [(say: "On.", go: "b"), (say: "Tell.", do: ["told = true"]), (say: "Ask.", when: "told", go: "b")]), "b": (text: "It ends.", end: "x") }"#,
        ),
        Code::NeverOpen => (
            r#"vars: { "told": (flag: true) }, scenes: { "a": (text: "Here.", choices: [(say: "On.", go: "b"), (say: "Both.", when: "told and not told", go: "b")]), "b": (text: "{told}", end: "x") }"#,
            r#"scenes: { "a": (text: "Here.", choices: [(say: "On.", go: "b"), (say: "Back.", go: "b")]), "b": (text: "It ends.", end: "x") }"#,
        ),
        Code::NeverHeard => (
            r#"roles: { "a": (name: "A"), "b": (name: "B") }, treatments: { "plain": (name: "Plain"), "soft": (name: "Soft") }, messages: { "late": (from: "a", to: "b", say: "Say it.", gist: "that it is late", heard: { "plain": (text: "late"), "soft": (text: "latish") }) }, scenes: { "a": (seat: "a", text: "Here.", pass: (messages: ["late"], go: "r")), "r": (seat: "b", text: "Here.", relay: (treatments: ["plain"], go: "b")), "b": (text: "It ends.", end: "x") }"#,
            r#"roles: { "a": (name: "A"), "b": (name: "B") }, treatments: { "plain": (name: "Plain"), "soft": (name: "Soft") }, messages: { "late": (from: "a", to: "b", say: "Say it.", gist: "that it is late", heard: { "plain": (text: "late"), "soft": (text: "latish") }) }, scenes: { "a": (seat: "a", text: "Here.", pass: (messages: ["late"], go: "r")), "r": (seat: "b", text: "Here.", relay: (treatments: ["plain", "soft"], go: "b")), "b": (text: "It ends.", end: "x") }"#,
        ),
        Code::NeverShown => (
            r#"vars: { "trust": (min: 0, max: 2) }, scenes: { "a": (text: "Here.", choices: [(say: "On.", do: ["trust +1"], go: "b")]), "b": (text: "{if trust = 2: A friend. | A stranger.}", end: "x") }"#,
            r#"vars: { "trust": (min: 0, max: 2) }, scenes: { "a": (text: "Here.", choices: [(say: "On.", do: ["trust +1"], go: "b"), (say: "Wait.", go: "b")]), "b": (text: "{if trust = 1: A friend. | A stranger.}", end: "x") }"#,
        ),
        Code::AlwaysTrue => (
            r#"vars: { "told": (flag: true) }, scenes: { "a": (do: ["told = true"], text: "Here.", choices: [(say: "On.", when: "told", go: "b")]), "b": (text: "It ends.", end: "x") }"#,
            r#"scenes: { "a": (text: "Here.", choices: [(say: "On.", go: "b")]), "b": (text: "It ends.", end: "x") }"#,
        ),
        Code::NeverChanges => (
            r#"vars: { "trust": (min: 0, max: 3, start: 3) }, scenes: { "a": (do: ["trust +1"], text: "Trust: {trust}", end: "x") }"#,
            r#"vars: { "trust": (min: 0, max: 3, start: 2) }, scenes: { "a": (do: ["trust +1"], text: "Trust: {trust}", end: "x") }"#,
        ),
        Code::ReadAfterUntil => (
            r#"vars: { "told": (flag: true, until: "b") }, scenes: { "a": (text: "Here.", choices: [(say: "Tell.", do: ["told = true"], go: "b"), (say: "No.", go: "b")]), "b": (go: "c"), "c": (text: "{if told: Told. | Silence.}", end: "x") }"#,
            r#"vars: { "told": (flag: true, until: "c") }, scenes: { "a": (text: "Here.", choices: [(say: "Tell.", do: ["told = true"], go: "b"), (say: "No.", go: "b")]), "b": (go: "c"), "c": (text: "{if told: Told. | Silence.}", end: "x") }"#,
        ),
        Code::Unexpected => (
            r#"vars: { "asked": (flag: true) }, scenes: { "a": (text: "Here.", choices: [(say: "Ask.", do: ["asked = true"], go: "b"), (say: "Go in.", go: "b")]), "b": (text: "You asked, and were let in.", expect: ["asked"], end: "x") }"#,
            r#"vars: { "asked": (flag: true) }, scenes: { "a": (text: "Here.", choices: [(say: "Ask.", do: ["asked = true"], go: "b"), (say: "Go away.", go: "c")]), "b": (text: "You asked, and were let in.", expect: ["asked"], end: "x"), "c": (text: "You did not ask.", end: "y") }"#,
        ),
        Code::StraightQuote => (
            r#"scenes: { "a": (text: "\"No,\" he says.", end: "x") }"#,
            r#"scenes: { "a": (text: "“No,” he says.", end: "x") }"#,
        ),
        Code::DoubleSpace => (
            r#"scenes: { "a": (text: "Two  spaces.", end: "x") }"#,
            r#"scenes: { "a": (text: "One space.", end: "x") }"#,
        ),
        Code::ForeignMarkup => (
            r#"scenes: { "a": (text: "It is <b>late</b>.", end: "x") }"#,
            r#"scenes: { "a": (text: "It is *late*.", end: "x") }"#,
        ),
        Code::EmptyWords => (
            r#"scenes: { "a": (text: "Here.", choices: [(say: "", go: "b")]), "b": (text: "It ends.", end: "x") }"#,
            r#"scenes: { "a": (text: "Here.", choices: [(say: "On.", go: "b")]), "b": (text: "It ends.", end: "x") }"#,
        ),
        Code::Unfinished => (
            r#"scenes: { "a": (text: "TODO: say where we are.", end: "x") }"#,
            "// Say where we are.\n  scenes: { \"a\": (text: \"It ends.\", end: \"x\") }",
        ),
        Code::SameWords => (
            r#"scenes: { "a": (text: "Here.", choices: [(say: "On.", go: "b"), (say: "On.", go: "c")]), "b": (text: "It ends.", end: "x"), "c": (text: "It ends.", end: "y") }"#,
            r#"scenes: { "a": (text: "Here.", choices: [(say: "On, left.", go: "b"), (say: "On, right.", go: "c")]), "b": (text: "It ends.", end: "x"), "c": (text: "It ends.", end: "y") }"#,
        ),
        Code::LongSentence => (
            r#"style: (sentence: 4), scenes: { "a": (text: "This one has one, two, three too many.", end: "x") }"#,
            r#"style: (sentence: 4), scenes: { "a": (text: "This has four words. So has this one.", end: "x") }"#,
        ),
        Code::IdleAllow => (
            "// allow(double-space)\n  scenes: { \"a\": (text: \"It ends.\", end: \"x\") }",
            "// allow(double-space): the pause is meant\n  scenes: { \"a\": (text: \"It ends.\", end: \"x\") }",
        ),
        Code::OddName => (
            r#"style: (names: ["Rouhani"]), scenes: { "a": (text: "Ruhani waits.", end: "x") }"#,
            r#"style: (names: ["Rouhani"]), scenes: { "a": (text: "Rouhani waits.", end: "x") }"#,
        ),
        Code::NotInCast => (
            r#"style: (cast: ["the adviser"]), scenes: { "a": (text: "“No,” says the advisor.", end: "x") }"#,
            r#"style: (cast: ["the adviser"]), scenes: { "a": (text: "“No,” says the adviser.", end: "x") }"#,
        ),
        Code::WideCharacter => (
            "scenes: { \"a\": (text: \"A family: \u{1f469}\u{200d}\u{1f467}.\", end: \"x\") }",
            r#"scenes: { "a": (text: "A mother and her child.", end: "x") }"#,
        ),
    })
}
