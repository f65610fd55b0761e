//! Conditions: states are compared with `is`, a flag stands by itself, and the clock counts `minutes`.

use super::super::super::model::Domain;
use super::super::Names;
use super::names::is_value;

/// What a line is called that somebody has struck.
pub(super) const STRUCK: [&str; 8] = ["struck", "crossed", "gone", "removed", "deleted", "cut", "out", "erased"];

/// These words as a condition.
pub(super) fn condition(words: &[String], names: &Names<'_>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    // The counter that was compared last.
    let mut counter = None;
    let mut rest = words.iter().map(String::as_str).filter(|word| !matches!(*word, "then" | "if")).peekable();
    // “is the rope tied” asks as well.
    rest.next_if_eq(&"is");
    while let Some(word) = rest.next() {
        let asks = matches!(rest.peek(), Some(&"=" | &"is"));
        // `struck card.hour`
        if let Some(line) = rest.next_if(|line| STRUCK.contains(&word) && names.lines.contains_key(*line)) {
            let denied = out.pop_if(|last| last == "not").is_some();
            out.extend((!denied).then(|| "not".to_owned()));
            out.extend([line, "is", "standing"].map(str::to_owned));
            continue;
        }
        if let ("before" | "after", Some(time)) = (word, rest.peek().and_then(|time| minutes(names, time))) {
            rest.next();
            let sign = if word == "before" { "<" } else { ">" };
            out.extend(["minutes", sign, &time].map(str::to_owned));
            continue;
        }
        if names.lines.contains_key(word) {
            rest.next_if(|_| asks);
            let denied = rest.next_if_eq(&"not").is_some();
            let struck = rest.next_if(|state| STRUCK.contains(state)).is_some();
            let ends = rest.peek().is_none_or(|next| matches!(*next, "and" | "or" | ")"));
            out.extend((struck && !denied).then(|| "not".to_owned()));
            out.extend([word, "is"].map(str::to_owned));
            if struck || (ends && !denied) {
                out.push("standing".to_owned());
            } else if denied {
                out.push("not".to_owned());
            }
            continue;
        }
        // `n < 1 or > 3`
        if let Some(counter) = counter.clone().filter(|_| is_comparison(word))
            && out.last().is_some_and(|last| matches!(last.as_str(), "and" | "or"))
        {
            out.push(counter);
        }
        let domain = domain(names, word);
        counter = if matches!(domain, Some(Domain::Counter(..))) { Some(word.to_owned()) } else { counter };
        match domain {
            Some(Domain::Flag) if asks => {
                rest.next();
                let denied = rest.next_if_eq(&"not").is_some();
                let truth = rest.next_if(|word| matches!(*word, "true" | "false" | "set"));
                let ends = rest.peek().is_none_or(|next| matches!(*next, "and" | "or" | ")"));
                if truth.map_or(denied && ends, |truth| (truth == "false") != denied) {
                    out.push("not".to_owned());
                }
                out.push(word.to_owned());
                if truth.is_none() && !ends {
                    out.push("is".to_owned());
                }
            }
            Some(Domain::States(_)) if asks => {
                rest.next();
                out.extend([word, "is"].map(str::to_owned));
            }
            // The state stands right behind it.
            Some(Domain::States(states))
                if rest.peek().is_some_and(|next| *next == "not" || states.iter().any(|state| state == next)) =>
            {
                out.extend([word, "is"].map(str::to_owned));
            }
            // How a message was heard.
            _ if word == ")" && rest.peek() == Some(&"=") => {
                rest.next();
                out.extend([word, "is"].map(str::to_owned));
            }
            // `0 < n < 3`: what is in the middle is compared twice.
            Some(Domain::Counter(..))
                if out.last().is_some_and(|sign| is_comparison(sign))
                    && rest.peek().is_some_and(|sign| is_comparison(sign)) =>
            {
                out.extend([word, "and", word].map(str::to_owned));
            }
            // `2 trust`
            None if word.bytes().all(|digit| digit.is_ascii_digit())
                && !out.last().is_some_and(|sign| {
                    is_comparison(sign) || matches!(sign.as_str(), "=" | "+" | "-" | "is" | "not")
                }) =>
            {
                let counter = rest.next_if(|next| matches!(self::domain(names, next), Some(Domain::Counter(..))));
                let ends = rest.peek().is_none_or(|next| matches!(*next, "and" | "or" | ")"));
                match counter.filter(|_| ends) {
                    Some(counter) => out.extend([counter, ">=", word].map(str::to_owned)),
                    None => out.extend([Some(word), counter].into_iter().flatten().map(str::to_owned)),
                }
            }
            // `trust 2`
            Some(Domain::Counter(..))
                if rest.peek().is_some_and(|next| next.bytes().all(|digit| digit.is_ascii_digit()))
                    && !out
                        .last()
                        .is_some_and(|sign| is_comparison(sign) || matches!(sign.as_str(), "=" | "+" | "-")) =>
            {
                out.extend([word, ">="].map(str::to_owned));
            }
            None if !is_value(&out) => match (minutes(names, word), owner(names, word)) {
                (Some(minutes), _) => out.push(minutes),
                (None, Some(var)) => {
                    // `open door`
                    rest.next_if_eq(&var);
                    out.extend([var, "is", word].map(str::to_owned));
                }
                (None, None) => out.push(word.to_owned()),
            },
            None => out.push(minutes(names, word).unwrap_or_else(|| word.to_owned())),
            _ => out.push(word.to_owned()),
        }
    }
    out
}

/// The variable that has this state, where only one has.
pub(super) fn owner<'n>(names: &'n Names<'_>, state: &str) -> Option<&'n str> {
    let has = |domain: &Domain| matches!(domain, Domain::States(states) if states.iter().any(|one| one == state));
    let mut owners = names.vars.iter().filter(|(_, var)| has(names.domain(**var))).map(|(name, _)| *name);
    let (one, more) = (owners.next()?, owners.next());
    more.is_none().then_some(one)
}

/// A time on the clock as it is counted here.
fn minutes(names: &Names<'_>, word: &str) -> Option<String> {
    let starts = names.starts?;
    let (hours, minutes) = word.split_once(':')?;
    let time = hours.parse::<u16>().ok()?.checked_mul(60)?.checked_add(minutes.parse().ok()?)?;
    // A time before the start is one of the next morning.
    let since = if time < starts { (time + 24 * 60).checked_sub(starts)? } else { time - starts };
    Some(since.to_string())
}

fn is_comparison(sign: &str) -> bool {
    matches!(sign, "<" | "<=" | ">" | ">=")
}

pub(super) fn domain<'n>(names: &'n Names<'_>, name: &str) -> Option<&'n Domain> {
    names.vars.get(name).map(|var| names.domain(*var))
}
