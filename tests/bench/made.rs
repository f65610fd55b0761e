//! A story of any size, made from a seed, and written in the languages of three engines: each scene has some sixty
//! words with a value in them and a sentence that depends on one, and three choices with a condition and an effect.

use std::fmt::Write as _;

/// How many counters a made story has; each goes from 0 to 3.
pub const COUNTERS: usize = 6;

/// A choice: its words, the least value of a counter it wants, what it does to a counter, where it goes.
pub struct Choice {
    pub words: String,
    pub wants: Option<(usize, i16)>,
    pub adds: (usize, i16),
    pub go: usize,
    /// It can be taken only once.
    pub once: bool,
}

/// A scene: words, the counter whose value stands among them, more words; then a sentence for a counter that has come
/// far enough, or another.
pub struct Scene {
    pub before: String,
    pub value: usize,
    pub after: String,
    pub when: (usize, i16),
    pub then: String,
    pub otherwise: String,
    pub choices: [Choice; 3],
}

const WORDS: [&str; 40] = [
    "door", "corridor", "carpet", "voice", "paper", "chair", "window", "minute", "hand", "line", "tray", "lift", "the",
    "a", "one", "his", "her", "their", "waits", "turns", "holds", "asks", "hears", "says", "nothing", "again",
    "slowly", "once", "late", "near", "behind", "under", "beside", "with", "without", "quiet", "open", "narrow",
    "blue", "old",
];

/// Numbers that repeat.
pub struct Luck(pub u64);

impl Luck {
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % bound.max(1)
    }

    fn sentence(&mut self, words: usize) -> String {
        let mut out = String::new();
        for at in 0..words {
            let word = WORDS[self.below(WORDS.len())];
            if at == 0 {
                out.push_str(&word[..1].to_uppercase());
                out.push_str(&word[1..]);
            } else {
                out.push(' ');
                out.push_str(word);
            }
        }
        out + "."
    }
}

/// The scenes of a made story. The first choice of each is always open, so that nobody is ever stranded.
pub fn made(scenes: usize, seed: u64) -> Vec<Scene> {
    with_once(scenes, seed, false)
}

/// The same, where the last choice of each scene can be taken only once.
pub fn with_once(scenes: usize, seed: u64, once: bool) -> Vec<Scene> {
    let mut luck = Luck(seed);
    (0..scenes)
        .map(|at| {
            let mut choice = |nth: usize| {
                let wants = (nth > 0).then(|| (luck.below(COUNTERS), 1 + luck.below(2) as i16));
                Choice {
                    words: luck.sentence(5),
                    wants,
                    adds: (luck.below(COUNTERS), [1, -1, 2][luck.below(3)]),
                    // The next scene by one of the ways, so that all can be reached; anywhere by the others.
                    go: if nth == 0 { (at + 1) % scenes } else { luck.below(scenes) },
                    once: once && nth == 2,
                }
            };
            let choices = [choice(0), choice(1), choice(2)];
            Scene {
                before: luck.sentence(14) + " " + &luck.sentence(13),
                value: luck.below(COUNTERS),
                after: luck.sentence(16),
                when: (luck.below(COUNTERS), 1 + luck.below(3) as i16),
                then: luck.sentence(9),
                otherwise: luck.sentence(9),
                choices,
            }
        })
        .collect()
}

/// In RON, for this program.
pub fn ron(scenes: &[Scene]) -> String {
    let mut out = String::from("(\n  title: \"Made\",\n  vars: {\n");
    for at in 0..COUNTERS {
        let _ = writeln!(out, "    \"v{at}\": (min: 0, max: 3),");
    }
    out.push_str("  },\n  scenes: {\n");
    for (at, scene) in scenes.iter().enumerate() {
        let Scene { before, value, after, when, then, otherwise, choices } = scene;
        let (var, least) = when;
        let _ = writeln!(
            out,
            "    \"s{at}\": (\n      text: \"{before} It is {{v{value}}} now. {after} {{if v{var} >= {least}: {then} | {otherwise}}}\",\n      choices: ["
        );
        for Choice { words, wants, adds: (var, by), go, once } in choices {
            let wants = wants.map(|(var, least)| format!("when: \"v{var} >= {least}\", ")).unwrap_or_default();
            let keep = if *once { "" } else { "keep: true, " };
            let _ = writeln!(out, "        (say: \"{words}\", {wants}{keep}do: [\"v{var} {by:+}\"], go: \"s{go}\"),");
        }
        out.push_str("      ],\n    ),\n");
    }
    out + "  },\n)\n"
}

/// In ink, for bladeink.
pub fn ink(scenes: &[Scene]) -> String {
    let mut out = String::new();
    for at in 0..COUNTERS {
        let _ = writeln!(out, "VAR v{at} = 0");
    }
    out.push_str("-> s0\n");
    for (at, scene) in scenes.iter().enumerate() {
        let Scene { before, value, after, when, then, otherwise, choices } = scene;
        let (var, least) = when;
        let _ = writeln!(
            out,
            "=== s{at} ===\n{before} It is {{v{value}}} now. {after} {{v{var} >= {least}: {then}|{otherwise}}}"
        );
        for Choice { words, wants, adds: (var, by), go, once } in choices {
            let wants = wants.map(|(var, least)| format!("{{v{var} >= {least}}} ")).unwrap_or_default();
            let mark = if *once { '*' } else { '+' };
            let _ = writeln!(out, "{mark} {wants}[{words}]\n  ~ v{var} = MAX(0, MIN(3, v{var} + {by}))\n  -> s{go}");
        }
    }
    out
}
