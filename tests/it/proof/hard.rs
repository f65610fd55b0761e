//! Stories that are hard to prove, of each kind in which work can grow, as large as one likes.

/// A kind of story, by its name and its size.
pub type Hard = (&'static str, fn(usize) -> String);

pub const KINDS: [Hard; 14] = [
    ("hubs", hubs),
    ("sums", sums),
    ("counters", counters),
    ("arrivals", arrivals),
    ("messages", messages),
    ("places", places),
    ("chains", chains),
    ("groups", groups),
    ("ways", ways),
    ("runs", runs),
    ("clocks", clocks),
    ("stuck", stuck),
    ("or", or),
    ("branches", branches),
];

fn many(count: usize, between: &str, one: impl Fn(usize) -> String) -> String {
    (0..count).map(one).collect::<Vec<_>>().join(between)
}

fn flags(count: usize) -> String {
    many(count, ", ", |at| format!(r#""v{at}": (flag: true)"#))
}

fn counted(count: usize, most: usize) -> String {
    many(count, ", ", |at| format!(r#""a{at}": (min: 0, max: {most})"#))
}

fn story(vars: &str, scenes: &str) -> String {
    format!(r#"(vars: {{ {vars} }}, scenes: {{ {scenes}, "z": (text: "Z.", end: "E") }})"#)
}

/// Once-only choices in circles.
fn hubs(n: usize) -> String {
    let choices = |at: usize| many(55, ", ", |j| format!(r#"(say: "x{j}", go: "h{}")"#, (at * 7 + j) % n));
    let hub = |at: usize| {
        let on = (at + 1) % n;
        format!(
            r#""h{at}": (text: "T.", choices: [{}, (say: "on", keep: true, go: "h{on}"), (say: "z", keep: true, go: "z")])"#,
            choices(at)
        )
    };
    story("", &many(n, ", ", hub)).replace("vars: {  },", "")
}

/// Long sums of many counters.
fn sums(n: usize) -> String {
    let terms = 120.min(n);
    let sum = |at: usize| many(terms, " + ", |j| format!("a{}", (at * 31 + j * 7) % n));
    let scene = |at: usize| {
        let (sum, on) = (sum(at), (at + 1) % n);
        format!(
            r#""s{at}": (text: "T.", choices: [(say: "u", do: ["a{at} +1"], keep: true), (say: "v", keep: true, when: "{sum} > {terms}", go: "s{on}"), (say: "n", keep: true, go: "s{on}"), (say: "z", go: "z")])"#
        )
    };
    story(&counted(n, 3), &many(n, ", ", scene))
}

/// Counters of a thousand values, which depend on each other.
fn counters(n: usize) -> String {
    let n = n.min(40) + 3;
    let sum = many(n, " + ", |at| format!("a{at}"));
    let choice = |at: usize| {
        let (next, other) = ((at + 1) % n, (at + 3) % n);
        format!(r#"(say: "u{at}", keep: true, do: ["a{at} +1", "a{next} -7 if a{at} + a{other} > 900"])"#)
    };
    let scene = format!(
        r#""a": (text: "{{if {sum} > 3000: a | b}}", choices: [{}, (say: "z", keep: true, when: "{sum} = 1001", go: "z"), (say: "zz", go: "z")])"#,
        many(n, ", ", choice)
    );
    story(&counted(n, 999), &scene)
}

/// Much that happens where a scene is entered from many sides.
fn arrivals(n: usize) -> String {
    let effects = many(n, ", ", |at| format!(r#""a{at} +1 if a{} > 1""#, (at + 1) % n));
    let hub = format!(
        r#""hub": (text: "T.", do: [{effects}], choices: [(say: "b", keep: true, go: "s0"), (say: "z", go: "z")])"#
    );
    let scene = |at: usize| {
        let on = (at + 1) % n;
        format!(
            r#""s{at}": (text: "T.", choices: [(say: "a", keep: true, go: "hub"), (say: "n", keep: true, go: "s{on}"), (say: "c", when: "a{at} > 1", keep: true, go: "hub")])"#
        )
    };
    story(&counted(n, 3), &format!("{hub}, {}", many(n, ", ", scene)))
}

/// Messages by carriers by licences by treatments, which quote each other.
fn messages(n: usize) -> String {
    let manners = |kind: &str, letter: &str, n: usize| {
        format!("{kind}: {{ {} }}", many(n, ", ", |at| format!(r#""{letter}{at}": (name: "N")"#)))
    };
    let names = |letter: &str, n: usize| many(n, ", ", |at| format!(r#""{letter}{at}""#));
    let message = |at: usize| {
        format!(
            r#""m{at}": (from: "a", to: "b", keep: true, say: "m{at}", gist: "g{{meant}}", heard: {{ "t0": (text: "x{{heard}}"), "t1": (text: "y") }})"#
        )
    };
    let (carriers, licences, treatments) = (n.min(6), n.min(6), n.clamp(2, 90));
    let count = n.min(1_000 / carriers / licences);
    format!(
        r#"(roles: {{ "a": (name: "A"), "b": (name: "B") }}, {}, {}, {}, messages: {{ {} }}, scenes: {{
          "p": (seat: "a", text: "T.", pass: (messages: [{}], by: [{}], licences: [{}], go: "r"), choices: [(say: "z", go: "z")]),
          "r": (seat: "b", text: "{{heard}}", relay: (treatments: [{}], go: "p")),
          "z": (text: "Z.", end: "E") }})"#,
        manners("carriers", "c", carriers),
        manners("licences", "l", licences),
        manners("treatments", "t", treatments),
        many(n, ", ", message),
        names("m", count),
        names("c", carriers),
        names("l", licences),
        names("t", treatments),
    )
}

/// Variables of place, each with many values.
fn places(n: usize) -> String {
    let scene = |at: usize| {
        let (var, value, far, on) = (at % 4, at % 1000, (at * 31 + 7) % n, (at + 1) % n);
        format!(
            r#""s{at}": (text: "T.", do: ["a{var} = {value}"], choices: [(say: "a", when: "a0 = {value} or a1 > 2", keep: true, go: "s{far}"), (say: "b", keep: true, go: "s{on}"), (say: "z", go: "z")])"#
        )
    };
    story(&counted(4, 999), &many(n, ", ", scene))
}

/// Each flag depends on the next, and the way leads both on and back.
fn chains(n: usize) -> String {
    let scene = |at: usize| {
        let (on, back) = ((at + 1) % n, (at + n - 1) % n);
        format!(
            r#""s{at}": (text: "T.", do: ["v{at} = true if v{on}"], choices: [(say: "a", keep: true, go: "s{on}"), (say: "b", keep: true, go: "s{back}"), (say: "q", when: "v0", go: "z")])"#
        )
    };
    story(&flags(n), &many(n, ", ", scene))
}

/// Flags that only words read, by threes.
fn groups(n: usize) -> String {
    let scene = |at: usize| {
        let (a, b, on) =
            ((at * 7 + 1) % n, (at * 13 + 5) % n, if at + 1 < n { format!("s{}", at + 1) } else { "z".to_owned() });
        format!(
            r#""s{at}": (text: "{{if v{at} and v{a} and v{b}: x{at} | y}}", choices: [(say: "a", do: ["v{at} = true"], keep: true), (say: "b", go: "{on}")])"#
        )
    };
    story(&flags(n), &many(n, ", ", scene))
}

/// A route of many ways, some of which lead back to it.
fn ways(n: usize) -> String {
    let way = |at: usize| {
        format!(r#"(when: "a0 = {}", do: ["a0 +1"], go: "{}")"#, at % 1000, if at % 2 == 1 { "r" } else { "z" })
    };
    let scenes = format!(
        r#""a": (text: "T.", choices: [(say: "u", keep: true, do: ["a0 +1"]), (say: "r", go: "r")]), "r": (route: [{}, (go: "z")])"#,
        many(n, ", ", way)
    );
    story(&counted(1, 999), &scenes)
}

/// Scenes that follow each other for long, one counter within the other.
fn runs(n: usize) -> String {
    let most = n.min(999);
    let scenes = format!(
        r#""a": (text: "T.", choices: [(say: "r", go: "r")]), "r": (do: ["a0 +1"], route: [(when: "a0 = {most}", go: "q"), (go: "r")]),
          "q": (do: ["a0 = 0", "a1 +1"], route: [(when: "a1 = {most}", go: "z"), (go: "r")])"#
    );
    story(&counted(2, most), &scenes)
}

/// A clock, a stop, counters and conditions on all of them.
fn clocks(n: usize) -> String {
    let vars = 3 + n.min(57);
    let of = |at: usize, by: usize| (at * by + by) % vars;
    let choice = |at: usize| {
        format!(
            r#"(say: "c{at}", keep: true, when: "a{} < {} or minutes > {}", do: ["a{} -1 if a{} + a{} > a{}"], go: "s{}")"#,
            of(at, 3),
            1 + at % 9,
            (at * 37) % 1400,
            of(at, 5),
            of(at, 7),
            of(at, 11),
            of(at, 13),
            (at * 17 + 1) % n
        )
    };
    let scene = |at: usize| {
        let choices = many(8, ", ", |j| choice(at * 8 + j));
        format!(
            r#""s{at}": (text: "{{if a{} + a{} > minutes: A | B}}", do: ["a{} +1 if a{} > a{}", "minutes +3 if a{} = 2"], choices: [{choices}], otherwise: "z")"#,
            of(at, 2),
            of(at, 3),
            of(at, 5),
            of(at, 7),
            of(at, 11),
            of(at, 13)
        )
    };
    story(&counted(vars, 9), &many(n, ", ", scene)).replacen(
        '(',
        r#"(clock: (starts: "00:00", ends: "23:59", tick: 1), freeze: "z", "#,
        1,
    )
}

/// Nothing is open any more wherever one comes back to.
fn stuck(n: usize) -> String {
    let on = |at: usize| if at + 1 < n { format!("s{}", at + 1) } else { "z".to_owned() };
    story(
        "",
        &many(n, ", ", |at| format!(r#""s{at}": (text: "T.", choices: [(say: "a", go: "{}"), (say: "b")])"#, on(at))),
    )
    .replace("vars: {  },", "")
}

/// One long condition.
fn or(n: usize) -> String {
    let long = many(n.min(200), " or ", |at| format!("a0 + a1 = {}", at % 1998));
    let scene = format!(
        r#""a": (text: "T.", choices: [(say: "u", keep: true, do: ["a0 +1"]), (say: "v", keep: true, do: ["a1 +1"]), (say: "z", when: "{long}", go: "z"), (say: "y", go: "z")])"#
    );
    story(&counted(2, 999), &scene)
}

/// One text of many branches.
fn branches(n: usize) -> String {
    let text = many(n, " ", |at| format!("{{if a0 + a1 = {}: a{at} | b}}", at % 1998));
    let scene = format!(
        r#""a": (text: "{text}", choices: [(say: "u", keep: true, do: ["a0 +1"]), (say: "v", keep: true, do: ["a1 +1"]), (say: "y", go: "z")])"#
    );
    story(&counted(2, 999), &scene)
}
