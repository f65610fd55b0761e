/// What a paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParagraphKind {
    /// Running prose.
    Plain,
    /// One line of something written, set off from the prose (`> ` in the source). Lines that follow each other
    /// belong together.
    Note,
}

/// How a run of text looks; faces decide with what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Style {
    /// `*between stars*`.
    pub emphasis: bool,
    /// `~between tildes~`: struck out by hand.
    pub struck: bool,
}

/// A stretch of one style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run<'t> {
    pub text: &'t str,
    pub style: Style,
}

/// A sentence with the facts it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sentence<'t> {
    pub runs: Vec<Run<'t>>,
    /// The ids of the facts cited, in order. None: the sentence is invented.
    pub cites: Vec<&'t str>,
}

/// A paragraph of rendered prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph<'t> {
    pub kind: ParagraphKind,
    pub sentences: Vec<Sentence<'t>>,
}

/// Reads rendered prose (the words of a passage with `*emphasis*`, `~struck~`, `> note` and `[^fact]` still in it).
///
/// Never fails: a mark that is not closed runs to the end of its paragraph. `**` is a star and `~~` a tilde.
#[must_use]
pub fn paragraphs(text: &str) -> Vec<Paragraph<'_>> {
    let mut out = Vec::new();
    for block in text.split("\n\n") {
        let block = block.trim_matches('\n');
        let mut start = 0;
        let mut at = 0;
        // Lines that begin with "> " are notes; the lines between them are prose.
        for line in block.split_inclusive('\n') {
            if let Some(note) = line.strip_prefix("> ") {
                push(&mut out, ParagraphKind::Plain, &block[start..at]);
                push(&mut out, ParagraphKind::Note, note.trim_end());
                start = at + line.len();
            }
            at += line.len();
        }
        push(&mut out, ParagraphKind::Plain, &block[start..]);
    }
    out
}

fn push<'t>(out: &mut Vec<Paragraph<'t>>, kind: ParagraphKind, text: &'t str) {
    let text = text.trim();
    if !text.is_empty() {
        out.push(Paragraph { kind, sentences: sentences(text) });
    }
}

fn sentences(text: &str) -> Vec<Sentence<'_>> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut current = Sentence::default();
    let mut style = Style::default();
    let (mut start, mut at) = (0, 0);
    let mut ended = false;
    while at < bytes.len() {
        match bytes[at] {
            mark @ (b'*' | b'~') => {
                if bytes.get(at + 1) == Some(&mark) {
                    run(&mut current, &text[start..=at], style);
                    at += 2;
                } else {
                    run(&mut current, &text[start..at], style);
                    if mark == b'*' {
                        style.emphasis = !style.emphasis;
                    } else {
                        style.struck = !style.struck;
                    }
                    at += 1;
                }
                start = at;
            }
            b'[' if bytes.get(at + 1) == Some(&b'^') => match text[at..].find(']') {
                Some(length) => {
                    let (before, behind) = (&text[start..at], &text[at + length + 1..]);
                    // It leaves one blank where it has one on each side, and none at the paragraph's end.
                    let then = behind_cites(behind);
                    let parted = then.is_empty() || then.starts_with([' ', '\n']);
                    run(&mut current, if parted { before.trim_end() } else { before }, style);
                    current.cites.push(&text[at + 2..at + length]);
                    at += length + 1;
                    let begins = out.is_empty() && current.runs.is_empty();
                    start = if begins { at + behind.len() - behind.trim_start().len() } else { at };
                    at = start;
                }
                None => at += 1,
            },
            b'.' | b'?' | b'!' => {
                ended = true;
                at += 1;
            }
            b' ' | b'\n' if ended && begins_sentence(&text[at..]) => {
                run(&mut current, &text[start..at], style);
                out.push(std::mem::take(&mut current));
                start = at;
                ended = false;
                at += 1;
            }
            _ => {
                let step = text[at..].chars().next().map_or(1, char::len_utf8);
                let c = text[at..].chars().next().unwrap_or(' ');
                if c == '…' {
                    ended = true;
                } else if !matches!(c, '”' | '’' | ')' | '"' | '\'' | ' ' | '\n') {
                    ended = false;
                }
                at += step;
            }
        }
    }
    run(&mut current, &text[start..], style);
    if !current.runs.is_empty() || !current.cites.is_empty() {
        out.push(current);
    }
    out
}

/// A text without the citations that it begins with.
fn behind_cites(text: &str) -> &str {
    let mut rest = text;
    while let Some((_, behind)) = rest.strip_prefix("[^").and_then(|cite| cite.split_once(']')) {
        rest = behind;
    }
    rest
}

/// After a full stop and white space: a lower-case letter means an abbreviation, not a new sentence, and a citation
/// belongs to the sentence before it.
fn begins_sentence(rest: &str) -> bool {
    rest.trim_start().chars().next().is_some_and(|c| !c.is_lowercase() && c != '[')
}

fn run<'t>(sentence: &mut Sentence<'t>, text: &'t str, style: Style) {
    if !text.is_empty() {
        sentence.runs.push(Run { text, style });
    }
}

