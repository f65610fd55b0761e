//! Prose as it is kept: without the indentation of its file, and one space where there are several.

use super::{Piece, Template};

/// The indentation that all lines after the first share.
pub(super) fn shared_indent(text: &str) -> usize {
    text.lines()
        .skip(1)
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.len() - line.trim_start_matches(' ').len())
        .min()
        .unwrap_or(0)
}

/// Takes the shared indentation and the blank at both ends out of the literal pieces.
pub(super) fn trim(template: &mut Template, shared: usize) {
    dedent_pieces(template, shared);
    if let Some(Piece::Text(text)) = template.pieces.first_mut()
        && text.starts_with(char::is_whitespace)
    {
        *text = text.trim_start().into();
    }
    if let Some(Piece::Text(text)) = template.pieces.last_mut()
        && text.ends_with(char::is_whitespace)
    {
        *text = text.trim_end().into();
    }
    template.pieces.retain(|piece| !matches!(piece, Piece::Text(text) if text.is_empty()));
}

/// Runs of spaces mean one space: in prose they are slips, or where a line of the file was set in.
fn single_spaced(text: &str) -> String {
    let mut before = None;
    let mut out = String::with_capacity(text.len());
    out.extend(text.chars().filter(|&c| before.replace(c) != Some(' ') || c != ' '));
    out
}

/// Takes the shared indentation out of literal pieces, and leaves one space where there are several.
fn dedent_pieces(template: &mut Template, shared: usize) {
    for piece in &mut template.pieces {
        match piece {
            Piece::Text(text) if text.contains('\n') => {
                let mut lines = text.split('\n');
                let mut out = lines.next().unwrap_or("").to_owned();
                for line in lines {
                    out.push('\n');
                    let indent = line.len() - line.trim_start_matches(' ').len();
                    let blank = line.trim().is_empty() && indent < shared;
                    out.push_str(if blank { "" } else { &line[shared.min(indent)..] });
                }
                *text = single_spaced(&out).into();
            }
            Piece::Text(text) if text.as_bytes().windows(2).any(|pair| pair == b"  ") => {
                *text = single_spaced(text).into();
            }
            Piece::If(branch) => {
                dedent_pieces(&mut branch.then, shared);
                dedent_pieces(&mut branch.otherwise, shared);
            }
            Piece::First(both) => both.iter_mut().for_each(|words| dedent_pieces(words, shared)),
            Piece::OneOf { options, .. } => options.iter_mut().for_each(|option| dedent_pieces(option, shared)),
            _ => {}
        }
    }
}
