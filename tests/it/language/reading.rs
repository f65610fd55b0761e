//! What a seat has before it at one moment, in the words of the story, whatever face shows it.

use hallway::engine::{BlockKind, Pick, Session};
use hallway::story::SeatId;
use hallway::text::{ParagraphKind, paragraphs, plain};
use hallway::view::{OfferAction, Turn, strings, view};

/// A line of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    Part(String),
    /// A paragraph with its marks.
    Prose(String),
    /// Place, time and what the seat may see.
    Status(Vec<String>),
    /// A sheet to be marked: its name, its lines and which of them are struck, how many marks are left.
    Sheet(String, Vec<(String, bool)>, usize),
    /// Its number, its words and what it would carry.
    Open(usize, String, String, Pick),
    /// Its words, why it is not open, and what it is.
    Locked(String, String, Pick),
    /// A further question of a pass, and its answers.
    Facet(String, Vec<(String, String)>),
    End(String),
    Stuck,
}

/// A page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading(pub Vec<Line>);

impl Reading {
    /// What a seat has before it.
    pub fn of(session: &Session<'_>, seat: SeatId) -> Self {
        let page = view(session, seat);
        let mut out = Vec::new();
        for block in page.blocks() {
            out.extend(Self::of_block(block.kind, block.text).0);
        }
        let status = page.status().into_iter().map(|status| format!("{}: {}", status.name, status.word));
        let mut stands: Vec<String> = [page.place().to_owned()].into_iter().filter(|place| !place.is_empty()).collect();
        stands.extend(page.clock().into_iter().chain(status));
        if let Some(ask) = page.ask() {
            if !stands.is_empty() {
                out.push(Line::Status(stands));
            }
            if let Some(sheet) = &ask.sheet {
                let lines = sheet.lines.iter().map(|(text, struck)| ((*text).to_owned(), *struck)).collect();
                out.push(Line::Sheet(sheet.name.to_owned(), lines, sheet.marks_left));
            }
            let mut number = 0;
            for offer in ask.offers() {
                let words = plain(offer.words());
                if let Some(why) = offer.why() {
                    out.push(Line::Locked(words, plain(why), pick_of(offer.take)));
                    continue;
                }
                number += 1;
                out.push(Line::Open(number, words, plain(offer.beside()), pick_of(offer.take)));
            }
            if let Some(standing) = ask.standing() {
                out.push(Line::Open(0, plain(standing.words()), String::new(), pick_of(standing.take)));
            }
            for facet in &ask.facets {
                let options = facet.options.iter().map(|option| (option.words.to_owned(), option.note.clone()));
                out.push(Line::Facet(facet.question.to_owned(), options.collect()));
            }
        }
        match page.turn() {
            Turn::Over => {
                let ending = session.ending().map(|id| session.story().endings[id.index()].title.clone());
                out.push(Line::End(ending.unwrap_or_default()));
            }
            Turn::Stuck => out.push(Line::Stuck),
            Turn::Yours | Turn::Another => {}
        }
        Self(out)
    }

    /// One stretch of a page.
    pub fn of_block(kind: BlockKind, text: &str) -> Self {
        let mut out = Vec::new();
        match kind {
            BlockKind::Part => out.push(Line::Part(text.to_owned())),
            BlockKind::Silence => prose(&strings::fill(strings::NOBODY_DECIDED, &[("text", &text)]), &mut out),
            _ => prose(text, &mut out),
        }
        Self(out)
    }

    /// What can be taken, by its words.
    pub fn open(&self) -> impl Iterator<Item = (&str, Pick)> {
        self.0.iter().filter_map(|line| match line {
            Line::Open(_, words, _, pick) => Some((words.as_str(), *pick)),
            _ => None,
        })
    }

    /// The number that takes this pick, and the answers to what is asked further.
    pub fn numbers(&self, session: &Session<'_>, pick: Pick) -> Vec<usize> {
        let Some(ask) = session.ask() else { return Vec::new() };
        let same = |offered: &Pick| match (offered, &pick) {
            (Pick::Send { message, .. }, Pick::Send { message: wanted, .. }) => message == wanted,
            (offered, wanted) => offered == wanted,
        };
        let found = self.0.iter().find_map(|line| match line {
            Line::Open(number, _, _, offered) if same(offered) => Some(*number),
            _ => None,
        });
        let mut out = vec![found.expect("what is taken is on offer")];
        if let Pick::Send { carrier, licence, .. } = pick {
            for facet in &ask.facets {
                let id = match facet.kind {
                    hallway::view::FacetKind::Carrier => carrier,
                    hallway::view::FacetKind::Licence => licence,
                };
                out.push(1 + facet.options.iter().position(|option| Some(option.id) == id).expect("on offer"));
            }
        }
        out
    }

    /// As a case writes it down.
    pub fn in_a_case(&self) -> Vec<String> {
        let mut out = Vec::new();
        let mut prose = false;
        for line in &self.0 {
            // Paragraphs are parted as the writer parts them.
            if std::mem::replace(&mut prose, matches!(line, Line::Prose(_))) && prose {
                out.push(String::new());
            }
            match line {
                Line::Part(words) => out.push(format!("[{words}]")),
                Line::Prose(words) => out.push(words.clone()),
                Line::Status(parts) => out.push(format!("({})", parts.join("; "))),
                Line::Sheet(name, lines, left) => {
                    out.push(format!("{name}, marks left: {left}"));
                    out.extend(
                        lines.iter().map(
                            |(text, struck)| {
                                if *struck { format!("   | ~{text}~") } else { format!("   | {text}") }
                            },
                        ),
                    );
                }
                Line::Open(number, words, note, _) => {
                    let note = if note.is_empty() { String::new() } else { format!(" ({note})") };
                    out.push(format!("{number}. {words}{note}"));
                }
                Line::Locked(words, why, _) => out.push(format!("-. {words} {why}")),
                Line::Facet(question, options) => {
                    let options = options
                        .iter()
                        .map(|(words, note)| if note.is_empty() { words.clone() } else { format!("{words} ({note})") });
                    out.push(format!("   {question} {}", options.collect::<Vec<_>>().join(" / ")));
                }
                Line::End(title) => out.push(format!("The end: {title}")),
                Line::Stuck => out.push("No way on.".to_owned()),
            }
        }
        out.into_iter().map(|line| if line.is_empty() { line } else { format!("   {line}") }).collect()
    }
}

fn pick_of(take: OfferAction) -> Pick {
    match take {
        OfferAction::Pick(pick) => pick,
        OfferAction::Compose(message) => Pick::Send { message, carrier: None, licence: None },
    }
}

/// A passage, paragraph by paragraph, with the marks that it is written with.
fn prose(text: &str, out: &mut Vec<Line>) {
    for paragraph in paragraphs(text) {
        let mut words = if paragraph.kind == ParagraphKind::Note { "> ".to_owned() } else { String::new() };
        for sentence in &paragraph.sentences {
            for run in &sentence.runs {
                let mark = |on: bool, mark: &'static str| if on { mark } else { "" };
                let (star, tilde) = (mark(run.style.emphasis, "*"), mark(run.style.struck, "~"));
                let text = run.text.replace('*', "**").replace('~', "~~");
                words.push_str(&format!("{star}{tilde}{text}{tilde}{star}"));
            }
            words.extend(sentence.cites.iter().map(|fact| format!("[^{fact}]")));
        }
        out.push(Line::Prose(words.replace('\n', " ")));
    }
}
