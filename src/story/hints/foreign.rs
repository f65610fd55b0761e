//! Habits from other tools: comments, choices and ways on as ink, Twine, ChoiceScript, Yarn, Markdown, a word processor
//! or a programming language write them.

use super::super::diagnostic::Code;
use super::super::lexer::{Token, TokenKind as Kind};
use super::super::sample::Sample;
use super::{BrokenText, Hint, Mend};

/// What is told of commands that there is nothing alike of here.
pub(super) const COMMAND: &str = "changes stand in `do`, conditions in `when`, or in prose `{if CONDITION: … | …}`";

/// What follows a star in ChoiceScript, and what is written here instead.
pub(super) const CHOICESCRIPT: &[(&str, &str)] = &[
    ("choice", "write `choices: [(say: \"…\", go: \"…\"), …]`"),
    ("fake_choice", "write `choices: [(say: \"…\", go: \"…\"), …]`"),
    ("goto", "write `go: \"scene\"`"),
    ("goto_scene", "write `go: \"scene\"`"),
    ("gosub", "write `go: \"scene\"`"),
    ("label", "give it a scene of its own: `\"name\": (text: \"…\"),`"),
    ("create", "declare it under `vars`: `\"NAME\": (min: 0, max: 3)`"),
    ("temp", "declare it under `vars`: `\"NAME\": (min: 0, max: 3)`"),
    ("set", "write it in `do: [\"EFFECT\"]`"),
    ("rand", "write a `route` with `odds`"),
    ("if", "write `when: \"CONDITION\"`, or in prose `{if CONDITION: … | …}`"),
    ("elseif", "write `when: \"CONDITION\"`, or in prose `{if CONDITION: … | …}`"),
    ("else", "write `when: \"CONDITION\"`, or in prose `{if CONDITION: … | …}`"),
    ("finish", "write `end: \"Title\"`"),
    ("ending", "write `end: \"Title\"`"),
    ("page_break", "give what follows a scene of its own, and lead to it by `go`"),
    ("line_break", "leave a blank line in the text"),
    ("comment", "write `// …`"),
    ("title", "write `title: \"…\"`"),
    ("author", "write `by: \"…\"`"),
    ("scene_list", "scenes are led to by `go`; no list of them is needed"),
];

/// Something written as another tool has it, where the reading stopped.
pub(super) fn habit(broken: &BrokenText<'_>) -> Option<Hint> {
    // `ron` stops at what it does not know, or a mark before or behind it.
    let met = broken.tokens.iter().position(|token| token.end > broken.stopped).unwrap_or(broken.tokens.len());
    (met.saturating_sub(2)..=met + 1).find_map(|at| {
        let token = *broken.tokens.get(at)?;
        let rest = broken.line_from(token.start);
        margin(broken, at, rest)
            .or_else(|| option(broken, at, rest))
            .or_else(|| comment(broken, token, rest))
            .or_else(|| page(broken, token, rest))
            .or_else(|| bullet(broken, at, rest))
            .or_else(|| tool(broken, at, rest))
    })
}

/// A comment as another language writes it.
fn comment(broken: &BrokenText<'_>, token: Token, rest: &str) -> Option<Hint> {
    let length = match rest.chars().next()? {
        '<' if rest.starts_with("<!--") => {
            let end = broken.text[token.start..].find("-->").map_or(rest.len(), |end| end + 3);
            let (start, help) = (token.start, "write `//` before it, or put it between `/*` and `*/`");
            let hint = Hint::new(Code::OddComment, start, start + 4, "`<!--` does not begin a comment", help);
            return Some(hint.mend(start..start + end, ""));
        }
        '-' if rest.starts_with("--") && !rest.starts_with("-->") => rest.find(|c| c != '-').unwrap_or(rest.len()),
        '#' if !rest.starts_with("#![") => 1,
        c @ ('—' | '–' | ';' | '%' | '/' | '\\') if broken.leads(token) => {
            rest.find(|other| other != c).unwrap_or(rest.len())
        }
        _ => return None,
    };
    let (start, end) = (token.start, token.start + length);
    let message = format!("`{}` does not begin a comment", &rest[..length]);
    Some(Hint::new(Code::OddComment, start, end, message, "write `//` instead").mend(start..end, "//"))
}

/// What was copied along with an example from a page.
fn page(broken: &BrokenText<'_>, token: Token, rest: &str) -> Option<Hint> {
    if rest.starts_with("```") && broken.leads(token) {
        let whole_line = |(at, _): (usize, &str)| Mend { range: at..at + broken.line_from(at).len(), by: "" };
        let message = "this line belongs to the page that this was copied from";
        let help = "delete the lines that begin with three backticks";
        let hint = Hint::new(Code::OtherLanguage, token.start, token.start + rest.len(), message, help);
        return Some(hint.mends(broken.text.match_indices("```").map(whole_line).collect()));
    }
    let dots = ["…", "..."].into_iter().find(|dots| rest.starts_with(dots))?;
    let message = "dots stand for something left out";
    Some(Hint::new(Code::NotRon, token.start, token.start + dots.len(), message, "write it out, or delete the dots"))
}

