//! Reading on behind a slip, so that one run tells several of a file.
//!
//! A slip whose mend is sure is mended in a copy of the text; of any other, the entry it is in is left out of the copy,
//! where the layout shows that entry's end. What is told of it stands at its place in the file all the same.

use std::ops::Range;

use super::ast;
use super::diagnostic::Code;
use super::hints::{self, Hint, Mend};
use super::lexer::{TokenKind as Kind, Tokens};
use super::read::{self, NotRon, RonReader, Why};

/// Most slips that are reported of one file.
const MOST: usize = 20;
/// Most bytes that are read over again on the way from slip to slip.
const MOST_WORK: usize = 24 << 20;

/// A text with its slips mended.
#[derive(Default)]
pub(super) struct Mended {
    pub text: String,
    /// Where a stretch of it begins, and where that stands in the file; in order.
    stretches: Vec<(usize, usize)>,
}

impl Mended {
    fn new(text: &str) -> Self {
        Self { text: text.to_owned(), stretches: Vec::new() }
    }

    /// Where a slice of it stands in the file; `None` for a slice of something else.
    pub fn place_of(&self, slice: &str) -> Option<Range<usize>> {
        let start = (slice.as_ptr() as usize).checked_sub(self.text.as_ptr() as usize)?;
        let end = start + slice.len();
        let last = |end: usize| if end > start { self.in_file(end - 1) + 1 } else { self.in_file(end) };
        (end <= self.text.len()).then(|| self.in_file(start)..last(end))
    }

    /// Where a byte of it stands in the file.
    fn in_file(&self, at: usize) -> usize {
        let next = self.stretches.partition_point(|(start, _)| *start <= at);
        let (start, stands) = next.checked_sub(1).map_or((0, 0), |last| self.stretches[last]);
        let most = self.stretches.get(next).map_or(usize::MAX, |(_, stands)| *stands);
        (stands + (at - start)).min(most)
    }

    fn apply(&mut self, mends: &[Mend]) {
        let mut mends: Vec<&Mend> = mends.iter().collect();
        mends.sort_by_key(|mend| mend.range.start);
        let mut text = String::with_capacity(self.text.len());
        let mut stretches = Vec::new();
        let mut past = 0;
        let mut kept = self.stretches.iter().copied().peekable();
        for mend in mends.into_iter().filter(|mend| mend.range.end <= self.text.len()) {
            if mend.range.start < past {
                continue;
            }
            while let Some((start, stands)) = kept.next_if(|(start, _)| *start <= mend.range.start) {
                stretches.push((text.len() + (start - past), stands));
            }
            text.push_str(&self.text[past..mend.range.start]);
            text.push_str(mend.by);
            past = mend.range.end;
            while kept.next_if(|(start, _)| *start <= past).is_some() {}
            stretches.push((text.len(), self.in_file(past)));
        }
        stretches.extend(kept.map(|(start, stands)| (text.len() + (start - past), stands)));
        text.push_str(&self.text[past..]);
        *self = Self { text, stretches };
    }
}

/// What came of a text that is not RON.
pub(super) struct MendResult {
    /// The slips, at their places in the file.
    pub slips: Vec<Hint>,
    /// How often each comes again further down, in the same order.
    pub again: Vec<usize>,
    /// The text as it can be read; `None` if it cannot.
    pub mended: Option<Mended>,
    /// Something of the file is not in the mended text.
    pub loses: bool,
}

