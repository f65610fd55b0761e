//! Slips of the pen, made one by one at every place of a sound story: each is told, by its name, where it was made.

use std::ops::Range;

use hallway::story::{Code, Severity, Sources, built_in, check_to_play};

/// A place of a story at which a pen can slip, in bytes.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Place {
    Mark(usize, char),
    Text(usize, usize),
}

/// The brackets, commas, colons and texts of a story. Comments are no places.
fn places(text: &str) -> Vec<Place> {
    let mut out = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '/' if chars.peek().is_some_and(|(_, c)| *c == '/') => {
                while chars.next_if(|(_, c)| *c != '\n').is_some() {}
            }
            '"' => {
                while let Some((_, c)) = chars.next_if(|(_, c)| *c != '"') {
                    if c == '\\' {
                        chars.next();
                    }
                }
                out.push(Place::Text(at, chars.next().expect("a sound story").0 + 1));
            }
            ',' | ':' | '(' | ')' | '[' | ']' | '{' | '}' => out.push(Place::Mark(at, c)),
            _ => {}
        }
    }
    out
}

/// The bracket that the one at `at` closes.
fn opener(places: &[Place], at: usize) -> usize {
    let mut depth = 0;
    let before = places.iter().rev().filter_map(|place| match place {
        Place::Mark(mark, c) if *mark < at => Some((*mark, *c)),
        _ => None,
    });
    for (mark, c) in before {
        match c {
            ')' | ']' | '}' => depth += 1,
            '(' | '[' | '{' if depth == 0 => return mark,
            '(' | '[' | '{' => depth -= 1,
            _ => {}
        }
    }
    unreachable!("the story is sound")
}

/// What is done to a text at a place, and what is to be said of it: one of these codes, and between which bytes.
struct Slip {
    what: &'static str,
    cut: Range<usize>,
    put: &'static str,
    codes: &'static [Code],
    told: Range<usize>,
}

fn slips(text: &str) -> Vec<Slip> {
    let places = places(text);
    let mut out = Vec::new();
    for (nth, place) in places.iter().enumerate() {
        let mut add = |what, cut, put, codes, told| out.push(Slip { what, cut, put, codes, told });
        match *place {
            Place::Text(start, end) => {
                add("no mark at a text's end", end - 1..end, "", &[Code::UnclosedString], start..start + 1);
                // In a list the reader stops at a bare word before anybody asks what is wrong with it.
                let codes = &[Code::UnclosedString, Code::WrongKind, Code::EqualsSign, Code::CurlyQuotes];
                add("no mark at a text's beginning", start..start + 1, "", codes, start..end);
                add(
                    "a curly mark at a text's beginning",
                    start..start + 1,
                    "“",
                    &[Code::CurlyQuotes],
                    start..start + 1,
                );
                let letter = text[start + 1..end - 1].char_indices().rfind(|(_, c)| c.is_alphabetic());
                if let Some((last, c)) = letter {
                    let middle = start + 1 + last + c.len_utf8();
                    let codes = &[Code::UnclosedString, Code::EqualsSign];
                    add("a mark within a text", middle..middle, "\"", codes, start..end);
                }
            }
            Place::Mark(at, c) => {
                let next = places.get(nth + 1).map_or(text.len(), |next| match *next {
                    Place::Mark(at, _) | Place::Text(at, _) => at,
                });
                let here = at..at + 1;
                let twice = &text[here.clone()];
                match c {
                    ',' if text[next..].starts_with([')', ']', '}']) => {
                        add("no last comma", here.clone(), "", &[], here)
                    }
                    ',' => {
                        add("no comma", here.clone(), "", &[Code::MissingComma], here.clone());
                        add("a semicolon", here.clone(), ";", &[Code::MissingComma], here.clone());
                        add("two commas", at..at, ",", &[Code::MissingValue], here);
                    }
                    ':' => {
                        add("no colon", here.clone(), "", &[Code::MissingColon], here.clone());
                        add("a sign for it", here.clone(), " =", &[Code::EqualsSign], here);
                    }
                    '(' | '[' | '{' => {
                        let codes = &[Code::ExtraBracket, Code::WrongKind, Code::NotRon];
                        add("no opening bracket", here, "", codes, at..next);
                    }
                    _ => {
                        let open = opener(&places, at);
                        let other = if c == ')' { "]" } else { ")" };
                        add("no closing bracket", here.clone(), "", &[Code::UnclosedBracket], open..open + 1);
                        add("another closing bracket", here.clone(), other, &[Code::UnclosedBracket], here.clone());
                        add("two closing brackets", at..at, twice_of(twice), &[Code::ExtraBracket], here);
                    }
                }
            }
        }
    }
    out
}

/// The bracket again, as a text that outlives the story.
fn twice_of(bracket: &str) -> &'static str {
    [")", "]", "}"].into_iter().find(|one| *one == bracket).expect("a closing bracket")
}

/// What is first told of a story with one file changed, where it is not what the slip asks for.
fn wrongly_told(files: &[(&str, &str)], nth: usize, slip: &Slip) -> Option<String> {
    let text = files[nth].1;
    let mut changed = text.to_owned();
    changed.replace_range(slip.cut.clone(), slip.put);
    let texts = files.iter().enumerate().map(|(at, (name, text))| (*name, if at == nth { &changed } else { *text }));
    let sources = Sources::from_texts(texts);
    let line = |at: usize| text[..at].matches('\n').count() + 1;
    let lines = line(slip.told.start)..=line(slip.told.end);
    let all = check_to_play(&sources, Vec::new()).diagnostics;
    let mut errors = all.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error);
    // A slip in one file is no fault of another.
    let first = errors.clone().find(|diagnostic| diagnostic.file != files[nth].0).or_else(|| errors.next());
    let good = match first {
        None => slip.codes.is_empty(),
        Some(first) => {
            let told = first.json(&sources);
            slip.codes.contains(&first.code) && told.file == files[nth].0 && lines.contains(&told.line)
        }
    };
    let said = || first.map_or("nothing is told".to_owned(), |first| first.render(&sources, false));
    (!good).then(|| format!("{}, {}, lines {lines:?}:\n{}", files[nth].0, slip.what, said()))
}

/// Makes the slips of the shipped stories and asks what is told of each; of the longest story one in so many.
pub fn each_is_told(one_in: usize, least: usize) {
    let mut made = 0;
    for name in ["last-ferry", "two-doors", "hold-the-line"] {
        let files = built_in(name).expect("built in").files;
        let stride = if files.len() == 1 { 1 } else { one_in };
        let all = (0..files.len()).flat_map(|nth| slips(files[nth].1).into_iter().map(move |slip| (nth, slip)));
        let picked: Vec<(usize, Slip)> = all.step_by(stride).collect();
        let wrong: Vec<String> = picked.iter().filter_map(|(nth, slip)| wrongly_told(files, *nth, slip)).collect();
        // In a long text that runs on into the next one, one slip in a hundred is taken for something else.
        assert!(100 * wrong.len() <= picked.len(), "{} of {}:\n{}", wrong.len(), picked.len(), wrong.join("\n"));
        made += picked.len();
    }
    assert!(made > least, "only {made} slips were made");
}
