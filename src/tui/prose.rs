//! Rendered prose into styled lines.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::engine::{Block, BlockKind};
use crate::story::Story;
use crate::text::{self, Paragraph, ParagraphKind, Run};
use crate::view::mark_of;
use crate::view::strings;

use super::theme::Theme;

/// What prose is drawn with.
#[derive(Clone, Copy)]
pub(super) struct TextLayout<'a> {
    pub story: &'a Story,
    pub theme: Theme,
    /// Cells in a line.
    pub columns: usize,
    /// Every sentence says how it is known.
    pub marks: bool,
}

impl TextLayout<'_> {
    /// A page's blocks, a blank line between paragraphs.
    pub fn blocks<'b>(self, blocks: impl Iterator<Item = Block<'b>>) -> Vec<Line<'static>> {
        let mut out = Vec::new();
        for block in blocks {
            if !out.is_empty() {
                out.push(Line::default());
            }
            match block.kind {
                BlockKind::Part => out.push(Line::styled(spaced(block.text), self.theme.accent)),
                BlockKind::News => {
                    out.extend([Line::styled(strings::NEWS_HEADING, self.theme.accent), Line::default()]);
                    out.extend(self.prose(block.text, self.theme.text));
                }
                BlockKind::Prose | BlockKind::Reply => out.extend(self.prose(block.text, self.theme.text)),
                BlockKind::Chosen => {
                    let words = format!("› {}", text::plain(block.text));
                    out.extend(self.plain(&words, self.theme.quiet));
                }
                BlockKind::Silence => {
                    let words = strings::fill(strings::NOBODY_DECIDED, &[("text", &block.text)]);
                    out.extend(self.prose(words.trim_end(), self.theme.quiet));
                }
                BlockKind::Notice => out.extend(self.prose(block.text, self.theme.quiet)),
            }
        }
        out
    }

    /// Prose with its marks.
    pub fn prose(self, words: &str, style: Style) -> Vec<Line<'static>> {
        let mut out = Vec::new();
        let mut before = None;
        for paragraph in text::paragraphs(words) {
            let together = before == Some(ParagraphKind::Note) && paragraph.kind == ParagraphKind::Note;
            if before.is_some() && !together {
                out.push(Line::default());
            }
            before = Some(paragraph.kind);
            out.extend(self.paragraph(&paragraph, style));
        }
        out
    }

    fn paragraph(self, paragraph: &Paragraph<'_>, style: Style) -> Vec<Line<'static>> {
        let note = paragraph.kind == ParagraphKind::Note;
        let columns = if note { self.columns.saturating_sub(2) } else { self.columns };
        let marks: Vec<String>;
        let mut marked;
        let mut paragraph = paragraph;
        if self.marks {
            marks = paragraph.sentences.iter().map(|s| format!(" ‹{}›", mark_of(self.story, s).word())).collect();
            marked = paragraph.clone();
            for (sentence, mark) in marked.sentences.iter_mut().zip(&marks) {
                sentence.runs.push(Run { text: mark, style: text::Style::default() });
            }
            paragraph = &marked;
        }
        text::wrap(paragraph, columns)
            .into_iter()
            .map(|line| {
                let mut spans = Vec::new();
                if note {
                    spans.push(Span::styled("│ ", self.theme.accent));
                }
                for segment in line {
                    let mut display = style;
                    if segment.style.emphasis {
                        display = display.patch(self.theme.emphasis);
                    }
                    if segment.style.struck {
                        display = display.patch(self.theme.struck);
                    }
                    self.segment(&segment.text, display, &mut spans);
                }
                Line::from(spans)
            })
            .collect()
    }

    /// A segment; the marks of the record in it get the accent.
    fn segment(self, text: &str, display: Style, spans: &mut Vec<Span<'static>>) {
        if !self.marks {
            spans.push(Span::styled(text.to_owned(), display));
            return;
        }
        let mut rest = text;
        while let Some(open) = rest.find('‹') {
            let close = rest[open..].find('›').map_or(rest.len(), |close| open + close + '›'.len_utf8());
            spans.push(Span::styled(rest[..open].to_owned(), display));
            spans.push(Span::styled(rest[open..close].to_owned(), self.theme.accent));
            rest = &rest[close..];
        }
        spans.push(Span::styled(rest.to_owned(), display));
    }

    /// Words without marks.
    pub fn plain(self, words: &str, style: Style) -> Vec<Line<'static>> {
        text::wrap_plain(words, self.columns).into_iter().map(|line| Line::styled(line, style)).collect()
    }

    /// Words without marks, the lines after the first set in by `indent` cells.
    pub fn hanging(self, head: &str, words: &str, style: Style) -> Vec<Line<'static>> {
        let indent = text::width(head);
        let lines = text::wrap_plain(words, self.columns.saturating_sub(indent).max(1));
        lines
            .into_iter()
            .enumerate()
            .map(|(at, line)| {
                let lead = if at == 0 { head.to_owned() } else { " ".repeat(indent) };
                Line::from(vec![Span::styled(lead, self.theme.accent), Span::styled(line, style)])
            })
            .collect()
    }
}

/// A heading's letters set apart.
fn spaced(text: &str) -> String {
    text.to_uppercase()
}
