use std::io::{self, Write};

use crate::engine::{Block, BlockKind, Pick};
use crate::story::Story;
use crate::text::{self, ParagraphKind};
use crate::view::{Ask, Facet, OfferAction, Page, RecordEntry, Turn, entries, mark_of, strings};

/// Writes text a paragraph at a time, broken into lines where a width is given.
pub(super) struct Printer<'w> {
    pub out: &'w mut dyn Write,
    /// `None`: paragraphs stay whole, for readers that break lines themselves.
    pub columns: Option<usize>,
    pub glyphs: text::Glyphs,
}

impl Printer<'_> {
    /// One paragraph, or part of a list.
    pub fn line(&mut self, text: &str) -> io::Result<()> {
        let text = &*self.glyphs.shown(text);
        match self.columns {
            Some(columns) => {
                let lines = text::wrap_plain(text, columns);
                if lines.is_empty() {
                    return writeln!(self.out);
                }
                lines.iter().try_for_each(|line| writeln!(self.out, "{line}"))
            }
            None => writeln!(self.out, "{text}"),
        }
    }

    pub fn gap(&mut self) -> io::Result<()> {
        writeln!(self.out)
    }

    /// Prose with its marks taken out. Struck words are named, since they cannot be drawn.
    pub fn prose(&mut self, words: &str) -> io::Result<()> {
        let mut before = None;
        for paragraph in text::paragraphs(words) {
            let together = before == Some(ParagraphKind::Note) && paragraph.kind == ParagraphKind::Note;
            if before.is_some() && !together {
                self.gap()?;
            }
            before = Some(paragraph.kind);
            let runs: Vec<_> = paragraph.sentences.iter().flat_map(|s| &s.runs).collect();
            let struck = !runs.is_empty() && runs.iter().all(|run| run.style.struck || run.text.trim().is_empty());
            let mut line = String::new();
            for run in runs {
                line.extend(run.text.chars().map(|c| if c == '\n' { ' ' } else { c }));
            }
            match (paragraph.kind, struck) {
                (ParagraphKind::Note, true) => self.line(&format!("  (struck out) {line}"))?,
                (ParagraphKind::Note, false) => self.line(&format!("  {line}"))?,
                (ParagraphKind::Plain, _) => self.line(&line)?,
            }
        }
        Ok(())
    }

    pub fn block(&mut self, block: Block<'_>) -> io::Result<()> {
        match block.kind {
            BlockKind::Part => self.line(&format!("Part: {}", block.text)),
            BlockKind::Chosen => self.line(&format!("You chose: {}", text::plain(block.text))),
            BlockKind::Silence => self.prose(&strings::fill(strings::NOBODY_DECIDED, &[("text", &block.text)])),
            BlockKind::News => self.prose(&strings::fill(strings::NEWS_TOLD, &[("text", &block.text)])),
            BlockKind::Prose | BlockKind::Reply | BlockKind::Notice => self.prose(block.text),
        }
    }

    pub fn page(&mut self, page: &Page<'_, '_>) -> io::Result<()> {
        for block in page.blocks() {
            self.gap()?;
            self.block(block)?;
        }
        match (page.ask(), page.turn()) {
            (Some(ask), _) => self.ask(page, ask),
            (None, Turn::Stuck) => {
                self.gap()?;
                self.line(strings::PLAIN_NO_WAY_ON)
            }
            _ => Ok(()),
        }
    }

    /// What is to be decided.
    pub fn ask(&mut self, page: &Page<'_, '_>, ask: &Ask<'_>) -> io::Result<()> {
        self.gap()?;
        if let Some(status) = status(page) {
            self.line(&status)?;
        }
        if let Some(sheet) = &ask.sheet {
            self.line(&format!("{}: {} left.", sheet.name, text::counted(sheet.marks_left, "mark")))?;
        }
        let mut number = 0;
        for offer in ask.offers() {
            let words = text::plain(offer.words());
            if !offer.open && matches!(offer.take, OfferAction::Pick(Pick::Line(_))) {
                // The marks are spent; what the lines are like has been read.
                continue;
            }
            if offer.open {
                number += 1;
                self.line(&format!("{number}. {words}"))?;
                if !offer.beside().is_empty() {
                    self.line(&format!("   ({})", text::plain(offer.beside())))?;
                }
            } else {
                let why = offer.why().map(text::plain).unwrap_or_default();
                self.line(&format!("Not open: {words} {why}"))?;
            }
        }
        if let Some(standing) = ask.standing() {
            self.line(&format!("0. {}", text::plain(standing.words())))?;
        }
        Ok(())
    }

    /// A question about a message that is being put together.
    pub fn facet(&mut self, facet: &Facet<'_>) -> io::Result<()> {
        self.gap()?;
        self.line(facet.question)?;
        for (number, option) in (1..).zip(&facet.options) {
            let note = if option.note.is_empty() { String::new() } else { format!(" ({})", option.note) };
            self.line(&format!("{number}. {}{note}", option.words))?;
        }
        Ok(())
    }

    /// What is known of each sentence of these blocks, and who says so.
    pub fn record(&mut self, story: &Story, blocks: &[Block<'_>]) -> io::Result<()> {
        // Sources are told by number: their ids are the writer's.
        let entries = entries(story, blocks.iter().map(|block| block.text));
        let numbers = |cites: &[&str]| -> String {
            let numbers =
                (1..).zip(&entries).filter(|(_, entry)| cites.contains(&entry.id.as_str())).map(|(number, _)| number);
            numbers.map(|number| format!(", {number}")).collect()
        };
        for block in blocks.iter().filter(|block| block.kind.is_told()) {
            for sentence in text::paragraphs(block.text).iter().flat_map(|paragraph| &paragraph.sentences) {
                let words: String = sentence.runs.iter().map(|run| run.text).collect();
                let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
                let mark = mark_of(story, sentence).word();
                self.line(&format!("[{mark}{}] {words}", numbers(&sentence.cites)))?;
            }
        }
        if entries.is_empty() {
            return self.line(strings::PLAIN_NOTHING_ON_RECORD);
        }
        self.gap()?;
        (1..).zip(&entries).try_for_each(|(number, entry)| self.entry(number, entry))
    }

    fn entry(&mut self, number: usize, entry: &RecordEntry) -> io::Result<()> {
        self.line(&format!("{number}. ({}) {}", entry.mark.word(), entry.text))?;
        entry.says.iter().try_for_each(|says| self.line(&format!("   {says}")))
    }
}

/// Place, time and what the seat may see, in one line.
pub(super) fn status(page: &Page<'_, '_>) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    if !page.place().is_empty() {
        parts.push(page.place().to_owned());
    }
    parts.extend(page.clock());
    parts.extend(page.status().iter().map(|status| format!("{}: {}", status.name, status.word)));
    (!parts.is_empty()).then(|| format!("[{}]", parts.join("; ")))
}