/// The number or sign before a line that is right without it: copied along from an editor, a mail or a comparison.
fn margin(broken: &BrokenText<'_>, at: usize, rest: &str) -> Option<Hint> {
    let token = broken.tokens[at];
    let length = rest.find(|c: char| !c.is_ascii_digit()).filter(|digits| *digits > 0).unwrap_or(1);
    let known = length > 1 || rest.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '>' | '+' | '|'));
    let line = rest.get(length..)?.trim_start_matches(['>', '|', ' ', '\t']);
    let behind = broken.tokens.iter().position(|behind| behind.start >= token.start + rest.len() - line.len())?;
    let names = broken.kind(behind).is_some_and(Kind::is_value) && broken.kind(behind + 1) == Some(Kind::Colon);
    let closes = match broken.kind(behind) {
        // A choice in ink goes on with one of the others.
        Some(Kind::Open(bracket)) => bracket == b'(' || !rest.starts_with('+'),
        kind => matches!(kind, Some(Kind::Close(_))),
    };
    let follows = line.len() < rest.len() - length || !rest.starts_with(|c: char| c.is_ascii_digit());
    if !(broken.leads(token) && known && follows && (names || closes) && broken.tokens[behind].start <= broken.last) {
        return None;
    }
    let (start, end) = (token.start, token.start + rest.len() - line.len());
    let what = if rest.starts_with(|c: char| c.is_ascii_digit()) {
        "a number".to_owned()
    } else {
        format!("`{}`", &rest[..1])
    };
    let message = format!("{what} stands before this line, and belongs to nothing");
    let help = "delete it: it was copied along from a page, a mail or a comparison";
    Some(Hint::new(Code::OtherLanguage, start, token.start + length, message, help).mend(start..end, ""))
}

/// The mark or number before an item of a list.
fn bullet(broken: &BrokenText<'_>, at: usize, rest: &str) -> Option<Hint> {
    let token = broken.tokens[at];
    if !broken.leads(token) {
        return None;
    }
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let length = match rest.chars().next()? {
        c @ ('•' | '◦' | '▪' | '·' | '●' | '○') => c.len_utf8(),
        '-' if rest.starts_with("- ") => 1,
        _ if digits > 0 && rest[digits..].starts_with(['.', ')']) => digits + 1,
        _ => return None,
    };
    let (start, end) = (token.start, token.start + length);
    let mark = if digits > 0 { "a number".to_owned() } else { format!("`{}`", &rest[..length]) };
    let message = format!("{mark} does not begin an item");
    let help = "delete it: an item stands in brackets, with a `,` behind it";
    Some(Hint::new(Code::OtherLanguage, start, end, message, help).mend(start..end, ""))
}

/// Something to choose, as a line of another tool.
fn option(broken: &BrokenText<'_>, at: usize, rest: &str) -> Option<Hint> {
    let token = broken.tokens[at];
    if !broken.leads(token) || CHOICESCRIPT.iter().any(|(command, _)| is_command(rest, command)) {
        return None;
    }
    let in_list = broken.within(at) == Some(b'[');
    let (mark, tool) = match rest.as_bytes() {
        [b'*' | b'+', ..] => (&rest[..1], "ink"),
        [b'-', b'>', ..] if in_list => ("->", "Yarn Spinner"),
        [b'#', next, ..] if in_list && next.is_ascii_alphanumeric() => ("#", "ChoiceScript"),
        _ => return None,
    };
    let words = rest.trim_start_matches(['*', '+', '#', '-', '>', ' ']);
    let (say, go) = words.split_once("->").unwrap_or((words, "scene"));
    // A condition before the words, and brackets around them, are written otherwise here.
    let (when, say) = say.trim().strip_prefix('{').and_then(|say| say.split_once('}')).unwrap_or(("", say.trim()));
    let say = say.trim().trim_start_matches('[').trim_end_matches(']').replace('"', "");
    let when = if when.is_empty() { String::new() } else { format!("when: \"{when}\", ") };
    let keep = if mark == "+" { "keep: true, " } else { "" };
    let help = format!("write it under `choices`: `(say: \"{say}\", {when}{keep}go: \"{}\")`", first_name(go));
    Some(as_in(tool, broken, at, mark, help))
}

