//! Habits from other tools: comments, choices and ways on as ink, Twine, ChoiceScript, Markdown or a programming
//! language write them.

use super::super::diagnostic::Code;
use super::super::lexer::{Token, TokenKind as Kind};
use super::{Hint, Look, Mend};

/// Words that follow a star in ChoiceScript.
const CHOICESCRIPT: &[&str] = &[
    "choice",
    "fake_choice",
    "goto",
    "goto_scene",
    "gosub",
    "label",
    "create",
    "temp",
    "set",
    "if",
    "elseif",
    "else",
    "finish",
    "ending",
    "page_break",
    "line_break",
    "comment",
    "title",
    "author",
    "scene_list",
    "rand",
    "return",
];

/// Something written as another tool has it, where the reading stopped.
pub(super) fn habit(look: &Look<'_>) -> Option<Hint> {
    // `ron` stops at what it does not know, or a mark before or behind it.
    let met = look.tokens.iter().position(|token| token.end > look.stopped).unwrap_or(look.tokens.len());
    (met.saturating_sub(2)..=met + 1).find_map(|at| {
        let token = *look.tokens.get(at)?;
        comment(look, token).or_else(|| page(look, token)).or_else(|| tool(look, at, token))
    })
}

/// A comment as another language writes it.
fn comment(look: &Look<'_>, token: Token) -> Option<Hint> {
    let rest = look.line_from(token.start);
    let (mark, length) = match rest.chars().next()? {
        '<' if rest.starts_with("<!--") => {
            let end = look.text[token.start..].find("-->").map_or(rest.len(), |end| end + 3);
            let help = "write `//` before it, or put it between `/*` and `*/`";
            let hint =
                Hint::new(Code::OddComment, token.start, token.start + 4, "`<!--` does not begin a comment", help);
            return Some(hint.mend(token.start..token.start + end, ""));
        }
        '-' if rest.starts_with("--") && !rest.starts_with("-->") => {
            let length = rest.find(|c| c != '-').unwrap_or(rest.len());
            (&rest[..length], length)
        }
        '#' if !rest.starts_with("#![") => ("#", 1),
        '—' | '–' | ';' | '%' if look.leads(token) => {
            let length = rest.chars().next().map_or(1, char::len_utf8);
            (&rest[..length], length)
        }
        _ => return None,
    };
    let (start, end) = (token.start, token.start + length);
    let hint =
        Hint::new(Code::OddComment, start, end, format!("`{mark}` does not begin a comment"), "write `//` instead");
    Some(hint.mend(start..end, "//"))
}

/// What was copied along with an example from a page.
fn page(look: &Look<'_>, token: Token) -> Option<Hint> {
    let rest = look.line_from(token.start);
    if rest.starts_with("```") && look.leads(token) {
        let fences = look.text.match_indices("```").map(|(at, _)| {
            let end = at + look.line_from(at).len();
            Mend { range: at..end, by: "" }
        });
        let message = "this line belongs to the page that the example was copied from";
        let help = "delete the lines that begin with three backticks";
        return Some(
            Hint::new(Code::OtherLanguage, token.start, token.start + rest.len(), message, help)
                .mends(fences.collect()),
        );
    }
    let dots = rest.starts_with('…') || rest.starts_with("...");
    dots.then(|| {
        let end = token.start + if rest.starts_with('…') { '…'.len_utf8() } else { 3 };
        let message = "dots stand for something that is left out";
        Hint::new(Code::NotRon, token.start, end, message, "write it out, or delete them")
    })
}

