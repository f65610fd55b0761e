//! A diagnostic beside the files that it is about: for people, for other programs, and whether it was allowed there.

use std::borrow::Cow;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::story::place::Place;
use crate::story::source::Sources;

use super::{Diagnostic, JsonDiagnostic, Severity};

/// Lines around a fault are shown if they have no more bytes than this.
const LONGEST_SHOWN: usize = 20_000;

impl Diagnostic {
    /// True for a warning that the writer has allowed, with a reason, on its line or the one above:
    /// `// allow(unused-fact): kept for the second story`. Where the reason is missing, that is told in its place.
    #[must_use]
    pub fn is_allowed(&self, sources: &Sources) -> bool {
        let (Some(place), Severity::Warning) = (self.place, self.severity()) else { return false };
        let text = &sources.file(place.file).text;
        let at = place.start.min(text.len());
        let begin = text[..at].rfind('\n').map_or(0, |at| at + 1);
        let end = text[at..].find('\n').map_or(text.len(), |length| at + length);
        let above = text[..begin.saturating_sub(1)].rfind('\n').map_or(0, |at| at + 1);
        let mark = format!("allow({})", self.code);
        let said = |line: &str| line.match_indices("//").any(|(at, _)| line[at + 2..].trim_start().starts_with(&mark));
        said(&text[begin..end]) || (begin > 0 && said(&text[above..begin]))
    }

    /// The form other programs read.
    #[must_use]
    pub fn json<'d>(&'d self, sources: &Sources) -> JsonDiagnostic<'d> {
        let (line, column) = self.place.map_or((0, 0), |place| sources.line_column(place));
        JsonDiagnostic {
            code: self.code.name(),
            severity: self.severity(),
            file: &self.file,
            line,
            column,
            message: &self.message,
            help: self.help.as_deref(),
        }
    }

    /// The form a person reads: title, place, the line itself with a caret, help.
    #[must_use]
    pub fn render(&self, sources: &Sources, colour: bool) -> String {
        let level = match self.severity() {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        let renderer = renderer.decor_style(DecorStyle::Ascii);
        let title = level.primary_title(self.message.as_str()).id(self.code.name());
        let mut group = match self.place.map(|place| (place, sources.file(place.file).around(place, &self.also))) {
            // Nobody reads a line of that length, and marking a place in it takes long.
            Some((place, (text, ..))) if text.len() > LONGEST_SHOWN => {
                let (line, column) = sources.line_column(place);
                let file = &sources.file(place.file).name;
                title.element(annotate_snippets::Origin::path(file.as_str()).line(line).char_column(column))
            }
            Some((place, (text, first_line, offset))) => {
                let file = sources.file(place.file);
                let shift = |p: Place| p.start.saturating_sub(offset)..p.end.saturating_sub(offset);
                let mut snippet = Snippet::source(drawable(text))
                    .path(file.name.as_str())
                    .line_start(first_line)
                    .annotation(AnnotationKind::Primary.span(shift(place)).label(self.label.as_str()));
                for (other, label) in self.also.iter().filter(|(other, _)| other.file == place.file) {
                    snippet = snippet.annotation(AnnotationKind::Context.span(shift(*other)).label(label.as_str()));
                }
                title.element(snippet)
            }
            None => title.element(annotate_snippets::Origin::path(self.file.as_str())),
        };
        for (other, label) in &self.also {
            if self.place.is_none_or(|place| place.file != other.file) {
                let (line, column) = sources.line_column(*other);
                let name = &sources.file(other.file).name;
                group = group.element(Level::NOTE.message(format!("{label}: {name}:{line}:{column}")));
            }
        }
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        let report: [Group<'_>; 1] = [group];
        renderer.render(&report)
    }
}

/// Lines of a file as they may reach a terminal. The renderer itself draws control characters of one byte; a stand-in
/// of the same length takes the place of the other forbidden ones, so that every place stays where it is.
fn drawable(text: &str) -> Cow<'_, str> {
    if crate::text::forbidden(text).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let odd = crate::text::forbidden(c.encode_utf8(&mut [0; 4])).is_some();
        match if odd { c.len_utf8() } else { 1 } {
            2 => out.push('·'),
            3 => out.push('\u{fffd}'),
            4 => out.push_str("\u{fffd}?"),
            _ => out.push(c),
        }
    }
    Cow::Owned(out)
}
