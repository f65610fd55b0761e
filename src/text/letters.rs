/// Words with their first letter small.
#[must_use]
pub fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// Words with their first letter large.
#[must_use]
pub fn upper_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Words as they can stand in HTML, SVG and XML, also between quotation marks.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// Quotes a word for a POSIX shell.
#[must_use]
pub fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', "'\\''"))
}

/// Counts something in words: `1 scene`, `2 scenes`. `what` is the singular; the plural adds an `s`.
#[must_use]
pub fn counted(number: impl std::fmt::Display, what: &str) -> String {
    let number = number.to_string();
    let several = if number.trim() == "1" { "" } else { "s" };
    format!("{number} {what}{several}")
}

#[cfg(test)]
mod tests {
    use super::{counted, escaped, lower_first, quoted};

    #[test]
    fn nothing_of_markup_comes_through() {
        assert_eq!(escaped("<a b='c' d=\"e\">&é"), "&lt;a b=&#39;c&#39; d=&quot;e&quot;&gt;&amp;é");
        assert_eq!([lower_first("Éva"), lower_first("")], ["éva", ""]);
    }

    #[test]
    fn a_word_for_a_shell_is_one_word() {
        assert_eq!([quoted("my story.ron"), quoted("it's")], ["'my story.ron'", "'it'\\''s'"]);
    }

    #[test]
    fn one_is_one_and_all_others_are_several() {
        let said = [counted(1, "scene"), counted(0, "scene"), counted("1,001", "scene"), counted(1.0, "state")];
        assert_eq!(said, ["1 scene", "0 scenes", "1,001 scenes", "1 state"]);
        assert_eq!(counted(format_args!("{:3}", 1), "word"), "  1 word");
    }
}