/// A choice, a way on or a scene as another tool writes it.
fn tool(look: &Look<'_>, at: usize, token: Token) -> Option<Hint> {
    let rest = look.line_from(token.start);
    let leads = look.leads(token);
    let first = at == 0;
    let word = |text: &str| -> String {
        let words = text.trim_start_matches([' ', '=', '>', ':', '[', '*', '+']);
        let end = words.find(|c: char| !c.is_alphanumeric() && !"_-".contains(c)).unwrap_or(words.len());
        if end == 0 { "scene".to_owned() } else { words[..end].to_owned() }
    };
    let told = |tool: &str, what: &str, help: String| {
        let message = format!("`{what}` is how {tool} writes it");
        let help = if first {
            "`hallway new \"Title\"` begins a story; the guide shows how its parts are written".to_owned()
        } else {
            help
        };
        Some(Hint::new(Code::OtherLanguage, token.start, token.start + what.len(), message, help))
    };
    if let Some(to) = rest.strip_prefix("->") {
        return told("ink", "->", format!("write `go: \"{}\"`", word(to)));
    }
    if let Some(inside) = rest.strip_prefix("[[") {
        let inside = inside.split("]]").next().unwrap_or("");
        let (say, go) = link(inside);
        return told("Twine", "[[", format!("write it under `choices`: `(say: \"{say}\", go: \"{go}\")`"));
    }
    if rest.starts_with("<<") && rest[2..].starts_with(|c: char| c.is_alphabetic() || c == '/') {
        return told(
            "Twine",
            "<<",
            "conditions stand in `when`, changes in `do`, forms like `{if trust > 1: …}` in prose".to_owned(),
        );
    }
    if rest.starts_with('$') && rest[1..].starts_with(char::is_alphabetic) {
        return told("Twine", "$", format!("a variable has no sign before its name: `{}`", word(&rest[1..])));
    }
    if !leads {
        return None;
    }
    if rest.starts_with("==") {
        return told("ink", "==", format!("a scene is written `\"{}\": (text: \"…\", go: \"…\"),`", word(rest)));
    }
    if rest.starts_with("::") {
        return told("Twine", "::", format!("a scene is written `\"{}\": (text: \"…\", go: \"…\"),`", word(rest)));
    }
    if let Some(command) = rest.strip_prefix('*').map(word).filter(|word| CHOICESCRIPT.contains(&word.as_str())) {
        let help = match command.as_str() {
            "choice" | "fake_choice" => "write `choices: [(say: \"…\", go: \"…\"), …]`",
            "goto" | "goto_scene" | "gosub" => "write `go: \"scene\"`",
            "create" | "temp" => "declare it under `vars`: `\"trust\": (min: 0, max: 3)`",
            "set" | "rand" => "write it in `do: [\"trust +1\"]`",
            "if" | "elseif" | "else" => "write `when: \"trust > 1\"`, or in prose `{if trust > 1: … | …}`",
            "finish" | "ending" => "write `end: \"Title\"`",
            "label" => "give it a scene of its own: `\"name\": (text: \"…\"),`",
            _ => "the guide shows how it is written here",
        };
        return told("ChoiceScript", &format!("*{command}"), help.to_owned());
    }
    if let Some(say) = rest.strip_prefix(['*', '+']).map(|say| say.trim_start_matches(['*', '+', ' '])) {
        let (say, go) = say.split_once("->").unwrap_or((say, "scene"));
        let say = say.trim().trim_start_matches('[').trim_end_matches(']').replace('"', "");
        let keep = if rest.starts_with('+') { "keep: true, " } else { "" };
        let help = format!("write it under `choices`: `(say: \"{say}\", {keep}go: \"{}\")`", word(go));
        return told("ink", &rest[..1], help);
    }
    if rest.starts_with('~') {
        return told("ink", "~", "write it in `do: [\"trust +1\"]`".to_owned());
    }
    let declares = ["VAR", "LIST", "CONST", "INCLUDE", "EXTERNAL"].into_iter().find(|word| look.words(token) == *word);
    if let Some(declares) = declares.filter(|_| look.kind(at + 1) == Some(Kind::Word)) {
        return told("ink", declares, "declare it under `vars`: `\"trust\": (min: 0, max: 3)`".to_owned());
    }
    if rest.starts_with("- ") {
        let message = "`-` does not begin an item";
        let help = "items need no dash; they stand in brackets, with a `,` after each";
        return Some(
            Hint::new(Code::OtherLanguage, token.start, token.start + 1, message, help)
                .mend(token.start..token.start + 1, ""),
        );
    }
    None
}

/// What a link of Twine's says and where it goes.
fn link(inside: &str) -> (String, String) {
    let plain = |text: &str| text.trim().replace('"', "");
    let parts = inside.split_once("->").or_else(|| inside.split_once('|'));
    let (say, go) = parts.or_else(|| inside.split_once("<-").map(|(go, say)| (say, go))).unwrap_or((inside, inside));
    (plain(say), plain(go))
}

/// What version control leaves where two people have changed the same lines; the first side is taken.
pub(in crate::story) fn conflicts(text: &str) -> Option<Hint> {
    let mut out: Option<Hint> = None;
    // Where a stretch begins that is to go, and whether a conflict is open.
    let (mut from, mut open) = (None, false);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let range = at..at + line.len();
        at = range.end;
        let marks =
            |mark: &str| line.strip_prefix(mark).is_some_and(|rest| rest.trim().is_empty() || rest.starts_with(' '));
        if marks("<<<<<<<") {
            let message = "version control has left two versions here";
            let help = "keep one of the two, and delete the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`";
            let hint = out.take().unwrap_or_else(|| {
                Hint::new(Code::MergeConflict, range.start, range.start + line.trim_end().len(), message, help)
            });
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
