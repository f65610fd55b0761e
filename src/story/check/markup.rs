//! What is markup in other tools and none here, so that a reader would see it as it stands.

/// Where markup of another tool stands in some prose, and what to write; the first of each kind. `known` says which
/// names are variables.
pub(super) fn foreign<'w>(words: &'w str, known: &dyn Fn(&str) -> bool) -> Vec<(&'w str, String)> {
    if !crate::text::has_any(words, *b"$%<](#{*&/") {
        return Vec::new();
    }
    let variable = |name: &str| {
        let name = name.trim_matches(['$', '%']);
        let name = if known(name) { name } else { "name" };
        format!("a variable is shown by its name in braces: `{{{name}}}`")
    };
    let plain = |help: &'static str| move |_: &str| help.to_owned();
    let mut found = Vec::new();
    let mut add = |at: Option<&'w str>, help: &dyn Fn(&str) -> String| found.extend(at.map(|at| (at, help(at))));
    add(dollar(words), &variable);
    add(dollar_and_form(words, known), &|at| {
        let name = &at[2..at.len() - 1];
        format!("write `{{{name}}}`; where dollars are meant, keep it: `// allow(foreign-markup): dollars`")
    });
    add(percents(words), &variable);
    add(entity(words), &plain("write the sign itself; a blank line begins a new paragraph"));
    add(tag(words), &|tag| {
        let breaks = matches!(name_of(tag), "br" | "p" | "div" | "hr");
        let help = if breaks {
            "a blank line begins a new paragraph"
        } else {
            "emphasis is `*written so*`, and what is struck out `~so~`"
        };
        help.to_owned()
    });
    add(remark(words), &plain("a remark stands outside of the text, behind its closing quotation mark: `// …`"));
    add(
        words.find("<>").map(|at| &words[at..at + 2]),
        &plain("delete it: what follows by `go` is read on the same page"),
    );
    add(words.find("](").map(|at| &words[at..at + 2]), &plain("there are no links; say what is to be said"));
    add(heading(words), &plain("a part of the story gets its heading from the scene's `part`"));
    add(braces(words), &plain("a form stands in single braces, `{if …: …}`; two are the sign itself"));
    add(stars(words), &plain("emphasis is `*written so*`; two stars are the sign itself"));
    found
}

/// The name of a tag.
fn name_of(tag: &str) -> &str {
    let inside = tag.trim_start_matches(['<', '/']);
    &inside[..name(inside)]
}

/// `**word**`.
fn stars(words: &str) -> Option<&str> {
    words.match_indices("**").find_map(|(at, _)| {
        let inside = &words[at + 2..];
        let length = inside.find("**")?;
        let word = &inside[..length];
        let outside = !words[..at].ends_with(|c: char| c.is_alphanumeric() || c == '*');
        let emphasised = word.starts_with(char::is_alphanumeric) && word.ends_with(|c: char| !c.is_whitespace());
        (outside && emphasised && !word.contains(['\n', '{', '}'])).then(|| &words[at..at + length + 4])
    })
}

/// How many letters, digits and `_` begin with a letter at the beginning of this.
fn name(text: &str) -> usize {
    let letter = text.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(text.len());
    if letter { end } else { 0 }
}

/// A remark to oneself among the words: `// longer`, `/* longer */`, `<!-- longer -->`.
fn remark(words: &str) -> Option<&str> {
    ["// ", "/*", "<!--"].into_iter().find_map(|mark| {
        let begins = |at: &usize| words[..*at].chars().next_back().is_none_or(char::is_whitespace);
        let at = words.match_indices(mark).map(|(at, _)| at).find(begins)?;
        Some(words[at..at + mark.len()].trim_end())
    })
}

/// `$name`.
fn dollar(words: &str) -> Option<&str> {
    words.match_indices('$').find_map(|(at, _)| {
        let length = name(&words[at + 1..]);
        (length > 0).then(|| &words[at..=at + length])
    })
}

