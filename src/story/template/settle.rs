//! Prose as it is kept: without the indentation of its file, and one space where there are several.

use std::borrow::Cow;

/// The indentation that all lines after the first share.
pub(super) fn shared_indent(text: &str) -> usize {
    if !text.contains('\n') {
        return 0;
    }
    text.lines()
        .skip(1)
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.len() - line.trim_start_matches(' ').len())
        .min()
        .unwrap_or(0)
}

/// A literal as it is kept, where that is not as it stands: clean, without the shared indentation, and with one space
/// where there are several.
pub(super) fn settled(text: &str, shared: usize) -> Option<String> {
    let clean = crate::text::clean(text);
    let several = clean.contains("  ");
    if clean.contains('\n') {
        return Some(single_spaced(&without_indent(&clean, shared)));
    }
    match clean {
        _ if several => Some(single_spaced(&clean)),
        Cow::Owned(clean) => Some(clean),
        Cow::Borrowed(_) => None,
    }
}

/// Runs of spaces mean one space: in prose they are slips, or where a line of the file was set in.
fn single_spaced(text: &str) -> String {
    let mut before = None;
    let mut out = String::with_capacity(text.len());
    out.extend(text.chars().filter(|&c| before.replace(c) != Some(' ') || c != ' '));
    out
}

fn without_indent(text: &str, shared: usize) -> String {
    let mut lines = text.split('\n');
    let mut out = lines.next().unwrap_or("").to_owned();
    for line in lines {
        out.push('\n');
        out.push_str(if line.trim().is_empty() { "" } else { line.get(shared..).unwrap_or(line) });
    }
    out
}