/// The last place up to here at which a character begins: what a mend put in may be shorter than what stood there.
fn on_a_character(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// Mends a text until it can be read, or no further.
pub(super) fn read_on(text: &str, error: NotRon) -> MendResult {
    let mut mended = Mended::new(text);
    let mut out = MendResult { slips: Vec::new(), again: Vec::new(), mended: None, loses: false };
    let mut next = Some(error);
    if let Some(conflict) = hints::conflicts(text) {
        mended.apply(&conflict.mends);
        let unsure = conflict.mends.is_empty();
        out.slips.push(conflict);
        out.again.push(0);
        if unsure {
            return out;
        }
        next = read(&mended.text);
    }
    // Up to where the file is known, the last line of which something was told, and how many bytes were read.
    let (mut known, mut told, mut work) = (0, 0, 0);
    while let Some(stop) = next {
        work += mended.text.len();
        let hint = diagnose(&mended.text, &stop, out.loses).filter(|_| out.slips.len() < MOST && work < MOST_WORK);
        let Some(hint) = hint else { return out };
        let [start, end] = [hint.start, hint.end].map(|at| on_a_character(text, mended.in_file(at)));
        // Whatever stands before was read: this comes of something else.
        if start < known {
            return out;
        }
        // On a line of which something was told it may come of that.
        let lines = |end: usize| text[..end].matches('\n').count() + 1;
        let fresh = lines(start) > told;
        let (mends, loses) = if fresh { (hint.mends, hint.loses) } else { (Vec::new(), false) };
        if fresh {
            (known, told) = (start, lines(end));
            let again = out.slips.iter().position(|slip| is_habit(slip.code) && slip.message == hint.message);
            match again {
                Some(first) => out.again[first] += 1,
                None => {
                    let also = hint.also.map(|(start, end, label)| {
                        let [start, end] = [start, end].map(|at| on_a_character(text, mended.in_file(at)));
                        (start, end, label)
                    });
                    out.slips.push(Hint { start, end, also, mends: Vec::new(), ..hint });
                    out.again.push(0);
                }
            }
        }
        if mends.is_empty() {
            let Some(torn) = entry_around(&mended.text, hint.start) else { return out };
            known = mended.in_file(torn.range.end);
            mended.apply(&[torn]);
            out.loses = true;
        } else {
            mended.apply(&mends);
            out.loses |= loses;
        }
        next = read(&mended.text);
    }
    out.mended = Some(mended);
    out
}

/// What is done so everywhere by who does it at all: it is told of once.
fn is_habit(code: Code) -> bool {
    matches!(
        code,
        Code::OddComment | Code::OtherLanguage | Code::OddMark | Code::CurlyQuotes | Code::OddSpace | Code::EqualsSign
    )
}

/// What keeps a text from being read.
fn read(text: &str) -> Option<NotRon> {
    read::read::<ast::File<'_>>(&mut RonReader::new(text)).err()
}

/// The slip at which reading stopped. After something was left out, only one that is known as such: another may come
/// of that.
fn diagnose(text: &str, stop: &NotRon, loses: bool) -> Option<Hint> {
    // Where it stopped before some space, what comes behind that is what it did not expect.
    let blank = text[stop.at.clone()].trim().is_empty();
    let start = if blank { stop.at.end } else { stop.at.start };
    let end = start + text[start..].chars().next().filter(|&c| c != '\n').map_or(0, char::len_utf8);
    let plain = |code, message: &str, help: Option<&str>| {
        let (message, help) = (crate::text::clean(message).into_owned(), help.map(str::to_owned));
        Hint { code, start, end, message, help, also: None, mends: Vec::new(), loses: false }
    };
    match &stop.why {
        Why::TooDeep => Some(plain(Code::TooDeep, "brackets are nested too deeply here", None)),
        Why::EscapedName => {
            let help = "use letters, digits, `_` and `-`";
            Some(plain(Code::BadName, "a name takes no backslash escapes", Some(help)))
        }
        Why::Missed(message, help) => {
            hints::hint(text, &stop.at).or_else(|| (!loses).then(|| plain(Code::NotRon, message, *help)))
        }
    }
}

/// The entry or field of the story that a byte is in, to be left out. It begins a line, and ends where the next line
/// begins that is indented alike and begins an entry or a field.
fn entry_around(text: &str, at: usize) -> Option<Mend> {
    let indent = |start: usize| {
        let line = text[..start].rfind('\n').map_or(0, |line| line + 1);
        text[line..start].bytes().all(|b| b == b' ' || b == b'\t').then_some(start - line)
    };
    // Where the entry of the list of names at the story's top begins, or else the field.
    let mut open = Vec::new();
    let (mut field, mut entry) = (None, None);
    let mut begins = false;
    for token in Tokens::from(text, 0).take_while(|token| token.start <= at).filter(|token| token.kind != Kind::Comment)
    {
        if std::mem::take(&mut begins) {
            match open.as_slice() {
                [b'('] => (field, entry) = (Some(token.start), None),
                [b'(', b'{'] => entry = Some(token.start),
                _ => {}
            }
        }
        match token.kind {
            Kind::Open(kind) => {
                open.push(kind);
                begins = true;
            }
            Kind::Close(_) => drop(open.pop()),
            Kind::Comma => begins = true,
            _ => {}
        }
    }
    let start = entry.or(field)?;
    let column = indent(start)?;
    let heads = |line: &str| {
        let line = line.trim_start();
        if ["//", "/*", "--", "#", "<!--"].iter().any(|mark| line.starts_with(mark)) {
            return true;
        }
        if entry.is_some() {
            line.starts_with('"')
                && line[1..].split_once('"').is_some_and(|(_, rest)| rest.trim_start().starts_with(':'))
        } else {
            let name = line.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(line.len());
            name > 0 && line[name..].trim_start().starts_with(':')
        }
    };
    let mut line = text[at..].find('\n').map(|end| at + end + 1)?;
    while line < text.len() {
        let words = text[line..].lines().next().unwrap_or("");
        let inner = words.len() - words.trim_start_matches([' ', '\t']).len();
        let ends = !words.trim().is_empty() && inner < column && words.trim_start().starts_with(['}', ')']);
        if ends || (inner == column && heads(words)) {
            // Whole lines, so that what follows stays indented as it is.
            return Some(Mend { range: start - column..line, by: "" });
        }
        line += words.len() + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Mend, Mended, entry_around};

    #[test]
    fn what_is_mended_twice_is_still_found_in_its_file() {
        let file = "0123456789";
        let mut mended = Mended::new(file);
        mended.apply(&[Mend { range: 7..8, by: "" }, Mend { range: 2..2, by: "ab" }]);
        assert_eq!(mended.text, "01ab2345689");
        mended.apply(&[Mend { range: 0..1, by: "" }, Mend { range: 5..7, by: "xyz" }]);
        assert_eq!(mended.text, "1ab2xyz5689");
        for (at, c) in mended.text.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
            assert_eq!(file[mended.in_file(at)..].chars().next(), Some(c), "{at}");
        }
        // What was put in stands where it was put in.
        assert_eq!((mended.in_file(1), mended.in_file(4), mended.in_file(11)), (2, 3, 10));
        let whole = mended.text.as_str();
        assert_eq!(mended.place_of(&whole[7..9]), Some(5..7));
        assert_eq!(mended.place_of(file), None);
    }

    #[test]
    fn an_entry_ends_where_the_next_begins_or_its_list_does() {
        let text = "(\n  title: \"T\",\n  scenes: {\n    \"a\": (\n      x,\n\"prose\"\n    ),\n    \"b\": (y),\n  },\n  start: \"a\",\n)\n";
        let around = |part: &str| {
            let mend = entry_around(text, text.find(part).expect("it is there"));
            mend.map(|mend| text[mend.range].split('\n').next().unwrap_or("").trim().to_owned())
        };
        assert_eq!(around("x,").as_deref(), Some("\"a\": ("));
        assert_eq!(around("y)").as_deref(), Some("\"b\": (y),"));
        assert_eq!(around("\"T\"").as_deref(), Some("title: \"T\","));
        // Nothing shows where an entry ends that does not begin its line.
        assert!(entry_around("(scenes: { \"a\": (x), \"b\": (y) })", 18).is_none());
    }
}
