//! Values: the word that a counter shows for a number, and several values of which one is wanted.

use super::super::super::model::Domain;
use super::super::Names;
use super::super::parse::ExprKind;
use super::words::words;

/// The words with a number in the place of each word that a counter shows: `dough is high`, `high`.
pub(super) fn numbered(written: &[&str], kind: ExprKind, names: &Names<'_>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    // The counter that is compared or set.
    let mut counter = None;
    let mut at = 0;
    while let Some(&word) = written.get(at) {
        at += 1;
        if let Some(var) = names.vars.get(word) {
            counter = matches!(names.domain(*var), Domain::Counter(..)).then_some(word);
            out.push(word.to_owned());
            continue;
        }
        let shown = shown(names, &written[at - 1..]);
        let of_counter = shown.iter().find(|(name, ..)| Some(*name) == counter);
        if let Some((_, value, length)) = of_counter {
            out.push(value.to_string());
            at += length - 1;
            continue;
        }
        let stands_alone = out.last().is_none_or(|last| matches!(last.as_str(), "and" | "or" | "not" | "(" | "if"));
        if let ([(name, value, length)], true) = (shown.as_slice(), stands_alone) {
            let sign = if kind == ExprKind::Effects && out.iter().all(|word| word != "if") { "=" } else { "is" };
            out.extend([*name, sign, &value.to_string()].map(str::to_owned));
            at += length - 1;
            continue;
        }
        out.push(word.to_owned());
    }
    out
}

/// The counters that show the words at the beginning of these: name, value, and how many words those are.
fn shown<'n>(names: &'n Names<'_>, written: &[&str]) -> Vec<(&'n str, i32, usize)> {
    let mut out: Vec<(&str, i32, usize)> = Vec::new();
    for (name, var) in &names.vars {
        let Domain::Counter(min, _) = names.domain(*var) else { continue };
        let all = names.shown.get(var).into_iter().flatten();
        let found = (i32::from(*min)..).zip(all).filter_map(|(value, shown)| {
            let parts = words(shown);
            let same = parts.len() <= written.len()
                && parts.iter().zip(written).all(|(a, b)| a.to_lowercase() == b.to_lowercase());
            (same && !parts.is_empty()).then_some((*name, value, parts.len()))
        });
        // Of “thin” and “thin as paper” the longer one is meant.
        out.extend(found.max_by_key(|(.., length)| *length));
    }
    out
}

/// Each of several values compared for itself: `dough = 1 or 2 or 3`, `oven is cold or warm`.
pub(super) fn each_compared(words: Vec<String>, names: &Names<'_>) -> Vec<String> {
    let sign = |word: &str| matches!(word, "is" | "=" | "<" | "<=" | ">" | ">=");
    let mut out: Vec<String> = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let subject = subject(&out);
        if !sign(word) || subject.is_empty() {
            out.push(word.clone());
            at += 1;
            continue;
        }
        let mut compared = vec![word.clone()];
        compared.extend(words.get(at + 1).filter(|not| *not == "not").cloned());
        let mut values: Vec<&str> = Vec::new();
        let mut any = false;
        let mut next = at + compared.len();
        while let Some(value) = words.get(next).filter(|value| is_value(&subject, value, names)) {
            values.push(value);
            let joins = words[next + 1..].iter().take_while(|word| matches!(word.as_str(), "," | "or" | "and"));
            let joins: Vec<&String> = joins.collect();
            let behind = next + 1 + joins.len();
            let goes_on = words.get(behind).is_some_and(|value| is_value(&subject, value, names))
                && !words.get(behind + 1).is_some_and(|after| sign(after));
            next += 1;
            if joins.is_empty() || !goes_on {
                break;
            }
            any |= joins.iter().any(|join| *join == "or");
            next = behind;
        }
        if values.len() < 2 {
            let before = out.len();
            out.extend(compared);
            at += out.len() - before;
            continue;
        }
        let denied = compared.len() == 2;
        let equal = matches!(word.as_str(), "is" | "=");
        let join = if denied || !(any || equal) { "and" } else { "or" };
        out.truncate(out.len() - subject.len());
        let others = out.iter().chain(&words[next..]).any(|word| matches!(word.as_str(), "and" | "or" | "not"));
        out.extend(others.then(|| "(".to_owned()));
        for (nth, value) in values.into_iter().enumerate() {
            out.extend((nth > 0).then(|| join.to_owned()));
            out.extend(subject.iter().chain(&compared).cloned());
            out.push(value.to_owned());
        }
        out.extend(others.then(|| ")".to_owned()));
        at = next;
    }
    out
}

/// What is compared at the end of these words: a name, or `heard(message)`.
fn subject(words: &[String]) -> Vec<String> {
    match words {
        [.., heard, open, message, close] if heard == "heard" && open == "(" && close == ")" => {
            [heard, open, message, close].map(Clone::clone).to_vec()
        }
        [.., name] if name.starts_with(|c: char| c.is_alphabetic() || c == '_') => vec![name.clone()],
        _ => Vec::new(),
    }
}

/// Whether this can be a value of what is compared: a number of a counter, a state of another variable.
fn is_value(subject: &[String], value: &str, names: &Names<'_>) -> bool {
    let var = match subject {
        [name] => names.vars.get(name.as_str()).or_else(|| names.lines.get(name)),
        [_, _, message, _] => names.messages.get(message.as_str()),
        _ => None,
    };
    match var.map(|var| names.domain(*var)) {
        Some(Domain::Counter(..)) => value.bytes().all(|digit| digit.is_ascii_digit()),
        Some(Domain::States(states)) => states.iter().any(|state| state == value),
        _ => false,
    }
}