/// The words alone: marks and citations gone, lines of a paragraph joined, paragraphs parted by a blank line.
#[must_use]
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before: Option<ParagraphKind> = None;
    for paragraph in paragraphs(text) {
        match before {
            Some(ParagraphKind::Note) if paragraph.kind == ParagraphKind::Note => out.push('\n'),
            Some(_) => out.push_str("\n\n"),
            None => {}
        }
        before = Some(paragraph.kind);
        for run in paragraph.sentences.iter().flat_map(|s| &s.runs) {
            out.extend(run.text.chars().map(|c| if c == '\n' { ' ' } else { c }));
        }
    }
    out
}

/// The words of each sentence by itself: marks and citations gone.
#[must_use]
pub fn plain_sentences(text: &str) -> Vec<String> {
    let words = |sentence: &Sentence<'_>| -> String {
        let all: String = sentence.runs.iter().map(|run| run.text).collect();
        all.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let all = paragraphs(text).into_iter().flat_map(|paragraph| paragraph.sentences);
    all.map(|sentence| words(&sentence)).filter(|words| !words.is_empty()).collect()
}

/// `text` without its `[^fact]` marks, the rest as it stands.
#[must_use]
pub fn without_cites(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find("[^") {
        out.push_str(&rest[..open]);
        match rest[open..].find(']') {
            Some(close) => rest = &rest[open + close + 1..],
            None => {
                out.push_str(&rest[open..]);
                rest = "";
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::{ParagraphKind, paragraphs, plain, without_cites};

    #[test]
    fn each_sentence_keeps_its_own_citations() {
        let text = "He came about nine.[^c-time] “Nobody said so.” It was *late*,\nat 9 p.m. by the clock.[^a][^b]";
        let found = paragraphs(text);
        let cites: Vec<_> = found[0].sentences.iter().map(|s| s.cites.clone()).collect();
        assert_eq!(cites, vec![vec!["c-time"], vec![], vec!["a", "b"]]);
        assert_eq!(plain(text), "He came about nine. “Nobody said so.” It was late, at 9 p.m. by the clock.");
    }

    #[test]
    fn a_citation_leaves_no_blank_of_its_own() {
        for (text, words) in [
            ("He came. [^a] It rained.", "He came. It rained."),
            ("He came.\n[^a] [^b]\nIt rained. [^a]", "He came. It rained."),
            ("[^a] He came", "He came"),
            ("He [^a][^b] came [^a]*late* [^b]", "He came late"),
            ("He [^a][d] *came* [^b], and", "He [d] came , and"),
        ] {
            assert_eq!(plain(text), words, "{text}");
        }
    }

    #[test]
    fn sentences_part_where_readers_part_them() {
        let parted = |text: &str| -> Vec<String> {
            let paragraph = paragraphs(text).remove(0);
            let words = |sentence: &super::Sentence<'_>| sentence.runs.iter().map(|run| run.text).collect::<String>();
            paragraph.sentences.iter().map(words).collect()
        };
        assert_eq!(parted("So… He? Yes! No."), ["So…", " He?", " Yes!", " No."]);
        assert_eq!(parted("“Go.” (He went.) ‘Well.’ Then"), ["“Go.”", " (He went.)", " ‘Well.’", " Then"]);
        assert_eq!(parted("At 9 p.m. by the clock. Éva came."), ["At 9 p.m. by the clock.", " Éva came."]);
        assert_eq!(parted("a ** b ~~ c [d] [^e"), ["a * b ~ c [d] [^e"]);
        assert_eq!(parted("9.30 and on."), ["9.30 and on."]);
        let cited = paragraphs("[^a] Then.[^b] [^c] On [^d]");
        let cites: Vec<_> = cited[0].sentences.iter().map(|sentence| sentence.cites.clone()).collect();
        assert_eq!(cites, [vec!["a", "b", "c"], vec!["d"]]);
        let styled = paragraphs("~a *b* c~ d");
        let styles: Vec<(&str, bool, bool)> =
            styled[0].sentences[0].runs.iter().map(|run| (run.text, run.style.struck, run.style.emphasis)).collect();
        assert_eq!(styles, [("a ", true, false), ("b", true, true), (" c", true, false), (" d", false, false)]);
        assert_eq!(plain("a\nb\n> c\n> d\ne\n\nf"), "a b\n\nc\nd\n\ne\n\nf");
        assert_eq!(without_cites("a[^b] c[^d].[^"), "a c.[^");
        assert_eq!(without_cites("[^a]"), "");
    }

    #[test]
    fn notes_are_lines_of_their_own() {
        let kinds: Vec<_> = paragraphs("Before.\n> one\n> two\nAfter.\n\nLast.").iter().map(|p| p.kind).collect();
        assert_eq!(
            kinds,
            [
                ParagraphKind::Plain,
                ParagraphKind::Note,
                ParagraphKind::Note,
                ParagraphKind::Plain,
                ParagraphKind::Plain
            ]
        );
    }
}
