//! Names as they are asked about here: `heard(message)`, `visited(scene)`, `sheet.line`.

use super::super::super::model::Domain;
use super::super::Names;
use super::super::parse::ExprKind;

/// The words with every name written out: two words that are one name, a message, a scene or a line by its name alone.
pub(super) fn joined(words: Vec<String>, kind: ExprKind, names: &Names<'_>) -> Vec<String> {
    let is_name = |word: &str| names.vars.contains_key(word) || names.scenes.contains_key(word);
    let mut out: Vec<String> = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        at += 1;
        let next = |behind: usize| words.get(at + behind).map_or("", String::as_str);
        // The clock counts minutes.
        if matches!(word.as_str(), "clock" | "time" | "minute")
            && !names.vars.contains_key(word.as_str())
            && names.starts.is_some()
        {
            out.push("minutes".to_owned());
            continue;
        }
        let (scene, message) = (names.scenes.contains_key(word.as_str()), names.messages.contains_key(word.as_str()));
        if next(0) == "." && ((scene && next(1) == "visited") || (message && next(1) == "heard")) {
            out.extend([next(1), "(", word, ")"].map(str::to_owned));
            at += 2;
            continue;
        }
        if next(0) == "." && has_state(names, word, next(1)) {
            out.extend([word.as_str(), if kind == ExprKind::Effects { "=" } else { "is" }, next(1)].map(str::to_owned));
            at += 2;
            continue;
        }
        if let (".", line) = (next(0), format!("{word}.{}", next(1)))
            && names.lines.contains_key(&line)
        {
            out.push(line);
            at += 2;
            continue;
        }
        if matches!(word.as_str(), "heard" | "visited") {
            let bracket = next(0) == "(";
            // “visited once hall”, “visited hall once”: whether it has been is all that is known.
            let once = |word: &str| matches!(word, "once" | "already" | "ever") && !names.scenes.contains_key(word);
            at += usize::from(!bracket && once(next(0)));
            let next = |behind: usize| words.get(at + behind).map_or("", String::as_str);
            let argument = next(usize::from(bracket)).to_owned();
            // `visited(hall, attic)`
            let inside = &words[(at + 1).min(words.len())..];
            let close = inside.iter().position(|word| word == ")").unwrap_or(0);
            let scenes: Vec<&String> = inside[..close].iter().step_by(2).collect();
            let parted =
                inside[..close].iter().skip(1).step_by(2).all(|word| matches!(word.as_str(), "," | "or" | "and"));
            let known = scenes.iter().all(|scene| names.scenes.contains_key(scene.as_str()));
            if word == "visited" && bracket && scenes.len() > 1 && parted && known {
                let join = if inside[..close].iter().any(|word| word == "and") { "and" } else { "or" };
                out.push("(".to_owned());
                for (nth, scene) in scenes.into_iter().enumerate() {
                    out.extend((nth > 0).then(|| join.to_owned()));
                    out.extend(["visited", "(", scene.as_str(), ")"].map(str::to_owned));
                }
                out.push(")".to_owned());
                at += close + 2;
                continue;
            }
            at += 1 + usize::from(bracket);
            out.extend([word.clone(), "(".to_owned(), argument, ")".to_owned()]);
            at += how_heard(&words[at.min(words.len())..], bracket, &mut out);
            at += usize::from(words.get(at).is_some_and(|word| once(word)));
            continue;
        }
        // What is asked of a line as if by a function.
        if matches!(word.as_str(), "struck" | "standing") && next(0) == "(" && next(2) == "." && next(4) == ")" {
            out.extend([format!("{}.{}", next(1), next(3)), "is".to_owned(), word.clone()]);
            at += 5;
            continue;
        }
        // What is asked as if by another function.
        if next(0) == "(" && next(2) == ")" && !matches!(word.as_str(), "and" | "or" | "not" | "if") {
            let (asked, is_known) = (next(1), names.vars.contains_key(word.as_str()));
            let meant = if is_known {
                None
            } else if names.scenes.contains_key(asked) {
                Some(vec!["visited", "(", asked, ")"])
            } else if names.messages.contains_key(asked) {
                Some(vec!["heard", "(", asked, ")"])
            } else if has_state(names, asked, word) {
                Some(vec![asked, "is", word])
            } else {
                names.vars.contains_key(asked).then(|| vec![asked])
            };
            if let Some(meant) = meant {
                out.extend(meant.into_iter().map(str::to_owned));
                at += 3;
                continue;
            }
        }
        let one = out.last().and_then(|before| {
            ["-", "_"].map(|sign| format!("{before}{sign}{word}")).into_iter().find(|name| is_name(name))
        });
        if let Some(one) = one.filter(|_| out.last().is_some_and(|before| !is_name(before))) {
            *out.last_mut().expect("it has just been looked at") = one;
            continue;
        }
        if names.vars.contains_key(word.as_str()) || is_value(&out) {
            out.push(word.clone());
        } else if let Some(line) = line(names, word) {
            out.push(line);
        } else if kind == ExprKind::Condition && names.messages.contains_key(word.as_str()) {
            out.extend(["heard", "(", word, ")"].map(str::to_owned));
        } else if kind == ExprKind::Condition && names.scenes.contains_key(word.as_str()) {
            out.extend(["visited", "(", word, ")"].map(str::to_owned));
        } else {
            out.push(word.clone());
        }
    }
    out
}

/// Whether a variable has this state.
pub(super) fn has_state(names: &Names<'_>, name: &str, state: &str) -> bool {
    let domain = names.vars.get(name).map(|var| names.domain(*var));
    matches!(domain, Some(Domain::States(states)) if states.iter().any(|one| one == state))
}

/// Whether what comes next is what something is compared with, or what is asked about.
pub(super) fn is_value(before: &[String]) -> bool {
    let before: Vec<&str> = before.iter().rev().take(2).map(String::as_str).collect();
    matches!(before.as_slice(), ["is" | "=", ..] | ["not", "is"] | ["(", "heard" | "visited"])
}

/// Within the brackets, how a message was heard: `heard(m, soft)`, `heard(m is soft)`. How many words were read.
fn how_heard(rest: &[String], bracket: bool, out: &mut Vec<String>) -> usize {
    let rest: Vec<&str> = rest.iter().map(String::as_str).take(4).collect();
    let (how, read) = match rest.as_slice() {
        _ if !bracket => return 0,
        [")", ..] => return 1,
        [",", how, ")", ..] | ["is" | "=", how, ")", ..] => (vec!["is", *how], 3),
        ["is", "not", how, ")"] => (vec!["is", "not", *how], 4),
        [how, ")", ..] => (vec!["is", *how], 2),
        _ => return 0,
    };
    out.extend(how.into_iter().map(str::to_owned));
    read
}

/// The line of a sheet that is meant by its name alone, where only one is called so.
fn line(names: &Names<'_>, name: &str) -> Option<String> {
    let mut lines = names.lines.keys().filter(|whole| whole.rsplit('.').next() == Some(name));
    let (one, more) = (lines.next()?, lines.next());
    more.is_none().then(|| one.clone())
}
