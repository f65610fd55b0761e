//! Changes, conditions, choices and ways on as other tools write them among their words.

use super::foreign::{CHOICESCRIPT, COMMAND, first_name, is_command, link};

/// Something written as another tool has it, in the words of a story: where it stands, how many bytes it is, and what
/// it was to do.
pub(in crate::story) struct Habit<'w> {
    pub start: usize,
    pub length: usize,
    pub meant: Meant<'w>,
}

/// What it was to do.
pub(in crate::story) enum Meant<'w> {
    /// To show words under this condition.
    If(&'w str),
    /// To change a variable.
    Change(&'w str),
    /// To show a value.
    Value(&'w str),
    /// To go on to a scene.
    Go(&'w str),
    /// To let somebody choose.
    Choice(&'w str),
    End,
    /// What is to be written instead.
    Other(String),
}

const LOTS: &str = "write `{one of: … | … | …}` for words that fall by lot";

/// The first habit of another tool in these words.
pub(in crate::story) fn habit_of_prose<'w>(
    words: &'w str,
    is_scene: &dyn Fn(&str) -> bool,
    is_variable: &dyn Fn(&str) -> bool,
) -> Option<Habit<'w>> {
    if !crate::text::has_any(words, *b"[<>:*+~=%@#$") {
        return None;
    }
    let found = [
        double_angles(words),
        macros(words),
        brackets(words),
        braces(words),
        lines(words, is_scene),
        bare_if(words, is_variable),
    ];
    found.into_iter().flatten().min_by_key(|habit| habit.start)
}

fn habit<'w>(words: &str, at: &str, meant: Meant<'w>) -> Option<Habit<'w>> {
    let start = at.as_ptr() as usize - words.as_ptr() as usize;
    Some(Habit { start, length: at.len(), meant })
}

/// A name that other tools put signs and quotes around.
fn bare(name: &str) -> &str {
    name.trim_matches(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-'))
}

/// `<<if $lamp>>`, as in Yarn Spinner and `SugarCube`.
fn double_angles(words: &str) -> Option<Habit<'_>> {
    let (at, inside) = enclosed(words, "<<", ">>").find(|(_, inside)| {
        let first = inside.trim_start().chars().next();
        first.is_some_and(|c| c.is_alphabetic() || "/=-".contains(c))
    })?;
    let inside = inside.trim();
    let (command, rest) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
    habit(words, at, command_of(command, rest))
}

/// Harlowe's commands.
const MACROS: [&str; 15] = [
    "set",
    "put",
    "if",
    "unless",
    "else-if",
    "elseif",
    "else",
    "print",
    "display",
    "go-to",
    "goto",
    "link",
    "link-goto",
    "either",
    "random",
];

/// A command of another tool's that is not closed in these words, as a quotation mark in it ends them: it, where it
/// begins, and what is to be written instead. `behind` is what follows.
pub(super) fn cut_command(words: &str, behind: &str) -> Option<(usize, String)> {
    let open = |mark: &str, close: &str| words.rfind(mark).filter(|at| !words[*at..].contains(close));
    let (start, command) = match (open("<<", ">>"), open("(", ")")) {
        (Some(at), _) => (at, words[at + 2..].split_whitespace().next()?),
        (None, Some(at)) => (at, words[at + 1..].split_once(':')?.0),
        (None, None) => return None,
    };
    let known = words[start..].starts_with("<<") || MACROS.contains(&command);
    let in_quotes = |nth: usize| behind.split('"').nth(nth).map(str::trim).unwrap_or("…");
    let help = match command_of(command, "") {
        Meant::Go(_) => format!("write `go: \"{}\"` behind the text", in_quotes(0)),
        Meant::Choice(_) => {
            format!("write it under `choices`: `(say: \"{}\", go: \"{}\")`", in_quotes(0), in_quotes(2))
        }
        Meant::Other(help) => help,
        _ => COMMAND.to_owned(),
    };
    known.then_some((start, help))
}

