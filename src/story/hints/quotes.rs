//! Quotation marks: too few, too many, or of another kind.

use super::super::diagnostic::Code;
use super::super::lexer::{Token, TokenKind as Kind};
use super::super::sample::Sample;
use super::prose::cut_command;
use super::{BrokenText, Hint, Mend};

/// A text whose opening quotation mark was forgotten: words where a value or a name should begin, and then either the
/// mark that was to close them, or more words.
pub(super) fn never_opened(broken: &BrokenText<'_>) -> Option<Hint> {
    let BrokenText { text, tokens, unclosed, met, .. } = broken;
    let closes = |mark: usize| {
        let behind = text[mark + 1..].trim_start_matches([' ', '\t', '\r']).chars().next();
        behind.is_none_or(|c| "\n,:)]}".contains(c)) && !text[..mark].ends_with(char::is_whitespace)
    };
    // An expression stands in quotes as a whole.
    let compares = |at: usize| {
        let sign = |token: &Token| token.kind == Kind::Odd && matches!(broken.words(*token), "<" | ">");
        broken.tokens.get(at).is_some_and(sign)
    };
    let mut first = None;
    // Whether the next quotation mark of the line looks like one that closes.
    let mut closed = unclosed.is_some_and(closes);
    let mut after = text.len();
    for (at, token) in tokens.iter().enumerate().rev() {
        closed &= !text[token.end..after.max(token.end)].contains('\n');
        after = token.start;
        match token.kind {
            Kind::String => closed = closes(token.start),
            Kind::Word if token.start <= *met => {
                let is_text = match at.checked_sub(1).and_then(|at| broken.kind(at)) {
                    Some(Kind::Colon) => {
                        closed
                            || (broken.kind(at + 1) == Some(Kind::Word) && broken.kind(at + 2) != Some(Kind::Colon))
                            || compares(at + 1)
                            || ends_a_sentence(broken, at)
                    }
                    // A form of prose: names stand in quotes there, and one by one.
                    Some(Kind::Open(b'{')) if broken.kind(at + 1) == Some(Kind::Word) => true,
                    // It may be a field's name here.
                    Some(Kind::Open(b'(')) if compares(at + 1) => true,
                    Some(Kind::Comma | Kind::Open(_)) => closed && broken.kind(at + 1) != Some(Kind::Colon),
                    _ => false,
                };
                if is_text && text.as_bytes()[token.start] != b'\'' {
                    first = Some(*token);
                }
            }
            _ => {}
        }
    }
    let help = "put a `\"` before and behind a text; inside it use “ and ”";
    Some(Hint::at(Code::UnclosedString, first?, "a quotation mark is missing before this", help))
}

/// Whether a word ends as one does behind which a sentence ends, as in `say: Leave.,`.
fn ends_a_sentence(broken: &BrokenText<'_>, at: usize) -> bool {
    let word = broken.words(broken.tokens[at]);
    let next = broken.tokens.get(at + 1).filter(|next| next.kind == Kind::Odd && next.start == broken.tokens[at].end);
    let ends = word.ends_with('.') || next.is_some_and(|next| matches!(broken.words(*next), "!" | "?" | "…"));
    ends && word.starts_with(char::is_alphabetic)
}