/// `${name}`, as templates and programming languages have it.
fn dollar_and_form<'w>(words: &'w str, known: &dyn Fn(&str) -> bool) -> Option<&'w str> {
    words.match_indices("${").find_map(|(at, _)| {
        let end = at + 2 + words[at + 2..].find('}')?;
        known(&words[at + 2..end]).then(|| &words[at..=end])
    })
}

/// `&nbsp;`, `&#39;`.
fn entity(words: &str) -> Option<&str> {
    words.match_indices('&').find_map(|(at, _)| {
        let inside = &words[at + 1..at + words[at..].find(';')?];
        let bare = inside.strip_prefix('#').unwrap_or(inside);
        let is_one = (2..=8).contains(&inside.len()) && bare.bytes().all(|byte| byte.is_ascii_alphanumeric());
        is_one.then(|| &words[at..at + inside.len() + 2])
    })
}

/// `%name%`.
fn percents(words: &str) -> Option<&str> {
    words.match_indices('%').find_map(|(at, _)| {
        let end = at + 1 + name(&words[at + 1..]);
        (end > at + 1 && words[end..].starts_with('%')).then(|| &words[at..=end])
    })
}

/// `<b>`, `</i>`, `<br/>`, `<a href='…'>`; not `<` in a condition, which has no such end.
fn tag(words: &str) -> Option<&str> {
    words.match_indices('<').find_map(|(at, _)| {
        let inside = &words[at + 1..at + words[at..].find('>')?];
        let bare = inside.trim_start_matches('/').trim_end_matches('/').trim_end();
        let length = name(bare);
        let rest = &bare[length..];
        let attribute = rest.starts_with(' ') && (rest.contains("=\"") || rest.contains("='"));
        (length > 0 && (rest.is_empty() || attribute)).then(|| &words[at..at + inside.len() + 2])
    })
}

/// `# ` at the beginning of a line.
fn heading(words: &str) -> Option<&str> {
    words.lines().find_map(|line| {
        let line = line.trim_start();
        let signs = line.len() - line.trim_start_matches('#').len();
        (signs > 0 && line[signs..].starts_with(' ')).then(|| &line[..signs])
    })
}

/// `{{if`, and `{{` before any other word.
fn braces(words: &str) -> Option<&str> {
    words.match_indices("{{").find_map(|(at, _)| {
        let length = name(&words[at + 2..]);
        (length > 0).then(|| &words[at..at + 2 + length])
    })
}

#[cfg(test)]
mod tests {
    use super::foreign;

    #[test]
    fn only_what_is_markup_elsewhere_is_found() {
        for (words, found) in [
            ("You have $gold left.", &["$gold"][..]),
            ("You have %gold% left.", &["%gold%"]),
            ("It is <b>late</b>.", &["<b>"]),
            ("Late.<br/>", &["<br/>"]),
            ("See <a href='x'>this</a>.", &["<a href='x'>"]),
            ("See [this](there).", &["]("]),
            ("One.\n  ## Two", &["##"]),
            ("{{if late: Late.}}", &["{{if"]),
            ("$a and %b% and {{c}}", &["$a", "%b%", "{{c"]),
            ("It costs $5, or 50% of 10%.", &[]),
            ("{if n < m and m > 2: x}", &[]),
            ("a < b, c > d, x<3", &[]),
            ("No. # 4, and [^fact] (or so)", &[]),
            ("{{ and }}, {{{trust}}}", &[]),
            ("It is **late** now.", &["**late**"]),
            ("He waits. // longer", &["//"]),
            ("It is <!-- not --> late.", &["<!--"]),
            ("At once <>", &["<>"]),
            ("And/or, https://there, either//or.", &[]),
            ("Salt&nbsp;and pepper, Q&A; R & D;", &["&nbsp;"]),
            ("Rated ** or ***, a**b, and ** so ** on.", &[]),
        ] {
            let all: Vec<&str> = foreign(words, &|_| false).into_iter().map(|it| it.0).collect();
            assert_eq!(all, found, "{words}");
        }
    }
}