/// `(set: $lamp to true)`, as in Harlowe.
fn macros(words: &str) -> Option<Habit<'_>> {
    let (at, command, rest) = enclosed(words, "(", ")").find_map(|(at, inside)| {
        let (command, rest) = inside.split_once(':')?;
        MACROS.contains(&command).then_some((at, command, rest.trim()))
    })?;
    habit(words, at, command_of(command, rest))
}

/// What a command by this name was to do.
fn command_of<'w>(command: &str, rest: &'w str) -> Meant<'w> {
    match command.to_lowercase().as_str() {
        "if" | "elseif" | "else-if" | "elif" | "unless" | "else" | "endif" | "/if" | "end" => Meant::If(rest),
        "set" | "put" | "declare" | "unset" | "call" => Meant::Change(rest),
        "print" | "=" | "-" | "display" => Meant::Value(bare(rest)),
        "goto" | "go-to" | "jump" | "detour" | "include" => Meant::Go(bare(rest)),
        "link" | "link-goto" | "button" | "choice" | "actions" => Meant::Choice(rest),
        "either" | "random" | "cycle" | "shuffle" => Meant::Other(LOTS.to_owned()),
        "stop" => Meant::End,
        _ => Meant::Other(COMMAND.to_owned()),
    }
}

/// `[[Out->square]]` of Twine, `[if lamp]` of Inform.
fn brackets(words: &str) -> Option<Habit<'_>> {
    if let Some((at, inside)) = enclosed(words, "[[", "]]").next() {
        return habit(words, at, Meant::Other(link(inside)));
    }
    enclosed(words, "[", "]").find_map(|(at, inside)| match inside.split_once(' ').unwrap_or((inside, "")) {
        ("if" | "unless", when) if !when.is_empty() => habit(words, at, Meant::If(when)),
        ("otherwise" | "else" | "endif", "") | ("end" | "else" | "otherwise", "if") => habit(words, at, Meant::If("")),
        ("one", "of") => habit(words, at, Meant::Other(LOTS.to_owned())),
        _ => None,
    })
}

/// `{% if lamp %}` and `{{#if lamp}}` of templates, `@{lamp …|…}` and `$!{name}` of `ChoiceScript`.
fn braces(words: &str) -> Option<Habit<'_>> {
    let templates = enclosed(words, "{%", "%}").chain(enclosed(words, "{{#", "}}")).next();
    if let Some((at, inside)) = templates {
        let inside = inside.trim();
        let (command, rest) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
        return habit(words, at, command_of(command, rest));
    }
    if let Some((at, inside)) = enclosed(words, "@{", "}").next() {
        let in_brackets = inside.strip_prefix('(').and_then(|inside| inside.split_once(')'));
        let when = in_brackets.map_or_else(|| inside.split_whitespace().next().unwrap_or(""), |(when, _)| when);
        return habit(words, at, Meant::If(when));
    }
    let (at, name) = enclosed(words, "$!{", "}").chain(enclosed(words, "$!!{", "}")).next()?;
    habit(words, at, Meant::Value(name))
}

/// What stands between these marks, with and without them, one after the other.
fn enclosed<'w>(
    words: &'w str,
    open: &'static str,
    close: &'static str,
) -> impl Iterator<Item = (&'w str, &'w str)> + use<'w> {
    words.match_indices(open).filter_map(move |(at, _)| {
        let inside = &words[at + open.len()..];
        let length = inside.find(close)?;
        Some((&words[at..at + open.len() + length + close.len()], &inside[..length]))
    })
}