/// A text whose closing quotation mark was forgotten: it runs on to where the next text was to begin.
pub(super) fn never_closed(broken: &BrokenText<'_>) -> Option<Hint> {
    let BrokenText { text, tokens, unclosed, .. } = broken;
    if let Some(hint) = tripled(broken) {
        return Some(hint);
    }
    let inside = |string: &Token| text[string.start + 1..string.end - 1].trim_end_matches([' ', '\t', '\r']);
    // What was to be the next text begins right behind it, without a space or a mark between; or with a new line.
    let runs_on = |string: &&Token| {
        text[string.start..].starts_with('"')
            && match text[string.end..].chars().next() {
                Some('\n') => opens_a_text(inside(string)),
                next => next.is_some_and(|c| !c.is_whitespace() && !",;:=)]}/".contains(c)),
            }
    };
    let was_to_end_before = |string: &Token| match inside(string).rsplit_once('\n') {
        // Its last line is the beginning of an item, and no line of prose.
        Some((_, tail)) => tail.trim().is_empty() || tail.ends_with([':', '(', '[', '{', ',']),
        // A pair of marks within a text leaves its line with an even number of them.
        None => opens_a_text(inside(string)) || quotes_of_line(text, string.start) % 2 == 1,
    };
    // Only the first is looked at, since nobody has read further.
    let start = match tokens.iter().find(runs_on) {
        Some(string) if was_to_end_before(string) => string.start,
        Some(string) if text[string.end..].starts_with(['(', '[', '{']) => return None,
        Some(string) => {
            let line = |at: usize| text[at..].lines().next().unwrap_or("");
            if let Some((at, help)) = cut_command(inside(string), line(string.end)) {
                let (start, end) = (string.start + 1 + at, string.end - 1);
                let help = Sample::in_texts([*text]).fill(&help);
                return Some(Hint::new(Code::OtherLanguage, start, end, "this is a command of another tool", help));
            }
            let asks = is_asking(broken, string);
            let cited = text[..string.end - 1].ends_with("[^").then(|| line(string.end).split('"').next()).flatten();
            if let Some(fact) = cited {
                let (start, end) = (string.end - 1, string.end);
                let help = format!("a fact is cited without quotes: write `[^{fact}]`");
                return Some(Hint::new(Code::UnclosedString, start, end, "this `\"` ends the text here", help));
            }
            let help = match (name_in_quotes(text, string).filter(|_| asks), time_in_quotes(text, string)) {
                (Some(right), _) => format!("names stand without quotes there: write `{right}`"),
                (None, Some(right)) => format!("the clock counts minutes from its start: write `{right}`"),
                (None, None) => "inside a text use “ and ”, or write `\\\"`".to_owned(),
            };
            let (start, end) = (string.end - 1, string.end);
            return Some(Hint::new(Code::UnclosedString, start, end, "this `\"` ends the text here", help));
        }
        None => (*unclosed)?,
    };
    let end = text[start..].find('\n').map_or(text.len(), |length| start + length);
    let message = "this quotation mark is never closed";
    let help = "put a `\"` where the text ends; inside a text use “ and ”";
    Some(Hint::new(Code::UnclosedString, start, end.max(start + 1), message, help))
}

/// Whether a text is a condition as far as it goes, or ends within one of its braces.
fn is_asking(broken: &BrokenText<'_>, string: &Token) -> bool {
    let inside = &broken.text[string.start..string.end];
    let in_braces = inside.rfind('{') > inside.rfind('}');
    let at = broken.tokens.iter().position(|token| token.start == string.start);
    let before = at.and_then(|at| at.checked_sub(1));
    // In a list stand effects and conditions; behind a colon it hangs on the name.
    let asks = before.is_some_and(|before| match broken.kind(before) {
        Some(Kind::Colon) => {
            let name = before.checked_sub(1).map_or("", |name| broken.words(broken.tokens[name]));
            matches!(name, "when" | "lean" | "odds")
        }
        kind => matches!(kind, Some(Kind::Open(b'[') | Kind::Comma)),
    });
    in_braces || asks
}

/// A condition with a name in quotes of its own, where a text ends in one: as it is written without them.
fn name_in_quotes(text: &str, string: &Token) -> Option<String> {
    let before = &text[string.start + 1..string.end - 1];
    let (name, behind) = text[string.end..].split_once('"')?;
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "_-".contains(c));
    let call = ["visited(", "heard(", "meant("].into_iter().find(|call| before.ends_with(call));
    if let (Some(call), true, true) = (call, is_name, behind.starts_with(')')) {
        return Some(format!("{call}{name})"));
    }
    let asks = [" is ", " is not ", " = ", " == ", " != ", " >= ", " <= ", " > ", " < "]
        .into_iter()
        .find_map(|asks| before.strip_suffix(asks).map(|var| (var, asks)));
    let (var, asks) = asks.filter(|_| is_name)?;
    let var = var.rsplit(|c: char| !(c.is_alphanumeric() || "_-.".contains(c))).next().unwrap_or("");
    let asks = match asks {
        " == " | " = " if name.parse::<u16>().is_err() => " is ",
        " == " => " = ",
        " != " => " is not ",
        same => same,
    };
    (!var.is_empty()).then(|| format!("{var}{asks}{name}"))
}

/// A condition with a time of day in quotes of its own: what the clock is asked here.
fn time_in_quotes(text: &str, string: &Token) -> Option<String> {
    let time = |text: &str| {
        let (hours, minutes) = text.split_once(':')?;
        Some(hours.parse::<u16>().ok()?.checked_mul(60)? + minutes.parse::<u16>().ok().filter(|it| *it < 60)?)
    };
    let asked = time(text[string.end..].split('"').next()?)?;
    let starts = time(text.split_once("starts:")?.1.split('"').nth(1)?)?;
    let before = text[string.start + 1..string.end - 1].trim_end();
    let sign = ["<=", ">=", "<", ">", "==", "=", "is"].into_iter().find(|sign| before.ends_with(sign))?;
    let sign = if matches!(sign, "==" | "is") { "=" } else { sign };
    Some(format!("minutes {sign} {}", asked.checked_sub(starts)?))
}

