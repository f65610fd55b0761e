/// Words with their first letter small.
#[must_use]
pub fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
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

#[cfg(test)]
mod tests {
    use super::{escaped, lower_first};

    #[test]
    fn nothing_of_markup_comes_through() {
        assert_eq!(escaped("<a b='c' d=\"e\">&é"), "&lt;a b=&#39;c&#39; d=&quot;e&quot;&gt;&amp;é");
        assert_eq!([lower_first("Éva"), lower_first("")], ["éva", ""]);
    }
}