/// `if lamp: …` without braces, where a sentence would begin.
fn bare_if<'w>(words: &'w str, is_variable: &dyn Fn(&str) -> bool) -> Option<Habit<'w>> {
    words.match_indices("if ").find_map(|(at, _)| {
        let before = words[..at].trim_end_matches([' ', '\t']);
        let begins = before.is_empty()
            || before.ends_with(['\n', '.', '!', '?']) && before.len() < at
            || words[..at].ends_with(['(', '[', '<']);
        let inside = before.matches('{').count() > before.matches('}').count();
        let (when, _) = words[at + 3..].split_once(':').filter(|_| begins || before.ends_with('\n'))?;
        let first = when.strip_prefix("not ").unwrap_or(when).split(' ').next()?;
        let short = when.len() <= 60 && !when.contains(['.', ',', ';', '!', '?', '\n', '{', '}', '|']);
        let told = !inside && short && is_variable(first);
        told.then(|| habit(words, &words[at..at + 3 + when.len() + 1], Meant::If(when))).flatten()
    })
}

/// What stands at the beginning of a line, or leads on at its end.
fn lines<'w>(words: &'w str, is_scene: &dyn Fn(&str) -> bool) -> Option<Habit<'w>> {
    let several = |mark: &str| words.lines().filter(|line| line.trim_start().starts_with(mark)).count() > 1;
    words.lines().find_map(|line| {
        let line = line.trim();
        let after = |mark: &str| line.strip_prefix(mark).map(str::trim);
        if let Some((command, help)) = CHOICESCRIPT.iter().find(|(command, _)| is_command(line, command)) {
            let at = &line[..=command.len()];
            let rest = line[at.len()..].trim();
            let meant = match *command {
                "if" | "elseif" | "else" => Meant::If(rest),
                "set" => Meant::Change(rest),
                "goto" | "goto_scene" | "gosub" if !rest.is_empty() => Meant::Go(bare(rest)),
                _ => Meant::Other(help.replace("NAME", first_name(rest))),
            };
            return habit(words, at, meant);
        }
        // A choice in ink. A star that is followed by a blank emphasises nothing.
        for mark in ["* ", "+ "] {
            let told = |rest: &str| mark == "* " || rest.contains('[') || rest.contains("->") || several(mark);
            if let Some(rest) = after(mark).filter(|rest| told(rest)) {
                return habit(words, &line[..1], Meant::Choice(rest));
            }
        }
        if let Some(at) = line.find("~ ").filter(|at| *at == 0 || line[..*at].ends_with(' ')) {
            let change = line[at + 2..].split(['.', '{', '|']).next().unwrap_or("").trim();
            let name = change.find(|c: char| !(c.is_alphanumeric() || "_-".contains(c))).unwrap_or(change.len());
            let sets = change[name..].trim_start().starts_with(['=', '+', '-']);
            if name > 0 && sets {
                return habit(words, &line[at..=at], Meant::Change(change));
            }
        }
        for mark in ["===", "==", "::"] {
            if after(mark).is_some_and(|rest| rest.starts_with(char::is_alphanumeric)) {
                let help = format!("begin a scene of its own: `\"{}\": (text: \"…\", go: \"…\"),`", first_name(line));
                return habit(words, &line[..mark.len()], Meant::Other(help));
            }
        }
        divert(words, line, is_scene)
    })
}

/// `-> square` at the end of a line, or wherever it names a scene; `-> Out` before the words of a choice.
fn divert<'w>(words: &'w str, line: &'w str, is_scene: &dyn Fn(&str) -> bool) -> Option<Habit<'w>> {
    let arrows = line.match_indices("->").map(|(at, _)| (&line[at..at + 2], line[at + 2..].trim()));
    for (at, to) in arrows {
        let length = to.find(|c: char| !(c.is_alphanumeric() || "_-.".contains(c))).unwrap_or(to.len());
        let name = to[..length].trim_end_matches('.');
        if matches!(name, "END" | "DONE") {
            return habit(words, at, Meant::End);
        }
        if !name.is_empty() && (length == to.len() || is_scene(name)) {
            return habit(words, at, Meant::Go(name));
        }
    }
    let say = line.strip_prefix("->").map(str::trim).filter(|say| !say.is_empty())?;
    habit(words, &line[..2], Meant::Choice(say))
}