/// Three quotation marks where one is to stand, as in Python.
fn tripled(broken: &BrokenText<'_>) -> Option<Hint> {
    let BrokenText { text, tokens, last, .. } = broken;
    let empty = |token: &Token| text[token.start..].starts_with("\"\"\"") && token.end == token.start + 2;
    let first = tokens.iter().find(|token| token.kind == Kind::String && empty(token))?;
    if first.start > *last {
        return None;
    }
    let marks: Vec<Mend> =
        text.match_indices("\"\"\"").map(|(at, marks)| Mend { range: at..at + marks.len(), by: "\"" }).collect();
    let help = "write one before a text and one behind it; a text may run over several lines";
    let hint = Hint::new(Code::UnclosedString, first.start, first.start + 3, "three quotation marks in a row", help);
    Some(if marks.len().is_multiple_of(2) { hint.mends(marks) } else { hint })
}

/// Whether this ends in a name and a colon, and holds no more in its last line: behind it a text began.
fn opens_a_text(inside: &str) -> bool {
    let name = |tail: &str| tail.chars().all(|c| c.is_alphanumeric() || "_-(\"".contains(c));
    inside.rsplit('\n').next().and_then(|tail| tail.trim_start().strip_suffix(':')).is_some_and(name)
}

/// How many quotation marks stand from here to the end of the line, escaped ones left out.
fn quotes_of_line(text: &str, start: usize) -> usize {
    let line = text[start..].lines().next().unwrap_or("");
    line.replace("\\\\", "").replace("\\\"", "").matches('"').count()
}

/// Plain marks for all pairs of typographic ones around texts; none where they do not pair.
pub(super) fn straighten(broken: &BrokenText<'_>) -> Vec<Mend> {
    let text = broken.text;
    let mut mends = Vec::new();
    let mut past = 0;
    for odd in broken.tokens.iter().filter(|token| token.kind == Kind::Odd) {
        let closers: &[char] = match text[odd.start..].chars().next() {
            _ if odd.start < past => continue,
            Some('“') => &['”', '“', '"'],
            Some('„') => &['“', '”', '"'],
            Some('”') => &['”', '"'],
            Some('«') => &['»'],
            Some('»') => &['«'],
            Some('‘') => &['’'],
            _ => continue,
        };
        let ends = |(_, mark): &(usize, &str)| {
            let behind = &text[mark.as_ptr() as usize - text.as_ptr() as usize + mark.len()..];
            behind.trim_start_matches([' ', '\t']).starts_with([',', ':', ')', ']', '}', '\n'])
        };
        let inside = &text[odd.end..];
        let Some((length, mark)) = inside.match_indices(closers).find(ends) else { return Vec::new() };
        if inside[..length].contains('"') {
            return Vec::new();
        }
        past = odd.end + length + mark.len();
        mends.push(Mend { range: odd.start..odd.end, by: "\"" });
        mends.push(Mend { range: odd.end + length..past, by: "\"" });
    }
    mends
}

/// A backslash before something that it does not go with.
pub(super) fn bad_escape(broken: &BrokenText<'_>) -> Option<Hint> {
    // The string in which the reading stopped, or the one just before.
    let mut strings = broken.tokens.iter().rev().filter(|token| token.kind == Kind::String);
    let string = strings.find(|token| token.start <= broken.stopped)?;
    let inside = broken.words(*string);
    let mut escaped = false;
    let wrong = inside.char_indices().find(|&(_, c)| {
        let was = escaped;
        escaped = c == '\\' && !was;
        was && !matches!(c, 'n' | 'r' | 't' | '0' | '"' | '\'' | '\\' | 'x' | 'u' | '\n')
    });
    let (at, c) = wrong.filter(|_| inside.starts_with('"'))?;
    let (start, end) = (string.start + at - 1, string.start + at + c.len_utf8());
    let message = "a backslash means something only before `n`, `\"`, `\\` and `u{…}`";
    let help = "write `\\\\` for a backslash; for a literal star or brace write `**` or `{{`";
    Some(Hint::new(Code::BadEscape, start, end, message, help).mend(start..start + 1, ""))
}