/// A way on, a scene, a change or a condition as another tool writes it.
fn tool(broken: &BrokenText<'_>, at: usize, rest: &str) -> Option<Hint> {
    let a_scene = || format!("write a scene like this: `\"{}\": (text: \"…\", go: \"…\"),`", first_name(rest));
    let a_variable =
        |word: &str| format!("declare it under `vars`: `\"{}\": (min: 0, max: 3)`", first_name(&rest[word.len()..]));
    if let (Some(to), Some(Kind::String)) = (rest.strip_prefix("->"), at.checked_sub(1).and_then(|at| broken.kind(at)))
    {
        let say = broken.words(broken.tokens[at - 1]);
        return Some(as_in("ink", broken, at, "->", format!("write `(say: {say}, go: \"{}\")`", first_name(to))));
    }
    if let Some(to) = rest.strip_prefix("->") {
        return Some(as_in("ink", broken, at, "->", format!("write `go: \"{}\"`", first_name(to))));
    }
    if let Some(inside) = rest.strip_prefix("[[") {
        return Some(as_in("Twine", broken, at, "[[", link(inside.split("]]").next().unwrap_or(""))));
    }
    if rest.strip_prefix("<<").is_some_and(|rest| rest.starts_with(|c: char| c.is_alphabetic() || c == '/')) {
        let help = COMMAND;
        return Some(as_in("Twine", broken, at, "<<", help));
    }
    if let Some(name) = rest.strip_prefix('$').filter(|name| name.starts_with(char::is_alphabetic)) {
        let help = format!("write a variable without a sign before it: `{}`", first_name(name));
        return Some(as_in("Twine", broken, at, "$", help));
    }
    if !broken.leads(broken.tokens[at]) {
        return None;
    }
    if let Some((command, help)) = CHOICESCRIPT.iter().find(|(command, _)| is_command(rest, command)) {
        let help = help.replace("NAME", first_name(&rest[command.len() + 1..]));
        return Some(as_in("ChoiceScript", broken, at, &format!("*{command}"), help));
    }
    let declares = ["VAR", "LIST", "CONST", "INCLUDE", "EXTERNAL"].into_iter();
    let declares = declares.filter(|_| broken.kind(at + 1) == Some(Kind::Word)).find(|word| rest.starts_with(word));
    match rest {
        _ if rest.starts_with("==") => Some(as_in("ink", broken, at, "==", a_scene())),
        _ if rest.starts_with("::") => Some(as_in("Twine", broken, at, "::", a_scene())),
        _ if rest.starts_with('~') => Some(as_in("ink", broken, at, "~", "write it in `do: [\"EFFECT\"]`")),
        _ => declares.map(|word| as_in("ink", broken, at, word, a_variable(word))),
    }
}

fn as_in(tool: &str, broken: &BrokenText<'_>, at: usize, what: &str, help: impl Into<String>) -> Hint {
    let start = broken.tokens[at].start;
    // Where it is the first thing in the file, the file is none of ours.
    let help = if at == 0 {
        "begin a story with `hallway new \"Title\"`; `hallway guide` shows how its parts are written".to_owned()
    } else {
        Sample::in_texts([broken.text]).fill(&help.into())
    };
    Hint::new(
        Code::OtherLanguage,
        start,
        start + what.len(),
        format!("`{what}` means something in {tool}, and nothing here"),
        help,
    )
}

pub(super) fn is_command(rest: &str, command: &str) -> bool {
    let behind = rest.strip_prefix('*').and_then(|rest| rest.strip_prefix(command));
    behind.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
}

/// The first word of a line that can be a name.
pub(super) fn first_name(text: &str) -> &str {
    let words = text.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '_');
    let end = words.find(|c: char| !c.is_alphanumeric() && !"_-".contains(c)).unwrap_or(words.len());
    if end == 0 { "scene" } else { &words[..end] }
}

/// What to write for a link of Twine's.
pub(super) fn link(inside: &str) -> String {
    let parts = inside.split_once("->").or_else(|| inside.split_once('|'));
    let parts = parts.or_else(|| inside.split_once("<-").map(|(go, say)| (say, go)));
    let (say, go) = parts.unwrap_or((inside, inside));
    let plain = |text: &str| text.trim().replace('"', "");
    format!("write it under `choices`: `(say: \"{}\", go: \"{}\")`", plain(say), plain(go))
}

/// What version control leaves where two people have changed the same lines; the first side is taken.
pub(in crate::story) fn conflicts(text: &str) -> Option<Hint> {
    let mut out: Option<Hint> = None;
    let with_base = text.lines().any(|line| line.starts_with("|||||||"));
    // Where a stretch begins that is to go, and whether a conflict is open.
    let (mut from, mut open) = (None, false);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let range = at..at + line.len();
        at = range.end;
        let marks = |mark: &str| {
            let rest = line.strip_prefix(mark);
            rest.is_some_and(|rest| rest.trim().is_empty() || rest.starts_with(' '))
        };
        if marks("<<<<<<<") {
            let message = if with_base {
                "version control has left two versions here, and the one they come from"
            } else {
                "version control has left two versions here"
            };
            let help = if with_base {
                "keep one of the two; delete everything from `|||||||` to `=======`, and the lines that begin with \
                 `<<<<<<<` and `>>>>>>>`"
            } else {
                "keep one of the two, and delete the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`"
            };
            let end = range.start + line.trim_end().len();
            let hint = out.take().unwrap_or_else(|| Hint::new(Code::MergeConflict, range.start, end, message, help));
            out = Some(hint.mend(range, ""));
            open = true;
        } else if open && from.is_none() && (marks("=======") || marks("|||||||")) {
            from = Some(range.start);
        } else if open && marks(">>>>>>>") {
            let start = from.take().unwrap_or(range.start);
            out = out.map(|hint| hint.mend(start..range.end, ""));
            open = false;
        }
    }
    // Where a conflict does not end, what is on which side is not known.
    out.map(|hint| if open { hint.mends(Vec::new()) } else { hint })
}
