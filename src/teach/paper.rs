//! What is set on paper: a sheet as Markdown, and as a page that prints.

use std::fmt::Write as _;

use crate::text::{self, escaped};

/// A stretch of a sheet.
pub(super) enum Part {
    Heading(String),
    Words(String),
    List(Vec<String>),
    /// Empty lines to write on.
    Lines(usize),
    /// What follows begins on a page of its own.
    Page,
}

/// A sheet before it is set.
pub struct HandoutSheet {
    pub(super) name: &'static str,
    pub(super) title: String,
    pub(super) parts: Vec<Part>,
}

/// The width of a line of plain text.
const COLUMNS: usize = 78;

impl HandoutSheet {
    /// As plain text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out: Vec<String> = Vec::new();
        let set = |head: &str, words: &str| -> Vec<String> {
            let lines = text::wrap_plain(&plain(words), COLUMNS - head.len());
            let hang = |(at, line): (usize, &String)| match at {
                0 => format!("{head}{line}"),
                _ => format!("{:1$}{line}", "", head.len()),
            };
            lines.iter().enumerate().map(hang).collect()
        };
        out.extend(set("", &self.title));
        for part in &self.parts {
            match part {
                Part::Heading(words) => {
                    out.push(String::new());
                    out.extend(set("", &words.to_uppercase()));
                }
                Part::Words(words) => {
                    for paragraph in words.split("\n\n") {
                        out.push(String::new());
                        out.extend(set("", paragraph));
                    }
                }
                Part::List(items) => {
                    out.push(String::new());
                    out.extend(items.iter().flat_map(|item| set("- ", item)));
                }
                Part::Lines(count) => {
                    for _ in 0..*count {
                        out.extend([String::new(), "_".repeat(COLUMNS / 2)]);
                    }
                }
                Part::Page => {}
            }
        }
        out.join("\n") + "\n"
    }

    /// As Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        markdown(self)
    }

    /// As a page that prints and asks for nothing from elsewhere.
    #[must_use]
    pub fn html(&self) -> String {
        html(self)
    }
}

fn plain(prose: &str) -> String {
    text::plain(prose).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// As Markdown.
pub(super) fn markdown(sheet: &HandoutSheet) -> String {
    // What the story says must not become marks of the page; what stands between backticks is none anyway.
    let clean = |prose: &str| -> String {
        let prose = plain(prose);
        let paired = prose.matches('`').count().is_multiple_of(2);
        let mut out = String::new();
        let mut code = false;
        for c in prose.chars() {
            code ^= c == '`' && paired;
            if !code && ("\\*_#<>[]|".contains(c) || (c == '`' && !paired)) {
                out.push('\\');
            }
            out.push(c);
        }
        out
    };
    let mut out = format!("# {}\n", clean(&sheet.title));
    for part in &sheet.parts {
        match part {
            Part::Heading(words) => {
                let _ = write!(out, "\n## {}\n", clean(words));
            }
            Part::Words(words) => {
                for paragraph in words.split("\n\n") {
                    let _ = write!(out, "\n{}\n", clean(paragraph));
                }
            }
            Part::List(items) => {
                out.push('\n');
                for item in items {
                    let _ = writeln!(out, "- {}", clean(item));
                }
            }
            Part::Lines(count) => {
                let line = "\n\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\n";
                out.push_str(&line.repeat(*count));
            }
            Part::Page => out.push_str("\n---\n"),
        }
    }
    out
}

/// As a page that prints and asks for nothing from elsewhere.
pub(super) fn html(sheet: &HandoutSheet) -> String {
    let title = escaped(&plain(&sheet.title));
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n<style>\n\
         body {{ font: 12pt/1.45 Georgia, 'Times New Roman', serif; color: #111; background: #fff; max-width: 40em; margin: 2em auto; padding: 0 1em; }}\n\
         h1 {{ font-size: 1.5em; }} h2 {{ font-size: 1.15em; margin-top: 1.4em; }} li {{ margin: .35em 0; }}\n\
         .line {{ border-bottom: 1px solid #555; height: 1.9em; }}\n\
         .page {{ break-before: page; }}\n\
         @page {{ margin: 18mm; }}\n\
         @media print {{ body {{ margin: 0; max-width: none; }} h2 {{ break-after: avoid; }} li, .line {{ break-inside: avoid; }} }}\n\
         </style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
    );
    let mut broken = false;
    for (at, part) in sheet.parts.iter().enumerate() {
        let class = if std::mem::take(&mut broken) { " class=\"page\"" } else { "" };
        match part {
            Part::Heading(words) => {
                let _ = writeln!(out, "<h2{class}>{}</h2>", escaped(&plain(words)));
            }
            Part::Words(words) => {
                for paragraph in words.split("\n\n") {
                    let _ = writeln!(out, "<p>{}</p>", escaped(&plain(paragraph)));
                }
            }
            Part::List(items) => {
                out.push_str("<ul>\n");
                for item in items {
                    let _ = writeln!(out, "<li>{}</li>", commands(&escaped(&plain(item))));
                }
                out.push_str("</ul>\n");
            }
            Part::Lines(count) => {
                let line = "<div class=\"line\" role=\"presentation\"></div>\n";
                out.push_str(&line.repeat(*count));
            }
            // The first card follows its title on the same page.
            Part::Page => broken = at > 0,
        }
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

/// What stands between backticks, as something to be typed.
fn commands(html: &str) -> String {
    let mut out = String::new();
    for (at, part) in html.split('`').enumerate() {
        let (open, close) = if at % 2 == 1 { ("<code>", "</code>") } else { ("", "") };
        out.push_str(&format!("{open}{part}{close}"));
    }
    out
}
